"""Counts in the prose held against the tables: what is a disagreement, and all that must not be called one."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from fixtures import forms
from fixtures.render_flat import FlatStyle
from fixtures.report import FormTable, filled
from gxextract.document import Block, Problem, Table, TextBlock
from gxextract.forms import with_forms
from gxextract.forms.model import catalogue, forms_of
from gxextract.forms.prose_counts import prose_disagreements
from gxextract.forms.said import number_of
from gxextract.tables import DeclaredCell, finish, from_spans
from tests.forms.reports import flat_lines, read_lines

CASES: dict[str, Any] = json.loads((Path(__file__).parent / "cases" / "prose.json").read_text("utf-8"))
OFFICE = "青柳县水务局2023年政府信息公开工作年度报告"
COUNTY = "青柳县2023年政府信息公开工作年度报告"
FIGURES = {"new": 37, "carried": 4, "reviews": 6, "suits": 3}
LABELS = {
    "new": "一、本年新收政府信息公开申请数量 / 申请人情况 / 总计",
    "carried": "二、上年结转政府信息公开申请数量 / 申请人情况 / 总计",
    "reviews": "行政复议 / 总计",
    "suits": "行政诉讼 / 未经复议直接起诉 / 总计 + 行政诉讼 / 复议后起诉 / 总计",
}
COUNTED = re.compile(r"(?:申请|上年结转|行政复议|行政诉讼)(\d+)件")
WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
HANZI = {37: "三十七", 52: "五十二"}


@cache
def tables(
    new: int = 37, carried: int = 4, left: int = 5, reviews: int = 6, suits: tuple[int, int] = (2, 1)
) -> tuple[Table, ...]:
    """Tables 3 and 4, recognised, with these totals: all natural persons, all granted, all upheld."""
    handled = new + carried - left
    rows = [(new, 0), (carried, 0), (handled, 0), *[(0, 0)] * 20, (handled, 0), (left, 0)]
    applications = [str(value) for count, none in rows for value in (count, *[none] * 5, count)]
    review = [str(value) for count in (reviews, *suits) for value in (count, 0, 0, 0, count)]
    forms_ = (
        filled(forms.applications("2021", one_row_other=False), applications),
        filled(forms.review("2021"), review),
    )
    blocks, problems = with_forms([table_of(table, f"t{at}") for at, table in enumerate(forms_, 1)], {})
    assert problems == ()
    return tuple(block for block in blocks if isinstance(block, Table))


def table_of(table: FormTable, name: str) -> Table:
    rows = [
        [
            DeclaredCell(text=cell.text, row_span=cell.row_span, col_span=cell.col_span)
            for cell in table.cells
            if cell.row == row
        ]
        for row in range(table.rows)
    ]
    return finish(from_spans(rows), name)


def prose(text: str, title: str = OFFICE) -> list[Block]:
    heading = TextBlock(kind="heading", level=1, text="一、总体情况")
    return [
        TextBlock(kind="heading", level=0, text=title),
        heading,
        *(TextBlock(kind="paragraph", text=line, page=1) for line in text.split("\n")),
    ]


def findings(blocks: Sequence[Block]) -> list[Problem]:
    known = {form.id(edition): form for form in catalogue() for edition in form.editions}
    found = {at: known[block.form] for at, block in enumerate(blocks) if isinstance(block, Table) and block.form}
    return list(prose_disagreements(blocks, found))


def said(text: str, number: int) -> str:
    return text.format(n=number, wide=str(number).translate(WIDE), hanzi=HANZI.get(number, ""))


STATEMENTS = [
    pytest.param(group["figure"], text, OFFICE, id=f"{group['reason']}: {text!a}")
    for group in CASES["statements"]
    for text in group["texts"]
] + [
    pytest.param("new", text, COUNTY, id=f"{group['reason']}: {text!a}")
    for group in CASES["regions"]
    for text in group["statements"]
]
SILENT = [
    pytest.param(text, OFFICE, id=f"{group['reason']}: {text!a}")
    for group in CASES["silent"]
    for text in group["texts"]
] + [
    pytest.param(text, COUNTY, id=f"{group['reason']}: {text!a}")
    for group in CASES["regions"]
    for text in group["silent"]
]
NONE = [
    pytest.param(text, group["figures"], id=f"{group['reason']}: {text!a}")
    for group in CASES["none"]
    for text in group["texts"]
]


@pytest.mark.parametrize(("figure", "text", "title"), STATEMENTS)
def test_what_the_table_says_too_is_no_finding(figure: str, text: str, title: str) -> None:
    assert findings([*prose(said(text, FIGURES[figure]), title), *tables()]) == []


@pytest.mark.parametrize(("figure", "text", "title"), STATEMENTS)
def test_what_the_table_says_otherwise_is_one_finding(figure: str, text: str, title: str) -> None:
    (found,) = findings([*prose(said(text, 52), title), *tables()])
    assert (found.severity, found.table) == ("info", "t1" if figure in ("new", "carried") else "t2")
    assert len(found.cells) == (2 if figure == "suits" else 1)
    assert f"(52), the table {FIGURES[figure]} for {LABELS[figure]};" in found.message
    assert "page 1" in found.message
    assert found.message.endswith("look at the source")


@pytest.mark.parametrize(("text", "figures"), NONE)
def test_none_is_a_count(text: str, figures: list[str]) -> None:
    found = findings([*prose(text), *tables()])
    assert [LABELS[figure] in one.message for figure, one in zip(figures, found, strict=True)] == [True] * len(figures)
    assert findings([*prose(text), *tables(**{figure: (0, 0) if figure == "suits" else 0 for figure in figures})]) == []


@pytest.mark.parametrize(("text", "title"), SILENT)
def test_what_may_be_about_something_else_is_no_finding(text: str, title: str) -> None:
    assert findings([*prose(text, title), *tables()]) == []


@pytest.mark.parametrize("text", ["37（含补正3件）", "约37", "", "-", None])
def test_a_figure_that_is_no_plain_number_is_never_compared(text: str | None) -> None:
    blocks = with_value(text, doubtful=False)
    assert findings([*prose("2023年，我局共收到政府信息公开申请52件。"), *blocks]) == []


def test_a_figure_in_doubt_is_never_compared() -> None:
    """Neither is one that may as well be meant: 一 + 二 and （七）总计."""
    said = prose("2023年，我局共收到政府信息公开申请52件。")
    assert len(findings([*said, *with_value("37", doubtful=False)])) == 1
    assert findings([*said, *with_value("37", doubtful=True)]) == []
    assert findings([*said, *with_value("4", doubtful=True, row=4)]) == []
    assert findings([*said, *with_value("36", doubtful=True, row=26)]) == []


def with_value(text: str | None, *, doubtful: bool, row: int = 3) -> list[Table]:
    """The tables with the text of the last value of a row of table 3 put in."""
    first, second = tables()
    at = next(index for index, record in enumerate(first.records) if record.cell == (row, 9))
    changed = replace(first.records[at], text=text)
    records = (*first.records[:at], changed.flagged("doubtful") if doubtful else changed, *first.records[at + 1 :])
    return [replace(first, records=records), second]


def test_one_finding_a_figure_and_the_first_statement_is_quoted() -> None:
    text = "2023年，我局共收到政府信息公开申请52件。\n本年度，我局受理政府信息公开申请53件，行政复议54件。"
    first, second = findings([*prose(text), *tables()])
    assert "'我局共收到政府信息公开申请52件' (52)" in first.message
    assert "'行政复议54件' (54)" in second.message


def test_a_form_that_stands_there_twice_is_not_compared() -> None:
    """Whose report the prose is of can't be told."""
    again = [replace(table, id=f"{table.id}-again") for table in tables(new=40)]
    assert findings([*prose("2023年，我局共收到政府信息公开申请52件。"), *tables(), *again]) == []


def test_without_a_title_the_year_is_the_one_its_sentences_begin_with() -> None:
    text = TextBlock(kind="paragraph", text="2021年，我局共收到政府信息公开申请52件。")
    assert len(findings([text, *tables()])) == 1
    other = TextBlock(kind="paragraph", text="2022年，我局努力提升服务水平。")
    assert findings([text, other, *tables()]) == []


def test_two_years_leave_it_open_whose_year_the_prose_is_of() -> None:
    """A title of one year over dates of another: one of them was left over."""
    dates = "本报告所列数据的统计期限自2022年1月1日起至2022年12月31日止。\n2023年，我局收到政府信息公开申请52件。"
    assert findings([*prose(dates), *tables()]) == []
    assert len(findings([*prose(dates.replace("2022", "2023")), *tables()])) == 1


@pytest.mark.parametrize("seed", range(30, 42))
@pytest.mark.parametrize("style", ["pipes", "tabs"])
def test_made_up_reports_agree_and_one_changed_count_is_one_finding(seed: int, style: FlatStyle) -> None:
    lines = flat_lines(f"prose/{seed}", "2021" if seed % 2 else "2019", style)
    assert disagreements(lines) == []
    counts = [(at, found) for at, line in enumerate(lines) for found in COUNTED.finditer(line)]
    assert counts
    for at, found in counts:
        line = lines[at][: found.start(1)] + str(int(found[1]) * 3 + 4001) + lines[at][found.end(1) :]
        assert len(disagreements([*lines[:at], line, *lines[at + 1 :]])) == 1, line


def disagreements(lines: list[str]) -> list[Problem]:
    return [problem for problem in read_lines(lines)[1] if problem.code == "prose-disagrees"]


def test_a_pattern_names_words_that_are_there() -> None:
    text = """
family = "harvest"
editions = ["1987"]
[[tables]]
editions = ["1987"]
label_columns = 1
[[tables.blocks]]
columns = "产量"
rows = "pears: 梨"
[[tables.prose]]
equals = ["pears"]
topic = "果"
under = "果"
about = "梨"
counts = ["收<fruit><count>"]
none = []
"""
    with pytest.raises(ValueError, match="<fruit>"):
        forms_of(text)
    with pytest.raises(ValueError, match="plums"):
        forms_of(text.replace('["pears"]', '["plums"]').replace("<fruit>", "梨"))
    (form,) = forms_of(text.replace("editions", 'words = { fruit = "梨|桃" }\neditions', 1))
    (found,) = [pattern.fullmatch("收梨一百零二个") for pattern in form.statements[0].counts]
    assert found is not None
    assert number_of(found["n"]) == 102


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0", 0),
        ("零", 0),
        ("十", 10),
        ("两", 2),
        ("十七", 17),
        ("二百零六", 206),
        ("一千二百三十", 1230),
        ("二〇二三", 2023),
    ],
)
def test_numbers_in_hanzi(text: str, number: int) -> None:
    assert number_of(text) == number


@pytest.mark.parametrize(
    "text",
    [
        f"收到政府信息公开申请{'9' * 5000}件。",
        f"收到政府信息公开申请{'零' * 5000}件。",
        "2023年，我局收到政府信息公开申请52件、" * 3000,
        "未因政府信息公开发生提起的" * 5000,
        "（" * 20000 + "收到政府信息公开申请52件",
    ],
    ids=["digits", "hanzi", "one sentence", "words", "brackets"],
)
def test_no_text_is_too_odd(text: str) -> None:
    assert findings([*prose(text), *tables()]) == []
