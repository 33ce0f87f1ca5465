"""Random merged tables, flattened in every style: what bench/flat.py measures must not get worse."""

import random

import pytest

from bench.flat import score
from bench.flat_readings import has_one_reading
from bench.flat_styles import STYLES
from bench.flat_tables import Sample, random_table

FLOOR = 0.97
"""The share of tables rebuilt exactly among those whose text can be read in one way only."""


@pytest.fixture(scope="module")
def samples() -> list[Sample]:
    rng = random.Random(29)
    return [random_table(rng) for _ in range(60)]


@pytest.mark.parametrize("style", STYLES)
def test_merged_tables_come_back_and_nothing_is_wrong_unwarned(style: str, samples: list[Sample]) -> None:
    scores = [score(sample, style) for sample in samples]
    assert sum(each.unwarned for each in scores) == 0
    clear = [each.exact for each in scores if each.one_reading]
    assert sum(clear) >= FLOOR * len(clear)


@pytest.mark.parametrize("style", STYLES)
def test_a_table_that_is_rebuilt_otherwise_is_warned_of(style: str, samples: list[Sample]) -> None:
    assert all(each.exact or each.warned for each in (score(sample, style) for sample in samples))


def test_where_positions_are_kept_there_is_one_reading(samples: list[Sample]) -> None:
    assert all(has_one_reading(sample, "markdown") for sample in samples)
    assert not all(has_one_reading(sample, "pipes") for sample in samples)


DELIMITED = {"pipes": "|", "markdown": "|", "markdown-repeated": "|", "tabs": "\t", "tabs-collapsed": "\t"}


@pytest.mark.parametrize("style", DELIMITED)
def test_a_cell_dropped_or_doubled_shifts_nothing_unwarned(style: str, samples: list[Sample]) -> None:
    rng = random.Random(31)
    for sample in samples:
        lines = STYLES[style][0](sample.grid)
        at = rng.randrange(max(cell.row + cell.row_span for cell in sample.grid.cells if cell.row == 0) + 1, len(lines))
        cells = lines[at].split(DELIMITED[style])
        place = rng.randrange(1, max(len(cells) - 1, 2))
        cells[place : place + 1] = rng.choice([[], 2 * cells[place : place + 1]])
        damaged = [*lines[:at], DELIMITED[style].join(cells), *lines[at + 1 :]]
        assert score(sample, style, damaged).unwarned == 0, damaged[at]
