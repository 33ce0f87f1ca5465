"""Characters that can't be seen and don't belong: zero-width, direction and byte order marks, control characters."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .context import Context
from .steps import Change

_HINT = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060\u2066-\u2069\ufeff\ufffc锘ï]"
)

_BYTE_ORDER_MARK = re.compile("(?:锘(?:\ufffd|[?](?=[<#{一-鿿锘])))+|\ufeff+")

_ZERO_WIDTH = re.compile("[\u200b-\u200d\u2060\ufeff\ufffc]+")
_PLAIN = re.compile(
    "[\x00-\u024f\u0370-\u058f\u1e00-\u1fff\u2010-\u205e\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe10-\ufe6f\uff01-\uffee]"
    "|[\U00020000-\U0003fffd]"
)
"""Scripts that ask for nothing invisible: Latin, Greek, Cyrillic, hanzi, kana, Hangul, their punctuation and digits.
Beside any other sign, emoji among them, a joiner is part of the spelling."""
_SPELLED_WITH_JOINERS = re.compile("[\u0600-\u08ff\u0900-\u109f\u1780-\u18af\u1950-\u1aaf\u1b00-\u1c7f\ua800-\uabff]")
"""Arabic, and the scripts of India and Southeast Asia: where they are written, zero-width characters are left alone."""

_DIRECTION = re.compile("[\u061c\u200e\u200f\u202a-\u202d\u2066-\u2069]+")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u202e]")
"""An override (U+202E) turns what stands after it: its text isn't what is seen, and stays as it is."""

_SOFT_HYPHEN = re.compile("(?<![\xa1-\xff])\xad+|\xad+(?![\xa1-\xff])")
_TERMINAL = re.compile("(?:\x1b\\[[0-9;]*m)+")
_CONTROL = re.compile("(?:[\x00-\x07\x0b\x0e-\x1a\x1c-\x1f\x7f\u2028\u2029]|\x1b(?!\\[[0-9;]*m))+")
_C1 = re.compile("(?<![\x80-\xff])[\x80-\x9f](?![\x80-\xff])")


def invisible(text: str, context: Context) -> list[Change]:
    """What can't be seen is dropped; what stood for something seen (a hyphen, a line break, a gap) becomes that.

    Two figures are never run together, nor a dash with a figure: beside ASCII a control character becomes a blank.

    >>> [change.after for change in invisible("12\\x0734", Context())]
    [' ']
    """
    if not _HINT.search(text):
        return []
    return [*_marks(text), *_zero_width(text), *_directions(text), *_hyphens(text), *_controls(text)]


def _marks(text: str) -> Iterator[Change]:
    """Byte order marks at the start, also read as GBK with the last byte lost. Alone, 锘 is an element's name."""
    if found := _BYTE_ORDER_MARK.match(text):
        yield Change(start=0, stop=found.end(), after="", evidence="byte order mark")


def _zero_width(text: str) -> Iterator[Change]:
    if _SPELLED_WITH_JOINERS.search(text):
        return
    start = found.end() if (found := _BYTE_ORDER_MARK.match(text)) else 0
    for run in _ZERO_WIDTH.finditer(text, start):
        before, after = text[run.start() - 1 : run.start()], text[run.end() : run.end() + 1]
        if all(not beside or _PLAIN.match(beside) for beside in (before, after)):
            seen = "\ufffc" in run[0]
            yield Change(
                start=run.start(),
                stop=run.end(),
                after=_between(before, after) if seen else "",
                evidence="place of an embedded object" if seen else "zero-width characters",
            )


def _directions(text: str) -> Iterator[Change]:
    if _RIGHT_TO_LEFT.search(text):
        return
    for run in _DIRECTION.finditer(text):
        yield Change(start=run.start(), stop=run.end(), after="", evidence="direction marks in left-to-right text")


def _hyphens(text: str) -> Iterator[Change]:
    """Soft hyphens. Fonts map the hyphen they show to this code too: beside a digit it is one, or a minus sign.

    Among letters above ASCII it is a byte of what no reversal could read, and stays with the rest.
    """
    for run in _SOFT_HYPHEN.finditer(text):
        before, after = text[run.start() - 1 : run.start()], text[run.end() : run.end() + 1]
        if before.isdecimal() or after.isdecimal():
            yield Change(
                start=run.start(),
                stop=run.end(),
                after="-" * len(run[0]),
                certainty="inferred",
                evidence="soft hyphen beside a digit: a hyphen is shown",
            )
        elif after.strip():
            yield Change(start=run.start(), stop=run.end(), after="", evidence="soft hyphen")


def _controls(text: str) -> Iterator[Change]:
    for run in _TERMINAL.finditer(text):
        yield Change(start=run.start(), stop=run.end(), after="", evidence="a terminal's code for colour")
    for run in _CONTROL.finditer(text):
        before, after = text[run.start() - 1 : run.start()], text[run.end() : run.end() + 1]
        breaks = not run[0].strip("\x0b\u2028\u2029")
        shown = "\n" if breaks else _between(before, after)
        yield Change(start=run.start(), stop=run.end(), after=shown, evidence="control characters")
    for c1 in _C1.finditer(text):
        shown = c1[0].encode("latin-1").decode("cp1252", "replace")
        if shown != "\ufffd":
            yield Change(
                start=c1.start(),
                stop=c1.end(),
                after=shown,
                certainty="inferred",
                reversible=True,
                evidence="cp1252 punctuation read as Latin-1",
            )


def _between(before: str, after: str) -> str:
    """What is left where something that may have parted ``before`` from ``after`` is dropped."""
    return " " if before.strip() and after.strip() and (before.isascii() or after.isascii()) else ""
