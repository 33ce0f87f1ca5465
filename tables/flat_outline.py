"""The numbers that labels begin with: 一、 （一） 1. （1） ①. Those of one kind stand on one level."""

from __future__ import annotations

import re

_HANZI = "一二三四五六七八九十"
_MARKS = (
    ("一、", re.compile(rf"([{_HANZI}]{{1,3}})\s*[、.．]")),
    ("（一）", re.compile(rf"[（(]\s*([{_HANZI}]{{1,3}})\s*[）)]")),
    ("1.", re.compile(r"(\d{1,2})\s*(?:、|[.．](?!\d))")),
    ("（1）", re.compile(r"[（(]\s*(\d{1,2})\s*[）)]")),
    ("①", re.compile(r"([①-⑳])")),
)


def mark_of(label: str) -> tuple[str | None, int]:
    """The kind of outline number that ``label`` begins with and which number it is; ``(None, 0)`` without one.

    >>> mark_of("（十二）其他"), mark_of("3.1万元"), mark_of("合计")
    (('（一）', 12), (None, 0), (None, 0))
    """
    for name, pattern in _MARKS:
        found = pattern.match(label)
        if found:
            return name, _number(found.group(1))
    return None, 0


def _number(written: str) -> int:
    if written.isascii():
        return int(written)
    if written[0] not in _HANZI:
        return ord(written) - ord("①") + 1
    tens, ten, ones = written.rpartition("十")
    unit = _HANZI.index(ones) + 1 if ones in tuple(_HANZI) else 0
    if not ten:
        return unit
    return 10 * (_HANZI.index(tens) + 1 if tens in tuple(_HANZI) else 1) + unit
