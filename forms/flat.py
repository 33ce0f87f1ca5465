"""Known forms found in lines of text from which all spans are gone."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..document import Problem
from .align import Alignment, Event, align, events_of
from .fill import filled
from .filled import Filled
from .layout import Drawing, drawing_of
from .model import Form, known_labels
from .recognise import forms_with_units
from .tokens import tokens_of_lines
from .units import Unit

GAP = 60
"""So many labels and runs of values that are no part of a form end the search for more of it."""
MARGIN = 30
"""How far before the first and after the last known label the pieces of broken ones are looked for."""
LONGEST = 700
"""More events than any form's table has, however its labels are broken; what is longer is searched part by part."""
LEAST_LABELS = 3
MARKS = '|｜│┃,"* \t\u3000'


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
        if all(one.stop <= other.start or other.stop <= one.start for other in kept):
            kept.append(one)
    return [_flat_form(one, events, lines) for one in sorted(kept, key=lambda one: one.start)]


def _windows(hits: Sequence[int], events: Sequence[Event]) -> Iterator[tuple[int, int]]:
    """Where enough labels of a form stand close together, from event to event; long stretches in overlapping parts."""
    start = 0
    for at in range(1, len(hits) + 1):
        if at < len(hits) and hits[at] - hits[at - 1] <= GAP:
            continue
        first, last = max(hits[start] - MARGIN, 0), min(hits[at - 1] + 1 + MARGIN, len(events))
        if at - start >= LEAST_LABELS:
            for part in range(first, max(last - LONGEST // 2, first + 1), LONGEST // 2):
                yield part, min(part + LONGEST, last)
        start = at


def _search(form: Form, units: tuple[Unit, ...], events: Sequence[Event]) -> list[_Found]:
    """All tables of one form, none overlapping another of it."""
    known = form.folded_labels
    hits = [at for at, event in enumerate(events) if event.is_label and event.tokens[0].folded in known]
    found: list[_Found] = []
    done = 0
    for start, stop in _windows(hits, events):
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
            found.append(_Found(alignment=alignment, filled=result, start=first, stop=last))
            done = max(done, last)
            left += [(low, first), (last, high)]
    return found


def _flat_form(one: _Found, events: Sequence[Event], lines: Sequence[str]) -> FlatForm:
    first = events[one.start].tokens[0]
    last = events[one.stop - 1].tokens[-1]
    # What marks cells at either end of a line belongs to the table.
    start = first.start if lines[first.row][: first.start].strip(MARKS) else 0
    stop = last.end if lines[last.row][last.end :].strip(MARKS) else len(lines[last.row])
    drawing = drawing_of(one.filled)
    return FlatForm(
        start=(first.row, start),
        stop=(last.row, stop),
        filled=one.filled,
        drawing=drawing,
        problems=tuple(_problems(one.filled, drawing)),
        strays=tuple(token.text for token in one.filled.strays if token.text),
    )


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
