from __future__ import annotations

import cv2
import numpy as np
import pytest

from gxextract.ocr.sheet import sheet

from .pages import HEIGHT, WIDTH, page, turned

CORNERS = np.array([(60, 50), (930, 70), (950, 1340), (40, 1320)], dtype=np.float32)


def grey(picture):
    return cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)


def photographed(corners=CORNERS, desk=80, grain=20, light=0.0):
    whole = np.array([(0, 0), (WIDTH, 0), (WIDTH, HEIGHT), (0, HEIGHT)], dtype=np.float32)
    lens = cv2.getPerspectiveTransform(whole, corners)
    covered = cv2.warpPerspective(np.ones((HEIGHT, WIDTH)), lens, (WIDTH, HEIGHT))
    seen = cv2.warpPerspective(grey(page()), lens, (WIDTH, HEIGHT))
    rough = np.random.default_rng(3).normal(desk, grain, (HEIGHT, WIDTH))
    lit = 1 - light * np.linspace(0, 1, WIDTH)[None, :]
    return np.clip((seen * covered + rough * (1 - covered)) * lit, 0, 255).astype(np.uint8)


@pytest.mark.parametrize(
    ("picture", "why"),
    [
        (photographed(), "on a desk"),
        (photographed(light=0.35), "on a desk, lit from one side"),
        (photographed(desk=12, grain=3), "under an open lid"),
    ],
)
def test_the_corners_of_a_sheet_are_found(picture, why):
    assert sheet(picture) == pytest.approx(CORNERS, abs=2.5), why


def test_black_on_two_sides_is_enough():
    picture = grey(page())
    picture[:, :40] = 15
    picture[-60:] = 15
    assert sheet(picture) == pytest.approx(np.array([(40, 0), (999, 0), (999, 1340), (40, 1340)]), abs=3)


def banner(*, with_writing: bool):
    picture = grey(page())
    picture[:90] = 40
    if with_writing:
        for left in range(100, 900, 40):
            picture[30:60, left : left + 24] = 250
    return picture


def shaded():
    across = 1 / (1 + np.exp(-(np.arange(WIDTH) - 700) / 40))
    return (grey(page()) * (1 - 0.7 * across)[None, :]).astype(np.uint8)


@pytest.mark.parametrize(
    ("picture", "why"),
    [
        (grey(page()), "the page fills the picture"),
        (grey(turned(page(), 4)), "the glass around it is as white as it is"),
        (banner(with_writing=True), "a banner of the page, and what it says, is no border"),
        (shaded(), "a shadow has no sharp side"),
        (photographed(corners=CORNERS * 0.5), "a sheet so small is a picture on the page"),
        (photographed(desk=225, grain=3), "the desk is hardly darker"),
        (np.zeros((HEIGHT, WIDTH), dtype=np.uint8), "there is nothing"),
    ],
)
def test_a_page_is_never_cut_without_need(picture, why):
    assert sheet(picture) is None, why
