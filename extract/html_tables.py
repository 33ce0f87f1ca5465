"""The tables of a web page: which hold data, and what their cells declare."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from ..tables import DeclaredCell, Grid, from_spans, join_lines
from .html_tree import Element, shown_lines
from .table_kind import CellFacts, nested_problem, places_content

MAX_COL_SPAN = 1000
"""HTML's own limit; browsers cut a larger one to it."""

_LEADING_DIGITS = re.compile(r"\s*\+?(\d{1,9})", re.ASCII)
_GROUPS = ("thead", "tbody", "tfoot")
_GROUP_ORDER = {"thead": 0, "tfoot": 2}
_LINK_ONLY = 0.9
_MIN_LINKS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """The rows of one table, without those of tables inside it, in the order a browser shows them.

    ``groups`` are its row groups, each a list of rows of cell elements; ``loose`` are lines that stand in no cell.
    """

    groups: tuple[list[list[Element]], ...]
    caption: str | None
    loose: tuple[str, ...]

    @property
    def rows(self) -> Iterator[list[Element]]:
        """All rows, from the top."""
        return (row for group in self.groups for row in group)


def shape_of(table: Element) -> Shape:
    """The table's rows, also where a form stands between ``table`` and ``tr``, or cells without any ``tr``."""
    groups: dict[Element, list[list[Element]]] = {}
    rows: dict[Element, list[Element]] = {}
    caption: str | None = None
    loose = [table.text or ""]
    pending = [(child, table, None) for child in reversed(table)]
    while pending:
        element, group, row = pending.pop()
        if element.tag in ("td", "th", "tr"):
            key = element if element.tag == "tr" else (row if row is not None else group)
            if key not in rows:
                rows[key] = []
                groups.setdefault(group, []).append(rows[key])
            if element.tag != "tr":
                rows[key].append(element)
        if element.tag == "caption":
            caption = join_lines(shown_lines(element)) or None
        elif element.tag == "table":
            loose += shown_lines(element)
        elif element.tag not in ("td", "th"):
            inner_group = element if element.tag in _GROUPS else group
            inner_row = element if element.tag == "tr" else row
            loose.append(element.text or "")
            pending += [(child, inner_group, inner_row) for child in reversed(element)]
        loose.append(element.tail or "")
    in_order = sorted(groups.items(), key=lambda pair: _GROUP_ORDER.get(pair[0].tag, 1))
    return Shape(
        groups=tuple(group for _, group in in_order),
        caption=caption,
        loose=tuple(line.strip() for line in loose if line.strip()),
    )


def holds_data(table: Element) -> bool:
    """Whether ``table`` is to become a grid; its cells are read as parts of the page otherwise."""
    if (table.get("role") or "").lower() in ("presentation", "none"):
        return False
    shape = shape_of(table)
    facts = [[_facts(cell) for cell in row] for row in shape.rows if row]
    bordered = (table.get("border") or "0").strip() not in ("", "0")
    marked = bordered or shape.caption is not None or any(cell.tag == "th" for row in shape.rows for cell in row)
    return not places_content(facts, marked=marked) and not _navigates(shape)


def _facts(cell: Element) -> CellFacts:
    inner = [table for table in cell.iter("table") if _innermost_outer(table) is cell]
    return CellFacts(
        lines=shown_lines(cell),
        nested=sum(len(line) for table in inner for line in shown_lines(table)),
        tagged_headings=sum(1 for _ in cell.iter("h1", "h2", "h3", "h4", "h5", "h6")),
    )


def _innermost_outer(table: Element) -> Element | None:
    """The cell that ``table`` stands in."""
    return next(table.iterancestors("td", "th"), None)


def _navigates(shape: Shape) -> bool:
    """Whether nearly every filled cell is nothing but links."""
    filled = [cell for row in shape.rows for cell in row if shown_lines(cell)]
    links = sum(_only_links(cell) for cell in filled)
    return links >= _MIN_LINKS and links >= _LINK_ONLY * len(filled)


def _only_links(cell: Element) -> bool:
    linked = sum(len(line) for link in cell.iter("a") if link.get("href") for line in shown_lines(link))
    return linked >= _LINK_ONLY * sum(map(len, shown_lines(cell)))


def grids_of(table: Element) -> list[Grid]:
    """The grid of a data table, then those of data tables inside its cells.

    The text of an inner table stays in its cell too, since the outer row would be incomplete without it; a problem on
    the inner grid says that it is there twice.
    """
    grids = [_grid(table)]
    for inner in list(table.iter("table"))[1:]:
        if holds_data(inner):
            grid = _grid(inner)
            grids.append(replace(grid, problems=(*grid.problems, nested_problem())))
    return grids


def _grid(table: Element) -> Grid:
    shape = shape_of(table)
    declared = [
        [_declared(cell, rows_left=len(group) - at) for cell in row]
        for group in shape.groups
        for at, row in enumerate(group)
    ]
    return replace(from_spans(declared), caption=shape.caption)


def _declared(cell: Element, *, rows_left: int) -> DeclaredCell:
    """A cell whose row span, as in a browser, ends with its row group at the latest."""
    row_span = _span(cell.get("rowspan"))
    return DeclaredCell(
        text=join_lines(shown_lines(cell)),
        row_span=rows_left if row_span == 0 else min(row_span, rows_left),
        col_span=min(max(_span(cell.get("colspan")), 1), MAX_COL_SPAN),
    )


def _span(attribute: str | None) -> int:
    """The number an attribute begins with, as browsers read it (``2px`` is 2), or 1."""
    found = _LEADING_DIGITS.match(attribute or "")
    return int(found.group(1)) if found else 1
