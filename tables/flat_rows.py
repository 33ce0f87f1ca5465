"""From lines to rows: which delimiter, which lines are rules, which rows were broken or written a cell a line."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from math import gcd
from typing import Literal

from .celltext import join_lines
from .headers import kind_of

Style = Literal["csv", "pipes", "pipe-lines", "tabs", "cell-lines", "aligned"]

MIN_ROWS = 2
"""A table has at least so many rows with two filled cells; fewer are prose that holds a delimiter."""
MIN_CELL_LINES = 6
LONG_CELL = 40
"""A cell of more characters is rarely a label; most cells of a table written a cell a line are shorter."""

_PIPES = str.maketrans({"｜": "|", "│": "|", "┃": "|"})
_UNESCAPED_PIPE = re.compile(r"(?<!\\)\|")
_CLOSING_PIPE = re.compile(r"(?<!\\)\|$")
_DRAWN_RULE = re.compile(r"[\s|+=─━═┄┅┈┉┌┍┎┏┐┑┒┓└┕┖┗┘┙┚┛├┝┞┟┠┡┢┣┤┥┦┧┨┩┪┫┬┭┮┯┰┱┲┳┴┵┶┷┸┹┺┻┼┽┾┿╀╁╂╃╄╅╆╇╈╉╊╋\-]{3,}")
_SEPARATOR_CELL = re.compile(r"\s*(?:-{3,}|:-+:?|-+:)\s*")
_SENTENCE = re.compile(r"[。；！？]")
_PADDING = re.compile(r"\s*\|[|\s]*")
_ONE_CELL = re.compile(r"[^|]*\|\s*")


def style_of(lines: Sequence[str]) -> Style:
    """How the lines of one run are written."""
    if is_csv(lines):
        return "csv"
    if any("|" in line.translate(_PIPES) for line in lines):
        return "pipe-lines" if is_pipe_lines(lines) else "pipes"
    if is_cell_lines(lines):
        return "cell-lines"
    return "tabs" if any("\t" in line.strip(" \u3000") for line in lines) else "aligned"


def rows_of(lines: Sequence[str], style: Style) -> list[list[str]]:
    """The rows of a run in that style; not of one aligned with spaces. Rows may differ in length."""
    if style == "csv":
        return [[join_lines(cell.splitlines()) for cell in row] for row in _csv(lines)]
    if style == "tabs":
        return [[cell.strip() for cell in line.split("\t")] for line in lines]
    if style == "cell-lines":
        return [[line.strip() for line in group] for group in cell_groups(lines)]
    if style == "pipe-lines":
        return _rows_of_cells(lines)
    return _mended(_split_pipes(lines))


def delimiter_of(line: str) -> Literal["|", "\t"] | None:
    """The delimiter a line of several cells is written with; a drawn rule counts as pipes."""
    if not line.strip():
        return None
    if "|" in line.translate(_PIPES) or _DRAWN_RULE.fullmatch(line):
        return "|"
    return "\t" if "\t" in line.strip(" \u3000") else None


def is_table(rows: Sequence[Sequence[str]]) -> bool:
    """Whether enough rows have two filled cells."""
    return sum(sum(map(bool, row)) >= 2 for row in rows) >= MIN_ROWS


def continues(between: str, run: Sequence[str], most_tabs: int) -> bool:
    """Whether the one line between two runs with tabs is a section row of one table, written without its tabs.

    It is if the ``run`` that follows has no header of its own and rows about as long as those before, of which the
    longest has ``most_tabs``.
    """
    between = between.strip()
    if not between or len(between) > LONG_CELL or _SENTENCE.search(between) or "\t" not in run[0]:
        return False
    return abs(most_tabs - tabs_in(run)) <= 3 and any(kind_of(cell.strip()) == "value" for cell in run[0].split("\t"))


def tabs_in(lines: Sequence[str]) -> int:
    """How many tabs the line with the most of them has."""
    return max(line.count("\t") for line in lines)


def is_csv(lines: Sequence[str]) -> bool:
    """Whether all lines together are CSV: each row of the same width, and no cell a sentence."""
    written = [line for line in lines if line.strip()]
    if len(written) < MIN_ROWS + 1 or "," not in written[0]:
        return False
    try:
        rows = _csv(lines, strict=True)
    except csv.Error:
        return False
    same_width = len({len(row) for row in rows}) == 1 and len(rows) > MIN_ROWS
    return same_width and not any(_SENTENCE.search(cell) for row in rows for cell in row)


def _csv(lines: Sequence[str], *, strict: bool = False) -> list[list[str]]:
    return [row for row in csv.reader((f"{line}\n" for line in lines), strict=strict) if row]


def _split_pipes(lines: Sequence[str]) -> list[list[str]]:
    """The cells between pipes. What a last pipe closes is no cell, nor what stands before a first one of all lines."""
    written = [line.translate(_PIPES).strip() for line in lines if not _DRAWN_RULE.fullmatch(line) or "|" in line]
    written = [line for at, line in enumerate(written) if not _is_rule(line, at)]
    rows = [[cell.replace("\\|", "|").strip() for cell in _UNESCAPED_PIPE.split(line)] for line in written]
    opened = all(line.startswith("|") for line in written)
    return [row[opened : len(row) - bool(_CLOSING_PIPE.search(line))] for row, line in zip(rows, written, strict=True)]


def _is_rule(line: str, at: int) -> bool:
    """Whether ``line``, the run's ``at``-th, is a drawn rule or Markdown's; dashes as values are not."""
    if at == 1 and all(_SEPARATOR_CELL.fullmatch(cell) for cell in line.strip("|").split("|")):
        return True
    return bool(_DRAWN_RULE.fullmatch(line)) and any(char in line for char in "+─━═")


def _mended(rows: list[list[str]]) -> list[list[str]]:
    """Rows broken over two lines put together: where both are short, and together as long as nearly all others."""
    lengths = Counter(map(len, rows))
    usual, times = max(lengths.items(), key=lambda item: item[1], default=(0, 0))
    if times * 2 <= len(rows):
        return rows
    mended: list[list[str]] = []
    for row in rows:
        before = mended[-1] if mended else []
        if before and len(before) < usual and len(row) < usual and len(before) + len(row) == usual:
            mended[-1] = before + row
        else:
            mended.append(row)
    return mended


def is_pipe_lines(lines: Sequence[str]) -> bool:
    """Whether each line is one cell and the pipe behind it, or nothing but pipes that fill up a row."""
    written = [line.translate(_PIPES) for line in lines]
    cells = [line for line in written if _ONE_CELL.fullmatch(line) or _PADDING.fullmatch(line)]
    return len(cells) == len(lines) >= MIN_CELL_LINES and _width_of_cells(written) > 1


def _width_of_cells(lines: Sequence[str]) -> int:
    """The length of a row that a cell a line and padding add up to, or 0: each row before padding ends with it."""
    width = count = widest = 0
    for line in lines:
        if _PADDING.fullmatch(line) and line.count("|") > 0 and not _is_blank_cell(line):
            padding = line.count("|")
            width, count, widest = gcd(width, count + padding), 0, max(widest, padding)
        else:
            count += 1
    return width if width > widest else 0


def _is_blank_cell(line: str) -> bool:
    """A blank cell is written like any other, with a blank before its pipe."""
    return line.count("|") == 1 and line[:1].isspace()


def _rows_of_cells(lines: Sequence[str]) -> list[list[str]]:
    written = [line.translate(_PIPES) for line in lines]
    width = _width_of_cells(written)
    rows: list[list[str]] = [[]]
    for line in written:
        if len(rows[-1]) == width:
            rows.append([])
        if _PADDING.fullmatch(line) and not _is_blank_cell(line):
            rows[-1] += [""] * line.count("|")
        else:
            rows[-1].append(line.strip().removesuffix("|").strip())
    return rows


def cell_groups(lines: Sequence[str]) -> list[list[str]]:
    """The lines between blank ones, group by group. A line that holds a tab is a blank cell, not a blank line."""
    groups: list[list[str]] = [[]]
    for line in lines:
        if line.strip() or "\t" in line:
            groups[-1].append(line)
        elif groups[-1]:
            groups.append([])
    return [group for group in groups if group]


def is_cell_lines(lines: Sequence[str]) -> bool:
    """Whether groups of short lines are rows: a line a cell, values among them, and not one line of several cells.

    Lines that a tab begins were cells. Others may be names and their numbers, which take two lines and are no table.
    """
    if len(lines) < MIN_CELL_LINES or any("\t" in line.strip() for line in lines):
        return False
    groups = cell_groups(lines)
    cells = [line.strip() for group in groups for line in group if line.strip()]
    values = sum(kind_of(cell) == "value" for cell in cells)
    long = sum(len(cell) > LONG_CELL for cell in cells)
    tabbed = all(line.startswith("\t") for group in groups for line in group)
    several = sum(len(group) >= (2 if tabbed else 3) for group in groups)
    if not tabbed and values * 4 < len(cells):
        return False
    return several > MIN_ROWS and several * 2 > len(groups) and values > 1 and long * 10 <= len(cells)


def short_runs(lines: Sequence[str]) -> Iterator[range]:
    """Runs of lines that could be cells, with no more than one blank line between them."""
    start: int | None = None
    blank = 0
    for at, line in enumerate(lines):
        is_cell = bool(line.strip() or "\t" in line) and "|" not in line and not _SENTENCE.search(line)
        if is_cell:
            start = at if start is None else start
            blank = 0
            continue
        blank += 1
        if start is not None and (line.strip() or blank > 1):
            yield range(start, at - blank + 1)
            start = None
    if start is not None:
        yield range(start, len(lines) - blank)
