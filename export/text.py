"""A document as clean text: one block a line, table rows tab-separated, furniture left out."""

from __future__ import annotations

from ..document import Cell, Document, Table
from .encode import encodable, shown


def to_text(document: Document) -> str:
    r"""The prose and tables in document order, each line ended by a newline.

    A merged cell's text stands at its first position; the others it covers are blank, so every row of a table has the
    same number of tabs. A cell whose text was lost reads ``\ufffd``.
    """
    lines: list[str] = []
    for block in document.blocks:
        if isinstance(block, Table):
            lines += _table_lines(block)
        elif block.kind != "furniture" and block.text.strip():
            lines.append(on_one_line(block.text))
    return encodable("".join(f"{line}\n" for line in lines))


def on_one_line(text: str) -> str:
    """The text with each line break or tab, and the blanks beside a break, as one space."""
    return " ".join(line.strip() for line in text.splitlines() if line.strip()).replace("\t", " ")


def _table_lines(table: Table) -> list[str]:
    caption = [on_one_line(table.caption)] if table.caption else []
    rows = ["\t".join(_text_at(cell, row, col) for col, cell in enumerate(line)) for row, line in enumerate(table.grid)]
    return caption + rows


def _text_at(cell: Cell, row: int, col: int) -> str:
    return on_one_line(shown(cell.text)) if (cell.row, cell.col) == (row, col) else ""
