"""What the documents of a run say of each other, found agency by agency: a dump is larger than memory.

Two documents are of one agency only if they spell its name alike, blanks and the width of characters aside: a wrong
link is a wrong report.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from .copies import compared, conflicting, duplicates, is_all_the_same, reports_of
from .filings import Entry, Filing, filing_of, folded
from .findings import Finding
from .folder import Folder
from .years import linked, missing, refiled


def findings(folder: Folder, entries: Sequence[Entry]) -> Iterator[Finding]:
    """All findings, by agency, then by years, code and paths; those about no agency first.

    Raises ``OSError`` and :class:`OutputError` where the records of a document can't be read.
    """
    agencies: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        agencies[folded(entry.agency or "")].append(entry)
    for key in sorted(agencies):
        own = sorted(agencies[key], key=lambda entry: entry.path)
        name = own[0].agency
        found = [*duplicates(name, own), *(_of_agency(folder, name, own) if name else ())]
        yield from sorted(found, key=lambda finding: finding.order)


def _of_agency(folder: Folder, agency: str, entries: Sequence[Entry]) -> Iterator[Finding]:
    """What the agency's documents say, a year at a time; of a file that is there twice the first counts."""
    years: dict[int, list[str]] = defaultdict(list)
    met: set[str | None] = set()
    for entry in entries:
        if entry.year is not None and (entry.sha256 is None or entry.sha256 not in met):
            years[entry.year].append(entry.path)
            met.add(entry.sha256)
    last: list[list[Filing]] = []
    others: list[str] = []
    for year in sorted(years):
        filings = [filing for path in years[year] if (filing := filing_of(folder, path, year)) is not None]
        if not filings:
            others += years[year]
            continue
        this = reports_of(filings)
        for report in this:
            yield from compared(agency, report)
        if len(this) > 1:
            yield conflicting(agency, this)
        if last:
            yield from _from_year_to_year(agency, last, this, others)
        last, others = this, []


def _from_year_to_year(
    agency: str, last: Sequence[Sequence[Filing]], this: Sequence[Sequence[Filing]], others: Sequence[str]
) -> Iterator[Finding]:
    """What follows from two years' reports. A year with several reports is compared with none."""
    before, after = last[0][0], this[0][0]
    if after.year - before.year > 1:
        yield missing(agency, before, after, others)
    elif len(last) == len(this) == 1:
        if is_all_the_same(before, after):
            yield refiled(agency, before, after)
        else:
            yield from linked(agency, last[0], this[0])
