"""Records as CSV: one line a value, with its whole context. The form of a run's ``records.csv``."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from ..document import Document, Record, Table
from .encode import encodable, rounded_box

CSV_COLUMNS: tuple[str, ...] = (
    "path",
    "sha256",
    "agency",
    "year",
    "form",
    "table",
    "row_path",
    "column_path",
    "text",
    "value",
    "check",
    "page",
    "left",
    "top",
    "right",
    "bottom",
    "origin",
    "confidence",
)

PATH_JOINER = " / "


def to_csv(documents: Iterable[Document]) -> str:
    """The records of all ``documents`` under one header line, quoted as RFC 4180 has it (lines end in CR LF)."""
    lines = io.StringIO(newline="")
    writer = csv.writer(lines)
    writer.writerow(CSV_COLUMNS)
    for document in documents:
        writer.writerows(csv_rows(document))
    return lines.getvalue()


def csv_rows(document: Document) -> Iterator[tuple[str, ...]]:
    """One row a record, in document order and in the order of ``CSV_COLUMNS``; what is unknown is empty.

    A lost value is as empty as a blank one here: its ``check`` is ``flagged``, and the document's JSON has the problem.
    """
    for table in document.tables:
        for record in table.records:
            fields = _fields(document, table, record)
            yield tuple("" if field is None else encodable(str(field)) for field in fields)


def _fields(document: Document, table: Table, record: Record) -> tuple[str | float | None, ...]:
    row, col = record.cell
    cell = table.grid[row][col]
    return (
        document.source.path,
        document.source.sha256,
        document.metadata.agency,
        document.metadata.year,
        table.form,
        table.id,
        PATH_JOINER.join(record.row_path),
        PATH_JOINER.join(record.column_path),
        record.text,
        record.value,
        record.check,
        cell.page,
        *(rounded_box(cell.box) if cell.box else (None, None, None, None)),
        cell.origin,
        cell.confidence,
    )
