"""The likeliest texts of a recogniser's output, beside adding up every way the steps can spell them."""

from __future__ import annotations

from collections import defaultdict
from itertools import groupby, product

import numpy as np
import pytest

from gxextract.ocr.ctc import MOST, likeliest

CHARS = ("blank", "1", "2", " ")


def every_way(steps: np.ndarray) -> dict[str, float]:
    """The probability of each text, from all paths."""
    found: dict[str, float] = defaultdict(float)
    for path in product(range(steps.shape[1]), repeat=len(steps)):
        text = "".join(CHARS[at] for at, _ in groupby(path) if at)
        found[text] += float(np.prod([steps[step, at] for step, at in enumerate(path)]))
    return found


def steps_of(*rows: tuple[float, ...]) -> np.ndarray:
    return np.array(rows, dtype=np.float32)


@pytest.mark.parametrize("seed", range(5))
def test_probabilities_are_those_of_all_ways_together(seed):
    steps = np.random.default_rng(seed).dirichlet((0.3,) * 4, size=5).astype(np.float32)
    truth = every_way(steps)
    first, *others = likeliest(steps, CHARS)
    assert first[0] == "".join(CHARS[at] for at, _ in groupby(steps.argmax(axis=1).tolist()) if at)
    assert len(others) == MOST - 1
    assert all(odds == pytest.approx(truth[text], abs=0.01) for text, odds in (first, *others))
    expected = sorted((odds for text, odds in truth.items() if text != first[0]), reverse=True)
    assert [odds for _, odds in others] == pytest.approx(expected[: MOST - 1], abs=0.01)


@pytest.mark.parametrize(
    ("steps", "expected", "why"),
    [
        (steps_of((0, 1, 0, 0), (0, 1, 0, 0)), [("1", 1.0)], "held over two steps it is one"),
        (steps_of((0, 1, 0, 0), (1, 0, 0, 0), (0, 1, 0, 0)), [("11", 1.0)], "parted by a blank it is two"),
        (
            steps_of((0, 1, 0, 0), (0.4, 0.6, 0, 0), (0, 1, 0, 0)),
            [("1", 0.6), ("11", 0.4)],
            "a doubled digit is left open",
        ),
        (steps_of((0.3, 0.7, 0, 0), (0, 0, 1, 0)), [("12", 0.7), ("2", 0.3)], "so is a dropped one"),
        (steps_of((1, 0, 0, 0)), [("", 1.0)], "nothing there"),
        (
            steps_of((0.6, 0.4, 0, 0), (0.6, 0.4, 0, 0)),
            [("", 0.36), ("1", 0.64)],
            "the likeliest way comes first, though another text has more ways",
        ),
    ],
)
def test_what_is_left_open(steps, expected, why):
    found = likeliest(steps, CHARS)
    assert [text for text, _ in found] == [text for text, _ in expected], why
    assert [odds for _, odds in found] == pytest.approx([odds for _, odds in expected])


def test_among_some_characters_only():
    """A space that might be a 1 is one, if nothing but a figure can stand there."""
    steps = steps_of((0, 0.06, 0.02, 0.92), (0.1, 0, 0.9, 0))
    assert likeliest(steps, CHARS)[0][0] == " 2"
    found = likeliest(steps, CHARS, "12")
    assert [text for text, _ in found] == ["12", "2", "1"]
    assert [odds for _, odds in found] == pytest.approx([0.675, 0.25, 0.075])


def test_what_can_hardly_be_a_figure_is_none():
    assert likeliest(steps_of((0, 0.004, 0.004, 0.992), (0, 1, 0, 0)), CHARS, "12") == []


def test_a_line_without_a_step_is_no_figure():
    assert likeliest(np.empty((0, len(CHARS)), dtype=np.float32), CHARS, "12") == []
