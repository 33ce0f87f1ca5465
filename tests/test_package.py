"""What is shipped: the list of packages, the wheel, the public names, the locks."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

import gxextract

ROOT = Path(__file__).resolve().parent.parent
NOT_SHIPPED = {"bench", "build", "dist", "docs", "fixtures", "tests"}
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


def package_folders() -> list[Path]:
    """The folders that make up the package, its root included, relative to it."""
    rooms = [path.parent for path in ROOT.glob("*/__init__.py") if path.parent.name not in NOT_SHIPPED]
    nested = [path.parent for room in rooms for path in room.rglob("__init__.py")]
    return [Path(), *sorted(folder.relative_to(ROOT) for folder in nested)]


def test_every_package_is_listed() -> None:
    expected = [".".join(("gxextract", *folder.parts)) for folder in package_folders()]
    assert sorted(PROJECT["tool"]["setuptools"]["packages"]) == sorted(expected)


def test_the_wheel_holds_the_package_and_nothing_else(tmp_path: Path) -> None:
    """Built from a copy: what an earlier build left in the tree would get into the wheel."""
    source = tmp_path / "source"
    shutil.copytree(ROOT, source, ignore=shutil.ignore_patterns(".*", "build", "dist", "*.egg-info", "__pycache__"))
    build = "from setuptools import build_meta; build_meta.build_wheel('wheel')"
    done = subprocess.run([sys.executable, "-c", build], cwd=source, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (wheel,) = (source / "wheel").glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        members = archive.namelist()
        (metadata,) = (archive.read(name).decode() for name in members if name.endswith(".dist-info/METADATA"))
    expected = {
        Path("gxextract", folder, path.name).as_posix()
        for folder in package_folders()
        for path in (ROOT / folder).iterdir()
        if path.suffix == ".py" or path.name == "py.typed" or (folder.parts and path.suffix in {".json", ".toml"})
    }
    assert {name for name in members if ".dist-info/" not in name} == expected
    assert {"gxextract/py.typed", "gxextract/export/schema.json", "gxextract/cli.py"} <= expected
    assert any(name.endswith("/licenses/LICENSE") for name in members)
    assert f"\nVersion: {gxextract.__version__}\n" in metadata
    assert "License-Expression: Apache-2.0" in metadata


def test_public_names() -> None:
    assert set(gxextract.__all__) == {
        *("read", "repair_text", "Settings", "__version__"),
        *(
            "Document",
            "Source",
            "Metadata",
            "Page",
            "TextBlock",
            "Table",
            "Cell",
            "Part",
            "Record",
            "Repair",
            "FailedSum",
            "Problem",
            "Proof",
        ),
        *("GxextractError", "UsageError", "InputError", "UnsupportedFormat", "DamagedFile", "EncryptedFile"),
        *("EmptyFile", "TooLarge", "MissingPart", "OcrError", "LimitExceeded", "TimeLimit", "MemoryLimit"),
        *("OutputError", "TilingError"),
    }
    for name in gxextract.__all__:
        assert getattr(gxextract, name) is not None
    assert gxextract.read.__doc__
    assert gxextract.repair_text.__doc__


def test_every_error_on_purpose_has_a_code_of_its_own() -> None:
    errors = [gxextract.GxextractError]
    for error in errors:
        errors += error.__subclasses__()
    codes = [error.code for error in errors]
    assert len(set(codes)) == len(codes) > 10
    assert {error.exit_code for error in errors} <= set(range(1, 8))


def pins(lock: str) -> dict[str, str]:
    """The version of every line of a lock, by its name with its marker: ``numpy ; python_full_version < '3.12'``."""
    lines = re.findall(r"^([\w.-]+)==(\S+)( ; .+?)? \\$", (ROOT / lock).read_text("utf-8"), re.MULTILINE)
    return {name + marker: version for name, version, marker in lines}


@pytest.mark.parametrize("lock", ["requirements.txt", "requirements-dev.txt", "requirements-paddle.txt"])
def test_a_lock_has_hashes_and_no_addresses(lock: str) -> None:
    text = (ROOT / lock).read_text("utf-8")
    entries = re.split(r"\n(?=\S)", text.strip())
    assert len(entries) == len(pins(lock)) > 40
    assert all("--hash=sha256:" in entry for entry in entries)
    assert "://" not in text
    assert not re.search(r"^\s*--(?!hash)", text, re.MULTILINE)


def test_the_locks_agree_and_cover_what_is_declared() -> None:
    program, tools = pins("requirements.txt"), pins("requirements-dev.txt")
    assert program.items() <= tools.items()
    names = {key.split(" ;")[0] for key in program}
    declared = PROJECT["project"]["dependencies"] + PROJECT["dependency-groups"]["build"]
    assert {re.match(r"[\w.-]+", requirement).group() for requirement in declared} <= names  # type: ignore[union-attr]
    wanted = PROJECT["project"]["optional-dependencies"]["dev"]
    assert {re.match(r"[\w.-]+", requirement).group() for requirement in wanted} <= {  # type: ignore[union-attr]
        key.split(" ;")[0] for key in tools
    }


@pytest.mark.parametrize(
    ("lock", "brings"),
    [("requirements-dev.txt", "opencv-python-headless"), ("requirements-paddle.txt", "opencv-contrib-python")],
)
def test_one_package_only_writes_cv2(lock: str, brings: str) -> None:
    """Two of them overwrite each other's files."""
    names = {key.split(" ;")[0] for key in pins(lock)}
    assert {name for name in names if name.startswith("opencv")} == {brings}


def test_the_lock_with_paddleocr_has_all_else_that_is_declared() -> None:
    names = {key.split(" ;")[0] for key in pins("requirements-paddle.txt")}
    declared = PROJECT["project"]["dependencies"] + PROJECT["project"]["optional-dependencies"]["paddle"]
    wanted = {re.match(r"[\w.-]+", requirement).group() for requirement in declared}  # type: ignore[union-attr]
    assert wanted - names == {"opencv-python-headless"}
