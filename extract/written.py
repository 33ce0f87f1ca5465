"""The lines a block was made of, as they stand after repair."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace

from ..document import TextBlock
from ..repair.parts import edits
from ..repair.steps import undo
from .reading import SourceLine, WrittenBlock


def written_lines(block: TextBlock) -> tuple[SourceLine, ...]:
    """The lines of ``block`` with every repair of its text; its text as one line where they aren't known."""
    whole = (SourceLine(text=block.text, page=block.page, box=block.box),)
    if not isinstance(block, WrittenBlock):
        return whole
    written = "\n".join(line.text for line in block.lines)
    if _bare(written) == _bare(block.text):
        return block.lines
    original = undo(block.text, block.repairs)
    if _bare(written) != _bare(original):
        return whole
    texts = _repaired(written, original, block).split("\n")
    if len(texts) != len(block.lines):
        return whole
    return tuple(replace(line, text=text) for line, text in zip(block.lines, texts, strict=True))


def _repaired(written: str, original: str, block: TextBlock) -> str:
    """``written`` as the repairs made ``block`` out of ``original``, from which it differs in blanks alone."""
    places = [at for at, char in enumerate(written) if not char.isspace()]
    inside = [at for at, char in enumerate(original) if not char.isspace()]
    pieces: list[str] = []
    done = grown = 0
    for edit in edits(block.repairs):
        after = block.text[edit.start : edit.stop]
        before = undo(after, edit.steps)
        start = edit.start - grown
        grown += len(after) - len(before)
        low, high = bisect_left(inside, start), bisect_left(inside, start + len(before))
        if high > low or after.strip():
            first = places[low] if low < len(places) else len(written)
            pieces += [written[done:first], after]
            done = places[high - 1] + 1 if high > low else first
    return "".join([*pieces, written[done:]])


def _bare(text: str) -> str:
    return "".join(text.split())
