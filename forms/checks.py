"""What a form's own arithmetic says of each of its values: verified, flagged, or not to be judged.

A sum is judged only where all its values are there. Blanks and strokes count as 0 where that makes it hold; where it
doesn't, a blank total is a total left out, and a sum of nothing but blanks says nothing: such a sum isn't judged. A sum
of zeros that holds proves nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..document import Unproved
from .counting import Number, counted, is_empty
from .culprits import Explanation, Sum, explanations
from .model import Block, Form, Identity, Node

Spot = tuple[int, int]
"""Row and column of a value, counted among the values of a block."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Instance:
    """One identity in one row or column: ``terms`` and ``results`` should add up to the same."""

    identity: Identity
    terms: tuple[Spot, ...]
    results: tuple[Spot, ...]

    @property
    def spots(self) -> tuple[Spot, ...]:
        return (*self.terms, *self.results)

    def off(self, numbers: Mapping[Spot, Number]) -> Number:
        """By how much the results are more than the terms; ``numbers`` has all of both."""
        return sum([numbers[spot] for spot in self.results]) - sum([numbers[spot] for spot in self.terms])


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A judged instance. ``off`` is by how much it fails; ``proves`` says that it holds and isn't 0."""

    instance: Instance
    off: Number
    proves: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """``proven`` are values of which each judged sum holds, one at least not of zeros; of ``certain`` ones all aren't.

    ``suspect`` are those that the failing sums leave open to doubt, ``explanations`` what would make these hold.
    ``unjudged`` are the sums that lack a value. ``numbers`` has the values that name a number, blanks and strokes as 0.
    """

    proven: frozenset[Spot]
    certain: frozenset[Spot]
    suspect: frozenset[Spot]
    explanations: tuple[Explanation[Spot], ...]
    judged: tuple[Judged, ...]
    unjudged: tuple[Instance, ...]
    numbers: Mapping[Spot, Number]
    empty: frozenset[Spot]

    @property
    def failing(self) -> tuple[Instance, ...]:
        return tuple(one.instance for one in self.judged if one.off)

    def why_unproved(self, spot: Spot) -> Unproved:
        """Why a value is neither proven nor suspect."""
        unjudged = any(spot in one.spots for one in self.unjudged)
        if not unjudged and not any(spot in one.instance.spots for one in self.judged):
            return "no-sum"
        if spot in self.empty or spot not in self.numbers:
            return "no-number"
        if any(spot in one.spots for one in self.failing):
            return "sum-fails"
        return "not-judged" if unjudged else "zeros"


def judge(form: Form, block: Block, ways: Sequence[tuple[Node, ...]], texts: Mapping[Spot, str | None]) -> Verdict:
    """Judges the values of one block. ``ways`` are the labels of its rows; a value that isn't in ``texts`` is lost."""
    instances = _instances(form, block, ways)
    numbers = {spot: number for spot, text in texts.items() if (number := counted(text)) is not None}
    empty = frozenset(spot for spot, text in texts.items() if is_empty(text))
    left_out = empty & {spot for one in instances for spot in one.results}
    judged, unjudged = [], []
    for instance in instances:
        off = _off(instance, numbers, empty, left_out)
        if off is None:
            unjudged.append(instance)
        else:
            proves = not off and any(numbers[spot] for spot in instance.spots)
            judged.append(Judged(instance=instance, off=off, proves=proves))
    wrong = {spot for one in judged if one.off for spot in one.instance.spots}
    proving = {spot for one in judged if one.proves for spot in one.instance.spots}
    idle = {spot for one in judged if not one.proves for spot in one.instance.spots}
    said = {spot for spot, text in texts.items() if text is not None} - empty
    explained = tuple(explanations([_weighed(one) for one in judged])) if wrong else ()
    return Verdict(
        proven=frozenset((proving - wrong) & said),
        certain=frozenset((proving - wrong - idle) & said),
        suspect=frozenset().union(*(one.suspect for one in explained)),
        explanations=explained,
        judged=tuple(judged),
        unjudged=tuple(unjudged),
        numbers=numbers,
        empty=empty,
    )


def _weighed(one: Judged) -> Sum[Spot]:
    weights = {**dict.fromkeys(one.instance.terms, 1), **dict.fromkeys(one.instance.results, -1)}
    return Sum(weights=weights, off=one.off)


def _instances(form: Form, block: Block, ways: Sequence[tuple[Node, ...]]) -> list[Instance]:
    """Each identity in each row or column it holds for."""
    found: list[Instance] = []
    columns = block.column_ways
    for identity in form.identities:
        across = identity.in_each == "row"
        labels, lines = (columns, range(len(ways))) if across else (ways, range(len(columns)))
        terms, results = _named(labels, identity.terms), _named(labels, identity.results)
        for line in lines if terms and results else ():
            spots = [[(line, at) if across else (at, line) for at in side] for side in (terms, results)]
            found.append(Instance(identity=identity, terms=tuple(spots[0]), results=tuple(spots[1])))
    return found


def _named(ways: Sequence[tuple[Node, ...]], keys: Sequence[str]) -> list[int]:
    """Which of ``ways`` lie under a label with one of ``keys``."""
    return [at for at, way in enumerate(ways) if any(node.key in keys for node in way)]


def _off(
    instance: Instance, numbers: Mapping[Spot, Number], empty: frozenset[Spot], left_out: frozenset[Spot]
) -> Number | None:
    """By how much a sum fails, or None if it can't be judged. ``left_out`` are the totals that are blank."""
    if not all(spot in numbers for spot in instance.spots):
        return None
    off = instance.off(numbers)
    if off and (not left_out.isdisjoint(instance.spots) or empty.issuperset(instance.terms)):
        return None
    return off
