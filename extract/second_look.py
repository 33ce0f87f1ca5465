"""Numbers read from pixels are read twice, and labels set one character a line are read at all.

A detector looks at a page and misses single digits; a recogniser looks at a line and sees ``0`` for ``8``. So every
cell of a recognised table that holds a value, or ink and no word, is cut out and read again on its own. Two readings
that agree stand; a cell on which they differ keeps the first and is marked doubtful; ink that nobody can read is a
lost value, never a blank.

Detectors break up or miss text that is stacked (三⏎本⏎年⏎度). A tall narrow cell's characters are therefore cut out,
laid side by side and read as the line they are.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ..document import Cell, Repair
from ..ocr import Engine, Scan
from ..ocr.rules import ink
from ..tables import Grid, kind

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from ..ocr.engine import Picture

INSET = 1.6
"""Points taken off a cell on each side, so that its rules aren't read as 1 or l."""
LOWEST_INK = 3.5
"""Ink lower than this, in points, is dirt; the flattest mark looked for is a dash, which is wide instead."""
PADDING = (0.35, 0.7)
"""White left around the ink in the first and second crop, as shares of its height."""
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

_LIKE_DIGITS = re.compile(
    r"[-+−减增约]?(?=[\d,.，．]{0,8}[OoQDUCIl|!！ZzSsBbGgq])[\dOoQDUCIl|!！ZzSsBbGgq,.，．]{1,9}(?:元|万元|[%％])?"
)
"""A number with a letter or mark in it that a recogniser makes of digits."""
_OUTLINE = re.compile(r"([一二三四五六七八九十]{1,3})[.,，．·・](?=\D)")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Look:
    cell: Cell
    picture: Picture
    ink: tuple[int, int, int, int]

    def crop(self, padding: float) -> Picture:
        left, top, right, bottom = self.ink
        pad = max(2, round(padding * (bottom - top)))
        height, width = self.picture.shape[:2]
        return self.picture[max(0, top - pad) : min(height, bottom + pad), max(0, left - pad) : min(width, right + pad)]


def second_look(grid: Grid, scan: Scan, engine: Engine) -> Grid:
    """The grid with its stacked labels read, and every value read again, from ``scan``, the page it stands on."""
    confirmed = _values_confirmed(_stacks_read(grid, scan, engine), scan, engine)
    return replace(confirmed, cells=tuple(_numbered(cell) for cell in confirmed.cells))


def _numbered(cell: Cell) -> Cell:
    """The cell with the mark after its outline number as official documents write it: 三、 for 三， 三. 三·."""
    match = _OUTLINE.match(cell.text or "")
    if match is None or cell.origin != "ocr":
        return cell
    before, after = match[0], match[1] + "、"
    repair = Repair(fixer="outline-number", start=0, before=before, after=after, certainty="inferred", reversible=True)
    return replace(cell, text=after + (cell.text or "")[len(before) :], repairs=(*cell.repairs, repair))


def _stacks_read(grid: Grid, scan: Scan, engine: Engine) -> Grid:
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
    look = _looked_at(cell, scan)
    if look is None:
        return None
    left, top, right, bottom = look.ink
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
    text, reading = _folded(cell.text), "".join(reading.split())
    if confidence < SURE or len(reading) < 2 or len(reading) <= len(text):
        return cell
    return replace(cell, text=reading, origin="ocr", confidence=round(confidence, 4))


def _values_confirmed(grid: Grid, scan: Scan, engine: Engine) -> Grid:
    cells = [cell for cell in grid.cells if kind(cell) != "word" or _has_letters(cell)]
    looks = [look for cell in cells if (look := _looked_at(cell, scan)) is not None]
    first = engine.read([look.crop(PADDING[0]) for look in looks])
    unsure = [
        index
        for index, (look, (text, _)) in enumerate(zip(looks, first, strict=True))
        if not text.strip() or _has_letters(look.cell) or not _same(text, look.cell.text)
    ]
    second = dict(zip(unsure, engine.read([looks[index].crop(PADDING[1]) for index in unsure]), strict=True))
    changed = {
        (looks[index].cell.row, looks[index].cell.col): _judged(looks[index].cell, first[index], second[index])
        for index in unsure
    }
    return replace(grid, cells=tuple(changed.get((cell.row, cell.col), cell) for cell in grid.cells))


def _looked_at(cell: Cell, scan: Scan) -> _Look | None:
    """The cell's pixels, if there is ink in them."""
    if cell.box is None:
        return None
    left, top, right, bottom = cell.box
    picture = scan.crop((left + INSET, top + INSET, right - INSET, bottom - INSET))
    if min(picture.shape[:2]) < 4:
        return None
    box = _ink_box(ink(picture), scan.scale)
    return None if box is None else _Look(cell=cell, picture=picture, ink=box)


def _ink_box(dark: NDArray[np.uint8], scale: float) -> tuple[int, int, int, int] | None:
    """The box around all marks that are no dirt, in pixels, or ``None``."""
    import cv2

    _, _, stats, _ = cv2.connectedComponentsWithStats(dark, connectivity=8)
    marks = [
        (left, top, left + width, top + height)
        for left, top, width, height, _ in stats[1:].tolist()
        if max(width, height) >= LOWEST_INK * scale and not _is_edge(left, top, width, height, dark.shape)
    ]
    if not marks:
        return None
    lefts, tops, rights, bottoms = zip(*marks, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def _is_edge(left: int, top: int, width: int, height: int, shape: Sequence[int]) -> bool:
    """Whether a mark runs along the whole side of the crop: what is left of a thick or slanted rule."""
    tall, wide = shape[0], shape[1]
    along_side = height >= 0.9 * tall and (left == 0 or left + width == wide) and width < 0.2 * wide
    along_top = width >= 0.9 * wide and (top == 0 or top + height == tall) and height < 0.2 * tall
    return along_side or along_top


def _judged(cell: Cell, first: tuple[str, float], second: tuple[str, float]) -> Cell:
    """The cell after two more readings that did not simply confirm the one it has."""
    text = cell.text or ""
    agreed = _same(first[0], second[0]) and first[0].strip() != ""
    if not text.strip():  # ink that the page reading missed
        if not first[0].strip() and not second[0].strip():
            return replace(cell, text=None, doubtful=True, origin="ocr")
        best = max(first, second, key=lambda reading: reading[1])
        return replace(cell, text=best[0].strip(), doubtful=not agreed, origin="ocr", confidence=round(best[1], 4))
    if _has_letters(cell):
        return replace(cell, text=first[0].strip() if agreed else text, doubtful=True)
    return cell if _same(second[0], text) and not agreed else replace(cell, doubtful=True)


def _has_letters(cell: Cell) -> bool:
    """Whether the cell holds letters that may be digits, or one lone sign (一 for 1, 口 for 0).

    That is never to be relied on, however often it is read.
    """
    text = (cell.text or "").strip()
    return bool(_LIKE_DIGITS.fullmatch(text)) or (len(text) == 1 and kind(cell) == "word")


def _same(one: str | None, other: str | None) -> bool:
    return _folded(one) == _folded(other)


def _folded(text: str | None) -> str:
    return "".join(unicodedata.normalize("NFKC", text or "").split())
