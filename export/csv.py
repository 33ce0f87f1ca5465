"""Records as CSV: one line a value, with its whole context. The form of a run's ``records.csv``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..document import Document, Record, Table
from .encode import encodable, rounded_box

CSV_TYPES: dict[str, type[str] | type[int] | type[float]] = {
    "path": str,
    "sha256": str,
    "agency": str,
    "year": int,
    "form": str,
    "table": str,
    "row_path": str,
    "column_path": str,
    "text": str,
    "value": float,
    "check": str,
    "page": int,
    "left": float,
    "top": float,
    "right": float,
    "bottom": float,
    "origin": str,
    "confidence": float,
}
"""Every column in its order, and what its fields are."""
CSV_COLUMNS: tuple[str, ...] = tuple(CSV_TYPES)

PATH_JOINER = " / "
END_OF_LINE = "\r\n"


def to_csv(documents: Iterable[Document]) -> str:
    """The records of all ``documents`` under one header line, as RFC 4180 has it (lines end in CR LF)."""
    header = ",".join(CSV_COLUMNS) + END_OF_LINE
    return header + "".join(line for document in documents for line in csv_lines(document))


def csv_lines(document: Document) -> Iterator[str]:
    """One line a record, in document order and in the order of ``CSV_COLUMNS``.

    A text is quoted always, a number never, and what is unknown or lost is an empty field without quotes. So a reader
    that minds quotes tells a blank value, ``""``, from a lost one. The csv module of Python 3.11 can't write that.
    """
    for table in document.tables:
        for record in table.records:
            fields = zip(_fields(document, table, record), CSV_TYPES.values(), strict=True)
            yield ",".join(_written(field, kind) for field, kind in fields) + END_OF_LINE


def _written(field: str | float | None, kind: type) -> str:
    if field is None:
        return ""
    if kind is not str:
        return str(field)
    return '"' + encodable(str(field)).replace('"', '""') + '"'


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
