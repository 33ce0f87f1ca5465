"""One writer a format. Each takes a document and gives text that can be encoded as UTF-8; none changes anything."""

from __future__ import annotations

from collections.abc import Callable

from ..document import Document
from .csv import CSV_COLUMNS, csv_lines, to_csv
from .html import to_html
from .json import to_json
from .markdown import to_markdown
from .text import to_text


def _one_to_csv(document: Document) -> str:
    return to_csv([document])


WRITERS: dict[str, Callable[[Document], str]] = {
    "json": to_json,
    "md": to_markdown,
    "txt": to_text,
    "html": to_html,
    "csv": _one_to_csv,
}
"""The writer of each ``--format``."""

__all__ = ["CSV_COLUMNS", "WRITERS", "csv_lines", "to_csv", "to_html", "to_json", "to_markdown", "to_text"]
