"""What the header of a block tells of its columns: which were named, and whether they stand in the form's order.

A label that several columns share, as 总计 under 行政复议 and under 复议后起诉, names none of them by itself: it must
be printed as often as the form has it, and so must what stands over it where only that tells the columns apart.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations, groupby

from .filled import FilledBlock
from .labels import fold, likeness, names
from .model import Block, Node
from .tokens import Token

Way = tuple[Node, ...]


def named_nodes(block: FilledBlock) -> frozenset[Node]:
    """The labels of columns that the header prints, whole or in pieces, each as often as the form has it."""
    nodes = list(dict.fromkeys(node for way in block.block.column_ways for node in way))
    corner = block.printed.get(block.block.corner, []) if block.block.corner else []
    tokens = [token for token in block.header if token not in corner]
    whole: dict[str, list[Token]] = {fold(node.label): [] for node in nodes}
    pieces: Counter[str] = Counter()
    for token in tokens:
        label = _label_of(token, nodes)
        if label is None:
            pieces.update(token.folded)
        else:
            whole[label].append(token)
    needed = Counter(fold(node.label) for node in nodes)
    copied = _spanning_copied(tokens)
    across = {fold(node.label) for node in nodes if node.children and copied}
    found = {label: _times(whole[label], copied=copied, across=label in across) for label in needed}
    lacking = {label: count - found[label] for label, count in needed.items() if found[label] < count}
    if sum((Counter(label * times) for label, times in lacking.items()), Counter()) <= pieces:
        found |= {label: needed[label] for label in lacking}
    return frozenset(node for node in nodes if found[fold(node.label)] == needed[fold(node.label)])


def _label_of(token: Token, nodes: Sequence[Node]) -> str | None:
    """The label that a token prints whole, the likest of all; None if it is a piece or anything else."""
    likest = max(nodes, key=lambda node: max(likeness(token.folded, fold(name)) for name in node.names))
    return fold(likest.label) if _is_whole(token, likest) else None


def _is_whole(token: Token, node: Node) -> bool:
    return any(likeness(token.folded, name) > 0 and names(token.folded, name) for name in map(fold, node.names))


def _spanning_copied(tokens: Sequence[Token]) -> bool:
    """Whether labels stand in each cell that they span."""
    places = {(token.row, token.field, token.folded) for token in tokens if not token.alone}
    return any((row, field + 1, text) in places for row, field, text in places)


def _times(tokens: Sequence[Token], *, copied: bool, across: bool) -> int:
    """In how many places a label is printed; copies in cells that it spans down, or ``across``, are one with it."""
    if not copied or any(token.alone for token in tokens):
        return len({(token.row, token.field) for token in tokens})
    fields = {token.field for token in tokens}
    return len({field for field in fields if not across or field - 1 not in fields})


def telling(way: Way, block: Block) -> Way:
    """The labels on the way to a column that it takes to tell it from any other, the innermost first."""
    needed: list[Node] = []
    others = [other for other in block.column_ways if other is not way]
    for node in reversed(way):
        needed.append(node)
        others = [other for other in others if any(fold(one.label) == fold(node.label) for one in other)]
        if not others:
            break
    return tuple(needed)


def out_of_order(block: FilledBlock) -> bool:
    """Whether two labels of columns are seen to stand in another order than in the form.

    Those under the same label are compared wherever they stand; other columns in a line that isn't a heading of theirs.
    """
    first = {node: tokens[0] for node, tokens in block.printed.items() if tokens and _is_whole(tokens[0], node)}
    ways = block.block.column_ways
    lines = {way[-1]: {first[node].row for node in way[:-1] if node in first} for way in ways}
    for left, right in _siblings(block.block.columns):
        if left in first and right in first and _is_after(first[left], first[right], alone=True):
            return True
    for left, right in combinations([way[-1] for way in ways if way[-1] in first], 2):
        headings = lines[left] | lines[right]
        if first[left].row not in headings and _is_after(first[left], first[right], alone=False):
            return True
    return False


def _siblings(nodes: Sequence[Node]) -> Iterator[tuple[Node, Node]]:
    yield from combinations(nodes, 2)
    for node in nodes:
        yield from _siblings(node.children)


def _is_after(left: Token, right: Token, *, alone: bool) -> bool:
    if left.alone and right.alone:
        return alone and left.row > right.row
    return left.row == right.row and (left.start, left.field) > (right.start, right.field)


def shifted(block: FilledBlock) -> bool:
    """Whether neighbours under one label stand further apart in a line than in the form: one may have moved away."""
    for run in _neighbours(block.block.column_ways):
        apart: dict[int, set[int]] = {}
        for at, leaf in enumerate(run):
            tokens = block.printed.get(leaf, [])
            if len(tokens) == 1 and not tokens[0].alone:
                apart.setdefault(tokens[0].row, set()).add(tokens[0].field - at)
        if any(len(steps) > 1 for steps in apart.values()):
            return True
    return False


def _neighbours(ways: Sequence[Way]) -> Iterator[list[Node]]:
    """The innermost labels of columns, those together that stand under the same label and side by side."""
    for _, group in groupby(ways, key=lambda way: way[:-1]):
        yield [way[-1] for way in group]


def field_of(block: FilledBlock, labels: Way) -> int | None:
    """The column of a grid in which the first of ``labels`` is printed under all the others, if there is just one."""
    leaf, *over = [_printed_alike(block, node) for node in labels]
    fields = {token.field for token in leaf if all(any(covers(above, token) for above in tokens) for tokens in over)}
    return fields.pop() if len(fields) == 1 else None


def _printed_alike(block: FilledBlock, node: Node) -> list[Token]:
    """What prints a label in a grid, or another label of the same words."""
    alike = [other for other in block.printed if fold(other.label) == fold(node.label) and block.seen(other)]
    return [token for other in alike for token in block.printed[other]]


def covers(above: Token, token: Token) -> bool:
    """Whether a label stands right over a value: over its column of a grid, or in the same field of another line."""
    if above.cell is None:
        return not above.alone and not token.alone and above.field == token.field
    return above.cell.col <= token.field < above.cell.col + above.cell.col_span
