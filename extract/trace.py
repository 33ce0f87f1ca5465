"""Steps of repair, carried from the lines of a text to the blocks and cells made of them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from ..document import Cell, Repair, TextBlock
from ..repair.parts import Edit, as_one, cut_at_anchors, edits, moved
from ..repair.steps import undo
from ..tables import Grid

G = TypeVar("G", bound=Grid)

REACH = 4000
"""A cell's text is looked for so many characters ahead of the cell before it, or behind the beginning."""
_APART = "|｜│┃,，\"'*`#~"
"""What stands between cells, besides blanks."""


def traced_block(block: TextBlock, sources: Sequence[TextBlock]) -> TextBlock:
    """``block`` with the steps of the lines that it was made of: all of ``sources``, or a part of them.

    Blanks may have changed since. The steps are none where the text isn't found again, or is nothing but blanks.
    """
    steps = [source.repairs for source in sources]
    if not any(steps) or not block.text.strip():
        return block
    if len(sources) == 1 and sources[0].text == block.text:
        return replace(block, repairs=sources[0].repairs)
    lines = _Lines.of(sources, steps)
    start = lines.bare.find("".join(block.text.split()))
    return replace(block, repairs=lines.steps_of(block.text, start) if start >= 0 else ())


def traced_grid(grid: G, sources: Sequence[TextBlock]) -> G:
    """``grid``, built from the lines ``sources``, with the steps that led to the text of each cell.

    A cell's text is looked for where it stands by itself, in the order of the cells. A step that made several cells at
    once is divided among them; the first keeps all of what stood there before.
    """
    steps = [cut_at_anchors(source.repairs) for source in sources]
    if not any(steps):
        return grid
    lines = _Lines.of(sources, steps)
    cells: list[Cell] = []
    cursor = 0
    for cell in grid.cells:
        bare = "".join((cell.text or "").split())
        start = lines.find(bare, cursor) if bare else -1
        if start >= 0:
            cursor = start + len(bare)
            cell = replace(cell, repairs=(*cell.repairs, *lines.steps_of(cell.text or "", start)))
        cells.append(cell)
    return replace(grid, cells=tuple(cells))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Lines:
    """Lines as one text. ``places`` are the offsets of its characters that aren't blank, ``bare`` is those alone."""

    text: str
    bare: str
    places: Sequence[int]
    made: Sequence[Edit]

    @classmethod
    def of(cls, sources: Sequence[TextBlock], steps: Sequence[Sequence[Repair]]) -> _Lines:
        made: list[Edit] = []
        start = 0
        for source, own in zip(sources, steps, strict=True):
            made += (replace(edit, start=edit.start + start, stop=edit.stop + start) for edit in edits(own))
            start += len(source.text) + 1
        text = "\n".join(source.text for source in sources)
        places = [at for at, char in enumerate(text) if not char.isspace()]
        return cls(text=text, bare="".join(text.split()), places=places, made=made)

    def find(self, bare: str, cursor: int) -> int:
        """Where ``bare`` stands by itself, from ``cursor`` on or else from the beginning; -1 where it doesn't."""
        for start in dict.fromkeys((cursor, 0)):
            at = self.bare.find(bare, start, start + REACH + len(bare))
            while at >= 0 and not self._alone(at, at + len(bare)):
                at = self.bare.find(bare, at + 1, start + REACH + len(bare))
            if at >= 0:
                return at
        return -1

    def _alone(self, start: int, stop: int) -> bool:
        first, last = self.places[start], self.places[stop - 1]
        before, after = self.text[first - 1 : first], self.text[last + 1 : last + 2]
        return all(not char or char.isspace() or char in _APART for char in (before, after))

    def steps_of(self, text: str, start: int) -> tuple[Repair, ...]:
        """The steps that led to ``text``, which is this text from its ``start``-th character on, blanks aside.

        What was dropped right beside it counts as dropped from it.
        """
        inside = [at for at, char in enumerate(text) if not char.isspace()]
        here = _Lines(text=text, bare="", places=inside, made=())
        low, high = self._reach(start, start + len(inside))
        same = self.text[low:high] == text
        out: list[Repair] = []
        done = 0
        for edit in self._edits(start, start + len(inside)):
            if same and edit.start >= low and edit.stop <= high:
                out += moved(edit.steps, edit.start - low)
                done = edit.stop - low
            else:
                steps, done = self._placed(edit, start, here, done)
                out += steps
        return tuple(out)

    def _reach(self, start: int, stop: int) -> tuple[int, int]:
        """From the first of these characters to behind the last, in ``text``."""
        if start == stop:
            return 0, 0
        return self.places[start], self.places[stop - 1] + 1

    def _edits(self, start: int, stop: int) -> Iterator[Edit]:
        """Those in these characters and right beside them, or among the blanks that begin or end the whole text."""
        low, high = self._reach(start, stop)
        low = low if start else 0
        high = high if stop < len(self.places) else len(self.text)
        for at in range(bisect_left(self.made, low, key=lambda edit: edit.stop), len(self.made)):
            edit = self.made[at]
            if edit.start > high:
                return
            if edit.start == edit.stop or (edit.stop > low and edit.start < high):
                yield edit

    def _placed(self, edit: Edit, start: int, here: _Lines, done: int) -> tuple[list[Repair], int]:
        """The steps of ``edit`` for the text ``here``, whose blanks differ and which begins at ``start``.

        Edits follow each other from left to right: this one stands behind ``done``, where the one before it ends. Its
        own end comes with its steps.
        """
        begin, end = (bisect_left(self.places, at) - start for at in (edit.start, edit.stop))
        first, last = max(begin, 0), min(end, len(here.places))
        low = max(done, here.places[first - 1] + 1 if first else 0)
        high = here.places[last] if last < len(here.places) else len(here.text)
        made = self.text[edit.start : edit.stop]
        at = here.text.find(made, low, high)
        if at >= 0:
            return [*moved(edit.steps, at)], at + len(made)
        low, high = here._reach(first, last) if first < last else (low, low)
        before = undo(made, edit.steps) if begin >= 0 else ""
        return [*as_one(edit, before, low, here.text[low:high])], high
