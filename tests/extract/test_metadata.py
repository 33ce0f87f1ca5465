from __future__ import annotations

import pytest

from gxextract.document import TextBlock
from gxextract.extract.metadata import metadata
from gxextract.tables import DeclaredCell, from_spans


@pytest.mark.parametrize(
    ("title", "agency", "year"),
    [
        ("青柳县民政局2023年政府信息公开工作年度报告", "青柳县民政局", 2023),
        ("青柳县民政局 2023 年政府信息公开工作年度报告", "青柳县民政局", 2023),
        ("2021年青柳县民政局政府信息公开工作年度报告", "青柳县民政局", 2021),
        ("青柳县人民政府二〇二二年度政府信息公开年报", "青柳县人民政府", 2022),
        ("关于印发青柳县统计局2020年政府信息公开工作年度报告的通知", "青柳县统计局", 2020),
        ("关于召开座谈会的通知", None, None),
        ("", None, None),
    ],
)
def test_title(title, agency, year):
    found = metadata(title, [])
    assert (found.agency, found.year) == (agency, year)


def test_fields_of_a_portal_table():
    rows = [
        ["索 引 号", "0143/2024-00002", "发布机构", "青柳县民政局"],
        ["生成日期", "2024-01-17", "文　号", "青民〔2024〕3号"],
        ["发布时间：", "2024-01-18", "废止日期", ""],
    ]
    grid = from_spans([[DeclaredCell(text=text) for text in row] for row in rows])
    found = metadata(None, [grid])
    assert found.index_number == "0143/2024-00002"
    assert found.publisher == found.agency == "青柳县民政局"
    assert found.generated == "2024-01-17"
    assert found.document_number == "青民〔2024〕3号"
    assert found.published == "2024-01-18"


def test_fields_of_a_line():
    line = TextBlock(kind="paragraph", text="信息来源：县政府办　发布时间：2024-01-17 19:37　浏览次数：12")
    found = metadata(None, [line])
    assert (found.source, found.published) == ("县政府办", "2024-01-17 19:37")


def test_prose_further_down_is_no_metadata():
    blocks = [TextBlock(kind="paragraph", text="正文")] * 30 + [TextBlock(kind="paragraph", text="来源：某报")]
    assert metadata(None, blocks).source is None


def test_a_label_without_a_value_gives_nothing():
    grid = from_spans([[DeclaredCell(text="索引号"), DeclaredCell(text=""), DeclaredCell(text="发布机构")]])
    assert metadata(None, [grid]).index_number is None
