"""Where a document's words came from, what was changed in them, and how sure each table is: text for a person.

It is composed from the document alone, so whatever it tells stands in the JSON too.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ..document import Block, Document, Record, Repair, Table
from .encode import shown
from .explain_table import grid_of, is_told
from .proved import proved, unproved
from .terminal import printable

SHOWN_CHARS = 60


def explain(document: Document) -> str:
    """The account as lines of text, ending in a newline. Nothing in it but prints: no file writes to the terminal."""
    sections = (
        ("Pages", _pages(document)),
        ("Tables", _tables(document)),
        ("Repairs", _repairs(document)),
        ("Problems", _problems(document)),
    )
    lines = [*_head(document)]
    for title, told in sections:
        lines += ["", title, *(f"  {line}" for line in told)]
    return "".join(f"{printable(line)}\n" for line in lines)


def _head(document: Document) -> Iterator[str]:
    source = document.source
    encoding = f", {source.encoding}" if source.encoding else ""
    yield f"{source.path}: {source.format}{encoding}, {source.size:,} bytes, {document.status}"
    yield f"title: {document.title or 'none found'}"
    if document.proof.values:
        yield f"proved: {proved(document.proof)}"
    for count, reason in unproved(document.proof):
        yield f"  {count:,}: {reason}"


def _pages(document: Document) -> Iterator[str]:
    if not document.pages:
        yield "a format without pages; every word stands in the file as it is"
    for page in document.pages:
        turned = f", turned by {page.rotation}°" if page.rotation else ""
        yield f"{page.number}: words from {page.words_from}{f', {page.why}' if page.why else ''}{turned}"


def _tables(document: Document) -> Iterator[str]:
    """Of each table what it is and how much of it is proved; where something is wrong with it, what."""
    if not document.tables:
        yield "none"
    for table in document.tables:
        pages = sorted({part.page for part in table.parts if part.page is not None})
        where = f", page {', '.join(map(str, pages))}" if pages else ""
        yield f"{table.id}: {table.rows} × {table.cols}, {table.evidence}{where}, form {table.form or 'not recognised'}"
        if table.caption:
            yield f"  caption: {table.caption}"
        proof = replace(document, blocks=(table,)).proof
        yield "; ".join([f"  proved: {proved(proof)}", *(f"{count:,}: {reason}" for count, reason in unproved(proof))])
        if is_told(table, document.problems):
            yield from (f"  {line}" for line in grid_of(table, document.problems))
        elif table.form is None:
            yield from _flagged(table)


def _flagged(table: Table) -> Iterator[str]:
    for record in table.records:
        if record.check == "flagged":
            yield f"  flagged {_place(record, table)}: {_short(shown(record.text))}"


def _place(record: Record, table: Table) -> str:
    row, col = record.cell
    labels = " / ".join((*record.row_path, *record.column_path))
    page = table.grid[row][col].page
    return f"({row}, {col}){f' on page {page}' if page else ''}{f', {labels}' if labels else ''}"


def _repairs(document: Document) -> Iterator[str]:
    """A line a fixer, then one for each change it made, however often it made it."""
    steps = [step for block in document.blocks for step in _steps(block)]
    if not steps:
        yield "none, every text is as it was found"
    for fixer in dict.fromkeys(step.fixer for _, step in steps):
        places: dict[str, list[str]] = {}
        for where, step in steps:
            if step.fixer == fixer:
                places.setdefault(in_words(step), []).append(where)
        count = sum(map(len, places.values()))
        yield f"{fixer}: {count:,} change{'s' * (count > 1)}"
        for change, at in places.items():
            often = f"{len(at):,} times, first in " if len(at) > 1 else "in "
            yield f"  {change}, {often}{at[0]}"


def in_words(step: Repair) -> str:
    """What a step changed into what, how surely and why."""
    evidence = f", because {step.evidence}" if step.evidence else ""
    return f"{_short(step.before)!r} into {_short(step.after)!r} ({step.certainty}{evidence})"


def _steps(block: Block) -> Iterator[tuple[str, Repair]]:
    """Each repair with the place of its text."""
    if isinstance(block, Table):
        for cell in block.cells:
            for step in cell.repairs:
                yield f"{block.id} ({cell.row}, {cell.col})", step
    else:
        for step in block.repairs:
            yield f"{block.kind} on page {block.page}" if block.page else block.kind, step


def _problems(document: Document) -> Iterator[str]:
    if not document.problems:
        yield "none"
    for problem in document.problems:
        places = [f"page {problem.page}"] if problem.page else []
        places += [f"table {problem.table}"] if problem.table else []
        where = f" ({', '.join(places)})" if places else ""
        yield f"{problem.severity} {problem.code}{where}: {problem.message}"


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= SHOWN_CHARS else line[: SHOWN_CHARS - 1] + "…"
