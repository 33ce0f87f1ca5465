"""What a recogniser leaves open: the likeliest texts, of all that its network's output can be read as.

Networks trained by connectionist temporal classification (Graves and others, 2006) tell for every step along a line how
likely each character stands there, or none ("blank"). A text is as likely as all the ways together in which the steps
can spell it: repeated characters are one unless a blank parts them. Prefix beam search (Hannun and others, 2014) goes
along the steps once and keeps the likeliest beginnings.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

BLANK = 0
"""The class that stands for no character."""
LIKELY = 0.002
"""A class less likely at its step is left out, and so is a less likely text."""
POSSIBLE = 0.01
"""What the characters looked for must make up of each step: an exclamation mark may be a 1, a hanzi is none."""
WIDTH = 16
"""So many beginnings are kept at each step."""
MOST = 5
"""So many texts are told at most."""


def likeliest(
    steps: NDArray[np.float32], characters: Sequence[str], among: Collection[str] = ()
) -> list[tuple[str, float]]:
    """The text that the likeliest class of every step spells, then the other likely ones, likeliest first.

    With ``among`` no other characters are thought of, and there is no text where a step hardly could be any of them.

    Each has its probability; together these make 1 at most. ``""`` may be one of the texts. The first, which is what
    the network is usually taken to say, may be less likely than the second: where one way is the likeliest, another
    text can have more ways. ``steps`` is of shape (steps, classes), each row adding up to 1; ``characters`` has one
    for each class.
    """
    if among:
        import numpy as np

        allowed = [at == BLANK or character in among for at, character in enumerate(characters)]
        steps = steps * np.array(allowed, dtype=steps.dtype)
        shares = steps.sum(axis=1, keepdims=True)
        if not len(steps) or shares.min() < POSSIBLE:
            return []
        steps = steps / shares
    spelled: dict[tuple[int, ...], tuple[float, float]] = {(): (1.0, 0.0)}
    for step in steps:
        likely = [(at, float(step[at])) for at in (step >= LIKELY).nonzero()[0].tolist()]
        spelled = _longer(spelled, likely)
    odds = {prefix: sum(ways) for prefix, ways in spelled.items()}
    first = tuple(at for at, _ in groupby(steps.argmax(axis=1).tolist()) if at != BLANK)
    odds.setdefault(first, float(steps.max(axis=1).prod()))
    others = sorted((prefix for prefix in odds if prefix != first), key=lambda prefix: odds[prefix], reverse=True)
    kept = [first, *(prefix for prefix in others[: MOST - 1] if odds[prefix] >= LIKELY)]
    return [("".join(characters[at] for at in prefix), min(odds[prefix], 1.0)) for prefix in kept]


def _longer(
    spelled: dict[tuple[int, ...], tuple[float, float]], likely: Sequence[tuple[int, float]]
) -> dict[tuple[int, ...], tuple[float, float]]:
    """The likeliest beginnings one step on. Each has its probability with a blank last, and with its last character."""
    ended: dict[tuple[int, ...], float] = defaultdict(float)
    open_: dict[tuple[int, ...], float] = defaultdict(float)
    for prefix, (blank, last) in spelled.items():
        for at, odds in likely:
            if at == BLANK:
                ended[prefix] += (blank + last) * odds
            elif prefix[-1:] == (at,):
                open_[prefix] += last * odds
                open_[*prefix, at] += blank * odds
            else:
                open_[*prefix, at] += (blank + last) * odds
    both = {prefix: (ended[prefix], open_[prefix]) for prefix in {*ended, *open_}}
    return dict(sorted(both.items(), key=lambda item: sum(item[1]), reverse=True)[:WIDTH])
