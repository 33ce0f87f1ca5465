"""Whatever the bytes: an answer, or an error of ours that says what to do."""

from __future__ import annotations

import random

import pytest

from gxextract import DamagedFile, EmptyFile, GxextractError, Settings, TooLarge
from gxextract.extract.pdf import read_pdf
from tests.extract.pdf_files import drawn, written

TEXT = "BT /F 12 Tf 100 700 Td (Hello 12) Tj ET"
WITHOUT_OCR = Settings(ocr="never")
CATALOGUE = "<< /Type /Catalog /Pages 2 0 R >>"
PAGE = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 99 99] >>"


def nested(depth: int) -> bytes:
    pages = [f"<< /Type /Pages /Kids [{number} 0 R] /Count 1 >>" for number in range(3, depth + 3)]
    return written(CATALOGUE, *pages, PAGE)


@pytest.mark.parametrize(
    ("data", "error"),
    [
        pytest.param(written(CATALOGUE, "<< /Type /Pages /Kids [] /Count 0 >>"), EmptyFile, id="no pages"),
        pytest.param(written("<< /Type /Catalog >>"), EmptyFile, id="no page tree"),
        pytest.param(written(CATALOGUE, "<< /Type /Pages /Kids [2 0 R] /Count 1 >>"), DamagedFile, id="its own child"),
        pytest.param(nested(5000), DamagedFile, id="a tree deeper than any"),
    ],
)
def test_a_file_without_pages_is_refused(data, error):
    with pytest.raises(error, match="; fetch the file again"):
        read_pdf(data, WITHOUT_OCR)


def test_a_file_without_pages_is_not_refused_for_the_fault_of_the_one_before():
    with pytest.raises(DamagedFile):
        read_pdf(b"%PDF-1.7", WITHOUT_OCR)
    with pytest.raises(EmptyFile):
        read_pdf(written("<< /Type /Catalog >>"), WITHOUT_OCR)


def test_a_tree_as_deep_as_any_is_read():
    assert len(read_pdf(nested(100), WITHOUT_OCR).pages) == 1


def test_a_page_that_is_gone_is_said_to_be():
    data = written(CATALOGUE, "<< /Type /Pages /Kids [9 0 R 3 0 R] /Count 2 >>", PAGE)
    reading = read_pdf(data, WITHOUT_OCR)
    assert [page.number for page in reading.pages] == [1, 2]
    assert [(problem.code, problem.page) for problem in reading.problems] == [("page-unreadable", 1)]


def test_the_limit_counts_the_pages_asked_for():
    data = written(CATALOGUE, "<< /Type /Pages /Kids [3 0 R 3 0 R 3 0 R] /Count 3 >>", PAGE)
    with pytest.raises(TooLarge):
        read_pdf(data, Settings(ocr="never", max_pages=2))
    assert len(read_pdf(data, Settings(ocr="never", max_pages=2, pages=(2, 3))).pages) == 2


@pytest.mark.parametrize("media", ["0 0 0 0", "595 842 0 0", "0 0 1e9 1e9", "0 0 1e38 1e38", "0 0 nan inf", "0 0 1 1"])
@pytest.mark.parametrize("ocr", ["never", "always"])
def test_pages_of_any_size(media, ocr):
    (page,) = read_pdf(drawn(TEXT, page=f"/MediaBox [{media}]"), Settings(ocr=ocr, engine="null")).pages
    assert 0 < page.width < 20_000
    assert 0 < page.height < 20_000


@pytest.mark.parametrize(
    "content",
    [
        "q " * 100_000 + TEXT,
        "BT /F 1e30 Tf 100 700 Td (Hi) Tj ET " + TEXT,
        "BT /F 12 Tf 1e38 0 0 1e38 0 0 Tm (Hi) Tj ET " + TEXT,
        "BT /F 0 Tf 100 600 Td (Hi) Tj ET " + TEXT,
        "1e38 1e38 m -1e38 1e38 l S 1e39 0 0 1e39 0 0 cm 1 1 5 5 re f",
        "/X Do /X Do",
    ],
    ids=["open states", "huge type", "huge matrix", "no size", "far away", "a form in itself"],
)
def test_contents_out_of_all_measure(content):
    reading = read_pdf(drawn(content, form="/X Do 10 10 m 90 10 l S"), WITHOUT_OCR)
    assert [item.text for item in reading.items] == (["Hello 12"] if TEXT in content else [])


def mutated(data: bytes, seed: int) -> bytes:
    rng = random.Random(seed)
    out = bytearray(data)
    for _ in range(rng.randint(1, 25)):
        at, length = rng.randrange(len(out)), rng.randint(1, 60)
        kind = rng.randrange(5)
        if kind <= 1:
            out[at] = rng.randrange(256)
        elif kind == 2:
            del out[at : at + length]
        elif kind == 3:
            out[at:at] = out[length * 3 : length * 4]
        else:
            out[at : at + length] = rng.choice([b"0", b"-1", b"2147483648", b"1e38", b"<<", b"]"])
    return bytes(out)


def test_mutations():
    table = "".join(f"{x} 100 m {x} 300 l S 50 {x} m 250 {x} l S " for x in range(100, 300, 50))
    whole = drawn(TEXT + " /X Do " + table, form=TEXT + " 10 10 80 50 re S")
    outcomes = set()
    for seed in range(400):
        try:
            read_pdf(mutated(whole, seed), WITHOUT_OCR)
            outcomes.add("read")
        except GxextractError as error:
            outcomes.add(error.code)
    assert {"read", "damaged"} <= outcomes
