"""Header rows that list their cells without saying how wide each is: which part which, by what must add up.

Every cell of a header row either reaches down to the body or is divided by cells of the next row, in order. The leaves
must number the columns; brothers have different names; a cell is seldom divided in one. Several ways may be left: then
likeness decides (neighbours divided alike, totals undivided and last), and the runner-up's distance says how surely.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise, repeat

from ..document import Cell
from .flat_draft import TOTALS

MAX_PARTS = 12
MAX_TOKENS = 80
"""More cells in header rows than this are not worth the search: it grows with the fourth power."""
KEPT = 3
"""How many ways to divide a row are followed further."""

Parts = tuple[int, ...]
"""For each cell of a row into how many cells of the next it is divided; 0 is a leaf."""


_Partial = tuple[float, tuple[int, ...], tuple[int, ...], tuple[Parts, ...]]
"""The cost and the parts of the rows divided so far; between them what decides among ways of one cost, row by row."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """One way to divide all rows; ``cost`` is its implausibility."""

    cost: float
    parts: tuple[Parts, ...]


def ways(levels: Sequence[Sequence[str]], leaves: int, *, marked: bool) -> list[Way]:
    """The most plausible ways to divide ``levels`` so that ``leaves`` columns come out, best first, at most a few.

    ``marked``: a cell that reaches down is written again as a blank in every row it reaches. Only where nothing else
    fits is a cell divided in one, or in two of one name.
    """
    if not levels or sum(map(len, levels)) > MAX_TOKENS:
        return []
    rows = [tuple(level) for level in levels]
    search = _marked_ways if marked else _unmarked_ways
    return search(rows, leaves, strict=True) or search(rows, leaves, strict=False)


def _unmarked_ways(levels: Sequence[tuple[str, ...]], leaves: int, *, strict: bool) -> list[Way]:
    most = leaves - len(levels[-1])
    if most < 0:
        return []
    found: dict[int, list[_Partial]] = {0: [(0.0, (), (), ())]}
    for above, below in pairwise(levels):
        after: dict[int, list[_Partial]] = {}
        for order, (leaves_here, choices) in enumerate(
            _divisions(above, below, most, marked=False, strict=strict).items()
        ):
            for leaves_above, partial in found.items():
                if leaves_above + leaves_here <= most:
                    after.setdefault(leaves_above + leaves_here, []).extend(
                        (cost + more, (*orders, order), (*picks, pick), (*parts, division))
                        for cost, orders, picks, parts in partial
                        for pick, (more, division) in enumerate(choices)
                    )
        found = {count: sorted(partial)[:KEPT] for count, partial in after.items()}
    return [Way(cost=cost, parts=parts) for cost, _, _, parts in found.get(most, [])]


def _marked_ways(levels: Sequence[tuple[str, ...]], leaves: int, *, strict: bool) -> list[Way]:
    if len(levels[-1]) != leaves:
        return []
    found = [Way(cost=0.0, parts=())]
    for above, below in pairwise(levels):
        choices = _divisions(above, below, len(above), marked=True, strict=strict).values()
        step = sorted(choice for alike in choices for choice in alike)
        found = [Way(cost=way.cost + cost, parts=(*way.parts, parts)) for way in found for cost, parts in step[:KEPT]]
    return sorted(found, key=lambda way: way.cost)[:KEPT]


_Choices = list[tuple[float, Parts]]
_State = tuple[int, int, int, int]
"""Cells of the row below used up, leaves so far, and where the last division starts and stops."""


@lru_cache(maxsize=64)
def _divisions(
    above: tuple[str, ...], below: tuple[str, ...], most: int, *, marked: bool, strict: bool
) -> dict[int, _Choices]:
    """The cheapest ways to divide the cells ``above`` into ``below``, by how many are leaves: ``most`` at most."""
    likeness = _Likeness.of(below)
    states: dict[_State, _Choices] = {(0, 0, 0, 0): [(0.0, ())]}
    for text in above:
        after: dict[_State, _Choices] = {}
        total = bool(TOTALS.match(text))
        for (used, leaves, start, stop), choices in states.items():
            reaches_down = used < len(below) and not below[used] if marked else True
            if reaches_down and leaves < most:
                _extend(after, (used + marked, leaves + 1, start, stop), choices, 0, -0.7 * total)
            if marked and not text:
                continue
            for end in likeness.ends(used, strict=strict):
                if marked and not all(below[used:end]):
                    break
                cost = 3.0 * total + likeness.cost(used, end, start, stop)
                _extend(after, (end, leaves, used, end), choices, end - used, cost)
        states = after
    found: dict[int, _Choices] = {}
    for (used, leaves, _, _), choices in states.items():
        if used == len(below):
            found[leaves] = sorted(found.get(leaves, []) + choices)[:KEPT]
    return found


def _extend(after: dict[_State, _Choices], state: _State, choices: _Choices, parts: int, cost: float) -> None:
    grown = [(before + cost, (*chosen, parts)) for before, chosen in choices]
    known = after.get(state)
    after[state] = sorted(known + grown)[:KEPT] if known else grown


@dataclass(frozen=True, slots=True, kw_only=True)
class _Likeness:
    """What makes a run of cells a likely division: how far names differ, and which cells are totals."""

    texts: tuple[str, ...]
    totals: tuple[bool, ...]
    distinct: tuple[int, ...]
    """For each cell where the run of different names that it begins stops."""

    @classmethod
    def of(cls, texts: Sequence[str]) -> _Likeness:
        distinct = [len(texts)] * (len(texts) + 1)
        seen: dict[str, int] = {}
        for at in range(len(texts) - 1, -1, -1):
            distinct[at] = min(distinct[at + 1], seen.get(texts[at], len(texts)))
            seen[texts[at]] = at
        return cls(
            texts=tuple(texts), totals=tuple(bool(TOTALS.match(text)) for text in texts), distinct=tuple(distinct)
        )

    def ends(self, start: int, *, strict: bool) -> range:
        """Where a division that starts at ``start`` may stop."""
        longest = min(start + MAX_PARTS, self.distinct[start] if strict else len(self.texts))
        return range(start + 1 + strict, longest + 1)

    def cost(self, start: int, stop: int, last_start: int, last_stop: int) -> float:
        """The implausibility of one cell divided into ``start`` to ``stop``, after another into ``last_…``."""
        size, last_size = stop - start, last_stop - last_start
        cost = 4.0 * (size == 1) + 8.0 * (self.distinct[start] < stop)
        if last_size:
            alike = size == last_size and self.texts[start:stop] == self.texts[last_start:last_stop]
            cost += -2.5 if alike else 0.3 * abs(size - last_size)
        return cost + 1.5 * sum(self.totals[start + 1 : stop - 1]) - 0.7 * self.totals[stop - 1]


def laid_out(levels: Sequence[Sequence[str]], way: Way, *, row: int, col: int, marked: bool) -> list[Cell]:
    """The cells that ``way`` makes, the first at ``(row, col)``, the leaves reaching down to the last level."""
    texts = [iter(level) for level in levels]
    parts_of = [*map(iter, way.parts), repeat(0)]
    cells: list[Cell] = []

    def lay(level: int, left: int) -> int:
        """Adds the next cell of ``level`` and all below it; the number of columns they take."""
        text, parts = next(texts[level]), next(parts_of[level])
        at = len(cells)
        cells.append(Cell(row=row + level, col=left, row_span=1 if parts else len(levels) - level, text=text))
        if not parts:
            for lower in range(level + 1, len(levels) if marked else 0):
                next(texts[lower])
                next(parts_of[lower])
            return 1
        width = 0
        for _ in range(parts):
            width += lay(level + 1, left + width)
        cells[at] = replace(cells[at], col_span=width)
        return width

    for _ in levels[0]:
        col += lay(0, col)
    return cells
