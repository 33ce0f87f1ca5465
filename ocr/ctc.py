"""What a recogniser leaves open: the likeliest texts, of all that its network's output can be read as.

Networks trained by connectionist temporal classification (Graves and others, 2006) tell for every step along a line how
likely each character stands there, or none ("blank"). A text is as likely as all the ways together in which the steps
can spell it: repeated characters are one unless a blank parts them. Prefix beam search (Hannun and others, 2014) goes
along the steps once and keeps the likeliest beginnings.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

BLANK = 0
"""The class that stands for no character."""
LIKELY = 0.002
"""A class less likely at its step is left out, and so is a less likely text."""
WIDTH = 16
"""So many beginnings are kept at each step."""
MOST = 5
"""So many texts are told at most."""


def likeliest(steps: NDArray[np.float32], characters: Sequence[str]) -> list[tuple[str, float]]:
    """The likeliest texts, best first, with their probabilities, which make 1 at most. ``""`` may be one of them.

    ``steps`` is of shape (steps, classes), each row adding up to 1; ``characters`` has one for each class.
    """
    spelled: dict[tuple[int, ...], tuple[float, float]] = {(): (1.0, 0.0)}
    for step in steps:
        likely = [(at, float(step[at])) for at in (step >= LIKELY).nonzero()[0].tolist()]
        spelled = _longer(spelled, likely)
    best = sorted(((sum(odds), prefix) for prefix, odds in spelled.items()), reverse=True)[:MOST]
    texts = [("".join(characters[at] for at in prefix), min(odds, 1.0)) for odds, prefix in best]
    return [*texts[:1], *(text for text in texts[1:] if text[1] >= LIKELY)]


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
