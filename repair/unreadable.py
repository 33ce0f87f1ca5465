"""Where a text is still garbled once everything was repaired that could be."""

from __future__ import annotations

import re

from .common_hanzi import BY_FREQUENCY, TRADITIONAL
from .holes import bytes_of_line, salvage
from .judge import at_a_glance, cost, is_hanzi
from .misreadings import GBK, WESTERN_CHARACTERS

_HANZI = "\u3400-\u9fff\uf900-\ufaff"
_UNCOMMON = f"(?:(?![{BY_FREQUENCY}{TRADITIONAL}])[{_HANZI}\ue000-\uf8ff\u3105-\u312f])"
_BESIDE = "[^\x00-\x7f，。、：；（）《》“”！？—…【】　]"
_GARBLED = re.compile(f"{_UNCOMMON}(?:{_BESIDE}{{0,2}}{_UNCOMMON})+")
"""Uncommon hanzi with hardly a common one between."""
_GONE = re.compile(
    "[\ufffd\ue000-\uf8ff\x80-\x9f]+|(?:锟斤拷)+|锟斤"
    f"|[À-ÿ][\x80-\xff]{{5,}}|(?:[à-ï][{WESTERN_CHARACTERS}?]{{2}}){{2,}}|(?<=[0-9]){_UNCOMMON}[?]"
)
"""Characters that nobody writes: holes, private use, controls, letters without words."""
_FILL = re.compile("烫{3,}|屯{3,}")
"""What memory that nothing was written to holds, read as GBK."""
_BYTES_OF_UTF8 = frozenset([*range(0x80, 0xC0), *range(0xE2, 0xEA), 0xEF])
_ODD = 3
"""A long run may begin with what is left of a character: fewer bytes than these."""
_SHORT = 3
_LONG = 6
_DEAR = 11.0
"""Mean cost of a character, from which on a long run of uncommon hanzi is no list of names or plants."""


def unreadable(text: str) -> list[tuple[int, int]]:
    """The spans ``(start, stop)`` of ``text`` that say nothing to a reader, in order and apart.

    >>> unreadable("全年收到\ufffd\ufffd3件"), unreadable("醴陵市")
    ([(4, 6)], [])
    """
    spans = [found.span() for found in _FILL.finditer(text)]
    if at_a_glance(text):
        return spans
    spans += [found.span() for found in _GONE.finditer(text)]
    spans += [found.span() for found in _GARBLED.finditer(text) if _is_garbled(found.group())]
    merged: list[tuple[int, int]] = []
    for start, stop in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(stop, merged[-1][1]))
        else:
            merged.append((start, stop))
    return merged


def _is_garbled(run: str) -> bool:
    """Whether uncommon hanzi are so many that they can't be words, or all their bytes are those of hanzi in UTF-8."""
    if len(run) >= _LONG and cost(run) >= _DEAR * len(run):
        return True
    if len(run) < _SHORT or not _BYTES_OF_UTF8.issuperset(GBK.encode(run) or b"?"):
        return False
    items = bytes_of_line(run, GBK)
    for start in range(_ODD if len(run) >= _LONG else 1):
        found = salvage(items, start)
        if 2 * (found.stop - items[start][1]) >= len(run) and any(is_hanzi(char) for char in found.after):
            return True
    return False
