"""Readings that mirror sites inject after characters: ``公開(kāi)`` is 公開."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from .context import Context
from .script import is_traditional, simplified, written_only
from .steps import Change

_LATIN = "A-Za-z\u00c0-\u024f\u0251\u0261\u0300-\u030c"
_BRACKET = re.compile(rf"[(（\[［【]\s?([{_LATIN}:]{{1,8}})\s?[)）\]］】]")
_LETTER = re.compile("[A-Za-z]")
_HANZI = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff]")
_BEGINS = ("", *"\n。、，,;；|/:：-—“‘「『\"'")
_ENDS = ("", *"\n \t\u3000、，,;；|/：:-—”’」』\"'")
_TONES = {"\u0300", "\u0301", "\u0304", "\u0306", "\u030c"}
_PLAIN = str.maketrans({"ɑ": "a", "ɡ": "g", "v": "u"})

_SPARSEST, _DENSEST = 1 / 40, 1 / 2
"""What share of the hanzi a mirror annotates. Seen were 8 to 29 %. Below, a writer explains a word or two; above, a
textbook or a dictionary annotates all."""
_DISTINCT_WITHOUT_TONES = 3
_DISTINCT_ON_SIMPLIFIED = 4
"""A textbook that annotates whatever is new hits 4 characters in a row that differ between the scripts one time in
a hundred."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A reading of ``char`` in brackets right behind it, ``text[start:stop]``; given twice, both.

    ``common``: everyone knows the character; ``usual``: it is the reading that comes to mind first.
    ``headword``: the character stands by itself, as the entries of a dictionary and the items of a list do.
    """

    start: int
    stop: int
    char: str
    written: str
    common: bool
    usual: bool
    headword: bool

    @property
    def toned(self) -> bool:
        return any(mark in _TONES for mark in unicodedata.normalize("NFD", self.written))

    @property
    def name_like(self) -> bool:
        """王(Wang): how a name is romanised."""
        return not self.toned and self.written != self.written.lower()


def pinyin(text: str, context: Context) -> list[Change]:
    """Readings dropped, in a document that shows :func:`injected` ones; all other brackets stay.

    Readings with tones were only ever injected after characters that differ between the scripts: 亳(bó)州 stays even
    there, and so does 王(Wang).
    """
    if not context.annotated:
        return []
    return [
        Change(start=found.start - 1, stop=found.stop, after=found.char, evidence=f"a reading of {found.char}")
        for found in _readings_in(text)
        if not found.name_like and (not found.toned or written_only(found.char))
    ]


def injected(texts: Sequence[str]) -> bool:
    """Whether the fragments of one document, taken together, show readings that no writer put there.

    Genuine readings explain: rare characters (邳(pī)州), rare readings (六(lù)安), whatever is new in a textbook, words
    of Chinese in another language. A mirror explains nothing: it gives usual readings of common characters, and never
    so many as a textbook. There are two habits. Readings with tones follow only characters that differ between the
    scripts, in text that was made traditional; the same on text made simplified again must be seen on more of them,
    since a textbook might look alike. Readings without tones follow any character, and several are needed. A rare
    character proves nothing: its reading is genuine wherever it stands.
    """
    readings = [reading for text in texts for reading in _readings_in(text)]
    found = [reading for reading in readings if reading.common and not reading.name_like]
    if not found:
        return False
    whole = "".join(texts)
    hanzi = len(_HANZI.findall(whole))
    if len(_LETTER.findall(whole)) - sum(len(reading.written) for reading in readings) > hanzi:
        return False
    toned = [reading for reading in found if reading.toned]
    plain = [reading for reading in found if not reading.toned]
    return _by_tones(toned, hanzi, whole) or (
        _idle(plain, hanzi) and len({reading.char for reading in plain}) >= _DISTINCT_WITHOUT_TONES
    )


def _by_tones(found: Sequence[Reading], hanzi: int, whole: str) -> bool:
    if not _idle(found, hanzi) or not _mostly(written_only(reading.char) is not None for reading in found):
        return False
    return is_traditional(whole) or len({reading.char for reading in found}) >= _DISTINCT_ON_SIMPLIFIED


def _idle(found: Sequence[Reading], hanzi: int) -> bool:
    """Whether these readings explain nothing, and are neither a list's nor a textbook's."""
    if not _SPARSEST * hanzi <= len(found) <= _DENSEST * hanzi:
        return False
    headwords = sum(reading.headword for reading in found)
    return bool(found) and 2 * headwords <= len(found) and _mostly(reading.usual for reading in found)


def _mostly(facts: Iterable[bool]) -> bool:
    judged = list(facts)
    return sum(judged) >= 0.9 * len(judged)


def _readings_in(text: str) -> Iterator[Reading]:
    found: Reading | None = None
    for match in _BRACKET.finditer(text):
        start, stop = match.span()
        doubled = found is not None and found.stop == start
        char = found.char if found and doubled else text[start - 1 : start]
        written = match[1]
        if not _HANZI.match(char) or _bare(written) not in _readings_of(char):
            continue
        if found and doubled:
            found = replace(found, stop=stop)
            continue
        if found:
            yield found
        found = Reading(
            start=start,
            stop=stop,
            char=char,
            written=written,
            common=_common(char),
            usual=_bare(written) == _readings_of(char)[0],
            headword=_headword(text[max(start - 9, 0) : start - 1], text[stop : stop + 1]),
        )
    if found:
        yield found


def _headword(before: str, after: str) -> bool:
    return before.rstrip(" \t\u3000")[-1:] in _BEGINS and after in _ENDS


@cache
def _readings_of(char: str) -> tuple[str, ...]:
    """All readings without tones, the usual one first."""
    from pypinyin import pinyin as readings

    return tuple(dict.fromkeys(_bare(reading) for reading in readings(char, heteronym=True)[0]))


def _bare(reading: str) -> str:
    """Without tones and case: a mirror's tone may be another region's, or that of the word it stands in. ü is u."""
    letters = unicodedata.normalize("NFD", reading.lower().replace(":", "").translate(_PLAIN))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def _common(char: str) -> bool:
    """Whether the character's simplified form is in the first level of GB 2312: the 3,755 in daily use."""
    try:
        return simplified(char).encode("gb2312")[0] < 0xD8
    except UnicodeEncodeError:
        return False
