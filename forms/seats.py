"""Each value of a filled form put into its place, and what there is to doubt about it said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from itertools import pairwise

from .filled import Filled, FilledBlock, Row, folded
from .labels import fold, likeness
from .place import Placed, Run, habit_of, place, place_under

ODD_BLANKS = 2
"""Where so few values of a flattened table are blank, they may as well be lost ones."""


def seat_values(result: Filled, *, in_grid: bool) -> None:
    """Values put into their places, row by row, and what there is to doubt said."""
    runs: dict[int, Run] = {}
    columns: dict[int, dict[int, int] | None] = {}
    for block in result.blocks:
        spans = result.form.widths(block.block)
        for row in block.rows:
            if row.entries:
                runs[id(row)] = Run(
                    entries=tuple(row.entries),
                    slots=row.unit.slots,
                    spans=spans,
                    labels=len(row.labels),
                    lead=max(result.form.label_columns - len(row.way), 0),
                    in_grid=in_grid,
                )
        columns.update(dict.fromkeys(map(id, block.rows), _other_columns(block, runs, in_grid=in_grid)))
    habits = {slots: habit_of([run for run in runs.values() if run.slots == slots]) for slots in _slots(runs)}
    for row in result.rows:
        fields = columns[id(row)]
        if id(row) not in runs:
            row.placed = Placed(places=(None,) * row.unit.slots, doubt="its values are gone")
        elif fields is not None:
            row.placed = place_under(runs[id(row)], fields)
        else:
            row.placed = place(runs[id(row)], habits[row.unit.slots])
        row.doubt = row.placed.doubt
        if row.doubt is None and row.way and not row.extra and not row.seen:
            row.doubt = "its label was not found"
    for block in result.blocks:
        _doubt_repeats(block)
    if not in_grid:
        _doubt_disorder(result)
        _doubt_odd_blanks(result)


def _doubt_repeats(block: FilledBlock) -> None:
    """A row too many that has the label of another, or a piece of one, isn't the agency's own.

    Unless both say the same, it isn't certain either which of the two has that label by right.
    """
    for row in [row for row in block.rows if row.extra]:
        said = {*(token.folded for token in row.labels), folded(row.labels)} - {""}
        homes = [
            home for home in block.rows if not home.extra and home.way and any(_is_like(text, home) for text in said)
        ]
        if said and not homes:
            continue
        row.doubt = row.doubt or "its label is another row's"
        for home in homes:
            if any(map(home.is_named, said)) and _texts(home) != _texts(row):
                home.doubt = home.doubt or "its label stands there twice"


def _is_like(text: str, row: Row) -> bool:
    return any(likeness(text, fold(name)) > 0 for name in row.way[-1].names)


def _texts(row: Row) -> list[str | None]:
    return [token.text if token is not None else None for token in row.placed.places]


def _other_columns(block: FilledBlock, runs: Mapping[int, Run], *, in_grid: bool) -> dict[int, int] | None:
    """Where a grid has the form's columns, if not all of them one after the other; the place of each by its label."""
    leaves = [way[-1] for way in block.block.column_ways]
    fields = {
        at: tokens[0].field
        for at, leaf in enumerate(leaves)
        if len(tokens := block.printed.get(leaf, [])) == 1 and block.seen(leaf) and tokens[0].cell is not None
    }
    if not in_grid or len(fields) < 2:
        return None
    found = [runs[id(row)] for row in block.rows if id(row) in runs]
    most = Counter(len(run.own) - run.leading for run in found).most_common(1)[0][0] if found else 0
    in_order = all(left < right for left, right in pairwise(fields.values()))
    if in_order and (len(fields) == len(leaves) or most != len(fields)):
        return None
    lacking = [leaf.label for at, leaf in enumerate(leaves) if at not in fields]
    if in_order and any(len(run.values) == run.slots for run in found):
        return None
    block.disagreement = (
        f"the table has no column {'、'.join(lacking)}"
        if lacking
        else "the columns stand in another order than in the form"
    )
    return fields


def _doubt_disorder(result: Filled) -> None:
    """Columns of a line of text that are in another order than the form's leave open whose each value is."""
    for block in result.blocks:
        lines: dict[tuple[int, int], list[int]] = {}
        for way in block.block.column_ways:
            tokens = block.printed.get(way[-1], [])
            if len(tokens) == 1:
                lines.setdefault((tokens[0].row, len(way)), []).append(tokens[0].start)
        if any(left > right for starts in lines.values() for left, right in pairwise(starts)):
            for row in block.rows:
                row.doubt = row.doubt or "the columns stand in another order than in the form"


def _slots(runs: dict[int, Run]) -> set[int]:
    return {run.slots for run in runs.values()}


def _doubt_odd_blanks(result: Filled) -> None:
    places = [token for row in result.rows for token in row.placed.places]
    blank = sum(token is not None and token.kind == "blank" for token in places)
    if blank > ODD_BLANKS:
        return
    for row in result.rows:
        if row.doubt is None and any(token is not None and token.kind == "blank" for token in row.placed.places):
            row.doubt = "a value is blank or lost, as hardly any other is"
