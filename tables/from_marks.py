"""The door for words and rules on a page: PDF text layers and recognised pictures alike."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from ..document import Box, Cell, Part
from ..marks import Marks, Word, union
from .celltext import is_wide, join_lines
from .grid import Grid, ordered
from .ruling import Lattice, Slot, frames, lattice, slots, snapped

GAPS = (0.1, 0.6, 0.8)
"""Words on one line further apart than this share of the font size are parted by a space: two narrow characters, a wide
beside a narrow one, two wide ones. Hanzi are moved apart by justification and half-width blanks that mean nothing; two
numbers with anything between them are two numbers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A grid found on a page. ``col_edges`` are the x positions of its columns' borders, ``cols + 1`` of them."""

    grid: Grid
    page: int
    box: Box
    col_edges: tuple[float, ...]


def from_marks(marks: Marks) -> tuple[list[Placed], list[Word]]:
    """The ruled tables of a page, topmost first, and the words that stand in none of them.

    A frame counts as a table if it parts at least two cells that hold words; a box around a single text does not.
    """
    found: list[Placed] = []
    outside = list(marks.words)
    for frame in frames(snapped(marks.rules)):
        positions = lattice(frame)
        frame_slots = slots(positions)
        by_slot, others = _distribute(outside, positions, frame_slots)
        if len(frame_slots) < 2 or len(by_slot) < 2:
            continue
        outside = others
        cells = [_cell(slot, by_slot.get((slot.row, slot.col), []), marks) for slot in frame_slots]
        found.append(_placed(cells, positions, marks.page))
    return found, outside


def _placed(cells: Sequence[Cell], positions: Lattice, page: int) -> Placed:
    box = (positions.xs[0], positions.ys[0], positions.xs[-1], positions.ys[-1])
    rows, cols = len(positions.ys) - 1, len(positions.xs) - 1
    part = Part(page=page, box=box)
    grid = Grid(rows=rows, cols=cols, cells=ordered(cells), evidence="ruled", parts=(part,))
    return Placed(grid=grid, page=page, box=box, col_edges=positions.xs)


def _distribute(
    words: Iterable[Word], positions: Lattice, frame_slots: Sequence[Slot]
) -> tuple[dict[tuple[int, int], list[Word]], list[Word]]:
    """Words by the ``(row, col)`` of the slot they stand in, and those outside the frame.

    A word that runs over a wall is cut there, character by character where their boxes are known.
    """
    slot_at = {
        (row, col): (slot.row, slot.col)
        for slot in frame_slots
        for row in range(slot.row, slot.row + slot.row_span)
        for col in range(slot.col, slot.col + slot.col_span)
    }
    inside: dict[tuple[int, int], list[Word]] = defaultdict(list)
    outside: list[Word] = []
    for word in words:
        for key, piece in _pieces(word, positions, slot_at):
            if key is None:
                outside.append(piece)
            else:
                inside[key].append(piece)
    return inside, outside


def _pieces(
    word: Word, positions: Lattice, slot_at: dict[tuple[int, int], tuple[int, int]]
) -> Iterable[tuple[tuple[int, int] | None, Word]]:
    def slot_of(box: Box) -> tuple[int, int] | None:
        position = positions.position((box[0] + box[2]) / 2, (box[1] + box[3]) / 2)
        return None if position is None else slot_at[position]

    if not word.char_boxes:
        yield slot_of(word.box), word
        return
    keys = [slot_of(box) for box in word.char_boxes]
    start = 0
    for index in range(1, len(keys) + 1):
        if index == len(keys) or keys[index] != keys[start]:
            whole = start == 0 and index == len(keys)
            yield keys[start], word if whole else _piece(word, start, index)
            start = index


def _piece(word: Word, start: int, stop: int) -> Word:
    boxes = word.char_boxes[start:stop]
    left, top, right, bottom = union(boxes)
    return replace(word, text=word.text[start:stop], left=left, top=top, right=right, bottom=bottom, char_boxes=boxes)


def _cell(slot: Slot, words: Sequence[Word], marks: Marks) -> Cell:
    confidences = [word.confidence for word in words if word.confidence is not None]
    return Cell(
        row=slot.row,
        col=slot.col,
        row_span=slot.row_span,
        col_span=slot.col_span,
        text=cell_text(words),
        parts=(Part(page=marks.page, box=slot.box),),
        origin=words[0].origin if words else marks.words_from,
        confidence=min(confidences, default=None),
    )


def cell_text(words: Sequence[Word]) -> str:
    """The words of one cell in reading order; lines of hanzi are joined with nothing between."""
    return join_lines(line_text(line) for line in lines(words))


def lines(words: Sequence[Word]) -> list[list[Word]]:
    """Words gathered into lines, top to bottom, each line from left to right.

    A word belongs to the line whose height it shares by half of the lower of the two.
    """
    found: list[list[Word]] = []
    spans: list[tuple[float, float]] = []
    for word in sorted(words, key=lambda word: (word.top + word.bottom, word.left)):
        for index in range(len(found) - 1, max(-1, len(found) - 4), -1):
            top, bottom = spans[index]
            shared = min(bottom, word.bottom) - max(top, word.top)
            if shared >= 0.5 * min(bottom - top, word.bottom - word.top):
                found[index].append(word)
                break
        else:
            found.append([word])
            spans.append((word.top, word.bottom))
    return [sorted(line, key=lambda word: word.left) for line in found]


def line_text(line: Sequence[Word]) -> str:
    """The words of one line, a space wherever a gap means one."""
    text = ""
    for before, word in zip([None, *line[:-1]], line, strict=True):
        if before is not None:
            gap = GAPS[is_wide(before.text[-1]) + is_wide(word.text[0])]
            if word.left - before.right > gap * max(word.size, before.size):
                text += " "
        text += word.text
    return text
