from __future__ import annotations

import pytest

from gxextract.document import Cell
from gxextract.marks import Marks, Rule
from gxextract.tables import from_marks
from gxextract.tables.backgrounds import background_rules

from .drawing import words_of

CELLS = [(72 + 60 * col, 90 + 24 * row, 132 + 60 * col, 114 + 24 * row) for row in range(3) for col in range(3)]


@pytest.mark.parametrize(
    ("fills", "why"),
    [
        ([(72, 90 + 24 * row, 400, 102 + 24 * row) for row in range(8)], "every other row"),
        ([(72, 90 + 14 * row, 300 + 20 * row, 103 + 14 * row) for row in range(22)], "behind lines of text"),
        ([(72 + 31 * n + n % 3, 90 + 14 * r, 100 + 31 * n, 103 + 14 * r) for r in range(9) for n in [r % 5]], "marked"),
        ([(0, 0, 595, 842)], "a whole page"),
        ([(72, 90, 300, 120), (72, 300, 300, 330)], "two boxes"),
        ([], "nothing"),
    ],
)
def test_other_backgrounds_give_no_rules(fills, why):
    assert background_rules(fills, []) == [], why


def test_drawn_rules_outrank_backgrounds():
    upright = Rule(direction="vertical", at=132, start=90, end=162)
    assert background_rules(CELLS, []) != []
    assert background_rules(CELLS, [upright]) == []


def test_a_table_told_by_its_backgrounds():
    texts = [Cell(row=row, col=col, text=f"r{row}c{col}") for row in range(3) for col in range(3)]
    inset = tuple((left + 0.5, top + 0.5, right - 0.5, bottom - 0.5) for left, top, right, bottom in CELLS)
    page = Marks(page=1, width=595, height=842, words=tuple(words_of(texts)), rules=(), fills=inset)
    (found,), outside = from_marks(page)
    assert [cell.text for cell in found.grid.cells] == [cell.text for cell in texts]
    assert outside == []
