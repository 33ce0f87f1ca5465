"""Injected readings go, and only those: each case says why it is one or isn't."""

from __future__ import annotations

import pytest

from gxextract.repair import repair_fragments, repair_text
from gxextract.repair.context import Context
from gxextract.repair.pinyin import injected, pinyin
from gxextract.repair.steps import apply

INJECTED = [
    ("信息公開(kāi)", "信息公開", "one usual reading of a common traditional character, which nobody needs"),
    ("各鄉(xiāng)(鎮(zhèn))人民政府", "各鄉(鎮)人民政府", "brackets of the author's own around an annotated character"),
    ("索引號(hào):", "索引號:", "a label is all there is"),
    ("政務(wù)(wù)公開", "政務公開", "given twice"),
    ("主動（dòng）公開［kāi］制度", "主動公開制度", "other brackets"),
    ("政務(WÙ)公開(Kāi)制度", "政務公開制度", "capitals with tones"),
    ("綠(lǜ)化費用條(tiáo)例", "綠化費用條例", "ü with a tone"),
    ("《條(tiáo)例》(以下簡(jiǎn)稱《條(tiáo)例》)第三章", "《條例》(以下簡稱《條例》)第三章", "a genuine bracket"),
    ("甲類(lèi)(A)項目單位名錄", "甲類(A)項目單位名錄", "a letter right behind the reading"),
    ("去年(nian)正月十(shi)六(liu)的早晨，大街上传(chuan)来了鼓声", "去年正月十六的早晨，大街上传来了鼓声", "no tones"),
    ("女(nv)工们在绿(lv)色的田(tian)野里，唱着当年的老歌", "女工们在绿色的田野里，唱着当年的老歌", "v for ü"),
    (
        "为贯彻实(shí)施政务(wù)公开条例，现将有关(guān)要求通知如下，请认真执(zhí)行",
        "为贯彻实施政务公开条例，现将有关要求通知如下，请认真执行",
        "made simplified again: each of several characters differs between the scripts",
    ),
]

GENUINE = [
    ("邳(pī)州市人民政府", "a rare character is explained"),
    ("龜(qiū)茲古國遺址保護辦法", "a rare reading is explained"),
    ("六(lu)安、蚌(beng)埠、丽(li)水、台(tai)州四市的地名读音", "rare readings, without tones"),
    ("银行(háng)的行(xíng)长(zhǎng)", "a textbook tells readings apart"),
    ("我(wǒ)們(men)學(xué)習(xí)漢(hàn)語(yǔ)", "a textbook annotates all"),
    (
        "小猫(māo)在河(hé)边钓(diào)鱼，蜻蜓(tíng)飞来了，蝴蝶(dié)也飞来了",
        "a reader annotates what is new, of either kind",
    ),
    ("公开(kāi)征求意见", "one of a simplified text may be a textbook's"),
    ("開(kāi)：打開。關(guān)：關閉。", "entries of a dictionary"),
    ("國(guó)、開(kāi)、關(guān)", "a list of characters"),
    ("鼻音不分：見(jiàn)-將(jiāng)，韻母對比：寫(xiě)-學(xué)", "pairs of a pronunciation table"),
    ("姓氏：'關(guān)', '廣(guǎng)', '國(guó)'", "items in quotes"),
    ("嗟(jiē)夫(fú)！予(yú)尝求古仁人之心，处(chǔ)江湖之远则忧其君", "a classic with notes for readers"),
    ("The character 國(guó) means country, as in 中國(zhōngguó).", "another language explains Chinese"),
    ("王(Wang)伟、李(Li)娜、张(Zhang)强出席会议", "names romanised"),
    ("安(An)", "a name romanised"),
    ("锂(Li)、钠(Na)、铝(Al)、镍(Ni)的含量", "symbols, one of which happens to be a reading"),
    ("公開(gōngkāi)", "a word's reading, not a character's"),
    ("東京(とうきょう)都", "furigana"),
    ("世界贸易组织(WTO)，以下称世贸(wto)", "an abbreviation that reads nothing"),
    ("Take an apple (an) or a pear (a).", "no hanzi before it"),
    ("(以下简称《条例》)", "brackets around Chinese"),
    ("公開(kāi1)", "a digit is never dropped"),
]


@pytest.mark.parametrize(("text", "clean", "why"), INJECTED, ids=[why for *_, why in INJECTED])
def test_an_injected_reading_goes(text: str, clean: str, why: str) -> None:
    assert repair_text(text, script="keep")[0] == clean


@pytest.mark.parametrize(("text", "why"), GENUINE, ids=[why for _, why in GENUINE])
def test_a_genuine_bracket_stays(text: str, why: str) -> None:
    assert repair_text(text) == (text, ())


MIRRORED = (
    "信息公開(kāi)工作由辦公室負(fù)責，現(xiàn)將有關(guān)情況報(bào)告如下：經(jīng)費(fèi)納入預(yù)算，"
    "網(wǎng)站設(shè)有專(zhuān)欄"
)


@pytest.mark.parametrize(
    ("fragment", "clean"),
    [
        ("文號(hào)", "文号"),
        ("號(hào)", "号"),
        ("長(cháng)期", "长期"),
        ("個(gè)人的(de)", "个人的"),
        ("亳(bó)州市發(fā)布", "亳(bó)州市发布"),
        ("联系人：王(Wang)", "联系人：王(Wang)"),
        ("甲等(A)", "甲等(A)"),
        ("没有读音的一行(其他)", "没有读音的一行(其他)"),
    ],
)
def test_fragments_share_what_the_document_shows(fragment: str, clean: str) -> None:
    _, (repaired, _) = repair_fragments([MIRRORED, fragment])
    assert repaired == clean


def test_a_document_is_judged_as_a_whole() -> None:
    """A line of a textbook may look like a mirror's. The lines beside it tell."""
    line = "他開(kāi)始說(shuō)話了，我也想說"
    assert injected([line])
    textbook = [line, "我(wǒ)是(shì)學生", "你(nǐ)來了嗎", "春(chūn)天到了"]
    assert not injected(textbook)
    assert [text for text, _ in repair_fragments(textbook)] == textbook


def test_one_annotated_word_of_a_long_traditional_text_is_its_author_s() -> None:
    prose = "本會每年舉辦講座三場，邀請學者介紹地方史料，並將講稿編印成冊，分送各圖書館典藏，以供市民借閱。"
    assert injected([f"鄭(zhèng)氏宗祠{prose[:20]}"])
    text = f"鄭(zhèng)氏宗祠{prose}"
    assert not injected([text])
    assert repair_text(text) == (text, ())


def test_nothing_goes_where_the_document_shows_no_injection() -> None:
    assert pinyin(MIRRORED, Context(annotated=False)) == []
    assert pinyin(MIRRORED, Context(annotated=True)) != []


def test_a_step_names_the_character_and_its_reading() -> None:
    text, (step, *_) = apply(MIRRORED, pinyin(MIRRORED, Context(annotated=True)), "pinyin")
    assert (step.start, step.before, step.after, step.evidence) == (3, "開(kāi)", "開", "a reading of 開")
    assert step.certainty == "certain"
    assert not step.reversible
    assert text == "信息公開工作由辦公室負責，現將有關情況報告如下：經費納入預算，網站設有專欄"
