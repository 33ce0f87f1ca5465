"""A picture of a page made readable: the steps, in order, and when each engages.

1. **The sheet.** Where the picture shows a sheet before something dark (the black around a scan, a desk), what is
   around it is cut off and the sheet is made rectangular, as it is when seen from straight above.
2. **Level.** Where rules and lines of text lie askew by 0.12 to 11 degrees, the page is turned back. This and the first
   step are one resampling of the picture, not two.
3. **Upright.** Where the lines run up and down, or a few of them read better upside down, the page is turned by
   quarters.
4. **Seals.** Where a round red seal is found, its ink is lifted off the print; other red print stays.
5. **Specks.** Where the paper is sprinkled with specks from edge to edge, they are painted over.
6. **Two pages.** Where a fold runs down the middle of a wide picture, its place is told; what lies left of it is read
   before what lies right of it. The picture stays one.

A page with none of these troubles is returned as it is. Uneven light, coloured cells and coarse pictures have no step:
rules are found against their surroundings, and recognition read such pages no better with one.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from .engine import Engine
from .fold import fold
from .page import Scan
from .rules import ink
from .seal import without_seals
from .sheet import sheet
from .skew import skew
from .specks import without_specks
from .upright import quarters

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from .engine import Picture

SMALL = 1200
"""The longer side, in pixels, of the grey picture in which sheet, slant, lines and fold are looked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Readable:
    """A page's picture as it is recognised; ``rotation`` is the clockwise quarter turn in degrees that it took from the
    picture as it was. ``steps`` says in words what was done, for those who ask where words come from. ``fold`` is where
    the left one of two pages ends, in points.
    """

    scan: Scan
    rotation: int = 0
    steps: tuple[str, ...] = ()
    fold: float | None = None


def readable(scan: Scan, engine: Engine) -> Readable:
    """The scan, made readable. ``engine`` tells which way up it is."""
    import numpy as np

    small = _shrunk(scan.picture)
    scan, steps = _levelled(scan, small)
    if steps:
        small = _shrunk(scan.picture)
    turn = quarters(scan.picture, _ink(small), engine)
    if turn:
        scan = replace(scan, picture=np.ascontiguousarray(np.rot90(scan.picture, -turn)))
        small = np.ascontiguousarray(np.rot90(small, -turn))
        steps.append(f"turned by {90 * turn} degrees")
    picture, seals = without_seals(scan.picture, scale=scan.scale)
    if seals:
        steps.append("a red seal lifted off" if seals == 1 else f"{seals} red seals lifted off")
    picture, specks = without_specks(picture)
    if specks:
        steps.append(f"{specks} specks painted over")
    at = fold(small)
    if at is not None:
        steps.append("two pages side by side")
    return Readable(
        scan=replace(scan, picture=picture),
        rotation=90 * turn,
        steps=tuple(steps),
        fold=None if at is None else at * picture.shape[1] / scan.scale,
    )


def _levelled(scan: Scan, small: NDArray[np.uint8]) -> tuple[Scan, list[str]]:
    """The sheet alone, lying level, and what had to be done for that. ``small`` is the picture, grey and shrunk."""
    import cv2
    import numpy as np

    steps = []
    shrunk = small.shape[0] / scan.picture.shape[0]
    height, width = small.shape
    move: NDArray[Any] = np.eye(3)
    corners = sheet(small)
    if corners is not None:
        steps.append("the sheet cut out")
        width, height = _size(corners)
        whole = np.array([(0, 0), (width, 0), (width, height), (0, height)], dtype=np.float32)
        move = cv2.getPerspectiveTransform(corners, whole)
        small = np.asarray(cv2.warpPerspective(small, move, (width, height)), dtype=np.uint8)
    dark = _ink(small)
    angle = skew(dark)
    if angle:
        steps.append(f"levelled by {abs(angle):.1f} degrees")
        turn, (width, height) = _turn(angle, dark)
        move = turn @ move
    if not steps:
        return scan, steps
    grown, shrink = np.diag([1 / shrunk, 1 / shrunk, 1.0]), np.diag([shrunk, shrunk, 1.0])
    picture = cv2.warpPerspective(
        scan.picture,
        grown @ move @ shrink,
        (round(width / shrunk), round(height / shrunk)),
        flags=cv2.INTER_CUBIC,
        borderValue=_paper(scan.picture),
    )
    return replace(scan, picture=np.asarray(picture, dtype=np.uint8)), steps


def _paper(picture: Picture) -> tuple[float, float, float]:
    """The colour of the paper."""
    import numpy as np

    red, green, blue = (float(level) for level in np.percentile(picture[::8, ::8].reshape(-1, 3), 70, axis=0))
    return red, green, blue


def _size(corners: NDArray[np.float32]) -> tuple[int, int]:
    """Width and height of the rectangle that four corners were before they were seen aslant."""
    import numpy as np

    top, right, foot, left = (float(side) for side in np.linalg.norm(np.roll(corners, -1, axis=0) - corners, axis=1))
    return round((top + foot) / 2), round((left + right) / 2)


def _turn(degrees: float, dark: NDArray[np.uint8]) -> tuple[NDArray[Any], tuple[int, int]]:
    """The turn counterclockwise about the middle, and the width and height of what it gives: those of ``dark``, the ink
    of the page, unless some of that would be lost.
    """
    import cv2
    import numpy as np

    height, width = dark.shape
    turn = np.vstack([cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0), (0, 0, 1)])
    ys, xs = np.nonzero(dark)
    x, y, _ = turn @ np.stack([xs, ys, np.ones_like(xs)])
    if x.min() >= 0 and y.min() >= 0 and x.max() < width and y.max() < height:
        return turn, (width, height)
    cos, sin = np.cos(np.radians(degrees)), abs(np.sin(np.radians(degrees)))
    size = round(width * cos + height * sin), round(height * cos + width * sin)
    turn[:2, 2] += (size[0] - width) / 2, (size[1] - height) / 2
    return turn, size


def _shrunk(picture: Picture) -> NDArray[np.uint8]:
    """The picture in grey, its longer side SMALL at most."""
    import cv2
    import numpy as np

    grey = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)
    shrink = SMALL / max(grey.shape)
    if shrink < 1:
        grey = cv2.resize(grey, None, fx=shrink, fy=shrink, interpolation=cv2.INTER_AREA)
    return np.asarray(grey, dtype=np.uint8)


def _ink(grey: NDArray[np.uint8]) -> NDArray[np.uint8]:
    import numpy as np

    return ink(np.repeat(grey[:, :, None], 3, axis=2))
