"""Lines of text and cells of a grid made one thing: tokens in reading order, each a label, a value or a blank.

A cell of a line is cut at its blanks once more, since it may hold what stood side by side; one that prints a known
label, or that is a line of its own, stays whole.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from ..document import Cell, Table
from .cut import Cut, cells_of, habits_of, piped_line
from .labels import fold
from .page import is_drawn, is_page_number, marked_width, running_heads
from .values import is_value, unmarked, unquoted

TokenKind = Literal["label", "value", "blank"]

LEAST_COUNTED = 4
"""So many rows that begin with numbers counting up are numbered by whoever wrote them out."""
ODD_VALUE = 6
"""A text of more characters is no value that was misread or left to words."""

_BLANK = re.compile(r"\s")
_WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """One cell, or one word of a line that has no cells. ``row`` counts lines, or rows of a grid.

    ``field`` counts the tokens of a line, or is the column of a grid; ``start`` and ``end`` are offsets in the line.
    ``text`` is None for a cell whose text was lost. ``alone`` marks a token that is its line's
    only one, or padding in a line of its own.
    """

    text: str | None
    kind: TokenKind
    folded: str
    row: int
    field: int
    start: int = 0
    end: int = 0
    alone: bool = False
    cell: Cell | None = None

    @classmethod
    def of(cls, text: str | None, **place: Any) -> Token:
        """The token that ``text`` is, at a place."""
        bare = unmarked(text or "")
        kind: TokenKind = "value" if text is None or is_value(bare) else "label" if bare else "blank"
        folded = fold(bare) if kind == "label" else ""
        return cls(text=None if text is None else bare, kind=kind, folded=folded, **place)


def tokens_of_table(table: Table, known: frozenset[str]) -> list[Token]:
    """A cell a token, row by row, each cell in the row it starts in.

    A few characters among the values of a column or a row are one of them, whatever they say: 见附件, or a misread
    ``0.``. Not so one of the labels ``known``, folded.
    """
    cells = sorted(table.cells, key=lambda cell: (cell.row, cell.col))
    tokens = [Token.of(cell.text, row=cell.row, field=cell.col, cell=cell) for cell in cells]
    lines: dict[tuple[str, int], Counter[TokenKind]] = defaultdict(Counter)
    for token in tokens:
        if token.cell is not None and token.cell.role == "body":
            lines["column", token.field][token.kind] += 1
            lines["row", token.row][token.kind] += 1

    def is_odd(token: Token) -> bool:
        if token.kind != "label" or token.folded in known or token.cell is None or token.cell.role != "body":
            return False
        around = lines["column", token.field], lines["row", token.row]
        return len(token.text or "") <= ODD_VALUE and any(2 * line["label"] < line["value"] for line in around)

    return [replace(token, kind="value", folded="") if is_odd(token) else token for token in tokens]


def tokens_of_lines(lines: Sequence[str], known: frozenset[str]) -> list[Token]:
    """The tokens of all lines; drawn rules, page numbers and lines of blanks are none.

    ``known`` are folded labels: a cell that prints one stays whole, any other is cut at its blanks.
    """
    width = marked_width(lines)
    lines = [line[width:] for line in lines]
    heads = running_heads(lines, known)
    rows = {
        row: [part for cell in cells_of(line, habit, known) for part in _cut_at_blanks(line, cell, known)]
        for row, (line, habit) in enumerate(zip(lines, habits_of(lines), strict=True))
        if not _is_nothing(line) and line not in heads
    }
    out: list[Token] = []
    for row, cuts in _uncounted(rows):
        alone = len(cuts) == 1 or not piped_line(lines[row]).strip("| ")
        for field, (text, start, end) in enumerate(cuts):
            out.append(Token.of(text, row=row, field=field, start=start + width, end=end + width, alone=alone))
    return out


def _is_nothing(line: str) -> bool:
    if not line or (line.isspace() and "\t" not in line):
        return True
    return is_page_number(line) or is_drawn(line)


def _cut_at_blanks(line: str, cell: Cut, known: frozenset[str]) -> Iterator[Cut]:
    text, start, end = cell
    bare = unquoted(text.strip())
    if not _BLANK.search(bare) or (fold(bare) in known and not any(map(_is_figure, bare.split()))):
        yield cell
    elif line[start:end] == text:
        yield from ((found.group(), start + found.start(), start + found.end()) for found in _WORD.finditer(text))
    else:
        yield from ((word, start, end) for word in text.split())


def _is_figure(word: str) -> bool:
    """Whether a word is a value that no label has as a character of its own, as 无法提供 has."""
    return is_value(word) and word != "无"


def _uncounted(rows: Mapping[int, list[Cut]]) -> Iterator[tuple[int, list[Cut]]]:
    """``rows`` without the numbers by which whoever wrote them out counted them and the columns over them."""
    numbered = list(rows.items())
    done = 0
    while done < len(numbered):
        stop = _counted_until(numbered, done)
        if stop - done < LEAST_COUNTED or not _are_labelled(numbered[done:stop]):
            yield numbered[done]
            done += 1
            continue
        yield from ((row, cuts[1:]) for row, cuts in numbered[done:stop])
        done = stop


def _counted_until(rows: Sequence[tuple[int, list[Cut]]], start: int) -> int:
    first = _count(rows[start][1])
    stop = start
    while first is not None and stop < len(rows) and _count(rows[stop][1]) == first + stop - start:
        stop += 1
    return stop


def _count(cuts: Sequence[Cut]) -> int | None:
    text = cuts[0][0].strip() if len(cuts) > 1 else ""
    return int(text) if text.isdecimal() and len(text) < 4 else None


def _are_labelled(rows: Sequence[tuple[int, list[Cut]]]) -> bool:
    """Whether most rows have a label right after the number."""
    after = (next((text for text, _, _ in cuts[1:] if text.strip()), "") for _, cuts in rows)
    return 2 * sum(bool(text) and not is_value(text) for text in after) > len(rows)
