"""Whose a value is must have been seen: headers and labels blanked, garbled, doubled, swapped, in tables that add up.

No sum finds any of it out, for all sums hold whatever the labels say.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Literal

import pytest

from fixtures import forms
from fixtures.render_flat import FLATTENERS
from fixtures.report import FormTable, filled
from gxextract.document import Record, Table
from tests.forms.reports import read_lines
from tests.forms.test_recognise import declared, recognised, table_of

STYLES = ("grid", "tabs", "bare-lines", "collapsed-tabs", "markdown-repeated", "columns")
Name = Literal["applications", "review"]
Path = tuple[tuple[str, ...], tuple[str, ...]]
ROWS, COLUMNS = range(3, 28), range(3, 10)


@cache
def sound(name: Name) -> FormTable:
    """A table without a zero, all of whose sums hold."""
    if name == "review":
        blocks = [[3 + block, 11, 20 + 7 * block, 35 + block] for block in range(3)]
        return filled(forms.review("2021"), [str(value) for block in blocks for value in (*block, sum(block))])
    form = forms.applications("2021", one_row_other=False)
    columns: list[list[int]] = []
    for col in range(6):
        results = [1 + (17 * row + 29 * col + row * col) % 97 for row in range(form.rows - 3 - 4)]
        carried, left = 5 + 3 * col, 40 - 2 * col
        columns.append([sum(results) + left - carried, carried, *results, sum(results), left])
    return filled(form, [str(value) for row in zip(*columns, strict=True) for value in (*row, sum(row))])


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A table that prints other ``texts`` in some places, by row and column.

    Rows or columns (``along``) that are ``untold`` have no label then that says which they are; those in ``told_as``
    are said to be another one.
    """

    reason: str
    table: Name
    texts: Mapping[tuple[int, int], str]
    along: Literal["row", "column"] = "column"
    untold: frozenset[int] = frozenset()
    told_as: Mapping[int, int] = field(default_factory=dict)


def swapped(name: Name, left: tuple[int, int], right: tuple[int, int]) -> dict[tuple[int, int], str]:
    """The texts of two cells exchanged."""
    texts = {(cell.row, cell.col): cell.text for cell in sound(name).cells}
    return {left: texts[right], right: texts[left]}


GARBLED = "囗囗囗囗"
FIRST, SECOND, THIRD = frozenset(range(5)), frozenset(range(5, 10)), frozenset(range(10, 15))
SUITS = {**{col: col + 5 for col in SECOND}, **{col: col - 5 for col in THIRD}}

CASES = (
    Case(reason="其他 stands in 法人或其他组织 too", table="applications", texts={(2, 8): ""}, untold=frozenset({8})),
    Case(reason="a garbled label", table="applications", texts={(2, 5): GARBLED}, untold=frozenset({5})),
    Case(reason="the total is lost", table="applications", texts={(1, 9): ""}, untold=frozenset({9})),
    Case(reason="two lost", table="applications", texts={(2, 5): "", (2, 6): ""}, untold=frozenset({5, 6})),
    Case(
        reason="all lost",
        table="applications",
        texts=dict.fromkeys([(1, 3), (1, 9), *((2, c) for c in range(4, 9))], ""),
        untold=frozenset(COLUMNS),
    ),
    Case(
        reason="a misprint doubles a label", table="applications", texts={(2, 5): "商业企业"}, untold=frozenset({4, 5})
    ),
    Case(
        reason="a total called as a part is", table="applications", texts={(1, 9): "自然人"}, untold=frozenset({3, 9})
    ),
    Case(
        reason="neighbours", table="applications", texts=swapped("applications", (2, 4), (2, 5)), told_as={4: 5, 5: 4}
    ),
    Case(
        reason="of other heights",
        table="applications",
        texts=swapped("applications", (1, 3), (2, 8)),
        told_as={3: 8, 8: 3},
    ),
    Case(
        reason="a part and the total",
        table="applications",
        texts=swapped("applications", (1, 9), (2, 6)),
        told_as={9: 6, 6: 9},
    ),
    Case(reason="first of three alike lost", table="review", texts={(1, 4): ""}, untold=frozenset({4})),
    Case(reason="second of three alike lost", table="review", texts={(2, 9): ""}, untold=frozenset({9})),
    Case(reason="last of three alike lost", table="review", texts={(2, 14): ""}, untold=frozenset({14})),
    Case(
        reason="no leaf in one block",
        table="review",
        texts=dict.fromkeys([(2, col) for col in SECOND], ""),
        untold=SECOND,
    ),
    Case(reason="nothing else tells the first block", table="review", texts={(0, 0): ""}, untold=FIRST),
    Case(reason="one of the suits unnamed", table="review", texts={(1, 5): ""}, untold=SECOND),
    Case(reason="one of the suits garbled", table="review", texts={(1, 10): GARBLED}, untold=THIRD),
    Case(reason="both suits unnamed", table="review", texts={(1, 5): "", (1, 10): ""}, untold=SECOND | THIRD),
    Case(reason="both suits named alike", table="review", texts={(1, 5): "复议后起诉"}, untold=SECOND | THIRD),
    Case(reason="a leaf twice in its block", table="review", texts={(2, 11): "结果维持"}, untold=frozenset({10, 11})),
    Case(reason="suits in another order", table="review", texts=swapped("review", (1, 5), (1, 10)), told_as=SUITS),
    Case(
        reason="leaves in another order", table="review", texts=swapped("review", (2, 5), (2, 6)), told_as={5: 6, 6: 5}
    ),
    Case(
        reason="likest labels swapped",
        table="applications",
        texts=swapped("applications", (3, 0), (4, 0)),
        along="row",
        told_as={3: 4, 4: 3},
    ),
    Case(
        reason="one of the likest twice",
        table="applications",
        texts={(4, 0): "一、本年新收政府信息公开申请数量"},
        along="row",
        untold=frozenset({3, 4}),
    ),
    Case(
        reason="another's label printed for one",
        table="applications",
        texts={(8, 2): "1.属于国家秘密"},
        along="row",
        untold=frozenset({7, 8}),
    ),
    Case(reason="a row unnamed", table="applications", texts={(11, 2): ""}, along="row", untold=frozenset({11})),
    Case(
        reason="two rows unnamed",
        table="applications",
        texts={(11, 2): "", (12, 2): ""},
        along="row",
        untold=frozenset({11, 12}),
    ),
    Case(
        reason="a row unnamed, and its label is the next row's",
        table="applications",
        texts={(7, 2): "", (8, 2): "1.属于国家秘密"},
        along="row",
        untold=frozenset({7}),
        told_as={8: 7},
    ),
    Case(
        reason="labels swapped under two parents",
        table="applications",
        texts=swapped("applications", (17, 2), (18, 2)),
        along="row",
        told_as={17: 18, 18: 17},
    ),
)

TOLD = (
    Case(reason="nothing changed", table="applications", texts={}),
    Case(reason="nothing changed", table="review", texts={}),
    Case(reason="each leaf occurs once", table="applications", texts={(0, 3): "", (1, 4): ""}),
    Case(reason="each row's own label occurs once", table="applications", texts={(7, 1): "", (15, 1): "", (18, 1): ""}),
    Case(reason="what stands under it tells", table="review", texts={(0, 5): ""}),
    Case(reason="a misprint", table="review", texts={(1, 5): "未经复议直接起拆"}),
)


def printed(case: Case) -> FormTable:
    table = sound(case.table)
    cells = [replace(cell, text=case.texts.get((cell.row, cell.col), cell.text)) for cell in table.cells]
    assert cells != list(table.cells) or not case.texts, "the case changes nothing"
    return replace(table, cells=tuple(cells))


def read(table: FormTable, style: str) -> list[Record]:
    """The records of what is recognised as a form."""
    if style == "grid":
        tables, _ = recognised(table_of(declared(table)))
    else:
        blocks, _ = read_lines(list(FLATTENERS[style](table)))  # type: ignore[index]
        tables = [block for block in blocks if isinstance(block, Table)]
    return [record for found in tables if found.form for record in found.records]


def expected(case: Case) -> tuple[dict[Path, str], dict[Path, str]]:
    """What the source says by its labels, and what stands in the form's own places."""
    table = sound(case.table)
    values = {value.cell: value for value in table.values}
    said: dict[Path, str] = {}
    for (row, col), value in values.items():
        index = row if case.along == "row" else col
        if index not in case.untold:
            there = case.told_as.get(index, index)
            home = values[there, col] if case.along == "row" else values[row, there]
            said[home.row_path, home.column_path] = value.text
    return said, {(value.row_path, value.column_path): value.text for value in table.values}


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.table}: {case.reason}")
def test_a_value_is_verified_only_under_labels_that_were_seen(case: Case, style: str) -> None:
    said, in_place = expected(case)
    for record in read(printed(case), style):
        path = (record.row_path, record.column_path)
        if record.check == "verified":
            assert said.get(path) == record.text, f"verified under {path}, which the source doesn't say"
        elif record.check != "flagged" and record.value is not None:
            assert said.get(path, in_place.get(path)) == record.text, f"another's value under {path}"


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("case", TOLD, ids=lambda case: f"{case.table}: {case.reason}")
def test_labels_that_tell_nothing_more_may_be_missing(case: Case, style: str) -> None:
    records = read(printed(case), style)
    said, _ = expected(case)
    assert {(record.row_path, record.column_path): record.text for record in records} == said
    assert {record.check for record in records} == {"verified"}


@pytest.mark.parametrize("style", ["grid", "tabs", "markdown-repeated"])
def test_columns_beside_one_without_a_label_stay_verified(style: str) -> None:
    """Their own labels stand right over them."""
    case = CASES[1]
    unproved = {record.column_path[-1] for record in read(printed(case), style) if record.check != "verified"}
    assert unproved == {"科研机构"}


@pytest.mark.parametrize("style", ["tabs", "bare-lines", "markdown-repeated", "table-a-line"])
@pytest.mark.parametrize("name", ["applications", "review"])
def test_of_two_tables_run_together_none_is_verified(name: Name, style: str) -> None:
    """Another office's table stands behind: each adds up, and whose the values are isn't said."""
    table = sound(name)
    doubled = {value.cell: str(2 * int(value.text)) for value in table.values}
    cells = [replace(cell, text=doubled.get((cell.row, cell.col), cell.text)) for cell in table.cells]
    lines = [*FLATTENERS[style](table), *FLATTENERS[style](replace(table, cells=tuple(cells)))]  # type: ignore[index]
    blocks, _ = read_lines(lines)
    records = [record for block in blocks if isinstance(block, Table) and block.form for record in block.records]
    sure = {(record.row_path, record.column_path): record.text for record in records if record.check != "flagged"}
    first = {(value.row_path, value.column_path): value.text for value in table.values}
    assert sure.items() <= first.items()
