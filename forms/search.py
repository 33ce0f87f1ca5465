"""Which values, moved to other numbers that they may be, make sums hold that fail, and break none.

The changes that :mod:`gxextract.forms.culprits` reckons out may be any number. These are few and given, so that larger
sets can be searched for.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from .checks import Spot, Verdict
from .counting import Number

MOST_CHANGES = 8
"""Larger sets aren't searched for: seven cells are a row that slipped by one place, the eighth its neighbour."""
MOST_STEPS = 3000
"""How long a search goes on: it grows where the looks leave many cells open, and then little can be told."""

Change = tuple[Spot, Number]
Moves = Mapping[Spot, Sequence[tuple[Number, Number]]]
"""For each value the numbers it may be instead, and by how much each is more."""


class Search:
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
