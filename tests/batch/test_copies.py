"""One report in several documents, told from several reports."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from fixtures.report import Report
from fixtures.years import make_years, with_figure, with_tables
from tests.batch.filed import LOST, found_in, told

REPORT = make_years("copies")[3]
STRANGER = replace(make_years("stranger")[3], agency=REPORT.agency)
VALUES = sum(len(table.values) for table in REPORT.tables)
ISSUED = 3
"""Of table 2, how many documents of the second kind were issued."""


def test_formats_that_agree_are_one_report(tmp_path: Path) -> None:
    (same,) = found_in(tmp_path, {"b.html": REPORT, "a.docx": REPORT, "c.txt": REPORT})
    assert (same.code, same.severity, same.years, same.agency) == ("same-report", "info", (2022,), REPORT.agency)
    assert same.documents == ("a.docx", "b.html", "c.txt")
    assert f"agree in all {VALUES} values" in same.message
    assert same.values == ()


def test_a_figure_that_differs_is_told_with_each_documents_text(tmp_path: Path) -> None:
    files = {"a.docx": REPORT, "b.html": with_figure(REPORT, 0, ISSUED, "77"), "c.txt": REPORT}
    (differ,) = found_in(tmp_path, files, checks={"b.html": "unchecked"})
    assert (differ.code, differ.severity, differ.documents) == ("formats-differ", "warning", tuple(sorted(files)))
    assert f"differ in 1 value of {VALUES}" in differ.message
    (value,) = differ.values
    assert value.where == "第二十条第（一）项 / 行政规范性文件 | 本年制发件数"
    printed = REPORT.tables[0].values[ISSUED].text
    assert [(figure.path, figure.text, figure.check) for figure in value.figures] == [
        ("a.docx", printed, "verified"),
        ("b.html", "77", "unchecked"),
        ("c.txt", printed, "verified"),
    ]


@pytest.mark.parametrize(
    ("text", "other"),
    [("0", ""), ("0", "-"), ("1234", "1,234"), ("12.5", "12.50"), ("３", "3"), ("见附件", "见 附件"), ("5", LOST)],
)
def test_what_is_written_in_another_way_does_not_differ(tmp_path: Path, text: str, other: str) -> None:
    files = {"a.docx": with_figure(REPORT, 0, ISSUED, text), "b.html": with_figure(REPORT, 0, ISSUED, other)}
    assert told(found_in(tmp_path, files)) == [("same-report", (2022,))]


@pytest.mark.parametrize(("text", "other"), [("0", "无此项"), ("12", "1.2"), ("见附件", "附件"), ("-3", "3")])
def test_what_is_something_else_differs(tmp_path: Path, text: str, other: str) -> None:
    files = {"a.docx": with_figure(REPORT, 0, ISSUED, text), "b.html": with_figure(REPORT, 0, ISSUED, other)}
    assert told(found_in(tmp_path, files)) == [("formats-differ", (2022,))]


def test_exact_copies_are_told_once_and_compared_with_nothing(tmp_path: Path) -> None:
    (copies,) = found_in(tmp_path, {"x/b.html": REPORT, "a.html": REPORT}, sha256="one")
    assert (copies.code, copies.severity, copies.documents) == ("duplicate", "info", ("a.html", "x/b.html"))


def test_copies_of_what_is_nobodys_report_are_copies_too(tmp_path: Path) -> None:
    page = replace(REPORT, agency="", year=0, sections=())
    (copies,) = found_in(tmp_path, {"a.html": page, "b.html": page}, sha256="one")
    assert (copies.code, copies.agency, copies.years) == ("duplicate", None, ())


def test_parts_that_share_nothing_are_not_compared(tmp_path: Path) -> None:
    parts = {"a.png": with_tables(REPORT, {0: None}), "b.png": with_tables(REPORT, {1: None, 2: None})}
    assert found_in(tmp_path, parts) == []


def test_part_of_a_report_is_compared_in_what_it_has(tmp_path: Path) -> None:
    (same,) = found_in(tmp_path, {"a.docx": REPORT, "annex.docx": with_tables(REPORT, {0: None, 1: None})})
    assert (same.code, same.documents) == ("same-report", ("a.docx", "annex.docx"))
    assert "agree in all 15 values" in same.message


def test_reports_with_little_in_common_are_several(tmp_path: Path) -> None:
    files = {"a.docx": REPORT, "b.html": REPORT, "c.docx": STRANGER}
    found = found_in(tmp_path, files)
    assert told(found) == [("reports-conflict", (2022,)), ("same-report", (2022,))]
    assert found[0].documents == ("a.docx", "b.html", "c.docx")
    assert found[0].severity == "warning"
    assert found[1].documents == ("a.docx", "b.html")


def test_a_report_read_with_many_faults_is_still_the_report(tmp_path: Path) -> None:
    misread = REPORT
    for at in range(0, 42, 7):
        misread = with_figure(misread, 1, at, "9999")
    (differ,) = found_in(tmp_path, {"a.docx": REPORT, "b.txt": misread})
    assert (differ.code, len(differ.values)) == ("formats-differ", 6)


def test_a_report_of_few_figures_is_not_made_two_by_a_wrong_one(tmp_path: Path) -> None:
    idle = REPORT
    for number, table in enumerate(REPORT.tables):
        for at in range(len(table.values)):
            idle = with_figure(idle, number, at, "0")
    assert told(found_in(tmp_path, {"a.docx": idle, "b.txt": with_figure(idle, 0, ISSUED, "3")})) == [
        ("formats-differ", (2022,))
    ]


def test_what_was_read_badly_and_says_so_makes_no_second_report(tmp_path: Path) -> None:
    found = found_in(tmp_path, {"a.docx": REPORT, "scan.png": STRANGER}, checks={"scan.png": "flagged"})
    assert told(found) == [("formats-differ", (2022,))]


@pytest.mark.parametrize(
    "other",
    [
        replace(REPORT, agency="青柳县林业局"),
        replace(REPORT, year=2023),
        with_tables(REPORT, {at: replace(table, form="harvest-1987/fruit") for at, table in enumerate(REPORT.tables)}),
    ],
    ids=["another agency", "another year", "another form"],
)
def test_other_documents_are_not_compared(tmp_path: Path, other: Report) -> None:
    codes = {finding.code for finding in found_in(tmp_path, {"a.docx": REPORT, "b.docx": other})}
    assert codes <= {"years-alike"}
