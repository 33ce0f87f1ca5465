"""Real files, where they are at hand. They are other people's, so none of them is in the repository."""

import io
from pathlib import Path

import pytest

from gxextract.extract.docx import read_docx
from gxextract.extract.html import read_html
from gxextract.tables import Grid

REAL = Path(__file__).parents[3] / "shared" / "real"
pytestmark = pytest.mark.skipif(not REAL.is_dir(), reason="the real samples are not here")


def sizes(items: tuple[object, ...]) -> list[tuple[int, int]]:
    return [(item.rows, item.cols) for item in items if isinstance(item, Grid)]


def test_a_portal_page_gives_its_metadata_table_and_the_three_forms() -> None:
    reading = read_html((REAL / "annual-reports/shuyang-2023.html").read_bytes())
    assert sizes(reading.items) == [(3, 4), (14, 4), (28, 10), (4, 15)]
    assert reading.problems == ()


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("annual-reports/official-template-2021.docx", {(14, 4), (28, 10), (4, 15)}),
        ("office/merged-39x25.docx", {(39, 25), (4, 7), (4, 3)}),
    ],
)
def test_merges_are_those_another_reader_finds(name: str, expected: set[tuple[int, int]]) -> None:
    docx = pytest.importorskip("docx")
    data = (REAL / name).read_bytes()
    grids = {(item.rows, item.cols): item.positions() for item in read_docx(data).items if isinstance(item, Grid)}
    compared = set()
    for table in docx.Document(io.BytesIO(data)).tables:
        other = [[found._tc for found in row.cells] for row in table.rows]
        size = (len(other), len(other[0]))
        if size not in expected:
            continue
        compared.add(size)
        mine = grids[size]
        for row, line in enumerate(other):
            for col, element in enumerate(line):
                right, below = col + 1 < size[1], row + 1 < size[0]
                assert not right or (mine[row][col] is mine[row][col + 1]) == (element is line[col + 1]), (row, col)
                assert not below or (mine[row][col] is mine[row + 1][col]) == (element is other[row + 1][col]), (
                    row,
                    col,
                )
                text = "".join(element.itertext("{*}t"))
                assert "".join((mine[row][col].text or "").split()) == "".join(text.split()), (row, col)
    assert compared == expected
