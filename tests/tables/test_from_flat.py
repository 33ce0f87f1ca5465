import re
import time
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

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
    (["题 | |||", "a | b | c | d |", "e | 1 | 2 | 3 |"], [["题"] * 4, [*"abcd"], [*"e123"]], "padded rows"),
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
    (["目录", "一、总体 ........ 1", "二、公开 ........ 3", "三、申请 ........ 5"], "a table of contents with leaders"),
    (["目录", "一、总体      1", "二、公开      3", "三、申请      5"], "a table of contents with blanks"),
    (["x = 1    # 1", "y = 22   # 2", "z = 333  # 3"], "code"),
    (
        ["联系人：张三   电话：0571-88888888", "地址：某路1号   邮编：310000", "传真：0571-8888   网址：无"],
        "an address",
    ),
    (
        ["春天的花开了  秋天的叶落了", "夏天的雨停了  冬天的雪来了", "早上的风轻了  晚上的月圆了"],
        "verses in two halves",
    ),
    (["花开", "叶落", "", "雨停", "雪来", "", "风轻", "月圆"], "verses by stanza"),
    (["1.  苹果", "2.  香蕉", "3.  橙子", "4.  葡萄"], "a numbered list"),
    (["张三", "13800000000", "", "李四", "13900000000", "", "王五", "13700000000"], "names and their numbers"),
    (["某局", "2023年1月5日", "", "某委", "2023年1月6日", "", "某办", "2024年1月8日"], "signatures"),
    (["— 1 —", "正文甲", "— 2 —", "正文乙", "— 3 —", "正文丙"], "page numbers"),
    (
        ["索引号：  00001   机构：  某局", "日期：  2023-01-02   文号：  1号", "有效性：  有效   分类：  2"],
        "a page's data",
    ),
    (["首页   新闻   公开   服务", "机构   领导   规划   人事", "更多   1   2   3"], "a site's navigation"),
    ([], "nothing"),
]


@pytest.mark.parametrize(("lines", "reason"), NO_TABLES, ids=[case[1] for case in NO_TABLES])
def test_what_is_no_flattened_table_is_left_alone(lines: list[str], reason: str) -> None:
    assert find_flat(lines) == [], reason


def test_runs_are_found_among_prose() -> None:
    lines = ["正文", "甲 | 乙", "1 | 2", "", "丙 | 丁", "3 | 4", "尾", "a\tb", "1\t2"]
    assert find_flat(lines) == [range(1, 3), range(4, 6), range(7, 9)]


def test_tables_without_a_delimiter_are_found_among_prose() -> None:
    aligned = ["项目     收入   支出", "甲         10      2", "乙          3      4", "丙          5      6"]
    cells = ["\t项目", "\t数", "", "\t甲", "\t1", "", "\t乙", "\t2"]
    lines = ["正文说明如下。", *aligned, "", "又有一段正文。", *cells, "", "结尾的正文。"]
    assert find_flat(lines) == [range(1, 5), range(7, 15)]


def spans(grid: Grid) -> set[tuple[int, int, int, int, str | None]]:
    """The merged cells."""
    return {
        (cell.row, cell.col, cell.row_span, cell.col_span, cell.text)
        for cell in grid.cells
        if cell.row_span * cell.col_span > 1
    }


OUTLINE = {
    (0, 0, 2, 2, "项目"),
    (0, 2, 1, 2, "收入"),
    (0, 4, 2, 1, "合计"),
    (2, 0, 2, 1, "一、甲"),
    (4, 0, 1, 2, "二、乙"),
}
MERGED = [
    (
        [
            "项目 |  | 收入 |  | 合计 |",
            " |  | 上年 | 本年 |  |",
            "一、甲 | 1.丙 | 1 | 2 | 3 |",
            " | 2.丁 | 4 |  | 4 |",
            "二、乙 |  | 5 | 6 | 11 |",
        ],
        OUTLINE,
        "pipes, merged positions blank",
    ),
    (
        ["项目\t\t收入\t\t合计", "\t\t上年\t本年\t", "一、甲\t1.丙\t1\t2\t3", "\t2.丁\t4\t\t4", "二、乙\t\t5\t6\t11"],
        OUTLINE,
        "tabs, merged positions blank",
    ),
    (
        ["项目\t收入\t合计", "\t上年\t本年\t", "一、甲\t1.丙\t1\t2\t3", "\t2.丁\t4\t\t4", "二、乙\t5\t6\t11"],
        OUTLINE,
        "tabs, wide cells collapsed",
    ),
    (
        [
            "| 项目 | 项目 | 收入 | 收入 | 合计 |",
            "|---|---|---|---|---|",
            "| 项目 | 项目 | 上年 | 本年 | 合计 |",
            "| 一、甲 | 1.丙 | 1 | 2 | 3 |",
            "| 一、甲 | 2.丁 | 4 |  | 4 |",
            "| 二、乙 | 二、乙 | 5 | 6 | 11 |",
        ],
        OUTLINE,
        "Markdown, merged cells repeated",
    ),
    (
        ["项目,,收入,,合计", ",,上年,本年,", "一、甲,1.丙,1,2,3", ",2.丁,4,,4", "二、乙,,5,6,11"],
        OUTLINE,
        "CSV",
    ),
    (
        [
            "    项目           收入       合计",
            "                上年   本年",
            "一、甲   1.丙      1      2      3",
            "         2.丁      4             4",
            "二、乙             5      6     11",
        ],
        OUTLINE,
        "aligned with spaces",
    ),
    (
        [
            "项目 | 收入 | 合计 |||",
            "上年 | 本年 ||||",
            "一、甲 | 1.丙 | 1 | 2 | 3 |",
            "2.丁 | 4 | 5 | 9 ||",
            "二、乙 | 5 | 6 | 11 ||",
        ],
        OUTLINE,
        "only what starts in a row, padded: totals aren't divided, outline numbers tell the level",
    ),
    (
        ["名称\t收入\t支出", "\t上年\t本年\t上年\t本年", "甲\t1\t2\t3\t4", "东部", "乙\t5\t6\t7\t8"],
        {(0, 0, 2, 1, "名称"), (0, 1, 1, 2, "收入"), (0, 3, 1, 2, "支出"), (3, 0, 1, 5, "东部")},
        "a section row without its tabs; the names that come again tell where the second block begins",
    ),
]


@pytest.mark.parametrize(("lines", "expected", "reason"), MERGED, ids=[case[2] for case in MERGED])
def test_merged_cells_come_back(lines: list[str], expected: object, reason: str) -> None:
    assert find_flat(lines) == [range(len(lines))], reason
    assert spans(from_flat(lines)) == expected, reason


def test_a_cell_a_line_is_put_into_rows_by_the_padding_that_fills_them() -> None:
    lines = ["题名 |", "||", "项目 |", "甲 |", "乙 |", "丙 |", "1 |", "2 |", "丁 |", " |", "4 |"]
    assert find_flat(lines) == [range(len(lines))]
    assert rows(from_flat(lines)) == [["题名"] * 3, ["项目", "甲", "乙"], ["丙", "1", "2"], ["丁", "", "4"]]


def test_a_row_broken_over_two_lines_is_put_together() -> None:
    lines = ["名 | 甲 | 乙 | 丙", "子 | 1 | 2 | 3", "丑 | 4 |", "5 | 6", "寅 | 7 | 8 | 9", "卯 | 0 | 0 | 1"]
    grid = from_flat(lines)
    assert rows(grid)[2:4] == [["丑", "4", "5", "6"], ["寅", "7", "8", "9"]]
    assert not grid.problems


WARNED = [
    (["甲 | 乙 | 丙", "子 | 1 | 2", "丑 | 1"], True, "a row that lacks a cell"),
    (["甲 | 乙 |", "1 |  |"], False, "a blank value in a plain table"),
    (["情况 | 情况", "甲 | 乙", "1 | 1"], False, "a header repeated over both of its columns"),
    (["甲 | 乙", "1 | 1"], False, "equal numbers side by side are only numbers"),
    (["省 | 市 | 数", "甲 | 子 | 1", "甲 | 丑 | 2"], False, "a list that repeats a label is no merge"),
    (["名 | 数 | ", "甲 | 1 | 2", "乙 | 3 | 4"], True, "two columns of values under one heading"),
    (["名 | 甲 | 乙 |||", "a | b | c | d ||", "子 | 1 | 2 | 3 | 4 |"], False, "four parts of two headers are two each"),
    (["名 | 甲 | 乙 ||||", "a | b | c | d | e ||", "子 | 1 | 2 | 3 | 4 | 5 |"], True, "five parts of two headers"),
    (
        ["类 | 名 | 数", "甲 | 子 | 1", "丑 | 2 |", "寅 | 3 |", "合计 | 6 |"],
        True,
        "a total or a part of the label above",
    ),
]


@pytest.mark.parametrize(("lines", "warned", "reason"), WARNED, ids=[case[2] for case in WARNED])
def test_a_warning_says_which_cells_may_belong_elsewhere(lines: list[str], warned: bool, reason: str) -> None:
    grid = from_flat(lines)
    assert [(problem.code, problem.severity) for problem in grid.problems] == ([("spans-lost", "warning")] * warned), (
        reason
    )
    doubtful = tuple((cell.row, cell.col) for cell in grid.cells if cell.doubtful)
    assert tuple(cell for problem in grid.problems for cell in problem.cells) == doubtful


def test_only_what_hangs_on_a_guess_is_doubtful() -> None:
    lines = ["类 | 名 | 数 |", "甲 | 子 | 1 |", "丑 | 2 ||", "寅 | 3 ||", "乙 | 卯 | 6 |"]
    doubtful = {cell.text for cell in from_flat(lines).cells if cell.doubtful}
    assert doubtful == {"寅", "3"}


PIECES = st.sampled_from(
    ["甲", "乙 丙", "1", "2.5", "-", "", " ", "|", "||", "\t", "   ", "一、丁", "合计", "2021年", ","]
)


@given(st.lists(st.lists(PIECES, max_size=7).map("".join), max_size=12))
@settings(max_examples=300, deadline=None)
def test_no_text_is_lost_whatever_the_lines(lines: list[str]) -> None:
    for run in find_flat(lines):
        grid = from_flat(lines[run.start : run.stop])
        kept = Counter("".join(cell.text or "" for cell in grid.cells).replace(" ", ""))
        written = Counter("".join(lines[run.start : run.stop]))
        for char in "甲乙丙丁12一合年":
            assert kept[char] == written[char]


@pytest.mark.parametrize(
    "lines",
    [
        ["3|", "|丙||3", "3|3"],
        ["甲一、|。人", "\\|  ", "\\| \t人", ",人,||0人|-丙（一）|3甲12", "12a b-", ""],
        ["||3|3", "|", "|3", "|3|3"],
        [
            "一、  12\t",
            "1.1.",
            "总计人|甲人",
            "a b\\3a b\\",
            "甲。   ",
            "人120\\丙-,-（一）\\|\t",
            "12人一、-a b|0丙3\t3",
        ],
    ],
    ids=["a row wider than the table", "a blank row that ends the widest", "a row of nothing", "labels but no stack"],
)
def test_lines_that_fit_no_reading_are_kept_as_they_stand(lines: list[str]) -> None:
    grid = from_flat(lines)
    assert Counter(re.sub(r"[^\w]", "", "".join(cell.text or "" for cell in grid.cells))) == Counter(
        re.sub(r"[^\w]", "", "".join(lines))
    )


def test_time_grows_with_the_length_of_the_text() -> None:
    def seconds(count: int) -> float:
        lines = ["名称 | 甲 | 乙 ||", *(f"名{at} | {at} | {at % 7} ||" for at in range(count))]
        started = time.process_time()
        from_flat(lines[find_flat(lines)[0].start :])
        return time.process_time() - started

    assert seconds(8000) < 24 * max(min(seconds(1000) for _ in range(3)), 0.001)
