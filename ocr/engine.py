"""What an OCR engine is: three questions about pixels, answered with text and confidence.

Pictures are ``uint8`` arrays of shape (height, width, 3), RGB. Boxes are in pixels, ``(left, top, right, bottom)``.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal, Protocol

from ..document import Box
from ..errors import UsageError
from ..settings import HOW_TO_GET, EngineName, Settings

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

    def alternatives(self, crops: Sequence[Picture], among: Collection[str] = ()) -> list[list[tuple[str, float]]]:
        """What each crop can be read as, with probabilities: that of ``read``, then others, likeliest first.

        With ``among``, what it can be if it holds these characters only; nothing where it hardly does. An engine that
        can't tell inherits this, and gives its one reading with its confidence.
        """
        return [[reading] for reading in self.read(crops)]


class NullEngine(Engine):
    """Sees nothing."""

    name = "null"

    def find(self, picture: Picture) -> list[Seen]:
        return []

    def read(self, crops: Sequence[Picture]) -> list[tuple[str, float]]:
        return [("", 0.0)] * len(crops)


def engines(settings: Settings) -> tuple[Engine, Engine | None]:
    """The engine that reads pages, and the one that is asked about doubtful cells, if there is one.

    Raises :class:`~gxextract.errors.MissingPart` where one isn't installed.
    """

    def loaded(name: EngineName) -> Engine:
        return engine(name, settings.ocr_threads, settings.models if name == "paddleocr" else None)

    return loaded(settings.engine), loaded(settings.second_engine) if settings.second_engine else None


def engine(name: EngineName | Literal["null"], threads: int, models: str | None = None) -> Engine:
    """The engine called ``name``, loaded once a process, using at most ``threads`` threads.

    ``models`` is a folder of PP-OCR models, which paddleocr uses instead of those in rapidocr's wheel.
    """
    return _loaded(name, threads, models)


@cache
def _loaded(name: str, threads: int, models: str | None) -> Engine:
    if name == "rapidocr":
        from .rapid import RapidEngine

        return RapidEngine(threads)
    if name == "paddleocr":
        from .paddle import PaddleEngine

        return PaddleEngine(threads, models)
    if name == "tesseract":
        from .tesseract import TesseractEngine

        return TesseractEngine()
    if name == "null":
        return NullEngine()
    raise UsageError(f"there is no OCR engine called {name!r}; use {', '.join(HOW_TO_GET)}")
