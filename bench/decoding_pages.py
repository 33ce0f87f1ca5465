"""Pages for the bench of decoding: printed with author's errors, recognised once and remembered, slips put in.

Nothing of this is in the product: engines are wrapped and the second look is replaced from outside while a page is
read.
"""

from __future__ import annotations

import hashlib
import json
import os
import pickle
import random
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from importlib import import_module
from pathlib import Path
from typing import Any
from unittest.mock import patch

from fixtures.report import FormTable, Report
from fixtures.scans import HARD_KINDS, SCAN_KINDS, ScanKind, ScannedPage
from gxextract import Settings, read
from gxextract.document import Box, Cell
from gxextract.errors import GxextractError
from gxextract.export import to_json
from gxextract.extract import flow as flow_module
from gxextract.extract import scan as scan_module
from gxextract.marks import Looks, Sight, unseen
from gxextract.ocr import Engine, Seen

engine_module = import_module("gxextract.ocr.engine")  # the package has a function of that name
Json = dict[str, Any]
KINDS: Mapping[str, ScanKind] = {kind.name: kind for kind in (*SCAN_KINDS, *HARD_KINDS)}
MISPRINTS = {"0": "68", "1": "74", "2": "7", "3": "8", "4": "9", "5": "6", "6": "58", "7": "1", "8": "36", "9": "4"}
"""Digits an author's slip gives that a recogniser might have given: nothing but the print tells one from the other."""


def processor_seconds() -> float:
    """What this process and those it waited for have spent: neighbours on the machine don't change it."""
    return sum(os.times()[:4])


@dataclass(kw_only=True)
class Memory:
    """What engines answered, by engine, question and pixels, each with the seconds it took."""

    answers: dict[tuple[str, str, str], tuple[Any, float]] = field(default_factory=dict)
    file: Path | None = None
    spared: float = 0.0
    """Seconds that answers from memory would have taken."""

    def ask(self, engine: str, question: str, pictures: Sequence[Any], answer: Callable[[], Any]) -> Any:
        """Pictures asked about together are answered together: a batch is padded to its widest."""
        digest = hashlib.sha1()
        for picture in pictures:
            digest.update(repr(picture.shape).encode() + picture.tobytes())
        key = (engine, question, digest.hexdigest())
        if key in self.answers:
            self.spared += self.answers[key][1]
        else:
            start = processor_seconds()
            self.answers[key] = (answer(), processor_seconds() - start)
        return self.answers[key][0]

    def keep(self) -> None:
        """Writes the answers to the file."""
        if self.file is not None:
            self.file.write_bytes(pickle.dumps(self.answers))


class Remembered(Engine):
    """An engine that is asked once about the same pixels."""

    def __init__(self, engine: Engine, memory: Memory) -> None:
        self.name = engine.name
        self._engine = engine
        self._memory = memory

    def find(self, picture: Any) -> list[Seen]:
        found: list[Seen] = self._memory.ask(self.name, "find", [picture], lambda: self._engine.find(picture))
        return found

    def read(self, crops: Sequence[Any]) -> list[tuple[str, float]]:
        texts: list[tuple[str, float]] = self._memory.ask(self.name, "read", crops, lambda: self._engine.read(crops))
        return texts

    def alternatives(self, crops: Sequence[Any], among: Collection[str] = ()) -> list[list[tuple[str, float]]]:
        found: list[list[tuple[str, float]]] = self._memory.ask(
            self.name, f"alternatives {among}", crops, lambda: self._engine.alternatives(crops, among)
        )
        return found


@contextmanager
def remembering(file: Path | None = None) -> Iterator[Memory]:
    """Every engine remembers while this lasts; in ``file`` for another time, if one is named."""
    answers = pickle.loads(file.read_bytes()) if file is not None and file.exists() else {}
    memory = Memory(answers=answers, file=file)
    load = engine_module._loaded

    def loaded(*asked: Any) -> Engine:
        return Remembered(load(*asked), memory)

    with patch.object(engine_module, "_loaded", loaded):
        try:
            yield memory
        finally:
            memory.keep()


@dataclass(frozen=True, slots=True, kw_only=True)
class Misread:
    """What is put in the place of a cell's reading; ``None`` is ink that nobody could read."""

    text: str | None
    doubtful: bool


@contextmanager
def misreading(misread: Mapping[Box, Misread]) -> Iterator[None]:
    """Cells, by their boxes, are misread while this lasts: after the second look, before anything is made of them."""
    look = scan_module.second_look
    by_place = {place(box): slip for box, slip in misread.items()}

    def misled(*arguments: Any, **named: Any) -> Any:
        grid = look(*arguments, **named)
        return replace(grid, cells=tuple(map(spoilt, grid.cells)))

    def spoilt(cell: Cell) -> Cell:
        slip = by_place.get(place(cell.box)) if cell.box else None
        if slip is None:
            return cell
        return replace(cell, text=slip.text, doubtful=slip.doubtful, origin="ocr")

    with patch.object(scan_module, "second_look", misled):
        yield


def place(box: Sequence[float]) -> Box:
    """A box as it is written: exactly enough to tell cells apart."""
    left, top, right, bottom = (round(edge, 1) for edge in box)
    return left, top, right, bottom


@dataclass(kw_only=True)
class Watch:
    """What one reading of a page took, in seconds, and what further looks saw of each cell, by its place."""

    seconds: float = 0.0
    look_seconds: float = 0.0
    sights: dict[Box, Sequence[Sight]] = field(default_factory=dict)


@contextmanager
def watching(watch: Watch, memory: Memory) -> Iterator[None]:
    """Fills ``watch`` with what happens while this lasts; answers from memory count what they took the first time."""
    known = flow_module.with_forms

    def watched(blocks: Any, flat: Any, looks: Looks = unseen) -> Any:
        def seen(cells: Sequence[Cell]) -> Sequence[Sequence[Sight]]:
            start, spared = processor_seconds(), memory.spared
            sights = looks(cells)
            watch.look_seconds += processor_seconds() - start + memory.spared - spared
            watch.sights.update((place(cell.box), each) for cell, each in zip(cells, sights, strict=True) if cell.box)
            return sights

        return known(blocks, flat, seen)

    start, spared = processor_seconds(), memory.spared
    with patch.object(flow_module, "with_forms", watched):
        yield
    watch.seconds = processor_seconds() - start + memory.spared - spared


def document_of(page: ScannedPage, folder: Path, settings: Settings) -> Json | None:
    """The page as read, in its JSON form; ``None`` where it can't be."""
    file = folder / page.name
    file.write_bytes(page.data)
    try:
        return dict(json.loads(to_json(read(file, settings=settings))))
    except GxextractError as error:
        print(f"{page.name}: {error}")
        return None


def author_errs(seed: int, count: int) -> Callable[[Report], Report]:
    """Changes ``count`` figures of a report's tables 3 and 4, so that sums printed in it don't hold."""

    def changed(report: Report) -> Report:
        rng = random.Random(f"{seed} {report.index_number}")
        tables = list(report.tables)
        for _ in range(count):
            at = rng.choices((1, 2), (4, 1))[0]
            tables[at] = misprinted(rng, tables[at])
        with_tables = {id(old): new for old, new in zip(report.tables, tables, strict=True)}
        return replace(
            report,
            sections=tuple(
                replace(section, tables=tuple(with_tables[id(table)] for table in section.tables))
                for section in report.sections
            ),
        )

    return changed


def misprinted(rng: random.Random, table: FormTable) -> FormTable:
    """The table with one figure that is another in print: a digit like it, one more or less, two digits exchanged.

    Totals are as often wrong as all other figures together, as they are where offices add up by hand.
    """
    total = rng.random() < 0.5
    choice = [value for value in table.values if _is_total(value.row_path, value.column_path) == total]
    shown = [value for value in choice if value.text != "0"]
    value = rng.choice(shown if shown and rng.random() < 0.75 else choice)
    at = rng.randrange(len(value.text))
    texts = [value.text[:at] + digit + value.text[at + 1 :] for digit in MISPRINTS[value.text[at]]]
    texts += [str(int(value.text) + 1), str(max(int(value.text) - 1, 0)), value.text[::-1], value.text + "0"]
    text = rng.choice([text for text in texts if int(text) != int(value.text) and str(int(text)) == text])
    return replace(
        table,
        cells=tuple(replace(cell, text=text) if (cell.row, cell.col) == value.cell else cell for cell in table.cells),
        values=tuple(replace(each, text=text) if each is value else each for each in table.values),
    )


def _is_total(row_path: Sequence[str], column_path: Sequence[str]) -> bool:
    return "总计" in "".join((*row_path[-1:], *column_path[-1:]))
