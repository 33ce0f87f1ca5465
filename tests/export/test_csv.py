"""CSV: one row a record, every field as it was, whatever characters are in it."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

from hypothesis import given

from gxextract.document import Document
from gxextract.export import CSV_COLUMNS, csv_rows, to_csv
from tests.samples import DOCUMENT
from tests.strategies import documents


def read_back(text: str) -> list[list[str]]:
    """The rows as another program reads them from a file's bytes."""
    return list(csv.reader(io.TextIOWrapper(io.BytesIO(text.encode("utf-8")), encoding="utf-8", newline="")))


def test_columns_are_those_of_the_contract() -> None:
    assert " ".join(CSV_COLUMNS) == (
        "path sha256 agency year form table row_path column_path text value check page left top right bottom "
        "origin confidence"
    )


def test_the_rows_of_a_document() -> None:
    header, first, lost, third = read_back(to_csv([DOCUMENT]))
    assert header == list(CSV_COLUMNS)
    start = ["青柳县/2023.pdf", "a" * 64, "青柳县人民政府", "2023"]
    applications = [*start, "annual-report-2021/applications", "t1", "一、本年新收"]
    assert first == [
        *applications,
        *("申请人情况 / 自然人", "12", "12", "unchecked", "2", "200.0", "80.13", "240.0", "96.0", "ocr", "0.75"),
    ]
    assert lost == [*applications, "申请人情况 / 总计", "", "", "flagged", "2", "", "", "", "", "ocr", ""]
    assert third == [
        *(*start, "", "t2", "规章\n（含修订）", "数量", "-0.5", "-0.5", "unchecked", "", "", "", "", "", "markup", "")
    ]


def test_no_documents_are_a_header() -> None:
    assert read_back(to_csv([])) == [list(CSV_COLUMNS)]


@given(documents())
def test_every_field_survives(document: Document) -> None:
    rows = list(csv_rows(document))
    assert read_back(to_csv([document]))[1:] == [list(row) for row in rows]
    assert len(rows) == sum(len(table.records) for table in document.tables)
    for row, record in zip(rows, (record for table in document.tables for record in table.records), strict=True):
        assert row[CSV_COLUMNS.index("text")] == (record.text or "")
        assert row[CSV_COLUMNS.index("row_path")] == " / ".join(record.row_path)


def test_a_path_that_is_no_unicode_is_written_out() -> None:
    document = replace(DOCUMENT, source=replace(DOCUMENT.source, path="报告\udcff.pdf"))
    assert read_back(to_csv([document]))[1][0] == r"报告\udcff.pdf"
