"""Tables of no known form, flattened in the paragraphs of Word files, web pages and PDFs."""

from __future__ import annotations

import io
from html import escape
from pathlib import Path

import pytest

import gxextract
from gxextract.document import Cell, Document, Repair, Table, TextBlock
from gxextract.extract.flat import with_flat_tables
from gxextract.extract.reading import SourceLine, WrittenBlock
from gxextract.tables import Grid
from gxextract.tables.from_flat import from_flat
from tests.extract.docx_files import docx
from tests.forms.reports import flat_lines, report

BEFORE = ["一、收支情况", "2023年，我局认真落实各项规定，收支情况如下。"]
AFTER = ["以上数据未经审计。", "二、存在的问题"]

TABLES = {
    "bars": ["科目 | 2022年 | 2023年", "办公费 | 1,200 | 1,350", "差旅费 | 800 | 640", "合计 | 2,000 | 1,990"],
    "Markdown, merged cells blank": [
        "| 地区 |  | 人口 |  | 面积 |",
        "| --- | --- | --- | --- | --- |",
        "|  |  | 城镇 | 乡村 |  |",
        "| 东部 | 甲县 | 12 | 30 | 5.5 |",
        "|  | 乙县 | 8 | 21 | 4 |",
        "| 西部 |  | 3 | 9 | 2.25 |",
    ],
    "tabs, merged cells blank": [
        "地区\t\t人口\t\t面积",
        "\t\t城镇\t乡村\t",
        "东部\t甲县\t12\t30\t5.5",
        "\t乙县\t8\t21\t4",
        "西部\t\t3\t9\t2.25",
    ],
    "a cell a line": ["\t科目", "\t上年", "\t本年", "", "\t办公费", "\t", "\t1,350", "", "\t差旅费", "\t800", "\t640"],
    "a cell a line, each with its bar": ["收支表 |", "||", "科目 |", "上年 |", "本年 |", "办公费 |", " |", "1,350 |"],
    "aligned with blanks": [
        "科目        2022年   2023年",
        "办公费       1,200    1,350",
        "差旅费         800      640",
        "合计         2,000    1,990",
    ],
    "drawn": ["┌────┬────┐", "│科目│金额│", "├────┼────┤", "│办公│1200│", "│差旅│ 800│", "└────┴────┘"],
    "words": ["姓名 | 部门 | 职务", "张伟 | 财务处 | 处长", "李娜 | 人事处 | 副处长"],
}

NO_TABLES = [
    (["目录", "一、总体情况\t1", "二、主动公开\t3", "三、申请情况\t5"], "contents"),
    (["目录\t页码", "一、总体情况\t1", "二、主动公开\t3", "三、申请情况\t5"], "contents with a heading"),
    (
        ["甲方（盖章）：\t乙方（盖章）：", "代表：张三\t代表：李四", "日期：2023年1月5日\t日期：2023年1月6日"],
        "signatures",
    ),
    (["1.\t苹果", "2.\t香蕉", "3.\t橙子"], "a numbered list"),
    (["•\t苹果三个", "•\t香蕉两根", "•\t橙子一箱"], "bullets"),
    (["A．1\tB．2\tC．3\tD．4", "A．5\tB．6\tC．7\tD．8", "A．9\tB．10\tC．11\tD．12"], "choices"),
    (["张三\t0571-88888888", "李四\t0571-88888889", "王五\t0571-88888880"], "names and their numbers"),
    (
        ["张三", "13800000000", "办公室", "", "李四", "13900000000", "财务处", "", "王五", "13700000000", "人事处"],
        "cards",
    ),
    (["首页 | 新闻 | 公开 | 服务", "机构 | 领导 | 规划 | 人事", "部门 | 乡镇 | 街道 | 园区"], "links"),
    (["主办 | 某市政府 | 承办", "电话 | 010-12345678 | 传真", "备案号 | 京备1234号 | 网站标识码"], "a site's foot"),
    (["2023-01-05 | 关于印发通知的公告", "2023-01-06 | 关于召开会议的公告"], "news by date"),
    (["张三\t李四\t王五", "赵六\t钱七\t孙八", "周九\t吴十\t郑一"], "names side by side"),
    (["春眠不觉晓\t处处闻啼鸟", "夜来风雨声\t花落知多少"], "verses"),
    (["\t总数", "\t3", "", "\t办结", "\t2", "", "\t结转", "\t1"], "indented counts"),
    (["P(A|B) = 1", "f(x|y) = 2", "|x| = 3", "|x| + |y| = 5"], "formulae"),
    (["a = b | c", "x = 1 | 2", "y = 3 | 4"], "code"),
    (["2019", "2020", "2021", "", "10", "20", "30", "", "收入", "支出", "结余"], "a chart's axes"),
    (["图1  收入      5", "图2  支出      7", "图3  合计      9"], "figures and their pages"),
    (["Dear Sirs, hello", "Brussels, 5 May", "Luxembourg, 7 May"], "lines with a comma each"),
    (["\t全年收到申请3件。", "\t其中办结2件。", "\t结转下年度1件。"], "sentences indented by a tab"),
]


def word_run(line: str) -> str:
    cells = [f'<w:t xml:space="preserve">{escape(cell)}</w:t>' for cell in line.split("\t")]
    return f"<w:r>{'<w:tab/>'.join(cells)}</w:r>"


def word_paragraphs(lines: list[str]) -> bytes:
    return docx("".join(f"<w:p>{word_run(line)}</w:p>" for line in lines))


def word_breaks(lines: list[str]) -> bytes:
    return docx(f"<w:p>{'<w:r><w:br/></w:r>'.join(map(word_run, lines))}</w:p>")


def page(body: str) -> bytes:
    return f"<html><body>{body}</body></html>".encode()


def web_paragraphs(lines: list[str]) -> bytes:
    return page("\n".join(f"<p>{escape(line) or '&nbsp;'}</p>" for line in lines))


def web_breaks(lines: list[str]) -> bytes:
    return page("<div>" + "<br />\n".join(map(escape, lines)) + "</div>")


def web_blanks(lines: list[str]) -> bytes:
    return page("".join(f"<div>{escape(line).replace(' ', '&nbsp;') or '<br>'}</div>" for line in lines))


MAKERS = {
    "paragraphs.docx": word_paragraphs,
    "breaks.docx": word_breaks,
    "paragraphs.html": web_paragraphs,
    "breaks.html": web_breaks,
    "blanks.html": web_blanks,
}


def read(tmp_path: Path, name: str, data: bytes) -> Document:
    (tmp_path / name).write_bytes(data)
    return gxextract.read(tmp_path / name)


def cells(table: Table | Grid) -> list[tuple[int, int, int, int, str | None, bool]]:
    return [(cell.row, cell.col, cell.row_span, cell.col_span, cell.text, cell.doubtful) for cell in table.cells]


def texts(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, TextBlock)]


@pytest.mark.parametrize("name", MAKERS)
@pytest.mark.parametrize("style", TABLES)
def test_paragraphs_give_the_table_that_the_same_lines_of_text_give(tmp_path: Path, style: str, name: str) -> None:
    lines = TABLES[style]
    document = read(tmp_path, name, MAKERS[name]([*BEFORE, "", *lines, "", *AFTER]))
    assert [cells(table) for table in document.tables] == [cells(from_flat(lines))]
    assert texts(document) == [*BEFORE, *AFTER]
    assert [block.kind for block in document.blocks] == ["heading", "paragraph", "table", "paragraph", "heading"]


@pytest.mark.parametrize("name", MAKERS)
@pytest.mark.parametrize(("lines", "reason"), NO_TABLES, ids=[case[1] for case in NO_TABLES])
def test_what_only_looks_like_a_table_stays_text(tmp_path: Path, lines: list[str], reason: str, name: str) -> None:
    document = read(tmp_path, name, MAKERS[name]([*BEFORE, "", *lines, "", *AFTER]))
    assert document.tables == (), reason
    expected = "".join("".join([*BEFORE, *lines, *AFTER]).split())
    assert "".join("".join(texts(document)).split()) == expected, reason


def printed(pages: list[list[str]]) -> bytes:
    """A PDF of lines in characters of one width."""
    canvas = pytest.importorskip("reportlab.pdfgen.canvas")
    data = io.BytesIO()
    out = canvas.Canvas(data, pagesize=(595, 842), invariant=1)
    for number, lines in enumerate(pages, start=1):
        out.setFont("Courier", 10)
        for at, line in enumerate(lines):
            out.drawString(72, 740 - 14 * at, line)
        out.drawString(290, 40, f"- {number} -")
        out.showPage()
    out.save()
    return data.getvalue()


PROSE = ["The accounts of the year are given below; they have not been", "audited."]
PRINTED = {
    "bars": ["Item | 2022 | 2023", "Office | 1,200 | 1,350", "Travel | 800 | 640", "Sum | 2,000 | 1,990"],
    "Markdown": ["| Item | Spent |", "|------|------:|", "| Office | 1,350 |", "| Travel | 640 |"],
    "a cell a line": ["Accounts |", "||", "Item |", "2022 |", "Sum |", "Office |", " |", "1,350 |"],
    "aligned": [
        "               Spent         Planned",
        "Item        2022    2023    2022    2023",
        "Office     1,200   1,350   1,300   1,400",
        "Travel       800     640     700     600",
    ],
    "drawn": [
        "+--------+-------+",
        "| Item   | Spent |",
        "+--------+-------+",
        "| Office | 1,350 |",
        "| Travel |   640 |",
    ],
}


@pytest.mark.parametrize("style", PRINTED)
def test_a_page_without_rules_gives_the_table_of_its_lines(tmp_path: Path, style: str) -> None:
    lines = PRINTED[style]
    document = read(tmp_path, "a.pdf", printed([[*PROSE, *lines, *PROSE]]))
    (table,) = document.tables
    assert cells(table) == cells(from_flat(lines))
    assert (table.evidence, [part.page for part in table.parts]) == ("flattened", [1])
    box = table.parts[0].box
    assert box is not None
    assert box[0] == pytest.approx(72, abs=1)
    assert box[3] - box[1] == pytest.approx(14 * len(lines), abs=5)
    assert {(cell.page, cell.origin) for cell in table.cells} == {(1, "text-layer")}
    assert texts(document) == [" ".join(PROSE), " ".join(PROSE), "- 1 -"]


def test_a_table_goes_on_over_a_page_number(tmp_path: Path) -> None:
    first, second = PRINTED["bars"][:3], [*PRINTED["bars"][3:], "Rest | 10 | 20"]
    document = read(tmp_path, "a.pdf", printed([first, second]))
    (table,) = document.tables
    assert (table.rows, [part.page for part in table.parts]) == (5, [1, 2])
    assert {cell.page for cell in table.cells} == {None}
    assert texts(document) == ["- 1 -", "- 2 -"]


def block(text: str, source: str, *, page: int | None = None, repairs: tuple[Repair, ...] = ()) -> WrittenBlock:
    line = SourceLine(text=source, page=page, box=(72.0, 100.0, 300.0, 112.0) if page else None)
    return WrittenBlock(kind="paragraph", text=text, page=page, repairs=repairs, lines=(line,))


def test_what_was_recognised_from_pixels_is_doubtful() -> None:
    items = with_flat_tables([block(line, line, page=2) for line in TABLES["bars"]], {2: "ocr"})
    (grid,) = items
    assert isinstance(grid, Grid)
    assert {(cell.doubtful, cell.origin, cell.page) for cell in grid.cells} == {(True, "ocr", 2)}


def test_a_repaired_line_keeps_its_tabs_and_its_steps() -> None:
    lines = ["科 目\t2022\t2023", "办公(gōng)费\t1\t2", "差旅费\t3\t4"]
    step = Repair(fixer="pinyin", start=2, before="(gōng)", after="", certainty="certain", reversible=False)
    blocks = [
        block("科 目 2022 2023", lines[0]),
        block("办公费 1 2", lines[1], repairs=(step,)),
        block("差旅费 3 4", lines[2]),
    ]
    (grid,) = with_flat_tables(blocks, {})
    assert isinstance(grid, Grid)
    assert [[cell.text for cell in row] for row in grid.positions()] == [
        ["科 目", "2022", "2023"],
        ["办公费", "1", "2"],
        ["差旅费", "3", "4"],
    ]
    assert [cell.text for cell in grid.cells if cell.repairs] == ["办公费"]
    changed: Cell = next(cell for cell in grid.cells if cell.repairs)
    assert [(each.start, each.before, each.after) for each in changed.repairs] == [(2, "(gōng)", "")]


def test_what_is_left_of_a_paragraph_stays() -> None:
    lines = ("如下表所示", *TABLES["bars"], "以上为全部数据")
    whole = WrittenBlock(kind="paragraph", text="".join(lines), lines=tuple(SourceLine(text=line) for line in lines))
    before, grid, after = with_flat_tables([whole], {})
    assert isinstance(grid, Grid)
    assert (before, after) == (
        TextBlock(kind="paragraph", text="如下表所示"),
        TextBlock(kind="paragraph", text="以上为全部数据"),
    )


def test_a_sites_navigation_is_no_part_of_a_table() -> None:
    rows = [block(line, line) for line in TABLES["bars"]]
    navigation = TextBlock(kind="furniture", text="首页 | 1 | 2")
    items = with_flat_tables([navigation, *rows, navigation], {})
    assert [type(item) for item in items] == [TextBlock, Grid, TextBlock]


def test_known_forms_are_looked_for_first() -> None:
    lines = [line for line in flat_lines("flat/1", "2021", "pipes") if line.strip()]
    items = with_flat_tables([block(line, line) for line in [*lines, *BEFORE, *TABLES["bars"]]], {})
    sizes = [(item.rows, item.cols) for item in items if isinstance(item, Grid)]
    assert sizes == [(14, 4), (28, 10), (4, 15), (4, 3)]


def test_the_prose_of_reports_holds_no_table() -> None:
    prose = [line for seed in range(20) for line in _prose_of(f"prose/{seed}")]
    assert sum(map(len, prose)) > 10_000
    items = with_flat_tables([block(line, line) for line in prose], {})
    assert [item.text for item in items if isinstance(item, TextBlock)] == prose


def _prose_of(seed: str) -> list[str]:
    made = report(seed, "2021")
    return [text.text for section in made.sections for text in section.texts]
