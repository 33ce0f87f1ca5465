"""Whose a value is, as far as labels seen in the source tell: no sum does, for rows or columns swapped break none."""

from __future__ import annotations

from collections.abc import Sequence

from .columns import covers, named_nodes, out_of_order, telling
from .filled import Filled, FilledBlock, Row
from .model import Node


def find_anchors(result: Filled) -> None:
    """Notes which rows and columns of a form, its values in their places, are anchored by labels that were seen."""
    for block in result.blocks:
        for row in block.rows:
            row.anchored = _is_row_anchored(row, block.rows)
        named = named_nodes(block)
        told = [named.issuperset(telling(way, block.block)) for way in block.block.column_ways]
        by_order = all(told) and (block.other_columns or not out_of_order(block))
        block.anchored = frozenset(
            column
            for column, way in enumerate(block.block.column_ways)
            if told[column] and (by_order or _stands_under(block, column, way))
        )


def is_anchored(block: FilledBlock, row: Row, column: int) -> bool:
    """Whether labels seen in the source say that a value stands in that row and column of the block."""
    return row.anchored and column in block.anchored


def _is_row_anchored(row: Row, rows: Sequence[Row]) -> bool:
    """A label that two rows have is neither's; a row that the form doesn't have is no other's rival."""
    if not row.way:
        return True
    rivals = [other for other in rows if other is not row and not other.extra]
    return row.seen and not any(row.is_named(token.folded) for other in rivals for token in other.labels)


def _stands_under(block: FilledBlock, column: int, way: tuple[Node, ...]) -> bool:
    """Whether the values of a column stand right under its label, wherever other columns are."""
    if telling(way, block.block) != way[-1:]:
        return False  # which of several labels of the same words is printed there isn't told by the field alone
    tokens = block.printed.get(way[-1], [])
    values = [row.placed.places[column] for row in block.rows if not row.extra and row.placed.places]
    return all(any(covers(token, value) for token in tokens) for value in values if value is not None)
