"""The grid of a filled form: its own spans, the texts as they were printed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from ..document import Cell, Table
from .filled import Filled, FilledBlock, Row, folded
from .labels import fold, names
from .model import Node
from .place import Placed
from .tokens import Token

Position = tuple[int, int]
_Drawn = tuple[Node | Row | None, Cell]
"""A cell with the label it prints or the row whose value it holds."""


@dataclass(frozen=True, kw_only=True)
class Drawing:
    """Cells that tile ``rows`` x ``cols``, and where each label and the values of each row stand.

    ``labels`` and ``values`` are by the identity of a node or a row; a row that the form doesn't have is a label too.
    """

    rows: int
    cols: int
    cells: tuple[Cell, ...]
    labels: Mapping[int, Position]
    values: Mapping[int, tuple[Position, ...]]


def drawing_of(result: Filled) -> Drawing:
    """The grid as the form draws it. A row that the form doesn't know stands where it was found."""
    width = result.form.label_columns + result.form.value_columns
    drawn: list[_Drawn] = []
    values: dict[int, tuple[Position, ...]] = {}
    top = 0
    for block in result.blocks:
        if block.block.title is not None:
            drawn.append((block.block.title, _cell(top, 0, 1, width, _text(block, block.block.title))))
            top += 1
        drawn += _header(block, top, result.form.label_columns, result.form.widths(block.block))
        top += block.block.header_rows
        drawn += _row_labels(block, top, result.form.label_columns)
        for row in block.rows:
            cells = list(_values(row, top, result.form.label_columns, result.form.widths(block.block)))
            drawn += [(None, cell) for cell in cells]
            values[id(row)] = tuple((cell.row, cell.col) for cell in cells)
            top += 1
    return Drawing(
        rows=top,
        cols=width,
        cells=tuple(sorted((cell for _, cell in drawn), key=lambda cell: (cell.row, cell.col))),
        labels={id(what): (cell.row, cell.col) for what, cell in drawn if what is not None},
        values=values,
    )


def bound(result: Filled, drawing: Drawing, table: Table) -> Filled:
    """``result`` with its tokens on the cells of ``table``, which was made from ``drawing``."""
    grid = table.grid
    blocks: list[FilledBlock] = []
    for block in result.blocks:
        printed = {
            node: [replace(token, cell=_at(grid, drawing.labels.get(id(node)))) for token in tokens]
            for node, tokens in block.printed.items()
        }
        rows: list[Row] = []
        for row in block.rows:
            cells = [grid[at][col] for at, col in drawing.values[id(row)]]
            places = tuple(Token.of(cell.text, row=cell.row, field=cell.col, cell=cell) for cell in cells)
            labels = [replace(token, cell=_at(grid, drawing.labels.get(id(row)))) for token in row.labels]
            rows.append(replace(row, labels=labels, placed=Placed(places=places, doubt=row.placed.doubt)))
        blocks.append(replace(block, printed=printed, rows=rows))
    return replace(result, blocks=blocks)


def _at(grid: Sequence[Sequence[Cell]], position: Position | None) -> Cell | None:
    return None if position is None else grid[position[0]][position[1]]


def _cell(row: int, col: int, row_span: int, col_span: int, text: str | None) -> Cell:
    return Cell(row=row, col=col, row_span=row_span, col_span=col_span, text=text)


def _header(block: FilledBlock, top: int, left: int, widths: Sequence[int]) -> Iterator[_Drawn]:
    """The corner, and the tree of columns: a leaf reaches down to the last header row."""
    height, corner = block.block.header_rows, block.block.corner
    if left:
        yield corner, _cell(top, 0, height, left, _text(block, corner) if corner else "")
    starts = [left + sum(widths[:at]) for at in range(len(widths))]
    met: set[Node] = set()
    for at, way in enumerate(block.block.column_ways):
        for level, node in enumerate(way):
            if node in met:
                continue
            met.add(node)
            below = [index for index, other in enumerate(block.block.column_ways) if node in other]
            row_span = 1 if node.children else height - level
            span = sum(widths[index] for index in below)
            yield node, _cell(top + level, starts[at], row_span, span, _text(block, node))


def _row_labels(block: FilledBlock, top: int, width: int) -> Iterator[_Drawn]:
    """A label a node for as many rows as stand under it; the innermost reaches to the values."""
    ways = _ways(block.rows)
    for level in range(width):
        start = 0
        while start < len(ways):
            way = ways[start]
            stop = start + 1
            if level < len(way):
                last = level == len(way) - 1
                while not last and stop < len(ways) and ways[stop][: level + 1] == way[: level + 1]:
                    stop += 1
                row, node = block.rows[start], way[level]
                text = joined(row.labels) if node is None else _text(block, node)
                yield node or row, _cell(top + start, level, stop - start, width - level if last else 1, text)
            start = stop


def _ways(rows: Sequence[Row]) -> list[tuple[Node | None, ...]]:
    """The labels of each row. A row the form doesn't know stands under what its neighbours share."""
    ways: list[tuple[Node | None, ...]] = []
    for at, row in enumerate(rows):
        if not row.extra:
            ways.append(row.way)
            continue
        after = next((later.way for later in rows[at + 1 :] if not later.extra), ())
        shared = [node for node, other in zip(row.way[:-1], after, strict=False) if node is other]
        ways.append((*shared, None))
    return ways


def _values(row: Row, top: int, left: int, widths: Sequence[int]) -> Iterator[Cell]:
    col = left
    last = len(widths) - 1
    for at, (token, span) in enumerate(zip(row.placed.places, widths, strict=True)):
        texts = [token.text] if token is not None and token.text is not None else []
        if at == last:
            texts += [rest.text for rest in row.placed.rest if rest.text]
        yield Cell(
            row=top, col=col, col_span=span, text=" ".join(texts) if texts else None, doubtful=row.doubt is not None
        )
        col += span


def _text(block: FilledBlock, node: Node) -> str:
    """What was printed for a label; the label itself where it was printed in pieces that say just that.

    Punctuation that stood by itself then is back, and columns set in lines are put in order.
    """
    tokens = block.printed.get(node, [])
    text = joined(tokens)
    if folded(tokens) == fold(node.label) and (len(tokens) > 1 or text in node.label):
        return node.label
    whole = any(names(folded(tokens), fold(name)) for name in node.names)
    return node.label if not whole and block.scattered(node) else text


def joined(tokens: Sequence[Token]) -> str:
    """Pieces of a label as one text: nothing between them but where two Latin words would run together."""
    text = ""
    for token in tokens:
        piece = token.text or ""
        apart = text and piece and _is_latin(text[-1]) and _is_latin(piece[0])
        text += (" " if apart else "") + piece
    return text


def _is_latin(char: str) -> bool:
    return char.isascii() and char.isalnum()
