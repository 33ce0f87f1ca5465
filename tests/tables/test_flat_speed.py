"""Reading flattened text takes time in proportion to its length, whatever the text looks like."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from pathlib import Path

import pytest

import gxextract
from bench.flat_styles import STYLES
from bench.flat_tables import random_table
from fixtures.render_flat import FlatStyle, render_flat
from fixtures.report import make_report

LONGER = 4
MOST = 6.5
"""A text ``LONGER`` times as long may take so many times as long; quadratic time would take 16 times as long."""
TRIES = 4
ONE_EACH: tuple[FlatStyle, ...] = ("pipes", "bare-lines", "table-a-line", "columns")
"""A style with delimiters, one with a cell a line, one without lines, one with places."""
PROSE = "本年度共收到政府信息公开申请若干件，均在法定期限内予以答复。"


def reports(style: FlatStyle) -> Callable[[int], str]:
    text = render_flat(make_report("speed", "2021"), style).decode()
    return lambda size: f"{text}\n" * size


def tables(size: int) -> str:
    """Prose and random tables, in all styles but CSV, which is a file of its own."""
    rng = random.Random(3)
    styles = [flatten for name, (flatten, _) in STYLES.items() if name != "csv"] * size
    return "\n\n".join(f"{PROSE}\n\n" + "\n".join(flatten(random_table(rng).grid)) for flatten in styles)


WIDE = "\t".join(["项"] * 600) + "\n" + "\t".join(["1"] * 600) + "\n"
SHAPES: dict[str, Callable[[int], str]] = {
    **{f"reports, {style}": reports(style) for style in ONE_EACH},
    "tables and prose": tables,
    "one line of prose": lambda size: PROSE * (1500 * size),
    "one line of labels and values": lambda size: "予以公开 1 2 3 4 5 6 7 " * (100 * size),
    "one line of pipes": lambda size: "|" * (8000 * size),
    "blank cells": lambda size: ",,,,\n" * (400 * size) + "甲",
    "short lines": lambda size: "道路\n12\n桥梁\n7\n\n" * (150 * size),
    "a label a line": lambda size: "予以公开\n" * (600 * size),
    "hard-wrapped prose": lambda size: "政府信息公开工作年度报告由办公室编制并向社会公布欢迎监督\n" * (300 * size),
    "a long table": lambda size: "类\t名\t数\n" + "甲\t乙\t1\n" * (500 * size),
    "a long table of lost cells": lambda size: "类\t名\t数\n" + "甲\t乙\t1\n甲\t乙\t1\n甲\t1\n" * (150 * size),
    "a long table of section rows": lambda size: "类\t名\t数\n" + "甲部分\t\t\n甲\t乙\t1\n" * (200 * size),
    "a long table of words, then values": lambda size: (
        "类\t名\t数\n" + "甲\t乙\t丙\n" * 250 * size + "甲\t乙\t1\n" * 251 * size
    ),
    "tables a line of prose parts": lambda size: "甲\t乙\t1\n丙\t丁\t2\n句子\n" * (150 * size),
    "very wide rows": lambda size: WIDE * size + "1\t1\n",
}


def seconds(text: str, file: Path) -> float:
    file.write_text(text, encoding="utf-8")
    took: list[float] = []
    for _ in range(3):
        start = time.process_time()
        gxextract.read(file)
        took.append(time.process_time() - start)
    return min(took)


@pytest.mark.parametrize("shape", SHAPES)
def test_time_grows_in_proportion(shape: str, tmp_path: Path) -> None:
    """Neighbours on the machine can only make a time longer, so that one good try of several is enough."""
    make, file = SHAPES[shape], tmp_path / "flat.txt"
    tries = ((seconds(make(1), file), seconds(make(LONGER), file)) for _ in range(TRIES))
    assert any(long <= MOST * short + 0.01 for short, long in tries)


CROWDED = {
    "one row far too long": "类\t名\t数\n" + "甲\t乙\t1\n丙\t2\n" * 1000 + "\t".join(["1"] * 2000),
    "many header rows of many words": "\n".join(
        [*(" | ".join(f"甲{row}{col}" for col in range(10)) + " |" for row in range(8))]
        + [" | ".join([*(f"名{row}{col}" for col in range(30)), "1", "2", "3"]) + " |" for row in range(20)]
    ),
    "eighty aligned columns": "\n".join(
        ["    ".join(f"甲{col:02}" for col in range(40))] * 8 + ["名  " + "       ".join(["1"] * 78)] * 20
    ),
    "a header over nothing": ("甲" + "\t" * 2000 + "\n" + "\t" * 1999 + "乙\n名\t" + "\t".join(["1"] * 2000) + "\n"),
}
"""Small texts whose every cell might mean a search."""


@pytest.mark.parametrize("text", CROWDED.values(), ids=CROWDED)
def test_no_small_text_takes_long(text: str, tmp_path: Path) -> None:
    assert seconds(text, tmp_path / "flat.txt") < 2.0


def test_every_text_of_a_table_that_is_too_lopsided_to_build_is_kept(tmp_path: Path) -> None:
    file = tmp_path / "flat.txt"
    file.write_text(CROWDED["one row far too long"], encoding="utf-8")
    document = gxextract.read(file)
    kept = [block.text for block in document.blocks if isinstance(block, gxextract.TextBlock)]
    assert not document.tables
    assert "".join("".join(kept).split()) == "".join(CROWDED["one row far too long"].split())
