"""Cells looked at again, and again otherwise, where what was read of them can't be right as a whole.

The page's picture is drawn once more, each cell cut out of it, and its ink read in several views that err differently.
Of each view all is told that it leaves open. Nobody judges here: which of the sights is right, sums may tell.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from ..document import Cell
from ..marks import Looks, Sight
from ..ocr import Engine, Scan
from .cell_pixels import CellPixels, cell_pixels, is_blank
from .cell_views import PADDING, VIEWS
from .reading import Pictures

BLANK = Sight(text="", confidence=1.0, view="ink")
"""A cell that was read as blank, or not at all, and whose picture shows no ink."""
FIGURES = "0123456789,.-—/无"
"""What a value is made of, or the strokes for none. Alone a 1 may be an exclamation mark and a 0 any round letter."""
UNREAD = "\N{REPLACEMENT CHARACTER}"
"""What a view says of ink that it can't read: that is no blank."""


def further_looks(pictures: Pictures, engine: Engine, other: Engine | None = None) -> Looks:
    """Looks at cells on the pages of which there are ``pictures``, through ``engine`` and, in one view, ``other``.

    Only the last picture is kept, so a call goes from page to page. A cell gets no sights where it has no picture, or
    parts on two pages, or no room; one blank sight where nothing stands in it and nothing was read. Where something
    was read but no ink is seen, or something too pale to be ink, it gets none either.
    """

    @lru_cache(maxsize=1)
    def scan(page: int) -> Scan:
        return pictures[page]()

    def looks(cells: Sequence[Cell]) -> list[tuple[Sight, ...]]:
        found: dict[int, tuple[Sight, ...]] = {}
        for page in sorted(pictures.keys() & {cell.page for cell in cells}):
            here = [index for index, cell in enumerate(cells) if cell.page == page and len(cell.parts) == 1]
            sights = _sights([cells[index] for index in here], scan(page), engine, other)
            found.update(zip(here, sights, strict=True))
        return [found.get(index, ()) for index in range(len(cells))]

    return looks


def _sights(cells: Sequence[Cell], scan: Scan, engine: Engine, other: Engine | None) -> list[tuple[Sight, ...]]:
    """What is seen of each of the cells of one page."""
    pixels = [cell_pixels(cell, scan) for cell in cells]
    inked = [each for each in pixels if each is not None]
    read: list[list[Sight]] = [[] for _ in inked]
    for view, seen in _views(inked, engine, other):
        for sights, readings in zip(read, seen, strict=True):
            told = [(text.strip() or UNREAD, odds) for text, odds in readings] or [(UNREAD, 1.0)]
            sights += [Sight(text=text, confidence=odds, view=view) for text, odds in told]
    each_read = iter(read)
    return [
        tuple(next(each_read)) if found else (BLANK,) if not (cell.text or "").strip() and is_blank(cell, scan) else ()
        for cell, found in zip(cells, pixels, strict=True)
    ]


def _views(
    inked: Sequence[CellPixels], engine: Engine, other: Engine | None
) -> list[tuple[str, list[list[tuple[str, float]]]]]:
    """Each view's name, and what it shows of each cell."""
    crops = [view(cell) for view in VIEWS.values() for cell in inked]
    read = engine.alternatives(crops, among=FIGURES)
    views = [(name, read[at * len(inked) : (at + 1) * len(inked)]) for at, name in enumerate(VIEWS)]
    if other is not None:
        views.append((other.name, other.alternatives([cell.crop(PADDING) for cell in inked], among=FIGURES)))
    return views
