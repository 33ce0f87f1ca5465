"""Finished tables of any evidence recognised as forms, with the form's own labels in their paths."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from fixtures.forms import Edition, FormCell
from fixtures.report import FormTable
from gxextract.document import Block, Cell, Problem, Table, TextBlock
from gxextract.forms import with_forms
from gxextract.tables import DeclaredCell, finish, from_spans
from tests.forms.reports import as_json, report, truth
from tests.scorer import score


def table_of(rows: Sequence[Sequence[DeclaredCell]], name: str = "t1") -> Table:
    return finish(from_spans(rows), name)


def declared(table: FormTable, change: Callable[[FormCell], str] = lambda cell: cell.text) -> list[list[DeclaredCell]]:
    return [
        [
            DeclaredCell(text=change(cell), row_span=cell.row_span, col_span=cell.col_span)
            for cell in table.cells
            if cell.row == row
        ]
        for row in range(table.rows)
    ]


def recognised(*blocks: Block) -> tuple[list[Table], list[Problem]]:
    found, problems = with_forms(blocks, {})
    return [block for block in found if isinstance(block, Table)], list(problems)


def seen(table: Table) -> list[tuple[str | None, str]]:
    return [(record.text, record.check) for record in table.records]


@pytest.mark.parametrize("edition", ["2021", "2019"])
def test_a_report_s_tables_are_of_one_edition(edition: Edition) -> None:
    made = report("grid/1", edition)
    tables, problems = recognised(*[table_of(declared(table), f"t{at}") for at, table in enumerate(made.tables)])
    assert [table.form for table in tables] == [
        f"annual-report-{edition}/{name}" for name in ("disclosure", "applications", "review")
    ]
    assert problems == []
    found = score(as_json(list(tables)), truth("grid/1", edition))
    assert (found.right, found.cells_right, found.extra) == (found.values, found.cells, 0)


def test_the_rows_never_tell_the_edition() -> None:
    """A 2021 report may have the 23 rows of 2019; only table 2 tells."""
    made = report("grid/2", "2021", one_row_other=True)
    tables, problems = recognised(*[table_of(declared(table), f"t{at}") for at, table in enumerate(made.tables)])
    assert tables[1].form == "annual-report-2021/applications"
    assert problems == []
    (alone,), _ = recognised(table_of(declared(made.tables[1])))
    assert alone.form == "annual-report-2021/applications"


def test_table_2_in_four_pieces_under_their_titles() -> None:
    rows = declared(report("grid/1", "2021").tables[0])
    starts = [at for at, row in enumerate(rows) if row[0].col_span == 4]
    blocks: list[Block] = []
    for start, stop in zip(starts, [*starts[1:], len(rows)], strict=True):
        blocks.append(TextBlock(kind="paragraph", text=rows[start][0].text))
        blocks.append(table_of(rows[start + 1 : stop], f"t{start}"))
    tables, problems = recognised(*blocks)
    assert {table.form for table in tables} == {"annual-report-2021/disclosure"}
    assert problems == []
    values = {path: text for table in truth("grid/1", "2021")["tables"][:1] for path, text in _expected(table).items()}
    assert {
        (record.row_path, record.column_path): record.text for table in tables for record in table.records
    } == values


def _expected(table: dict) -> dict[tuple[tuple[str, ...], tuple[str, ...]], str]:
    return {
        (tuple(table["row_paths"][row]), tuple(table["column_paths"][column])): text
        for row, column, text, *_ in table["records"]
    }


def test_a_block_that_no_table_has_is_missed() -> None:
    rows = declared(report("grid/1", "2021").tables[0])
    (table,), problems = recognised(table_of(rows[:-3]))
    assert table.form == "annual-report-2021/disclosure"
    assert [problem.code for problem in problems] == ["form-disagreement"]
    assert "第二十条第（八）项" in problems[0].message


def test_old_names_and_odd_spelling_keep_the_forms_paths() -> None:
    def change(cell: FormCell) -> str:
        return {"行政规范性文件": "规范性文件", "本年废止件数": "本年度止件数"}.get(cell.text, cell.text)

    (table,), problems = recognised(table_of(declared(report("grid/1", "2021").tables[0], change)))
    assert problems == []
    assert {record.row_path[1] for record in table.records} >= {"行政规范性文件"}
    assert {record.column_path[0] for record in table.records} >= {"本年废止件数"}
    assert {"规范性文件", "本年度止件数"} <= {cell.text for cell in table.cells}


def test_columns_go_by_order_where_header_and_body_span_differently() -> None:
    rows = declared(report("grid/1", "2021").tables[1])
    rows[1][1] = replace(rows[1][1], col_span=6)  # a header one column wider than its body
    rows[0][1] = replace(rows[0][1], col_span=8)
    (table,), _ = recognised(table_of(rows))
    expected = _expected(truth("grid/1", "2021")["tables"][1])
    read = {(record.row_path, record.column_path): record.text for record in table.records if record.text is not None}
    assert {path: read[path] for path in expected} == expected


def test_blank_cells_where_the_form_has_a_rowspan() -> None:
    made = report("grid/1", "2021").tables[1]
    texts = {(cell.row, cell.col): cell.text for cell in made.cells}
    spelt_out = [[DeclaredCell(text=texts.get((row, col), "")) for col in range(made.cols)] for row in range(made.rows)]
    (table,), problems = recognised(table_of(spelt_out))
    assert problems == []
    read = {(record.row_path, record.column_path): record.text for record in table.records}
    assert read == _expected(truth("grid/1", "2021")["tables"][1])


def test_a_missing_column_is_told_by_the_labels() -> None:
    made = report("grid/1", "2021").tables[1]
    texts = {(cell.row, cell.col): cell.text for cell in made.cells}
    gone = 5  # 科研机构
    grid = [
        [DeclaredCell(text=texts.get((row, col), "")) for col in range(made.cols) if col != gone]
        for row in range(made.rows)
    ]
    (table,), problems = recognised(table_of(grid))
    expected = {
        path: text
        for path, text in _expected(truth("grid/1", "2021")["tables"][1]).items()
        if path[1][-1] != "科研机构"
    }
    assert {(record.row_path, record.column_path): record.text for record in table.records} == expected
    assert [problem.code for problem in problems] == ["form-disagreement"]
    assert "科研机构" in problems[0].message


def test_columns_in_another_order_follow_their_labels() -> None:
    made = report("grid/3", "2021").tables[1]
    texts = {(cell.row, cell.col): cell.text for cell in made.cells}
    order = [0, 1, 2, 3, 5, 4, 6, 7, 8, 9]
    grid = [[DeclaredCell(text=texts.get((row, col), "")) for col in order] for row in range(made.rows)]
    (table,), problems = recognised(table_of(grid))
    assert {(record.row_path, record.column_path): record.text for record in table.records} == _expected(
        truth("grid/3", "2021")["tables"][1]
    )
    assert "another order" in problems[0].message


def test_a_row_in_another_place_follows_its_label() -> None:
    rows = declared(report("grid/3", "2021").tables[1])
    at = next(at for at, row in enumerate(rows) if row[0].text == "2.重复申请")
    rows[at], rows[at + 1] = rows[at + 1], rows[at]
    (table,), problems = recognised(table_of(rows))
    assert {(record.row_path, record.column_path): record.text for record in table.records} == _expected(
        truth("grid/3", "2021")["tables"][1]
    )
    assert [problem.code for problem in problems] == ["form-disagreement"]


def test_a_missing_row_is_told() -> None:
    made = report("grid/3", "2021").tables[1]
    texts = {(cell.row, cell.col): cell.text for cell in made.cells}
    gone = next(cell.row for cell in made.cells if cell.text == "2.重复申请")
    (table,), problems = recognised(
        table_of(
            [
                [DeclaredCell(text=texts.get((row, col), "")) for col in range(made.cols)]
                for row in range(made.rows)
                if row != gone
            ]
        )
    )
    assert "2.重复申请" not in {record.row_path[-1] for record in table.records}
    assert len(table.records) == 24 * 7
    assert any("no row '2.重复申请'" in problem.message for problem in problems)


@pytest.mark.parametrize("said", ["0.", "Q", "见附件"])
def test_a_value_that_is_no_number_keeps_its_place(said: str) -> None:
    made = report("grid/1", "2021").tables[1]
    spot = next(value for value in made.values if value.row_path[-1] == "（一）予以公开")

    def change(cell: FormCell) -> str:
        return said if (cell.row, cell.col) == (spot.cell[0], spot.cell[1] + 2) else cell.text

    (table,), _ = recognised(table_of(declared(made, change)))
    assert len(table.records) == 25 * 7
    (odd,) = [record for record in table.records if record.text == said]
    assert (odd.row_path, odd.column_path) == (spot.row_path, ("申请人情况", "法人或其他组织", "科研机构"))
    assert {len(record.column_path) for record in table.records if record.row_path == spot.row_path} == {2, 3}


@pytest.mark.parametrize("table", [0, 1, 2])
def test_a_row_whose_source_lacks_a_cell_is_flagged_whole(table: int) -> None:
    """HTML puts the gap at the row's end, wherever the cell was lost."""
    made = report("grid/1", "2021").tables[table]
    row, col = made.values[0].cell
    rows = declared(made)
    at = [cell.col for cell in made.cells if cell.row == row].index(col)
    del rows[row][at]
    (found,), problems = recognised(table_of(rows))
    damaged = [record for record in found.records if record.cell[0] == row]
    assert len(damaged) == sum(value.cell[0] == row for value in made.values)
    assert {record.check for record in damaged} == {"flagged"}
    assert not [record for record in found.records if record.cell[0] != row and record.check == "flagged"]
    assert any("a cell too few" in problem.message for problem in problems)


def test_values_of_a_failing_sum_are_kept_and_told_with_their_page() -> None:
    def change(cell: FormCell) -> str:
        return "77" if (cell.row, cell.col) == (3, 4) else cell.text

    (table,), problems = recognised(table_of(declared(report("grid/1", "2021").tables[2], change)))
    flagged = [record.cell for record in table.records if record.check == "flagged"]
    assert flagged == [(3, col) for col in range(5)]
    assert table.grid[3][4].text == "77"
    (problem,) = problems
    assert (problem.code, problem.severity, problem.table) == ("identity-violated", "info", "t1")
    assert problem.cells == tuple((3, col) for col in range(5))


def test_a_repeated_table_is_flagged_the_second_time() -> None:
    rows = declared(report("grid/1", "2021").tables[2])
    (first, second), problems = recognised(table_of(rows, "t1"), table_of(rows, "t2"))
    assert {record.check for record in first.records} <= {"verified", "unchecked"}
    assert {record.check for record in second.records} == {"flagged"}
    assert [problem.code for problem in problems] == ["form-repeated"]


WORDS = (
    "项目",
    "金额",
    "单位",
    "数量",
    "备注",
    "行政许可",
    "行政处罚",
    "总计",
    "其他",
    "规章",
    "自然人",
    "合计",
    "本年",
)


def random_table(rng: random.Random) -> Table:
    rows, cols = rng.randint(2, 9), rng.randint(2, 8)
    return table_of(
        [
            [
                DeclaredCell(text=rng.choice(WORDS) if row == 0 or col == 0 else str(rng.randint(0, 99)))
                for col in range(cols)
            ]
            for row in range(rows)
        ]
    )


def test_random_tables_are_no_forms() -> None:
    rng = random.Random("no forms")
    for _ in range(300):
        table = random_table(rng)
        (same,), problems = recognised(table)
        assert same == table
        assert problems == []


INDICATORS = [
    ("统计指标", "单位", "统计数"),
    ("一、主动公开情况", "——", "——"),
    ("（一）主动公开政府信息数", "条", "120"),
    ("其中：主动公开规范性文件数", "条", "8"),
    ("（二）通过不同渠道和方式公开政府信息的情况", "——", "——"),
    ("1.政府公报公开政府信息数", "条", "0"),
    ("2.政府网站公开政府信息数", "条", "118"),
    ("二、回应解读情况", "——", "——"),
]


def test_the_list_of_indicators_is_nested_by_its_numbers() -> None:
    (table,), problems = recognised(table_of([[DeclaredCell(text=text) for text in row] for row in INDICATORS]))
    assert table.form == "indicators-2014"
    assert problems == []
    paths = {record.text: record.row_path for record in table.records if record.value is not None}
    assert paths["8"] == ("一、主动公开情况", "（一）主动公开政府信息数", "其中：主动公开规范性文件数", "条")
    assert paths["118"] == (
        "一、主动公开情况",
        "（二）通过不同渠道和方式公开政府信息的情况",
        "2.政府网站公开政府信息数",
        "条",
    )
    assert {record.column_path for record in table.records} == {("统计数",)}


def test_a_list_without_outline_numbers_is_none() -> None:
    rows = [INDICATORS[0], *[(name, "条", "1") for name in ("甲", "乙", "丙", "丁", "戊", "己")]]
    (table,), _ = recognised(table_of([[DeclaredCell(text=text) for text in row] for row in rows]))
    assert table.form is None


def test_cells_of_a_recognised_table_are_where_they_were() -> None:
    table = table_of(declared(report("grid/1", "2021").tables[1]))
    (known,), _ = recognised(table)
    assert [(cell.row, cell.col, cell.text) for cell in known.cells] == [
        (cell.row, cell.col, cell.text) for cell in table.cells
    ]
    assert isinstance(known.cells[0], Cell)
