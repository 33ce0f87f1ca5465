from __future__ import annotations

from dataclasses import replace

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from gxextract.document import Cell
from gxextract.marks import Rule
from gxextract.tables import from_marks
from gxextract.tables.grid import compacted
from tests.strategies import tilings

from .drawing import HEIGHT, LEFT, TOP, WIDTH, drawn, marks, sides, word, words_of


@st.composite
def drawable(draw: st.DrawFn) -> list[Cell]:
    """A tiling of at least 2 x 2 with a different text in each cell, and no row or column that nothing starts in."""
    blank = draw(tilings(draw(st.integers(2, 6)), draw(st.integers(2, 6))))
    named = [replace(cell, text=f"c{number}") for number, cell in enumerate(blank)]
    rows, cols, cells = compacted(named)
    return cells if rows > 1 and cols > 1 else [Cell(row=r, col=c, text=f"{r}{c}") for r in (0, 1) for c in (0, 1)]


def shape(cells) -> set[tuple[int, int, int, int, str | None]]:
    return {(cell.row, cell.col, cell.row_span, cell.col_span, cell.text) for cell in cells}


def only_grid(page):
    placed, outside = from_marks(page)
    assert len(placed) == 1
    assert outside == []
    return placed[0].grid


@given(drawable())
@settings(max_examples=400, deadline=None)
def test_any_tiling_drawn_as_rules_and_words_comes_back(cells):
    assert shape(only_grid(drawn(cells)).cells) == shape(cells)


@given(drawable(), st.data())
@settings(max_examples=150, deadline=None)
def test_each_side_may_be_drawn_twice_and_a_little_off(cells, data):
    rules = [rule for cell in cells for rule in sides(cell)]
    shifts = data.draw(st.lists(st.floats(-0.9, 0.9), min_size=len(rules), max_size=len(rules)))
    twice = [
        *rules,
        *(
            replace(rule, at=rule.at + shift, start=rule.start - shift)
            for rule, shift in zip(rules, shifts, strict=True)
        ),
    ]
    assert shape(only_grid(marks(words_of(cells), twice)).cells) == shape(cells)


@given(drawable(), st.data())
@settings(max_examples=150, deadline=None)
def test_a_missing_inner_rule_changes_only_the_cells_beside_it(cells, data):
    inner = [cell for cell in cells if any(other.col == cell.col + cell.col_span for other in cells)]
    assume(inner)
    chosen = data.draw(st.sampled_from(inner))
    edge = chosen.col + chosen.col_span
    beside = {cell.text for cell in cells if edge in (cell.col, cell.col + cell.col_span)}
    # With its last piece a column's edge is gone, and what stays is another table.
    assume(any(edge == cell.col and not chosen.row <= cell.row < chosen.row + chosen.row_span for cell in cells))
    at = LEFT + edge * WIDTH
    top, bottom = TOP + chosen.row * HEIGHT, TOP + (chosen.row + chosen.row_span) * HEIGHT
    rules = [piece for cell in cells for rule in sides(cell) for piece in _without(rule, at, top, bottom)]
    whole = {cell.text: cell.box for cell in only_grid(drawn(cells)).cells}
    found = {cell.text: cell.box for cell in only_grid(marks(words_of(cells), rules)).cells}
    assert {text: box for text, box in whole.items() if text not in beside}.items() <= found.items()


def _without(rule: Rule, at: float, top: float, bottom: float) -> list[Rule]:
    if rule.direction != "vertical" or rule.at != at or rule.end <= top or rule.start >= bottom:
        return [rule]
    return [piece for piece in (replace(rule, end=top), replace(rule, start=bottom)) if piece.end > piece.start]


def test_outer_borders_may_be_missing():
    cells = [Cell(row=r, col=c, text=f"{r}{c}") for r in range(3) for c in range(3)]
    right, bottom = LEFT + 3 * WIDTH, TOP + 3 * HEIGHT
    open_sides = [
        rule
        for cell in cells
        for rule in sides(cell)
        if not (rule.direction == "vertical" and rule.at in (LEFT, right))
    ]
    assert shape(only_grid(marks(words_of(cells), open_sides)).cells) == shape(cells)
    assert bottom > TOP


def test_a_box_around_one_text_is_no_table():
    box = Cell(row=0, col=0, col_span=4, row_span=3, text="注意")
    placed, outside = from_marks(drawn([box]))
    assert placed == []
    assert [each.text for each in outside] == ["注意"]


def test_crossing_strokes_of_a_letter_are_no_table():
    strokes = [
        Rule(direction="horizontal", at=100, start=200, end=222),
        Rule(direction="horizontal", at=112, start=200, end=222),
        Rule(direction="vertical", at=202, start=98, end=116),
        Rule(direction="vertical", at=220, start=98, end=116),
    ]
    placed, outside = from_marks(marks([word("监", 200, 98, 20), word("督", 214, 98, 20)], strokes))
    assert placed == []
    assert len(outside) == 2


def test_a_word_that_runs_over_a_rule_is_cut_there():
    cells = [Cell(row=r, col=c) for r in (0, 1) for c in (0, 1)]
    # Twelve characters of five points each, centred on the inner rule.
    across = word("123456789012", LEFT + WIDTH - 30, TOP + 7)
    rules = [rule for cell in cells for rule in sides(cell)]
    grid = only_grid(marks([across, word("x", LEFT + 4, TOP + HEIGHT + 7)], rules))
    assert [cell.text for cell in grid.cells] == ["123456", "789012", "x", ""]


def test_stacked_characters_read_as_one_label():
    cells = [Cell(row=0, col=0, row_span=3), *[Cell(row=r, col=1, text=str(r)) for r in range(3)]]
    stacked = [word(char, LEFT + 20, TOP + 4 + 11 * index) for index, char in enumerate("本年度办")]
    rules = [rule for cell in cells for rule in sides(cell)]
    grid = only_grid(marks([*stacked, *words_of(cells)], rules))
    assert grid.cells[0].text == "本年度办"


def test_two_numbers_on_two_lines_of_a_cell_stay_two():
    cells = [Cell(row=r, col=c, text="") for r in (0, 1) for c in (0, 1)]
    rules = [rule for cell in cells for rule in sides(cell)]
    page = marks([word("12", LEFT + 4, TOP + 1), word("34", LEFT + 4, TOP + 12), word("a", LEFT + 64, TOP + 30)], rules)
    assert only_grid(page).cells[0].text == "12 34"
