"""Round red seals lifted off the print they were stamped over.

Red print stays: a letterhead, a red figure, a red rule are text and table like any other. A seal is told by its shape:
a ring of red ink, round or oval, of the size seals have.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from .engine import Picture

SIZES = (50.0, 180.0)
"""The diameters of seals in points: 18 to 63 mm."""
NARROWEST = 0.6
"""Oval seals are at least so high for their width."""
REDNESS = 35
"""Levels by which red exceeds green and blue in stamping ink, on paper."""
ROUND = (0.92, 1.06)
"""The area within a seal's outline, as a share of the ellipse in its box."""
RING_SHARE = 0.6
"""Of the ring so much is seen at least; stamping ink covers unevenly, and print lies over it."""
PALE = 0.75
"""What is left of the ink's edges is brighter than this share of the paper, and print is darker."""
COARSE = 1.0
"""Pixels a point of the picture that seals are looked for in."""


def without_seals(picture: Picture, scale: float) -> tuple[Picture, int]:
    """The picture, and how many seals were lifted off it; ``scale`` is pixels a point."""
    import cv2
    import numpy as np

    step = max(1, int(scale / COARSE))
    small = picture[::step, ::step]
    red = (_redness(small) > REDNESS).astype(np.uint8)
    outlines = _seals(red, scale / step)
    if not outlines:
        return picture, 0
    lifted = picture.copy()
    for outline in outlines:
        left, top, width, height = (edge * step for edge in cv2.boundingRect(outline))
        margin = max(2, round(3 * scale))
        rows = slice(max(0, top - margin), top + height + margin)
        columns = slice(max(0, left - margin), left + width + margin)
        lifted[rows, columns] = _lifted(picture[rows, columns])
    return lifted, len(outlines)


def _redness(picture: Picture) -> NDArray[np.int16]:
    import numpy as np

    wide = picture.astype(np.int16)
    return np.asarray(wide[:, :, 0] - np.maximum(wide[:, :, 1], wide[:, :, 2]))


def _seals(red: NDArray[np.uint8], scale: float) -> list[Any]:
    """The outlines of the shapes in a mask of red ink that are seals."""
    import cv2
    import numpy as np

    if red.sum() < SIZES[0] * scale:
        return []
    reach = max(3, round(4 * scale) | 1)
    joined = cv2.morphologyEx(red, cv2.MORPH_CLOSE, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (reach, reach)))
    near = cv2.dilate(red, np.ones((3, 3), np.uint8))
    found = []
    for outline in cv2.findContours(joined, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)[0]:
        hull = cv2.convexHull(outline)
        left, top, width, height = cv2.boundingRect(hull)
        if not SIZES[0] * scale <= max(width, height) <= SIZES[1] * scale or min(width, height) < NARROWEST * max(
            width, height
        ):
            continue
        area = cv2.contourArea(hull) / (np.pi / 4 * (width - 1) * (height - 1))
        turn = np.linspace(0, 2 * np.pi, 180, endpoint=False)
        thick = 1.5 * scale
        xs = np.rint(left + width / 2 + (width / 2 - thick) * np.cos(turn)).astype(int)
        ys = np.rint(top + height / 2 + (height / 2 - thick) * np.sin(turn)).astype(int)
        if ROUND[0] <= area <= ROUND[1] and near[ys, xs].mean() >= RING_SHARE:
            found.append(hull)
    return found


def _lifted(sealed: Picture) -> Picture:
    """The red channel, in which stamping ink is nearly as bright as paper, brightened where the ink lies."""
    import cv2
    import numpy as np

    red, redness = sealed[:, :, 0].astype(np.float32), _redness(sealed).astype(np.float32)
    inked = redness > REDNESS
    paper = float(np.percentile(red[~inked], 75)) if not inked.all() else 255.0
    pure = inked & (redness >= np.percentile(redness[inked], 60))
    ink = float(np.median(red[pure]))
    depth = np.clip(redness / float(np.median(redness[pure])), 0, 1)
    grey = np.clip(red * (1 + depth * (max(paper / max(ink, 1.0), 1.0) - 1)), 0, 255).astype(np.uint8)
    near = cv2.dilate(inked.astype(np.uint8), np.ones((5, 5), np.uint8)) > 0
    grey[near & (grey > PALE * paper)] = round(paper)
    return np.repeat(grey[:, :, None], 3, axis=2)
