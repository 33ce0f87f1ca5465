"""The known forms among a document's tables, each of its edition."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import replace
from itertools import pairwise
from operator import itemgetter

from ..document import Block, Problem, Table, TextBlock
from ..marks import Looks, unseen
from .filled import Filled
from .flat import FlatForm
from .labelled import labelled
from .labels import fold
from .layout import bound
from .model import Form, catalogue
from .outline import outlined
from .prose_counts import prose_disagreements
from .recognise import recognise

LINES_ABOVE = 4
"""How far above a table its title is looked for."""


def with_forms(
    blocks: Sequence[Block], flat: Mapping[str, FlatForm], looks: Looks = unseen
) -> tuple[tuple[Block, ...], tuple[Problem, ...]]:
    """``blocks`` with each table that is a known form made one, and what was found wrong with them.

    ``flat`` are the forms already found in text, by the ids of the tables made of them. ``looks`` is asked about
    values that were read off a picture and that the sums of a form speak against.
    """
    found: dict[int, Filled] = {}
    for at, block in enumerate(blocks):
        if isinstance(block, Table):
            known = flat.get(block.id)
            above = _above(blocks[max(at - LINES_ABOVE, 0) : at])
            filled = bound(known.filled, known.drawing, block) if known else recognise(block, above)
            if filled is not None:
                found[at] = filled
    editions = _editions(found)
    result = list(blocks)
    problems: list[Problem] = []
    for at, block in enumerate(blocks):
        if not isinstance(block, Table):
            continue
        if at in found:
            form = found[at].form
            result[at], said = labelled(block, found[at], form.id(editions[at]), looks)
            problems += said
        else:
            result[at] = outlined(block) or block
    _doubt_remnants(result, found, problems)
    whole = _without_repeats(result, found, problems)
    advice = prose_disagreements(whole, {at: filled.form for at, filled in found.items()})
    return whole, (*problems, *_missing(blocks, found), *advice)


def _doubt_remnants(blocks: list[Block], found: Mapping[int, Filled], problems: list[Problem]) -> None:
    """Flags flattened tables that are no form beside one that lost rows: they may be those rows."""
    tables = [at for at, block in enumerate(blocks) if isinstance(block, Table)]
    short = {at for at in tables if at in found and any(not row.entries for row in found[at].rows)}
    for left, right in pairwise(tables):
        for at, other in ((left, right), (right, left)):
            table = blocks[at]
            if at not in found and other in short and isinstance(table, Table) and table.evidence == "flattened":
                blocks[at] = replace(table, records=tuple(record.flagged("misplaced") for record in table.records))
                message = f"table {table.id} may be rows lost from the form beside it; compare it with the source"
                problems.append(Problem(code="row-damaged", severity="warning", message=message, table=table.id))


def _without_repeats(
    blocks: Sequence[Block], found: Mapping[int, Filled], problems: list[Problem]
) -> tuple[Block, ...]:
    """``blocks`` with all values flagged that a second table of the same form gives again, and a problem for each."""
    out = list(blocks)
    met: set[int] = set()
    for at, filled in found.items():
        table = out[at]
        parts = {id(block.block) for block in filled.blocks}
        if isinstance(table, Table) and met & parts:
            out[at] = replace(table, records=tuple(record.flagged("misplaced") for record in table.records))
            message = f"table {table.id} repeats a form that another table fills; see which of them counts"
            problems.append(Problem(code="form-repeated", severity="warning", message=message, table=table.id))
        met |= parts
    return tuple(out)


def _above(blocks: Sequence[Block]) -> list[str]:
    """The line right above a table, page furniture aside, among the blocks before it."""
    lines = [block for block in blocks if not isinstance(block, TextBlock) or block.kind != "furniture"]
    return [lines[-1].text] if lines and isinstance(lines[-1], TextBlock) else []


def _editions(found: Mapping[int, Filled]) -> dict[int, str]:
    """The edition of each table: its own if the form has one only, else that of the nearest table whose labels tell."""
    editions: dict[int, str] = {}
    for form in {id(filled.form): filled.form for filled in found.values()}.values():
        telling = [
            (at, filled.form.editions[0])
            for at, filled in found.items()
            if filled.form.family == form.family and len(filled.form.editions) == 1
        ]
        telling = [(at, edition) for at, edition in telling if edition in form.editions]
        for at in [at for at, filled in found.items() if filled.form is form]:
            nearest = max(bisect_right(telling, at, key=itemgetter(0)) - 1, 0)
            editions[at] = telling[nearest][1] if telling else form.editions[0]
    return editions


def _missing(blocks: Sequence[Block], found: Mapping[int, Filled]) -> Iterator[Problem]:
    """Blocks of a form that none of its tables has, and forms whose heading stands over no table."""
    lines = {fold(block.text) for block in blocks if isinstance(block, TextBlock)}
    families = {filled.form.family for filled in found.values()} | _headed(lines)
    named = {filled.form.name for filled in found.values()}
    for form in catalogue():
        tables = [at for at, filled in found.items() if filled.form is form]
        met = {id(block.block) for at in tables for block in found[at].blocks}
        for block in form.blocks if tables else ():
            last = blocks[tables[-1]]
            if id(block) not in met and isinstance(last, Table):
                name = block.title.label if block.title else block.column_ways[0][-1].label
                yield _missing_problem(f"the block {name} of the form was found in no table", last.id)
        if form.family in families and form.name not in named and _is_headed(form, lines):
            named.add(form.name)
            yield _missing_problem(f"the section of table {form.name!r} has no such table", None)


def _headed(lines: Set[str]) -> set[str]:
    """The families all of whose sections stand in the document: it is one of theirs, whatever became of its tables."""
    sections = [form for form in catalogue() if form.section is not None]
    return {form.family for form in sections} - {form.family for form in sections if not _is_headed(form, lines)}


def _is_headed(form: Form, lines: Set[str]) -> bool:
    """Whether the heading of the form's section is among ``lines``, which are folded."""
    return form.section is not None and any(fold(name) in lines for name in form.section.names)


def _missing_problem(what: str, table: str | None) -> Problem:
    message = f"{what}; look for it in the source"
    return Problem(code="form-disagreement", severity="warning", message=message, table=table)
