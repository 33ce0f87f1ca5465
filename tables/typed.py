"""Lines set with characters of one width, as programs print them: their blanks tell where the columns are."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from ..marks import Word
from .celltext import is_wide

OFF = 0.1
"""How far a word may stand beside its place, and be wider or narrower than its characters, in half-width characters."""


def typed_lines(lines: Sequence[Sequence[Word]]) -> list[str | None]:
    """Each line with as many blanks as there is room for, the leftmost word at column 0; a hanzi is two columns wide.

    ``None`` is a line whose words don't stand on the grid that most words stand on.
    """
    words = [word for line in lines for word in line]
    if not words:
        return []
    unit = median((word.right - word.left) / _columns(word.text) for word in words)
    left = min((word.left for word in words if _is_regular(word, unit)), default=0.0)
    return [_typed(line, left, unit) if unit > 0 else None for line in lines]


def _typed(line: Sequence[Word], left: float, unit: float) -> str | None:
    text, column = "", 0
    for word in line:
        place = (word.left - left) / unit
        blanks = round(place) - column
        if not _is_regular(word, unit) or abs(place - round(place)) > OFF or blanks < 0:
            return None
        text += " " * blanks + word.text
        column += blanks + _columns(word.text)
    return text


def _is_regular(word: Word, unit: float) -> bool:
    return abs((word.right - word.left) - _columns(word.text) * unit) <= OFF * unit


def _columns(text: str) -> int:
    return sum(2 if is_wide(char) else 1 for char in text) or 1
