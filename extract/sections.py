"""A report that lost its line breaks gets its headings and paragraphs back."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ..document import TextBlock
from .cutting import Span, cut
from .headings import MAX_HEADING, MAX_TITLE, heading_level, reads_as_title
from .reading import Item

LEAST_LENGTH = 20
"""A shorter paragraph holds no two sections."""
LEAST_PROSE = 10
"""What follows a heading in its line is prose from so many characters on."""
NEAR = 40
"""What stands before a number is looked for within so many characters."""
SPACED = 0.8
"""Where a blank stands behind this share of the sentences or more, it parts sentences and no paragraphs."""

_HANZI_NUMBER = "[一二三四五六七八九十]{1,3}"
_MARKER = re.compile(
    r"(?:\*\*)?(?:"
    rf"(?P<level1>{_HANZI_NUMBER})\s?(?:、|[．.](?!\d))"
    rf"|[（(]\s?(?P<level2>{_HANZI_NUMBER})\s?[）)]\s?[、．.]?"
    r"|(?<![\d.．])(?P<level3>\d{1,2})(?:、|[．.](?!\s?\d))(?=\s?[\u4e00-\u9fff《“\"])"
    r"|[（(]\s?(?P<level4>\d{1,2})\s?[）)](?=\s?[\u4e00-\u9fff《“\"])"
    r")"
)
_LEVELS = 4
_CITED = re.compile(r"\s*(?:[项款条目号]|[至到和及或与、，。；：,;:）)]|$)")
"""What goes on like this is a number that is spoken of, not one that begins something."""
_BLANKS = " \t\u3000\xa0\n|"
"""Pipes among them: text in one line may be what is left of a table that only laid it out."""
_ENDS = "。！？!?"
_CLOSERS = '”’"』」）)》'
_LISTED = "；;，,、：:"
_DIGIT = {char: value for value, char in enumerate("一二三四五六七八九十", 1)}

_PUNCTUATION = re.compile(r"[。！？；，：,;:!?]")
_NAMES_MORE = re.compile(
    r"[^。！？；，：,;:!?]{0,30}(?:概述|概况|总述|前言|综述|情况|情形|工作|内容|措施|事项|问题|打算|计划|安排|设想|思路|建议|意见|说明|方面|保障|管理|建设"
    r"|公开|申请|收费|诉讼|申诉|复议|附件|附表|制度|机制|培训|监督|渠道|平台|范围|形式|数量|成效|不足|做法|要求|任务|目标|方向)"
)
_KNOWN_NAME = re.compile(
    r"(?:概述|概况|总体情况|基本情况|工作概述|工作概况"
    r"|(?:主动公开|依申请公开|收到和处理|不予公开|重点领域|政策解读|回应)[^\s。！？；，：,;:!?]{0,24}情况"
    r"|[^\s。！？；，：,;:!?]{0,24}(?:复议|诉讼|申诉|收费|减免)[^\s。！？；，：,;:!?]{0,10}情况"
    r"|(?:存在的?)?(?:主要)?问题(?:及|和|与|以及)改进(?:情况|措施)|其他需要(?:报告|说明)的(?:事项|情况))"
)
_PROSE_BEGINS = re.compile(
    r"(?:19|20)\d\d\s*年|我[局办委厅县市区镇乡街院校站]|本[局办委厅县市区镇乡街院校年单机部报]|根据|按照|截至|一是"
)
_SENTENCE_END = re.compile("[。！？；]")
_BREAK = re.compile(rf"(?<=[。！？；])[{_CLOSERS}]{{0,2}}(?P<blank>[{_BLANKS}]+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Marker:
    """The number of a section. ``start`` and ``stop`` are its own; ``clear``: a blank or the paragraph's edge is before
    it; ``listed``: it stands in a sentence that lists things."""

    level: int
    number: int
    start: int
    stop: int
    clear: bool
    listed: bool


def with_sections(items: Sequence[Item]) -> tuple[Item, ...]:
    """``items``, those paragraphs cut that hold several sections in running text.

    What decides: the numbers of a level run on, from where the document had come before the paragraph; what stands
    before them ends a sentence, or a blank is left of the lost line break. Numbers within a sentence are no sections,
    nor are those that headings on lines of their own carry as well. The pieces are the paragraph but for the blanks at
    the cuts.
    """
    alone = frozenset(_section_number(item) for item in items)
    reached = 0
    out: list[Item] = []
    for item in items:
        if isinstance(item, TextBlock) and item.kind == "paragraph" and len(item.text) >= LEAST_LENGTH:
            spans = _spans(item.text, reached, alone)
            pieces: list[Item] = [*map(_leveled, cut(item, spans))] if len(spans) > 1 else [item]
        else:
            pieces = [item]
        reached = max([reached, *(_section_number(piece) or 0 for piece in pieces)])
        out += pieces
    return tuple(out)


def _section_number(item: Item) -> int | None:
    """The number of a heading ``三、…``, ``None`` for anything else."""
    if not isinstance(item, TextBlock) or item.kind != "heading" or heading_level(item.text) != 1:
        return None
    found = _MARKER.match(item.text.strip())
    return _value(found["level1"]) if found and found["level1"] else None


def _leveled(piece: TextBlock) -> TextBlock:
    level = heading_level(piece.text)
    return piece if level is None else replace(piece, kind="heading", level=level)


def _spans(text: str, reached: int, alone: frozenset[int | None]) -> list[Span]:
    """Where the pieces of a paragraph stand, in order; one span is the whole of it."""
    markers = _in_sequence(list(_markers(text)), reached, alone)
    if not _tell_sections(markers, text):
        return [(0, len(text))]
    starts = sorted({0, *(marker.start for marker in markers)})
    by_start = {marker.start: marker for marker in markers}
    breaks = _breaks(text) if any(marker.clear and marker.start > 0 for marker in markers) else []
    spans: list[Span] = []
    for start, stop in zip(starts, [*starts[1:], len(text)], strict=True):
        marker = by_start.get(start)
        name = _end_of_name(text, marker, stop) if marker else _end_of_title(text, stop)
        begin = start
        for place in [*([name] if name else []), *(at for at in breaks if (name or start) < at < stop), stop]:
            spans.append(_bare(text, begin, place))
            begin = place
    return [span for span in spans if span[0] < span[1]]


def _bare(text: str, start: int, stop: int) -> Span:
    """The piece without the blanks around it, and without the marks of a heading in bold."""
    while start < stop and text[start] in _BLANKS:
        start += 1
    while start < stop and text[stop - 1] in _BLANKS:
        stop -= 1
    bold = text.startswith("**", start, stop) and text.endswith("**", start, stop) and stop - start > 4
    return (start + 2, stop - 2) if bold else (start, stop)


def _markers(text: str) -> Iterator[_Marker]:
    """The numbers that could begin a section, and those that a sentence lists."""
    above, done = (0, 0), 0
    for found in _MARKER.finditer(text):
        level = next(level for level in range(1, _LEVELS + 1) if found[f"level{level}"])
        number = _value(found[f"level{level}"])
        near = text[max(found.start() - NEAR, 0) : found.start()]
        before = near.rstrip(_BLANKS)
        clear = not before or len(before) < len(near)
        last = before[-1:]
        ended = not before or last in _ENDS or (last in _CLOSERS and before.rstrip(_CLOSERS)[-1:] in _ENDS)
        listed = last in _LISTED and not (clear and last in "：:")
        next_to = (level, number) == (above[0], above[1] + 1) or (number == 1 and 0 < above[0] < level)
        named = next_to and _NAMES_MORE.fullmatch(text, done, found.start()) is not None
        if number is None or _CITED.match(text, found.end()) or not (ended or clear or listed or named):
            continue
        above, done = (level, number), found.end()
        yield _Marker(level=level, number=number, start=found.start(), stop=done, clear=clear, listed=listed)


def _value(number: str) -> int | None:
    """What one to three hanzi, or digits, count to, up to 99; None where they are no number.

    >>> _value("十二"), _value("二十"), _value("三"), _value("7"), _value("一二")
    (12, 20, 3, 7, None)
    """
    if number.isdigit():
        return int(number)
    tens, ten, ones = number.rpartition("十")
    if (tens and tens not in _DIGIT) or (ones and ones not in _DIGIT) or "十" in tens or (not ten and len(number) > 1):
        return None
    return (_DIGIT[tens] if tens else 1) * 10 * bool(ten) + (_DIGIT[ones] if ones else 0)


def _in_sequence(markers: Sequence[_Marker], reached: int, alone: frozenset[int | None]) -> list[_Marker]:
    """The markers that count on within their level, and level by level within the marker above them.

    A list within a sentence (``一、…；二、…``) counts for itself: where its first number was taken for a section's, the
    second, which isn't one, shows it.
    """
    counts = [reached, 0, 0, 0]
    inner = [0] * _LEVELS
    taken: list[_Marker] = []
    for marker in markers:
        at = marker.level - 1
        if marker.listed:
            first = next((one for one in reversed(taken) if one.level == marker.level), None)
            if marker.number == 1 or marker.number == inner[at] + 1:
                inner[at] = marker.number
            elif marker.number == counts[at] + 1 and first is not None:
                taken.remove(first)
                inner[at], counts[at] = marker.number, counts[at] - 1
            continue
        begins = marker.start == 0 and marker.number > counts[at]
        if marker.level == 1 and marker.number in alone:
            continue
        if marker.number == inner[at] + 1 > 1 and not marker.clear and marker.number != counts[at] + 1:
            inner[at] = marker.number
        elif begins or marker.number == counts[at] + 1:
            counts[at:] = [marker.number] + [0] * (_LEVELS - at - 1)
            inner = [0] * _LEVELS
            taken.append(marker)
    return taken


def _tell_sections(markers: Sequence[_Marker], text: str) -> bool:
    """Whether line breaks were lost: several numbers of one level, or a section's with what is in it."""
    tops = [marker for marker in markers if marker.level == 1]
    if len(tops) > 1:
        return True
    if tops and tops[0].start == 0:
        return len(markers) > 1 or _end_of_name(text, tops[0], len(text)) is not None
    return any(sum(marker.level == level and marker.clear for marker in markers) > 1 for level in range(2, _LEVELS + 1))


def _breaks(text: str) -> list[int]:
    """Behind which sentences a paragraph ends: those with a blank behind them, unless nearly all have one."""
    found = [match.start("blank") for match in _BREAK.finditer(text)]
    return found if len(found) < SPACED * len(_SENTENCE_END.findall(text)) else []


def _end_of_name(text: str, marker: _Marker, stop: int) -> int | None:
    """Where the heading ends that begins with ``marker``; ``None`` where all up to ``stop`` belongs together.

    A blank parts it from its prose, or it is a section's usual name and the prose begins as reports begin.
    """
    bold = text.find("**", marker.stop, min(marker.start + MAX_HEADING, stop))
    if text.startswith("**", marker.start) and bold > 0:
        return bold + 2
    prose = text[marker.stop : stop].strip(_BLANKS)
    whole = heading_level(text[marker.start : stop]) is not None or not _PUNCTUATION.search(prose)
    clause = _PUNCTUATION.search(text, marker.stop)
    last = min(clause.start() if clause else stop, marker.start + MAX_HEADING, stop)
    for at in range(marker.stop + 1, last):
        rest = text[at:stop].strip(_BLANKS)
        name = text[marker.stop : at].strip(_BLANKS)
        known = _KNOWN_NAME.fullmatch(name) is not None
        if not name or not rest or (not known and (whole or len(rest) < LEAST_PROSE)):
            continue
        if text[at] in _BLANKS and text[at - 1] not in _BLANKS and (known or _is_name(name, marker)):
            return at
        if known and _PROSE_BEGINS.match(rest):
            return at
    return None


def _is_name(name: str, marker: _Marker) -> bool:
    if name[-1].isascii() or len(name) < 2:
        return False
    return _NAMES_MORE.fullmatch(name) is not None or (marker.level == 1 and len(name) >= 4)


def _end_of_title(text: str, stop: int) -> int | None:
    """Where a title ends that stands before the first section in the same line."""
    for at in range(1, min(stop, MAX_TITLE + 1)):
        if text[at] in _BLANKS and reads_as_title(text[:at]) and text[at:stop].strip(_BLANKS):
            return at
    return None
