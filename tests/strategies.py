"""Random tables and documents for property tests: everything the model allows, and nothing it doesn't."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

from hypothesis import strategies as st

from gxextract.document import (
    FLAGGING,
    Box,
    Cell,
    Document,
    FailedSum,
    Metadata,
    Page,
    Part,
    Problem,
    Record,
    Repair,
    Source,
    Table,
    TextBlock,
    Unproved,
)

WORDS_FROM = st.sampled_from(["markup", "text-layer", "ocr", "none"])
ODDITIES = [
    "",
    "0",
    "-",
    "１，２３４",
    "22（其中修订16件）",
    "危及“三安全一稳定”",
    "a | b",
    "<b>&amp;",
    "张**",
    "# 一",
    "1. 二",
    "---",
]
TEXTS = st.one_of(
    st.sampled_from(ODDITIES),
    st.integers(0, 99_999).map(str),
    st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=12),
    st.text("一二三公开申请 \n\t\r|*_#<>&\"',\\`~[]()-+=.:1", max_size=16),
)
OPTIONAL_TEXTS = st.none() | TEXTS
NAMES = st.text("abc年度报告/. \udc80\udcff", min_size=1, max_size=12)
LENGTHS = st.floats(-2000, 2000, allow_nan=False, width=32)
BOXES: st.SearchStrategy[Box] = st.tuples(LENGTHS, LENGTHS, LENGTHS, LENGTHS)

REPAIRS = st.builds(
    Repair,
    fixer=st.sampled_from(["pinyin", "script", "mojibake"]),
    start=st.integers(0, 50),
    before=TEXTS,
    after=TEXTS,
    certainty=st.sampled_from(["certain", "inferred"]),
    reversible=st.booleans(),
    evidence=OPTIONAL_TEXTS,
)
PARTS = st.builds(Part, page=st.none() | st.integers(1, 9), box=st.none() | BOXES)


@st.composite
def tilings(draw: st.DrawFn, rows: int, cols: int) -> tuple[Cell, ...]:
    """Blank cells that tile a ``rows`` x ``cols`` grid, merged at random, in reading order."""
    taken: set[tuple[int, int]] = set()
    cells: list[Cell] = []
    for row in range(rows):
        for col in range(cols):
            if (row, col) in taken:
                continue
            free = next((right for right in range(col, cols) if (row, right) in taken), cols) - col
            cell = Cell(
                row=row,
                col=col,
                row_span=draw(st.integers(1, min(3, rows - row))),
                col_span=draw(st.integers(1, min(3, free))),
            )
            taken.update(cell.positions)
            cells.append(cell)
    return tuple(cells)


@st.composite
def tables(draw: st.DrawFn, *, merged: bool = True) -> Table:
    """A table of up to 5 x 5, with a record for each body cell; lost values are flagged, as they must be."""
    rows, cols = draw(st.integers(1, 5)), draw(st.integers(1, 5))
    blank = draw(tilings(rows, cols)) if merged else [Cell(row=r, col=c) for r in range(rows) for c in range(cols)]
    cells = tuple(_filled(draw, cell) for cell in blank)
    return Table(
        id=draw(st.sampled_from(["t1", "t2"])),
        rows=rows,
        cols=cols,
        cells=cells,
        records=tuple(_record(draw, cell) for cell in cells if cell.role == "body"),
        evidence=draw(st.sampled_from(["spans", "ruled", "aligned", "flattened"])),
        caption=draw(OPTIONAL_TEXTS),
        form=draw(st.none() | st.just("annual-report-2021/review")),
        parts=tuple(
            replace(part, repeated_header_rows=draw(st.integers(0, 3)) if number else 0)
            for number, part in enumerate(draw(st.lists(PARTS, max_size=3)))
        ),
    )


def _filled(draw: st.DrawFn, cell: Cell) -> Cell:
    return replace(
        cell,
        text=draw(OPTIONAL_TEXTS),
        role=draw(st.sampled_from(["corner", "column-header", "row-header", "body", "section"])),
        parts=tuple(draw(st.lists(PARTS, max_size=2))),
        origin=draw(WORDS_FROM),
        confidence=draw(st.none() | st.floats(0, 1)),
        repairs=tuple(draw(st.lists(REPAIRS, max_size=1))),
    )


def _record(draw: st.DrawFn, cell: Cell) -> Record:
    paths = st.lists(TEXTS, max_size=3).map(tuple)
    reason = draw(st.none() | st.sampled_from(get_args(Unproved))) if cell.text is not None else "lost"
    proved = draw(st.sampled_from(["verified", "repaired"]))
    return Record(
        row_path=draw(paths),
        column_path=draw(paths),
        text=cell.text,
        check=proved if reason is None else "flagged" if reason in FLAGGING else "unchecked",
        cell=(cell.row, cell.col),
        unproved=reason,
    )


@st.composite
def text_blocks(draw: st.DrawFn) -> TextBlock:
    """A heading, which has a level, or a paragraph or furniture, which hasn't."""
    kind = draw(st.sampled_from(["heading", "paragraph", "furniture"]))
    return TextBlock(
        kind=kind,
        text=draw(TEXTS),
        level=draw(st.integers(0, 7)) if kind == "heading" else None,
        page=draw(st.none() | st.integers(1, 9)),
        box=draw(st.none() | BOXES),
        repairs=tuple(draw(st.lists(REPAIRS, max_size=1))),
    )


def documents() -> st.SearchStrategy[Document]:
    """Whole documents; their paths may hold what is no Unicode."""
    metadata = st.builds(
        Metadata, agency=OPTIONAL_TEXTS, year=st.none() | st.integers(2000, 2030), source=OPTIONAL_TEXTS
    )
    page = st.builds(
        Page,
        number=st.integers(1, 9),
        width=st.floats(0, 2000),
        height=st.floats(0, 2000),
        words_from=WORDS_FROM,
        why=TEXTS,
        rotation=st.sampled_from([0, 90, 180, 270]),
    )
    problem = st.builds(
        Problem,
        code=st.sampled_from(["spans-lost", "value-missing", "identity-violated"]),
        severity=st.sampled_from(["info", "warning", "error"]),
        message=st.just("a cell was lost; compare with the source"),
        page=st.none() | st.integers(1, 9),
        table=st.none() | st.just("t1"),
        cells=st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), max_size=2).map(tuple),
        failed=st.none() | st.builds(FailedSum, words=TEXTS, left=TEXTS, right=TEXTS),
    )
    source = st.builds(
        Source,
        path=NAMES,
        sha256=st.just("0" * 64),
        size=st.integers(0, 10**12),
        format=st.sampled_from(["pdf", "docx"]),
        encoding=OPTIONAL_TEXTS,
    )
    return st.builds(
        Document,
        source=source,
        title=OPTIONAL_TEXTS,
        metadata=metadata,
        pages=st.lists(page, max_size=2).map(tuple),
        blocks=st.lists(text_blocks() | tables(), max_size=4).map(tuple),
        problems=st.lists(problem, max_size=2).map(tuple),
    )
