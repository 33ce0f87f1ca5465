"""The fixers, and the order they run in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from ..document import Repair
from .characters import characters
from .context import Context, Script
from .debris import debris
from .invisible import invisible
from .known_labels import known_labels
from .lost_bytes import lost_bytes
from .mojibake import mojibake
from .padding import padding
from .pinyin import injected, pinyin
from .punctuation import punctuation
from .script import script
from .steps import Change, apply
from .width import width

Fixer = Callable[[str, Context], Sequence[Change]]

FIXERS: tuple[Fixer, ...] = (
    known_labels,
    mojibake,
    lost_bytes,
    debris,
    invisible,
    characters,
    padding,
    pinyin,
    script,
    width,
    punctuation,
)
"""Each sees the text as the one before left it. Reversals come first: they need every character that was there, and
stripping private-use or invisible characters loses a third of what can be reversed. Known labels come before them: what
lost bytes is surer found whole than read around its holes. Readings go before characters are
converted, since they were injected after the characters were."""


def repair_text(
    text: str, *, script: Script | None = None, labels: Sequence[str] = ()
) -> tuple[str, tuple[Repair, ...]]:
    """``text`` made right, and the steps that did it, in order. Sound text comes back as it is, with no steps.

    ``script`` asks for ``simplified`` or ``traditional`` characters, or to ``keep`` what stands there; by default only
    text that a mirror converted is converted back. ``labels`` are texts to recover even where bytes were lost.
    Digits never change, except in width.
    """
    ((repaired, steps),) = repair_fragments([text], script=script, labels=labels)
    return repaired, steps


def repair_fragments(
    fragments: Sequence[str], *, script: Script | None = None, labels: Sequence[str] = ()
) -> list[tuple[str, tuple[Repair, ...]]]:
    """:func:`repair_text` of each fragment of one document: each judged alone, all sharing what the document shows."""
    context = Context(script=script, labels=labels)
    reversed_ = [_fixed(fragment, context, FIXERS[: FIXERS.index(pinyin)]) for fragment in fragments]
    context = replace(context, annotated=injected([text for text, _ in reversed_]))
    out: list[tuple[str, tuple[Repair, ...]]] = []
    for text, before in reversed_:
        fixed, after = _fixed(text, context, FIXERS[FIXERS.index(pinyin) :])
        out.append((fixed, (*before, *after)))
    return out


def _fixed(text: str, context: Context, fixers: Sequence[Fixer]) -> tuple[str, tuple[Repair, ...]]:
    steps: list[Repair] = []
    for fixer in fixers:
        text, made = apply(text, fixer(text, context), fixer.__name__)
        steps += made
    return text, tuple(steps)
