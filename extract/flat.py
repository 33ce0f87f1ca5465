"""Flattened tables put back where the paragraphs of a document hold them: known forms first, then any others."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from ..document import Cell, Part, TextBlock, WordsFrom
from ..forms import FlatForm, find_forms
from ..marks import union
from ..tables import Grid, join_lines
from ..tables.from_flat import from_flat
from ..tables.in_paragraphs import find_in_paragraphs
from .headings import heading_level
from .pages import with_furniture
from .reading import Item, SourceLine, WrittenBlock
from .trace import traced_block, traced_grid
from .written import written_lines

PageOrigins = Mapping[int | None, WordsFrom]
"""Where the words of each page were found; a page that isn't there has them in its markup."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormGrid(Grid):
    """A grid that is known to be a form, with all that was found out about it."""

    found: FlatForm


@dataclass(frozen=True, slots=True, kw_only=True)
class FlatTable:
    """A table in lines. It reaches from ``start`` to before ``stop``, each ``(line, offset)``.

    ``strays`` are texts inside that belong to no cell.
    """

    start: tuple[int, int]
    stop: tuple[int, int]
    grid: Grid
    strays: tuple[str, ...] = ()


Finder = Callable[[Sequence[str]], Sequence[FlatTable]]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """A line of the block with the number ``block`` of a run."""

    source: SourceLine
    block: int


def known_forms(lines: Sequence[str]) -> list[FlatTable]:
    """The tables of known forms in ``lines``, in order."""
    return [
        FlatTable(start=found.start, stop=found.stop, grid=grid_of(found), strays=found.strays)
        for found in find_forms(lines)
    ]


def other_tables(lines: Sequence[str]) -> list[FlatTable]:
    """The tables in the lines of paragraphs that are no known forms, in order."""
    return [
        FlatTable(start=(run.start, 0), stop=(run.stop, 0), grid=from_flat(lines[run.start : run.stop]))
        for run in find_in_paragraphs(lines)
    ]


def grid_of(found: FlatForm) -> FormGrid:
    """The grid of a form found in text."""
    return FormGrid(
        rows=found.drawing.rows,
        cols=found.drawing.cols,
        cells=found.drawing.cells,
        evidence="flattened",
        problems=found.problems,
        found=found,
    )


def with_flat_tables(items: Sequence[Item], origins: PageOrigins) -> tuple[Item, ...]:
    """``items`` with the flattened tables that runs of paragraphs hold made grids.

    Running heads and feet of pages don't part a run; a site's navigation does, and holds no table but a known form.
    """
    feet = [item for item in items if _is_foot(item)]
    found = [item for item in items if not _is_foot(item)]
    found = _replaced(found, known_forms, lambda item: isinstance(item, TextBlock), origins)
    found = _replaced(
        found, other_tables, lambda item: isinstance(item, WrittenBlock) and item.kind != "furniture", origins
    )
    whole = with_furniture(found, [foot for foot in feet if isinstance(foot, TextBlock)]) if feet else found
    return tuple(_plain(item) if isinstance(item, WrittenBlock) else item for item in whole)


def _is_foot(item: Item) -> bool:
    return isinstance(item, TextBlock) and item.kind == "furniture" and item.page is not None


def _replaced(
    items: Sequence[Item], find: Finder, may_hold: Callable[[Item], bool], origins: PageOrigins
) -> list[Item]:
    """``items`` with what ``find`` finds in runs of those that may hold tables."""
    out: list[Item] = []
    for searched, run in groupby(items, key=may_hold):
        together = list(run)
        blocks = [item for item in together if isinstance(item, TextBlock)]
        out += _in_blocks(blocks, find, origins) if searched else together
    return out


def _in_blocks(blocks: Sequence[TextBlock], find: Finder, origins: PageOrigins) -> Iterator[Item]:
    lines = [
        _Line(source=source, block=at)
        for at, block in enumerate(blocks)
        for line in written_lines(block)
        for source in (*(replace(line, text=blank) for blank in line.blanks), line)
    ]
    done = (0, 0)
    for table in find([line.source.text for line in lines]):
        yield from _rest(blocks, lines, done, table.start)
        inside = lines[table.start[0] : table.stop[0] + (table.stop[1] > 0)]
        sources = blocks[inside[0].block : inside[-1].block + 1]
        grid = _on_pages(table.grid, [line.source for line in inside], origins)
        yield traced_grid(grid, sources)
        for text in table.strays:
            yield traced_block(TextBlock(kind="paragraph", text=text, page=inside[0].source.page), sources)
        done = table.stop
    yield from _rest(blocks, lines, done, (len(lines), 0))


def _rest(
    blocks: Sequence[TextBlock], lines: Sequence[_Line], start: tuple[int, int], stop: tuple[int, int]
) -> Iterator[TextBlock]:
    """The blocks between two places, a cut one with what is left of it."""
    left: list[_Line] = []
    for at in range(start[0], min(stop[0] + 1, len(lines))):
        source = lines[at].source
        text = source.text[start[1] if at == start[0] else 0 : stop[1] if at == stop[0] else None]
        if text.strip():
            left.append(replace(lines[at], source=replace(source, text=text)))
    for at, group in groupby(left, key=lambda line: line.block):
        kept = [line.source for line in group]
        whole = [line for line in written_lines(blocks[at]) if line.text.strip()]
        yield blocks[at] if kept == whole else _cut(blocks[at], kept)


def _cut(block: TextBlock, kept: Sequence[SourceLine]) -> TextBlock:
    """What is left of a block; it is a heading only if it reads like one."""
    text = join_lines(line.text for line in kept)
    level = heading_level(text)
    rest = replace(
        block,
        kind="furniture" if block.kind == "furniture" else "paragraph" if level is None else "heading",
        level=None if block.kind == "furniture" else level,
        text=text,
        page=kept[0].page,
        box=_box(kept, kept[0].page),
        repairs=(),
    )
    rest = traced_block(rest, [block])
    return replace(rest, lines=tuple(kept)) if isinstance(rest, WrittenBlock) else rest


def _plain(block: WrittenBlock) -> TextBlock:
    return TextBlock(
        kind=block.kind, text=block.text, level=block.level, page=block.page, box=block.box, repairs=block.repairs
    )


def _on_pages(grid: Grid, lines: Sequence[SourceLine], origins: PageOrigins) -> Grid:
    """``grid`` where its lines stand. Of a table on several pages it isn't known which holds which cell.

    What was recognised from pixels is doubtful until sums prove it.
    """
    pages = list(dict.fromkeys(line.page for line in lines))
    found = {origins.get(page, "markup") for page in pages}
    origin: WordsFrom = "ocr" if "ocr" in found else next(iter(found))
    parts = tuple(Part(page=page, box=_box(lines, page)) for page in pages if page is not None)
    where = (Part(page=parts[0].page),) if len(parts) == 1 else ()

    def placed(cell: Cell) -> Cell:
        return replace(cell, parts=where, origin=origin, doubtful=cell.doubtful or origin == "ocr")

    return replace(grid, parts=parts, cells=tuple(map(placed, grid.cells)))


def _box(lines: Sequence[SourceLine], page: int | None) -> tuple[float, float, float, float] | None:
    boxes = [line.box for line in lines if line.page == page and line.box is not None]
    return union(boxes) if boxes else None
