"""CSV: one row a record, every field as it was, whatever characters are in it, and a blank apart from what is lost."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest
from hypothesis import given

from gxextract.document import Document
from gxextract.export import CSV_COLUMNS, csv_lines, to_csv
from gxextract.export.csv import CSV_TYPES
from tests.samples import DOCUMENT, PLAIN
from tests.strategies import documents


def read_back(text: str) -> list[list[str]]:
    """The rows as another program reads them from a file's bytes."""
    return list(csv.reader(io.TextIOWrapper(io.BytesIO(text.encode("utf-8")), encoding="utf-8", newline="")))


def test_columns_are_those_of_the_contract() -> None:
    assert " ".join(CSV_COLUMNS) == (
        "path sha256 agency year form table row_path column_path text value check page left top right bottom "
        "origin confidence"
    )


def test_the_lines_of_a_document() -> None:
    header, first, lost, third, end = to_csv([DOCUMENT]).split("\r\n")
    assert header == ",".join(CSV_COLUMNS)
    start = f'"青柳县/2023.pdf","{"a" * 64}","青柳县人民政府",2023'
    applications = f'{start},"annual-report-2021/applications","t1","一、本年新收"'
    assert first == f'{applications},"申请人情况 / 自然人","12",12,"unchecked",2,200.0,80.13,240.0,96.0,"ocr",0.75'
    assert lost == f'{applications},"申请人情况 / 总计",,,"flagged",2,,,,,"ocr",'
    assert third == f'{start},,"t2","规章\n（含修订）","数量","-0.5",-0.5,"unchecked",,,,,,"markup",'
    assert end == ""


@pytest.mark.parametrize(
    ("text", "field", "why"),
    [
        ("", '""', "blank"),
        (None, "", "lost"),
        ("001", '"001"', "a number as printed is a text"),
        ("NA", '"NA"', "a word that some readers take for nothing"),
        ('甲"乙"', '"甲""乙"""', "quotes are doubled"),
        ("甲,\r\n乙", '"甲,\r\n乙"', "commas and line breaks stay"),
    ],
)
def test_how_a_text_is_written(text: str | None, field: str, why: str) -> None:
    table = replace(PLAIN, records=(replace(PLAIN.records[0], text=text),))
    (line,) = csv_lines(replace(DOCUMENT, blocks=(table,)))
    assert f'"数量",{field},' in line, why


def test_no_documents_are_a_header() -> None:
    assert read_back(to_csv([])) == [list(CSV_COLUMNS)]


@given(documents())
def test_every_field_survives(document: Document) -> None:
    rows = [dict(zip(CSV_COLUMNS, row, strict=True)) for row in read_back(to_csv([document]))[1:]]
    records = [record for table in document.tables for record in table.records]
    assert len(list(csv_lines(document))) == len(rows) == len(records)
    for row, record in zip(rows, records, strict=True):
        assert row["text"] == (record.text or "")
        assert row["row_path"] == " / ".join(record.row_path)
        assert row["value"] == ("" if record.value is None else str(record.value))
        for name, kind in CSV_TYPES.items():
            assert not row[name] or kind(row[name]) is not None


def test_a_path_that_is_no_unicode_is_written_out() -> None:
    document = replace(DOCUMENT, source=replace(DOCUMENT.source, path="报告\udcff.pdf"))
    assert read_back(to_csv([document]))[1][0] == r"报告\udcff.pdf"
