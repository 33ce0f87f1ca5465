"""What the default engine leaves open of a crop."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from gxextract.ocr import Engine, NullEngine, engine

FONT = ImageFont.load_default(22)


def crop(text: str, *, blur: float = 0.1) -> np.ndarray:
    """A number on white, 30 pixels high."""
    picture = Image.new("RGB", (16 + round(FONT.getlength(text)), 30), "white")
    ImageDraw.Draw(picture).text((8, 2), text, font=FONT, fill="black")
    return cv2.GaussianBlur(np.array(picture), (0, 0), blur)


@pytest.fixture(scope="module")
def reader() -> Engine:
    return engine("rapidocr", 1)


def test_the_first_is_what_is_read(reader):
    crops = [crop(text, blur=blur) for text in ("0", "8", "17", "365", "20415") for blur in (0.1, 1.5, 2.5, 3.5)]
    found = reader.alternatives(crops)
    assert [readings[0][0] for readings in found] == [text for text, _ in reader.read(crops)]
    for readings in found:
        odds = [each for _, each in readings]
        assert odds[1:] == sorted(odds[1:], reverse=True)
        assert 0 < sum(odds) <= 1.0001
        assert len({text for text, _ in readings}) == len(readings)


def test_a_clear_number_leaves_nothing_else(reader):
    ((text, odds), *others) = reader.alternatives([crop("365")])[0]
    assert (text, odds) == ("365", pytest.approx(1, abs=0.02))
    assert sum(each for _, each in others) < 0.02


def test_a_number_printed_over_another_leaves_both_open(reader):
    both = cv2.addWeighted(crop("38"), 0.35, crop("33"), 0.65, 0)
    (readings,) = reader.alternatives([both])
    assert {"38", "33"} <= {text for text, _ in readings}
    assert readings[0][1] < 0.98


def test_white_paper_reads_as_nothing(reader):
    (readings,) = reader.alternatives([np.full((30, 40, 3), 255, dtype=np.uint8)])
    assert readings[0][0] == ""
    assert readings[0][1] > 0.5


def test_nothing_asked_is_nothing_answered(reader):
    assert reader.alternatives([]) == []


def test_it_reads_pages_as_before_afterwards(reader):
    page = np.full((200, 300, 3), 255, dtype=np.uint8)
    page[60:90, 100 : 100 + crop("20415").shape[1]] = crop("20415")
    before = reader.find(page)
    reader.alternatives([crop("8")])
    assert reader.find(page) == before
    assert [line.text for line in before] == ["20415"]


def test_an_engine_that_cant_tell_gives_its_one_reading():
    class Reads(Engine):
        name = "reads"

        def read(self, crops: Sequence[np.ndarray]) -> list[tuple[str, float]]:
            return [("8", 0.7), ("", 0.0)]

    assert Reads().alternatives([crop("8"), crop("")]) == [[("8", 0.7)], [("", 0.0)]]
    assert NullEngine().alternatives([crop("8")]) == [[("", 0.0)]]
