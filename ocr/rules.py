"""The ruled lines of a picture, by morphology: what stays of the ink when it is opened with a long thin kernel."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..marks import Rule

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from .engine import Picture

SHORTEST = 15.0
"""The shortest rule looked for, in points: longer than the strokes of ordinary type, shorter than most cells."""
THICKEST = 5.0
"""Anything thicker, in points, is a filled area or a picture."""


def ink(picture: Picture) -> NDArray[np.uint8]:
    """255 where the picture is darker than its surroundings, else 0; shape (height, width)."""
    import cv2
    import numpy as np

    grey = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)
    window = max(15, round(min(grey.shape) / 40) | 1)
    dark = cv2.adaptiveThreshold(grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, window, 12)
    return dark.astype(np.uint8, copy=False)


def find_rules(dark: NDArray[np.uint8], scale: float) -> list[Rule]:
    """The rules in an ink mask, in points; ``scale`` is pixels a point."""
    import cv2

    length = max(12, round(SHORTEST * scale))
    gap = max(3, round(1.5 * scale))
    found: list[Rule] = []
    for direction, kernel, bridge in (
        ("horizontal", (length, 1), (gap, 1)),
        ("vertical", (1, length), (1, gap)),
    ):
        closed = cv2.morphologyEx(dark, cv2.MORPH_CLOSE, cv2.getStructuringElement(cv2.MORPH_RECT, bridge))
        opened = cv2.morphologyEx(closed, cv2.MORPH_OPEN, cv2.getStructuringElement(cv2.MORPH_RECT, kernel))
        _, _, stats, _ = cv2.connectedComponentsWithStats(opened, connectivity=8)
        for left, top, width, height, _ in stats[1:]:
            if direction == "horizontal" and height <= THICKEST * scale:
                found.append(_rule("horizontal", top + height / 2, left, left + width, scale))
            elif direction == "vertical" and width <= THICKEST * scale:
                found.append(_rule("vertical", left + width / 2, top, top + height, scale))
    return found


def _rule(direction: str, at: float, start: float, end: float, scale: float) -> Rule:
    return Rule(
        direction="horizontal" if direction == "horizontal" else "vertical",
        at=float(at) / scale,
        start=float(start) / scale,
        end=float(end) / scale,
    )
