from __future__ import annotations

import re
from pathlib import Path

import pytest

import gxextract
from gxextract.document import Metadata, TextBlock
from gxextract.extract.metadata import metadata
from gxextract.extract.reading import Item
from gxextract.extract.text import laid_out, read_text
from gxextract.tables import DeclaredCell, Grid, from_spans

TITLES = [
    ("青柳县民政局2023年政府信息公开工作年度报告", "青柳县民政局", 2023),
    ("青柳县民政局 2023 年政府信息公开工作年度报告", "青柳县民政局", 2023),
    ("2021年青柳县民政局政府信息公开工作年度报告", "青柳县民政局", 2021),
    ("青柳县人民政府二〇二二年度政府信息公开年报", "青柳县人民政府", 2022),
    ("关于印发青柳县统计局2020年政府信息公开工作年度报告的通知", "青柳县统计局", 2020),
    ("青柳县人民政府办公室关于公布《青柳县2020年政府信息公开工作年度报告》的通知", "青柳县", 2020),
    ("青柳县民政局关于2019年度政府信息公开工作的报告", "青柳县民政局", 2019),
    ("青柳县第二中学2022年政府信息公开年报", "青柳县第二中学", 2022),
    ("青柳一中2022年政府信息公开年报", "青柳一中", 2022),
    ("青柳县建设用地使用标准（2020年版）", None, 2020),
    ("关于开展2024年春季植树活动的通知", None, 2024),
    ("关于召开座谈会的通知", None, None),
    ("政府信息公开工作年度报告", None, None),
    ("", None, None),
]


@pytest.mark.parametrize(("title", "agency", "year"), TITLES, ids=[case[0] for case in TITLES])
def test_title(title: str, agency: str | None, year: int | None) -> None:
    found = metadata(title, [])
    assert (found.agency, found.year) == (agency, year)


INDEX, BUREAU = "0143/2024-00002", "青柳县民政局"
HEADS: list[tuple[str, dict[str, str], str]] = [
    (f"索引号：{INDEX}", {"index_number": INDEX}, "one field"),
    (f"索 引 号：{INDEX}", {"index_number": INDEX}, "a label spread by blanks"),
    (f"索　引　号 : {INDEX}", {"index_number": INDEX}, "by ideographic ones, a blank before the colon"),
    (f"索引号:{INDEX};发布机构:{BUREAU};", {"index_number": INDEX, "publisher": BUREAU}, "semicolons"),
    (
        f"索引号：{INDEX}　　发布机构：{BUREAU}　　生成日期：2024-01-17",
        {"index_number": INDEX, "publisher": BUREAU, "generated": "2024-01-17"},
        "three fields in a line",
    ),
    (
        f"索引号：{INDEX}发布机构：{BUREAU}生成日期：2024-01-17来源：本站",
        {"index_number": INDEX, "publisher": BUREAU, "generated": "2024-01-17", "source": "本站"},
        "no blanks between",
    ),
    (f"| 索引号 | {INDEX} | 发布机构 | {BUREAU} |", {"index_number": INDEX, "publisher": BUREAU}, "a row of pipes"),
    (
        f"索引号: | {INDEX} | 生成日期: | 2024-01-17 |\n文号: | 关键字: | 财政,预算 | |\n发布机构: | {BUREAU} | |",
        {"index_number": INDEX, "generated": "2024-01-17", "publisher": BUREAU},
        "a label without a value, then a label",
    ),
    (f"索引号\n{INDEX}\n发布机构\n{BUREAU}", {"index_number": INDEX, "publisher": BUREAU}, "values on the next line"),
    (f"发布机构：\n{BUREAU}\n文号：\n主题分类：\n民政", {"publisher": BUREAU}, "a label below a label is no value"),
    (f"索引号 {INDEX} 主题分类 民政 发布机构 {BUREAU}", {"index_number": INDEX, "publisher": BUREAU}, "no colons"),
    ("发文字号：青民〔2024〕3号", {"document_number": "青民〔2024〕3号"}, "a number in corner brackets"),
    ("文        号: 青民[2024]3号", {"document_number": "青民[2024]3号"}, "in square ones, the label spread wide"),
    ("文号：青民发 〔2024〕 3 号 有效性：有效", {"document_number": "青民发 〔2024〕 3 号"}, "blanks in the number"),
    ("文号：  关键字：民政", {}, "no value before the next label"),
    ("文号：无　来源：本站", {"source": "本站"}, "无 is no value"),
    ("文号：-- 信息来源：请选择 发布机构：暂无", {}, "what forms hold when nobody filled them"),
    ("信息来源：null", {}, "what programs print for nothing"),
    ("文号：财政,预算,收支", {}, "words where a number should be"),
    (
        "信息来源：县政府办　发布时间：2024-01-17 19:37　浏览次数：12",
        {"source": "县政府办", "published": "2024-01-17 19:37"},
        "a date with its time",
    ),
    ("发布时间：2024年1月17日 09:05:33 字体：[大 中 小]", {"published": "2024年1月17日 09:05:33"}, "with seconds"),
    ("发布日期:2024/1/7", {"published": "2024/1/7"}, "slashes"),
    ("发布日期：2024.01.07 来源：青柳日报", {"published": "2024.01.07", "source": "青柳日报"}, "points"),
    ("发布日期：20240107", {"published": "20240107"}, "eight digits"),
    ("发布日期：2024 年 1 月 7 日", {"published": "2024 年 1 月 7 日"}, "blanks in the date"),
    ("成文日期：二〇二四年一月七日", {"generated": "二〇二四年一月七日"}, "a date in hanzi"),
    ("生成日期：一月七日", {}, "a date without a year"),
    ("【来源：青柳日报】【字体：大 中 小】", {"source": "青柳日报"}, "brackets around each field"),
    ("日期：2024-01-17 来源：县政府办 阅读：12", {"published": "2024-01-17", "source": "县政府办"}, "short labels"),
    ("时间：2024年1月17日", {}, "a time alone may be that of a meeting"),
    ("会议时间：2024年1月17日 主办单位：县政府办", {}, "a longer label that ends like one of the fields"),
    ("发布时间：2024年1月17日起施行的办法", {}, "a sentence"),
    ("本办法的发布机构负责解释，发布日期以公告为准。", {}, "labels in prose"),
    (f"责任部门：{BUREAU}　公开形式：主动公开", {"publisher": BUREAU}, "who answers for it"),
    (f"发布单位：{BUREAU} 联系方式：12345", {"publisher": BUREAU}, "a label that is unknown ends the value"),
    ("来源：https://www.example.org/a", {}, "an address is no source's name"),
    ("索引号：", {}, "a label alone"),
    ("索引号：请选择", {}, "a placeholder for an index number"),
    (
        f"青柳县人民政府文件\n青政办〔2019〕26号\n{BUREAU}文件",
        {"document_number": "青政办〔2019〕26号"},
        "a line of its own",
    ),
    ("全年公开信息120条（来源：统计月报），发布机构：见附件。", {}, "fields spoken of in prose"),
    ("根据国办公开办函〔2021〕30号，制定本办法。", {}, "a number that is quoted"),
]


def read(text: str) -> tuple[Item, ...]:
    return laid_out(read_text(text.encode()).items)


@pytest.mark.parametrize(("head", "expected", "reason"), HEADS, ids=[case[2] for case in HEADS])
def test_heads_of_portals(head: str, expected: dict[str, str], reason: str) -> None:
    prose = "正文。" * 20
    items = read(f"{head}\n{prose}")
    found = metadata("2024年工作", items)
    wanted = Metadata(**{"agency": expected.get("publisher"), "year": 2024, **expected})
    assert found == wanted, reason
    shown = "".join(item.text if isinstance(item, TextBlock) else _cells(item) for item in items)
    assert _bare(shown) == _bare(head + prose), "the lines stay in the text"


def _cells(grid: Grid) -> str:
    return "".join(cell.text or "" for cell in grid.cells)


def _bare(text: str) -> str:
    return "".join(text.split()).replace("|", "")


def test_fields_of_a_portal_table() -> None:
    rows = [
        ["索 引 号", INDEX, "发布机构", BUREAU],
        ["生成日期", "2024-01-17", "文　号", "青民〔2024〕3号"],
        ["发布时间：", "2024-01-18", "废止日期", ""],
    ]
    found = metadata(None, [from_spans([[DeclaredCell(text=text) for text in row] for row in rows])])
    assert found == Metadata(
        agency=BUREAU,
        index_number=INDEX,
        publisher=BUREAU,
        generated="2024-01-17",
        document_number="青民〔2024〕3号",
        published="2024-01-18",
    )


def test_fields_within_cells() -> None:
    grid = from_spans([[DeclaredCell(text=f"索引号：{INDEX}"), DeclaredCell(text=f"发布机构：{BUREAU}")]])
    found = metadata(None, [grid])
    assert (found.index_number, found.publisher) == (INDEX, BUREAU)


def test_prose_further_down_is_no_metadata() -> None:
    blocks = [TextBlock(kind="paragraph", text="正文")] * 30 + [TextBlock(kind="paragraph", text="来源：某报")]
    assert metadata(None, blocks).source is None


PROSE = "2023年，我局推进政府信息公开，全年发布信息120条。"
UNTITLED: list[tuple[str, str | None, int | None, str]] = [
    (f"发布机构：{BUREAU}\n{PROSE}", BUREAU, 2023, "the publisher, and the year the prose speaks of"),
    (f"发布机构：青柳县融媒体中心\n{PROSE}", None, 2023, "我局 is no media centre"),
    (f"发布机构：青柳县融媒体中心\n{BUREAU}\n{PROSE}", BUREAU, 2023, "a name that stands alone, and 我局"),
    (f"{BUREAU}\n青柳县财政局\n{PROSE}", None, 2023, "two names stand alone"),
    (f"公文标题：{BUREAU}2022年政府信息公开工作年度报告\n正文。", BUREAU, 2022, "the title among the fields"),
    (f"{PROSE}\n2022年，我局公开信息100条。", None, None, "prose that speaks of two years"),
    (f"发布日期：2024-01-17\n{PROSE}", None, 2023, "published the year after"),
    (f"发布日期：2026-01-17\n{PROSE}", None, None, "published years later: the prose may look back"),
    ("2023年，我局植树三千棵，成活率达到九成以上。", None, None, "no report on openness"),
    ("2023年全国推进政府信息公开，成效明显。", None, None, "a year that isn't the agency's own"),
]


@pytest.mark.parametrize(("text", "agency", "year", "reason"), UNTITLED, ids=[case[3] for case in UNTITLED])
def test_agency_and_year_without_a_title(text: str, agency: str | None, year: int | None, reason: str) -> None:
    found = metadata(None, read(text))
    assert (found.agency, found.year) == (agency, year), reason


SEEDS = Path(__file__).parents[3] / "shared" / "seeds"


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the real samples are not here")
def test_a_mirror_page_in_one_paragraph() -> None:
    (path,) = SEEDS.glob("003_*.txt")
    document = gxextract.read(path)
    found = document.metadata
    assert ((found.agency or "")[-1:], (found.publisher or "")[-2:]) == ("局", "中心")
    assert re.fullmatch(r"\w{18}/\d{4}-\d{6}", found.index_number or "")
    assert (found.year, found.generated, (found.published or "")[:10]) == (2016, "2017-01-06", "2017-01-06")
    assert (found.source, found.document_number) == (None, None), "the one is a placeholder, the other is blank"
    headings = [block.text for block in document.blocks if isinstance(block, TextBlock) and block.kind == "heading"]
    assert [heading[:2] for heading in headings] == ["一、", "二、", "三、", "四、", "五、", "六、", "七、"]
    assert ("发布机构:",) in [record.row_path for record in document.tables[0].records]
