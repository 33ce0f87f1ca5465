"""The doctor knows every part, finds what is there, and says how to get what isn't."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import re
from pathlib import Path

import pytest

from gxextract.batch.doctor import PARTS, Part, demand, demand_parquet, diagnose
from gxextract.errors import MissingPart
from gxextract.settings import Settings

MISSING = Part(distribution="no-such-thing", module="no_such_thing", purpose="nothing")


def test_it_knows_exactly_what_the_package_needs() -> None:
    needed = [line for line in importlib.metadata.requires("gxextract") or [] if "extra ==" not in line]
    names = {re.split(r"[<>=!~;\[ ]", line)[0].lower() for line in needed}
    assert {part.distribution.lower() for part in PARTS} == names


def test_here_everything_is_there() -> None:
    diagnosis = diagnose()
    assert diagnosis.missing == ()
    assert diagnosis.in_words().endswith("everything needed is there")
    assert "_rec_" in str(diagnosis.in_fields()["parts"])


def test_what_is_missing_is_named_with_its_cure() -> None:
    diagnosis = diagnose([MISSING])
    assert [finding.name for finding in diagnosis.missing] == ["no-such-thing"]
    assert "MISSING: pip install --force-reinstall no-such-thing" in diagnosis.in_words()
    assert diagnosis.in_fields()["missing"] == ["no-such-thing"]


def test_a_distribution_without_its_module_is_missing() -> None:
    """As after two distributions that bring the same module were installed and one was removed."""
    half = Part(distribution="lxml", module="no_such_thing", purpose="nothing")
    assert [finding.name for finding in diagnose([half]).missing] == ["lxml"]


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A tesseract that knows the languages in the file beside it; nothing else is on the path."""
    program = tmp_path / "tesseract"
    program.write_text('#!/bin/sh\nwhile read -r line; do echo "$line"; done < "$0.languages"\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    return program


@pytest.mark.parametrize(
    ("languages", "is_found", "why"),
    [
        ("eng\nosd\nchi_sim\n", True, "program and data"),
        ("eng\nosd\n", False, "the program without the data reads no Chinese"),
        ("chi_sim_vert\n", False, "another kind of data"),
    ],
)
def test_tesseract_is_there_with_its_chinese(program: Path, languages: str, is_found: bool, why: str) -> None:
    program.with_suffix(".languages").write_text(languages)
    (found,) = (each for each in diagnose([]).findings if each.name.startswith("tesseract"))
    assert (found.version is not None) is is_found, why
    assert found.optional
    if is_found:
        demand(Settings(engine="tesseract"))
    else:
        with pytest.raises(MissingPart, match="apt-get install tesseract-ocr tesseract-ocr-chi-sim"):
            demand(Settings(second_engine="tesseract"))


def test_an_optional_part_that_is_not_there_is_no_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    diagnosis = diagnose()
    assert diagnosis.missing == ()
    assert "optional, to get it: apt-get install tesseract-ocr tesseract-ocr-chi-sim" in diagnosis.in_words()


def test_parquet_is_optional_and_named_with_its_cure(monkeypatch: pytest.MonkeyPatch) -> None:
    demand_parquet()
    find = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == "pyarrow" else find(name))
    assert diagnose().missing == ()
    assert "optional, to get it: pip install 'gxextract[parquet]'  (--format parquet)" in diagnose().in_words()
    with pytest.raises(MissingPart, match=r"pip install 'gxextract\[parquet\]'$"):
        demand_parquet()
