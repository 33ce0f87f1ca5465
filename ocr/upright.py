"""Which way up a page is, by how its lines run and by what the engine makes of a few of them.

1. Lines of text are found without a network: what lies closer together than lines do grows into long shapes.
2. A handful of the longest level ones are read as the page lies. Where they read well the page is upright; that is all
   that happens to nearly every page, and costs a few percent of it.
3. Else they are read the other way round, and where about as many run up and down, these both ways. The way that
   reads well, and much better than all others, is the right one. A page that nobody can read stays as it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .engine import Engine

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from ..document import Box
    from .engine import Picture

LINES = 4
"""So many lines are read each way, and three at least must be there to turn a page."""
FEWEST = 3
LINE_HEIGHTS = (6, 40)
"""The height of a line of text in pixels of the shrunk page: 4 to 28 points on a page of A4."""
GAP = 7
"""Characters of a line are closer together than this, in the same pixels; lines and cells mostly are not."""
LONGEST_STROKE = 60
"""Ink that runs straight for longer, in the same pixels, is a rule."""
LONG = (4.0, 8.0)
"""A line is at least so many times as long as high; of a longer one only so much is read."""
SIDEWAYS = 2.0
"""Lines up and down that are so many times as long, all together, as the level ones leave no doubt how it lies."""
LEGIBLE = 4
"""Fewer characters say nothing: 0, 8, 一 and 口 read the same both ways."""
READS_WELL = 0.93
BETTER = 0.08
"""The confidence with which lines are read that stand upright, and by how much it must exceed the other ways'. Latin
letters upside down still read with up to 0.85, as nonsense."""


def quarters(picture: Picture, dark: NDArray[np.uint8], engine: Engine) -> int:
    """How many quarter turns clockwise make the page upright: 0 where no other way reads well, and much better.

    ``dark`` is the ink of ``picture``, shrunk to about 1200 pixels; the page lies level or on its side.
    """
    import numpy as np

    level, upright = _lines(dark)
    scale = picture.shape[0] / dark.shape[0]
    run_level, run_upright = sum(map(_length, level)), sum(map(_length, upright))
    found = {0: 0.0}
    if len(level) >= FEWEST and run_upright <= SIDEWAYS * run_level:
        cut = [_cut(picture, line, scale) for line in level[:LINES]]
        found[0] = _reading(cut, engine)
        if found[0] >= READS_WELL:
            return 0
        found[2] = _reading([line[::-1, ::-1] for line in cut], engine)
    if len(upright) >= FEWEST and run_upright > run_level / SIDEWAYS:
        cut = [_cut(picture, line, scale) for line in upright[:LINES]]
        found[3] = _reading([np.rot90(line) for line in cut], engine)
        found[1] = _reading([np.rot90(line, 3) for line in cut], engine)
    best, *others = sorted(found, key=lambda turn: found[turn], reverse=True)
    return best if found[best] >= max([READS_WELL, *(found[turn] + BETTER for turn in others)]) else 0


def _reading(lines: list[Picture], engine: Engine) -> float:
    """The confidence of the line that reads second best, from 0 to 1: a box around two lines or a drawing reads badly
    every way, and one line may read well by chance.
    """
    sure = [confidence for text, confidence in engine.read(lines) if len(text.strip()) >= LEGIBLE]
    return sorted(sure, reverse=True)[1] if len(sure) > 1 else 0.0


def _lines(dark: NDArray[np.uint8]) -> tuple[list[Box], list[Box]]:
    """The boxes of the lines of text that run level, and of those that run up and down, each longest first."""
    import cv2
    import numpy as np

    level_rules = cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((1, LONGEST_STROKE), np.uint8))
    upright_rules = cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((LONGEST_STROKE, 1), np.uint8))
    rules = cv2.dilate(cv2.bitwise_or(level_rules, upright_rules), np.ones((3, 3), np.uint8))
    text = cv2.morphologyEx(cv2.subtract(dark, rules), cv2.MORPH_OPEN, np.ones((2, 2), np.uint8))
    joined = cv2.morphologyEx(text, cv2.MORPH_CLOSE, np.ones((GAP, GAP), np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=4)
    least, most = LINE_HEIGHTS
    level: list[Box] = []
    upright: list[Box] = []
    for left, top, width, height, area in stats[1:].tolist():
        if not least <= min(width, height) <= most or area < 0.4 * width * height:
            continue
        if width >= LONG[0] * height:
            level.append((left, top, left + width, top + height))
        elif height >= LONG[0] * width:
            upright.append((left, top, left + width, top + height))
    return sorted(level, key=_length, reverse=True), sorted(upright, key=_length, reverse=True)


def _length(line: Box) -> float:
    left, top, right, bottom = line
    return max(right - left, bottom - top)


def _cut(picture: Picture, line: Box, scale: float) -> Picture:
    """The beginning of a line, with a little around it; ``scale`` leads from its box to pixels of ``picture``."""
    left, top, right, bottom = line
    size = min(right - left, bottom - top)
    right, bottom = min(right, left + LONG[1] * size), min(bottom, top + LONG[1] * size)
    first, last = round((top - 0.2 * size) * scale), round((bottom + 0.2 * size) * scale)
    start, end = round((left - 0.2 * size) * scale), round((right + 0.2 * size) * scale)
    return picture[max(0, first) : last, max(0, start) : end]
