"""What a form's own arithmetic says of each of its values: verified, flagged, or not to be judged.

A sum is judged only where all its values are there. Blanks and strokes count as 0 where that makes it hold; where it
doesn't, a blank total is a total left out, and a sum of nothing but blanks says nothing: such a sum isn't judged. A sum
of zeros that holds proves nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from ..document import Unproved
from .counting import counted, is_empty
from .culprits import Explanation, Sum, explanations
from .model import Block, Form, Identity, Node

Spot = tuple[int, int]
"""Row and column of a value, counted among the values of a block."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """One identity in one row or column. ``off`` is by how much it fails; ``proves`` says that it holds and isn't 0."""

    identity: Identity
    terms: tuple[Spot, ...]
    results: tuple[Spot, ...]
    off: Fraction
    proves: bool

    @property
    def spots(self) -> tuple[Spot, ...]:
        return (*self.terms, *self.results)


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """``proven`` are values of which each judged sum holds, one at least not of zeros; of ``certain`` ones all aren't.

    ``suspect`` are those that the ``failing`` sums leave open to doubt, ``explanations`` what would make these hold.
    ``unjudged`` have a part in a sum that couldn't be judged, ``judged`` in one that was; ``numbers`` name a number.
    """

    proven: frozenset[Spot]
    certain: frozenset[Spot]
    suspect: frozenset[Spot]
    failing: tuple[Judged, ...]
    explanations: tuple[Explanation[Spot], ...]
    judged: frozenset[Spot]
    unjudged: frozenset[Spot]
    numbers: frozenset[Spot]

    def why_unproved(self, spot: Spot) -> Unproved:
        """Why a value is neither proven nor suspect."""
        if spot not in self.judged and spot not in self.unjudged:
            return "no-sum"
        if spot not in self.numbers:
            return "no-number"
        if any(spot in one.spots for one in self.failing):
            return "sum-fails"
        return "not-judged" if spot in self.unjudged else "zeros"


def judge(form: Form, block: Block, ways: Sequence[tuple[Node, ...]], texts: Mapping[Spot, str | None]) -> Verdict:
    """Judges the values of one block. ``ways`` are the labels of its rows; a value that isn't in ``texts`` is lost."""
    instances = _instances(form, block, ways)
    numbers = {spot: counted(text) for spot, text in texts.items()}
    empty = frozenset(spot for spot, text in texts.items() if is_empty(text))
    left_out = empty & {spot for _, _, results in instances for spot in results}
    tried = [_judged(*instance, numbers=numbers, empty=empty, left_out=left_out) for instance in instances]
    judged = [one for one in tried if one is not None]
    sums = [
        Sum(weights={**dict.fromkeys(one.terms, 1), **dict.fromkeys(one.results, -1)}, off=one.off) for one in judged
    ]
    failing = tuple(one for one in judged if one.off)
    wrong = {spot for one in failing for spot in one.spots}
    proving = {spot for one in judged if one.proves for spot in one.spots}
    idle = {spot for one in judged if not one.proves for spot in one.spots}
    said = {spot for spot, text in texts.items() if text is not None} - empty
    explained = tuple(explanations(sums)) if failing else ()
    return Verdict(
        proven=frozenset((proving - wrong) & said),
        certain=frozenset((proving - wrong - idle) & said),
        suspect=frozenset().union(*(one.suspect for one in explained)),
        failing=failing,
        explanations=explained,
        judged=frozenset(spot for one in judged for spot in one.spots),
        unjudged=frozenset(
            spot
            for (_, terms, results), one in zip(instances, tried, strict=True)
            if one is None
            for spot in (*terms, *results)
        ),
        numbers=frozenset(spot for spot in said if numbers[spot] is not None),
    )


def _instances(
    form: Form, block: Block, ways: Sequence[tuple[Node, ...]]
) -> list[tuple[Identity, tuple[Spot, ...], tuple[Spot, ...]]]:
    """Each identity in each row or column it holds for."""
    found: list[tuple[Identity, tuple[Spot, ...], tuple[Spot, ...]]] = []
    columns = block.column_ways
    for identity in form.identities:
        if identity.in_each == "column":
            terms, results = _named(ways, identity.terms), _named(ways, identity.results)
            for col in range(len(columns)):
                found.append((identity, tuple((row, col) for row in terms), tuple((row, col) for row in results)))
        else:
            terms, results = _named(columns, identity.terms), _named(columns, identity.results)
            for row in range(len(ways)):
                found.append((identity, tuple((row, col) for col in terms), tuple((row, col) for col in results)))
    return [one for one in found if one[1] and one[2]]


def _named(ways: Sequence[tuple[Node, ...]], keys: Sequence[str]) -> list[int]:
    """Which of ``ways`` lie under a label with one of ``keys``."""
    return [at for at, way in enumerate(ways) if any(node.key in keys for node in way)]


def _judged(
    identity: Identity,
    terms: tuple[Spot, ...],
    results: tuple[Spot, ...],
    *,
    numbers: Mapping[Spot, Fraction | None],
    empty: frozenset[Spot],
    left_out: frozenset[Spot],
) -> Judged | None:
    """The identity judged in one row or column, or None. ``left_out`` are the totals that are blank."""
    known = {spot: number for spot in (*terms, *results) if (number := numbers.get(spot)) is not None}
    if len(known) < len(terms) + len(results):
        return None
    off = sum((known[spot] for spot in results), Fraction(0)) - sum((known[spot] for spot in terms), Fraction(0))
    if off and (not left_out.isdisjoint(known) or empty.issuperset(terms)):
        return None
    return Judged(identity=identity, terms=terms, results=results, off=off, proves=not off and any(known.values()))
