"""What the sums say of whole files, in three kinds of file: a wrong figure, totals left blank, strokes for zeros."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

import gxextract
from fixtures.pdf_text import FontError, register_fonts
from fixtures.recipes import LINED
from fixtures.render_docx import DocxStyle, render_docx
from fixtures.render_flat import render_flat
from fixtures.render_pdf import render_pdf
from fixtures.report import FormTable, Report, Value, make_report
from gxextract import Document, Record

SEED = "judged/1"
TOTAL = "总计"


def changed(report: Report, new_text: Callable[[Value], str]) -> Report:
    """``report`` with other figures in table 3."""

    def of(table: FormTable) -> FormTable:
        if not table.form.endswith("applications"):
            return table
        texts = {value.cell: new_text(value) for value in table.values}
        cells = tuple(replace(cell, text=texts.get((cell.row, cell.col), cell.text)) for cell in table.cells)
        return replace(table, cells=cells)

    sections = tuple(replace(section, tables=tuple(map(of, section.tables))) for section in report.sections)
    return replace(report, sections=sections)


def _pdf(report: Report) -> bytes:
    try:
        register_fonts()
    except FontError as error:
        pytest.skip(str(error))
    return render_pdf(report, LINED)[0]


WRITERS: dict[str, Callable[[Report], bytes]] = {
    ".docx": lambda report: render_docx(report, DocxStyle()),
    ".txt": lambda report: render_flat(report, "tabs"),
    ".pdf": _pdf,
}


def _read(report: Report, file: Path) -> Document:
    file.write_bytes(WRITERS[file.suffix](report))
    return gxextract.read(file)


@pytest.fixture(params=WRITERS)
def read(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[Report], Document]:
    return lambda report: _read(report, tmp_path / f"report{request.param}")


@cache
def short_report(zero: str = "0") -> Report:
    """A report with the table 3 of 23 rows."""
    return make_report(SEED, "2021", zero=zero, one_row_other=True)


def records(document: Document) -> list[Record]:
    return [record for table in document.tables if table.form for record in table.records]


def codes(document: Document) -> list[str]:
    return [problem.code for problem in document.problems]


def test_a_wrong_figure_of_the_short_table_is_flagged_alone(read: Callable[[Report], Document]) -> None:
    spot = next(
        value
        for table in short_report().tables
        for value in table.values
        if value.row_path[-1] == "（一）予以公开" and value.column_path[-1] == "自然人"
    )
    wrong = changed(short_report(), lambda value: str(int(value.text) + (value == spot)))
    document = read(wrong)
    flagged = [record for record in records(document) if record.check == "flagged"]
    assert [(record.row_path, record.column_path) for record in flagged] == [(spot.row_path, spot.column_path)]
    assert [record.text for record in flagged] == [str(int(spot.text) + 1)]
    assert set(codes(document)) == {"identity-violated"}
    assert {problem.severity for problem in document.problems} == {"info"}
    assert document.status == "ok"


def _without_totals(report: Report) -> Report:
    return changed(report, lambda value: "" if value.column_path[-1] == TOTAL else value.text)


@pytest.mark.parametrize("suffix", WRITERS)
def test_totals_left_blank_raise_no_alarm_and_stay_blank(suffix: str, tmp_path: Path) -> None:
    document = _read(_without_totals(short_report()), tmp_path / f"report{suffix}")
    assert not document.problems
    found = records(document)
    assert not [record for record in found if record.check == "flagged"]
    blank = [record for record in found if record.text == ""]
    assert len(blank) == sum(value.column_path[-1] == TOTAL for value in short_report().tables[1].values)
    assert {(record.value, record.check) for record in blank} == {(None, "unchecked")}


def test_totals_left_blank_where_blanks_look_like_padding_are_flagged(tmp_path: Path) -> None:
    """A row that is padded at its end may as well have lost one of its values before."""
    file = tmp_path / "report.txt"
    file.write_bytes(render_flat(_without_totals(short_report()), "pipes"))
    document = gxextract.read(file)
    assert set(codes(document)) == {"row-damaged", "value-missing"}
    paths = {(value.row_path, value.column_path) for value in short_report().tables[1].values}
    table = [record for record in records(document) if (record.row_path, record.column_path) in paths]
    assert len(table) == len(paths)
    assert {record.check for record in table} == {"flagged"}


def test_strokes_for_zeros_raise_no_alarm_and_hide_no_error(read: Callable[[Report], Document]) -> None:
    dashed = short_report("-")
    document = read(dashed)
    assert "identity-violated" not in codes(document)
    found = records(document)
    assert not [record for record in found if record.check == "flagged"]
    assert {record.value for record in found if record.text == "-"} == {None}
    assert any(record.check == "verified" for record in found)
    spot = next(value for value in dashed.tables[1].values if value.text == "-")
    wrong = read(changed(dashed, lambda value: "7" if value == spot else value.text))
    flagged = [(record.row_path, record.column_path) for record in records(wrong) if record.check == "flagged"]
    assert flagged == [(spot.row_path, spot.column_path)]
