"""One page known only by its pixels: recognised, its tables found, its numbers read twice."""

from __future__ import annotations

from dataclasses import replace

from ..marks import Marks
from ..ocr import Scan, engine, scan_marks
from ..settings import Settings
from ..tables import Placed
from .pages import PageContent, page_content
from .second_look import second_look


def recognised(scan: Scan, number: int, settings: Settings, why: str) -> tuple[Marks, PageContent]:
    """The marks and the content of page ``number``; ``why`` says what made its picture be read."""
    reader = engine(settings.engine, settings.ocr_threads)

    def look(placed: Placed) -> Placed:
        return replace(placed, grid=second_look(placed.grid, scan, reader))

    marks = scan_marks(scan, number, reader, why)
    return marks, page_content(marks, look)
