"""Made-up pages of lines and rules, and an engine that knows which way up their lines are."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np

from gxextract.ocr import Seen

WIDTH, HEIGHT = 1000, 1400
SCALE = 1200 / 842


def page(*, lines: int = 18, rules: bool = True, shade: int = 247):
    """Lines of blocks the size of characters, each with a heavy foot and a light head, under a ruled grid."""
    picture = np.full((HEIGHT, WIDTH, 3), shade, dtype=np.uint8)
    for line in range(lines):
        top = 100 + 34 * line
        for char in range(10 + line % 5):
            left = 120 + 24 * char
            picture[top + 10 : top + 20, left : left + 20] = 20
            picture[top : top + 10, left + 8 : left + 12] = 20
    if rules:
        for y in range(900, 1201, 60):
            cv2.line(picture, (120, y), (880, y), (0, 0, 0), 2)
        for x in range(120, 881, 190):
            cv2.line(picture, (x, 900), (x, 1200), (0, 0, 0), 2)
    return picture


def turned(picture, degrees: float, around: int = 247):
    height, width = picture.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    return cv2.warpAffine(picture, turn, (width, height), flags=cv2.INTER_CUBIC, borderValue=(around,) * 3)


class HeavyFeet:
    """Reads a line whose ink is heavier below than above, and makes nothing of any other."""

    name = "heavy-feet"

    def __init__(self) -> None:
        self.asked = 0

    def find(self, picture) -> list[Seen]:
        return []

    def read(self, crops: Sequence[np.ndarray]) -> list[tuple[str, float]]:
        self.asked += len(crops)
        return [("政府信息公开", 0.98) if self._stands(crop) else ("口", 0.4) for crop in crops]

    def _stands(self, crop) -> bool:
        dark = crop.mean(axis=2) < 128
        middle = dark.shape[0] // 2
        return dark.shape[1] > dark.shape[0] and dark[middle:].sum() > 1.3 * dark[:middle].sum()
