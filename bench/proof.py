"""What the sums of the annual report's forms find out about wrong figures, without any pixels to look at.

``python -m bench.proof [--reports N] [--seed N]`` prints the table of ``docs/forms.md``.
"""

from __future__ import annotations

import argparse
import random
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from statistics import median

from fixtures import forms as drawn_forms
from fixtures.figures import Bustle, draw_applications, draw_review
from gxextract.forms.checks import Spot, judge
from gxextract.forms.model import Block, Form, Node, catalogue

BUSTLES: tuple[Bustle, ...] = ("quiet", "ordinary", "busy")
LOOKALIKES = {"0": "86", "1": "74", "2": "7", "3": "8", "4": "9", "5": "6", "6": "80", "7": "1", "8": "30", "9": "4"}
"""Digits that recognisers take for each other."""

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


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args(arguments)
    counts = simulate(options.reports, options.seed)
    print(
        "| table | wrong | reports | detected | located | told | mistold | unflagged | verified | ms, median, worst |"
    )
    print("|---|---|---|---|---|---|---|---|---|---|")
    for (name, wrong), one in sorted(counts.items()):
        spent = sorted(1000 * seconds for seconds in one.seconds)
        shares = (one.reports, one.detected, one.located, one.told, one.mistold, one.unflagged, one.verified)
        print(f"| {name} | {wrong} |", *(f"{share} |" for share in shares), f"{median(spent):.1f}, {spent[-1]:.1f} |")


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
