"""Sets lines of text as a page shows them: texts at given x positions, a fixed width for every character."""

from __future__ import annotations

from collections.abc import Sequence

from gxextract.marks import Marks, Rule, Word

from .drawing import marks, word

SIZE, LEADING, TOP = 10.0, 14.0, 100.0
BLANK = 2.5
"""The width of a blank, a quarter of the font size."""
OFF = 1.7
"""How far each column stands from where a typewriter would put it."""


def typed(text: str, left: float, top: float) -> list[Word]:
    """The words of ``text``, the first at ``left``."""
    words: list[Word] = []
    for each in text.split(" "):
        words.append(word(each, left, top, SIZE))
        left = words[-1].right + BLANK
    return words


def width(text: str) -> float:
    return len(text.replace(" ", "")) * SIZE / 2 + text.count(" ") * BLANK


def page(
    lines: Sequence[Sequence[str]],
    columns: Sequence[float],
    *,
    right: Sequence[int] = (),
    rules: Sequence[Rule] = (),
    top: float = TOP,
) -> Marks:
    """Each line's texts at ``columns``, those of the columns in ``right`` ending there; ``""`` leaves one out."""
    words = [
        each
        for number, line in enumerate(lines)
        for place, text in enumerate(line)
        if text
        for left in [columns[place] + OFF * place - (width(text) if place in right else 0)]
        for each in typed(text, left, top + number * LEADING)
    ]
    return marks(words, rules)


def bar(line: int, left: float = 60, right: float = 500) -> Rule:
    """A level rule right above a line."""
    return Rule(direction="horizontal", at=TOP + line * LEADING - 2, start=left, end=right)
