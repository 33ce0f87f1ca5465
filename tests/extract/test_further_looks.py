"""Cells looked at again: where nothing else is read than what stands there, on pages however they lie."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from fixtures.pdf_text import FONTS
from fixtures.scans import SCAN_KINDS, scanned_pages
from gxextract import Settings
from gxextract.document import Cell, Part
from gxextract.extract import scan as scan_module
from gxextract.extract.cell_views import VIEWS
from gxextract.extract.further_looks import BLANK, UNREAD, further_looks
from gxextract.extract.pdf import read_pdf
from gxextract.extract.picture import read_picture
from gxextract.extract.reading import Reading
from gxextract.marks import Sight
from gxextract.ocr import Engine, Scan, engine
from gxextract.tables import Grid
from tests.extract.lying_fonts import honest, private

needs_fonts = pytest.mark.skipif(
    any(not path.exists() for path, _ in FONTS.values()), reason="drawing pages needs the fonts of fixtures/README.md"
)
SCALE = 2.0
FONT = ImageFont.load_default(18)
BOXES = [(10.0, 10.0 + 24 * row, 60.0, 34.0 + 24 * row) for row in range(6)]


def page(*texts: str, grey: int = 0) -> Scan:
    """Ruled cells under one another, at ``BOXES``."""
    picture = Image.new("RGB", (140, 320), (247, 247, 247))
    pen = ImageDraw.Draw(picture)
    for (left, top, right, bottom), text in zip(BOXES, texts, strict=False):
        pen.rectangle((left * SCALE, top * SCALE, right * SCALE, bottom * SCALE), outline="black", width=2)
        middle = SCALE * (left + right) / 2, SCALE * (top + bottom) / 2
        pen.text(middle, text, font=FONT, fill=(grey,) * 3, anchor="mm")
    return Scan(picture=np.array(picture), scale=SCALE)


def cell(row: int, text: str | None = "", *, page: int = 1, **changed: object) -> Cell:
    found = Cell(row=row, col=0, text=text, origin="ocr", parts=(Part(page=page, box=BOXES[row]),))
    return replace(found, **changed)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def reader() -> Engine:
    return engine("rapidocr", 1)


def best(sights: Sequence[Sight]) -> set[str]:
    """The likeliest text of each view."""
    views: dict[str, Sight] = {}
    for sight in sights:
        views.setdefault(sight.view, sight)
    assert set(views) == set(VIEWS)
    return {sight.text for sight in views.values()}


def test_every_view_reads_what_stands_there(reader):
    looks = further_looks({1: lambda: page("0", "17", "365")}, reader)
    found = looks([cell(0, "8"), cell(1, None), cell(2, "385")])
    assert [best(sights) for sights in found] == [{"0"}, {"17"}, {"365"}]
    assert all(0 < sight.confidence <= 1 for sights in found for sight in sights)


@pytest.mark.parametrize(
    ("looked_at", "expected", "why"),
    [
        (cell(1), (BLANK,), "no ink"),
        (cell(1, None), (BLANK,), "nothing was read, and no ink is there"),
        (cell(1, "12"), (), "something was read where no ink is: neither is to be trusted"),
        (cell(0, page=2), (), "a page without a picture"),
        (cell(0, parts=()), (), "a cell without a place"),
        (cell(0, parts=(Part(page=1, box=BOXES[0]), Part(page=2, box=BOXES[0]))), (), "a cell on two pages"),
        (cell(0, parts=(Part(page=1, box=(10.0, 10.0, 13.0, 34.0)),)), (), "no room between its rules"),
        (cell(0, parts=(Part(page=1, box=(900.0, 10.0, 950.0, 34.0)),)), (), "beside the page"),
    ],
)
def test_cells_of_which_nothing_is_read(looked_at, expected, why, reader):
    looks = further_looks({1: lambda: page("7", "")}, reader)
    assert looks([looked_at]) == [expected], why


def test_what_is_too_pale_for_ink_is_no_blank(reader):
    shown = page("")
    left, top, right, bottom = (SCALE * edge for edge in BOXES[0])
    down, across = np.mgrid[: shown.picture.shape[0], : shown.picture.shape[1]]
    away = (down - (top + bottom) / 2) ** 2 + (across - (left + right) / 2) ** 2
    pale = (shown.picture - 25 * np.exp(-away / (2 * 9**2))[:, :, None]).astype(np.uint8)
    looks = further_looks({1: lambda: shown, 2: lambda: replace(shown, picture=pale)}, reader)
    assert looks([cell(0), cell(0, page=2)]) == [(BLANK,), ()]


def test_ink_that_nobody_reads_is_no_blank():
    (sights,) = further_looks({1: lambda: page("365")}, engine("null", 1))([cell(0)])
    assert {sight.view: sight.text for sight in sights} == dict.fromkeys(VIEWS, UNREAD)


def test_a_page_is_drawn_once_and_only_when_asked_for(reader):
    drawn: list[int] = []

    def draw(number: int) -> Callable[[], Scan]:
        def picture() -> Scan:
            drawn.append(number)
            return page("7", "8")

        return picture

    looks = further_looks({1: draw(1), 2: draw(2)}, reader)
    assert drawn == []
    assert looks([]) == []
    one, two, three = looks([cell(0), cell(1, page=2), cell(1)])
    assert (best(one), best(two), best(three)) == ({"7"}, {"8"}, {"8"})
    assert drawn == [1, 2]
    looks([cell(0, page=2)])
    assert drawn == [1, 2]


def test_the_second_engine_is_a_view_of_its_own(reader):
    class Second(Engine):
        name = "second"

        def read(self, crops):
            return [("9", 0.7)] * len(crops)

    (sights,) = further_looks({1: lambda: page("7")}, reader, Second())([cell(0)])
    assert sights[-1] == Sight(text="9", confidence=0.7, view="second")
    assert {sight.view for sight in sights} == {*VIEWS, "second"}


@cache
def picture_of(name: str, dpi: int = 100) -> bytes:
    kind = next(kind for kind in SCAN_KINDS if kind.name == name)
    (found,) = scanned_pages(replace(kind, dpi=dpi), 4, 1)
    return found.data


def as_pdf(data: bytes) -> bytes:
    out = io.BytesIO()
    with Image.open(io.BytesIO(data)) as picture:
        picture.save(out, "PDF", resolution=200)
    return out.getvalue()


def as_tiff(*pages: bytes) -> bytes:
    first, *rest = (Image.open(io.BytesIO(data)) for data in pages)
    out = io.BytesIO()
    first.save(out, "TIFF", save_all=True, append_images=rest, dpi=(200, 200), compression="tiff_lzw")
    return out.getvalue()


@pytest.fixture
def recognised(monkeypatch: pytest.MonkeyPatch) -> dict[int, Scan]:
    """The pictures that pages are read from, by their numbers."""
    found: dict[int, Scan] = {}
    read = scan_module.scan_marks

    def noted(scan: Scan, number: int, *rest: object) -> object:
        found[number] = scan
        return read(scan, number, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(scan_module, "scan_marks", noted)
    return found


def same(one: Scan, other: Scan) -> bool:
    return one.scale == other.scale and np.array_equal(one.picture, other.picture)


@needs_fonts
@pytest.mark.parametrize(
    ("kind", "is_pdf"),
    [("clean-100", True), ("skew-3", False), ("skew-3", True), ("photographed", False), ("two-pages", False)],
)
def test_the_picture_drawn_again_is_the_one_that_was_read(kind, is_pdf, recognised):
    settings = Settings(engine="null", ocr_threads=1)  # type: ignore[arg-type]
    data = picture_of(kind)
    reading = read_pdf(as_pdf(data), settings) if is_pdf else read_picture(data, settings)
    assert same(reading.pictures[1](), recognised[1])


@needs_fonts
def test_pages_keep_their_numbers(recognised):
    frames = [picture_of("clean-100"), picture_of("photographed"), picture_of("skew-3")]
    settings = Settings(engine="null", ocr_threads=1, pages=(2, 3))  # type: ignore[arg-type]
    pictures = read_picture(as_tiff(*frames), settings).pictures
    assert set(pictures) == set(recognised) == {2, 3}
    assert all(same(pictures[number](), recognised[number]) for number in (3, 2))


def test_unread_pictures_cant_be_looked_at_again():
    out = io.BytesIO()
    Image.fromarray(page("7").picture).save(out, "PNG")
    assert read_picture(out.getvalue(), Settings(ocr="never")).pictures == {}


def values(reading: Reading) -> list[Cell]:
    grids = [item for item in reading.items if isinstance(item, Grid)]
    return [each for grid in grids for each in grid.cells if (each.text or "").isdigit()]


@pytest.mark.ocr
@needs_fonts
@pytest.mark.parametrize("kind", ["skew-3", "rotated-90", "two-pages", "photographed"])
def test_a_value_is_found_again_where_it_stands(kind, reader):
    _found_again(read_picture(picture_of(kind, 150), Settings(ocr_threads=1)), reader)


@pytest.mark.ocr
@needs_fonts
def test_so_are_values_of_a_scanned_pdf_on_a_turned_page(reader):
    out = io.BytesIO()
    with Image.open(io.BytesIO(picture_of("skew-3", 150))) as picture:
        picture.transpose(Image.Transpose.ROTATE_90).save(out, "PNG")
    _found_again(read_pdf(as_pdf(out.getvalue()), Settings(ocr_threads=1)), reader)


def test_so_are_values_whose_font_lies(reader):
    _found_again(read_pdf(private(honest()), Settings(ocr_threads=1)), reader)


def test_a_sound_text_layer_has_no_picture():
    assert read_pdf(honest(), Settings(ocr_threads=1)).pictures == {}


def _found_again(reading: Reading, reader: Engine) -> None:
    some = list({each.text: each for each in values(reading)}.values())[:20]
    assert len(some) > 4
    for each, sights in zip(some, further_looks(reading.pictures, reader)(some), strict=True):
        firsts = {sight.view: sight.text for sight in reversed(sights)}
        assert list(firsts.values()).count(each.text) > len(VIEWS) / 2, (each.text, sights)
