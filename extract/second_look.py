"""Numbers read from pixels are read twice, and cells in which nothing was read once more.

A detector looks at a page and misses single digits; a recogniser looks at a line and sees ``0`` for ``8``. So every
cell of a recognised table that holds a value, or ink and no word, is cut out and read again on its own. Two readings
that agree stand. Where they differ, a wider and softer crop is read as well, and the second engine is asked, if there
is one:

* what the page says stands where one of these says the same; else it is marked doubtful, and gives way to another
  number if they agree on one: more crops were read right than lines found on a page;
* where the first two agree but either is unsure, the crop is read once more, squeezed, which errs otherwise, and by the
  second engine. A number that these don't confirm is marked doubtful;
* what can't be a number though it should be (``O`` ``l2`` ``0.``, a lone ``一``, a scrap of a word among numbers) gives
  way to a reading that is one, and stays doubtful. Where none is, a scrap among numbers is a lost value, never a label;
* ink that nobody can read is a lost value, never a blank;
* a value where the second look finds no ink is marked doubtful, so is a blank that holds something too pale to be read,
  and a label that was read with hardly any confidence.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Container, Sequence
from dataclasses import replace

from ..document import Cell, Repair
from ..ocr import Engine, Scan
from ..tables import Grid, kind
from .cell_pixels import CellPixels, cell_pixels, is_blank
from .stacks import stacks_read

PADDING = (0.35, 0.7)
"""White left around the ink in the first and second crop, as shares of its height."""
HARDLY = 0.65
"""Labels read with less confidence are mostly wrong; right ones on bad pages have .7 and more."""
SURE = 0.9
"""Confidence. Less is no error yet: one number in ten of a coarse scan has less, and nearly all of them are right."""
MOSTLY = 2 / 3
"""The share of a column's or a row's texts that are values where a text without a digit is a misread one."""
FEWEST = 3
"""Fewer texts say nothing about their column or row."""
SCRAP = 3
"""Characters. What is longer, among numbers, is a remark."""

Reading = tuple[str, float]

_LIKE_DIGITS = re.compile(
    r"[-+−减增约]?(?=[\d,.，．]{0,8}[OoQDUCIl|!！ZzSsBbGgq])[\dOoQDUCIl|!！ZzSsBbGgq,.，．]{1,9}(?:元|万元|[%％])?"
)
"""A number with a letter or mark in it that a recogniser makes of digits."""
_MARRED = re.compile(
    r"[.,，．·・、:：;；'’‘`´^~].*|.*[.,，．·・、:：;；'’‘`´^~]|(?!\d{1,3}(?:\s\d{3})+$).*\d\s+\d.*", re.DOTALL
)
"""A value that no number looks like: with a speck read as a point before or after it, or two in one cell."""
_HANZI = re.compile(r"[\u4e00-\u9fff]")
_OUTLINE = re.compile(r"([一二三四五六七八九十]{1,3})[.,，．·・](?=\D)")


def second_look(grid: Grid, scan: Scan, engine: Engine, other: Engine | None = None) -> Grid:
    """The grid with its stacked labels read, and every value read again, from ``scan``, the page it stands on.

    ``other`` is asked about doubtful values only.
    """
    confirmed = _values_confirmed(stacks_read(grid, scan, engine), scan, engine, other)
    return replace(confirmed, cells=tuple(_numbered(cell) for cell in confirmed.cells))


def _numbered(cell: Cell) -> Cell:
    """The cell with the mark after its outline number as official documents write it: 三、 for 三， 三. 三·."""
    match = _OUTLINE.match(cell.text or "")
    if match is None or cell.origin != "ocr":
        return cell
    before, after = match[0], match[1] + "、"
    repair = Repair(fixer="outline-number", start=0, before=before, after=after, certainty="inferred", reversible=True)
    return replace(cell, text=after + (cell.text or "")[len(before) :], repairs=(*cell.repairs, repair))


def _values_confirmed(grid: Grid, scan: Scan, engine: Engine, other: Engine | None) -> Grid:
    scraps = _scraps(grid)
    cells = [cell for cell in grid.cells if kind(cell) != "word" or _is_odd(cell) or _at(cell) in scraps]
    looks = [look for cell in cells if (look := cell_pixels(cell, scan)) is not None]
    inked = {_at(look.cell) for look in looks}
    unseen = [
        cell for cell in cells if _at(cell) not in inked and ((cell.text or "").strip() or not is_blank(cell, scan))
    ]
    first = engine.read([look.crop(PADDING[0]) for look in looks])
    read = list(zip(looks, first, strict=True))
    differing = [(look, reading) for look, reading in read if not _agrees(look.cell, reading, scraps)]
    more = _read_again([look for look, _ in differing], engine, other)
    changed = {
        _at(look.cell): _judged(look.cell, [reading, *others], scrap=_at(look.cell) in scraps)
        for (look, reading), others in zip(differing, more, strict=True)
    }
    for cell in (*unseen, *filter(_is_hardly_read, grid.cells)):
        changed[_at(cell)] = replace(changed.get(_at(cell), cell), doubtful=True)
    unsure = [look for look, reading in read if _at(look.cell) not in changed and _is_unsure(look.cell, reading)]
    third = [engine.read([look.squeezed(PADDING[0]) for look in unsure])]
    if other is not None:
        third.append(other.read([look.crop(PADDING[0]) for look in unsure]))
    for look, *readings in zip(unsure, *third, strict=True):
        if not all(_same(text, look.cell.text) for text, _ in readings):
            changed[_at(look.cell)] = replace(look.cell, doubtful=True)
    return replace(grid, cells=tuple(changed.get(_at(cell), cell) for cell in grid.cells))


def _agrees(cell: Cell, reading: Reading, scraps: Container[tuple[int, int]]) -> bool:
    """Whether a reading confirms what the page says, and that may be relied on."""
    return reading[0].strip() != "" and _same(reading[0], cell.text) and not _is_odd(cell) and _at(cell) not in scraps


def _is_hardly_read(cell: Cell) -> bool:
    return kind(cell) == "word" and cell.confidence is not None and cell.confidence < HARDLY


def _is_unsure(cell: Cell, reading: Reading) -> bool:
    return min(reading[1], 1.0 if cell.confidence is None else cell.confidence) < SURE


def _read_again(looks: Sequence[CellPixels], engine: Engine, other: Engine | None) -> list[tuple[Reading, ...]]:
    """For each cell a reading of its wider crop, and the other engine's of the narrower one.

    A cell that should hold a number and doesn't is read in black and white as well, which specks disturb less.
    """
    read: list[tuple[Reading, ...]] = list(zip(engine.read([look.softened(PADDING[1]) for look in looks]), strict=True))
    if other is not None:
        narrow = other.read([look.crop(PADDING[0]) for look in looks])
        read = [(*readings, reading) for readings, reading in zip(read, narrow, strict=True)]
    worded = [index for index, look in enumerate(looks) if kind(look.cell) == "word"]
    black = engine.read([looks[index].black_on_white(PADDING[0]) for index in worded])
    for index, reading in zip(worded, black, strict=True):
        read[index] = (*read[index], reading)
    return read


def _judged(cell: Cell, readings: Sequence[Reading], *, scrap: bool) -> Cell:
    """The cell after more readings that did not simply confirm the one it has."""
    text = (cell.text or "").strip()
    seen = [(reading.strip(), confidence) for reading, confidence in readings if reading.strip()]
    if not text and not seen:  # ink that nobody can read
        return replace(cell, text=None, doubtful=True, origin="ocr")
    if not text:  # ink that the page reading missed
        return _taken(cell, seen, doubtful=len(seen) < len(readings) or len({_folded(each) for each, _ in seen}) > 1)
    numbers = [reading for reading in seen if _is_clean(reading[0])]
    confirmed = any(_same(each, text) for each, _ in seen)
    if scrap or _is_odd(cell):
        if numbers:
            return _taken(cell, numbers, doubtful=True)
        is_word = len(_HANZI.findall(text)) > 1
        if scrap and not is_word:
            return replace(cell, text=None, doubtful=True)
        return cell if scrap and confirmed else replace(cell, doubtful=True)
    if confirmed:
        return cell
    agreed = len(numbers) > 1 and len({_folded(each) for each, _ in numbers}) == 1
    return _taken(cell, numbers, doubtful=True) if agreed else replace(cell, doubtful=True)


def _taken(cell: Cell, seen: Sequence[Reading], *, doubtful: bool) -> Cell:
    """The cell with what most readings say, the surest of them where they are as many."""
    votes = Counter(_folded(text) for text, _ in seen)
    text, confidence = max(seen, key=lambda reading: (votes[_folded(reading[0])], reading[1]))
    return replace(cell, text=text, doubtful=doubtful, origin="ocr", confidence=round(confidence, 4))


def _scraps(grid: Grid) -> set[tuple[int, int]]:
    """Where short texts without a digit stand among values.

    A column is judged by its cells in rows that hold a value. Where there are too few, the row is, but for its first
    cell, which may name it.
    """
    valued = {cell.row for cell in grid.cells if _is_value(cell)}
    columns: dict[int, list[Cell]] = {}
    rows: dict[int, list[Cell]] = {}
    for cell in grid.cells:
        if (cell.text is None or cell.text.strip()) and cell.row in valued:
            columns.setdefault(cell.col, []).append(cell)
            rows.setdefault(cell.row, []).append(cell)
    found = set()
    for cell in grid.cells:
        if kind(cell) != "word" or len(_folded(cell.text)) > SCRAP or cell.row not in valued:
            continue
        column, row = ([each for each in line if each is not cell] for line in (columns[cell.col], rows[cell.row]))
        if _mostly_values(column) if len(column) >= FEWEST else cell.col > 0 and _mostly_values(row):
            found.add(_at(cell))
    return found


def _mostly_values(cells: Sequence[Cell]) -> bool:
    return len(cells) >= FEWEST and sum(map(_is_value, cells)) >= MOSTLY * len(cells)


def _is_value(cell: Cell) -> bool:
    return kind(cell) == "value"


def _is_odd(cell: Cell) -> bool:
    """Whether the cell holds letters that may be digits, a marred number, or one lone sign (一 for 1, 口 for 0).

    That is never to be relied on, however often it is read.
    """
    text = (cell.text or "").strip()
    if kind(cell) == "value":
        return bool(text) and not _is_clean(text) and bool(re.search(r"\d", text))
    return bool(_LIKE_DIGITS.fullmatch(text)) or len(text) == 1 or bool(re.fullmatch(r"\W*\d+\W*", text))


def _is_clean(text: str) -> bool:
    """Whether a text is a value and looks like one."""
    return kind(Cell(row=0, col=0, text=text)) == "value" and not _MARRED.fullmatch(text.strip())


def _at(cell: Cell) -> tuple[int, int]:
    return cell.row, cell.col


def _same(one: str | None, other: str | None) -> bool:
    return _folded(one) == _folded(other)


def _folded(text: str | None) -> str:
    return "".join(unicodedata.normalize("NFKC", text or "").split())
