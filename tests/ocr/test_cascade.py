from __future__ import annotations

import cv2
import numpy as np
import pytest

from gxextract.ocr import Scan, readable

from .pages import SCALE, HeavyFeet, page, turned


def made_readable(picture):
    return readable(Scan(picture=picture, scale=SCALE), HeavyFeet())


def grid_of(picture) -> tuple[int, int, int, int]:
    """The box of all that is black below the lines of a page, ``(left, top, right, bottom)``."""
    ys, xs = np.nonzero(cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)[800:] < 100)
    return int(xs.min()), int(ys.min()) + 800, int(xs.max()), int(ys.max()) + 800


def test_a_page_without_troubles_is_left_as_it_is():
    picture = page()
    found = made_readable(picture)
    assert found.scan.picture is picture
    assert (found.rotation, found.steps, found.fold) == (0, (), None)


@pytest.mark.parametrize(
    ("laid", "rotation"), [(1, 270), (2, 180), (3, 90)], ids=["clockwise", "upside down", "counterclockwise"]
)
def test_rotation_is_the_clockwise_turn_that_made_it_upright(laid, rotation):
    found = made_readable(np.ascontiguousarray(np.rot90(page(), -laid)))
    assert found.rotation == rotation
    assert found.steps == (f"turned by {rotation} degrees",)
    assert np.array_equal(found.scan.picture, page())


def test_skew_is_taken_back():
    found = made_readable(turned(page(), 3.0))
    assert found.steps == ("levelled by 3.0 degrees",)
    left, top, right, bottom = grid_of(found.scan.picture)
    assert (right - left, bottom - top) == pytest.approx((760, 300), abs=6)


def test_every_trouble_at_once():
    """Laid on its side and askew before black, with a seal on it: each step finds the page the ones before left."""
    picture = page()
    ink = np.zeros(picture.shape[:2], dtype=np.uint8)
    cv2.ellipse(ink, (500, 1050), (80, 80), 0, 0, 360, 255, 6)
    share = (cv2.GaussianBlur(ink, (0, 0), 1) / 255 * 0.9)[:, :, None]
    picture = (picture * (1 - share * (1 - np.array((205, 32, 40)) / 255))).astype(np.uint8)
    black = cv2.copyMakeBorder(picture, 90, 70, 60, 80, cv2.BORDER_CONSTANT, value=(15, 15, 15))
    found = made_readable(np.ascontiguousarray(np.rot90(turned(black, 1.5, around=15), -1)))
    assert found.rotation == 270
    assert found.steps[0] == "the sheet cut out"
    assert found.steps[-2:] == ("turned by 270 degrees", "a red seal lifted off")
    height, width = found.scan.picture.shape[:2]
    assert (width, height) == pytest.approx((1000, 1400), abs=12)
    assert grid_of(found.scan.picture) == pytest.approx((120, 900, 880, 1200), abs=10)


@pytest.mark.parametrize("shape", [(1, 1, 3), (3, 40, 3), (40, 3, 3), (16, 16, 3)])
def test_scraps_are_left_as_they_are(shape):
    for level in (0, 128, 255):
        picture = np.full(shape, level, dtype=np.uint8)
        assert made_readable(picture).scan.picture is picture


@pytest.mark.parametrize(("top", "left"), [(5, 5), (5, 965), (1365, 5), (1365, 965)])
def test_turning_back_cuts_nothing_off(top, left):
    """What stands in a corner of the glass would leave a picture of the same size, whichever way that is turned."""
    for degrees in (3.0, -3.0):
        askew = turned(page(), degrees)
        askew[top : top + 30, left : left + 30] = 0
        dark = made_readable(askew).scan.picture[:, :, 0] < 100
        half = tuple(slice(0, 110) if at < 100 else slice(-110, None) for at in (top, left))
        assert dark[half].sum() == pytest.approx(900, abs=60)


def test_a_page_with_blank_margins_keeps_its_size():
    assert made_readable(turned(page(), 3.0)).scan.picture.shape == page().shape
