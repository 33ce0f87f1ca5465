import codecs

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from gxextract.extract.encoding import decode

SIMPLIFIED = "二〇二三年，我局认真贯彻落实政府信息公开条例，坚持以公开为常态、不公开为例外。\n"
TRADITIONAL = "行政院主計總處表示，去年經濟成長率為百分之三，較預測數略高；政府資訊公開。\n"
SHORT = "政府信息公开年度报告"

COMMON = st.text(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经"
    "进着等部度家电力里如水化高自理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外政社义事平形相全表间样与关各",
    min_size=6,
    max_size=200,
)


def is_utf8(data: bytes) -> bool:
    try:
        return bool(data.decode("utf-8"))
    except UnicodeDecodeError:
        return False


WRITTEN = [
    (text * times, encoding)
    for text in (SIMPLIFIED, TRADITIONAL, SHORT)
    for times in (1, 40)
    for encoding in ("utf-8", "gb18030", "big5", "utf-16-le", "utf-16-be")
    if encoding != "big5" or text == TRADITIONAL
]


@pytest.mark.parametrize(("text", "encoding"), WRITTEN)
@pytest.mark.parametrize("declared", [None, "gb2312", "iso-8859-1", "no-such-charset"])
def test_prose_is_read_in_the_encoding_it_was_written_in(text: str, encoding: str, declared: str | None) -> None:
    decoded = decode(text.encode(encoding), declared)
    assert (decoded.text, decoded.encoding, decoded.replaced, decoded.doubtful) == (text, encoding, 0, False)


@given(COMMON)
def test_common_simplified_text_survives_gb18030(text: str) -> None:
    # 一一一 in GB18030 is һһһ in UTF-8: where both fit, UTF-8 is taken.
    assume(not is_utf8(text.encode("gb18030")))
    assert decode(text.encode("gb18030")).text == text


@given(st.text())
def test_strict_utf8_is_never_outvoted(text: str) -> None:
    if "\0" not in text and not text.startswith("\ufeff"):
        assert decode(text.encode(), "gb2312").text == text


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
def test_a_byte_order_mark_decides_and_is_no_text(mark: bytes, encoding: str) -> None:
    decoded = decode(mark + SIMPLIFIED.encode(encoding), "big5")
    assert (decoded.text, decoded.encoding) == (SIMPLIFIED, encoding)


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "big5"])
def test_a_file_cut_inside_a_character_loses_only_that(encoding: str) -> None:
    text = TRADITIONAL.strip("。\n")
    decoded = decode(text.encode(encoding)[:-1])
    assert (decoded.encoding, decoded.replaced) == (encoding, 1)
    assert decoded.text.startswith(text[:-1])


def test_utf16_of_ascii_alone_is_known_by_its_nuls() -> None:
    assert decode("a,b\r\n1,2".encode("utf-16-le")).text == "a,b\r\n1,2"
    assert decode("a,b\r\n1,2".encode("utf-16-be")).text == "a,b\r\n1,2"


def test_a_stray_nul_does_not_make_text_utf16() -> None:
    assert decode(b"abcdef\0ghij").text == "abcdef\0ghij"


def test_a_declaration_breaks_a_tie_and_no_more() -> None:
    either = b"\xb0\xa1\xb3\xa3"
    assert decode(either).encoding == "gb18030"
    assert decode(either, "big5").encoding == "big5"
    assert decode(SIMPLIFIED.encode("gb18030"), "big5").encoding == "gb18030"


def test_a_few_broken_bytes_do_not_turn_utf8_into_gibberish() -> None:
    data = SIMPLIFIED.encode() + b"\xff\xfe" + SIMPLIFIED.encode()
    decoded = decode(data, "gb2312")
    assert decoded.encoding == "utf-8"
    assert decoded.replaced == 2
    assert decoded.text.startswith(SIMPLIFIED)
    assert decoded.text.endswith(SIMPLIFIED)


def test_replacement_characters_already_in_the_file_are_not_counted() -> None:
    assert decode("前\ufffd后".encode()).replaced == 0
    assert decode("前\ufffd后".encode() + b"\xff").replaced == 1


def test_latin_text_is_believed_where_it_says_what_it_is() -> None:
    decoded = decode("Café à la façade, déjà vu".encode("latin-1"), "iso-8859-1")
    assert decoded.text == "Café à la façade, déjà vu"


def test_an_encoding_nobody_can_tell_is_said_to_be_doubtful() -> None:
    assert decode("Ñandú, pingüino, corazón".encode("latin-1")).doubtful


@pytest.mark.parametrize("data", [bytes(range(256)) * 8, b"\x00\x01\x02\x03" * 99, b"\x89PNG\r\n\x1a\n" + bytes(500)])
def test_binary_data_is_known_for_what_it_is(data: bytes) -> None:
    assert decode(data).is_binary


@pytest.mark.parametrize("text", ["", SIMPLIFIED, "a\tb\r\n\x0c", "\ufffd\ufffd"])
def test_text_is_not_binary(text: str) -> None:
    assert not decode(text.encode()).is_binary
