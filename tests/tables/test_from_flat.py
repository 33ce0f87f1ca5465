import pytest

from gxextract.tables import Grid
from gxextract.tables.from_flat import find_flat, from_flat


def rows(grid: Grid) -> list[list[str | None]]:
    return [[cell.text for cell in row] for row in grid.positions()]


TABLES = [
    (["| 甲 | 乙 |", "|---|:-:|", "| 1 | 2 |"], [["甲", "乙"], ["1", "2"]], "Markdown with outer pipes and its rule"),
    (["甲 | 乙 |", "1 | 2 |"], [["甲", "乙"], ["1", "2"]], "closing pipes only"),
    (
        ["甲 | 乙", "1 |", "2 | 3"],
        [["甲", "乙"], ["1", ""], ["2", "3"]],
        "a pipe that only some lines end with",
    ),
    (["| 甲 | 乙", "丙 | 丁"], [["", "甲", "乙"], ["丙", "丁", ""]], "and so is one only some lines begin with"),
    (["a\\|b | c", "1 | 2"], [["a|b", "c"], ["1", "2"]], "an escaped pipe belongs to its cell"),
    (["题 | |||", "a | b | c | d |", "e | 1 | 2 | 3 |"], [["题", "", "", ""], [*"abcd"], [*"e123"]], "padded rows"),
    (["\t甲\t乙", "丙\t1\t2"], [["", "甲", "乙"], ["丙", "1", "2"]], "a leading tab is a blank first cell"),
    (["┌──┬──┐", "│甲│乙│", "├──┼──┤", "│1│2│", "└──┴──┘"], [["甲", "乙"], ["1", "2"]], "drawn with box characters"),
    (["+----+----+", "| 甲 | 乙 |", "+----+----+", "| 1 | 2 |"], [["甲", "乙"], ["1", "2"]], "drawn with plus signs"),
    (["甲 | 乙", "- | -", "--- | ---"], [["甲", "乙"], ["-", "-"], ["---", "---"]], "dashes as values are no rule"),
    (["甲｜乙", "1｜2"], [["甲", "乙"], ["1", "2"]], "full-width pipes"),
    (["名称,数", "甲,1", '"乙,丙",2'], [["名称", "数"], ["甲", "1"], ["乙,丙", "2"]], "CSV with a quoted comma"),
    (["名称,数", '"甲', '乙",1', "丙,2"], [["名称", "数"], ["甲乙", "1"], ["丙", "2"]], "CSV with a quoted line end"),
]


@pytest.mark.parametrize(("lines", "expected", "reason"), TABLES, ids=[case[2] for case in TABLES])
def test_a_flattened_table_keeps_its_rows_as_they_stand(lines: list[str], expected: object, reason: str) -> None:
    assert find_flat(lines) == [range(len(lines))], reason
    grid = from_flat(lines)
    assert rows(grid) == expected, reason
    assert grid.evidence == "flattened"


NO_TABLES = [
    (["0 |", "1 |", "2 |"], "a cell a line"),
    (["\t规章", "\t0", "\t0"], "a cell a line, behind tabs"),
    (["首页 | 新闻 | 公开"], "one line with pipes is a list of links"),
    (["2021年,我局认真贯彻。", "一是抓落实,强规范。", "二是补短板,优服务。"], "sentences with commas"),
    (["a,b", "c,d,e", "f,g"], "rows of different length aren't CSV"),
    (["a,b", "c,d"], "two lines are too few to call CSV"),
    ([], "nothing"),
]


@pytest.mark.parametrize(("lines", "reason"), NO_TABLES, ids=[case[1] for case in NO_TABLES])
def test_what_is_no_flattened_table_is_left_alone(lines: list[str], reason: str) -> None:
    assert find_flat(lines) == [], reason


def test_runs_are_found_among_prose() -> None:
    lines = ["正文", "甲 | 乙", "1 | 2", "", "丙 | 丁", "3 | 4", "尾", "a\tb", "1\t2"]
    assert find_flat(lines) == [range(1, 3), range(4, 6), range(7, 9)]


WARNED = [
    (["甲 | 乙 | 丙", "1 | 2"], True, "rows of unequal length"),
    (["甲 | 乙", "1 |  "], True, "a blank cell"),
    (["情况 | 情况", "甲 | 乙", "1 | 1"], True, "a label repeated beside itself"),
    (["甲 | 乙", "1 | 1"], False, "equal numbers side by side are only numbers"),
]


@pytest.mark.parametrize(("lines", "warned", "reason"), WARNED, ids=[case[2] for case in WARNED])
def test_a_warning_says_where_cells_may_have_moved(lines: list[str], warned: bool, reason: str) -> None:
    codes = [(problem.code, problem.severity) for problem in from_flat(lines).problems]
    assert codes == ([("spans-lost", "warning")] if warned else []), reason
