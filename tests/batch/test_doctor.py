"""The doctor knows every part, finds what is there, and says how to get what isn't."""

from __future__ import annotations

import importlib.metadata
import re

from gxextract.batch.doctor import PARTS, Part, diagnose

MISSING = Part(distribution="no-such-thing", module="no_such_thing", purpose="nothing")


def test_it_knows_exactly_what_the_package_needs() -> None:
    needed = [line for line in importlib.metadata.requires("gxextract") or [] if "extra ==" not in line]
    names = {re.split(r"[<>=!~;\[ ]", line)[0].lower() for line in needed}
    assert {part.distribution.lower() for part in PARTS} == names


def test_here_everything_is_there() -> None:
    diagnosis = diagnose()
    assert diagnosis.missing == ()
    assert diagnosis.in_words().endswith("everything is there")
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
