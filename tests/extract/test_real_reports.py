"""Real reports, where they are at hand: every value by its path. What isn't named here is 0."""

from __future__ import annotations

from pathlib import Path

import pytest

import gxextract

REAL = Path(__file__).parents[3] / "shared" / "real"
pytestmark = pytest.mark.skipif(not REAL.is_dir(), reason="the real samples are not here")

DISTRICT = {
    ("第二十条第（一）项 / 行政规范性文件", "本年废止件数"): "5",
    ("第二十条第（一）项 / 行政规范性文件", "现行有效件数"): "5",
    ("第二十条第（五）项 / 行政许可", "本年处理决定数量"): "550",
    ("第二十条第（六）项 / 行政处罚", "本年处理决定数量"): "4119",
    ("第二十条第（六）项 / 行政强制", "本年处理决定数量"): "195",
    ("第二十条第（八）项 / 行政事业性收费", "本年收费金额（单位：万元）"): "7730.28",
    **{
        (row, f"申请人情况 / {column}"): text
        for row, text in {
            "一、本年新收政府信息公开申请数量": "21",
            "三、本年度办理结果 / （二）部分公开（区分处理的，只计这一情形，不计其他情形）": "4",
            "三、本年度办理结果 / （三）不予公开 / 1.属于国家秘密": "1",
            "三、本年度办理结果 / （三）不予公开 / 6.属于四类过程性信息": "1",
            "三、本年度办理结果 / （三）不予公开 / 7.属于行政执法案卷": "1",
            "三、本年度办理结果 / （四）无法提供 / 1.本机关不掌握相关政府信息": "10",
            "三、本年度办理结果 / （四）无法提供 / 2.没有现成信息需要另行制作": "3",
            "三、本年度办理结果 / （五）不予处理 / 1.信访举报投诉类申请": "1",
            "三、本年度办理结果 / （七）总计": "21",
        }.items()
        for column in ("自然人", "总计")
    },
    ("", "行政复议 / 结果维持"): "10",
    ("", "行政复议 / 结果纠正"): "1",
    ("", "行政诉讼 / 复议后起诉 / 结果维持"): "5",
}


def test_all_values_of_a_report_that_page_breaks_cut():
    document = gxextract.read(REAL / "annual-reports" / "hongze-2023.pdf")
    records = [record for table in document.tables for record in table.records]
    found = {(" / ".join(r.row_path), " / ".join(r.column_path)): r for r in records}
    assert len(found) == len(records) == 10 + 161 + 15
    assert {path: record.text for path, record in found.items() if record.text != "0"} == DISTRICT
    flagged = {path[1].rpartition(" / ")[0] for path, record in found.items() if record.check == "flagged"}
    assert flagged == {"行政复议", "行政诉讼 / 复议后起诉"}
    assert document.status == "ok"


@pytest.mark.parametrize(
    ("name", "joined"),
    [
        (
            "puto-finance-2024-final-accounts.pdf",
            {(6, 7): (32, 4), (8, 9): (23, 11), (10, 11): (23, 10), (12, 13): (34, 7), (16, 17): (42, 8)},
        ),
        (
            "shanghai-finance-2025-budget.pdf",
            {(8, 9): (27, 9), (10, 11): (27, 7), (13, 14): (27, 7), (17, 18, 19): (38, 6)},
        ),
    ],
)
def test_tables_joined_over_pages(name, joined):
    tables = gxextract.read(REAL / "budgets" / name).tables
    pages = {tuple(part.page for part in table.parts): (table.rows, table.cols) for table in tables}
    assert {pages_of: size for pages_of, size in pages.items() if len(pages_of) > 1} == joined
