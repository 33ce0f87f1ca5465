"""The glyphs of a page's text layer, each with a picture of its ink cut from the page."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Sequence
from contextlib import closing
from ctypes import byref, c_double, c_size_t, c_ubyte, create_string_buffer
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from ..document import Box
from ..ocr.drawn import EM, LIKE, Drawn, Glyph, likeness
from ..ocr.glyphs import Read
from .pdf_chars import RIGHT, Char
from .pdf_page import PageLayer
from .pdf_view import View, placed
from .pdf_words import follows

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from pypdfium2 import PdfPage, PdfTextPage

MAX_PIXELS = 40_000_000
SHADES = 200
"""Where ink lies about its origin is told in 200ths of the size of the type."""
NEIGHBOUR = 0.6
"""Characters of a run stand at most this share of their size apart: further than letters of a spaced-out heading."""
SAME_LINE = 0.5
"""Characters of a line stand no further above one another than this share of their size."""
KERNED = 0.1
"""The ink of neighbours overlaps by less than this share of their size."""
MOST_SHAPES = 8
"""More shapes that one code stands for, in one place about its origin, are none, but chance."""
THIN = 0.15
"""Of dots and bars, thinner than this share of the type, the ink's place says all, and pictures differ by chance."""


@dataclass(slots=True)
class Shapes:
    """The shapes met in a document, and what they were read as.

    A wrong map gives many shapes one code. ``models`` has a picture of each, in the order of their numbers, by what
    else tells glyphs apart.
    """

    models: dict[Glyph, list[Drawn]] = field(default_factory=lambda: defaultdict(list))
    read: dict[Glyph, Read] = field(default_factory=dict)

    def numbered(self, drawn: Drawn) -> Drawn | None:
        """The same with the number of its shape, or ``None`` if its code stands for too many."""
        models = self.models[drawn.glyph]
        is_thin = min(drawn.picture.shape) < THIN * drawn.size
        at = next((at for at, model in enumerate(models) if is_thin or likeness(model, drawn) >= LIKE), len(models))
        if at == len(models):
            if at == MOST_SHAPES:
                return None
            models.append(drawn)
        return replace(drawn, glyph=drawn.glyph._replace(shape=at))


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A character of the layer, the glyph it shows, and where that one's ink is on the page as seen, if it has any."""

    char: Char
    glyph: Glyph
    ink: Box | None


def spots_of(text: PdfTextPage, layer: PageLayer, view: View) -> list[Spot]:
    """A spot for each character of the layer that a font shows, in the same order."""
    import pypdfium2.raw as pdfium

    fonts: dict[int, str] = {}
    found = []
    for char in layer.chars:
        if not char.font:
            continue
        if char.font not in fonts:
            fonts[char.font] = _digest(text, char, layer.marks.page)
        inked, about = _ink(text, char)
        glyph = Glyph(fonts[char.font], pdfium.FPDFText_GetUnicode(text.raw, char.at), ink=about)
        ink = placed(view.matrix, inked) if inked[0] < inked[2] and inked[1] < inked[3] else None
        found.append(Spot(char=char, glyph=glyph, ink=ink))
    return [*map(_ending, found, found[1:]), *found[-1:]]


def _ending(spot: Spot, after: Spot) -> Spot:
    """The spot, no wider than to where the next one starts, if their ink hardly overlaps.

    Type set for print moves marks over their neighbours: a full stop takes a whole square, and the digit after it is
    drawn inside that.
    """
    before, char = spot.char, after.char
    is_line = before.turn == char.turn == RIGHT and abs(before.top - char.top) < SAME_LINE * before.size
    if spot.ink is None or after.ink is None or not is_line or not before.left <= char.left < before.right:
        return spot
    if spot.ink[2] > after.ink[0] + KERNED * before.size:
        return spot
    return replace(spot, char=before._replace(right=max(char.left, spot.ink[2])))


def _digest(text: PdfTextPage, char: Char, page: int) -> str:
    """A name for the character's font: the same on every page for a font that is in the file, else good for one."""
    import pypdfium2.raw as pdfium

    font = pdfium.FPDFTextObj_GetFont(pdfium.FPDFText_GetTextObject(text.raw, char.at))
    length = c_size_t()
    pdfium.FPDFFont_GetFontData(font, None, 0, byref(length))
    if not length.value:
        return f"font {char.font} of page {page}"
    data = (c_ubyte * length.value)()
    pdfium.FPDFFont_GetFontData(font, data, length.value, byref(length))
    name = create_string_buffer(max(pdfium.FPDFFont_GetBaseFontName(font, None, 0), 1))
    pdfium.FPDFFont_GetBaseFontName(font, name, len(name))
    return hashlib.sha256(name.value + b"\0" + bytes(data)).hexdigest()


def _ink(text: PdfTextPage, char: Char) -> tuple[Box, tuple[int, int, int, int]]:
    """Where the ink of a character lies, in the file's coordinates and about its origin."""
    import pypdfium2.raw as pdfium

    left, right, bottom, top, x, y = (c_double() for _ in range(6))
    pdfium.FPDFText_GetCharBox(text.raw, char.at, byref(left), byref(right), byref(bottom), byref(top))
    pdfium.FPDFText_GetCharOrigin(text.raw, char.at, byref(x), byref(y))
    step = SHADES / char.size if char.size else 0.0
    about = (
        round((left.value - x.value) * step),
        round((bottom.value - y.value) * step),
        round((right.value - x.value) * step),
        round((top.value - y.value) * step),
    )
    return (left.value, bottom.value, right.value, top.value), about


def drawn_runs(
    page: PdfPage, view: View, spots: Sequence[Spot], shapes: Shapes
) -> tuple[list[Spot], list[list[Drawn]]]:
    """The spots, now with the number of the shape of each, and the upright ones of them in runs as they are drawn."""
    upright = Counter(round(spot.char.size, 1) for spot in spots if spot.char.turn == RIGHT)
    if not upright:
        return list(spots), []
    size = upright.most_common(1)[0][0]
    scale = min(EM / max(size, 1.0), (MAX_PIXELS / max(view.width * view.height, 1.0)) ** 0.5)
    picture = _drawn_page(page, view, scale)
    found: list[Spot] = []
    runs: list[list[Drawn]] = []
    last: Char | None = None
    for spot in spots:
        cut = _drawn(picture, scale, spot)
        drawn = cut and shapes.numbered(cut)
        found.append(replace(spot, glyph=drawn.glyph) if drawn else spot)
        if drawn is None:
            last = None
            continue
        if last is None or last.flow != RIGHT or not follows(last, spot.char, NEIGHBOUR):
            runs.append([])
        runs[-1].append(drawn)
        last = spot.char
    return found, runs


def _drawn_page(page: PdfPage, view: View, scale: float) -> NDArray[np.uint8]:
    """The page in grey, turned as it is read."""
    import numpy as np

    turn = (view.rotation - page.get_rotation()) % 360
    with closing(page.render(scale=scale, rotation=turn, grayscale=True)) as bitmap:
        return np.array(bitmap.to_numpy()).reshape(bitmap.height, bitmap.width)


def _drawn(picture: NDArray[np.uint8], scale: float, spot: Spot) -> Drawn | None:
    """The glyph's ink, dark on light, or ``None`` where it can't be read: it lies on its side, or there is none."""
    import numpy as np

    if spot.ink is None or spot.char.turn != RIGHT:
        return None
    char = spot.char
    left, top, right, bottom = (edge * scale for edge in spot.ink)
    x, y = max(int(left) - 1, 0), max(int(top) - 1, 0)
    cut = picture[y : int(bottom) + 2, x : int(right) + 2].copy()
    if min(cut.shape) < 2:
        return None
    if np.median(np.concatenate([cut[0], cut[-1], cut[:, 0], cut[:, -1]])) < 128:
        cut = 255 - cut
    return Drawn(
        glyph=spot.glyph._replace(size=round(char.size * scale)),
        picture=cut,
        left=float(x),
        top=y - char.top * scale,
        size=char.size * scale,
        width=(char.right - char.left) / char.size if char.size else 0.0,
    )
