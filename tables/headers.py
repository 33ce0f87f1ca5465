"""Which rows and columns of a grid are headers.

What decides, in this order:

1. A row that one cell fills is a *section*: it stands first in the row path of what follows, until the next section.
2. Header rows are looked for at the top of the table and after each section. The first row heads the table unless it
   holds a value. It takes with it every row its cells reach down into, every row that divides one of its wider cells
   further, and every following row that holds words over all columns whose body is values.
3. Header columns are counted from the left: columns whose body holds words and no value. A column of serial numbers
   or codes before them belongs to them. Where their headings come again further right (``项目 | 金额 | 项目 |
   金额``), two lists stand side by side, and each column is named by the header columns nearest on its left.

A *value* is a number in any dress (``1,234``, ``减2``, ``251000元``, ``22（其中修订16件）``), a dash or slash,
or ``无``. A year is a value only below the headers.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Literal

from ..document import Cell
from .grid import Grid

Kind = Literal["blank", "value", "word"]

_VALUE = re.compile(
    r"""[+\-−－＋减增约¥￥$]{0,2}\s*\d[\d,，.．\s]*            # the number itself
        \s*[%％‰]?\s*(?:[元件条次个项宗份人户]|万元|亿元|千元|万|亿)?   # and its unit
        \s*(?:[（(].*[）)])?                                 # and a remark
      |[-—–―－/／\\*＊.…]+|无|N/?A|不适用""",
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_YEAR = re.compile(r"(?:19|20)\d\d\s*(?:年度?)?")
MOST_WORD_ROWS = 12
"""Rows of words below so many are no header: the values of such a table begin somewhere in its middle."""

_CODE_HEADER = re.compile(r"序号|编号|编码|代码|行次|栏次|^[类款项目]$|^No\.?$", re.IGNORECASE)


def kind(cell: Cell) -> Kind:
    """What a cell holds. A lost text counts as a value: something stood there."""
    return "value" if cell.text is None else kind_of(cell.text)


@lru_cache(maxsize=1 << 16)
def kind_of(text: str) -> Kind:
    """What a text holds that isn't lost."""
    bare = text.strip()
    if not bare:
        return "blank"
    return "value" if _VALUE.fullmatch(bare) else "word"


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """The roles of a table's rows and columns.

    ``heads[row]`` are the header rows that hold for that body row, none for a header row, ``names[col]`` the header
    columns for that body column; a header column names nothing.
    """

    sections: frozenset[int]
    header_rows: frozenset[int]
    header_cols: frozenset[int]
    heads: tuple[tuple[int, ...], ...]
    names: tuple[tuple[int, ...], ...]


def layout(grid: Grid) -> Layout:
    """Finds sections, header rows and header columns."""
    positions = grid.positions()
    sections = frozenset(row for row in range(grid.rows) if _is_section(positions[row], row, grid.cols))
    header_rows: set[int] = set()
    for start, stop in _stretches(sections, grid.rows):
        later = start > 0
        header_rows.update(range(start, start + _header_height(positions, start, stop, later=later)))
    body = [row for row in range(grid.rows) if row not in sections and row not in header_rows]
    header_cols = _header_cols(positions, body, sorted(header_rows))
    return Layout(
        sections=sections,
        header_rows=frozenset(header_rows),
        header_cols=header_cols,
        heads=_heads(grid.rows, header_rows),
        names=_names(grid.cols, header_cols),
    )


def _is_section(line: Sequence[Cell], row: int, cols: int) -> bool:
    cell = line[0]
    return cols > 1 and cell.col_span == cols and cell.row_span == 1 and kind(cell) == "word" and cell.row == row


def _stretches(sections: frozenset[int], rows: int) -> list[tuple[int, int]]:
    """The runs of rows between sections, as ``(first, past the last)``."""
    borders = [-1, *sorted(sections), rows]
    return [(above + 1, below) for above, below in pairwise(borders) if below > above + 1]


def _header_height(positions: Sequence[Sequence[Cell]], start: int, stop: int, *, later: bool) -> int:
    """How many rows from ``start`` on are headers; ``later`` stretches may go on under the headers above them."""
    if stop - start == 1 or not _may_head(positions[start], start):
        return 0
    surplus = _surplus(positions, range(start + 1, stop))
    if later and not any(count > 0 for counts in surplus for count in counts):
        return 0
    height = 1
    while start + height < stop and (
        _reached(positions[start + height], start + height)
        or _divides(positions, start + height)
        or (height < MOST_WORD_ROWS and _words_over(positions[start + height], start + height, surplus[height]))
    ):
        height += 1
    return height if start + height < stop else height - 1


def _may_head(line: Sequence[Cell], row: int) -> bool:
    """Whether a row can head a table: words, with no value but years and no blank but in front."""
    cells = list(dict.fromkeys(line))
    words = [cell for cell in cells if kind(cell) == "word" or _is_year(cell)]
    values = [cell for cell in cells if kind(cell) == "value" and cell not in words]
    if values or not words:
        return False
    blanks_behind = [cell for cell in cells[1:] if kind(cell) == "blank" and cell.row == row]
    return len(cells) - len(blanks_behind) >= 2 and len(blanks_behind) < len(words)


def _surplus(positions: Sequence[Sequence[Cell]], rows: range) -> list[list[int]]:
    """For each of ``rows``, and below them: by how much values and blanks outnumber words from there on, by column."""
    counts = [0] * len(positions[0])
    found = [counts]
    below: Sequence[Cell | None] = [None] * len(counts)
    for row in reversed(rows):
        line = positions[row]
        counts = [
            count if cell is under else count - 1 if kind(cell) == "word" else count + 1
            for count, cell, under in zip(counts, line, below, strict=True)
        ]
        found.append(counts)
        below = line
    return found[::-1]


def _reached(line: Sequence[Cell], row: int) -> bool:
    """Whether a cell of the header above reaches into this row."""
    return any(cell.row < row for cell in line)


def _divides(positions: Sequence[Sequence[Cell]], row: int) -> bool:
    """Whether this row divides a wide header cell right above it into several cells of words."""
    if any(kind(cell) == "value" and not _is_year(cell) for cell in positions[row]):
        return False
    for wide in dict.fromkeys(positions[row - 1]):
        if wide.col_span == 1 or wide.col_span == len(positions[row]):
            continue
        parts = list(dict.fromkeys(positions[row][wide.col : wide.col + wide.col_span]))
        if len(parts) > 1 and all(kind(part) != "blank" for part in parts):
            return True
    return False


def _is_year(cell: Cell) -> bool:
    return bool(cell.text and _YEAR.fullmatch(cell.text.strip()))


def _words_over(line: Sequence[Cell], row: int, surplus: Sequence[int]) -> bool:
    """Whether all columns that hold values further down, by ``surplus``, start a word in this row."""
    value_cols = [col for col, count in enumerate(surplus) if count > 0]
    return bool(value_cols) and all(kind(line[col]) == "word" and line[col].row == row for col in value_cols)


def _header_cols(
    positions: Sequence[Sequence[Cell]], body: Sequence[int], header_rows: Sequence[int]
) -> frozenset[int]:
    cols = len(positions[0])
    corner = _corner_width(positions, header_rows)
    words = [_is_label_col([positions[row][col] for row in body], under_corner=col < corner) for col in range(cols)]
    named = _leading(words, [_heads_codes(positions, header_rows, col) for col in range(cols)])
    if named == cols:  # a table of words: its first column names the rows
        return frozenset({0}) if cols > 1 and header_rows else frozenset()
    found = set(range(named))
    leaves = [_leaf(positions, header_rows, col) for col in range(cols)]
    for start in range(named + 1, cols - named):
        if named and words[start + named - 1] and leaves[start] and leaves[start : start + named] == leaves[:named]:
            found.update(range(start, start + named))
    return frozenset(found)


def _leading(words: Sequence[bool], codes: Sequence[bool]) -> int:
    """How many columns from the left are words, or codes with words still to come."""
    named = 0
    for col, (is_words, is_codes) in enumerate(zip(words, codes, strict=True)):
        if is_words:
            named = col + 1
        elif not is_codes:
            break
    return named


def _corner_width(positions: Sequence[Sequence[Cell]], header_rows: Sequence[int]) -> int:
    """How many columns the first cell of the headers covers, if it is as high as they are and more than one row."""
    if not header_rows:
        return 0
    first = positions[header_rows[0]][0]
    return first.col_span if first.row_span > 1 and first.row + first.row_span - 1 in header_rows else 0


def _is_label_col(column: Sequence[Cell], *, under_corner: bool) -> bool:
    """Whether a column holds words and no value; below a corner a label or two may have been misread as one."""
    kinds = [kind(cell) for cell in dict.fromkeys(column)]
    words, values = kinds.count("word"), kinds.count("value")
    return words > 0 and (values == 0 or (under_corner and 2 * values < words))


def _heads_codes(positions: Sequence[Sequence[Cell]], header_rows: Sequence[int], col: int) -> bool:
    return any(_CODE_HEADER.search("".join((positions[row][col].text or "").split())) for row in header_rows)


def _leaf(positions: Sequence[Sequence[Cell]], header_rows: Sequence[int], col: int) -> str:
    return "".join((positions[header_rows[-1]][col].text or "").split()) if header_rows else ""


def _heads(rows: int, header_rows: set[int]) -> tuple[tuple[int, ...], ...]:
    """For each row the header rows that hold for it: the last run of them above. For a header row none."""
    heads: list[tuple[int, ...]] = []
    current: tuple[int, ...] = ()
    first = 0
    for row in range(rows):
        if row in header_rows:
            first = row if row - 1 not in header_rows else first
            heads.append(())
            if row + 1 not in header_rows:
                current = tuple(range(first, row + 1))
        else:
            heads.append(current)
    return tuple(heads)


def _names(cols: int, header_cols: frozenset[int]) -> tuple[tuple[int, ...], ...]:
    """For each column the header columns that name it: the last run of them on its left."""
    names: list[tuple[int, ...]] = []
    current: tuple[int, ...] = ()
    for col in range(cols):
        if col in header_cols:
            current = (*current, col) if col - 1 in header_cols else (col,)
        names.append(current)
    return tuple(names)
