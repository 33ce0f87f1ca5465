"""Changes of a text as steps that can be replayed, and undone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from ..document import Repair

Certainty = Literal["certain", "inferred"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """``text[start:stop]`` becomes ``after``.

    ``certain`` is what the text itself proves (a reversal that re-encodes to what was there, a reading of the character
    before it), ``inferred`` what is the likeliest of several. ``reversible`` says whether ``after`` alone tells what
    stood there before. ``evidence`` is a short phrase for a person: ``GBK read as cp1252``.
    """

    start: int
    stop: int
    after: str
    certainty: Certainty = "certain"
    reversible: bool = False
    evidence: str | None = None


def apply(text: str, changes: Iterable[Change], fixer: str) -> tuple[str, tuple[Repair, ...]]:
    """``text`` with ``changes`` made, and a step for each. The changes must not overlap; any order will do.

    The start of a step counts in the text as the steps before it left it.
    """
    pieces: list[str] = []
    steps: list[Repair] = []
    done = shift = 0
    for change in sorted(changes, key=lambda change: change.start):
        before = text[change.start : change.stop]
        if change.start < done:
            raise ValueError(f"{fixer} changes {before!r} twice")
        if before == change.after:
            continue
        pieces += [text[done : change.start], change.after]
        steps.append(
            Repair(
                fixer=fixer,
                start=change.start + shift,
                before=before,
                after=change.after,
                certainty=change.certainty,
                reversible=change.reversible,
                evidence=change.evidence,
            )
        )
        done = change.stop
        shift += len(change.after) - len(before)
    return "".join([*pieces, text[done:]]), tuple(steps)


def replay(text: str, steps: Sequence[Repair]) -> str:
    """``text`` with ``steps`` made again. Raises :class:`ValueError` where it isn't the text they were recorded on."""
    for step in steps:
        text = _swapped(text, step.start, step.before, step.after)
    return text


def undo(text: str, steps: Sequence[Repair]) -> str:
    """The text that ``steps`` turned into ``text``. Raises :class:`ValueError` where they didn't."""
    for step in reversed(steps):
        text = _swapped(text, step.start, step.after, step.before)
    return text


def _swapped(text: str, start: int, old: str, new: str) -> str:
    stop = start + len(old)
    if text[start:stop] != old:
        raise ValueError(
            f"{text[start:stop]!r} stands where {old!r} is expected at {start}; the steps are another text's"
        )
    return text[:start] + new + text[stop:]
