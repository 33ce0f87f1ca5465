"""Records as Parquet: the lines of ``records.csv`` once more, typed. Imported only where it is asked for."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from typing import BinaryIO

import pyarrow
from pyarrow import csv
from pyarrow.parquet import ParquetWriter

from .csv import CSV_COLUMNS, CSV_TYPES

ROW_GROUP_BYTES = 16 * 1024 * 1024
"""Of CSV, some 50,000 rows. The memory taken is a few times as much, however many rows there are."""

_ARROW_TYPES = {str: pyarrow.string(), int: pyarrow.int64(), float: pyarrow.float64()}
_SCHEMA = pyarrow.schema([(name, _ARROW_TYPES[kind]) for name, kind in CSV_TYPES.items()])


@contextlib.contextmanager
def parquet_rows(target: BinaryIO) -> Iterator[Callable[[bytes], None]]:
    """Makes ``target`` a Parquet file of all CSV lines that what is given is called with, whole lines at each call.

    Equal calls give equal bytes. pyarrow gets each row group as one block: where a block ends within a CR LF that is
    part of a text, its reader drops the LF.
    """
    waiting = bytearray()
    with ParquetWriter(target, _SCHEMA, compression="zstd") as file:

        def add(lines: bytes) -> None:
            waiting.extend(lines)
            if len(waiting) >= ROW_GROUP_BYTES:
                flush()

        def flush() -> None:
            file.write_table(_typed(bytes(waiting)))
            waiting.clear()

        yield add
        if waiting:
            flush()


def _typed(lines: bytes) -> pyarrow.Table:
    """Nothing is guessed, neither types nor what is missing; raises ``ValueError`` for a number that is none."""
    return csv.read_csv(
        pyarrow.BufferReader(lines),
        read_options=csv.ReadOptions(column_names=CSV_COLUMNS, block_size=len(lines)),
        parse_options=csv.ParseOptions(newlines_in_values=True),
        convert_options=csv.ConvertOptions(
            column_types=_SCHEMA,
            null_values=[""],
            strings_can_be_null=True,
            quoted_strings_can_be_null=False,
        ),
    )
