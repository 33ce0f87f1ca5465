"""The one ending of all three doors: roles, paths, and the finished table."""

from __future__ import annotations

from ..document import Table, tile
from .grid import Grid
from .headers import layout
from .records import records, with_roles


def finish(grid: Grid, table_id: str) -> Table:
    """The table that ``grid`` is, with the role of every cell and a record for every body cell."""
    found = layout(grid)
    cells = with_roles(grid, found)
    return Table(
        id=table_id,
        caption=grid.caption,
        rows=grid.rows,
        cols=grid.cols,
        cells=cells,
        records=tuple(records(tile(grid.rows, grid.cols, cells), found, grid.evidence)),
        evidence=grid.evidence,
        parts=grid.parts,
    )
