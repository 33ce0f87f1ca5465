"""Scanned pages are read as exactly as they were when this was written: floors that only rise."""

from __future__ import annotations

import json

import pytest

from fixtures.pdf_text import FONTS
from fixtures.scans import SCAN_KINDS, scanned_pages
from gxextract import read
from gxextract.export import to_json
from tests.scorer import differences, score

pytestmark = [
    pytest.mark.ocr,
    pytest.mark.skipif(
        any(not path.exists() for path, _ in FONTS.values()),
        reason="drawing pages needs the fonts of fixtures/README.md",
    ),
]


@pytest.mark.parametrize(("name", "least"), [("clean-200", 190), ("skew-3", 190), ("seal", 190)])
def test_a_scanned_page_is_read(name, least, tmp_path):
    kind = next(kind for kind in SCAN_KINDS if kind.name == name)
    (page,) = scanned_pages(kind, 1, 1)
    (tmp_path / page.name).write_bytes(page.data)
    document = json.loads(to_json(read(tmp_path / page.name)))
    counted = score(document, page.truth)
    assert counted.right >= least, "\n".join(differences(document, page.truth))
    assert counted.wrong_and_unflagged == 0
    assert document["pages"][0]["words_from"] == "ocr"
