"""The number a text counts as when sums are checked. It reads further than a value does, and decides nothing else."""

from __future__ import annotations

import re
import unicodedata
from fractions import Fraction

_NUMBER = re.compile(
    r"(?P<sign>[+\-增减加]?)\s*(?P<digits>(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)\s*(?:件|条|次|个|项|宗|份|人|户|部|起|元)?"
    r"(?:\([^()]*\))?"
)
_NONE = re.compile(r"[-/\\*]{0,2}|无")
_STROKES = str.maketrans({"−": "-", "–": "-", "‐": "-", "‑": "-", "‒": "-", "—": "-", "﹣": "-", "－": "-"})


def counted(text: str | None) -> Fraction | None:
    """The number, or None where the text is lost or says something else. Blanks and strokes are 0.

    >>> counted("22（其中修订16件）"), counted("减2"), counted("－"), counted("见附件")
    (Fraction(22, 1), Fraction(-2, 1), Fraction(0, 1), None)
    """
    if text is None:
        return None
    plain = "".join(unicodedata.normalize("NFKC", text.translate(_STROKES)).split())
    if _NONE.fullmatch(plain):
        return Fraction(0)
    found = _NUMBER.fullmatch(plain)
    if not found:
        return None
    number = Fraction(found["digits"].replace(",", ""))
    return -number if found["sign"] in ("-", "减") else number


def is_empty(text: str | None) -> bool:
    """Whether a text is there and names no number: blank, or a stroke for none."""
    if text is None:
        return False
    return bool(_NONE.fullmatch("".join(unicodedata.normalize("NFKC", text.translate(_STROKES)).split())))
