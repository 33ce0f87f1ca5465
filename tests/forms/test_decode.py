"""Wrong readings are put right where sums and pixels agree, and nothing else is touched."""

from __future__ import annotations

import random
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from bench.proof import _applications, _review, _slip
from fixtures.render_docx import DocxStyle, render_docx
from fixtures.report import make_report
from gxextract import read
from gxextract.document import Cell, Table
from gxextract.forms import with_forms
from gxextract.forms.checks import Spot, judge
from gxextract.forms.decode import Correction, Decoded, decoded
from gxextract.forms.model import Form, Node, catalogue
from gxextract.marks import Looks, Sight

FORMS = {form.name: form for form in catalogue() if form.family == "annual-report"}
Texts = dict[Spot, str | None]


@dataclass
class Block:
    """Values of a block as they stand on paper, and as they were read."""

    form: Form
    ways: Sequence[tuple[Node, ...]]
    paper: Texts
    read: Texts

    def decoded(self, looks: Looks, pictured: bool = True) -> dict[Spot, Correction]:
        return dict(self.result(looks, pictured).made)

    def result(self, looks: Looks, pictured: bool = True) -> Decoded:
        cells = {spot: Cell(row=spot[0], col=spot[1], text=text, origin="ocr") for spot, text in self.read.items()}
        return decoded(self.form, self.form.blocks[0], self.ways, self.read, cells if pictured else {}, looks)

    def eyes(self, sure: float = 1.0) -> Looks:
        """Five views that read what stands on paper with a share of ``sure``, and what was read with the rest."""

        def looks(cells: Sequence[Cell]) -> Sequence[Sequence[Sight]]:
            return [list(self._sights((cell.row, cell.col), sure)) for cell in cells]

        return looks

    def _sights(self, spot: Spot, sure: float) -> Any:
        for view in ("a", "b", "c", "d", "e"):
            yield Sight(text=self.paper[spot] or "", confidence=sure, view=view)
            if sure < 1 and self.read[spot]:
                yield Sight(text=self.read[spot] or "", confidence=1 - sure, view=view)


def block(name: str, seed: int, changes: Mapping[Spot, str | None] | None = None) -> Block:
    draw = {"applications": _applications, "review": _review}[name]
    ways, texts = draw(random.Random(seed), FORMS[name])
    return Block(form=FORMS[name], ways=ways, paper=dict(texts), read={**texts, **(changes or {})})


def misread(name: str, seed: int, wrong: int) -> tuple[Block, list[Spot]]:
    one = block(name, seed)
    rng = random.Random(seed)
    spots = rng.sample(sorted(one.paper), wrong)
    one.read.update({spot: _slip(rng, one.paper[spot] or "") for spot in spots})
    return one, spots


def texts_of(made: Mapping[Spot, Correction]) -> dict[Spot, str]:
    return {spot: change.text for spot, change in made.items()}


@pytest.mark.parametrize("wrong", [1, 2, 3, 5, 8])
def test_eyes_that_see_put_it_right(wrong: int) -> None:
    for seed in range(40):
        one, spots = misread("applications", seed, wrong)
        assert texts_of(one.decoded(one.eyes())) == {spot: one.paper[spot] for spot in spots}
        assert texts_of(one.decoded(one.eyes(0.9))) == {spot: one.paper[spot] for spot in spots}


@pytest.mark.parametrize("wrong", [1, 2, 3, 5])
def test_without_pixels_nothing_is_changed(wrong: int) -> None:
    for seed in range(20):
        one, _ = misread("applications", seed, wrong)
        assert one.decoded(lambda cells: [()] * len(cells)) == {}

        def never(cells: Sequence[Cell]) -> Sequence[Sequence[Sight]]:
            raise AssertionError("text that is no picture's has no pixels to look at")

        assert one.decoded(never, pictured=False) == {}


@pytest.mark.parametrize("name", ["applications", "review"])
@pytest.mark.parametrize("wrong", [1, 2, 3])
def test_what_the_author_printed_stays(name: str, wrong: int) -> None:
    for seed in range(40):
        one, _ = misread(name, seed, wrong)
        one.paper = dict(one.read)  # the wrong figures are those on paper
        assert one.decoded(one.eyes()) == {}


def test_an_author_that_erred_beside_a_reader_that_did() -> None:
    put_right = 0
    for seed in range(40):
        one, (author, reader) = misread("applications", seed, 2)
        one.paper[author] = one.read[author]
        changes = texts_of(one.decoded(one.eyes()))
        assert changes in ({}, {reader: one.paper[reader]})
        put_right += bool(changes)
    assert put_right >= 30  # where both stand in one row or column, sums can't tell


def test_eyes_that_would_rather_see_what_was_read() -> None:
    for seed in range(20):
        one, _ = misread("applications", seed, 1)
        assert one.decoded(one.eyes(0.4)) == {}


def test_a_single_sum_needs_nearly_all_of_the_looks() -> None:
    one = block("review", 3, {})
    spot = next(spot for spot, text in one.paper.items() if text != "0" and spot[1] % 5 != 4)
    one.read[spot] = str(int(one.paper[spot] or 0) + 5)
    assert one.decoded(one.eyes(0.8)) == {}
    assert texts_of(one.decoded(one.eyes(0.95))) == {spot: one.paper[spot]}


def test_two_ways_to_make_it_hold_are_none() -> None:
    one = block("review", 3)
    first = next(spot for spot, text in one.paper.items() if text != "0" and spot[1] % 5 != 4)
    total = first[0], first[1] // 5 * 5 + 4
    one.read[first] = str(int(one.paper[first] or 0) + 5)
    as_well = str(int(one.paper[total] or 0) + 5)

    def looks(cells: Sequence[Cell]) -> Sequence[Sequence[Sight]]:
        seen = {first: one.paper[first], total: as_well}
        texts = [seen.get((cell.row, cell.col), cell.text) or "" for cell in cells]
        return [[Sight(text=text, confidence=1.0, view="a")] for text in texts]

    assert one.decoded(looks) == {}


def test_a_value_that_nobody_could_read() -> None:
    for seed in range(20):
        one = block("applications", seed)
        spot = random.Random(seed).choice(sorted(one.paper))
        for unread in (None, "l2?"):
            one.read[spot] = unread
            proof = judge(one.form, one.form.blocks[0], one.ways, one.paper)
            expected = {spot: one.paper[spot]} if spot in proof.proven else {}
            assert texts_of(one.decoded(one.eyes())) == expected
            assert one.decoded(lambda cells: [()] * len(cells)) == {}


@pytest.mark.parametrize("blank", ["", "-", "/"])
def test_a_blank_stays_a_blank(blank: str) -> None:
    one = block("applications", 5)
    spot = next(spot for spot, text in one.paper.items() if text != "0" and spot[1] < 6)
    one.read[spot] = one.paper[spot] = blank
    assert one.decoded(one.eyes()) == {}


def test_ink_that_was_overlooked() -> None:
    one = block("applications", 5)
    spot = next(spot for spot, text in one.paper.items() if text != "0" and spot[1] < 6)
    one.read[spot] = ""
    assert texts_of(one.decoded(one.eyes())) == {spot: one.paper[spot]}


def test_a_total_that_was_overlooked_is_no_total_left_out() -> None:
    one = block("applications", 5)
    spot = next(spot for spot, text in one.paper.items() if text != "0" and spot[1] == 6)
    one.read[spot] = ""
    assert texts_of(one.decoded(one.eyes())) == {spot: one.paper[spot]}
    one.paper[spot] = ""
    assert one.decoded(one.eyes()) == {}


def test_a_lost_value_that_no_sum_proves() -> None:
    one = block("review", 3)
    for spot in one.paper:
        one.paper[spot] = one.read[spot] = "0"
    one.read[0, 2] = None
    assert one.decoded(one.eyes()) == {}
    assert texts_of(one.result(one.eyes()).reread) == {(0, 2): "0"}
    assert one.result(lambda cells: [()] * len(cells)).reread == {}


def test_a_lost_value_beside_a_wrong_one() -> None:
    """Two values run together in the first cell: its neighbour is lost, and the sum lacks a value until it is read."""
    one = block("applications", 5)
    row = max(range(2, 20), key=lambda row: int(one.paper[row, 0] or 0))
    one.read[row, 0] = f"{one.paper[row, 0]}{one.paper[row, 1]}"
    one.read[row, 1] = None
    assert texts_of(one.decoded(one.eyes())) == {(row, 0): one.paper[row, 0], (row, 1): one.paper[row, 1]}


def test_a_speck_read_as_a_number_is_taken_back() -> None:
    one = block("applications", 5)
    spot = next(spot for spot, text in one.paper.items() if text == "0" and 2 <= spot[0] < 20 and spot[1] < 6)
    one.paper[spot], one.read[spot] = "", "1"
    assert texts_of(one.decoded(one.eyes())) == {spot: ""}


def test_a_row_that_slipped_by_one_place() -> None:
    one = block("applications", 8)
    row = max(range(2, 20), key=lambda row: sum(one.paper[row, col] != "0" for col in range(7)))
    for col in range(1, 7):
        one.read[row, col] = one.paper[row, col - 1]
    one.read[row, 0] = None
    moved = {(row, col): one.paper[row, col] for col in range(7) if one.read[row, col] != one.paper[row, col]}
    assert len(moved) > 2
    assert texts_of(one.decoded(one.eyes())) == moved


def test_figures_that_were_lost_and_are_misread_alike_are_not_proved() -> None:
    """In a report with one application each figure on its way is the same, and a 1 may always look like a 7."""
    one = block("applications", 5)
    ways = [way[-1].key or way[-1].label for way in one.ways]
    for spot in one.paper:
        one.paper[spot] = one.read[spot] = "0"
    own = {(row, col) for row in (0, ways.index("granted"), ways.index("handled")) for col in (0, 6)}
    one.paper |= dict.fromkeys(own, "1")
    one.read |= dict.fromkeys(own)

    def looks(cells: Sequence[Cell]) -> Sequence[Sequence[Sight]]:
        wrong = dict.fromkeys(own, "7")
        texts = [wrong.get((cell.row, cell.col), one.paper[cell.row, cell.col]) or "" for cell in cells]
        return [[Sight(text=text, confidence=1.0, view=view) for view in "abcde"] for text in texts]

    result = one.result(looks)
    assert result.made == {}
    assert texts_of(result.reread) == dict.fromkeys(own, "7")


def test_a_reading_to_prove_takes_no_suspicion_away() -> None:
    """The total misread as 8 fits what its lost term was read as."""
    one = block("applications", 8)
    row = next(row for row in range(2, 20) if all(one.paper[row, col] == "0" for col in range(7)))
    one.read[row, 6], one.read[row, 4] = "8", None

    def looks(cells: Sequence[Cell]) -> Sequence[Sequence[Sight]]:
        return [[Sight(text="8" if cell.row == row else cell.text or "", confidence=0.6, view="a")] for cell in cells]

    result = one.result(looks)
    assert result.made == {}
    assert (row, 6) in result.verdict.suspect


def test_a_number_in_pieces_is_made_one() -> None:
    one = block("applications", 5)
    spot = max(one.paper, key=lambda spot: int(one.paper[spot] or 0))
    text = one.paper[spot] or ""
    one.read[spot] = f"{text[0]} {text[1:]}"
    assert texts_of(one.decoded(one.eyes())) == {spot: text}
    assert one.decoded(lambda cells: [()] * len(cells)) == {}


def test_figures_that_were_misread_alike_prove_nothing() -> None:
    """1 + 0 + 0 + 0 = 1 in both looks and on paper 4: what was lost is read as the total was, and the sum holds."""
    one = block("review", 3)
    for spot in one.paper:
        one.paper[spot] = one.read[spot] = "4" if spot[1] in (0, 4) else "0"
    one.read[0, 0], one.read[0, 4] = None, "1"

    def looks(cells: Sequence[Cell]) -> Sequence[Sequence[Sight]]:
        return [[Sight(text="1", confidence=1.0, view=view) for view in "abcde"] for _ in cells]

    result = one.result(looks)
    assert result.made == {}
    assert texts_of(result.reread) == {(0, 0): "1"}
    assert (0, 4) not in result.verdict.proven


def scanned(tmp_path: Path, lost: Collection[tuple[int, int]]) -> Table:
    """Table 3 as if it had been read off a picture, with some cells past reading."""
    file = tmp_path / "report.docx"
    file.write_bytes(render_docx(make_report("bad", "2021"), DocxStyle()))
    (found,) = (table for table in read(file).tables if table.form == "annual-report-2021/applications")
    cells = (
        replace(cell, origin="ocr", text=None if (cell.row, cell.col) in lost else cell.text) for cell in found.cells
    )
    (table,) = with_forms([replace(found, cells=tuple(cells))], {})[0]
    assert isinstance(table, Table)
    return table


def test_in_a_block_that_was_badly_read_two_readings_are_not_enough(tmp_path: Path) -> None:
    """Each row and each column lacks a value, so that no sum can be judged."""
    sound = scanned(tmp_path, [])
    some = scanned(tmp_path, [(3, 3)])
    many = scanned(tmp_path, [(row, 3 + (row - 3) % 7) for row in range(3, 28)])
    assert "doubtful" not in {record.unproved for record in (*sound.records, *some.records)}
    assert {record.unproved for record in some.records} >= {"lost", "not-judged"}
    assert {record.unproved for record in many.records} - {None} == {"lost", "doubtful"}
