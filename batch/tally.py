"""Counting outcomes, and keeping those few that a report shows."""

from __future__ import annotations

import heapq
from collections import Counter, defaultdict
from dataclasses import dataclass, field

from .outcome import Outcome, Status

SHOWN_OF_EACH = 200
"""A report lists this many documents under one heading; all of them are in ``outcomes.jsonl``."""
SLOWEST = 10


@dataclass(slots=True)
class Tally:
    """What became of the inputs added so far. ``left`` are those without an outcome."""

    statuses: Counter[Status] = field(default_factory=Counter)
    errors: Counter[str] = field(default_factory=Counter)
    """Failed and skipped inputs by the code of their error."""
    problems: Counter[str] = field(default_factory=Counter)
    """Documents by the codes of their problems."""
    repaired: Counter[str] = field(default_factory=Counter)
    """Documents by what repaired texts of them."""
    repairs: Counter[str] = field(default_factory=Counter)
    """Changes of texts by what made them."""
    pages: int = 0
    seconds: float = 0.0
    left: int = 0
    unread: dict[str, list[Outcome]] = field(default_factory=lambda: defaultdict(list))
    """The first failed and skipped inputs of each error code."""
    partial: list[Outcome] = field(default_factory=list)
    slowest: list[tuple[float, str]] = field(default_factory=list)
    """``(seconds, path)`` as a heap."""

    @property
    def total(self) -> int:
        return self.statuses.total() + self.left

    def add(self, outcome: Outcome | None) -> None:
        """Counts one input; ``None`` is one that is yet to be read."""
        if outcome is None:
            self.left += 1
            return
        self.statuses[outcome.status] += 1
        self.pages += outcome.pages or 0
        self.seconds += outcome.seconds
        self.problems.update(outcome.problems.keys())
        self.repaired.update(outcome.repairs.keys())
        self.repairs.update(outcome.repairs)
        if outcome.error:
            self.errors[outcome.error.code] += 1
            _keep(self.unread[outcome.error.code], outcome)
        elif outcome.status == "partial":
            _keep(self.partial, outcome)
        heapq.heappush(self.slowest, (outcome.seconds, outcome.path))
        if len(self.slowest) > SLOWEST:
            heapq.heappop(self.slowest)

    def in_words(self) -> str:
        """``12 files: 9 ok, 1 partial, 2 failed (damaged 2)``."""
        parts = [f"{self.statuses[status]} {status}" for status in ("ok", "partial") if self.statuses[status]]
        for status in ("failed", "skipped"):
            if self.statuses[status]:
                parts.append(f"{self.statuses[status]} {status}")
        if self.left:
            parts.append(f"{self.left} left")
        return f"{self.total} file{'s' * (self.total != 1)}: {', '.join(parts)}"


def _keep(kept: list[Outcome], outcome: Outcome) -> None:
    if len(kept) < SHOWN_OF_EACH:
        kept.append(outcome)
