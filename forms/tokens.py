"""Lines of text and cells of a grid made one thing: tokens in reading order, each a label, a value or a blank.

A line is cut at its pipes, else at its tabs, else at its commas if it stands among lines of as many, else at its
blanks. A line that is a cell of its own stays whole.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Literal

from ..document import Cell, Table
from .labels import fold

TokenKind = Literal["label", "value", "blank"]

MIN_CSV_FIELDS = 3
MIN_CSV_LINES = 3
MAX_VALUE = 40
"""A longer text is no value."""

_VALUE = re.compile(
    r"[+\-−－＋减增约¥￥]{0,2}(?:\d{1,3}(?:[,，]\d{3})+|\d+)(?:\.\d+)?"
    r"(?:[%％]|(?:元|万元|亿元|千元|件|条|次|个|项|宗|份|人|户|部|起))?(?:[（(][^（()）]*[）)])?"
    r"|[-—–－]{1,2}|[/／\\*＊]|无|N/A",
    re.IGNORECASE,
)
_PAGE_NUMBER = re.compile(
    r"\s*(?:[-—–－]\s*\d{1,4}\s*[-—–－]|第\s*\d{1,4}\s*页(?:\s*[,，/]?\s*共\s*\d{1,4}\s*页)?|\d{1,4}\s*/\s*\d{1,4})\s*"
)
_PIPES = str.maketrans({"｜": "|", "│": "|", "┃": "|"})
_PIPE = re.compile(r"(?<!\\)\|")
_DRAWN = re.compile(r"[\s|+:=─━═┄┅┈┉┌-╋\-]+")
_RULED = re.compile(r"-{3,}|[─━═=]{2,}|\+-")
_LONE_CELL = re.compile(r"\t[^\t]*")
_TAB = re.compile(r"\t")
_BLANK = re.compile(r"\s")
_WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """One cell, or one word of a line that has no cells. ``row`` counts lines, or rows of a grid.

    ``field`` counts the tokens of a line, or is the column of a grid; ``start`` and ``end`` are offsets in the line.
    ``text`` is None for a cell whose text was lost. ``alone`` marks a token that is its line's
    only one, or padding in a line of its own.
    """

    text: str | None
    kind: TokenKind
    folded: str
    row: int
    field: int
    start: int = 0
    end: int = 0
    alone: bool = False
    cell: Cell | None = None

    @classmethod
    def of(cls, text: str | None, **place: Any) -> Token:
        """The token that ``text`` is, at a place."""
        bare = (text or "").strip()
        kind: TokenKind = "value" if text is None or is_value(bare) else "label" if bare else "blank"
        folded = fold(bare) if kind == "label" else ""
        return cls(text=None if text is None else bare, kind=kind, folded=folded, **place)


def is_value(text: str) -> bool:
    """Whether a text stands where numbers stand: a number with sign, unit and remark, or a stroke for none.

    Several of them that ran together in one cell are a value too, if not one that counts.
    """
    bare = text.strip()
    if not bare or len(bare) > MAX_VALUE:
        return False
    plain = bare if bare.isascii() else unicodedata.normalize("NFKC", bare)
    return bool(_VALUE.fullmatch(plain)) or all(_VALUE.fullmatch(part) for part in plain.split())


def tokens_of_table(table: Table) -> list[Token]:
    """A cell a token, row by row, each cell in the row it starts in."""
    cells = sorted(table.cells, key=lambda cell: (cell.row, cell.col))
    return [Token.of(cell.text, row=cell.row, field=cell.col, cell=cell) for cell in cells]


def tokens_of_lines(lines: Sequence[str], known: frozenset[str]) -> list[Token]:
    """The tokens of all lines; drawn rules, page numbers and lines of blanks are none.

    ``known`` are folded labels: a cell that prints one stays whole, any other is cut at its blanks, since it may hold
    what stood side by side.
    """
    in_csv = _csv_lines(lines)
    out: list[Token] = []
    for row, (line, pipes) in enumerate(zip(lines, _pipe_habits(lines), strict=True)):
        if not line or (line.isspace() and "\t" not in line):
            continue
        if _PAGE_NUMBER.fullmatch(line) or (_DRAWN.fullmatch(line) and _RULED.search(line)):
            continue
        fields = [
            part for cell in _fields(line, pipes, csv_line=row in in_csv) for part in _cut_at_blanks(line, cell, known)
        ]
        alone = len(fields) == 1 or not line.translate(_PIPES).strip("| ")
        for field, (text, start, end) in enumerate(fields):
            out.append(Token.of(text, row=row, field=field, start=start, end=end, alone=alone))
    return out


_Field = tuple[str, int, int]
"""A text with where it starts and ends in its line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pipes:
    """Whether lines of cells begin with a pipe that opens the first cell, and end with one that closes the last."""

    opened: bool = False
    closed: bool = False


def _pipe_habits(lines: Sequence[str]) -> list[_Pipes]:
    """For each line what most lines with text do in the run of lines with pipes that it stands in."""
    habits: list[_Pipes] = []
    for piped, run in groupby(lines, key=lambda line: "|" in line.translate(_PIPES)):
        together = [line.translate(_PIPES).strip() for line in run]
        said = [line for line in together if line.strip("| \t")] if piped else []
        opened = 2 * sum(line.startswith("|") for line in said) > len(said)
        closed = 2 * sum(line.endswith("|") for line in said) > len(said)
        habits += [_Pipes(opened=opened, closed=closed)] * len(together)
    return habits


def _fields(line: str, pipes: _Pipes, *, csv_line: bool) -> Iterator[_Field]:
    """The cells of a line; all of a line without cells is one."""
    piped = line.translate(_PIPES)
    if "|" in piped:
        cells = [(text.replace("\\|", "|"), start, end) for text, start, end in _split(line, _spans(_PIPE, piped))]
        pads_only = not piped.strip("| \t")
        opened = pipes.opened and not pads_only and not cells[0][0].strip()
        closed = (pipes.closed or pads_only) and not cells[-1][0].strip()
        yield from cells[opened : len(cells) - closed]
    elif _LONE_CELL.fullmatch(line):
        yield line[1:], 1, len(line)
    elif "\t" in line.strip(" "):
        yield from _split(line, _spans(_TAB, line))
    elif csv_line:
        start = 0
        for text in next(csv.reader([line])):
            yield text, start, min(start + len(text), len(line))
            start = min(start + len(text) + 1, len(line))
    else:
        yield line, 0, len(line)


def _cut_at_blanks(line: str, cell: _Field, known: frozenset[str]) -> Iterator[_Field]:
    text, start, end = cell
    bare = text.strip()
    if not _BLANK.search(bare) or (fold(bare) in known and not any(map(is_value, bare.split()))):
        yield cell
    elif line[start:end] == text:
        yield from ((found.group(), start + found.start(), start + found.end()) for found in _WORD.finditer(text))
    else:
        yield from ((word, start, end) for word in text.split())


def _spans(pattern: re.Pattern[str], line: str) -> list[tuple[int, int]]:
    return [found.span() for found in pattern.finditer(line)]


def _split(line: str, cuts: Sequence[tuple[int, int]]) -> Iterator[_Field]:
    start = 0
    for cut, after in [*cuts, (len(line), len(line))]:
        yield line[start:cut], start, cut
        start = after


def _csv_lines(lines: Sequence[str]) -> frozenset[int]:
    """The lines of runs of CSV: several on end with the same number of fields."""
    found: set[int] = set()
    run: list[int] = []
    width = 0
    for row, line in enumerate([*lines, ""]):
        count = _csv_width(line)
        if count != width:
            if len(run) >= MIN_CSV_LINES and width >= MIN_CSV_FIELDS:
                found.update(run)
            run, width = [], count
        run.append(row)
    if found:  # a line that lost or doubled a comma is one of them still
        found.update(row for row, line in enumerate(lines) if _csv_width(line) >= MIN_CSV_FIELDS and _is_short(line))
    return frozenset(found)


def _is_short(line: str) -> bool:
    return all(len(field) <= MAX_VALUE for field in line.split(","))


def _csv_width(line: str) -> int:
    if line.count(",") < MIN_CSV_FIELDS - 1 or "|" in line or "\t" in line:
        return 0
    try:
        return len(next(csv.reader([line], strict=True)))
    except (csv.Error, StopIteration):
        return 0
