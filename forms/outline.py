"""Forms told by their headings whose rows vary: labels as printed, nested by their outline numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ..document import Cell, Role, Table
from .labels import fold, names
from .model import Block, Form, Node, catalogue

LEAST_ROWS = 5
LEAST_NUMBERED = 0.5
"""So many of the rows have outline numbers, or the table is any list under such headings."""

_LEVELS = (
    re.compile(r"[一二三四五六七八九十]{1,3}[、.．]"),
    re.compile(r"[（(][一二三四五六七八九十]{1,3}[）)]"),
    re.compile(r"\d{1,2}[、.．]"),
)
_AMONG = re.compile(r"其中")


def outlined(table: Table) -> Table | None:
    """``table`` as the outline form it is, with the labels a row stands under in its path, or None."""
    for form in catalogue():
        for block in form.blocks if form.is_outline else ():
            if _is_form(table, form, block):
                return _labelled(table, form)
    return None


def _is_form(table: Table, form: Form, block: Block) -> bool:
    if table.cols != form.label_columns + len(block.column_ways) or table.rows <= LEAST_ROWS:
        return False
    nodes = [*block.headings, *(way[-1] for way in block.column_ways)]
    header = [fold(cell.text or "") for cell in table.grid[0]]
    told = all(
        text and any(names(text, fold(name)) for name in node.names) for text, node in zip(header, nodes, strict=True)
    )
    numbered = sum(_level(line[0].text or "") is not None for line in table.grid[1:])
    return told and numbered >= LEAST_NUMBERED * (table.rows - 1)


def _says(text: str, node: Node) -> bool:
    return any(names(text, fold(name)) for name in node.names)


def _level(label: str) -> int | None:
    """How deep an outline number stands; ``其中：`` stands below whatever is above it and has none."""
    text = label.strip()
    return next((level for level, number in enumerate(_LEVELS) if number.match(text)), None)


def _labelled(table: Table, form: Form) -> Table:
    values = table.cols - 1
    paths = _paths([line[0].text or "" for line in table.grid])
    roles: dict[tuple[int, int], Role] = {}
    for cell in table.cells:
        roles[cell.row, cell.col] = _role(cell, form.label_columns)
    records = [
        replace(
            record,
            row_path=(*paths[record.cell[0]], *_unit(table.grid[record.cell[0]][1:values])),
            column_path=(table.grid[0][record.cell[1]].text or "",),
        )
        for record in table.records
        if roles[record.cell] == "body"
    ]
    cells = tuple(replace(cell, role=roles[cell.row, cell.col]) for cell in table.cells)
    return replace(table, form=form.id(form.editions[0]), cells=cells, records=tuple(records))


def _role(cell: Cell, label_columns: int) -> Role:
    if cell.row == 0:
        return "corner" if cell.col < label_columns else "column-header"
    return "row-header" if cell.col < label_columns else "body"


def _paths(labels: Sequence[str]) -> list[tuple[str, ...]]:
    """For each row the labels it stands under and its own."""
    paths: list[tuple[str, ...]] = []
    above: list[tuple[int, str]] = []
    for label in labels:
        level = _level(label)
        if level is None and _AMONG.match(label.strip()):
            level = len(_LEVELS)
        elif level is None:
            level = above[-1][0] if above else 0
        above = [one for one in above if one[0] < level]
        above.append((level, label))
        paths.append(tuple(text for _, text in above))
    return paths


def _unit(cells: Sequence[Cell]) -> tuple[str, ...]:
    return tuple(cell.text for cell in cells if cell.text)
