from __future__ import annotations

import pytest

from gxextract.document import Table
from gxextract.extract.field_table import with_field_roles
from gxextract.tables import DeclaredCell, finish, from_spans


def table(*rows: list[str]) -> Table:
    return finish(from_spans([[DeclaredCell(text=text) for text in row] for row in rows]), "t1")


def said(found: Table) -> list[tuple[tuple[str, ...], tuple[str, ...], str | None]]:
    return [(record.row_path, record.column_path, record.text) for record in found.records]


def test_each_label_names_the_cell_beside_it() -> None:
    found = with_field_roles(
        table(["索引号", "0143/2024-00002", "生成日期", "2024-01-17"], ["文号", "", "分类", "年报"])
    )
    assert said(found) == [
        (("索引号",), (), "0143/2024-00002"),
        (("生成日期",), (), "2024-01-17"),
        (("文号",), (), ""),
        (("分类",), (), "年报"),
    ]
    assert {cell.role for cell in found.cells} == {"row-header", "body"}


def test_a_lost_value_shifts_nothing_under_another_label() -> None:
    found = with_field_roles(
        table(
            ["索引号:", "0143/2024-00002", "生成日期:", "2024-01-17"],
            ["文号:", "关键字:", "财政,预算", ""],
            ["青柳县民政局", "", "", ""],
        )
    )
    assert said(found) == [
        (("索引号:",), (), "0143/2024-00002"),
        (("生成日期:",), (), "2024-01-17"),
        (("关键字:",), (), "财政,预算"),
        ((), (), ""),
        ((), (), "青柳县民政局"),
        ((), (), ""),
        ((), (), ""),
        ((), (), ""),
    ]


OTHERS = [
    (
        [
            ["标题", "文号", "发布日期"],
            ["办法", "青政〔2024〕1号", "2024-01-17"],
            ["细则", "青政〔2024〕2号", "2024-02-01"],
        ],
        "a list",
    ),
    ([["信息内容", "本年制发件数"], ["规章", "2"], ["行政规范性文件", "3"]], "a form"),
    ([["名称", "数量"], ["日期", "3"]], "labels that stand anywhere"),
    ([["索引号", "0143/2024-00002", "甲", "乙"], ["丙", "1", "2", "3"], ["丁", "4", "5", "6"]], "one row of fields"),
]


@pytest.mark.parametrize(("rows", "reason"), OTHERS, ids=[case[1] for case in OTHERS])
def test_other_tables_stay(rows: list[list[str]], reason: str) -> None:
    found = table(*rows)
    assert with_field_roles(found) is found, reason
