"""Bytes to characters: which encoding a text file or a web page really has, whatever it says."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

_BOMS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8"),
    # UTF-32 comes before UTF-16, whose mark is its beginning.
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
_SAMPLE = 20_000
_POOR = 0.5
"""A reading with a smaller share of familiar characters is doubtful."""
_LOST = "\ufffd"
_CONTROLS = re.compile(r"[\x00-\x06\x08\x0e-\x19\x1c-\x1f\x7f]")
_MAX_CONTROLS = 0.04
_MAX_LOST = 0.2


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """Text and the encoding it was read by.

    ``replaced`` counts the places where bytes fit no character and U+FFFD stands instead. ``doubtful`` is set where no
    encoding gave text that looks like Chinese and the one used is a guess.
    """

    text: str
    encoding: str
    replaced: int = 0
    doubtful: bool = False

    @property
    def is_binary(self) -> bool:
        """Whether these were never characters: many control characters, or bytes that fit none."""
        size = max(len(self.text), 1)
        return len(_CONTROLS.findall(self.text)) > _MAX_CONTROLS * size or self.replaced > _MAX_LOST * size


def decode(data: bytes, declared: str | None = None) -> Decoded:
    """The text of ``data``; ``declared`` is the charset it claims, if any.

    1. A byte order mark decides. 2. Strict UTF-8 wins over any declaration, unless a quarter of it is NULs. 3. UTF-16
    without a mark shows by NULs on one side of each pair. 4. Of GB18030, UTF-8 with losses, Big5 and UTF-16 the one is
    taken whose characters are the most familiar; a declaration breaks near ties. So a few broken bytes, or a file cut
    inside a character, don't turn a whole UTF-8 page into hanzi that happen to fit. 5. Where none of them reads as
    Chinese, another declared charset that fits without loss is believed.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _with_losses(data[len(mark) :], encoding)
    as_utf8 = _with_losses(data, "utf-8")
    if not as_utf8.replaced and data.count(0) * 4 < max(len(data), 1):
        return as_utf8
    encoding_by_nul = _utf16_by_nul(data)
    if encoding_by_nul:
        return _with_losses(data, encoding_by_nul)
    return _most_familiar(data, _codec(declared)) if as_utf8.replaced else as_utf8


def _codec(declared: str | None) -> str | None:
    """The codec to use for a declared charset: the superset that pages of that name are really written in."""
    try:
        name = codecs.lookup((declared or "").strip().strip("\"'")).name
    except (LookupError, ValueError):
        return None
    if name in ("gb2312", "gbk", "hz"):
        return "gb18030"
    return "big5" if name in ("big5", "big5hkscs", "cp950") else name


def _utf16_by_nul(data: bytes) -> str | None:
    """UTF-16 without a mark, told by the NULs of its line ends, digits and blanks, and by what it reads as."""
    even, odd = data[0::2].count(0), data[1::2].count(0)
    if min(even, odd) * 10 > max(even, odd) or not even + odd:
        return None
    encoding = "utf-16-le" if odd > even else "utf-16-be"
    text = data[: len(data) // 2 * 2].decode(encoding, errors="replace")
    plain = sum(1 for char in text[:_SAMPLE] if char.isascii() and (char.isprintable() or char.isspace()))
    foreign = _foreign(text[:_SAMPLE])
    good = plain + sum(map(_familiar, foreign))
    return encoding if good >= 0.7 * (plain + len(foreign)) and good else None


def _with_losses(data: bytes, encoding: str) -> Decoded:
    """``data`` in ``encoding``, whatever fits no character replaced and counted."""
    codec = "big5hkscs" if encoding == "big5" else encoding
    try:
        return Decoded(text=data.decode(codec), encoding=encoding)
    except UnicodeDecodeError:
        text = data.decode(codec, errors="replace")
    genuine = data.count(_LOST.encode(codec)) if codec.startswith(("utf", "gb")) else 0
    return Decoded(text=text, encoding=encoding, replaced=max(text.count(_LOST) - genuine, 1))


def _most_familiar(data: bytes, declared: str | None) -> Decoded:
    scored = []
    for encoding in ("gb18030", "utf-8", "big5", "utf-16-le", "utf-16-be"):
        decoded = _with_losses(data, encoding)
        bonus = 0.05 if encoding == declared else 0.0
        scored.append((familiarity(decoded.text, encoding) + bonus, decoded))
    best, decoded = max(scored, key=lambda pair: pair[0])
    if best >= _POOR:
        return decoded
    if declared and declared not in {reading.encoding for _, reading in scored}:
        try:
            return Decoded(text=data.decode(declared), encoding=declared)
        except (UnicodeError, LookupError):
            pass
    # GB18030 is what undeclared Chinese files are, unless UTF-8 lost less.
    decoded = min((pair[1] for pair in scored[:2]), key=lambda reading: reading.replaced)
    return Decoded(text=decoded.text, encoding=decoded.encoding, replaced=decoded.replaced, doubtful=True)


def familiarity(text: str, encoding: str) -> float:
    """The share of the characters beyond ASCII that a text really written in ``encoding`` would mostly consist of.

    For GB18030 that is level 1 of GB 2312, for Big5 its frequent plane, for Unicode either; each with its punctuation.
    Text read by the wrong one of the two falls into rare planes about every second character.
    """
    foreign = _foreign(text)
    if not foreign:
        return 0.0
    plane = {"gb18030": _frequent_in_gb, "big5": _frequent_in_big5}.get(encoding, _familiar)
    return sum(map(plane, foreign)) / len(foreign)


def _foreign(text: str) -> list[str]:
    beyond: Iterable[str] = (char for run in re.finditer(r"[^\x00-\x7f]+", text) for char in run.group())
    return list(islice(beyond, _SAMPLE))


@lru_cache(maxsize=65536)
def _frequent_in_gb(char: str) -> bool:
    pair = char.encode("gb2312", errors="ignore")
    return len(pair) == 2 and (0xB0 <= pair[0] <= 0xD7 or pair[0] in (0xA1, 0xA3))


@lru_cache(maxsize=65536)
def _frequent_in_big5(char: str) -> bool:
    pair = char.encode("big5", errors="ignore")
    return len(pair) == 2 and (b"\xa4\x40" <= pair <= b"\xc6\x7e" or pair < b"\xa3\x40")


def _familiar(char: str) -> bool:
    return _frequent_in_gb(char) or _frequent_in_big5(char)
