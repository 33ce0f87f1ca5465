from __future__ import annotations

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from fixtures.pdf_text import FONTS
from gxextract.ocr.rules import find_rules
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


def shapes(picture, scale: float = SCALE) -> list[list[tuple[int, int, int, int]]]:
    found = frames(snapped(find_rules(picture, scale)))
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
    (frame,) = frames(snapped(find_rules(picture, SCALE)))
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


def drawn_stroke_by_stroke(on: int, off: int, shade: int = 0):
    picture = paper()
    for x in (100, 400, 800):
        for y in range(100, 300, on + off):
            cv2.line(picture, (x, y), (x, min(y + on - 1, 300)), (shade,) * 3, 2)
    for y in (100, 200, 300):
        for x in range(100, 800, on + off):
            cv2.line(picture, (x, y), (min(x + on - 1, 800), y), (shade,) * 3, 2)
    return picture


def grainy(picture, spread: float):
    grain = np.random.default_rng(5).normal(0, spread, picture.shape[:2])[:, :, None]
    return np.clip(picture + grain, 0, 255).astype(np.uint8)


FRAME = (100, 400, 800), (100, 200, 300)


@pytest.mark.parametrize(
    ("picture", "why"),
    [
        (drawn_stroke_by_stroke(2, 4), "dotted"),
        (drawn_stroke_by_stroke(6, 6), "dashed"),
        (drawn_stroke_by_stroke(40, 4), "broken"),
        (grid_lines(paper(), *FRAME, colour=(232, 232, 232), thickness=1), "hardly darker than the paper"),
        (grainy(grid_lines(paper(shade=235), *FRAME, colour=(200, 200, 200)), 8), "lost in grain"),
        (grainy(grid_lines(paper(), *FRAME), 25), "under strong grain"),
    ],
)
def test_rules_that_are_hardly_there_are_found(picture, why):
    assert shapes(picture) == [FOUR], why


THREE = [(row, col, 1, 1) for row in range(3) for col in range(2)]
JOINED = [(0, 0, 1, 1), (0, 1, 1, 1), (1, 0, 1, 2), (2, 0, 1, 1), (2, 1, 1, 1)]


def with_a_gap(rows=(1,), *, left: int | None = None, written: str = ""):
    """Three rows of two columns. In ``rows`` the rule between the columns is ``left`` levels darker than paper."""
    ys, picture = (100, 145, 190, 235), paper()
    grid_lines(picture, (100, 400, 700), ys)
    for row in rows:
        picture[ys[row] + 3 : ys[row + 1] - 2, 390:410] = 250
        if left is not None:
            picture[ys[row] + 3 : ys[row + 1] - 2, 400:402] = 250 - left
    sheet = Image.fromarray(picture)
    font = ImageFont.truetype(str(FONTS["zenhei"][0]), 28)
    ImageDraw.Draw(sheet).text((401, (ys[1] + ys[2]) / 2), written, font=font, fill=0, anchor="mm")
    return np.asarray(sheet)


def slots_of(picture, turned: bool):
    """What ``shapes`` finds of the only frame; of a picture with its sides exchanged, exchanged back."""
    (found,) = shapes(np.ascontiguousarray(picture.transpose(1, 0, 2)) if turned else picture)
    return sorted((col, row, cols, rows) for row, col, rows, cols in found) if turned else found


@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize(
    ("picture", "why"),
    [
        (with_a_gap(left=14), "one row"),
        (with_a_gap((0,), left=14), "the first row: no rule goes on above"),
        (with_a_gap((1, 2), left=14), "two rows, the last among them"),
        (grainy(with_a_gap(left=25), 5), "in grain"),
    ],
)
def test_a_rule_that_is_nearly_gone_for_a_row_is_whole(picture, why, turned):
    assert slots_of(picture, turned) == THREE, why


@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize(
    ("picture", "why"),
    [
        (with_a_gap(), "nothing is there"),
        (grainy(with_a_gap(), 5), "nothing but grain"),
        (with_a_gap(written="1"), "a digit where the rule would be"),
        (with_a_gap(written="丨"), "a stroke as high as type is"),
        (with_a_gap(written="中"), "a hanzi with such a stroke"),
        (with_a_gap(written="0  0"), "two values on its sides"),
    ],
)
def test_a_cell_over_two_columns_stays_whole(picture, why, turned):
    assert slots_of(picture, turned) == JOINED, why


def test_rules_around_and_within_a_dark_area_are_found():
    picture = paper()
    picture[100:200, 100:800] = 110
    assert shapes(grid_lines(picture, *FRAME)) == [FOUR]


def test_a_bent_rule_is_found_once():
    picture = grid_lines(paper(), *FRAME)
    bent = paper()
    for x in range(picture.shape[1]):
        bent[:, x] = np.roll(picture[:, x], round(6 * np.sin(x / 1000 * np.pi)), axis=0)
    assert shapes(bent) == [FOUR]


@pytest.mark.parametrize("text", ["一一一一一一一一", "三三三三二二二二", "中日三口申一目王", "事量書圭王主生年"])
@pytest.mark.parametrize("dpi", [100, 150, 200])
def test_strokes_of_hanzi_divide_no_cell(text, dpi):
    """Text close to the rules and set so that its strokes meet."""
    scale, size = dpi / 72, round(10 * dpi / 72)
    picture = paper(round(100 * scale), round(220 * scale))
    xs, ys = [round(edge * scale) for edge in (10, 110, 210)], [round(edge * scale) for edge in (10, 40, 90)]
    grid_lines(picture, xs, ys, thickness=1)
    sheet = Image.fromarray(picture)
    font = ImageFont.truetype(str(FONTS["zenhei"][0]), size)
    for row in range(4):
        line = text[row:] + text[:row]
        ImageDraw.Draw(sheet).text((xs[0] + 4 * scale, ys[1] + 2 * scale + row * 1.1 * size), line, font=font, fill=0)
    assert shapes(np.asarray(sheet), scale) == [FOUR]


def test_text_is_no_rule():
    picture = paper()
    for row in range(6):
        cv2.putText(picture, "HTLEF 11 tt ll", (80, 100 + 60 * row), cv2.FONT_HERSHEY_SIMPLEX, 1.0, (0, 0, 0), 2)
    assert shapes(picture) == []


def test_a_filled_area_gives_its_outline_and_nothing_inside():
    picture = paper()
    picture[100:300, 100:800] = 40
    assert shapes(picture) == [[(0, 0, 1, 1)]]
