"""Lines cut into cells: at pipes, else at tabs, else at the commas of CSV, else at what mark parts labels and values.

Every cut is one of ``(text, start, end)``, the offsets being those of the line. What has no such marks is one cell.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from .labels import fold
from .values import MAX_VALUE, is_one_value

Cut = tuple[str, int, int]
"""A text with where it starts and ends in its line."""

MIN_CSV_FIELDS = 3
MIN_CSV_LINES = 3
LONG = 1000
"""A longer line may hold all of a page, whose table is parted by other marks than its links are."""
MIN_LISTED = 3
"""So many known labels, and so many values, between the marks of a line show that it holds a table among its prose."""

PIPES = "|｜│┃║¦❘丨︱"
_TO_PIPE = str.maketrans(dict.fromkeys(PIPES, "|"))
_PIPE = re.compile(r"(?<!\\)\|")
_LONE_CELL = re.compile(r"\t[^\t]*")
_TAB = re.compile(r"\t")
_LIST_MARKS = ("，", "；", ";", "、", ",")
_THOUSANDS = re.compile(r"(?<=\d)[,，](?=\d{3}(?!\d))")
_NAMED = re.compile(r"\s*([^:：]{1,40})[:：]\s*(?=\S)")
_BRACKETS = " \t[]{}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Habit:
    """How the run of lines is written that a line stands in.

    ``opened``: a pipe opens the first cell of its lines; ``closed``: one closes the last. ``in_csv``: it is CSV.
    """

    opened: bool = False
    closed: bool = False
    in_csv: bool = False


def habits_of(lines: Sequence[str]) -> list[Habit]:
    """For each line what most lines with text do in the run of lines with pipes that it stands in."""
    in_csv = _csv_lines(lines)
    habits: list[Habit] = []
    for piped, run in groupby(map(piped_line, lines), key=lambda line: "|" in line):
        together = [line.strip() for line in run]
        said = [line for line in together if line.strip("| \t")] if piped else []
        opened = 2 * sum(line.startswith("|") for line in said) > len(said)
        closed = 2 * sum(line.endswith("|") for line in said) > len(said)
        first = len(habits)
        habits += [Habit(opened=opened, closed=closed, in_csv=first + at in in_csv) for at in range(len(together))]
    return habits


def piped_line(line: str) -> str:
    """``line`` with one character for all that are drawn as pipes."""
    return line if line.isascii() else line.translate(_TO_PIPE)


def cells_of(line: str, habit: Habit, known: frozenset[str]) -> Iterator[Cut]:
    """The cells of a line; all of a line without cells is one. ``known`` are folded labels."""
    piped = piped_line(line)
    if "|" in piped:
        yield from _piped(line, piped, habit) if len(line) < LONG else _best(line, piped, habit, known)
    elif _LONE_CELL.fullmatch(line):
        yield line[1:], 1, len(line)
    elif "\t" in line.strip(" "):
        yield from _split(line, [found.span() for found in _TAB.finditer(line)])
    elif habit.in_csv:
        yield from _csv_fields(line)
    else:
        yield from _listed(line, known) or ((line, 0, len(line)),)


def _piped(line: str, piped: str, habit: Habit) -> Iterator[Cut]:
    cuts = [found.span() for found in _PIPE.finditer(piped)]
    cells = [(text.replace("\\|", "|"), start, end) for text, start, end in _split(line, cuts)]
    pads_only = not piped.strip("| \t")
    opened = habit.opened and not pads_only and not cells[0][0].strip()
    closed = (habit.closed or pads_only) and not cells[-1][0].strip()
    yield from cells[opened : len(cells) - closed]


def _csv_fields(line: str) -> Iterator[Cut]:
    start = 0
    for text in next(csv.reader([line])):
        yield text, start, min(start + len(text), len(line))
        start = min(start + len(text) + 1, len(line))


def _split(line: str, cuts: Sequence[tuple[int, int]], start: int = 0) -> Iterator[Cut]:
    for cut, after in [*cuts, (len(line), len(line))]:
        yield line[start:cut], start, cut
        start = after


def _listed(line: str, known: frozenset[str]) -> list[Cut]:
    """The cells of a line in which commas and the like part labels and values, quoted or not; none of any other line.

    A label may be parted from its values by a colon.
    """
    if is_one_value(line):
        return []
    named = _NAMED.match(line)
    if named and (fold(named[1]) in known or is_one_value(named[1])):
        cells = _by_best_mark(line, named.end(), known) or [_bare(line[named.end() :], named.end())]
        if _told(cells, known) and (len(cells) >= MIN_LISTED or fold(named[1]) in known):
            return [(named[1], named.start(1), named.end(1)), *cells]
    return _by_best_mark(line, 0, known)


def _best(line: str, piped: str, habit: Habit, known: frozenset[str]) -> list[Cut]:
    """The cells of a long line that holds all of a page: at its pipes, or at other marks if those tell more."""
    cells = list(_piped(line, piped, habit))
    listed = _by_best_mark(line, 0, known)
    return listed if _told(listed, known) > _told(cells, known) else cells


def _by_best_mark(line: str, start: int, known: frozenset[str]) -> list[Cut]:
    best: list[Cut] = []
    most = 0
    for mark in _LIST_MARKS:
        if mark not in line or (mark in ",，" and line.count(mark) == len(_THOUSANDS.findall(line))):
            continue
        cuts = [found.span() for found in re.finditer(re.escape(mark), line) if found.start() >= start]
        cells = [_bare(text, at) for text, at, _ in _split(line, cuts, start)]
        told = _told(cells, known)
        if told > most:
            best, most = cells, told
    return best


def _told(cells: Sequence[Cut], known: frozenset[str]) -> int:
    """How many of ``cells`` are labels or values, 0 if the line is no list of them."""
    said = [text for text, _, _ in cells if text]
    values = sum(map(is_one_value, said))
    labels = sum(fold(text) in known for text in said)
    told = values + labels
    all_told = told == len(said) and (not labels or not is_one_value(said[0]))  # 3、其他 is one label
    one_misprinted = values >= 2 and told >= len(said) - 1
    among_others = values >= MIN_LISTED and (labels >= MIN_LISTED or 2 * values >= len(said))
    return told if all_told or one_misprinted or among_others else 0


def _bare(text: str, start: int) -> Cut:
    """A cell without the brackets and quotes around it."""
    bare = text.strip(_BRACKETS)
    start += text.index(bare) if bare else 0
    if len(bare) >= 2 and bare[0] == bare[-1] and bare[0] in "\"'":
        return bare[1:-1], start + 1, start + len(bare) - 1
    return bare, start, start + len(bare)


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
    if line.count(",") < MIN_CSV_FIELDS - 1 or "|" in line or "\t" in line or line.lstrip().startswith("["):
        return 0
    try:
        return len(next(csv.reader([line], strict=True)))
    except (csv.Error, StopIteration):
        return 0
