"""Rows of another length than nearly all others: what they probably held, and what they leave in doubt."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from ..document import Cell
from .flat_draft import Rows, Stretch, kind_of
from .headers import Kind


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
    if lack >= 0:
        tries = [[*row[:at], *([""] * lack), *row[at:]] for at in range(len(row), -1, -1)]
    else:
        joined = 1 - lack
        starts = range(len(usual) - 1, -1, -1)
        tries = [[*row[:at], " ".join(filter(None, row[at : at + joined])), *row[at + joined :]] for at in starts]
    return min(tries, key=lambda fields: _strange(fields, usual))


def _strange(fields: Sequence[str], usual: Sequence[Kind]) -> int:
    """How many fields hold a word where values stand, or a value where words do."""
    return sum({kind_of(text), what} == {"value", "word"} for text, what in zip(fields, usual, strict=True))


def below_lost_sections(rows: Rows, parts: Sequence[Stretch], odd: frozenset[int]) -> set[int]:
    """The rows below an odd one that may be a section row, to the next section."""
    single = {row for row in odd if len(set(filter(None, rows[row]))) <= 1}
    return {
        row
        for part in parts
        for found in single.intersection((part.section, *part.body))
        for row in part.body
        if row > found
    }


def below_label(name: Cell, odd: frozenset[int]) -> range:
    """The rows of a label from the first odd one on, which may have begun another."""
    stop = name.row + name.row_span
    return range(min((row for row in odd if name.row <= row < stop), default=stop), stop)
