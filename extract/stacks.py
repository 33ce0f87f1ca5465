"""Labels set one character a line (三⏎本⏎年⏎度), which detectors break up or miss.

The characters of a tall narrow cell are cut out, laid side by side and read as the line they are.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ..document import Cell
from ..ocr import Engine, Scan
from ..ocr.rules import ink
from ..tables import Grid
from .cell_pixels import cell_pixels

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from ..ocr.engine import Picture

STACK_HEIGHT = 2.5
"""Ink this many times higher than wide is a stack of characters."""
LOWEST_STACK = 24.0
"""Three characters of small type, in points: a tall 1 is no stack."""
SQUARE = 1.15
"""Strokes that together are at most this many times as high as most characters are one character."""
SMALL = 0.5
"""A mark smaller than this share of a character, both ways, is punctuation."""
SURE = 0.8
"""The confidence with which a stack's reading replaces what was read of it before."""


def stacks_read(grid: Grid, scan: Scan, engine: Engine) -> Grid:
    """The grid with its stacked labels read, where that is surer than what was read of them before."""
    stacks = {(cell.row, cell.col): line for cell in grid.cells if (line := _stacked_line(cell, scan)) is not None}
    readings = dict(zip(stacks, engine.read(list(stacks.values())), strict=True))
    return replace(
        grid,
        cells=tuple(
            _with_stack(cell, *readings[cell.row, cell.col]) if (cell.row, cell.col) in readings else cell
            for cell in grid.cells
        ),
    )


def _stacked_line(cell: Cell, scan: Scan) -> Picture | None:
    """The characters of a tall narrow cell side by side, or ``None`` if the cell's ink is no stack."""
    look = cell_pixels(cell, scan)
    if look is None:
        return None
    left, top, right, bottom = look.box
    if bottom - top < max(STACK_HEIGHT * (right - left), LOWEST_STACK * scan.scale):
        return None
    return side_by_side(look.picture[top:bottom, left:right])


def side_by_side(stack: Picture) -> Picture:
    """The lines of a stack of characters set one after the other, a quarter of a character apart, on white.

    Blank rows part lines, but also the strokes of 三: what fits into a square stays together.
    """
    import numpy as np

    dark = ink(stack) > 0
    edges = np.flatnonzero(np.diff(np.concatenate([[False], dark.any(axis=1), [False]]).astype(int)))
    runs = list(zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True))
    em = round(float(np.percentile([bottom - top for top, bottom in runs], 80)))
    lines: list[tuple[int, int]] = []
    for top, bottom in runs:
        if lines and bottom - lines[-1][0] <= SQUARE * em:
            lines[-1] = (lines[-1][0], bottom)
        else:
            lines.append((top, bottom))
    height = em * 3 // 2
    tiles = [np.full((height, em // 4, 3), 255, dtype=np.uint8)]
    for top, bottom in lines:
        for left, right in _pieces(dark[top:bottom], em):
            inked = np.flatnonzero(dark[top:bottom, left:right].any(axis=1))
            piece = stack[top + inked[0] : top + inked[-1] + 1, left:right][:height]
            tile = np.full((height, right - left + em // 4, 3), 255, dtype=np.uint8)
            # A small mark is punctuation, which stands low in a line wherever its font puts it in a column.
            low = max(piece.shape[:2]) < SMALL * em
            at = em * 5 // 4 - piece.shape[0] if low else (height - piece.shape[0]) // 2
            tile[at : at + piece.shape[0], : right - left] = piece
            tiles.append(tile)
    return np.concatenate(tiles, axis=1)


def _pieces(line: NDArray[np.bool_], em: int) -> list[tuple[int, int]]:
    """The stretches of columns a line of a stack holds: its characters, and apart from them a small mark at its end."""
    import numpy as np

    inked = line.any(axis=0)
    edges = np.flatnonzero(np.diff(np.concatenate([[False], inked, [False]]).astype(int)))
    left, right = int(edges[0]), int(edges[-1])
    last = int(edges[-2])
    rows = np.flatnonzero(line[:, last:right].any(axis=1))
    is_mark = max(right - last, rows[-1] - rows[0] + 1) < SMALL * em and right - left > 1.2 * em
    return [(left, int(edges[-3])), (last, right)] if is_mark and len(edges) > 2 else [(left, right)]


def _with_stack(cell: Cell, reading: str, confidence: float) -> Cell:
    """The cell with the stack's reading, if that is sure and says more than the cell's text does."""
    text, reading = "".join((cell.text or "").split()), "".join(reading.split())
    if confidence < SURE or len(reading) < 2 or len(reading) <= len(text):
        return cell
    return replace(cell, text=reading, origin="ocr", confidence=round(confidence, 4))
