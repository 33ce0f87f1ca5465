"""A report as it was filed: the values of one document, by their places in the form, read back from its records."""

from __future__ import annotations

import csv
import sys
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from ..errors import OutputError
from ..export.csv import CSV_COLUMNS
from ..forms.model import Form, catalogue
from .findings import Figure
from .folder import Folder

PROVED: frozenset[str] = frozenset({"verified", "repaired"})


class Place(NamedTuple):
    """Where a value stands in a form, whatever its edition: tables of one name share their places."""

    form: str
    row_path: str
    column_path: str


class Entry(NamedTuple):
    """What is kept of every document that was read. ``agency`` is as printed."""

    agency: str | None
    year: int | None
    sha256: str | None
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Filing:
    """The values of one document's known tables that are there. A lost one isn't, nor one that has two texts, as where
    several offices' tables stand in one document.

    ``proved`` is the number of values that a sum proves or that were put right with proof.
    """

    path: str
    year: int
    figures: dict[Place, Figure]
    proved: int


@cache
def linked_forms() -> dict[str, Form]:
    """The forms of those families that link an agency's years, by the ids their tables have."""
    families = {form.family for form in catalogue() if form.years}
    return {form.id(edition): form for form in catalogue() if form.family in families for edition in form.editions}


def entry_of(folder: Folder, path: str, sha256: str | None) -> Entry:
    """Whose report a document is, as the first of its records says; a document without records doesn't say."""
    fields = next(_rows(folder, path), {})
    year = fields.get("year", "")
    return Entry(
        agency=sys.intern(fields.get("agency", "")) or None,
        year=int(year) if year.isdecimal() else None,
        sha256=sha256,
        path=path,
    )


def filing_of(folder: Folder, path: str, year: int) -> Filing | None:
    """The document's filing of that ``year``, or ``None`` where it has no table of a form that links years.

    Neither has a report of a year from before there was the form: that year was read wrongly.
    """
    figures: dict[Place, Figure] = {}
    torn: set[Place] = set()
    is_known = False
    for fields in _rows(folder, path):
        form = linked_forms().get(fields["form"])
        if form is None or (form.since is not None and year < form.since):
            continue
        is_known = True
        if fields["check"] == "flagged" and not fields["text"]:
            continue  # lost, or a blank that nobody can rely on
        place = Place(form.name or "", sys.intern(fields["row_path"]), sys.intern(fields["column_path"]))
        figure = Figure(
            path=path,
            year=year,
            table=sys.intern(fields["table"]),
            row_path=place.row_path,
            column_path=place.column_path,
            text=fields["text"],
            check=sys.intern(fields["check"]),
            page=int(fields["page"]) if fields["page"].isdecimal() else None,
        )
        if not agree(figures.setdefault(place, figure), figure):
            torn.add(place)
    whole = {place: figure for place, figure in figures.items() if place not in torn}
    proved = sum(figure.check in PROVED for figure in whole.values())
    return Filing(path=path, year=year, figures=whole, proved=proved) if is_known else None


def agree(one: Figure, other: Figure) -> bool:
    """Whether two figures say the same: the same number (a blank is 0), or the same words."""
    left, right = one.number, other.number
    if left is None or right is None:
        return folded(one.text) == folded(other.text)
    return left == right


def folded(text: str) -> str:
    """What of a text doesn't depend on who typed it: no blanks, one width of characters."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def _rows(folder: Folder, path: str) -> Iterator[dict[str, str]]:
    """The records of a document, as its part of ``records.csv`` has them. Raises :class:`OutputError`."""
    csv.field_size_limit(sys.maxsize)  # a cell may hold more than the reader takes by default
    fragment = folder.fragment(path)
    try:
        with fragment.open(encoding="utf-8", newline="") as lines:
            for row in csv.reader(lines):
                yield dict(zip(CSV_COLUMNS, row, strict=True))
    except (csv.Error, ValueError) as error:
        raise OutputError(f"{fragment} is damaged; remove it and run the same command again") from error
