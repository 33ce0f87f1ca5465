"""How an out folder stands, told from its ledger and from what the last run found; also while a run is going on."""

from __future__ import annotations

from pathlib import Path

from ..errors import UsageError
from .folder import Folder
from .ledger import Ledger
from .listing import read_listing
from .tally import Tally


def status(out: Path) -> Tally:
    """Counts what is in ``out``. Raises :class:`UsageError` for a folder that no run has written."""
    folder = Folder(out)
    try:
        listing = read_listing(folder)
        tally = Tally()
        for _, outcome in listing.outcomes(Ledger(folder.ledger)):
            tally.add(outcome)
    except (OSError, ValueError, KeyError) as error:
        raise UsageError(f"{out} is not an out folder of gxextract; name the --out of a run") from error
    return tally


def status_fields(tally: Tally) -> dict[str, int | dict[str, int]]:
    """The counts as ``status --json`` tells them."""
    statuses = {name: tally.statuses[name] for name in ("ok", "partial", "failed", "skipped")}
    return {
        "files": tally.total,
        **statuses,
        "left": tally.left,
        "pages": tally.pages,
        "errors": dict(sorted(tally.errors.items())),
        "problems": dict(sorted(tally.problems.items())),
    }


def status_text(tally: Tally) -> str:
    """The counts for a person: a line in all, then a line for each error and each kind of problem."""
    errors = [f"  {count:7,}  {code}" for code, count in sorted(tally.errors.items())]
    problems = [f"  {count:7,}  {code}" for code, count in sorted(tally.problems.items())]
    lines = [tally.in_words()]
    lines += ["failed or skipped:", *errors] if errors else []
    lines += ["documents with problems:", *problems] if problems else []
    lines += ["run the same command again to read those left"] if tally.left else []
    return "\n".join(lines)
