"""One page known only by its pixels: made readable, recognised, its tables found, its numbers read twice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from ..marks import Marks, Rule
from ..ocr import Scan, engines, readable, scan_marks
from ..settings import Settings
from ..tables import Placed
from .pages import Look, PageContent, page_content
from .second_look import second_look


def recognised(scan: Scan, number: int, settings: Settings, why: str) -> tuple[Marks, PageContent]:
    """The marks and the content of page ``number``; ``why`` says what made its picture be read.

    Both are of the page as it was made readable: upright, level, without what lay around the sheet. ``rotation`` of the
    marks is the quarter turn that took, and their ``why`` goes on with what was done.
    """
    reader, other = engines(settings)
    page = readable(scan, reader)

    def look(placed: Placed) -> Placed:
        return replace(placed, grid=second_look(placed.grid, page.scan, reader, other))

    marks = scan_marks(page.scan, number, reader, "; ".join([why, *page.steps]))
    marks = replace(marks, rotation=page.rotation)
    return marks, _content(marks, page.fold, look)


def as_recognised(drawn: Callable[[], Scan], settings: Settings) -> Callable[[], Scan]:
    """How to get a page's picture again as :func:`recognised` read it; ``drawn`` gives it as it was."""
    return lambda: readable(drawn(), engines(settings)[0]).scan


def _content(marks: Marks, fold: float | None, look: Look) -> PageContent:
    """What the page holds; of two pages side by side, all that the left one holds first."""
    if fold is None:
        return page_content(marks, look)
    left = replace(
        marks,
        words=tuple(word for word in marks.words if word.middle[0] < fold),
        rules=tuple(rule for rule in marks.rules if _middle(rule) < fold),
    )
    right = replace(
        marks,
        words=tuple(word for word in marks.words if word.middle[0] >= fold),
        rules=tuple(rule for rule in marks.rules if _middle(rule) >= fold),
    )
    things = page_content(left, look).things + page_content(right, look).things
    return PageContent(page=marks.page, things=things)


def _middle(rule: Rule) -> float:
    """Where the middle of a rule lies, from the left."""
    return rule.at if rule.direction == "vertical" else (rule.start + rule.end) / 2
