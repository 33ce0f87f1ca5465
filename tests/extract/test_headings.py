import pytest

from gxextract.document import TextBlock
from gxextract.extract.headings import find_title, heading_level, names_agency, with_title
from gxextract.tables import DeclaredCell, from_spans

LEVELS = [
    ("一、总体情况", 1, "a section"),
    ("十二、其他", 1, "two characters of number"),
    ("第一章 总则", 1, "a chapter"),
    ("第二部分 2023年部门预算表", 1, "a part"),
    ("附件", 1, "an annex"),
    ("附件2：申请表", 1, "a named annex"),
    ("（一）主动公开情况", 2, "full-width brackets"),
    ("(三)政府信息管理", 2, "ASCII brackets"),
    ("㈡依申请公开", 2, "one-character brackets"),
    ("第一节 概况", 2, "a part of a chapter"),
    ("1.加强领导", 3, "arabic with a point"),
    ("2、完善制度", 3, "arabic with a comma"),
    ("（1）制度建设", 4, "arabic in brackets"),
    ("  一、 总体情况 ", 1, "blanks around"),
    ("（一）主动公开情况。2023年，我局公开信息300条。", None, "a run-in heading"),
    ("(一) 主动公开：积极做好重点领域信息公开工作", None, "a run-in heading with a colon"),
    (
        "一、概述 2016年,我局政府信息公开工作按照中央和省、市、区统一部署和要求,继续深入履行有关条例所规定的义务",
        None,
        "a paragraph",
    ),
    ("1.5亿元", None, "a decimal"),
    ("2023.12", None, "a date"),
    ("1.受理申请3件，办结3件", None, "a statement"),
    ("1.属于国家秘密；", None, "an item of a list"),
    ("一、加强领导，", None, "a clause that goes on in the next line"),
    ("第二十条第（一）项", None, "an article that is quoted"),
    ("第一条 为了规范政府信息公开工作，制定本办法。", None, "an article of a law"),
    ("1. 总体情况\t3", None, "a line of a table of contents"),
    ("一、总体情况……5", None, "a line of a table of contents with dots"),
    ("一是加强领导", None, "一是 is no number"),
    ("附件下载", None, "a link"),
    ("总体情况", None, "no number"),
    ("一、", None, "a number alone"),
    ("", None, "nothing"),
]


@pytest.mark.parametrize(("text", "level", "reason"), LEVELS, ids=[case[2] for case in LEVELS])
def test_heading_level(text: str, level: int | None, reason: str) -> None:
    assert heading_level(text) == level, reason


def paragraph(text: str) -> TextBlock:
    return TextBlock(kind="paragraph", text=text)


def heading(text: str, level: int) -> TextBlock:
    return TextBlock(kind="heading", text=text, level=level)


SECTION = heading("一、总体情况", 1)
REPORT = "青柳县财政局2023年政府信息公开工作年度报告"

TITLES = [
    ([paragraph(REPORT), SECTION], REPORT, "a line ending in 报告"),
    ([paragraph(f"{REPORT}（文字版）"), SECTION], f"{REPORT}（文字版）", "a remark behind it"),
    ([paragraph("关于公布收费标准的通知"), SECTION], "关于公布收费标准的通知", "a notice"),
    (
        [paragraph("青柳县财政局"), paragraph("2023年政府信息公开工作年度报告"), SECTION],
        REPORT,
        "two lines: agency, then year and subject",
    ),
    (
        [paragraph("青柳县财政局"), paragraph("2023年度"), paragraph("政府信息公开工作年度报告"), SECTION],
        "青柳县财政局2023年度政府信息公开工作年度报告",
        "three lines",
    ),
    (
        [paragraph("青柳县财政局"), paragraph("青柳县财政局2023年政府信息公开工作"), paragraph("年度报告"), SECTION],
        REPORT,
        "broken before its last word, below a running head",
    ),
    ([heading("青柳县人民政府", 0), paragraph(REPORT), SECTION], REPORT, "the site's name in h1 gives way"),
    ([heading("青柳", 0), paragraph("正文。"), SECTION], "青柳", "h1 stands where nothing reads like a title"),
    ([paragraph("发布时间：2024-01-17"), paragraph(REPORT), SECTION], REPORT, "metadata stand above"),
    ([paragraph("正文。"), SECTION, paragraph(REPORT)], None, "below a section nothing is the title"),
    (
        [paragraph("索引号 0143/2024-00002 主题分类 政府信息公开年度报告"), paragraph(REPORT), SECTION],
        REPORT,
        "a portal's fields aren't the title, whatever they end in",
    ),
    (
        [paragraph("青柳县"), paragraph("2023年政府信息公开工作年度报告"), SECTION],
        "青柳县2023年政府信息公开工作年度报告",
        "two lines: a place, then year and subject",
    ),
    ([TextBlock(kind="furniture", text=REPORT), SECTION], None, "furniture isn't the title"),
    ([paragraph("首页 > 年度报告"), SECTION], None, "breadcrumbs aren't"),
    ([paragraph("我局发布了年度报告。"), SECTION], None, "a sentence isn't"),
    ([], None, "nothing"),
]


@pytest.mark.parametrize(("blocks", "title", "reason"), TITLES, ids=[case[2] for case in TITLES])
def test_the_title_becomes_one_heading_of_level_0(blocks: list[TextBlock], title: str | None, reason: str) -> None:
    marked = with_title(blocks)
    found = [item.text for item in marked if isinstance(item, TextBlock) and item.level == 0]
    assert found == ([title] if title else []), reason
    assert "".join(b.text for b in marked if isinstance(b, TextBlock)) == "".join(b.text for b in blocks), (
        "text was lost"
    )
    assert with_title(marked) == marked, "doing it twice changes nothing"


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("青柳县人力资源和社会保障局", True),
        ("青柳县人民政府办公室（外事办公室）", True),
        ("青柳县第2中学", True),
        ("青柳县", True),
        ("青柳县财政局发布了预算", False),
        ("青柳县财政局，青柳县民政局", False),
        ("局", False),
        ("", False),
    ],
)
def test_names_of_agencies(text: str, answer: bool) -> None:
    assert names_agency(text) is answer


def test_find_title_gives_the_block_of_its_last_line() -> None:
    blocks = [paragraph("青柳县财政局"), paragraph("2023年政府信息公开工作年度报告"), SECTION]
    assert find_title(blocks) == 1


def test_two_lines_with_a_table_between_them_are_not_one_title() -> None:
    grid = from_spans([[DeclaredCell(text="索引号"), DeclaredCell(text="1")]])
    marked = with_title([paragraph("青柳县财政局"), grid, paragraph("2023年政府信息公开工作年度报告")])
    assert marked[0] == paragraph("青柳县财政局")
    assert marked[2] == heading("2023年政府信息公开工作年度报告", 0)


def test_a_title_of_two_lines_on_a_page_gets_the_box_around_both() -> None:
    first = TextBlock(kind="paragraph", text="青柳县财政局", page=1, box=(100, 50, 300, 70))
    second = TextBlock(kind="paragraph", text="2023年政府信息公开工作年度报告", page=1, box=(80, 80, 320, 100))
    (title,) = with_title([first, second])
    assert isinstance(title, TextBlock)
    assert (title.page, title.box) == (1, (80, 50, 320, 100))
