"""Imports go one way, and `gxextract --help` loads nothing heavy."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import gxextract

ROOT = Path(gxextract.__file__).parent

GROUND = {"document", "errors", "settings", "_version"}
"""What any room may import."""

ALLOWED: dict[str, set[str]] = {
    "_version": set(),
    "errors": set(),
    "settings": {"_version", "errors"},
    "document": {"errors"},
    "marks": {"document"},
    "tables": {"marks"} | GROUND,
    "ocr": {"marks"} | GROUND,
    "repair": {"marks"} | GROUND,
    "forms": {"marks"} | GROUND,
    "export": {"marks"} | GROUND,
    "extract": {"tables", "ocr", "repair", "forms", "marks"} | GROUND,
    "batch": {"extract", "export", "forms", "marks"} | GROUND,
    "cli": {"batch", "extract", "export"} | GROUND,
    "__init__": {"extract"} | GROUND,
}
"""Which rooms each room may import, besides itself. Rooms of one level aren't in each other's sets."""

NOT_SHIPPED = {"bench", "build", "fixtures", "tests"}

HEAVY = {
    *(
        "camelot",
        "cv2",
        "docx",
        "hypothesis",
        "lxml",
        "numpy",
        "onnxruntime",
        "opencc",
        "pandas",
        "pdfminer",
        "pdfplumber",
    ),
    *("PIL", "pyarrow", "pypdfium2", "pypinyin", "rapidocr", "ray", "shapely"),
}


def shipped_modules() -> list[Path]:
    """Every module of the package, relative to its root."""
    rooms = [folder.parent for folder in ROOT.glob("*/__init__.py") if folder.parent.name not in NOT_SHIPPED]
    modules = [*ROOT.glob("*.py"), *(module for room in rooms for module in room.rglob("*.py"))]
    return sorted(module.relative_to(ROOT) for module in modules)


def imported_rooms(module: Path, source: str) -> set[str]:
    """The rooms that a module imports anywhere in it, also inside functions; by relative or by absolute name."""
    package = ["gxextract", *module.parent.parts]
    names: list[list[str]] = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names += [alias.name.split(".") for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            base = base + (node.module.split(".") if node.module else [])
            names += [[*base, alias.name] for alias in node.names]
    return {name[1] for name in names if name[0] == "gxextract"} - {room_of(module)}


def room_of(module: Path) -> str:
    return module.parts[0].removesuffix(".py")


@pytest.mark.parametrize("module", shipped_modules(), ids=str)
def test_imports_go_one_way(module: Path) -> None:
    source = ROOT.joinpath(module).read_text("utf-8")
    assert imported_rooms(module, source) <= ALLOWED[room_of(module)]


@pytest.mark.parametrize(
    ("module", "source", "rooms"),
    [
        ("ocr/page.py", "from ..tables.grid import Grid", {"tables"}),
        ("ocr/page.py", "from .. import tables, marks", {"tables", "marks"}),
        ("ocr/page.py", "def f():\n    import gxextract.forms.align", {"forms"}),
        ("ocr/page.py", "from gxextract.forms import align", {"forms"}),
        ("ocr/page.py", "from .engine import Engine\nimport re", set()),
        ("ocr/engines/rapid.py", "from ..engine import Engine\nfrom ...marks import Word", {"marks"}),
        ("document.py", "from .cli import main", {"cli"}),
    ],
)
def test_the_walk_sees(module: str, source: str, rooms: set[str]) -> None:
    assert imported_rooms(Path(module), source) == rooms


@pytest.mark.parametrize("module", shipped_modules(), ids=str)
def test_the_package_names_itself_by_dots_only(module: Path) -> None:
    for node in ast.walk(ast.parse(ROOT.joinpath(module).read_text("utf-8"))):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        names += [node.module or ""] if isinstance(node, ast.ImportFrom) and node.level == 0 else []
        assert not [name for name in names if name.split(".")[0] == "gxextract"]


@pytest.mark.parametrize("module", ["gxextract", "gxextract.cli", "gxextract.export"])
def test_nothing_heavy_is_loaded(module: str) -> None:
    code = f"import sys, {module}; print(*sorted({{name.split('.')[0] for name in sys.modules}}))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd="/").stdout
    assert "gxextract" in loaded.split()
    assert not HEAVY.intersection(loaded.split())
