"""One report in several documents: copies of a file, other formats of a report, and what is no such thing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from .filings import Entry, Filing, Place, agree
from .findings import Difference, Finding

UNLIKE = 5
"""Reports that differ in fewer figures than this are one, however few figures they have."""
ENOUGH = 10
"""Reports of two years that agree in more figures than this, and differ in none, are one."""
HEADS = 10
"""A year's documents are compared with this many of its reports; any other counts as one more."""
PATH_AND_PATH = " | "


def duplicates(agency: str | None, entries: Sequence[Entry]) -> Iterator[Finding]:
    """A finding for each file that is there several times, byte for byte."""
    copies: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        if entry.sha256 is not None:
            copies[entry.sha256].append(entry)
    for same in copies.values():
        if len(same) > 1:
            year = same[0].year
            yield Finding(
                code="duplicate",
                severity="info",
                agency=agency,
                years=() if year is None else (year,),
                documents=tuple(sorted(entry.path for entry in same)),
                message=f"{len(same)} files are the same, byte for byte; any of them will do",
            )


def reports_of(filings: Sequence[Filing]) -> list[list[Filing]]:
    """The filings of one agency and year, those of one report together, with the most proved values first; of those
    that have as many, in the order they come in.
    """
    reports: list[list[Filing]] = []
    for filing in sorted(filings, key=lambda filing: -filing.proved):
        for report in reports[:HEADS]:
            if _is_one_report(report[0], filing):
                report.append(filing)
                break
        else:
            reports.append([filing])
    return reports


def compared(agency: str, report: Sequence[Filing]) -> Iterator[Finding]:
    """What the documents of one report agree or differ in, if they have any value in common."""
    shared: dict[Place, list[Filing]] = defaultdict(list)
    for filing in report:
        for place in filing.figures:
            shared[place].append(filing)
    shared = {place: filings for place, filings in shared.items() if len(filings) > 1}
    if not shared:
        return
    differences = tuple(
        Difference(
            where=PATH_AND_PATH.join(part for part in place[1:] if part),
            figures=tuple(sorted((filing.figures[place] for filing in filings), key=lambda figure: figure.path)),
        )
        for place, filings in shared.items()
        if not all(agree(filings[0].figures[place], filing.figures[place]) for filing in filings)
    )
    documents = sorted({filing.path for filings in shared.values() for filing in filings})
    if differences:
        told = f"differ in {_values(len(differences))} of {len(shared)}; see in their sources which of them is right"
    else:
        told = f"agree in all {_values(len(shared))} they share; use the fullest"
    yield Finding(
        code="formats-differ" if differences else "same-report",
        severity="warning" if differences else "info",
        agency=agency,
        years=(report[0].year,),
        documents=tuple(documents),
        message=f"{len(documents)} documents are one report and {told}",
        values=differences,
    )


def conflicting(agency: str, reports: Sequence[Sequence[Filing]]) -> Finding:
    """That several reports claim to be the agency's of one year, so that none of them can be relied on to be."""
    return Finding(
        code="reports-conflict",
        severity="warning",
        agency=agency,
        years=(reports[0][0].year,),
        documents=tuple(sorted(filing.path for report in reports for filing in report)),
        message=f"{len(reports)} reports that have little in common say they are of this agency and year, which is "
        "left out where years are compared; see whose they are, and of which year",
    )


def is_all_the_same(one: Filing, other: Filing) -> bool:
    """Whether two filings agree in every figure they share, and in more of them than chance would bring about."""
    alike, unlike = _alike(one, other)
    return unlike == 0 and alike > ENOUGH


def _is_one_report(one: Filing, other: Filing) -> bool:
    alike, unlike = _alike(one, other)
    return unlike < UNLIKE or unlike <= alike


def _alike(one: Filing, other: Filing) -> tuple[int, int]:
    """How many of the figures they share are the same and how many aren't; those that are 0 in both tell nothing, and
    flagged ones may be anything.
    """
    alike = unlike = 0
    for place, figure in one.figures.items():
        against = other.figures.get(place)
        if against is None or "flagged" in (figure.check, against.check):
            continue
        if not agree(figure, against):
            unlike += 1
        elif figure.number != 0:
            alike += 1
    return alike, unlike


def _values(count: int) -> str:
    return f"{count} value{'s' * (count != 1)}"
