"""The scorer on cases made by hand, and where the competition's files are at hand, on them."""

from __future__ import annotations

from pathlib import Path

import pytest

import gxextract
from bench.adjacency import Score, Sheet, Span, relations, score
from bench.icdar import best_score, measured, ours, sheets, summary, truths
from gxextract.document import Cell, Part, Table

FOLDER = Path(gxextract.__file__).parent.parent / "shared" / "real" / "icdar2013"
needs_files = pytest.mark.skipif(not FOLDER.is_dir(), reason="the competition's files are not here")


def span(row: int, col: int, text: str, rows: int = 1, cols: int = 1) -> Span:
    return Span(top=row, left=col, bottom=row + rows - 1, right=col + cols - 1, text=text)


def sheet(*cells: Span, page: int = 1, box: tuple[float, float, float, float] = (0, 0, 100, 100)) -> Sheet:
    return Sheet(page=page, box=box, cells=cells)


SQUARE = (span(0, 0, "a"), span(0, 1, "b"), span(1, 0, "c"), span(1, 1, "d"))


@pytest.mark.parametrize(
    ("cells", "expected", "why"),
    [
        (SQUARE, {("a", "b", "right"), ("c", "d", "right"), ("a", "c", "below"), ("b", "d", "below")}, "neighbours"),
        (
            (span(0, 0, "a"), span(0, 1, " "), span(0, 2, "b")),
            {("a", "b", "right")},
            "blank cells are looked through",
        ),
        (
            (span(0, 0, "h", cols=2), span(1, 0, "a"), span(1, 1, "b")),
            {("h", "a", "below"), ("h", "b", "below"), ("a", "b", "right")},
            "a wide cell has a neighbour in each of its columns",
        ),
        (
            (span(0, 0, "h", rows=2), span(0, 1, "v", rows=2)),
            {("h", "v", "right")},
            "cells that adjoin along two rows are one relation",
        ),
        ((span(0, 0, "A b"), span(0, 1, "C\n D")), {("ab", "cd", "right")}, "white space and case don't count"),
    ],
)
def test_relations(cells, expected, why):
    found = relations(cells)
    assert set(found) == expected, why
    assert found.total() == len(expected)


def test_equal_texts_are_counted_as_often_as_they_stand_there():
    assert relations([span(row, 0, "0") for row in range(4)]) == {("0", "0", "below"): 3}


def test_a_wrong_cell_costs_its_relations_on_both_sides():
    wrong = (*SQUARE[:3], span(1, 1, "x"))
    assert score([sheet(*wrong)], [sheet(*SQUARE)]) == Score(right=2, found=4, true=4)


def test_what_is_no_table_costs_precision_and_what_is_missed_costs_recall():
    true = sheet(*SQUARE)
    assert score([true, sheet(*SQUARE, page=2)], [true]) == Score(right=4, found=8, true=4)
    assert score([], [true]) == Score(right=0, found=0, true=4)
    assert score([], []).f1 == 1.0


def test_a_table_in_the_wrong_place_is_not_compared():
    assert score([sheet(*SQUARE, box=(0, 200, 100, 300))], [sheet(*SQUARE)]).right == 0
    assert score([sheet(*SQUARE, page=2)], [sheet(*SQUARE)]).right == 0


def test_of_two_tables_in_one_place_the_one_that_fits_is_compared():
    whole_page = sheet(span(0, 0, "x"), span(1, 0, "y"), box=(-200, -200, 400, 600))
    assert score([whole_page, sheet(*SQUARE)], [sheet(*SQUARE)]) == Score(right=4, found=5, true=4)


def test_the_better_of_two_truths_counts():
    assert best_score([sheet(*SQUARE)], [[sheet(span(0, 0, "z"))], [sheet(*SQUARE)]]).f1 == 1.0


def test_micro_and_mean():
    total, mean = summary([Score(right=10, found=10, true=10), Score(right=0, found=0, true=10)])
    assert (total.right, total.true) == (10, 20)
    assert mean == 0.5


def test_each_page_shows_its_part_of_a_table_with_the_header_it_prints():
    parts = (Part(page=1, box=(0, 0, 9, 9)), Part(page=2, box=(0, 0, 9, 9), repeated_header_rows=1))
    head = Cell(row=0, col=0, text="h", parts=(Part(page=1), Part(page=2)), role="column-header")
    body = [Cell(row=page, col=0, text=str(page), parts=(Part(page=page),), role="row-header") for page in (1, 2)]
    table = Table(id="t1", rows=3, cols=1, cells=(head, *body), records=(), evidence="ruled", parts=parts)
    assert [[each.text for each in found.cells] for found in sheets(table)] == [["h", "1"], ["h", "2"]]


@needs_files
def test_the_truth_itself_scores_one():
    for pdf in sorted(FOLDER.glob("*.pdf")):
        for truth in truths(pdf):
            assert score(truth, truth).f1 == 1.0
    assert len(truths(FOLDER / "eu-009a.pdf")) == 2


@needs_files
def test_tables_are_found_and_read():
    scores, _ = measured(FOLDER, ours, [])
    total, mean = summary(scores.values())
    assert len(scores) == 27
    assert total.f1 >= 0.98
    assert mean >= 0.98
