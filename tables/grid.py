"""What each of the three doors hands on: cells that tile a grid, before anyone has said which are headers."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ..document import Cell, Evidence, Part, Problem, tile


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


def ordered(cells: list[Cell]) -> tuple[Cell, ...]:
    """Cells in reading order, by the row and then the column they start in."""
    return tuple(sorted(cells, key=lambda cell: (cell.row, cell.col)))


def moved(cell: Cell, *, rows: int = 0) -> Cell:
    """The same cell, ``rows`` further down."""
    return replace(cell, row=cell.row + rows)
