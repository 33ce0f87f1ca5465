"""Counting outcomes, and keeping those few that a report shows."""

from __future__ import annotations

import heapq
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TypeVar

from ..document import Check, Proof, Unproved
from .findings import Finding, FindingSeverity
from .outcome import Outcome, Status

Kept = TypeVar("Kept", Outcome, Finding)

SHOWN_OF_EACH = 200
"""A report lists this many documents or findings under one heading; the files with a line each have them all."""
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
    checks: Counter[Check] = field(default_factory=Counter)
    """Values by how sure they stand."""
    unproved: Counter[Unproved] = field(default_factory=Counter)
    """Values that aren't proved, by why."""
    pages: int = 0
    seconds: float = 0.0
    left: int = 0
    unread: dict[str, list[Outcome]] = field(default_factory=lambda: defaultdict(list))
    """The first failed and skipped inputs of each error code."""
    partial: list[Outcome] = field(default_factory=list)
    slowest: list[tuple[float, str]] = field(default_factory=list)
    """``(seconds, path)`` as a heap."""
    findings: Counter[str] = field(default_factory=Counter)
    """What was found across documents by its code, but for ``notes``: those to know of, which are no fault."""
    notes: Counter[str] = field(default_factory=Counter)
    found: dict[str, list[Finding]] = field(default_factory=lambda: defaultdict(list), compare=False)
    """The first findings and notes of each code, if they were added and not only counted."""

    @property
    def total(self) -> int:
        return self.statuses.total() + self.left

    @property
    def proof(self) -> Proof:
        """That of all documents together."""
        return Proof(values=self.checks.total(), checks=self.checks, unproved=self.unproved)

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
        self.checks.update(outcome.checks)
        self.unproved.update(outcome.unproved)
        if outcome.error:
            self.errors[outcome.error.code] += 1
            _keep(self.unread[outcome.error.code], outcome)
        elif outcome.status == "partial":
            _keep(self.partial, outcome)
        heapq.heappush(self.slowest, (outcome.seconds, outcome.path))
        if len(self.slowest) > SLOWEST:
            heapq.heappop(self.slowest)

    def add_finding(self, finding: Finding) -> None:
        self.count_finding(finding.code, finding.severity)
        _keep(self.found[finding.code], finding)

    def count_finding(self, code: str, severity: FindingSeverity) -> None:
        counts = self.notes if severity == "info" else self.findings
        counts[code] += 1

    def in_words(self) -> str:
        """``12 files: 9 ok, 1 partial, 2 failed (damaged 2)``."""
        parts = [f"{self.statuses[status]} {status}" for status in ("ok", "partial") if self.statuses[status]]
        for status in ("failed", "skipped"):
            if self.statuses[status]:
                parts.append(f"{self.statuses[status]} {status}")
        if self.left:
            parts.append(f"{self.left} left")
        return f"{self.total} file{'s' * (self.total != 1)}: {', '.join(parts)}"


def _keep(kept: list[Kept], one: Kept) -> None:
    if len(kept) < SHOWN_OF_EACH:
        kept.append(one)
