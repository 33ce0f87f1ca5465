"""The table of scanned pages counts what it says, and a peer is charged for what it read and nothing else."""

from __future__ import annotations

import pytest

from bench.scan_engines import as_document
from bench.scans import Measured, report
from fixtures.report import FormTable, make_report
from fixtures.truth import truth_of
from tests.scorer import Score, score


def page(kind: str, ours: Score, seconds: float = 3.0, **more) -> Measured:
    return Measured(kind=kind, ours=ours, flagged=1, seconds=seconds, bare_seconds=2.0, **more)


def cells(line: str) -> list[str]:
    return [text.strip() for text in line.strip("|").split("|")]


def test_pages_of_a_kind_are_added_and_times_are_ratios():
    most = Score(values=1000, right=999, wrong=1, wrong_and_unflagged=1)
    lines = list(report([page("noise", most), page("noise", most, 4.0), page("seal", Score(values=10, right=10))]))
    assert len({len(cells(line)) for line in lines}) == 1
    assert cells(lines[2]) == ["noise", "2000", "99.9 % (1998)", "2", "2", "0", "1.75 ×"]
    assert cells(lines[-1])[:3] == ["all", "2010", "99.9 % (2008)"]


def test_only_all_of_them_are_a_hundred_per_cent():
    (line,) = [line for line in report([page("seal", Score(values=10000, right=9999))]) if "seal" in line]
    assert "99.9 %" in line


def test_a_peer_stands_beside_ours():
    peer = Score(values=10, right=7, wrong=1, extra=1, missing=2)
    lines = list(report([page("seal", Score(values=10, right=10), peer=peer)]))
    assert cells(lines[2])[-3:] == ["70.0 %", "2", "2"]
    assert len({len(cells(line)) for line in lines}) == 1


def html_of(table: FormTable) -> str:
    rows: dict[int, str] = dict.fromkeys(range(table.rows), "")
    for cell in table.cells:
        rows[cell.row] += f'<td rowspan="{cell.row_span}" colspan="{cell.col_span}">{cell.text}</td>'
    return "<table>" + "".join(f"<tr>{row}</tr>" for row in rows.values()) + "</table>"


@pytest.mark.parametrize("edition", ["2021", "2019"])
def test_a_peer_that_reads_everything_has_everything_right(edition):
    made = make_report("a-peer", edition)
    counted = score(as_document([html_of(table) for table in made.tables[1:]]), truth_of(made, "scan", (1, 2)))
    assert counted.right == counted.values > 170
    assert counted.wrong_and_unflagged == 0


def test_a_peer_without_tables_has_nothing_right():
    truth = truth_of(make_report("a-peer", "2021"), "scan", (1, 2))
    counted = score(as_document([]), truth)
    assert (counted.right, counted.missing) == (0, counted.values)
