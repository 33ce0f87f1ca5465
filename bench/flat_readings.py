"""Whether a flattened text can be read in one way only: what no reader can decide counts against none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from bench.flat_tables import Node, Sample

ABSENT, BLANK = {"pipes", "pipe-lines"}, {"tabs-collapsed", "cell-lines"}
"""Styles that collapse what is wide: a cell from above is absent in them, or a blank."""


def has_one_reading(sample: Sample, style: str) -> bool:
    """Whether no other header tree, and no other place of a label, would have been written the same.

    Other trees have as many leaves, and divide a cell only into two or more of different names.
    """
    if style not in ABSENT | BLANK:
        return True
    if style in ABSENT and sample.labels > 1 and not sample.outline:
        return False
    levels: list[list[Node | None]] = [list(sample.tops)]
    while any(node and node.parts for node in levels[-1]):
        below: list[Node | None] = []
        for node in levels[-1]:
            below += node.parts if node and node.parts else [None] if style in BLANK else []
        levels.append(below)
    ways = Counter({0: 1})
    for above, under in pairwise(levels):
        step = _ways(above, [node and node.text for node in under], marked=style in BLANK)
        ways = _added(ways, step)
    columns = sum(top.leaves for top in sample.tops)
    return ways[0 if style in BLANK else columns - len(levels[-1])] == 1


def _ways(above: Sequence[Node | None], below: Sequence[str | None], *, marked: bool) -> Counter[int]:
    """In how many ways the cells ``above`` are leaves or divided into all of ``below``, by the number of leaves."""
    ways: Counter[tuple[int, int]] = Counter({(0, 0): 1})
    for node in above:
        after: Counter[tuple[int, int]] = Counter()
        for (used, leaves), count in ways.items():
            if not marked:
                after[used, leaves + 1] += count
            elif used < len(below) and below[used] is None:
                after[used + 1, leaves] += count
            for stop in range(used + 2, len(below) + 1 if node else 0):
                parts = below[used:stop]
                if None not in parts and len(set(parts)) == len(parts):
                    after[stop, leaves] += count
        ways = after
    return Counter({leaves: count for (used, leaves), count in ways.items() if used == len(below)})


def _added(ways: Counter[int], step: Counter[int]) -> Counter[int]:
    found: Counter[int] = Counter()
    for left, count in ways.items():
        for right, times in step.items():
            found[left + right] += count * times
    return found
