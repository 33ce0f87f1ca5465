"""A table of a known form as a grid of text, with what is doubted in it and the sums that fail marked.

Rows and columns are those of the records' paths: a row a line, its labels as an outline; where the last labels of its
columns repeat (five outcomes, three times over), a line for each set of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import takewhile

from ..document import Problem, Record, Table, Unproved
from .encode import shown
from .explain_sum import FAILS, Sum, sum_of
from .terminal import cut, on_a_line, padded, width, wrapped

MARKS: dict[Unproved | None, str] = {"lost": "?", "doubtful": "~", "misplaced": "~", "suspect": "!"}
REPAIRED = "*"
LEGEND = {
    "!": "a sum fails, and this may be what is wrong",
    "~": "its reading or its place is in doubt",
    "?": "lost",
    REPAIRED: "corrected with proof",
    FAILS: "a sum that fails",
}
LABEL_COLUMNS = 32
"""So wide is the longest label of table 3 that isn't a sentence; with seven values a line stays below 110 columns."""
HEADING_COLUMNS, HEADING_LINES = 8, 4
VALUE_COLUMNS = 20
BLANK = "", ""

Place = tuple[tuple[str, ...], int]
"""A column: the labels of it that its line doesn't show, and which of the line's values below these."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """Values that stand side by side. ``path`` is what tells them from the other lines."""

    path: tuple[str, ...]
    values: dict[Place, Record]

    @property
    def cells(self) -> frozenset[tuple[int, int]]:
        return frozenset(record.cell for record in self.values.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class _Block:
    """Lines under one header."""

    places: tuple[Place, ...]
    lines: tuple[_Line, ...]

    def column(self, place: Place) -> frozenset[tuple[int, int]]:
        return frozenset(line.values[place].cell for line in self.lines if place in line.values)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    """What is printed in a line: a label, texts with their marks, and what there is to say of them."""

    label: str = ""
    fields: Mapping[Place, tuple[str, str]] = field(default_factory=dict)
    note: str = ""


def is_told(table: Table, problems: Sequence[Problem]) -> bool:
    """Whether a table has anything that a grid would show. ``problems`` are the document's."""
    if table.form is None:
        return False
    return bool(_sums(table, problems)) or any(record.check in ("flagged", "repaired") for record in table.records)


def grid_of(table: Table, problems: Sequence[Problem]) -> Iterator[str]:
    """The table as lines for a terminal, what the marks mean below them."""
    sums = _sums(table, problems)
    blocks = _blocks(table.records)
    for block in blocks:
        yield from _aligned(list(_drawn(block, sums)), block.places)
    for one in sums:
        columns = (block.column(place) for block in blocks for place in block.places)
        if _line_of(one, blocks) is None and not any(one.cells <= column for column in columns):
            yield _failing(one, one.words)
    marks = {_mark(record) for record in table.records} | ({FAILS} if sums else set())
    yield "; ".join(f"{mark} {meaning}" for mark, meaning in LEGEND.items() if mark in marks)


def _sums(table: Table, problems: Sequence[Problem]) -> list[Sum]:
    """The sums of the table that fail."""
    found = (one for one in problems if one.table == table.id and one.code == "identity-violated")
    return [sum_of(problem) for problem in found if problem.cells]


def _blocks(records: Sequence[Record]) -> list[_Block]:
    """The lines, a new block wherever one has no column of those above it."""
    gathered: list[list[_Line]] = []
    for line in _lines(records):
        if gathered and any(not above.values.keys().isdisjoint(line.values) for above in gathered[-1]):
            gathered[-1].append(line)
        else:
            gathered.append([line])
    return [_Block(places=_places(lines), lines=tuple(lines)) for lines in gathered]


def _line_of(one: Sum, blocks: Sequence[_Block]) -> _Line | None:
    """The line that has all values of a sum, if one has."""
    return next((line for block in blocks for line in block.lines if one.cells <= line.cells), None)


def _places(lines: Sequence[_Line]) -> tuple[Place, ...]:
    """The columns in the order of the fullest line; what only others have comes last."""
    fullest = sorted(lines, key=lambda line: -len(line.values))
    return tuple(dict.fromkeys(place for line in fullest for place in line.values))


def _lines(records: Sequence[Record]) -> Iterator[_Line]:
    rows: dict[tuple[int, tuple[str, ...]], list[Record]] = {}
    for record in records:
        rows.setdefault((record.cell[0], record.row_path), []).append(record)
    for (_, path), row in rows.items():
        ways = {record.column_path for record in row}
        folded = len({way[-1:] for way in ways}) < len(ways)
        lines: dict[tuple[str, ...], dict[Place, Record]] = {}
        seen: Counter[tuple[str, ...]] = Counter()
        for record in row:
            above, below = (record.column_path[:-1], record.column_path[-1:]) if folded else ((), record.column_path)
            lines.setdefault(above, {})[below, seen[record.column_path]] = record
            seen[record.column_path] += 1
        for above, values in lines.items():
            yield _Line(path=(*path, *above), values=values)


def _drawn(block: _Block, sums: Sequence[Sum]) -> Iterator[_Row]:
    """What is above the first line, header, lines, and a row for each sum that fails in columns."""
    outline = list(_outline(block.lines))
    above = list(takewhile(lambda drawn: drawn[1] is None, outline))
    for label, _ in above:
        yield _Row(label=cut(label, LABEL_COLUMNS))
    headings = {place: _heading(place) for place in block.places}
    for at in range(max(map(len, headings.values()))):
        yield _Row(fields={place: (lines[at], "") for place, lines in headings.items() if at < len(lines)})
    for label, line in outline[len(above) :]:
        values = line.values if line else {}
        fields = {place: (_text(record), _mark(record)) for place, record in values.items()}
        yield _Row(label=cut(label, LABEL_COLUMNS), fields=fields, note=_note(line, sums) if line else "")
    below: dict[str, dict[Place, tuple[str, str]]] = {}
    for one in sums:
        for place in block.places if _line_of(one, [block]) is None else ():
            if one.cells <= block.column(place):
                below.setdefault(one.words, {})[place] = one.mark, ""
    for words, marks in below.items():
        yield _Row(label=_in_short(words), fields=marks)


def _aligned(rows: Sequence[_Row], places: Sequence[Place]) -> Iterator[str]:
    """The rows as text, values to the right of their columns and each followed by the room of its mark."""
    label_columns = max(width(row.label) for row in rows)
    columns = {place: max(width(row.fields.get(place, BLANK)[0]) for row in rows) for place in places}
    for row in rows:
        texts = [(row.fields.get(place, BLANK), columns[place]) for place in places]
        fields = " ".join(f"{padded(text, room, right=True)}{mark or ' '}" for (text, mark), room in texts)
        yield f"{padded(row.label, label_columns)} {fields} {row.note}".rstrip()


def _outline(lines: Sequence[_Line]) -> Iterator[tuple[str, _Line | None]]:
    """Each label indented below those it stands under, which have a line of their own where they begin."""
    before: tuple[str, ...] = ()
    for line in lines:
        above = line.path[:-1]
        shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(above, before, strict=False)))
        for depth in range(shared, len(above)):
            yield _indented(above[depth], depth), None
        yield _indented("".join(line.path[-1:]), len(above)), line
        before = line.path


def _indented(label: str, depth: int) -> str:
    return "  " * depth + on_a_line(label)


def _heading(place: Place) -> list[str]:
    """The last label of a column, in a few short lines."""
    label = on_a_line("".join(place[0][-1:]) or "no label")
    return list(wrapped(cut(label, HEADING_COLUMNS * HEADING_LINES), HEADING_COLUMNS))


def _in_short(words: str) -> str:
    """The words of a sum in the room of a label: some terms go before its result does."""
    terms, equals, result = words.rpartition(" = ")
    kept = terms.split(" + ")
    short = words
    while width(short) > LABEL_COLUMNS and len(kept) > 1:
        kept.pop()
        short = f"{' + '.join(kept)} + …{equals}{result}"
    return cut(short, LABEL_COLUMNS)


def _note(line: _Line, sums: Sequence[Sum]) -> str:
    """What fails in the line, with its words where it isn't a sum of all that stands there."""
    failing = (one for one in sums if one.cells <= line.cells)
    return "; ".join(_failing(one, "" if one.cells == line.cells else one.words) for one in failing)


def _failing(one: Sum, words: str) -> str:
    return " ".join(part for part in (FAILS, one.difference, f"({words})" if words else "") if part)


def _text(record: Record) -> str:
    return cut(on_a_line(shown(record.text)), VALUE_COLUMNS)


def _mark(record: Record) -> str:
    if record.check == "repaired":
        return REPAIRED
    return MARKS.get(record.unproved, "~") if record.check == "flagged" else ""
