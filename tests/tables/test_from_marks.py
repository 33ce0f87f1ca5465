from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from gxextract.document import Cell
from gxextract.marks import Rule
from gxextract.tables import from_marks
from gxextract.tables.grid import compacted
from tests.strategies import tilings

from . import typeset
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
@settings(max_examples=2000, deadline=None)
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


LISTED = [
    ["Country", "Sample", "Share"],
    ["Austria", "109", "0.9"],
    ["Germany", "123", "0.8"],
    ["Spain", "36", "-"],
]


def texts(grid):
    return [[cell.text for cell in grid.cells if cell.row == row] for row in range(grid.rows)]


@pytest.mark.parametrize(
    ("rules", "why"),
    [
        ([], "no rule at all"),
        ([typeset.bar(0), typeset.bar(1), typeset.bar(4)], "rules above and below the headings and at the foot"),
        ([typeset.bar(0), typeset.bar(1)], "no rule at the foot"),
        ([typeset.bar(1)], "one rule below the headings"),
        ([replace(typeset.bar(n), start=x, end=x + 90) for n in (0, 1, 4) for x in (60, 160, 260)], "rules in pieces"),
    ],
)
def test_a_table_without_upright_rules_is_read_by_alignment(rules, why):
    grid = only_grid(typeset.page(LISTED, [70, 220, 320], right=[1, 2], rules=rules))
    assert texts(grid) == LISTED, why
    assert grid.evidence == "aligned"


def test_what_stands_around_an_unruled_table_stays_prose():
    prose = "the figures of the following table were gathered by the office in the course of the year and"
    lines = [[prose], [""], *LISTED, [""], [prose]]
    placed, outside = from_marks(typeset.page(lines, [70, 320, 420], right=[1, 2]))
    assert [texts(each.grid) for each in placed] == [LISTED]
    assert len(outside) == 2 * len(prose.split())


def test_headings_that_begin_again_begin_another_table():
    again = [["City", "Sample", "Share"], ["Wien", "10", "2"], ["Berlin", "30", "4"], ["Madrid", "50", "6"]]
    placed, _ = from_marks(typeset.page([*LISTED, *again], [70, 220, 320], right=[1, 2]))
    assert [texts(each.grid) for each in placed] == [LISTED, again]


def box(lines: int, uprights: tuple[float, ...] = (60, 360)) -> list[Rule]:
    """A frame around lines of a set page, with upright rules and none between its rows."""
    top, bottom = typeset.bar(0).at, typeset.bar(lines).at
    return [
        *(Rule(direction="horizontal", at=at, start=60, end=360) for at in (top, bottom)),
        *(Rule(direction="vertical", at=at, start=top, end=bottom) for at in uprights),
    ]


def test_rows_and_columns_that_a_frame_does_not_part_are_found():
    with_columns = typeset.page(LISTED, [70, 220, 320], right=[1, 2], rules=box(4, (60, 160, 240, 360)))
    with_one_wall = typeset.page(LISTED, [70, 220, 320], right=[1, 2], rules=box(4, (60, 160, 360)))
    assert texts(only_grid(with_columns)) == texts(only_grid(with_one_wall)) == LISTED


def test_a_frame_whose_cells_are_full_of_lines_of_words_is_not_in_doubt():
    cells = [Cell(row=r, col=c) for r in (0, 1) for c in (0, 1)]
    rules = [rule for cell in cells for rule in sides(cell)]
    words = [
        word(text, LEFT + 4 + c * WIDTH, TOP + r * HEIGHT + 1 + 11 * line, 8)
        for r in (0, 1)
        for c in (0, 1)
        for line, text in enumerate((f"ab{r}{c}", "cd"))
    ]
    grid = only_grid(marks(words, rules))
    assert grid.evidence == "ruled"
    assert [cell.text for cell in grid.cells] == ["ab00 cd", "ab01 cd", "ab10 cd", "ab11 cd"]


def test_backgrounds_of_lines_are_no_table():
    lines = [["the first line of a box"], ["and the second line of it"], ["and the third"]]
    rules = [rule for line in range(3) for rule in sides_of_line(line)]
    placed, outside = from_marks(typeset.page(lines, [70], rules=rules))
    assert placed == []
    assert len(outside) == 15


def sides_of_line(line: int) -> list[Rule]:
    top, bottom = typeset.bar(line).at, typeset.bar(line + 1).at
    return [
        Rule(direction="horizontal", at=top, start=60, end=360),
        Rule(direction="horizontal", at=bottom, start=60, end=360),
        Rule(direction="vertical", at=60, start=top, end=bottom),
        Rule(direction="vertical", at=360, start=top, end=bottom),
    ]


def test_a_grid_behind_a_chart_is_no_table_and_its_figures_are_none():
    grid_lines = [Rule(direction="horizontal", at=100 + 8 * n, start=100, end=400) for n in range(10)]
    axes = [Rule(direction="vertical", at=x, start=100, end=172) for x in (100, 250, 400)]
    scale = [word(str(100 - 20 * n), 76, 98 + 16 * n, 8) for n in range(5)]
    names = [word("1996", 150, 178, 8), word("1997", 300, 178, 8), word("Sales", 220, 101, 8)]
    placed, outside = from_marks(marks([*scale, *names], [*grid_lines, *axes]))
    assert placed == []
    assert len(outside) == len(scale) + len(names)


def test_two_charts_in_one_frame_are_no_table():
    scale = [[str(100 - 20 * n), str(100 - 20 * n)] for n in range(6)]
    placed, outside = from_marks(typeset.page(scale, [120, 280], right=[0, 1], rules=box(6, (60, 200, 360))))
    assert placed == []
    assert len(outside) == 12


def test_the_second_reader_is_asked_in_doubt_only_and_the_better_reading_taken():
    asked = []

    def second(place):
        asked.append(place)
        left, top, right, bottom = place
        return (left, 160.0, 270.0, right), (top, 112.0, 126.0, 140.0, bottom)

    clear = typeset.page(LISTED, [70, 220, 320], right=[1, 2])
    assert texts(from_marks(clear, second)[0][0].grid) == LISTED
    assert asked == []
    sparse = [
        ["Country", "Sample", "Share"],
        ["Austria", "", "1"],
        ["Germany", "2", ""],
        ["Spain", "", "3"],
        ["Italy", "4", ""],
    ]
    doubtful = typeset.page([*sparse, ["All", "6", "7"]], [70, 220, 320], right=[1, 2])
    ((placed,), _) = from_marks(doubtful, second)
    assert len(asked) == 1
    assert texts(placed.grid)[:5] == sparse


PLACES = st.tuples(st.integers(0, 90), st.integers(0, 110))
RULES = st.builds(
    lambda direction, at, start, length: Rule(direction=direction, at=at, start=start, end=start + length),
    st.sampled_from(["horizontal", "vertical"]),
    st.integers(50, 600),
    st.integers(50, 500),
    st.integers(1, 400),
)


@given(
    st.lists(st.tuples(st.sampled_from(["12", "ab", "-", "年度", "1,234", "Total:"]), PLACES), max_size=60),
    st.lists(RULES, max_size=14),
)
@settings(max_examples=300, deadline=None)
def test_no_word_is_lost_or_told_twice_whatever_lies_on_the_page(placed_words, rules):
    words = [word(text, 50 + 6 * x, 50 + 6 * y) for text, (x, y) in placed_words]
    found, outside = from_marks(marks(words, rules))
    in_cells = [cell.text or "" for each in found for cell in each.grid.cells]
    read = "".join([*in_cells, *(each.text for each in outside)]).replace(" ", "")
    assert sorted(read) == sorted("".join(each.text for each in words))
