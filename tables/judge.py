"""One judge for all readings of a region: which of them to take, and whether there is a table at all.

Evidence, each a share between 0 and 1, the same for every way of reading:

``fit``     words that lie inside one cell, none cut by a border;
``single``  phrases that stand alone in their cell: no other beside them on the line, no other figure below;
``typed``   columns whose texts below the headings are of one type, figures or words;
``filled``  positions that hold text or lie under a cell that does.

A grid too coarse is told by ``single``, one too fine by ``fit`` and ``filled``, one out of step by ``typed``.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import mean

from ..document import Cell, Problem
from ..marks import Word
from .aligned import Aligned
from .grid import Grid, Placed
from .words import is_figure, is_year, lines, phrases

CLOSE_SECOND = 0.05
"""Two readings whose scores differ by less are about as good as each other."""
CUT = 1.5
"""How far, in points, a word may reach over its cell's side before it counts as cut."""
WORTH = 0.6
"""What alignment made of a region is no table if its evidence comes to less than this."""
BOOKTABS = 3
"""The level rules of a table set as books do."""
SCALE = 5
"""So many figures in equal steps are the scale of a chart."""
FEWEST_ROWS = 3
"""Without any rule, fewer rows of figures are chance."""
TYPED = 0.7
"""The share of a column's texts that must be figures for the column to count as one of figures."""
PROSE_WORDS = 5
"""A column whose phrases have more words than this, on the average, is set prose."""

_BULLET = re.compile(
    r"(?:[•·▪■●○◦‣\-–—*]|[（(]?(?:\d{1,2}|[a-zA-Z]|[ivx]{1,4}|[一二三四五六七八九十]{1,3})[)）.、．]?)"
)
_PLAIN = re.compile(r"([+-]?\d+(?:\.\d+)?)\s*[%€$£]?")
_LEADER = re.compile(r"(?:[.…·_]\s?){4,}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What speaks for one reading of a region; each from 0 to 1."""

    fit: float
    single: float
    typed: float
    filled: float

    @property
    def score(self) -> float:
        """Cut words spoil everything else; that each cell holds one thing counts as much as the other two together."""
        return self.fit * (0.5 * self.single + 0.25 * self.typed + 0.25 * self.filled)


def evidence(grid: Grid, words: Sequence[Word]) -> Evidence:
    """The evidence for ``grid`` as a reading of ``words``; a word outside all its cells counts as cut."""
    positions = grid.positions()
    xs, ys = _borders(grid)
    texts: dict[tuple[int, int], list[Word]] = {}
    cut = 0
    for word in words:
        x, y = word.middle
        row, col = bisect_right(ys, y) - 1, bisect_right(xs, x) - 1
        if not (0 <= row < grid.rows and 0 <= col < grid.cols):
            cut += 1
            continue
        cell = positions[row][col]
        left, right = xs[cell.col], xs[cell.col + cell.col_span]
        cut += word.left < left - CUT or word.right > right + CUT
        texts.setdefault((cell.row, cell.col), []).append(word)
    alone = [each for members in texts.values() for each in _alone(members)]
    filled = sum(cell.row_span * cell.col_span for cell in grid.cells if (cell.row, cell.col) in texts)
    return Evidence(
        fit=1 - cut / len(words) if words else 0.0,
        single=mean(alone) if alone else 0.0,
        typed=_typed(grid),
        filled=filled / (grid.rows * grid.cols),
    )


def _borders(grid: Grid) -> tuple[list[float], list[float]]:
    """The x of the columns' borders and the y of the rows', as the boxes of the cells tell them."""
    xs: dict[int, float] = {}
    ys: dict[int, float] = {}
    for cell in grid.cells:
        if cell.box is not None:
            xs[cell.col], ys[cell.row], xs[cell.col + cell.col_span], ys[cell.row + cell.row_span] = cell.box
    return _filled_in(xs, grid.cols), _filled_in(ys, grid.rows)


def _filled_in(known: dict[int, float], last: int) -> list[float]:
    """Every border from 0 to ``last``; one at which no cell begins or ends lies on the one before."""
    borders: list[float] = []
    for index in range(last + 1):
        borders.append(known.get(index, borders[-1] if borders else 0.0))
    return borders


def _alone(members: Sequence[Word]) -> list[bool]:
    """Of each phrase in a cell, whether it stands alone on its line, and is no figure among several."""
    text_lines = [phrases(line) for line in lines(members)]
    figures = sum(is_figure(phrase.text) for line in text_lines for phrase in line)
    return [len(line) == 1 and not (figures > 1 and is_figure(phrase.text)) for line in text_lines for phrase in line]


def _typed(grid: Grid) -> float:
    """The share of columns that are of one type from their first figure on, or hold no figure at all."""
    pure = []
    for col in range(grid.cols):
        texts = [cell.text or "" for cell in grid.cells if cell.col == col and cell.col_span == 1 and cell.text]
        kinds = [is_figure(text) for text in texts]
        body = kinds[kinds.index(True) :] if True in kinds else kinds
        pure.append(max(body.count(True), body.count(False)) / len(body) if body else 0.0)
    return mean(pure)


def is_table(found: Aligned, words: Sequence[Word], bars: int) -> bool:
    """Whether a region read by alignment is a table, and not prose, a list, a form, a chart or a contents page.

    ``bars`` is how many full level rules it has. Three (above and below the headings, and at the foot) make a table of
    what fills its columns; fewer need a column of figures as well, and none at all several rows of them.
    """
    body = [cell for cell in found.placed.grid.cells if cell.row >= found.heading_rows]
    rows = [
        [cell for cell in body if cell.row == row and cell.text]
        for row in range(found.heading_rows, found.placed.grid.rows)
    ]
    several = sum(len(row) > 1 for row in rows)
    if several < 0.5 * len(rows) or _is_list(rows) or _is_contents(found, rows) or _is_form(rows):
        return False
    if _is_prose(found.placed.grid, body) or is_chart(words) or evidence(found.placed.grid, words).score < WORTH:
        return False
    most = max(sum(_figure_kinds(body, col)) for col in range(1, found.placed.grid.cols))
    if bars >= BOOKTABS:
        return several >= 2 or (several == 1 and all(cell.text for cell in found.placed.grid.cells))
    if bars:
        return several >= 2 and most >= 2
    return several >= FEWEST_ROWS and any(_is_figured(body, col) for col in range(1, found.placed.grid.cols))


def is_chart(words: Sequence[Word]) -> bool:
    """Whether figures rise in equal steps, as the scales of a chart do: along its foot, or up its side.

    A line of such figures with rows of others below it heads columns, and a column of them beside others numbers rows,
    unless zero is among them. Years, and steps of one, are never taken for a scale.
    """
    figured = [line for line in lines(words) if sum(is_figure(word.text) for word in line) > 1]
    for line in figured:
        texts = [word.text for word in line]
        if len(texts) >= SCALE and _is_scale(texts) and (line is figured[-1] or 0.0 in map(_number, texts)):
            return True
    figures = [word for word in words if is_figure(word.text)]
    columns: dict[int, list[Word]] = {}
    for word in figures:
        columns.setdefault(round(word.right / 2), []).append(word)
    scales = [
        column
        for column in columns.values()
        if len(column) >= SCALE and _is_scale([word.text for word in sorted(column, key=lambda word: word.top)])
    ]
    with_zero = any(_number(word.text) == 0 for column in scales for word in column)
    return with_zero or 2 * sum(map(len, scales)) > len(figures)


def _is_scale(texts: Sequence[str]) -> bool:
    if any(is_year(text) for text in texts):
        return False
    figures = [_number(text) for text in texts]
    if None in figures:
        return False
    steps = {round((after or 0) - (before or 0), 6) for before, after in pairwise(figures)}
    return len(steps) == 1 and abs(steps.pop()) not in (0, 1)


def _number(text: str) -> float | None:
    found = _PLAIN.fullmatch(text.replace(",", "").replace("−", "-").replace("–", "-"))
    return float(found[1]) if found else None


def _figure_kinds(body: Sequence[Cell], col: int) -> list[bool]:
    """Of each text of a column, whether it is a figure."""
    return [is_figure(cell.text) for cell in body if cell.col == col and cell.col_span == 1 and cell.text]


def _is_figured(body: Sequence[Cell], col: int) -> bool:
    kinds = _figure_kinds(body, col)
    return kinds.count(True) >= FEWEST_ROWS and kinds.count(True) >= TYPED * len(kinds)


def _is_list(rows: Sequence[Sequence[Cell]]) -> bool:
    """Two columns whose first holds nothing but bullets or numbers."""
    several = [row for row in rows if len(row) > 1]
    if not several or max(cell.col + cell.col_span for row in rows for cell in row) > 2:
        return False
    return all(_BULLET.fullmatch((row[0].text or "").strip()) for row in several)


def _is_contents(found: Aligned, rows: Sequence[Sequence[Cell]]) -> bool:
    """Titles and the pages they are on: one column of whole numbers that never fall, at the right."""
    last = [row[-1].text or "" for row in rows if row and row[-1].col + row[-1].col_span == found.placed.grid.cols]
    pages = [int(text) for text in last if text.isdigit() and len(text) < 5]
    leaders = sum(bool(_LEADER.search(cell.text or "")) for row in rows for cell in row)
    few = found.placed.grid.cols <= 3 and found.heading_rows == 0
    rising = len(pages) >= 2 and len(pages) >= 0.8 * len(last) and pages == sorted(pages)
    return rising and (few or leaders >= 0.5 * len(rows)) and _columns_of_figures(found) <= 1


def _columns_of_figures(found: Aligned) -> int:
    return len(found.figure_cols)


def _is_form(rows: Sequence[Sequence[Cell]]) -> bool:
    """Labels that end in a colon before what was filled in."""
    labels = [cell.text or "" for row in rows for cell in row[:-1]]
    return bool(labels) and sum(text.rstrip().endswith((":", "：")) for text in labels) >= 0.5 * len(labels)


def _is_prose(grid: Grid, body: Sequence[Cell]) -> bool:
    """Whether at least two columns, or all but one, are set as prose: many words on each of many lines."""
    wordy = 0
    for col in range(grid.cols):
        texts = [cell.text or "" for cell in body if cell.col == col and cell.text]
        wordy += bool(texts) and mean(len(text.split()) for text in texts) > PROSE_WORDS
    return wordy >= 2


def chosen(readings: Sequence[Placed], words: Sequence[Word]) -> Placed:
    """The reading with the most evidence, the first of equals; a close second that differs makes it disputed.

    Where the reading taken is the one that the page's own rules draw, that is worth knowing, but no warning.
    """
    scores = [evidence(reading.grid, words).score for reading in readings]
    best = max(range(len(readings)), key=scores.__getitem__)
    taken = readings[best]
    rivals = [
        reading
        for reading, score in zip(readings, scores, strict=True)
        if scores[best] - score < CLOSE_SECOND and _shape(reading.grid) != _shape(taken.grid)
    ]
    if not rivals:
        return taken
    problem = Problem(
        code="reading-disputed",
        severity="info" if taken.grid.evidence == "ruled" else "warning",
        message=f"the table on page {taken.page} at {taken.box[1]:.0f} points from the top can be read in another way "
        f"almost as well ({rivals[0].grid.rows} x {rivals[0].grid.cols} instead of {taken.grid.rows} x "
        f"{taken.grid.cols}); compare it with the page",
        page=taken.page,
    )
    return replace(taken, grid=replace(taken.grid, problems=(*taken.grid.problems, problem)))


def _shape(grid: Grid) -> set[tuple[int, int, str]]:
    return {(cell.row, cell.col, "".join((cell.text or "").split())) for cell in grid.cells if cell.text}
