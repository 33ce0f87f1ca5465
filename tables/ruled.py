"""Reads a frame of rules: what the walls part is a cell, and what stands in a cell is its text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from ..document import Box, Cell, Part
from ..marks import Marks, Rule, Word, union
from .grid import Grid, Placed, ordered
from .ruling import Lattice, Slot, lattice, slots
from .words import Phrase, cell_text, is_figure, line_text, lines, phrases

WIDE_GAP = 1.5
"""A gap in a cell's line so many times the font size may part two columns that no rule parts."""
BLANK_ROWS = 3
MANY_BLANK, MOST_BLANK = 0.4, 0.5
"""So many rows, and so great a share of them, are blank in a drawing: less where the others are mostly blank too."""
ROOM = 1.3
"""A cell lower or narrower than so many font sizes is none to be filled in."""
MOSTLY = 0.6
"""Lines of one cell of which this share are figures, and more than one, are rows: a heading may stand above them."""
REPEATED = 3
"""So many cells, or lines of one, must show the same gap: hanzi spread over a cell's width show one too."""


@dataclass(frozen=True, kw_only=True)
class Ruled:
    """A frame read by its rules, the words in it, and whether its cells hold what looks like rows or columns."""

    placed: Placed
    words: tuple[Word, ...]
    in_doubt: bool


def ruled(frame: Sequence[Rule], words: Iterable[Word], marks: Marks) -> tuple[Ruled | None, list[Word]]:
    """The table that a frame draws, and the words outside it; ``None`` (and all words outside) where it draws none.

    A frame counts as a table if it parts at least two cells that hold words, and two of them stand side by side: boxes
    around single texts and backgrounds of lines don't.
    """
    words = list(words)
    positions = lattice(frame)
    frame_slots = slots(positions)
    by_slot, outside = _distribute(words, positions, frame_slots)
    if len(by_slot) < 2 or len({slot.col for slot in frame_slots}) < 2:
        return None, words
    cells = [_cell(slot, by_slot.get((slot.row, slot.col), []), marks) for slot in frame_slots]
    box = (positions.xs[0], positions.ys[0], positions.xs[-1], positions.ys[-1])
    grid = Grid(
        rows=len(positions.ys) - 1,
        cols=len(positions.xs) - 1,
        cells=ordered(cells),
        evidence="ruled",
        parts=(Part(page=marks.page, box=box),),
    )
    inside = tuple(word for members in by_slot.values() for word in members)
    in_doubt = _hides_columns(by_slot) or _hides_rows(by_slot, frame_slots)
    placed = Placed(grid=grid, page=marks.page, box=box, col_edges=positions.xs)
    return Ruled(placed=placed, words=inside, in_doubt=in_doubt), outside


def is_drawing(frame: Sequence[Rule], words: Iterable[Word]) -> bool:
    """Whether many rows of a frame hold nothing, and are too low, or its columns too narrow, to be written in.

    That is a chart or a map. The blank rows of a form have room for what is to be filled in.
    """
    positions = lattice(frame)
    inside = [(place, word) for word in words if (place := positions.position(*word.middle)) is not None]
    held = {place for place, _ in inside}
    rows, cols = len(positions.ys) - 1, len(positions.xs) - 1
    blank = set(range(rows)) - {row for row, _ in held}
    sparse = len(held) < 0.5 * cols * (rows - len(blank))
    if len(blank) < BLANK_ROWS or len(blank) < (MANY_BLANK if sparse else MOST_BLANK) * rows:
        return False
    size = median(word.size for _, word in inside) if inside else 0.0
    height = median(positions.ys[row + 1] - positions.ys[row] for row in blank)
    width = median(right - left for left, right in pairwise(positions.xs))
    return not inside or height < ROOM * size or width < ROOM * size


def _hides_columns(by_slot: dict[tuple[int, int], list[Word]]) -> bool:
    """Whether several lines in cells show a wide gap at the same place, and few in these cells run across it."""
    gaps: list[tuple[float, float]] = []
    beside: list[Phrase] = []
    for members in by_slot.values():
        text_lines = [phrases(line) for line in lines(members)]
        wide = [
            (a.right, b.left) for line in text_lines for a, b in pairwise(line) if b.left - a.right > WIDE_GAP * a.size
        ]
        gaps += wide
        beside += [phrase for line in text_lines for phrase in line] if wide else []
    for left, right in gaps:
        middle = (left + right) / 2
        shown = sum(a < middle < b for a, b in gaps)
        crossing = sum(phrase.left < middle < phrase.right for phrase in beside)
        if shown >= REPEATED and shown > 2 * crossing:
            return True
    return False


def _hides_rows(by_slot: dict[tuple[int, int], list[Word]], frame_slots: Sequence[Slot]) -> bool:
    """Whether two cells side by side hold as many lines each, several, and one of them little but figures."""
    by_band: dict[tuple[int, int], list[list[str]]] = defaultdict(list)
    for slot in frame_slots:
        members = by_slot.get((slot.row, slot.col), [])
        texts = [line_text(line) for line in lines(members)]
        if len(texts) > 1:
            by_band[slot.row, slot.row_span].append(texts)
    return any(
        len(texts) == len(others) and texts is not others and _lists_figures(texts)
        for band in by_band.values()
        for texts in band
        for others in band
    )


def _lists_figures(texts: Sequence[str]) -> bool:
    figures = sum(map(is_figure, texts))
    return figures > 1 and figures >= MOSTLY * len(texts)


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
    return Cell(
        row=slot.row,
        col=slot.col,
        row_span=slot.row_span,
        col_span=slot.col_span,
        text=cell_text(words),
        parts=(Part(page=marks.page, box=slot.box),),
        origin=words[0].origin if words else marks.words_from,
        confidence=min((word.confidence for word in words if word.confidence is not None), default=None),
    )
