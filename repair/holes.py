"""UTF-8 read by a wrong encoding, some of its bytes lost: every character that is whole, and a hole for any other."""

from __future__ import annotations

from dataclasses import dataclass

from .judge import is_common, is_rare, together
from .misreadings import Misreading

HOLE = "\ufffd"
_GOING_ON = range(0x80, 0xC0)
"""The bytes that a UTF-8 character goes on with."""
_PRIVATE_IN_GBK = range(0xAA, 0xB0)
_HANZI_LEADS = range(0xE4, 0xEA)
_LEFT_OVER = 2
"""A character that lost its first byte leaves no more than these."""
_PATIENCE = 60
"""How many bytes that say nothing end a run: else one start after another would read on to the end of the line."""
_LOST = -1
_FOREIGN = -2
"""Stands for a character that the decoding never gives."""
_QUESTION_MARK = ord("?")


Bytes = list[tuple[int, int]]
"""Each byte of a line, with the place of the character it is of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Salvaged:
    """What a run that ends before ``stop`` says, with one U+FFFD for each place where characters are gone.

    ``guessed`` says that two hanzi were put back because only they make a word.
    """

    stop: int
    after: str
    guessed: bool = False


def salvage(items: Bytes, start: int) -> Salvaged:
    """Reads on from ``items[start]`` for as long as there is UTF-8, over holes that are marked and others that show.

    A hole is marked by U+FFFD, or by ``?`` inside a character. One shows where a character is cut short and the next
    one is whole and common. A pair of bytes between two hanzi may have been a private-use character that was thrown
    away: it is put back where one pair alone makes a word. A hanzi that nobody writes is two that were cut, joined.
    """
    reader = _Reader(items=items, at=start)
    found = Salvaged(stop=items[start][1], after="")
    sure = start
    while reader.at < len(items) and reader.at - sure < _PATIENCE and reader.step():
        last = items[reader.at - 1][1]
        whole = reader.at == len(items) or items[reader.at][1] != last
        if whole and not reader.skipped and (reader.wide or reader.after.endswith(HOLE)):
            sure = reader.at
            found = Salvaged(stop=last + 1, after=reader.after, guessed=reader.guessed)
    return found


def bytes_of_line(line: str, wrong: Misreading) -> Bytes:
    """What ``wrong`` made ``line`` of, as far as that can be told."""
    items: Bytes = []
    for at, data in enumerate(wrong.bytes_in(line)):
        unknown = _LOST if line[at] == HOLE else _FOREIGN
        items += [(byte, at) for byte in data or [unknown]]
    return items


@dataclass(slots=True, kw_only=True)
class _Reader:
    """``wide`` says that the last character had three bytes: fewer may be sound text that follows, read as UTF-8."""

    items: Bytes
    at: int = 0
    after: str = ""
    wide: bool = False
    guessed: bool = False
    skipped: int = 0

    def step(self) -> bool:
        """Reads one character or hole; False where no more can be read."""
        byte = self.items[self.at][0]
        if byte == _LOST:
            return self._hole(self.at + 1)
        if size := _size(byte):
            return self._character(size)
        return byte in _GOING_ON and self._stray()

    def _character(self, size: int) -> bool:
        cut = self.at + 1
        while cut < min(self.at + size, len(self.items)) and self.items[cut][0] in _GOING_ON:
            cut += 1
        if cut == self.at + size:
            char = self._data(self.at, cut).decode("utf-8", errors="ignore")
            if is_rare(char):
                return self._hole(cut)
            self.after, self.at, self.wide, self.skipped = self.after + char, cut, size > 2, 0
            return bool(char)
        following = self.items[cut][0] if cut < len(self.items) else _FOREIGN
        if following in (_LOST, _QUESTION_MARK):
            return self._hole(cut + 1)
        return self._hole(cut) if following < 0x80 or self._goes_on(cut) else False

    def _stray(self) -> bool:
        """A byte that no character wants: it is the end of one cut short, or two have lost what they shared."""
        if self.after.endswith(HOLE):
            self.at, self.skipped = self.at + 1, self.skipped + 1
            return self.skipped <= _LEFT_OVER
        if word := self._thrown_away():
            self.after, self.at, self.wide, self.guessed = self.after[:-1] + word, self.at + 1, True, True
            return True
        at = self.at
        while at < len(self.items) and self.items[at][0] in _GOING_ON:
            at += 1
        if not self.after or at > self.at + _LEFT_OVER or not self._goes_on(at):
            return False
        if not self.after[-1].isascii():  # its bytes were joined over the gap; a figure never is part of a hole
            self.after = self.after[:-1]
        return self._hole(at)

    def _hole(self, resume: int) -> bool:
        self.after, self.at, self.skipped = self.after.removesuffix(HOLE) + HOLE, resume, 0
        return True

    def _goes_on(self, at: int) -> bool:
        """Whether a whole, common character begins at ``at`` or, past one more that was cut short, soon after."""
        further = at + 1
        while further < len(self.items) and self.items[further][0] in _GOING_ON:
            further += 1
        return self._is_whole(at) or (self._data(at, at + 1) >= b"\xe2" and self._is_whole(further))

    def _is_whole(self, at: int) -> bool:
        data = self._data(at, at + 3)
        char = data.decode("utf-8", errors="ignore") if data[:1] >= b"\xe2" else ""
        return len(char) == 1 and is_common(char)

    def _thrown_away(self) -> str:
        """The two hanzi that lost the pair of bytes between them, if one pair alone makes them a common word."""
        left, right = self._data(self.at - 3, self.at - 1), self._data(self.at - 1, self.at + 1)
        if len(left) != 2 or self.items[self.at - 1][1] != self.items[self.at][1]:
            return ""
        words = []
        for last in _PRIVATE_IN_GBK:
            for first in _HANZI_LEADS:
                word = (left + bytes([last, first]) + right).decode("utf-8", errors="ignore")
                if len(word) == 2 and together(word[0], word[1]):
                    words.append(word)
        return words[0] if len(words) == 1 else ""

    def _data(self, start: int, stop: int) -> bytes:
        return bytes(max(byte, 0) for byte, _ in self.items[max(start, 0) : stop])


def _size(byte: int) -> int:
    """How long the character is that begins with ``byte``; 0 where none does."""
    if 0 <= byte < 0x80:
        return 1
    return 2 if 0xC2 <= byte <= 0xDF else 3 if 0xE0 <= byte <= 0xEF else 4 if 0xF0 <= byte <= 0xF4 else 0
