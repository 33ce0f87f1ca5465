"""What a run leaves for its reader, made anew from the ledger: outcomes.jsonl, records.csv, report.html."""

from __future__ import annotations

import shutil
from typing import BinaryIO

from ..export import to_csv
from .folder import Folder, writing
from .ledger import Ledger
from .listing import Listing
from .report import report_html
from .tally import Tally


def write_results(folder: Folder, listing: Listing, ledger: Ledger) -> Tally:
    """Goes through the inputs once, in order; a line a document, and its records behind those before it.

    Raises :class:`OutputError`.
    """
    tally = Tally()
    with writing(folder.root):
        with folder.replacing(folder.outcomes) as outcomes, folder.replacing(folder.records) as records:
            records.write(to_csv([]).encode())
            for _, outcome in listing.outcomes(ledger):
                tally.add(outcome)
                if outcome is not None:
                    outcomes.write(outcome.to_public_line())
                if outcome is not None and outcome.error is None:
                    _append_fragment(folder, outcome.path, records)
        folder.write(folder.report, report_html(tally).encode("utf-8", "backslashreplace"))
    return tally


def _append_fragment(folder: Folder, name: str, records: BinaryIO) -> None:
    with folder.fragment(name).open("rb") as fragment:
        shutil.copyfileobj(fragment, records)
