"""The sample dump is read as well as it ever was.

`floors.json` holds, for each kind of file, the least share of values, cells and facts that must be right, and the most
values that may be wrong without a warning. Shares only rise there and that count only falls: a change that needs the
opposite has made something worse.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import gxextract
from gxextract.export import to_json
from tests.scorer import Score, score

HERE = Path(__file__).parent
DUMP = HERE.parent / "fixtures" / "dump"
TRUTH: dict[str, Any] = json.loads((HERE.parent / "fixtures" / "truth.json").read_text(encoding="utf-8"))
FLOORS: dict[str, dict[str, float]] = json.loads((HERE / "floors.json").read_text(encoding="utf-8"))
KINDS = {truth["kind"] for truth in TRUTH["documents"].values()}


def marked(kind: str) -> Any:
    return pytest.param(kind, marks=pytest.mark.ocr) if kind == "scan" else kind


@pytest.fixture(scope="module", params=[marked(kind) for kind in sorted(KINDS)])
def kind_and_scores(request: pytest.FixtureRequest) -> tuple[str, dict[str, Score]]:
    """Every file of one kind, read once."""
    paths = [path for path, truth in TRUTH["documents"].items() if truth["kind"] == request.param]
    return request.param, {
        path: score(json.loads(to_json(gxextract.read(DUMP / path))), TRUTH["documents"][path]) for path in paths
    }


def test_a_kind_keeps_to_its_floors(kind_and_scores: tuple[str, dict[str, Score]]) -> None:
    kind, scores = kind_and_scores
    total = sum(scores.values(), Score())
    measured = {**total.shares(), "wrong_and_unflagged": total.wrong_and_unflagged}
    fallen = {
        name: f"{measured[name]:.4f}, floor {floor}"
        for name, floor in FLOORS[kind].items()
        if (measured[name] > floor if name == "wrong_and_unflagged" else measured[name] < floor)
    }
    assert not fallen, "\n".join([str(fallen), *(f"{path}: {found}" for path, found in scores.items())])


def test_every_kind_has_a_floor_and_every_floor_a_kind() -> None:
    assert set(FLOORS) == KINDS


@pytest.mark.parametrize("path", sorted(TRUTH["refused"]))
def test_what_cannot_be_read_is_refused_by_name(path: str) -> None:
    with pytest.raises(gxextract.InputError) as caught:
        gxextract.read(DUMP / path)
    assert caught.value.code == TRUTH["refused"][path]


def test_the_truth_accounts_for_every_file() -> None:
    files = {path.relative_to(DUMP).as_posix() for path in DUMP.rglob("*") if path.is_file()}
    assert files == {*TRUTH["documents"], *TRUTH["refused"]}


def test_the_dump_stays_small_enough_to_commit() -> None:
    assert sum(path.stat().st_size for path in DUMP.rglob("*") if path.is_file()) < 4 * 1024 * 1024
