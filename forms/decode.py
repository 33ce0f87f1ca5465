"""Wrong readings put right, where the form's sums and a further look at the pixels agree on what stands there.

The sums of a form are an error-correcting code: one that fails says that one of its values is wrong, and where a value
stands under several sums they say which, and what it should be. That alone corrects nothing, since the author may have
erred, and three errors can look like one. So the pixels are asked again:

1. Values that nobody could read, or in pieces only, are looked at once more, in several ways. What enough of these
   looks read counts as read from here on; it is doubtful until sums prove it.
2. So are the values that could be wrong where a sum fails and, where one still does, all values of the sums that do.
3. A number that enough of the looks read is an option for its cell. What the sums would like it to be is no reason.
4. A set of options is a correction if every sum that any of them is part of then holds, and no other set that is as
   small makes one of the sums hold that failed.

What no option makes hold stays as it was read, and suspect.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from ..document import Cell
from ..marks import Looks, Sight
from .checks import Instance, Spot, Verdict, judge
from .counting import Number, counted, is_parted
from .model import Block, Form, Node
from .search import Change, Moves, Search

ENOUGH = 0.5
"""The share of the looks that must have read a number where more sums agree on it than cells are changed,"""
NEARLY_ALL = 0.9
"""and where fewer do."""
SLIPPED = 2
"""Values of a row that looks contradict, before all of it is looked at."""
AGAINST = 0.3
"""By how much that share must be more than that of what was read before, if two looks had agreed on it."""


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
    """What the sums say once wrong readings are put right.

    ``made`` are the corrections with proof, ``reread`` readings of values that were lost and that no sum proves.
    ``doubted`` are other values that the looks speak against.
    """

    verdict: Verdict
    made: Mapping[Spot, Correction]
    reread: Mapping[Spot, Correction]
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
    known = _Known(printed=texts, texts=dict(texts), pictured=pictured)
    verdict = judge(form, block, ways, known.texts)
    made: dict[Spot, Correction] = {}
    for everywhere in (False, True):
        settled = False
        while not settled:
            asked = [spot for spot in _open(verdict, known, everywhere=everywhere) if spot not in known.options]
            if asked:
                read = known.look(asked, looks)
            else:
                found = _corrections(verdict, known)
                settled = not found or not found.keys().isdisjoint(made)
                read = {} if settled else {spot: change.text for spot, change in found.items()}
                made |= {spot: found[spot] for spot in read}
            if read:
                known.texts.update(read)
                verdict = judge(form, block, ways, known.texts)
    unproved = {spot for spot in known.reread if spot not in made}
    if unproved:
        without = judge(form, block, ways, {**known.texts, **dict.fromkeys(unproved)})
        proved = {spot: sums for spot in unproved if (sums := _proof(spot, known, without))}
        made |= {spot: _correction(known.option(spot), known.printed[spot], sums) for spot, sums in proved.items()}
        unproved -= proved.keys()
        verdict = _with_less(verdict, judge(form, block, ways, {**known.texts, **dict.fromkeys(unproved)}))
    return Decoded(
        verdict=verdict,
        made=made,
        reread={spot: _correction(known.option(spot), known.printed[spot], ()) for spot in sorted(unproved)},
        doubted=frozenset(spot for spot in known.contradicted() if spot not in made and spot not in known.reread),
    )


def _open(verdict: Verdict, known: _Known, *, everywhere: bool) -> Iterator[Spot]:
    """The values to look at: those unread, and those that could be wrong, or all of the sums that fail.

    Where looks contradict two values of a row, it may have slipped, and a sum of it hold by chance: all are looked at.
    So is a blank for which a sum wasn't judged.
    """
    failing = {spot for one in verdict.failing for spot in one.spots}
    left_out = {spot for one in verdict.unjudged for spot in one.spots} & verdict.empty
    contradicted = Counter(row for row, _ in known.contradicted())
    for spot, cell in known.pictured.items():
        is_wanted = spot in verdict.suspect or (spot in failing and (everywhere or cell.doubtful))
        is_open = spot not in verdict.numbers or spot in left_out or is_parted(known.texts[spot])
        if is_wanted or is_open or contradicted[spot[0]] >= SLIPPED:
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
            share=round(min(share, 1.0), 4),
            views=tuple(view for view, sight in preferred.items() if counted(sight.text) == number),
            looks=len(views),
        )
        for number, share in shares.items()
    }


@dataclass(slots=True, kw_only=True)
class _Known:
    """What is known of the cells of a block: what was ``printed`` as first read, the ``texts`` that count by now, and
    what the looks at some leave open. ``reread`` had no number at first, or one in pieces.
    """

    printed: Mapping[Spot, str | None]
    texts: dict[Spot, str | None]
    pictured: Mapping[Spot, Cell]
    options: dict[Spot, Mapping[Number, Option]] = field(default_factory=dict)
    reread: set[Spot] = field(default_factory=set)

    def look(self, spots: Sequence[Spot], looks: Looks) -> dict[Spot, str]:
        """Looks at cells. What enough looks read of those without a number, which counts as read now."""
        read: dict[Spot, str] = {}
        for spot, sights in zip(spots, looks([self.pictured[spot] for spot in spots]), strict=True):
            options = self.options[spot] = _options(sights)
            best = max(options.values(), key=lambda option: option.share, default=None)
            if best is not None and best.share >= self._least(spot):
                read[spot] = best.text
        read = {spot: text for spot, text in read.items() if text != self.texts[spot]}
        self.reread |= read.keys()
        return read

    def _least(self, spot: Spot) -> float:
        """The share of the looks that a reading needs to count where none did before; more than all if one did."""
        text = self.texts[spot]
        if counted(text) is None or is_parted(text):
            return ENOUGH
        return NEARLY_ALL if not (text or "").strip() else float("inf")

    def option(self, spot: Spot) -> Option:
        """The option that is the text of a value now."""
        number = counted(self.texts[spot])
        assert number is not None  # texts that looks gave are numbers
        return self.options[spot][number]

    def share(self, spot: Spot, number: Number | None) -> float:
        """The share of the looks that read a number."""
        option = self.options[spot].get(number) if number is not None else None
        return option.share if option else 0.0

    def contradicted(self) -> Iterator[Spot]:
        """Cells in which the looks would rather read another number than was read first."""
        for spot, options in self.options.items():
            said = self.share(spot, counted(self.printed[spot]))
            if any(option.share > said for option in options.values()):
                yield spot

    def moves(self) -> Moves:
        """The numbers that each value may be instead of the one that was read."""
        found: dict[Spot, list[tuple[Number, Number]]] = {}
        for spot, options in self.options.items():
            now = counted(self.texts[spot])
            if now is not None:
                against = 0.0 if self.pictured[spot].doubtful or spot in self.reread else AGAINST
                least = max(ENOUGH, self.share(spot, now) + against)
                found[spot] = [
                    (number, number - now)
                    for number, option in options.items()
                    if number != now and option.share >= least
                ]
        return found


def _corrections(verdict: Verdict, known: _Known) -> dict[Spot, Correction]:
    """The first set of changes that nothing speaks against, by the values they change.

    One at a time: two that share a value which neither changes alone could break a sum together.
    """
    search = Search(verdict, known.moves())
    for at in search.failing:
        changes = search.only(at)
        if changes is not None and _is_supported(changes, search, known):
            return {
                spot: _correction(
                    known.options[spot][number],
                    known.printed[spot],
                    [search.sums[index].instance for index, _ in search.touching[spot]],
                )
                for spot, number in changes
            }
    return {}


def _is_supported(changes: frozenset[Change], search: Search, known: _Known) -> bool:
    """Whether the looks are as sure as it takes where so few sums agree; one with a reading to prove doesn't count."""
    changed = {spot for spot, _ in changes}
    touched = {index for spot in changed for index, _ in search.touching[spot]}
    open_ones = known.reread - changed
    agree = sum(open_ones.isdisjoint(search.sums[index].instance.spots) for index in touched)
    least = ENOUGH if agree > len(changes) else NEARLY_ALL
    return agree > 0 and all(known.share(spot, number) >= least for spot, number in changes)


def _proof(spot: Spot, known: _Known, without: Verdict) -> Sequence[Instance]:
    """The sums that prove what was read of a lost value: two at least, ``without`` any other that was lost.

    Figures that are equal are misread equally: they don't prove each other. Where one of the sums is of zeros, nearly
    all looks must agree.
    """
    option = known.option(spot)
    numbers = {**without.numbers, spot: counted(option.text) or 0}
    sums = [one for one in without.unjudged if spot in one.spots and all(other in numbers for other in one.spots)]
    of_zeros = sum(not any(numbers[other] for other in one.spots) for one in sums)
    enough = of_zeros == 0 or (of_zeros < len(sums) and option.share >= NEARLY_ALL)
    return sums if len(sums) > 1 and enough and not any(one.off(numbers) for one in sums) else ()


def _with_less(verdict: Verdict, without: Verdict) -> Verdict:
    """``verdict`` with nothing proved but what is ``without`` readings that aren't, and everything suspect that is."""
    return replace(
        verdict,
        proven=verdict.proven & without.proven,
        certain=verdict.certain & without.certain,
        suspect=verdict.suspect | without.suspect,
        unjudged=without.unjudged,
    )


def _correction(option: Option, before: str | None, sums: Sequence[Instance]) -> Correction:
    words = " and ".join(dict.fromkeys(one.identity.words for one in sums))
    was = "nothing could be read" if before is None else f"{before.strip() or 'nothing'} was read"
    proof = f"only with that {words} {'hold' if len(sums) > 1 else 'holds'}" if sums else "no sum proves it"
    return Correction(
        text=option.text,
        confidence=option.share,
        evidence=f"{was}; {len(option.views)} of {option.looks} further looks read {option.text or 'a blank'} "
        f"({', '.join(option.views)}), and {proof}",
    )
