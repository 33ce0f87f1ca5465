"""A second reader of a region, and what its answer is made of: borders only, the words are always our own."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from itertools import pairwise

from ..document import Box
from ..marks import Word
from .aligned import Key, Region, grid_of
from .grid import Placed

Edges = tuple[tuple[float, ...], tuple[float, ...]]
"""The borders of columns (x) and of rows (y), ascending, in points from the top left."""

SecondReader = Callable[[Box], Edges | None]
"""Reads the table in a box of one page once more; ``None`` where it finds none."""


def by_edges(edges: Edges, region: Region) -> Placed | None:
    """The region's words in the slots between ``edges``; ``None`` for borders that part no columns or rows."""
    xs, ys = edges
    if min(len(xs), len(ys)) < 3 or any(after <= before for each in edges for before, after in pairwise(each)):
        return None
    cells: dict[Key, list[Word]] = {}
    for word in region.words:
        x, y = word.middle
        cells.setdefault((_slot(ys, y), _slot(xs, x), 1, 1), []).append(word)
    return grid_of(cells, xs, ys, region)


def _slot(edges: tuple[float, ...], at: float) -> int:
    """The slot that holds a position; what lies outside counts to the outermost."""
    return min(max(bisect_right(edges, at) - 1, 0), len(edges) - 2)
