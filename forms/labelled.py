"""A recognised table with the roles, paths and checks that its form gives it, and what there is to say about it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ..document import FLAGGING, Cell, Problem, Record, Repair, Role, Table, Unproved
from ..marks import Looks
from .anchors import is_anchored
from .checks import Instance, Spot
from .counting import counted
from .decode import Correction, Decoded, decoded
from .filled import Filled, FilledBlock, Row
from .layout import joined
from .tokens import Token

Position = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Block:
    """A block with its judgement. ``rows`` are those of the form, in its order; ``spots`` where each value stands.

    The cells of values whose reading was put right say so.
    """

    found: FilledBlock
    rows: tuple[Row, ...]
    spots: dict[Spot, Cell]
    result: Decoded


def labelled(table: Table, found: Filled, form_id: str, looks: Looks) -> tuple[Table, list[Problem]]:
    """``table`` as the form ``form_id``. What the form doesn't know keeps its records.

    Cells keep what they print, but for readings off a picture that the sums and more ``looks`` prove wrong.
    """
    blocks = [_judged_block(found, block, looks) for block in found.blocks]
    records = {record.cell: record for block in blocks for record in _records(block)}
    roles = _roles(table, blocks, frozenset(records))
    changed = {
        (cell.row, cell.col): cell for block in blocks for cell in map(block.spots.get, block.result.made) if cell
    }
    cells = tuple(
        replace(changed.get((cell.row, cell.col), cell), role=roles[cell.row, cell.col]) for cell in table.cells
    )
    paths = {record.cell[0]: record.row_path for record in records.values()}
    for record in table.records:
        if record.cell not in records and roles[record.cell] == "body":
            # A cell that the form has no place for stands in its row and under none of the form's columns.
            row_path = paths.get(record.cell[0])
            records[record.cell] = record if row_path is None else replace(record, row_path=row_path, column_path=())
    whole = replace(table, form=form_id, cells=cells, records=tuple(records[place] for place in sorted(records)))
    problems = [problem for block in blocks for problem in (*_violations(block, table), *_disagreements(block, table))]
    return whole, [replace(problem, table=table.id) for problem in problems]


def _judged_block(found: Filled, block: FilledBlock, looks: Looks) -> _Block:
    rows = tuple(row for row in block.rows if not row.extra)
    spots = {
        (at, place): token.cell
        for at, row in enumerate(rows)
        for place, token in enumerate(row.placed.places)
        if token is not None and token.cell is not None
    }
    texts = {spot: _sure_text(rows[spot[0]], cell) for spot, cell in spots.items()}
    pictured = {spot: cell for spot, cell in spots.items() if cell.origin == "ocr" and rows[spot[0]].doubt is None}
    result = decoded(found.form, block.block, [row.way for row in rows], texts, pictured, looks)
    spots |= {spot: _corrected(spots[spot], change) for spot, change in result.made.items()}
    return _Block(found=block, rows=rows, spots=spots, result=result)


def _corrected(cell: Cell, change: Correction) -> Cell:
    step = Repair(
        fixer="sums",
        start=0,
        before=cell.text or "",
        after=change.text,
        certainty="inferred",
        reversible=True,
        evidence=change.evidence,
    )
    return replace(cell, text=change.text, confidence=change.confidence, doubtful=False, repairs=(*cell.repairs, step))


def _sure_text(row: Row, cell: Cell) -> str | None:
    """The text of a value if it is certain whose it is; no sum is held against a value that may be another's."""
    return None if row.doubt is not None or (cell.doubtful and cell.origin != "ocr") else cell.text


def _records(block: _Block) -> Iterator[Record]:
    """Records of the form's rows, then of rows it doesn't have, then of values that have no place in it."""
    title = () if block.found.block.title is None else (block.found.block.title.label,)
    columns = [tuple(node.label for node in way) for way in block.found.block.column_ways]
    for (at, place), cell in block.spots.items():
        row_path = (*title, *(node.label for node in block.rows[at].way))
        record = _record(cell, row_path, columns[place], _unproved(block, (at, place), cell))
        repaired = record.check == "verified" and (at, place) in block.result.made
        yield replace(record, check="repaired") if repaired else record
    for row in block.found.rows:
        row_path = (*title, *(node.label for node in row.way))
        if row.extra:
            row_path = (*row_path[:-1], joined(row.labels))
            for token, column in zip(row.placed.places, columns, strict=True):
                if token is not None and token.cell is not None:
                    yield _record(token.cell, row_path, column, "no-sum" if row.doubt is None else "misplaced")
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


def _unproved(block: _Block, spot: Spot, cell: Cell) -> Unproved | None:
    """Why the value isn't proved, or None if it is."""
    row, verdict = block.rows[spot[0]], block.result.verdict
    if row.doubt is not None:
        return "misplaced"
    if spot in verdict.suspect:
        return "suspect"
    if spot in block.result.doubted:
        return "doubtful"
    if spot not in (verdict.certain if cell.doubtful else verdict.proven):
        return verdict.why_unproved(spot)
    return None if is_anchored(block.found, row, spot[1]) else "label-not-seen"


def _roles(table: Table, blocks: Sequence[_Block], values: frozenset[Position]) -> dict[Position, Role]:
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


def _violations(block: _Block, table: Table) -> Iterator[Problem]:
    """One problem a sum that fails: the author's in clean digital text, maybe the reader's elsewhere."""
    for one in block.result.verdict.failing:
        cells = [block.spots[spot] for spot in one.spots]
        clean = all(cell.origin in ("markup", "text-layer") and not cell.doubtful for cell in block.spots.values())
        sound = clean and all(row.doubt is None for row in block.rows)
        left, right = (_sum([block.spots[spot] for spot in spots]) for spots in (one.terms, one.results))
        yield Problem(
            code="identity-violated",
            severity="info" if sound else "warning",
            message=f"{_where(block, one)}{one.identity.words} does not hold: {left} against {right}; "
            "the figures are kept as they were read, look at the source",
            page=cells[0].page,
            cells=tuple((cell.row, cell.col) for cell in cells),
        )


def _sum(cells: Sequence[Cell]) -> str:
    """The figures added up, zeros left out where there are many."""
    texts = [(cell.text or "").strip() for cell in cells]
    shown = [text for text in texts if len(texts) <= 5 or counted(text)]
    return " + ".join(text or "(blank)" for text in shown) or "0"


def _where(block: _Block, one: Instance) -> str:
    row, col = one.spots[0]
    way = block.rows[row].way if one.identity.in_each == "row" else block.found.block.column_ways[col]
    return f"{way[-1].label}: " if way else ""


def _disagreements(block: _Block, table: Table) -> Iterator[Problem]:
    """Where what was seen isn't what the form has. Rows of flattened text said so when their grid was made."""
    if block.found.disagreement is not None:
        page = table.parts[0].page if table.parts else None
        message = f"{block.found.disagreement}; compare the table with its source"
        yield Problem(code="form-disagreement", severity="warning", message=message, page=page)
    for row in block.found.rows if table.evidence != "flattened" else ():
        cells = [token.cell for token in (*row.placed.places, *row.placed.rest) if token is not None and token.cell]
        name = joined(row.labels) or (row.way[-1].label if row.way else "its only row")
        if row.extra and row.doubt is None:
            what = f"the form has no row {name!r}"
        elif row.moved:
            what = f"the row {name!r} stands in another place than in the form"
        elif not row.entries:
            what = f"the table has no row {name!r}"
        elif row.doubt is not None:
            what = f"in the row {name!r} {row.doubt}"
        else:
            continue
        yield Problem(
            code="form-disagreement",
            severity="warning",
            message=f"{what}; compare the table with its source",
            page=cells[0].page if cells else table.parts[0].page if table.parts else None,
            cells=tuple((cell.row, cell.col) for cell in cells),
        )
