"""Whether a page's own words can be used, or its picture must be read."""

from __future__ import annotations

from ..marks import Marks

FEW_CHARACTERS = 50
PAGE_SIZED = 0.5
"""A picture that covers this share of the page is a scan."""
UNMAPPED_SHARE = 0.04


def reason_to_recognise(marks: Marks, drawn: int) -> str | None:
    """Why the words of a page can't be relied on, or ``None`` if they can.

    ``drawn`` is how many paths the page draws: a page of outlines and no words is text turned into curves.
    """
    text = "".join(word.text for word in marks.words)
    covered = max((_area(box) for box in marks.pictures), default=0.0) / max(marks.width * marks.height, 1.0)
    if not text:
        if covered > 0.02 or len(marks.pictures) > 4:
            return "no words beside a picture"
        return f"no words but {drawn} drawn outlines" if drawn > 100 else None
    if len(text) < FEW_CHARACTERS and covered >= PAGE_SIZED:
        return f"only {len(text)} characters beside a page-sized picture"
    unmapped = sum(_is_unmapped(char) for char in text) + 6 * text.count("(cid:")
    if unmapped >= UNMAPPED_SHARE * len(text):
        return f"{unmapped} of {len(text)} characters have no known meaning (private-use or unmapped codes)"
    return None


def _area(box: tuple[float, float, float, float]) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])


def _is_unmapped(char: str) -> bool:
    code = ord(char)
    return 0xE000 <= code <= 0xF8FF or code == 0xFFFD or code < 0x20 or code >= 0xF0000
