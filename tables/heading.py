"""The headings of a table that stands in columns: how far each reaches, and how many rows they make."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..marks import Rule
from .columns import Column
from .rows import Line, Thing

FLUSH = 0.6
"""A heading that starts or ends within this share of the font size of its column's side belongs to that column."""
OFF_CENTRE = 0.75
"""A heading further than this share of the font size from the middle of its column may head several."""
UNDERLINE = 1.2
"""How far below a heading, as a share of the font size, the rule may stand that shows how far it reaches."""


def spread(lines: Sequence[Line], found: Sequence[Column], rules: Sequence[Rule]) -> list[Line]:
    """Heading lines with every heading over all columns it heads.

    A rule right below a heading, shorter than the table, tells its reach; else a heading in the middle of several
    columns that have headings of their own below is taken to head them.
    """
    spread_lines = []
    for number, line in enumerate(lines):
        below = {col for later in lines[number + 1 :] for col in later.cols()}
        sides = [_side(column, number) for column in found]
        spread_lines.append(_spread_line(line, sides, rules, below))
    return spread_lines


def _side(column: Column, line: int) -> tuple[float, float]:
    """The left and right side of a column by what stands below a line, or by all of it where nothing does."""
    below = [phrase for number, phrase in column.phrases if number > line]
    if not below:
        return column.left, column.right
    return min(phrase.left for phrase in below), max(phrase.right for phrase in below)


def _spread_line(line: Line, sides: Sequence[tuple[float, float]], rules: Sequence[Rule], below: set[int]) -> Line:
    things = list(line.things)
    for place, thing in enumerate(things):
        lowest = things[place - 1].last + 1 if place else 0
        highest = things[place + 1].first - 1 if place + 1 < len(things) else len(sides) - 1
        reach = _underlined(thing, things, sides, rules) or _centred(thing, sides, below, lowest, highest)
        if reach is not None:
            first, last = max(min(reach[0], thing.first), lowest), min(max(reach[1], thing.last), highest)
            things[place] = replace(thing, first=min(first, thing.first), last=max(last, thing.last))
    return replace(line, things=tuple(things))


def _underlined(
    thing: Thing, line: Sequence[Thing], sides: Sequence[tuple[float, float]], rules: Sequence[Rule]
) -> tuple[int, int] | None:
    """The columns over a rule that stands right below this heading, and below no other of its line."""
    bottom = thing.phrase.box[3]
    for rule in rules:
        near = -1.0 <= rule.at - bottom + 1.0 <= UNDERLINE * thing.phrase.size
        below = [other for other in line if rule.start <= other.phrase.centre <= rule.end]
        if near and below == [thing]:
            inside = [col for col, (left, right) in enumerate(sides) if rule.start <= (left + right) / 2 <= rule.end]
            if inside and inside[0] <= thing.last and inside[-1] >= thing.first:
                return inside[0], inside[-1]
    return None


def _centred(
    thing: Thing, sides: Sequence[tuple[float, float]], below: set[int], lowest: int, highest: int
) -> tuple[int, int] | None:
    size, centre = thing.phrase.size, thing.phrase.centre

    def off(first: int, last: int) -> float:
        return abs(centre - (sides[first][0] + sides[last][1]) / 2)

    now = off(thing.first, thing.last)
    if now <= OFF_CENTRE * size or _flush(thing, sides):
        return None
    wider = [
        (off(first, last), first, last)
        for first in range(lowest, thing.first + 1)
        for last in range(thing.last, highest + 1)
        if last > first and all(col in below for col in range(first, last + 1))
    ]
    best = min(wider, default=None)
    if best is None or best[0] > min(0.5 * now, 1.2 * size):
        return None
    return best[1], best[2]


def _flush(thing: Thing, sides: Sequence[tuple[float, float]]) -> bool:
    if thing.first != thing.last:
        return False
    (left, right), margin = sides[thing.first], FLUSH * thing.phrase.size
    return abs(thing.phrase.left - left) <= margin or abs(thing.phrase.right - right) <= margin


def levels(lines: Sequence[Line], rules: Sequence[Rule]) -> list[list[Line]]:
    """Heading lines gathered into rows: a rule between two lines parts them, and so does a heading that divides."""
    found: list[list[Line]] = []
    for line in lines:
        if found and not _parted(found[-1], line, rules):
            found[-1].append(line)
        else:
            found.append([line])
    return found


def _parted(above: Sequence[Line], line: Line, rules: Sequence[Rule]) -> bool:
    last = above[-1]
    if line.band != last.band:
        return True
    for upper in (thing for each in above for thing in each.things):
        for lower in line.things:
            same = (upper.first, upper.last) == (lower.first, lower.last)
            if not same and upper.first <= lower.last and lower.first <= upper.last:
                return True
            if same and upper.first < upper.last and _ruled(upper, lower, rules):
                return True
    return False


def _ruled(upper: Thing, lower: Thing, rules: Sequence[Rule]) -> bool:
    top, bottom = upper.phrase.box[3] - 2, lower.phrase.box[1] + 2
    centre = upper.phrase.centre
    return any(top <= rule.at <= bottom and rule.start <= centre <= rule.end for rule in rules)
