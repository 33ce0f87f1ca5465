"""What a PDF's text layer is made of: which font shows what, and what of it nobody sees."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from ctypes import byref, c_double, c_float, c_void_p, cast, create_string_buffer
from typing import TYPE_CHECKING, Any

from ..document import Box
from ..ocr import FontUse
from .pdf_chars import Char

if TYPE_CHECKING:
    from pypdfium2 import PdfPage, PdfTextPage

SHADES = 25
"""Outlines that differ by less than a 25th of the size of their type may be one, rounded in two ways."""
LOOKED_AT = 200
"""A font's first characters tell whether its map is right."""


def font_uses(text: PdfTextPage, chars: Iterable[Char]) -> tuple[FontUse, ...]:
    """How each font is used among ``chars``, in the order in which they are first met."""
    uses: dict[int, list[Char]] = defaultdict(list)
    for char in chars:
        if char.font and char.text != " ":
            uses[char.font].append(char)
    return tuple(
        FontUse(
            font=font,
            name=_name(text, shown[0]),
            text="".join(char.text for char in shown),
            widths=tuple(map(_width, shown)),
            shapes=len(_outlines(text, shown[:LOOKED_AT])),
        )
        for font, shown in uses.items()
    )


def unseen(page: PdfPage, text: PdfTextPage, chars: Iterable[Char]) -> frozenset[int]:
    """Which of ``chars``, by their number, are drawn invisibly, or before an opaque picture that lies over them."""
    import pypdfium2.raw as pdfium

    under = _under_pictures(page)
    hidden: dict[int, bool] = {}
    found: set[int] = set()
    for char in chars:
        if char.text == " ":
            continue
        thing = pdfium.FPDFText_GetTextObject(text.raw, char.at)
        run = _address(thing)
        if run not in hidden:
            mode = pdfium.FPDFTextObj_GetTextRenderMode(thing)
            hidden[run] = mode in (pdfium.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium.FPDF_TEXTRENDERMODE_CLIP)
        if hidden[run] or run in under:
            found.add(char.at)
    return frozenset(found)


def _under_pictures(page: PdfPage) -> set[int]:
    """The texts over which an opaque picture is drawn later. Inside forms, nobody looks."""
    import pypdfium2.raw as pdfium

    things = [pdfium.FPDFPage_GetObject(page.raw, index) for index in range(pdfium.FPDFPage_CountObjects(page.raw))]
    kinds = [pdfium.FPDFPageObj_GetType(thing) for thing in things]
    drawn: list[tuple[int, float, float]] = []
    under: set[int] = set()
    if pdfium.FPDF_PAGEOBJ_IMAGE not in kinds:
        return under
    for thing, kind in zip(things, kinds, strict=True):
        if kind == pdfium.FPDF_PAGEOBJ_TEXT:
            left, bottom, right, top = _bounds(thing)
            drawn.append((_address(thing), (left + right) / 2, (bottom + top) / 2))
        elif kind == pdfium.FPDF_PAGEOBJ_IMAGE and not pdfium.FPDFPageObj_HasTransparency(thing):
            left, bottom, right, top = _bounds(thing)
            under.update(text for text, x, y in drawn if left <= x <= right and bottom <= y <= top)
    return under


def _bounds(thing: Any) -> Box:
    """``(left, bottom, right, top)`` of an object in the file's own coordinates."""
    import pypdfium2.raw as pdfium

    edges = c_float(), c_float(), c_float(), c_float()
    pdfium.FPDFPageObj_GetBounds(thing, *map(byref, edges))
    left, bottom, right, top = (edge.value for edge in edges)
    return left, bottom, right, top


def _address(handle: Any) -> int:
    return cast(handle, c_void_p).value or 0


def _name(text: PdfTextPage, char: Char) -> str:
    """The name of the character's font, without the six letters that say it is a part of one."""
    import pypdfium2.raw as pdfium

    font = pdfium.FPDFTextObj_GetFont(pdfium.FPDFText_GetTextObject(text.raw, char.at))
    length = pdfium.FPDFFont_GetBaseFontName(font, None, 0)
    buffer = create_string_buffer(max(length, 1))
    pdfium.FPDFFont_GetBaseFontName(font, buffer, length)
    name = buffer.value.decode("utf-8", "replace")
    return name[7:] if name[6:7] == "+" else name


def _width(char: Char) -> float:
    """How far the character reaches along its line, as a share of its size."""
    along = char.right - char.left if char.turn % 2 == 0 else char.bottom - char.top
    return along / char.size if char.size else 0.0


def _outlines(text: PdfTextPage, chars: Iterable[Char]) -> set[tuple[int, ...]]:
    """Where the ink of each character lies about its origin, in shares of the size, coarse enough to be the same again.

    A turned character counts apart: its ink lies elsewhere about its origin.
    """
    import pypdfium2.raw as pdfium

    ink = left, right, bottom, top = c_double(), c_double(), c_double(), c_double()
    x, y = c_double(), c_double()
    ink_refs, origin_refs = tuple(map(byref, ink)), (byref(x), byref(y))
    found: set[tuple[int, ...]] = set()
    for char in chars:
        pdfium.FPDFText_GetCharBox(text.raw, char.at, *ink_refs)
        pdfium.FPDFText_GetCharOrigin(text.raw, char.at, *origin_refs)
        step = SHADES / char.size if char.size else 0.0
        edges = (left.value - x.value, right.value - x.value, bottom.value - y.value, top.value - y.value)
        found.add((*(round(edge * step) for edge in edges), char.turn))
    return found
