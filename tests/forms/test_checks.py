"""What the sums of a form prove, disprove and leave open."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from gxextract.document import Record, Table
from gxextract.forms import with_forms
from gxextract.forms.counting import counted, is_empty
from gxextract.forms.culprits import Sum, culprits
from tests.forms.reports import flat_lines, read_lines


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("22（其中修订16件）", 22),
        ("减2", -2),
        ("+3", 3),
        ("－5", -5),
        ("1，234", 1234),
        ("13.6145", Fraction("13.6145")),
        ("251000元", 251000),
        ("", 0),
        ("-", 0),
        ("——", 0),
        ("／", 0),
        ("无", 0),
        (None, None),
        ("见附件", None),
        ("0 件", 0),
        ("1 5", 15),
        ("0 0", None),
        ("0\n12", None),
        ("1" * 5000, None),
    ],
)
def test_what_a_text_counts_as(text: str | None, number: Fraction | None) -> None:
    assert counted(text) == number


def test_a_zero_is_no_blank() -> None:
    assert not is_empty("0")
    assert is_empty(" ")
    assert is_empty("无")
    assert not is_empty(None)


def sums(*off: int) -> list[Sum[tuple[int, int]]]:
    """A 3 x 3 square whose last row and column are sums; ``off`` of the three rows, then the three columns."""
    rows = [{(row, 0): 1, (row, 1): 1, (row, 2): -1} for row in range(3)]
    columns = [{(0, col): 1, (1, col): 1, (2, col): -1} for col in range(3)]
    return [Sum(weights=weights, off=Fraction(one)) for weights, one in zip([*rows, *columns], off, strict=True)]


@pytest.mark.parametrize(
    ("off", "expected"),
    [
        ((0, 0, 0, 0, 0, 0), set()),
        ((2, 0, 0, 2, 0, 0), {(0, 0)}),
        ((-2, 0, 0, 0, 0, 2), {(0, 2)}),
        # Two errors of different size, found together and no other.
        ((1, 2, 0, 1, 2, 0), {(0, 0), (1, 1)}),
        # Two of the same size may stand at either pair of corners.
        ((1, 1, 0, 1, 1, 0), {(0, 0), (1, 1), (0, 1), (1, 0)}),
    ],
)
def test_the_smallest_sets_are_found(off: tuple[int, ...], expected: set[tuple[int, int]]) -> None:
    assert culprits(sums(*off)) == expected


def test_sums_that_share_no_cell_are_told_apart() -> None:
    lone = [
        Sum(weights={name: 1, f"{name}+": 1, f"{name}=": -1}, off=Fraction(off)) for name, off in (("a", 1), ("b", 0))
    ]
    assert culprits(lone) == {"a", "a+", "a="}


def test_too_many_errors_make_all_cells_of_failing_sums_suspect() -> None:
    many = [Sum(weights={(row, col): 1 for col in range(2)}, off=Fraction(1)) for row in range(5)]
    linked = [*many, Sum(weights={(row, 0): 1 for row in range(5)}, off=Fraction(0))]
    assert culprits(linked) == {(row, col) for row in range(5) for col in range(2)}


REVIEW = [
    "行政复议 | 行政诉讼 |",
    "结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计 | 未经复议直接起诉 | 复议后起诉 |",
    "结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计 | 结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计 |",
]


def review(values: str) -> tuple[Table, list[str], list[str]]:
    blocks, problems = read_lines([*REVIEW, " | ".join(values.split()) + " |"])
    (table,) = [block for block in blocks if isinstance(block, Table)]
    assert table.form == "annual-report-2021/review"
    return table, [record.check for record in table.records], [problem.severity for problem in problems]


@pytest.mark.parametrize(
    ("values", "checks", "problems"),
    [
        ("0 0 0 0 0  0 0 0 0 0  0 0 0 0 0", ["unchecked"] * 15, []),
        ("2 0 0 0 2  0 0 0 0 0  0 0 0 0 0", ["verified"] * 5 + ["unchecked"] * 10, []),
        ("10 1 0 0 0  0 0 0 0 0  5 0 0 0 0", ["flagged"] * 5 + ["unchecked"] * 5 + ["flagged"] * 5, ["info", "info"]),
        ("2 - - - 2  - - - - -  0 0 0 0 0", ["verified", *["unchecked"] * 3, "verified", *["unchecked"] * 10], []),
        ("2 0 0 0 -  0 0 0 0 0  0 0 0 0 0", ["unchecked"] * 15, []),
        ("- - - - 3  0 0 0 0 0  0 0 0 0 0", ["unchecked"] * 15, []),
        ("2 / / / 3  0 0 0 0 0  0 0 0 0 0", ["flagged"] * 5 + ["unchecked"] * 10, ["info"]),
    ],
    ids=[
        "zeros prove nothing",
        "a sum that holds proves its figures",
        "two sums that fail, nothing beside them",
        "strokes count as 0 and stay unchecked",
        "a total left out is not judged",
        "a total of nothing but strokes is not judged",
        "strokes beside figures are judged",
    ],
)
def test_a_block_is_judged(values: str, checks: list[str], problems: list[str]) -> None:
    _, found, said = review(values)
    assert found == checks
    assert said == problems


def applications(lines: list[str]) -> dict[tuple[str, str], Record]:
    blocks, _ = read_lines(lines)
    (table,) = [block for block in blocks if isinstance(block, Table) and block.form and "applications" in block.form]
    return {(record.row_path[-1], "/".join(record.column_path[1:])): record for record in table.records}


@pytest.mark.parametrize("one_row_other", [False, True])
def test_one_wrong_figure_of_table_3_is_found_alone(one_row_other: bool) -> None:
    lines = list(flat_lines("checks/3", "2021", "tabs", "0", one_row_other))
    sound = applications(lines)
    assert {record.check for record in sound.values()} == {"verified", "unchecked"}
    at = next(at for at, line in enumerate(lines) if "2.重复申请" in line)
    fields = lines[at].split("\t")
    fields[3] = str(int(fields[3]) + 4)
    lines[at] = "\t".join(fields)
    found = applications(lines)
    flagged = [path for path, record in found.items() if record.check == "flagged"]
    assert flagged == [("2.重复申请", "自然人")]
    assert found["2.重复申请", "自然人"].text == fields[3], "what was printed is kept"


def test_blank_totals_of_detail_rows_raise_no_alarm() -> None:
    lines = list(flat_lines("checks/3", "2021", "tabs"))
    rows = [at for at, line in enumerate(lines) if line.count("\t") == 9 and ("1." in line or "2." in line)]
    assert len(rows) > 5
    for at in rows:
        lines[at] = lines[at].rsplit("\t", 1)[0] + "\t"
    found = applications(lines)
    assert not [path for path, record in found.items() if record.check == "flagged"]
    assert found["2.重复申请", "总计"].text == ""
    assert found["2.重复申请", "自然人"].check == "verified", "its column still proves it"


def test_doubtful_readings_are_verified_only_by_sums_that_prove_them() -> None:
    table, _, _ = review("2 0 0 0 2  0 0 0 0 0  0 0 0 0 0")
    cells = tuple(replace(cell, doubtful=True, origin="ocr") if cell.role == "body" else cell for cell in table.cells)
    (read,), _ = with_forms([replace(table, cells=cells, evidence="ruled")], {})
    assert isinstance(read, Table)
    assert [record.check for record in read.records] == ["verified"] * 5 + ["flagged"] * 10
