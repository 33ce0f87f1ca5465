"""From rules to slots: snapped rules → frames → a lattice of walls → slots.

Each stage is a pure function of the one before. Lengths are points. The idea of going from edges over crossings to
cells is that of the Nurminen thesis (2013) as pdfplumber popularised it; unlike there, a merged cell is found where an
inner wall is missing, so that every frame tiles.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ..document import Box
from ..marks import Rule, union

SNAP = 2.5
"""Parallel rules nearer than this are one rule: double rules, the two edges of a thin rectangle, rounding."""
REACH = 3.5
"""A rule ends this far short of the rule it is meant to meet, at most; also the gap between two pieces of one rule."""
MIN_LENGTH = 4.0
"""Anything shorter, once pieces are joined, is a dot or a dash."""
STROKE = 30.0
"""A rule shorter than this that meets fewer than two others is no border: a stroke of a letter, an underline."""
SMALLEST = 80.0
"""No table is smaller than this in both directions; crossing strokes of a bold hanzi are."""
WALL_SHARE = 0.6
"""A wall stands between two positions if rules cover this share of their common side."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """A rectangle of a frame's lattice with walls around it and none inside."""

    row: int
    col: int
    row_span: int
    col_span: int
    box: Box


@dataclass(frozen=True, slots=True, kw_only=True)
class Lattice:
    """The positions of one frame: ``xs`` and ``ys`` are the edges of its columns and rows, ascending.

    ``right_walls[row][col]`` tells whether a wall parts the position from the one on its right, ``lower_walls`` from
    the one below.
    """

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    right_walls: tuple[tuple[bool, ...], ...]
    lower_walls: tuple[tuple[bool, ...], ...]

    def position(self, x: float, y: float) -> tuple[int, int] | None:
        """The ``(row, col)`` that the point lies in, ``None`` outside."""
        row, col = bisect_right(self.ys, y) - 1, bisect_right(self.xs, x) - 1
        if 0 <= row < len(self.ys) - 1 and 0 <= col < len(self.xs) - 1:
            return row, col
        return None


def snapped(rules: Iterable[Rule]) -> list[Rule]:
    """Rules with near parallels brought to one position and collinear pieces joined; what stays short is dropped."""
    joined: list[Rule] = []
    for direction in ("horizontal", "vertical"):
        for at, members in _by_position([rule for rule in rules if rule.direction == direction]):
            start, end = members[0].start, members[0].end
            for rule in members[1:]:
                if rule.start > end + REACH:
                    joined.append(Rule(direction=direction, at=at, start=start, end=end))
                    start, end = rule.start, rule.end
                end = max(end, rule.end)
            joined.append(Rule(direction=direction, at=at, start=start, end=end))
    return [rule for rule in joined if rule.end - rule.start >= MIN_LENGTH]


def _by_position(rules: list[Rule]) -> Iterable[tuple[float, list[Rule]]]:
    """Groups of parallel rules that lie within SNAP of their group's first, each with its mean position."""
    group: list[Rule] = []
    for rule in sorted(rules, key=lambda rule: rule.at):
        if group and rule.at - group[0].at > SNAP:
            yield _mean_position(group), sorted(group, key=lambda rule: rule.start)
            group = []
        group.append(rule)
    if group:
        yield _mean_position(group), sorted(group, key=lambda rule: rule.start)


def _mean_position(rules: Sequence[Rule]) -> float:
    """Weighted by length, so that a stray dash can't move a long rule."""
    weight = sum(max(rule.end - rule.start, 0.1) for rule in rules)
    return sum(rule.at * max(rule.end - rule.start, 0.1) for rule in rules) / weight


def frames(rules: Sequence[Rule]) -> list[list[Rule]]:
    """Groups of rules that meet one another and are large enough to be a table's, topmost first.

    A group has at least two horizontal rules and one vertical: outer borders may be missing.
    """
    rules = _without_strokes(rules)
    parent = list(range(len(rules)))

    def root(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    verticals = [index for index, rule in enumerate(rules) if rule.direction == "vertical"]
    for index, rule in enumerate(rules):
        if rule.direction == "horizontal":
            for other in verticals:
                if _meet(rule, rules[other]):
                    parent[root(index)] = root(other)
    groups: dict[int, list[Rule]] = defaultdict(list)
    for index, rule in enumerate(rules):
        groups[root(index)].append(rule)
    found = [group for group in groups.values() if _encloses(group)]
    return sorted(found, key=lambda group: min(_top(rule) for rule in group))


def _without_strokes(rules: Sequence[Rule]) -> list[Rule]:
    """The rules less the short ones that hang on nothing, or on one rule alone."""
    kept = list(rules)
    while True:
        meetings = [
            sum(
                _meet(rule, other) if rule.direction == "horizontal" else _meet(other, rule)
                for other in kept
                if other.direction != rule.direction
            )
            for rule in kept
        ]
        firm = [
            rule for rule, count in zip(kept, meetings, strict=True) if count >= 2 or rule.end - rule.start >= STROKE
        ]
        if len(firm) == len(kept):
            return kept
        kept = firm


def _meet(horizontal: Rule, vertical: Rule) -> bool:
    return (
        horizontal.start - REACH <= vertical.at <= horizontal.end + REACH
        and vertical.start - REACH <= horizontal.at <= vertical.end + REACH
    )


def _encloses(group: list[Rule]) -> bool:
    horizontals = [rule for rule in group if rule.direction == "horizontal"]
    verticals = [rule for rule in group if rule.direction == "vertical"]
    if len({rule.at for rule in horizontals}) < 2 or not verticals:
        return False
    width = max(rule.end for rule in horizontals) - min(rule.start for rule in horizontals)
    height = max(rule.end for rule in verticals) - min(rule.start for rule in verticals)
    return max(width, height) >= SMALLEST


def _top(rule: Rule) -> float:
    return rule.at if rule.direction == "horizontal" else rule.start


def extent(rules: Sequence[Rule]) -> Box:
    """The box around rules."""
    return union(
        [
            (rule.start, rule.at, rule.end, rule.at)
            if rule.direction == "horizontal"
            else (rule.at, rule.start, rule.at, rule.end)
            for rule in rules
        ]
    )


def lattice(frame: Sequence[Rule]) -> Lattice:
    """The positions of a frame and the walls between them. Outer borders that aren't drawn are supplied."""
    horizontals = [rule for rule in frame if rule.direction == "horizontal"]
    verticals = [rule for rule in frame if rule.direction == "vertical"]
    xs = _edges(verticals, horizontals)
    ys = _edges(horizontals, verticals)
    right_walls = tuple(
        tuple(_wall(verticals, xs[col + 1], ys[row], ys[row + 1]) for col in range(len(xs) - 1))
        for row in range(len(ys) - 1)
    )
    lower_walls = tuple(
        tuple(_wall(horizontals, ys[row + 1], xs[col], xs[col + 1]) for col in range(len(xs) - 1))
        for row in range(len(ys) - 1)
    )
    return Lattice(xs=xs, ys=ys, right_walls=right_walls, lower_walls=lower_walls)


def _edges(along: Sequence[Rule], across: Sequence[Rule]) -> tuple[float, ...]:
    """Positions of ``along``, plus the ends of ``across`` where at least two of them reach out further (open sides)."""
    edges = sorted({rule.at for rule in along})
    starts = sorted(rule.start for rule in across)
    ends = sorted((rule.end for rule in across), reverse=True)
    if len(starts) >= 2 and (not edges or starts[1] < edges[0] - 2 * REACH):
        edges.insert(0, starts[1])
    if len(ends) >= 2 and ends[1] > edges[-1] + 2 * REACH:
        edges.append(ends[1])
    return tuple(edges)


def _wall(rules: Sequence[Rule], at: float, start: float, end: float) -> bool:
    """Whether ``rules`` at that position cover WALL_SHARE of the stretch from ``start`` to ``end``."""
    covered = sum(
        max(0.0, min(rule.end, end) - max(rule.start, start)) for rule in rules if abs(rule.at - at) <= SNAP / 2
    )
    return covered >= WALL_SHARE * (end - start)


def slots(grid: Lattice) -> list[Slot]:
    """The lattice cut into rectangles along its walls, in reading order.

    Positions with no wall between them belong together. Where a wall that stops half-way leaves a shape that is no
    rectangle, the shape is cut into the fewest rectangles that a scan from the top left finds.
    """
    rows, cols = len(grid.ys) - 1, len(grid.xs) - 1
    taken: set[tuple[int, int]] = set()
    found: list[Slot] = []
    for row in range(rows):
        for col in range(cols):
            if (row, col) in taken:
                continue
            width = 1
            while col + width < cols and (row, col + width) not in taken and not grid.right_walls[row][col + width - 1]:
                width += 1
            height = 1
            while row + height < rows and _opens_down(grid, row + height, col, width, taken):
                height += 1
            taken.update((r, c) for r in range(row, row + height) for c in range(col, col + width))
            box = (grid.xs[col], grid.ys[row], grid.xs[col + width], grid.ys[row + height])
            found.append(Slot(row=row, col=col, row_span=height, col_span=width, box=box))
    return found


def _opens_down(grid: Lattice, row: int, col: int, width: int, taken: set[tuple[int, int]]) -> bool:
    """Whether the stretch of ``row`` is free, unwalled inside, and open to the row above along its whole width."""
    positions = range(col, col + width)
    return (
        not any((row, c) in taken for c in positions)
        and not any(grid.lower_walls[row - 1][c] for c in positions)
        and not any(grid.right_walls[row][c] for c in positions[:-1])
    )
