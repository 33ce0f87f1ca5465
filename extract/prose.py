"""The words of pages that stand in no table: lines, then paragraphs and headings, page furniture set apart."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from ..document import Box
from ..marks import Word, union
from ..tables import join_lines, line_text, lines
from ..tables.typed import typed_lines
from .headings import heading_level
from .reading import SourceLine, WrittenBlock

MARGIN_SHARE = 0.09
"""Running heads and feet stand within this share of the page's height from its edge."""

FEW_LINES = 5
"""A page of fewer lines doesn't show where its text begins and ends."""
NARROWEST = 0.55
"""Lines that end before this share of the page's width are short ones, whatever the others do."""

_PAGE_NUMBER = re.compile(r"[-—–―－·•\s]*(?:第\s*)?\d{1,4}(?:\s*页)?(?:\s*[/／]?\s*共?\s*\d{1,4}\s*页?)?[-—–―－·•\s]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of text outside tables. ``page_width`` and ``page_height`` are its page's, in points."""

    text: str
    page: int
    box: Box
    size: float
    page_width: float
    page_height: float
    typed: str | None = None
    """The line with its blanks, where it is set in characters of one width."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """Where the running text of a page stands: its left and right edge and its size of type, in points."""

    left: float
    right: float
    size: float


def page_lines(words: Sequence[Word], page: int, width: float, height: float) -> list[Line]:
    """The lines that ``words`` make on one page, from top to bottom."""
    found = lines(words)
    return [
        Line(
            text=line_text(line),
            page=page,
            box=union([word.box for word in line]),
            size=median(word.size for word in line),
            page_width=width,
            page_height=height,
            typed=typed,
        )
        for line, typed in zip(found, typed_lines(found), strict=True)
    ]


def furniture(all_lines: Iterable[Line]) -> frozenset[Line]:
    """Page numbers, and texts that stand in the same margin of at least two pages and half of all."""
    in_margin = [line for line in all_lines if _in_margin(line)]
    pages = len({line.page for line in in_margin})
    repeats = Counter(text for text, _ in {(_folded(line), line.page) for line in in_margin})
    return frozenset(
        line
        for line in in_margin
        if _PAGE_NUMBER.fullmatch(line.text.strip()) or repeats[_folded(line)] >= max(2, pages / 2)
    )


def _in_margin(line: Line) -> bool:
    depth = MARGIN_SHARE * line.page_height
    return line.box[3] <= depth or line.box[1] >= line.page_height - depth


def _folded(line: Line) -> str:
    """A running head with its numbers left open, so that ``- 3 -`` and ``- 4 -`` are the same."""
    where = "head" if line.box[1] < line.page_height / 2 else "foot"
    return where + re.sub(r"\d+|[一二三四五六七八九十]+", "#", "".join(line.text.split()))


def paragraphs(run: Sequence[Line], columns: Mapping[int, Column]) -> list[WrittenBlock]:
    """The text blocks that a run of lines between two tables makes; ``columns`` are those of the lines' pages."""
    groups: list[list[Line]] = []
    for line in run:
        if groups and _goes_on(groups[-1][-1], line, columns):
            groups[-1].append(line)
        else:
            groups.append([line])
    return [_block(group, columns) for group in groups]


def page_columns(all_lines: Sequence[Line]) -> dict[int, Column]:
    """The text column of each page; a page of few lines takes that of the whole document."""
    by_page: dict[int, list[Line]] = {}
    for line in all_lines:
        by_page.setdefault(line.page, []).append(line)
    whole = _column(all_lines) if all_lines else None
    return {page: _column(lines) if len(lines) >= FEW_LINES or not whole else whole for page, lines in by_page.items()}


def _column(all_lines: Sequence[Line]) -> Column:
    """The outermost edges that at least two lines share; titles, dates and page-wide rows of dots stand alone."""
    lefts = Counter(round(line.box[0] / 4) * 4 for line in all_lines)
    rights = Counter(round(line.box[2] / 6) * 6 for line in all_lines)
    return Column(
        left=min((edge for edge, count in lefts.items() if count > 1), default=min(lefts)),
        right=max(*(edge for edge, count in rights.items() if count > 1), NARROWEST * all_lines[0].page_width, 0),
        size=median(line.size for line in all_lines),
    )


def _goes_on(above: Line, line: Line, columns: Mapping[int, Column]) -> bool:
    """Whether ``line`` continues the paragraph that ``above`` belongs to.

    It does if the line above is full and this one starts at the left margin, in the same size of type: a line indented
    by two characters starts a paragraph, as Chinese documents print it. So does a heading, since lists of contents fill
    their lines too. The lines of a title are larger than the text, and centred instead.
    """
    near = line.page != above.page or line.box[1] - above.box[3] <= 2.0 * above.size
    if not near or abs(above.size - line.size) > 0.2 * max(above.size, line.size):
        return False
    if _is_display(above, columns[above.page]) and _is_display(line, columns[line.page]):
        return line.page == above.page
    full = above.box[2] >= columns[above.page].right - 2.2 * above.size
    flush = line.box[0] <= columns[line.page].left + 0.9 * line.size
    return full and flush and heading_level(line.text) is None


def _is_display(line: Line, column: Column) -> bool:
    """Whether a line is set larger than the text and in the middle of it, as titles are."""
    off_centre = abs((line.box[0] + line.box[2]) - (column.left + column.right)) / 2
    return line.size >= 1.2 * column.size and off_centre <= 1.5 * line.size


def _source_line(line: Line, column: Column) -> SourceLine:
    """A bar that is set in has a blank cell before it."""
    indent = " " if line.box[0] > column.left + 0.2 * line.size else ""
    return SourceLine(text=line.typed or indent + line.text, page=line.page, box=line.box)


def _block(group: Sequence[Line], columns: Mapping[int, Column]) -> WrittenBlock:
    text = join_lines(line.text for line in group)
    level = heading_level(text)
    first_page = [line.box for line in group if line.page == group[0].page]
    return WrittenBlock(
        kind="paragraph" if level is None else "heading",
        level=level,
        text=text,
        page=group[0].page,
        box=union(first_page),
        lines=tuple(_source_line(line, columns[line.page]) for line in group),
    )
