"""Known forms found in lines of text from which all spans are gone."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..document import Problem
from .align import Alignment, Event, align, events_of
from .cut import PIPES
from .fill import filled
from .filled import Filled
from .layout import Drawing, drawing_of
from .model import Form, known_labels
from .page import is_drawn
from .recognise import forms_with_units
from .tokens import tokens_of_lines
from .units import Unit

GAP = 150
"""So many labels and runs of values that are no part of a form end the search for more of it."""
MARGIN = 80
"""How far before the first and after the last known label the pieces of broken ones are looked for."""
LONGEST = 1200
"""Twice the events that any form's table has, however its labels are broken; longer stretches are searched in parts."""
LEAST_LABELS = 3
MARKS = f"{PIPES},，;；、[]{{}}\"'* \t\u3000"


@dataclass(frozen=True, slots=True, kw_only=True)
class FlatForm:
    """A form's table found in lines. It reaches from ``start`` to before ``stop``, each ``(line, offset)``.

    ``strays`` are texts inside that belong to no cell of the ``drawing``.
    """

    start: tuple[int, int]
    stop: tuple[int, int]
    filled: Filled
    drawing: Drawing
    problems: tuple[Problem, ...]
    strays: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    alignment: Alignment
    filled: Filled
    start: int
    stop: int


def find_forms(lines: Sequence[str]) -> list[FlatForm]:
    """The tables of known forms in ``lines``, in order. They never overlap."""
    events = events_of(tokens_of_lines(lines, known_labels()))
    found: list[_Found] = []
    for form, units in forms_with_units():
        found += _search(form, units, events)
    kept: list[_Found] = []
    for one in sorted(found, key=lambda one: -one.alignment.score):
        place = bisect_left(kept, one.stop, key=lambda other: other.start)
        if not place or kept[place - 1].stop <= one.start:
            kept.insert(place, one)
    return [_flat_form(one, events, lines) for one in kept]


def _windows(hits: Sequence[int], events: Sequence[Event]) -> Iterator[tuple[int, int, bool]]:
    """Where enough labels of a form stand close together, from event to event; long stretches in overlapping parts.

    The last says whether the stretch goes on behind the part.
    """
    start = 0
    for at in range(1, len(hits) + 1):
        if at < len(hits) and hits[at] - hits[at - 1] <= GAP:
            continue
        first, last = max(hits[start] - MARGIN, 0), min(hits[at - 1] + 1 + MARGIN, len(events))
        if at - start >= LEAST_LABELS:
            for part in range(first, max(last - LONGEST // 2, first + 1), LONGEST // 2):
                yield part, min(part + LONGEST, last), part + LONGEST < last
        start = at


def _search(form: Form, units: tuple[Unit, ...], events: Sequence[Event]) -> list[_Found]:
    """All tables of one form, none overlapping another of it."""
    hits = [at for at, event in enumerate(events) if event.is_label and _spells_label(events, at, form)]
    found: list[_Found] = []
    done = 0
    for start, stop, goes_on in _windows(hits, events):
        left = [(max(start, done), stop)]
        while left:
            low, high = left.pop()
            if bisect_left(hits, high) - bisect_left(hits, low) < LEAST_LABELS:
                continue
            alignment = align(units, events[low:high])
            result = filled(form, units, alignment, in_grid=False) if alignment else None
            if alignment is None or result is None:
                continue
            first, last = low + alignment.start, low + alignment.stop
            if goes_on and last + GAP > stop:
                left.append((low, first))  # it may be cut off here; the next part has all of it
                continue
            found.append(_Found(alignment=alignment, filled=result, start=first, stop=last))
            done = max(done, last)
            left += [(low, first), (last, high)]
    return found


def _spells_label(events: Sequence[Event], start: int, form: Form) -> bool:
    """Whether a label of the form begins at an event, in one piece or in several on end."""
    text = ""
    for at in range(start, len(events)):
        event = events[at]
        text += event.tokens[0].folded
        if not event.is_label or text not in form.label_beginnings:
            return False
        if text in form.folded_labels:
            return True
    return False


def _flat_form(one: _Found, events: Sequence[Event], lines: Sequence[str]) -> FlatForm:
    first = events[one.start].tokens[0]
    last = events[one.stop - 1].tokens[-1]
    # What marks cells at either end of a line belongs to the table.
    start = first.start if lines[first.row][: first.start].strip(MARKS) else 0
    stop = last.end if lines[last.row][last.end :].strip(MARKS) else len(lines[last.row])
    drawing = drawing_of(one.filled)
    return FlatForm(
        start=_over_rules(lines, first.row, start),
        stop=_under_rules(lines, last.row, stop),
        filled=one.filled,
        drawing=drawing,
        problems=tuple(_problems(one.filled, drawing)),
        strays=tuple(token.text for token in one.filled.strays if token.text),
    )


def _over_rules(lines: Sequence[str], row: int, offset: int) -> tuple[int, int]:
    """Where a table begins whose first text stands there: the rules drawn right above it are a part of it."""
    while not offset and row and is_drawn(lines[row - 1]):
        row -= 1
    return row, offset


def _under_rules(lines: Sequence[str], row: int, offset: int) -> tuple[int, int]:
    while offset == len(lines[row]) and row + 1 < len(lines) and is_drawn(lines[row + 1]):
        row, offset = row + 1, len(lines[row + 1])
    return row, offset


def _problems(result: Filled, drawing: Drawing) -> Iterator[Problem]:
    """A problem for each row whose values may stand in the wrong place."""
    for row in result.rows:
        if row.doubt is not None:
            label = row.way[-1].label if row.way else "the row of values"
            where = f"a row after {label}" if row.extra else label
            yield Problem(
                code="row-damaged",
                severity="warning",
                message=f"{where}: {row.doubt}, so that any of its values may be wrong; compare it with the source",
                cells=drawing.values[id(row)],
            )
