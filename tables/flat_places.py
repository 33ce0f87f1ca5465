"""Rows with a field for every position of the grid: a merged cell stands at its first position, or at all of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate, pairwise

from ..document import Cell
from .flat_draft import SURE, Draft, Rows, Stretch, blank_rate, body_misfits, head_misfits, stretches
from .flat_odd import below_label, below_lost_sections
from .flat_outline import mark_of
from .grid import ordered
from .headers import kind_of

MISREAD = 2.0
"""From here on the headers look as if their rows weren't written position by position."""


def draft_of_places(rows: Rows, *, odd: frozenset[int] = frozenset()) -> Draft:
    """The grid of rows of equal length in which a blank field in headers and labels belongs to a merged cell.

    ``odd`` rows were of another length: in them, and below their labels, nothing is sure.

    In the headers a blank goes to the cell above it if that cell's whole width is blank here, else to the cell on its
    left; among labels to the one on its left, or above where none is. Blanks among the values are blanks.
    """
    width = len(rows[0])
    parts = stretches(rows, width)
    labels = _label_count(rows, parts, odd)
    doubtful_rows = _doubtful_rows(rows, parts, labels) | odd | below_lost_sections(rows, parts, odd)
    cells: list[Cell] = []
    doubtful_cols: set[int] = set()
    for part in parts:
        if part.section is not None:
            cells.append(Cell(row=part.section, col=0, col_span=width, text=rows[part.section][0]))
        heads, strange = filled_heads(rows, part.header)
        cells += heads
        doubtful_cols |= strange | _undivided(heads, part, labels)
        names = _names(rows, part.body, labels, doubtful_rows)
        doubtful_rows.update(row for name in names for row in below_label(name, odd))
        cells += names
        cells += [Cell(row=row, col=col, text=rows[row][col]) for row in part.body for col in range(labels, width)]
    heads_odd = any(row in odd for part in parts for row in part.header)
    doubtful_cols.update(range(width) if heads_odd else ())
    heads_cost = head_misfits(cells, parts, labels)
    heads_cost += sum(bool(labels and rows[row][0]) for part in parts for row in part.header[1:])
    cost = heads_cost + body_misfits(cells, parts, labels, width) + len(odd)
    mixed = any(kind_of(text) == "value" for row in odd for text in rows[row][:labels])
    if heads_cost >= MISREAD or mixed:
        doubtful_cols.update(range(width))
    marked = [
        replace(cell, doubtful=True) if cell.row in doubtful_rows or cell.col in doubtful_cols else cell
        for cell in cells
    ]
    return Draft(rows=len(rows), cols=width, cells=ordered(marked), cost=cost)


def without_repeats(rows: Rows) -> Rows | None:
    """The rows with every repetition of a merged cell blanked, or ``None`` where the headers don't repeat.

    Labels are merged only where the headers show the habit: a list that names its province in every row is no merge.
    """
    width = len(rows[0])
    parts = stretches([_once(row) for row in rows], width)
    header = parts[0].header
    if len(header) == 0 or not any(_repeats(rows, row, header.start) for row in header):
        return None
    if any(not text for row in header for text in rows[row][_first_filled(rows[row]) :]):
        return None
    fresh = [list(row) for row in rows]
    for part in parts:
        if part.section is not None:
            fresh[part.section] = [*rows[part.section][:1], *([""] * (width - 1))]
        _blank_heads(rows, fresh, part.header)
    _blank_labels(rows, fresh, parts)
    return fresh


def _blank_heads(rows: Rows, fresh: list[list[str]], header: range) -> None:
    """Leaves each header cell only its first position: cells of one text, under one cell, are one."""
    above = [0] * len(rows[0])
    for row in header:
        borders = {0, *above}
        starts = [col for col, text in enumerate(rows[row]) if col in borders or text != rows[row][col - 1]]
        stops = [*starts[1:], len(rows[0])]
        here: list[int] = []
        for start, stop in zip(starts, stops, strict=True):
            same = row > header.start and set(rows[row][start:stop]) == set(rows[row - 1][start:stop])
            whole = set(above[start:stop]) == {start} and (stop == len(above) or above[stop] != start)
            fresh[row][start:stop] = ["" if same and whole else rows[row][start], *([""] * (stop - start - 1))]
            here += [start] * (stop - start)
        above = here


def _once(row: Sequence[str]) -> Sequence[str]:
    """A row that repeats one text throughout is a section's."""
    return [row[0], *([""] * (len(row) - 1))] if len(row) > 2 and len(set(row)) == 1 else row


def _repeats(rows: Rows, row: int, first: int) -> bool:
    words = [text for text in rows[row] if text]
    beside = any(left == right for left, right in pairwise(words))
    return beside or (row > first and any(up and up == here for up, here in zip(rows[row - 1], rows[row], strict=True)))


def _blank_labels(rows: Rows, fresh: list[list[str]], parts: Sequence[Stretch]) -> None:
    """Blanks labels that the row above has too, from the left as far as they agree, and those repeated to the right.

    Only columns whose heading reaches all the way down can be labels. The last label is never the same cell as the one
    above it: a row has a name of its own.
    """
    header = parts[0].header
    reach = _undivided_width(rows, header)
    begun: dict[int, int] = {}
    for part in parts:
        for row in part.body:
            col = 0
            while row > part.body.start and col + 1 < reach and _shared(rows, row, col):
                fresh[row][col] = ""
                col += 1
            begun[row] = col
    innermost = max((col for row, col in begun.items() if fresh[row][col : col + 1] != [""]), default=-1)
    for row, first in begun.items():
        for right in range(first + 1, reach):
            one_head = rows[header.start][right] == rows[header.start][right - 1]
            text = rows[row][right]
            if text != rows[row][right - 1] or kind_of(text) != "word":
                continue
            divided = row + 1 in begun and rows[row + 1][right - 1] == text != rows[row + 1][right]
            if (one_head or right <= innermost) and not divided:
                fresh[row][right] = ""


def _undivided_width(rows: Rows, header: range) -> int:
    """How many columns from the left have one heading in all header rows."""
    col = 0
    while col < len(rows[0]) and len({rows[row][col] for row in header}) == 1:
        col += 1
    return col


def _shared(rows: Rows, row: int, col: int) -> bool:
    text = rows[row][col]
    return kind_of(text) == "word" and rows[row - 1][col] == text and kind_of(rows[row][col + 1]) == "word"


def _first_filled(row: Sequence[str]) -> int:
    return next((at for at, text in enumerate(row) if text), len(row))


def _label_count(rows: Rows, parts: Sequence[Stretch], odd: frozenset[int]) -> int:
    """How many columns from the left name the rows.

    A first column of words does. One after it does too if it holds words and either a label before it reaches down
    beside it, or a header cell from its left reaches over it and all the way down.
    """
    body = [row for part in parts for row in part.body if row not in odd]
    kinds = [{kind_of(rows[row][col]) for row in body} for col in range(len(rows[0]))]
    if not body or "word" not in kinds[0]:
        return 0
    header = parts[0].header
    begins = [_first_filled(rows[row]) for row in body]
    labels = 1
    while labels < len(kinds) - 1 and "word" in kinds[labels] and "value" not in kinds[labels]:
        reached = labels in begins
        headed = len(header) > 0 and not any(rows[row][labels] for row in header)
        if not reached and not headed:
            break
        labels += 1
    return labels


def _doubtful_rows(rows: Rows, parts: Sequence[Stretch], labels: int) -> set[int]:
    """Rows whose labels are all blank, and rows below a section that may as well be a label without values."""
    body = [row for part in parts for row in part.body]
    doubtful = {row for row in body if labels and not any(rows[row][:labels])}
    values = len(rows[0]) - labels
    if values and blank_rate(rows, body, labels) ** values >= SURE:
        for part in parts:
            if part.section is not None and part.section > 0:
                doubtful.update(part.body)
    marks = {mark_of(rows[row][0])[0] for row in body} - {None}
    for part in parts:
        if part.section is not None and part.section > 0 and mark_of(rows[part.section][0])[0] in marks:
            doubtful.update(part.body)
    return doubtful


def filled_heads(rows: Rows, header: range) -> tuple[list[Cell], set[int]]:
    """The header cells, and the columns of blanks that no cell can reach."""
    width = len(rows[0])
    cells: list[Cell] = []
    above: list[int] = []
    strange: set[int] = set()
    for row in header:
        here = [-1] * width
        filled = [0, *accumulate(bool(text) for text in rows[row])]
        for col in range(width):
            text = rows[row][col]
            if not text and above:
                up = cells[above[col]]
                if filled[up.col] == filled[up.col + up.col_span]:
                    if col == up.col:
                        cells[above[col]] = replace(up, row_span=up.row_span + 1)
                    here[col] = above[col]
                    continue
            beside = here[col - 1] if col else -1
            joined = beside >= 0 and cells[beside].row == row and (not above or above[col] == above[col - 1])
            if not text and joined:
                cells[beside] = replace(cells[beside], col_span=cells[beside].col_span + 1)
                here[col] = beside
                continue
            if not text and above:
                strange.add(col)
            here[col] = len(cells)
            cells.append(Cell(row=row, col=col, text=text))
        above = here
    return cells, strange


def _undivided(heads: Sequence[Cell], part: Stretch, labels: int) -> set[int]:
    """Columns of values that share one lowest header cell: it may be a neighbour's whose own heading is blank."""
    return {
        col
        for cell in heads
        if part.body and cell.col >= labels and cell.col_span > 1 and cell.row + cell.row_span == part.header.stop
        for col in range(cell.col, cell.col + cell.col_span)
    }


def _names(rows: Rows, body: range, labels: int, doubtful: set[int]) -> list[Cell]:
    """The labels of ``body``: each reaches right over blanks, and down over rows that begin with blanks."""
    cells: list[Cell] = []
    above: list[int] = []
    for row in body:
        here: list[int] = []
        for col in range(labels):
            text = rows[row][col]
            begun = any(rows[row][:col])
            if not text and not begun and above and _reaches_down(rows, row, cells[above[col]], here, above, col):
                if col == cells[above[col]].col:
                    cells[above[col]] = replace(cells[above[col]], row_span=row - cells[above[col]].row + 1)
                here.append(above[col])
            elif not text and begun and _reaches_right(rows, row, body.stop, cells[here[-1]].col, col):
                cells[here[-1]] = replace(cells[here[-1]], col_span=col - cells[here[-1]].col + 1)
                here.append(here[-1])
            else:
                if not text and not begun:
                    doubtful.add(row)
                here.append(len(cells))
                cells.append(Cell(row=row, col=col, text=text))
        above = here
    return cells


def _reaches_down(rows: Rows, row: int, up: Cell, here: list[int], above: list[int], col: int) -> bool:
    if col > up.col:
        return here[-1] == above[col]
    return not any(rows[row][up.col : up.col + up.col_span])


def _reaches_right(rows: Rows, row: int, stop: int, first: int, col: int) -> bool:
    """Whether the label at ``first`` covers ``col`` too: not if it reaches down beside labels of that column."""
    return row + 1 == stop or any(rows[row + 1][: first + 1]) or not rows[row + 1][col]
