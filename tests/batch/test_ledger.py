"""The ledger forgets nothing that was written whole, and believes nothing else."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from gxextract.batch.ledger import Ledger
from gxextract.batch.outcome import Failure, Outcome, shown

OK = Outcome(
    path="a/报告.pdf",
    status="partial",
    error=None,
    sha256="0" * 64,
    size=3,
    fingerprint="f",
    problems={"x": 2},
    checks={"verified": 3, "flagged": 1},
    unproved={"lost": 1},
    formats=("md",),
)
FAILED = Outcome(path="b", status="failed", error=Failure("damaged", "broken; fetch it again"), seconds=1.5)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    ledger = Ledger(tmp_path / "ledger.jsonl")
    ledger.append(OK)
    ledger.append(FAILED)
    return tmp_path / "ledger.jsonl"


def test_what_is_appended_is_there_at_once_and_later(file: Path) -> None:
    ledger = Ledger(file)
    assert [ledger.get(path) for path in ledger] == [OK, FAILED]
    assert ledger.get("c") is None
    ledger.append(Outcome(path="c", status="ok", error=None))
    assert ledger.get("c") == Ledger(file).get("c") == Outcome(path="c", status="ok", error=None)


def test_the_last_line_of_a_path_wins(file: Path) -> None:
    again = Outcome(path="b", status="ok", error=None, pages=4)
    Ledger(file).append(again)
    assert Ledger(file).get("b") == again
    assert list(Ledger(file)) == [OK.path, "b"]
    assert file.read_bytes().count(b"\n") == 3


def test_a_line_from_before_values_were_counted_is_read_but_holds_no_more() -> None:
    fields = json.loads(OK.to_line())
    del fields["checks"], fields["unproved"]
    old = Outcome.from_line(json.dumps(fields).encode())
    assert old == replace(OK, checks={}, unproved={}, fingerprint=None)


def test_the_public_line_has_the_fields_it_always_had() -> None:
    assert list(json.loads(OK.to_public_line())) == ["path", "sha256", "status", "error", "pages", "seconds"]


@pytest.mark.parametrize("cut", [1, 10, 60])
def test_a_torn_last_line_is_ignored_and_cut_off(file: Path, cut: int) -> None:
    whole = file.read_bytes()
    file.write_bytes(whole[:-cut])
    ledger = Ledger(file)
    assert ledger.get("b") is None
    assert ledger.get(OK.path) == OK
    ledger.append(FAILED)
    assert file.read_bytes() == whole


def test_a_torn_line_is_cut_off_whole_even_where_the_next_is_shorter(file: Path) -> None:
    whole = file.read_bytes()
    file.write_bytes(whole + b'{"path": "' + b"x" * 5000)
    Ledger(file).append(FAILED)
    assert file.read_bytes() == whole + FAILED.to_line()


@pytest.mark.parametrize("damage", [b"\0\0\0\n", b"not json\n", b"[1]\n", b'{"path": "b"}\n', b'{"error": 1}\n', b"\n"])
def test_a_damaged_line_costs_itself_only(file: Path, damage: bytes) -> None:
    file.write_bytes(damage + file.read_bytes())
    ledger = Ledger(file)
    assert [ledger.get(path) for path in ledger] == [OK, FAILED]


def test_names_that_are_not_unicode_come_back(file: Path) -> None:
    strange = Outcome(path="\udcce\udcc4\x1b\n.txt", status="ok", error=None)
    Ledger(file).append(strange)
    assert Ledger(file).get(strange.path) == strange
    assert file.read_text("utf-8").splitlines()[-1].isprintable()


@pytest.mark.parametrize(("status", "error"), [("ok", Failure("x", "y")), ("failed", None), ("skipped", None)])
def test_an_error_is_there_exactly_where_nothing_was_read(status: str, error: Failure | None) -> None:
    with pytest.raises(ValueError, match="an outcome that is"):
        Outcome(path="a", status=status, error=error)  # type: ignore[arg-type]


def test_a_name_cannot_write_to_the_terminal() -> None:
    assert shown("甲\x1b[2J\n\udcff.pdf") == "甲\\x1b[2J\\n\\udcff.pdf"
