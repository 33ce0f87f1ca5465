from __future__ import annotations

import pytest

from gxextract.tables.aligned import Region, aligned
from gxextract.tables.columns import columns
from gxextract.tables.rows import Line, Thing, body_rows, figure_columns
from gxextract.tables.words import Phrase, figures_cut_off, is_figure, lines, phrases

from .drawing import word
from .typeset import bar, page, typed


def table(marks):
    """Texts by row of what alignment makes of a whole page; a merged cell stands once, with its spans."""
    xs = [each.left for each in marks.words] + [each.right for each in marks.words]
    ys = [each.top for each in marks.words] + [each.bottom for each in marks.words]
    region = Region(page=1, box=(min(xs), min(ys), max(xs), max(ys)), words=marks.words, rules=marks.rules)
    found = aligned(region)
    if found is None:
        return None
    return [
        [
            cell.text if cell.row_span == cell.col_span == 1 else (cell.text, cell.row_span, cell.col_span)
            for cell in found.placed.grid.cells
            if cell.row == row
        ]
        for row in range(found.placed.grid.rows)
    ]


FIGURES = [
    ["Region", "1996", "1997"],
    ["North", "12", "1,340"],
    ["South and East", "9", "12"],
    ["West", "1,204", "7"],
]


def test_columns_come_from_gaps_and_rows_from_lines():
    assert table(page(FIGURES, [60, 250, 350], right=[1, 2])) == FIGURES


@pytest.mark.parametrize(
    ("lines_", "expected", "why"),
    [
        (
            [["", "", "Both"], ["Name", "Men", "", "Women"], ["A", "1", "", "2"], ["B", "3", "", "4"]],
            [[("Name", 2, 1), ("Both", 1, 2)], ["Men", "Women"], ["A", "1", "2"], ["B", "3", "4"]],
            "a heading in the middle of two columns heads both",
        ),
        (
            [["Name", "Men", "", "All"], ["", "only", "", "of them"], ["A", "1", "", "2"], ["B", "3", "", "4"]],
            [["Name", "Men only", "All of them"], ["A", "1", "2"], ["B", "3", "4"]],
            "two lines of a heading are one cell",
        ),
    ],
)
def test_headings(lines_, expected, why):
    assert table(page(lines_, [60, 200, 225, 260])) == expected, why


def test_a_short_rule_shows_how_far_a_heading_reaches():
    lines_ = [["", "1996", ""], ["Name", "Men", "Women"], ["A", "1", "2"], ["B", "3", "4"]]
    plain = page(lines_, [60, 200, 300])
    ruled = page(lines_, [60, 200, 300], rules=[bar(1, 195, 330)])
    assert ("1996", 1, 2) in table(ruled)[0]
    assert ("1996", 1, 2) not in table(plain)[0]


def test_a_column_with_few_texts_is_a_column():
    lines_ = [["Name", "Sum", "Note"], *[[f"n{n}", str(n * 11), "a" if n == 3 else ""] for n in range(2, 8)]]
    got = table(page(lines_, [60, 200, 300]))
    assert [len(row) for row in got] == [3] * 7
    assert got[2] == ["n3", "33", "a"]


@pytest.mark.parametrize(
    ("labels", "values", "rows", "why"),
    [
        (["Colleges of further", "and vocational training", "Schools"], ["", "12", "7"], 2, "the label begins above"),
        (["Colleges of further and", "vocational training", "Schools"], ["12", "", "7"], 2, "the label goes on below"),
        (["Europe", "France", "Spain"], ["", "12", "7"], 3, "a title of rows is a row of its own"),
        (["France", "Spain", "Total"], ["12", "", "7"], 3, "a row without a figure is still a row"),
    ],
)
def test_lines_of_one_row(labels, values, rows, why):
    body = [[label, value, value] for label, value in zip(labels, values, strict=True)]
    got = table(page([["Name", "Men", "Women"], *body, ["Others", "1", "2"], ["All", "3", "4"]], [60, 300, 400]))
    assert len(got) == rows + 3, why


def test_rules_between_all_rows_decide_alone():
    lines_ = [["Name", "Text"], ["A", "first of"], ["", "Two lines"], ["B", "second"], ["C", "third"], ["D", "fourth"]]
    rules = [bar(number) for number in (0, 1, 3, 4, 5, 6)]
    got = table(page(lines_, [60, 200], rules=rules))
    assert got == [["Name", "Text"], ["A", "first of Two lines"], ["B", "second"], ["C", "third"], ["D", "fourth"]]


def test_a_figure_a_blank_after_its_label_is_cut_off_where_others_stand_alone():
    far = [[Phrase(words=(word("12", 200, top),))] for top in (100, 114, 128)]
    near = [Phrase(words=(*typed("a long label", 140, 142)[:-1], word("label", 172, 142), word("34", 200, 142)))]
    assert [piece.text for piece in figures_cut_off([*far, near])[-1]] == ["a long label", "34"]
    assert [piece.text for piece in figures_cut_off([near])[-1]] == ["a long label 34"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [("1,234", True), ("12.5%*", True), ("(3.4)", True), ("–", True), ("n.a.", True), ("Table 3", False), ("", False)],
)
def test_is_figure(text, expected):
    assert is_figure(text) is expected


def test_prose_makes_no_columns():
    text = ["the quick brown fox jumps over the lazy dog and", "runs away from all the other animals of the forest"]
    rows = [phrases(line) for number, each in enumerate(text) for line in lines(typed(each, 60, 100 + 14 * number))]
    assert len(columns(rows)) == 1


def test_a_wall_parts_what_overlaps():
    left, right = Phrase(words=(word("abc", 100, 100),)), Phrase(words=(word("de", 116, 114),))
    assert len(columns([[left], [right]])) == 1
    assert len(columns([[left, right], [left, right]], walls=[115.5])) == 2


def test_figure_columns_and_rows_of_hand_made_lines():
    def line(top, *texts):
        things = tuple(
            Thing(phrase=Phrase(words=(word(text, 60 + 100 * col, top),)), first=col, last=col)
            for col, text in enumerate(texts)
            if text
        )
        return Line(things=things, band=0, top=top, bottom=top + 10)

    body = [line(100, "A", "1"), line(114, "B", "2"), line(128, "", "more words"), line(142, "C", "3")]
    assert figure_columns(body, 2) == {1}
    assert [len(row) for row in body_rows(body, frozenset({1}))] == [1, 2, 1]
