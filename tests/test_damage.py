"""Flattened reports that lost, doubled or merged one token or line: every other value is right or says it isn't."""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Callable, Sequence

import pytest

from fixtures.forms import Edition
from fixtures.render_flat import FLATTENERS, FlatStyle
from tests.forms.reports import as_json, flat_lines, read_lines, truth
from tests.scorer import score

DAMAGES_A_STYLE = 90
CELL_MARKS: dict[str, str] = {
    "pipes": " | ",
    "tabs": "\t",
    "collapsed-tabs": "\t",
    "csv": ",",
    "markdown-empty": " | ",
    "markdown-repeated": " | ",
    "table-a-line": " ",
    "columns": " ",
    "reading-order": " ",
}
"""What parts the tokens of a line; where a line is one cell, a line is a token."""

Damage = Callable[[list[str], int, str], None]


def dropped(parts: list[str], at: int, mark: str) -> None:
    del parts[at]


def doubled(parts: list[str], at: int, mark: str) -> None:
    parts.insert(at, parts[at])


def merged(parts: list[str], at: int, mark: str) -> None:
    parts[at : at + 2] = ["".join(parts[at : at + 2])]


def merged_with_a_blank(parts: list[str], at: int, mark: str) -> None:
    parts[at : at + 2] = [" ".join(parts[at : at + 2])]


def blanked(parts: list[str], at: int, mark: str) -> None:
    parts[at] = ""


DAMAGES: tuple[Damage, ...] = (dropped, doubled, merged, merged_with_a_blank, blanked)


def table_lines(lines: Sequence[str]) -> list[int]:
    """The lines between the headings of the sections that have tables."""
    starts = [
        at for at, line in enumerate(lines) if line.startswith(("二、主动公开", "三、收到", "四、政府信息", "五、"))
    ]
    return [at for at in range(starts[0] + 1, starts[3]) if lines[at].strip(" ") and at not in starts]


def paths(table_truth: dict) -> set[tuple[tuple[str, ...], tuple[str, ...]]]:
    rows, columns = table_truth["row_paths"], table_truth["column_paths"]
    return {(folded(rows[row]), folded(columns[column])) for row, column, *_ in table_truth["records"]}


def folded(path: Sequence[str]) -> tuple[str, ...]:
    return tuple("".join(unicodedata.normalize("NFKC", label).split()) for label in path)


@pytest.mark.parametrize("style", list(FLATTENERS))
def test_one_damage_shifts_no_value_unflagged(style: FlatStyle) -> None:
    rng = random.Random(f"damage/{style}")
    for number in range(DAMAGES_A_STYLE):
        edition: Edition = rng.choice(("2021", "2019"))
        seed, zero = f"damage/{rng.randrange(8)}", rng.choice(("0", "-", "/"))
        lines = list(flat_lines(seed, edition, style, zero))
        at = rng.choice(table_lines(lines))
        damage = rng.choice(DAMAGES)
        mark = CELL_MARKS.get(style)
        whole_line = mark is None or rng.random() < 0.4
        if mark is None or whole_line:
            damage(lines, at, "\n")
        else:
            tokens = lines[at].split(mark)
            damage(tokens, rng.randrange(len(tokens)), mark)
            lines[at] = mark.join(tokens)
        blocks, problems = read_lines(lines)
        expected = truth(seed, edition, zero)
        found = score(as_json(blocks), expected)
        case = f"{style} {number}: {damage.__name__} at line {at} of {seed} {edition}"
        assert found.wrong_and_unflagged == 0, case
        if found.right < found.values:
            assert any(problem.severity != "info" for problem in problems), f"{case}: nobody is warned"
        table_gone = style == "table-a-line" and whole_line and damage in (dropped, blanked)
        if not table_gone:
            records = {
                (folded(record["row_path"]), folded(record["column_path"]))
                for table in as_json(blocks)["blocks"]
                for record in table["records"]
            }
            gone = [path for table in expected["tables"] for path in paths(table) if path not in records]
            assert not gone, f"{case}: {len(gone)} values have no record, not even one that says they are lost"


def lost_column(lines: list[str], at: int, mark: str) -> None:
    for row in table_lines(lines):
        parts = lines[row].split(mark)
        if len(parts) > 5:
            del parts[-2]
            lines[row] = mark.join(parts)


def lost_labels(lines: list[str], at: int, mark: str) -> None:
    for row in range(at, min(at + 3, len(lines))):
        parts = lines[row].split(mark)
        lines[row] = mark.join(part if part.strip(" |-")[-1:].isdigit() else "" for part in parts)


def moved_value(lines: list[str], at: int, mark: str) -> None:
    parts = lines[at].split(mark)
    lines[at : at + 2] = [mark.join(parts[:-1]), mark.join([parts[-1], lines[at + 1]])]


def moved_line(lines: list[str], at: int, mark: str) -> None:
    lines.insert(at + 5, lines.pop(at))


def lost_lines(lines: list[str], at: int, mark: str) -> None:
    del lines[at : at + 3]


def page_break(lines: list[str], at: int, mark: str) -> None:
    lines[at:at] = ["某某市人民政府办公室政府信息公开工作年度报告", "3"]


def split_line(lines: list[str], at: int, mark: str) -> None:
    half = len(lines[at]) // 2
    lines[at : at + 1] = [lines[at][:half], lines[at][half:]]


LARGE_DAMAGES: tuple[Damage, ...] = (
    lost_column,
    lost_labels,
    moved_value,
    moved_line,
    lost_lines,
    page_break,
    split_line,
)


@pytest.mark.parametrize("style", ["pipes", "tabs", "collapsed-tabs", "csv", "markdown-empty", "reading-order"])
@pytest.mark.parametrize("damage", LARGE_DAMAGES, ids=lambda damage: damage.__name__)
def test_what_is_lost_or_moved_shifts_no_value_unflagged(style: FlatStyle, damage: Damage) -> None:
    rng = random.Random(f"large damage/{style}/{damage.__name__}")
    for number in range(6):
        edition: Edition = rng.choice(("2021", "2019"))
        seed, zero = f"damage/{rng.randrange(8)}", rng.choice(("0", "-", "/"))
        lines = list(flat_lines(seed, edition, style, zero))
        at = rng.choice(table_lines(lines))
        damage(lines, at, CELL_MARKS[style])
        blocks, problems = read_lines(lines)
        found = score(as_json(blocks), truth(seed, edition, zero))
        case = f"{style} {number}: at line {at} of {seed} {edition}"
        assert found.wrong_and_unflagged == 0, case
        if found.missing or found.extra:
            assert any(problem.severity != "info" for problem in problems), f"{case}: nobody is warned"


def test_the_damages_do_damage() -> None:
    lines = flat_lines("damage/0", "2021", "pipes")
    at = table_lines(lines)[5]
    for damage in (*DAMAGES, *LARGE_DAMAGES):
        copy = list(lines)
        damage(copy, at, CELL_MARKS["pipes"])
        assert copy != lines, damage.__name__
