"""What the sums of the annual report's forms find out about wrong figures, and what further looks put right.

``python -m bench.proof [--reports N] [--seed N]`` prints the tables of ``docs/forms.md``: what sums tell without any
pixels to look at, and what becomes of wrong figures when eyes that err themselves look again. Half of these were
misread, the others stand wrong on paper. With real pixels: ``python -m bench.decoding``.
"""

from __future__ import annotations

import argparse
import random
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from statistics import median

from fixtures import forms as drawn_forms
from fixtures.figures import Bustle, draw_applications, draw_review
from gxextract.document import Cell
from gxextract.forms.checks import Spot, judge
from gxextract.forms.decode import decoded
from gxextract.forms.model import Block, Form, Node, catalogue
from gxextract.marks import Looks, Sight

BUSTLES: tuple[Bustle, ...] = ("quiet", "ordinary", "busy")
LOOKALIKES = {"0": "86", "1": "74", "2": "7", "3": "8", "4": "9", "5": "6", "6": "80", "7": "1", "8": "30", "9": "4"}
"""Digits that recognisers take for each other."""

VIEWS = 5
SLIPS_ALIKE = 0.5
"""How likely it is that a view misreads a cell as the page was misread, if it errs there at all."""
ERRING = (0.0, 0.2, 0.4)
"""How likely a view is to misread a cell."""

Texts = dict[Spot, str]


@dataclass(kw_only=True)
class Count:
    """Of ``reports`` with so many wrong cells, how many were found out, and how.

    ``detected``: a sum fails. ``located``: the wrong cells are flagged and no others. ``told``: they and their right
    figures are the only smallest explanation; ``mistold``: the only one is another. ``unflagged``: a wrong cell is in
    no smallest explanation; ``verified``: one even counts as proved.
    """

    reports: int = 0
    detected: int = 0
    located: int = 0
    told: int = 0
    mistold: int = 0
    unflagged: int = 0
    verified: int = 0
    seconds: list[float] = field(default_factory=list)


@dataclass(kw_only=True)
class Looked:
    """What became of ``wrong`` figures in so many ``reports`` after further looks.

    ``mended`` are right now, ``swapped`` wrong otherwise; ``spoilt`` is what stood as it does on paper and no longer
    does. ``unflagged``: wrong, and neither suspect nor changed.
    """

    reports: int = 0
    wrong: int = 0
    mended: int = 0
    swapped: int = 0
    spoilt: int = 0
    unflagged: int = 0
    seconds: list[float] = field(default_factory=list)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args(arguments)
    print(*_told_without(simulate(options.reports, options.seed)), sep="\n", end="\n\n")
    print(*_told_with(simulate_looks(options.reports, options.seed)), sep="\n")


def _told_without(counts: Mapping[tuple[str, int], Count]) -> Iterator[str]:
    yield (
        "| table | wrong | reports | detected | located | told | mistold | unflagged | verified | ms, median, worst |"
    )
    yield "|---|---|---|---|---|---|---|---|---|---|"
    for (name, wrong), one in sorted(counts.items()):
        shares = (one.reports, one.detected, one.located, one.told, one.mistold, one.unflagged, one.verified)
        yield f"| {name} | {wrong} | {' | '.join(map(str, shares))} | {_spent(one.seconds)} |"


def _told_with(counts: Mapping[tuple[str, int, float, bool], Looked]) -> Iterator[str]:
    yield (
        "| table | wrong | on paper | a view errs | reports | wrong in all | mended | swapped | spoilt | unflagged "
        "| ms, median, worst |"
    )
    yield "|---|---|---|---|---|---|---|---|---|---|---|"
    for (name, wrong, erring, on_paper), one in sorted(counts.items()):
        shares = (one.reports, one.wrong, one.mended, one.swapped, one.spoilt, one.unflagged)
        told = " | ".join(map(str, shares))
        yield f"| {name} | {wrong} | {'yes' if on_paper else 'no'} | {erring:.0%} | {told} | {_spent(one.seconds)} |"


def _spent(seconds: Sequence[float]) -> str:
    return f"{1000 * median(seconds):.1f}, {1000 * max(seconds):.1f}"


def simulate(reports: int, seed: int) -> dict[tuple[str, int], Count]:
    """Counts by the name of the table and the number of wrong cells; each of ``reports`` has one table spoilt."""
    rng = random.Random(seed)
    named = {form.name: form for form in catalogue() if form.family == "annual-report"}
    draw: dict[tuple[str, int], Callable[[], tuple[Sequence[tuple[Node, ...]], Texts]]] = {
        **{("applications", wrong): lambda: _applications(rng, named["applications"]) for wrong in (0, 1, 2, 3)},
        **{("review", wrong): lambda: _review(rng, named["review"]) for wrong in (0, 1)},
    }
    counts = {kind: Count() for kind in draw}
    kinds = list(draw)
    for number in range(reports):
        kind = kinds[number % len(kinds)]
        ways, texts = draw[kind]()
        _tried(counts[kind], named[kind[0]], ways, texts, _misread(rng, texts, kind[1]))
    return counts


def _tried(count: Count, form: Form, ways: Sequence[tuple[Node, ...]], truth: Texts, misread: Texts) -> None:
    wrong = {spot for spot in truth if truth[spot] != misread[spot]}
    began = time.process_time()
    verdict = judge(form, form.blocks[0], ways, {**truth, **misread})
    count.seconds.append(time.process_time() - began)
    right = {spot: Fraction(truth[spot]) - Fraction(misread[spot]) for spot in wrong}
    changes = [dict(one) for explanation in verdict.explanations for one in explanation.changes]
    alone = bool(changes) and all(len(explanation.changes) == 1 for explanation in verdict.explanations)
    only = {spot: by for one in changes for spot, by in one.items()} if alone else None
    count.reports += 1
    count.detected += bool(verdict.failing)
    count.located += verdict.suspect == wrong
    count.told += bool(wrong) and only == right
    count.mistold += only is not None and only != right
    count.unflagged += not wrong <= verdict.suspect
    count.verified += bool(wrong & verdict.proven)


def simulate_looks(reports: int, seed: int) -> dict[tuple[str, int, float, bool], Looked]:
    """Counts by table, number of wrong cells, how often a view errs, and whether the wrong figures stand on paper."""
    rng = random.Random(seed)
    named = {form.name: form for form in catalogue() if form.family == "annual-report"}
    wrongs = [("applications", wrong) for wrong in (1, 2, 3, 5, 8)] + [("review", wrong) for wrong in (1, 2)]
    kinds = [(*one, erring, on_paper) for one in wrongs for erring in ERRING for on_paper in (False, True)]
    counts = {kind: Looked() for kind in kinds}
    for number in range(reports):
        kind = name, wrong, erring, on_paper = kinds[number % len(kinds)]
        form = named[name]
        ways, right = _applications(rng, form) if name == "applications" else _review(rng, form)
        read = _misread(rng, right, wrong)
        _looked(
            counts[kind], form, ways, (read if on_paper else right, read), _eyes(rng, right, read, erring, on_paper)
        )
    return counts


def _looked(
    count: Looked, form: Form, ways: Sequence[tuple[Node, ...]], texts: tuple[Texts, Texts], looks: Looks
) -> None:
    """``texts`` are those on paper and those read from it."""
    paper, read = texts
    cells = {spot: Cell(row=spot[0], col=spot[1], text=text, origin="ocr") for spot, text in read.items()}
    began = time.process_time()
    result = decoded(form, form.blocks[0], ways, read, cells, looks)
    count.seconds.append(time.process_time() - began)
    made, wrong = result.made, {spot for spot in paper if paper[spot] != read[spot]}
    count.reports += 1
    count.wrong += len(wrong)
    count.mended += sum(made[spot].text == paper[spot] for spot in wrong & made.keys())
    count.swapped += sum(made[spot].text != paper[spot] for spot in wrong & made.keys())
    count.spoilt += len(made.keys() - wrong)
    count.unflagged += len(wrong - made.keys() - result.verdict.suspect - result.doubted)


def _eyes(rng: random.Random, right: Texts, read: Texts, erring: float, on_paper: bool) -> Looks:
    """Views that read what stands on paper, each but for its own slips; some of these are the page's over again."""
    paper = read if on_paper else right

    def looks(cells: Sequence[Cell]) -> list[list[Sight]]:
        return [[_sight(at, (cell.row, cell.col)) for at in range(VIEWS)] for cell in cells]

    def _sight(at: int, spot: Spot) -> Sight:
        text = paper[spot]
        if rng.random() < erring:
            again = (right if on_paper else read)[spot]
            text = again if again != text and rng.random() < SLIPS_ALIKE else _slip(rng, text)
        return Sight(text=text, confidence=0.95, view=str(at))

    return looks


def _misread(rng: random.Random, texts: Texts, wrong: int) -> Texts:
    """``texts`` with ``wrong`` of them changed as recognisers change them."""
    spots = rng.sample(sorted(texts), wrong)
    return {**texts, **{spot: _slip(rng, texts[spot]) for spot in spots}}


def _slip(rng: random.Random, text: str) -> str:
    at = rng.randrange(len(text))
    slips = [text[:at] + digit + text[at + 1 :] for digit in LOOKALIKES[text[at]]]
    slips += [text + text[-1], text[:at] + "1" + text[at:]]
    if len(text) > 1:
        slips += [text[:at] + text[at + 1 :]] * 2
    return rng.choice([slip for slip in slips if int(slip) != int(text)])


def _applications(rng: random.Random, form: Form) -> tuple[Sequence[tuple[Node, ...]], Texts]:
    short = rng.random() < 0.3
    drawn = drawn_forms.applications("2021", one_row_other=short)
    rows = draw_applications(rng, drawn, rng.choice(BUSTLES)).rows
    return _ways(form.blocks[0], short), {
        (row, col): str(value) for row, values in enumerate(rows) for col, value in enumerate(values)
    }


def _review(rng: random.Random, form: Form) -> tuple[Sequence[tuple[Node, ...]], Texts]:
    values = draw_review(rng, rng.choice(BUSTLES[1:]))
    return form.blocks[0].row_ways, {(0, col): str(value) for col, value in enumerate(values)}


def _ways(block: Block, short: bool) -> list[tuple[Node, ...]]:
    """The rows of one variant: with （六） as one row, or with its three."""
    alone = [way for way in block.row_ways if way[-1].may_stand_alone]
    left_out = Counter(way for way in block.row_ways for one in alone if (way[: len(one)] == one) != (way == one))
    return [way for way in block.row_ways if (way not in left_out if short else way not in alone)]


if __name__ == "__main__":
    main()
