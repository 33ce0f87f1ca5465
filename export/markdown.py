r"""A document as Markdown that reads back as the same text: CommonMark with GFM tables, furniture left out.

What Markdown would take for markup is escaped, but nothing else: the stars of a masked name (``张**、李**``) would
vanish, ``3. `` after ``1. `` would be shown as 2, a lone ``-`` would become an empty list.
"""

from __future__ import annotations

import re

from ..document import Cell, Document, Table, TextBlock
from .encode import encodable, shown
from .html import table_markup

HARD_BREAK = "  \n"

_INLINE = re.compile(
    r"""[\\*`~]
      | (?<![^\W_])_ | _(?![^\W_])  # between two letters an underscore is only itself
      | \](?=[(\[:])                # the end of a link's text, or of the name of one
      | <(?=[A-Za-z/!?])
      | &(?=\#?\w+;)
    """,
    re.VERBOSE,
)
_LINE_START = re.compile(
    r"""(?P<number>\d{1,9})(?=[.)](\s|$))
      | (?=\#{1,6}(\s|$))
      | (?=[-+](\s|$))
      | (?=>)
      | (?=[-=|:][-=|:\s]*$)        # underlines a heading, rules a line off, or heads a table
    """,
    re.VERBOSE,
)


def to_markdown(document: Document) -> str:
    """Headings, paragraphs and tables in document order, a blank line between two.

    A table with merged cells is HTML, any other GFM: its first row is the header line if it holds column headers,
    otherwise the header line is blank. A cell whose text was lost reads U+FFFD.
    """
    blocks = [_table(block) if isinstance(block, Table) else _text(block) for block in document.blocks]
    text = "\n\n".join(filter(None, blocks))
    return encodable(f"{text}\n" if text else "")


def escaped(line: str) -> str:
    """One line of text as Markdown that shows exactly that line, wherever in a block it stands."""
    line = line.strip(" \t")
    inline = _INLINE.sub(r"\\\g<0>", line)
    start = _LINE_START.match(line)
    if not start:
        return inline
    number = start["number"] or ""
    return f"{number}\\{inline.removeprefix(number)}"


def _text(block: TextBlock) -> str:
    if block.kind == "furniture":
        return ""
    lines = [escaped(line) for line in block.text.splitlines() if line.strip()]
    if block.kind == "paragraph" or not lines:
        return HARD_BREAK.join(lines)
    text = re.sub(r"(#+)$", r"\\\1", " ".join(lines))  # a heading may end in hashes that don't count
    return f"{'#' * min(6, 1 + (block.level or 0))} {text}"


def _table(table: Table) -> str:
    if any(cell.row_span > 1 or cell.col_span > 1 for cell in table.cells):
        return table_markup(table)
    caption = [*map(escaped, (table.caption or "").splitlines()), ""] if table.caption else []
    lines = [[_cell(cell) for cell in line] for line in table.grid]
    if not lines or not any(cell.role == "column-header" for cell in table.grid[0]):
        lines.insert(0, [""] * table.cols)
    lines.insert(1, ["---"] * table.cols)
    return "\n".join([*caption, *(f"| {' | '.join(line)} |" for line in lines)])


def _cell(cell: Cell) -> str:
    lines = [_INLINE.sub(r"\\\g<0>", line.strip()) for line in shown(cell.text).splitlines()]
    return "<br>".join(filter(None, lines)).replace("|", r"\|")
