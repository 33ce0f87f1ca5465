"""Ways of writing out a table that careless programs have, and what parts its cells in each."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import pytest

from fixtures.forms import Edition
from fixtures.render_flat import FlatStyle
from gxextract.forms.cut import Habit, cells_of, habits_of
from gxextract.forms.model import known_labels
from gxextract.forms.page import is_page_number, marked_width, running_heads
from gxextract.forms.tokens import tokens_of_lines
from gxextract.forms.values import is_value, unmarked
from tests.forms.reports import as_json, flat_lines, read_lines, truth
from tests.scorer import score

Rewrite = Callable[[list[str]], list[str]]


def in_table(line: str) -> bool:
    return "\t" in line


def with_mark(mark: str) -> Rewrite:
    return lambda lines: [line.strip("\t").replace("\t", mark) if in_table(line) else line for line in lines]


def named(lines: list[str]) -> list[str]:
    """``label：value、value``"""
    return [line.replace("\t", "：", 1).replace("\t", "、") if in_table(line) else line for line in lines]


def as_lists(lines: list[str]) -> list[str]:
    return [json.dumps(line.split("\t"), ensure_ascii=False) if in_table(line) else line for line in lines]


def as_one_line(lines: list[str]) -> list[str]:
    return [",".join(["网站地图 | 联系我们 | 隐私声明", *(line.replace("\t", ",") for line in lines)])]


def counted(lines: list[str]) -> list[str]:
    """Each table as a data frame is printed: rows numbered from 0, columns too."""
    out: list[str] = []
    number = 0
    for line in lines:
        if not in_table(line):
            number = 0
            out.append(line)
            continue
        out += ["\t" + "\t".join(map(str, range(line.count("\t") + 1)))] if number == 0 else []
        out.append(f"{number}\t" + re.sub(r"(?<=\t)(?=\t|$)", "NaN", line))
        number += 1
    return out


def with_running_heads(lines: list[str]) -> list[str]:
    out: list[str] = []
    for at, line in enumerate(lines):
        out += ["", "— 3 —", "某某县水务局政府信息公开工作报告", ""] if at % 17 == 16 else []
        out.append(line)
    return out


STYLES: dict[str, tuple[FlatStyle, Rewrite]] = {
    "full-width commas": ("collapsed-tabs", with_mark("，")),
    "semicolons": ("collapsed-tabs", with_mark("; ")),
    "full-width pipes": ("collapsed-tabs", with_mark("｜")),
    "drawn pipes": ("collapsed-tabs", with_mark(" ┃ ")),
    "a label and its values": ("collapsed-tabs", named),
    "lists of lists": ("tabs", as_lists),
    "all of a page in one line": ("collapsed-tabs", as_one_line),
    "a data frame": ("tabs", counted),
    "bullets": ("tabs", lambda lines: [f"- {line}" for line in lines]),
    "quoted lines": ("cell-lines", lambda lines: [f"> {line}" for line in lines]),
    "quoted cells": ("pipes", lambda lines: [re.sub(r"([^ |]+)(?= \|)", r'"\1"', line) for line in lines]),
    "stressed labels": (
        "markdown-empty",
        lambda lines: [re.sub("(总计|规章|自然人)", r"**\1**", line) for line in lines],
    ),
    "blanks said in HTML": ("markdown-empty", lambda lines: [line.replace("|  |", "| &nbsp; |") for line in lines]),
    "escaped strokes": ("markdown-empty", lambda lines: [line.replace("| - |", "| \\- |") for line in lines]),
    "running heads": ("bare-lines", with_running_heads),
    "blanks between hanzi": (
        "tabs",
        lambda lines: [re.sub(r"(?<=[一-龥])(?=[一-龥])(?!元)", " ", line) for line in lines],
    ),
    "other numbers": ("bare-lines", lambda lines: [re.sub(r"^(\d)\.(?=\D)", r"\1、", line) for line in lines]),
    "labels in pieces": ("bare-lines", lambda lines: [part for line in lines for part in pieces(line)]),
}


def pieces(line: str) -> list[str]:
    """As markup splits it that ends a span after every other character."""
    hanzi = sum("一" <= char <= "龥" for char in line)
    return re.findall("..?", line) if 2 * hanzi > len(line) and len(line) < 30 else [line]


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("edition", ["2021", "2019"])
def test_every_value_is_found(style: str, edition: Edition) -> None:
    flat, rewrite = STYLES[style]
    zero = "-" if style == "escaped strokes" else "0"
    lines = rewrite(list(flat_lines("marks/1", edition, flat, zero)))
    blocks, problems = read_lines(lines)
    found = score(as_json(blocks), truth("marks/1", edition, zero))
    assert found.wrong_and_unflagged == 0
    assert found.right == found.values, problems


def test_tables_that_ran_together_are_said_to_be_missing() -> None:
    lines = [line.replace("\t", "") for line in flat_lines("marks/1", "2021", "collapsed-tabs")]
    blocks, problems = read_lines(lines)
    assert score(as_json(blocks), truth("marks/1", "2021")).wrong_and_unflagged == 0
    assert [problem.code for problem in problems].count("form-disagreement") == 3


@pytest.mark.parametrize(
    ("line", "cells"),
    [
        ("规章，1，2，3", ["规章", "1", "2", "3"]),
        ("规章：1、2、3", ["规章", "1", "2", "3"]),
        ("规章: 12", ["规章", "12"]),
        ("行政处罚,1,234", ["行政处罚", "1", "234"]),
        ("行政处罚 1,234", ["行政处罚 1,234"]),
        ("1,234", ["1,234"]),
        ("3、其他", ["3、其他"]),
        ("一个误印的标签；1；2；3", ["一个误印的标签", "1", "2", "3"]),
        ("行政许可、行政处罚、行政强制等事项", ["行政许可、行政处罚、行政强制等事项"]),
        ("全年受理申请12件，办结11件", ["全年受理申请12件，办结11件"]),
        ("2.申请人逾期未按要求缴费、行政机关不再处理", ["2.申请人逾期未按要求缴费、行政机关不再处理"]),
    ],
)
def test_a_line_is_cut_where_marks_part_labels_and_values(line: str, cells: list[str]) -> None:
    cut = list(cells_of(line, Habit(), known_labels()))
    assert [text for text, _, _ in cut] == cells
    assert all(line[start:end] == text for text, start, end in cut)


def test_most_lines_tell_what_the_outer_pipes_mean() -> None:
    lines = ["| a | b |", "| c | d |", "| e | f"]
    assert [
        len(list(cells_of(line, habit, frozenset()))) for line, habit in zip(lines, habits_of(lines), strict=True)
    ] == [
        2,
        2,
        2,
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("**总计**", "总计"),
        ("*", "*"),
        (r"\-", "-"),
        ("NaN", ""),
        ("&nbsp;", ""),
        ("<br/>", ""),
        ('"3"', "3"),
        ('3.危及"三安全一稳定"', '3.危及"三安全一稳定"'),
        ("├────┬", ""),
        ("0", "0"),
    ],
)
def test_what_marks_a_cell_is_no_part_of_it(text: str, said: str) -> None:
    assert unmarked(text) == said


@pytest.mark.parametrize(("text", "yes"), [("1 234", True), ("减2", True), ("无", True), ("第3页", False), ("", False)])
def test_what_stands_where_numbers_stand(text: str, yes: bool) -> None:
    assert is_value(text) is yes


def test_rows_that_number_themselves_stay_values_where_no_label_follows() -> None:
    lines = [f"{number}\t{number + 5}\t7" for number in range(6)]
    assert [token.text for token in tokens_of_lines(lines, frozenset()) if token.field == 0] == list("012345")


@pytest.mark.parametrize(("line", "yes"), [("- 3 -", True), ("第 3 页 共 9 页", True), ("3/9", True), ("3", False)])
def test_page_numbers(line: str, yes: bool) -> None:
    assert is_page_number(line) is yes


def test_a_mark_is_one_only_if_nearly_all_lines_have_it() -> None:
    assert marked_width(["- a"] * 12) == 2
    assert marked_width(["- a"] * 12 + ["b"] * 3) == 0
    assert marked_width(["-"] * 12) == 0


def test_pieces_of_labels_and_rows_of_values_are_no_running_heads() -> None:
    lines = ["维持 纠正 结果 审结", "10 0 0 0 0 0 0 10", "某某县水务局二〇二三年报告"] * 3
    assert running_heads(lines, known_labels()) == {"某某县水务局二〇二三年报告"}
