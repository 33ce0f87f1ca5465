"""How an out folder stands, told from its ledger and from what the last run found; also while a run is going on."""

from __future__ import annotations

import json
from pathlib import Path

from ..errors import UsageError
from ..export.json import Json, proof_fields
from ..export.proved import proved, unproved
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
        _add_findings(folder, tally)
    except (OSError, ValueError, KeyError) as error:
        raise UsageError(f"{out} is not an out folder of gxextract; name the --out of a run") from error
    return tally


def _add_findings(folder: Folder, tally: Tally) -> None:
    """What the last run that came to its end found across documents."""
    if folder.findings.exists():
        with folder.findings.open("rb") as lines:
            for line in lines:
                finding = json.loads(line)
                tally.count_finding(finding["code"], finding["severity"])


def status_fields(tally: Tally) -> Json:
    """The counts as ``status --json`` tells them."""
    statuses = {name: tally.statuses[name] for name in ("ok", "partial", "failed", "skipped")}
    return {
        "files": tally.total,
        **statuses,
        "left": tally.left,
        "pages": tally.pages,
        "proof": proof_fields(tally.proof),
        "errors": dict(sorted(tally.errors.items())),
        "problems": dict(sorted(tally.problems.items())),
        "findings": dict(sorted(tally.findings.items())),
        "notes": dict(sorted(tally.notes.items())),
    }


def status_text(tally: Tally) -> str:
    """The counts for a person: a line in all, then how much is proved, errors, kinds of problems and findings."""
    reasons = [f"  {count:7,}  {reason}" for count, reason in unproved(tally.proof)]
    errors = [f"  {count:7,}  {code}" for code, count in sorted(tally.errors.items())]
    problems = [f"  {count:7,}  {code}" for code, count in sorted(tally.problems.items())]
    findings = [f"  {count:7,}  {code}" for code, count in sorted(tally.findings.items())]
    lines = [tally.in_words()]
    lines += [f"proved: {proved(tally.proof)}", *reasons] if tally.proof.values else []
    lines += ["failed or skipped:", *errors] if errors else []
    lines += ["documents with problems:", *problems] if problems else []
    lines += ["found across documents (findings.jsonl):", *findings] if findings else []
    lines += ["run the same command again to read those left"] if tally.left else []
    return "\n".join(lines)
