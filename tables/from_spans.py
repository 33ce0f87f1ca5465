"""The door for declared cells: DOCX, HTML, and whatever else says how far its cells reach."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..document import Cell, Problem, Repair, WordsFrom
from .grid import Grid, compacted, ordered

MAX_COL_SPAN = 1000
"""The most columns a cell may span in HTML; a declared span may be any number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclaredCell:
    """A cell as its source declares it. ``row_span`` 0 reaches to the table's last row, as in HTML."""

    text: str
    row_span: int = 1
    col_span: int = 1
    repairs: tuple[Repair, ...] = ()


def from_spans(rows: Sequence[Sequence[DeclaredCell]], *, origin: WordsFrom = "markup") -> Grid:
    """The grid that ``rows`` declare, by the table model of HTML: each cell takes the first free column of its row.

    Declarations that can't be true are cut to what fits, and a problem says so: a span that runs into a cell from
    above, that reaches below the last row, or that is absurd. Columns and rows in which no cell starts (the debris of
    spans that all reach over them) are taken out, then positions nobody claims become blank cells, but doubtful ones:
    nobody has seen that they are blank.
    """
    claimed: dict[tuple[int, int], int] = {}
    cells: list[Cell] = []
    lies: list[int] = []
    for row, line in enumerate(rows):
        col = 0
        for declared in line:
            while (row, col) in claimed:
                col += 1
            row_span, col_span = _fitting(declared, row, col, len(rows), claimed)
            if col_span != declared.col_span or row_span < min(declared.row_span, len(rows) - row):
                lies.append(len(cells))
            for below in range(row, row + row_span):
                for right in range(col, col + col_span):
                    claimed[below, right] = len(cells)
            cells.append(
                Cell(
                    row=row,
                    col=col,
                    row_span=row_span,
                    col_span=col_span,
                    text=declared.text,
                    origin=origin,
                    repairs=declared.repairs,
                )
            )
            col += col_span
    row_count, width, cells = compacted(cells)
    problems = _problems([(cells[index].row, cells[index].col) for index in lies])
    covered = {position for cell in cells for position in cell.positions}
    cells += [
        Cell(row=row, col=col, origin=origin, doubtful=True)
        for row in range(row_count)
        for col in range(width)
        if (row, col) not in covered
    ]
    return Grid(rows=row_count, cols=width, cells=ordered(cells), evidence="spans", problems=problems)


def _fitting(
    declared: DeclaredCell, row: int, col: int, row_count: int, claimed: dict[tuple[int, int], int]
) -> tuple[int, int]:
    """The largest part of the declared span at ``(row, col)`` that is free."""
    rows_left = row_count - row
    row_span = rows_left if declared.row_span == 0 else min(max(declared.row_span, 1), rows_left)
    col_span = 1
    widest = min(max(declared.col_span, 1), MAX_COL_SPAN)
    while col_span < widest and (row, col + col_span) not in claimed:
        col_span += 1
    for below in range(1, row_span):
        if any((row + below, right) in claimed for right in range(col, col + col_span)):
            return below, col_span
    return row_span, col_span


def _problems(lies: list[tuple[int, int]]) -> tuple[Problem, ...]:
    if not lies:
        return ()
    return (
        Problem(
            code="span-cut",
            severity="info",
            message=f"{len(lies)} declared spans did not fit the table and were cut; compare with the source",
            cells=tuple(lies),
        ),
    )
