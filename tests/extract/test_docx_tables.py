import pytest
from hypothesis import given, settings

from gxextract.document import Cell, TextBlock
from gxextract.extract.docx import read_docx
from gxextract.tables import Grid
from tests.extract.docx_files import cell, docx, p, row, table
from tests.strategies import tilings

DOWN = '<w:vMerge w:val="restart"/>'
ON = "<w:vMerge/>"


def wide(columns: int) -> str:
    return f'<w:gridSpan w:val="{columns}"/>'


def control(content: str) -> str:
    return f"<w:sdt><w:sdtPr/><w:sdtContent>{content}</w:sdtContent></w:sdt>"


def grids(body: str) -> list[Grid]:
    return [item for item in read_docx(docx(body)).items if isinstance(item, Grid)]


def rows(grid: Grid) -> list[list[str | None]]:
    return [[found.text for found in line] for line in grid.positions()]


MERGES = [
    (
        [row(cell("甲", wide(2)), cell("乙")), row(cell("1"), cell("2"), cell("3"))],
        [["甲", "甲", "乙"], ["1", "2", "3"]],
        "across",
    ),
    (
        [row(cell("甲", DOWN), cell("1")), row(cell("", ON), cell("2")), row(cell("", ON), cell("3"))],
        [["甲", "1"], ["甲", "2"], ["甲", "3"]],
        "down",
    ),
    (
        [row(cell("甲", DOWN), cell("1")), row(cell("乙", DOWN), cell("2")), row(cell("", ON), cell("3"))],
        [["甲", "1"], ["乙", "2"], ["乙", "3"]],
        "a merge that starts again",
    ),
    (
        [row(cell("甲"), cell("1")), row(cell("乙", ON), cell("2")), row(cell("", ON), cell("3"))],
        [["甲", "1"], ["乙", "2"], ["乙", "3"]],
        "a continuation of nothing is a cell of its own",
    ),
    (
        [row(cell("甲", DOWN + wide(2)), cell("1")), row(cell("乙", ON), cell("丙"), cell("2"))],
        [["甲", "甲", "1"], ["乙", "丙", "2"]],
        "and so is one of another width",
    ),
    (
        [row(cell("甲", '<w:hMerge w:val="restart"/>'), cell("", "<w:hMerge/>")), row(cell("1"), cell("2"))],
        [["甲", "甲"], ["1", "2"]],
        "across, the old way",
    ),
    (
        [row(cell("甲"), cell("乙")), row(cell("1"), properties='<w:gridBefore w:val="1"/>')],
        [["甲", "乙"], ["", "1"]],
        "a row that begins a column later",
    ),
    (
        [row(cell("1"), properties='<w:gridAfter w:val="1"/>'), row(cell("甲"), cell("乙"))],
        [["1", ""], ["甲", "乙"]],
        "a row that ends a column earlier",
    ),
    (
        [row(cell("甲"), cell("乙")), row(cell("删"), cell("删"), properties="<w:del/>"), row(cell("1"), cell("2"))],
        [["甲", "乙"], ["1", "2"]],
        "a row whose removal is tracked",
    ),
    (
        [control(row(cell("甲"), control(cell("乙")))), row(cell("1"), cell("2"))],
        [["甲", "乙"], ["1", "2"]],
        "content controls around a row and a cell",
    ),
    (
        [row(cell("甲", wide(0)), cell("乙", '<w:gridSpan w:val="x"/>')), row(cell("1"), cell("2"))],
        [["甲", "乙"], ["1", "2"]],
        "spans that are no spans",
    ),
]


@pytest.mark.parametrize(("lines", "expected", "reason"), MERGES, ids=[case[2] for case in MERGES])
def test_merges(lines: list[str], expected: list[list[str]], reason: str) -> None:
    (grid,) = grids(table(*lines))
    assert rows(grid) == expected, reason
    assert grid.evidence == "spans"


@given(tilings(4, 5))
@settings(max_examples=500, deadline=None)
def test_any_tiling_written_as_docx_is_read_back(cells: tuple[Cell, ...]) -> None:
    lines = []
    for line in range(4):
        written = ""
        for found in sorted((c for c in cells if c.row <= line < c.row + c.row_span), key=lambda c: c.col):
            merge = "" if found.row_span == 1 else DOWN if found.row == line else ON
            written += cell(f"{found.row}.{found.col}" if found.row == line else "", merge + wide(found.col_span))
        lines.append(row(written))
    read = grids(table(*lines))
    if len(cells) == 1:
        assert read == [], "one cell is no table"
        return
    # Rows and columns in which no cell starts can't be told from ones that aren't there.
    starts = sorted({c.row for c in cells}), sorted({c.col for c in cells})
    expected = [
        [next(f"{c.row}.{c.col}" for c in cells if (r, k) in c.positions) for k in starts[1]] for r in starts[0]
    ]
    assert rows(read[0]) == expected


def test_paragraphs_of_a_cell_are_joined_as_a_reader_joins_them() -> None:
    (grid,) = grids(
        table(row(cell(content=p("商业") + p("企业")), cell(content=p("12") + p("34"))), row(cell(), cell("0")))
    )
    assert rows(grid) == [["商业企业", "12 34"], ["", "0"]]


def test_a_text_box_in_a_cell_belongs_to_the_cell() -> None:
    boxed = f"<w:p><w:r><w:t>甲</w:t></w:r><w:r><w:pict><w:txbxContent>{p('盒')}</w:txbxContent></w:pict></w:r></w:p>"
    (grid,) = grids(table(row(cell(content=boxed), cell("1")), row(cell("乙"), cell("2"))))
    assert rows(grid)[0] == ["甲盒", "1"]


def test_text_that_a_merge_hides_is_left_out_and_said() -> None:
    reading = read_docx(docx(table(row(cell("甲", DOWN), cell("1")), row(cell("旧值", ON), cell("2")))))
    assert [(problem.code, problem.severity) for problem in reading.problems] == [("hidden-cell-text", "info")]
    (grid,) = (item for item in reading.items if isinstance(item, Grid))
    assert rows(grid) == [["甲", "1"], ["甲", "2"]]


def test_the_same_text_repeated_down_a_merge_needs_no_word() -> None:
    assert read_docx(docx(table(row(cell("甲", DOWN), cell("1")), row(cell("甲", ON), cell("2"))))).problems == ()


def test_a_table_of_one_cell_only_places_its_content() -> None:
    items = read_docx(docx(table(row(cell(content=p("一、总体情况") + p("正文")))) + p("尾"))).items
    assert [item.text for item in items if isinstance(item, TextBlock)] == ["一、总体情况", "正文", "尾"]
    assert [item.level for item in items if isinstance(item, TextBlock)] == [1, None, None]


def test_a_table_in_a_data_cell_stays_in_the_cell_and_follows_it() -> None:
    inner = table(row(cell("x"), cell("1")), row(cell("y"), cell("2"))) + p("")
    more = [row(cell("乙的说明文字较长"), cell("丙的说明文字较长")) for _ in range(4)]
    first, second = grids(table(row(cell("甲"), cell(content=inner)), *more))
    assert first.positions()[0][1].text == "x 1 y 2"
    assert rows(second) == [["x", "1"], ["y", "2"]]
    assert [problem.code for problem in second.problems] == ["nested-table"]


def test_tables_nested_beyond_any_use_do_not_exhaust_the_stack() -> None:
    body = p("底")
    for _ in range(400):
        body = table(row(cell(content=body + p(""))))
    items = read_docx(docx(body)).items
    assert [item.text for item in items if isinstance(item, TextBlock)] == ["底"]
