"""Characters gathered into words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import product

from ..document import Box
from ..marks import Word, union
from ..tables.celltext import is_wide
from .pdf_chars import DOWN, LEFT, RIGHT, Char

WORD_GAP = 0.18
"""Characters further apart than this share of the font size belong to different words."""
LINE_GAP = 1.2
"""Words of a sideways line are parted by less than this share of the font size."""
DOUBLE_STRIKE = 0.25
"""The same character printed again within this share of the font size makes it bold, not two."""
OVERLAP = 0.5
"""And within this share of its own width, since narrow digits stand nearer to each other than that."""
GRID = 32.0
"""Copies are looked for in squares of this many points."""


def words_of(chars: Iterable[Char]) -> list[Word]:
    """The words of a page, those struck twice for boldness once.

    A word ends where a space or a gap follows, or the text runs another way. Of text that runs sideways a whole line is
    one word, its spaces kept: others put words in order as those of an upright page.
    """
    found: list[Word] = []
    sideways: list[list[Char]] = []
    for run in _runs(_struck_once(chars)):
        if run[0].flow == RIGHT:
            found.append(_word(run))
        elif sideways and _goes_on(sideways[-1][-1], run[0]):
            sideways[-1] += [_space(sideways[-1][-1], run[0]), *run]
        else:
            sideways.append(run)
    return [*found, *(_word(run) for run in sideways)]


def _struck_once(chars: Iterable[Char]) -> Iterator[Char]:
    """Characters without the copies drawn on top of them."""
    near: dict[tuple[str, int, int], list[Char]] = defaultdict(list)
    for char in chars:
        if char.text == " ":
            yield char
            continue
        reach = min(DOUBLE_STRIKE * char.size, OVERLAP * (_reading(char)[1] - _reading(char)[0]))
        columns = {int((char.left - reach) // GRID), int((char.left + reach) // GRID)}
        lines = {int((char.top - reach) // GRID), int((char.top + reach) // GRID)}
        if not any(_copies(char, near.get((char.text, *at), ()), reach) for at in product(columns, lines)):
            near[char.text, int(char.left // GRID), int(char.top // GRID)].append(char)
            yield char


def _copies(char: Char, others: Sequence[Char], reach: float) -> bool:
    return any(abs(char.left - other.left) < reach and abs(char.top - other.top) < reach for other in others)


def _runs(chars: Iterable[Char]) -> Iterator[list[Char]]:
    run: list[Char] = []
    for char in chars:
        if run and (char.text == " " or not follows(run[-1], char, WORD_GAP)):
            yield run
            run = []
        if char.text != " ":
            run.append(char)
    if run:
        yield run


def _reading(char: Char) -> Box:
    """``(start, end, upper, lower)`` of the character as one sees it who reads along its line."""
    if char.flow == RIGHT:
        return char.left, char.right, char.top, char.bottom
    if char.flow == DOWN:
        return char.top, char.bottom, -char.right, -char.left
    if char.flow == LEFT:
        return -char.right, -char.left, -char.bottom, -char.top
    return -char.bottom, -char.top, char.left, char.right


def follows(before: Char, char: Char, widest: float) -> bool:
    """Whether ``char`` stands on the line of ``before``, at most ``widest`` times its size after it."""
    if before.flow != char.flow:
        return False
    size = max(before.size, char.size)
    _, end, upper, lower = _reading(before)
    start, _, top, bottom = _reading(char)
    shared = min(lower, bottom) - max(upper, top)
    return shared > 0.5 * min(lower - upper, bottom - top) and -0.5 * size <= start - end <= widest * size


def _goes_on(before: Char, char: Char) -> bool:
    return follows(before, char, LINE_GAP)


def _space(before: Char, char: Char) -> Char:
    """What parts two words of a sideways line: a space, or nothing between hanzi moved apart."""
    left, top, right, bottom = union([before[1:5], char[1:5]])
    text = "" if is_wide(before.text[-1]) and is_wide(char.text[0]) else " "
    return before._replace(text=text, left=left, top=top, right=right, bottom=bottom)


def _word(run: Sequence[Char]) -> Word:
    boxes = tuple(char[1:5] for char in run if char.text)
    left, top, right, bottom = union(boxes)
    confidence = min((char.confidence for char in run if char.confidence is not None), default=None)
    return Word(
        text="".join(char.text for char in run),
        left=left,
        top=top,
        right=right,
        bottom=bottom,
        size=max(char.size for char in run),
        origin="text-layer" if confidence is None else "ocr",
        confidence=confidence,
        char_boxes=boxes,
    )
