"""A picture of a page becomes marks: rules by morphology, words by an engine."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..document import Box
from ..marks import Marks, Word
from .engine import Engine, Seen
from .rules import find_rules

if TYPE_CHECKING:
    from .engine import Picture


@dataclass(frozen=True, slots=True, kw_only=True)
class Scan:
    """A page as pixels. ``scale`` is pixels a point."""

    picture: Picture
    scale: float

    def crop(self, box: Box) -> Picture:
        """The pixels inside a box in points."""
        height, width = self.picture.shape[:2]
        left, top, right, bottom = (round(edge * self.scale) for edge in box)
        return self.picture[max(top, 0) : min(bottom, height), max(left, 0) : min(right, width)]


def scan_marks(scan: Scan, page: int, engine: Engine, why: str) -> Marks:
    """What lies on a scanned page, in points."""
    height, width = scan.picture.shape[:2]
    seen = engine.find(scan.picture)
    return Marks(
        page=page,
        width=width / scan.scale,
        height=height / scan.scale,
        words=tuple(_word(line, scan.scale) for line in seen),
        rules=tuple(find_rules(scan.picture, scan.scale)),
        words_from="ocr" if seen else "none",
        why=why,
    )


def _word(seen: Seen, scale: float) -> Word:
    left, top, right, bottom = (edge / scale for edge in seen.box)
    return Word(
        text=seen.text,
        left=left,
        top=top,
        right=right,
        bottom=bottom,
        size=bottom - top,
        origin="ocr",
        confidence=round(seen.confidence, 4),
        char_boxes=tuple((a / scale, b / scale, c / scale, d / scale) for a, b, c, d in seen.char_boxes),
    )
