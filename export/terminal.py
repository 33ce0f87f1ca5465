"""Text in a terminal's columns, of which a hanzi takes two."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

ELLIPSIS = "…"
WIDE = frozenset("WF")
"""East Asian widths of two columns. The ambiguous ones (quotes, ``…``) take one, unless a terminal is set otherwise."""
NO_WIDTH = frozenset({"Mn", "Me"})
UNPRINTABLE = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
"""Categories of what moves the cursor, turns the direction of the text or isn't there to be seen."""


def printable(text: str) -> str:
    r"""The text with each character that could do anything but print as an escape.

    >>> printable("报告\x1b[2J\u3000一")
    '报告\\x1b[2J\u3000一'
    """
    return "".join(ascii(char)[1:-1] if unicodedata.category(char) in UNPRINTABLE else char for char in text)


def on_a_line(text: str) -> str:
    """The text, printable, with each run of blanks and line breaks as one blank."""
    return printable(" ".join(text.split()))


def width(text: str) -> int:
    """How many columns a text takes."""
    return sum(map(_columns, text))


def padded(text: str, columns: int, *, right: bool = False) -> str:
    """The text with blanks behind it, or before it to stand at the ``right``."""
    blanks = " " * (columns - width(text))
    return blanks + text if right else text + blanks


def cut(text: str, columns: int) -> str:
    """The text in at most so many columns, an ellipsis for what had to go from its end."""
    return text if width(text) <= columns else _beginning(text, columns - 1) + ELLIPSIS


def wrapped(text: str, columns: int) -> Iterator[str]:
    """The text in lines of at most so many columns, cut anywhere. ``columns`` are two at least."""
    while text:
        line = _beginning(text, columns)
        yield line
        text = text[len(line) :]


def _beginning(text: str, columns: int) -> str:
    taken = 0
    for at, char in enumerate(text):
        taken += _columns(char)
        if taken > columns:
            return text[:at]
    return text


def _columns(char: str) -> int:
    if unicodedata.category(char) in NO_WIDTH:
        return 0
    return 2 if unicodedata.east_asian_width(char) in WIDE else 1
