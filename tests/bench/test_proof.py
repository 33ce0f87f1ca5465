"""What the forms' sums find out about wrong figures: small numbers of what the bench measures at length."""

from __future__ import annotations

import pytest

from bench.proof import Count, simulate


@pytest.fixture(scope="module")
def counts() -> dict[tuple[str, int], Count]:
    return simulate(300, seed=11)


@pytest.mark.parametrize("table", ["applications", "review"])
def test_sound_figures_raise_no_alarm(counts: dict[tuple[str, int], Count], table: str) -> None:
    assert (counts[table, 0].reports, counts[table, 0].detected) == (50, 0)


@pytest.mark.parametrize("wrong", [1, 2, 3])
def test_up_to_three_wrong_cells_are_always_detected(counts: dict[tuple[str, int], Count], wrong: int) -> None:
    assert counts["applications", wrong].detected == counts["applications", wrong].reports == 50


def test_a_single_wrong_cell_is_located_and_its_figure_told(counts: dict[tuple[str, int], Count]) -> None:
    one = counts["applications", 1]
    assert (one.located, one.told, one.mistold, one.unflagged) == (one.reports, one.reports, 0, 0)


def test_of_five_cells_under_one_sum_all_are_suspect_and_none_is_told(counts: dict[tuple[str, int], Count]) -> None:
    one = counts["review", 1]
    assert (one.detected, one.located, one.told, one.mistold, one.unflagged) == (one.reports, 0, 0, 0, 0)
