"""Text decoded by the wrong encoding, decoded anew.

A reversal is made only where it is exact (the result, encoded and misread again, is what stood there) and where it
reads much better. It is tried run by run within a line, so sound text beside a garbled run stays as it is; and once
more on its own result, since what went wrong once goes wrong twice. A run that has lost bytes is left whole for the
next fixer.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from .context import Context
from .judge import CHEAPEST, at_a_glance, cost, has_words, is_common, is_hanzi, reads_well
from .misreadings import BIG5, GBK, WESTERN, WESTERN_CHARACTERS, Misreading
from .steps import Change

_PATIENCE = 100
"""How much ASCII may stand inside a run: else one start after another would read on to the end of the line."""
PASSES = 2
"""How many times over a text may have been misread."""
_GAIN = 12.0
"""What reversals must make a line likelier by, in nats: accidents are rare, and there are several to choose from."""
_GAIN_A_HANZI = 3.0
"""The same for each hanzi where any hanzi of one encoding are hanzi of the other too, so only likelihood can tell."""
_LINE = re.compile(r"[^\r\n]+")
_BYTE_ORDER_MARK = "\ufeff"
_HIGH = re.compile(r"[^\x00-\x7f]")
_WESTERN_PAIR = re.compile(f"[{WESTERN_CHARACTERS}]{{2}}")
_PLAIN_MARKS = "，。、：；（）《》“”！？—…【】　"
_PURE_SEGMENT = re.compile(f"[^\x00-\x7f{_PLAIN_MARKS}]+")
_SEGMENT = re.compile(f"(?:[^\x00-\x7f{_PLAIN_MARKS}]|[?])+")
"""What stands between blanks and plain marks; a ``?`` may be what became of a lost byte."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reversal:
    """``line[start:stop]`` read rightly is ``after``, and that is likelier by ``gain``."""

    start: int
    stop: int
    after: str
    gain: float
    evidence: str


Way = Callable[[str], Iterable[Reversal]]
"""All runs of a line that one kind of misreading may have made."""


def mojibake(text: str, context: Context) -> list[Change]:
    """GBK or UTF-8 read as cp1252, UTF-8 read as GBK or Big5, GBK and Big5 read as each other; once or twice."""
    if at_a_glance(text):
        return []
    changes: list[Change] = []
    for line in _LINE.finditer(text):
        if at_a_glance(line.group()):
            continue
        for one in _without_remains(line.group(), reversals(line.group())):
            start, stop = line.start() + one.start, line.start() + one.stop
            changes.append(Change(start=start, stop=stop, after=one.after, reversible=True, evidence=one.evidence))
    return changes


def reversals(line: str, passes: int = PASSES) -> list[Reversal]:
    """The runs of ``line`` that read much better when decoded anew, each by the decoding that suits it best."""
    candidates: list[Reversal] = []
    for way in _WAYS:
        found = [one for one in (_again(line, once, passes) for once in way(line)) if one.gain > 0]
        found = [one for one in found if _is_text(line[one.start : one.stop], one.after)]
        if sum(one.gain for one in found) >= _GAIN:
            candidates += found
    taken: list[Reversal] = []
    occupied = bytearray(len(line))
    for one in sorted(candidates, key=lambda one: -one.gain):
        if not any(occupied[one.start : one.stop]):
            occupied[one.start : one.stop] = b"\1" * (one.stop - one.start)
            taken.append(one)
    return sorted(taken, key=lambda one: one.start)


def _is_text(before: str, after: str) -> bool:
    """Whether ``after`` reads well, and hanzi haven't become mere letters, save for a byte order mark before them."""
    still_hanzi = any(map(is_hanzi, after)) or not any(map(is_hanzi, before))
    return reads_well(after) and (still_hanzi or after.startswith(_BYTE_ORDER_MARK))


def _again(line: str, once: Reversal, passes: int) -> Reversal:
    """``once``, or, where the whole of its result can be reversed once more, what that gives."""
    if passes == 1 or reads_well(once.after):
        return once
    twice = reversals(once.after, passes - 1)
    if not twice or _HIGH.search(_spliced(once.after, twice, lambda one: "")):
        return once
    after = _spliced(once.after, twice, lambda one: one.after)
    evidence = f"{twice[0].evidence}, and that {once.evidence.split(' ', 1)[1]}"
    return _reversal(line, once.start, once.stop, after, evidence)


def _spliced(text: str, found: Sequence[Reversal], instead: Callable[[Reversal], str]) -> str:
    pieces, done = [], 0
    for one in found:
        pieces += [text[done : one.start], instead(one)]
        done = one.stop
    return "".join([*pieces, text[done:]])


def _reversal(line: str, start: int, stop: int, after: str, evidence: str) -> Reversal:
    gain = cost(line[start:stop]) - cost(after)
    return Reversal(start=start, stop=stop, after=after, gain=gain, evidence=evidence)


def _without_remains(line: str, found: Sequence[Reversal]) -> Iterator[Reversal]:
    """Those of ``found`` that leave nothing garbled up to a blank or a plain mark: that would tell of lost bytes."""
    covered = {at for one in found for at in range(one.start, one.stop)}
    remains: set[int] = set()
    for segment in _SEGMENT.finditer(line):
        places = range(*segment.span())
        if not all(at in covered or line[at] == "?" or _is_sound(line[at]) for at in places):
            remains.update(places)
    for one in found:
        if remains.isdisjoint(range(one.start, one.stop)):
            yield one


def _is_sound(char: str) -> bool:
    """Whether ``char`` is common, and not one of those that begin what UTF-8 hanzi turn into: 鏈, 骞, 涓."""
    return is_common(char) and GBK.bytes_of[char][:1] < b"\xe3"


def _utf8_read_as(wrong: Misreading) -> Way:
    def way(line: str) -> Iterator[Reversal]:
        parts = wrong.bytes_in(line) if wrong.may_hold_utf8(line) else []
        for start, stop in _utf8_runs(parts, from_hanzi=wrong is not WESTERN):
            try:
                after = b"".join(parts[start:stop]).decode("utf-8")
            except UnicodeDecodeError:
                continue
            if wrong is WESTERN or sum(map(is_hanzi, after)) != 1:  # two rare hanzi may be one and a letter by chance
                yield _reversal(line, start, stop, after, f"UTF-8 read as {wrong.name}")

    return way


def _utf8_runs(parts: Sequence[bytes], *, from_hanzi: bool) -> Iterator[tuple[int, int]]:
    """The longest runs whose bytes are whole UTF-8 characters. ASCII may stand inside, not at an end.

    A hanzi's two bytes alone make a letter too often: 系 would be ϵ. So none begins a run that was hanzi.
    """
    least = b"\xe0" if from_hanzi else b"\xc2"
    at = 0
    while at < len(parts):
        stop = _utf8_end(parts, at) if parts[at][:1] >= least else at
        if stop > at:
            yield at, stop
        at = max(stop, at + 1)


def _utf8_end(parts: Sequence[bytes], start: int) -> int:
    """Where the run that begins at ``start`` ends; ``start`` itself if it holds not one whole character."""
    end, wanting = start, 0
    for at in range(start, len(parts)):
        if at - end > _PATIENCE:
            break
        for byte in parts[at] or b"\xff":
            wanting = _wanting(byte, wanting)
            if wanting < 0:
                return end
        if not wanting and not parts[at].isascii():
            end = at + 1
    return end


def _wanting(byte: int, wanting: int) -> int:
    """How many bytes a character still wants after ``byte``, when it wanted so many before; -1 if that is no UTF-8."""
    if wanting:
        return wanting - 1 if 0x80 <= byte <= 0xBF else -1
    if byte < 0x80:
        return 0
    return 1 if 0xC2 <= byte <= 0xDF else 2 if 0xE0 <= byte <= 0xEF else 3 if 0xF0 <= byte <= 0xF4 else -1


def _gbk_read_as_western(line: str) -> Iterator[Reversal]:
    """Pairs of bytes. Runs that touch Latin letters are likely to be words with accents, and must be two hanzi long.

    One letter over and over is a place to fill in.
    """
    at = 0
    while pair := _WESTERN_PAIR.search(line, at):
        after = ""
        at = stop = pair.start()
        while hanzi := _pair(line, stop, started=bool(after)):
            after += hanzi
            stop += 2
        beside = line[max(at - 1, 0) : at] + line[stop : stop + 1]
        word = any(char.isalpha() and (char.isascii() or WESTERN.bytes_of[char]) for char in beside)
        if sum(map(is_hanzi, after)) > word and len(set(line[at:stop])) != 1:
            yield _reversal(line, at, stop, after, "GBK read as cp1252")
        at = max(stop, at + 1)


def _pair(line: str, at: int, *, started: bool) -> str:
    """The character of the two bytes at ``at``, if they are one. Only common ones may end in an ASCII letter."""
    pair = line[at : at + 2]
    if len(pair) < 2 or pair[0].isascii() or (pair[1].isascii() and not started):
        return ""
    data = WESTERN.encode(pair)
    try:
        char = data.decode("gbk") if data else ""
    except UnicodeDecodeError:
        return ""
    return char if len(char) == 1 and (not pair[1].isascii() or is_common(char)) else ""


def _swapped(wrong: Misreading, right: str, name: str) -> Way:
    """Of two encodings that give hanzi for nearly any pair of bytes."""

    def way(line: str) -> list[Reversal]:
        found: list[Reversal] = []
        pure = "".join(_PURE_SEGMENT.findall(line))
        if cost(pure) < (_GAIN_A_HANZI + CHEAPEST) * len(pure):
            return found
        for segment in _PURE_SEGMENT.finditer(line):
            data = wrong.encode(segment.group())
            try:
                after = data.decode(right) if data else ""
            except UnicodeDecodeError:
                continue
            one = _reversal(line, *segment.span(), after, f"{name} read as {wrong.name}")
            if one.gain > 0 and after.encode(right) == data and any(map(is_hanzi, after)):
                found.append(one)
        enough = sum(one.gain for one in found) >= _GAIN_A_HANZI * sum(len(one.after) for one in found)
        return found if enough and has_words("\n".join(one.after for one in found)) else []

    return way


_WAYS = (
    _utf8_read_as(WESTERN),
    _utf8_read_as(GBK),
    _utf8_read_as(BIG5),
    _gbk_read_as_western,
    _swapped(BIG5, "gbk", "GBK"),
    _swapped(GBK, "big5hkscs", "Big5"),
)
