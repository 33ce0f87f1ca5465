"""Where the sheet lies in a picture that shows more than the sheet: black around a scan, a desk around a photograph.

Only a bright sheet with four straight, sharp sides before something dark and plain counts. A shadow on the page has no
sharp side, a dark banner of the page itself has bright writing on it: both stay.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Corners = NDArray[np.float32]

LEAST_SHARE = 0.4
"""The share of the picture that a sheet fills at least."""
CONTRAST = 40
"""Levels of grey by which a sheet is brighter than what is around it, close to its sides."""
CLOSE = 0.006
"""How close that is, as a share of the picture's longer side: a shadow fades more slowly."""
SHARP_SHARE = 0.9
"""The share of all points along a side at which it must be sharp."""
STRAIGHT = 0.004
"""How far a sheet's side may stray from a straight line, as a share of the picture's longer side."""
WRITING_SHARE = 0.01
"""Bright specks on more of the dark than this are writing."""


def sheet(grey: NDArray[np.uint8]) -> Corners | None:
    """The corners of the sheet, clockwise from the top left, shape (4, 2), x before y; ``None`` where the page fills
    the picture or no sheet is sure.

    ``grey`` is the picture, about 1200 pixels high.
    """
    import cv2
    import numpy as np

    side = max(grey.shape)
    level, bright = cv2.threshold(cv2.GaussianBlur(grey, (0, 0), 2), 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    edge = np.concatenate([bright[0], bright[-1], bright[:, 0], bright[:, -1]])
    if edge.all() or bright.mean() < 255 * LEAST_SHARE:
        return None
    bright = cv2.morphologyEx(bright, cv2.MORPH_OPEN, np.ones((side // 100, side // 100), np.uint8))
    outlines, _ = cv2.findContours(bright, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    outline: Any = max(outlines, key=cv2.contourArea, default=None)
    if outline is None or cv2.contourArea(outline) < LEAST_SHARE * grey.size:
        return None
    corners = _corners(outline[:, 0].astype(np.float32), side)
    if corners is None or not _is_sheet(grey, corners, float(level)):
        return None
    return corners


def _corners(outline: NDArray[np.float32], side: int) -> Corners | None:
    """Where the straight lines along the four sides of an outline cross, or ``None`` if they aren't straight."""
    import cv2
    import numpy as np

    hull = cv2.convexHull(outline)
    rough: Any = None
    for share in (0.01, 0.02, 0.03, 0.05):
        rough = cv2.approxPolyDP(hull, share * cv2.arcLength(hull, True), True)[:, 0]
        if len(rough) <= 4:
            break
    if len(rough) != 4:
        return None
    rough = _clockwise(rough.astype(np.float32))
    lines = []
    for start, end in zip(rough, np.roll(rough, -1, axis=0), strict=True):
        along = (end - start) / np.linalg.norm(end - start)
        reach = (outline - start) @ along / np.linalg.norm(end - start)
        away = np.abs((outline - start) @ np.array([-along[1], along[0]]))
        points = outline[(reach > 0.05) & (reach < 0.95) & (away < 0.02 * side)]
        if len(points) < 20:
            return None
        dx, dy, x, y = cv2.fitLine(points, cv2.DIST_HUBER, 0, 0.01, 0.01)[:, 0]
        strays = np.abs((points[:, 0] - x) * dy - (points[:, 1] - y) * dx)
        if np.percentile(strays, 90) > STRAIGHT * side:
            return None
        lines.append(np.cross((x, y, 1.0), (x + dx, y + dy, 1.0)))
    crossings = [np.cross(lines[index - 1], lines[index]) for index in range(4)]
    return np.array([point[:2] / point[2] for point in crossings], dtype=np.float32)


def _clockwise(corners: NDArray[np.float32]) -> NDArray[np.float32]:
    """The corners, clockwise as seen, from the one nearest to the top left."""
    import numpy as np

    middle = corners.mean(axis=0)
    turned = corners[np.argsort(np.arctan2(corners[:, 1] - middle[1], corners[:, 0] - middle[0]))]
    return np.roll(turned, -int(turned.sum(axis=1).argmin()), axis=0)


def _is_sheet(grey: NDArray[np.uint8], corners: Corners, level: float) -> bool:
    """Whether the sides are sharp where they lie inside the picture, and nothing is written around the sheet."""
    import cv2
    import numpy as np

    height, width = grey.shape
    close = max(3.0, CLOSE * max(grey.shape))
    sharp: list[bool] = []
    for start, end in zip(corners, np.roll(corners, -1, axis=0), strict=True):
        along = (end - start) / np.linalg.norm(end - start)
        outwards = np.array([along[1], -along[0]])
        for point in start + np.linspace(0.03, 0.97, 60)[:, None] * (end - start):
            outside, inside = point + close * outwards, point - close * outwards
            if 0 <= outside[0] < width and 0 <= outside[1] < height:
                over = int(grey[int(inside[1]), int(inside[0])]) - int(grey[int(outside[1]), int(outside[0])])
                sharp.append(over >= CONTRAST)
    if len(sharp) < 20 or sum(sharp) < SHARP_SHARE * len(sharp):
        return False
    around = np.ones(grey.shape, np.uint8)
    cv2.fillConvexPoly(around, np.rint(corners).astype(np.int32), 0)
    dark = grey[cv2.erode(around, np.ones((9, 9), np.uint8), borderValue=1) > 0]
    return bool(dark.size == 0 or np.mean(dark > level) < WRITING_SHARE)
