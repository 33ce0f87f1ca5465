"""A document as JSON, the only place where that form is written. ``schema.json`` beside this file describes it.

Keys come in one fixed order, so that equal documents are equal files.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import get_args

from ..document import (
    SCHEMA_VERSION,
    Block,
    Box,
    Cell,
    Check,
    Document,
    Page,
    Part,
    Problem,
    Proof,
    Record,
    Repair,
    Table,
)
from .encode import encodable, rounded, rounded_box

Json = dict[str, "Json"] | list["Json"] | str | int | float | bool | None
"""Anything JSON can say."""

CELL_DEPTH = 4
"""How deep a cell or a record lies: in a list, in a table, in the blocks, in the document. It always has one line."""


def to_json(document: Document) -> str:
    """The document as JSON text, ending in a newline. Always encodable as UTF-8; box numbers have two decimals."""
    return encodable(_laid_out(_document(document), depth=0)) + "\n"


def _document(document: Document) -> Json:
    return {
        "schema_version": SCHEMA_VERSION,
        "source": asdict(document.source),
        "title": document.title,
        "metadata": asdict(document.metadata),
        "pages": [_page(page) for page in document.pages],
        "blocks": [_block(block) for block in document.blocks],
        "proof": proof_fields(document.proof),
        "problems": [_problem(problem) for problem in document.problems],
    }


def proof_fields(proof: Proof) -> Json:
    """How much is proved, in the form that a document's JSON and ``status --json`` share."""
    checks: dict[str, Json] = {check: proof.checks[check] for check in get_args(Check)}
    return {"values": proof.values, **checks, "unproved": dict(sorted(proof.unproved.items()))}


def _page(page: Page) -> Json:
    return {
        "number": page.number,
        "width": rounded(page.width),
        "height": rounded(page.height),
        "words_from": page.words_from,
        "why": page.why,
        "rotation": page.rotation,
    }


def _block(block: Block) -> Json:
    if isinstance(block, Table):
        return _table(block)
    level: dict[str, Json] = {"level": block.level} if block.kind == "heading" else {}
    return {
        "kind": block.kind,
        **level,
        "text": block.text,
        "page": block.page,
        "box": _box(block.box),
        "repairs": [_repair(repair) for repair in block.repairs],
    }


def _table(table: Table) -> Json:
    continued: list[Json] = [
        {**_place(part), "repeated_header_rows": part.repeated_header_rows} for part in table.parts[1:]
    ]
    return {
        "kind": table.kind,
        "id": table.id,
        "caption": table.caption,
        "rows": table.rows,
        "cols": table.cols,
        "evidence": table.evidence,
        "form": table.form,
        "parts": [*(_place(part) for part in table.parts[:1]), *continued],
        "cells": [_cell(cell) for cell in table.cells],
        "records": [_record(record) for record in table.records],
    }


def _cell(cell: Cell) -> Json:
    return {
        "row": cell.row,
        "col": cell.col,
        "row_span": cell.row_span,
        "col_span": cell.col_span,
        "text": cell.text,
        "role": cell.role,
        "page": cell.page,
        "box": _box(cell.box),
        "parts": [_place(part) for part in cell.parts],
        "origin": cell.origin,
        "confidence": cell.confidence,
        "repairs": [_repair(repair) for repair in cell.repairs],
    }


def _record(record: Record) -> Json:
    return {
        "row_path": list(record.row_path),
        "column_path": list(record.column_path),
        "text": record.text,
        "value": record.value,
        "check": record.check,
        **({"unproved": record.unproved} if record.unproved else {}),
        "cell": list(record.cell),
    }


def _repair(repair: Repair) -> Json:
    return asdict(repair)


def _problem(problem: Problem) -> Json:
    return {
        "code": problem.code,
        "severity": problem.severity,
        "message": problem.message,
        "page": problem.page,
        "table": problem.table,
        "cells": [list(position) for position in problem.cells],
        **({"failed": asdict(problem.failed)} if problem.failed else {}),
    }


def _place(part: Part) -> dict[str, Json]:
    return {"page": part.page, "box": _box(part.box)}


def _box(box: Box | None) -> Json:
    return None if box is None else [*rounded_box(box)]


def _laid_out(value: Json, *, depth: int) -> str:
    """JSON text with a line for each page, text block, cell, record and problem."""
    if depth == CELL_DEPTH or not _holds_objects(value):
        return json.dumps(value, ensure_ascii=False, allow_nan=False)
    if isinstance(value, dict):
        lines = [f"{json.dumps(key)}: {_laid_out(item, depth=depth + 1)}" for key, item in value.items()]
        opening, closing = "{", "}"
    else:
        assert isinstance(value, list)
        lines = [_laid_out(item, depth=depth + 1) for item in value]
        opening, closing = "[", "]"
    return f"{opening}\n{' ' * (depth + 1)}" + f",\n{' ' * (depth + 1)}".join(lines) + f"\n{' ' * depth}{closing}"


def _holds_objects(value: Json) -> bool:
    """Whether it is a list of objects, or an object with such a list in it."""
    if isinstance(value, dict):
        return any(isinstance(item, list) and _holds_objects(item) for item in value.values())
    return isinstance(value, list) and any(isinstance(item, dict) for item in value)
