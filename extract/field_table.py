"""A portal's fields set as a table: each label names the cell beside it, and no cell heads a column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..document import Cell, Record, Table
from .portal import is_label, is_telling_label

LEAST_LABELS = 2
LEAST_SHARE = 0.7
"""So many of the cells that aren't blank are labels or the values beside them."""

Place = tuple[int, int]


def with_field_roles(table: Table) -> Table:
    """``table`` as it is, or, where it is a portal's fields, with labels for row headers and a record for each value.

    A record's ``row_path`` is its label; the path of a cell beside which no label stands is empty. What the rows would
    say read as a table with a header (``生成日期`` of ``0143/2024-00002``) is said nowhere.
    """
    rows = [list(dict.fromkeys(line)) for line in table.grid]
    labels: dict[Place, str] = {}
    heads: set[Place] = set()
    for row in rows:
        for label, value in _pairs(row):
            heads.add((label.row, label.col))
            if value is not None:
                labels[value.row, value.col] = label.text or ""
    if not _is_fields(table, labels, heads):
        return table
    cells = tuple(replace(cell, role="row-header" if (cell.row, cell.col) in heads else "body") for cell in table.cells)
    records = tuple(
        Record.of(cell, (labels[place],) if (place := (cell.row, cell.col)) in labels else (), ())
        for cell in cells
        if cell.role == "body"
    )
    return replace(table, cells=cells, records=records)


def _pairs(row: Sequence[Cell]) -> list[tuple[Cell, Cell | None]]:
    """The labels of a row, each with the cell behind it unless that is a label too.

    In a row that begins with a label, the cell behind a value is a label even if nobody knows it.
    """
    pairs: list[tuple[Cell, Cell | None]] = []
    at = 0
    begins = bool(row) and is_label(row[0].text or "")
    while at < len(row):
        text = row[at].text or ""
        if not is_label(text) and not (begins and at and text and at + 1 < len(row)):
            at += 1
            continue
        after = row[at + 1] if at + 1 < len(row) else None
        value = None if after is None or is_label(after.text or "") else after
        pairs.append((row[at], value))
        at += 1 if value is None else 2
    return pairs


def _is_fields(table: Table, labels: dict[Place, str], heads: set[Place]) -> bool:
    filled = {(cell.row, cell.col): cell.text for cell in table.cells if cell.text}
    telling = sum(is_telling_label(text) for place, text in filled.items() if place in heads)
    told = sum(place in labels or place in heads for place in filled)
    values = sum(place in labels for place in filled)
    return telling >= LEAST_LABELS and 2 * values >= len(heads) and told >= LEAST_SHARE * len(filled)
