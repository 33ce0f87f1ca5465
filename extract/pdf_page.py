"""The words, rules and pictures of one PDF page."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..marks import Marks
from ..ocr import Layer
from .pdf_chars import Char, page_chars, prevailing_turn
from .pdf_fonts import font_uses, unseen
from .pdf_paths import page_drawing
from .pdf_view import view_of
from .pdf_words import words_of

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfPage


def opened_page(document: PdfDocument, number: int) -> PdfPage:
    """Page ``number``, counted from 1, with what was filled in or stamped on it made part of it.

    Raises PdfiumError where there is no such page.
    """
    import pypdfium2.raw as pdfium

    page = document[number - 1]
    if not _has_entries(page):
        return page
    with closing(page):
        pdfium.FPDFPage_Flatten(page.raw, pdfium.FLAT_NORMALDISPLAY)
    return document[number - 1]


def _has_entries(page: PdfPage) -> bool:
    """Whether form fields or notes of text lie over the page; links and bookmarks show nothing."""
    import pypdfium2.raw as pdfium

    kinds = (pdfium.FPDF_ANNOT_WIDGET, pdfium.FPDF_ANNOT_FREETEXT, pdfium.FPDF_ANNOT_STAMP)
    for index in range(pdfium.FPDFPage_GetAnnotCount(page.raw)):
        entry = pdfium.FPDFPage_GetAnnot(page.raw, index)
        kind = pdfium.FPDFAnnot_GetSubtype(entry)
        pdfium.FPDFPage_CloseAnnot(entry)
        if kind in kinds:
            return True
    return False


@dataclass(frozen=True, slots=True, kw_only=True)
class PageLayer:
    """What a page shows, the characters that its words are made of, and what is known of these.

    ``chars`` are in the order of the file and lie where the marks do; ``unseen`` are those of them, by their number,
    that nobody sees.
    """

    marks: Marks
    chars: tuple[Char, ...]
    unseen: frozenset[int]
    layer: Layer


def page_layer(page: PdfPage, number: int) -> PageLayer:
    """What page ``number`` shows.

    A page whose text mostly runs sideways, as wide tables do on upright paper, is turned until that text is upright.
    ``rotation`` of the marks is the whole turn, the file's own included.
    """
    view = view_of(page)
    with closing(page.get_textpage()) as text:
        chars = page_chars(text, view)
        turn = prevailing_turn(chars)
        if turn:
            view = view.turned(-turn)
            chars = page_chars(text, view)
        drawing = page_drawing(page, view)
        fonts = font_uses(text, chars)
        hidden = unseen(page, text, chars)
    marks = Marks(
        page=number,
        width=view.width,
        height=view.height,
        words=tuple(words_of(chars)),
        rules=drawing.rules,
        pictures=drawing.pictures,
        fills=drawing.fills,
        rotation=view.rotation,
    )
    layer = Layer(fonts=fonts, unseen=len(hidden), drawn=drawing.outlines)
    return PageLayer(marks=marks, chars=tuple(chars), unseen=hidden, layer=layer)


def without_layer(page: PdfPage, number: int) -> PageLayer:
    """Page ``number`` as far as it can be told without parsing what it shows."""
    view = view_of(page)
    marks = Marks(page=number, width=view.width, height=view.height, words=(), rules=(), rotation=view.rotation)
    return PageLayer(marks=marks, chars=(), unseen=frozenset(), layer=Layer())
