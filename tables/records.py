"""What the headers make of every value: roles of cells, and a record with its paths for each body cell.

Three kinds of declaration lie about where a value belongs, and are read as a person reads them:

* a declared row whose cells are as many as the column headings but wide in other places goes by order, not by
  position; where rules or columns show the places, the places hold;
* a value wider than one heading stands under those headings only that cover most of it;
* in a table without a single merged label (HTML and flattened text that lost their spans), a blank label means the one
  above, a blank heading the one on its left.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from ..document import Cell, Evidence, Record, Role
from .grid import Grid
from .headers import Layout

Positions = Sequence[Sequence[Cell]]
DECLARED: frozenset[Evidence] = frozenset({"spans", "flattened"})
"""Evidence that says how wide a cell is without showing where it stands."""
LOSES_SPANS: frozenset[Evidence] = frozenset({"spans", "flattened", "aligned"})
"""Evidence in which a blank may be what is left of a merged cell. Where rules are drawn, a blank box is blank."""


def with_roles(grid: Grid, found: Layout) -> tuple[Cell, ...]:
    """The grid's cells, each with its role."""

    def role(cell: Cell) -> Role:
        if cell.row in found.sections:
            return "section"
        if cell.row in found.header_rows:
            columns = range(cell.col, cell.col + cell.col_span)
            return "corner" if found.header_cols.issuperset(columns) else "column-header"
        return "row-header" if cell.col in found.header_cols else "body"

    roles = ((cell, role(cell)) for cell in grid.cells)
    return tuple(cell if is_so == cell.role else replace(cell, role=is_so) for cell, is_so in roles)


def records(positions: Positions, found: Layout, evidence: Evidence) -> list[Record]:
    """One record a body cell, in reading order; ``positions`` carry roles.

    Doubtful and lost cells are flagged, and what stands under a label that was hardly read off a picture.
    """
    labels = _labels(positions, found, evidence)
    headings = _headings(positions, found, evidence)
    hardly_read = {
        cell for line in positions for cell in line if cell.doubtful and cell.origin == "ocr" and cell.role != "body"
    }
    section = ""
    heads: Sequence[int] = ()
    leaves: list[range] = []
    columns: dict[range, tuple[str, ...]] = {}
    out: list[Record] = []
    for row, line in enumerate(positions):
        if row in found.sections:
            section = line[0].text or ""
        if found.heads[row] is not heads:
            heads, columns = found.heads[row], {}
            leaves = _leaves(heads, positions, evidence)
        body = [cell for cell in dict.fromkeys(line) if cell.role == "body"]
        for cell, place in zip(body, _places(body, leaves), strict=True):
            if cell.row != row:
                continue
            if place not in columns:
                columns[place] = _path(_over(place, headings[head], positions[head]) for head in heads)
            row_path = _path([section, *(labels[row][col] for col in found.names[cell.col])])
            record = Record.of(cell, row_path, columns[place])
            over = (positions[head][col] for head in heads for col in place)
            if hardly_read and not hardly_read.isdisjoint((*(line[col] for col in found.names[cell.col]), *over)):
                record = record.flagged("doubtful")
            out.append(record)
    return out


def _path(texts: Iterable[str]) -> tuple[str, ...]:
    """The texts without blanks, a label that covers several columns or rows of headers once."""
    path: list[str] = []
    for text in texts:
        if text and (not path or path[-1] != text):
            path.append(text)
    return tuple(path)


def _leaves(heads: Sequence[int], positions: Positions, evidence: Evidence) -> list[range]:
    """The columns of each lowest heading, by order, of headings that don't show where they stand."""
    if not heads or evidence not in DECLARED:
        return []
    leaves = [cell for cell in dict.fromkeys(positions[heads[-1]]) if cell.role == "column-header"]
    return [range(cell.col, cell.col + cell.col_span) for cell in leaves]


def _places(body: Sequence[Cell], leaves: list[range]) -> list[range]:
    """The columns under whose headings each of a row's body cells stands: its own, or by order those of a leaf."""
    return leaves if len(leaves) == len(body) else [range(cell.col, cell.col + cell.col_span) for cell in body]


def _over(place: range, texts: Sequence[str], line: Sequence[Cell]) -> str:
    """The heading in one header row that covers most of ``place``, ``""`` if none does."""
    shares: dict[tuple[int, int], int] = {}
    for col in place:
        key = (line[col].row, line[col].col) if line[col].text else (line[col].row, col)
        shares[key] = shares.get(key, 0) + 1
    (_, col), share = max(shares.items(), key=lambda item: item[1])
    return texts[max(col, place.start)] if 2 * share > len(place) else ""


def _labels(positions: Positions, found: Layout, evidence: Evidence) -> list[list[str]]:
    """The label in each position of the header columns, blanks that mean the one above filled in."""
    texts = [[cell.text or "" if cell.role == "row-header" else "" for cell in line] for line in positions]
    cols = sorted(found.header_cols)
    lost = evidence in LOSES_SPANS and not any(
        cell.row_span > 1 for line in positions for cell in line if cell.role == "row-header"
    )
    for row in range(1, len(positions)) if lost else ():
        if positions[row][0].role == "section" or positions[row - 1][0].role not in ("row-header", "body"):
            continue
        for index, col in enumerate(cols[:-1]):
            # A label of its own further out means that this one's blank is the width of that label.
            if texts[row][col] or not any(texts[row][inner] for inner in cols[index + 1 :]):
                break
            texts[row][col] = texts[row - 1][col]
    return texts


def _headings(positions: Positions, found: Layout, evidence: Evidence) -> dict[int, list[str]]:
    """The heading in each position of the header rows, blanks that mean the one on the left filled in."""
    lost = evidence in LOSES_SPANS and not any(
        cell.col_span > 1 for line in positions for cell in line if cell.role == "column-header"
    )
    headings: dict[int, list[str]] = {}
    for row in sorted(found.header_rows):
        texts = [cell.text or "" if cell.role == "column-header" else "" for cell in positions[row]]
        has_row_below = row + 1 in found.header_rows
        for col in range(1, len(texts)) if lost and has_row_below else ():
            blank = not texts[col] and positions[row][col].role == "column-header"
            above = headings.get(row - 1, [])
            same_parent = not above or above[col] == above[col - 1]
            if blank and same_parent and positions[row + 1][col].text:
                texts[col] = texts[col - 1]
        headings[row] = texts
    return headings
