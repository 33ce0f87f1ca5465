"""Dumps whose files say what the faulty reader is to do with them, and runs over these."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from gxextract.batch.pool import Limits
from gxextract.batch.run import Options, Summary, run

FAULTY = Path(__file__).parent.parent / "faulty"
READER = "faulty:read"

Dump = Callable[[dict[str, str]], Path]
Go = Callable[..., Summary]
Seen = dict[str, object]


@pytest.fixture(autouse=True)
def faulty_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    """Workers are processes of their own; this is how they find the reader."""
    monkeypatch.setenv("PYTHONPATH", str(FAULTY))


@pytest.fixture
def dump(tmp_path: Path) -> Dump:
    """Writes files, by name, into one folder and gives it."""

    def write(files: dict[str, str]) -> Path:
        root = tmp_path / "dump"
        for name, text in files.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
        return root

    return write


@pytest.fixture
def go(tmp_path: Path) -> Go:
    """Runs with the faulty reader, quietly, two at a time unless told otherwise."""

    def start(source: Path, out: str = "out", **choices: object) -> Summary:
        limits = Limits(**choices.pop("limits", {}))  # type: ignore[arg-type]
        options = {"reader": READER, "jobs": 2, "verbosity": "quiet", "limits": limits} | choices
        return run([source], tmp_path / out, None, Options(**options))  # type: ignore[arg-type]

    return start


@pytest.fixture
def outcomes() -> Callable[[Path], dict[str, dict[str, object]]]:
    """What ``outcomes.jsonl`` says, by path."""

    def load(out: Path) -> dict[str, dict[str, object]]:
        lines = [json.loads(line) for line in (out / "outcomes.jsonl").read_text("utf-8").splitlines()]
        assert len({line["path"] for line in lines}) == len(lines)
        return {line["path"]: line for line in lines}

    return load


@pytest.fixture
def seen() -> Callable[[Path], Seen]:
    """All that a reader of an out folder sees, by path; times, and what resuming needs, left out."""

    def load(out: Path) -> Seen:
        paths = [path for path in out.rglob("*") if path.is_file() and ".gxextract" not in path.parts]
        return {path.relative_to(out).as_posix(): _timeless(path) for path in sorted(paths)}

    return load


def _timeless(path: Path) -> object:
    if path.name == "outcomes.jsonl":
        return [json.loads(line) | {"seconds": 0} for line in path.read_text("utf-8").splitlines()]
    if path.name == "report.html":
        return re.sub(r'<section id="times">.*?</section>', "", path.read_text("utf-8"), flags=re.DOTALL)
    return path.read_bytes()
