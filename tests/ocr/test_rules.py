from __future__ import annotations

import cv2
import numpy as np
import pytest

from gxextract.ocr.rules import find_rules, ink
from gxextract.tables.ruling import frames, lattice, slots, snapped

SCALE = 200 / 72


def paper(height: int = 800, width: int = 1000, shade: int = 250):
    return np.full((height, width, 3), shade, dtype=np.uint8)


def grid_lines(picture, xs, ys, *, colour=(0, 0, 0), thickness=2):
    for x in xs:
        cv2.line(picture, (x, ys[0]), (x, ys[-1]), colour, thickness)
    for y in ys:
        cv2.line(picture, (xs[0], y), (xs[-1], y), colour, thickness)
    return picture


def shapes(picture) -> list[list[tuple[int, int, int, int]]]:
    found = frames(snapped(find_rules(ink(picture), SCALE)))
    return [[(s.row, s.col, s.row_span, s.col_span) for s in slots(lattice(frame))] for frame in found]


FOUR = [(0, 0, 1, 1), (0, 1, 1, 1), (1, 0, 1, 1), (1, 1, 1, 1)]


@pytest.mark.parametrize(
    ("picture", "why"),
    [
        (grid_lines(paper(), (100, 400, 800), (100, 200, 300)), "black on white"),
        (grid_lines(paper(), (100, 400, 800), (100, 200, 300), thickness=1), "thin"),
        (grid_lines(paper(), (100, 400, 800), (100, 200, 300), thickness=6), "thick"),
        (grid_lines(paper(shade=190), (100, 400, 800), (100, 200, 300), colour=(90, 90, 90)), "grey on grey"),
        (grid_lines(paper(), (100, 400, 800), (100, 200, 300), colour=(30, 60, 200)), "blue"),
    ],
)
def test_a_drawn_grid_is_found(picture, why):
    assert shapes(picture) == [FOUR], why


def test_positions_are_in_points():
    picture = grid_lines(paper(), (100, 400, 800), (100, 200, 300))
    (frame,) = frames(snapped(find_rules(ink(picture), SCALE)))
    assert lattice(frame).xs == pytest.approx([100 / SCALE, 400 / SCALE, 800 / SCALE], abs=0.6)


def test_uneven_light_hides_no_rule():
    picture = grid_lines(paper(), (100, 400, 800), (100, 200, 300))
    shade = np.linspace(1.0, 0.45, picture.shape[1])[None, :, None]
    assert shapes((picture * shade).astype(np.uint8)) == [FOUR]


def test_small_breaks_are_bridged():
    picture = grid_lines(paper(), (100, 400, 800), (100, 200, 300))
    picture[195:206, 550:553] = 250
    picture[250:253, 396:405] = 250
    assert shapes(picture) == [FOUR]


def test_text_is_no_rule():
    picture = paper()
    for row in range(6):
        cv2.putText(picture, "HTLEF 11 tt ll", (80, 100 + 60 * row), cv2.FONT_HERSHEY_SIMPLEX, 1.0, (0, 0, 0), 2)
    assert shapes(picture) == []


def test_a_filled_area_gives_its_outline_and_nothing_inside():
    picture = paper()
    picture[100:300, 100:800] = 40
    assert shapes(picture) == [[(0, 0, 1, 1)]]
