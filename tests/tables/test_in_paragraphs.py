"""What it takes, beyond being a table in plain text, to be one among paragraphs."""

from __future__ import annotations

import pytest

from gxextract.tables.from_flat import find_flat
from gxextract.tables.in_paragraphs import find_in_paragraphs

FOUND = [
    (["项目 | 上年 | 本年", "甲 | 1 | 2"], "two rows of three cells"),
    (["项目 | 数", "甲 | 1", "乙 | 2"], "three rows of two"),
    (
        ["名称\t收入\t支出", "\t上年\t本年\t上年\t本年", "甲\t1\t2\t3\t4", "乙\t5\t6\t7\t8"],
        "wide headings written once",
    ),
    (
        ["项目 |  | 数 |", "一、甲 | （一）乙 | 1 |", " | （二）丙 | 2 |", "二、丁 |  | 3 |"],
        "outline numbers as labels",
    ),
    (["| 甲 | 乙 | 丙 |", "|---|---|---|", "| 子 | 丑 | 寅 |", "| 卯 | 辰 | 巳 |"], "words that Markdown draws"),
    (["姓名\t部门\t职务", "张伟\t财务处\t处长", "李娜\t人事处\t主任"], "words under names of columns"),
    (["科目\t金额\t备注", "甲\t-\t", "乙\t/\t无", "丙\t12\t见附件"], "dashes are values"),
]
NOT_FOUND = [
    (["项目 | 数", "甲 | 1"], "two rows of two cells"),
    (["甲 | 1 | 2", "乙 | 3 | 4", "丙 | 5 | 6"], "no row heads the others"),
    (["2021\t2022\t2023", "1\t2\t3", "4\t5\t6"], "years alone head nothing"),
    (["甲\t乙\t丙", "子\t丑\t寅", "卯\t辰\t巳"], "words that nothing draws, under no names of columns"),
    (["甲 | 乙 | 丙 | 丁", "子 | 1", "丑 | 2 | 3", "寅 | 4 | 5 | 6 | 7"], "rows of many lengths"),
    (["项目：甲 | 电话：12", "项目：乙 | 3", "项目：丙 | 电话：4"], "names with what they stand for"),
    (["目录 | 页", "一、甲 | 1", "二、乙 | 1", "三、丙 | 4"], "contents"),
]


@pytest.mark.parametrize(("lines", "reason"), FOUND, ids=[case[1] for case in FOUND])
def test_rows_that_share_columns_under_a_heading_are_a_table(lines: list[str], reason: str) -> None:
    assert find_in_paragraphs(lines) == [range(len(lines))], reason


@pytest.mark.parametrize(("lines", "reason"), NOT_FOUND, ids=[case[1] for case in NOT_FOUND])
def test_a_table_in_plain_text_may_be_none_among_paragraphs(lines: list[str], reason: str) -> None:
    assert find_flat(lines) == [range(len(lines))], reason
    assert find_in_paragraphs(lines) == [], reason


def test_sentences_that_a_tab_indents_are_no_rows() -> None:
    table = ["项目\t上年\t本年", "甲\t1\t2", "乙\t3\t4"]
    lines = ["\t收支情况见下表。", *table, "\t以上数据未经审计。"]
    assert find_in_paragraphs(lines) == [range(1, 4)]


def test_a_rising_column_under_a_heading_is_no_contents() -> None:
    lines = ["科目\t金额", "办公费\t100", "差旅费\t200", "会议费\t300"]
    assert find_in_paragraphs(lines) == [range(4)]
