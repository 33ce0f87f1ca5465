"""The known forms among a document's tables, each of its edition."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from ..document import Block, Problem, Table, TextBlock
from .filled import Filled
from .flat import FlatForm
from .labelled import labelled
from .labels import fold
from .layout import bound
from .model import Form, catalogue
from .outline import outlined
from .recognise import recognise


def with_forms(blocks: Sequence[Block], flat: Mapping[str, FlatForm]) -> tuple[tuple[Block, ...], tuple[Problem, ...]]:
    """``blocks`` with each table that is a known form made one, and what was found wrong with them.

    ``flat`` are the forms already found in text, by the ids of the tables made of them.
    """
    found: dict[int, Filled] = {}
    for at, block in enumerate(blocks):
        if isinstance(block, Table):
            known = flat.get(block.id)
            filled = bound(known.filled, known.drawing, block) if known else recognise(block, _above(blocks[:at]))
            if filled is not None:
                found[at] = filled
    result = list(blocks)
    problems: list[Problem] = []
    for at, block in enumerate(blocks):
        if not isinstance(block, Table):
            continue
        if at in found:
            form = found[at].form
            result[at], said = labelled(block, found[at], form.id(_edition(at, form, found)))
            problems += said
        else:
            result[at] = outlined(block) or block
    return _without_repeats(result, found, problems), (*problems, *_missing(blocks, found))


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
            out[at] = replace(table, records=tuple(replace(record, check="flagged") for record in table.records))
            message = f"table {table.id} repeats a form that another table fills; see which of them counts"
            problems.append(Problem(code="form-repeated", severity="warning", message=message, table=table.id))
        met |= parts
    return tuple(out)


def _above(blocks: Sequence[Block]) -> list[str]:
    """The line right above a table, page furniture aside."""
    lines = [block for block in blocks[-4:] if not isinstance(block, TextBlock) or block.kind != "furniture"]
    return [lines[-1].text] if lines and isinstance(lines[-1], TextBlock) else []


def _edition(at: int, form: Form, found: Mapping[int, Filled]) -> str:
    """The edition of a table: its own if the form has one only, else that of the nearest table whose labels tell."""
    telling = {
        place: other.form.editions[0]
        for place, other in found.items()
        if other.form.family == form.family and len(other.form.editions) == 1
    }
    telling = {place: edition for place, edition in telling.items() if edition in form.editions}
    if not telling:
        return form.editions[0]
    before = [place for place in telling if place <= at]
    return telling[max(before)] if before else telling[min(telling)]


def _missing(blocks: Sequence[Block], found: Mapping[int, Filled]) -> Iterator[Problem]:
    """Blocks of a form that none of its tables has, and forms whose heading stands over no table."""
    families = {filled.form.family for filled in found.values()}
    lines = [fold(block.text) for block in blocks if isinstance(block, TextBlock) and block.kind == "heading"]
    named = {filled.form.name for filled in found.values()}
    for form in catalogue():
        tables = [at for at, filled in found.items() if filled.form is form]
        met = {id(block.block) for at in tables for block in found[at].blocks}
        for block in form.blocks if tables else ():
            last = blocks[tables[-1]]
            if id(block) not in met and isinstance(last, Table):
                name = block.title.label if block.title else block.column_ways[0][-1].label
                yield _missing_problem(f"the block {name} of the form was found in no table", last.id)
        headings = {fold(name) for name in form.section.names} if form.section else set()
        if form.family in families and form.name not in named and not headings.isdisjoint(lines):
            named.add(form.name)
            yield _missing_problem(f"the section of table {form.name!r} has no such table", None)


def _missing_problem(what: str, table: str | None) -> Problem:
    message = f"{what}; look for it in the source"
    return Problem(code="form-disagreement", severity="warning", message=message, table=table)
