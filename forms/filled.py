"""A form as it was found: which token prints which label, which value stands in which place of which row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from .labels import fold, likeness, names
from .model import Block, Form, Node
from .place import Placed
from .tokens import Token
from .units import Unit


@dataclass(slots=True, kw_only=True)
class Row:
    """One row of values. ``way`` is the form's; an ``extra`` row stands after that one and isn't in the form; one that
    was ``moved`` is, in another place.

    ``printed`` are the tokens of each label, in order. ``doubt`` says why the row can't be relied on. ``beside`` are
    values read in the row that are none of it. It is ``anchored`` if a label that was seen says which row it is.
    """

    unit: Unit
    extra: bool = False
    moved: bool = False
    labels: list[Token] = field(default_factory=list)
    entries: list[Token] = field(default_factory=list)
    beside: list[Token] = field(default_factory=list)
    placed: Placed = field(default_factory=lambda: Placed(places=()))
    doubt: str | None = None
    anchored: bool = False

    @property
    def way(self) -> tuple[Node, ...]:
        return self.unit.way

    @property
    def seen(self) -> bool:
        """Whether the innermost label was printed, in one piece or in several."""
        return any(self.is_named(text) for text in (*(token.folded for token in self.labels), folded(self.labels)))

    def is_named(self, text: str) -> bool:
        """Whether the folded ``text`` is the row's innermost label, and not more like another's in the block."""
        if not text or not any(names(text, fold(name)) for name in self.way[-1].names):
            return False
        own = _likeness(text, self.way[-1])
        return all(_likeness(text, way[-1]) <= own for way in self.unit.block.row_ways)


@dataclass(slots=True, kw_only=True)
class FilledBlock:
    """``printed`` are the tokens that print each label of the block, in order.

    ``disagreement`` says how its columns differ from the form's, if they do. ``other_columns``: its values stand by
    the labels over them, not in the form's order. ``anchored`` are the columns, counted from 0, that labels which were
    seen tell from all others.
    """

    block: Block
    rows: list[Row] = field(default_factory=list)
    printed: dict[Node, list[Token]] = field(default_factory=dict)
    header: list[Token] = field(default_factory=list)
    disagreement: str | None = None
    other_columns: bool = False
    anchored: frozenset[int] = frozenset()

    def seen(self, node: Node) -> bool:
        """Whether the label was printed: whole, or in pieces that are in no order, as columns set in lines leave it."""
        pieces = folded(self.printed.get(node, []))
        return any(names(pieces, fold(name)) for name in node.names) or self.scattered(node)

    def scattered(self, node: Node) -> bool:
        """Whether the header holds all characters of a column's label."""
        bag, label = folded(self.header), fold(node.label)
        in_columns = any(node in way for way in self.block.column_ways)
        return in_columns and all(bag.count(char) >= label.count(char) for char in label)


def _likeness(text: str, node: Node) -> float:
    return max(likeness(text, fold(name)) for name in node.names)


def folded(tokens: Sequence[Token]) -> str:
    """What the tokens say together."""
    return "".join(token.folded for token in tokens)


@dataclass(slots=True, kw_only=True)
class Filled:
    """A form as found. ``strays`` are tokens inside the table that belong to nothing in it."""

    form: Form
    blocks: list[FilledBlock]
    strays: list[Token]
    score: float

    @property
    def rows(self) -> list[Row]:
        return [row for block in self.blocks for row in block.rows]
