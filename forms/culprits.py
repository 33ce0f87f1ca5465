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
Vector = Mapping[int, int | Fraction]
"""What a cell weighs in the sums it has a part in, or by how much sums are off: by the number of the sum, no zeros."""

MOST_CULPRITS = 3
"""Larger sets are not searched for: all cells of all failing sums are suspect then."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum(Generic[Spot]):
    """What ``cells`` weigh in one sum, and by how much the sum is off: 0 if it holds."""

    weights: Mapping[Spot, int]
    off: int | Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation(Generic[Spot]):
    """What would make a group of sums that share cells hold.

    ``changes`` are all smallest sets of cells with what must be added to each; none where more than MOST_CULPRITS
    cells are needed. ``suspect`` are the cells of these sets, failing that those of every sum that fails.
    """

    changes: tuple[Mapping[Spot, Fraction], ...]
    suspect: frozenset[Spot]


def culprits(sums: Sequence[Sum[Spot]]) -> frozenset[Spot]:
    """The union of all smallest sets of cells whose change makes every one of ``sums`` hold."""
    return frozenset().union(*(one.suspect for one in explanations(sums)))


def explanations(sums: Sequence[Sum[Spot]]) -> list[Explanation[Spot]]:
    """One explanation for each group of sums that share cells and don't all hold."""
    return [_explained(group) for group in _connected(sums)]


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


def _explained(sums: Sequence[Sum[Spot]]) -> Explanation[Spot]:
    columns: dict[Spot, Vector] = {}
    for row, one in enumerate(sums):
        for cell, weight in one.weights.items():
            columns[cell] = {**columns.get(cell, {}), row: weight}
    off = {row: one.off for row, one in enumerate(sums) if one.off}
    for size in range(1, MOST_CULPRITS + 1):
        sets = {frozenset(found): found for found in _solutions(sums, columns, off, (), size)}
        if sets:
            changes = tuple(_changes([columns[cell] for cell in found], off) for found in sets.values())
            return Explanation(
                changes=tuple(
                    dict(zip(found, by, strict=True)) for found, by in zip(sets.values(), changes, strict=True)
                ),
                suspect=frozenset().union(*sets),
            )
    return Explanation(changes=(), suspect=frozenset(cell for one in sums if one.off for cell in one.weights))


def _solutions(
    sums: Sequence[Sum[Spot]],
    columns: Mapping[Spot, Vector],
    off: Vector,
    chosen: tuple[tuple[Spot, int, Vector], ...],
    size: int,
) -> Iterator[tuple[Spot, ...]]:
    """Sets of the ``chosen`` and at most ``size`` more cells whose changes make up ``off``.

    A chosen cell comes with the sum it was chosen to mend, and with its column, cleared of the sums that the cells
    before it mend. A cell can have a part in a sum by its own column or by what clearing it brings in: only cells of
    this sum and of those already mended are tried.
    """
    if not off:
        yield tuple(cell for cell, _, _ in chosen)
        return
    if size == 0:
        return
    row = min(off, key=lambda row: len(sums[row].weights))
    near = dict.fromkeys(cell for at in (row, *(mended for _, mended, _ in chosen)) for cell in sums[at].weights)
    for cell in near:
        column = columns[cell]
        for _, mended, by in chosen:
            column = _cleared(column, by, mended)
        if row in column:
            yield from _solutions(sums, columns, _cleared(off, column, row), (*chosen, (cell, row, column)), size - 1)


def _changes(columns: Sequence[Vector], off: Vector) -> list[Fraction]:
    """How much of each of ``columns``, which are independent, makes up ``off``."""
    if not columns:
        return []
    first, *others = columns
    row = next(iter(first))
    changes = _changes([_cleared(other, first, row) for other in others], _cleared(off, first, row))
    others_share = (by * other.get(row, 0) for by, other in zip(changes, others, strict=True))
    return [(off.get(row, 0) - sum(others_share, Fraction(0))) / first[row], *changes]


def _cleared(vector: Vector, column: Vector, row: int) -> Vector:
    """``vector`` less as much of ``column`` as leaves nothing of it in ``row``."""
    if row not in vector:
        return vector
    share = _plain(Fraction(vector[row]) / column[row]) if column[row] not in (1, -1) else vector[row] * column[row]
    rest = {at: value - share * column.get(at, 0) for at, value in vector.items()}
    rest.update({at: -share * value for at, value in column.items() if at not in vector})
    return {at: value for at, value in rest.items() if value}


def _plain(number: Fraction) -> int | Fraction:
    """A whole number as an int: far faster to reckon with."""
    return number.numerator if number.denominator == 1 else number
