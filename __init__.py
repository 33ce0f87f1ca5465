"""Folders of government documents in, clean text and exact merged-cell tables out.

>>> import gxextract
>>> document = gxextract.read("report.pdf")  # doctest: +SKIP
>>> [(record.row_path, record.column_path, record.value) for record in document.tables[0].records]  # doctest: +SKIP
"""

from __future__ import annotations

from ._version import __version__
from .document import (
    Cell,
    Document,
    FailedSum,
    Metadata,
    Page,
    Part,
    Problem,
    Proof,
    Record,
    Repair,
    Source,
    Table,
    TextBlock,
)
from .errors import (
    DamagedFile,
    EmptyFile,
    EncryptedFile,
    GxextractError,
    InputError,
    LimitExceeded,
    MemoryLimit,
    MissingPart,
    OcrError,
    OutputError,
    TilingError,
    TimeLimit,
    TooLarge,
    UnsupportedFormat,
    UsageError,
)
from .extract import read, repair_text
from .settings import Settings

__all__ = [
    "Cell",
    "DamagedFile",
    "Document",
    "EmptyFile",
    "EncryptedFile",
    "FailedSum",
    "GxextractError",
    "InputError",
    "LimitExceeded",
    "MemoryLimit",
    "Metadata",
    "MissingPart",
    "OcrError",
    "OutputError",
    "Page",
    "Part",
    "Problem",
    "Proof",
    "Record",
    "Repair",
    "Settings",
    "Source",
    "Table",
    "TextBlock",
    "TilingError",
    "TimeLimit",
    "TooLarge",
    "UnsupportedFormat",
    "UsageError",
    "__version__",
    "read",
    "repair_text",
]
