"""Rules and pictures of pages whose every operator is known. A page is 800 points high."""

from __future__ import annotations

import pytest

from tests.extract.pdf_files import drawn, seen

LEVEL = [("horizontal", 790.0, 10.0, 90.0)]
SIDES = [
    ("horizontal", 740.0, 10.0, 90.0),
    ("horizontal", 790.0, 10.0, 90.0),
    ("vertical", 10.0, 740.0, 790.0),
    ("vertical", 90.0, 740.0, 790.0),
]

CASES = [
    ("a line", "10 10 m 90 10 l S", LEVEL),
    ("an upright line", "10 10 m 10 60 l S", [("vertical", 10.0, 740.0, 790.0)]),
    ("a slanted line is none", "10 10 m 90 60 l S", []),
    ("a dashed line", "[3] 0 d 10 10 m 90 10 l S", LEVEL),
    ("a thin rectangle", "10 9.75 80 .5 re f", LEVEL),
    ("several in one path", "10 9.75 80 .5 re 10 29.75 80 .5 re f", [("horizontal", 770.0, 10.0, 90.0), *LEVEL]),
    ("a box", "10 10 80 50 re S", SIDES),
    ("a box left open by a segment is closed", "10 10 m 90 10 l 90 60 l 10 60 l s", SIDES),
    ("a filled box is a background", ".8 g 10 10 80 50 re f", []),
    ("a broad line is one too", "12 w 10 10 m 90 10 l S", []),
    ("the matrix makes a line broad", "q 20 0 0 20 0 0 cm 1 w .5 .5 m 4.5 .5 l S Q", []),
    ("a curve is no rule", "10 10 m 10 60 90 60 90 10 c S", []),
    ("white on white", "1 1 1 RG 10 10 m 90 10 l S 1 g 10 30 80 .5 re f", []),
    ("white in four inks", "0 0 0 0 K 10 10 m 90 10 l S", []),
    ("black in four inks", "0 0 0 1 K 10 10 m 90 10 l S", LEVEL),
    ("neither stroked nor filled", "10 10 m 90 10 l n", []),
    ("what clipping leaves", "q 0 0 90 800 re W n 10 10 m 500 10 l S Q", LEVEL),
    ("clipped away", "q 0 100 90 800 re W n 10 10 m 500 10 l S Q", []),
    ("cut at the edge of the page", "-50 10 m 90 10 l S", [("horizontal", 790.0, 0.0, 90.0)]),
    ("off the page", "900 0 m 900 90 l S", []),
]


def found(content: str, **options: str) -> list[tuple[str, float, float, float]]:
    rules = seen(drawn(content, **options)).rules
    return sorted((rule.direction, round(rule.at, 2), round(rule.start, 2), round(rule.end, 2)) for rule in rules)


@pytest.mark.parametrize(("content", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_rules(content, expected):
    assert found(content) == expected


def test_a_form_is_placed_by_its_matrix_and_the_page():
    assert found("/X Do", form="10 10 m 90 10 l S") == [("horizontal", 790.0, 110.0, 190.0)]
    assert found("0 1 -1 0 600 0 cm /X Do", form="10 10 m 90 10 l S") == [("vertical", 590.0, 610.0, 690.0)]


def test_rules_turn_with_the_page():
    page = "/MediaBox [0 0 600 800] /Rotate 90"
    assert found("10 10 m 90 10 l S", page=page) == [("vertical", 10.0, 10.0, 90.0)]


def test_a_picture_is_where_it_is_seen():
    image = "q {matrix} cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x01 EI Q"
    marks = seen(drawn(image.format(matrix="200 0 0 100 50 600") + image.format(matrix="200 0 0 100 700 600")))
    assert [tuple(round(edge) for edge in box) for box in marks.pictures] == [(50, 100, 250, 200)]
