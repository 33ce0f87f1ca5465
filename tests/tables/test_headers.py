from __future__ import annotations

from dataclasses import replace

import pytest

from gxextract.document import Cell
from gxextract.tables import DeclaredCell, Grid, finish, from_spans, kind


def table(*rows: str):
    """A table from lines of ``text``, ``text^2`` (col span 2) or ``text_3`` (row span 3), parted by ``|``."""
    return finish(from_spans([[cell(text.strip()) for text in row.split("|")] for row in rows]), "t1")


def cell(text: str) -> DeclaredCell:
    text, _, cols = text.partition("^")
    cols, _, rows = cols.partition("_") if cols else ("", "", "")
    if "_" in text:
        text, _, rows = text.partition("_")
    return DeclaredCell(text=text, col_span=int(cols or 1), row_span=int(rows or 1))


def paths(found, text: str) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    return [(record.row_path, record.column_path) for record in found.records if record.text == text]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "blank"),
        ("  ", "blank"),
        ("0", "value"),
        ("1,234.5", "value"),
        ("-", "value"),
        ("/", "value"),
        ("无", "value"),
        ("减2", "value"),
        ("+3", "value"),
        ("251000元", "value"),
        ("22（其中修订16件）", "value"),
        ("12.5%", "value"),
        ("规章", "word"),
        ("1.属于国家秘密", "word"),
        ("2023年", "word"),
        ("第3季度", "word"),
    ],
)
def test_kind(text, expected):
    assert kind(Cell(row=0, col=0, text=text)) == expected


def test_a_lost_text_is_a_value():
    assert kind(Cell(row=0, col=0, text=None)) == "value"


def test_three_header_levels_and_three_label_columns():
    found = table(
        "勾稽关系^3_3 | 申请人情况^4",
        "自然人_2 | 法人^2 | 总计_2",
        "企业 | 机构",
        "一、新收^3 | 1 | 2 | 3 | 6",
        "三、结果_3 | （一）公开^2 | 11 | 12 | 13 | 36",
        "（三）不公开_2 | 1.秘密 | 21 | 22 | 23 | 66",
        "2.其他 | 31 | 32 | 33 | 96",
    )
    assert paths(found, "2") == [(("一、新收",), ("申请人情况", "法人", "企业"))]
    assert paths(found, "36") == [(("三、结果", "（一）公开"), ("申请人情况", "总计"))]
    assert paths(found, "33") == [(("三、结果", "（三）不公开", "2.其他"), ("申请人情况", "法人", "机构"))]
    assert found.grid[0][0].role == "corner"
    assert len(found.records) == 16


def test_no_label_column():
    found = table(
        "复议^2 | 诉讼^4", "维持_2 | 总计_2 | 直接^2 | 复议后^2", "维持 | 总计 | 维持 | 总计", "1 | 2 | 3 | 4 | 5 | 6"
    )
    assert paths(found, "6") == [((), ("诉讼", "复议后", "总计"))]
    assert [cell.role for cell in found.cells[-6:]] == ["body"] * 6


def test_sections_with_headers_of_their_own():
    found = table(
        "第（一）项^4",
        "信息内容 | 制发 | 废止 | 有效",
        "规章 | 1 | 2 | 3",
        "第（五）项^4",
        "信息内容 | 处理决定数量^3",
        "行政许可 | 7^3",
    )
    assert paths(found, "3") == [(("第（一）项", "规章"), ("有效",))]
    assert paths(found, "7") == [(("第（五）项", "行政许可"), ("处理决定数量",))]
    assert {cell.text for cell in found.cells if cell.role == "corner"} == {"信息内容"}


def test_headers_hold_on_below_a_section_that_brings_none():
    found = table("项目 | 金额 | 件数", "甲 | 1 | 2", "其中^3", "乙 | 3 | 4")
    assert paths(found, "4") == [(("其中", "乙"), ("件数",))]


def test_an_empty_form_keeps_its_headers():
    found = table("内容 | 制发 | 废止", "规章 |  | ", "文件 |  | ")
    assert [(record.row_path, record.column_path, record.text) for record in found.records] == [
        (("规章",), ("制发",), ""),
        (("规章",), ("废止",), ""),
        (("文件",), ("制发",), ""),
        (("文件",), ("废止",), ""),
    ]


def test_years_in_headers_are_no_data():
    found = table("项目 | 2022 | 2023年", "收入 | 10 | 20")
    assert paths(found, "20") == [(("收入",), ("2023年",))]


def test_codes_before_names_are_labels():
    found = table("科目编码^2 | 科目名称_2 | 合计_2", "类 | 款", "201 |  | 公共服务 | 5", "201 | 06 | 财政 | 4")
    assert paths(found, "4") == [(("201", "06", "财政"), ("合计",))]


def test_two_lists_side_by_side():
    found = table("收入^2 | 支出^2", "项目 | 金额 | 项目 | 金额", "拨款 | 10 | 服务 | 7", "其他 | 2 |  | ")
    assert paths(found, "7") == [(("服务",), ("支出", "金额"))]
    assert paths(found, "10") == [(("拨款",), ("收入", "金额"))]


def test_a_table_of_words_is_named_by_its_first_column():
    found = table("姓名 | 职务 | 分工", "甲 | 局长 | 全面", "乙 | 副局长 | 业务")
    assert paths(found, "业务") == [(("乙",), ("分工",))]


def test_numbers_only():
    found = table("1 | 2", "3 | 4")
    assert [(record.row_path, record.column_path) for record in found.records] == [((), ())] * 4


def test_a_repeated_label_stands_for_each_of_its_rows_once():
    found = table("项 | 数", "同 | 1", "同 | 2")
    assert [record.row_path for record in found.records] == [("同",), ("同",)]


def test_a_row_of_as_many_cells_goes_by_order():
    found = table("项目 | 甲 | 乙^2 | 丙", "一 | 1 | 2 | 3^2", "二 | 4 | 5^2 | 6")
    assert paths(found, "3") == [(("一",), ("丙",))]
    assert paths(found, "2") == [(("一",), ("乙",))]


def test_a_value_over_several_headings_stands_under_their_common_one():
    found = table("项目_2 | 组^3 | 总计_2", "甲 | 乙 | 丙", "一 | 1 | 2 | 3 | 6", "二 | 9^3 | 9.5")
    assert paths(found, "9") == [(("二",), ("组",))]
    assert paths(found, "9.5") == [(("二",), ("总计",))]


def test_blank_labels_of_a_table_without_merges_mean_the_one_above():
    found = table(
        "组 | 项 | 数",
        "三、结果 | （一）甲 | 1",
        " | （二）乙 | 2",
        "四、结转 |  | 3",
        " | （一）丙 | 4",
    )
    assert [record.row_path for record in found.records] == [
        ("三、结果", "（一）甲"),
        ("三、结果", "（二）乙"),
        ("四、结转",),
        ("四、结转", "（一）丙"),
    ]


def test_where_labels_are_merged_a_blank_one_is_blank():
    found = table("组 | 项 | 数", "三、结果_2 | （一）甲 | 1", "（二）乙 | 2", " | 合计 | 3")
    assert paths(found, "3") == [(("合计",), ("数",))]


def test_blank_headings_of_a_table_without_merges_mean_the_one_on_the_left():
    found = table("项目 | 2022年 |  | 2023年 | ", " | 收 | 支 | 收 | 支", "甲 | 1 | 2 | 3 | 4")
    assert [record.column_path for record in found.records] == [
        ("2022年", "收"),
        ("2022年", "支"),
        ("2023年", "收"),
        ("2023年", "支"),
    ]


def test_a_first_section_above_headers_with_one_row_of_values():
    found = table("三公经费^4", "合计^2 | 招待费^2", "预算 | 决算 | 预算 | 决算", "1 | 2 | 3 | 4")
    assert paths(found, "4") == [(("三公经费",), ("招待费", "决算"))]


def test_where_rules_show_the_places_they_hold():
    cells = [("项目", 0, 1), ("甲", 1, 1), ("乙", 2, 1), ("丙", 3, 2)]
    below = [("一", 0, 1), ("1", 1, 2), ("2", 3, 1), ("3", 4, 1)]
    grid = Grid(
        rows=2,
        cols=5,
        cells=tuple(
            Cell(row=row, col=col, col_span=width, text=text)
            for row, line in enumerate((cells, below))
            for text, col, width in line
        ),
        evidence="ruled",
    )
    assert paths(finish(grid, "t1"), "2") == [(("一",), ("丙",))]
    assert paths(finish(replace(grid, evidence="spans"), "t1"), "2") == [(("一",), ("乙",))]
