"""Draws a tiling the way a page shows it: words in the middle of each cell, rules along its sides."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from gxextract.document import Cell
from gxextract.marks import Marks, Rule, Word

WIDTH, HEIGHT = 60.0, 24.0
LEFT, TOP = 72.0, 90.0


def word(text: str, left: float, top: float, size: float = 10.0) -> Word:
    boxes = tuple((left + i * size / 2, top, left + (i + 1) * size / 2, top + size) for i in range(len(text)))
    return Word(
        text=text,
        left=left,
        top=top,
        right=left + len(text) * size / 2,
        bottom=top + size,
        size=size,
        origin="text-layer",
        char_boxes=boxes,
    )


def sides(cell: Cell) -> list[Rule]:
    left, right = LEFT + cell.col * WIDTH, LEFT + (cell.col + cell.col_span) * WIDTH
    top, bottom = TOP + cell.row * HEIGHT, TOP + (cell.row + cell.row_span) * HEIGHT
    return [
        Rule(direction="horizontal", at=top, start=left, end=right),
        Rule(direction="horizontal", at=bottom, start=left, end=right),
        Rule(direction="vertical", at=left, start=top, end=bottom),
        Rule(direction="vertical", at=right, start=top, end=bottom),
    ]


def words_of(cells: Iterable[Cell]) -> list[Word]:
    """Each text in the middle of its cell's height, near its left side."""
    return [
        word(cell.text, LEFT + cell.col * WIDTH + 4, TOP + (cell.row + cell.row_span / 2) * HEIGHT - 5)
        for cell in cells
        if cell.text
    ]


def marks(words: Sequence[Word], rules: Sequence[Rule], page: int = 1) -> Marks:
    return Marks(page=page, width=595.0, height=842.0, words=tuple(words), rules=tuple(rules))


def drawn(cells: Iterable[Cell], page: int = 1) -> Marks:
    cells = list(cells)
    return marks(words_of(cells), [rule for cell in cells for rule in sides(cell)], page)
