"""What lies on a page before it means anything: words, rules and pictures.

A PDF page and a scan differ only in who found these. All coordinates are PDF points, origin top left, on the page as a
reader sees it (a rotated page is already upright).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from .document import Box, Cell, WordsFrom


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A run of characters with nothing but ink between them.

    ``size`` is the font size (for a picture: the height of the line) in points. ``char_boxes``, where the source tells
    them, has one box a character of ``text``.
    """

    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float
    origin: WordsFrom
    confidence: float | None = None
    char_boxes: tuple[Box, ...] = ()

    @property
    def box(self) -> Box:
        return self.left, self.top, self.right, self.bottom

    @property
    def middle(self) -> tuple[float, float]:
        """The centre as ``(x, y)``."""
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A straight line, horizontal at y = ``at`` from x = ``start`` to ``end``, or vertical with x and y exchanged."""

    direction: Literal["horizontal", "vertical"]
    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """All that lies on one page. ``pictures`` are the boxes of embedded images, ``fills`` those of painted areas."""

    page: int
    width: float
    height: float
    words: tuple[Word, ...]
    rules: tuple[Rule, ...]
    pictures: tuple[Box, ...] = ()
    fills: tuple[Box, ...] = ()
    words_from: WordsFrom = "text-layer"
    why: str = ""
    rotation: int = 0


def union(boxes: Sequence[Box]) -> Box:
    """The smallest box around ``boxes``, of which there must be at least one."""
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """What one more look at a cell read: ``view`` says what was done to its picture, or who looked.

    One view can give several sights: its best reading, and others that it leaves open. ``confidence`` is from 0 to 1.
    """

    text: str
    confidence: float
    view: str


Looks = Callable[[Sequence[Cell]], Sequence[Sequence[Sight]]]
"""Looks at cells again, and tells for each what was seen; nothing for a cell of which there is no picture."""


def unseen(cells: Sequence[Cell]) -> Sequence[Sequence[Sight]]:
    """The looks of somebody who has no pictures."""
    return [()] * len(cells)
