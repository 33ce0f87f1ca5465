"""Other readers of tables in PDF files, each made to give :class:`Sheet`. Those that aren't installed are left out."""

from __future__ import annotations

import importlib.util
import warnings
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from .adjacency import Box, Sheet, Span

Reader = Callable[[Path], list[Sheet]]


def peers() -> dict[str, Reader]:
    """The readers found on this machine, by name."""
    readers: dict[str, Reader] = {}
    if importlib.util.find_spec("camelot"):
        readers |= {f"camelot {flavor}": partial(camelot, flavor=flavor) for flavor in CAMELOT_FLAVORS}
    if importlib.util.find_spec("pdfplumber"):
        readers["pdfplumber"] = pdfplumber
    return readers


CAMELOT_FLAVORS = ("auto", "hybrid", "lattice", "stream")


def camelot(path: Path, *, flavor: str) -> list[Sheet]:
    """All pages by camelot. It knows no spans: a merged cell's text stands in one position."""
    import camelot as library

    heights = page_heights(path)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        tables = library.read_pdf(str(path), pages="all", flavor=flavor, suppress_stdout=True)
    return [_sheet(table.data, table.page, _flipped(table._bbox, heights[table.page - 1])) for table in tables]


def pdfplumber(path: Path) -> list[Sheet]:
    """All pages by pdfplumber's defaults."""
    import pdfplumber as library

    with library.open(path) as document:
        return [
            _sheet(table.extract(), page.page_number, table.bbox)
            for page in document.pages
            for table in page.find_tables()
        ]


def page_heights(path: Path) -> list[float]:
    """The height of every page in points, as the page is shown."""
    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    heights = [float(page.get_height()) for page in document]
    document.close()
    return heights


def _sheet(rows: Sequence[Sequence[Any]], page: int, box: Box) -> Sheet:
    cells = [
        Span(top=row, left=col, bottom=row, right=col, text=text or "")
        for row, line in enumerate(rows)
        for col, text in enumerate(line)
    ]
    return Sheet(page=page, box=box, cells=tuple(cells))


def _flipped(box: Box, height: float) -> Box:
    left, bottom, right, top = box
    return left, height - top, right, height - bottom
