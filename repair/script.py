"""Traditional characters made simplified again where a mirror converted them, and either way where that is asked."""

from __future__ import annotations

import re
from collections import Counter
from difflib import SequenceMatcher
from functools import cache
from typing import Any, Literal

from .context import Context
from .steps import Change

Conversion = Literal["t2s", "s2t"]

_WRITTEN_OR_KNOWN = "名原专编撰论巨显卓昭土译合遗拙所知"
_ZHE = re.compile(f"(?<![{_WRITTEN_OR_KNOWN}])著(?![名作称述者书录]|有《)")
"""著 where it stands for 着. Mirrors write both as 著 (著力, 隨著); OpenCC leaves each 著 alone."""
_VARIANTS = str.maketrans("痺簷暱値効", "痹檐昵值效")
"""Forms used in Taiwan and of old, which OpenCC takes for simplified ones."""


def script(text: str, context: Context) -> list[Change]:
    """Unless asked for, only text that a mirror made traditional: a Hong Kong or Taiwan source stays as it is.

    What shows the mirror is that it injected readings (``context.annotated``). In such a document a fragment is
    converted if traditional characters outnumber the simplified ones, with or without readings of its own.
    Text that is mostly traditional is never made "more" traditional: 后 in it may well be an empress.
    """
    if context.script == "keep" or not (context.script or context.annotated):
        return []
    traditional = is_traditional(text)
    if context.script == "traditional":
        return [] if traditional else _changes(text, _converted(text, "s2t"), "inferred")
    if not (traditional or context.script):
        return []
    after = _converted(text, "t2s")
    return _changes(text, _ZHE.sub("着", after) if traditional else after, "certain")


def is_traditional(text: str) -> bool:
    """Whether at least as many characters are only traditional as are only simplified, and there are any."""
    counts = Counter[Conversion | None]()
    for char, count in Counter(text).items():
        counts[written_only(char)] += count
    return 0 < counts["t2s"] >= counts["s2t"]


@cache
def written_only(char: str) -> Conversion | None:
    """The conversion that changes ``char``: ``t2s`` where it is traditional, ``s2t`` where it is simplified."""
    if char < "\u3400":
        return None
    if _converted(char, "t2s") != char:
        return "t2s"
    return "s2t" if _converted(char, "s2t") != char else None


def simplified(char: str) -> str:
    """The simplified form of one character."""
    return _converted(char, "t2s")


def _converted(text: str, conversion: Conversion) -> str:
    converted: str = _converter(conversion).convert(text)
    return converted.translate(_VARIANTS) if conversion == "t2s" else converted


@cache
def _converter(conversion: Conversion) -> Any:
    from opencc import OpenCC

    return OpenCC(conversion)


def _changes(before: str, after: str, certainty: Literal["certain", "inferred"]) -> list[Change]:
    """One change a stretch that differs. A conversion by words may give another length, though it hardly ever does."""
    if before == after:
        return []
    if len(before) == len(after):
        stretches = _stretches(before, after)
    else:
        matcher = SequenceMatcher(None, before, after, autojunk=False)
        stretches = [(i, j, k, m) for tag, i, j, k, m in matcher.get_opcodes() if tag != "equal"]
    evidence = "traditional to simplified" if certainty == "certain" else "simplified to traditional"
    return [
        Change(start=start, stop=stop, after=after[begin:end], certainty=certainty, evidence=evidence)
        for start, stop, begin, end in stretches
    ]


def _stretches(before: str, after: str) -> list[tuple[int, int, int, int]]:
    stretches: list[tuple[int, int, int, int]] = []
    start: int | None = None
    for at, (old, new) in enumerate(zip(before + "\0", after + "\0", strict=True)):
        if old != new and start is None:
            start = at
        elif old == new and start is not None:
            stretches.append((start, at, start, at))
            start = None
    return stretches
