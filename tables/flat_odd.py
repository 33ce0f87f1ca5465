"""Rows of another length than nearly all others: what they probably held, and what they leave in doubt."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import accumulate

from ..document import Cell
from .flat_draft import Rows, Stretch
from .headers import Kind, kind_of

MOST_JOINED = 64
"""A row with more fields too many is put together with whatever came after it, which ends up in its last field."""


def fitted_rows(rows: Rows, width: int, odd: frozenset[int]) -> Rows:
    """``rows`` with the ``odd`` ones made as long as the others, so that each column holds what it usually does.

    Where cells are missing blanks are put in, in one place; where there are too many, neighbours are joined.
    """
    if not odd:
        return rows
    counts = [Counter[str]() for _ in range(width)]
    for at, row in enumerate(rows):
        for count, text in zip(counts, row if at not in odd else (), strict=False):
            count[kind_of(text)] += 1
    usual: list[Kind] = [max(("blank", "value", "word"), key=lambda what: count[what]) for count in counts]
    return [_fitted(row, usual) if at in odd else row for at, row in enumerate(rows)]


def _fitted(row: Sequence[str], usual: Sequence[Kind]) -> Sequence[str]:
    lack = len(usual) - len(row)
    if len(set(row)) == 1:  # a section row whose text was repeated
        return [row[0]] * len(usual)
    kinds = [kind_of(text) for text in row]
    left = _strange(kinds, usual)
    if lack >= 0:
        right = _strange(kinds[::-1], usual[::-1])[::-1]
        at = min(range(len(row), -1, -1), key=lambda at: left[at] + right[at])
        return [*row[:at], *([""] * lack), *row[at:]]
    joined = 1 - lack
    if joined > MOST_JOINED:
        return [*row[: len(usual) - 1], " ".join(filter(None, row[len(usual) - 1 :]))]
    ways = [" ".join(filter(None, row[at : at + joined])) for at in range(len(usual))]
    right = _strange(kinds[: joined - 1 : -1], usual[:0:-1])[::-1]
    costs = [
        left[at] + (kind_of(way) != what and "blank" not in (kind_of(way), what)) + right[at]
        for at, (way, what) in enumerate(zip(ways, usual, strict=True))
    ]
    at = min(range(len(usual) - 1, -1, -1), key=costs.__getitem__)
    return [*row[:at], ways[at], *row[at + joined :]]


def _strange(kinds: Sequence[Kind], usual: Sequence[Kind]) -> list[int]:
    """How many of the first fields, none to all, hold a word where values stand, or a value where words do."""
    pairs = zip(kinds, usual, strict=False)
    return [0, *accumulate({what, expected} == {"value", "word"} for what, expected in pairs)]


def below_lost_sections(rows: Rows, parts: Sequence[Stretch], odd: frozenset[int]) -> set[int]:
    """The rows below an odd one that may be a section row, to the next section."""
    single = {row for row in odd if len(set(filter(None, rows[row]))) <= 1}
    found: set[int] = set()
    for part in parts:
        first = min(single.intersection((part.section, *part.body)), default=part.body.stop)
        found.update(range(max(first + 1, part.body.start), part.body.stop))
    return found


def below_label(name: Cell, odd: frozenset[int]) -> range:
    """The rows of a label from the first odd one on, which may have begun another."""
    rows = range(name.row, name.row + name.row_span)
    return range(next((row for row in rows if row in odd), rows.stop), rows.stop)
