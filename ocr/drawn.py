"""Glyphs as a page draws them, laid out in lines for recognition, and compared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from .engine import Picture

EM = 40
"""The height of type in a row, in pixels: recognisers shrink or stretch a line to about that."""
GAP = 0.3
"""Between the shapes of a row, as a share of the height of type."""
MARGIN = 0.25
LIKE = 0.95
"""How well two pictures of one glyph correlate at least; most do to .98, those of two glyphs seldom to .8."""


class Glyph(NamedTuple):
    """A shape of a font: what stands behind one code, told apart from others by where its ink lies and how it looks.

    ``font`` names the font for the whole document. ``ink`` is ``(left, bottom, right, top)`` about the origin, in
    200ths of the size of the type. ``size`` is that in pixels, ``shape`` counts the shapes that agree in all the rest.
    """

    font: str
    code: int
    ink: tuple[int, int, int, int]
    size: int = 0
    shape: int = 0


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Drawn:
    """A glyph as it is drawn in one place.

    ``picture`` is its ink in grey, of shape (height, width); ``left`` and ``top`` say where that starts, in pixels from
    the left of the page and from the top of the type, which is ``size`` pixels high. ``width`` is how far the glyph
    moves on, as a share of its size.
    """

    glyph: Glyph
    picture: NDArray[np.uint8]
    left: float
    top: float
    size: float
    width: float


Run = Sequence[Drawn]


def likeness(one: Drawn, other: Drawn) -> float:
    """How well two pictures of one size correlate where they fit each other best, from -1 to 1."""
    import cv2

    height, width = one.picture.shape
    paper = cv2.copyMakeBorder(one.picture, 3, 3, 3, 3, cv2.BORDER_CONSTANT, value=255)
    inner = other.picture[1:-1, 1:-1][: height + 6, : width + 6]
    return float(cv2.matchTemplate(paper, inner, cv2.TM_CCOEFF_NORMED).max())


def as_set(run: Run) -> Picture:
    """A run as the page sets it."""
    size = max(drawn.size for drawn in run)
    left = min(drawn.left for drawn in run)
    return _line([(drawn.picture, drawn.left - left, drawn.top) for drawn in run], size)


def in_row(row: Run) -> Picture:
    """Glyphs side by side on one line, at one size of type."""
    import cv2
    import numpy as np

    tiles = []
    at = 0.0
    for drawn in row:
        scale = EM / drawn.size
        height, width = drawn.picture.shape
        shape = max(1, round(width * scale)), max(1, round(height * scale))
        tile = cv2.resize(drawn.picture, shape, interpolation=cv2.INTER_AREA).astype(np.uint8, copy=False)
        tiles.append((tile, at, drawn.top * scale))
        at += shape[0] + GAP * EM
    return _line(tiles, EM)


def _line(tiles: Sequence[tuple[NDArray[np.uint8], float, float]], size: float) -> Picture:
    """White paper with pictures laid on it, each ``(picture, left, top)`` in pixels, the darker on top."""
    import numpy as np

    margin = round(MARGIN * size)
    width = round(max(left + tile.shape[1] for tile, left, _ in tiles)) + 2 * margin
    paper = np.full((round(size) + 2 * margin, width), 255, dtype=np.uint8)
    for tile, left, top in tiles:
        x, y = margin + round(left), max(0, margin + round(top))
        place = paper[y : y + tile.shape[0], x : x + tile.shape[1]]
        np.minimum(place, tile[: place.shape[0], : place.shape[1]], out=place)
    return np.repeat(paper[:, :, None], 3, axis=2)
