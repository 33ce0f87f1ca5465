"""Texts as they stand where numbers stand."""

from __future__ import annotations

import html
import re
import unicodedata

MAX_VALUE = 40
"""A longer text is no value."""

_VALUE = re.compile(
    r"[+\-−－＋减增约¥￥]{0,2}(?:\d{1,3}(?:[,，]\d{3})+|\d+)(?:\.\d+)?"
    r"(?:[%％]|(?:元|万元|亿元|千元|件|条|次|个|项|宗|份|人|户|部|起))?(?:[（(][^（()）]*[）)])?"
    r"|[-—–－]{1,2}|[/／\\*＊]|无|N/A",
    re.IGNORECASE,
)
_EMPTY = re.compile(r"nan|none|null|<na>|[─-╿]+", re.IGNORECASE)
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_STRESSED = re.compile(r"([*_~`]{1,3})(?![*_~`])(.*[^*_~`])\1")
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,80}>")


def is_one_value(text: str) -> bool:
    """Whether a text stands where a number stands: a number with sign, unit and remark, or a stroke for none."""
    bare = text.strip()
    if not bare or len(bare) > MAX_VALUE:
        return False
    return bool(_VALUE.fullmatch(bare if bare.isascii() else unicodedata.normalize("NFKC", bare)))


def is_value(text: str) -> bool:
    """Whether a text is a value or several that ran together in one cell; those are one too, if not one that counts."""
    return is_one_value(text) or (len(text) <= MAX_VALUE and any(text.split()) and all(map(is_one_value, text.split())))


def unquoted(text: str) -> str:
    """``text`` without the quotes around it, if they are all it has."""
    quoted = len(text) > 1 and text[0] == text[-1] and text[0] in "\"'" and text.count(text[0]) == 2
    return text[1:-1].strip() if quoted else text


def unmarked(text: str) -> str:
    """``text`` without what a writer of marked-up text put around it, and nothing where it says that there is nothing.

    >>> unmarked("**总计**"), unmarked(r"\\-"), unmarked("&nbsp;"), unmarked("NaN"), unmarked("*")
    ('总计', '-', '', '', '*')
    """
    bare = unquoted(text.strip())
    if bare.isalnum():
        return "" if _EMPTY.fullmatch(bare) else bare
    bare = html.unescape(bare).strip() if "&" in bare else bare
    bare = _TAG.sub("", bare).strip() if "<" in bare else bare
    bare = _ESCAPED.sub(r"\1", bare) if "\\" in bare else bare
    stressed = _STRESSED.fullmatch(bare)
    bare = stressed[2].strip() if stressed else bare
    return "" if _EMPTY.fullmatch(bare) else bare
