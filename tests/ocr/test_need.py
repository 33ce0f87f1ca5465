"""Each rule by itself: what it finds, and what it must leave alone."""

from __future__ import annotations

import pytest

from gxextract.marks import Marks, Word
from gxextract.ocr import FontUse, Layer, need, untrusted_fonts
from gxextract.repair.judge import together

PAGE = (0.0, 0.0, 595.0, 842.0)
STRIPS = tuple((0.0, top, 595.0, top + 84.2) for top in (0.0, 84.2, 168.4, 252.6, 336.8, 421.0, 505.2))
LOGO = (50.0, 50.0, 90.0, 90.0)
PROSE = (
    "本年度共收到政府信息公开申请三件均已按时答复没有因政府信息公开申请行政复议提起行政诉讼的情况主动公开规章和行政规范性文件"
    "行政许可行政处罚行政强制行政事业性收费政府集中采购等信息进一步加强平台建设"
)
SHUFFLED = "".join(PROSE[index * 37 % len(PROSE)] for index in range(len(PROSE)))
NAMES = "王芳李伟张丽刘洋陈静杨勇赵磊黄艳周杰吴娟徐强孙霞马超朱琳胡斌郭倩何俊高雪林峰罗婷"
TECHNICAL = "钛种板高尔夫球头用钛及钛合金板材钛及钛合金锻造板坯"
CODES = '!"#$%&\'()*+,-./0123456789:;<=>?@&%$#"!*;<=>'
AMOUNTS = "2,940.05 2,106.66 (603.14) -35.2% 1,503.52 12/31 100% [1] 0.00 " * 6
CONTENTS = "一、主要职能................1 二、部门决算单位构成................2 三、名词解释................25 " * 3
FORMULAS = "x=a+b; y=2*x-1; f(x)>0; n<10; m=n/2; kg/m2; p<0.05; r=0.8 " * 4


def page(*texts: str, pictures=()) -> Marks:
    words = [
        Word(text=text, left=72, top=72, right=500, bottom=90, size=12, origin="text-layer") for text in texts if text
    ]
    return Marks(page=1, width=595, height=842, words=tuple(words), rules=(), pictures=tuple(pictures))


def remedy(marks: Marks, layer: Layer | None = None) -> str | None:
    wanted = need(marks, layer or Layer(), together)
    return wanted.remedy if wanted else None


def font(text: str, name: str = "SimSun", width: float = 1.0, shapes: int = 0) -> FontUse:
    return FontUse(font=1, name=name, text=text, widths=(width,) * len(text), shapes=shapes)


@pytest.mark.parametrize(
    ("marks", "drawn", "expected", "why"),
    [
        (page(PROSE), 0, None, "plain text"),
        (page(PROSE, pictures=[PAGE]), 0, None, "text over a background picture"),
        (page("无。"), 0, None, "a short last page without a picture"),
        (page("无。", pictures=[LOGO]), 0, None, "a short page with a small picture"),
        (page("", pictures=[PAGE]), 0, "picture", "a scan"),
        (page("扫描件", pictures=[PAGE]), 0, "picture", "a scan with a stamp of words"),
        (page("扫描件", pictures=STRIPS), 0, "picture", "the same, cut into strips"),
        (page(""), 0, None, "an empty page"),
        (page(""), 12, None, "a page of a few rules"),
        (page(""), 500, "picture", "text drawn as outlines"),
        (page("- 3 -"), 900, "picture", "the same with a page number"),
        (page("- 3 -"), 120, None, "a ruled form with a page number"),
        (page(PROSE), 5000, None, "text beside a chart"),
        (page("政府" * 30 + "\ue123" * 3), 0, "picture", "private-use characters"),
        (page(PROSE + "\ue123"), 0, None, "one private-use bullet"),
        (page(PROSE + "\ufffd" * 2), 0, None, "a ligature without a meaning, twice"),
        (page("(cid:12)(cid:40)政府信息"), 0, "picture", "codes written out"),
        (page(PROSE + "(cid:客户编号)(见附件:12)"), 0, None, "brackets that aren't codes"),
        (page(CODES), 0, "compare", "codes of one's own, given as ASCII"),
        (page(AMOUNTS), 0, None, "a page of numbers"),
        (page(CONTENTS), 0, None, "leaders of dots"),
        (page(FORMULAS), 0, None, "formulas"),
        (page("_" * 400 + "/" * 40 + "*" * 30), 0, None, "lines drawn with characters"),
    ],
)
def test_a_page(marks, drawn, expected, why):
    assert remedy(marks, Layer(drawn=drawn)) == expected, why


@pytest.mark.parametrize(
    ("text", "pictures", "unseen", "expected", "why"),
    [
        (PROSE + "2023年12月", [PAGE], 1.0, "compare", "a hidden layer that may be sound"),
        (PROSE + "2023年12月", [PAGE], 0.02, None, "visible text, and a watermark nobody sees"),
        (PROSE + "2023年12月", [], 1.0, "compare", "a layer over text in curves"),
        (PROSE + "2023年12月", [LOGO], 0.2, "compare", "a layer over a picture of a table among prose"),
        (PROSE + " 2O15年 20I6年 ZO15号", [PAGE], 1.0, "picture", "letters for digits"),
        (PROSE + " 2015年 B2C O2O A4 COVID19 5G 3D", [PAGE], 1.0, "compare", "names made of letters and digits"),
        (SHUFFLED, [PAGE], 1.0, "picture", "a hidden layer of nonsense"),
    ],
)
def test_a_layer_nobody_sees(text, pictures, unseen, expected, why):
    marks = page(*text.split(), pictures=pictures)
    wanted = need(marks, Layer(unseen=round(unseen * len(text))), together)
    assert (wanted.remedy if wanted else None) == expected, why
    assert wanted is None or "a layer that nobody sees" in wanted.why


@pytest.mark.parametrize(
    ("use", "expected", "why"),
    [
        (font(PROSE), None, "prose"),
        (font(PROSE, shapes=40), None, "each character its own shape"),
        (font(TECHNICAL), None, "too few technical terms to tell"),
        (font(AMOUNTS.replace(" ", ""), name="TimesNewRoman", width=0.5), None, "numbers"),
        (font("\ufffd" * 6), True, "a font without ToUnicode"),
        (font("\ufffd" * 3), None, "three characters are no number"),
        (font("Con\ufffdrmed cases per 100,000", width=0.5), None, "a ligature"),
        (font("\ue001\ue002\ue003\ue004\ue005\ue006"), True, "private-use characters"),
        (font("\uf0b7" * 30, name="Wingdings-Regular"), None, "bullets"),
        (font("\uf0b7" * 30, name="SymbolMT"), None, "bullets of the other font"),
        (font("佛" * 40, shapes=30), True, "a wrong ToUnicode"),
        (font("佛" * 40, shapes=1), None, "one shape, forty times"),
        (font("0" * 100 + "1.", shapes=4), None, "a column of zeros"),
        (font("abcdefghijkl", width=1.0), False, "letters as square as hanzi"),
        (font("abcdefghijkl", width=0.6), None, "letters of one width"),
        (font("WMW" * 10, width=0.95), None, "wide letters"),
        (font(SHUFFLED[:12], name="TimesNewRomanPSMT"), False, "hanzi of a Latin font"),
        (font(PROSE[:12], name="TimesNewRomanPSMT"), None, "a Latin name over sound hanzi"),
        (font(SHUFFLED[:12], name="ArialUnicodeMS"), None, "a font that has hanzi"),
        (font(SHUFFLED[:12], width=0.5), False, "hanzi as narrow as letters"),
        (font(PROSE[:12], width=0.5), None, "condensed type"),
        (font(SHUFFLED), False, "hanzi exchanged for one another"),
        (font(SHUFFLED[:20]), None, "too few to tell"),
        (font(NAMES), False, "names form no words either: the picture has to tell"),
        (font(CODES), False, "codes of one's own"),
    ],
)
def test_a_font(use, expected, why):
    found = untrusted_fonts([use], together)
    assert (found[1].sure if found else None) == expected, why


def test_one_bad_font_among_good_ones_is_the_only_one_named():
    good, bad = FontUse(font=7, name="SimSun", text=PROSE), FontUse(font=8, name="Made", text="\ufffd" * 6)
    wanted = need(page(PROSE + "\ufffd" * 6), Layer(fonts=(good, bad)), together)
    assert wanted is not None
    assert (wanted.remedy, set(wanted.fonts)) == ("glyphs", {8})
    assert "font Made: 6 of 6 of its codes have no known meaning" in wanted.why


def test_a_suspicion_beside_a_certainty_is_none_for_the_picture_to_settle():
    fonts = (FontUse(font=7, name="A", text=SHUFFLED), FontUse(font=8, name="B", text="\ufffd" * 6))
    wanted = need(page(SHUFFLED + "\ufffd" * 6), Layer(fonts=fonts), together)
    assert wanted is not None
    assert (wanted.remedy, set(wanted.fonts)) == ("glyphs", {7, 8})


def test_bullets_of_a_symbol_font_are_not_held_against_the_page():
    bullets = FontUse(font=3, name="Wingdings", text="\uf0b7" * 9)
    assert remedy(page("目录" * 20 + "\uf0b7" * 9), Layer(fonts=(bullets,))) is None
    assert remedy(page("目录" * 20 + "\uf0b7" * 9)) == "picture"
