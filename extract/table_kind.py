"""Whether a declared table holds data or only places what a page shows: one decision for HTML and DOCX."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..document import Problem
from .headings import heading_level

LONG_LINE = 25
"""A line of so many characters with a full stop is prose."""
ARTICLE_LINES = 5
ARTICLE_HEADINGS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class CellFacts:
    """What the decision looks at. ``lines`` are all of the cell's, ``nested`` how many characters tables in it hold."""

    lines: tuple[str, ...]
    nested: int = 0
    tagged_headings: int = 0

    @property
    def size(self) -> int:
        """In characters."""
        return sum(map(len, self.lines))

    @property
    def long_lines(self) -> int:
        """How many lines are prose rather than labels or values."""
        return sum(len(line) >= LONG_LINE and "。" in line for line in self.lines)

    @property
    def is_prose(self) -> bool:
        """Whether the cell holds several paragraphs, or one under a heading."""
        return self.long_lines >= 2 or (self.tagged_headings > 0 and self.long_lines >= 1)

    @property
    def is_article(self) -> bool:
        """Whether the cell holds what is a document of its own: sections, or prose at length."""
        headings = self.tagged_headings + sum(heading_level(line) in (1, 2) for line in self.lines)
        return self.long_lines >= ARTICLE_LINES or (headings >= ARTICLE_HEADINGS and self.is_prose)


def places_content(rows: Sequence[Sequence[CellFacts]], *, marked: bool = False) -> bool:
    """Whether the table only places content, so that its cells are to be read as if it weren't there.

    It does if at most one cell is filled; if one holds an article; if it has one column and nothing marks it as data
    (``marked``: header cells, a caption, a border); if it holds prose, or tables, and no grid of values, that is two
    rows with two filled cells each, which no table inside outweighs. Reading data as prose loses a grid but no text;
    reading a page as one table would bury its paragraphs, headings and tables in a cell.
    """
    cells = [cell for row in rows for cell in row]
    if sum(cell.size > 0 for cell in cells) <= 1:
        return True
    if any(cell.is_article for cell in cells):
        return True
    if all(len(row) <= 1 for row in rows) and not marked:
        return True
    grid_rows = sum(sum(cell.size > cell.nested for cell in row) >= 2 for row in rows)
    if any(cell.nested for cell in cells):
        return grid_rows < 2 or sum(cell.nested for cell in cells) * 2 > sum(cell.size for cell in cells)
    return grid_rows < 2 and any(cell.is_prose for cell in cells)


def nested_problem() -> Problem:
    """What is said of a table inside a cell of another, by each reader that meets one."""
    return Problem(
        code="nested-table",
        severity="info",
        message="this table stands inside a cell of the table before it, whose text repeats it; count it once",
    )
