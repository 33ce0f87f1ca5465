"""The out folder: where everything in it lies, and the only ways anything is written there.

::

    OUT/documents/<name>.<format>        OUT/.gxextract/lock           held by the run that writes
    OUT/records.csv                      OUT/.gxextract/ledger.jsonl   what was finished, append-only
    OUT/outcomes.jsonl                   OUT/.gxextract/inputs.jsonl   what the last run found
    OUT/findings.jsonl                   OUT/.gxextract/records/       the part of records.csv of each document
    OUT/report.html                      OUT/.gxextract/tmp/           files not yet whole
    OUT/records.parquet, if asked for    OUT/.gxextract/worker-N.log   what libraries print
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from ..errors import OutputError
from ..settings import OUTPUT_FORMATS

INNER = ".gxextract"
DOCUMENTS = "documents"


@dataclass(frozen=True, slots=True)
class Folder:
    """An out folder. Methods that take ``name`` mean the input of that name."""

    root: Path

    @property
    def inner(self) -> Path:
        return self.root / INNER

    @property
    def ledger(self) -> Path:
        return self.inner / "ledger.jsonl"

    @property
    def inputs(self) -> Path:
        return self.inner / "inputs.jsonl"

    @property
    def outcomes(self) -> Path:
        return self.root / "outcomes.jsonl"

    @property
    def records(self) -> Path:
        return self.root / "records.csv"

    @property
    def parquet(self) -> Path:
        return self.root / "records.parquet"

    @property
    def findings(self) -> Path:
        return self.root / "findings.jsonl"

    @property
    def report(self) -> Path:
        return self.root / "report.html"

    @property
    def results(self) -> tuple[Path, ...]:
        """What is made of all documents together, at the end of a run."""
        return self.outcomes, self.records, self.parquet, self.findings, self.report

    def log(self, worker: int) -> Path:
        """What the worker of that number and the libraries in it print."""
        return self.inner / f"worker-{worker}.log"

    def output(self, name: str, output_format: str) -> Path:
        return self.root / DOCUMENTS / f"{name}.{output_format}"

    def fragment(self, name: str) -> Path:
        """The document's lines of ``records.csv``. Hashed, for a name can be as long as a file system allows."""
        key = _key(name)
        return self.inner / "records" / key[:2] / f"{key}.csv"

    def has_outputs(self, name: str, formats: tuple[str, ...]) -> bool:
        return self.fragment(name).is_file() and all(self.output(name, each).is_file() for each in formats)

    def discard(self, name: str, *, keep: tuple[str, ...] | None = None) -> None:
        """Removes what was written of an input: all of it, or only outputs in other formats than those to ``keep``."""
        if PurePosixPath(name).is_absolute() or ".." in PurePosixPath(name).parts:
            return  # no name that a run gives: a ledger that was tampered with must not reach out of the folder
        stale = [self.output(name, each) for each in OUTPUT_FORMATS if each not in (keep or ())]
        if keep is None:
            stale.append(self.fragment(name))
        for path in stale:
            # Beside not being there, it may have a name too long to be there, or a file where its folder would be.
            with contextlib.suppress(OSError):
                path.unlink()

    def write(self, target: Path, content: bytes) -> None:
        """Writes a file whole or not at all, and on the disk before this returns. Raises ``OSError``."""
        with self.replacing(target) as file:
            file.write(content)

    @contextlib.contextmanager
    def replacing(self, target: Path) -> Iterator[BinaryIO]:
        """A new file that takes the place of ``target`` when the block ends well."""
        target.parent.mkdir(parents=True, exist_ok=True)
        unfinished = self.inner / "tmp" / f"{os.getpid()}-{_key(str(target))}"
        try:
            with unfinished.open("wb") as file:
                yield file
                file.flush()
                # A rename can reach the disk before the content does; a power cut would leave an empty file.
                os.fsync(file.fileno())
            unfinished.replace(target)
        except BaseException:
            unfinished.unlink(missing_ok=True)
            raise

    @contextlib.contextmanager
    def opened(self) -> Iterator[None]:
        """The folder made ready and held by this run alone.

        Raises :class:`OutputError` where it can't be written, holds what isn't ours, or is held by another run.
        """
        _refuse_foreign(self)
        try:
            self.inner.mkdir(parents=True, exist_ok=True)
            lock = (self.inner / "lock").open("ab")
        except OSError as error:
            raise OutputError(
                f"{self.root} can't be written ({error.strerror}); choose another --out or change its permissions"
            ) from error
        with lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                raise OutputError(f"another run is writing {self.root}; wait for it or choose another --out") from error
            shutil.rmtree(self.inner / "tmp", ignore_errors=True)
            with writing(self.root):
                (self.inner / "tmp").mkdir(exist_ok=True)
            yield

    def forget(self, names: Iterable[str]) -> None:
        """Removes the outputs of ``names`` and what would let a run resume. Files of others are left alone.

        Raises :class:`OutputError`. The ledger goes last: until then the same can be asked for again.
        """
        for name in names:
            self.discard(name)
        for folder, _, _ in os.walk(self.root / DOCUMENTS, topdown=False):
            with contextlib.suppress(OSError):
                os.rmdir(folder)
        shutil.rmtree(self.inner / "records", ignore_errors=True)
        with writing(self.root):
            for path in (self.inputs, self.outcomes, *self.results, self.ledger):
                path.unlink(missing_ok=True)


@contextlib.contextmanager
def writing(root: Path) -> Iterator[None]:
    """Turns an ``OSError`` of the block into an :class:`OutputError` about ``root``."""
    try:
        yield
    except OSError as error:
        raise OutputError(
            f"{error.filename or root} can't be written ({error.strerror}); make room or choose another --out, "
            "then run the same command to go on"
        ) from error


def _refuse_foreign(folder: Folder) -> None:
    """A folder with such names in it that no run of ours has made holds somebody's work."""
    if folder.inner.is_dir():
        return
    for path in (folder.root / DOCUMENTS, *folder.results):
        if os.path.lexists(path):
            raise OutputError(f"{path} is there already and not from gxextract; choose another --out")


def _key(name: str) -> str:
    return hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()
