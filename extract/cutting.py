"""A text block cut into pieces, each with the part of the record of repairs that is its own."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from ..document import TextBlock
from ..repair.parts import edits, steps_of_part

Span = tuple[int, int]


class Place(NamedTuple):
    """A place in a text of lines: before the ``offset``-th character of the ``line``-th line, both from 0."""

    line: int
    offset: int


def cut(block: TextBlock, spans: Sequence[Span]) -> list[TextBlock]:
    """The pieces ``block.text[start:stop]``, one for each span; the spans are in order and don't overlap.

    Each piece's ``repairs`` replay on it alone. A step that reaches over a cut is divided: the piece it begins in keeps
    all of what stood there before, the others come out of nothing, so that the undone pieces joined are the undone
    text. A step that lies wholly between two spans goes with the characters it made.
    """
    made = edits(block.repairs)
    return [
        TextBlock(
            kind=block.kind,
            level=block.level,
            text=block.text[start:stop],
            page=block.page,
            box=block.box,
            repairs=steps_of_part(block.text, made, start, stop, dropped_before=start != done),
        )
        for (_, done), (start, stop) in pairwise([(-1, -1), *spans])
    ]


def between(lines: Sequence[TextBlock], start: Place, stop: Place) -> list[TextBlock]:
    """The text from one place to another. What is left of a cut line keeps its place."""
    found: list[TextBlock] = []
    for at in range(start.line, min(stop.line + (stop.offset > 0), len(lines))):
        line = lines[at]
        first = start.offset if at == start.line else 0
        last = stop.offset if at == stop.line else len(line.text)
        found += [line] if (first, last) == (0, len(line.text)) else cut(line, [(first, last)])
    return found
