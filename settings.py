"""One frozen set of choices, handed down unchanged, and its fingerprint."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import Literal

from ._version import __version__

OcrMode = Literal["auto", "always", "never"]
EngineName = Literal["rapidocr"]
OutputFormat = Literal["json", "md", "txt"]

OUTPUT_FORMATS: tuple[OutputFormat, ...] = ("json", "md", "txt")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What decides the output of one document.

    ``ocr_threads`` bounds the threads of one recognition engine. ``max_file_bytes`` and ``max_pages`` are the size over
    which a file is refused rather than tried.
    """

    ocr: OcrMode = "auto"
    engine: EngineName = "rapidocr"
    ocr_threads: int = 2
    ocr_dpi: int = 200
    pages: tuple[int, int] | None = None
    """First and last page to read, counted from 1; ``None`` reads all."""
    max_file_bytes: int = 512 * 1024 * 1024
    max_pages: int = 5000

    def fingerprint(self) -> str:
        """Changes exactly when a finished document would have to be read again: other choices, or another version."""
        choices = {name: value for name, value in asdict(self).items() if name != "ocr_threads"}
        return hashlib.sha256(json.dumps([__version__, choices], sort_keys=True).encode()).hexdigest()[:16]
