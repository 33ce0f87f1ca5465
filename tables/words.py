"""Words gathered into lines, phrases and the texts of cells."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from ..document import Box
from ..marks import Word, union
from .celltext import is_wide, join_lines

GAPS = (0.1, 0.6, 0.8)
"""Words on one line further apart than this share of the font size are parted by a space: two narrow characters, a wide
beside a narrow one, two wide ones. Hanzi are moved apart by justification and half-width blanks that mean nothing; two
numbers with anything between them are two numbers."""
PHRASE_GAP = 0.62
"""Words further apart than this share of the font size may belong to different columns. A blank is a quarter to a
third of it, and what justification adds seldom doubles that."""
STAND_ALONE = 2
"""So many figures in one place on other lines show that a figure there is a text of its own."""


@dataclass(frozen=True, kw_only=True)
class Phrase:
    """Words of one line that stand no further apart than blanks part them: what a column holds on that line."""

    words: tuple[Word, ...]

    @cached_property
    def box(self) -> Box:
        return union([word.box for word in self.words])

    @cached_property
    def text(self) -> str:
        return line_text(self.words)

    @cached_property
    def left(self) -> float:
        return self.box[0]

    @cached_property
    def right(self) -> float:
        return self.box[2]

    @cached_property
    def centre(self) -> float:
        return (self.box[0] + self.box[2]) / 2

    @cached_property
    def size(self) -> float:
        return max(word.size for word in self.words)


def cell_text(words: Sequence[Word]) -> str:
    """The words of one cell in reading order; lines of hanzi are joined with nothing between."""
    return join_lines(line_text(line) for line in lines(words))


def lines(words: Sequence[Word]) -> list[list[Word]]:
    """Words gathered into lines, top to bottom, each line from left to right.

    A word belongs to the line whose height it shares by half of the lower of the two.
    """
    found: list[list[Word]] = []
    spans: list[tuple[float, float]] = []
    for word in sorted(words, key=lambda word: (word.top + word.bottom, word.left)):
        for index in range(len(found) - 1, max(-1, len(found) - 4), -1):
            top, bottom = spans[index]
            shared = min(bottom, word.bottom) - max(top, word.top)
            if shared >= 0.5 * min(bottom - top, word.bottom - word.top):
                found[index].append(word)
                break
        else:
            found.append([word])
            spans.append((word.top, word.bottom))
    return [sorted(line, key=lambda word: word.left) for line in found]


def line_text(line: Sequence[Word]) -> str:
    """The words of one line, a space wherever a gap means one."""
    text = ""
    for before, word in zip([None, *line[:-1]], line, strict=True):
        if before is not None:
            gap = GAPS[is_wide(before.text[-1]) + is_wide(word.text[0])]
            if word.left - before.right > gap * max(word.size, before.size):
                text += " "
        text += word.text
    return text


def phrases(line: Sequence[Word], walls: Sequence[float] = ()) -> list[Phrase]:
    """The phrases of one line, whose words go from left to right; ``walls`` are x positions that part them anyhow."""
    runs: list[list[Word]] = []
    for word in line:
        if runs and not _parted(runs[-1], word, walls):
            runs[-1].append(word)
        else:
            runs.append([word])
    return [Phrase(words=tuple(run)) for run in runs]


def _parted(run: Sequence[Word], word: Word, walls: Sequence[float]) -> bool:
    right = max(each.right for each in run)
    if word.left - right > PHRASE_GAP * max(word.size, run[-1].size):
        return True
    return any(run[-1].middle[0] < wall < word.middle[0] for wall in walls)


def figures_cut_off(text_lines: Sequence[Sequence[Phrase]]) -> list[list[Phrase]]:
    """The lines with a figure at a phrase's end made a phrase of its own where others stand alone in its place.

    A long label comes so near to the number beside it that only a blank parts them; the lines above and below tell.
    """
    sides = [
        side
        for line in text_lines
        for phrase in line
        if is_figure(phrase.text)
        for side in (("left", phrase.left), ("right", phrase.right))
    ]
    places = Counter((side, round(at)) for side, at in sides)
    return [[piece for phrase in line for piece in _without_figure(phrase, places)] for line in text_lines]


def _without_figure(phrase: Phrase, places: Counter[tuple[str, int]]) -> list[Phrase]:
    start = len(phrase.words)
    while start > 0 and is_figure(phrase.words[start - 1].text):
        start -= 1
    label, figure = phrase.words[:start], phrase.words[start:]
    if not label or not figure or figure[0].left - label[-1].right < GAPS[0] * figure[0].size:
        return [phrase]
    alike = max(
        sum(places[side, round(at) + off] for off in (-1, 0, 1))
        for side, at in (("left", figure[0].left), ("right", figure[-1].right))
    )
    return [Phrase(words=label), Phrase(words=figure)] if alike >= STAND_ALONE else [phrase]


_DASH = re.compile(r"[-–—―－./*…]+|n\.?\s?[ad]\.?|无", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d\d(?:\s*[-–/]\s*(?:19|20)?\d\d)?(?:年度?)?")


def is_figure(text: str) -> bool:
    """Whether a text is a number in any dress, or what stands where one is missing.

    >>> is_figure("1,234.5*"), is_figure("(EUR 12)"), is_figure("n.a."), is_figure("Table 3"), is_figure("2006")
    (True, False, True, False, True)
    """
    digits = sum(char.isdigit() for char in text)
    letters = sum(char.isalpha() for char in text)
    return bool(_DASH.fullmatch(text.strip())) or (digits > 0 and letters <= max(1, digits // 3))


def is_year(text: str) -> bool:
    """Whether a text is a year or a span of years, which heads columns as often as it fills them."""
    return bool(_YEAR.fullmatch(text.strip()))
