"""PDF: pages whose words can be trusted are read from the text layer, the others from their picture."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ..document import Page, Problem
from ..errors import DamagedFile, EmptyFile, EncryptedFile, InputError, TooLarge
from ..marks import Marks
from ..ocr import Comparison, Need, Scan, compared, engines, need
from ..repair.judge import together
from ..settings import Settings
from .camelot_reader import second_reader
from .glyph_pictures import Shapes
from .pages import PageContent, items, page_content
from .pdf_page import PageLayer, opened_page, page_layer, without_layer
from .pdf_words import words_of
from .reading import Reading
from .scan import as_recognised, recognised

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfPage

    from .pdf_glyphs import ByShapes

MAX_PIXELS = 40_000_000
MAX_SIDE = 16_000
"""A page that would be larger at the wanted resolution (a map, a poster), in pixels, is drawn coarser."""

LOST = "the file has lost the page"


@dataclass(frozen=True, slots=True, kw_only=True)
class PageReading:
    """One page. ``picture`` draws it again as it was read, where its pixels were needed to read it."""

    page: Page
    content: PageContent
    problems: tuple[Problem, ...] = ()
    picture: Callable[[], Scan] | None = None


def read_pdf(data: bytes, settings: Settings) -> Reading:
    """Reads a PDF. Raises EncryptedFile, DamagedFile, EmptyFile or TooLarge; a single bad page is a problem instead."""
    with closing(_opened(data)) as document:
        count = len(document)
        first, last = settings.pages or (1, count)
        numbers = range(max(first, 1), min(last, count) + 1)
        if len(numbers) > settings.max_pages:
            raise TooLarge(f"{len(numbers)} pages, the limit is {settings.max_pages}; read a part with --pages")
        shapes = Shapes()
        read = [_page(document, number, data, settings, shapes) for number in numbers]
    if read and all(each.page.why == LOST for each in read):
        raise DamagedFile("none of its pages can be found; fetch the file again from its source")
    return Reading(
        items=items(each.content for each in read),
        pages=tuple(each.page for each in read),
        problems=tuple(problem for each in read for problem in each.problems),
        pictures={each.page.number: each.picture for each in read if each.picture is not None},
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


def _page(document: PdfDocument, number: int, data: bytes, settings: Settings, shapes: Shapes) -> PageReading:
    from pypdfium2 import PdfiumError

    try:
        page = opened_page(document, number)
    except PdfiumError:
        return _unreadable(Marks(page=number, width=0.0, height=0.0, words=(), rules=()), LOST, "fetch the file again")
    with closing(page):
        try:
            found = page_layer(page, number)
            wanted = need(found.marks, found.layer, together)
        except PdfiumError:
            found = without_layer(page, number)
            wanted = Need(why="the text layer can't be parsed", remedy="picture")
        if settings.ocr == "always":
            return _from_picture(page, found.marks, data, settings, wanted.why if wanted else None)
        if wanted is None:
            return _from_text(
                found.marks, data, "the text layer is sound" if found.marks.words else "the page is blank"
            )
        if settings.ocr == "never":
            return _untrusted(found.marks, data, wanted.why)
        return _doubted(page, found, wanted, data, settings, shapes)


def _doubted(
    page: PdfPage, found: PageLayer, wanted: Need, data: bytes, settings: Settings, shapes: Shapes
) -> PageReading:
    """The page by the first way that can be trusted: its layer once the picture confirms it, its layer with the shapes
    of its glyphs read, its picture.
    """
    from .pdf_glyphs import read_by_shapes

    why = wanted.why
    if wanted.remedy == "compare":
        comparison = _compared(page, found, wanted, settings)
        if comparison.agree:
            return _from_text(found.marks, data, f"{why}, but {comparison}")
        why = f"{why}, and {comparison}"
    if wanted.fonts:
        by_shapes = read_by_shapes(page, found, wanted.fonts, engines(settings)[0], shapes)
        if by_shapes is not None:
            return _from_shapes(by_shapes, data, settings, why)
        why = f"{why}; too many of its shapes can't be read one by one"
    return _from_picture(page, found.marks, data, settings, why)


def _compared(page: PdfPage, found: PageLayer, wanted: Need, settings: Settings) -> Comparison:
    """What the page's picture says of the words in doubt. A hidden layer has to prove every number."""
    from pypdfium2 import PdfiumError

    if wanted.hidden:
        words = words_of(char for char in found.chars if char.at in found.unseen)
    elif wanted.fonts:
        words = words_of(char for char in found.chars if char.font in wanted.fonts)
    else:
        words = list(found.marks.words)
    try:
        scan = _scan(page, found.marks, settings)
    except (PdfiumError, MemoryError, ValueError):
        return Comparison(words=0, alike=0.0, agree=False)
    return compared(words, scan, engines(settings)[0], as_read=wanted.hidden)


def _from_shapes(by_shapes: ByShapes, data: bytes, settings: Settings, why: str) -> PageReading:
    """The page as its layer tells it once the shapes of its glyphs are known; that this was needed is said."""
    if not by_shapes.fonts:
        return _from_text(by_shapes.marks, data, f"{why}, but its shapes are what it says they are")
    read = _from_text(by_shapes.marks, data, f"{why}; their glyphs were read by shape")
    unread = f", {by_shapes.unread} of which couldn't be" if by_shapes.unread else ""
    fonts = ", ".join(by_shapes.fonts[:3]) + (" and others" if len(by_shapes.fonts) > 3 else "")
    number = by_shapes.marks.page
    message = f"page {number}: the characters of the fonts {fonts} were read by shape{unread}; compare its values"
    problem = Problem(code="glyphs-recognised", severity="info", message=message, page=number)
    return replace(read, problems=(problem,), picture=_drawn_again(by_shapes.marks, data, settings))


def _from_text(marks: Marks, data: bytes, why: str) -> PageReading:
    """The page of the file ``data`` as its own words and rules tell it."""
    marks = replace(marks, words_from="text-layer" if marks.words else "none", why=why)
    return PageReading(page=_described(marks), content=page_content(marks, second=second_reader(data, marks)))


def _untrusted(marks: Marks, data: bytes, doubt: str) -> PageReading:
    """The page as its own words tell it, though these can't be trusted."""
    message = f"page {marks.page}: {doubt}; recognition is switched off, use --ocr auto to read it"
    problem = Problem(code="words-not-trusted", severity="warning", message=message, page=marks.page)
    return replace(_from_text(marks, data, doubt), problems=(problem,))


def _from_picture(page: PdfPage, layer: Marks, data: bytes, settings: Settings, doubt: str | None) -> PageReading:
    """The page as recognition reads it, turned the way its text layer runs."""
    from pypdfium2 import PdfiumError

    why = doubt or "asked for"
    try:
        scan = _scan(page, layer, settings)
    except (PdfiumError, MemoryError, ValueError):
        return _unreadable(layer, f"{why}, and the page can't be drawn")
    marks, content = recognised(scan, layer.page, settings, why)
    marks = replace(marks, rotation=(layer.rotation + marks.rotation) % 360)
    read = PageReading(
        page=_described(marks),
        content=content,
        picture=as_recognised(_drawn_again(layer, data, settings), settings),
    )
    if marks.words_from == "none" and doubt is not None:
        return replace(read, problems=_unreadable(layer, f"{doubt}, and recognition found no text").problems)
    return read


def _drawn_again(layer: Marks, data: bytes, settings: Settings) -> Callable[[], Scan]:
    """How to get the page's picture another time; of the page itself nothing is kept."""
    bare = replace(layer, words=(), rules=(), pictures=(), fills=())

    def drawn() -> Scan:
        with closing(_opened(data)) as document, closing(opened_page(document, bare.page)) as page:
            return _scan(page, bare, settings)

    return drawn


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
    return PageReading(page=_described(marks), content=PageContent(page=marks.page, things=()), problems=(problem,))


def _described(marks: Marks) -> Page:
    return Page(
        number=marks.page,
        width=round(marks.width, 2),
        height=round(marks.height, 2),
        words_from=marks.words_from,
        why=marks.why,
        rotation=marks.rotation,
    )
