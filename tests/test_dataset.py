"""Each line that docs/dataset.md tells readers to use is run, on a dataset that misleads whoever guesses types."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import polars as pl
import pytest

from gxextract.document import Cell, Document, Metadata, Part, Record, Source, Table
from gxextract.export import CSV_COLUMNS, csv_lines, to_csv
from gxextract.export.csv import CSV_TYPES
from gxextract.export.parquet import parquet_rows

PAGE = (Path(__file__).resolve().parent.parent / "docs/dataset.md").read_text("utf-8")
BLOCKS: dict[str, list[tuple[str, str]]] = {
    section.partition("\n")[0]: re.findall(r"```(sql|python)\n(.*?)```", section, re.DOTALL)
    for section in PAGE.split("\n## ")[1:]
}

PLAIN_ROWS = 30_000
"""More than any of the three looks at before it settles on types."""
MISLEADING = [
    *("减2", "12.5", "", None, "001", "1,234", "-0.5", "1e5", "12345678901234567890", " 7 ", "0.10"),
    *("NA", "N/A", "nan", "NaN", "null", "NULL", "None", "inf", "true", "2023-01-01", "-", "/", "无"),
    *("甲\n乙", "甲\r\n乙", "甲\r乙", "甲\u2028乙", "\ufeff甲", "\ufffd", "𠮷", "\t", " ", "#甲", ";", "\\", '\\"'),
    *('"', '""', '甲"乙', "'", ",", '",\r\n"', "\r\n"),
]


def document(texts: list[str | None], *, path: str, **known: Any) -> Document:
    """One table of one column; ``known`` is what the document says of itself."""
    cells, records = [], []
    for row, text in enumerate(texts):
        part = Part(page=row + 1, box=(90.0, 1 / 3, 100.25, 120.0))
        cells.append(
            Cell(row=row, col=0, text=text, origin="ocr" if known else "markup", parts=(part,) if known else ())
        )
        check = "flagged" if text is None else "verified" if text == "12.5" else "unchecked"
        path_of = (("一、本年新收",), ("2023", f"第{row}列")) if known else ((), ("2023",))
        records.append(Record(row_path=path_of[0], column_path=path_of[1], text=text, check=check, cell=(row, 0)))
    return Document(
        source=Source(path=path, sha256="1" * 64, size=1, format="pdf"),
        title=None,
        metadata=Metadata(**known),
        pages=(),
        blocks=(
            Table(
                id="t1",
                rows=len(texts),
                cols=1,
                cells=tuple(cells),
                records=tuple(records),
                evidence="ruled",
                form="annual-report-2021/applications" if known else None,
            ),
        ),
        problems=(),
    )


DOCUMENTS = [
    document([str(row % 50) for row in range(PLAIN_ROWS)], path="2023"),
    document(MISLEADING, path='青柳县/"2023",年报.pdf', agency="青柳县人民政府", year=2023),
    document(["", None, "3"], path="NA", agency="NA", year=2022),
]


def expected() -> Iterator[tuple[Any, ...]]:
    for each in DOCUMENTS:
        (table,) = each.tables
        for cell, record in zip(table.cells, table.records, strict=True):
            yield (
                *(each.source.path, each.source.sha256, each.metadata.agency, each.metadata.year, table.form, table.id),
                *(" / ".join(record.row_path), " / ".join(record.column_path), record.text, record.value, record.check),
                *(cell.page, *((90.0, 0.33, 100.25, 120.0) if cell.box else (None,) * 4), cell.origin, cell.confidence),
            )


EXPECTED = list(expected())


@pytest.fixture(autouse=True, scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The two files of a run, in the folder where the lines are run."""
    folder = tmp_path_factory.mktemp("out")
    (folder / "records.csv").write_bytes(to_csv(DOCUMENTS).encode())
    with (folder / "records.parquet").open("wb") as file, parquet_rows(file) as add:
        for each in DOCUMENTS:
            add("".join(csv_lines(each)).encode())
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.chdir(folder)
        yield


def ran(block: tuple[str, str]) -> Any:
    """What a block of the page leaves: the answer of SQL, or what is called ``values``."""
    language, code = block
    if language == "sql":
        return duckdb.sql(code).pl()
    namespace: dict[str, Any] = {}
    exec(code, namespace)
    return namespace["values"]


def rows_of(frame: Any) -> tuple[list[str], list[tuple[Any, ...]]]:
    """Names and rows, whatever the library calls a null."""
    if isinstance(frame, pl.DataFrame):
        return frame.columns, frame.rows()
    plain = frame.astype(object).where(frame.notna(), None)
    return list(plain.columns), list(plain.itertuples(index=False, name=None))


@pytest.mark.parametrize(
    "block", BLOCKS["Reading the CSV"] + BLOCKS["Reading Parquet"], ids=lambda each: each[1].splitlines()[0][:40]
)
def test_what_is_written_is_read(block: tuple[str, str]) -> None:
    names, rows = rows_of(ran(block))
    cannot_tell = "pd.read_csv" in block[1]
    texts = [name for name, kind in CSV_TYPES.items() if kind is str]
    assert names == list(CSV_COLUMNS)
    assert len(rows) == len(EXPECTED)
    for row, wanted in zip(rows, EXPECTED, strict=True):
        if cannot_tell:
            wanted = tuple(field or "" if name in texts else field for name, field in zip(names, wanted, strict=True))
        assert row == wanted
        assert all(isinstance(field, str) for name, field in zip(names, row, strict=True) if name in texts and field)


def test_every_library_has_a_line_for_each_file() -> None:
    for section in ("Reading the CSV", "Reading Parquet"):
        lines = [code for _, code in BLOCKS[section]]
        assert [
            next((name for name in ("import polars", "import pandas") if name in code), "SQL") for code in lines
        ] == [*("SQL", "import polars", "import pandas")]


def test_the_columns_are_listed_in_their_order_with_their_types() -> None:
    table = re.findall(r"^\| (`[a-z0-9_`, ]+) \| ([a-z, ]+) \|", PAGE, re.MULTILINE)
    assert [name for names, _ in table for name in re.findall(r"`(\w+)`", names)] == list(CSV_COLUMNS)
    words = {str: "text", int: "whole number", float: "number"}
    for names, kinds in table:
        listed = [CSV_TYPES[name] for name in re.findall(r"`(\w+)`", names)]
        said = [kind.strip().removesuffix("s") for kind in kinds.split(",")]
        assert dict.fromkeys(words[kind] for kind in listed) == dict.fromkeys(said)


def test_the_share_of_proved_values() -> None:
    shares = {agency: (total, proved) for agency, total, proved in ran(BLOCKS["Three questions"][0]).rows()}
    assert shares == {
        None: (PLAIN_ROWS, 0.0),
        "NA": (3, 0.0),
        "青柳县人民政府": (len(MISLEADING), round(1 / len(MISLEADING), 3)),
    }


def test_what_is_to_be_looked_at() -> None:
    found = ran(BLOCKS["Three questions"][1]).rows()
    assert found == [
        ('青柳县/"2023",年报.pdf', 4, "一、本年新收", "2023 / 第3列", None),
        ("NA", 2, "一、本年新收", "2023 / 第1列", None),
    ]


def test_the_wide_table() -> None:
    wide = ran(BLOCKS["Three questions"][2])
    assert list(wide.index) == [("NA", "t1", "一、本年新收"), ('青柳县/"2023",年报.pdf', "t1", "一、本年新收")]
    assert wide["2023 / 第1列"].tolist()[1] == 12.5
    assert pd.isna(wide["2023 / 第1列"].tolist()[0]), "it was lost"
    assert wide["2023 / 第2列"].tolist()[0] == 3


def test_two_values_of_one_place_are_not_merged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (table,) = DOCUMENTS[2].tables
    twice = replace(table, records=(table.records[2], table.records[2]))
    with (tmp_path / "records.parquet").open("wb") as file, parquet_rows(file) as add:
        add("".join(csv_lines(replace(DOCUMENTS[2], blocks=(twice,)))).encode())
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ValueError, match="duplicate entries"):
        ran(BLOCKS["Three questions"][2])


def test_the_short_lines_read_the_numbers(tmp_path: Path) -> None:
    """They guess types from what they see, so the number that breaks a guess stands late."""
    texts = [str(row % 50) for row in range(500)] + ["减2", "12.5", "", None]
    file = tmp_path / "records.csv"
    report = document(texts, path="2023", agency="青柳县人民政府", year=2023)
    report = replace(report, source=replace(report.source, sha256="0123456789abcdef" * 4))
    file.write_bytes(to_csv([report]).encode())
    section = PAGE.partition("## At a glance")[2].partition("\n## ")[0]
    pandas_line, polars_line, duckdb_line = re.findall(r"`([^`]*records\.csv[^`]*)`", section)
    numbers = [float(text) if text and text != "减2" else None for text in texts]
    from_pandas = eval(pandas_line.replace("records.csv", str(file)), {"pd": pd})["value"]
    assert [None if pd.isna(number) else number for number in from_pandas] == numbers
    assert eval(polars_line.replace("records.csv", str(file)), {"pl": pl})["value"].to_list() == numbers
    rows = duckdb.sql(f"select value from ({duckdb_line.replace('records.csv', str(file))})").fetchall()
    assert [number for (number,) in rows] == numbers
