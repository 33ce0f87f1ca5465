"""Where bytes are gone: what is left comes back, a hole stays for the rest, and nothing is made up."""

import pytest

from bench.repair import ACCIDENTS, labels, paragraphs
from gxextract.repair.context import Context
from gxextract.repair.lost_bytes import lost_bytes
from gxextract.repair.mojibake import mojibake
from gxextract.repair.steps import apply, replay, undo
from gxextract.repair.unreadable import unreadable

NOTHING = Context()


def mended(text):
    return apply(text, lost_bytes(text, NOTHING), "lost_bytes")


def reversed_(text):
    text, _ = apply(text, mojibake(text, NOTHING), "mojibake")
    return mended(text)[0]


SHIFTED = [
    ("執行??梢酝ㄟ^共享", "執行。可以通過共享", "traditional: the shift ends in ASCII that ends a pair"),
    ("執行??傮w情況良好", "執行。總體情況良好", "one word alone"),
    ("执行??梢酝ü?共享方式", "执行。可以通\ufffd共享方式", "simplified: a second loss ends the shift, and is a hole"),
    (
        "措施有力??己私峁?优秀",
        "措施有力。考核结\ufffd优秀",
        "the stop and its loss are explained, the second loss isn't",
    ),
    ("新增??榭梢栽谕?络上使用", "新增\ufffd块可以在\ufffd络上使用", "模块 holds the same two bytes: no full stop"),
    ("??梢酝ㄟ^共享", "。可以通過共享", "at the beginning"),
    ("甲：執行??梢酝ㄟ^共享；乙：執行??梢酝ㄟ^共享", "甲：執行。可以通過共享；乙：執行。可以通過共享", "twice"),
]


@pytest.mark.parametrize(("garbled", "sound", "reason"), SHIFTED)
def test_a_shift_by_a_lost_byte_is_undone(garbled, sound, reason):
    after, steps = mended(garbled)
    assert after == sound, reason
    assert {step.certainty for step in steps} == {"inferred"}
    assert replay(garbled, steps) == after
    assert undo(after, steps) == garbled


HOLES = [
    ("涓?銆佹?讳綋鎯呭喌", "\ufffd、\ufffd体情况", "a byte is ? in two characters"),
    ("涓\ufffd銆佹\ufffd讳綋鎯呭喌", "\ufffd、\ufffd体情况", "the same, marked"),
    ("绗浜屾潯", "\ufffd二条", "a byte dropped without a mark shows by the next character"),
    ("绗\ue0ff簩鏉\ufffd", "第二\ufffd", "the last byte had no second"),
    ("é?’æŸ³åŽ¿æ°´åŠ¡å±€", "\ufffd柳县水务局", "UTF-8 read as cp1252, one byte of five that it lacks"),
    ("鍥藉剁樺瘑", "国\ufffd密", "two characters in a row are cut, one hole"),
]


@pytest.mark.parametrize(("garbled", "sound", "reason"), HOLES)
def test_a_hole_stays_where_a_character_is_gone(garbled, sound, reason):
    assert reversed_(garbled) == sound, reason
    assert unreadable(sound)


def test_a_private_use_character_thrown_away_comes_back_where_one_word_alone_fits():
    after, (step,) = mended("鏀垮簻淇℃伅鍏紑")
    assert after == "政府信息公开"
    assert step.certainty == "inferred"
    assert "bytes lost" in step.evidence


LEFT_ALONE = [
    ("真的吗??可以通过共享方式获取", "sound text after two question marks"),
    ("制度健全???展培训三次", "what is left is in step"),
    ("新增??槿?个", "too little to tell"),
    ("索??引??号", "padding, another fixer's"),
    ("????(n??i)????????????", "nothing left to read"),
    ("锟斤拷锟斤拷锟斤拷", "what was replaced is gone"),
    ("�喟＆�啣�箏", "shifted it would read, but all around is lost too"),
    ("骞?", "one cut hanzi alone could be any of 64"),
    ("什么?璇骞涓", "names"),
    ("你好\ufffd世界", "a hole in sound text"),
    ("é?ä?", "letters"),
]


@pytest.mark.parametrize(("text", "reason"), LEFT_ALONE)
def test_left_alone(text, reason):
    assert lost_bytes(text, NOTHING) == [], reason


LOSSY = [accident for accident in ACCIDENTS if accident.lossy]


@pytest.mark.parametrize("accident", LOSSY, ids=lambda accident: accident.name)
def test_nothing_is_made_up(accident):
    """What is restored in part has no hanzi that the text didn't have, and says that it isn't whole."""
    silent, invented = [], []
    for text in [*labels(), *dict.fromkeys(paragraphs(4_000))]:
        try:
            garbled = accident(text)
        except UnicodeEncodeError:
            continue
        after = reversed_(garbled)
        if after in (text, garbled):
            continue
        if not unreadable(after):
            silent.append((garbled, after))
        if set(after) - set(text) - set(garbled) - {"\ufffd"}:
            invented.append((text, after))
    assert invented == []
    assert len(silent) <= 1
