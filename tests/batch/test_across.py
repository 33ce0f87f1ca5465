"""Whole runs over reports of several years and formats: what is found across them, and where it is told."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from fixtures.render_docx import DocxStyle, render_docx
from fixtures.render_flat import render_flat
from fixtures.render_html import HtmlStyle, render_html
from fixtures.years import make_years, with_figure
from gxextract.batch.filings import Entry
from gxextract.batch.findings import Finding
from gxextract.batch.folder import Folder
from gxextract.batch.links import findings
from gxextract.batch.messages import READER
from gxextract.batch.report import report_html
from gxextract.batch.run import Summary
from gxextract.batch.status import status, status_text
from gxextract.batch.tally import SHOWN_OF_EACH, Tally
from gxextract.errors import OutputError
from tests.batch.filed import found_in

Go = Callable[..., Summary]
Seen = Callable[[Path], dict[str, object]]

LINKED = make_years("run")
ISSUED = 3


@pytest.fixture
def dump(tmp_path: Path) -> Path:
    """Four years as HTML, one of them with a wrong figure carried over and one missing before it; 2022 in two formats
    more, of which one has another figure; 2019 twice.
    """
    reports = make_years("run", missing={2020}, wrong_carry=2023)
    files = {f"{report.year}.html": render_html(report, HtmlStyle()) for report in reports}
    files["again/2019.html"] = files["2019.html"]
    files["2022.docx"] = render_docx(reports[-2], DocxStyle())
    files["2022.txt"] = render_flat(with_figure(reports[-2], 0, ISSUED, "77"), "pipes")
    for name, data in files.items():
        path = tmp_path / "dump" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return tmp_path / "dump"


def told_in(out: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (out / "findings.jsonl").read_text("utf-8").splitlines()]


def test_what_a_run_finds_across_its_documents(dump: Path, go: Go, tmp_path: Path) -> None:
    summary = go(dump, reader=READER)
    told = told_in(tmp_path / "out")
    assert [(each["code"], each["years"], each["documents"]) for each in told] == [
        ("duplicate", [2019], ["2019.html", "again/2019.html"]),
        ("year-missing", [2020], ["2019.html", "2021.html"]),
        ("formats-differ", [2022], ["2022.docx", "2022.html", "2022.txt"]),
        ("carry-over-differs", [2022, 2023], ["2022.docx", "2023.html"]),
    ]
    assert all(each["agency"] == LINKED[0].agency for each in told)
    (value,) = told[2]["values"]
    assert [figure["text"] for figure in value["figures"]] == [LINKED[3].tables[0].values[ISSUED].text] * 2 + ["77"]
    assert summary.exit_code == 0
    assert "; 3 findings across documents. See " in summary.in_words()
    assert status(tmp_path / "out") == summary.tally
    assert status_text(summary.tally).endswith(
        "found across documents (findings.jsonl):\n"
        "        1  carry-over-differs\n        1  formats-differ\n        1  year-missing"
    )
    page = (tmp_path / "out/report.html").read_text("utf-8")
    assert "<details open><summary>carry-over-differs: 1</summary>" in page
    assert "<details><summary>duplicate: 1</summary>" in page
    left = next(value.text for value in LINKED[3].tables[1].values[-7:])
    assert f"申请人情况 / 自然人: {left}, {int(left) + 1}" in page


def test_a_run_in_pieces_finds_the_same(dump: Path, go: Go, seen: Seen, tmp_path: Path) -> None:
    go(dump, "whole", reader=READER, jobs=1)
    go(dump, "pieces", reader=READER, limit=3)
    assert [each["code"] for each in told_in(tmp_path / "pieces")] == ["year-missing"]
    go(dump, "pieces", reader=READER, limit=2)
    go(dump, "pieces", reader=READER)
    assert seen(tmp_path / "pieces") == seen(tmp_path / "whole")
    assert len(told_in(tmp_path / "pieces")) == 4


def test_linked_years_read_from_files_say_nothing(go: Go, tmp_path: Path) -> None:
    (tmp_path / "dump").mkdir()
    for report in LINKED:
        (tmp_path / f"dump/{report.year}.txt").write_bytes(render_flat(report, "tabs"))
    assert go(tmp_path / "dump", reader=READER).tally.findings.total() == 0
    assert told_in(tmp_path / "out") == []


def test_records_that_are_damaged_end_the_run_with_a_word(tmp_path: Path) -> None:
    found_in(tmp_path, {"a": LINKED[0]})
    fragment = Folder(tmp_path).fragment("a")
    fragment.write_bytes(fragment.read_bytes()[:-40])
    with pytest.raises(OutputError, match="is damaged; remove it and run the same command again"):
        list(findings(Folder(tmp_path), [Entry("某局", 2019, "a", "a")]))


def test_damage_ends_a_run_that_writes_parquet_with_a_word(go: Go, dump: Path, tmp_path: Path) -> None:
    go(dump, reader=READER, formats=("json",))
    fragment = next((tmp_path / "out/.gxextract/records").rglob("*.csv"))
    fragment.write_bytes(fragment.read_bytes() + b"a,b\r\n")
    with pytest.raises(OutputError, match=r"are damaged .* run it again with --restart"):
        go(dump, reader=READER, formats=("json",), parquet=True)


def test_the_report_shows_a_part_and_escapes_it() -> None:
    tally = Tally()
    assert "<h2>Across documents</h2>\n<p>Nothing found.</p>" in report_html(tally)
    for number in range(SHOWN_OF_EACH + 7):
        tally.add_finding(
            Finding(
                code="duplicate",
                severity="info",
                agency="<b>",
                years=(number,),
                documents=tuple(f"{copy}.txt" for copy in range(20)),
                message="same & same",
            )
        )
    page = report_html(tally)
    assert "And 7 more, in findings.jsonl." in page
    assert page.count("same &amp; same") == SHOWN_OF_EACH
    assert "<td>&lt;b&gt;</td>" in page
    assert "7.txt; and 12 more</td>" in page
    assert (tally.findings.total(), tally.notes["duplicate"]) == (0, SHOWN_OF_EACH + 7)
