"""What repair left garbled, and what it could only infer: told to the reader of a document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from ..document import Block, Cell, Problem, Repair, Severity, Table, TextBlock
from ..repair.unreadable import unreadable
from ..tables import Grid

RECOVERED = ("mojibake", "lost_bytes", "known_labels")
"""The fixers that put back what a wrong codec lost; where they had to infer it, it is worth a look at the source."""
SHOWN = 30
"""An example of more characters is cut."""

Position = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """Texts of one table, or of the prose of one page, of which the same is to be said."""

    code: str
    severity: Severity
    state: str
    examples: list[str]
    cells: tuple[Position, ...]


def doubted(grid: Grid) -> Grid:
    """``grid`` with each cell doubtful of which something can't be read: what it says may be another value."""
    unsure = [bool(cell.text and unreadable(cell.text)) for cell in grid.cells]
    if not any(unsure):
        return grid
    cells = (replace(cell, doubtful=cell.doubtful or said) for cell, said in zip(grid.cells, unsure, strict=True))
    return replace(grid, cells=tuple(cells))


def legibility(blocks: Sequence[Block]) -> Iterator[Problem]:
    """A problem for what stayed garbled, and one for what was inferred, of each table and of the prose of each page."""
    for table in (block for block in blocks if isinstance(block, Table)):
        for found in _found(table.cells):
            page = table.parts[0].page if table.parts else None
            message = f"{_count(found, 'cell')} of table {table.id}, such as {found.examples[0]!r}, {found.state}"
            yield Problem(
                code=found.code,
                severity=found.severity,
                message=message,
                page=page,
                table=table.id,
                cells=found.cells,
            )
    prose = sorted((block for block in blocks if isinstance(block, TextBlock)), key=_page)
    for page, group in groupby(prose, key=_page):
        for found in _found(list(group)):
            message = f"{_count(found, 'text')}, such as {found.examples[0]!r}, {found.state}"
            yield Problem(code=found.code, severity=found.severity, message=message, page=page or None)


def _count(found: _Found, what: str) -> str:
    return f"{len(found.examples)} {what}{'s' * (len(found.examples) > 1)}"


def _page(block: TextBlock) -> int:
    return block.page or 0


def _found(things: Sequence[TextBlock | Cell]) -> Iterator[_Found]:
    garbled, garbled_at = [], []
    inferred, inferred_at = [], []
    for thing in things:
        text = thing.text or ""
        spans = unreadable(text)
        if spans:
            start = max(spans[0][0] - SHOWN // 3, 0)
            garbled.append(text[start : start + SHOWN])
            garbled_at += _position(thing)
        if any(map(_is_inferred, thing.repairs)):
            inferred.append(text[:SHOWN])
            inferred_at += _position(thing)
    if garbled:
        yield _Found(
            code="text-garbled",
            severity="warning",
            state="can't be read and could not be put right; look at the source",
            examples=garbled,
            cells=tuple(garbled_at),
        )
    if inferred:
        yield _Found(
            code="text-recovered",
            severity="info",
            state="had lost bytes and now read as they most likely did; compare with the source",
            examples=inferred,
            cells=tuple(inferred_at),
        )


def _position(thing: TextBlock | Cell) -> list[Position]:
    return [(thing.row, thing.col)] if isinstance(thing, Cell) else []


def _is_inferred(step: Repair) -> bool:
    return step.fixer in RECOVERED and step.certainty == "inferred"
