"""The tables of a DOCX: what their cells declare by grid columns and vertical merges."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ..tables import DeclaredCell
from .docx_package import Element, W, attribute, number

MAX_COL_SPAN = 1000
_WRAPPERS = frozenset(W + name for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag"))


@dataclass(slots=True, kw_only=True)
class _Cell:
    """One cell at work; ``element`` is ``None`` for columns a row leaves out."""

    element: Element | None
    col: int
    col_span: int
    continues: bool = False
    merges_down: bool = False
    row_span: int = 1


def rows_of(table: Element) -> list[list[Element]]:
    """The cell elements of each row, without rows whose removal is tracked."""
    rows = (row for row in _within(table, f"{W}tr") if row.find(f"{W}trPr/{W}del") is None)
    return [list(_within(row, f"{W}tc")) for row in rows]


def declared_rows(table: Element, text_of: Callable[[Element], str]) -> tuple[list[list[DeclaredCell]], int]:
    """The rows for :func:`from_spans`, and how many cells hold text that a merge hides.

    A cell that continues the one above it must stand in the same columns; where it doesn't, or nothing above merges
    down, it is a cell of its own. Word doesn't show the text of a continuing cell, so it isn't taken.
    """
    rows: list[list[_Cell]] = []
    above: dict[tuple[int, int], _Cell] = {}
    hidden = 0
    for row in _within(table, f"{W}tr"):
        if row.find(f"{W}trPr/{W}del") is not None:
            continue
        kept: list[_Cell] = []
        merging: dict[tuple[int, int], _Cell] = {}
        for cell in _placed(row):
            place = (cell.col, cell.col_span)
            top = above.get(place) if cell.continues else None
            if top is not None:
                top.row_span += 1
                hidden += text_of(cell.element) not in ("", text_of(top.element))
            else:
                kept.append(cell)
            if cell.merges_down or cell.continues:
                merging[place] = top or cell
        rows.append(kept)
        above = merging
    declared = [
        [
            DeclaredCell(
                text=text_of(cell.element) if cell.element is not None else "",
                row_span=cell.row_span,
                col_span=cell.col_span,
            )
            for cell in row
        ]
        for row in rows
    ]
    return declared, hidden


def _placed(row: Element) -> Iterator[_Cell]:
    """The cells of a row at their grid columns; those that an old horizontal merge joins are one cell."""
    before = min(max(number(row.find(f"{W}trPr/{W}gridBefore")) or 0, 0), MAX_COL_SPAN)
    after = min(max(number(row.find(f"{W}trPr/{W}gridAfter")) or 0, 0), MAX_COL_SPAN)
    cells = [_Cell(element=None, col=at, col_span=1) for at in range(before)]
    col = before
    for element in _within(row, f"{W}tc"):
        properties = element.find(f"{W}tcPr")
        span = 1 if properties is None else (number(properties.find(f"{W}gridSpan")) or 1)
        span = min(max(span, 1), MAX_COL_SPAN)
        across = _merge(properties, "hMerge")
        if across == "continue" and cells and cells[-1].element is not None:
            cells[-1].col_span += span
        else:
            down = _merge(properties, "vMerge")
            cells.append(
                _Cell(
                    element=element,
                    col=col,
                    col_span=span,
                    continues=down == "continue",
                    merges_down=down == "restart",
                )
            )
        col += span
    cells += [_Cell(element=None, col=at, col_span=1) for at in range(col, col + after)]
    return iter(cells)


def _merge(properties: Element | None, name: str) -> str | None:
    """``restart`` or ``continue``, which is what a merge without a value means, or ``None`` for no merge."""
    merge = properties.find(W + name) if properties is not None else None
    return None if merge is None else (attribute(merge) or "continue")


def _within(parent: Element, tag: str) -> Iterator[Element]:
    """The children ``tag`` of ``parent``, also those in content controls and kept insertions."""
    pending = list(reversed(parent))
    while pending:
        element = pending.pop()
        if element.tag == tag:
            yield element
        elif element.tag in _WRAPPERS:
            pending += reversed(element)
