"""Tables whose cells are told by their backgrounds alone: painted boxes side by side, with no rule between.

Painted boxes also lie behind lines of text, behind every other row, and behind whole pages. Only boxes that fill a
lattice of at least two rows and two columns are cells.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ..document import Box
from ..marks import Rule, union

TOUCH = 3.0
"""Boxes no further apart than this, in points, stand side by side."""
FILLED = 0.7
"""The share of a lattice's positions that painted boxes fill, where merged and white cells leave gaps."""
MOST = 4000
"""A page of more painted boxes is a drawing."""


def background_rules(fills: Sequence[Box], drawn: Sequence[Rule]) -> list[Rule]:
    """The sides of painted boxes that are cells; none where rules are drawn upright among them."""
    found: list[Rule] = []
    for group in _groups(fills) if len(fills) <= MOST else ():
        if _is_lattice(group) and not _has_upright(union(group), drawn):
            found += [side for box in group for side in _sides(box)]
    return found


def _groups(fills: Sequence[Box]) -> Iterator[list[Box]]:
    """Boxes that touch one another, directly or through others, each group from the top."""
    waiting = sorted(set(fills), key=lambda box: (box[1], box[0]))
    while waiting:
        group = [waiting.pop(0)]
        for box in group:  # grows as it goes
            near = [other for other in waiting if _touch(box, other)]
            group += near
            waiting = [other for other in waiting if other not in near]
        yield group


def _touch(one: Box, other: Box) -> bool:
    return (
        one[0] - TOUCH <= other[2]
        and other[0] - TOUCH <= one[2]
        and one[1] - TOUCH <= other[3]
        and other[1] - TOUCH <= one[3]
    )


def _is_lattice(group: Sequence[Box]) -> bool:
    cols, rows = _distinct(box[0] for box in group), _distinct(box[1] for box in group)
    return cols >= 2 and rows >= 2 and len(group) >= FILLED * cols * rows


def _distinct(edges: Iterable[float]) -> int:
    """How many edges there are, those that nearly coincide counted once."""
    count, last = 0, float("-inf")
    for edge in sorted(edges):
        if edge - last > TOUCH:
            count, last = count + 1, edge
    return count


def _has_upright(area: Box, drawn: Sequence[Rule]) -> bool:
    left, top, right, bottom = area
    return any(
        rule.direction == "vertical"
        and left - TOUCH <= rule.at <= right + TOUCH
        and min(rule.end, bottom) - max(rule.start, top) > TOUCH
        for rule in drawn
    )


def _sides(box: Box) -> Iterator[Rule]:
    left, top, right, bottom = box
    yield Rule(direction="horizontal", at=top, start=left, end=right)
    yield Rule(direction="horizontal", at=bottom, start=left, end=right)
    yield Rule(direction="vertical", at=left, start=top, end=bottom)
    yield Rule(direction="vertical", at=right, start=top, end=bottom)
