"""Rules that end at a crossing although fainter ink goes on to the next one.

Where print is nearly gone a rule is missed for the height of a row, and two cells are taken for one. A rule found
beside the gap says where it would go on, and the next crossing how far, so that less ink is proof: all the way from
crossing to crossing it must be darker than both sides, and the sides must be paper. So a cell that spans several
columns stays whole, also one whose text stands where the rule would: text doesn't fill a cell from edge to edge.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from ..marks import Rule

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Pixels = NDArray[np.uint8]

REACH = 3.5
"""A rule ends this far, in points, short of the rule that it meets, at most."""
BESIDE = 2.5
"""Rules no further apart than this, in points, are pieces of one."""
OFF = 1.0
"""A rule goes on within so many points of the height at which it was found."""
EDGE = 0.7
"""Nothing is told so near to the ends of a gap, in points: the rules there are blurred."""
STRETCH = 1.5
"""The grey is averaged along so many points: if along more, a text's ink would spread to the edges of its cell."""
NEAR = (1.2, 3.0)
"""The sides, in points from a rule's middle."""
AROUND = 6.0
"""Within so many points there is paper, or the ground of the cell."""
LEAST = 5.0
"""A rule is darker than its sides by so much at least, of 255, on the average."""
OVER_NOISE = 4.5
"""And by so many standard deviations of what grain leaves in the average."""
EVEN = 0.15
"""Both of its ends, and nine tenths of the way, are darker by this share of the average at least."""
CLEAR = 0.4
"""The sides are darker than paper by no more than this share of what the rule is ..."""
CLEAR_SHARE = 0.75
"""... along so much of the way."""


def continued(rules: Sequence[Rule], grey: Pixels, scale: float, grain: float) -> Iterator[Rule]:
    """The pieces that ``rules`` lack, each from a rule's end to a crossing or to where the rule is found again.

    ``scale`` is pixels a point, ``grain`` the standard deviation of the picture's noise.
    """
    for rule in rules:
        pixels = grey if rule.direction == "horizontal" else grey.T
        same = [other for other in rules if other.direction == rule.direction and abs(other.at - rule.at) <= BESIDE]
        across = [
            other.at
            for other in rules
            if other.direction != rule.direction and other.start - REACH <= rule.at <= other.end + REACH
        ]
        for sign, tip in ((1, rule.end), (-1, -rule.start)):
            pieces = [
                (min(sign * each.start, sign * each.end), max(sign * each.start, sign * each.end)) for each in same
            ]
            for gap in _gaps(tip, pieces, [sign * at for at in across]):
                start, end = sorted(sign * edge for edge in gap)
                if not _is_inked(pixels, rule.at, start, end, scale, grain):
                    break
                yield Rule(direction=rule.direction, at=rule.at, start=start, end=end)


def _gaps(tip: float, pieces: Sequence[tuple[float, float]], across: Sequence[float]) -> Iterator[tuple[float, float]]:
    """The stretches onward from a rule's ``tip``, one after the other, until a piece of the rule goes on."""
    while not any(start <= tip + REACH < end for start, end in pieces):
        stops = [*(at for at in across if at > tip + REACH), *(start for start, _ in pieces if start > tip)]
        if not stops:
            return
        yield tip, min(stops)
        tip = min(stops)


def _is_inked(pixels: Pixels, at: float, start: float, end: float, scale: float, grain: float) -> bool:
    """Whether a level rule runs from ``start`` to ``end`` somewhere near the height ``at``, all in points."""
    import cv2
    import numpy as np

    around, off = max(2, round(AROUND * scale)), max(1, round(OFF * scale))
    top, height = round(at * scale) - around - off, 2 * (around + off) + 1
    first, last = round((start + EDGE) * scale), round((end - EDGE) * scale)
    band = np.ascontiguousarray(pixels[max(0, top) : top + height, max(0, first) : last])
    if len(band) < height or band.shape[1] < 3:
        return False
    blurred = cv2.blur(band, (max(2, round(STRETCH * scale)), 1), borderType=cv2.BORDER_REPLICATE)
    mean = np.asarray(blurred, dtype=float)
    lines = range(around, around + 2 * off + 1)
    best = max(lines, key=lambda line: float((_darker_side(mean, line, scale) - mean[line]).mean()))
    side, ground = _darker_side(mean, best, scale), mean[best - around : best + around + 1].max(axis=0)
    depth = side - mean[best]
    average = float(depth.mean())
    return (
        average >= max(LEAST, OVER_NOISE * grain / len(depth) ** 0.5)
        and min(np.percentile(depth, 10), depth[0], depth[-1]) >= EVEN * average
        and float((ground - side <= CLEAR * (ground - mean[best])).mean()) >= CLEAR_SHARE
    )


def _darker_side(mean: NDArray[np.float64], line: int, scale: float) -> NDArray[np.float64]:
    import numpy as np

    near, far = max(1, round(NEAR[0] * scale)), max(2, round(NEAR[1] * scale))
    above, below = mean[line - far : line - near + 1], mean[line + near : line + far + 1]
    return np.asarray(np.minimum(above.mean(axis=0), below.mean(axis=0)))
