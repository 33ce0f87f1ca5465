"""Sound text reads better than what becomes of it, and what stays garbled is pointed at."""

import pytest

from bench.repair import ACCIDENTS, paragraphs
from gxextract.repair.common_hanzi import BY_FREQUENCY, PAIRS, SIMPLIFIED, TRADITIONAL
from gxextract.repair.judge import at_a_glance, cost, is_common, reads_well, together
from gxextract.repair.unreadable import unreadable

PROSE = [text for text in dict.fromkeys(paragraphs(3_000)) if len(text) > 12]


@pytest.mark.parametrize("accident", ACCIDENTS, ids=lambda accident: accident.name)
def test_garbled_text_is_dearer_than_the_text_it_was(accident):
    for text in PROSE:
        try:
            garbled = accident(text)
        except UnicodeEncodeError:
            continue
        if garbled != text:
            assert cost(garbled) > cost(text) + 12
            assert not at_a_glance(garbled)


def test_prose_reads_well_in_either_script():
    assert all(map(reads_well, PROSE))
    assert reads_well("政府資訊公開年度報告")
    assert cost("政府信息公開") == cost("政府信息公开")


@pytest.mark.parametrize("text", ["笢弊淉葬", "鏀垮簻淇℃伅", "ㄅ\ue000", "申请\x81三件", "申请\ufffd件"])
def test_what_does_not_read_well(text):
    assert not reads_well(text) or cost(text) > 9 * len(text)


def test_words_and_common_characters():
    assert together("政", "府")
    assert together("國", "家")
    assert not together("府", "政")
    assert is_common("A")
    assert is_common("開")
    assert not is_common("鏀")


def test_the_lists_are_what_they_are_said_to_be():
    assert len(set(BY_FREQUENCY)) == len(BY_FREQUENCY) == 3_000
    assert len(TRADITIONAL) == len(set(TRADITIONAL)) == len(SIMPLIFIED)
    assert set(SIMPLIFIED) <= set(BY_FREQUENCY)
    assert set(TRADITIONAL).isdisjoint(BY_FREQUENCY)
    assert set(PAIRS) <= set(BY_FREQUENCY)
    assert len(PAIRS) % 2 == 0


GARBLED = [
    ("全年收到\ufffd\ufffd3件", "\ufffd\ufffd", "holes"),
    ("名称：锟斤拷锟斤拷", "锟斤拷锟斤拷", "holes, misread"),
    ("总计\ue123\ue124", "\ue123\ue124", "private use"),
    ("烫烫烫烫", "烫烫烫烫", "memory fill"),
    ("名称：鍏朵粬", "鍏朵粬", "UTF-8 read as GBK, short"),
    ("见ÖÐ¹úÕþ¸®", "ÖÐ¹úÕþ¸®", "GBK read as cp1252"),
    ("报告2023骞?1月", "骞?", "a cut hanzi after a digit"),
]


@pytest.mark.parametrize(("text", "span", "reason"), GARBLED)
def test_what_is_still_garbled_is_pointed_at(text, span, reason):
    assert [text[start:stop] for start, stop in unreadable(text)] == [span], reason


READABLE = [
    *(
        "醴陵市、亳州、蕲春、鄠邑区",
        "魑魅魍魉，饕餮，囹圄，耄耋",
        "溴化汞",
        "以讹传讹",
        "伈伈睍睍",
        "鸬鹚、鹡鸰、薏苡仁",
        "一、总体情况··········3",
    ),
    *(
        "L'été, Straße, ÆØÅ, Þjóðin",
        "情報公開に関する年次報告書",
        "政府資訊公開：鬱鬱寡歡",
        "张骞?",
        "真的吗??",
        "±3%，25℃",
    ),
    *("ㄅㄆㄇㄈ", "氨基苯甲酸乙酯、镧铈镨钕", "Российская", "┌──┐■", "🎉✅", ""),
]


@pytest.mark.parametrize("text", READABLE)
def test_sound_text_is_not_called_unreadable(text):
    assert unreadable(text) == []


def test_no_prose_is_called_unreadable():
    assert [text for text in paragraphs(30_000) if unreadable(text)] == []
