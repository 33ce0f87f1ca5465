"""The styles in which tables are flattened: a grid in, lines of text out."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Callable, Sequence

from gxextract.document import Cell
from gxextract.tables import Grid


def _starting(grid: Grid) -> list[list[Cell]]:
    return [[cell for cell in grid.cells if cell.row == row] for row in range(grid.rows)]


def _covering(grid: Grid) -> list[list[str]]:
    """Row by row what covers it: a cell from above as a blank, one that is wide once."""
    return [
        [(cell.text or "") if cell.row == row else "" for cell in dict.fromkeys(line)]
        for row, line in enumerate(grid.positions())
    ]


def _placed(grid: Grid) -> list[list[str]]:
    """A field a position; only the first of a cell's positions holds its text."""
    return [
        [(cell.text or "") if (cell.row, cell.col) == (row, col) else "" for col, cell in enumerate(line)]
        for row, line in enumerate(grid.positions())
    ]


def _repeated(grid: Grid) -> list[list[str]]:
    return [[cell.text or "" for cell in line] for line in grid.positions()]


def pipes(grid: Grid) -> list[str]:
    lines = []
    for cells in _starting(grid):
        missing = 0 if cells[0].row == grid.rows - 1 else grid.cols - len(cells)
        lines.append(" | ".join(cell.text or "" for cell in cells) + " |" + (" " + "|" * missing if missing else ""))
    return lines


def pipe_lines(grid: Grid) -> list[str]:
    lines = []
    for cells in _starting(grid):
        missing = 0 if cells[0].row == grid.rows - 1 else grid.cols - len(cells)
        lines += [f"{cell.text} |" for cell in cells]
        lines += ["|" * missing] if missing else []
    return lines


def markdown(grid: Grid) -> list[str]:
    return _markdown(_placed(grid))


def markdown_repeated(grid: Grid) -> list[str]:
    return _markdown(_repeated(grid))


def _markdown(rows: list[list[str]]) -> list[str]:
    written = [f"| {' | '.join(row)} |" for row in rows]
    return [written[0], "|" + " --- |" * len(rows[0]), *written[1:]]


def tabs(grid: Grid) -> list[str]:
    return ["\t".join(row) for row in _placed(grid)]


def tabs_collapsed(grid: Grid) -> list[str]:
    return ["\t".join(row) for row in _covering(grid)]


def cell_lines(grid: Grid) -> list[str]:
    return [line for row in _covering(grid) for line in (*(f"\t{text}" for text in row), "")]


def comma_separated(grid: Grid) -> list[str]:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(_placed(grid))
    return out.getvalue().splitlines()


def aligned(grid: Grid) -> list[str]:
    """Columns as wide as their widest text: headers in the middle of what they span, labels left, values right."""
    widths = [2] * grid.cols
    for cell in grid.cells:
        if cell.col_span == 1:
            widths[cell.col] = max(widths[cell.col], _columns_of(cell.text or ""))
    for cell in grid.cells:  # a wide text widens the last column it spans
        lack = _columns_of(cell.text or "") - sum(widths[cell.col : cell.col + cell.col_span]) - 3 * (cell.col_span - 1)
        widths[cell.col + cell.col_span - 1] += max(lack, 0)
    lefts = [sum(widths[:col]) + 3 * col for col in range(grid.cols + 1)]
    body = max(cell.row + cell.row_span for cell in grid.cells if cell.row == 0)
    return [_aligned_line(cells, lefts, widths, header=row < body) for row, cells in enumerate(_starting(grid))]


def _aligned_line(cells: Sequence[Cell], lefts: list[int], widths: list[int], *, header: bool) -> str:
    line, end = "", 0
    for cell in cells:
        text = cell.text or ""
        if not text:
            continue
        left, right = lefts[cell.col], lefts[cell.col + cell.col_span] - 3
        slack = right - left - _columns_of(text)
        is_value = not header and text.replace(".", "").replace("-", "0").isdigit()
        at = left + (slack // 2 if header else slack if is_value else 0)
        line += " " * (at - end) + text
        end = at + _columns_of(text)
    return line


def _columns_of(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WFA" else 1 for char in text)


STYLES: dict[str, tuple[Callable[[Grid], list[str]], str]] = {
    "pipes": (pipes, "pipes, only the cells that start in a row, padded at its end"),
    "pipe-lines": (pipe_lines, "the same, and a line break after each cell"),
    "markdown": (markdown, "Markdown, merged positions left empty"),
    "markdown-repeated": (markdown_repeated, "Markdown, merged cells repeated"),
    "tabs": (tabs, "tabs, merged positions left empty"),
    "tabs-collapsed": (tabs_collapsed, "tabs, vertical merges as blanks, horizontal ones collapsed"),
    "cell-lines": (cell_lines, "the same, a cell a line, a blank line after each row"),
    "csv": (comma_separated, "CSV, merged positions left empty"),
    "aligned": (aligned, "columns aligned with spaces"),
}
