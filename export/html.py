"""A document as one self-contained HTML page, and a table as HTML, which keeps merged cells wherever it is put."""

from __future__ import annotations

from html import escape

from ..document import Cell, Document, Problem, Table, TextBlock
from .encode import encodable, shown

HEADER_ROLES = {"corner", "column-header", "row-header", "section"}

STYLE = """
body { font: 16px/1.7 "Noto Serif CJK SC", "Songti SC", SimSun, serif; max-width: 60em; margin: 2em auto }
table { border-collapse: collapse; margin: 1em 0 }
th, td { border: 1px solid #888; padding: .2em .5em; vertical-align: middle; text-align: center }
th { background: #f2f2f2; font-weight: normal }
.flagged { background: #ffe0d6 }
footer { color: #666; border-top: 1px solid #ccc; margin-top: 3em; font-size: .85em }
"""


def to_html(document: Document) -> str:
    """The whole document: prose and tables in order, flagged values marked; below them what is known to be wrong, and
    the furniture.

    The page loads nothing: no script, no font, no picture.
    """
    title = document.title or document.source.path
    prose = [_block_markup(block) for block in document.blocks if block.kind != "furniture"]
    asides = [_text_markup(block, "p") for block in document.blocks if block.kind == "furniture"]
    page = [
        "<!doctype html>",
        '<html lang="zh-CN">',
        f'<head><meta charset="utf-8"><title>{escape(title)}</title><style>{STYLE}</style></head>',
        "<body>",
        *prose,
        *_footer(document.problems, asides),
        "</body>",
        "</html>",
    ]
    return encodable("".join(f"{line}\n" for line in page))


def table_markup(table: Table) -> str:
    """The table as HTML without a blank line in it, so that it can stand in Markdown.

    Flagged values have the class ``flagged``; a cell whose text was lost reads U+FFFD.
    """
    flagged = {record.cell for record in table.records if record.check == "flagged"}
    rows: list[list[str]] = [[] for _ in range(table.rows)]
    for cell in sorted(table.cells, key=lambda cell: (cell.row, cell.col)):
        rows[cell.row].append(_cell_markup(cell, flagged=not flagged.isdisjoint(cell.positions)))
    caption = [f"<caption>{_inline(table.caption)}</caption>"] if table.caption else []
    lines = [f"<tr>{''.join(cells)}</tr>" for cells in rows]
    return "\n".join(["<table>", *caption, *lines, "</table>"])


def _cell_markup(cell: Cell, *, flagged: bool) -> str:
    name = "th" if cell.role in HEADER_ROLES else "td"
    attributes = ""
    if cell.row_span > 1:
        attributes += f' rowspan="{cell.row_span}"'
    if cell.col_span > 1:
        attributes += f' colspan="{cell.col_span}"'
    if flagged:
        attributes += ' class="flagged"'
    return f"<{name}{attributes}>{_inline(shown(cell.text))}</{name}>"


def _block_markup(block: TextBlock | Table) -> str:
    if isinstance(block, Table):
        return table_markup(block)
    return _text_markup(block, f"h{min(6, 1 + (block.level or 0))}" if block.kind == "heading" else "p")


def _text_markup(block: TextBlock, name: str) -> str:
    return f"<{name}>{_inline(block.text)}</{name}>"


def _inline(text: str) -> str:
    """Text as HTML, its line breaks kept and its blank lines not."""
    return "<br>".join(escape(line) for line in text.splitlines() if line.strip())


def _footer(problems: tuple[Problem, ...], asides: list[str]) -> list[str]:
    if not problems and not asides:
        return []
    places = [f"{problem.severity}: {_inline(problem.message)}{_place(problem)}" for problem in problems]
    listed = ["<ul>", *(f"<li>{place}</li>" for place in places), "</ul>"] if places else []
    return ["<footer>", *listed, *asides, "</footer>"]


def _place(problem: Problem) -> str:
    names = [f"page {problem.page}"] if problem.page is not None else []
    names += [f"table {escape(problem.table)}"] if problem.table is not None else []
    return f" ({', '.join(names)})" if names else ""
