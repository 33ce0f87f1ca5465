"""What each of the three doors hands on: cells that tile a grid, before anyone has said which are headers."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from ..document import Box, Cell, Evidence, Part, Problem, tile


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A tiling whose cells still all have the role ``body``.

    ``problems`` are what the door met on the way; they name no table yet, since the table has no id yet.
    """

    rows: int
    cols: int
    cells: tuple[Cell, ...]
    evidence: Evidence
    parts: tuple[Part, ...] = ()
    caption: str | None = None
    problems: tuple[Problem, ...] = ()

    def __post_init__(self) -> None:
        tile(self.rows, self.cols, self.cells)

    def positions(self) -> list[list[Cell]]:
        """``positions()[row][col]``: the cell that covers that position."""
        return tile(self.rows, self.cols, self.cells)


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A grid found on a page. ``col_edges`` are the x positions of its columns' borders, ``cols + 1`` of them."""

    grid: Grid
    page: int
    box: Box
    col_edges: tuple[float, ...]


def ordered(cells: Iterable[Cell]) -> tuple[Cell, ...]:
    """Cells in reading order, by the row and then the column they start in."""
    return tuple(sorted(cells, key=lambda cell: (cell.row, cell.col)))


def compacted(cells: Sequence[Cell]) -> tuple[int, int, list[Cell]]:
    """Rows, columns and cells of a tiling without the rows and columns in which no cell starts.

    They are the debris of spans that all reach over them, and tell a reader nothing.
    """
    rows = sorted({cell.row for cell in cells})
    cols = sorted({cell.col for cell in cells})
    kept = [
        replace(
            cell,
            row=bisect_left(rows, cell.row),
            col=bisect_left(cols, cell.col),
            row_span=bisect_left(rows, cell.row + cell.row_span) - bisect_left(rows, cell.row),
            col_span=bisect_left(cols, cell.col + cell.col_span) - bisect_left(cols, cell.col),
        )
        for cell in cells
    ]
    return len(rows), len(cols), kept
