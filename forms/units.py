"""A form as units in reading order: title, header, row, row, … and how like a text is to the labels of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from .labels import fold, likeness, names
from .model import Block, Form, Node

ROW_LOST = 2.0
HEADER_LOST = 0.5
SINGLE = 0.05
"""What a single character gains that stands in a label: where labels are set upright, each is a line of its own."""
OUTER = 0.6
"""How much a label counts in the rows below it after its first."""
MOST_UNLABELLED = 3
"""A run of values may fill so many rows on end, all labels but the first lost."""


@dataclass(frozen=True, eq=False, kw_only=True)
class Unit:
    """A title, a header, or a row of a block. ``labels`` are ``(node, weight)``; ``slots`` the values a row has."""

    kind: str
    block: Block
    labels: tuple[tuple[Node, float], ...]
    way: tuple[Node, ...] = ()
    slots: int = 0
    optional: bool = False
    folded: tuple[tuple[Node, float, tuple[str, ...]], ...] = field(init=False)

    def __post_init__(self) -> None:
        folded = tuple((node, weight, tuple(fold(name) for name in node.names)) for node, weight in self.labels)
        object.__setattr__(self, "folded", folded)

    @property
    def loss(self) -> float:
        """What passing over the unit costs."""
        return 0.0 if self.optional else ROW_LOST if self.kind == "row" else HEADER_LOST

    @property
    def unfilled(self) -> float:
        """What leaving the unit without its values costs: a label that was read for a row is that row's."""
        return ROW_LOST if self.kind == "row" else 0.0

    def score(self, text: str) -> float:
        """How well a folded text fits among the unit's labels; a text may hold several of them, or one character."""
        if len(text) == 1:
            return SINGLE if any(text in name for _, _, spellings in self.folded for name in spellings) else 0.0
        best = 0.0
        held = 0
        for _, weight, spellings in self.folded:
            best = max(best, weight * max(likeness(text, name) for name in spellings))
            held += max((len(name) for name in spellings if name in text), default=0)
        if held > best and held >= 0.6 * len(text):
            return 0.9 * held
        return best

    def trailing_score(self, text: str) -> float:
        """The same after the unit's values: pieces of its label go on there, but none begins there or stands whole.

        Otherwise one row too many could make every later label the end of the row before it.
        """
        begins = bool(self.way) and any(name.startswith(text) or names(text, name) for name in self.folded[-1][2])
        return min(SINGLE, self.score(text)) if begins else self.score(text)


def units_of(form: Form) -> tuple[Unit, ...]:
    """The units of a form in reading order."""
    units: list[Unit] = []
    for block in form.blocks:
        if block.title is not None:
            units.append(Unit(kind="title", block=block, labels=((block.title, 1.0),)))
        nodes = list(dict.fromkeys(node for way in block.column_ways for node in way))
        corner = [*block.headings] if block.corner is None else [block.corner]
        units.append(Unit(kind="header", block=block, labels=tuple((node, 1.0) for node in [*corner, *nodes])))
        met: set[Node] = set()
        for way in block.row_ways:
            labels = [(node, OUTER if node in met else 1.0) for node in way[:-1]]
            labels += [(node, 1.0) for node in way[-1:]]
            optional = bool(way) and (way[-1].may_stand_alone or any(node.may_stand_alone for node in way))
            met.update(way)
            slots = len(block.column_ways)
            units.append(Unit(kind="row", block=block, labels=tuple(labels), way=way, slots=slots, optional=optional))
    return tuple(units)


@cache
def chains(units: tuple[Unit, ...]) -> tuple[tuple[int, ...], ...]:
    """For each row itself and the rows that come after it; for other units nothing."""
    return tuple(_chain(units, index) if unit.slots else () for index, unit in enumerate(units))


def _chain(units: Sequence[Unit], start: int) -> tuple[int, ...]:
    chain = [start]
    for index in range(start + 1, len(units)):
        unit = units[index]
        if len(chain) == MOST_UNLABELLED or unit.block is not units[start].block:
            break
        last = units[chain[-1]].way
        if not (last and last[-1].may_stand_alone and last[-1] in unit.way):
            chain.append(index)
    return tuple(chain)
