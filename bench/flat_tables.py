"""Random merged tables: two to four header levels, one to three label columns, words and numbers."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gxextract.document import Cell
from gxextract.tables import Grid
from gxextract.tables.grid import ordered

WORKS = ["道路", "桥梁", "河道", "学校", "医院", "粮食", "就业", "环保", "住房", "消防"]
OFFICES = ["审计", "税务", "水利", "园林", "档案", "交通", "旅游", "体育", "气象", "渔业"]
NOUNS = WORKS + OFFICES
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
