"""Parquet: the rows of the CSV, typed, in groups that no text is cut by."""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import Any

import pytest
from hypothesis import given
from pyarrow import parquet as pq

from gxextract.document import Document
from gxextract.export import CSV_COLUMNS, csv_lines, parquet
from gxextract.export.encode import encodable
from tests.samples import DOCUMENT
from tests.strategies import documents


def written(documents: Iterable[Document]) -> bytes:
    target = io.BytesIO()
    with parquet.parquet_rows(target) as add:
        for document in documents:
            add("".join(csv_lines(document)).encode())
    return target.getvalue()


def read_back(content: bytes) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = pq.read_table(io.BytesIO(content)).to_pylist()
    return rows


def test_the_types_are_the_same_whatever_is_in_it() -> None:
    of_none, of_one = (pq.read_schema(io.BytesIO(written(each))) for each in ([], [DOCUMENT]))
    assert of_none.equals(of_one)
    assert of_one.names == list(CSV_COLUMNS)
    types = {name: str(of_one.field(name).type) for name in ("path", "year", "text", "value", "page", "left")}
    assert types == {
        "path": "string",
        "year": "int64",
        "text": "string",
        "value": "double",
        "page": "int64",
        "left": "double",
    }


@given(documents())
def test_a_blank_and_a_lost_value_are_two_things(document: Document) -> None:
    rows = read_back(written([document]))
    records = [record for table in document.tables for record in table.records]
    assert [row["text"] for row in rows] == [
        None if record.text is None else encodable(record.text) for record in records
    ]
    assert [row["value"] for row in rows] == [record.value for record in records]


def test_a_text_stays_whole_wherever_a_group_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = ["甲\r\n乙" * count for count in (*range(1, 40), 500_000)]
    lines = [",".join(f'"{text}"' if name == "text" else "" for name in CSV_COLUMNS) + "\r\n" for text in texts]
    for most in (1, 100, 1000, 5000):
        monkeypatch.setattr(parquet, "ROW_GROUP_BYTES", most)
        target = io.BytesIO()
        with parquet.parquet_rows(target) as add:
            for line in lines:
                add(line.encode())
        assert [row["text"] for row in read_back(target.getvalue())] == texts
        assert pq.ParquetFile(target).num_row_groups > 1


def test_equal_lines_give_equal_bytes() -> None:
    assert written([DOCUMENT] * 3) == written([DOCUMENT] * 3)


def test_a_number_that_is_none_is_refused() -> None:
    line = ",".join("many" if name == "value" else "" for name in CSV_COLUMNS)
    with pytest.raises(ValueError, match="many"), parquet.parquet_rows(io.BytesIO()) as add:
        add(line.encode())


class FullDisk(io.BytesIO):
    def write(self, content: Any) -> int:
        raise OSError(28, "No space left on device")


def test_a_disk_that_is_full_is_said_so() -> None:
    with pytest.raises(OSError, match="No space left"), parquet.parquet_rows(FullDisk()) as add:
        add("".join(csv_lines(DOCUMENT)).encode())
