from __future__ import annotations

import numpy as np
import pytest

from gxextract.ocr import NullEngine
from gxextract.ocr.rules import ink
from gxextract.ocr.upright import LINES, quarters

from .pages import HeavyFeet, page


def quarters_of(picture, engine) -> int:
    return quarters(picture, ink(picture), engine)


@pytest.mark.parametrize("laid", [0, 1, 2, 3])
def test_a_page_is_turned_upright(laid):
    """Laid on the glass turned clockwise by so many quarters, it takes the rest of a whole turn."""
    assert quarters_of(np.ascontiguousarray(np.rot90(page(), -laid)), HeavyFeet()) == (4 - laid) % 4


def test_an_upright_page_costs_a_few_lines():
    engine = HeavyFeet()
    assert quarters_of(page(), engine) == 0
    assert engine.asked == LINES


@pytest.mark.parametrize("laid", [0, 1, 2, 3])
def test_a_page_that_nobody_can_read_stays(laid):
    assert quarters_of(np.ascontiguousarray(np.rot90(page(), -laid)), NullEngine()) == 0


@pytest.mark.parametrize(
    ("lines", "why"), [(0, "nothing to read at all"), (2, "two lines are too few to turn a page over")]
)
def test_hardly_any_text_turns_nothing(lines, why):
    assert quarters_of(np.ascontiguousarray(page(lines=lines)[::-1, ::-1]), HeavyFeet()) == 0, why


def test_stacked_labels_do_not_turn_a_page():
    """Three long stacks of characters, which run up and down, beside the level lines of an upright page."""
    picture = page(rules=False)
    for left in (700, 760, 820):
        for char in range(16):
            picture[100 + 24 * char : 120 + 24 * char, left : left + 20] = 20
    assert quarters_of(picture, HeavyFeet()) == 0


def test_two_ways_that_read_alike_turn_nothing():
    class ReadsAll(HeavyFeet):
        def read(self, crops):
            return [("政府信息公开", 0.98)] * len(crops)

    assert quarters_of(np.ascontiguousarray(np.rot90(page())), ReadsAll()) == 0
