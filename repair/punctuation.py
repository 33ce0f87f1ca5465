"""Punctuation that a converter doubled."""

from __future__ import annotations

import re

from .context import Context
from .steps import Change

_HANZI = "[㐀-鿿]"
_DOUBLED = re.compile(
    f"(?:(?<={_HANZI})|(?<=[0-9％%》”’）)」』]))(?P<stop>。)。(?=$|\\s|{_HANZI}|[“《（(「『0-9])"
    f"|(?<={_HANZI})(?P<pause>[，；、])(?P=pause)(?={_HANZI})"
)
_FIELDS = re.compile(r"[|｜\t]|(?P<one>[，；、])(?P=one)(?P=one)")


def punctuation(text: str, context: Context) -> list[Change]:
    """``。。`` ``，，`` ``；；`` ``、、`` between words are written once.

    Three stops are a way to write an ellipsis; ``……``, ``——``, ``！！`` and ``？？`` are sound. A doubled comma
    beside a figure, or in a row of fields, is the place of a blank and stays: closing it would shift what follows.
    """
    if not _DOUBLED.search(text):
        return []
    prose = "。" in text and not _FIELDS.search(text)
    return [
        Change(
            start=found.start(),
            stop=found.end(),
            after=found[0][0],
            certainty="inferred",
            evidence="doubled punctuation",
        )
        for found in _DOUBLED.finditer(text)
        if found["stop"] or prose
    ]
