"""What the documents name is there: commands, columns, files."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from gxextract.cli import app
from gxextract.export import CSV_COLUMNS, WRITERS

ROOT = Path(__file__).resolve().parent.parent
READMES = ["README.md", "README.zh-CN.md"]
COMMANDS = {command.name or command.callback.__name__ for command in app.registered_commands if command.callback}


def text_of(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


@pytest.mark.parametrize("readme", READMES)
def test_a_readme_lists_every_command(readme: str) -> None:
    assert set(re.findall(r"^\| `gxextract (\w+)", text_of(readme), re.MULTILINE)) == COMMANDS


@pytest.mark.parametrize("readme", READMES)
def test_a_readme_lists_the_formats_of_show(readme: str) -> None:
    (formats,) = re.findall(r"--format ([\w\\|]+)\]", text_of(readme))
    assert formats.split("\\|") == list(WRITERS)


@pytest.mark.parametrize("name", [*READMES, "CONTRIBUTING.md", "docs/output.md"])
def test_named_files_are_there(name: str) -> None:
    text = text_of(name)
    linked = re.findall(r"\]\(([^)]+)\)", text) + re.findall(r"`((?:docs|export|fixtures|tests|\.ci)/[\w.-]*)`", text)
    assert linked
    assert [path for path in linked if not (ROOT / path).exists()] == []


@pytest.mark.parametrize("readme", READMES)
def test_a_readme_names_targets_of_the_makefile(readme: str) -> None:
    named = set(re.findall(r"\bmake (\w+)", text_of(readme)))
    assert {"demo", "test"} <= named
    assert named <= set(re.findall(r"^(\w+):", text_of("Makefile"), re.MULTILINE))


def test_the_columns_of_the_csv_are_written_down() -> None:
    assert ", ".join(CSV_COLUMNS) in " ".join(text_of("docs/output.md").split())
