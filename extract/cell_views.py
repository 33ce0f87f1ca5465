"""A cell's ink shown in ways that a recogniser errs about differently.

Chosen by measurement (docs/scans.md): each is right about some numbers that the plain crop is misread in, and nearly
as good as that elsewhere. Left out are views that repeat the plain crop's errors (a little more or less white around
it, one channel alone) and those that add more of their own (two levels, medians, thinner strokes).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from .cell_pixels import CellPixels

if TYPE_CHECKING:
    from ..ocr.engine import Picture

PADDING = 0.35
"""White left around the ink, as a share of its height; ``wide`` leaves as much as the ink is high."""
SLANT = 0.15
"""How far the foot goes to the left, as a share of the height."""
GRAIN = 30
"""How much, of 255, grain strays that is smoothed away."""


def enlarged(cell: CellPixels) -> Picture:
    """Three times as large, and soft."""
    import cv2
    import numpy as np

    large = cv2.resize(cell.crop(PADDING), None, fx=3, fy=3, interpolation=cv2.INTER_CUBIC)
    return np.asarray(cv2.GaussianBlur(large, (0, 0), 2.4), dtype=np.uint8)


def shrunk(cell: CellPixels) -> Picture:
    """Six tenths of its size: grain and frayed edges go."""
    import cv2
    import numpy as np

    small = cv2.resize(cell.crop(PADDING), None, fx=0.6, fy=0.6, interpolation=cv2.INTER_AREA)
    return np.asarray(small, dtype=np.uint8)


def slanted(cell: CellPixels) -> Picture:
    """Leaning to the right, as italics do."""
    import cv2
    import numpy as np

    crop = cell.crop(PADDING)
    height, width = crop.shape[:2]
    lean = np.array([[1, -SLANT, SLANT * height / 2], [0, 1, 0]])
    turned = cv2.warpAffine(crop, lean, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(turned, dtype=np.uint8)


def smoothed(cell: CellPixels) -> Picture:
    """Without grain: each pixel the mean of those whose surroundings look alike."""
    import cv2
    import numpy as np

    crop = np.ascontiguousarray(cell.crop(PADDING))
    clean = cv2.fastNlMeansDenoising(crop, h=GRAIN, templateWindowSize=5, searchWindowSize=15)
    return np.asarray(clean, dtype=np.uint8)


VIEWS: Mapping[str, Callable[[CellPixels], Picture]] = {
    "enlarged": enlarged,
    "wide": lambda cell: cell.crop(1.0),
    "shrunk": shrunk,
    "squeezed": lambda cell: cell.squeezed(PADDING),
    "slanted": slanted,
    "smoothed": smoothed,
}
