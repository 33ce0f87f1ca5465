"""The append-only record of what was finished, which is what resuming rests on.

A line is added once the outputs it speaks of are in place, so a run that is killed at any moment has done less than it
could have, never recorded more than it did. The last line of a path wins. A line that was cut short, or damaged, counts
as not written: its input is read again.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

from .outcome import Outcome


class Ledger:
    """A ledger file, which need not exist yet. Only the place of each path's last line is held in memory."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._places: dict[str, int] = {}
        self._end = 0
        """Where the next line goes: behind the last line that is whole."""
        if file.exists():
            self._index()

    def __iter__(self) -> Iterator[str]:
        """The paths, each once."""
        return iter(self._places)

    def get(self, path: str) -> Outcome | None:
        """The last outcome of a path."""
        place = self._places.get(path)
        if place is None:
            return None
        with self._file.open("rb") as lines:
            lines.seek(place)
            return Outcome.from_line(lines.readline())

    def append(self, outcome: Outcome) -> None:
        """Adds a line, on the disk before this returns. What a torn line left behind the end is cut off.

        Raises ``OSError``.
        """
        line = outcome.to_line()
        with self._file.open("r+b" if self._file.exists() else "wb") as lines:
            lines.truncate(self._end)
            lines.seek(self._end)
            lines.write(line)
            lines.flush()
            os.fsync(lines.fileno())
        self._places[outcome.path] = self._end
        self._end += len(line)

    def _index(self) -> None:
        with self._file.open("rb") as lines:
            for line in lines:
                if not line.endswith(b"\n"):
                    break
                with contextlib.suppress(ValueError):
                    self._places[Outcome.from_line(line).path] = self._end
                self._end += len(line)
