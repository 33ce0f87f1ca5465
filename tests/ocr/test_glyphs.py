"""What makes a shape known: how many looks, of which kind, and how many that say otherwise."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
import pytest

from gxextract.ocr.drawn import Drawn, Glyph, as_set, in_row
from gxextract.ocr.glyphs import Read, Votes, decided, read_glyphs, same_letter, without_rivals

ONE = Glyph("font", 1, (0, 0, 20, 20))
TWO = Glyph("font", 2, (0, 0, 9, 9))
ELSEWHERE = Glyph("other", 2, (0, 0, 9, 9))


def drawn(glyph: Glyph, *, left: float = 0.0, shape: tuple[int, int] = (30, 20), width: float = 0.5) -> Drawn:
    """A glyph whose picture tells its code: the shade of grey."""
    picture = np.full(shape, glyph.code, dtype=np.uint8)
    return Drawn(glyph=glyph, picture=picture, left=left, top=5.0, size=40.0, width=width)


def votes(in_context: str, in_rows: str) -> Votes:
    return Votes(Counter(in_context), Counter(in_rows), dict.fromkeys(in_context + in_rows, 0.9))


CASES = [
    ("oo", "o", "o", "three looks of both kinds"),
    ("o", "o", None, "two looks are too few"),
    ("ooo", "", None, "three looks of one kind are too few"),
    ("", "————", "—", "four of one kind do, for what only stands alone"),
    ("oooooo", "oc", "o", "most looks agree on a letter"),
    ("oooo", "ccc", None, "two opinions"),
    ("333", "33", "3", "a digit all agree on"),
    ("3333", "338", None, "a digit one look doubts"),
    ("33333333", "33338", "3", "a digit one look of many doubts"),
    ("llll", "111", None, "a letter or a digit"),
    ("", "", None, "never read"),
]


@pytest.mark.parametrize(("in_context", "in_rows", "expected", "why"), CASES, ids=[case[3] for case in CASES])
def test_looks_that_agree(in_context, in_rows, expected, why):
    found = decided({ONE: votes(in_context, in_rows)}, {ONE: drawn(ONE)}, {})
    assert (found[ONE].text if ONE in found else None) == expected


@pytest.mark.parametrize(
    ("other", "font", "expected", "why"),
    [
        ("1", TWO, "l", "the font's 1 is known, so this is its l"),
        ("l", TWO, "1", "the font's l is known, so this is its 1"),
        ("1", ELSEWHERE, None, "another font's 1 says nothing"),
        ("7", TWO, None, "neither is known"),
    ],
)
def test_of_two_opinions_one_may_be_another_glyph(other, font, expected, why):
    samples = {ONE: drawn(ONE), font: drawn(font)}
    found = decided({ONE: votes("llll", "1111")}, samples, {font: Read(text=other, confidence=1.0)})
    assert (found[ONE].text if ONE in found else None) == expected, why


def test_a_glyph_mostly_taken_for_another_stays_unread():
    found = decided({ONE: votes("1111", "111Il")}, {ONE: drawn(ONE)}, {TWO: Read(text="1", confidence=1.0)})
    assert found == {}


def blot(glyph: Glyph, seed: int) -> Drawn:
    picture = np.random.default_rng(seed).integers(0, 2, (8, 8), dtype=np.uint8).repeat(4, 0).repeat(4, 1) * 255
    return Drawn(glyph=glyph, picture=picture, left=0.0, top=0.0, size=40.0, width=1.0)


@pytest.mark.parametrize(
    ("text", "other", "seed", "kept", "why"),
    [
        ("1", TWO, 2, 1, "a font has one 1"),
        ("T", ONE._replace(shape=1), 2, 2, "the same code and place, touched by a neighbour"),
        ("1", TWO, 1, 2, "the same shape under two codes"),
        ("1", ONE._replace(size=80), 2, 2, "the same at another size"),
        ("1", TWO._replace(size=80), 2, 1, "another at another size"),
        ("1", ELSEWHERE, 2, 2, "another font has another"),
        ("。", TWO, 2, 2, "marks have many shapes"),
    ],
)
def test_shapes_read_as_one_letter(text, other, seed, kept, why):
    found = {glyph: Read(text=text, confidence=0.9) for glyph in (ONE, other)}
    left = without_rivals(found, {ONE: blot(ONE, 1), other: blot(other, seed)}, [ONE, other])
    assert ONE in left
    assert len(left) == kept, why


def test_shapes_of_a_code_that_has_many():
    glyphs = [ONE, ONE._replace(shape=1), ONE._replace(ink=(0, 0, 99, 99))]
    found = dict(zip(glyphs, [Read(text=text, confidence=0.9) for text in "00国"], strict=True))
    samples = {glyph: blot(glyph, seed) for seed, glyph in enumerate(glyphs)}
    assert [*without_rivals(found, samples, glyphs)] == [glyphs[0], glyphs[2]]


@pytest.mark.parametrize(
    ("letters", "shape", "width", "expected", "why"),
    [
        ("一一一一", (2, 36), 1.0, "—", "a thin bar as long as a hanzi is a dash"),
        ("一一一一", (2, 12), 0.4, "-", "a short one a hyphen"),
        ("一一一一", (4, 36), 1.0, "一", "a thicker one is the hanzi"),
        ("————", (4, 36), 1.0, "—", "unless it was read as a dash"),
        (",,,,", (8, 6), 1.0, "，", "a comma in a square of its own"),
        (",,,,", (8, 6), 0.3, ",", "a comma between numbers"),
    ],
)
def test_what_the_drawing_says_of_the_width(letters, shape, width, expected, why):
    found = decided({ONE: votes(letters[:2], letters[2:])}, {ONE: drawn(ONE, shape=shape, width=width)}, {})
    assert found[ONE].text == expected, why


class ByShade:
    """Reads the shades of grey that stand one after the other in a picture, as ``letters`` says."""

    name = "by-shade"

    def __init__(self, letters: dict[int, str]) -> None:
        self.letters = letters
        self.lines: list[str] = []

    def find(self, picture) -> list:
        return []

    def read(self, crops: Sequence) -> list[tuple[str, float]]:
        read = ["".join(self.letters.get(code, "") for code in shades(crop)) for crop in crops]
        self.lines += read
        return [(text, 0.9) for text in read]


def shades(crop) -> list[int]:
    columns = crop[:, :, 0].min(axis=0).astype(int)
    starts = np.flatnonzero(np.diff(columns, prepend=255) != 0)
    return [int(columns[start]) for start in starts if columns[start] < 255]


def run(text: str) -> list[Drawn]:
    return [drawn(Glyph("font", ord(char), (0, 0, 9, 9)), left=30.0 * at) for at, char in enumerate(text)]


def test_runs_and_rows_are_read_as_they_are_drawn():
    assert shades(as_set(run("abc"))) == [*map(ord, "abc")]
    assert shades(in_row(run("cab"))) == [*map(ord, "cab")]


def test_each_glyph_is_read_both_ways():
    engine = ByShade({ord(char): char.upper() for char in "abcdef"})
    runs = [run("abc"), run("def"), run("fab"), run("abc")]
    wanted = {one.glyph for each in runs for one in each}
    found = read_glyphs(wanted, runs, engine, {})
    assert {chr(glyph.code): read.text for glyph, read in found.items()} == {char: char.upper() for char in "abcdef"}
    assert engine.lines.count("ABC") == 1


def test_a_reading_of_another_length_says_nothing():
    engine = ByShade({ord(char): char for char in "abcdef"} | {ord("x"): "xx"})
    found = read_glyphs({one.glyph for one in run("xa")}, [run("xa"), run("xa")], engine, {})
    assert ord("x") not in {glyph.code for glyph in found}


def test_what_is_known_is_not_looked_at_again():
    engine = ByShade({})
    (glyph,) = {one.glyph for one in run("a")}
    assert read_glyphs({glyph}, [run("a")], engine, {glyph: Read(text="甲", confidence=0.9)})[glyph].text == "甲"
    assert engine.lines == []


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [("，", ",", True), ("Ａ", "A", True), ("—", "一", True), ("0", "O", False), ("己", "已", False), ("", "a", False)],
)
def test_the_same_letter(one, other, same):
    assert same_letter(one, other) is same
