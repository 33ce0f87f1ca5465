"""Which cells could be wrong where sums don't come out: the smallest sets whose change makes every sum hold.

The failing sums are a system of linear equations over the changes of the cells. Its sparsest solutions are searched
for: a sum that still fails must have one of its cells changed, so that the search branches over the cells of one sum
only, the one with the fewest.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Generic, TypeVar

Spot = TypeVar("Spot", bound=Hashable)

MOST_CULPRITS = 3
"""Larger sets are not searched for: all cells of all failing sums are suspect then."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum(Generic[Spot]):
    """What ``cells`` weigh in one sum, and by how much the sum is off: 0 if it holds."""

    weights: Mapping[Spot, int]
    off: Fraction


def culprits(sums: Sequence[Sum[Spot]]) -> frozenset[Spot]:
    """The union of all smallest sets of cells whose change makes every one of ``sums`` hold."""
    found: set[Spot] = set()
    for group in _connected(sums):
        found |= _smallest(group)
    return frozenset(found)


def _connected(sums: Sequence[Sum[Spot]]) -> Iterator[list[Sum[Spot]]]:
    """Sums that share cells, directly or through others; a group in which all hold is left out."""
    left = list(sums)
    while left:
        group, cells = [left.pop()], set[Spot]()
        cells.update(group[0].weights)
        grown = True
        while grown:
            joining = [one for one in left if not cells.isdisjoint(one.weights)]
            left = [one for one in left if cells.isdisjoint(one.weights)]
            group += joining
            cells.update(cell for one in joining for cell in one.weights)
            grown = bool(joining)
        if any(one.off for one in group):
            yield group


def _smallest(sums: Sequence[Sum[Spot]]) -> set[Spot]:
    columns: dict[Spot, dict[int, Fraction]] = {}
    for row, one in enumerate(sums):
        for cell, weight in one.weights.items():
            columns.setdefault(cell, {})[row] = Fraction(weight)
    off = {row: one.off for row, one in enumerate(sums) if one.off}
    for size in range(1, MOST_CULPRITS + 1):
        sets = set(_solutions(columns, off, frozenset(), size))
        if sets:
            return set().union(*sets)
    return {cell for one in sums if one.off for cell in one.weights}


def _solutions(
    columns: Mapping[Spot, Mapping[int, Fraction]],
    off: Mapping[int, Fraction],
    chosen: frozenset[Spot],
    size: int,
) -> Iterator[frozenset[Spot]]:
    """Sets of ``chosen`` and at most ``size`` more cells whose changes make up ``off``.

    The chosen cells are already eliminated: no column has anything in the rows they were used to clear.
    """
    if not off:
        yield chosen
        return
    if size == 0:
        return
    row = min(off, key=lambda row: sum(row in column for column in columns.values()))
    for cell, column in columns.items():
        if row in column:
            rest = (
                {other: _cleared(theirs, column, row) for other, theirs in columns.items() if other != cell}
                if size > 1
                else {}
            )
            yield from _solutions(rest, _cleared(off, column, row), chosen | {cell}, size - 1)


def _cleared(vector: Mapping[int, Fraction], column: Mapping[int, Fraction], row: int) -> dict[int, Fraction]:
    """``vector`` less as much of ``column`` as leaves nothing of it in ``row``."""
    share = vector.get(row, Fraction(0)) / column[row]
    if not share:
        return dict(vector)
    rows = vector.keys() | column.keys()
    rest = {at: vector.get(at, Fraction(0)) - share * column.get(at, Fraction(0)) for at in rows}
    return {at: value for at, value in rest.items() if value}
