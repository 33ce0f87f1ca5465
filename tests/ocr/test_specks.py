from __future__ import annotations

import numpy as np

from gxextract.ocr.specks import without_specks

from .pages import page


def sprinkled(picture, share: float):
    dirty = picture.copy()
    dirty[np.random.default_rng(4).random(picture.shape[:2]) < share] = 20
    return dirty


def test_specks_all_over_the_page_are_painted_over():
    clean = page()
    found, count = without_specks(sprinkled(clean, 0.004))
    assert count > 1000
    printed = clean[:, :, 0] < 128
    assert (found[:, :, 0] < 190)[~printed].mean() < 0.0006
    assert (found[:, :, 0] < 128)[printed].mean() > 0.97


def test_dotted_rules_are_no_dirt():
    picture = page(rules=False)
    picture[900:1200:60, 120:880:4] = 20
    picture[900:1200:4, 120:880:190] = 20
    assert without_specks(picture)[1] == 0


def test_a_clean_page_is_left_as_it_is():
    picture = page()
    assert without_specks(picture) == (picture, 0)


def test_a_scrap_is_left_as_it_is():
    scrap = np.full((20, 20, 3), 247, dtype=np.uint8)
    assert without_specks(scrap) == (scrap, 0)
