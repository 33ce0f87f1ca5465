from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest

from gxextract.document import Cell, Part
from gxextract.extract.second_look import second_look
from gxextract.extract.stacks import side_by_side
from gxextract.ocr import Scan
from gxextract.tables.grid import Grid

SCALE = 2.0
BOXES = {0: (10.0, 10.0, 60.0, 34.0), 1: (60.0, 10.0, 110.0, 34.0)}


class Echo:
    """Answers each call to ``read`` with the next of the lists it was given."""

    name = "echo"

    def __init__(self, *answers: list[tuple[str, float]]) -> None:
        self.answers = list(answers)
        self.asked: list[int] = []

    def find(self, picture):
        raise AssertionError("a second look never searches the page")

    def read(self, crops):
        self.asked.append(len(crops))
        return self.answers.pop(0) if crops else []


def echo(*texts: str) -> Echo:
    """One answer of one cell a call, all of them sure."""
    return Echo(*([(text, 0.95)] for text in texts))


def scan(*inked: int, grey: int = 0) -> Scan:
    picture = np.full((100, 260, 3), 255, dtype=np.uint8)
    for index in inked:
        left, top, _, bottom = (round(edge * SCALE) for edge in BOXES[index])
        cv2.rectangle(picture, (left + 40, top + 12), (left + 52, bottom - 12), (grey, grey, grey), 3)
    return Scan(picture=picture, scale=SCALE)


def grid(*texts: str) -> Grid:
    cells = [
        Cell(row=0, col=col, text=text, origin="ocr", parts=(Part(page=1, box=BOXES[col]),), confidence=0.9)
        for col, text in enumerate(texts)
    ]
    return Grid(rows=1, cols=len(texts), cells=tuple(cells), evidence="ruled")


def looked(found: Grid) -> list[tuple[str | None, bool]]:
    return [(cell.text, cell.doubtful) for cell in found.cells]


def test_two_readings_that_agree_stand():
    assert looked(second_look(grid("8", "12"), scan(0, 1), Echo([("8", 0.9), ("１２", 0.9)]))) == [
        ("8", False),
        ("12", False),
    ]


@pytest.mark.parametrize(
    ("first", "second", "expected", "why"),
    [
        ("0", "0", ("0", True), "two crops say otherwise"),
        ("0", "8", ("8", False), "the wider crop confirms the page"),
        ("0", "6", ("8", True), "all three differ"),
        ("", "", ("8", True), "the crops show nothing"),
    ],
)
def test_readings_that_differ(first, second, expected, why):
    engine = Echo([(first, 0.9)], [(second, 0.9)])
    assert looked(second_look(grid("8"), scan(0), engine)) == [expected], why


def test_a_blank_cell_without_ink_stays_blank_and_costs_nothing():
    engine = Echo()
    assert looked(second_look(grid(""), scan(), engine)) == [("", False)]
    assert sum(engine.asked) == 0


@pytest.mark.parametrize(
    ("first", "second", "expected", "why"),
    [
        (("3", 0.8), ("3", 0.9), ("3", False), "a digit the detector missed"),
        (("3", 0.8), ("8", 0.9), ("8", True), "read, but not surely"),
        (("", 0.0), ("", 0.0), (None, True), "ink that nobody can read is lost, not blank"),
    ],
)
def test_ink_without_a_word(first, second, expected, why):
    assert looked(second_look(grid(""), scan(0), Echo([first], [second]))) == [expected], why


def test_print_too_pale_to_be_read_is_no_blank():
    assert looked(second_look(grid("", ""), scan(1, grey=240), Echo())) == [("", False), ("", True)]


def test_a_value_without_ink_is_doubted():
    assert looked(second_look(grid("8", ""), scan(), Echo())) == [("8", True), ("", False)]


@pytest.mark.parametrize(("confidence", "doubtful"), [(0.4, True), (0.7, False)])
def test_a_label_that_was_hardly_read_is_doubted(confidence, doubtful):
    label = replace(grid("行政复议", "8").cells[0], confidence=confidence)
    page = replace(grid("行政复议", "8"), cells=(label, grid("行政复议", "8").cells[1]))
    assert looked(second_look(page, scan(0, 1), echo("8", "8"))) == [("行政复议", doubtful), ("8", False)]


@pytest.mark.parametrize("confidence", [0.5, 0.9])
def test_what_should_be_a_number_gives_way_to_one_however_surely_it_was_read(confidence):
    page = grid("O", "8")
    page = replace(page, cells=(replace(page.cells[0], confidence=confidence), page.cells[1]))
    engine = Echo([("0", 0.95), ("8", 0.95)], [("0", 0.95)], [("0", 0.95)])
    assert looked(second_look(page, scan(0, 1), engine)) == [("0", True), ("8", False)]


def test_a_speck_is_no_ink():
    dirty = scan()
    dirty.picture[40:42, 60:62] = 0
    assert looked(second_look(grid(""), dirty, Echo())) == [("", False)]


def test_labels_are_not_read_again():
    engine = Echo()
    assert looked(second_look(grid("规章"), scan(0), engine)) == [("规章", False)]
    assert sum(engine.asked) == 0


def stack_of_squares(count: int, size: int = 20, gap: int = 8):
    stack = np.full((count * (size + gap), size, 3), 255, dtype=np.uint8)
    for index in range(count):
        top = index * (size + gap)
        cv2.rectangle(stack, (1, top + 1), (size - 2, top + size - 2), (0, 0, 0), 2)
    return stack


def test_a_stack_becomes_a_line():
    line = side_by_side(stack_of_squares(5))
    assert line.shape[1] > 3 * line.shape[0]
    inked = (line.min(axis=(0, 2)) < 128).astype(int)
    assert int((np.diff(inked) == 1).sum()) == 5


def test_a_stacked_label_replaces_its_fragments_when_the_reading_is_sure():
    picture = np.full((400, 100, 3), 255, dtype=np.uint8)
    picture[40:320, 40:60] = np.vstack([stack_of_squares(10)])
    tall = Scan(picture=picture, scale=SCALE)
    cell = Cell(row=0, col=0, text="本年", origin="ocr", parts=(Part(page=1, box=(5.0, 5.0, 45.0, 195.0)),))
    label = Grid(rows=1, cols=1, cells=(cell,), evidence="ruled")
    assert second_look(label, tall, Echo([("三、本年度办理结果", 0.99)])).cells[0].text == "三、本年度办理结果"
    assert second_look(label, tall, Echo([("三、本年度办理结果", 0.5)])).cells[0].text == "本年"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("三，本年度办理结果", "三、本年度办理结果"),
        ("三·本年度办理结果", "三、本年度办理结果"),
        ("三、本年度办理结果", "三、本年度办理结果"),
        ("三.5倍", "三.5倍"),
        ("1.属于国家秘密", "1.属于国家秘密"),
    ],
)
def test_the_mark_after_an_outline_number(text, expected):
    (cell,) = second_look(grid(text), scan(), Echo()).cells
    assert cell.text == expected
    assert [text.replace(r.before, r.after, 1) for r in cell.repairs] == ([expected] if text != expected else [])


def test_a_letter_that_looks_like_a_digit_is_read_again_and_never_trusted():
    assert looked(second_look(grid("O"), scan(0), echo("0", "0", "0"))) == [("0", True)]
    assert looked(second_look(grid("O"), scan(0), echo("O", "Q", "0"))) == [("0", True)], (
        "black and white shows a digit"
    )
    assert looked(second_look(grid("O"), scan(0), echo("O", "Q", "O"))) == [("O", True)]


@pytest.mark.parametrize("text", ["减！", "l2", "2O7", "25l000元", "1.O", "一", "口"])
def test_letters_within_numbers_are_never_trusted(text):
    (cell,) = second_look(grid(text), scan(0), echo(text, text, text)).cells
    assert cell.doubtful


@pytest.mark.parametrize("text", ["12", "减1", "无", "-", "PDF", "GB/T", "规章", "ISO9001体系"])
def test_other_texts_are_not_taken_for_numbers(text):
    (cell,) = second_look(grid(text), scan(0), Echo([(text, 0.9)])).cells
    assert not cell.doubtful


@pytest.mark.parametrize(
    ("confidence", "squeezed", "doubtful", "why"),
    [
        (0.95, None, False, "two sure readings need no third"),
        (0.7, "8", False, "the third confirms them"),
        (0.7, "3", True, "the third says otherwise"),
    ],
)
def test_unsure_readings_that_agree_need_a_third(confidence, squeezed, doubtful, why):
    engine = Echo([("8", confidence)], *([[(squeezed, 0.9)]] if squeezed else []))
    assert looked(second_look(grid("8"), scan(0), engine)) == [("8", doubtful)], why
    assert engine.answers == []


def test_the_second_engine_must_confirm_what_is_unsure():
    engine = Echo([("8", 0.7)], [("8", 0.9)])
    assert looked(second_look(grid("8"), scan(0), engine, echo("3"))) == [("8", True)]


def test_the_second_engine_is_asked_about_doubtful_values_alone():
    other = echo("8")
    engine = Echo([("0", 0.95), ("12", 0.95)], [("6", 0.95)])
    assert looked(second_look(grid("8", "12"), scan(0, 1), engine, other)) == [("8", False), ("12", False)]
    assert sum(other.asked) == 1


@pytest.mark.parametrize(
    ("text", "readings", "expected"),
    [
        ("0.", ("0.", "0"), "0"),
        (".12", ("12", "12", "12"), "12"),
        ("12 48", ("12 48", "1248"), "1248"),
        ("3'", ("3'", "3'", "3'"), "3'"),
    ],
)
def test_a_marred_number_gives_way_to_a_clean_one_and_stays_doubtful(text, readings, expected):
    assert looked(second_look(grid(text), scan(0), echo(*readings))) == [(expected, True)]


def test_thousands_set_apart_by_blanks_are_one_number():
    assert looked(second_look(grid("1 234 567"), scan(0), echo("1 234 567"))) == [("1 234 567", False)]


def rows_of(*rows: str) -> Grid:
    """A table of cells parted by blanks, of which those that hold a ``*`` after their text show ink."""
    cells = [
        Cell(
            row=row,
            col=col,
            text=text.rstrip("*"),
            origin="ocr",
            parts=(Part(page=1, box=BOXES[0] if text.endswith("*") else BOXES[1]),),
            confidence=0.9,
        )
        for row, line in enumerate(rows)
        for col, text in enumerate(line.split())
    ]
    return Grid(rows=len(rows), cols=len(rows[0].split()), cells=tuple(cells), evidence="ruled")


@pytest.mark.parametrize(
    ("rows", "readings", "expected", "why"),
    [
        (("项目 甲 乙", "收 1 2", "支 3 a*", "余 4 5", "计 6 7"), ("Q", "a", "Q"), (None, True), "lost among numbers"),
        (
            ("项目 甲 乙", "收 1 2", "支 3 a*", "余 4 5", "计 6 7"),
            ("Q", "a", "0"),
            ("0", True),
            "one reading is a number",
        ),
        (("甲 乙 丙 丁 戊", "1 2 Le* 3 4"), ("Le", "1e", "Le"), (None, True), "its column says nothing, its row does"),
        (("甲 乙 丙 丁 戊", "ab* 1 2 3 4"), (), ("ab", False), "the first of a row may name it"),
        (("项目 甲", "ab* 1", "cd 2", "ef 3", "gh 4"), (), ("ab", False), "a column of labels"),
        (
            ("项目 甲 乙", "收 1 2", "支 不详* 3", "余 4 5", "计 6 7"),
            ("不详", "不详", "不详"),
            ("不详", False),
            "a word, thrice",
        ),
        (
            ("项目 甲 乙", "收 1 2", "支 不详* 3", "余 4 5", "计 6 7"),
            ("不样", "不群", "不"),
            ("不详", True),
            "a word nobody confirms",
        ),
    ],
)
def test_scraps_of_words_among_numbers(rows, readings, expected, why):
    engine = echo(*readings)
    table = rows_of(*rows)
    place = next(index for index, text in enumerate(" ".join(rows).split()) if text.endswith("*"))
    assert looked(second_look(table, scan(0), engine))[place] == expected, why
    assert engine.answers == []
