"""What is a table and what only looks like one, and which of several readings is taken."""

from __future__ import annotations

import pytest

from gxextract.document import Cell, Part
from gxextract.tables import from_marks
from gxextract.tables.grid import Grid, Placed
from gxextract.tables.judge import chosen, evidence, is_chart

from .drawing import word
from .typeset import bar, page

PROSE = [
    "the council has taken note of the report of the committee and of what was",
    "said in the debate about it by the members of the other parties and by the",
    "public and has asked the office to prepare a second report before the end of",
    "the year in which the questions that were left open are to be answered one by",
]

NO_TABLES = [
    ([[line] for line in PROSE], [60], "prose"),
    ([["•", line] for line in PROSE], [60, 85], "a list with bullets"),
    ([[f"{number}.", line] for number, line in enumerate(PROSE, 1)], [60, 85], "a numbered list"),
    ([[line[:34].strip(), line[:32].strip()] for line in PROSE * 3], [60, 320], "two columns of prose"),
    (
        [["Introduction", "3"], ["The market", "5"], ["The law", "17"], ["Conclusions", "31"], ["Annex", "40"]],
        [60, 450],
        "a table of contents",
    ),
    (
        [
            ["Introduction ........................", "3"],
            ["The market ......................", "3"],
            ["The law .....", "9"],
        ],
        [60, 450],
        "a table of contents with leaders",
    ),
    ([["Name:", "Li Lei"], ["Born:", "1990"], ["Town:", "Wuhan"], ["Street:", "15"]], [60, 200], "a form filled in"),
    ([["Mr Smith", "Ms Jones"], ["Chairman", "Secretary"]], [60, 300], "two signatures"),
    (
        [*[["Sales", "5", "7", "9", "2", "4"]] * 3, ["", "0", "10", "20", "30", "40"]],
        [60, 120, 180, 240, 300, 360],
        "a chart and the scale at its foot",
    ),
]


@pytest.mark.parametrize(("lines", "columns", "why"), NO_TABLES, ids=[case[2] for case in NO_TABLES])
def test_no_table_is_invented(lines, columns, why):
    marks = page(lines, columns)
    placed, outside = from_marks(marks)
    assert placed == [], why
    assert len(outside) == len(marks.words)


def test_no_table_between_the_rules_of_a_head_and_a_foot():
    lines = [[line] for line in PROSE * 2]
    assert from_marks(page(lines, [60], rules=[bar(0), bar(4), bar(8)]))[0] == []


def test_rules_of_a_grid_without_text_are_no_table():
    lines = [["Sales"], *[[""]] * 4, [str(year) for year in (2001, 2002, 2003)]]
    assert from_marks(page(lines, [60, 200, 300], rules=[bar(number) for number in (0, 2, 4, 6)]))[0] == []


@pytest.mark.parametrize(
    ("texts", "expected", "why"),
    [
        (["0", "100", "200", "300", "400"], True, "equal steps"),
        (["1", "2", "3", "4", "5"], False, "numbers of rows"),
        (["1990", "1995", "2000", "2005", "2010"], False, "years"),
        (["0", "100", "200", "300", "410"], False, "unequal steps"),
        (["0", "100", "200", "300"], False, "too few to tell"),
    ],
)
def test_a_scale_shows_a_chart(texts, expected, why):
    assert is_chart([word(text, 60 + 60 * place, 100) for place, text in enumerate(texts)]) is expected, why


def reading(rows, edges, row_edges):
    cells = tuple(
        Cell(
            row=row,
            col=col,
            text=text,
            parts=(Part(page=1, box=(edges[col], row_edges[row], edges[col + 1], row_edges[row + 1])),),
        )
        for row, line in enumerate(rows)
        for col, text in enumerate(line)
    )
    grid = Grid(rows=len(rows), cols=len(rows[0]), cells=cells, evidence="aligned")
    return Placed(grid=grid, page=1, box=(edges[0], row_edges[0], edges[-1], row_edges[-1]), col_edges=tuple(edges))


WORDS = [
    word(text, x, y)
    for y, line in ((100, "ab"), (114, "12"), (128, "34"))
    for x, text in zip((60, 160), line, strict=True)
]
RIGHT = reading([["a", "b"], ["1", "2"], ["3", "4"]], [50, 120, 200], [98, 112, 126, 140])
COARSE = reading([["a 1 3", "b 2 4"]], [50, 120, 200], [98, 140])
CUTTING = reading([["a", "", "b"], ["1", "", "2"], ["3", "", "4"]], [50, 62, 120, 200], [98, 112, 126, 140])


def test_evidence_falls_where_cells_hold_several_things_or_words_are_cut():
    assert evidence(RIGHT.grid, WORDS).score == 1
    assert evidence(COARSE.grid, WORDS).single < 0.5
    assert evidence(CUTTING.grid, WORDS).fit == 0.5


def test_the_best_reading_is_taken_and_nothing_is_disputed():
    taken = chosen([COARSE, CUTTING, RIGHT], WORDS)
    assert taken is RIGHT


def test_a_close_second_that_differs_is_a_problem():
    other = reading([["a", "b"], ["1", ""], ["", "2"], ["3", "4"]], [50, 120, 200], [98, 112, 119, 126, 140])
    texts = {(cell.row, cell.col): cell.text for cell in other.grid.cells}
    assert texts[2, 1] == "2"
    taken = chosen([RIGHT, other, RIGHT], WORDS[:2])
    assert [problem.code for problem in taken.grid.problems] == ["reading-disputed"]
    assert taken.grid.problems[0].severity == "warning"


def test_a_second_that_reads_the_same_is_no_dispute():
    assert chosen([RIGHT, RIGHT], WORDS).grid.problems == ()
