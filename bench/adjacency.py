"""How far a table that was read agrees with its truth: the adjacency relations of the ICDAR 2013 table competition.

A relation says that one text stands next to another, to the right of it or below it. A table of the wrong size that
gets most neighbours right is mostly right, which no comparison position by position would say.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

Box = tuple[float, float, float, float]
Relation = tuple[str, str, str]
"""A cell's text, its neighbour's, and ``right`` or ``below``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A cell of a table to be scored: the positions it covers, both ends included, and its text."""

    top: int
    left: int
    bottom: int
    right: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What one page shows of a table. ``box`` is in points, top-left origin."""

    page: int
    box: Box
    cells: tuple[Span, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """Relations that are right, that were found and that are true. Scores add up over tables and documents."""

    right: int = 0
    found: int = 0
    true: int = 0

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else float(not self.true)

    @property
    def recall(self) -> float:
        return self.right / self.true if self.true else 1.0

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def __add__(self, other: Score) -> Score:
        return Score(right=self.right + other.right, found=self.found + other.found, true=self.true + other.true)


def relations(cells: Iterable[Span]) -> Counter[Relation]:
    """Each cell with text and its nearest neighbours that have text, to the right and below.

    A wide cell has a neighbour below in each column it spans, a tall one a neighbour to the right in each row; blank
    cells are looked through. Two cells that adjoin along several positions are one relation. Texts are compared without
    white space and case: fonts of small capitals tell readers either.
    """
    at: dict[tuple[int, int], int] = {}
    spans = [(span, "".join(span.text.split()).casefold()) for span in cells]
    for number, (span, text) in enumerate(spans):
        if text:
            for row in range(span.top, span.bottom + 1):
                at.update({(row, col): number for col in range(span.left, span.right + 1)})
    pairs: set[tuple[int, int, str]] = set()
    for direction, along in (("right", 0), ("below", 1)):
        lines: dict[int, list[tuple[int, int]]] = {}
        for position, number in at.items():
            lines.setdefault(position[along], []).append((position[1 - along], number))
        for line in lines.values():
            numbers = [number for _, number in sorted(line)]
            pairs.update((a, b, direction) for a, b in pairwise(numbers) if a != b)
    return Counter((spans[a][1], spans[b][1], direction) for a, b, direction in pairs)


def score(found: Sequence[Sheet], true: Sequence[Sheet]) -> Score:
    """All tables of a document at once: what was found in the wrong place, or isn't a table, counts as wrong.

    Each true table is compared with one found table, the pairs that overlap most first.
    """
    total = Score(found=sum(relations(sheet.cells).total() for sheet in found))
    for sheet, partner in _partners(found, true):
        wanted = relations(sheet.cells)
        right = (wanted & relations(partner.cells)).total() if partner else 0
        total += Score(right=right, true=wanted.total())
    return total


def _partners(found: Sequence[Sheet], true: Sequence[Sheet]) -> list[tuple[Sheet, Sheet | None]]:
    overlaps = sorted(
        (
            (_shared(wanted, sheet), number, index)
            for number, wanted in enumerate(true)
            for index, sheet in enumerate(found)
            if _shared(wanted, sheet) > 0
        ),
        reverse=True,
    )
    chosen: dict[int, int] = {}
    for _, number, index in overlaps:
        if number not in chosen and index not in chosen.values():
            chosen[number] = index
    return [(wanted, found[chosen[number]] if number in chosen else None) for number, wanted in enumerate(true)]


def _shared(one: Sheet, other: Sheet) -> float:
    """The area both cover as a share of the area either covers: 1 for the same place, 0 on different pages."""
    width = min(one.box[2], other.box[2]) - max(one.box[0], other.box[0])
    height = min(one.box[3], other.box[3]) - max(one.box[1], other.box[1])
    if one.page != other.page or width <= 0 or height <= 0:
        return 0.0
    both = width * height
    return both / (_area(one.box) + _area(other.box) - both)


def _area(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])
