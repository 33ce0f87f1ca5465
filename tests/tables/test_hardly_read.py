"""What stands under a label that was hardly read off a picture isn't to be relied on."""

from __future__ import annotations

import pytest

from gxextract.document import Cell
from gxextract.tables import Grid, finish

TEXTS = (("", "春季", "秋季"), ("苹果", "3", "4"), ("梨", "5", "6"))


def flagged(doubtful: tuple[int, int], origin: str) -> set[tuple[int, int]]:
    cells = tuple(
        Cell(row=row, col=col, text=text, origin=origin, doubtful=(row, col) == doubtful)  # type: ignore[arg-type]
        for row, line in enumerate(TEXTS)
        for col, text in enumerate(line)
    )
    table = finish(Grid(rows=3, cols=3, cells=cells, evidence="ruled"), "t1")
    return {record.cell for record in table.records if record.check == "flagged"}


@pytest.mark.parametrize(
    ("label", "expected"),
    [((1, 0), {(1, 1), (1, 2)}), ((0, 2), {(1, 2), (2, 2)}), ((0, 0), set())],
)
def test_values_under_it_are_flagged(label: tuple[int, int], expected: set[tuple[int, int]]) -> None:
    assert flagged(label, "ocr") == expected
    assert flagged(label, "markup") == set()
