"""PDF files whose text layer lies, each in one way, and sound ones that look as if they did."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

import pytest
from pypdfium2 import PdfDocument

import gxextract
from gxextract import Settings
from gxextract.extract.pdf_page import opened_page, page_layer
from gxextract.ocr import Need, need
from gxextract.repair.judge import together
from tests.extract.pdf_files import CODES, HELVETICA, VERTICAL, stream, written

REAL = Path(__file__).parents[3] / "shared" / "real"
ACROSS = VERTICAL.replace("UniGB-UCS2-V", "UniGB-UCS2-H")
PROSE = (
    "本年度共收到政府信息公开申请三件均已按时答复没有因政府信息公开申请行政复议提起行政诉讼的情况主动公开规章和行政规范性文件"
    "行政许可行政处罚行政强制行政事业性收费政府集中采购等信息进一步加强平台建设"
)
SHUFFLED = "".join(PROSE[index * 37 % len(PROSE)] for index in range(len(PROSE)))
WINGDINGS = HELVETICA.replace("Helvetica", "Wingdings")
ALPHABET = "abcdefghijklmnopqrstuvwxyz"
BLANK = "q 600 0 0 800 0 0 cm BI /W 1 /H 1 /BPC 8 /CS /G ID x EI Q "


def with_map(font: str, meanings: Mapping[int, str], *, wide: bool = False) -> tuple[str, str]:
    """A font and the ToUnicode of it, which is object 6."""
    digits = 4 if wide else 2
    pairs = "\n".join(f"<{code:0{digits}X}> <{text.encode('utf-16-be').hex()}>" for code, text in meanings.items())
    space = f"<{'00' * (digits // 2)}> <{'FF' * (digits // 2)}>"
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Made def /CMapType 2 def\n"
        f"1 begincodespacerange {space} endcodespacerange\n{len(meanings)} beginbfchar\n{pairs}\nendbfchar\n"
        "endcmap CMapName currentdict /CMap defineresource pop end end"
    )
    return font.removesuffix(">>") + " /ToUnicode 6 0 R >>", cmap


def wanted(content: str, font: str = HELVETICA, cmap: str = "") -> Need | None:
    """What a page needs that shows ``content``, with the font L, which may lie, and the sound fonts F and H."""
    data = written(
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources 5 0 R >>",
        stream(content),
        f"<< /Font << /L {font} /F {HELVETICA} /H {ACROSS} >> >>",
        stream(cmap),
    )
    return decided(data, 1)


def decided(data: bytes | Path, number: int) -> Need | None:
    with closing(PdfDocument(data)) as document, closing(opened_page(document, number)) as page:
        found = page_layer(page, number)
        return need(found.marks, found.layer, together)


def shown(text: str, font: str = "L", y: int = 700, mode: int = 0) -> str:
    return f" BT {mode} Tr /{font} 12 Tf 20 {y} Td ({text}) Tj ET "


def hanzi(text: str, y: int = 600, mode: int = 0) -> str:
    """``text`` in lines of 40."""
    lines = [text[start : start + 40] for start in range(0, len(text), 40)]
    return "".join(
        f" BT {mode} Tr /H 12 Tf 20 {y - 20 * at} Td <{line.encode('utf-16-be').hex()}> Tj ET "
        for at, line in enumerate(lines)
    )


def letters(meanings: str) -> dict[int, str]:
    return {ord(letter): meaning for letter, meaning in zip(ALPHABET, meanings, strict=False)}


LYING = [
    ("every code said to be one character", with_map(HELVETICA, letters("佛" * 26)), "different shapes"),
    ("letters said to be hanzi", with_map(HELVETICA, letters(SHUFFLED)), "form no words"),
    ("letters said to be private", with_map(HELVETICA, letters("\ue000\ue001\ue002" * 9)), "no known meaning"),
]


@pytest.mark.parametrize(("font", "reason"), [case[1:] for case in LYING], ids=[case[0] for case in LYING])
def test_one_lying_font_is_found_among_sound_ones(font, reason):
    found = wanted(hanzi(PROSE) + shown(ALPHABET) + shown("plain letters", "F", 200), *font)
    assert found is not None
    assert len(found.fonts) == 1
    assert reason in found.why
    assert "Helvetica" in found.why


def test_codes_without_a_map_are_found():
    codes = "".join(f"{code:04X}" for code in range(0x41, 0x5A))
    found = wanted(hanzi(PROSE) + f" BT /L 12 Tf 20 700 Td <{codes}> Tj ET ", CODES)
    assert found is not None
    assert found.remedy == "glyphs"
    assert "font Made: 25 of 25 of its codes have no known meaning" in found.why


def test_two_codes_without_a_map_are_no_need():
    assert wanted(hanzi(PROSE) + " BT /L 12 Tf 20 700 Td <00410042> Tj ET ", CODES) is None


def test_hanzi_exchanged_for_one_another_are_to_be_compared():
    found = wanted(hanzi(SHUFFLED))
    assert found is not None
    assert found.remedy == "compare"
    assert "hanzi form no words" in found.why


def test_codes_of_ones_own_given_as_ascii():
    found = wanted(hanzi(PROSE) + shown("!\"#$%&'*+,-./0123;<=>?@[]^_`{|}~" * 2))
    assert found is not None
    assert "punctuation such as" in found.why


@pytest.mark.parametrize(
    ("content", "font", "why"),
    [
        (hanzi(PROSE), (HELVETICA, ""), "prose"),
        (hanzi(PROSE) + shown("1,234.50 " * 8), (HELVETICA, ""), "numbers"),
        (hanzi(PROSE) + shown("lll" * 10), (HELVETICA, ""), "one letter over and over"),
        (hanzi(PROSE) + shown(ALPHABET), with_map(HELVETICA, letters(ALPHABET)), "a right map"),
        (
            hanzi(PROSE) + shown("aaaa"),
            with_map(HELVETICA.replace("Helvetica", "Wingdings"), {97: "\uf0b7"}),
            "bullets",
        ),
        (hanzi(PROSE) + shown("note", mode=3), (HELVETICA, ""), "a word nobody sees"),
        (BLANK + hanzi(PROSE), (HELVETICA, ""), "text over a background picture"),
    ],
)
def test_sound_pages_need_nothing(content, font, why):
    assert wanted(content, *font) is None, why


@pytest.mark.parametrize(
    ("content", "remedy", "why"),
    [
        (BLANK + hanzi(PROSE, mode=3), "compare", "an invisible layer over a scan"),
        (hanzi(PROSE, mode=3), "compare", "invisible text over nothing"),
        (hanzi(PROSE) + BLANK, "compare", "a layer under the scan"),
        (BLANK + hanzi(PROSE, mode=3) + shown("2O15 20I6 3O47", mode=3), "picture", "letters among its digits"),
        (BLANK + hanzi(SHUFFLED, mode=3), "picture", "no words in it"),
        (BLANK + shown("- 3 -"), "picture", "a scan with a page number"),
    ],
)
def test_layers_over_a_scan(content, remedy, why):
    found = wanted(content)
    assert found is not None, why
    assert found.remedy == remedy, why


SOUND = {
    "annual-reports/hongze-2023.pdf": 5,
    "budgets/puto-finance-2024-final-accounts.pdf": 25,
    "budgets/shanghai-finance-2025-budget.pdf": 21,
    "chinese-tables.pdf": 1,
    "land-use-standard-spans.pdf": 1,
}
needs_samples = pytest.mark.skipif(not REAL.is_dir(), reason="the real samples are not here")


@needs_samples
@pytest.mark.parametrize("name", SOUND)
def test_sound_reports_need_nothing(name):
    assert [decided(REAL / name, number) for number in range(1, SOUND[name] + 1)] == [None] * SOUND[name]


@needs_samples
def test_of_all_pages_of_the_table_competition_a_map_is_the_only_picture():
    found = {}
    for file in sorted((REAL / "icdar2013").glob("*.pdf")):
        with closing(PdfDocument(file)) as document:
            count = len(document)
        found |= {(file.stem, number): need for number in range(1, count + 1) if (need := decided(file, number))}
    assert {place: each.why for place, each in found.items()} == {
        ("eu-012", 1): "only 12 characters beside a page-sized picture"
    }


@needs_samples
def test_only_the_pages_with_codes_of_their_own_need_their_glyphs_read():
    found = {number: decided(REAL / "garbled/gbt3620-custom-font-codes.pdf", number) for number in range(1, 14)}
    assert [number for number, each in found.items() if each] == [5, 6, 7, 8, 9]
    assert {each.remedy for each in found.values() if each} == {"glyphs"}


@needs_samples
def test_a_false_layer_is_not_believed():
    remedies = [decided(REAL / "garbled/scan-with-false-text-layer.pdf", number) for number in range(1, 7)]
    assert [each and each.remedy for each in remedies] == ["picture"] * 2 + ["compare"] * 4


@needs_samples
def test_scans_are_read_as_pictures():
    remedies = [decided(REAL / "scans/red-seal-over-text.pdf", number) for number in range(1, 5)]
    assert [each and each.remedy for each in remedies] == ["picture"] * 4


ROWS = [(f"{year} budget", f"{year * 3:,}") for year in range(2015, 2022)]


def scanned(layer: list[tuple[str, str]]) -> bytes:
    """A picture of ROWS with a layer of text nobody sees."""
    printed = "".join(_row(row, 300 - 30 * at, 0) for at, row in enumerate(ROWS))
    hidden = "".join(_row(row, 300 - 30 * at, 3) for at, row in enumerate(layer))
    with closing(PdfDocument(_page_of(printed, ""))) as document:
        picture = document[0].render(scale=200 / 72, grayscale=True).to_numpy()
    height, width = picture.shape[:2]
    image = (
        f"<< /Type /XObject /Subtype /Image /Width {width} /Height {height} /BitsPerComponent 8 /ColorSpace /DeviceGray"
        f" /Filter /ASCIIHexDecode /Length {2 * picture.size + 1} >> stream\n{picture.tobytes().hex()}>\nendstream"
    )
    return _page_of(" q 400 0 0 360 0 0 cm /P Do Q " + hidden, image)


def _row(row: tuple[str, str], y: int, mode: int) -> str:
    return "".join(f" BT {mode} Tr /F 14 Tf {x} {y} Td ({text}) Tj ET " for x, text in zip((40, 240), row, strict=True))


def _page_of(content: str, image: str) -> bytes:
    return written(
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 400 360] /Contents 4 0 R"
        f" /Resources << /Font << /F {HELVETICA} >> /XObject << /P 5 0 R >> >> >>",
        stream(content),
        image or "null",
    )


@pytest.mark.parametrize(
    ("layer", "words_from", "why"),
    [
        (ROWS, "text-layer", "but the picture says 100% of the"),
        ([*ROWS[:-1], ("2021 budget", "6,068")], "ocr", "and the picture doesn't say '6,068'"),
    ],
    ids=["true", "false"],
)
def test_a_layer_nobody_sees_is_believed_where_the_picture_confirms_each_number(tmp_path, layer, words_from, why):
    file = tmp_path / "a.pdf"
    file.write_bytes(scanned(layer))
    document = gxextract.read(file)
    assert document.pages[0].words_from == words_from
    assert why in document.pages[0].why
    text = " ".join(cell.text or "" for table in document.tables for cell in table.cells)
    text += " ".join(block.text for block in document.blocks if isinstance(block, gxextract.TextBlock))
    assert "6,063" in text
    assert "6,068" not in text


def test_a_layer_nobody_sees_is_not_trusted_where_recognition_is_off(tmp_path):
    file = tmp_path / "a.pdf"
    file.write_bytes(scanned(ROWS))
    document = gxextract.read(file, settings=Settings(ocr="never"))
    assert [problem.code for problem in document.problems] == ["words-not-trusted"]
    assert "a layer that nobody sees" in document.problems[0].message
