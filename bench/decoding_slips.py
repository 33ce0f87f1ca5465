"""Slips as recognisers and table readers make them, put into the values of a form that was read right."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bench.decoding_pages import Json, Misread
from bench.proof import LOOKALIKES
from gxextract.document import Box, value_of
from gxextract.forms.counting import counted

Place = tuple[int, int]
Change = dict[Place, str | None]
"""What some cells of one table are misread as."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """The values of one form table: their texts and boxes by row and column."""

    texts: Mapping[Place, str]
    boxes: Mapping[Place, Box]

    def beside(self, place: Place) -> Place | None:
        """The value to the right, if there is one."""
        right = [each for each in self.texts if each[0] == place[0] and each[1] > place[1]]
        return min(right, default=None)


def grids_of(document: Json) -> list[Grid]:
    """The form tables of a document, in the values that were read as something."""
    grids = []
    for table in (block for block in document["blocks"] if block.get("form")):
        boxes = {(cell["row"], cell["col"]): cell["box"] for cell in table["cells"]}
        texts = {tuple(record["cell"]): record["text"] for record in table["records"] if record["text"]}
        grids.append(Grid(texts=texts, boxes={place: tuple(boxes[place]) for place in texts}))
    return [grid for grid in grids if grid.texts]


def misread_values(rng: random.Random, grids: list[Grid], count: int) -> dict[Box, Misread]:
    """``count`` slips, each in a table chosen by its number of values; a value is misread once."""
    spoilt: dict[Box, Misread] = {}
    for _ in range(count):
        grid = rng.choices(grids, [len(grid.texts) for grid in grids])[0]
        free = [place for place in sorted(grid.texts) if grid.boxes[place] not in spoilt]
        change = slip(rng, grid, _place(rng, grid, free))
        doubtful = rng.random() < 0.5
        for place, read in change.items():
            # A 0 that isn't seen leaves every sum as it was, and so does one read twice: the first is said to be lost.
            text = None if read == "" and grid.texts[place] == "0" else read
            if text is None or counted(text) != counted(grid.texts[place]) or value_of(text) is None:
                # The second look doubts whatever is neither blank nor a plain number.
                unsure = (doubtful and text != "") or (text != "" and value_of(text) is None)
                spoilt.setdefault(grid.boxes[place], Misread(text=text, doubtful=unsure))
    return spoilt


def _place(rng: random.Random, grid: Grid, free: list[Place]) -> Place:
    """Half of the time a figure that isn't 0: nine of ten are, and hardly anything goes wrong with them."""
    shown = [place for place in free if grid.texts[place] != "0"]
    return rng.choice(shown if shown and rng.random() < 0.5 else free)


def slip(rng: random.Random, grid: Grid, place: Place) -> Change:
    """One slip at ``place``, which may take its neighbours with it."""
    kinds = list(SLIPS)
    (kind,) = rng.choices(kinds, [SLIPS[each] for each in kinds])
    return kind(rng, grid, place)


def digit(rng: random.Random, grid: Grid, place: Place) -> Change:
    """One digit taken for another, dropped, or seen twice; a 1 made of a speck or a rule."""
    text = grid.texts[place]
    at = rng.randrange(len(text))
    slips = [text[:at] + like + text[at + 1 :] for like in LOOKALIKES.get(text[at], "1")] * 2
    slips += [text[: at + 1] + text[at:], text[:at] + "1" + text[at:]]
    if len(text) > 1:
        slips += [text[:at] + text[at + 1 :]] * 2
    return {place: rng.choice([each for each in slips if value_of(each) != value_of(text)])}


def split(rng: random.Random, grid: Grid, place: Place) -> Change:
    """A gap in a number, or a speck beside it."""
    text = grid.texts[place]
    at = rng.randrange(len(text))
    return {place: f"{text[:at]} {text[at:]}" if at else text + rng.choice(".,·")}


def lost(rng: random.Random, grid: Grid, place: Place) -> Change:
    """Ink that nobody can read."""
    return {place: None}


def blanked(rng: random.Random, grid: Grid, place: Place) -> Change:
    """A faint figure that isn't seen at all."""
    return {place: ""}


def moved(rng: random.Random, grid: Grid, place: Place) -> Change:
    """A figure read in the cell beside it, whose own it hides."""
    beside = grid.beside(place)
    return {place: None} if beside is None else {place: "", beside: grid.texts[place]}


def shifted(rng: random.Random, grid: Grid, place: Place) -> Change:
    """All figures of the row from here on, one cell further to the right."""
    change: Change = {place: ""}
    while (beside := grid.beside(place)) is not None:
        change[beside] = grid.texts[place]
        place = beside
    return change


def joined(rng: random.Random, grid: Grid, place: Place) -> Change:
    """A figure and the one beside it read as one."""
    beside = grid.beside(place)
    if beside is None:
        return {place: None}
    return {place: grid.texts[place] + rng.choice(("", " ")) + grid.texts[beside], beside: ""}


SLIPS: Mapping[Callable[[random.Random, Grid, Place], Change], float] = {
    digit: 12,
    split: 1,
    lost: 2,
    blanked: 1,
    moved: 1,
    shifted: 0.4,
    joined: 1,
}
"""Each kind of slip, and how often it happens among the others."""
