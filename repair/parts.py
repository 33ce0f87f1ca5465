"""The steps of a text, told of a part of it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ..document import Repair
from .steps import undo

_ANCHORS = (re.compile(r"[0-9 \t|]+"), re.compile(r"[0-9 \t]+"))
"""What a wrong codec leaves as it is: digits, blanks and tabs always, pipes mostly."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """``text[start:stop]`` is what ``steps`` made, whose own starts count from ``start``."""

    start: int
    stop: int
    steps: tuple[Repair, ...]


def edits(steps: Sequence[Repair]) -> list[Edit]:
    """Where in a repaired text its ``steps`` did something, from left to right; no two overlap or touch.

    Takes a time that is linear in the number of steps, save that each fixer costs a pass.
    """
    found: list[Edit] = []
    for batch in _passes(steps):
        found = _merged(found, batch)
    return found


def steps_of_part(
    text: str, made: Sequence[Edit], start: int, stop: int, *, dropped_before: bool = True
) -> tuple[Repair, ...]:
    """The steps that led to ``text[start:stop]`` alone; ``made`` are the edits of all of ``text``.

    An edit that reaches out of the part gives one step: all that stood there before goes with the part it begins in,
    the others come out of nothing, so that parts laid end to end undo to what the whole undoes to. What was dropped
    right behind the part counts as its own, and with ``dropped_before`` what was dropped right before it too.
    """
    out: list[Repair] = []
    for at in range(bisect_left(made, start, key=lambda edit: edit.stop), len(made)):
        edit = made[at]
        if edit.start > stop:
            break
        if edit.stop == start and not (edit.start == start and (dropped_before or start == stop)):
            continue
        if edit.start >= start and edit.stop <= stop:
            out += moved(edit.steps, edit.start - start)
        elif edit.start < stop:
            before = undo(text[edit.start : edit.stop], edit.steps) if edit.start >= start else ""
            low, high = max(edit.start, start), min(edit.stop, stop)
            out += as_one(edit, before, low - start, text[low:high])
    return tuple(out)


def moved(steps: Sequence[Repair], by: int) -> Iterator[Repair]:
    """``steps`` for a text in which all they start at stands ``by`` characters further on."""
    return (replace(step, start=step.start + by) for step in steps)


def as_one(edit: Edit, before: str, start: int, after: str) -> Iterator[Repair]:
    """A step from ``before`` to ``after`` in place of those of ``edit``; none if they are equal."""
    if before != after:
        sure = all(step.certainty == "certain" for step in edit.steps)
        yield replace(
            edit.steps[-1],
            start=start,
            before=before,
            after=after,
            certainty="certain" if sure else "inferred",
            reversible=False,
        )


def cut_at_anchors(steps: Sequence[Repair]) -> list[Repair]:
    """``steps`` that replay to the same text, long ones cut where digits, blanks, tabs or pipes came through unchanged.

    Text garbled by a wrong codec is put right in long runs that hold many cells; cut, each cell has steps of its own.
    """
    return [part for step in steps for part in _cut(step)]


def _cut(step: Repair) -> list[Repair]:
    for anchor in _ANCHORS:
        before, after = _pieces(anchor, step.before), _pieces(anchor, step.after)
        if len(before) > 1 and before[1::2] == after[1::2]:
            parts: list[Repair] = []
            start = step.start
            for old, new in zip(before, after, strict=True):
                if old != new:
                    parts.append(replace(step, start=start, before=old, after=new))
                start += len(new)
            return parts
    return [step]


def _pieces(anchor: re.Pattern[str], text: str) -> list[str]:
    """The text cut at its anchors: what stands between them at even places, the anchors at odd ones."""
    pieces: list[str] = []
    done = 0
    for found in anchor.finditer(text):
        pieces += [text[done : found.start()], found.group()]
        done = found.end()
    return [*pieces, text[done:]]


def _passes(steps: Sequence[Repair]) -> Iterator[list[Repair]]:
    """Runs of steps that go over the text from left to right."""
    run: list[Repair] = []
    for step in steps:
        if run and step.start < run[-1].start + len(run[-1].after):
            yield run
            run = []
        run.append(step)
    if run:
        yield run


def _merged(old: Sequence[Edit], batch: Sequence[Repair]) -> list[Edit]:
    """The edits after one more pass over a text that already had the edits ``old``."""
    shift = 0
    spans: list[tuple[int, int, int, Edit | Repair]] = [(edit.start, edit.stop, 0, edit) for edit in old]
    for step in batch:
        start = step.start - shift
        spans.append((start, start + len(step.before), 1, step))
        shift += len(step.after) - len(step.before)
    spans.sort(key=lambda span: span[:3])
    found: list[Edit] = []
    shift = at = 0
    while at < len(spans):
        start, stop = spans[at][:2]
        first: list[Repair] = []
        then: list[Repair] = []
        grown = 0
        while at < len(spans) and spans[at][0] <= stop:
            begin, end, _, what = spans[at]
            stop = max(stop, end)
            if isinstance(what, Edit):
                first += moved(what.steps, begin - start)
            else:
                then += moved([what], -(start + shift))
                grown += len(what.after) - len(what.before)
            at += 1
        found.append(Edit(start=start + shift, stop=stop + shift + grown, steps=(*first, *then)))
        shift += grown
    return found
