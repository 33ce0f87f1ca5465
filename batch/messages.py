"""What the supervisor and its workers say to each other, pickled over a pipe.

The supervisor sends one :class:`Job`, then a :class:`Task` at a time. The worker answers :class:`Ready` once, and to
each task :class:`Hashed`, then an :class:`Outcome` or, where writing is hopeless, :class:`CannotWrite`.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ..errors import UnsupportedFormat
from ..settings import OutputFormat, Settings
from .inputs import Input
from .outcome import Failure, Outcome

READER = "gxextract.extract:read"


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What is the same for every document of a run.

    ``reader`` names the function that reads, as ``module:function``, so that tests can run faulty ones.
    """

    out: Path
    settings: Settings
    formats: tuple[OutputFormat, ...]
    fingerprint: str
    reader: str = READER

    def unread(self, task: Task, failure: Failure, *, sha256: str | None, seconds: float) -> Outcome:
        """The outcome of a document that gave nothing: ``skipped`` where its format isn't ours, else ``failed``."""
        return Outcome(
            path=task.input.name,
            status="skipped" if failure.code == UnsupportedFormat.code else "failed",
            error=failure,
            sha256=sha256,
            size=task.input.size,
            mtime_ns=task.input.mtime_ns,
            fingerprint=self.fingerprint,
            seconds=round(seconds, 3),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One document. ``known`` is an earlier outcome, which still holds if the bytes are still the same."""

    input: Input
    known: Outcome | None = None


@dataclass(frozen=True, slots=True)
class Ready:
    """The worker has started."""


@dataclass(frozen=True, slots=True)
class Hashed:
    """The bytes are known. Said ahead of reading, for a worker may not live to say it afterwards."""

    sha256: str


@dataclass(frozen=True, slots=True)
class CannotWrite:
    """Outputs can't be written, which is no fault of the document: the run must end."""

    message: str


Message = Ready | Hashed | Outcome | CannotWrite
