"""How like a printed text is to a label, allowing for misprints, pieces and traditional characters."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import Any

from rapidfuzz.distance import Indel

FOLD_LIMIT = 80
"""A longer text is no label, whatever it holds."""
LIKE = 0.72
"""Two texts whose characters agree to this share are one label, one of them misprinted."""
SHARE = 0.6
"""A text that holds a label and is this share of it names it."""
REMEMBERED = 1 << 16
"""How many answers are kept: a table asks the same question many times, a folder of documents ever new ones."""

_NOT_SAID = re.compile(r"[\W_]+")
_TRADITIONAL = re.compile(
    "[係內務區單國執報審對屬廢強後復據採數於會條業構標機權決沒況減為無獲現當發確祕稱穩範糾組結統經維總織繫繳繼續罰舉萬處補製"
    "複規計訟訪許訴詢認請議護費購踰轉辦這過開關隻項額類顧聯個納]"
)
"""Characters by which a label in traditional characters is told; only such a text is converted."""


@lru_cache(maxsize=REMEMBERED)
def fold(text: str) -> str:
    """What a text says: no blanks, no punctuation, one width, one case, simplified characters.

    >>> fold("（一） 予以公開"), fold("3、其他")
    ('一予以公开', '3其他')
    """
    if len(text) > FOLD_LIMIT:
        return ""
    plain = _NOT_SAID.sub("", text if text.isascii() else unicodedata.normalize("NFKC", text)).lower()
    return _simplified(plain) if _TRADITIONAL.search(plain) else plain


@cache
def _converter() -> Any:
    import opencc

    return opencc.OpenCC("t2s")


@lru_cache(maxsize=REMEMBERED)
def _simplified(text: str) -> str:
    return str(_converter().convert(text))


@lru_cache(maxsize=REMEMBERED)
def likeness(text: str, label: str) -> float:
    """How much of ``label`` the folded ``text`` names, in characters: 0 if it is something else.

    A piece of a label (as a line break leaves it) counts for its length, a misprinted one for what agrees, and a
    single character for nothing, since it tells no label from another.
    """
    if text == label:
        return len(label) + 1.0
    if len(text) < 2:
        return 0.0
    if text in label:
        return 0.9 * len(text)
    if label in text:
        return 0.9 * len(label) if len(label) >= SHARE * len(text) else 0.0
    return _misprint(text, label)


def _misprint(text: str, label: str) -> float:
    if min(len(text), len(label)) < 3 or abs(len(text) - len(label)) > 0.5 * max(len(text), len(label)):
        return 0.0
    alike = Indel.normalized_similarity(text, label, score_cutoff=LIKE)
    return float(alike) ** 2 * min(len(text), len(label))


@lru_cache(maxsize=REMEMBERED)
def names(text: str, label: str) -> bool:
    """Whether the folded ``text`` is the whole of ``label``, misprints aside, or holds it."""
    return label in text or Indel.normalized_similarity(text, label, score_cutoff=LIKE) > 0
