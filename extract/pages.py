"""From the marks of all pages to text and grids in reading order: the part PDF files and scans share."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from ..document import TextBlock
from ..marks import Marks
from ..tables import Placed, SecondReader, from_marks, joined
from .prose import Line, furniture, page_columns, page_lines, paragraphs
from .reading import Item

TITLE_LINES = 3
"""A table's title, number and unit are at most so many lines above it."""
_CONTINUED = re.compile(
    r"[（(]\s*续[^）)]{0,4}[）)]\s*$|^\s*(?:续|接)上?表|转下页|\bcont(?:inued|'?d)\b", re.IGNORECASE
)
"""What is printed between the parts of a table that goes on."""

Look = Callable[[Placed], Placed]
"""Reads the values of a placed grid once more from its page's pixels."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageContent:
    """What one page holds, from top to bottom: grids and the lines between them."""

    page: int
    things: tuple[Placed | Line, ...]


def page_content(marks: Marks, look: Look | None = None, second: SecondReader | None = None) -> PageContent:
    """A page's tables and lines in the order of their top edges. ``second`` is asked about tables in doubt."""
    placed, outside = from_marks(marks, second)
    if look is not None:
        placed = [look(table) for table in placed]
    found: list[Placed | Line] = [*placed, *page_lines(outside, marks.page, marks.width, marks.height)]
    return PageContent(page=marks.page, things=tuple(sorted(found, key=lambda thing: (thing.box[1], thing.box[0]))))


def items(contents: Iterable[PageContent]) -> tuple[Item, ...]:
    """Blocks of the whole document: tables joined over pages, lines made paragraphs, furniture set apart.

    A page's furniture stands after what the page holds, so that it never parts a sentence or a table.
    """
    pages = list(contents)
    lines = [thing for page in pages for thing in page.things if isinstance(thing, Line)]
    apart = furniture(lines)
    columns = page_columns([line for line in lines if line not in apart])
    flow: list[Placed | Line] = []
    foot: list[TextBlock] = []
    for page in pages:
        for thing in page.things:
            if isinstance(thing, Line) and thing in apart:
                foot.append(TextBlock(kind="furniture", text=thing.text, page=thing.page, box=thing.box))
            else:
                _append(flow, thing)
    blocks: list[Item] = []
    for is_line, run in groupby(flow, key=lambda thing: isinstance(thing, Line)):
        if is_line:
            blocks += paragraphs([thing for thing in run if isinstance(thing, Line)], columns)
        else:
            blocks += [thing.grid for thing in run if isinstance(thing, Placed)]
    return with_furniture(blocks, foot)


def _append(flow: list[Placed | Line], thing: Placed | Line) -> None:
    """Adds a thing, or joins it to the table that the page before ended with.

    Lines that only announce the table again may stand between; they stay, behind the table.
    """
    if isinstance(thing, Placed):
        at = next((index for index in range(len(flow) - 1, -1, -1) if isinstance(flow[index], Placed)), None)
        above = None if at is None else flow[at]
        if at is not None and isinstance(above, Placed) and above.page + 1 == thing.page:
            titles = {_bare(line.text) for line in flow[max(0, at - TITLE_LINES) : at] if isinstance(line, Line)}
            between = [line for line in flow[at + 1 :] if isinstance(line, Line)]
            if all(_CONTINUED.search(line.text) or _bare(line.text) in titles for line in between):
                whole = joined(above, thing)
                if whole is not None:
                    flow[at] = whole
                    return
    flow.append(thing)


def _bare(text: str) -> str:
    return "".join(text.split())


def with_furniture(blocks: Sequence[Item], foot: Sequence[TextBlock]) -> tuple[Item, ...]:
    """Furniture of pages put in after the last block that starts on its page or before."""
    out: list[Item] = []
    waiting = sorted(foot, key=lambda block: block.page or 0)
    for block in blocks:
        page = block.page if isinstance(block, TextBlock) else block.parts[0].page
        while waiting and (waiting[0].page or 0) < (page or 0):
            out.append(waiting.pop(0))
        out.append(block)
    return (*out, *waiting)
