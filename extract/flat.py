"""Flattened tables of known forms, put back where the text of a document has them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from ..document import Cell, Part, TextBlock, WordsFrom
from ..forms import FlatForm, find_forms
from ..marks import union
from ..tables import Grid
from .reading import Item


@dataclass(frozen=True, slots=True, kw_only=True)
class FormGrid(Grid):
    """A grid that is known to be a form, with all that was found out about it."""

    found: FlatForm


def grid_of(found: FlatForm, *, part: Part | None = None, origin: WordsFrom = "markup") -> FormGrid:
    """The grid of a form found in text. What was recognised from pixels stays doubtful until its sums prove it."""
    return FormGrid(
        rows=found.drawing.rows,
        cols=found.drawing.cols,
        cells=tuple(_placed(cell, part, origin) for cell in found.drawing.cells),
        evidence="flattened",
        parts=(part,) if part else (),
        problems=found.problems,
        found=found,
    )


def _placed(cell: Cell, part: Part | None, origin: WordsFrom) -> Cell:
    parts = (Part(page=part.page),) if part else ()
    return replace(cell, parts=parts, origin=origin, doubtful=cell.doubtful or origin == "ocr")


def pieces(lines: Sequence[str], found: Sequence[FlatForm]) -> list[tuple[list[str], FlatForm | None]]:
    """``lines`` cut at the forms ``found`` in them: what stands before each, and after the last."""
    out: list[tuple[list[str], FlatForm | None]] = []
    line, offset = 0, 0
    for form in found:
        out.append((between(lines, (line, offset), form.start), form))
        line, offset = form.stop
    out.append((between(lines, (line, offset), (len(lines), 0)), None))
    return out


def between(lines: Sequence[str], start: tuple[int, int], stop: tuple[int, int]) -> list[str]:
    """The text from one ``(line, offset)`` to another. What is left of a cut line keeps its place."""
    (first, after), (last, before) = start, stop
    if first >= len(lines):
        return []
    if first == last:
        return [lines[first][after:before]]
    head = [lines[first][after:]]
    tail = [lines[last][:before]] if last < len(lines) else []
    return [*head, *lines[first + 1 : last], *tail]


def with_flat_forms(items: Sequence[Item], words_from: Mapping[int | None, WordsFrom]) -> tuple[Item, ...]:
    """``items`` with the forms that runs of paragraphs hold made grids. ``words_from`` tells of each page."""
    out: list[Item] = []
    for is_text, run in groupby(items, key=lambda item: isinstance(item, TextBlock)):
        together = list(run)
        blocks = [item for item in together if isinstance(item, TextBlock)]
        out += _in_blocks(blocks, words_from) if is_text else together
    return tuple(out)


def _in_blocks(blocks: Sequence[TextBlock], words_from: Mapping[int | None, WordsFrom]) -> list[Item]:
    found = find_forms([block.text for block in blocks])
    out: list[Item] = []
    done, offset = 0, 0
    for form in found:
        out += _rest(blocks, (done, offset), form.start)
        inside = blocks[form.start[0] : form.stop[0] + 1]
        out.append(grid_of(form, part=_part(inside), origin=words_from.get(inside[0].page, "markup")))
        out += [TextBlock(kind="paragraph", text=text, page=inside[0].page) for text in form.strays]
        done, offset = form.stop
    return [*out, *_rest(blocks, (done, offset), (len(blocks), 0))] if found else list(blocks)


def _rest(blocks: Sequence[TextBlock], start: tuple[int, int], stop: tuple[int, int]) -> list[TextBlock]:
    """The blocks between two places, a cut one with what is left of it."""
    left: list[TextBlock] = []
    for at in range(start[0], min(stop[0] + 1, len(blocks))):
        block = blocks[at]
        text = block.text[start[1] if at == start[0] else 0 : stop[1] if at == stop[0] else None]
        if text == block.text:
            left.append(block)
        elif text.strip():
            left.append(replace(block, kind="paragraph", level=None, text=text.strip(), repairs=()))
    return left


def _part(blocks: Sequence[TextBlock]) -> Part | None:
    page = blocks[0].page
    if page is None:
        return None
    boxes = [block.box for block in blocks if block.page == page and block.box is not None]
    return Part(page=page, box=union(boxes) if boxes else None)
