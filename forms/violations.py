"""What there is to say of a form that was found: which sums fail, which rows and columns aren't as it has them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..document import Cell, FailedSum, Problem, Table
from .checks import Instance, Spot
from .counting import counted
from .judged import JudgedBlock
from .layout import joined


def violations(block: JudgedBlock) -> Iterator[Problem]:
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
            f"{_remedy(block, one)}the figures are kept as they were read, look at the source",
            page=cells[0].page,
            cells=tuple((cell.row, cell.col) for cell in cells),
            failed=FailedSum(words=one.identity.words, left=left, right=right),
        )


def _remedy(block: JudgedBlock, one: Instance) -> str:
    """The only smallest change that would make the sum hold, and all that fail with it, if there is but one."""
    numbers = block.result.verdict.numbers
    for explanation in block.result.verdict.explanations:
        if len(explanation.changes) == 1 and not explanation.suspect.isdisjoint(one.spots):
            changes = {spot: numbers[spot] + by for spot, by in explanation.changes[0].items()}
            if all(number >= 0 and number == int(number) for number in changes.values()):
                told = (f"{int(number)} for {_name(block, spot)}" for spot, number in changes.items())
                return f"it would with {' and '.join(told)}, and with no change as small; "
    return ""


def _name(block: JudgedBlock, spot: Spot) -> str:
    ways = (block.rows[spot[0]].way, block.found.block.column_ways[spot[1]])
    return " / ".join(way[-1].label for way in ways if way)


def _sum(cells: Sequence[Cell]) -> str:
    """The figures added up, zeros left out where there are many."""
    texts = [(cell.text or "").strip() for cell in cells]
    shown = [text for text in texts if len(texts) <= 5 or counted(text)]
    return " + ".join(text or "(blank)" for text in shown) or "0"


def _where(block: JudgedBlock, one: Instance) -> str:
    row, col = one.spots[0]
    way = block.rows[row].way if one.identity.in_each == "row" else block.found.block.column_ways[col]
    return f"{way[-1].label}: " if way else ""


def disagreements(block: JudgedBlock, table: Table) -> Iterator[Problem]:
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
