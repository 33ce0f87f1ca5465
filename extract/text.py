"""Plain text: lines put back into paragraphs, flattened tables handed on as grids."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from ..document import Problem, TextBlock, value_of
from ..errors import DamagedFile, EmptyFile
from ..forms import find_forms
from ..tables import join_lines
from ..tables.from_flat import find_flat, from_flat
from .encoding import Decoded, decode
from .flat import grid_of, pieces
from .headings import heading_level
from .reading import Item, Reading

WRAP_WIDTHS = range(40, 131)
"""A hard-wrapped text has lines of one width in here, in columns; a hanzi is two columns wide."""
WRAP_SLACK = 4
"""How many columns a full line may fall short, since a hanzi or a closing mark moves to the next line whole."""
MIN_WRAPPED = 4

_INDENTED = re.compile(r"\u3000|\t| {2}")
_ENDS = ("。", "；", "！", "？", "：", "”", ".", "!", "?", ":", ";")
_NO_VALUE = ("-", "—", "/", "－", "／")
"""``无`` is not among them: it is as often the whole text of a section."""


def read_text(data: bytes) -> Reading:
    """The blocks and flattened tables of a text file.

    Raises :class:`EmptyFile` where there is nothing but blanks and :class:`DamagedFile` where the bytes are no text.
    """
    decoded = decode(data)
    if decoded.is_binary:
        raise DamagedFile("the file is named as text but holds something else; give it the suffix of what it is")
    if not decoded.text.strip():
        raise EmptyFile("the file holds no text; get it again from where it came from")
    items = items_of_lines(decoded.text.splitlines())
    return Reading(items=tuple(items), problems=decoding_problems(decoded), encoding=decoded.encoding)


def decoding_problems(decoded: Decoded) -> tuple[Problem, ...]:
    """What a reader of the output must know of how the characters were found."""
    problems: list[Problem] = []
    if decoded.replaced:
        problems.append(
            Problem(
                code="undecodable-bytes",
                severity="warning",
                message=f"in {decoded.replaced} places bytes that are no characters in {decoded.encoding} "
                "show as \ufffd; get the file again from where it came from",
            )
        )
    if decoded.doubtful:
        problems.append(
            Problem(
                code="encoding-doubtful",
                severity="warning",
                message=f"the encoding could not be told and was taken to be {decoded.encoding}; "
                "save the file as UTF-8 if the text is wrong",
            )
        )
    return tuple(problems)


def items_of_lines(lines: Sequence[str]) -> list[Item]:
    """Blocks and grids of ``lines``, in order. Every line that isn't blank or a drawn rule ends up in one of them."""
    items: list[Item] = []
    for before, form in pieces(lines, find_forms(lines)):
        items += _other_items(before)
        if form is not None:
            items.append(grid_of(form))
            items += [TextBlock(kind="paragraph", text=text) for text in form.strays]
    return items


def _other_items(lines: Sequence[str]) -> list[Item]:
    """Blocks, and grids of tables that are no known form."""
    items: list[Item] = []
    done = 0
    for run in find_flat(lines):
        items += _blocks(lines[done : run.start])
        items.append(from_flat(lines[run.start : run.stop]))
        done = run.stop
    return items + _blocks(lines[done:])


def _blocks(lines: Sequence[str]) -> list[Item]:
    """Headings and paragraphs. Labels of a table written a cell a line are no headings: a value follows them."""
    blocks: list[Item] = []
    before_value = False
    for text in reversed(_unwrapped(lines)):
        line = text.strip()
        level = None if text.startswith("\t") or line.endswith("|") else heading_level(line)
        numbered = heading_level(line) is not None
        if _is_value(line) or (numbered and before_value):
            before_value, level = True, None
        else:
            before_value = False
        blocks.append(TextBlock(kind="paragraph" if level is None else "heading", level=level, text=line))
    return blocks[::-1]


def _is_value(line: str) -> bool:
    bare = line.rstrip("| \t")
    return value_of(bare) is not None or bare in _NO_VALUE


def _unwrapped(lines: Sequence[str]) -> list[str]:
    """``lines`` without the blank ones, those of a hard-wrapped paragraph joined."""
    width = _wrap_width(lines)
    texts: list[str] = []
    full = False
    for line in lines:
        if not line.strip():
            full = False
            continue
        if full and not _INDENTED.match(line) and heading_level(line) is None:
            texts[-1] = _indent(texts[-1]) + join_lines([texts[-1], line])
        else:
            texts.append(line)
        full = width is not None and _columns(line.rstrip()) >= width - WRAP_SLACK
    return texts


def _indent(line: str) -> str:
    return line[: len(line) - len(line.lstrip())]


def _wrap_width(lines: Sequence[str]) -> int | None:
    """The width at which the text was wrapped by hand, in columns, or ``None`` where lines are paragraphs.

    Wrapped lines are the longest ones, all about as wide, and mostly stop in the middle of a sentence.
    """
    followed = [line.rstrip() for line, after in pairwise(lines) if line.strip() and after.strip()]
    widths = Counter(map(_columns, followed))
    widest = max(widths, default=0)
    if widest not in WRAP_WIDTHS:
        return None
    full = [line for line in followed if _columns(line) >= widest - WRAP_SLACK]
    open_ended = sum(not line.endswith(_ENDS) for line in full)
    return widest if len(full) >= max(MIN_WRAPPED, 0.5 * len(followed)) and open_ended * 3 >= 2 * len(full) else None


def _columns(line: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WFA" else 1 for char in line)
