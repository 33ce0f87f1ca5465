"""What well-known converters made of the fixtures, read as well as the fixtures themselves."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import gxextract
from gxextract.export import to_json
from tests.scorer import score

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
CONVERTED = FIXTURES / "converted"
FILES = sorted(path.relative_to(CONVERTED).as_posix() for path in CONVERTED.rglob("*.txt"))
TRUTH: dict[str, Any] = json.loads((FIXTURES / "truth.json").read_text(encoding="utf-8"))["documents"]


SOURCES = {
    "trafilatura": {".html", ".htm"},
    "html2text": {".html", ".htm"},
    "markitdown": {".html", ".docx", ".pdf"},
    "pandoc-plain": {".html", ".htm", ".docx"},
    "pandoc-markdown": {".docx"},
    "pdftotext-layout": {".pdf"},
    "pdftotext-raw": {".pdf"},
}
"""The kinds of file that each converter was given."""


def test_every_converter_is_there_with_every_kind_of_source_it_reads() -> None:
    found: dict[str, set[str]] = {}
    for path in FILES:
        found.setdefault(path.split("/")[0], set()).add(Path(path.removesuffix(".txt")).suffix)
    assert found == SOURCES


@pytest.mark.parametrize("path", FILES)
def test_every_value_is_right(path: str) -> None:
    source = path.split("/", 1)[1].removesuffix(".txt")
    document = gxextract.read(CONVERTED / path)
    found = score(json.loads(to_json(document)), TRUTH[source])
    assert (found.right, found.wrong_and_unflagged, found.extra) == (found.values, 0, 0), document.problems
    assert found.cells_right >= 0.99 * found.cells
    forms = {table.id for table in document.tables if table.form}
    assert not [problem for problem in document.problems if problem.table in forms]
