"""Lines of one text put together again, for cells and paragraphs of any source."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

_BLANKS = re.compile(r"[ \t\r\n\f\v\xa0]+")
_EDGES = " \t\r\n\f\v\xa0\u3000"
_AMBIGUOUS = frozenset("“”‘’…—·")
"""Punctuation that Chinese and Latin texts share; it is Chinese where it stands beside a wide character."""


def join_lines(lines: Iterable[str]) -> str:
    """One line of text out of several, as a Chinese reader joins them.

    Nothing comes between two lines where either side of the break is a wide character, one space anywhere else: two
    numbers on two lines never become one number. Blank lines vanish; a run of blanks within a line is one space, but an
    ideographic space within a line is the author's and stays.

    >>> join_lines(["商 业", "企业"]), join_lines(["1.", "属于国家秘密"]), join_lines(["12", "34"])
    ('商 业企业', '1.属于国家秘密', '12 34')
    """
    joined = ""
    for line in lines:
        text = _BLANKS.sub(" ", line).strip(_EDGES)
        if not text:
            continue
        joined += (" " if joined and _apart(joined[-1], text[0]) else "") + text
    return joined


def is_wide(char: str) -> bool:
    """Whether ``char`` is a hanzi, a full-width form or CJK punctuation."""
    return unicodedata.east_asian_width(char) in "WF"


def _apart(before: str, after: str) -> bool:
    if is_wide(before) or is_wide(after):
        return False
    return not (before in _AMBIGUOUS and after in _AMBIGUOUS)
