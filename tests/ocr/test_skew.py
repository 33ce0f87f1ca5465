from __future__ import annotations

import numpy as np
import pytest

from gxextract.ocr.rules import ink
from gxextract.ocr.skew import skew

from .pages import page, turned


@pytest.mark.parametrize("degrees", [-9.5, -5.0, -1.3, -0.3, 0.3, 0.8, 2.5, 7.0, 9.5])
@pytest.mark.parametrize("rules", [True, False])
def test_the_turn_back_is_found(degrees, rules):
    assert skew(ink(turned(page(rules=rules), degrees))) == pytest.approx(-degrees, abs=0.15)


def test_a_page_on_its_side_is_levelled_too():
    assert skew(ink(np.ascontiguousarray(np.rot90(turned(page(), 3.0))))) == pytest.approx(-3.0, abs=0.1)


def test_specks_hide_no_skew():
    picture = turned(page(), 2.0)
    specks = np.random.default_rng(1).random(picture.shape[:2]) < 0.004
    picture[specks] = 0
    assert skew(ink(picture)) == pytest.approx(-2.0, abs=0.1)


def scribble():
    rng = np.random.default_rng(2)
    picture = np.full((1200, 900, 3), 247, dtype=np.uint8)
    for _ in range(900):
        top, left = rng.integers(0, 1180), rng.integers(0, 880)
        picture[top : top + 12, left : left + 12] = 0
    return picture


@pytest.mark.parametrize(
    ("picture", "why"),
    [
        (page(), "it lies level"),
        (np.full((1200, 900, 3), 247, dtype=np.uint8), "it is blank"),
        (scribble(), "nothing on it forms lines"),
        (turned(page(), 14.0), "it was put there on purpose, or it is no page"),
    ],
)
def test_nothing_is_turned_without_need(picture, why):
    assert skew(ink(picture)) == 0.0, why
