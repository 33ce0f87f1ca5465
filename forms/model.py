"""What is known of a form: its labels as trees, the grid they make, and the sums its figures obey. All of it is data.

A form is a table of a family of documents (``annual-report``) that comes in editions. It consists of blocks, one under
the other: a title row, a header (a tree of columns beside a corner), and rows (a tree of labels). ``docs/forms.md``
describes the files these are read from.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from typing import Any, Literal

from .labels import fold
from .statements import Statement, statement_of

_NODE = re.compile(r"(?P<indent> *)(?:(?P<key>[a-z][a-z-]*): )?(?P<names>.*?)(?P<alone> \?)?")
_DEPTH = 2
"""Blanks a level of the outline is indented by."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Node:
    """One label, itself and no other of the same words. ``names`` are its spellings, the form's own first; ``key`` is
    what identities call it.

    A node that ``may_stand_alone`` is a row itself in reports that leave its children out.
    """

    names: tuple[str, ...]
    key: str | None
    may_stand_alone: bool
    children: tuple[Node, ...]

    @property
    def label(self) -> str:
        return self.names[0]

    def leaves(self, above: tuple[Node, ...] = ()) -> Iterator[tuple[Node, ...]]:
        """The way to each leaf, from the outermost label in."""
        way = (*above, self)
        if not self.children:
            yield way
        for child in self.children:
            yield from child.leaves(way)

    def depth(self) -> int:
        return 1 + max((child.depth() for child in self.children), default=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """``terms`` and ``results`` have the same sum, in each column (they are rows then) or in each row.

    They are keys of nodes, each standing for every leaf below it.
    """

    in_each: Literal["column", "row"]
    words: str
    terms: tuple[str, ...]
    results: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class YearLink:
    """Last year's ``last`` and this year's ``added``, less this year's ``removed``, make this year's ``results``: in
    each column (they are rows then) or in each row.

    They are keys of nodes, as in an :class:`Identity`. One that is ``soft`` fails for good reasons too.
    """

    name: str
    in_each: Literal["column", "row"]
    words: str
    last: tuple[str, ...]
    added: tuple[str, ...]
    removed: tuple[str, ...]
    results: tuple[str, ...]
    soft: bool


@dataclass(frozen=True, kw_only=True)
class Block:
    """Title, header and rows that belong together. ``rows`` is empty where one row of values has no label.

    The rows of an ``outline`` block are whatever was printed, nested by their numbers; ``headings`` then are the
    spellings of the headings over its label columns.
    """

    title: Node | None
    corner: Node | None
    columns: tuple[Node, ...]
    rows: tuple[Node, ...]
    outline: bool = False
    headings: tuple[Node, ...] = ()

    @cached_property
    def column_ways(self) -> tuple[tuple[Node, ...], ...]:
        """The labels over each value of a row, in the order of the values."""
        return tuple(way for node in self.columns for way in node.leaves())

    @cached_property
    def row_ways(self) -> tuple[tuple[Node, ...], ...]:
        """The labels of each row; a node that may stand alone comes before its own rows. One empty way: no label."""
        return tuple(_rows(self.rows)) if self.rows else ((),)

    @property
    def header_rows(self) -> int:
        return max(node.depth() for node in self.columns)

    def row_path(self, way: tuple[Node, ...]) -> tuple[str, ...]:
        """The row path of the records in the row ``way``."""
        return tuple(node.label for node in (*((self.title,) if self.title else ()), *way))


@dataclass(frozen=True, kw_only=True)
class Form:
    """One table of a family. ``editions`` are those that have it, the usual one first.

    ``section`` is the heading that it stands under. ``years`` link an agency's reports of two years; there is no report
    of the family from before the year ``since``. ``statements`` are how the prose says figures of the table.
    """

    family: str
    name: str | None
    section: Node | None
    editions: tuple[str, ...]
    label_columns: int
    blocks: tuple[Block, ...]
    identities: tuple[Identity, ...]
    years: tuple[YearLink, ...]
    since: int | None
    statements: tuple[Statement, ...]

    def id(self, edition: str) -> str:
        return "/".join(part for part in (f"{self.family}-{edition}", self.name) if part)

    @property
    def value_columns(self) -> int:
        return max(len(block.column_ways) for block in self.blocks)

    @property
    def is_outline(self) -> bool:
        return any(block.outline for block in self.blocks)

    @cached_property
    def folded_labels(self) -> frozenset[str]:
        """All spellings of all labels, folded as printed texts are for comparison."""
        nodes: set[Node] = set()
        for block in self.blocks:
            nodes.update(node for way in (*block.column_ways, *block.row_ways) for node in way)
            nodes.update(node for node in (block.title, block.corner) if node is not None)
        return frozenset(fold(name) for node in nodes for name in node.names)

    @cached_property
    def label_beginnings(self) -> frozenset[str]:
        """What the first pieces of a label say together that was printed in pieces, and each whole label."""
        return frozenset(label[:end] for label in self.folded_labels for end in range(1, len(label) + 1))

    def widths(self, block: Block) -> tuple[int, ...]:
        """How many grid columns each value of a block spans: one, and the last what is left."""
        count = len(block.column_ways)
        return (*(1 for _ in range(count - 1)), self.value_columns - count + 1)


def _rows(nodes: Sequence[Node], above: tuple[Node, ...] = ()) -> Iterator[tuple[Node, ...]]:
    for node in nodes:
        way = (*above, node)
        if not node.children or node.may_stand_alone:
            yield way
        yield from _rows(node.children, way)


@cache
def catalogue() -> tuple[Form, ...]:
    """The forms of all data files beside this module."""
    texts = [file.read_text("utf-8") for file in files(__package__).iterdir() if file.name.endswith(".toml")]
    return tuple(form for text in texts for form in forms_of(text))


@cache
def known_labels() -> frozenset[str]:
    """All spellings of the labels of all forms, folded."""
    return frozenset().union(*(form.folded_labels for form in catalogue()))


def forms_of(text: str) -> tuple[Form, ...]:
    """The forms that the text of one data file describes. Raises ValueError where it contradicts itself."""
    data = tomllib.loads(text)
    return tuple(_form(data, table) for table in data["tables"])


def _form(data: Mapping[str, Any], table: Mapping[str, Any]) -> Form:
    form = Form(
        family=data["family"],
        name=table.get("name"),
        section=next(iter(_outline(table.get("section", ""))), None),
        editions=tuple(table["editions"]),
        label_columns=table["label_columns"],
        blocks=tuple(_block(block) for block in table["blocks"]),
        identities=tuple(
            Identity(
                in_each=identity["in_each"],
                words=identity["words"],
                terms=tuple(identity["terms"]),
                results=tuple(identity["results"]),
            )
            for identity in table.get("identities", ())
        ),
        years=tuple(_year_link(link) for link in table.get("years", ())),
        since=data.get("since"),
        statements=tuple(statement_of(prose, data.get("words", {})) for prose in table.get("prose", ())),
    )
    known = {node.key for block in form.blocks for tree in (block.rows, block.columns) for node in _all(tree)}
    named = {key for identity in form.identities for key in (*identity.terms, *identity.results)}
    named |= {key for link in form.years for key in (*link.last, *link.added, *link.removed, *link.results)}
    named |= {key for statement in form.statements for key in statement.keys}
    if unknown := named - known:
        raise ValueError(f"{form.family}: sums name {sorted(unknown)}, which no label carries; give a label that key")
    return form


def _year_link(link: Mapping[str, Any]) -> YearLink:
    return YearLink(
        name=link["name"],
        in_each=link["in_each"],
        words=link["words"],
        last=tuple(link["last"]),
        added=tuple(link.get("added", ())),
        removed=tuple(link.get("removed", ())),
        results=tuple(link["results"]),
        soft=link.get("soft", False),
    )


def _block(block: Mapping[str, Any]) -> Block:
    (title,) = _outline(block["title"]) if "title" in block else (None,)
    (corner,) = _outline(block["corner"]) if "corner" in block else (None,)
    return Block(
        title=title,
        corner=corner,
        columns=_outline(block["columns"]),
        rows=_outline(block.get("rows", "")),
        outline=block.get("outline", False),
        headings=tuple(node for text in block.get("headings", ()) for node in _outline(text)),
    )


def _all(nodes: Sequence[Node]) -> Iterator[Node]:
    for node in nodes:
        yield node
        yield from _all(node.children)


def _outline(text: str) -> tuple[Node, ...]:
    """The tree that an indented outline draws, one label a line: ``key: label | other spelling ?``."""
    return _children([line for line in text.splitlines() if line.strip()], 0)


def _children(lines: Sequence[str], depth: int) -> tuple[Node, ...]:
    if not lines:
        return ()
    starts = [at for at, line in enumerate(lines) if len(line) - len(line.lstrip()) == depth]
    if not starts or starts[0] != 0:
        raise ValueError(f"{lines[0]!r} is indented too far; indent each level by {_DEPTH} blanks")
    nodes: list[Node] = []
    for start, stop in zip(starts, [*starts[1:], len(lines)], strict=True):
        found = _NODE.fullmatch(lines[start])
        assert found is not None  # the pattern matches every line
        nodes.append(
            Node(
                names=tuple(name.strip() for name in found["names"].split(" | ")),
                key=found["key"],
                may_stand_alone=found["alone"] is not None,
                children=_children(lines[start + 1 : stop], depth + _DEPTH),
            )
        )
    return tuple(nodes)
