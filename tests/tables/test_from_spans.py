from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gxextract.tables import DeclaredCell, from_spans
from gxextract.tables.grid import compacted
from tests.strategies import tilings


@given(st.integers(1, 6), st.integers(1, 6), st.data())
def test_a_true_declaration_comes_back(rows, cols, data):
    cells = data.draw(tilings(rows, cols))
    declared = [
        [DeclaredCell(text=f"{c.row},{c.col}", row_span=c.row_span, col_span=c.col_span) for c in cells if c.row == row]
        for row in range(rows)
    ]
    grid = from_spans(declared)
    _, _, expected = compacted(cells)
    assert [(c.row, c.col, c.row_span, c.col_span) for c in grid.cells] == [
        (c.row, c.col, c.row_span, c.col_span) for c in sorted(expected, key=lambda c: (c.row, c.col))
    ]
    assert grid.problems == ()


@given(st.lists(st.lists(st.tuples(st.integers(-2, 9), st.integers(-2, 9)), max_size=5), max_size=6))
def test_any_declaration_tiles_and_loses_no_text(spans):
    declared = [
        [DeclaredCell(text=f"r{r}c{c}", row_span=h, col_span=w) for c, (h, w) in enumerate(row)]
        for r, row in enumerate(spans)
    ]
    grid = from_spans(declared)
    assert {cell.text for cell in grid.cells} - {""} == {cell.text for row in declared for cell in row}


@pytest.mark.parametrize(
    ("declared", "expected", "why"),
    [
        (
            [[(1, 1), (1, 1)], [(1, 1)]],
            [(0, 0, 1, 1), (0, 1, 1, 1), (1, 0, 1, 1), (1, 1, 1, 1)],
            "a short row is filled",
        ),
        ([[(0, 1), (1, 1)], [(1, 1)]], [(0, 0, 2, 1), (0, 1, 1, 1), (1, 1, 1, 1)], "row span 0 reaches to the end"),
        ([[(9, 1), (1, 1)], [(1, 1)]], [(0, 0, 2, 1), (0, 1, 1, 1), (1, 1, 1, 1)], "a span is cut at the last row"),
    ],
)
def test_lies(declared, expected, why):
    grid = from_spans([[DeclaredCell(text="x", row_span=h, col_span=w) for h, w in row] for row in declared])
    assert [(c.row, c.col, c.row_span, c.col_span) for c in grid.cells] == expected, why


def test_a_span_that_runs_into_a_cell_from_above_is_cut_and_said():
    grid = from_spans(
        [
            [DeclaredCell(text="a"), DeclaredCell(text="b", row_span=2)],
            [DeclaredCell(text="c", col_span=2)],
        ]
    )
    assert [(c.text, c.row, c.col, c.col_span) for c in grid.cells] == [("a", 0, 0, 1), ("b", 0, 1, 1), ("c", 1, 0, 1)]
    assert [(p.code, p.cells) for p in grid.problems] == [("span-cut", ((1, 0),))]


def test_an_absurd_span_costs_no_memory():
    grid = from_spans([[DeclaredCell(text="a", col_span=10**9), DeclaredCell(text="b")], [DeclaredCell(text="c")]])
    assert grid.cols <= 3


def test_no_rows():
    assert from_spans([]).cells == ()
