"""PDF: pages whose words can be trusted are read from the text layer, the others from their picture."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING

from ..document import Page, Problem
from ..errors import DamagedFile, EmptyFile, EncryptedFile, InputError, TooLarge
from ..marks import Marks
from ..ocr import Scan, reason_to_recognise
from ..settings import Settings
from .camelot_reader import second_reader
from .pages import PageContent, items, page_content
from .pdf_page import opened_page, page_marks
from .pdf_view import view_of
from .reading import Reading
from .scan import recognised

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfPage

MAX_PIXELS = 40_000_000
MAX_SIDE = 16_000
"""A page that would be larger at the wanted resolution (a map, a poster), in pixels, is drawn coarser."""

LOST = "the file has lost the page"

PageReading = tuple[Page, PageContent, list[Problem]]


def read_pdf(data: bytes, settings: Settings) -> Reading:
    """Reads a PDF. Raises EncryptedFile, DamagedFile, EmptyFile or TooLarge; a single bad page is a problem instead."""
    with closing(_opened(data)) as document:
        count = len(document)
        first, last = settings.pages or (1, count)
        numbers = range(max(first, 1), min(last, count) + 1)
        if len(numbers) > settings.max_pages:
            raise TooLarge(f"{len(numbers)} pages, the limit is {settings.max_pages}; read a part with --pages")
        read = [_page(document, number, data, settings) for number in numbers]
    if read and all(page.why == LOST for page, _, _ in read):
        raise DamagedFile("none of its pages can be found; fetch the file again from its source")
    return Reading(
        items=items(content for _, content, _ in read),
        pages=tuple(page for page, _, _ in read),
        problems=tuple(problem for _, _, problems in read for problem in problems),
    )


def _opened(data: bytes) -> PdfDocument:
    """The document; one that only keeps others from changing it opens without a password."""
    import pypdfium2 as pdfium

    try:
        return pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        raise _refusal(data) from error


def _refusal(data: bytes) -> InputError:
    """Why a file can't be opened. pdfium keeps the reason of the last refusal, be it of another file, so it is asked
    again: a file without pages opens, and only then is refused.
    """
    import pypdfium2.raw as pdfium

    document = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
    if document:
        pdfium.FPDF_CloseDocument(document)
        return EmptyFile("the PDF has no pages; fetch the file again from its source")
    if pdfium.FPDF_GetLastError() in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY):
        return EncryptedFile("the PDF is locked with a password; save an unlocked copy and read that")
    return DamagedFile("no page of the PDF can be reached; fetch the file again from its source")


def _page(document: PdfDocument, number: int, data: bytes, settings: Settings) -> PageReading:
    from pypdfium2 import PdfiumError

    try:
        page = opened_page(document, number)
    except PdfiumError:
        return _unreadable(Marks(page=number, width=0.0, height=0.0, words=(), rules=()), LOST, "fetch the file again")
    with closing(page):
        try:
            marks, outlines = page_marks(page, number)
            reason = reason_to_recognise(marks, outlines)
        except PdfiumError:
            view = view_of(page)
            marks = Marks(page=number, width=view.width, height=view.height, words=(), rules=(), rotation=view.rotation)
            reason = "the text layer can't be parsed"
        if settings.ocr == "always" or (reason is not None and settings.ocr == "auto"):
            return _from_picture(page, marks, settings, reason)
        return _from_text(marks, data, reason)


def _from_text(marks: Marks, data: bytes, doubt: str | None) -> PageReading:
    """The page of the file ``data`` as its own words and rules tell it; ``doubt`` is why these can't be trusted."""
    number = marks.page
    sound = "the text layer is sound" if marks.words else "the page is blank"
    marks = replace(marks, words_from="text-layer" if marks.words else "none", why=doubt or sound)
    problems = []
    if doubt is not None:
        message = f"page {number}: {doubt}; recognition is switched off, use --ocr auto to read it"
        problems.append(Problem(code="words-not-trusted", severity="warning", message=message, page=number))
    return _described(marks), page_content(marks, second=second_reader(data, marks)), problems


def _from_picture(page: PdfPage, layer: Marks, settings: Settings, doubt: str | None) -> PageReading:
    """The page as recognition reads it, turned the way its text layer runs."""
    from pypdfium2 import PdfiumError

    why = doubt or "asked for"
    try:
        scan = _scan(page, layer, settings)
    except (PdfiumError, MemoryError, ValueError):
        return _unreadable(layer, f"{why}, and the page can't be drawn")
    marks, content = recognised(scan, layer.page, settings, why)
    marks = replace(marks, rotation=layer.rotation)
    if marks.words_from == "none" and doubt is not None:
        _, _, problems = _unreadable(layer, f"{doubt}, and recognition found no text")
        return _described(marks), content, problems
    return _described(marks), content, []


def _scan(page: PdfPage, layer: Marks, settings: Settings) -> Scan:
    """The page drawn upright at the wanted resolution."""
    import numpy as np

    area, side = max(layer.width * layer.height, 1.0), max(layer.width, layer.height, 1.0)
    scale = min(settings.ocr_dpi / 72, (MAX_PIXELS / area) ** 0.5, MAX_SIDE / side)
    turn = (layer.rotation - page.get_rotation()) % 360
    with closing(page.render(scale=scale, rotation=turn, rev_byteorder=True, no_smoothtext=False)) as bitmap:
        picture = np.array(bitmap.to_numpy()[:, :, :3])
    return Scan(picture=picture, scale=scale)


def _unreadable(marks: Marks, what: str, advice: str = "look at the page") -> PageReading:
    message = f"page {marks.page}: {what}; {advice}"
    problem = Problem(code="page-unreadable", severity="warning", message=message, page=marks.page)
    marks = replace(marks, words=(), rules=(), words_from="none", why=what)
    return _described(marks), PageContent(page=marks.page, things=()), [problem]


def _described(marks: Marks) -> Page:
    return Page(
        number=marks.page,
        width=round(marks.width, 2),
        height=round(marks.height, 2),
        words_from=marks.words_from,
        why=marks.why,
        rotation=marks.rotation,
    )
