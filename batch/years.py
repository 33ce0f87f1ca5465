"""One agency's reports of two years held against each other, by what their forms say of years."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from ..export.csv import PATH_JOINER
from ..forms.counting import is_empty
from ..forms.model import Block, Form, Node, YearLink
from .filings import Filing, Place, linked_forms
from .findings import Difference, Figure, Finding


class Term(NamedTuple):
    """A value that a link adds up, with the sign it has when all is brought to one side. A total may be left blank."""

    is_last: bool
    place: Place
    sign: int
    is_total: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Instance:
    """A link in one column or row, whose terms make 0."""

    where: str
    terms: tuple[Term, ...]


def linked(agency: str, last: Sequence[Filing], this: Sequence[Filing]) -> Iterator[Finding]:
    """A finding for each link that fails from ``last`` year's report to ``this`` year's, each in several documents.

    Of a year the document counts that has the most proved values, of those that have the link's table.
    """
    for form in dict.fromkeys(linked_forms().values()):
        for link in form.years:
            held = instances(form, link)
            before, after = (
                _fullest(filings, form, {term.place for one in held for term in one.terms if term.is_last == is_last})
                for filings, is_last in ((last, True), (this, False))
            )
            if before is not None and after is not None:
                yield from _broken(agency, link, held, (before, after))


def missing(agency: str, last: Filing, this: Filing, others: Sequence[str]) -> Finding:
    """That there is no report of the years between two others. ``others`` are documents of theirs without the form."""
    years = tuple(range(last.year + 1, this.year))
    if others:
        told = "what there is of then lacks the tables of the form; look whether it is among the documents named here"
    else:
        told = "look for it, also among the documents that failed or that don't say their agency and year"
    return Finding(
        code="year-missing",
        severity="warning",
        agency=agency,
        years=years,
        documents=tuple(sorted((last.path, this.path, *others))),
        message=f"no report of {', '.join(map(str, years))} was read, though of the years before and after: {told}",
    )


def refiled(agency: str, last: Filing, this: Filing) -> Finding:
    """That the reports of two years are one."""
    return Finding(
        code="years-alike",
        severity="warning",
        agency=agency,
        years=(last.year, this.year),
        documents=(last.path, this.path),
        message="the reports of both years have the same figures, so that these aren't compared; see whether one was "
        "published twice, or its year read wrongly",
    )


def _broken(
    agency: str, link: YearLink, instances: Sequence[Instance], filings: tuple[Filing, Filing]
) -> Iterator[Finding]:
    tried = [(one, _figures(one, *filings)) for one in instances]
    judged = [(one, figures) for one, figures in tried if figures is not None]
    failing = tuple(Difference(where=one.where, figures=figures) for one, figures in judged if _fails(one, figures))
    if not failing:
        return
    last, this = filings
    are_doubtful = any(figure.check == "flagged" for each in failing for figure in each.figures)
    yield Finding(
        code=f"{link.name}-differs",
        severity="info" if link.soft else "warning",
        agency=agency,
        years=(last.year, this.year),
        documents=(last.path, this.path),
        message=f"{link.words} does not hold in {len(failing)} of {len(judged)} {link.in_each}s; "
        + (
            "compare the flagged figures with their sources first"
            if are_doubtful
            else "compare both with their sources"
        ),
        values=failing,
    )


def _fullest(filings: Sequence[Filing], form: Form, places: Set[Place]) -> Filing | None:
    """The first of the filings, which come by their proved values, that has any of ``places``. A table that nobody has
    filled in, or whose figures weren't seen at all, says nothing, though each of its blanks would be a 0.
    """
    for filing in filings:
        is_filled = any(
            place.form == (form.name or "") and not is_empty(each.text) for place, each in filing.figures.items()
        )
        if is_filled and not filing.figures.keys().isdisjoint(places):
            return filing
    return None


def _figures(one: Instance, last: Filing, this: Filing) -> tuple[Figure, ...] | None:
    """The figures of an instance in the order of its terms, or ``None`` where one isn't there or is no number."""
    found = [(last if term.is_last else this).figures.get(term.place) for term in one.terms]
    figures = tuple(figure for figure in found if figure is not None and figure.number is not None)
    return figures if len(figures) == len(found) else None


def _fails(one: Instance, figures: tuple[Figure, ...]) -> bool:
    """Whether the sum isn't 0; where a total is blank it may have been left out, and nothing is known."""
    pairs = list(zip(one.terms, figures, strict=True))
    off = sum(term.sign * (figure.number or 0) for term, figure in pairs)
    return off != 0 and not any(term.is_total and is_empty(figure.text) for term, figure in pairs)


@cache
def instances(form: Form, link: YearLink) -> tuple[Instance, ...]:
    """The link in each column or row of each block that has the labels it names."""
    return tuple(one for block in form.blocks for one in _in_block(form, block, link))


def _in_block(form: Form, block: Block, link: YearLink) -> Iterator[Instance]:
    rows, columns = block.row_ways, block.column_ways
    by_column = link.in_each == "column"
    crossed, named = (columns, rows) if by_column else (rows, columns)
    signed = [(True, link.last, 1), (False, link.added, 1), (False, link.removed, -1), (False, link.results, -1)]
    chosen = [
        (is_last, way, sign) for is_last, keys, sign in signed for way in named if any(node.key in keys for node in way)
    ]
    if not {key for _, keys, _ in signed for key in keys} <= {node.key for way in named for node in way}:
        return
    totals = {key for identity in form.identities if identity.in_each == "row" for key in identity.results}
    for way in crossed:
        terms = []
        for is_last, own, sign in chosen:
            row, column = (own, way) if by_column else (way, own)
            is_total = any(node.key in totals for node in column)
            terms.append(Term(is_last, _place(form, block, row, column), sign, is_total))
        labels = tuple(node.label for node in way) if by_column else block.row_path(way)
        yield Instance(where=PATH_JOINER.join(labels), terms=tuple(terms))


def _place(form: Form, block: Block, row: tuple[Node, ...], column: tuple[Node, ...]) -> Place:
    return Place(
        form.name or "", PATH_JOINER.join(block.row_path(row)), PATH_JOINER.join(node.label for node in column)
    )
