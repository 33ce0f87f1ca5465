"""What the last run found, as a file: a dump is larger than memory, and ``status`` must know what is left.

The first line says what the outputs were to be made with, each other line is one :class:`Found`, sorted by name.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass

from .folder import Folder, writing
from .inputs import Found, Input, Refused
from .ledger import Ledger
from .messages import Job
from .outcome import Failure, Outcome, json_line


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """The inputs of a run, read from their file each time they are gone through."""

    folder: Folder
    fingerprint: str
    formats: tuple[str, ...]
    count: int

    def __iter__(self) -> Iterator[Found]:
        with self.folder.inputs.open("rb") as lines:
            next(lines)
            for line in lines:
                yield _found(line)

    def outcomes(self, ledger: Ledger) -> Iterator[tuple[str, Outcome | None]]:
        """Each name with its outcome, or with ``None`` if it is yet to be read."""
        for found in self:
            if isinstance(found, Refused):
                yield found.name, Outcome(path=found.name, status=found.status, error=found.error)
            else:
                known = ledger.get(found.name)
                yield found.name, known if known and self.is_current(known, found) else None

    def is_reusable(self, known: Outcome) -> bool:
        """Whether an outcome still holds if its file is still the same: nothing else was chosen, nothing is missing."""
        if known.fingerprint != self.fingerprint:
            return False
        if known.error is not None:
            return True
        return set(self.formats) <= set(known.formats) and self.folder.has_outputs(known.path, self.formats)

    def is_current(self, known: Outcome, found: Input) -> bool:
        """Whether an outcome holds, as far as the file's size and time can tell."""
        return (known.size, known.mtime_ns) == (found.size, found.mtime_ns) and self.is_reusable(known)


def write_listing(folder: Folder, found: Iterable[Found], job: Job) -> Listing:
    """Raises :class:`OutputError` where the file can't be written."""
    count = 0
    with writing(folder.root), folder.replacing(folder.inputs) as file:
        file.write(json_line({"fingerprint": job.fingerprint, "formats": job.formats}))
        for each in found:
            file.write(json_line(asdict(each)))
            count += 1
    return Listing(folder=folder, fingerprint=job.fingerprint, formats=job.formats, count=count)


def read_listing(folder: Folder) -> Listing:
    """The listing of the last run. Raises ``OSError`` or ``ValueError`` where there is none."""
    with folder.inputs.open("rb") as lines:
        made = json.loads(next(lines, b""))
        return Listing(
            folder=folder, fingerprint=made["fingerprint"], formats=tuple(made["formats"]), count=sum(1 for _ in lines)
        )


def _found(line: bytes) -> Found:
    """Raises ``ValueError`` for a line that no run has written."""
    try:
        fields = json.loads(line)
        if "error" in fields:
            return Refused(error=Failure(**fields.pop("error")), **fields)
        return Input(**fields)
    except TypeError as error:
        raise ValueError(f"nothing that was found: {line[:80]!r}") from error
