"""Counts that the prose of a report says, held against its tables.

Advice and never a failure: the author may have meant something else. So nothing is found where any count in the prose
that may be the table's is the table's, or where the table's own figure is in doubt.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, groupby
from operator import attrgetter

from ..document import Block, Problem, Record, Table
from .counting import counted
from .model import Form
from .said import Clause, clauses_of, number_of
from .statements import Statement

MANY = 12
"""Of a sentence of more counts not every two are added up."""


def prose_disagreements(blocks: Sequence[Block], forms: Mapping[int, Form]) -> Iterator[Problem]:
    """One problem for each figure of which the prose says another. ``forms`` are those of the tables, by index."""
    stated = [
        (form, statement)
        for form in {id(form): form for form in forms.values()}.values()
        for statement in form.statements
    ]
    clauses = clauses_of(blocks) if stated else []
    for form, statement in stated:
        tables = [block for at, block in enumerate(blocks) if forms.get(at) is form and isinstance(block, Table)]
        if len(tables) == 1:
            yield from _disagreement(tables[0], form, statement, clauses)


def _disagreement(table: Table, form: Form, statement: Statement, clauses: Sequence[Clause]) -> Iterator[Problem]:
    said = [(number, clause) for clause in clauses if (number := _stated(statement, clause)) is not None]
    records = _records(table, form, statement, statement.equals) if said else None
    values = [record.value for record in records or ()]
    others = [_records(table, form, statement, keys) for keys in statement.others]
    if not records or not all(isinstance(value, int) for value in values) or None in others:
        return
    figure = sum(counted(record.text) or 0 for record in records)
    meant = {figure, *(sum(counted(record.text) or 0 for record in other or ()) for other in others)}
    if meant & ({number for number, _ in said} | _about(statement, clauses)):
        return
    number, clause = said[0]
    page = "" if clause.page is None else f" on page {clause.page}"
    what = " + ".join(" / ".join((*record.row_path, *record.column_path)) for record in records)
    yield Problem(
        code="prose-disagrees",
        severity="info",
        message=f"the prose says{page} {clause.said!r} ({number}), the table {figure} for {what}; "
        "both are kept as they were read, look at the source",
        page=next(cell.page for cell in table.cells if (cell.row, cell.col) == records[0].cell),
        table=table.id,
        cells=tuple(record.cell for record in records),
    )


def _stated(statement: Statement, clause: Clause) -> int | None:
    """The count the clause says, if it says this one and nothing around it makes it another."""
    if not clause.firm or not (statement.topic.search(clause.before) or statement.under.search(clause.heading)):
        return None
    for pattern in statement.counts:
        if found := pattern.fullmatch(clause.text):
            return number_of(found["n"])
    return 0 if any(pattern.fullmatch(clause.text) for pattern in statement.none) else None


def _about(statement: Statement, clauses: Sequence[Clause]) -> set[int]:
    """All counts said beside words of the figure, and what those of a sentence make together, all or any two."""
    found: set[int] = set()
    beside = (clause for clause in clauses if statement.about.search(clause.said))
    for _, sentence in groupby(beside, key=attrgetter("sentence")):
        numbers = [number for clause in sentence for number in clause.numbers]
        found.update(numbers)
        if len(numbers) > 1:
            found.update((*map(sum, combinations(numbers[:MANY], 2)), sum(numbers)))
    return found


def _records(table: Table, form: Form, statement: Statement, keys: Sequence[str]) -> list[Record] | None:
    """The one record of each key; None where one isn't there, there more than once, or in doubt."""
    records: list[Record] = []
    for key in keys:
        paths = {
            (block.row_path(row), tuple(node.label for node in column))
            for block in form.blocks
            for row in block.row_ways
            for column in block.column_ways
            if key in (labels := {node.key for node in (*row, *column)}) and statement.column in (None, *labels)
        }
        found = [record for record in table.records if (record.row_path, record.column_path) in paths]
        if len(found) != 1 or found[0].check == "flagged" or counted(found[0].text) is None:
            return None
        records += found
    return records
