"""Text decoded by the wrong encoding comes back exactly; sound text of any language stays."""

import json
import re
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.repair import ACCIDENTS, labels, paragraphs
from gxextract.repair.context import Context
from gxextract.repair.judge import has_words
from gxextract.repair.known_labels import known_labels
from gxextract.repair.lost_bytes import lost_bytes
from gxextract.repair.misreadings import BIG5, GBK, WESTERN, as_browsers_read_gbk
from gxextract.repair.mojibake import mojibake
from gxextract.repair.steps import apply, replay, undo
from gxextract.repair.unreadable import unreadable

NOTHING = Context()
SAMPLES = Path(__file__).resolve().parents[3] / "shared" / "real" / "garbled" / "web-samples.json"


def mended(text):
    return apply(text, mojibake(text, NOTHING), "mojibake")


def reversed_(text, context=NOTHING):
    """What all fixers of the reversing kind make of a text, in the order of the plan."""
    for fixer in (known_labels, mojibake, lost_bytes):
        text, _ = apply(text, fixer(text, context), fixer.__name__)
    return text


CASES = [
    ("ÖÐ¹úÕþ¸®", "中国政府", "GBK read as cp1252"),
    ("姓名：ÕÅÈý", "姓名：张三", "sound text beside a short name"),
    ("2023Äê1ÔÂ1ÈÕ", "2023年1月1日", "single hanzi between digits"),
    ("ä¸\xadå›½", "中国", "UTF-8 read as cp1252"),
    ("å¹´", "年", "one hanzi of UTF-8 read as cp1252"),
    ("涓€銆佹€讳綋鎯呭喌", "一、总体情况", "the byte 80 is the euro sign"),
    ("闈€€佷俊鍑戒欢", "面、信函件", "the euro sign is the pair A2 E3 or the byte 80"),
    ("姓名鏀垮簻", "姓名政府", "sound hanzi right before"),
    ("鏀垮簻 - 政府 - 鏀垮簻", "政府 - 政府 - 政府", "sound and garbled in turn"),
    ("笢弊", "中国", "GBK read as Big5"),
    ("涔版彁路鑹惧姏", "买提·艾力", "the dot of a name, two bytes in UTF-8"),
]


@pytest.mark.parametrize(("garbled", "sound", "reason"), CASES)
def test_garbled_text_comes_back(garbled, sound, reason):
    after, steps = mended(garbled)
    assert after == sound, reason
    assert all(step.certainty == "certain" and step.reversible and step.evidence for step in steps)
    assert replay(garbled, steps) == after
    assert undo(after, steps) == garbled


EXACT = [accident for accident in ACCIDENTS if not accident.lossy]


@pytest.mark.parametrize("accident", EXACT, ids=lambda accident: accident.name)
def test_every_label_and_paragraph_comes_back_where_no_byte_is_lost(accident):
    missed = []
    for text in [*labels(), *dict.fromkeys(paragraphs(4_000))]:
        try:
            garbled = accident(text)
        except UnicodeEncodeError:
            continue
        wordless = accident.name == "Big5 read as GBK" and not has_words(text)
        if "\ufffd" not in garbled and not wordless and mended(garbled)[0] != text:
            missed.append(text)
    assert missed == []


@pytest.mark.parametrize("text", ["中国政府", "一、总体情况", "年度报告"])
def test_what_went_wrong_twice_is_reversed_twice(text):
    garbled = text
    for _ in range(2):
        garbled = as_browsers_read_gbk(garbled.encode())
    assert "\ufffd" not in garbled
    after, (step,) = mended(garbled)
    assert after == text
    assert step.evidence == "UTF-8 read as GBK, and that read as GBK"


SOUND = {
    "French": "L'été dernier, à Noël, où était-il ? Ça coûte 3 €. Élève créée, naïve, façade, cœur, ÉÉ.",
    "German": "Straße, Übergröße, Ämter für öffentliche Ordnung, süß, ÄÖÜ äöüß, Maße.",
    "Spanish": "¡¡Hola!! ¿¿Qué?? El niño y la cigüeña: ¡¿cómo?!",
    "Portuguese": "São Paulo, coração, ação, PRODUÇÃO, AÇÃO, MÃE",
    "Vietnamese": "Cộng hòa xã hội chủ nghĩa Việt Nam, thành phố Hồ Chí Minh, ướt, đường",
    "Czech": "Příliš žluťoučký kůň úpěl ďábelské ódy, ÁÉÍÓÚÝ",
    "Icelandic": "Þjóðin á Íslandi, ríkisstjórnin, þórður, æði, óðöl",
    "Estonian": "jäääär, Öö, ÕÄÖÜ, puuõõnsuse",
    "Danish": "Rødgrød med fløde, ÆØÅ æøå, blåbærgrød",
    "Finnish": "Hääyöaie, ÄÄÄ, ÅÄÖ åäö",
    "Greek": "Ελληνική Δημοκρατία, αβγδεζηθικλμνξοπρστυφχψω",
    "Russian": "Российская Федерация, ежегодный доклад, ЩЪЫЬЭЮЯ",
    "Japanese": "情報公開に関する年次報告書、すべての開示請求についてのデータです。アクセス・サービス、ヴィラ",
    "Japanese in kana alone": "あいうえおかきくけこさしすせそたちつてとなにぬねのはひふへほまみむめもやゆよらりるれろ",
    "Korean": "정보공개 연차보고서, 대한민국",
    "traditional": "政府資訊公開年報：香港特別行政區、臺灣、體育總會、鬱鬱寡歡、憂鬱的臺灣烏龜",
    "rare names": "李喆、张璠、王翀、赵珺、陈堃、刘燚、朱镕基、黄骅市、骞、涓涓细流、绗缝",
    "places": "醴陵市、亳州、蕲春、郫县、鄠邑区、氹仔、暹罗、婺源、濉溪、盱眙、鄄城",
    "idioms": "魑魅魍魉，饕餮，踟蹰，囹圄，耄耋，龃龉，旖旎，氤氲，彳亍，蹀躞",
    "ancient": "鸘鷞螻蟈，麤糲之饌，黼黻文章，鼙鼓動地來；薜荔兮女蘿，杳冥冥兮羌晝晦",
    "plants and beasts": "鳜鱼、鲥鱼、鹡鸰、鸬鹚、蕨藓、茼蒿、苜蓿、薏苡仁、麂、獐、貉",
    "chemistry": "氨基苯甲酸乙酯、镧铈镨钕、吡啶、噻唑、喹啉、嘧啶、嘌呤、羟基酪醇",
    "pinyin with tones": "gōngkāi xìnxī, nǚ lǜ, ǹg, ḿ, ê̄ — zhèngfǔ bàogào",
    "bopomofo": "ㄅㄆㄇㄈㄉㄊㄋㄌㄍㄎㄏㄐㄑㄒㄓㄔㄕㄖㄗㄘㄙ",
    "boxes": "┌──┬──┐│├┼┤└┴┘ ■□▲△●○◆◇★☆",
    "emoji": "完成✅ 通知📢🎉 ❤️ 👨‍👩‍👧",
    "symbols": "±3%，25℃，①②③㈠㈡ⅠⅡⅢ，§4，×÷，½，㎡，·，°，…—–，“”‘’，«»，™®©",
    "leader dots": "一、总体情况··················3",
    "questions": "真的吗??可以??为什么???不知道?!",
    "code": "x = data.encode('latin-1'); print(f'{x!r}')  # naïve",
    "address": "https://example.org/?q=%E4%B8%AD&a=1??b",
    "a table of Latin-1": "ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖ×ØÙÚÛÜÝÞßàáâãäåæçèéêëìíîïðñòóôõö÷øùúûüýþÿ",
    "a table of GB 2312's second level": bytes(b for low in range(0xA1, 0xFF) for b in (0xD8, low)).decode("gb2312"),
    "a table of Big5's second level": bytes(b for low in range(0xA1, 0xFF) for b in (0xE0, low)).decode("big5"),
    "private use": "\ue000\ue001\uf8ff",
    "nothing": "",
}


@pytest.mark.parametrize("kind", SOUND)
def test_sound_text_stays(kind):
    assert reversed_(SOUND[kind], Context(labels=labels())) == SOUND[kind]


@pytest.mark.parametrize("kind", SOUND)
def test_each_word_of_sound_text_stays_alone_too(kind):
    words = re.split(r"[\s，、。,:：；]+", SOUND[kind])
    assert [word for word in words if reversed_(word) != word] == []


def test_prose_stays():
    texts = paragraphs(100_000)
    assert sum(map(len, texts)) >= 100_000
    context = Context(labels=labels())
    assert [text for text in texts if reversed_(text, context) != text] == []


@pytest.mark.parametrize("misreading", [WESTERN, GBK, BIG5], ids=lambda misreading: misreading.name)
def test_a_character_is_read_from_the_bytes_it_is_said_to_be(misreading):
    codecs = {"cp1252": ("latin-1", "cp1252"), "GBK": ("gb18030",), "Big5": ("big5hkscs", "cp950")}[misreading.name]
    special = {"€": b"\x80", "\ue7c7": b"\xa8\xbc", "\ue7c8": b"\xa8\xbf"} if misreading is GBK else {}
    told = 0
    for code in [*range(0x20, 0x2F00), *range(0x3000, 0x9FA6), *range(0xE000, 0xE800)]:
        data = misreading.bytes_of[chr(code)]
        if data:
            told += 1
            assert chr(code) in {data.decode(codec, errors="ignore") for codec in codecs} or special[chr(code)] == data
    assert told > 200


@given(st.text(max_size=40) | st.text("鏀垮簻淇℃伅ÖÐ¹úÕþ涓€ä¸å?\ufffd12 |a中国，。笢弊", max_size=30))
def test_any_text_keeps_its_digits_and_can_be_undone(text):
    for fixer in (known_labels, mojibake, lost_bytes):
        after, steps = apply(text, fixer(text, Context(labels=("政府信息公开", "其他"))), fixer.__name__)
        assert re.findall("[0-9]", after) == re.findall("[0-9]", text)
        assert undo(after, steps) == text
        assert replay(text, steps) == after
        text = after


@given(st.text(st.characters(codec="gb2312", min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1, max_size=12))
def test_an_exact_reversal_encodes_to_what_stood_there(text):
    for right, wrong in [("gbk", "latin-1"), ("utf-8", "latin-1"), ("utf-8", "gb18030"), ("gbk", "big5hkscs")]:
        try:
            garbled = text.encode(right).decode(wrong)
        except UnicodeDecodeError:
            continue
        for change in mojibake(garbled, NOTHING):
            ways = [(one, two) for one in ("utf-8", "gbk", "big5hkscs") for two in ("latin-1", "gb18030", "big5hkscs")]
            again = {change.after.encode(one, errors="replace").decode(two, errors="replace") for one, two in ways}
            twice = {
                text.encode(one, errors="replace").decode(two, errors="replace") for text in again for one, two in ways
            }
            assert garbled[change.start : change.stop] in again | twice


REVERSED_ALONE = ("UTF-8 read as GBK (one pass)", "GBK read as Latin-1/cp1252")


@pytest.mark.skipif(not SAMPLES.exists(), reason="the samples from the web aren't part of this project")
def test_samples_from_the_web():
    samples = json.loads(SAMPLES.read_text("utf-8"))
    alone = [sample for sample in samples if sample["kind"] in REVERSED_ALONE]
    assert [reversed_(sample["text"]) for sample in alone] == [sample["clean"] for sample in alone]
    refused = [sample["text"] for sample in samples if sample["clean"] is None]
    assert len(refused) == 2
    assert [reversed_(text) for text in refused] == refused
    shifted = next(sample["text"] for sample in samples if "??" in sample["text"])
    assert reversed_(shifted) == shifted.replace("??梢酝ㄟ^", "。可以通過")


HARD = ["璇骞涓", "鏀", "éü", "鏀垮簻 ", "ÕÅÈý ", "路脳", "骞?", "鏀\ufffd", "涓路", "??梢", "a", "中", "鎬?\ue000"]


@pytest.mark.parametrize("piece", HARD)
def test_time_grows_with_the_length_of_a_line_and_not_faster(piece):
    def seconds(times):
        start = time.process_time()
        unreadable(reversed_(piece * times, Context(labels=("政府信息公开",))))
        return time.process_time() - start

    seconds(10)
    assert seconds(4_000) < 40 * max(min(seconds(400), seconds(400)), 0.002)
