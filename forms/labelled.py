"""A recognised table with the roles, paths and checks that its form gives it, and what there is to say about it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from ..document import FLAGGING, Cell, Problem, Record, Role, Table, Unproved
from ..marks import Looks
from .filled import Filled
from .judged import JudgedBlock, judged_block
from .labels import fold
from .layout import joined
from .tokens import Token
from .violations import disagreements, violations

Position = tuple[int, int]


def labelled(table: Table, found: Filled, form_id: str, looks: Looks) -> tuple[Table, list[Problem]]:
    """``table`` as the form ``form_id``. What the form doesn't know keeps its records.

    Cells keep what they print, but for readings off a picture that the sums and more ``looks`` prove wrong.
    """
    blocks = [judged_block(found, block, looks) for block in found.blocks]
    records = {record.cell: record for block in blocks for record in _records(block)}
    roles = _roles(table, blocks, frozenset(records))
    put_right = [block.spots[spot] for block in blocks for spot in (*block.result.made, *block.result.reread)]
    changed = {(cell.row, cell.col): cell for cell in put_right}
    cells = tuple(
        replace(changed.get((cell.row, cell.col), cell), role=roles[cell.row, cell.col]) for cell in table.cells
    )
    records |= {record.cell: record for record in _beside(table, found, records, roles)}
    whole = replace(table, form=form_id, cells=cells, records=tuple(records[place] for place in sorted(records)))
    problems = [problem for block in blocks for problem in (*violations(block), *disagreements(block, table))]
    return whole, [replace(problem, table=table.id) for problem in problems]


def _doubted_lines(found: Filled) -> frozenset[int]:
    """The rows of the grid that hold a row of the form which is in doubt."""
    tokens = (token for row in found.rows if row.doubt is not None for token in (*row.labels, *row.entries))
    return frozenset(token.cell.row for token in tokens if token.cell is not None)


def _beside(
    table: Table, found: Filled, records: Mapping[Position, Record], roles: Mapping[Position, Role]
) -> Iterator[Record]:
    """Cells that the form has no place for: each stands in its row and under none of the form's columns.

    In doubt are those of a row that is, and those of a row beside the form that bears the label of one of its own.
    """
    paths = {record.cell[0]: record.row_path for record in records.values()}
    doubted = _doubted_lines(found)
    for record in table.records:
        if record.cell not in records and roles[record.cell] == "body":
            row_path = paths.get(record.cell[0])
            stray = record if row_path is None else replace(record, row_path=row_path, column_path=())
            is_own = row_path is None and any(fold(label) in found.form.folded_labels for label in record.row_path)
            yield stray.flagged("misplaced") if record.cell[0] in doubted or is_own else stray


def _records(block: JudgedBlock) -> Iterator[Record]:
    """Records of the form's rows, then of rows it doesn't have, then of values that have no place in it."""
    title = () if block.found.block.title is None else (block.found.block.title.label,)
    columns = [tuple(node.label for node in way) for way in block.found.block.column_ways]
    for (at, place), cell in block.spots.items():
        row_path = (*title, *(node.label for node in block.rows[at].way))
        record = _record(cell, row_path, columns[place], block.unproved((at, place)))
        repaired = record.check == "verified" and (at, place) in block.result.made
        yield replace(record, check="repaired") if repaired else record
    for row in block.found.rows:
        row_path = (*title, *(node.label for node in row.way))
        if row.extra:
            row_path = (*row_path[:-1], joined(row.labels))
            hardly_read = any(token.cell is not None and token.cell.doubtful for token in row.labels)
            why: Unproved = "misplaced" if row.doubt is not None else "doubtful" if hardly_read else "no-sum"
            for token, column in zip(row.placed.places, columns, strict=True):
                if token is not None and token.cell is not None:
                    yield _record(token.cell, row_path, column, why)
        for token in row.placed.rest:
            if token.cell is not None:
                yield _record(token.cell, row_path, (), "misplaced")


def _record(cell: Cell, row_path: tuple[str, ...], column_path: tuple[str, ...], unproved: Unproved | None) -> Record:
    record = Record.of(cell, row_path, column_path)
    if unproved in FLAGGING:
        return record.flagged(unproved)
    if unproved is None:
        return replace(record, check="verified", unproved=None)
    return record if record.check == "flagged" else replace(record, unproved=unproved)


def _roles(table: Table, blocks: Sequence[JudgedBlock], values: frozenset[Position]) -> dict[Position, Role]:
    """The role of each cell: what the form says, and for cells it says nothing of, what was seen.

    Blank cells beside labels, which stand where a label spans several cells, are labels; those of a value that the
    form has no place for keep the role they had.
    """
    roles: dict[Position, Role] = {(cell.row, cell.col): cell.role for cell in table.cells}
    for block in blocks:
        form = block.found.block
        header = [node for node in (form.corner, *(node for way in form.column_ways for node in way)) if node]
        printed = [token for node in header for token in block.found.printed.get(node, ())]
        top = min((token.cell.row for token in printed if token.cell is not None), default=0)
        cells = [cell for (_, _), cell in block.spots.items()]
        first, left = min((cell.row for cell in cells), default=top), min((cell.col for cell in cells), default=0)
        last = max((cell.row for cell in cells), default=top)
        for cell in table.cells:
            if cell.role == "body" and (cell.row, cell.col) not in values:
                if top <= cell.row < first:
                    roles[cell.row, cell.col] = "column-header"
                elif first <= cell.row <= last and cell.col < left:
                    roles[cell.row, cell.col] = "row-header"
        labels = [token for row in block.found.rows for token in row.labels]
        named: list[tuple[Role, Sequence[Token]]] = [
            ("column-header", block.found.header),
            ("row-header", labels),
            *[("section", block.found.printed.get(node, ())) for node in (form.title,) if node is not None],
            *[("corner", block.found.printed.get(node, ())) for node in (form.corner,) if node is not None],
        ]
        for role, tokens in named:
            roles.update({(token.cell.row, token.cell.col): role for token in tokens if token.cell is not None})
    return {**roles, **dict.fromkeys(values, "body")}
