"""How well a text reads, so that two readings of the same bytes can be compared, and what still reads as nothing.

A text costs what its characters cost: the less common, the more, in natural logarithms of how often they are met. A
wrong decoding turns common hanzi into ones that hardly anybody writes, so it costs far more than the right one.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from itertools import pairwise

from .common_hanzi import BY_FREQUENCY, PAIRS, SIMPLIFIED, TRADITIONAL

_RANKS = (0, 10, 30, 100, 200, 300, 600, 1000, 1500, 2000, 2500, 3000)
_COSTS = (4.4, 5.1, 5.7, 6.3, 6.7, 7.1, 7.9, 8.7, 9.4, 10.1, 10.7, 11.2)
"""What the hanzi of each rank of frequency costs; between them on a line."""
CHEAPEST = 4.0
"""No text of hanzi costs less a character than this."""
_UNCOMMON = 12.5
"""A hanzi beyond those of the list, but of GB 2312 or Big5: names of people, places, plants."""
_RARE = 14.5
_NEVER = 17.0
"""Private-use, unassigned and control characters: nobody writes them."""
_TOGETHER = 3.5
"""What two hanzi cost less that make a common word."""
_PLAIN_MARKS = frozenset("，。、：；（）《》“”！？—…·【】〔〕％－／〈〉「」『』‘’　")
_LETTER = 3.5
_OTHER_ALPHABET = 4.0
"""Whole texts are written in it: kana, Greek, Cyrillic. No reversal may gain on them."""
_ACCENTED = 6.0
_SYMBOL = 6.0
_DRAWN = 4.5
"""Lines, boxes and bullets come in rows."""

_PAIRS = frozenset(PAIRS[at : at + 2] for at in range(0, len(PAIRS), 2))
_SIMPLE = str.maketrans(TRADITIONAL, SIMPLIFIED)
_SOUND = re.compile(f"[\\s!-~{BY_FREQUENCY}{TRADITIONAL}{''.join(_PLAIN_MARKS)}]*")


class _Costs(dict[str, float]):
    """What each character costs, worked out when it is first met."""

    def __missing__(self, char: str) -> float:
        self[char] = cost = _cost_of(char)
        return cost


def _by_frequency() -> dict[str, float]:
    costs = {}
    for rank, char in enumerate(BY_FREQUENCY):
        at = min(bisect_right(_RANKS, rank), len(_RANKS) - 1)
        low, high = _RANKS[at - 1], _RANKS[at]
        costs[char] = _COSTS[at - 1] + (_COSTS[at] - _COSTS[at - 1]) * (rank - low) / (high - low)
    return costs


def _cost_of(char: str) -> float:
    if char.isspace():
        return _LETTER if char != "\x85" else _NEVER
    if char.isascii():
        return _LETTER if char.isprintable() else _NEVER
    if "\u3400" <= char <= "\u9fff" or char >= "\U00020000":
        known = char.encode("gb2312", errors="ignore") or char.encode("big5", errors="ignore")
        return _UNCOMMON if known else _RARE
    if char in _PLAIN_MARKS:
        return _LETTER + 1
    if unicodedata.category(char) in ("Co", "Cn", "Cc", "Cs") or char == "\ufffd":
        return _NEVER
    if char.isalpha() and not "\u3100" <= char <= "\u312f":
        return _ACCENTED if char < "\u0370" else _OTHER_ALPHABET
    return _DRAWN if "\u2500" <= char <= "\u25ff" else _SYMBOL


_COST = _Costs(_by_frequency())


_ACCENTS_SIDE_BY_SIDE = re.compile("[\x80-\xff](?=[\x80-\xff])")
_CROWDED = 2.0
"""What each of Latin-1's characters beyond ASCII costs more right beside another: words have letters between them."""


_OTHERS = "\u0370-\u04ff\u3040-\u30ff"
_LONE_LETTER = re.compile(f"(?<![{_OTHERS}])[{_OTHERS}](?![{_OTHERS}])")
_LONELY = 4.0
"""What a Greek or Cyrillic letter or a kana costs more that has none of its kind beside it."""


def cost(text: str) -> float:
    """How unlikely ``text`` is, in nats; of two readings of the same bytes the cheaper one is the likelier.

    >>> cost("中国政府") < cost("笢弊淉葬")
    True
    """
    folded = text.translate(_SIMPLE)
    together = sum(left + right in _PAIRS for left, right in pairwise(folded))
    crowded = len(_ACCENTS_SIDE_BY_SIDE.findall(text))
    lonely = len(_LONE_LETTER.findall(text))
    return sum(map(_COST.__getitem__, folded)) - _TOGETHER * together + _CROWDED * crowded + _LONELY * lonely


def together(left: str, right: str) -> bool:
    """Whether two hanzi stand side by side in a common word."""
    return (left + right).translate(_SIMPLE) in _PAIRS


def is_hanzi(char: str) -> bool:
    """Whether ``char`` is a hanzi of any block."""
    return "\u3400" <= char <= "\u9fff" or "\uf900" <= char <= "\ufaff" or char >= "\U00020000"


def is_rare(char: str) -> bool:
    """Whether ``char`` is a hanzi that neither GB 2312 nor Big5 has: hardly anybody writes one."""
    return is_hanzi(char) and _COST[char] >= _RARE


def is_common(char: str) -> bool:
    """Whether any text may hold ``char``: ASCII, plain punctuation, and hanzi of the common ones in either script."""
    return _SOUND.fullmatch(char) is not None


def reads_well(text: str) -> bool:
    """Whether ``text`` could be a person's Chinese: hanzi common enough, and hardly anything else that isn't ASCII.

    Other alphabets than the Latin one don't read well here: a wrong reading of hanzi is full of them.
    """
    hanzi = "".join(char for char in text if is_hanzi(char))
    others = [char for char in text if not (char.isascii() or is_hanzi(char) or char in _PLAIN_MARKS)]
    if any(_COST[char] >= _NEVER or _is_foreign(char) for char in others) or len(others) > max(len(hanzi), 1):
        return False
    return cost(hanzi) <= (_READABLE if len(hanzi) >= _FEW else _READABLE_OF_FEW) * len(hanzi)


def _is_foreign(char: str) -> bool:
    return char.isalpha() and not (char < "\u0250" or "\u1e00" <= char <= "\u1eff" or "\uff00" <= char <= "\uff5e")


def has_words(text: str) -> bool:
    """Whether the hanzi of ``text`` stand in common words as often as in prose, once at least."""
    folded = text.translate(_SIMPLE)
    return sum(left + right in _PAIRS for left, right in pairwise(folded)) >= max(sum(map(is_hanzi, text)) / 6, 1)


_READABLE = 9.5
"""Mean cost of a hanzi in text that reads well: prose stays below 8, garbled text above 9.5, mostly 11."""
_READABLE_OF_FEW = 8.7
_FEW = 4
"""Fewer hanzi can be common by chance."""


def at_a_glance(text: str) -> bool:
    """Whether ``text`` holds nothing but common characters, so that no reversal has to be tried.

    >>> at_a_glance("全年收到申请3件。"), at_a_glance("鏀垮簻")
    (True, False)
    """
    return _SOUND.fullmatch(text) is not None
