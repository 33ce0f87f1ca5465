from __future__ import annotations

import numpy as np
import pytest

from gxextract.ocr.fold import fold


def spread(*, shadow: float = 0.45, breadth: float = 0.012, at: float = 0.5, height: int = 850, width: int = 1200):
    """Two pages of lines, and a shadow between them."""
    picture = np.full((height, width), 247.0)
    for top in range(100, height - 100, 20):
        picture[top : top + 9, 80 : width // 2 - 60] = 30
        picture[top : top + 9, width // 2 + 60 : width - 80] = 30
    away = np.abs(np.arange(width) / width - at) / breadth
    return (picture * (1 - shadow * np.exp(-away))[None, :]).astype(np.uint8)


@pytest.mark.parametrize("at", [0.46, 0.5, 0.53])
def test_the_fold_between_two_pages_is_found(at):
    assert fold(spread(at=at)) == pytest.approx(at, abs=0.01)


def test_a_thin_black_line_from_edge_to_edge_is_a_fold():
    picture = spread(shadow=0)
    picture[:, 598:602] = 10
    assert fold(picture) == pytest.approx(0.5, abs=0.002)


def ruled():
    picture = spread(shadow=0)
    picture[60:-60, 598:602] = 10
    return picture


@pytest.mark.parametrize(
    ("picture", "why"),
    [
        (spread(shadow=0), "two columns of one wide page"),
        (ruled(), "the rule of a table ends before the page does"),
        (spread(breadth=0.2), "so broad a shadow fell on the page"),
        (spread(at=0.25), "folded, but not in the middle"),
        (spread(height=1300, width=1000), "a page that stands"),
        (np.full((850, 1200), 30, dtype=np.uint8), "all dark"),
    ],
)
def test_one_page_stays_one(picture, why):
    assert fold(picture) is None, why
