"""What is shown while a run goes on, and where."""

from __future__ import annotations

import contextlib
import os
import sys

import pytest

from gxextract.batch.outcome import Failure, Outcome
from gxextract.batch.progress import Verbosity, progress

READ = Outcome(path="甲.pdf", status="ok", error=None, pages=3, seconds=1.25)
FAILED = Outcome(path="乙\x1b[2J", status="failed", error=Failure("damaged", "broken; fetch it again"))


@pytest.mark.parametrize(
    ("verbosity", "said"),
    [
        ("quiet", ""),
        ("normal", ""),
        (
            "verbose",
            "ok          1.2 s  甲.pdf\nfailed      0.0 s  乙\\x1b[2J  damaged: broken; fetch it again\n",
        ),
    ],
)
def test_away_from_a_terminal(capsys: pytest.CaptureFixture[str], verbosity: Verbosity, said: str) -> None:
    with progress(verbosity) as tell:
        tell(READ, 2)
        tell(FAILED, 2)
    assert capsys.readouterr() == ("", said)


def test_on_a_terminal_a_line_is_kept_up_to_date(monkeypatch: pytest.MonkeyPatch) -> None:
    ours, theirs = os.openpty()
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "120")
    with os.fdopen(theirs, "w") as terminal:
        monkeypatch.setattr(sys, "stderr", terminal)
        with progress("normal") as tell:
            tell(READ, 5)
            tell(FAILED, 4)
    seen = _screen(ours)
    assert "2/4" in seen
    assert "3 pages" in seen
    assert "1 failed" in seen


def _screen(terminal: int) -> str:
    """All that was written to a terminal which nobody writes to any more."""
    written = b""
    with os.fdopen(terminal, "rb", buffering=0) as screen, contextlib.suppress(OSError):
        while chunk := screen.read(4096):
            written += chunk
    return written.decode("utf-8")
