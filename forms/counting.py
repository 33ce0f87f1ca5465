"""The number a text counts as when sums are checked. It reads further than a value does, and decides nothing else."""

from __future__ import annotations

import re
import unicodedata
from fractions import Fraction
from functools import lru_cache

_NUMBER = re.compile(
    r"(?P<sign>[+\-增减加]?)\s*(?P<digits>(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)\s*(?:件|条|次|个|项|宗|份|人|户|部|起|元)?"
    r"(?:\([^()]*\))?"
)
_TWO = re.compile(r"0 \d")
"""Digits set apart may be one number still; behind a zero they are another."""
_NONE = re.compile(r"[-/\\*]{0,2}|无")
_STROKES = str.maketrans({"−": "-", "–": "-", "‐": "-", "‑": "-", "‒": "-", "—": "-", "﹣": "-", "－": "-"})


LONGEST = 60
"""Characters. A longer run of digits is no figure of any office, and too long for Python to convert."""

Number = int | Fraction
"""Exact; a whole number is an int, which is far faster to reckon with."""


@lru_cache(maxsize=4096)
def counted(text: str | None) -> Number | None:
    """The number, or None where the text is lost or says something else. Blanks and strokes are 0.

    >>> counted("22（其中修订16件）"), counted("减2"), counted("－"), counted("0.50"), counted("0 0"), counted("见附件")
    (22, -2, 0, Fraction(1, 2), None, None)
    """
    if text is None:
        return None
    words = unicodedata.normalize("NFKC", text.translate(_STROKES)).split()
    plain = "".join(words)
    if _NONE.fullmatch(plain):
        return 0
    found = _NUMBER.fullmatch(plain) if len(plain) <= LONGEST else None
    if not found or _TWO.match(" ".join(words)):
        return None
    digits = found["digits"].replace(",", "")
    number = Fraction(digits) if "." in digits else int(digits)
    return -number if found["sign"] in ("-", "减") else number


def is_empty(text: str | None) -> bool:
    """Whether a text is there and names no number: blank, or a stroke for none."""
    if text is None:
        return False
    return bool(_NONE.fullmatch("".join(unicodedata.normalize("NFKC", text.translate(_STROKES)).split())))


def is_parted(text: str | None) -> bool:
    """Whether a text counts as one number only if blanks within it are passed over: ``1 4``."""
    return text is not None and len(text.split()) > 1 and counted(text) is not None
