from __future__ import annotations

import cv2
import numpy as np
import pytest

from gxextract.ocr.seal import without_seals

SCALE = 200 / 72
RED = (205, 32, 40)


def paper(width: int = 1000, height: int = 800):
    return np.full((height, width, 3), 247, dtype=np.uint8)


def stamped(picture, draw):
    """Ink laid over print darkens it and hides nothing."""
    ink = np.zeros(picture.shape[:2], dtype=np.uint8)
    draw(ink)
    share = cv2.GaussianBlur(ink, (0, 0), 1)[:, :, None] / 255 * 0.9
    return (picture * (1 - share * (1 - np.array(RED) / 255))).astype(np.uint8)


def ring(ink, axes=(160, 160), middle=(500, 400)):
    cv2.ellipse(ink, middle, axes, 0, 0, 360, 255, 10)
    cv2.circle(ink, middle, 40, 255, -1)


def printed():
    picture = paper()
    for top in range(200, 600, 40):
        cv2.putText(picture, "0 1 2 3 4 5 6 7 8 9 0 1 2 3", (200, top), cv2.FONT_HERSHEY_SIMPLEX, 0.9, (15, 15, 15), 2)
    cv2.line(picture, (200, 410), (800, 410), (15, 15, 15), 2)
    return picture


@pytest.mark.parametrize("axes", [(160, 160), (80, 80), (170, 115)])
def test_print_under_a_seal_is_laid_bare(axes):
    clean = printed()
    lifted, count = without_seals(stamped(clean, lambda ink: ring(ink, axes)), SCALE)
    assert count == 1
    assert np.abs(lifted.astype(int) - clean).mean() < 0.5
    dark = clean[:, :, 0] < 110
    assert (dark != (lifted[:, :, 0] < 110)).sum() < 0.02 * dark.sum()


def test_two_seals_are_lifted():
    def draw(ink):
        ring(ink, (120, 120), (300, 400))
        ring(ink, (120, 120), (700, 400))

    assert without_seals(stamped(printed(), draw), SCALE)[1] == 2


def words(ink):
    for top in range(250, 560, 60):
        cv2.putText(ink, "3800 4300", (340, top), cv2.FONT_HERSHEY_SIMPLEX, 1.9, 255, 5)


@pytest.mark.parametrize(
    ("draw", "why"),
    [
        (words, "red figures are values"),
        (lambda ink: cv2.line(ink, (100, 300), (900, 300), 255, 6), "a red rule is a rule"),
        (lambda ink: cv2.rectangle(ink, (350, 250), (650, 550), 255, 8), "a red frame may be a table"),
        (lambda ink: cv2.circle(ink, (500, 400), 30, 255, 6), "a red circle so small marks something"),
        (lambda ink: cv2.ellipse(ink, (500, 400), (160, 160), 0, 0, 150, 255, 10), "half a ring is no seal"),
        (lambda ink: None, "there is no red at all"),
    ],
)
def test_other_red_stays(draw, why):
    picture = stamped(printed(), draw)
    lifted, count = without_seals(picture, SCALE)
    assert count == 0, why
    assert lifted is picture


def test_a_black_ring_stays():
    picture = printed()
    cv2.circle(picture, (500, 400), 160, (20, 20, 20), 10)
    assert without_seals(picture, SCALE) == (picture, 0)
