"""What a run leaves for its reader, made anew from the ledger: outcomes, records, findings, report."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator

from ..errors import OutputError
from ..export import to_csv
from .filings import Entry, entry_of
from .folder import Folder, writing
from .ledger import Ledger
from .links import findings
from .listing import Listing
from .report import report_html
from .tally import Tally


def write_results(folder: Folder, listing: Listing, ledger: Ledger, *, parquet: bool = False) -> Tally:
    """Goes through the inputs once, in order; a line a document, and its records behind those before it.

    Raises :class:`OutputError`.
    """
    tally = Tally()
    read: list[Entry] = []
    with writing(folder.root):
        folder.parquet.unlink(missing_ok=True)  # what another run left must not stand beside newer records
        with folder.replacing(folder.outcomes) as outcomes, _adding_records(folder, parquet=parquet) as add:
            for _, outcome in listing.outcomes(ledger):
                tally.add(outcome)
                if outcome is not None:
                    outcomes.write(outcome.to_public_line())
                if outcome is not None and outcome.error is None:
                    folder.discard(outcome.path, keep=listing.formats)
                    add(folder.fragment(outcome.path).read_bytes())
                    read.append(entry_of(folder, outcome.path, outcome.sha256))
        with folder.replacing(folder.findings) as lines:
            for finding in findings(folder, read):
                tally.add_finding(finding)
                lines.write(finding.to_line())
        folder.write(folder.report, report_html(tally).encode("utf-8", "backslashreplace"))
    return tally


@contextlib.contextmanager
def _adding_records(folder: Folder, *, parquet: bool) -> Iterator[Callable[[bytes], object]]:
    """What is given takes the CSV lines of a document, for each file that has the records of all."""
    with contextlib.ExitStack() as files:
        records = files.enter_context(folder.replacing(folder.records))
        records.write(to_csv([]).encode())
        if not parquet:
            yield records.write
            return

        from ..export.parquet import parquet_rows  # only now: the part may not be there

        files.enter_context(_refusing_damage(folder))
        typed = files.enter_context(parquet_rows(files.enter_context(folder.replacing(folder.parquet))))

        def add(lines: bytes) -> None:
            records.write(lines)
            typed(lines)

        yield add


@contextlib.contextmanager
def _refusing_damage(folder: Folder) -> Iterator[None]:
    """Turns lines that are no records into an :class:`OutputError`."""
    try:
        yield
    except ValueError as error:
        told = " ".join(str(error).split())
        raise OutputError(f"records below {folder.inner} are damaged ({told}); run it again with --restart") from error
