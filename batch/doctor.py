"""Whether what gxextract works with is installed. Nothing is imported to find out: that would take seconds."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import platform
import shutil
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from .._version import __version__
from ..errors import MissingPart
from ..settings import HOW_TO_GET, EngineName, Settings
from .machine import cpus, default_jobs, memory_bytes

GIB = 1024**3


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A distribution that gxextract works with, the module it brings, and what it is for."""

    distribution: str
    module: str
    purpose: str


PARTS = (
    Part(distribution="pdfplumber", module="pdfplumber", purpose="a second PDF parser, for the benches"),
    Part(distribution="pypdfium2", module="pypdfium2", purpose="words, rules and pictures of PDF pages"),
    Part(distribution="camelot-py", module="camelot", purpose="a second opinion on PDF tables"),
    Part(distribution="python-docx", module="docx", purpose="making DOCX samples"),
    Part(distribution="lxml", module="lxml", purpose="HTML and DOCX"),
    Part(distribution="rapidocr", module="rapidocr", purpose="recognition of scans"),
    Part(distribution="onnxruntime", module="onnxruntime", purpose="recognition of scans"),
    Part(distribution="opencv-python-headless", module="cv2", purpose="making scans readable"),
    Part(distribution="opencc", module="opencc", purpose="traditional to simplified characters"),
    Part(distribution="pypinyin", module="pypinyin", purpose="telling injected readings from brackets"),
    Part(distribution="regex", module="regex", purpose="matching by script"),
    Part(distribution="rapidfuzz", module="rapidfuzz", purpose="matching misprinted labels"),
    Part(distribution="psutil", module="psutil", purpose="the memory limit of workers"),
    Part(distribution="rich", module="rich", purpose="progress"),
    Part(distribution="typer", module="typer", purpose="the command line"),
)

MODELS = ("_det_", "_rec_")
"""What a model of the recogniser has in its file's name: finding lines, reading lines."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One part as it is here. ``version`` is ``None`` for what is missing; ``cure`` says how to get it."""

    name: str
    purpose: str
    version: str | None
    cure: str
    optional: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnosis:
    """All findings, and the machine they were made on."""

    findings: tuple[Finding, ...]
    machine: str

    @property
    def missing(self) -> tuple[Finding, ...]:
        """What is needed and not there; optional parts aren't needed."""
        return tuple(finding for finding in self.findings if finding.version is None and not finding.optional)

    def in_fields(self) -> dict[str, Any]:
        """The diagnosis as ``doctor --json`` tells it."""
        return {
            "version": __version__,
            "machine": self.machine,
            "parts": [asdict(finding) for finding in self.findings],
            "missing": [finding.name for finding in self.missing],
        }

    def in_words(self) -> str:
        """A line a part, and the verdict last."""
        lines = [f"gxextract {__version__} on {self.machine}"]
        for finding in self.findings:
            lack = "optional, to get it" if finding.optional else "MISSING"
            state = f"found {finding.version}" if finding.version else f"{lack}: {finding.cure}"
            lines.append(f"  {finding.name:24}{state}  ({finding.purpose})")
        missing = ", ".join(finding.name for finding in self.missing)
        lines.append(f"missing: {missing}" if missing else "everything needed is there")
        return "\n".join(lines)


def diagnose(parts: Sequence[Part] = PARTS) -> Diagnosis:
    """Looks for every part, for the models that recognition needs, and for what can be had beside them."""
    machine = (
        f"Python {platform.python_version()}, {platform.system()}, {cpus()} processors, "
        f"{memory_bytes() / GIB:.1f} GiB of memory, --jobs {default_jobs()} by default"
    )
    return Diagnosis(findings=(*map(_part, parts), _models(), _tesseract(), _paddleocr(), _pyarrow()), machine=machine)


def demand(settings: Settings) -> None:
    """Raises :class:`MissingPart` where an optional engine that was asked for isn't installed."""
    optional: dict[EngineName, Callable[[], Finding]] = {"tesseract": _tesseract, "paddleocr": _paddleocr}
    for name in (settings.engine, settings.second_engine):
        if name in optional:
            _demand(optional[name]())


def demand_parquet() -> None:
    """Raises :class:`MissingPart` where what writes Parquet isn't installed."""
    _demand(_pyarrow())


def _demand(finding: Finding) -> None:
    if finding.version is None:
        raise MissingPart(f"{finding.name} isn't installed; install it with: {finding.cure}")


def _part(part: Part) -> Finding:
    """A distribution can be installed and its module gone: two that bring one module overwrite each other."""
    version = None
    if importlib.util.find_spec(part.module) is not None:
        try:
            version = importlib.metadata.version(part.distribution)
        except importlib.metadata.PackageNotFoundError:
            version = "of unknown version"
    cure = f"pip install --force-reinstall {part.distribution}"
    return Finding(name=part.distribution, purpose=part.purpose, version=version, cure=cure)


def _models() -> Finding:
    """The models lie in rapidocr's wheel; nothing is ever downloaded for them."""
    spec = importlib.util.find_spec("rapidocr")
    folders = spec.submodule_search_locations if spec and spec.submodule_search_locations else []
    files = sorted(path.stem for folder in folders for path in Path(folder, "models").glob("*.onnx"))
    found = [file for kind in MODELS for file in files if kind in file]
    is_whole = all(any(kind in file for file in found) for kind in MODELS)
    return Finding(
        name="recognition models",
        purpose="recognition of scans",
        version=", ".join(found) if is_whole else None,
        cure="pip install --force-reinstall rapidocr",
    )


def _tesseract() -> Finding:
    """The program and its data for simplified Chinese are two Debian packages: one without the other is of no use."""
    program = shutil.which("tesseract")
    version = None
    if program is not None:
        told = subprocess.run([program, "--list-langs"], capture_output=True, text=True, check=False, errors="replace")
        version = f"{program} with chi_sim" if "chi_sim" in told.stdout.split() else None
    return Finding(
        name="tesseract and chi_sim",
        purpose="--engine tesseract",
        version=version,
        cure=HOW_TO_GET["tesseract"],
        optional=True,
    )


def _paddleocr() -> Finding:
    found = _part(Part(distribution="paddleocr", module="paddleocr", purpose="--engine paddleocr"))
    return replace(found, cure=HOW_TO_GET["paddleocr"], optional=True)


def _pyarrow() -> Finding:
    found = _part(Part(distribution="pyarrow", module="pyarrow", purpose="--format parquet"))
    return replace(found, cure="pip install 'gxextract[parquet]'", optional=True)
