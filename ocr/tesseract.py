"""tesseract with its simplified Chinese data, as a program of its own: one call a page, one for all of a page's cells.

Its layout analysis takes the rules of a table for text, or the whole table for a picture. So a page's rules are erased
before it is read, and what it sees as one line is parted where a rule or a wide gap stood.
"""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from ..document import Box
from ..errors import MissingPart, OcrError
from ..marks import union
from ..settings import HOW_TO_GET
from .engine import Engine, Seen

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from .engine import Picture

LANGUAGE = "chi_sim"
ONE_BLOCK, ONE_LINE = "6", "7"
"""Ways to read a picture (``--psm``). The automatic one loses short lines; parting lines is done here."""
SECONDS = 900
"""After so long a call is given up: no page takes that long. A run's own limit of time comes much earlier."""
MIN_CONFIDENCE = 0.3
"""Pieces read with less are specks and remains of rules."""
GAP = 0.9
"""A gap wider than this share of a line's height parts two cells."""
SHORTEST_RULE = 80
"""In pixels, and at least a twentieth of the shorter side of the picture: longer than a 一 in a title."""
MARGIN = 12
"""White set around a cell's crop, in pixels: without it characters at the edge are lost."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Char:
    """``word`` counts tesseract's words, each of which has one ``confidence``, 0 to 1."""

    text: str
    box: Box
    word: int
    confidence: float


class TesseractEngine(Engine):
    """Needs the program ``tesseract``, version 4.1 or later, and its data file ``chi_sim``.

    It runs on one thread: more wait for one another so busily that beside other work a page took 17 times as long.
    """

    name = "tesseract"

    def __init__(self) -> None:
        program = shutil.which("tesseract")
        if program is None:
            raise MissingPart(f"tesseract isn't installed; install it with: {HOW_TO_GET['tesseract']}")
        self._program = program
        if LANGUAGE not in self._called(["--list-langs"], b"").decode(errors="replace").split():
            raise MissingPart(f"tesseract lacks {LANGUAGE}; install it with: {HOW_TO_GET['tesseract']}")

    def find(self, picture: Picture) -> list[Seen]:
        level, upright = _rules(picture)
        (lines,) = self._recognised([_erased(picture, level | upright)], ONE_BLOCK)
        pieces = [piece for line in lines for piece in _pieces(line, upright)]
        seen = [_seen(piece) for piece in pieces]
        return [line for line in seen if line.text and line.confidence >= MIN_CONFIDENCE]

    def read(self, crops: Sequence[Picture]) -> list[tuple[str, float]]:
        if not crops:
            return []
        readings = []
        for lines in self._recognised([_framed(crop) for crop in crops], ONE_LINE):
            chars = [char for line in lines for char in line]
            seen = _seen(chars) if chars else None
            is_sure = seen is not None and seen.confidence >= MIN_CONFIDENCE  # it reads things in white paper
            readings.append((seen.text, seen.confidence) if seen and is_sure else ("", 0.0))
        return readings

    def _recognised(self, pictures: Sequence[Picture], way: str) -> list[list[list[_Char]]]:
        """The characters of the lines of each picture."""
        options = ["stdin", "stdout", "-l", LANGUAGE, "--psm", way, "-c", "hocr_char_boxes=1", "hocr"]
        told = self._called(options, _tiff(pictures))
        try:
            pages = [node for node in ElementTree.fromstring(told).iter() if node.get("class") == "ocr_page"]
        except ElementTree.ParseError as error:
            raise OcrError(f"tesseract's answer can't be understood ({error}); try another --engine") from error
        if len(pages) != len(pictures):
            raise OcrError(f"tesseract read {len(pages)} of {len(pictures)} pictures; try another --engine")
        return [list(_lines(page)) for page in pages]

    def _called(self, options: Sequence[str], data: bytes) -> bytes:
        single = {**os.environ, "OMP_THREAD_LIMIT": "1"}
        try:
            done = subprocess.run(
                [self._program, *options], input=data, capture_output=True, check=True, timeout=SECONDS, env=single
            )
        except (OSError, subprocess.SubprocessError) as error:
            said = (getattr(error, "stderr", None) or b"").decode(errors="replace").strip()[-300:]
            raise OcrError(f"tesseract failed ({said or error}); try another --engine") from error
        return done.stdout


def _tiff(pictures: Sequence[Picture]) -> bytes:
    """All pictures as the pages of one file."""
    from PIL.Image import fromarray

    first, *rest = map(fromarray, pictures)
    out = io.BytesIO()
    first.save(out, "TIFF", save_all=True, append_images=rest, dpi=(200, 200))
    return out.getvalue()


def _lines(page: ElementTree.Element) -> Iterator[list[_Char]]:
    """Paragraphs hold lines of several classes; lines hold words, words characters."""
    number = 0
    for paragraph in (node for node in page.iter() if node.get("class") == "ocr_par"):
        for line in paragraph:
            chars: list[_Char] = []
            for word in line:
                number += 1
                confidence = _numbers(word, "x_wconf")[0] / 100
                for char in word.iter():
                    if char.get("class") == "ocrx_cinfo" and (text := (char.text or "").strip()):
                        left, top, right, bottom = _numbers(char, "x_bboxes")
                        box = (left, top, right, bottom)
                        chars.append(_Char(text=text, box=box, word=number, confidence=confidence))
            if chars:
                yield chars


def _numbers(node: ElementTree.Element, name: str) -> list[float]:
    found = re.search(rf"{name} ([-\d. ]+)", node.get("title", ""))
    return [float(number) for number in found[1].split()] if found else [0.0] * 4


def _pieces(line: list[_Char], upright: NDArray[np.bool_]) -> Iterator[list[_Char]]:
    """The stretches of a line between upright rules and wide gaps."""
    _, top, _, bottom = union([char.box for char in line])
    middle = round((top + bottom) / 2)
    begun = 0
    for index, (one, other) in enumerate(pairwise(line), start=1):
        # From middle to middle: the boxes of characters reach into one another.
        start, end = round((one.box[0] + one.box[2]) / 2), round((other.box[0] + other.box[2]) / 2)
        is_ruled = bool(upright[middle, min(start, end) : max(start, end)].any())
        if is_ruled or other.box[0] - one.box[2] > GAP * (bottom - top):
            yield line[begun:index]
            begun = index
    yield line[begun:]


def _seen(chars: Sequence[_Char]) -> Seen:
    """Words are parted by a space only between letters and figures: hanzi have none."""
    text, boxes = "", []
    for before, char in zip([None, *chars], chars, strict=False):
        if before and before.word != char.word and (before.text[-1] + char.text[0]).isascii():
            text += " "
            boxes.append((before.box[2], char.box[1], max(before.box[2], char.box[0]), char.box[3]))
        text += char.text
        boxes.append(char.box)
    return Seen(
        text=text,
        confidence=sum(char.confidence for char in chars) / len(chars),
        box=union([char.box for char in chars]),
        char_boxes=tuple(boxes) if len(boxes) == len(text) else (),
    )


def _rules(picture: Picture) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Where level and upright rules run, of shape (height, width) each."""
    import cv2
    import numpy as np

    from .rules import ink

    dark = ink(picture)
    length = max(SHORTEST_RULE, min(dark.shape) // 20)
    level, upright = (
        np.asarray(cv2.morphologyEx(dark, cv2.MORPH_OPEN, cv2.getStructuringElement(cv2.MORPH_RECT, kernel)) > 0)
        for kernel in ((length, 1), (1, length))
    )
    return level, upright


def _erased(picture: Picture, rules: NDArray[np.bool_]) -> Picture:
    import cv2
    import numpy as np

    wide = cv2.dilate(rules.astype(np.uint8), np.ones((3, 3), dtype=np.uint8)) > 0
    clean = picture.copy()
    clean[wide] = np.median(picture, axis=(0, 1))
    return clean


def _framed(crop: Picture) -> Picture:
    import numpy as np

    return np.pad(crop, ((MARGIN, MARGIN), (MARGIN, MARGIN), (0, 0)), constant_values=255)
