"""The door for flattened tables: rows of text whose spans are lost, rebuilt by whatever the text still tells.

The ways to flatten a table are few, and each leaves its own traces. In this order:

1. Lines become rows: by pipes, tabs or commas; cells on lines of their own by blank lines or by padding that fills up a
   row; places on the line where columns are aligned with spaces.
2. Each habit that could have written such rows proposes a grid: a field for every position (merged ones blank, or
   repeated), or only the cells themselves (those from above as blanks, or not at all).
3. The proposal in which least looks wrong is taken: words among values, headers over columns they don't divide.

What the text can't decide is decided by what is usual, the values that hang on it are ``doubtful``, and a problem
``spans-lost`` says so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ..document import Cell, Problem
from ..errors import TilingError
from .flat_aligned import aligned_rows, could_be_row, is_aligned, segments
from .flat_draft import Draft, Rows
from .flat_odd import fitted_rows
from .flat_places import draft_of_places, without_repeats
from .flat_rows import (
    Style,
    continues,
    delimiter_of,
    is_cell_lines,
    is_csv,
    is_pipe_lines,
    is_table,
    rows_of,
    short_runs,
    style_of,
    tabs_in,
)
from .flat_stacks import draft_of_stacks
from .grid import Grid

CLOSE = 2.0
"""Two proposals whose costs differ by less are equally good; where they disagree nothing is sure."""

MANY_POSITIONS, MOSTLY_PADDING = 50_000, 20
"""A table of more than so many positions, and more than so many times the cells it shows, isn't built."""

EVEN = 0.75
"""If so many rows are of one length, the others lack a cell or have one too many."""


def find_flat(lines: Sequence[str]) -> list[range]:
    """The runs of ``lines`` that are flattened tables: all of them for CSV, else runs in any of the other styles.

    Runs with pipes or with tabs are looked for first; between them, cells on lines of their own and columns aligned
    with spaces, which must hold values to be told from verses, addresses, lists and tables of contents.
    """
    if is_csv(lines):
        return [range(len(lines))]
    found: list[range] = []
    start = most_tabs = 0
    while start < len(lines):
        delimiter = delimiter_of(lines[start])
        stop = start + 1
        while delimiter and stop < len(lines) and delimiter_of(lines[stop]) == delimiter:
            stop += 1
        run = lines[start:stop]
        if delimiter and found and start - found[-1].stop == 1 and continues(lines[found[-1].stop], run, most_tabs):
            found[-1] = range(found[-1].start, stop)
            most_tabs = max(most_tabs, tabs_in(run))
        elif delimiter and (is_table(rows_of(run, "pipes" if delimiter == "|" else "tabs")) or is_pipe_lines(run)):
            found.append(range(start, stop))
            most_tabs = tabs_in(run)
        start = stop
    runs = sorted([*found, *_undelimited(lines, found)], key=lambda run: run.start)
    return [run for run in runs if not _is_lopsided(lines[run.start : run.stop])]


def _is_lopsided(lines: Sequence[str]) -> bool:
    """Whether the table would be nearly all padding, because a few lines among many are very long.

    Such lines are no rows of one table; a grid as wide as they are could need more room than the machine has.
    """
    if len(lines) * max(map(len, lines)) < MANY_POSITIONS:
        return False
    style = style_of(lines)
    widths = [len(segments(line)) for line in lines] if style == "aligned" else [*map(len, rows_of(lines, style))]
    return len(widths) * max(widths, default=0) > max(MANY_POSITIONS, MOSTLY_PADDING * sum(widths))


def _undelimited(lines: Sequence[str], found: Sequence[range]) -> Iterator[range]:
    """Tables without a delimiter between the runs ``found``."""
    starts = [0, *(run.stop for run in found)]
    stops = [*(run.start for run in found), len(lines)]
    for start, stop in zip(starts, stops, strict=True):
        gap = lines[start:stop]
        taken = 0
        for run in _cell_runs(gap):
            if is_cell_lines(gap[run.start : run.stop]):
                yield from _aligned_runs(gap, taken, run.start, start)
                yield range(start + run.start, start + run.stop)
                taken = run.stop
        yield from _aligned_runs(gap, taken, len(gap), start)


def _cell_runs(lines: Sequence[str]) -> Iterator[range]:
    """Runs of short lines; where some begin with a tab, the runs of these alone."""
    for run in short_runs(lines):
        tabbed = [at for at in run if lines[at].startswith("\t")]
        if not tabbed:
            yield run
        start = 0
        for place, at in enumerate(tabbed):
            ends = place + 1 == len(tabbed) or any(line.strip() for line in lines[at + 1 : tabbed[place + 1]])
            if ends:
                yield range(tabbed[start], at + 1)
                start = place + 1


def _aligned_runs(lines: Sequence[str], start: int, stop: int, offset: int) -> Iterator[range]:
    """Runs of lines whose texts stand apart, up to ``stop``; a line of one text or a blank one may stand between."""
    run: list[int] = []
    for at in range(start, stop + 1):
        inside = at < stop and could_be_row(lines[at])
        count = len(segments(lines[at])) if inside else 0
        if inside and count > 1:
            run.append(at)
        if not run or (inside and (count or at - run[-1] < 2) and at - run[-1] < 3):
            continue
        if is_aligned(lines[run[0] : run[-1] + 1]):
            yield range(offset + run[0], offset + run[-1] + 1)
        run = []


def from_flat(lines: Sequence[str]) -> Grid:
    """The table of the lines of a run that :func:`find_flat` found.

    A value whose row or column could be another's as well is ``doubtful``; a problem ``spans-lost`` then names such
    cells. A table that shows no sign of loss has neither. Rows that fit no reading are kept as they stand, doubtful.
    """
    style = style_of(lines)
    for draft in _ranked(_drafts(lines, style)):
        try:
            return Grid(
                rows=draft.rows, cols=draft.cols, cells=draft.cells, evidence="flattened", problems=_problems(draft)
            )
        except TilingError:
            continue
    return _as_they_stand(lines, style)


def _drafts(lines: Sequence[str], style: Style) -> Iterator[Draft]:
    if style == "aligned":
        rows, doubtful = aligned_rows(lines)
        if rows:
            draft = draft_of_places(rows)
            yield _all_doubtful(draft) if doubtful else draft
        return
    rows = rows_of(lines, style)
    usual, times = Counter(map(len, rows)).most_common(1)[0] if rows else (0, 0)
    if not usual:
        return
    if times >= EVEN * (len(rows) - 1):
        odd = frozenset(at for at, row in enumerate(rows) if len(row) != usual)
        fitted = fitted_rows(rows, usual, odd)
        repeated = without_repeats(fitted)
        draft = draft_of_places(repeated or fitted, odd=odd)
        yield draft
        if not odd and (repeated or not draft.cost):
            return
    marked = any(row and not row[0] for row in rows[1:])
    longer = sum(len(row) > usual for row in rows)
    padded = not marked and longer == 1 and any(row and not row[-1] for row in rows)
    stacked = draft_of_stacks(rows, usual if padded else max(map(len, rows)), marked=marked)
    if stacked:
        yield stacked


def _ranked(drafts: Iterator[Draft]) -> list[Draft]:
    """The drafts, best first; all of its cells doubtful where another that is as good disagrees."""
    ranked = sorted(drafts, key=lambda draft: draft.cost)
    rivals = [draft for draft in ranked[1:] if draft.cost - ranked[0].cost < CLOSE]
    if any(_shape(rival) != _shape(ranked[0]) for rival in rivals):
        ranked[0] = _all_doubtful(ranked[0])
    return ranked


def _shape(draft: Draft) -> list[tuple[int, int, int, int]]:
    return [(cell.row, cell.col, cell.row_span, cell.col_span) for cell in draft.cells]


def _all_doubtful(draft: Draft) -> Draft:
    return replace(draft, cells=tuple(cell if cell.doubtful else replace(cell, doubtful=True) for cell in draft.cells))


def _as_they_stand(lines: Sequence[str], style: Style) -> Grid:
    """The rows padded at their end: nothing is lost, nothing is sure."""
    rows: Rows = (
        [[each.text for each in segments(line)] for line in lines] if style == "aligned" else rows_of(lines, style)
    )
    width = max(map(len, rows), default=0)
    cells = tuple(
        Cell(row=row, col=col, text=line[col] if col < len(line) else "", doubtful=True)
        for row, line in enumerate(rows)
        for col in range(width)
    )
    draft = Draft(rows=len(rows), cols=width, cells=cells, cost=0)
    return Grid(rows=len(rows), cols=width, cells=cells, evidence="flattened", problems=_problems(draft))


def _problems(draft: Draft) -> tuple[Problem, ...]:
    doubtful = tuple((cell.row, cell.col) for cell in draft.cells if cell.doubtful)
    if not doubtful:
        return ()
    return (
        Problem(
            code="spans-lost",
            severity="warning",
            message=f"the table was flattened to text, which leaves open where {len(doubtful)} cells belong: "
            "compare them with their headers and labels in the source",
            cells=doubtful,
        ),
    )
