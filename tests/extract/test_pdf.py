"""PDF files made here, with the fonts every PDF reader has of its own."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

import gxextract
from gxextract import DamagedFile, EmptyFile, EncryptedFile, Settings, TooLarge, UnsupportedFormat

pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
WITHOUT_OCR = Settings(ocr="never")


def pdf(*pages: Callable[[Canvas], None], **options) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=options.pop("pagesize", A4), invariant=1, **options)
    for draw in pages:
        canvas.setFont("STSong-Light", 12)
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


@pytest.fixture
def read(tmp_path):
    def read(data: bytes, settings: Settings = WITHOUT_OCR, name: str = "a.pdf"):
        file = tmp_path / name
        file.write_bytes(data)
        return gxextract.read(file, settings=settings)

    return read


def table(canvas: Canvas, texts: list[list[str]], *, top: float = 700, stroke: Callable | None = None) -> None:
    stroke = stroke or canvas.line
    rows, cols = len(texts), len(texts[0])
    for row in range(rows + 1):
        stroke(80, top - 24 * row, 80 + 90 * cols, top - 24 * row)
    for col in range(cols + 1):
        stroke(80 + 90 * col, top, 80 + 90 * col, top - 24 * rows)
    for row, line in enumerate(texts):
        for col, text in enumerate(line):
            canvas.drawString(86 + 90 * col, top - 24 * row - 16, text)


TEXTS = [["项目", "企业", "总计"], ["甲", "1", "2"], ["乙", "3", "4"]]


def grids(document) -> list[list[list[str | None]]]:
    return [[[cell.text for cell in line] for line in found.grid] for found in document.tables]


def test_a_table_of_lines(read):
    document = read(pdf(lambda canvas: table(canvas, TEXTS)))
    assert grids(document) == [TEXTS]
    assert document.pages[0].words_from == "text-layer"
    assert document.status == "ok"


def test_coordinates_are_points_from_the_top_left(read):
    (found,) = read(pdf(lambda canvas: table(canvas, TEXTS))).tables
    height = A4[1]
    assert found.parts[0].box == pytest.approx((80, height - 700, 350, height - 628), abs=0.5)
    assert found.grid[1][1].box == pytest.approx((170, height - 676, 260, height - 652), abs=0.5)


def thin_rectangles(canvas: Canvas):
    def stroke(x0: float, y0: float, x1: float, y1: float) -> None:
        canvas.rect(x0, y0, max(x1 - x0, 0.6), min(y1 - y0, -0.6), stroke=0, fill=1)

    return stroke


def test_a_table_of_thin_rectangles(read):
    document = read(pdf(lambda canvas: table(canvas, TEXTS, stroke=thin_rectangles(canvas))))
    assert grids(document) == [TEXTS]


def boxes(canvas: Canvas) -> None:
    for row, line in enumerate(TEXTS):
        for col, text in enumerate(line):
            canvas.rect(80 + 90 * col, 700 - 24 * (row + 1), 90, 24)
            canvas.drawString(86 + 90 * col, 684 - 24 * row, text)


def test_a_table_of_boxes(read):
    assert grids(read(pdf(boxes))) == [TEXTS]


def white_lines(canvas: Canvas) -> None:
    canvas.setStrokeColorRGB(1, 1, 1)
    table(canvas, TEXTS)


def test_what_is_drawn_in_white_is_no_rule(read):
    assert read(pdf(white_lines)).tables == ()


def bold(canvas: Canvas) -> None:
    for shift in (0, 0.3):
        canvas.drawString(80 + shift, 700, "一、总体情况")


def test_text_drawn_twice_for_boldness_counts_once(read):
    assert [block.text for block in read(pdf(bold)).blocks] == ["一、总体情况"]


def digits(canvas: Canvas) -> None:
    canvas.setFont("Helvetica", 12)
    canvas.drawString(80, 700, "1100 2200")


def test_equal_digits_side_by_side_are_not_boldness(read):
    assert [block.text for block in read(pdf(digits)).blocks] == ["1100 2200"]


def sideways(canvas: Canvas) -> None:
    canvas.setPageRotation(90)
    canvas.translate(A4[0], 0)
    canvas.rotate(90)
    table(canvas, TEXTS, top=500)


def test_a_rotated_page_is_read_upright(read):
    document = read(pdf(sideways))
    assert grids(document) == [TEXTS]
    assert document.pages[0].rotation == 90
    right, bottom = document.tables[0].parts[0].box[2:]
    assert right <= document.pages[0].width
    assert bottom <= document.pages[0].height


def sideways_on_upright_paper(canvas: Canvas) -> None:
    canvas.drawCentredString(A4[0] / 2, 40, "- 3 -")
    canvas.saveState()
    canvas.translate(A4[0], 0)
    canvas.rotate(90)
    canvas.setFont("STSong-Light", 12)
    table(canvas, TEXTS, top=500)
    canvas.drawString(80, 520, "表三　政府信息公开申请")
    canvas.restoreState()


def test_a_table_set_sideways_on_an_upright_page_is_read_upright(read):
    document = read(pdf(sideways_on_upright_paper))
    assert grids(document) == [TEXTS]
    (page,) = document.pages
    assert (page.rotation, round(page.width), round(page.height)) == (90, 842, 595)
    assert document.tables[0].parts[0].box == pytest.approx((80, 95, 350, 167), abs=0.5)
    assert "- 3 -" in [block.text for block in document.blocks if block.kind != "table"]


def sideways_headers(canvas: Canvas) -> None:
    table(canvas, [["", "", ""], *TEXTS[1:]])
    for col, label in enumerate(("项目", "企业", "总计")):
        canvas.saveState()
        canvas.translate(130 + 90 * col, 678)
        canvas.rotate(90)
        canvas.setFont("STSong-Light", 10)
        canvas.drawString(0, 0, label)
        canvas.restoreState()
    canvas.drawString(80, 600, "单位填写，表中数据应当如实")


def test_sideways_headers_are_labels_of_an_upright_table(read):
    document = read(pdf(sideways_headers))
    assert grids(document) == [TEXTS]
    assert document.pages[0].rotation == 0


def field(canvas: Canvas) -> None:
    canvas.drawString(80, 700, "合计")
    canvas.acroForm.textfield(name="total", value="1234", x=130, y=690, width=100, height=24, borderWidth=0)


def test_what_was_filled_into_a_form_is_text(read):
    assert [block.text for block in read(pdf(field)).blocks] == ["合计 1234"]


def test_a_file_locked_against_changes_only_is_read(read):
    lock = StandardEncryption("", ownerPassword="secret", canModify=0)
    assert grids(read(pdf(lambda canvas: table(canvas, TEXTS), encrypt=lock))) == [TEXTS]


def test_a_refusal_is_not_that_of_the_file_before(read):
    with pytest.raises(EncryptedFile):
        read(pdf(lambda canvas: canvas.drawString(80, 700, "x"), encrypt="secret"))
    with pytest.raises(DamagedFile):
        read(b"%PDF-1.7\n")


def test_landscape(read):
    assert grids(read(pdf(lambda canvas: table(canvas, TEXTS, top=500), pagesize=landscape(A4)))) == [TEXTS]


def test_pages_can_be_chosen(read):
    data = pdf(*[lambda canvas, n=n: canvas.drawString(80, 700, f"第{n}页正文内容") for n in range(1, 5)])
    document = read(data, Settings(ocr="never", pages=(2, 3)))
    assert [page.number for page in document.pages] == [2, 3]
    assert [block.text for block in document.blocks] == ["第2页正文内容", "第3页正文内容"]


def test_a_blank_page_is_blank_and_no_problem(read):
    document = read(pdf(lambda canvas: None, lambda canvas: canvas.drawString(80, 700, "正文内容")))
    assert [page.words_from for page in document.pages] == ["none", "text-layer"]
    assert document.problems == ()


def test_a_scan_with_recognition_off_says_so(read):
    from PIL import Image
    from reportlab.lib.utils import ImageReader

    picture = ImageReader(Image.new("RGB", (600, 800), (240, 240, 240)))
    document = read(pdf(lambda canvas: canvas.drawImage(picture, 0, 0, *A4)))
    assert [problem.code for problem in document.problems] == ["words-not-trusted"]
    assert document.status == "partial"


def test_a_scan_nobody_can_read_says_so(read):
    from PIL import Image
    from reportlab.lib.utils import ImageReader

    picture = ImageReader(Image.new("RGB", (600, 800), (240, 240, 240)))
    document = read(pdf(lambda canvas: canvas.drawImage(picture, 0, 0, *A4)), Settings(engine="null"))
    assert [problem.code for problem in document.problems] == ["page-unreadable"]


GOOD = pdf(lambda canvas: table(canvas, TEXTS))


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"", EmptyFile),
        (b"\n\n", EmptyFile),
        (b"%PDF-1.7\n", DamagedFile),
        (GOOD[: len(GOOD) // 5], DamagedFile),
        (b"\x00\x01\x02" * 100, DamagedFile),
        (pdf(lambda canvas: canvas.drawString(80, 700, "x"), encrypt="secret"), EncryptedFile),
    ],
)
def test_what_cannot_be_read_says_why(read, data, error):
    with pytest.raises(error) as caught:
        read(data)
    assert "; " in str(caught.value), "the message ends in what to do next"


def test_limits(read):
    data = pdf(*[lambda canvas: canvas.drawString(80, 700, "x")] * 3)
    with pytest.raises(TooLarge):
        read(data, Settings(ocr="never", max_pages=2))
    with pytest.raises(TooLarge):
        read(data, Settings(ocr="never", max_file_bytes=100))


def test_other_formats_are_refused(read):
    with pytest.raises(UnsupportedFormat):
        read(b"<a/>", name="a.xml")


@pytest.mark.parametrize("share", [0.3, 0.5, 0.7, 0.9, 0.99])
def test_a_cut_file_gives_an_answer_or_our_own_error(read, share):
    try:
        document = read(GOOD[: int(len(GOOD) * share)])
    except gxextract.GxextractError:
        return
    assert grids(document) in ([], [TEXTS])


def announced(title: str, rows: list[list[str]]):
    def draw(canvas: Canvas) -> None:
        canvas.drawString(80, 720, title)
        table(canvas, rows)

    return draw


@pytest.mark.parametrize(
    ("second", "tables", "why"),
    [
        ("收入决算表", 1, "the title printed again"),
        ("收入决算表（续）", 1, "the title with a note"),
        ("续表", 1, "a note alone"),
        ("支出决算表", 2, "a title of its own"),
    ],
)
def test_a_table_goes_on_below_a_line_that_says_so(read, second, tables, why):
    document = read(pdf(announced("收入决算表", TEXTS), announced(second, [["丙", "5", "6"], ["丁", "7", "8"]])))
    assert len(document.tables) == tables, why
    assert second in [block.text for block in document.blocks if not isinstance(block, gxextract.Table)], why
