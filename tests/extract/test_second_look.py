from __future__ import annotations

import cv2
import numpy as np
import pytest

from gxextract.document import Cell, Part
from gxextract.extract.second_look import second_look, side_by_side
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


def scan(*inked: int) -> Scan:
    picture = np.full((100, 260, 3), 255, dtype=np.uint8)
    for index in inked:
        left, top, _, bottom = (round(edge * SCALE) for edge in BOXES[index])
        cv2.rectangle(picture, (left + 40, top + 12), (left + 52, bottom - 12), (0, 0, 0), 3)
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
        ("0", "0", ("8", True), "two crops say otherwise"),
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
    assert looked(second_look(grid("O"), scan(0), Echo([("0", 0.9)], [("0", 0.9)]))) == [("0", True)]
    assert looked(second_look(grid("O"), scan(0), Echo([("O", 0.9)], [("Q", 0.9)]))) == [("O", True)]


@pytest.mark.parametrize("text", ["减！", "l2", "2O7", "25l000元", "1.O", "一", "口"])
def test_letters_within_numbers_are_never_trusted(text):
    (cell,) = second_look(grid(text), scan(0), Echo([(text, 0.9)], [(text, 0.9)])).cells
    assert cell.doubtful


@pytest.mark.parametrize("text", ["12", "减1", "无", "-", "PDF", "GB/T", "规章", "ISO9001体系"])
def test_other_texts_are_not_taken_for_numbers(text):
    (cell,) = second_look(grid(text), scan(0), Echo([(text, 0.9)])).cells
    assert not cell.doubtful
