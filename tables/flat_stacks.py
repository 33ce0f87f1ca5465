"""Rows that list their cells without saying where they stand: what reaches in from above is absent, or a blank.

The values of a row stand at its right, one a column; what is left of them are labels. How many columns each label
takes, and which labels above go on beside it, is told by blanks where they are written, by outline numbers, and else
by what is usual: a row that names fewer labels than there are columns names the innermost.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from ..document import Cell
from .flat_draft import Draft, Rows, Stretch, body_misfits, head_misfits, stretches
from .flat_heads import KEPT, laid_out, ways
from .flat_names import Names, Widths
from .grid import ordered
from .headers import kind_of

MARGIN = 2.0
"""Two ways to read headers that differ by less in plausibility are both possible, and a reader is told."""
PADDED = 0.75
"""If so many rows are as wide as the table, rows are filled up to it: one that isn't lost a cell or has one twice."""
NO_WAY = 3.0
"""What header rows cost that can't be divided so that the columns come out."""
MAX_LABELS = 16
"""A table of more label columns than this holds a row that is no row of it."""
MAX_COST = 1.0
"""From here on something was counted wrongly, and no value can be relied on."""

_HEADS_LABELS = re.compile(r"类|名称|项目?$|指标|内容|事项|单位|地区|部门|序号|编号|编码|代码|科目|级")


def draft_of_stacks(rows: Rows, width: int, *, marked: bool) -> Draft | None:
    """The grid of rows that list cells; ``None`` where they can't be such rows.

    ``marked``: a cell from above is a blank in the rows it reaches. Otherwise it is absent, and blanks at a row's end
    may be padding. ``width`` is the table's.
    """
    listed = rows if marked else [_stripped(row) for row in rows]
    parts = stretches([_stripped(row) for row in rows], width)
    overall = _widths(listed, [row for part in parts for row in part.body], width)
    if overall is None or overall.labels > MAX_LABELS:
        return None
    filled = sum(len(row) == width for row in rows) >= PADDED * (len(rows) - 1)
    padded = filled and not marked and any(row and not row[-1] for row in rows)
    headed = sum(len(part.header) > 0 for part in parts)
    cells: list[Cell] = []
    cost = 0.0
    used = overall
    unsure: set[int] = set()
    levels: dict[str, int] = {}
    for part in parts:
        if part.section is not None:
            cells.append(Cell(row=part.section, col=0, col_span=width, text=rows[part.section][0]))
        if part.header and headed > 1:
            own = max(len(listed[row]) for row in (*part.header, *part.body))
            used = (_widths(listed, part.body, own) if own < width else None) or overall
        heads: list[Cell] = []
        if part.header:
            heads, unsure = _heads(listed, part, used, marked=marked)
            cost += NO_WAY * (len(unsure) == used.all)
        names = Names(widths=used, marked=marked, levels=levels)
        for row in part.body:
            odd = padded and row + 1 < len(rows) and len(rows[row]) != width
            names.add(row, listed[row], odd=odd or len(rows[row]) < used.values + min(1, used.labels))
        cost += names.cost
        for cell in heads + names.cells:
            doubtful = not cell.doubtful and not unsure.isdisjoint(range(cell.col, cell.col + cell.col_span))
            placed = _widened(cell, used.all, width)
            cells.append(replace(placed, doubtful=True) if doubtful else placed)
    if any(cell.col + cell.col_span > width for cell in cells):
        return None
    cost += head_misfits(cells, parts, overall.labels) + body_misfits(cells, parts, overall.labels, width)
    if cost > MAX_COST:
        cells = [replace(cell, doubtful=True) for cell in cells]
    return Draft(rows=len(rows), cols=width, cells=ordered(cells), cost=cost)


def _stripped(row: Sequence[str]) -> Sequence[str]:
    end = len(row)
    while end and not row[end - 1]:
        end -= 1
    return row[:end]


def _widened(cell: Cell, used: int, width: int) -> Cell:
    """A block of fewer columns than the table fills it with its last one."""
    return replace(cell, col_span=width - cell.col) if cell.col + cell.col_span == used < width else cell


def _widths(rows: Rows, body: Sequence[int], width: int) -> Widths | None:
    """How a row is parted into labels and values.

    Most rows hold the same number of texts from their first value on. Words that stand before it in every row are
    values too, all but one: among labels something would go on from above and be a blank, or absent.
    """
    tails = Counter(
        len(rows[row]) - _first_value(rows[row]) for row in body if _first_value(rows[row]) < len(rows[row])
    )
    if not tails:
        return None
    tail = max(tails, key=lambda tail: (tails[tail], tail))
    usual = [rows[row] for row in body if len(rows[row]) - _first_value(rows[row]) == tail]
    words = min(len(row) - tail - _first_filled(row) for row in usual)
    values = min(tail + max(words - 1, 0), width)
    kinds = [
        Counter(kind_of(text) for text in column) for column in zip(*(row[-values:] for row in usual), strict=True)
    ]
    wordy = frozenset(col for col, count in enumerate(kinds) if count["word"] > count["value"])
    return Widths(labels=width - values, values=values, wordy=wordy)


def _first_filled(row: Sequence[str]) -> int:
    return next((at for at, text in enumerate(row) if text), 0)


def _first_value(row: Sequence[str]) -> int:
    return next((at for at, text in enumerate(row) if kind_of(text) == "value"), len(row))


def _heads(rows: Rows, part: Stretch, widths: Widths, *, marked: bool) -> tuple[list[Cell], set[int]]:
    """The header cells of a stretch, and the columns whose headers may as well be others."""
    if not part.header:
        return [], set()
    first, height = part.header.start, len(part.header)
    found: list[tuple[float, list[Cell]]] = []
    cut_short = False
    for corners in range(min(1, widths.labels), widths.labels + 1):
        levels = [rows[first][corners:], *(_below(rows[row], corners, marked=marked) for row in part.header[1:])]
        likely = ways(levels, widths.values, marked=marked)
        corner = _corner(rows[first][:corners], widths.labels, row=first, row_span=height)
        found += [
            (
                way.cost + _corner_cost(rows[first][:corners], widths.labels),
                corner + laid_out(levels, way, row=first, col=widths.labels, marked=marked),
            )
            for way in likely
        ]
        cut_short |= len(likely) == KEPT and likely[-1].cost - likely[0].cost < MARGIN
    if not found:
        return _as_they_stand(rows, part.header, widths.all), set(range(widths.all))
    found.sort(key=lambda each: each[0])
    rivals = [cells for cost, cells in found[1:] if cost - found[0][0] < MARGIN]
    if cut_short and rivals:
        return found[0][1], set(range(widths.labels, widths.all))
    return found[0][1], {col for rival in rivals for col in _differing(found[0][1], rival)}


def _differing(cells: Sequence[Cell], others: Sequence[Cell]) -> set[int]:
    """The columns over which different cells stand."""
    return {col for cell in {*cells} ^ {*others} for col in range(cell.col, cell.col + cell.col_span)}


def _corner(texts: Sequence[str], labels: int, *, row: int, row_span: int) -> list[Cell]:
    """The corner cells, the last of them as wide as is left over the labels."""
    return [
        Cell(row=row, col=col, row_span=row_span, col_span=labels - col if col == len(texts) - 1 else 1, text=text)
        for col, text in enumerate(texts)
    ]


def _corner_cost(texts: Sequence[str], labels: int) -> float:
    """How unlikely it is that ``texts`` head the label columns: one heading does, or one for each column."""
    if len(texts) <= 1:
        return 0.0
    unlike = sum(not _HEADS_LABELS.search(text) for text in texts[1:])
    return 0.5 + 2.5 * unlike + 2.5 * (not texts[0]) + 1.5 * (len(texts) < labels) - 2.0 * (not unlike)


def _below(row: Sequence[str], corners: int, *, marked: bool) -> Sequence[str]:
    """A later header row without the blanks that stand for the corners above it."""
    return row[corners:] if marked and not any(row[:corners]) else row


def _as_they_stand(rows: Rows, header: range, width: int) -> list[Cell]:
    return [
        Cell(row=row, col=col, text=rows[row][col] if col < len(rows[row]) else "")
        for row in header
        for col in range(width)
    ]
