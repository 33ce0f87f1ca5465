"""Rows out of lines of text: which lines are one row, and which of the rows at the top are headings.

What stands in a line's columns tells: a line with figures begins a row, a line without is the rest of a cell above it,
the beginning of one below, or a row of its own (the title of the rows that follow). Where rules part the rows
throughout, they alone decide.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from ..document import Box
from .words import Phrase, is_figure, is_year

CLOSE = 0.75
"""Lines nearer than this share of the usual distance of rows are lines of one cell."""
RULED_BANDS = 3
"""So many bands of one row each show that rules part the rows."""

_OPEN_END = re.compile(r"(?:[-–,，、/&(（]|\b(?:and|or|of|the|in|for|to|with|by|from))$", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """A phrase and the columns it stands in, both ends included."""

    phrase: Phrase
    first: int
    last: int


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line of text of a region. ``band`` counts the full rules above it."""

    things: tuple[Thing, ...]
    band: int
    top: float
    bottom: float

    def cols(self) -> set[int]:
        return {col for thing in self.things for col in range(thing.first, thing.last + 1)}

    def figures(self, figure_cols: frozenset[int] | set[int]) -> set[int]:
        """The figure columns in which the line holds a figure."""
        return {
            thing.first
            for thing in self.things
            if thing.first == thing.last and thing.first in figure_cols and is_figure(thing.phrase.text)
        }


def figure_columns(lines: Sequence[Line], cols: int) -> frozenset[int]:
    """Columns that hold figures at least as often as words, and more than once; a year alone proves nothing."""
    figures, texts = [0] * cols, [0] * cols
    for line in lines:
        for thing in line.things:
            if thing.first == thing.last:
                text = thing.phrase.text
                if is_figure(text):
                    figures[thing.first] += 1
                else:
                    texts[thing.first] += 1
    return frozenset(col for col in range(1, cols) if figures[col] > 1 and figures[col] >= texts[col])


def first_body_line(lines: Sequence[Line], figure_cols: frozenset[int]) -> int:
    """Where the headings end: at the first line with figures that aren't all years, or after the first band.

    Without figures, headings are the lines above the first full rule inside the region, else the first line.
    """
    for number, line in enumerate(lines):
        found = line.figures(figure_cols)
        texts = [thing.phrase.text for thing in line.things if thing.first in found]
        if found and not all(is_year(text) for text in texts):
            return _from_its_label(lines, number)
    later = next((number for number, line in enumerate(lines) if line.band > lines[0].band), None)
    return later if later is not None else min(1, len(lines) - 1)


def _from_its_label(lines: Sequence[Line], number: int) -> int:
    """The first line with figures, or the label lines right above it that stand below a rule or alone at the left."""
    start = number
    while start > 0 and lines[start - 1].cols() == {0} and not _over_headings(lines, start - 1):
        start -= 1
    return start


def _over_headings(lines: Sequence[Line], number: int) -> bool:
    """Whether a label line is rather the lowest line of the first column's heading: nothing but headings around it."""
    if number == 0:
        return False
    line, above, below = lines[number], lines[number - 1], lines[number + 1]
    if line.band != above.band:
        return False
    if line.band != below.band:
        return True
    return above.cols() != {0} and line.top - above.bottom < below.top - line.bottom - 0.5


def body_rows(lines: Sequence[Line], figure_cols: frozenset[int]) -> list[list[Line]]:
    """The lines below the headings, gathered into rows."""
    bands: list[list[Line]] = []
    for line in lines:
        if bands and bands[-1][-1].band == line.band:
            bands[-1].append(line)
        else:
            bands.append([line])
    starts = [[_begins(line, figure_cols) for line in band] for band in bands]
    single = sum(sum(begins) == 1 for begins in starts)
    ruled = len(bands) >= RULED_BANDS and 2 * single > len(bands)
    usual = _usual_gap(bands, starts)
    rows: list[list[Line]] = []
    for band, begins in zip(bands, starts, strict=True):
        if ruled and sum(begins) <= 1:
            rows.append(list(band))
        else:
            rows += _rows_of(band, begins, usual)
    return rows


def _begins(line: Line, figure_cols: frozenset[int]) -> bool:
    if figure_cols:
        return bool(line.figures(figure_cols))
    return 0 in line.cols() and len(line.cols()) > 1


def _usual_gap(bands: Sequence[Sequence[Line]], starts: Sequence[Sequence[bool]]) -> float:
    """The usual distance, in points, between a row's line and the next row's, where they follow each other."""
    gaps = [
        below.top - above.bottom
        for band, begins in zip(bands, starts, strict=True)
        for above, below, first, second in zip(band, band[1:], begins, begins[1:], strict=False)
        if first and second
    ]
    return median(gaps) if gaps else 0.0


def _rows_of(band: Sequence[Line], begins: Sequence[bool], usual: float) -> list[list[Line]]:
    """Rows of a band that holds several: each line that begins one, with the lines that belong to it."""
    rows: list[list[Line]] = []
    waiting: list[Line] = []  # lines that go with the next row that begins
    for number, line in enumerate(band):
        above = band[number - 1] if number else None
        below = band[number + 1] if number + 1 < len(band) else None
        if begins[number]:
            rows.append([*waiting, line])
            waiting = []
        elif above is not None and rows and not waiting and _goes_on(above, line, usual):
            rows[-1].append(line)
        elif below is not None and _opens(line, below, begins[number + 1], usual):
            waiting.append(line)
        else:
            rows.append([*waiting, line])
            waiting = []
    if waiting:
        rows.append(waiting)
    return rows


def _goes_on(above: Line, line: Line, usual: float) -> bool:
    """Whether a line that begins no row is the rest of the row above it."""
    if 0 not in line.cols():
        return True
    text = line.things[0].phrase.text
    before = above.things[0].phrase.text if 0 in above.cols() else ""
    if _starts_low(text) or _OPEN_END.search(before):
        return True
    return line.top - above.bottom < CLOSE * usual - 0.5


def _opens(line: Line, below: Line, below_begins: bool, usual: float) -> bool:
    """Whether a line that begins no row is the beginning of the row below it."""
    if 0 not in line.cols():
        return below_begins and 0 in below.cols()
    if 0 not in below.cols():
        return True
    text = below.things[0].phrase.text
    if _starts_low(text) or _OPEN_END.search(line.things[0].phrase.text):
        return True
    return below.top - line.bottom < CLOSE * usual - 0.5


def _starts_low(text: str) -> bool:
    first = text.lstrip("(（\"'“‘")[:1]
    return first.islower()


def around(lines: Sequence[Line]) -> Box:
    """The box around the phrases of ``lines``."""
    boxes = [thing.phrase.box for line in lines for thing in line.things]
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)
