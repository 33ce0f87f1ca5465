"""PDF: pages whose words can be trusted are read from the text layer, the others from their picture.

pdfium opens the file (it is the more forgiving of the two, knows about passwords, and makes the pictures); pdfplumber
gives words and rules.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ..document import Page, Problem
from ..errors import DamagedFile, EncryptedFile, TooLarge
from ..marks import Marks
from ..ocr import Scan, reason_to_recognise
from ..settings import Settings
from .pages import PageContent, items, page_content
from .reading import Reading
from .scan import recognised

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

MAX_PIXELS = 40_000_000
"""A page that would be larger at the wanted resolution (a map, a poster) is drawn coarser."""


def read_pdf(data: bytes, settings: Settings) -> Reading:
    """Reads a PDF. Raises EncryptedFile, DamagedFile or TooLarge; a single bad page is a problem, not an error."""
    import pdfplumber

    with closing(_opened(data)) as pictures:
        count = len(pictures)
        if count > settings.max_pages:
            raise TooLarge(f"{count} pages, more than the limit of {settings.max_pages}; read a part with --pages")
        first, last = settings.pages or (1, count)
        numbers = range(max(first, 1), min(last, count) + 1)
        try:
            layers: Any = pdfplumber.open(io.BytesIO(data))
        except Exception:  # pdfminer raises whatever its parser trips over; the pictures are still there
            layers = None
        pages: list[Page] = []
        contents: list[PageContent] = []
        problems: list[Problem] = []
        for page, content, problem in _pages(pictures, layers, numbers, settings):
            pages.append(page)
            contents.append(content)
            problems += problem
        if layers is not None:
            layers.close()
    return Reading(items=items(contents), pages=tuple(pages), problems=tuple(problems))


def _opened(data: bytes) -> PdfDocument:
    import pypdfium2 as pdfium

    try:
        return pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower() or "security" in str(error).lower():
            raise EncryptedFile("the PDF is locked with a password; save an unlocked copy and read that") from error
        raise DamagedFile(f"no PDF reader can open it ({error}); fetch the file again from its source") from error


def _pages(
    pictures: PdfDocument, layers: Any, numbers: range, settings: Settings
) -> Iterator[tuple[Page, PageContent, list[Problem]]]:
    for number in numbers:
        marks = _text_layer(layers, number)
        drawn = 0 if marks is None else len(marks.rules)
        if marks is None:
            reason: str | None = "the text layer can't be parsed"
        else:
            reason = reason_to_recognise(marks, drawn)
        problems: list[Problem] = []
        if settings.ocr == "always" or (reason is not None and settings.ocr == "auto"):
            scan = _scan(pictures, number, settings)
            marks, content = recognised(scan, number, settings, reason or "asked for")
        else:
            if reason is not None:
                problems.append(
                    Problem(
                        code="words-not-trusted",
                        severity="warning",
                        message=f"page {number}: {reason}; recognition is switched off, use --ocr auto to read it",
                        page=number,
                    )
                )
            marks = marks or _blank(pictures, number)
            marks = replace(marks, words_from="text-layer" if marks.words else "none", why=reason or _sound(marks))
            content = page_content(marks)
        if marks.words_from == "none" and reason is not None and not problems:
            problems.append(
                Problem(
                    code="page-unreadable",
                    severity="warning",
                    message=f"page {number}: {reason}, and recognition found no text; look at the page",
                    page=number,
                )
            )
        yield _page(marks), content, problems


def _sound(marks: Marks) -> str:
    return "the text layer is sound" if marks.words else "the page is blank"


def _text_layer(layers: Any, number: int) -> Marks | None:
    """The marks of the text layer, or ``None`` if the page can't be parsed."""
    if layers is None or number > len(layers.pages):
        return None
    from .pdf_words import page_marks

    try:
        with closing(layers.pages[number - 1]) as page:
            return page_marks(page)
    except Exception:  # as above: a page that breaks the parser is read from its picture
        return None


def _scan(pictures: PdfDocument, number: int, settings: Settings) -> Scan:
    """The page drawn upright at the wanted resolution."""
    import numpy as np

    page = pictures[number - 1]
    width, height = page.get_size()
    scale = settings.ocr_dpi / 72
    scale = min(scale, (MAX_PIXELS / max(width * height, 1.0)) ** 0.5)
    bitmap = page.render(scale=scale, rev_byteorder=True, no_smoothtext=False)
    picture = np.array(bitmap.to_numpy()[:, :, :3])
    page.close()
    return Scan(picture=picture, scale=scale)


def _blank(pictures: PdfDocument, number: int) -> Marks:
    width, height = pictures[number - 1].get_size()
    return Marks(page=number, width=width, height=height, words=(), rules=())


def _page(marks: Marks) -> Page:
    return Page(
        number=marks.page,
        width=round(marks.width, 2),
        height=round(marks.height, 2),
        words_from=marks.words_from,
        why=marks.why,
        rotation=marks.rotation,
    )
