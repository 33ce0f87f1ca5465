"""The door for words and rules on a page: PDF text layers and recognised pictures alike.

Three looks at a page, each at what the one before left over:

1. frames of crossing rules. One whose cells hold what looks like several columns or rows is in doubt: it is read by
   alignment as well;
2. stretches between level rules of one width, read by alignment;
3. lines that keep gaps at the same places, with no rule at all, read by alignment.

What the second and third find is a table only if the judge says so; else its words are prose. A reading by alignment
that isn't sure of itself asks the second reader, where there is one, and the judge takes the better reading.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from ..document import Box
from ..marks import Marks, Rule, Word
from .aligned import Region, aligned
from .backgrounds import background_rules
from .grid import Placed
from .in_paragraphs import find_in_paragraphs
from .judge import chosen, evidence, is_chart, is_table
from .regions import around, half_ruled, unruled
from .ruled import Ruled, is_drawing, ruled
from .ruling import extent, frames, snapped
from .second import SecondReader, by_edges
from .typed import typed_lines
from .words import lines

__all__ = ["Placed", "from_marks"]

SURE = 0.95
"""A reading by alignment with so much evidence needs no second one."""
TALL = 2.5
"""A word so many font sizes high runs sideways, along a chart."""
BESIDE = 2.5
"""How far from a drawing, in font sizes, its own texts stand."""


def from_marks(marks: Marks, second: SecondReader | None = None) -> tuple[list[Placed], list[Word]]:
    """The tables of a page, topmost first, and the words that stand in none of them."""
    rules = snapped([*marks.rules, *background_rules(marks.fills, marks.rules)])
    drawn = frames(rules)
    found: list[Placed] = []
    words = list(marks.words)
    framed = {id(rule) for frame in drawn for rule in frame}
    groups = [[rule for rule in rules if id(rule) not in framed]]
    drawings: list[Box] = []
    for frame in drawn:
        if is_drawing(frame, words):
            drawings.append(extent(frame))
            continue
        reading, outside = ruled(frame, words, marks)
        if reading is None:
            groups.append(frame)
        elif reading.in_doubt and is_chart(reading.words):
            drawings.append(extent(frame))
        else:
            placed, words = _settled(reading, outside, frame, marks, second)
            found.append(placed)
    for look in (*(partial(half_ruled, rules=group) for group in groups), partial(unruled, rules=groups[0])):
        regions = look(marks, [word for word in words if not _of_a_drawing(word, drawings)])
        for region in sorted(regions, key=lambda region: -len(region.words)):
            placed_here, words = _read(region, words, second)
            found += placed_here
    return sorted(found, key=lambda placed: placed.box[1]), words


def _settled(
    reading: Ruled, outside: list[Word], frame: Sequence[Rule], marks: Marks, second: SecondReader | None
) -> tuple[Placed, list[Word]]:
    """The ruled reading, or where it is in doubt the best of all; and the words left."""
    if not reading.in_doubt:
        return reading.placed, outside
    region = around(marks, [*reading.words, *outside], frame, reading.placed.box)
    other = aligned(region)
    if other is None:
        return reading.placed, outside
    best = chosen([*_with_second(other.placed, region, second), reading.placed], region.words)
    return best, outside if best.grid.evidence == "ruled" else _without(outside, region)


def _read(region: Region, words: list[Word], second: SecondReader | None) -> tuple[list[Placed], list[Word]]:
    """The table that a region is, if it is one and none before took its words; and the words left."""
    left = _without(words, region)
    if len(left) + len(region.words) > len(words) or _is_flattened(region):
        return [], words
    reading = aligned(region)
    if reading is None or not is_table(reading, region.words, len(region.full_rules())):
        return [], words
    return [chosen(_with_second(reading.placed, region, second), region.words)], left


def _is_flattened(region: Region) -> bool:
    """Whether the lines are a table for the door for flattened ones: bars part their cells, or blanks of one width."""
    text_lines = lines(region.words)
    bars = [sum(sum(map(word.text.count, "|｜│┃")) for word in line) for line in text_lines]
    if 2 * sum(count > 1 for count in bars) > len(bars):
        return True
    typed = [] if region.rules else [text for text in typed_lines(text_lines) if text is not None]
    return len(typed) == len(text_lines) and 2 * sum(map(len, find_in_paragraphs(typed))) > len(typed)


def _with_second(first: Placed, region: Region, second: SecondReader | None) -> list[Placed]:
    if second is None or evidence(first.grid, region.words).score >= SURE:
        return [first]
    edges = second(first.box)
    other = None if edges is None else by_edges(edges, region)
    return [first] if other is None else [first, other]


def _of_a_drawing(word: Word, drawings: Sequence[Box]) -> bool:
    """Whether a word stands in a drawing or beside it, as the figures along its sides do, or runs up its side."""
    if word.bottom - word.top > TALL * word.size and len(word.text) > 1:
        return True
    x, y = word.middle
    margin = BESIDE * word.size
    return any(
        left - margin <= x <= right + margin and top - margin <= y <= bottom + margin
        for left, top, right, bottom in drawings
    )


def _without(words: Sequence[Word], region: Region) -> list[Word]:
    taken = set(map(id, region.words))
    return [word for word in words if id(word) not in taken]
