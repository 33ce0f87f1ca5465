"""Which bytes a character was read from, by each of the decodings that go wrong in practice.

GBK decoders differ from Python's: browsers and Windows read the byte 80 as ``€``, keep undefined pairs as private-use
characters, and know no codes of four bytes. Windows reads the five bytes that cp1252 leaves undefined as controls.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

_GOING_ON, _LEAD = b"\x80", b"\xc0"
"""Bytes from one to below the other go on with a UTF-8 character, those from there on begin one."""
WESTERN_CHARACTERS = "\x80-\xffŒœŠšŸŽžƒˆ˜–—‘’‚“”„†‡•…‰‹›€™"
"""What Latin-1 and cp1252 have beyond ASCII, as a class of a regular expression."""
_UNDEFINED_IN_1252 = (0x81, 0x8D, 0x8F, 0x90, 0x9D)


class _Bytes(dict[str, bytes]):
    """The one or two bytes of each character in ``codecs``, the first that has it; none where none has."""

    def __init__(self, codecs: tuple[str, ...], special: Mapping[str, bytes]) -> None:
        super().__init__(special)
        self._codecs = codecs

    def __missing__(self, char: str) -> bytes:
        self[char] = found = next(filter(None, (self._encoded(char, codec) for codec in self._codecs)), b"")
        return found

    @staticmethod
    def _encoded(char: str, codec: str) -> bytes:
        try:
            data = char.encode(codec)
        except UnicodeEncodeError:
            return b""
        return data if len(data) <= 2 else b""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Misreading:
    """A decoding that was used where another was right.

    ``bytes_of[char]`` is empty where it never gives ``char``. ``euro`` is a second code for ``€`` beside the byte 80.
    """

    name: str
    bytes_of: Mapping[str, bytes]
    euro: bytes = b""

    def encode(self, text: str) -> bytes | None:
        """What ``text`` was read from, or None where this decoding can't have given it."""
        parts = self.bytes_in(text)
        return b"".join(parts) if all(parts) else None

    def may_hold_utf8(self, text: str) -> bool:
        """Whether some character of ``text`` may have begun one of UTF-8: hardly any sound text holds one."""
        starts = [self.bytes_of[char] for char in set(text)]
        return any(data[:1] >= _LEAD and (len(data) == 1 or _GOING_ON <= data[1:] < _LEAD) for data in starts)

    def bytes_in(self, text: str) -> list[bytes]:
        """What each character of ``text`` was read from, if that was UTF-8.

        Only then can be told which ``€`` was the byte 80: one that is followed by what goes on with a character has
        begun it, unless it stands inside. Before a lost byte it could be either, and is neither.
        """
        parts = [self.bytes_of[char] for char in text]
        at = text.find("€") if self.euro else -1
        while at >= 0:
            inside = at > 0 and parts[at - 1][-1:] >= _LEAD
            if not inside and text[at + 1 : at + 2] in ("?", "\ufffd"):
                parts[at] = b""
            elif not inside and at + 1 < len(parts) and _GOING_ON <= parts[at + 1][:1] < _LEAD:
                parts[at] = self.euro
            at = text.find("€", at + 1)
        return parts


WESTERN = Misreading(
    name="cp1252",
    bytes_of=_Bytes(("latin-1", "cp1252"), {chr(byte): bytes([byte]) for byte in _UNDEFINED_IN_1252}),
)
"""Latin-1 and cp1252 are one: no character stands for two bytes."""

GBK = Misreading(
    name="GBK",
    bytes_of=_Bytes(("gb18030",), {"€": b"\x80", "\ue7c7": b"\xa8\xbc", "\ue7c8": b"\xa8\xbf"}),
    euro=b"\xa2\xe3",
)

BIG5 = Misreading(name="Big5", bytes_of=_Bytes(("big5hkscs", "cp950"), {}))


def as_browsers_read_gbk(data: bytes) -> str:
    """``data`` as a browser shows it that takes it for GBK: U+FFFD for what fits nothing, ``€`` for the byte 80."""
    shown, at = "", 0
    while at < len(data):
        pair = data[at : at + 2]
        size = 1 if pair[0] <= 0x80 or len(pair) == 1 else 2
        char = "€" if pair[0] == 0x80 else pair[:size].decode("gb18030", errors="ignore") or "\ufffd"
        if char == "\ufffd" and len(pair) == 2 and pair[1] < 0x80:
            size = 1
        shown += char
        at += size
    return shown
