"""The texts that a reader found, repaired, before anything is looked for in them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from ..document import Cell, Problem, Repair, TextBlock
from ..forms.model import catalogue
from ..repair import Script, repair_fragments
from ..repair import repair_text as repair_alone
from .breadcrumbs import is_breadcrumbs
from .headings import heading_level
from .reading import Item, Lines, Reading
from .text import laid_out

Steps = tuple[Repair, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mended:
    """What a reader found, as it should have been. ``title`` is the declared one, to be used where the text shows none;
    ``title_problems`` then say how it was repaired.
    """

    items: tuple[Item, ...]
    title: str | None
    title_problems: tuple[Problem, ...]


def repair_text(text: str, *, script: Script | None = None) -> tuple[str, Steps]:
    """``text`` made right, and the steps that did it, in order. Sound text comes back as it is, with no steps.

    Garbled encodings, injected readings, lost padding, converted characters, debris of converters: what each step did
    and how sure it is stands in the step. ``script`` asks for ``simplified`` or ``traditional`` characters, or to
    ``keep`` what stands there; by default only text that a mirror converted is converted back. Labels of known forms
    are recovered even where bytes were lost. Digits never change, except in width.

    >>> repair_text("ÖÐ¹úÕþ¸®")[0]
    '中国政府'
    """
    return repair_alone(text, script=script, labels=form_labels())


def repair_lines(lines: Sequence[str], *, script: Script | None = None) -> list[tuple[str, Steps]]:
    """:func:`repair_text` of each of the lines of one document, all sharing what the document shows."""
    return repair_fragments(lines, script=script, labels=form_labels())


def mended(reading: Reading, script: Script | None) -> Mended:
    """Every text of ``reading`` repaired, its steps recorded with it; the lines of plain text made blocks and grids.

    All texts are judged together, since one fragment may show what was done to all.
    """
    texts = [text for item in reading.items for text in _texts(item)]
    results = iter(repair_lines([*texts, reading.title or ""], script=script))
    items = [_with(item, results) for item in reading.items]
    title, title_steps = next(results)
    return Mended(
        items=laid_out(items),
        title=title or None,
        title_problems=tuple(_changed("title", reading.title, title_steps)),
    )


@cache
def form_labels() -> tuple[str, ...]:
    """Every spelling of every label of the known forms and of the headings they stand under, as printed."""
    nodes = []
    for form in catalogue():
        nodes += [form.section] if form.section else []
        for block in form.blocks:
            nodes += [node for node in (block.title, block.corner, *block.headings) if node is not None]
            nodes += [node for way in (*block.column_ways, *block.row_ways) for node in way]
    return tuple(dict.fromkeys(name for node in nodes for name in node.names))


def _texts(item: Item | Lines) -> Iterator[str]:
    """The texts of an item in the order in which :func:`_with` takes them back."""
    if isinstance(item, Lines):
        yield from (line.text for line in item.lines)
    elif isinstance(item, TextBlock):
        yield item.text
    else:
        yield item.caption or ""
        yield from (cell.text or "" for cell in item.cells)


def _with(item: Item | Lines, results: Iterator[tuple[str, Steps]]) -> Item | Lines:
    if isinstance(item, Lines):
        return replace(item, lines=tuple(_line(line, *next(results)) for line in item.lines))
    if isinstance(item, TextBlock):
        return _block(item, *next(results))
    caption, steps = next(results)
    cells = tuple(_cell(cell, *next(results)) for cell in item.cells)
    said = _changed("caption", item.caption, steps)
    return replace(item, caption=caption or None, cells=cells, problems=(*item.problems, *said))


def _line(line: TextBlock, text: str, steps: Steps) -> TextBlock:
    return replace(line, text=text, repairs=steps) if steps else line


def _block(block: TextBlock, text: str, steps: Steps) -> TextBlock:
    """The block with its text, and with the rank that this text has: a garbled 一、 told nothing of it."""
    if not steps:
        return block
    repaired = replace(block, text=text, repairs=(*block.repairs, *steps))
    level, before = heading_level(text), heading_level(block.text)
    if block.kind != "furniture" and is_breadcrumbs(text):
        return replace(repaired, kind="furniture", level=None)
    if block.kind == "furniture" or level == before:
        return repaired
    if level is not None and (block.kind == "paragraph" or level in (1, 2) or block.level == before):
        return replace(repaired, kind="heading", level=level)
    if level is None and block.level == before:
        return replace(repaired, kind="paragraph", level=None)
    return repaired


def _cell(cell: Cell, text: str, steps: Steps) -> Cell:
    return replace(cell, text=text, repairs=(*cell.repairs, *steps)) if steps else cell


def _changed(what: str, before: str | None, steps: Steps) -> Iterator[Problem]:
    """The record of a repair where no list of steps is at hand."""
    if steps:
        names = ", ".join(dict.fromkeys(step.fixer for step in steps))
        message = f"the {what} stood there as {before!r} and was repaired ({names}); compare it with the source"
        yield Problem(code=f"{what}-repaired", severity="info", message=message)
