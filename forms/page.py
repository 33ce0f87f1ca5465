"""What stands on a page beside its text: rules drawn in characters, page numbers, running heads, marks before lines."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from .labels import fold
from .values import is_value

LEAST_REPEATED = 3
LEAST_SAID = 8
"""A running head has so many characters and stands there so often; a shorter text may be a piece of any label."""
NEARLY_ALL = 0.9
LEAST_LINES = 10
"""Of fewer lines it can't be told whether what they begin with is a mark."""

_PAGE_NUMBER = re.compile(
    r"\s*(?:[-—–－]\s*\d{1,4}\s*[-—–－]|第\s*\d{1,4}\s*页(?:\s*[,，/]?\s*共\s*\d{1,4}\s*页)?|\d{1,4}\s*/\s*\d{1,4})\s*"
)
_DRAWN = re.compile(r"[\s|+:=─━═┄┅┈┉┌-╬╭-╰\-]+")
_RULED = re.compile(r"-{3,}|[─━═=]{2,}|\+-")
_PARTED = re.compile(r"[|｜\t,，;；]")
_MARK = re.compile(r"[-*•·+>] +")


def is_page_number(line: str) -> bool:
    """Whether a line numbers a page: ``- 3 -``, ``第 3 页``, ``3/8``. A bare number may be a value."""
    return bool(_PAGE_NUMBER.fullmatch(line))


def is_drawn(line: str) -> bool:
    """Whether a line is a rule between the rows of a table."""
    return bool(_DRAWN.fullmatch(line) and _RULED.search(line))


def marked_width(lines: Sequence[str]) -> int:
    """How wide the mark is that nearly every line begins with, a bullet or a sign of quotation; else 0."""
    said = [line for line in lines if line.strip()]
    found = _MARK.match(said[0]) if len(said) >= LEAST_LINES else None
    if found is None:
        return 0
    marked = sum(line.startswith(found[0]) or line == found[0].rstrip() for line in said)
    return len(found[0]) if marked >= NEARLY_ALL * len(said) else 0


def running_heads(lines: Sequence[str], known: frozenset[str]) -> frozenset[str]:
    """Lines that come back on every page and are no part of a label in ``known``, which are folded."""
    often = Counter(line for line in lines if len(line) >= LEAST_SAID and not line.isspace())
    repeated = (line for line, times in often.items() if times >= LEAST_REPEATED)
    return frozenset(line for line in repeated if _is_head(line, known))


def _is_head(line: str, known: frozenset[str]) -> bool:
    words = [fold(word) for word in line.split()]
    if sum(map(len, words)) < LEAST_SAID or _PARTED.search(line) or any(map(is_value, line.split())):
        return False
    return not any(word in label or label in word for label in known for word in words)
