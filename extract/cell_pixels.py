"""The pixels of one table cell: where its ink is, without rules and dirt, and crops of it for a recogniser."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..document import Cell
from ..ocr import Scan
from ..ocr.rules import ink

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from ..ocr.engine import Picture

INSET = 1.6
"""Points taken off a cell on each side, so that its rules aren't read as 1 or l."""
LOWEST_INK = 3.5
"""Ink lower than this, in points, is dirt; the flattest mark looked for is a dash, which is wide instead."""
FAINTEST = 12.0
"""Levels of grey by which what is too pale for ink differs from the paper."""
FAINT_BLUR = 0.2
"""Points by which grain is smoothed away before that is looked for."""
GRAINS = 6.0
"""It differs by so many times what half of the pixels stray by."""
LOWEST_FAINT = 2.5
"""Points."""

SOFT = 1.2
"""Of the enlarged crop, in pixels."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CellPixels:
    """What a cell shows. ``box`` is around its ink, in pixels of ``picture``: left, top, right, bottom."""

    cell: Cell
    picture: Picture
    box: tuple[int, int, int, int]

    def crop(self, padding: float) -> Picture:
        """The ink with so much around it, as a share of the ink's height."""
        left, top, right, bottom = self.box
        pad = max(2, round(padding * (bottom - top)))
        height, width = self.picture.shape[:2]
        return self.picture[max(0, top - pad) : min(height, bottom + pad), max(0, left - pad) : min(width, right + pad)]

    def softened(self, padding: float) -> Picture:
        """The crop enlarged, its grain and jags smoothed away."""
        import cv2
        import numpy as np

        large = cv2.resize(self.crop(padding), None, fx=2, fy=2, interpolation=cv2.INTER_CUBIC)
        return np.asarray(cv2.GaussianBlur(large, (0, 0), SOFT), dtype=np.uint8)

    def squeezed(self, padding: float) -> Picture:
        """The crop a quarter narrower."""
        import cv2
        import numpy as np

        narrow = cv2.resize(self.crop(padding), None, fx=0.75, fy=1, interpolation=cv2.INTER_CUBIC)
        return np.asarray(narrow, dtype=np.uint8)

    def black_on_white(self, padding: float) -> Picture:
        """The crop enlarged, in two levels."""
        import cv2
        import numpy as np

        large = cv2.resize(self.crop(padding), None, fx=3, fy=3, interpolation=cv2.INTER_CUBIC)
        grey = cv2.cvtColor(large, cv2.COLOR_RGB2GRAY)
        _, levels = cv2.threshold(grey, 0, 255, cv2.THRESH_OTSU)
        return np.repeat(np.asarray(levels, dtype=np.uint8)[:, :, None], 3, axis=2)


def cell_picture(cell: Cell, scan: Scan) -> Picture | None:
    """What lies inside the cell's rules, if the cell has a place, and room for anything."""
    if cell.box is None:
        return None
    left, top, right, bottom = cell.box
    picture = scan.crop((left + INSET, top + INSET, right - INSET, bottom - INSET))
    return picture if min(picture.shape[:2]) >= 4 else None


def is_blank(cell: Cell, scan: Scan) -> bool:
    """Whether nothing stands in the cell, be it too pale to be read."""
    import cv2
    import numpy as np

    picture = cell_picture(cell, scan)
    if picture is None:
        return False
    grey = cv2.GaussianBlur(cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY), (0, 0), FAINT_BLUR * scan.scale)
    paper = float(np.median(grey))
    grain = float(np.median(np.abs(grey - paper)))
    dark = (grey < paper - max(FAINTEST, GRAINS * grain)).astype(np.uint8)
    _, _, stats, _ = cv2.connectedComponentsWithStats(dark, connectivity=8)
    tall, wide = dark.shape
    return _ink_box(ink(picture), scan.scale) is None and not any(
        max(width, height) >= LOWEST_FAINT * scan.scale
        for left, top, width, height, _ in stats[1:].tolist()
        if left > 0 and top > 0 and left + width < wide and top + height < tall
    )


def cell_pixels(cell: Cell, scan: Scan) -> CellPixels | None:
    """The cell's pixels, if there is ink in them."""
    picture = cell_picture(cell, scan)
    box = None if picture is None else _ink_box(ink(picture), scan.scale)
    return None if picture is None or box is None else CellPixels(cell=cell, picture=picture, box=box)


def _ink_box(dark: NDArray[np.uint8], scale: float) -> tuple[int, int, int, int] | None:
    """The box around all marks that are no dirt, in pixels, or ``None``."""
    import cv2

    _, _, stats, _ = cv2.connectedComponentsWithStats(dark, connectivity=8)
    marks = [
        (left, top, left + width, top + height)
        for left, top, width, height, _ in stats[1:].tolist()
        if max(width, height) >= LOWEST_INK * scale and not _is_edge(left, top, width, height, dark.shape)
    ]
    if not marks:
        return None
    lefts, tops, rights, bottoms = zip(*marks, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def _is_edge(left: int, top: int, width: int, height: int, shape: Sequence[int]) -> bool:
    """Whether a mark runs along the whole side of the crop: what is left of a thick or slanted rule."""
    tall, wide = shape[0], shape[1]
    along_side = height >= 0.9 * tall and (left == 0 or left + width == wide) and width < 0.2 * wide
    along_top = width >= 0.9 * wide and (top == 0 or top + height == tall) and height < 0.2 * tall
    return along_side or along_top
