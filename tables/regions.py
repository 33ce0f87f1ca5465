"""Where on a page tables without full rules may stand: between level rules of one width, or where lines keep gaps.

Nothing here decides that a region *is* a table: that is for the judge.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from statistics import median

from ..document import Box
from ..marks import Marks, Rule, Word, union
from .aligned import Region
from .columns import columns
from .words import Phrase, is_figure, lines, phrases

SAME_END = 6.0
"""Level rules whose ends differ by no more than this, in points, belong to one table."""
NARROWEST = 80.0
"""No table with rules is narrower, in points: shorter rules are underlines."""
WIDE = 0.6
"""A text that fills this share of a region's width alone on its line is prose or a title."""
EMPTY = 1.5
"""Rules further apart than so many line heights with nothing between them belong to no one table."""
APART = 2.2
"""Lines further apart than this share of the line height belong to different tables."""


@dataclass(frozen=True, kw_only=True)
class TextLine:
    """One line of a page as phrases."""

    phrases: tuple[Phrase, ...]
    box: Box

    @property
    def height(self) -> float:
        return self.box[3] - self.box[1]


def text_lines(words: Iterable[Word]) -> list[TextLine]:
    """The lines of a page or of a part of it, from top to bottom."""
    found = []
    for line in lines(list(words)):
        parts = tuple(phrases(line))
        found.append(TextLine(phrases=parts, box=union([part.box for part in parts])))
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class _Bar:
    """All level rules of one height taken together."""

    at: float
    start: float
    end: float


def half_ruled(marks: Marks, words: Sequence[Word], rules: Sequence[Rule]) -> list[Region]:
    """Stretches between level rules of one width that hold columns, topmost first.

    A stretch ends where prose stands between two rules. Where only the headings lie between rules, the lines below that
    keep to their columns belong to it as well, and so do headings that stand on the topmost rule.
    """
    found = []
    for bars in _chains(_bars(rules)):
        start, end = min(bar.start for bar in bars), max(bar.end for bar in bars)
        inside = [word for word in words if start - 3 <= word.middle[0] <= end + 3]
        page_lines = text_lines(inside)
        for top, bottom in _stretches(bars, page_lines, end - start):
            parts = _by_headings(_grown(page_lines, top, bottom))
            for part in parts:
                box = (start, top, end, bottom) if len(parts) == 1 else union([line.box for line in part])
                found.append(_region(marks, part, rules, box))
    return sorted(found, key=lambda region: region.box[1])


def around(marks: Marks, words: Sequence[Word], rules: Sequence[Rule], box: Box) -> Region:
    """What stands in ``box`` and on the lines above and below that keep to its columns."""
    left, top, right, bottom = box
    inside = [word for word in words if left - 3 <= word.middle[0] <= right + 3]
    return _region(marks, _grown(text_lines(inside), top, bottom), rules, box)


def _bars(rules: Sequence[Rule]) -> list[_Bar]:
    level = sorted((rule for rule in rules if rule.direction == "horizontal"), key=lambda rule: rule.at)
    bars = []
    for at, group in groupby(level, key=lambda rule: rule.at):
        pieces = list(group)
        start, end = min(rule.start for rule in pieces), max(rule.end for rule in pieces)
        covered = sum(rule.end - rule.start for rule in pieces)
        if end - start >= NARROWEST and covered >= 0.5 * (end - start):
            bars.append(_Bar(at=at, start=start, end=end))
    return bars


def _chains(bars: Sequence[_Bar]) -> list[list[_Bar]]:
    """Bars of one width, from top to bottom; each chain has at least two."""
    chains: list[list[_Bar]] = []
    for bar in bars:
        for chain in chains:
            if abs(chain[-1].start - bar.start) <= SAME_END and abs(chain[-1].end - bar.end) <= SAME_END:
                chain.append(bar)
                break
        else:
            chains.append([bar])
    return [chain for chain in chains if len(chain) > 1]


def _stretches(bars: Sequence[_Bar], page_lines: Sequence[TextLine], width: float) -> list[tuple[float, float]]:
    """From which bar to which columns go on, as heights. An empty stretch ends them: the lines of a grid in a chart."""
    found: list[tuple[float, float]] = []
    start: float | None = None
    tabular = False
    line_height = median(line.height for line in page_lines) if page_lines else 0.0
    for upper, lower in pairwise(bars):
        between = [line for line in page_lines if upper.at - 2 <= line.box[1] and line.box[3] <= lower.at + 2]
        kind = _kind(between, width)
        if kind == "prose" or (not between and lower.at - upper.at > EMPTY * line_height):
            if start is not None and tabular:
                found.append((start, upper.at))
            start, tabular = None, False
            continue
        start = upper.at if start is None else start
        tabular = tabular or kind == "columns"
    if start is not None and tabular:
        found.append((start, bars[-1].at))
    return found


def _kind(between: Sequence[TextLine], width: float) -> str:
    """What stands between two bars: ``columns``, ``prose``, or ``little``: at most a line, which says nothing."""
    several = sum(len(line.phrases) > 1 for line in between)
    wide = sum(len(line.phrases) == 1 and line.box[2] - line.box[0] >= WIDE * width for line in between)
    if several > wide:
        return "columns"
    return "little" if len(between) <= 1 else "prose"


def _grown(page_lines: Sequence[TextLine], top: float, bottom: float) -> list[TextLine]:
    """The lines between two heights, and those above and below that keep to their columns."""
    chosen = [line for line in page_lines if top - 2 <= (line.box[1] + line.box[3]) / 2 <= bottom + 2]
    if not chosen:
        return []
    first, last = page_lines.index(chosen[0]), page_lines.index(chosen[-1])
    above, below = list(page_lines[:first]), list(page_lines[last + 1 :])
    while below and _follows(chosen, chosen[-1], below[0]):
        chosen = [*chosen, below.pop(0)]
    while above and _follows(chosen, above[-1], chosen[0]):
        new = above.pop()
        chosen = [new, *chosen]
    return chosen


def _follows(chosen: Sequence[TextLine], upper: TextLine, lower: TextLine) -> bool:
    """Whether the new one of two lines is near and keeps to the columns of ``chosen``."""
    new = lower if upper in chosen else upper
    if len(new.phrases) < 2 or lower.box[1] - upper.box[3] > APART * new.height:
        return False
    found = columns([line.phrases for line in chosen])
    if len(found) < 2:
        return True
    places = [
        [col for col, column in enumerate(found) if column.left < phrase.right and phrase.left < column.right]
        for phrase in new.phrases
    ]
    return all(len(cols) == 1 for cols in places) and len({cols[0] for cols in places}) == len(places)


def _region(marks: Marks, chosen: Sequence[TextLine], rules: Sequence[Rule], box: Box) -> Region:
    words = tuple(word for line in chosen for phrase in line.phrases for word in phrase.words)
    left, top, right, bottom = union([box, *(line.box for line in chosen)])
    near = tuple(
        rule
        for rule in rules
        if (
            rule.direction == "horizontal"
            and top - 2 <= rule.at <= bottom + 2
            and rule.end > left
            and rule.start < right
        )
        or (rule.direction == "vertical" and left <= rule.at <= right and rule.end > top and rule.start < bottom)
    )
    return Region(page=marks.page, box=(left, top, right, bottom), words=words, rules=near)


def unruled(marks: Marks, words: Sequence[Word], rules: Sequence[Rule]) -> list[Region]:
    """Runs of lines that show gaps, topmost first; a title among them, alone on its line and short, parts nothing.

    Where lines of words follow figures in the columns of these, the headings of another table begin.
    """
    runs: list[list[TextLine]] = []
    run: list[TextLine] = []
    loose: list[TextLine] = []
    for line in text_lines(words):
        last = (loose or run or [line])[-1]
        near = line.box[1] - last.box[3] <= APART * max(line.height, last.height)
        if len(line.phrases) > 1 and (near or not run):
            run += [*loose, line] if run else [line]
            loose = []
        elif run and near and len(loose) < 2 and line.box[2] - line.box[0] < WIDE * _width(run):
            loose.append(line)
        else:
            runs.append(run)
            run, loose = ([line] if len(line.phrases) > 1 else []), []
    parts = [part for each in (*runs, run) for part in _by_headings(each)]
    return [
        _region(marks, trimmed, rules, union([line.box for line in trimmed]))
        for trimmed in map(_trimmed, parts)
        if len(trimmed) > 1
    ]


def _by_headings(run: Sequence[TextLine]) -> list[list[TextLine]]:
    """A run cut where a line of words stands below figures in at least two of their columns."""
    parts: list[list[TextLine]] = [[]]
    figured: list[list[Phrase]] = []  # the figures of the last lines that hold some
    for line in run:
        figures = [phrase for phrase in line.phrases[1:] if is_figure(phrase.text)]
        if figures:
            figured = [*figured[-2:], figures]
        elif sum(map(len, figured)) > 2 and _words_over(line, figured, run[0].box[0]) > 1:
            parts.append([])
            figured = []
        parts[-1].append(line)
    return [part for part in parts if len(part) > 1]


def _words_over(line: TextLine, figured: Sequence[Sequence[Phrase]], margin: float) -> int:
    """How many phrases of a line stand in the place of figures; what begins at the margin is a label."""
    return sum(
        phrase.left > margin
        and any(phrase.left < figure.right and figure.left < phrase.right for figures in figured for figure in figures)
        for phrase in line.phrases
    )


def _trimmed(part: Sequence[TextLine]) -> list[TextLine]:
    """The lines from the first to the last that has several phrases: titles above and notes below stand alone."""
    several = [place for place, line in enumerate(part) if len(line.phrases) > 1]
    return list(part[several[0] : several[-1] + 1]) if several else []


def _width(run: Sequence[TextLine]) -> float:
    left, _, right, _ = union([line.box for line in run])
    return right - left
