"""Decoding without any pictures: its times, and made-up looks that err together, thousands of reports of them.

A page of pixels takes seconds, so that a correction which goes wrong once in ten thousand is never met there. Here the
looks at a cell are drawn at random: most cells are clear, some are hard, and of a hard one the first reading and the
looks may all see the same other figure, the looks less often, more or less surely.
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from bench.proof import LOOKALIKES
from fixtures import forms as drawn_forms
from fixtures.figures import draw_applications
from gxextract.document import Cell
from gxextract.forms.checks import Spot
from gxextract.forms.decode import decoded
from gxextract.forms.model import Block, Form, Node, catalogue
from gxextract.marks import Looks, Sight, unseen

WRONG = (0, 1, 2, 3, 5, 8)
VIEWS = ("one", "two", "three", "four", "five")
HARD = (0.01, 0.05, 0.2)
"""Shares of the cells that are hard to read."""
AUTHOR_ERRS = (0, 1, 2, 3)
LOST = 0.1
"""The share of the hard cells that weren't read at first."""

Texts = dict[Spot, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One table 3: the form, its rows, and the figures that add up."""

    form: Form
    block: Block
    ways: Sequence[tuple[Node, ...]]
    texts: Texts


@dataclass(slots=True, kw_only=True)
class Tally:
    """Cells of all reports: misread or lost, of these put right; right ones made wrong, wrong ones made other wrong."""

    reports: int = 0
    misread: int = 0
    mended: int = 0
    spoilt: int = 0
    swapped: int = 0
    unflagged: int = 0


def drawn(rng: random.Random) -> Table:
    (form,) = [form for form in catalogue() if form.family == "annual-report" and form.name == "applications"]
    (block,) = form.blocks
    paper = drawn_forms.applications("2021", one_row_other=rng.random() < 0.3)
    rows = draw_applications(rng, paper, rng.choice(("quiet", "ordinary", "busy"))).rows
    by_label = {tuple(node.label for node in way): way for way in block.row_ways}
    ways = [by_label[path] for path in dict.fromkeys(blank.row_path for blank in paper.blanks)]
    texts = {(row, col): str(value) for row, line in enumerate(rows) for col, value in enumerate(line)}
    return Table(form=form, block=block, ways=ways, texts=texts)


def alike(rng: random.Random, text: str) -> str:
    """Another figure that looks like it."""
    at = rng.randrange(len(text))
    texts = [text[:at] + digit + text[at + 1 :] for digit in LOOKALIKES[text[at]]]
    texts += [text[:at] + text[at + 1 :]] if len(text) > 1 else [text + "1"]
    return rng.choice([each for each in texts if int(each) != int(text)] or [text + "1"])


def spent(reports: int, seed: int) -> Iterator[str]:
    """How long decoding takes over table 3, by how many of its values are wrong and what looks leave open of it."""
    yield "| looks | wrong values | reports | CPU ms, median | worst |"
    yield "|---|---|---|---|---|"
    for name, looks in (("nothing to look at", unseen), ("every look would rather read another figure", _confusing)):
        rng = random.Random(seed)
        for wrong in WRONG:
            times = sorted(1000 * _spent(rng, wrong, looks) for _ in range(reports))
            yield f"| {name} | {wrong} | {reports} | {median(times):.1f} | {times[-1]:.1f} |"


def _spent(rng: random.Random, wrong: int, looks: Looks) -> float:
    table = drawn(rng)
    read: dict[Spot, str | None] = dict(table.texts)
    for spot in rng.sample(sorted(read), wrong):
        read[spot] = alike(rng, table.texts[spot])
    cells = {
        (row, col): Cell(row=row, col=col, text=text, origin="ocr", doubtful=True) for (row, col), text in read.items()
    }
    start = time.process_time()
    decoded(table.form, table.block, table.ways, read, cells, looks)
    return time.process_time() - start


def _confusing(cells: Sequence[Cell]) -> list[list[Sight]]:
    """Looks that all would rather read another figure, whatever the cell, but don't rule out what was read."""
    return [_other(random.Random(f"{cell.row} {cell.col}"), cell.text or "0") for cell in cells]


def _other(rng: random.Random, text: str) -> list[Sight]:
    texts = ((alike(rng, text), rng.uniform(0.5, 0.6)), (text, 0.35))
    return [Sight(text=each, confidence=odds, view=view) for view in VIEWS for each, odds in texts]


def simulated(reports: int, seed: int) -> Iterator[str]:
    """What is put right and what is spoilt, by the share of hard cells and the author's errors."""
    yield "| hard cells | wrong in print | reports | misread | put right | right made wrong | other | not flagged |"
    yield "|---|---|---|---|---|---|---|---|"
    for hard in HARD:
        for wrong in AUTHOR_ERRS:
            rng, tally = random.Random(f"{seed} {hard} {wrong}"), Tally()
            for _ in range(reports):
                _simulate(rng, hard, wrong, tally)
            counts = (tally.reports, tally.misread, tally.mended, tally.spoilt, tally.swapped, tally.unflagged)
            yield f"| {hard:.0%} | {wrong} | " + " | ".join(map(str, counts)) + " |"


def _simulate(rng: random.Random, hard: float, wrong: int, tally: Tally) -> None:
    table = drawn(rng)
    shown = dict(table.texts)
    for spot in rng.sample(sorted(shown), wrong):
        shown[spot] = alike(rng, shown[spot])
    read: dict[Spot, str | None] = dict(shown)
    seen = {spot: [Sight(text=text, confidence=0.97, view=view) for view in VIEWS] for spot, text in shown.items()}
    for spot in sorted(shown):
        if rng.random() < hard:
            read[spot], seen[spot] = _hard(rng, shown[spot])
    cells = {
        (row, col): Cell(
            row=row, col=col, text=text, origin="ocr", doubtful=len(seen[row, col]) > len(VIEWS) and rng.random() < 0.5
        )
        for (row, col), text in read.items()
    }

    def looks(asked: Sequence[Cell]) -> list[list[Sight]]:
        return [seen[cell.row, cell.col] for cell in asked]

    found = decoded(table.form, table.block, table.ways, read, cells, looks)
    made, verdict = found.made, found.verdict
    doubtful = {spot for spot, cell in cells.items() if cell.doubtful and spot not in made}
    flagged = (verdict.suspect | found.doubted | doubtful) - (verdict.certain & doubtful)
    tally.reports += 1
    for spot, text in shown.items():
        after = made[spot].text if spot in made else read[spot]
        tally.misread += read[spot] != text
        tally.mended += read[spot] != text and after == text
        tally.spoilt += read[spot] == text and after != text
        tally.swapped += read[spot] != text and after not in (text, read[spot])
        tally.unflagged += after is not None and after != text and spot not in flagged


def _hard(rng: random.Random, text: str) -> tuple[str | None, list[Sight]]:
    """A first reading of a hard cell, and what each look sees: the right figure or another, more or less surely."""
    other, lure = alike(rng, text), rng.uniform(0.1, 0.9)
    lost, misled = rng.random() < LOST, rng.random() < lure
    lure *= rng.random()
    sights = []
    for view in VIEWS:
        sure = rng.uniform(0.4, 0.98)
        best, rest = (other, text) if rng.random() < lure else (text, other)
        sights += [Sight(text=best, confidence=sure, view=view), Sight(text=rest, confidence=0.98 - sure, view=view)]
    return None if lost else other if misled else text, sights
