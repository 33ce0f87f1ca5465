"""What an OCR engine is: two questions about pixels, answered with text and confidence.

Pictures are ``uint8`` arrays of shape (height, width, 3), RGB. Boxes are in pixels, ``(left, top, right, bottom)``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Protocol

from ..document import Box
from ..errors import UsageError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Picture = NDArray[np.uint8]


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A line of text seen in a picture. ``char_boxes`` has one box a character of ``text``, or is empty."""

    text: str
    confidence: float
    box: Box
    char_boxes: tuple[Box, ...] = ()


class Engine(Protocol):
    """One recogniser, loaded. Raises :class:`~gxextract.errors.OcrError` where recognition itself fails."""

    name: str

    def find(self, picture: Picture) -> list[Seen]:
        """Every line of text in the picture, found and read. A blank picture gives an empty list."""
        ...

    def read(self, crops: Sequence[Picture]) -> list[tuple[str, float]]:
        """Text and confidence of each crop, which holds one line; ``("", 0.0)`` where there is none."""
        ...


class NullEngine:
    """Sees nothing."""

    name = "null"

    def find(self, picture: Picture) -> list[Seen]:
        return []

    def read(self, crops: Sequence[Picture]) -> list[tuple[str, float]]:
        return [("", 0.0)] * len(crops)


@cache
def engine(name: str, threads: int) -> Engine:
    """The engine called ``name``, loaded once a process, using at most ``threads`` threads."""
    if name == "rapidocr":
        from .rapid import RapidEngine

        return RapidEngine(threads)
    if name == "null":
        return NullEngine()
    raise UsageError(f"there is no OCR engine called {name!r}; use rapidocr")
