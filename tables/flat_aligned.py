"""Text whose columns are aligned with spaces, as ``pdftotext -layout`` writes it: from places on the line to fields.

The rows that hold values tell where the columns are. A header text belongs to the columns it stands in the middle of,
or begins at the left of; the header row above limits how far it may reach.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from .celltext import is_wide
from .flat_draft import MAX_HEADER_ROWS, has_value
from .headers import kind_of

MIN_LINES = 3
MIN_VALUE_LINES = 2
"""So many lines hold a value that stands apart; where they are fewer than ``MIN_LINES``, three values each."""
CLOSE = 0.75
"""Two ways to part header columns that differ by less, in columns of text, are both possible."""
MAX_COLUMNS = 80
KEPT = 4
UNLIKELY = 4.0
"""In columns of text, how far a header may be off its middle before it is taken to be divided oddly."""

_SEGMENT = re.compile(r"\S+(?:[ \u3000]\S+)*")
_LEADER = re.compile(r"\.{3,}|…|·{3,}|_{3,}|-{4,}")
_PROSE = re.compile(r"[。；！？;{}=<>]|//|https?:")


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A text that blanks of two columns or more set apart; ``left`` and ``right`` in columns, a hanzi is two wide."""

    text: str
    left: int
    right: int

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2


Extent = tuple[int, int]


def segments(line: str) -> list[Segment]:
    """The texts of a line that stand apart, from the left."""
    found: list[Segment] = []
    column = done = 0
    for match in _SEGMENT.finditer(line):
        column += _columns(line[done : match.start()])
        width = _columns(match.group())
        found.append(Segment(text=match.group(), left=column, right=column + width))
        column, done = column + width, match.end()
    return found


def _columns(text: str) -> int:
    return len(text) if text.isascii() else sum(2 if is_wide(char) else 1 for char in text)


def could_be_row(line: str) -> bool:
    """Whether a line may stand in aligned text: no sentence, no code, no line of a table of contents."""
    return "|" not in line and "\t" not in line and not _PROSE.search(line) and not _LEADER.search(line)


def is_aligned(lines: Sequence[str]) -> bool:
    """Whether enough lines hold values that stand apart from what is left of them, one below the other.

    Pairs of a name and a number need a heading: without one they are a list or a table of contents.
    """
    rows = [segments(line) for line in lines]
    apart = [row for row in rows if len(row) >= 2 and any(kind_of(each.text) == "value" for each in row[1:])]
    written = sum(bool(row) for row in rows)
    if written < MIN_LINES or len(apart) < MIN_VALUE_LINES or len(apart) * 2 < written - MAX_HEADER_ROWS:
        return False
    if len(apart) < MIN_LINES and any(sum(kind_of(each.text) == "value" for each in row) < 3 for row in apart):
        return False
    pairs = sum(len(row) == 2 for row in rows)
    if pairs * 2 > written and (len(rows[0]) < 2 or any(kind_of(each.text) == "value" for each in rows[0])):
        return False
    ends = [each.right for row in apart for each in row[1:] if kind_of(each.text) == "value"]
    starts = [each.left for row in apart for each in row[1:] if kind_of(each.text) == "value"]
    shared = max(max(Counter(edges).values()) for edges in (ends, starts))
    return shared >= min(MIN_LINES, len(apart)) and shared * 2 >= len(apart)


def aligned_rows(lines: Sequence[str]) -> tuple[list[list[str]], bool]:
    """A field a position for each line, and whether header texts could as well belong to other columns.

    The rows are empty where the lines can't be put into columns.
    """
    written = [row for row in map(segments, lines) if row]
    first = next((at for at, row in enumerate(written) if has_value([each.text for each in row])), None)
    if first is None or first > MAX_HEADER_ROWS:
        return [], False
    title = next((at for at in range(first) if len(written[at]) > 1), first)
    body = [row for row in written[first:] if len(row) > 1]
    columns = _columns_of(body)
    if len(columns) < 2 or len(columns) > MAX_COLUMNS:
        return [], False
    header = written[title:first]
    columns = _widened(columns, header)
    rows = [[row[0].text, *([""] * (len(columns) - 1))] for row in written[:title]]
    heads, doubtful = _parted(header, columns)
    if header and not heads:
        return [], False
    rows += heads
    for row in written[first:]:
        fields = [""] * len(columns)
        for each in row:
            at = _column_of(each, columns)
            fields[at] = f"{fields[at]} {each.text}".strip()
            doubtful = doubtful or fields[at] != each.text
        rows.append(fields)
    return rows, doubtful


def _columns_of(body: Sequence[Sequence[Segment]]) -> list[Extent]:
    """Where the columns are: places that some row's text covers, parted where two texts of one row begin."""
    values = [each for row in body for each in row if kind_of(each.text) == "value"]
    edge = min((each.left for each in values), default=0)
    spans = sorted((each.left, each.right) for row in body for each in row)
    merged: list[list[int]] = []
    for left, right in spans:
        if merged and left < merged[-1][1]:
            merged[-1][1] = max(merged[-1][1], right)
        else:
            merged.append([left, right])
    starts = sorted({right.left for row in body for _, right in pairwise(row) if right.left < edge})
    columns: list[Extent] = []
    for left, right in merged:
        inner = starts[bisect_right(starts, left) : bisect_left(starts, right)]
        columns += pairwise([left, *inner, right])
    return columns


def _widened(columns: Sequence[Extent], header: Sequence[Sequence[Segment]]) -> list[Extent]:
    """The columns as wide as the lowest header texts over them, where these stand over one column alone."""
    found = list(columns)
    headed: set[int] = set()
    for row in reversed(header):
        over = [
            [at for at, (left, right) in enumerate(found) if left < each.right and each.left < right] for each in row
        ]
        for each, cols in zip(row, over, strict=True):
            if len(cols) == 1 and cols[0] not in headed:
                left, right = found[cols[0]]
                found[cols[0]] = min(left, each.left), max(right, each.right)
        headed.update(col for cols in over for col in cols)
    return found


def _column_of(each: Segment, columns: Sequence[Extent]) -> int:
    """The column a body text begins in or, where it begins between two, the one it covers most."""
    for at, (left, right) in enumerate(columns):
        if left <= each.left < right:
            return at
    return max(range(len(columns)), key=lambda at: min(columns[at][1], each.right) - max(columns[at][0], each.left))


def _parted(header: Sequence[Sequence[Segment]], columns: Sequence[Extent]) -> tuple[list[list[str]], bool]:
    """The header rows as fields, each text at the first of its columns. No rows where there are too many texts."""
    regions: list[tuple[int, int]] = [(0, len(columns))]
    rows: list[list[str]] = []
    doubtful = False
    leftmost = min((row[0].left for row in header), default=0)
    corner = sum(right <= leftmost for _, right in columns)
    lower = min((row[0].left for row in header[1:]), default=0)
    for row, under in zip(header, [*header[1:], []][: len(header)], strict=True):
        fields = [""] * len(columns)
        below: list[tuple[int, int]] = []
        rest = list(row)
        for start, stop in regions:
            border = (columns[stop - 1][1] + columns[stop][0]) / 2 if stop < len(columns) else float("inf")
            own = [each for each in rest if each.middle < border]
            rest = rest[len(own) :]
            if not own:
                below.append((start, stop))
                continue
            found = _cuts(own, under, columns, range(start, stop), corner=0 if rows else corner)
            if not rows and own[0].left < min(lower, columns[0][1]):  # nothing stands below the corner
                found = [(cost, cuts) for cost, cuts in found if columns[cuts[0][1] - 1][0] < lower] or found
            cuts = found[0][1] if found else []
            other = next((cost for cost, others in found if others != cuts), float("inf"))
            doubtful |= bool(found) and other - found[0][0] < CLOSE
            if not cuts:
                return [], True
            for each, (left, right) in zip(own, cuts, strict=True):
                fields[left] = each.text
                below.append((left, right))
            if cuts[0][0] > start:
                below.insert(len(below) - len(cuts), (start, cuts[0][0]))
        regions = below
        rows.append(fields)
    return rows, doubtful


_Cuts = list[tuple[int, int]]


def _cuts(
    own: Sequence[Segment], under: Sequence[Segment], columns: Sequence[Extent], region: range, *, corner: int
) -> list[tuple[float, _Cuts]]:
    """The likeliest ways to give the columns of one region to its texts, best first, each with how far texts are off.

    ``under`` are the texts of the next row. The first ``corner`` columns, or some of them, may have no text.
    """
    ill_divided = cache(lambda begin, end: _ill_divided(under, columns[begin:end]))
    ways: list[tuple[float, _Cuts]] = []
    for first in range(region.start, region.start + corner + 1):
        for centred in (True, False):
            ways += _partitions(own, ill_divided, columns, range(first, region.stop), centred=centred)
    return sorted(ways)


def _partitions(
    own: Sequence[Segment],
    ill_divided: Callable[[int, int], float],
    columns: Sequence[Extent],
    region: range,
    *,
    centred: bool,
) -> list[tuple[float, _Cuts]]:
    """The best few ways to give all columns of ``region`` to the texts in order."""
    ways: dict[int, list[tuple[float, _Cuts]]] = {region.start: [(0.0, [])]}
    for at, each in enumerate(own):
        after: dict[int, list[tuple[float, _Cuts]]] = {}
        left = len(own) - at - 1
        ends = range(region.start + at + 1, region.stop - left + 1) if left else [region.stop]
        for begin, found in ways.items():
            for end in ends:
                if end > begin:
                    cost = _offset(each, columns[begin][0], columns[end - 1][1], centred=centred)
                    cost += ill_divided(begin, end)
                    grown = [(before + cost, [*cuts, (begin, end)]) for before, cuts in found]
                    after[end] = sorted(after.get(end, []) + grown)[:KEPT]
        ways = after
    return ways.get(region.stop, [])


def _ill_divided(under: Sequence[Segment], columns: Sequence[Extent]) -> float:
    """How unlikely the texts below divide a cell over ``columns``: into one, or into two of one name."""
    texts = [each.text for each in under if columns[0][0] <= each.middle < columns[-1][1]]
    return UNLIKELY * ((len(texts) == 1) + (len(set(texts)) < len(texts)))


def _offset(each: Segment, left: int, right: int, *, centred: bool) -> float:
    """How far a text is from where it would stand over ``left`` to ``right``."""
    outside = max(left - each.left, 0) + max(each.right - right, 0)
    return (abs(each.middle - (left + right) / 2) if centred else abs(each.left - left)) + outside
