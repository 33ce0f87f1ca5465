"""The body of rows that list their cells: which labels begin in a row, and which go on beside it from above."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from ..document import Cell
from .flat_draft import TOTALS
from .flat_outline import mark_of
from .headers import kind_of

MISFIT = 1.0
"""What a row may look wrong by before its values count as doubtful."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Widths:
    """Columns that hold labels and columns that hold values, and of these which hold words."""

    labels: int
    values: int
    wordy: frozenset[int]

    @property
    def all(self) -> int:
        return self.labels + self.values


@dataclass(slots=True, kw_only=True)
class Names:
    """Body rows put together from the top: the labels that hold now, and where each kind of outline number stands."""

    widths: Widths
    marked: bool
    levels: dict[str, int]
    """For each kind of outline number the label column it stands in, as far as seen."""
    cells: list[Cell] = field(default_factory=list)
    cost: float = 0.0
    stack: list[int] = field(default_factory=list)
    """For each label column the index of the cell that covers it."""
    children: Counter[int] = field(default_factory=Counter)
    unsure: bool = False
    """Whether a label since the last full row was placed by what is usual: those after it hang on that."""
    broken: bool = False

    def add(self, row: int, texts: Sequence[str], *, odd: bool) -> None:
        """One more row of the table. ``odd``: it lacks a cell, not even a blank stands for it, or has one too many.

        What goes on beside later rows from above an odd row may have ended in it: only a row that begins anew is sure.
        """
        count, misfit, torn = self._label_count(texts)
        labels, values = list(texts[:count]), [*texts[count:], *([""] * self.widths.values)][: self.widths.values]
        lost = texts[count + self.widths.values :]
        if lost:
            values[-1] = " ".join(text for text in (values[-1], *lost) if text)
        self.cost += misfit + len(lost)
        ill = odd or torn or misfit >= MISFIT
        anew = bool(labels and labels[0]) and (self.marked or count == self.widths.labels)
        self.broken = ill or (self.broken and not anew)
        doubtful = self._lay_marked(row, labels) if self.marked else self._lay(row, labels)
        inherited = any(self.cells[at].doubtful for at in self.stack)
        self.cells += [
            Cell(row=row, col=self.widths.labels + col, text=text, doubtful=doubtful or inherited or self.broken)
            for col, text in enumerate(values)
        ]

    def _label_count(self, texts: Sequence[str]) -> tuple[int, float, bool]:
        """How many labels the row begins with, how ill that fits, and whether another number fits as well."""
        widths = self.widths
        if not widths.labels:
            return 0, self._misfit(texts, 0), len(texts) != widths.values
        counts = range(max(1, len(texts) - widths.values), widths.labels + 1) or range(widths.labels, widths.labels + 1)
        fits = sorted((self._misfit(texts, count), count) for count in counts)
        return fits[0][1], fits[0][0], len(fits) > 1 and fits[1][0] - fits[0][0] < 0.5

    def _misfit(self, texts: Sequence[str], count: int) -> float:
        values = texts[count : count + self.widths.values]
        cost = 0.0
        for col, text in enumerate(values):
            what = kind_of(text)
            cost += (what == "word") * 2 if col not in self.widths.wordy else (what == "value") * 1
        named = [kind_of(text) for text in texts[:count]]
        cost += 1.5 * named.count("value") + (0 if self.marked else 1.5 * named.count("blank"))
        cost += (1.0 if self.marked else 0.9) * (self.widths.values - len(values))
        return cost + 2 * max(len(texts) - count - self.widths.values, 0)

    def _lay(self, row: int, labels: Sequence[str]) -> bool:
        """Labels of a row that names only what begins in it; whether they may as well stand elsewhere."""
        start, doubtful = self._start(labels)
        self.unsure = doubtful or (self.unsure and start > 0)
        for col in range(start):
            self._reach(self.stack[col], row)
        if start:
            self.children[self.stack[start - 1]] += 1
        self.stack = self.stack[:start]
        for at, text in enumerate(labels):
            last = at == len(labels) - 1
            self._begin(row, start + at, self.widths.labels - start - at if last else 1, text, doubtful=doubtful)
            mark = mark_of(text)[0]
            if mark and not doubtful:
                self.levels.setdefault(mark, start + at)
        return doubtful

    def _start(self, labels: Sequence[str]) -> tuple[int, bool]:
        """The column of the first label that begins in a row, and whether that is a guess."""
        if not labels:
            return len(self.stack), True
        slack = min(self.widths.labels - len(labels), len(self.stack) - 1)
        if slack <= 0:
            return 0, False
        free = [col for col in range(slack + 1) if col == 0 or self.stack[col] != self.stack[col - 1]]
        if len(free) == 1:
            return free[0], self.unsure
        mark, number = mark_of(labels[0])
        if mark in self.levels and self.levels[mark] in free:
            return self.levels[mark], False
        if mark and number == 1:
            inner = [col for col in free if col > max(self.levels.values(), default=-1)]
            if len(inner) == 1:
                return inner[0], False
        if TOTALS.match(labels[0]):
            return 0, True
        innermost = free[-1]
        lonely = self.children[self.stack[innermost - 1]] < 2
        return innermost, self.unsure or bool(self.levels) or not lonely or len(free) > 2

    def _lay_marked(self, row: int, labels: Sequence[str]) -> bool:
        """Labels of a row that holds a blank for each label that goes on beside it; whether a blank goes on nothing."""
        col, doubtful = 0, False
        stack: list[int] = []
        words = sum(map(bool, labels))
        for at, text in enumerate(labels):
            up = self.stack[col] if col < len(self.stack) else None
            if not text and up is not None and self.cells[up].col == col and not any(labels[:at]):
                self._reach(up, row)
                span = self.cells[up].col_span
                stack += [up] * span
                col += span
                continue
            left = len(labels) - at - 1
            span = self.widths.labels - col - left if left == 0 or words == 1 else 1
            doubtful |= not text
            self.stack = stack
            self._begin(row, col, max(span, 1), text, doubtful=not text)
            stack = self.stack
            col += max(span, 1)
        self.stack = stack
        doubtful |= words == 0 < len(labels)
        if col < self.widths.labels:
            self._begin(row, col, self.widths.labels - col, "", doubtful=True)
            doubtful = True
        return doubtful

    def _begin(self, row: int, col: int, span: int, text: str, *, doubtful: bool) -> None:
        self.stack = [*self.stack, *([len(self.cells)] * span)]
        self.children[len(self.cells)] = 1
        self.cells.append(Cell(row=row, col=col, col_span=span, text=text, doubtful=doubtful))

    def _reach(self, at: int, row: int) -> None:
        self.cells[at] = replace(self.cells[at], row_span=row - self.cells[at].row + 1)
