"""Headings that plain text marks as Markdown does, so that no mark is left in what they say."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from ..document import TextBlock
from .cutting import cut
from .headings import MAX_TITLE, heading_level
from .reading import Item

_HASHES = re.compile(r"(?P<marks>#{1,6})[ \t\u3000]+(?P<name>\S.*?)(?:[ \t]+#+)?")
_BOLD = re.compile(r"(?P<marks>\*\*\*?|__)(?P<name>[^*_\s][^*_]+[^*_\s])(?P=marks)")
_UNDERLINE = re.compile(r"={3,}|-{3,}")
_FENCE = re.compile(r"(?:```+|~~~+)[\w+-]*")
_NAMES = re.compile(r"[A-Z]|.*[\u4e00-\u9fff]")
_SENTENCE = re.compile(r"[。！？；;]|[，,、：:]$|[|｜]")
_CODE = re.compile(
    r"(?:def|class|import|from|return|if|for|while|export|echo|sudo|cd|pip|apt|git|print|#include|#!)\b"
    r"|[A-Za-z_][\w.\[\]'\"]*\s*(?:[-+*/]?=|\()|[$>{}<]|//"
)


def with_marked_headings(items: Sequence[Item]) -> list[Item]:
    """``items`` of a plain text with ``# 概述``, ``**一、概述**`` and underlined lines made the headings they mark.

    The level is that of the numbering, else that of the marks; a bold line without a number is a paragraph, of which
    only the marks go. Code stays as it is, and so does ``#1``, a comment, or a sentence with a number sign before it.
    """
    code = _in_fences(items)
    out: list[Item] = []
    for at, item in enumerate(items):
        if not isinstance(item, TextBlock) or at in code:
            out.append(item)
            continue
        above = out[-1] if out and at - 1 not in code else None
        if isinstance(above, TextBlock) and _underlines(item.text, above.text):
            out[-1] = _heading(above, 0 if item.text[0] == "=" else 1)
            continue
        below = items[at + 1] if at + 1 < len(items) else None
        is_comment = isinstance(below, TextBlock) and _CODE.match(below.text) is not None
        out.append(item if is_comment else _unmarked(item))
    return out


def _in_fences(items: Sequence[Item]) -> set[int]:
    """The places of code between a pair of fences, the fences included."""
    fences = [at for at, item in enumerate(items) if isinstance(item, TextBlock) and _FENCE.fullmatch(item.text)]
    return {at for start, stop in zip(fences[::2], fences[1::2], strict=False) for at in range(start, stop + 1)}


def _underlines(rule: str, text: str) -> bool:
    """Whether ``rule`` is drawn under ``text``: of ``=``, or of ``-`` as long as the text, since ``---`` also parts
    paragraphs."""
    if not _UNDERLINE.fullmatch(rule) or not _names_something(text) or _UNDERLINE.fullmatch(text):
        return False
    columns = sum(2 if unicodedata.east_asian_width(char) in "WFA" else 1 for char in text)
    return rule[0] == "=" or len(text) - 1 <= len(rule) <= columns + 2


def _names_something(name: str) -> bool:
    return len(name) <= MAX_TITLE and _NAMES.match(name) is not None and not _SENTENCE.search(name)


def _unmarked(block: TextBlock) -> TextBlock:
    hashes, bold = _HASHES.fullmatch(block.text), _BOLD.fullmatch(block.text)
    if hashes:
        inner = _BOLD.fullmatch(hashes["name"])
        start, stop = hashes.span("name")
        if inner:
            start, stop = start + inner.start("name"), start + inner.end("name")
        if not _names_something(block.text[start:stop]):
            return block
        (named,) = cut(block, [(start, stop)])
        return _heading(named, len(hashes["marks"]) - 1)
    if bold and _NAMES.match(bold["name"]):
        (named,) = cut(block, [bold.span("name")])
        return _heading(named, None)
    return block


def _heading(block: TextBlock, marked: int | None) -> TextBlock:
    numbered = heading_level(block.text)
    level = marked if numbered is None else numbered
    return replace(block, kind="paragraph" if level is None else "heading", level=level)
