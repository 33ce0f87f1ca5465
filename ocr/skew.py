"""How far a page lies askew: the angle at which its ink falls into the sharpest lines, level and upright ones together.

Rules and lines of text both speak, rules louder. Since both directions count alike, a page that lies on its side is
levelled too; which way up it is, :mod:`~gxextract.ocr.upright` tells.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MOST = 11.0
"""Degrees. A sheet that lies further askew was put there on purpose."""
LEAST = 0.12
"""Degrees: over the width of a page, less than half the height of its type."""
POINTS = 20_000
"""Pixels of ink that are asked; more of them only cost time."""
FEWEST_POINTS = 400
COARSE, FINE = (0.25, 4), (0.04, 1)
"""The steps in degrees of the two searches, and the width in pixels of the lines that the ink is gathered in."""
PROMINENCE = 1.15
"""How much sharper the lines must be at the angle found than they are at most angles. Drawings and handwriting, which
have no lines, have no such angle."""

BETTER = 1.03
"""How much sharper they must be than on the page as it lies, for a turn to be worth the blur that it brings."""


def skew(dark: NDArray[np.uint8]) -> float:
    """The angle in degrees by which a page must be turned counterclockwise to lie level; 0.0 where none is sure.

    ``dark`` is the ink of the page, about 1200 pixels high.
    """
    import numpy as np

    ys, xs = np.nonzero(dark)
    if len(ys) < FEWEST_POINTS:
        return 0.0
    some = np.random.default_rng(0).permutation(len(ys))[:POINTS]
    x, y = xs[some].astype(np.float32), ys[some].astype(np.float32)
    x -= dark.shape[1] / 2
    y -= dark.shape[0] / 2
    angles = np.arange(-MOST, MOST + 0.01, COARSE[0])
    found = np.array([_sharpness(x, y, float(angle), COARSE[1]) for angle in angles])
    if found.max() < PROMINENCE * np.median(found):
        return 0.0
    about = float(angles[found.argmax()])
    angles = np.arange(about - 2 * COARSE[0], about + 2 * COARSE[0], FINE[0])
    found = np.array([_sharpness(x, y, float(angle), FINE[1]) for angle in angles])
    best = float(angles[found.argmax()])
    if not LEAST <= abs(best) < MOST or found.max() < BETTER * _sharpness(x, y, 0.0, FINE[1]):
        return 0.0
    return best


def _sharpness(x: NDArray[np.float32], y: NDArray[np.float32], degrees: float, width: int) -> float:
    """The sum of squares of how much ink lies in each line, for lines ``width`` pixels wide in both directions."""
    import numpy as np

    cos, sin = np.cos(np.radians(degrees)) / width, np.sin(np.radians(degrees)) / width
    total = 0.0
    for across in (y * cos - x * sin, x * cos + y * sin):
        bins = across.astype(
            np.int32
        )  # rounds towards the middle, where a line twice as wide is the same at all angles
        ink = np.bincount(bins - bins.min())
        total += float(np.dot(ink, ink))
    return total
