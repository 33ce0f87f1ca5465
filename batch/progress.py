"""Showing how far a run is: a live line on a terminal, a line a file if asked for, else nothing."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Literal

from .outcome import Outcome, shown

Verbosity = Literal["quiet", "normal", "verbose"]

Teller = Callable[[Outcome, int], None]
"""Is told each outcome, and how many files the run has to read as far as is known by then."""


@contextmanager
def progress(verbosity: Verbosity) -> Iterator[Teller]:
    """What tells the user of each outcome, on standard error."""
    if verbosity == "verbose":
        yield _print_line
    elif verbosity == "normal" and sys.stderr.isatty():
        with _live() as teller:
            yield teller
    else:
        yield lambda outcome, total: None


def _print_line(outcome: Outcome, total: int) -> None:
    error = f"  {outcome.error.code}: {outcome.error.message}" if outcome.error else ""
    print(f"{outcome.status:8}{outcome.seconds:7.1f} s  {shown(outcome.path)}{shown(error)}", file=sys.stderr)


@contextmanager
def _live() -> Iterator[Teller]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        BarColumn(bar_width=None),
        MofNCompleteColumn(),
        TextColumn("files  {task.fields[pages]} pages  {task.fields[rate]:.1f} files/s  {task.fields[failed]} failed"),
        TimeRemainingColumn(compact=True),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bars:
        bar = bars.add_task("", total=None, pages=0, rate=0.0, failed=0)
        pages = failed = 0

        def tell(outcome: Outcome, total: int) -> None:
            nonlocal pages, failed
            pages += outcome.pages or 0
            failed += outcome.status == "failed"
            task = bars.tasks[0]
            rate = (task.completed + 1) / task.elapsed if task.elapsed else 0.0
            bars.update(bar, advance=1, total=total, pages=pages, rate=rate, failed=failed)

        yield tell
