"""Each value of a filled form put into its place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise

from .anchors import find_anchors
from .columns import field_of, telling
from .doubts import doubt
from .filled import Filled, FilledBlock, Row
from .place import Placed, Run, habit_of, place, place_under


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
    headed = {len(found): found for block in result.blocks if (found := _headed(block)) is not None}
    habits = {
        slots: habit_of([run for run in runs.values() if run.slots == slots], headed.get(slots))
        for slots in _slots(runs)
    }
    for row in result.rows:
        fields = columns[id(row)]
        if id(row) not in runs:
            row.placed = Placed(places=(None,) * row.unit.slots, doubt="its values are gone")
        elif fields is not None:
            row.placed = place_under(runs[id(row)], fields)
        else:
            row.placed = place(runs[id(row)], habits[row.unit.slots])
        row.doubt = row.placed.doubt or _own_doubt(row)
        if in_grid:
            row.placed = replace(row.placed, rest=(*row.placed.rest, *row.beside))
    doubt(result, in_grid=in_grid)
    find_anchors(result)


def _own_doubt(row: Row) -> str | None:
    if row.way and not row.extra and not row.seen:
        return "its label was not found"
    return f"{len(row.beside)} more values stand beside it" if row.beside else None


def _headed(block: FilledBlock) -> tuple[int, ...] | None:
    """The fields of the lines of a text that the labels of all columns stand in, if each stands in one of its own."""
    printed = [block.printed.get(way[-1], []) if block.seen(way[-1]) else [] for way in block.block.column_ways]
    fields = [{token.field for token in tokens if not token.alone} for tokens in printed]
    if any(len(own) != 1 for own in fields):
        return None
    found = tuple(own.pop() for own in fields)
    return found if all(left < right for left, right in pairwise(found)) else None


def _other_columns(block: FilledBlock, runs: Mapping[int, Run], *, in_grid: bool) -> dict[int, int] | None:
    """Where a grid has the form's columns, if not all of them one after the other; the place of each by its label."""
    ways = block.block.column_ways
    leaves = [way[-1] for way in ways]
    found_at = {at: field_of(block, telling(way, block.block)) for at, way in enumerate(ways)} if in_grid else {}
    fields = {at: field for at, field in found_at.items() if field is not None}
    if len(fields) < 2:
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
    block.other_columns = True
    return fields


def _slots(runs: dict[int, Run]) -> set[int]:
    return {run.slots for run in runs.values()}
