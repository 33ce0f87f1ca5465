"""Which inputs are to be read, decided one by one as workers get free."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from .inputs import Input
from .ledger import Ledger
from .listing import Listing
from .messages import Task
from .outcome import Outcome


class Plan:
    """The tasks of a run, each made when it is asked for. ``done`` counts the inputs passed over as done before."""

    def __init__(self, listing: Listing, ledger: Ledger, *, retry_failed: bool, limit: int | None) -> None:
        self.done = 0
        self._listing = listing
        self._ledger = ledger
        self._retry_failed = retry_failed
        self._limit = limit

    def tasks(self, is_stopped: Callable[[], bool]) -> Iterator[Task]:
        """The tasks in the order of their names, ``limit`` of them at most."""
        given = 0
        for found in self._listing:
            if given == self._limit or is_stopped():
                return
            if not isinstance(found, Input):
                self.done += 1
                continue
            known = self._reusable(found)
            if known is not None and self._listing.is_current(known, found):
                self.done += 1
                continue
            given += 1
            yield Task(input=found, known=known)

    def _reusable(self, found: Input) -> Outcome | None:
        """An earlier outcome that still holds if the file's bytes are the same.

        A failure holds too, be it a crash or a limit: a file that took ten minutes to fail would take them again.
        """
        known = self._ledger.get(found.name)
        if known is None or not self._listing.is_reusable(known):
            return None
        return None if self._retry_failed and known.status == "failed" else known
