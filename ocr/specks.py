"""Specks: the dirt of a glass and the dead points of a sensor, sprinkled over a whole page.

Dots that were printed (points, dotted rules, the dots of i) stand in print, not everywhere: only where hardly a patch
of the page is without specks are they dirt. What touches print can't be told apart from it: a median over three pixels
then takes off most of that, and mends what white specks broke.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from .engine import Picture

DARKER = 60
"""A speck is darker than what is around it by so many levels."""
LARGEST = 6
"""Pixels in a speck."""
PATCH = 48
"""The side of a patch in pixels, a few characters wide."""
CLEAN_SHARE = 0.2
"""A sprinkled page has fewer patches without a speck; the margins of a clean page alone are more."""


def without_specks(picture: Picture) -> tuple[Picture, int]:
    """The picture and how many specks were painted over, 0 where they aren't all over the page."""
    import cv2
    import numpy as np

    grey = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)
    around = cv2.medianBlur(grey, 5)
    dark = (cv2.subtract(around, grey) > DARKER).astype(np.uint8)
    if not _everywhere(dark):
        return picture, 0
    inked = (grey < int(np.median(grey)) - DARKER).astype(np.uint8)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(inked, connectivity=8)
    is_speck = stats[:, cv2.CC_STAT_AREA] <= LARGEST
    specks = is_speck[labels]
    if not _everywhere(specks):
        return picture, 0
    clean = picture.copy()
    clean[specks] = cv2.medianBlur(picture, 5)[specks]
    return np.asarray(cv2.medianBlur(clean, 3), dtype=np.uint8), int(is_speck.sum())


def _everywhere(mask: NDArray[Any]) -> bool:
    """Whether something of a mask lies in nearly every patch of the page."""
    rows, cols = (side // PATCH for side in mask.shape)
    if not rows or not cols:
        return False
    patches = mask[: rows * PATCH, : cols * PATCH].reshape(rows, PATCH, cols, PATCH).any(axis=(1, 3))
    return bool(1 - patches.mean() <= CLEAN_SHARE)
