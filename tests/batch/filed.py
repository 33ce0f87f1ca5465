"""Made-up reports filed as a run files them, without anything being read."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from pathlib import Path

from fixtures.report import Report
from gxextract.batch.filings import entry_of
from gxextract.batch.findings import Finding
from gxextract.batch.folder import Folder
from gxextract.batch.links import findings
from gxextract.export import CSV_COLUMNS

LOST = "LOST"
"""A figure of this text is filed as one that was lost."""


def found_in(
    out: Path, reports: Mapping[str, Report], *, checks: Mapping[str, str] | None = None, sha256: str | None = None
) -> list[Finding]:
    """What is found among ``reports``, by path. ``checks`` are those of all values of a path, else ``verified``.

    Each has a ``sha256`` of its own unless all have the one given.
    """
    folder = Folder(out)
    for path, report in reports.items():
        fragment = folder.fragment(path)
        fragment.parent.mkdir(parents=True, exist_ok=True)
        with fragment.open("w", encoding="utf-8", newline="") as lines:
            csv.writer(lines).writerows(rows(path, report, (checks or {}).get(path, "verified")))
    return list(findings(folder, [entry_of(folder, path, sha256 or path) for path in reports]))


def rows(path: str, report: Report, check: str) -> Iterator[list[str]]:
    for number, table in enumerate(report.tables, 1):
        for value in table.values:
            fields = {
                "path": path,
                "agency": report.agency,
                "year": str(report.year or ""),
                "form": table.form,
                "table": f"t{number}",
                "row_path": " / ".join(value.row_path),
                "column_path": " / ".join(value.column_path),
                "text": "" if value.text == LOST else value.text,
                "check": "flagged" if value.text == LOST else check,
                "page": "3",
            }
            yield [fields.get(column, "") for column in CSV_COLUMNS]


def told(findings: list[Finding]) -> list[tuple[str, tuple[int, ...]]]:
    return [(finding.code, finding.years) for finding in findings]
