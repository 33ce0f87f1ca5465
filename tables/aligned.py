"""Reads a region as a table by what stands below and beside what: columns from gaps, rows from lines.

Rules are heeded where there are any (a full rule parts rows, an upright one columns, a short one shows how far a
heading reaches), but none is needed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from ..document import Box, Cell, Part
from ..marks import Rule, Word
from . import heading
from .columns import Column, columns, edges
from .grid import Grid, Placed, ordered
from .rows import Line, Thing, body_rows, figure_columns, first_body_line
from .words import Phrase, cell_text, figures_cut_off, lines, phrases

FULL = 0.7
"""A level rule that covers this share of the region's width parts its rows."""
UPRIGHT = 0.6
"""An upright rule that covers this share of the region's height parts its columns."""
OVERLAP = 0.3
"""A phrase stands in a column if it reaches into it by this share of the font size."""


@dataclass(frozen=True, kw_only=True)
class Region:
    """Words that may be a table, and the rules among and around them."""

    page: int
    box: Box
    words: tuple[Word, ...]
    rules: tuple[Rule, ...]

    def full_rules(self) -> list[float]:
        """The heights of the level rules that part rows, pieces of one height counted together."""
        left, _, right, _ = self.box
        level = sorted((rule for rule in self.rules if rule.direction == "horizontal"), key=lambda rule: rule.at)
        found = []
        for at, pieces in groupby(level, key=lambda rule: rule.at):
            covered = sum(min(rule.end, right) - max(rule.start, left) for rule in pieces)
            if covered >= FULL * (right - left):
                found.append(at)
        return found

    def short_rules(self) -> list[Rule]:
        full = set(self.full_rules())
        return [rule for rule in self.rules if rule.direction == "horizontal" and rule.at not in full]

    def walls(self) -> list[float]:
        """The positions of the upright rules that part columns."""
        left, top, right, bottom = self.box
        upright = sorted((rule for rule in self.rules if rule.direction == "vertical"), key=lambda rule: rule.at)
        found = []
        for at, pieces in groupby(upright, key=lambda rule: rule.at):
            covered = sum(max(0.0, min(rule.end, bottom) - max(rule.start, top)) for rule in pieces)
            if covered >= UPRIGHT * (bottom - top) and left + 2 < at < right - 2:
                found.append(at)
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Aligned:
    """A region read by alignment, and what the reading was led by."""

    placed: Placed
    figure_cols: frozenset[int]
    heading_rows: int


def aligned(region: Region) -> Aligned | None:
    """The table that the region's words make, or ``None`` where they make no two columns or rows."""
    walls, full = region.walls(), region.full_rules()
    text_lines = figures_cut_off([phrases(line, walls) for line in lines(region.words)])
    found = columns(text_lines, walls)
    if len(found) < 2 or len(text_lines) < 2:
        return None
    in_columns = [_line(line, found, full) for line in text_lines]
    figure_cols = figure_columns(in_columns, len(found))
    start = first_body_line(in_columns, figure_cols)
    short = region.short_rules()
    headings = heading.levels(heading.spread(in_columns[:start], found, short), short)
    rows = [*headings, *body_rows(in_columns[start:], figure_cols)]
    if len(rows) < 2:
        return None
    col_edges = edges(found, region.box[0], region.box[2], walls)
    row_edges = _row_edges(rows, region, full)
    cells = _cells(rows, len(headings), len(found))
    placed = grid_of(cells, col_edges, row_edges, region)
    return Aligned(placed=placed, figure_cols=figure_cols, heading_rows=len(headings))


def _line(line: Sequence[Phrase], found: Sequence[Column], full: Sequence[float]) -> Line:
    top = min(phrase.box[1] for phrase in line)
    bottom = max(phrase.box[3] for phrase in line)
    return Line(
        things=tuple(_thing(phrase, found) for phrase in line),
        band=sum(at < (top + bottom) / 2 for at in full),
        top=top,
        bottom=bottom,
    )


def _thing(phrase: Phrase, found: Sequence[Column]) -> Thing:
    reach = OVERLAP * phrase.size
    inside = [
        col
        for col, column in enumerate(found)
        if min(column.right, phrase.right) - max(column.left, phrase.left)
        > min(reach, 0.5 * (column.right - column.left), 0.5 * (phrase.right - phrase.left))
    ]
    if not inside:
        nearest = min(range(len(found)), key=lambda col: abs(found[col].left + found[col].right - 2 * phrase.centre))
        inside = [nearest]
    return Thing(phrase=phrase, first=inside[0], last=inside[-1])


def _row_edges(rows: Sequence[Sequence[Line]], region: Region, full: Sequence[float]) -> tuple[float, ...]:
    """Between two rows the full rule that parts them, else the middle of what is between their texts."""
    tops = [min(line.top for line in row) for row in rows]
    bottoms = [max(line.bottom for line in row) for row in rows]
    found = [min(region.box[1], tops[0])]
    for row in range(1, len(rows)):
        middle = (bottoms[row - 1] + tops[row]) / 2
        rule = next((at for at in full if bottoms[row - 1] - 3 <= at <= tops[row] + 3), middle)
        found.append(max(rule, found[-1] + 0.1))
    return (*found, max(region.box[3], bottoms[-1], found[-1] + 0.1))


Key = tuple[int, int, int, int]
"""The row, column, row span and column span of a cell to be."""


def _cells(rows: Sequence[Sequence[Line]], headings: int, cols: int) -> dict[Key, list[Word]]:
    """The words of every cell that holds some; headings reach down to what they head."""
    cells: dict[Key, list[Word]] = {}
    for row, members in enumerate(rows):
        for first, last, words in _merged(members, cols, heads=row < headings):
            cells[row, first, 1, last - first + 1] = words
    return _reaching_down(cells, headings) if headings > 1 else cells


def _merged(members: Sequence[Line], cols: int, *, heads: bool) -> list[tuple[int, int, list[Word]]]:
    """The things of one row, those that share columns put together; a text alone over several columns is a title."""
    found: list[tuple[int, int, list[Word]]] = []
    things = sorted((thing for line in members for thing in line.things), key=lambda thing: (thing.first, thing.last))
    for thing in things:
        if found and thing.first <= found[-1][1]:
            first, last, words = found[-1]
            found[-1] = (first, max(last, thing.last), [*words, *thing.phrase.words])
        else:
            found.append((thing.first, thing.last, list(thing.phrase.words)))
    if not heads and len(found) == 1 and found[0][0] < found[0][1]:
        return [(0, cols - 1, found[0][2])]
    return found


def _reaching_down(cells: dict[Key, list[Word]], headings: int) -> dict[Key, list[Word]]:
    """Headings with the blank positions above or below them, so that one over two rows is one cell.

    Two texts of one column that nothing parts are one heading of two lines, set beside headings of two rows.
    """
    heads = {key: words for key, words in cells.items() if key[0] < headings}
    body = {key: words for key, words in cells.items() if key[0] >= headings}
    by_columns: dict[tuple[int, int], list[int]] = {}
    for row, first, _, width in sorted(heads):
        by_columns.setdefault((first, width), []).append(row)
    out: dict[Key, list[Word]] = {}
    for (first, width), owned in by_columns.items():
        taken = {
            row for row, other, _, wide in heads if other < first + width and first < other + wide and row not in owned
        }
        if width == 1 and not taken:
            words = [word for row in owned for word in heads[row, first, 1, width]]
            out[0, first, headings, width] = words
            continue
        for row in owned:
            out[row, first, 1, width] = heads[row, first, 1, width]
    return out | body


def grid_of(
    cells: dict[Key, list[Word]], col_edges: Sequence[float], row_edges: Sequence[float], region: Region
) -> Placed:
    """The grid on these edges whose cells hold these words; positions that none of them covers are blank."""
    rows, cols = len(row_edges) - 1, len(col_edges) - 1
    covered = {
        (below, right)
        for row, col, height, width in cells
        for below in range(row, row + height)
        for right in range(col, col + width)
    }
    every = dict(cells)
    every |= {(row, col, 1, 1): [] for row in range(rows) for col in range(cols) if (row, col) not in covered}
    made = [
        Cell(
            row=row,
            col=col,
            row_span=height,
            col_span=width,
            text=cell_text(words),
            parts=(
                Part(
                    page=region.page,
                    box=(col_edges[col], row_edges[row], col_edges[col + width], row_edges[row + height]),
                ),
            ),
            origin=region.words[0].origin,
            confidence=min((word.confidence for word in words if word.confidence is not None), default=None),
        )
        for (row, col, height, width), words in every.items()
    ]
    box = (col_edges[0], row_edges[0], col_edges[-1], row_edges[-1])
    part = Part(page=region.page, box=box)
    grid = Grid(rows=rows, cols=cols, cells=ordered(made), evidence="aligned", parts=(part,))
    return Placed(grid=grid, page=region.page, box=box, col_edges=tuple(col_edges))
