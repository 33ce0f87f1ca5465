"""Wrong readings put right, where the form's sums and a further look at the pixels agree on what stands there.

The sums of a form are an error-correcting code: one that fails says that one of its values is wrong, and where a value
stands under several sums they say which, and what it should be. That alone corrects nothing, since the author may have
erred, and three errors can look like one. So the pixels are asked again:

1. The values that could be wrong, and those that nobody could read, are looked at once more, in several ways. Where a
   sum still fails, so are all values of the sums that do.
2. A number that enough of these looks read is an option for its cell. What the sums would like it to be is no reason.
3. A set of options is a correction if every sum that any of them is part of then holds, and no other set that is as
   small makes one of the sums hold that failed.

What no option makes hold stays as it was read, and suspect. Blanks and strokes are never filled in.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ..document import Cell
from ..marks import Looks, Sight
from .checks import Instance, Spot, Verdict, judge
from .counting import Number, counted
from .model import Block, Form, Node

MOST_CHANGES = 8
"""Larger sets aren't searched for: seven cells are a row that slipped by one place, the eighth its neighbour."""
MOST_STEPS = 5000
"""How long a search goes on: it grows where the looks leave many cells open, and then little can be told."""
ENOUGH = 0.3
"""The share of the looks that must have read a number where more sums agree on it than cells are changed,"""
MOSTLY = 0.6
"""and where just as many do."""
AGAINST = 0.3
"""By how much that share must be more than that of what was read before, if two looks had agreed on it."""

Change = tuple[Spot, Number]
Moves = Mapping[Spot, Sequence[tuple[Number, Number]]]
"""For each value the numbers it may be instead, and by how much each is more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """A reading of a cell in ``share`` (0 to 1) of the ``looks`` at it, ``views`` being those that preferred it."""

    text: str
    share: float
    views: tuple[str, ...]
    looks: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """The text that stands in a cell, how surely, and why that is so."""

    text: str
    confidence: float
    evidence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """What the sums say once wrong readings are put right, those ``made`` right, and those that looks speak against."""

    verdict: Verdict
    made: Mapping[Spot, Correction]
    doubted: frozenset[Spot]


def decoded(
    form: Form,
    block: Block,
    ways: Sequence[tuple[Node, ...]],
    texts: Mapping[Spot, str | None],
    pictured: Mapping[Spot, Cell],
    looks: Looks,
) -> Decoded:
    """The values of one block, judged, put right, and judged again; ``ways`` are the labels of its rows.

    ``pictured`` are the cells that were read off a picture: no other is ever changed.
    """
    verdict = judge(form, block, ways, texts)
    made: dict[Spot, Correction] = {}
    options: dict[Spot, dict[Number, Option]] = {}
    for everywhere in (False, True):
        found: dict[Spot, Correction] | None = None
        while found is None or found:
            asked = [
                spot
                for spot in _open(verdict, texts, pictured, everywhere=everywhere)
                if spot not in options and spot not in made
            ]
            sights = looks([pictured[spot] for spot in asked]) if asked else ()
            options.update({spot: _options(seen) for spot, seen in zip(asked, sights, strict=True)})
            found = _corrections(verdict, _Known(texts=texts, pictured=pictured, options=options))
            for spot in found:
                del options[spot]
            if found:
                made |= found
                texts = {**texts, **{spot: change.text for spot, change in found.items()}}
                verdict = judge(form, block, ways, texts)
    known = _Known(texts=texts, pictured=pictured, options=options)
    return Decoded(verdict=verdict, made=made, doubted=frozenset(filter(known.is_doubted, options)))


def _open(
    verdict: Verdict, texts: Mapping[Spot, str | None], pictured: Mapping[Spot, Cell], *, everywhere: bool
) -> Iterator[Spot]:
    """The values to look at: those unread, and those that could be wrong, or all of the sums that fail."""
    failing = {spot for one in verdict.failing for spot in one.spots}
    for spot in texts:
        if spot in pictured and spot not in verdict.empty:
            is_wanted = spot in verdict.suspect or (spot in failing and (everywhere or pictured[spot].doubtful))
            if is_wanted or spot not in verdict.numbers:
                yield spot


def _options(sights: Sequence[Sight]) -> dict[Number, Option]:
    """What the looks at one cell read, by its number."""
    views = list(dict.fromkeys(sight.view for sight in sights))
    shares: dict[Number, float] = defaultdict(float)
    best: dict[Number, Sight] = {}
    preferred: dict[str, Sight] = {}
    for sight in sights:
        number = counted(sight.text)
        if sight.view not in preferred or sight.confidence > preferred[sight.view].confidence:
            preferred[sight.view] = sight
        if number is not None:
            shares[number] += sight.confidence / len(views)
            if number not in best or sight.confidence > best[number].confidence:
                best[number] = sight
    return {
        number: Option(
            text=best[number].text.strip(),
            share=min(share, 1.0),
            views=tuple(view for view, sight in preferred.items() if counted(sight.text) == number),
            looks=len(views),
        )
        for number, share in shares.items()
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """What was read of the cells of a block, and what the looks at some of them leave open."""

    texts: Mapping[Spot, str | None]
    pictured: Mapping[Spot, Cell]
    options: Mapping[Spot, Mapping[Number, Option]]

    def share(self, spot: Spot, number: Number | None) -> float:
        option = self.options[spot].get(number) if number is not None else None
        return option.share if option else 0.0

    def is_doubted(self, spot: Spot) -> bool:
        """Whether the looks would rather read another number."""
        now = self.share(spot, counted(self.texts[spot]))
        return any(option.share > now for option in self.options[spot].values())

    def moves(self) -> Moves:
        """The numbers that each value may be instead of the one that was read."""
        found: dict[Spot, list[tuple[Number, Number]]] = {}
        for spot, options in self.options.items():
            now = counted(self.texts[spot])
            if now is not None:
                against = 0.0 if self.pictured[spot].doubtful else AGAINST
                least = max(ENOUGH, self.share(spot, now) + against)
                found[spot] = [
                    (number, number - now)
                    for number, option in options.items()
                    if number != now and option.share >= least
                ]
        return found


def _corrections(verdict: Verdict, known: _Known) -> dict[Spot, Correction]:
    """The changes that nothing speaks against, by the values that they change."""
    search = _Search(verdict, known.moves())
    changes: dict[Spot, tuple[Number, Sequence[Instance]]] = {}
    for at in search.failing:
        found = search.only(at)
        if found is not None and _is_supported(found, search, known):
            for spot, number in found:
                changes[spot] = number, [search.sums[index].instance for index, _ in search.touching[spot]]
    changes |= _unread(verdict, known)
    return {
        spot: _correction(known.options[spot][number], known.texts[spot], sums)
        for spot, (number, sums) in changes.items()
    }


def _is_supported(changes: frozenset[Change], search: _Search, known: _Known) -> bool:
    """Whether the looks are as sure as it takes where so few sums agree."""
    touched = {index for spot, _ in changes for index, _ in search.touching[spot]}
    least = ENOUGH if len(touched) > len(changes) else MOSTLY
    return len(touched) >= len(changes) and all(known.share(spot, number) >= least for spot, number in changes)


def _unread(verdict: Verdict, known: _Known) -> dict[Spot, tuple[Number, Sequence[Instance]]]:
    """Values that nobody could read: what most looks read now, where all sums hold with it and one isn't of zeros."""
    guesses = {
        spot: max(options, key=lambda number: options[number].share)
        for spot, options in known.options.items()
        if spot not in verdict.numbers and options
    }
    numbers = {**verdict.numbers, **guesses}
    found: dict[Spot, tuple[Number, Sequence[Instance]]] = {}
    for spot, number in guesses.items():
        sums = [one for one in verdict.unjudged if spot in one.spots and all(other in numbers for other in one.spots)]
        holds = not any(one.off(numbers) for one in sums)
        proves = any(numbers[other] for one in sums for other in one.spots)
        if holds and proves and known.share(spot, number) >= (ENOUGH if len(sums) > 1 else MOSTLY):
            found[spot] = number, sums
    return found


def _correction(option: Option, before: str | None, sums: Sequence[Instance]) -> Correction:
    words = " and ".join(dict.fromkeys(one.identity.words for one in sums))
    was = "nothing could be read" if before is None else f"{before.strip()} was read"
    return Correction(
        text=option.text,
        confidence=round(option.share, 4),
        evidence=f"{was}; {len(option.views)} of {option.looks} further looks read {option.text or 'a blank'} "
        f"({', '.join(option.views)}), and only with that {words} {'hold' if len(sums) > 1 else 'holds'}",
    )


class _Search:
    """The smallest sets of moves that make failing sums hold and break none. Sums go by their place among ``sums``."""

    def __init__(self, verdict: Verdict, moves: Moves) -> None:
        self.sums = verdict.judged
        self.failing = [at for at, one in enumerate(self.sums) if one.off]
        self.touching: dict[Spot, list[tuple[int, int]]] = defaultdict(list)
        for at, one in enumerate(self.sums):
            for sign, spots in ((-1, one.instance.terms), (1, one.instance.results)):
                for spot in spots:
                    self.touching[spot].append((at, sign))
        self._moves = moves
        self._room = [sum(len(moves.get(spot, ())) for spot in one.instance.spots) for one in self.sums]
        self._steps = MOST_STEPS
        self._smallest: dict[int, frozenset[frozenset[Change]]] = {}

    def only(self, at: int) -> frozenset[Change] | None:
        """The one smallest set that makes a failing sum hold, if it is that for all failing sums it touches."""
        found = self._sets_for(at)
        if len(found) != 1:
            return None
        (only,) = found
        touched = {index for spot, _ in only for index, _ in self.touching[spot]}
        return only if all(self._sets_for(index) == found for index in self.failing if index in touched) else None

    def _sets_for(self, at: int) -> frozenset[frozenset[Change]]:
        """None at all where the search was cut short: one that wasn't found yet may be as good."""
        if at not in self._smallest:
            found: frozenset[frozenset[Change]] = frozenset()
            for size in range(1, MOST_CHANGES + 1) if self._room[at] else ():
                found = frozenset(self._sets({at: self.sums[at].off}, {}, size))
                if found or self._steps < 0:
                    break
            self._smallest[at] = found if self._steps >= 0 else frozenset()
        return self._smallest[at]

    def _sets(
        self, off: Mapping[int, Number], changes: Mapping[Spot, Number], size: int
    ) -> Iterator[frozenset[Change]]:
        """Sets of the ``changes`` and at most ``size`` more. ``off`` is by how much the sums they touch fail then."""
        self._steps -= 1
        failing = [at for at, by in off.items() if by]
        if not failing:
            yield frozenset(changes.items())
        elif size and self._steps >= 0:
            narrowest = min(failing, key=self._room.__getitem__)
            for spot in self.sums[narrowest].instance.spots:
                for number, more in self._moves.get(spot, ()) if spot not in changes else ():
                    moved = {at: off.get(at, self.sums[at].off) + sign * more for at, sign in self.touching[spot]}
                    yield from self._sets({**off, **moved}, {**changes, spot: number}, size - 1)
