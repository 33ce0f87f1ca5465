"""One way of reading flattened rows as a grid, what speaks against it, and what all such ways share."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ..document import Cell
from .headers import kind_of

Rows = Sequence[Sequence[str]]

MAX_HEADER_ROWS = 8
"""More leading rows without a value than this are a table of words under one header row."""
SURE = 0.01
"""A row of blanks is taken for a section row without a doubt where it had a smaller chance to be blank by itself."""

TOTALS = re.compile(r".{0,2}(?:[合总小共]计|总[数额和]|全部|备注|说明)")
_YEAR = re.compile(r"(?:19|20)\d\d\s*(?:年度?)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Rows under one header: an optional section row, header rows, body rows; each range may be empty."""

    section: int | None
    header: range
    body: range


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """Cells that should tile ``rows`` x ``cols``; the doubtful ones are marked. ``cost`` counts what looks wrong."""

    rows: int
    cols: int
    cells: tuple[Cell, ...]
    cost: float


def has_value(row: Sequence[str]) -> bool:
    """Whether a row holds a value; a year is one only beside others."""
    return any(kind_of(text) == "value" and not _YEAR.fullmatch(text) for text in row)


def stretches(rows: Rows, width: int) -> list[Stretch]:
    """The rows parted at section rows: rows of one text, that begins them, of a table of three columns or more."""
    sections = [at for at in range(len(rows)) if _is_section(rows, at, width)]
    starts = [0, *sections] if sections[:1] != [0] else sections
    at_sections = set(sections)
    found: list[Stretch] = []
    for start, stop in zip(starts, [*starts[1:], len(rows)], strict=True):
        section = start if start in at_sections else None
        first = start + (section is not None)
        header = _header(rows, range(first, stop), again=rows[found[0].header.start] if found else None)
        found.append(Stretch(section=section, header=header, body=range(header.stop, stop)))
    return found


def _is_section(rows: Rows, at: int, width: int) -> bool:
    row = rows[at]
    if not row or not row[0] or any(row[1:]) or kind_of(row[0]) != "word" or at + 1 == len(rows):
        return False
    below = rows[at + 1]
    return (width > 2 or at == 0) and bool(below and below[0])


def _header(rows: Rows, within: range, *, again: Sequence[str] | None) -> range:
    """The rows without a value that begin ``within``; below another header only where they repeat a text of it."""
    first = within.start
    if again is not None and not (within and set(filter(None, again)) & set(rows[first])):
        return range(first, first)
    stop = next((at for at in within if has_value(rows[at])), first)
    height = stop - first
    if again is None and within and (height == 0 or height > MAX_HEADER_ROWS):
        height = 0 if has_value(rows[first]) else min(1, len(within))
    return range(first, first + height)


def blank_rate(rows: Rows, body: Sequence[int], labels: int) -> float:
    """The share of blank positions among the values of the rows ``body``, never quite 0."""
    texts = [text for at in body for text in rows[at][labels:]]
    return (1 + sum(not text for text in texts)) / (2 + len(texts))


def body_misfits(cells: Sequence[Cell], parts: Sequence[Stretch], labels: int, cols: int) -> float:
    """How much looks wrong below the headers: words among the values of a column, numbers as labels, blank ones too."""
    body = {at for part in parts for at in part.body}
    words, values = [0] * cols, [0] * cols
    cost = 0.0
    for cell in cells:
        if cell.row in body:
            what = kind_of(cell.text or "")
            words[cell.col] += what == "word"
            values[cell.col] += what == "value"
            cost += cell.row_span > 1 and what == "blank"
    return cost + sum((2 if col >= labels else 0.5) * min(words[col], values[col]) for col in range(cols))


def head_misfits(cells: Sequence[Cell], parts: Sequence[Stretch], labels: int) -> float:
    """How much looks wrong in the headers: blank ones, and lowest ones over several values."""
    body = {at for part in parts for at in part.body}
    header = {at for part in parts for at in part.header}
    starts = {(cell.row, cell.col) for cell in cells}
    cost = 0.0
    for cell in cells:
        below = cell.row + cell.row_span
        if cell.row in header and below in body and cell.col >= labels:
            cost += sum((below, col) in starts for col in range(cell.col + 1, cell.col + cell.col_span))
            cost += not cell.text
    return cost
