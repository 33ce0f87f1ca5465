"""Tables that go on over a page break are made one again.

Two grids are one table if nothing but furniture stands between them, their columns' edges agree, and the second does
not start with headers of its own. A header printed again on the next page is recognised by its text and counted once.
A label that the break cut in two (a blank label cell, or the rest of its text, at the top of the next page) becomes one
cell again, and so does a row: the rest of its label on the next page, its values on one of the two. Two values never
become one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median

from ..document import Cell
from .celltext import join_lines
from .from_marks import Placed
from .grid import Grid, ordered
from .headers import Layout, layout
from .records import with_roles

EDGE_TOLERANCE = 4.0
"""How far, in points, an edge may wander from one page to the next once the left borders are laid on each other."""

LOW = 0.7
"""A blank row at the top of a page lower than this share of the usual height is what a row before left over."""
_NUMBERED = re.compile(r"[（(]?[一二三四五六七八九十百\d]+[）)、.．]|[①-⑳⑴-⒇㈠-㈩]")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Fit:
    """Column edges that serve both grids, the second already shifted onto the first."""

    edges: tuple[float, ...]
    first: tuple[int, ...]
    second: tuple[int, ...]


def joined(above: Placed, below: Placed) -> Placed | None:
    """The one table that ``above`` and ``below`` (the next page's first) are, or ``None`` if they are two."""
    fit = _fit(above.col_edges, below.col_edges)
    if fit is None:
        return None
    first, second = _stretched(above.grid, fit.first), _stretched(below.grid, fit.second)
    repeated = _repeated_rows(first, second)
    if not repeated and _heads_anew(first, second):
        return None
    grid = _stacked(first, second, repeated, below)
    return Placed(grid=grid, page=below.page, box=below.box, col_edges=fit.edges)


def _fit(first: Sequence[float], second: Sequence[float]) -> _Fit | None:
    """Common edges, if the outer borders agree and every edge of one grid is an edge of the other."""
    shift = first[0] - second[0]
    shifted = [edge + shift for edge in second]
    if abs(first[-1] - shifted[-1]) > 2 * EDGE_TOLERANCE:
        return None
    finer, coarser = (first, shifted) if len(first) >= len(shifted) else (shifted, first)
    places = [_nearest(finer, edge) for edge in coarser]
    if any(abs(finer[place] - edge) > EDGE_TOLERANCE for place, edge in zip(places, coarser, strict=True)):
        return None
    if len(set(places)) < len(places):
        return None
    whole = tuple(range(len(finer)))
    if finer is first:
        return _Fit(edges=tuple(first), first=whole, second=tuple(places))
    return _Fit(edges=tuple(shifted), first=tuple(places), second=whole)


def _nearest(edges: Sequence[float], edge: float) -> int:
    return min(range(len(edges)), key=lambda index: abs(edges[index] - edge))


def _stretched(grid: Grid, places: Sequence[int]) -> Grid:
    """The grid on finer columns: its column ``c`` now reaches from ``places[c]`` to ``places[c + 1]``."""
    cells = tuple(
        replace(cell, col=places[cell.col], col_span=places[cell.col + cell.col_span] - places[cell.col])
        for cell in grid.cells
    )
    return replace(grid, cols=places[-1], cells=cells)


def _repeated_rows(first: Grid, second: Grid) -> int:
    """How many of the first grid's leading rows the second grid prints again."""
    found = layout(first)
    leading = next((row for row in range(first.rows) if row not in found.header_rows | found.sections), 0)
    for count in range(min(leading, second.rows - 1), 0, -1):
        printed = _folded(first, count)
        if printed is not None and printed == _folded(second, count):
            return count
    return 0


def _folded(grid: Grid, rows: int) -> list[tuple[int, int, int, str]] | None:
    """The top rows for comparison: place, width and text of each cell, spaces aside; ``None`` if one reaches below."""
    cells = [cell for cell in grid.cells if cell.row < rows]
    if any(cell.row + cell.row_span > rows for cell in cells):
        return None
    return [(cell.row, cell.col, cell.col_span, "".join((cell.text or "").split())) for cell in cells]


def _heads_anew(first: Grid, second: Grid) -> bool:
    """Whether the second grid starts with headers that the first does not call for.

    Headers right after a section row that ends the first page are called for.
    """
    found = layout(second)
    starts_with_header = 0 in found.header_rows
    return starts_with_header and (first.rows - 1) not in layout(first).sections


def _stacked(first: Grid, second: Grid, repeated: int, below: Placed) -> Grid:
    """The second grid's rows, less the repeated ones, set under the first's."""
    rows_above = first.rows
    upper = list(first.cells)
    lower = [replace(cell, row=cell.row + rows_above - repeated) for cell in second.cells if cell.row >= repeated]
    if repeated:
        upper = _with_repeats(upper, second, repeated)
    whole = replace(first, rows=rows_above + second.rows - repeated, cells=ordered([*upper, *lower]))
    whole = _with_row_whole(replace(whole, cells=_mended(whole, rows_above)), rows_above)
    part = replace(below.grid.parts[0], repeated_header_rows=repeated)
    return replace(whole, parts=(*first.parts, part), problems=(*first.problems, *second.problems))


def _with_repeats(cells: Sequence[Cell], second: Grid, repeated: int) -> list[Cell]:
    """Header cells get a part on the page that prints them again."""
    again = {(cell.row, cell.col): cell.parts for cell in second.cells if cell.row < repeated}
    return [replace(cell, parts=(*cell.parts, *again.get((cell.row, cell.col), ()))) for cell in cells]


def _mended(grid: Grid, seam: int) -> tuple[Cell, ...]:
    """The cells with every label that the break at row ``seam`` cut in two made whole."""
    found = layout(grid)
    labels = {(cell.row, cell.col): cell for cell in with_roles(grid, found) if cell.role == "row-header"}
    cells = {(cell.row, cell.col): cell for cell in grid.cells}
    for lower in [cell for cell in grid.cells if cell.row == seam and (cell.row, cell.col) in labels]:
        upper = next((cell for cell in cells.values() if _stands_on(cell, lower)), None)
        if upper is None or (upper.row, upper.col) not in labels or not _continues(upper, lower, found):
            continue
        del cells[lower.row, lower.col]
        cells[upper.row, upper.col] = replace(
            upper,
            row_span=upper.row_span + lower.row_span,
            text=join_lines([upper.text or "", lower.text or ""]),
            parts=(*upper.parts, *lower.parts),
        )
    return ordered(list(cells.values()))


def _with_row_whole(grid: Grid, seam: int) -> Grid:
    """The grid with the row that the break at row ``seam`` cut in two made one row, if it did cut one."""
    found = layout(grid)
    pairs = _cut_row(grid, seam, found)
    if not pairs:
        return grid
    cells: list[Cell] = []
    for cell in grid.cells:
        if cell.row == seam:
            continue
        if cell.row < seam < cell.row + cell.row_span:
            cell = replace(cell, row_span=cell.row_span - 1)
        elif cell.row > seam:
            cell = replace(cell, row=cell.row - 1)
        elif (rest := pairs.get(cell.col)) is not None and cell.row == seam - 1:
            text = join_lines([cell.text or "", rest.text or ""])
            cell = replace(cell, text=text, parts=(*cell.parts, *rest.parts), doubtful=cell.doubtful or rest.doubtful)
        cells.append(cell)
    return replace(grid, rows=grid.rows - 1, cells=ordered(cells))


def _cut_row(grid: Grid, seam: int, found: Layout) -> dict[int, Cell]:
    """The cells that start in row ``seam``, by their column, if they are the rest of the row above.

    They are if each stands under a cell of its own width, no column has a value on both pages, and the label says so:
    its rest has no outline number where the row above has one, or all values stand below the label's page. A row too
    low to write in, with nothing in it, is such a rest as well.
    """
    positions = grid.positions()
    above = {cell.col: cell for cell in positions[seam - 1] if cell.row == seam - 1 and cell.row_span == 1}
    below = {cell.col: cell for cell in positions[seam] if cell.row == seam}
    if any(
        cell.row_span > 1 or col not in above or above[col].col_span != cell.col_span for col, cell in below.items()
    ):
        return {}
    if not any(cell.text for cell in below.values()) and _is_low(grid, list(below.values())):
        return below
    labels = [col for col in below if col in found.header_cols]
    values = [col for col in below if col not in found.header_cols]
    texts_above = [above[col].text for col in values]
    texts_below = [below[col].text for col in values]
    if not labels or not values or (any(texts_above) and any(texts_below)):
        return {}
    upper, lower = above[labels[-1]].text or "", below[labels[-1]].text or ""
    label_goes_on = bool(lower) and is_numbered(upper) and not is_numbered(lower)
    values_follow = bool(upper) and not lower and any(texts_below)
    return below if label_goes_on or values_follow else {}


def _is_low(grid: Grid, row: Sequence[Cell]) -> bool:
    """Whether a row is lower than LOW of the usual one."""
    heights = [_height(cell) for cell in grid.cells if cell.row_span == 1]
    return all(_height(cell) < LOW * median(heights) for cell in row)


def _height(cell: Cell) -> float:
    """That of the cell's last part, in points."""
    box = cell.parts[-1].box if cell.parts else None
    return box[3] - box[1] if box else 0.0


def _stands_on(upper: Cell, lower: Cell) -> bool:
    return upper.row + upper.row_span == lower.row and upper.col == lower.col and upper.col_span == lower.col_span


def _continues(upper: Cell, lower: Cell, found: Layout) -> bool:
    """Whether ``lower`` is the rest of ``upper``: one of them is blank, or only ``upper`` has an outline number.

    The innermost labels name a row each, so that a blank one is blank and not a continuation.
    """
    if upper.col + upper.col_span not in found.header_cols:
        return False
    above, below = (upper.text or "").strip(), (lower.text or "").strip()
    return not above or not below or (is_numbered(above) and not is_numbered(below))


def is_numbered(text: str) -> bool:
    """Whether a label starts with an outline number: 一、 （一） 1. 1、 ①."""
    return bool(_NUMBERED.match(text.strip()))
