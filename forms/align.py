"""The best way to lay a run of tokens along a form: dynamic programming over labels and runs of values.

A form is read as units in order: title, header, row, row, … A token that reads like a label of a unit scores there for
as many characters as agree; a run of values belongs to the row it is read in, whether it stands before, between or
after the pieces of the row's label. Units may be passed over and tokens may belong to nothing, each at a cost, and the
form may begin and end anywhere, so that the alignment finds the form's table in whatever stands around it.

Nothing is ever counted off from the start: a lost label, row or value costs its own unit and moves no other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import accumulate, groupby
from operator import sub

from .labels import REMEMBERED
from .tokens import Token
from .units import SINGLE, Unit, chains

NOISE = -1.5
"""What a text costs that is no label of the form; long ones cost more."""
STRAY_VALUES = -4.0
"""What values cost that are no row's, and twice that between a row's label and its values: there they are its own."""
FITS = 3.0
MISFIT = 0.5
"""What values gain that are too many or too few: they are the row's for all that."""
UNLABELLED = -0.5
"""What values cost that no label was read for: less than a row that the form doesn't have."""
EXTRA_ROW = -2.0
NAMED = 4.0
"""A text that fits another unit so well costs as much between a row's label and values: they would be that one's."""
ENDS = 0.1
"""The share of the usual cost at which units before the first and after the last are passed over."""

_NEVER = float("-inf")


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One label, or a run of values and blanks between two labels. ``filled`` is how many values it has."""

    tokens: tuple[Token, ...]
    is_label: bool
    filled: int = 0


def events_of(tokens: Sequence[Token]) -> list[Event]:
    """Tokens as the alignment reads them."""
    events: list[Event] = []
    for is_label, run in groupby(tokens, key=lambda token: token.kind == "label"):
        if is_label:
            events += [Event(tokens=(token,), is_label=True) for token in run]
        else:
            group = tuple(run)
            filled = sum(token.kind == "value" for token in group)
            events.append(Event(tokens=group, is_label=False, filled=filled))
    return events


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Where one event went. ``unit`` is an index, ``rows`` are the units its values fill, none if
    they are stray or an extra row.

    ``fits`` is how many characters of the unit's labels a label names, 0 for one the form doesn't know.
    """

    event: Event
    unit: int
    rows: tuple[int, ...] = ()
    extra: bool = False
    fits: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Alignment:
    """The steps of the best alignment, from event ``start`` to before ``stop``."""

    score: float
    start: int
    stop: int
    steps: tuple[Step, ...]


_Move = tuple[int, int, int]
"""Unit and state (0 before, 1 after its values) an event comes from, and how many rows it fills; unit -1: the start."""
_START: _Move = (-1, 0, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Course:
    """What the units of a form ask of every alignment, by their index; worked out once, for it is asked at each event.

    ``passed`` is what passing over all units before one costs, ``starts`` the score of beginning at a unit, ``ends``
    the cost of ending at one. ``rows`` are ``(index, slots, has labels, chain)`` of the units that hold values.
    """

    passed: tuple[float, ...]
    starts: tuple[float, ...]
    ends: tuple[float, ...]
    unfilled: tuple[float, ...]
    rows: tuple[tuple[int, int, bool, tuple[int, ...]], ...]
    stays: tuple[tuple[_Move, ...], tuple[_Move, ...]]


@cache
def _course(units: tuple[Unit, ...]) -> _Course:
    passed = (0.0, *accumulate(unit.loss for unit in units))
    return _Course(
        passed=passed,
        starts=tuple(-ENDS * cost for cost in passed[:-1]),
        ends=tuple(ENDS * (passed[-1] - cost) for cost in passed[1:]),
        unfilled=tuple(unit.unfilled for unit in units),
        rows=tuple(
            (index, unit.slots, bool(unit.way), chain)
            for index, (unit, chain) in enumerate(zip(units, chains(units), strict=True))
            if unit.slots
        ),
        stays=(tuple((at, 0, 0) for at in range(len(units))), tuple((at, 1, 0) for at in range(len(units)))),
    )


def align(units: tuple[Unit, ...], events: Sequence[Event]) -> Alignment | None:
    """The best alignment, or None where nothing in ``events`` is like the form."""
    course = _course(units)
    before = [_NEVER] * len(units)
    after = [_NEVER] * len(units)
    moves: list[list[Sequence[_Move]]] = []
    fits: list[tuple[float, ...]] = []
    best, end = 0.0, (-1, -1, -1)
    for at, event in enumerate(events):
        came, from_before = _entered(course, before, after)
        if event.is_label:
            scores = _label_scores(units, event.tokens[0].folded)
            before, after, move = _take_label(units, event, scores, came, after, from_before)
        else:
            scores = ()
            before, after, move = _take_values(course, event, came, after, from_before)
        fits.append(scores)
        moves.append(move)
        if max(max(map(sub, before, course.ends)), max(map(sub, after, course.ends))) > best:
            for index, cost in enumerate(course.ends):
                for state, scored in ((0, before[index]), (1, after[index])):
                    if scored - cost > best:
                        best, end = scored - cost, (at, index, state)
    return _traced(units, events, moves, fits, best, end) if best > 0 else None


def _entered(course: _Course, before: Sequence[float], after: Sequence[float]) -> tuple[list[float], list[_Move]]:
    """Scores with the next event not read yet: staying in a unit, coming from an earlier one, or starting here."""
    came: list[float] = []
    moves: list[_Move] = []
    running, source = _NEVER, _START
    columns = zip(before, after, course.starts, course.passed, course.unfilled, course.passed[1:], strict=False)
    for index, (stay, done, start, cost, unfilled, beyond) in enumerate(columns):
        enter = running - cost
        if stay >= enter and stay >= start:
            came.append(stay)
            moves.append(course.stays[0][index])
        elif enter >= start:
            came.append(enter)
            moves.append(source)
        else:
            came.append(start)
            moves.append(_START)
        left = stay - unfilled
        leaving = (done if done >= left else left) + beyond
        if leaving > running:
            running, source = leaving, course.stays[done >= left][index]
    return came, moves


def _take_label(
    units: tuple[Unit, ...],
    event: Event,
    scores: Sequence[float],
    came_before: Sequence[float],
    came_after: Sequence[float],
    from_before: Sequence[_Move],
) -> tuple[list[float], list[float], list[Sequence[_Move]]]:
    """A text read in each unit, as one of its labels or as noise; noise begins no unit."""
    token = event.tokens[0]
    noise = NOISE - min(len(token.text or "") / 15, 4.0)
    before = [
        old + (score or noise) if source[0] == index else old + score - SINGLE if score else _NEVER
        for index, (old, score, source) in enumerate(zip(came_before, scores, from_before, strict=True))
    ]
    elsewhere = max(scores)
    if elsewhere >= NAMED:
        for index, unit in enumerate(units):
            if unit.way and not scores[index]:
                before[index] -= elsewhere
    trailing = _label_scores(units, token.folded, trailing=True)
    after = [old + (score or noise) for old, score in zip(came_after, trailing, strict=True)]
    return before, after, [from_before, _course(units).stays[1]]


@lru_cache(maxsize=REMEMBERED)
def _label_scores(units: tuple[Unit, ...], text: str, *, trailing: bool = False) -> tuple[float, ...]:
    if not text:
        return (0.0,) * len(units)
    return tuple(unit.trailing_score(text) if trailing else unit.score(text) for unit in units)


def _take_values(
    course: _Course,
    event: Event,
    came_before: Sequence[float],
    came_after: Sequence[float],
    from_before: Sequence[_Move],
) -> tuple[list[float], list[float], list[Sequence[_Move]]]:
    """A run of values read in each unit: as its values, with those of the rows after it, as an extra row, or stray."""
    stray = STRAY_VALUES if event.filled else 0.0
    before = [score + stray for score in came_before]
    after = [score + stray for score in came_after]
    stayed = list(course.stays[1])
    if event.filled:
        for index, slots, _, _ in course.rows:
            after[index] = came_after[index] + (EXTRA_ROW if event.filled == slots else STRAY_VALUES - 1.0)
    for index, slots, labelled, chain in course.rows:
        unlabelled = labelled and from_before[index][0] != index
        before[index] += 0.0 if unlabelled else stray
        if unlabelled and not event.filled:
            continue  # blanks under no label are padding
        for rows, last in enumerate(chain, 1):
            if rows > 1 and event.filled != rows * slots:
                continue
            fit = _fit(slots, rows, event)
            gain = came_before[index] + (min(fit, UNLABELLED) if unlabelled else fit)
            if gain > after[last]:
                after[last] = gain
                stayed[last] = (index, 0, rows)
    return before, after, [from_before, stayed]


def _fit(slots: int, rows: int, event: Event) -> float:
    """What a run of values gains as those of ``rows`` rows, the first of which alone has its label."""
    if rows > 1:
        return 0.5 * rows if event.filled == rows * slots else _NEVER
    if not event.filled:
        return 0.3 if len(event.tokens) >= slots else _NEVER
    if event.filled == slots:
        return FITS
    return MISFIT if event.filled <= 2 * slots + 2 else -1.0


def _traced(
    units: tuple[Unit, ...],
    events: Sequence[Event],
    moves: Sequence[Sequence[Sequence[_Move]]],
    fits: Sequence[Sequence[float]],
    score: float,
    end: tuple[int, int, int],
) -> Alignment:
    at, unit, state = end
    stop = at + 1
    steps: list[Step] = []
    while unit != -1:
        source, source_state, rows = moves[at][state][unit]
        event = events[at]
        extra = not event.is_label and event.filled > 0 and state == 1 and rows == 0
        filled = chains(units)[source][:rows] if rows else ()
        steps.append(Step(event=event, unit=unit, rows=filled, extra=extra, fits=fits[at][unit] if fits[at] else 0.0))
        if rows:
            # The values were read in the first of their rows; where that row was come from is told with its state 0.
            source, source_state, _ = moves[at][0][source]
        at, unit, state = at - 1, source, source_state
    return Alignment(score=score, start=at + 1, stop=stop, steps=tuple(reversed(steps)))
