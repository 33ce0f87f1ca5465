"""What comes out: a :class:`Document` of text blocks and tables, and what is known of how sure each value is.

Everything here is frozen and keyword-only. Coordinates are PDF points with the origin at the top left; pages count from
1, rows and columns from 0. A source without pages has ``page`` and ``box`` ``None`` throughout.

The JSON form of these classes is written by :mod:`gxextract.export.json` and by nothing else.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Literal, cast

from .errors import TilingError

SCHEMA_VERSION = 1

Box = tuple[float, float, float, float]
"""``(left, top, right, bottom)`` in points."""

WordsFrom = Literal["markup", "text-layer", "ocr", "none"]
"""Where text was found. ``markup`` is any file that states its characters outright: DOCX, HTML, plain text."""

Evidence = Literal["spans", "ruled", "aligned", "flattened"]
Role = Literal["corner", "column-header", "row-header", "body", "section"]
Check = Literal["verified", "repaired", "flagged", "unchecked"]
Unproved = Literal[
    "lost",
    "doubtful",
    "misplaced",
    "suspect",
    "sum-fails",
    "no-form",
    "no-sum",
    "no-number",
    "zeros",
    "not-judged",
    "label-not-seen",
]
"""Why a value isn't proved. The first four are flagged: its text was lost, its reading or its place is in doubt, it is
one of those that could be wrong where a sum fails. The others are unchecked: a sum of it fails, though it isn't
suspect; the table is no known form; the form has no sum for it; it is blank or names no number; its sums are of zeros;
a sum of it lacks a value; or its sums hold and a label that says whose it is was not seen.
"""
FLAGGING: frozenset[Unproved] = frozenset({"lost", "doubtful", "misplaced", "suspect"})
Severity = Literal["info", "warning", "error"]
TextKind = Literal["heading", "paragraph", "furniture"]

_NUMBER = re.compile(r"[+-]?(\d+|\d{1,3}(,\d{3})+)(\.\d+)?", re.ASCII)
EXACT_DIGITS = 15
"""A number of more digits can't be held exactly by every reader of JSON; its text says it."""
_MINUS_SIGNS = str.maketrans({"−": "-", "–": "-", "‐": "-", "‑": "-", "‒": "-", "﹣": "-"})


def value_of(text: str | None) -> int | float | None:
    """The number ``text`` writes, or ``None`` where it writes anything else (blank, ``-``, ``减2``, ``251000元``).

    A number of more than EXACT_DIGITS digits is ``None`` too: a value is exact or not there.

    >>> value_of("１，２３４"), value_of("-0.5"), value_of("22（其中修订16件）")
    (1234, -0.5, None)
    """
    if text is None:
        return None
    folded = unicodedata.normalize("NFKC", text).translate(_MINUS_SIGNS).strip()
    if not _NUMBER.fullmatch(folded):
        return None
    plain = folded.replace(",", "")
    if sum(char.isdigit() for char in plain) > EXACT_DIGITS:
        return None
    return float(plain) if "." in plain else int(plain)


@dataclass(frozen=True, slots=True, kw_only=True)
class Repair:
    """One recorded change of a text: ``before`` stood at offset ``start`` and became ``after``."""

    fixer: str
    start: int
    before: str
    after: str
    certainty: Literal["certain", "inferred"]
    reversible: bool
    evidence: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FailedSum:
    """A sum of a form in its own ``words``, and the figures that stand on its two sides: ``"10 + 1"``, ``"0"``."""

    words: str
    left: str
    right: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Something a reader of the output must know. ``cells`` are ``(row, col)`` of table ``table``.

    ``failed`` is the sum that an ``identity-violated`` is about.
    """

    code: str
    severity: Severity
    message: str
    page: int | None = None
    table: str | None = None
    cells: tuple[tuple[int, int], ...] = ()
    failed: FailedSum | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Where a table or a cell stands on one page."""

    page: int | None = None
    box: Box | None = None
    repeated_header_rows: int = 0
    """For a table continued on this page: how many header rows were printed again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One cell, stored once however many grid positions it covers.

    ``text`` is as printed, after repair; ``""`` is a cell seen to be blank, ``None`` one whose text was lost.
    ``doubtful`` marks a reading that no second look confirmed: its record is ``flagged``.
    """

    row: int
    col: int
    row_span: int = 1
    col_span: int = 1
    text: str | None = ""
    role: Role = "body"
    parts: tuple[Part, ...] = ()
    origin: WordsFrom = "markup"
    confidence: float | None = None
    doubtful: bool = False
    repairs: tuple[Repair, ...] = ()

    def __hash__(self) -> int:
        """By its place alone, which tells the cells of a table apart: millions of them go into sets and dicts."""
        return hash((self.row, self.col))

    @property
    def page(self) -> int | None:
        return self.parts[0].page if self.parts else None

    @property
    def box(self) -> Box | None:
        return self.parts[0].box if self.parts else None

    @property
    def positions(self) -> Iterator[tuple[int, int]]:
        """Every ``(row, col)`` of the grid that the cell covers."""
        for row in range(self.row, self.row + self.row_span):
            for col in range(self.col, self.col + self.col_span):
                yield row, col


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One body cell as a value with its whole context. Paths run outermost first."""

    row_path: tuple[str, ...]
    column_path: tuple[str, ...]
    text: str | None
    check: Check
    cell: tuple[int, int]
    unproved: Unproved | None = None
    """Set unless it is verified or repaired."""

    @classmethod
    def of(cls, cell: Cell, row_path: tuple[str, ...], column_path: tuple[str, ...]) -> Record:
        """The record of a cell of which no form is known: flagged where its text is lost or doubtful."""
        flag: Unproved | None = "lost" if cell.text is None else "doubtful" if cell.doubtful else None
        return cls(
            row_path=row_path,
            column_path=column_path,
            text=cell.text,
            check="flagged" if flag else "unchecked",
            cell=(cell.row, cell.col),
            unproved=flag or "no-form",
        )

    def flagged(self, why: Unproved) -> Record:
        """The same value, not to be relied on; ``why`` is one of FLAGGING."""
        return replace(self, check="flagged", unproved="lost" if self.text is None else why)

    @property
    def value(self) -> int | float | None:
        return value_of(self.text)


def tile(rows: int, cols: int, cells: Iterable[Cell]) -> list[list[Cell]]:
    """The grid the cells make: ``grid[row][col]`` is the cell that covers that position.

    Raises :class:`TilingError` unless every position is covered exactly once.
    """
    grid: list[list[Cell | None]] = [[None] * cols for _ in range(rows)]
    covered = 0
    for cell in cells:
        if cell.row_span < 1 or cell.col_span < 1 or cell.row < 0 or cell.col < 0:
            raise TilingError(f"a cell at ({cell.row}, {cell.col}) covers nothing")
        if cell.row + cell.row_span > rows or cell.col + cell.col_span > cols:
            raise TilingError(f"the cell at ({cell.row}, {cell.col}) reaches out of a {rows} x {cols} grid")
        for row in range(cell.row, cell.row + cell.row_span):
            line = grid[row]
            for col in range(cell.col, cell.col + cell.col_span):
                if line[col] is not None:
                    raise TilingError(f"two cells cover ({row}, {col})")
                line[col] = cell
        covered += cell.row_span * cell.col_span
    if covered < rows * cols:
        row = next(row for row, line in enumerate(grid) if any(cell is None for cell in line))
        raise TilingError(f"row {row} has positions that no cell covers")
    return cast("list[list[Cell]]", grid)


@dataclass(frozen=True, kw_only=True)
class Table:
    """A table whose cells tile a ``rows`` x ``cols`` grid exactly; anything else is refused at construction."""

    id: str
    rows: int
    cols: int
    cells: tuple[Cell, ...]
    records: tuple[Record, ...]
    evidence: Evidence
    caption: str | None = None
    form: str | None = None
    parts: tuple[Part, ...] = ()
    kind: Literal["table"] = field(default="table", init=False)

    def __post_init__(self) -> None:
        grid = self.grid
        for record in self.records:
            row, col = record.cell
            if grid[row][col].role != "body":
                raise TilingError(f"a record points at ({row}, {col}), which is no body cell")

    @cached_property
    def grid(self) -> list[list[Cell]]:
        """``grid[row][col]``: the cell at that position; a merged cell stands at each position it covers."""
        return tile(self.rows, self.cols, self.cells)


@dataclass(frozen=True, slots=True, kw_only=True)
class TextBlock:
    """A heading, a paragraph, or furniture (running heads, page numbers, site navigation).

    ``level`` is that of a heading, else ``None``: 0 the document's title, 1 its sections, and so on inwards.
    """

    kind: TextKind
    text: str
    level: int | None = None
    page: int | None = None
    box: Box | None = None
    repairs: tuple[Repair, ...] = ()


Block = TextBlock | Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page, where its words came from and why.

    ``rotation`` is the clockwise turn, 0, 90, 180 or 270 degrees, from the page as its file stores it to the upright
    one that all coordinates, ``width`` and ``height`` are of.
    """

    number: int
    width: float
    height: float
    words_from: WordsFrom
    why: str
    rotation: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """The file read. ``path`` is POSIX and relative to what was asked for; ``size`` is in bytes."""

    path: str
    sha256: str
    size: int
    format: str
    encoding: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """What the document says of itself. Dates are as printed."""

    agency: str | None = None
    year: int | None = None
    index_number: str | None = None
    document_number: str | None = None
    publisher: str | None = None
    source: str | None = None
    generated: str | None = None
    published: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """How many values a document has, how many of them stand how sure, and why those that aren't proved are not."""

    values: int
    checks: Mapping[Check, int]
    unproved: Mapping[Unproved, int]

    @property
    def share(self) -> float:
        """The part of the values that is proved, from 0 to 1; 0 where there are none."""
        return (self.checks["verified"] + self.checks["repaired"]) / max(self.values, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One document, whole."""

    source: Source
    title: str | None
    metadata: Metadata
    pages: tuple[Page, ...]
    blocks: tuple[Block, ...]
    problems: tuple[Problem, ...]

    @property
    def tables(self) -> tuple[Table, ...]:
        return tuple(block for block in self.blocks if isinstance(block, Table))

    @property
    def proof(self) -> Proof:
        records = [record for table in self.tables for record in table.records]
        unproved = Counter(record.unproved for record in records if record.unproved is not None)
        return Proof(values=len(records), checks=Counter(record.check for record in records), unproved=unproved)

    @property
    def status(self) -> Literal["ok", "partial"]:
        """``partial`` where a problem graver than ``info`` was found."""
        return "partial" if any(problem.severity != "info" for problem in self.problems) else "ok"
