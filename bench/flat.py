"""How many merged tables come back whole from flattened text: random tables, nine flatteners, one score.

    python bench/flat.py                        # the table of docs/flattened.md
    python bench/flat.py --seed 7 --tables 100  # other tables, fewer of them

A table is *exact* if every cell of it is back with its text, its place and both its spans. A value is *wrong* if it
stands in the output with paths or a text that the truth doesn't have, and *unwarned* if nothing there marks it.
"""

from __future__ import annotations

import argparse
import csv
import io
import random
import sys
import time
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from gxextract.document import Cell, Table
from gxextract.tables import Grid, finish
from gxextract.tables.from_flat import find_flat, from_flat
from gxextract.tables.grid import ordered

NOUNS = [
    "道路",
    "桥梁",
    "河道",
    "学校",
    "医院",
    "粮食",
    "就业",
    "环保",
    "住房",
    "消防",
    "审计",
    "税务",
    "水利",
    "园林",
    "档案",
    "交通",
    "旅游",
    "体育",
    "气象",
    "渔业",
]
TAILS = ["项目", "数量", "面积", "金额", "投入", "人数", "次数", "情况", "计划", "任务"]
FAMILIES = [
    ["数量", "金额"],
    ["上年", "本年", "增减"],
    ["男", "女"],
    ["计划", "完成", "结转", "撤销"],
    ["城镇", "农村"],
]
TOTALS = ["合计", "总计", "小计"]
STATES = ["已完成", "在建", "未开工", "正常", "暂停"]
HANZI = "一二三四五六七八九十"


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A label of a header tree; one without parts is a leaf."""

    text: str
    parts: tuple[Node, ...] = ()

    @property
    def leaves(self) -> int:
        return sum(part.leaves for part in self.parts) or 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """A table and what it was made from."""

    grid: Grid
    tops: tuple[Node, ...]
    labels: int
    outline: bool

    @property
    def merges(self) -> int:
        return sum(cell.row_span * cell.col_span > 1 for cell in self.grid.cells)


def random_table(rng: random.Random) -> Sample:
    """A table of 2-4 header rows, 1-3 label columns and a body of numbers and words with some blanks."""
    high, labels = rng.randint(2, 4), rng.randint(1, 3)
    tops = _columns(rng, high)
    outline = rng.random() < 0.5
    names = _labels(rng, labels, outline)
    width = labels + sum(top.leaves for top in tops)
    cells = list(_corner(rng, high, labels))
    _lay_columns(tops, 0, labels, high, cells)
    row = high
    for at, name in enumerate(names):
        if at and rng.random() < 0.08:
            cells.append(Cell(row=row, col=0, col_span=width, text=f"{rng.choice(NOUNS)}部分"))
            row += 1
        _lay_labels(name, row, 0, labels, cells)
        row += name.leaves
    taken = {position for cell in cells for position in cell.positions}
    wordy = {col for col in range(labels, width) if rng.random() < 0.15}
    cells += [
        Cell(row=at, col=col, text=_value(rng, words=col in wordy))
        for at in range(high, row)
        for col in range(labels, width)
        if (at, col) not in taken
    ]
    grid = Grid(rows=row, cols=width, cells=ordered(cells), evidence="spans")
    return Sample(grid=grid, tops=tuple(tops), labels=labels, outline=outline)


def _columns(rng: random.Random, high: int) -> list[Node]:
    """Header trees, at least one of which is ``high`` levels deep."""
    count = rng.randint(2, 4)
    deepest = rng.randrange(count)
    texts = _names(rng, count)
    family = rng.choice(FAMILIES) if rng.random() < 0.6 else None
    tops = [_column(rng, text, high - 1, deep=at == deepest, family=family, leaf=0.35) for at, text in enumerate(texts)]
    if rng.random() < 0.4:
        tops.append(Node(text=rng.choice([*TOTALS, "备注"])))
    return tops


def _column(rng: random.Random, text: str, below: int, *, deep: bool, family: list[str] | None, leaf: float) -> Node:
    if not below or (not deep and rng.random() < leaf):
        return Node(text=text)
    texts = family if family and below == 1 else _names(rng, rng.randint(2, 3))
    deepest = rng.randrange(len(texts)) if deep else -1
    return Node(
        text=text,
        parts=tuple(
            _column(rng, part, below - 1, deep=at == deepest, family=family, leaf=0.6) for at, part in enumerate(texts)
        ),
    )


def _labels(rng: random.Random, depth: int, outline: bool) -> list[Node]:
    """Label trees of up to ``depth`` levels; a label that isn't divided reaches over the columns right of it."""
    tops = [_label(rng, text, depth - 1) for text in _names(rng, rng.randint(2, 5))]
    if depth > 1 and all(_depth(top) < depth for top in tops):
        tops[0] = _deepest(rng, tops[0].text, depth - 1)
    if rng.random() < 0.3:
        tops.append(Node(text=rng.choice(TOTALS)))
    return [_numbered(top, at, 3 - depth if depth > 1 else 0) for at, top in enumerate(tops)] if outline else tops


def _label(rng: random.Random, text: str, below: int) -> Node:
    if not below or rng.random() < 0.25:
        return Node(text=text)
    return Node(text=text, parts=tuple(_label(rng, part, below - 1) for part in _names(rng, rng.randint(2, 4))))


def _deepest(rng: random.Random, text: str, below: int) -> Node:
    if not below:
        return Node(text=text)
    first, *others = _names(rng, rng.randint(2, 3))
    return Node(text=text, parts=(_deepest(rng, first, below - 1), *(Node(text=other) for other in others)))


def _depth(node: Node) -> int:
    return 1 + max((_depth(part) for part in node.parts), default=0)


def _numbered(node: Node, at: int, level: int) -> Node:
    mark = [f"{HANZI[at]}、", f"（{HANZI[at]}）", f"{at + 1}."][level]
    parts = tuple(_numbered(part, place, level + 1) for place, part in enumerate(node.parts))
    return Node(text=mark + node.text, parts=parts)


def _names(rng: random.Random, count: int) -> list[str]:
    return [noun + rng.choice(TAILS) for noun in rng.sample(NOUNS, count)]


def _value(rng: random.Random, *, words: bool) -> str:
    if rng.random() < 0.05:
        return ""
    if words:
        return rng.choice(STATES)
    return rng.choice([str(rng.randint(0, 20)), str(rng.randint(0, 9999)), f"{rng.random() * 100:.2f}", "0", "-"])


def _corner(rng: random.Random, high: int, labels: int) -> Iterator[Cell]:
    if labels > 1 and rng.random() < 0.3:
        for col, text in enumerate(["类别", "名称", "分项"][:labels]):
            yield Cell(row=0, col=col, row_span=high, text=text)
    else:
        text = rng.choice(["项目", "指标名称", ""])
        yield Cell(row=0, col=0, row_span=high, col_span=labels, text=text)


def _lay_columns(nodes: Sequence[Node], row: int, col: int, high: int, cells: list[Cell]) -> None:
    for node in nodes:
        row_span = 1 if node.parts else high - row
        cells.append(Cell(row=row, col=col, row_span=row_span, col_span=node.leaves, text=node.text))
        _lay_columns(node.parts, row + 1, col, high, cells)
        col += node.leaves


def _lay_labels(node: Node, row: int, col: int, labels: int, cells: list[Cell]) -> None:
    col_span = 1 if node.parts else labels - col
    cells.append(Cell(row=row, col=col, row_span=node.leaves, col_span=col_span, text=node.text))
    for part in node.parts:
        _lay_labels(part, row, col + 1, labels, cells)
        row += part.leaves


def _starting(grid: Grid) -> list[list[Cell]]:
    return [[cell for cell in grid.cells if cell.row == row] for row in range(grid.rows)]


def _covering(grid: Grid) -> list[list[str]]:
    """Row by row what covers it: a cell from above as a blank, one that is wide once."""
    return [
        [(cell.text or "") if cell.row == row else "" for cell in dict.fromkeys(line)]
        for row, line in enumerate(grid.positions())
    ]


def _placed(grid: Grid) -> list[list[str]]:
    """A field a position; only the first of a cell's positions holds its text."""
    return [
        [(cell.text or "") if (cell.row, cell.col) == (row, col) else "" for col, cell in enumerate(line)]
        for row, line in enumerate(grid.positions())
    ]


def _repeated(grid: Grid) -> list[list[str]]:
    return [[cell.text or "" for cell in line] for line in grid.positions()]


def pipes(grid: Grid) -> list[str]:
    lines = []
    for cells in _starting(grid):
        missing = 0 if cells[0].row == grid.rows - 1 else grid.cols - len(cells)
        lines.append(" | ".join(cell.text or "" for cell in cells) + " |" + (" " + "|" * missing if missing else ""))
    return lines


def pipe_lines(grid: Grid) -> list[str]:
    lines = []
    for cells in _starting(grid):
        missing = 0 if cells[0].row == grid.rows - 1 else grid.cols - len(cells)
        lines += [f"{cell.text} |" for cell in cells]
        lines += ["|" * missing] if missing else []
    return lines


def markdown(grid: Grid) -> list[str]:
    return _markdown(_placed(grid))


def markdown_repeated(grid: Grid) -> list[str]:
    return _markdown(_repeated(grid))


def _markdown(rows: list[list[str]]) -> list[str]:
    written = [f"| {' | '.join(row)} |" for row in rows]
    return [written[0], "|" + " --- |" * len(rows[0]), *written[1:]]


def tabs(grid: Grid) -> list[str]:
    return ["\t".join(row) for row in _placed(grid)]


def tabs_collapsed(grid: Grid) -> list[str]:
    return ["\t".join(row) for row in _covering(grid)]


def cell_lines(grid: Grid) -> list[str]:
    return [line for row in _covering(grid) for line in (*(f"\t{text}" for text in row), "")]


def comma_separated(grid: Grid) -> list[str]:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(_placed(grid))
    return out.getvalue().splitlines()


def aligned(grid: Grid) -> list[str]:
    """Columns as wide as their widest text: headers in the middle of what they span, labels left, values right."""
    widths = [2] * grid.cols
    for cell in grid.cells:
        if cell.col_span == 1:
            widths[cell.col] = max(widths[cell.col], _columns_of(cell.text or ""))
    for cell in grid.cells:  # a wide text widens the last column it spans
        lack = _columns_of(cell.text or "") - sum(widths[cell.col : cell.col + cell.col_span]) - 3 * (cell.col_span - 1)
        widths[cell.col + cell.col_span - 1] += max(lack, 0)
    lefts = [sum(widths[:col]) + 3 * col for col in range(grid.cols + 1)]
    body = max(cell.row + cell.row_span for cell in grid.cells if cell.row == 0)
    return [_aligned_line(cells, lefts, widths, header=row < body) for row, cells in enumerate(_starting(grid))]


def _aligned_line(cells: Sequence[Cell], lefts: list[int], widths: list[int], *, header: bool) -> str:
    line, end = "", 0
    for cell in cells:
        text = cell.text or ""
        if not text:
            continue
        left, right = lefts[cell.col], lefts[cell.col + cell.col_span] - 3
        slack = right - left - _columns_of(text)
        is_value = not header and text.replace(".", "").replace("-", "0").isdigit()
        at = left + (slack // 2 if header else slack if is_value else 0)
        line += " " * (at - end) + text
        end = at + _columns_of(text)
    return line


def _columns_of(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WFA" else 1 for char in text)


STYLES: dict[str, tuple[Callable[[Grid], list[str]], str]] = {
    "pipes": (pipes, "pipes, only the cells that start in a row, padded at its end"),
    "pipe-lines": (pipe_lines, "the same, and a line break after each cell"),
    "markdown": (markdown, "Markdown, merged positions left empty"),
    "markdown-repeated": (markdown_repeated, "Markdown, merged cells repeated"),
    "tabs": (tabs, "tabs, merged positions left empty"),
    "tabs-collapsed": (tabs_collapsed, "tabs, vertical merges as blanks, horizontal ones collapsed"),
    "cell-lines": (cell_lines, "the same, a cell a line, a blank line after each row"),
    "csv": (comma_separated, "CSV, merged positions left empty"),
    "aligned": (aligned, "columns aligned with spaces"),
}


ABSENT, BLANK = {"pipes", "pipe-lines"}, {"tabs-collapsed", "cell-lines"}
"""Styles that collapse what is wide: a cell from above is absent in them, or a blank."""


def has_one_reading(sample: Sample, style: str) -> bool:
    """Whether no other header tree, and no other place of a label, would have been written the same.

    Other trees have as many leaves, and divide a cell only into two or more of different names.
    """
    if style not in ABSENT | BLANK:
        return True
    if style in ABSENT and sample.labels > 1 and not sample.outline:
        return False
    levels: list[list[Node | None]] = [list(sample.tops)]
    while any(node and node.parts for node in levels[-1]):
        below: list[Node | None] = []
        for node in levels[-1]:
            below += node.parts if node and node.parts else [None] if style in BLANK else []
        levels.append(below)
    ways = Counter({0: 1})
    for above, under in pairwise(levels):
        step = _ways(above, [node and node.text for node in under], marked=style in BLANK)
        ways = _added(ways, step)
    columns = sum(top.leaves for top in sample.tops)
    return ways[0 if style in BLANK else columns - len(levels[-1])] == 1


def _ways(above: Sequence[Node | None], below: Sequence[str | None], *, marked: bool) -> Counter[int]:
    """In how many ways the cells ``above`` are leaves or divided into all of ``below``, by the number of leaves."""
    ways: Counter[tuple[int, int]] = Counter({(0, 0): 1})
    for node in above:
        after: Counter[tuple[int, int]] = Counter()
        for (used, leaves), count in ways.items():
            if not marked:
                after[used, leaves + 1] += count
            elif used < len(below) and below[used] is None:
                after[used + 1, leaves] += count
            for stop in range(used + 2, len(below) + 1 if node else 0):
                parts = below[used:stop]
                if None not in parts and len(set(parts)) == len(parts):
                    after[stop, leaves] += count
        ways = after
    return Counter({leaves: count for (used, leaves), count in ways.items() if used == len(below)})


def _added(ways: Counter[int], step: Counter[int]) -> Counter[int]:
    found: Counter[int] = Counter()
    for left, count in ways.items():
        for right, times in step.items():
            found[left + right] += count * times
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """What came of one table in one style. ``seconds`` is the time to find and rebuild it."""

    merges: int
    one_reading: bool
    exact: bool
    warned: bool
    values: int
    wrong: int
    unwarned: int
    seconds: float


def score(sample: Sample, style: str, lines: Sequence[str] | None = None) -> Score:
    """Flattens, rebuilds and compares one table; or rebuilds it from ``lines``, damaged since it was flattened."""
    grid = sample.grid
    lines = STYLES[style][0](grid) if lines is None else lines
    truth = finish(grid, "t1")
    started = time.perf_counter()
    found = [from_flat(lines[run.start : run.stop]) for run in find_flat(lines)]
    seconds = time.perf_counter() - started
    wrong, unwarned = _wrong(truth, [finish(each, f"t{number}") for number, each in enumerate(found)])
    return Score(
        merges=sample.merges,
        one_reading=has_one_reading(sample, style),
        exact=len(found) == 1 and _shape(found[0]) == _shape(grid),
        warned=not found or any(each.problems for each in found),
        values=len(truth.records),
        wrong=wrong,
        unwarned=unwarned,
        seconds=seconds,
    )


def _shape(grid: Grid) -> set[tuple[int, int, int, int, str | None]]:
    return {(cell.row, cell.col, cell.row_span, cell.col_span, cell.text) for cell in grid.cells}


def _wrong(truth: Table, tables: Sequence[Table]) -> tuple[int, int]:
    """How many values of the output aren't in the truth, and how many of these nothing marks. Blanks don't count."""
    left = Counter((record.row_path, record.column_path, record.text) for record in truth.records)
    wrong = unwarned = 0
    for table in tables:
        for record in table.records:
            key = record.row_path, record.column_path, record.text
            if left[key]:
                left[key] -= 1
            elif record.text:
                wrong += 1
                unwarned += record.check != "flagged"
    return wrong, unwarned


BUCKETS = [(0, 9), (10, 14), (15, 999)]
HEADS = [
    "style",
    *(f"{low}–{high} merges" if high < 999 else f"{low} and more" for low, high in BUCKETS),
    "all",
    "those of one reading",
    "those unwarned",
    "wrong values",
    "wrong and unwarned",
    "ms a table",
]


def main() -> int:
    """Prints the table of docs/flattened.md."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--seed", type=int, default=2)
    options.add_argument("--tables", type=int, default=300)
    chosen = options.parse_args()
    rng = random.Random(chosen.seed)
    samples = [random_table(rng) for _ in range(chosen.tables)]
    print(f"| {' | '.join(HEADS)} |")
    print("|---" * len(HEADS) + "|")
    for style, (_, words) in STYLES.items():
        scores = [score(sample, style) for sample in samples]
        print(f"| {words} | {' | '.join(_row(scores))} |")
    return 0


def _row(scores: Sequence[Score]) -> Iterator[str]:
    for low, high in BUCKETS:
        yield _share(each.exact for each in scores if low <= each.merges <= high)
    yield _share(each.exact for each in scores)
    yield _share(each.exact for each in scores if each.one_reading)
    yield _share(each.exact for each in scores if not each.warned)
    yield f"{sum(each.wrong for each in scores)} of {sum(each.values for each in scores)}"
    yield str(sum(each.unwarned for each in scores))
    yield f"{1000 * sum(each.seconds for each in scores) / len(scores):.1f}"


def _share(flags: Iterable[bool]) -> str:
    known = list(flags)
    return f"{100 * sum(known) / len(known):.1f} % of {len(known)}" if known else "–"


if __name__ == "__main__":
    sys.exit(main())
