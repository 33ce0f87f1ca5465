"""Files whose fonts lie about their codes are read by the shapes of their glyphs, numbers and all."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

import gxextract
from gxextract import Settings
from gxextract.document import Document
from gxextract.extract.glyph_pictures import MOST_SHAPES, Shapes
from gxextract.ocr import Engine, Seen, engine
from gxextract.ocr.drawn import Drawn, Glyph
from tests.extract.lying_fonts import PROSE, ROWS, TITLE, all_one, honest, private, shuffled, unseen, without_maps

REAL = Path(__file__).parents[3] / "shared" / "real" / "garbled" / "gbt3620-custom-font-codes.pdf"
SETTINGS = Settings(ocr_threads=1)


class Censored(Engine):
    """Reads as rapidocr does, but no line that has one of ``never``."""

    name = "censored"

    def __init__(self, never: str) -> None:
        self.never = never
        self.pictures = 0
        self._real: Engine = engine("rapidocr", 1)

    def find(self, picture) -> list[Seen]:
        return self._real.find(picture)

    def read(self, crops: Sequence) -> list[tuple[str, float]]:
        self.pictures += len(crops)
        readings = self._real.read(crops)
        return [("", 0.0) if set(text) & set(self.never) else (text, sure) for text, sure in readings]


def read(data: bytes, folder: Path) -> Document:
    file = folder / "a.pdf"
    file.write_bytes(data)
    return gxextract.read(file, settings=SETTINGS)


def rows_of(document: Document) -> list[tuple[str | None, ...]]:
    (table,) = document.tables
    return [tuple(cell.text for cell in row) for row in table.grid]


def codes(document: Document) -> list[str]:
    return [problem.code for problem in document.problems]


@pytest.mark.parametrize("lie", [without_maps, all_one, private, shuffled])
def test_the_page_is_read_as_if_its_fonts_were_honest(lie, tmp_path):
    document = read(lie(honest()), tmp_path)
    assert rows_of(document) == [*ROWS]
    assert [block.text for block in document.blocks if block.kind != "table"] == [TITLE, *PROSE]
    (page,) = document.pages
    assert page.words_from == "text-layer"
    assert "read by shape" in page.why
    assert codes(document) == ["glyphs-recognised"]
    assert {(cell.origin, cell.confidence is not None) for cell in document.tables[0].cells} == {("ocr", True)}


def test_an_honest_font_is_taken_at_its_word(tmp_path):
    document = read(honest(), tmp_path)
    assert rows_of(document) == [*ROWS]
    assert document.pages[0].why == "the text layer is sound"
    assert {(cell.origin, cell.confidence) for cell in document.tables[0].cells} == {("text-layer", None)}


def test_what_one_page_taught_is_known_on_the_next(tmp_path, monkeypatch):
    reader = Censored("")
    monkeypatch.setattr("gxextract.extract.pdf.engines", lambda settings: (reader, None))
    read(without_maps(honest()), tmp_path)
    once = reader.pictures
    document = read(without_maps(honest(pages=3)), tmp_path)
    assert reader.pictures == 2 * once
    assert [page.words_from for page in document.pages] == ["text-layer"] * 3
    assert rows_of(document) == [*ROWS, *ROWS[1:] * 2]


def test_a_shape_that_cannot_be_read_is_said_to_be_unreadable(tmp_path, monkeypatch):
    monkeypatch.setattr("gxextract.extract.pdf.engines", lambda settings: (Censored("9"), None))
    monkeypatch.setattr("gxextract.extract.pdf_glyphs.UNREAD", 0.5)
    document = read(without_maps(honest()), tmp_path)
    (table,) = document.tables
    unsure = {record.text for record in table.records if record.check == "flagged"}
    assert {"36\ufffd2", "\ufffd6.8", "1\ufffd05"} <= unsure
    sure = {record.text for record in table.records if record.check != "flagged"}
    assert sure <= {text for row in ROWS for text in row if "9" not in text}
    assert len(sure) > 6
    assert "text-garbled" in codes(document)


def test_where_too_much_cannot_be_read_the_picture_is(tmp_path, monkeypatch):
    monkeypatch.setattr("gxextract.extract.pdf.engines", lambda settings: (Censored("0123456789"), None))
    document = read(without_maps(honest()), tmp_path)
    assert document.pages[0].words_from == "ocr"
    assert "can't be read one by one" in document.pages[0].why


def test_words_nobody_sees_are_not_made_up(tmp_path):
    document = read(without_maps(unseen(honest())), tmp_path)
    assert document.pages[0].words_from != "text-layer"
    assert not [record for table in document.tables for record in table.records if record.text]


def drawn(picture) -> Drawn:
    return Drawn(glyph=Glyph("font", 65, (0, 0, 9, 9)), picture=picture, left=0.0, top=0.0, size=40.0, width=1.0)


def blot(seed: int):
    return np.random.default_rng(seed).integers(0, 2, (8, 8), dtype=np.uint8).repeat(4, 0).repeat(4, 1) * 255


def test_one_code_may_stand_for_many_shapes():
    shapes = Shapes()
    assert [shapes.numbered(drawn(blot(seed))).glyph.shape for seed in (1, 2, 1, 3, 2)] == [0, 1, 0, 2, 1]


def test_a_shape_is_the_same_a_pixel_aside_and_paler():
    shapes = Shapes()
    shapes.numbered(drawn(np.pad(blot(1), 2, constant_values=255)))
    aside = np.pad(blot(1) // 2 + 100, ((1, 3), (3, 1)), constant_values=255)
    assert shapes.numbered(drawn(aside)).glyph.shape == 0


def test_more_shapes_than_a_code_can_stand_for_are_none():
    shapes = Shapes()
    found = [shapes.numbered(drawn(blot(seed))) for seed in range(MOST_SHAPES + 1)]
    assert [one is None for one in found] == [False] * MOST_SHAPES + [True]


@pytest.mark.skipif(not REAL.exists(), reason="no shared samples")
def test_a_real_table_set_sideways_in_fonts_with_codes_of_their_own():
    document = gxextract.read(REAL, settings=Settings(ocr_threads=1, pages=(8, 8)))
    (page,) = document.pages
    assert (page.words_from, page.rotation) == ("text-layer", 90)
    (table,) = document.tables
    assert (table.rows, table.cols) == (20, 25)
    grid = {cell.text: cell for cell in table.cells}
    assert {"合金牌号", "名义化学成分", "主要成分", "杂质，不大于", "余量", "Ti-4.5Al-7Mo-2Fe", "—"} <= set(grid)
    row = grid["TC22"].row
    assert [cell.text for cell in table.grid[row][18:]] == ["0.40", "0.08", "0.05", "0.015", "0.20", "0.10", "0.40"]
    assert [cell.text for cell in table.grid[row][2:6]] == ["余量", "5.50～6.75", "—", "3.5～4.5"]
