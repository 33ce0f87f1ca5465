"""One frozen set of choices, handed down unchanged, and its fingerprint."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import Literal

from ._version import __version__
from .errors import UsageError

OcrMode = Literal["auto", "always", "never"]
EngineName = Literal["rapidocr", "paddleocr", "tesseract"]
Script = Literal["simplified", "traditional", "keep"]
OutputFormat = Literal["json", "md", "txt"]

HOW_TO_GET: dict[EngineName, str] = {
    "rapidocr": "pip install rapidocr",
    "paddleocr": "pip install 'gxextract[paddle]', in an environment of its own (see docs/scans.md)",
    "tesseract": "apt-get install tesseract-ocr tesseract-ocr-chi-sim",
}
"""Every engine, and the command that installs it."""

OUTPUT_FORMATS: tuple[OutputFormat, ...] = ("json", "md", "txt")
"""What can be written of each document."""
PARQUET = "parquet"
"""The format that is written of all documents together, if it is asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What decides the output of one document. Raises :class:`~gxextract.errors.UsageError` for a contradiction.

    ``second_engine`` is asked about doubtful cells only. ``models`` is a folder of PP-OCR models for paddleocr.
    ``ocr_threads`` bounds the threads of one recognition engine. ``max_file_bytes`` and ``max_pages`` are the size over
    which a file is refused rather than tried.
    """

    ocr: OcrMode = "auto"
    engine: EngineName = "rapidocr"
    second_engine: EngineName | None = None
    models: str | None = None
    ocr_threads: int = 2
    ocr_dpi: int = 200
    pages: tuple[int, int] | None = None
    """First and last page to read, counted from 1; ``None`` reads all."""
    script: Script | None = None
    """The characters to write, or to ``keep`` those that stand there; ``None`` undoes only what a mirror converted."""
    max_file_bytes: int = 512 * 1024 * 1024
    max_pages: int = 5000

    def __post_init__(self) -> None:
        if self.second_engine == self.engine:
            raise UsageError(f"{self.engine} can't be its own second engine; name another one")
        if self.models is not None and "paddleocr" not in (self.engine, self.second_engine):
            raise UsageError("only paddleocr takes models; use --models with --engine paddleocr")

    def fingerprint(self) -> str:
        """Changes exactly when a finished document would have to be read again: other choices, or another version."""
        choices = {name: value for name, value in asdict(self).items() if name != "ocr_threads"}
        return hashlib.sha256(json.dumps([__version__, choices], sort_keys=True).encode()).hexdigest()[:16]
