"""The bench of decoding puts in what it says, and counts what became of it."""

from __future__ import annotations

import random
from unittest.mock import patch

import numpy as np
import pytest

from bench import decoding_pages, decoding_slips
from bench.decoding_count import changed, counted, failures, true_texts, undone
from bench.decoding_pages import Memory, Misread, Remembered, author_errs, misreading
from bench.decoding_simulated import simulated, spent
from bench.decoding_slips import SLIPS, Grid, grids_of, misread_values
from bench.decoding_table import Line, printed
from bench.scan_engines import as_document
from fixtures.report import FormTable, make_report
from fixtures.truth import truth_of
from gxextract.document import Cell, Part, value_of
from gxextract.marks import Sight
from gxextract.ocr import NullEngine
from gxextract.tables import Grid as ReadGrid

ROW = Grid(
    texts={(5, 2): "12", (5, 3): "0", (5, 4): "7"}, boxes={(5, col): (col, 5.0, col + 1, 6.0) for col in (2, 3, 4)}
)


def html_of(table: FormTable) -> str:
    rows: dict[int, str] = dict.fromkeys(range(table.rows), "")
    for cell in table.cells:
        rows[cell.row] += f'<td rowspan="{cell.row_span}" colspan="{cell.col_span}">{cell.text}</td>'
    return "<table>" + "".join(f"<tr>{row}</tr>" for row in rows.values()) + "</table>"


@pytest.mark.parametrize("kind", list(SLIPS))
def test_every_slip_changes_what_was_read(kind) -> None:
    for number in range(20):
        change = kind(random.Random(number), ROW, (5, 2))
        assert any(ROW.texts[place] != text for place, text in change.items())
        assert all(place in ROW.texts for place in change)


def test_slips_that_take_the_neighbours_with_them() -> None:
    rng = random.Random(0)
    assert decoding_slips.moved(rng, ROW, (5, 2)) == {(5, 2): "", (5, 3): "12"}
    assert decoding_slips.shifted(rng, ROW, (5, 2)) == {(5, 2): "", (5, 3): "12", (5, 4): "0"}
    assert decoding_slips.joined(rng, ROW, (5, 3)) in ({(5, 3): "07", (5, 4): ""}, {(5, 3): "0 7", (5, 4): ""})
    assert decoding_slips.joined(rng, ROW, (5, 4)) == {(5, 4): None}, "nothing stands beside the last"


def test_a_lost_value_is_doubtful_and_an_unseen_one_is_not() -> None:
    slips = [slip for seed in range(300) for slip in misread_values(random.Random(seed), [ROW], 1).values()]
    assert {slip.doubtful for slip in slips if slip.text is None} == {True}
    assert {slip.doubtful for slip in slips if slip.text == ""} == {False}
    assert {slip.doubtful for slip in slips if slip.text} == {True, False}


def test_every_slip_changes_the_sums() -> None:
    texts = {ROW.boxes[place]: text for place, text in ROW.texts.items()}
    for seed in range(300):
        slips = misread_values(random.Random(seed), [ROW], 1)
        assert not any(slip.text == "" and texts[box] == "0" for box, slip in slips.items())
        assert all(slip.text is None or slip.text != texts[box] for box, slip in slips.items())
        assert all(slip.doubtful for slip in slips.values() if slip.text != "" and value_of(slip.text) is None)


def test_cells_are_misread_by_their_place_and_only_for_a_while() -> None:
    here, there = (Part(page=1, box=(left, 0.0, left + 9.0, 9.0)) for left in (0.0, 9.0))
    cells = (Cell(row=0, col=0, text="3", parts=(here,)), Cell(row=0, col=1, text="3", parts=(there,)))
    grid = ReadGrid(rows=1, cols=2, cells=cells, evidence="ruled")
    with patch.object(decoding_pages.scan_module, "second_look", lambda grid: grid):
        with misreading({(9.0, 0.0, 18.0, 9.0): Misread(text="8", doubtful=True)}):
            left, right = decoding_pages.scan_module.second_look(grid).cells
        assert (left, right.text, right.doubtful, right.origin) == (cells[0], "8", True, "ocr")
        assert decoding_pages.scan_module.second_look(grid) is grid


def test_engines_are_asked_once_about_the_same_pixels() -> None:
    asked = []

    class Asked(NullEngine):
        def read(self, crops):
            asked.append(len(crops))
            return [("7", 0.5)] * len(crops)

    engine = Remembered(Asked(), Memory())
    one, other = (np.full((4, 4, 3), level, dtype=np.uint8) for level in (1, 2))
    assert engine.read([one]) == engine.read([one]) == [("7", 0.5)]
    assert engine.read([one, other]) == [("7", 0.5)] * 2
    assert engine.read([other]) == [("7", 0.5)]
    assert asked == [1, 2, 1]


@pytest.mark.parametrize("wrong", [1, 2])
def test_an_author_who_errs_breaks_sums_and_the_truth_is_what_is_printed(wrong) -> None:
    for number in range(6):
        sound = make_report(f"errs/{number}", ("2021", "2019")[number % 2])
        report = author_errs(number, wrong)(sound)
        pairs = [
            pair
            for tables in zip(sound.tables, report.tables, strict=True)
            for pair in zip(*(table.values for table in tables), strict=True)
        ]
        assert 1 <= sum(one.text != other.text for one, other in pairs) <= wrong
        document = as_document([html_of(table) for table in report.tables[1:]])
        was = true_texts(truth_of(sound, "scan", (1, 2)))
        count = counted(document, truth_of(report, "scan", (1, 2)))
        assert count.right == count.values > 170
        if wrong == 1:
            (erred,) = [
                path for path, text in true_texts(truth_of(report, "scan", (1, 2))).items() if was[path] != text
            ]
            assert counted(document, truth_of(report, "scan", (1, 2)), errors={erred}).errors_flagged == 1
            assert any(problem["code"] == "identity-violated" for problem in document["problems"])


@pytest.fixture
def read() -> dict:
    return as_document([html_of(table) for table in make_report("decoded", "2021").tables[1:]])


@pytest.fixture
def truth() -> dict:
    return truth_of(make_report("decoded", "2021"), "scan", (1, 2))


def change(document: dict, at: int, before: str, after: str, *, check: str = "repaired") -> tuple[str, ...]:
    """Makes value ``at`` of table 3 one that decoding changed, and gives its place."""
    table = next(block for block in document["blocks"] if block["kind"] == "table")
    record = table["records"][at]
    (cell,) = [cell for cell in table["cells"] if [cell["row"], cell["col"]] == record["cell"]]
    repair = {"fixer": "sums", "start": 0, "before": before, "after": after, "evidence": "two looks"}
    cell |= {"text": after, "repairs": [repair], "box": [1.0, 2.0, 3.0, 4.0]}
    record |= {"text": after, "check": check, "value": int(after)}
    return record["text"]


def test_what_was_mended_spoilt_and_swapped_is_told_apart(read, truth) -> None:
    texts = [record["text"] for block in read["blocks"] for record in block.get("records", ())]
    change(read, 3, texts[3] + "1", texts[3])
    change(read, 4, texts[4], texts[4] + "1")
    change(read, 5, texts[5] + "1", texts[5] + "7")
    change(read, 6, "", texts[6], check="flagged")
    assert [each.what for each in changed(read, truth)] == ["mended", "spoilt", "swapped", "mended"]
    count = counted(read, truth)
    assert (count.changed, count.proved, count.mended, count.spoilt, count.swapped) == (4, 3, 2, 1, 1)
    assert (count.right_before, count.right) == (count.values - 3, count.values - 2)
    assert (count.wrong_before, count.wrong, count.missing_before, count.missing) == (2, 2, 1, 0)
    assert (count.unflagged_before, count.unflagged) == (0, 2)
    assert count.flagged_before - count.flagged == 3
    assert undone(undone(read)) == undone(read)


def test_only_what_went_wrong_is_told_with_what_was_seen_of_it(read, truth) -> None:
    texts = [record["text"] for block in read["blocks"] for record in block.get("records", ())]
    assert list(failures(read, truth, {})) == []
    change(read, 3, texts[3] + "1", texts[3])
    assert list(failures(read, truth, {})) == []
    change(read, 4, texts[4], texts[4] + "1")
    sights = {(1.0, 2.0, 3.0, 4.0): [Sight(text="38", confidence=0.4, view="close")]}
    (line,) = failures(read, truth, sights)
    assert line.startswith("spoilt: ")
    assert "close '38' 0.40" in line
    assert "two looks" in line


def test_grids_hold_the_values_that_were_read(read) -> None:
    for table in (block for block in read["blocks"] if block["kind"] == "table"):
        for cell in table["cells"]:
            cell["box"] = [cell["col"], cell["row"], cell["col"] + 1, cell["row"] + 1]
    assert [len(grid.texts) for grid in grids_of(read)] == [175, 15]


def test_the_table_has_a_line_a_name_and_all_last(read, truth) -> None:
    assert Line("slips", "1 slip", "all").names == ("1 slip", "all")
    count = counted(read, truth, 3.0)
    lines = list(printed("slips", {"all": count + count, "1 slip": count}))
    assert len({line.count("|") for line in lines}) == 1
    assert lines[2].startswith("| 1 slip | 1 | 190 | 190 |")
    assert lines[3].startswith("| all | 2 | 380 | 380 |")


def test_times_are_told_for_each_number_of_wrong_values() -> None:
    assert sum("| 3 | 2 |" in line for line in spent(2, seed=1)) == 2


def test_looks_that_err_now_and_then_spoil_nothing_and_help() -> None:
    _, _, line, *_ = simulated(40, seed=5)
    hard, _, reports, misread, mended, spoilt, swapped, unflagged = cells(line)
    assert (hard, reports, spoilt, swapped, unflagged) == ("1%", "40", "0", "0", "0")
    assert 0 < int(misread) / 3 < int(mended) <= int(misread)


def cells(line: str) -> list[str]:
    return [text.strip() for text in line.strip("|").split("|")]
