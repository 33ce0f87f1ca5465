"""One protocol, several engines: what holds for any of them, tried on each that is installed."""

from __future__ import annotations

import importlib.util
import json
import shutil
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from gxextract import read
from gxextract.errors import MissingPart, OcrError, UsageError
from gxextract.export import to_json
from gxextract.ocr import Engine, Scan, Seen, engine, engines, scan_marks
from gxextract.ocr.tesseract import TesseractEngine
from gxextract.settings import HOW_TO_GET, Settings
from tests.scorer import score

IS_HERE = {
    "rapidocr": True,
    "paddleocr": importlib.util.find_spec("paddleocr") is not None,
    "tesseract": shutil.which("tesseract") is not None,
}
FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
SCAN = "石塘区/2021/t20220113_1189952.png"
FIGURES = "20230415"
SIZE = 40
LEFT, TOP = 60, 50


@pytest.fixture(params=[*IS_HERE, "null"])
def any_engine(request: pytest.FixtureRequest) -> Engine:
    """Every engine there is, also the one that sees nothing."""
    return _engine(request.param)


@pytest.fixture(params=list(IS_HERE))
def reader(request: pytest.FixtureRequest) -> Engine:
    """Every engine that reads."""
    return _engine(request.param)


def _engine(name: str) -> Engine:
    if not IS_HERE.get(name, True):
        pytest.skip(f"{name} is not installed: {HOW_TO_GET[name]}")
    return engine(name, 1)


def written(text: str) -> np.ndarray:
    """A line of figures on white."""
    picture = Image.new("RGB", (2 * LEFT + round(font().getlength(text)), 2 * TOP + SIZE), "white")
    ImageDraw.Draw(picture).text((LEFT, TOP), text, font=font(), fill="black")
    return np.array(picture)


def font() -> ImageFont.FreeTypeFont:
    chosen = ImageFont.load_default(SIZE)
    assert isinstance(chosen, ImageFont.FreeTypeFont)
    return chosen


def test_every_engine_that_can_be_asked_for_is_tried() -> None:
    assert set(IS_HERE) == set(HOW_TO_GET)


def test_white_paper_has_no_text(any_engine: Engine) -> None:
    white = np.full((300, 400, 3), 255, dtype=np.uint8)
    assert any_engine.find(white) == []
    assert any_engine.read([white[:40, :60]]) == [("", 0.0)]


def test_nothing_asked_is_nothing_answered(any_engine: Engine) -> None:
    assert any_engine.read([]) == []


def test_it_is_loaded_once(any_engine: Engine) -> None:
    assert engine(any_engine.name, 1) is any_engine  # type: ignore[arg-type]


def test_the_picture_is_left_as_it_was(any_engine: Engine) -> None:
    picture = written(FIGURES)
    before = picture.copy()
    any_engine.find(picture)
    any_engine.read([picture])
    assert (picture == before).all()


def test_a_line_is_found_where_it_stands(reader: Engine) -> None:
    (line,) = reader.find(written(FIGURES))
    assert line.text == FIGURES
    assert 0.5 < line.confidence <= 1
    left, top, right, bottom = line.box
    assert left == pytest.approx(LEFT, abs=SIZE / 3)
    assert right == pytest.approx(LEFT + font().getlength(FIGURES), abs=SIZE / 3)
    assert TOP - SIZE / 3 < top < TOP + SIZE / 2 < bottom < TOP + SIZE * 4 / 3


def test_characters_have_boxes_in_their_order(reader: Engine) -> None:
    (line,) = reader.find(written(FIGURES))
    assert len(line.char_boxes) == len(FIGURES)
    for index, (left, top, right, bottom) in enumerate(line.char_boxes):
        start, end = (LEFT + font().getlength(FIGURES[:count]) for count in (index, index + 1))
        assert (left + right) / 2 == pytest.approx((start + end) / 2, abs=SIZE / 3), FIGURES[index]
        assert top < TOP + SIZE / 2 < bottom


def test_crops_are_answered_in_their_order(reader: Engine) -> None:
    """Engines read the narrow ones first."""
    wanted = ["1234567", "42", "20230415", "836", "57", "9041", "268", "73"]
    readings = reader.read([written(text) for text in wanted])
    assert [text for text, _ in readings] == wanted
    assert all(0.3 <= confidence <= 1 for _, confidence in readings)


def test_the_first_alternative_is_what_is_read(reader: Engine) -> None:
    crops = [written(text) for text in ("1234567", "42", "836")]
    assert [readings[0][0] for readings in reader.alternatives(crops)] == [text for text, _ in reader.read(crops)]


def test_chinese_is_read(reader: Engine) -> None:
    with Image.open(FIXTURES / "dump" / SCAN) as scan:
        page = np.array(scan.convert("RGB"))
    text = "".join(line.text for line in reader.find(page[: page.shape[0] // 5]))
    assert "收到和处理政府信息公开申请情况" in text


def test_tesseract_parts_cells_at_rules() -> None:
    """It sees one line of four figures in the frame, however near they stand to the rule."""
    picture = Image.new("RGB", (400, 300), "white")
    pen = ImageDraw.Draw(picture)
    pen.rectangle((60, 60, 340, 240), outline="black", width=3)
    middle = 200
    pen.line((middle, 60, middle, 240), fill="black", width=3)
    pen.text((middle - 12 - font().getlength("83"), 130), "83", font=font(), fill="black")
    pen.text((middle + 12, 130), "46", font=font(), fill="black")
    assert [line.text for line in _engine("tesseract").find(np.array(picture))] == ["83", "46"]


@pytest.mark.ocr
@pytest.mark.parametrize(("name", "least"), [("paddleocr", 190), ("tesseract", 171)])
def test_a_table_is_read_with_any_engine(name: str, least: int) -> None:
    """Of 190 values. The default engine has its floor with the whole dump; one that reads less well must say so."""
    chosen = _engine(name)
    document = read(FIXTURES / "dump" / SCAN, settings=Settings(engine=chosen.name, ocr_threads=1))  # type: ignore[arg-type]
    truth = json.loads((FIXTURES / "truth.json").read_text("utf-8"))["documents"][SCAN]
    counted = score(json.loads(to_json(document)), truth)
    assert counted.right >= least
    assert counted.wrong_and_unflagged == 0


def test_an_engine_of_another_name_is_refused() -> None:
    with pytest.raises(UsageError, match="'magic'; use rapidocr, paddleocr, tesseract"):
        engine("magic", 1)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("choices", "said"),
    [
        ({"second_engine": "rapidocr"}, "rapidocr can't be its own second engine"),
        ({"engine": "tesseract", "second_engine": "tesseract"}, "tesseract can't be its own second engine"),
        ({"models": "."}, "only paddleocr takes models"),
        ({"engine": "rapidocr", "second_engine": "tesseract", "models": "."}, "only paddleocr takes models"),
    ],
)
def test_settings_that_contradict_themselves_are_refused(choices: dict[str, str], said: str) -> None:
    with pytest.raises(UsageError, match=said):
        Settings(**choices)  # type: ignore[arg-type]


def test_a_second_engine_is_loaded_only_when_asked_for() -> None:
    assert engines(Settings(engine="null")) == (engine("null", 2), None)  # type: ignore[arg-type]
    both = Settings(engine="rapidocr", second_engine="null", ocr_threads=1)  # type: ignore[arg-type]
    assert [each and each.name for each in engines(both)] == ["rapidocr", "null"]


class Told:
    """An engine that sees what it was told, whatever the picture."""

    name = "told"

    def __init__(self, *lines: Seen) -> None:
        self._lines = list(lines)

    def find(self, picture: object) -> list[Seen]:
        return self._lines

    def read(self, crops: object) -> list[tuple[str, float]]:
        return []


def test_words_keep_confidence_and_characters_in_points() -> None:
    scan = Scan(picture=np.full((400, 200, 3), 255, dtype=np.uint8), scale=2.0)
    line = Seen(text="12", confidence=0.87654, box=(20, 40, 60, 64), char_boxes=((20, 40, 38, 64), (42, 40, 60, 64)))
    (word,) = scan_marks(scan, 3, Told(line), "a picture").words
    assert (word.text, word.box, word.size, word.confidence) == ("12", (10, 20, 30, 32), 12, 0.8765)
    assert word.char_boxes == ((10, 20, 19, 32), (21, 20, 30, 32))
    assert word.origin == "ocr"


def test_a_page_nothing_is_seen_on_says_so() -> None:
    scan = Scan(picture=np.full((400, 200, 3), 255, dtype=np.uint8), scale=2.0)
    assert scan_marks(scan, 1, Told(), "a picture").words_from == "none"


@pytest.mark.parametrize(
    ("languages", "answer", "error", "said"),
    [
        ("eng", "", MissingPart, "tesseract lacks chi_sim; install it with: apt-get install"),
        ("chi_sim", "exit 1", OcrError, "tesseract failed"),
        ("chi_sim", "echo no page", OcrError, "tesseract's answer can't be understood"),
        ("chi_sim", "echo '<html/>'", OcrError, "tesseract read 0 of 1 pictures"),
    ],
)
def test_a_tesseract_that_fails_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, languages: str, answer: str, error: type[Exception], said: str
) -> None:
    program = tmp_path / "tesseract"
    program.write_text(f'#!/bin/sh\nif [ "$1" = --list-langs ]; then echo {languages}; else {answer or ":"}; fi\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(error, match=said):
        TesseractEngine().find(written("1"))


def test_without_tesseract_the_packages_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(MissingPart, match="apt-get install tesseract-ocr tesseract-ocr-chi-sim"):
        TesseractEngine()
