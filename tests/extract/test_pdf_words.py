"""Characters and words of pages whose every operator is known."""

from __future__ import annotations

import pytest

from tests.extract.pdf_files import drawn, seen, texts


def shown(text: str, x: float = 100, y: float = 700, font: str = "F") -> str:
    return f" BT /{font} 12 Tf {x} {y} Td ({text}) Tj ET "


def read_as(reading: str, text: str) -> str:
    return f" /Span << /ActualText ({reading}) >> BDC {shown(text)} EMC "


CASES = [
    ("a space parts", shown("12 34"), ["12", "34"]),
    ("so does a gap", " BT /F 12 Tf 100 700 Td [(12) -400 (34)] TJ ET ", ["12", "34"]),
    ("kerning doesn't", " BT /F 12 Tf 100 700 Td [(12) -100 (34) 60 (56)] TJ ET ", ["123456"]),
    (
        "digits set one by one stay one number",
        "".join(shown(digit, 100 + 6.67 * at) for at, digit in enumerate("1100")),
        ["1100"],
    ),
    ("cells side by side stay apart", shown("0") + shown("0", 110) + shown("0", 120), ["0", "0", "0"]),
    ("equal narrow digits are not boldness", " BT /F 12 Tf 40 Tz 100 700 Td (110011) Tj ET ", ["110011"]),
    ("a shift to the right is boldness", shown("1100") + shown("1100", 100.4), ["1100"]),
    ("a shift upwards is too", shown("1100") + shown("1100", 100, 700.4), ["1100"]),
    ("the same number in the next row is none", shown("1100") + shown("1100", 100, 688), ["1100", "1100"]),
    ("stacked cells stay apart", shown("1") + shown("2", 100, 688), ["1", "2"]),
    ("an OCR layer is text nobody sees", " BT 3 Tr /F 12 Tf 100 700 Td (123) Tj ET ", ["123"]),
    ("white text heads dark columns", "1 1 1 rg " + shown("123"), ["123"]),
    ("a hyphen at the end of a line", shown("co-") + shown("operate", 100, 685), ["co-", "operate"]),
    ("a declared reading counts", read_as("1234", "abcd"), ["1234"]),
    ("a ligature has two letters", read_as("ff", "x"), ["ff"]),
    ("what lies off the page was never seen", shown("in") + shown("out", 700) + shown("up", 100, 900), ["in"]),
    ("a font that writes down", " BT /V 12 Tf 100 700 Td <672C0032003000320033> Tj ET ", ["本2023"]),
    ("the same, scaled by its matrix", " BT /V 1 Tf 12 0 0 12 100 700 Tm <672C00320030> Tj ET ", ["本20"]),
    ("codes without a meaning are no letters", " BT /C 12 Tf 100 700 Td <004100420043> Tj ET ", ["\ufffd" * 3]),
    (
        "a sideways line among upright ones is one word",
        " BT /F 12 Tf 0 1 -1 0 300 100 Tm (12 34) Tj ET " + shown("upright words"),
        ["upright", "words", "12 34"],
    ),
]


@pytest.mark.parametrize(("content", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_words(content, expected):
    assert texts(drawn(content)) == expected


def test_every_character_has_its_box():
    for _, content, _ in CASES:
        for word in seen(drawn(content)).words:
            assert len(word.char_boxes) == len(word.text)
            assert all(left <= right and top <= bottom for left, top, right, bottom in word.char_boxes)


def test_boxes_are_as_high_as_the_type_and_share_a_line():
    other_font = " BT /C 12 Tf 130 700 Td <0041> Tj ET "
    first, second = seen(drawn(shown("12") + other_font)).words
    assert (first.top, first.bottom) == pytest.approx((second.top, second.bottom))
    assert first.bottom - first.top == pytest.approx(12)
    assert first.top < 100 < first.bottom


def test_letters_of_a_ligature_stand_side_by_side():
    (word,) = seen(drawn(read_as("fi", "x"))).words
    (_, _, right, _), (left, _, _, _) = word.char_boxes
    assert right == pytest.approx(left)


ALONG = {"right": "1 0 0 1 300 400", "down": "0 -1 1 0 300 400", "left": "-1 0 0 -1 300 400", "up": "0 1 -1 0 300 400"}


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
@pytest.mark.parametrize("along", ALONG)
def test_text_is_read_upright_whichever_way_it_and_its_page_are_turned(rotate, along):
    content = f"BT /F 12 Tf {ALONG[along]} Tm (12 34) Tj 0 -20 Td (56) Tj ET"
    marks = seen(drawn(content, page=f"/MediaBox [0 0 600 800] /Rotate {rotate}"))
    first, second, below = sorted(marks.words, key=lambda word: word.text)
    assert [first.text, second.text, below.text] == ["12", "34", "56"]
    assert first.right < second.left
    assert first.top == pytest.approx(second.top)
    assert below.top - first.top == pytest.approx(20)
    assert (marks.width, marks.height) == ((600, 800) if along in ("right", "left") else (800, 600))


def test_a_page_is_turned_for_most_of_its_text_only():
    sideways = "BT /F 12 Tf 0 1 -1 0 300 100 Tm (1234) Tj ET "
    assert seen(drawn(sideways + shown("12"))).rotation == 90
    assert seen(drawn(sideways + shown("1234"))).rotation == 0
    assert seen(drawn(sideways + shown("123456"))).rotation == 0


def test_coordinates_start_where_the_visible_page_does():
    page = "/MediaBox [-20 -20 600 800] /CropBox [50 400 500 750]"
    marks = seen(drawn(shown("in") + shown("out", 100, 100) + "60 700 m 900 700 l S", page=page))
    assert [word.text for word in marks.words] == ["in"]
    assert marks.words[0].left == pytest.approx(50)
    assert (marks.width, marks.height) == (450, 350)
    assert [(rule.at, rule.start, rule.end) for rule in marks.rules] == [(50, 10, 450)]


def test_text_of_a_form_stands_where_the_form_is_placed():
    (word,) = seen(drawn("/X Do", form=shown("12"))).words
    assert word.left == pytest.approx(200)
