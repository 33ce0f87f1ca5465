from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fixtures.report import make_report
from gxextract.document import Repair, TextBlock
from gxextract.extract.reading import Item
from gxextract.extract.sections import with_sections
from gxextract.repair.steps import replay, undo
from gxextract.tables import DeclaredCell, from_spans


def paragraph(text: str) -> TextBlock:
    return TextBlock(kind="paragraph", text=text)


def shown(items: tuple[Item, ...]) -> list[str]:
    """Headings with their level in front, paragraphs as they are."""
    blocks = [item for item in items if isinstance(item, TextBlock)]
    return [f"{'#' * (item.level or 0)}{item.text}" for item in blocks]


PROSE = "2023年，我局围绕中心工作推进政务公开，全年发布信息120条。"
CUT = [
    (
        f"一、概述 {PROSE} 二、主动公开政府信息情况 （一）公开常态化。全年公开26条。 （二）公开形式。网站26条。 "
        "三、附则 无",
        [
            "#一、概述",
            PROSE,
            "#二、主动公开政府信息情况",
            "（一）公开常态化。全年公开26条。",
            "（二）公开形式。网站26条。",
            "#三、附则 无",
        ],
        "sections, items and run-in headings",
    ),
    (
        f"一、总体情况{PROSE}二、主动公开政府信息情况（一）公开常态化。全年公开26条。（二）公开形式。网站26条。",
        [
            "#一、总体情况",
            PROSE,
            "#二、主动公开政府信息情况",
            "（一）公开常态化。全年公开26条。",
            "（二）公开形式。网站26条。",
        ],
        "no blanks are left",
    ),
    (
        f"一、主动公开情况 （一）制度建设 {PROSE} （二）平台管理 {PROSE} 二、下一步打算 1.加强培训。 2.拓宽渠道。",
        [
            "#一、主动公开情况",
            "##（一）制度建设",
            PROSE,
            "##（二）平台管理",
            PROSE,
            "#二、下一步打算",
            "1.加强培训。",
            "2.拓宽渠道。",
        ],
        "headings of the second level with their prose behind a blank",
    ),
    (
        f"青柳县财政局2023年政府信息公开工作年度报告 现将情况报告如下： 一、概述 {PROSE} 二、问题与不足 {PROSE}",
        [
            "青柳县财政局2023年政府信息公开工作年度报告",
            "现将情况报告如下：",
            "#一、概述",
            PROSE,
            "#二、问题与不足",
            PROSE,
        ],
        "a title and an opening before the first section",
    ),
    (
        f"一、概述 {PROSE} 包括：一、制度；二、平台；三、队伍。 二、主动公开情况 {PROSE}",
        ["#一、概述", PROSE, "包括：一、制度；二、平台；三、队伍。", "#二、主动公开情况", PROSE],
        "a list within a sentence counts for itself",
    ),
    (
        f"三、工作打算 {PROSE}一是抓培训。二是抓督查。 四、其他需要报告的事项 {PROSE}",
        ["#三、工作打算", f"{PROSE}一是抓培训。二是抓督查。", "#四、其他需要报告的事项", PROSE],
        "一是 stays in its paragraph; the paragraph begins with a later number",
    ),
    (
        "一、工作打算 一是抓培训。加强业务学习。 二是抓督查。按季通报结果。 二、其他 没有需要报告的事项。",
        ["#一、工作打算", "一是抓培训。加强业务学习。", "二是抓督查。按季通报结果。", "二、其他 没有需要报告的事项。"],
        "sentences behind which a blank is left end a paragraph; 其他 is too short to be sure of",
    ),
    (
        f"一、2023 年工作情况 {PROSE} 二、2024 年工作打算 {PROSE}",
        ["#一、2023 年工作情况", PROSE, "#二、2024 年工作打算", PROSE],
        "the blank after a number is none that a heading ends at",
    ),
    (
        "具体做法如下。 （1）健全制度，落实责任到人。 （2）拓宽渠道，方便群众查询。 （3）加强监督，按月通报。",
        [
            "具体做法如下。",
            "（1）健全制度，落实责任到人。",
            "（2）拓宽渠道，方便群众查询。",
            "（3）加强监督，按月通报。",
        ],
        "items alone, each behind a blank",
    ),
    (
        "一、概述 全年公开26条。 其中网站20条。 报刊6条。 二、主动公开政府信息情况 全年26条。 没有增减。",
        ["#一、概述", "全年公开26条。 其中网站20条。 报刊6条。", "#二、主动公开政府信息情况", "全年26条。 没有增减。"],
        "blanks behind all sentences part no paragraphs",
    ),
    (
        f"九、概述 {PROSE} 十、情况 {PROSE} 十一、总体安排 {PROSE}",
        ["#九、概述", PROSE, "#十、情况", PROSE, "#十一、总体安排", PROSE],
        "numbers of two characters",
    ),
    (
        f"| **一、概述** {PROSE} **二、主动公开情况** | {PROSE}",
        ["#一、概述", PROSE, "#二、主动公开情况", PROSE],
        "a page laid out in a table: marks and pipes",
    ),
    (
        f"一、总体情况 {PROSE}按照条例第二十条第（一）项和（二）至（四）项公开。",
        ["#一、总体情况", f"{PROSE}按照条例第二十条第（一）项和（二）至（四）项公开。"],
        "one section with its prose",
    ),
]


@pytest.mark.parametrize(("text", "expected", "reason"), CUT, ids=[case[2] for case in CUT])
def test_lost_breaks_come_back(text: str, expected: list[str], reason: str) -> None:
    assert shown(with_sections([paragraph(text)])) == expected, reason


WHOLE = [
    ("会议强调：一、提高认识；二、加强领导；三、狠抓落实。各单位要认真贯彻执行。", "a list within a sentence"),
    ("公开内容包括：（一）机构职能；（二）法规文件；（三）财政预决算。全年发布信息120条。", "the same in brackets"),
    ("公开内容包括： 一、机构职能； 二、法规文件； 三、财政预决算。全年发布信息120条。", "the same with blanks"),
    ("依据《条例》第二十条第（一）项、第（五）至（八）项的规定，我局公开信息120条。", "items of an article"),
    ("（一）主动公开情况。全年公开信息120条。（二）依申请公开情况。收到申请3件，办结3件。", "one written paragraph"),
    ("（一）主动公开情况。全年通过门户网站公开信息120条，其中政策解读5条，图解占三成。", "one item"),
    ("全年投入1.5亿元，同比增长2.3%。2.1万人次参加培训，3.5万人次访问网站，满意率较高。", "decimals"),
    ("2023. 1. 5前完成整改。 2. 18日前报送材料，逾期不报的按规定处理，并在全县通报批评。", "dates"),
    ("一是加强领导，落实责任。 二是健全制度，规范流程。 三是强化培训，提升能力。", "一是 is no number"),
    ("The office published three notes. 1. The first was short. 2. The second was long.", "no Chinese"),
    ("他说：“一、要快。二、要准。”大家都表示赞同，随后各科室分别汇报了工作进展情况。", "a quotation"),
    (
        "三、四季度公开信息120条， 五、六月份最多，主要是财政预决算和惠民补贴发放情况。",
        "numbers that aren't in sequence",
    ),
    ("一、概述", "a heading"),
]


@pytest.mark.parametrize(("text", "reason"), WHOLE, ids=[case[1] for case in WHOLE])
def test_sound_paragraphs_stay_whole(text: str, reason: str) -> None:
    assert with_sections([paragraph(text)]) == (paragraph(text),), reason


def test_numbers_go_on_from_the_block_above() -> None:
    heading = TextBlock(kind="heading", level=1, text="一、概述")
    rest = paragraph(f"{PROSE} 二、主动公开情况 {PROSE} 三、存在问题 {PROSE}")
    assert shown(with_sections([heading, rest]))[1:] == [PROSE, "#二、主动公开情况", PROSE, "#三、存在问题", PROSE]


def test_what_headings_of_their_own_say_is_no_section_elsewhere() -> None:
    listing = paragraph("现提出三点要求。一、提高认识。二、加强领导。三、狠抓落实。")
    headings = [TextBlock(kind="heading", level=1, text=f"{number}、情况") for number in "一二三四"]
    assert with_sections([listing, *headings]) == (listing, *headings)
    assert len(with_sections([listing])) == 4, "without them they are sections"


def test_only_paragraphs_are_cut() -> None:
    text = f"一、概述 {PROSE} 二、主动公开情况 {PROSE}"
    grid = from_spans([[DeclaredCell(text=text), DeclaredCell(text="1")]])
    menu = TextBlock(kind="furniture", text=text)
    assert with_sections([grid, menu]) == (grid, menu)


def test_pieces_keep_page_and_box() -> None:
    whole = TextBlock(
        kind="paragraph", text=f"一、概述 {PROSE} 二、主动公开情况 {PROSE}", page=2, box=(90.0, 72.0, 500.0, 300.0)
    )
    pieces = with_sections([whole])
    assert {(piece.page, piece.box) for piece in pieces if isinstance(piece, TextBlock)} == {(2, whole.box)}
    assert len(pieces) == 4


def test_each_piece_has_its_own_repairs() -> None:
    text = f"一、概述 {PROSE} 二、主动公开情况 全年公开信息120条，信息总量位居全县前列。"
    step = Repair(
        fixer="script", start=text.index("全县"), before="全縣", after="全县", certainty="certain", reversible=False
    )
    pieces = with_sections([TextBlock(kind="paragraph", text=text, repairs=(step,))])
    assert [len(piece.repairs) for piece in pieces if isinstance(piece, TextBlock)] == [0, 0, 0, 1]
    last = pieces[-1]
    assert isinstance(last, TextBlock)
    assert undo(last.text, last.repairs) == "全年公开信息120条，信息总量位居全縣前列。"
    assert replay(undo(last.text, last.repairs), last.repairs) == last.text


def _without(chars: str, text: str) -> str:
    return text.translate(str.maketrans("", "", chars))


@given(
    st.lists(
        st.sampled_from(
            (
                "一、",
                "二、",
                "三、",
                "（一）",
                "（二）",
                "1.",
                "2.",
                " ",
                "　",
                "。",
                "；",
                "：",
                "情况",
                "我局公开信息",
                "第",
                "**",
            )
        ),
        max_size=40,
    )
)
def test_no_character_is_lost_and_twice_is_once(parts: list[str]) -> None:
    text = "".join(parts)
    once = with_sections([paragraph(text)])
    kept = "".join(item.text for item in once if isinstance(item, TextBlock))
    assert _without(" 　*", kept) == _without(" 　*", text)
    assert all(item.text.strip() == item.text or len(once) == 1 for item in once if isinstance(item, TextBlock))


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("blank", [" ", "\u3000\u3000"])
def test_made_up_reports_are_restored(seed: int, blank: str) -> None:
    sections = make_report(f"sections/{seed}", "2021").sections
    lines = [
        text
        for section in sections
        for text in (section.heading, *(text.text for text in section.texts if text.kind != "signature"))
    ]
    found = with_sections([paragraph(blank.join(lines))])
    assert [item.text for item in found if isinstance(item, TextBlock)] == lines


def test_a_megabyte_takes_no_longer_than_its_length() -> None:
    text = f"一、概述 {PROSE} 二、主动公开情况 {PROSE}" * 5000
    pieces = with_sections([paragraph(text)])
    assert shown(pieces)[:3] == ["#一、概述", PROSE, "#二、主动公开情况"]
