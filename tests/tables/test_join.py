from __future__ import annotations

from dataclasses import replace

import pytest

from gxextract.document import Cell
from gxextract.tables import finish, from_marks, joined
from gxextract.tables.join import is_numbered

from .drawing import drawn


def placed(page: int, *rows: str):
    """A page's only table, from lines of cells parted by ``|``; ``text_3`` spans three rows, ``text^2`` two columns."""
    cells: list[Cell] = []
    taken: set[tuple[int, int]] = set()
    for row, line in enumerate(rows):
        col = 0
        for text in line.split("|"):
            text, _, height = text.strip().partition("_")
            text, _, width = text.partition("^")
            while (row, col) in taken:
                col += 1
            cell = Cell(row=row, col=col, row_span=int(height or 1), col_span=int(width or 1), text=text)
            taken.update(cell.positions)
            cells.append(cell)
            col += cell.col_span
    (found,), _ = from_marks(drawn(cells, page))
    return found


def whole(*parts):
    table = parts[0]
    for part in parts[1:]:
        table = joined(table, part)
        assert table is not None
    return finish(table.grid, "t1")


HEADER = "项目 | 企业 | 总计"


def test_rows_go_on_without_a_header():
    table = whole(placed(1, HEADER, "甲 | 1 | 2"), placed(2, "乙 | 3 | 4"))
    assert [(r.row_path, r.column_path, r.text) for r in table.records][2:] == [
        (("乙",), ("企业",), "3"),
        (("乙",), ("总计",), "4"),
    ]
    assert [(part.page, part.repeated_header_rows) for part in table.parts] == [(1, 0), (2, 0)]
    assert {cell.page for cell in table.cells if cell.row == 2} == {2}


def test_a_header_printed_again_counts_once_and_keeps_both_places():
    table = whole(placed(1, HEADER, "甲 | 1 | 2"), placed(2, HEADER, "乙 | 3 | 4"))
    assert table.rows == 3
    assert [part.repeated_header_rows for part in table.parts] == [0, 1]
    assert [[part.page for part in cell.parts] for cell in table.cells if cell.row == 0] == [[1, 2]] * 3


def test_three_pages():
    table = whole(placed(1, HEADER, "甲 | 1 | 2"), placed(2, "乙 | 3 | 4"), placed(3, "丙 | 5 | 6"))
    assert [part.page for part in table.parts] == [1, 2, 3]
    assert table.records[-1].row_path == ("丙",)


def test_a_label_cut_by_the_break_is_one_again():
    table = whole(
        placed(1, "项^2 | 数", "（三）不予_1 | 1.甲 | 1", "（四）无_2 | 1.甲 | 1", "2.乙 | 2"),
        placed(2, "法提供_2 | 3.丙 | 3", "4.丁 | 4", "（五）不予 | 1.甲 | 5"),
    )
    label = next(cell for cell in table.cells if (cell.text or "").startswith("（四）"))
    assert (label.text, label.row_span, [part.page for part in label.parts]) == ("（四）无法提供", 4, [1, 2])
    assert {r.text: r.row_path for r in table.records}["3"] == ("（四）无法提供", "3.丙")
    assert {r.text: r.row_path for r in table.records}["5"] == ("（五）不予", "1.甲")


def test_a_blank_rest_of_a_label_belongs_to_it_whichever_page_prints_it():
    for above, below in (("三、结果", ""), ("", "三、结果")):
        table = whole(
            placed(1, "项^2 | 数", f"{above}_2 | （一）甲 | 1", "（二）乙 | 2"),
            placed(2, f"{below}_2 | （三）丙 | 3", "（四）丁 | 4"),
        )
        assert {r.row_path[0] for r in table.records} == {"三、结果"}


def test_two_groups_that_meet_at_the_break_stay_two():
    table = whole(
        placed(1, "项^2 | 数", "（一）甲_2 | 1.子 | 1", "2.丑 | 2"),
        placed(2, "（二）乙_2 | 1.子 | 3", "2.丑 | 4"),
    )
    assert [r.row_path[0] for r in table.records] == ["（一）甲", "（一）甲", "（二）乙", "（二）乙"]


def test_blank_values_below_the_break_are_never_merged_upwards():
    table = whole(placed(1, HEADER, "甲 | 1 | 2"), placed(2, "乙 |  | 4"))
    assert [r.text for r in table.records] == ["1", "2", "", "4"]


def test_a_section_at_the_foot_finds_its_headers_on_the_next_page():
    table = whole(placed(1, "第一项^3", HEADER, "甲 | 1 | 2", "第二项^3"), placed(2, "事项 | 数量^2", "乙 | 7^2"))
    assert table.records[-1].row_path == ("第二项", "乙")
    assert table.records[-1].column_path == ("数量",)


def test_other_columns_are_another_table():
    assert joined(placed(1, HEADER, "甲 | 1 | 2"), placed(2, "乙 | 3", "丙 | 4")) is None


def test_headers_of_its_own_make_another_table():
    assert joined(placed(1, HEADER, "甲 | 1 | 2"), placed(2, "名称 | 收入 | 支出", "乙 | 3 | 4")) is None


def test_a_wider_margin_on_the_next_page_does_not_matter():
    second = placed(2, "乙 | 3 | 4")
    moved = replace(second, col_edges=tuple(edge + 14 for edge in second.col_edges))
    assert joined(placed(1, HEADER, "甲 | 1 | 2"), moved) is not None


def test_is_numbered():
    for text in ("一、甲", "（四）无", "(4)无", "1.甲", "12、乙", "①丙"):
        assert is_numbered(text), text
    for text in ("法提供", "1000", "第一项", ""):
        assert not is_numbered(text), text


@pytest.mark.parametrize(
    ("above", "below", "why"),
    [
        ("1.逾期不补 | 7 | 7", "正申请 |  | ", "the values stand above"),
        ("1.逾期不补 |  | ", "正申请 | 7 | 7", "the values stand below"),
        ("1.逾期不补正申请 |  | ", " | 7 | 7", "the label is whole, its values stand below"),
    ],
)
def test_a_row_cut_by_the_break_is_one_again(above, below, why):
    table = whole(placed(1, HEADER, above), placed(2, below, "2.其他 | 8 | 8"))
    label = table.grid[1][0]
    assert (table.rows, label.text, len(label.parts)) == (3, "1.逾期不补正申请", 2), why
    assert [record.text for record in table.records] == ["7", "7", "8", "8"], why


@pytest.mark.parametrize(
    ("above", "below", "why"),
    [
        ("1.甲 | 7 | 7", "2.乙 |  | ", "a number of its own"),
        ("1.甲 | 7 | 7", "乙 | 8 | ", "values on both pages"),
        ("甲 | 7 | 7", "乙 |  | ", "no outline that could tell"),
    ],
)
def test_rows_that_meet_at_the_break_stay_two(above, below, why):
    table = whole(placed(1, HEADER, above), placed(2, below, "3.其他 | 8 | 8"))
    assert table.rows == 4, why


@pytest.mark.parametrize(("height", "rows"), [(0.4, 3), (1.0, 4)])
def test_only_a_low_blank_row_is_what_the_page_before_left_over(height, rows):
    second = placed(2, " |  | ", "2.乙 | 8 | 8")
    cut = [
        replace(cell, parts=(replace(cell.parts[0], box=(*cell.box[:3], cell.box[1] + height * 24.0)),))
        for cell in second.grid.cells
    ]
    table = whole(placed(1, HEADER, "1.甲 | 7 | 7"), replace(second, grid=replace(second.grid, cells=tuple(cut))))
    assert table.rows == rows
