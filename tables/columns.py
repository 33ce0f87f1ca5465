"""Columns out of phrases that stand below one another: no rule is needed for these.

Phrases that overlap from line to line are one column. What lies over the gap between two columns (the heading of both,
a title row) says nothing of where they are and is left out of this.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from operator import itemgetter

from .words import Phrase

TOUCH = 0.5
"""Phrases that overlap by less, in points, only touch."""
SHOWN = 2
"""What so many lines show is no chance."""
OUTWEIGHS = 3
"""A gap that so many times more lines show than cross it parts two columns."""
LONE_GAP = 1.5
"""A text that nothing stands above or below is a column of its own only so far from the next, in font sizes."""


@dataclass(frozen=True)
class Column:
    """The phrases that make a column, each with the number of its line."""

    phrases: tuple[tuple[int, Phrase], ...]

    @cached_property
    def left(self) -> float:
        return min(phrase.left for _, phrase in self.phrases)

    @cached_property
    def right(self) -> float:
        return max(phrase.right for _, phrase in self.phrases)

    @cached_property
    def lines(self) -> set[int]:
        return {line for line, _ in self.phrases}

    def __add__(self, other: Column) -> Column:
        return Column(self.phrases + other.phrases)


def columns(text_lines: Sequence[Sequence[Phrase]], walls: Sequence[float] = ()) -> list[Column]:
    """The columns of lines of phrases, from left to right. ``walls`` are x positions no column reaches over."""
    extents = [[(phrase.left, phrase.right) for phrase in line] for line in text_lines]
    narrow = [
        (number, phrase) for number, line in enumerate(text_lines) for phrase in line if not _bridges(phrase, extents)
    ]
    found = [part for column in _overlapping(narrow, walls) for part in _split(column)]
    for parted in (_share_a_line, _kept_apart(text_lines), _far(text_lines)):
        place = 1
        while place < len(found):
            left, right = found[place - 1], found[place]
            if _walled(left, right, walls) or parted(left, right):
                place += 1
            else:
                found[place - 1 : place + 1] = [left + right]
                place = max(place - 1, 1)
    return found


def _bridges(phrase: Phrase, extents: Sequence[Sequence[tuple[float, float]]]) -> bool:
    """Whether a phrase lies over two phrases of one line, on SHOWN lines; ``extents`` are theirs."""
    left, right = phrase.left + TOUCH, phrase.right - TOUCH
    shown = 0
    for line in extents:
        first = bisect_right(line, left, key=itemgetter(1))
        if first + 1 < len(line) and line[first + 1][0] < right:
            shown += 1
            if shown == SHOWN:
                return True
    return False


def _overlapping(narrow: Sequence[tuple[int, Phrase]], walls: Sequence[float]) -> list[Column]:
    found: list[list[tuple[int, Phrase]]] = []
    reach = 0.0
    for number, phrase in sorted(narrow, key=lambda each: each[1].left):
        if found and phrase.left < reach and not any(reach - 1 <= wall <= phrase.left + 1 for wall in walls):
            found[-1].append((number, phrase))
            reach = max(reach, phrase.right)
        else:
            found.append([(number, phrase)])
            reach = phrase.right
    return [Column(tuple(members)) for members in found]


def _split(column: Column) -> list[Column]:
    """The column in two or more where lines show a gap in it that few phrases cross; those are left out."""
    gaps = _gaps(column)
    best: tuple[int, float] | None = None
    for left, right in gaps:
        middle = (left + right) / 2
        shown = sum(a < middle < b for a, b in gaps)
        crossing = sum(phrase.left < middle < phrase.right for _, phrase in column.phrases)
        if shown >= max(SHOWN, OUTWEIGHS * crossing) and (best is None or shown - crossing > best[0]):
            best = shown - crossing, middle
    if best is None:
        return [column]
    left_side = tuple(each for each in column.phrases if each[1].right <= best[1])
    right_side = tuple(each for each in column.phrases if each[1].left >= best[1])
    return [*_split(Column(left_side)), *_split(Column(right_side))]


def _gaps(column: Column) -> list[tuple[float, float]]:
    """The gaps between phrases of one line."""
    by_line: dict[int, list[Phrase]] = {}
    for number, phrase in column.phrases:
        by_line.setdefault(number, []).append(phrase)
    return [(a.right, b.left) for line in by_line.values() for a, b in pairwise(line)]


def _walled(left: Column, right: Column, walls: Sequence[float]) -> bool:
    return any(left.right - 1 <= wall <= right.left + 1 for wall in walls)


def _share_a_line(left: Column, right: Column) -> bool:
    """Neighbours that never do are one column: a heading at its left side, numbers at its right."""
    return bool(left.lines & right.lines)


def _kept_apart(text_lines: Sequence[Sequence[Phrase]]) -> Callable[[Column, Column], bool]:
    """Neighbours that more phrases run across than lines keep apart are one column, of loosely set text."""

    def parted(left: Column, right: Column) -> bool:
        start, end = left.right, right.left
        crossing = sum(phrase.left < start and phrase.right > end for line in text_lines for phrase in line)
        return crossing <= len(left.lines & right.lines)

    return parted


def _far(text_lines: Sequence[Sequence[Phrase]]) -> Callable[[Column, Column], bool]:
    """A single text close to its left neighbour is the end of a heading there."""

    def parted(left: Column, right: Column) -> bool:
        size = text_lines[min(right.lines)][0].size
        return len(right.lines) > 1 or right.left - left.right >= LONE_GAP * size

    return parted


def edges(found: Sequence[Column], left: float, right: float, walls: Sequence[float] = ()) -> tuple[float, ...]:
    """The borders of columns: a wall where there is one between two of them, else the middle of their gap."""
    inner = []
    for before, after in pairwise(found):
        between = [wall for wall in walls if before.right - 1 <= wall <= after.left + 1]
        inner.append(between[0] if between else (before.right + after.left) / 2)
    return (min(left, found[0].left), *inner, max(right, found[-1].right))
