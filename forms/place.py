"""Which value of a row stands in which of its places, and when that can't be told.

What decides, in this order:

1. As many values as the row has places: they follow each other, whatever blanks stand around them.
2. A value printed once for each column its place spans, as converters repeat merged cells.
3. Blanks that are values. Rows with all their values show the habit of the table: whether places are fixed columns, or
   follow the label at once. A row is read by that habit only where it is as wide as those rows are.
4. Anything else is not guessed: the values stand in order, the rest is lost, and all of the row is doubtful.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from .tokens import Token

MANY = 8
"""A single full row shows no habit of so many rows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """The values and blanks read for one row. ``labels`` is how many labels stood before them since the last run,
    ``lead`` how many columns more than one the form's last label spans.

    ``in_grid``: the tokens are cells of a grid, whose columns can be relied on.
    """

    entries: tuple[Token, ...]
    slots: int
    spans: tuple[int, ...]
    labels: int
    lead: int
    in_grid: bool

    @property
    def values(self) -> tuple[Token, ...]:
        return tuple(token for token in self.entries if token.kind == "value")

    @property
    def own(self) -> tuple[Token, ...]:
        """The entries without the blanks of the next row, which follow where this row ends."""
        kept: list[Token] = []
        for token in self.entries:
            ends = bool(kept) and _ends_row(kept[-1], token)
            if ends and not any(later.kind == "value" and later.row >= token.row for later in self.entries):
                break
            kept.append(token)
        return tuple(kept)

    @property
    def leading(self) -> int:
        """How many blanks stand before the first value."""
        return next((at for at, token in enumerate(self.own) if token.kind == "value"), 0)

    @property
    def width(self) -> int:
        """How many fields the row has: those of its line, or its labels and entries where each is a line."""
        own = self.own
        if not own:
            return 0
        return self.labels + len(own) if own[0].alone else own[-1].field + 1


def _ends_row(token: Token, after: Token) -> bool:
    return after.row - token.row > 1 if token.alone and after.alone else after.row != token.row


@dataclass(frozen=True, slots=True, kw_only=True)
class Habit:
    """What the full rows of a table have in common.

    ``fields`` are the columns of their values where those are fixed. Else the values follow the label ``at_once``, or
    after the blanks that its further columns leave (``spans_kept``). Where rows are ``padded`` to some width, blanks
    follow the values. ``repeats``: merged values stand in each of their columns.
    """

    widths: frozenset[int]
    fields: tuple[int, ...] | None
    at_once: bool
    spans_kept: bool
    padded: bool
    repeats: bool


def habit_of(runs: Sequence[Run], headed: tuple[int, ...] | None) -> Habit:
    """The habit that the full ones of ``runs`` show, or all of them where none is full.

    All must have the same number of places. Rows that are all short by one may have lost a column as well as have left
    it blank, so that they show no habit but that of columns which are all there. They are if the labels of the columns
    stand in the fields ``headed`` and the rows reach to the last of these.
    """
    full = [run for run in runs if len(run.values) == run.slots]
    full = full if len(full) > 1 or len(runs) < MANY else []  # one may be full by what it got of another
    shown = full or [run for run in runs if run.values]
    blank = not shown
    widths = Counter(run.width for run in shown)
    reached = headed is not None and 2 * widths[headed[-1] + 1] >= len(shown)
    telling = [run for run in shown if run.lead] or shown
    return Habit(
        widths=frozenset(width for width, count in widths.items() if 2 * count >= len(shown)),
        fields=headed if reached and not full else _fields(shown),
        at_once=_mostly([run.leading == 0 for run in telling]) and bool(full or blank),
        spans_kept=_mostly([run.leading == run.lead for run in telling]) and bool(full or blank),
        padded=any(len(run.own) > run.leading + run.slots for run in shown),
        repeats=any(sum(run.spans) > run.slots and _once_each(run.values, run.spans) for run in runs),
    )


def _mostly(answers: Sequence[bool]) -> bool:
    return sum(answers) >= 0.8 * len(answers) > 0


def _fields(runs: Sequence[Run]) -> tuple[int, ...] | None:
    """The columns that the values of nearly all rows stand in, if they stand in columns at all."""
    if not runs or any(run.entries[0].alone for run in runs):
        return None
    slots = runs[0].slots
    places = Counter(tuple(token.field for token in run.values) for run in runs if len(run.values) == slots)
    if places:
        (fields, count) = places.most_common(1)[0]
        return (
            fields if count >= 0.9 * places.total() and all(left < right for left, right in pairwise(fields)) else None
        )
    if not runs[0].in_grid:
        return None
    met = [token.field for run in runs for token in run.values]
    return tuple(range(min(met), max(met) + 1)) if max(met) - min(met) + 1 == slots else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A token a place: a value, a blank that is one, or None where the value was lost.

    ``rest`` are values for which there was no place. ``doubt`` says why the row can't be relied on, if it can't.
    """

    places: tuple[Token | None, ...]
    rest: tuple[Token, ...] = ()
    doubt: str | None = None


def place(run: Run, habit: Habit) -> Placed:
    """The values of one row in their places."""
    values, slots = run.values, run.slots
    if len(values) == slots:
        short = habit.repeats and sum(run.spans) > slots
        return Placed(
            places=values, doubt="merged values stand once in it, elsewhere in each column" if short else None
        )
    repeated = _once_each(values, run.spans)
    if repeated is not None:
        return Placed(places=repeated)
    if len(values) < slots:
        blanks = _with_blanks(run, habit)
        if blanks is not None:
            return Placed(places=blanks)
    found = f"{len(values)} values were found for {slots} places"
    lost = (None,) * max(slots - len(values), 0)
    return Placed(places=(*values[:slots], *lost), rest=values[slots:], doubt=found)


def place_under(run: Run, fields: Mapping[int, int]) -> Placed:
    """The values of a row of a grid by the columns of their labels: ``fields`` are those of each place, where known."""
    by_field = {token.field: token for token in run.own}
    places = tuple(by_field.get(fields[at]) if at in fields else None for at in range(run.slots))
    rest = tuple(token for token in run.values if token not in places)
    return Placed(places=places, rest=rest, doubt="values stand under no label of the form" if rest else None)


def _once_each(values: Sequence[Token], spans: Sequence[int]) -> tuple[Token, ...] | None:
    """One value a place, where each is printed once for each column that its place spans."""
    if len(values) != sum(spans):
        return None
    places: list[Token] = []
    start = 0
    for span in spans:
        copies = values[start : start + span]
        if len({token.text for token in copies}) != 1:
            return None
        places.append(copies[0])
        start += span
    return tuple(places)


def _with_blanks(run: Run, habit: Habit) -> tuple[Token, ...] | None:
    own, slots = run.own, run.slots
    if len({token.alone for token in own}) > 1:
        return None  # cells of a line and lines that are cells: something ran together
    told_by_label = habit.at_once or habit.spans_kept
    if habit.fields is not None and (run.in_grid or (run.width in habit.widths and not told_by_label)):
        by_field = {token.field: token for token in own}
        places = [by_field[field] for field in habit.fields if field in by_field]
        if len(places) == slots and sum(token.kind == "value" for token in places) == len(run.values):
            return tuple(places)
        return None
    if run.in_grid and len(own) == slots:
        return own
    if not told_by_label:
        return None
    start = 0 if habit.at_once else run.lead
    stop = start + slots
    as_wide = run.width in habit.widths if habit.padded else len(own) == stop
    around = (*own[:start], *own[stop:])
    fits = as_wide and len(own) >= stop and all(token.kind == "blank" for token in around)
    return own[start:stop] if fits else None
