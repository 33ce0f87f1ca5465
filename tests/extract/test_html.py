import contextlib
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gxextract.document import Cell, TextBlock
from gxextract.errors import DamagedFile
from gxextract.extract.html import read_html
from gxextract.extract.reading import Item
from gxextract.extract.text import laid_out
from gxextract.tables import Grid
from tests.strategies import tilings


def items(markup: str) -> tuple[Item, ...]:
    return laid_out(read_html(markup.encode()).items)


def blocks(markup: str) -> list[tuple[str, str, int | None]]:
    return [(item.kind, item.text, item.level) for item in items(markup) if isinstance(item, TextBlock)]


def texts(markup: str) -> list[str]:
    return [text for _, text, _ in blocks(markup)]


def grids(markup: str) -> list[Grid]:
    return [item for item in items(markup) if isinstance(item, Grid)]


def rows(grid: Grid) -> list[list[str | None]]:
    return [[cell.text for cell in row] for row in grid.positions()]


LINES = [
    ("<p>甲<br>乙</p><div>丙<p>丁</div>戊", ["甲", "乙", "丙", "丁", "戊"], "breaks and blocks end a line"),
    ("<p><span>申请</span><b>人</b><span>情况</span></p>", ["申请人情况"], "inline elements join"),
    ("<p>政府\n   信息</p>", ["政府信息"], "a line end of the source between hanzi is nothing"),
    ("<p>World\n   Bank  Group</p>", ["World Bank Group"], "between Latin words it is a space"),
    (
        "<p>&nbsp;&nbsp;\u3000正&nbsp;&nbsp;文\u3000</p>",
        ["正 文"],
        "no-break and ideographic spaces around text are layout",
    ),
    ("<p>a &lt; b &amp;amp;</p>", ["a < b &amp;"], "entities are read once"),
    ("<p>甲<script>x</script><style>y</style><!-- z -->乙", ["甲乙"], "scripts, styles and comments aren't shown"),
    (
        "<p style='display: none'>密</p>甲<i hidden>密</i>乙",
        ["甲乙"],
        "hidden elements aren't, the text behind them is",
    ),
    ("<b>甲</b><i hidden>密</i>乙", ["甲乙"], "also where something stands before them"),
    ("<p>甲\0乙", ["甲乙"], "a NUL is nothing"),
    ("<ucontent><o:p>甲</o:p></ucontent>", ["甲"], "unknown elements are transparent"),
    ("<p>填报：<input value='12'><input type=hidden value='密'>", ["填报：12"], "a form field shows its value"),
    ("<pre>甲\n乙</pre>", ["甲", "乙"], "preformatted lines stay lines"),
    ("一、总体情况", ["一、总体情况"], "text without any element"),
]


@pytest.mark.parametrize(("markup", "expected", "reason"), LINES, ids=[case[2] for case in LINES])
def test_lines(markup: str, expected: list[str], reason: str) -> None:
    assert texts(markup) == expected, reason


def test_headings_are_told_by_tag_or_number_and_the_number_outranks_the_tag() -> None:
    markup = "<h1>青柳县<br>2023年报告</h1><h2>概况</h2><h3>一、总体情况</h3><p>（一）公开</p><p>正文"
    assert blocks(markup) == [
        ("heading", "青柳县2023年报告", 0),
        ("heading", "概况", 1),
        ("heading", "一、总体情况", 1),
        ("heading", "（一）公开", 2),
        ("paragraph", "正文", None),
    ]


BODY = "<p>2023年，我局认真贯彻落实政府信息公开条例，坚持以公开为常态、不公开为例外，全年公开信息300条。</p>" * 3
LINKS = "<ul><li><a href=a>首页</a><li><a href=b>政务公开</a><li><a href=c>互动交流</a></ul>"

FURNITURE = [
    (f"<nav>导航</nav>{BODY}", ["导航"], "nav"),
    (f"<footer>备案号 123</footer>{BODY}", ["备案号 123"], "footer"),
    (f"<header>站点</header><article><header>题</header>{BODY}</article>", ["站点"], "an article's header is its own"),
    (f"{LINKS}{BODY}", ["首页", "政务公开", "互动交流"], "a list of links"),
    (f"<table><tr>{'<td><a href=x>栏目</a></td>' * 4}</tr></table>{BODY}", ["栏目"] * 4, "a table of links"),
    (f"<div class='main-nav'>栏目一 栏目二</div>{BODY}", ["栏目一 栏目二"], "by class"),
    (f"<p>您当前的位置：<a href=a>首页</a> &gt; 年报</p>{BODY}", ["您当前的位置：首页 > 年报"], "breadcrumbs"),
    (f"<div id=menu>{BODY}</div><p>尾", [], "what holds most of the page isn't navigation whatever its name"),
    (f"<p><a href=1.doc>表一</a><a href=2.xls>表二</a><a href=3.pdf>表三</a></p>{BODY}", [], "attachments"),
]


@pytest.mark.parametrize(("markup", "expected", "reason"), FURNITURE, ids=[case[2] for case in FURNITURE])
def test_site_navigation_is_kept_apart_and_never_lost(markup: str, expected: list[str], reason: str) -> None:
    assert [text for kind, text, _ in blocks(markup) if kind == "furniture"] == expected, reason
    assert sum("300条" in text for text in texts(markup)) == 3


TABLE = "<table border=1><tr><td>规章<td>{}<tr><td>文件<td>2</table>"

DATA = [
    (TABLE.format("1"), True, "a grid of values"),
    ("<table><tr><th>项<tr><td>甲</table>", True, "one column under a header"),
    ("<table role=presentation><tr><td>a<td>b<tr><td>c<td>d</table>", False, "said to be layout"),
    ("<table border=1><tr><td>正文</table>", False, "one cell"),
    ("<table><tr><td>题<tr><td>正文<tr><td>尾</table>", False, "one column and nothing that marks it"),
    (f"<table><tr><td>导航<td>{BODY}</table>", False, "prose in columns"),
    (f"<table><tr><td>索引<td>1<tr><td>分类<td>2<tr><td colspan=2>{BODY * 2}</table>", False, "an article in a cell"),
    ("<table border=1><tr><td>问题<td>措施<tr><td>人手不足。<td>增加人手。</table>", True, "sentences in a grid"),
]


@pytest.mark.parametrize(("markup", "is_data", "reason"), DATA, ids=[case[2] for case in DATA])
def test_only_data_tables_become_grids_and_the_text_of_others_stays(markup: str, is_data: bool, reason: str) -> None:
    assert bool(grids(markup)) == is_data, reason
    shown = re.sub(r"<[^>]*>|\s", "", markup)
    read = [
        item.text if isinstance(item, TextBlock) else "".join(c.text or "" for c in item.cells)
        for item in items(markup)
    ]
    assert re.sub(r"\s", "", "".join(read)) == shown


def test_a_data_table_in_a_layout_table_is_found() -> None:
    (grid,) = grids(f"<table><tr><td>侧栏<td>{TABLE.format('1')}</table>")
    assert rows(grid) == [["规章", "1"], ["文件", "2"]]


def test_a_table_in_a_data_cell_stays_in_the_cell_and_follows_it() -> None:
    inner = "<table border=1><tr><td>x<td>1<tr><td>y<td>2</table>"
    outer = f"<table border=1><tr><td>甲<td>{inner}<tr>{'<td>乙的说明文字较长<td>丙的说明文字较长<tr>' * 4}</table>"
    first, second = grids(outer)
    assert first.positions()[0][1].text == "x 1 y 2"
    assert rows(second) == [["x", "1"], ["y", "2"]]
    assert [problem.code for problem in second.problems] == ["nested-table"]


def test_lines_in_a_cell_are_joined_as_a_reader_joins_them() -> None:
    (grid,) = grids(TABLE.format("<p>商业</p><p>企业</p><br>12<br>34"))
    assert grid.cells[1].text == "商业企业12 34"


def test_row_groups_come_in_the_order_a_browser_shows_them() -> None:
    foot, body, head = "<tfoot><tr><td>计<td>3", "<tbody><tr><td>甲<td>1", "<thead><tr><th>项<th>数"
    assert rows(grids(f"<table border=1>{foot}</tfoot>{body}</tbody>{head}</thead></table>")[0]) == [
        ["项", "数"],
        ["甲", "1"],
        ["计", "3"],
    ]


def test_a_row_span_ends_with_its_row_group() -> None:
    markup = "<table><thead><tr><th rowspan=3>项<th>数</thead><tbody><tr><td>甲<td>1<tr><td>乙<td>2</tbody></table>"
    assert rows(grids(markup)[0]) == [["项", "数"], ["甲", "1"], ["乙", "2"]]


def test_hidden_rows_and_captions_and_stray_text_and_missing_rows() -> None:
    hidden = "<tr style='display:none'><td>密<td>密"
    markup = f"<table><caption>表<b>一</b></caption>散<form><tr><td>1<td>2</form>{hidden}<tr><td>3<td>4</table>"
    (grid,) = grids(markup)
    assert (grid.caption, rows(grid)) == ("表一", [["1", "2"], ["3", "4"]])
    assert texts(markup) == ["散"]
    assert rows(grids("<table border=1><td>1<td>2</table>")[0]) == [["1", "2"]]


SPANS = [("2px", 2), ("", 1), ("-1", 1), ("0", 1), ("x", 1), ("1.9", 1), (" 2", 2), ("1000000", 2)]


@pytest.mark.parametrize(("span", "columns"), SPANS)
def test_garbage_in_a_span_is_read_as_browsers_do(span: str, columns: int) -> None:
    markup = f"<table border=1><tr><td colspan='{span}'>题<tr><td>a<td>b<tr><td>c<td>d</table>"
    (grid,) = grids(markup)
    assert (grid.cols, grid.cells[0].col_span) == (2, columns)


@given(tilings(4, 5))
@settings(max_examples=500, deadline=None)
def test_any_tiling_written_as_html_is_read_back(cells: tuple[Cell, ...]) -> None:
    markup = "<table border=1>"
    for row in range(4):
        markup += "<tr>" + "".join(
            f"<td rowspan={cell.row_span} colspan={cell.col_span}>{cell.row}.{cell.col}"
            for cell in cells
            if cell.row == row
        )
    found = grids(f"{markup}</table>")
    if len(cells) == 1:
        assert found == [], "one cell is no table"
        return
    # Rows and columns in which no cell starts can't be told from ones that aren't there.
    kept_rows, kept_cols = sorted({c.row for c in cells}), sorted({c.col for c in cells})
    expected = [
        [next(f"{c.row}.{c.col}" for c in cells if (r, k) in c.positions) for k in kept_cols] for r in kept_rows
    ]
    assert rows(found[0]) == expected


@pytest.mark.parametrize(
    ("markup", "why"),
    [
        ("<frameset><frame src=a.html></frameset>", "frames"),
        ("<script>document.write('x')</script>", "scripts"),
        ("<body></body>", "scripts"),
        ("<!-- -->", "scripts"),
    ],
)
def test_a_page_without_text_says_so(markup: str, why: str) -> None:
    reading = read_html(markup.encode())
    assert reading.items == ()
    assert [(problem.code, problem.severity) for problem in reading.problems] == [("no-text", "error")]
    assert why in reading.problems[0].message


def test_a_page_nested_5000_deep_loses_no_text_and_says_what_it_may_have_got_wrong() -> None:
    reading = read_html(
        (f"<div>前{'<div><font>' * 5000}中{'</font></div>' * 5000}后</div>{TABLE.format('1')}").encode()
    )
    assert [item.text for item in reading.items if isinstance(item, TextBlock)] == ["前", "中", "后"]
    assert [rows(item) for item in reading.items if isinstance(item, Grid)] == [[["规章", "1"], ["文件", "2"]]]
    assert [problem.code for problem in reading.problems] == ["nesting-flattened"]


def test_nesting_that_is_no_wrapper_is_refused_rather_than_cut() -> None:
    with pytest.raises(DamagedFile, match="too deeply"):
        read_html(b"<ul><li>" * 5000 + b"x")


CHARSETS = [
    ("gb2312", "gb18030", "gb18030"),
    ("gbk", "utf-8", "utf-8"),
    ("utf-8", "gb18030", "gb18030"),
    ("big5", "big5", "big5"),
]


@pytest.mark.parametrize(("declared", "written", "found"), CHARSETS)
def test_the_encoding_is_what_the_page_is_written_in(declared: str, written: str, found: str) -> None:
    head = f"<?xml version='1.0' encoding='{declared}'?><html><meta charset={declared}><title>題目</title>"
    page = f"{head}<p>行政院主計總處表示"
    reading = read_html(page.encode(written))
    assert (reading.encoding, reading.title) == (found, "題目")
    assert [item.text for item in reading.items if isinstance(item, TextBlock)] == ["行政院主計總處表示"]


@given(
    st.lists(
        st.sampled_from(
            ["<table>", "<tr>", "<td>", "</table>", "<p>", "甲", "1", "<h1>", "<a href=x>", "<pre>", "</pre>"]
        )
    )
)
def test_no_text_is_lost_however_tags_are_strewn(pieces: list[str]) -> None:
    markup = "".join(pieces)
    shown = re.sub("<[^>]*>", "", markup)
    read = ""
    for item in items(markup):
        nested = isinstance(item, Grid) and any(problem.code == "nested-table" for problem in item.problems)
        if not nested:
            read += item.text if isinstance(item, TextBlock) else "".join(cell.text or "" for cell in item.cells)
    # A browser moves text between cells before its table, so only the order may differ.
    assert sorted(re.sub(r"\s", "", read)) == sorted(shown)


@given(st.binary(max_size=300))
def test_any_bytes_give_an_answer_or_our_own_error(data: bytes) -> None:
    with contextlib.suppress(DamagedFile):
        read_html(data)
