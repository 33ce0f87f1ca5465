"""Garbled text in which bytes were lost: what is left is put right, and what is gone stays a visible hole."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from .context import Context
from .holes import HOLE, bytes_of_line, salvage
from .judge import at_a_glance, cost, has_words, is_common, is_hanzi, reads_well, together
from .misreadings import BIG5, GBK, WESTERN
from .steps import Change

_GAIN = 14.0
"""What must be gained, in nats: more than an exact reversal, since nothing proves this one."""
_GAIN_EXPLAINED = 6.0
"""Where the loss itself tells which byte is gone, and with it there is a common word."""
_SHIFTED = "GBK that lost a lead byte"
_FEW = 3
"""Fewer hanzi may be common by chance."""
_HOLES = 0.4
"""More holes than this share of a text leave too little to judge it by."""
_LINE = re.compile(r"[^\r\n]+")
_AFTER_A_LOSS = re.compile(r"(?<![?\ufffd])[?\ufffd]++(?=[^\x00-\x7f\ufffd])")
_NO_MARKS = str.maketrans("", "", f"?{HOLE}")
_LEAD_BYTES = range(0x81, 0xFF)
_EATEN, _EATEN_LEAD = "??", b"\xbf"
"""A3 BF is a full-width question mark. Software that narrows it byte by byte finds it between A1 A3 (。) and a hanzi
that begins with BF, and leaves two bytes that fit nothing. Other hanzi end in A3 too (模块), so the full stop comes
back only where a common word follows.
"""


def lost_bytes(text: str, context: Context) -> list[Change]:
    """GBK shifted by a lost byte is shifted back; UTF-8 read as something else is read anew around its holes."""
    if at_a_glance(text) and "?" not in text:
        return []
    changes: list[Change] = []
    for line in _LINE.finditer(text):
        found = sorted([*_shifted(line.group()), *_with_holes(line.group())], key=lambda change: change.start)
        end = 0
        for change in found:
            if change.start >= end:
                start, stop = line.start() + change.start, line.start() + change.stop
                changes.append(replace(change, start=start, stop=stop))
                end = change.stop
    return changes


def _shifted(line: str) -> Iterator[Change]:
    """Runs after a loss in which each hanzi is made of the second byte of one and the first of the next."""
    for loss in _AFTER_A_LOSS.finditer(line):
        stop, data = _until_ascii(line, loss.end())
        cut = len(data) % 2 == 0
        beyond = stop + cut
        try:
            tail = (data[1:-1] if cut else data[1:]).decode("gbk")
        except UnicodeDecodeError:
            continue
        if (cut and line[stop : stop + 1] not in ("?", HOLE)) or not _is_text(tail):
            continue
        if not all(map(_is_sound, line[max(loss.start() - 1, 0) : loss.start()] + line[beyond : beyond + 1])):
            continue
        narrowed = loss.group().endswith(_EATEN)
        first = _first(data[:1], tail[0], _EATEN_LEAD if narrowed else None)
        explained = narrowed and together(first, tail[0])
        if not _is_shifted(line[loss.end() : stop], tail, explained=explained):
            continue
        kept = loss.group()[:-1]
        if narrowed:
            kept = loss.group().removesuffix(_EATEN) + ("。" if explained else HOLE)
        after = kept + first + tail + HOLE * cut
        yield Change(start=loss.start(), stop=beyond, after=after, certainty="inferred", evidence=_SHIFTED)


def _is_text(tail: str) -> bool:
    return any(map(is_hanzi, tail)) and reads_well(tail)


def _is_shifted(before: str, tail: str, *, explained: bool) -> bool:
    gain = cost(before) - cost(tail)
    if explained:
        return gain >= _GAIN_EXPLAINED
    return gain >= _GAIN and not reads_well(before) and has_words(tail) and sum(map(is_hanzi, tail)) >= _FEW


def _is_sound(neighbour: str) -> bool:
    """Whether garbled text may end beside ``neighbour``: where all is lost around it, it says nothing."""
    return neighbour != "?" and is_common(neighbour)


def _until_ascii(line: str, start: int) -> tuple[int, bytes]:
    """The bytes from ``start`` on to the first that is ASCII, which is taken along where it can end a pair."""
    data = bytearray()
    for at in range(start, len(line)):
        char = line[at]
        if char.isascii():
            ends_pair = len(data) % 2 == 0 and char not in "?" and char >= "@"
            return (at + 1, bytes(data) + char.encode()) if ends_pair else (at, bytes(data))
        found = GBK.bytes_of[char]
        if not found:
            return at, bytes(data)
        data += found
        if found[-1] < 0x80:
            return at + 1, bytes(data)
    return len(line), bytes(data)


def _first(second_byte: bytes, following: str, lead: bytes | None) -> str:
    """The character whose first byte was lost: the one that makes a common word with what follows, else a hole."""
    leads = [lead] if lead else [bytes([byte]) for byte in _LEAD_BYTES]
    chars = [(one + second_byte).decode("gbk", errors="ignore") for one in leads]
    fitting = [char for char in chars if is_hanzi(char) and is_common(char)]
    words = [char for char in fitting if together(char, following)]
    if len(words) == 1:
        return words[0]
    return fitting[0] if lead and fitting else HOLE


def _with_holes(line: str) -> Iterator[Change]:
    if at_a_glance(line):
        return
    for wrong in (WESTERN, GBK, BIG5):
        if not wrong.may_hold_utf8(line):
            continue
        items = bytes_of_line(line, wrong)
        done = 0
        for index, (byte, at) in enumerate(items):
            begins = at >= done and byte >= 0xE0 and items[index - 1][1] != at
            found = salvage(items, index) if begins else None
            if found and found.after and _is_likelier(line[at : found.stop], found.after):
                lost = ", bytes lost" if found.guessed or HOLE in found.after else ""
                evidence = f"UTF-8 read as {wrong.name}{lost}"
                yield Change(start=at, stop=found.stop, after=found.after, certainty="inferred", evidence=evidence)
            done = max(done, found.stop if found else 0)


def _is_likelier(before: str, after: str) -> bool:
    rest = after.replace(HOLE, "")
    few = after.count(HOLE) <= _HOLES * len(after) and sum(map(is_hanzi, rest)) >= 2
    return few and reads_well(rest) and cost(before.translate(_NO_MARKS)) - cost(rest) >= _GAIN
