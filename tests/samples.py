"""One made-up document that has every kind of thing in it, small enough to write each output of it down."""

from __future__ import annotations

from gxextract.document import (
    Cell,
    Document,
    Metadata,
    Page,
    Part,
    Problem,
    Record,
    Repair,
    Source,
    Table,
    TextBlock,
)

MERGED = Table(
    id="t1",
    caption="申请办理情况",
    rows=3,
    cols=3,
    evidence="ruled",
    form="annual-report-2021/applications",
    parts=(
        Part(page=1, box=(90.0, 300.004, 500.0, 400.0)),
        Part(page=2, box=(90.0, 72.0, 500.0, 150.5), repeated_header_rows=2),
    ),
    cells=(
        Cell(row=0, col=0, row_span=2, text="（勾稽关系）", role="corner", origin="text-layer"),
        Cell(row=0, col=1, col_span=2, text="申请人情况", role="column-header", origin="text-layer"),
        Cell(row=1, col=1, text="自然人", role="column-header", origin="text-layer"),
        Cell(row=1, col=2, text="总计", role="column-header", origin="text-layer"),
        Cell(row=2, col=0, text="一、本年新收", role="row-header", origin="text-layer"),
        Cell(
            row=2,
            col=1,
            text="12",
            origin="ocr",
            confidence=0.75,
            parts=(Part(page=2, box=(200.0, 80.126, 240.0, 96.0)),),
            repairs=(Repair(fixer="width", start=0, before="１２", after="12", certainty="certain", reversible=True),),
        ),
        Cell(row=2, col=2, text=None, origin="ocr", parts=(Part(page=2),)),
    ),
    records=(
        Record(
            row_path=("一、本年新收",),
            column_path=("申请人情况", "自然人"),
            text="12",
            check="unchecked",
            cell=(2, 1),
            unproved="not-judged",
        ),
        Record(
            row_path=("一、本年新收",),
            column_path=("申请人情况", "总计"),
            text=None,
            check="flagged",
            cell=(2, 2),
            unproved="lost",
        ),
    ),
)

PLAIN = Table(
    id="t2",
    rows=2,
    cols=2,
    evidence="spans",
    cells=(
        Cell(row=0, col=0, text="项目|类别", role="column-header"),
        Cell(row=0, col=1, text="数量", role="column-header"),
        Cell(row=1, col=0, text="规章\n（含修订）", role="row-header"),
        Cell(row=1, col=1, text="-0.5"),
    ),
    records=(
        Record(
            row_path=("规章\n（含修订）",),
            column_path=("数量",),
            text="-0.5",
            check="unchecked",
            cell=(1, 1),
            unproved="no-form",
        ),
    ),
)

DOCUMENT = Document(
    source=Source(path="青柳县/2023.pdf", sha256="a" * 64, size=1234, format="pdf"),
    title="青柳县2023年政府信息公开工作年度报告",
    metadata=Metadata(agency="青柳县人民政府", year=2023),
    pages=(Page(number=1, width=595.276, height=841.89, words_from="text-layer", why="its words read well"),),
    blocks=(
        TextBlock(kind="furniture", text="- 1 -", page=1),
        TextBlock(kind="heading", level=0, text="青柳县2023年政府信息公开工作年度报告", page=1),
        TextBlock(kind="heading", level=1, text="一、总体情况", page=1, box=(90.0, 200.0, 300.0, 216.0)),
        TextBlock(kind="paragraph", text="全年公开信息120条。\n其中张**、李**各1条。", page=1),
        MERGED,
        PLAIN,
    ),
    problems=(
        Problem(
            code="value-missing",
            severity="warning",
            message="one value could not be read; look at the page",
            page=2,
            table="t1",
            cells=((2, 2),),
        ),
    ),
)
