"""Flattened tables among the paragraphs of a document, where people write much that only looks like one.

In a text that a program wrote, delimiters mean cells. Authors of documents set tabs, bars and blanks in many lines that
are no table: contents, signatures, lists, choices, names with what they stand for, links beside each other. A run of
lines is a table here only if it is one in plain text and, besides,

1. its rows share their columns: most are of one length, or as long from their first value on;
2. its first row heads the others: it has no value, and the rows below have; or, where all are words, bars or a rule
   draw the table, or the first row has the names that columns have;
3. it is nothing that is known to look like a table.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from .flat_aligned import segments
from .flat_draft import MAX_HEADER_ROWS, Rows, has_value
from .flat_rows import rows_of, style_of
from .from_flat import find_flat
from .headers import kind_of

EVEN = 0.6
"""So many rows of a table have one length."""
MIN_ROWS = 3
MIN_COLUMNS = 3
"""A table has at least so many rows, or so many columns; one of words alone has both."""
MANY = 0.5
"""If so many cells or rows are of a kind that tables seldom hold, the lines are something else."""

_SENTENCE = re.compile(r"[。；！？]|[.!?;] +[A-Z]")
_NAMED = re.compile(r"\S\s*[:：](?!\d)")
_FORMULA = re.compile(r"[={};]|//")
_MARKER = re.compile(
    r"[•●○■□◆◇▪☐☑√·*+–—-](?!\d)|[（(]?(?:\d{1,2}|[A-Za-z]|[一二三四五六七八九十]{1,3})[)）.．、](?!\d)|[①-⑳]|第\S{1,3}[章节条]"
)
_COLUMN_NAME = re.compile(
    r"名称|姓名|序号|编号|代码|项目$|科目|类别|类型|单位|部门|地区|内容|事项|时间|日期|年度|职务|数量|金额|备注|说明$"
)
_DRAWN = re.compile(r"\s*[|｜│┃].*[|｜│┃]\s*|[\s|+:─━═┌┬┐├┼┤└┴┘-]{3,}")


def find_in_paragraphs(lines: Sequence[str]) -> list[range]:
    """The runs of ``lines`` that are flattened tables beyond what layout makes of prose."""
    runs = (_trimmed(lines, run) for run in find_flat(lines))
    return [run for run in runs if _is_sure(lines[run.start : run.stop])]


def _trimmed(lines: Sequence[str], run: range) -> range:
    """``run`` without sentences at its ends that are set in by a tab."""
    inside = [at for at in run if not (_SENTENCE.search(lines[at]) and "\t" not in lines[at].strip())]
    return range(inside[0], inside[-1] + 1) if inside and "\t" in lines[inside[0]] else run


def _is_sure(lines: Sequence[str]) -> bool:
    style = style_of(lines)
    if style == "aligned":
        rows: Rows = [[each.text for each in segments(line)] for line in lines if line.strip()]
    else:
        rows = rows_of(lines, style)
    if len(rows) < 2 or (style != "aligned" and not _is_even(rows)):
        return False
    drawn = all(_DRAWN.fullmatch(line) for line in lines)
    return _is_headed(rows, drawn=drawn) and not _is_list(rows) and not _is_contents(rows)


def _is_even(rows: Rows) -> bool:
    """Whether most rows are of one length, or hold as many cells from their first value on: labels may be merged."""
    first_values = [next((at for at, text in enumerate(row) if kind_of(text) == "value"), len(row)) for row in rows]
    tails = [len(row) - first for row, first in zip(rows, first_values, strict=True) if first < len(row)]
    return any(
        usual > 1 and times >= EVEN * sum(lengths.values())
        for lengths in (Counter(map(len, rows)), Counter(tails))
        for usual, times in lengths.most_common(1)
    )


def _is_headed(rows: Rows, *, drawn: bool) -> bool:
    if has_value(rows[0]) or not any(kind_of(text) == "word" for text in rows[0]):
        return False
    wide = sum(sum(map(bool, row)) >= MIN_COLUMNS for row in rows)
    first = next((at for at, row in enumerate(rows) if has_value(row[1:])), len(rows))
    if first <= MAX_HEADER_ROWS and sum(has_value(row[1:]) for row in rows[first:]) > MANY * (len(rows) - first):
        return len(rows) >= MIN_ROWS or wide == len(rows)
    named = sum(bool(_COLUMN_NAME.search(text)) for text in rows[0]) > 1
    return (drawn or named) and wide >= MIN_ROWS


def _is_list(rows: Rows) -> bool:
    """Whether cells are sentences, formulae, names with what they stand for, or behind a marker."""
    cells = [cell for row in rows for cell in row if cell]
    odd = sum(any(sign.search(cell) for sign in (_SENTENCE, _NAMED, _FORMULA)) for cell in cells)
    marked = sum(all(_MARKER.match(cell) and kind_of(cell) == "word" for cell in row if cell) for row in rows)
    bare = sum(bool(row and _MARKER.fullmatch(row[0])) for row in rows)
    return odd >= MANY * len(cells) or max(marked, bare) >= MANY * len(rows)


def _is_contents(rows: Rows) -> bool:
    """Whether the rows are headings and their pages: pairs whose numbers never fall."""
    pairs = [[cell for cell in row if cell] for row in rows[1:]]
    if any(len(pair) != 2 or not pair[1].isdecimal() for pair in pairs):
        return False
    pages = [int(pair[1]) for pair in pairs]
    numbered = all(_MARKER.match(pair[0]) for pair in pairs)
    return pages == sorted(pages) and (numbered or "页" in "".join(rows[0]))
