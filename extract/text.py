"""Plain text: lines put back into paragraphs, flattened tables handed on as grids."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise

from ..document import Problem, TextBlock, value_of
from ..errors import DamagedFile, EmptyFile
from ..forms import find_forms
from ..tables import join_lines
from ..tables.from_flat import find_flat, from_flat
from ..tables.in_paragraphs import find_in_paragraphs
from .cutting import Place, between
from .encoding import Decoded, decode
from .flat import grid_of
from .headings import heading_level
from .markdown import with_marked_headings
from .reading import Item, Lines, Reading
from .trace import traced_block, traced_grid

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
    return Reading(items=(Lines.of(decoded.text),), problems=decoding_problems(decoded), encoding=decoded.encoding)


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


def laid_out(items: Iterable[Item | Lines]) -> tuple[Item, ...]:
    """``items`` with blocks and grids in place of lines of plain text."""
    return tuple(one for item in items for one in (_items(item) if isinstance(item, Lines) else (item,)))


def _items(text: Lines) -> list[Item]:
    """Blocks and grids of lines, in order. Every line that isn't blank or a drawn rule ends up in one of them."""
    items: list[Item] = []
    lines, find_others = text.lines, find_in_paragraphs if text.quoted else find_flat
    done = Place(0, 0)
    for form in find_forms([line.text for line in lines]):
        start, stop = Place(*form.start), Place(*form.stop)
        items += _other_items(between(lines, done, start), find_others)
        inside = between(lines, start, stop)
        items.append(traced_grid(grid_of(form), inside))
        items += [traced_block(TextBlock(kind="paragraph", text=text), inside) for text in form.strays]
        done = stop
    return with_marked_headings(items + _other_items(between(lines, done, Place(len(lines), 0)), find_others))


def _other_items(lines: Sequence[TextBlock], find: Callable[[Sequence[str]], list[range]]) -> list[Item]:
    """Blocks, and grids of the tables that ``find`` finds; known forms aren't among them."""
    items: list[Item] = []
    done = 0
    texts = [line.text for line in lines]
    for run in find(texts):
        items += _blocks(lines[done : run.start])
        items.append(traced_grid(from_flat(texts[run.start : run.stop]), lines[run.start : run.stop]))
        done = run.stop
    return items + _blocks(lines[done:])


def _blocks(lines: Sequence[TextBlock]) -> list[Item]:
    """Headings and paragraphs. Labels of a table written a cell a line are no headings: a value follows them."""
    blocks: list[Item] = []
    before_value = False
    for text, sources in reversed(_unwrapped(lines)):
        line = text.strip()
        level = None if text.startswith("\t") or line.endswith("|") else heading_level(line)
        numbered = heading_level(line) is not None
        if _is_value(line) or (numbered and before_value):
            before_value, level = True, None
        else:
            before_value = False
        block = TextBlock(kind="paragraph" if level is None else "heading", level=level, text=line)
        blocks.append(traced_block(block, sources))
    return blocks[::-1]


def _is_value(line: str) -> bool:
    bare = line.rstrip("| \t")
    return value_of(bare) is not None or bare in _NO_VALUE


def _unwrapped(lines: Sequence[TextBlock]) -> list[tuple[str, list[TextBlock]]]:
    """The texts that ``lines`` make and the lines of each: blank lines gone, hard-wrapped paragraphs joined."""
    width = _wrap_width([line.text for line in lines])
    groups: list[list[TextBlock]] = []
    full = False
    for line in lines:
        if not line.text.replace("|", "").strip():
            full = False
            continue
        if full and not _INDENTED.match(line.text) and heading_level(line.text) is None:
            groups[-1].append(line)
        else:
            groups.append([line])
        full = width is not None and _columns(line.text.rstrip()) >= width - WRAP_SLACK
    return [(_text([line.text for line in group]), group) for group in groups]


def _text(lines: Sequence[str]) -> str:
    """The text of a paragraph with its indent; one line stays as it is."""
    return lines[0] if len(lines) == 1 else _indent(lines[0]) + join_lines(lines)


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
