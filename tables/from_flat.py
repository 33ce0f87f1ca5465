"""The door for flattened tables: rows of text whose spans are lost. Each row stands as it was written."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Literal

from ..document import Cell, Problem, value_of
from .celltext import join_lines
from .grid import Grid

Delimiter = Literal["|", "\t", ","]

MIN_ROWS = 2
"""A table has at least so many lines with two filled cells; fewer are prose that holds a delimiter."""

_PIPES = str.maketrans({"｜": "|", "│": "|", "┃": "|"})
_UNESCAPED_PIPE = re.compile(r"(?<!\\)\|")
_DRAWN_RULE = re.compile(r"[\s|+=─━═┄┅┈┉┌┍┎┏┐┑┒┓└┕┖┗┘┙┚┛├┝┞┟┠┡┢┣┤┥┦┧┨┩┪┫┬┭┮┯┰┱┲┳┴┵┶┷┸┹┺┻┼┽┾┿╀╁╂╃╄╅╆╇╈╉╊╋\-]{3,}")
_SEPARATOR_CELL = re.compile(r"\s*(?:-{3,}|:-+:?|-+:)\s*")
_SENTENCE = re.compile(r"[。；！？]")


def find_flat(lines: Sequence[str]) -> list[range]:
    """The runs of ``lines`` that are flattened tables: all of them for CSV, else runs with pipes or with tabs.

    Lines that hold one cell each (``0 |``, or a tab and a label) are no such run: they stay text.
    """
    if _is_csv(lines):
        return [range(len(lines))]
    found: list[range] = []
    start = 0
    while start < len(lines):
        delimiter = _delimiter(lines[start])
        stop = start + 1
        while delimiter and stop < len(lines) and _delimiter(lines[stop]) == delimiter:
            stop += 1
        if delimiter and _is_table(_split(lines[start:stop], delimiter)):
            found.append(range(start, stop))
        start = stop
    return found


def from_flat(lines: Sequence[str]) -> Grid:
    """One table of the lines of a run that :func:`find_flat` found, its rows padded with blank cells to the widest.

    Outer pipes and the rules of Markdown and of drawn tables belong to no cell. A problem ``spans-lost`` says where
    cells may stand in the wrong column: rows of unequal length, blank cells, or a label repeated beside itself.
    """
    delimiter: Delimiter = "," if _is_csv(lines) else (_delimiter(lines[0]) or "|")
    rows = _split(lines, delimiter)
    width = max((len(row) for row in rows), default=0)
    problems = _problems(rows)
    cells = tuple(
        Cell(
            row=row,
            col=col,
            text=join_lines(line[col].splitlines()) if col < len(line) else "",
            # A value that may stand in the wrong column is no value to rely on.
            doubtful=bool(problems),
        )
        for row, line in enumerate(rows)
        for col in range(width)
    )
    return Grid(rows=len(rows), cols=width, cells=cells, evidence="flattened", problems=problems)


def _delimiter(line: str) -> Literal["|", "\t"] | None:
    if not line.strip():
        return None
    if "|" in line.translate(_PIPES) or _DRAWN_RULE.fullmatch(line):
        return "|"
    return "\t" if "\t" in line.strip(" \u3000") else None


def _split(lines: Sequence[str], delimiter: Delimiter) -> list[list[str]]:
    if delimiter == ",":
        return [row for row in csv.reader(f"{line}\n" for line in lines) if row]
    if delimiter == "\t":
        return [[cell.strip() for cell in line.split("\t")] for line in lines]
    written = [line.translate(_PIPES).strip() for line in lines if not _DRAWN_RULE.fullmatch(line) or "|" in line]
    written = [line for at, line in enumerate(written) if not _is_rule(line, at)]
    rows = [[cell.replace("\\|", "|").strip() for cell in _UNESCAPED_PIPE.split(line)] for line in written]
    opened = all(line.startswith("|") for line in written)
    # What a last pipe closes is no cell; where it opened a blank one, padding puts that back.
    return [row[opened : len(row) - line.endswith("|")] for row, line in zip(rows, written, strict=True)]


def _is_rule(line: str, at: int) -> bool:
    """Whether ``line``, the run's ``at``-th, is a drawn rule or Markdown's; dashes as values are not."""
    if at == 1 and all(_SEPARATOR_CELL.fullmatch(cell) for cell in line.strip("|").split("|")):
        return True
    return bool(_DRAWN_RULE.fullmatch(line)) and any(char in line for char in "+─━═")


def _is_table(rows: Sequence[Sequence[str]]) -> bool:
    return sum(sum(map(bool, row)) >= 2 for row in rows) >= MIN_ROWS


def _is_csv(lines: Sequence[str]) -> bool:
    """Whether all lines together are CSV: each row of the same width, and no cell a sentence."""
    written = [line for line in lines if line.strip()]
    if len(written) < MIN_ROWS + 1 or "," not in written[0]:
        return False
    try:
        rows = [row for row in csv.reader((f"{line}\n" for line in lines), strict=True) if row]
    except csv.Error:
        return False
    same_width = len({len(row) for row in rows}) == 1 and len(rows) > MIN_ROWS
    return same_width and not any(_SENTENCE.search(cell) for row in rows for cell in row)


def _problems(rows: Sequence[Sequence[str]]) -> tuple[Problem, ...]:
    ragged = len({len(row) for row in rows}) > 1
    blank = any(not cell for row in rows for cell in row)
    doubled = any(left and left == right and value_of(left) is None for row in rows for left, right in pairwise(row))
    if not (ragged or blank or doubled):
        return ()
    return (
        Problem(
            code="spans-lost",
            severity="warning",
            message="the table was flattened to text and its merged cells are lost: "
            "cells may stand in the wrong column, compare each row with its header",
        ),
    )
