"""The ruled lines of a picture, found twice, and lengthened where less ink tells that they go on (``rule_ends``).

Solid rules: what stays of the ink when it is opened with a long thin kernel. That misses what is pale, dotted or
dashed, and what edges a dark area. So a second look averages the grey along each line: over a stretch, a rule stays
darker than what lies on both sides of it, as evenly at one place as at another, which no row of text does.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Literal

from ..marks import Rule
from .rule_ends import continued

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from .engine import Picture

    Pixels = NDArray[np.uint8]

Run = tuple[int, int, int, int]
"""Top, bottom, start and end, in pixels."""

SHORTEST = 15.0
"""The shortest rule looked for, in points: longer than the strokes of ordinary type, shorter than most cells."""
THICKEST = 5.0
"""Anything thicker, in points, is a filled area or a picture."""
BREAK = 1.5
"""Gaps up to this, in points, are bridged, at least a pixel: paper and drum break rules, and so do dots."""
LONG = 80.0
"""Strokes of type, one below the other in a column of text, may meet for some length, in points, but not for this."""
BESIDE = (0.7, 2.5)
"""From where to where, in points, beside a rule there is paper, and ink beside a stroke."""
BUSY = 0.35
"""The share of ink beside a stroke, on one side; half of it on both sides."""

SHORTEST_PALE = 40.0
"""The shortest pale rule looked for, in points."""
STRETCH = 8.0
"""The grey is averaged along so many points: several dots, or two dashes with their gaps."""
NEAR = (1.2, 3.0)
"""The sides of a pale rule, in points from its middle."""
AROUND = 6.0
"""Within so many points there is paper, or the ground of the cell."""
PALE = 5.0
"""A rule is darker than its sides by so much at least, of 255."""
OVER_NOISE = 4.5
"""And by so many standard deviations of what grain leaves in the average."""
STEEP = 30
"""What is darker than both sides by so much is a rule whatever the sides are: a dark area may end at it."""
CLEAR = 0.4
"""The sides of a paler rule are darker than paper by no more than this share of what the rule is."""
MUCH = 0.3
"""The share of a pale rule that a solid one covers if they are the same."""
DASH_GAP = 5.0
UNEVEN = 0.45
"""The spread of a rule's darkness along it, from the 15th to the 85th of a hundred parts, as a share of its median."""


def ink(picture: Picture) -> Pixels:
    """255 where the picture is darker than its surroundings, else 0; shape (height, width)."""
    import cv2
    import numpy as np

    grey = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)
    window = max(15, round(min(grey.shape) / 40) | 1)
    dark = cv2.adaptiveThreshold(grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, window, 12)
    return dark.astype(np.uint8, copy=False)


def find_rules(picture: Picture, scale: float) -> list[Rule]:
    """The rules of a picture, in points; ``scale`` is pixels a point. One rule may be found twice."""
    import cv2
    import numpy as np

    grey, dark = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY).astype(np.uint8, copy=False), ink(picture)
    if min(grey.shape) < THICKEST * scale:
        return []
    upright = np.ascontiguousarray(grey.T), np.ascontiguousarray(dark.T)
    found = [*_rules("horizontal", grey, dark, scale), *_rules("vertical", *upright, scale)]
    return [*found, *continued(found, grey, scale, _grain(grey))]


def _rules(direction: Literal["horizontal", "vertical"], grey: Pixels, dark: Pixels, scale: float) -> Iterator[Rule]:
    """The level rules of a picture; vertical ones are those of the picture with its sides exchanged."""
    solid = list(_solid(dark, scale))
    pale = [_beside(run, solid, scale) for run in _pale(grey, scale)]
    for top, bottom, start, end in (*solid, *pale):
        yield Rule(direction=direction, at=(top + bottom) / 2 / scale, start=start / scale, end=end / scale)


def _beside(run: Run, others: Sequence[Run], scale: float) -> Run:
    """The run at the height of another that is much of it: a bent rule found at two heights would edge a row of cells.

    It keeps its own length, which is the better one where a dotted rule fades.
    """
    top, bottom, start, end = run
    reach = NEAR[1] * scale
    same = [
        other
        for other in others
        if other[0] - reach <= bottom
        and top <= other[1] + reach
        and min(end, other[3]) - max(start, other[2]) >= MUCH * (end - start)
    ]
    longest = max(same, key=lambda other: other[3] - other[2], default=run)
    return *longest[:2], start, end


def _solid(dark: Pixels, scale: float) -> Iterator[Run]:
    import cv2
    import numpy as np

    closed = cv2.morphologyEx(dark, cv2.MORPH_CLOSE, _along(max(2, round(BREAK * scale))))
    for top, bottom, start, end in _runs(np.asarray(closed, dtype=np.uint8), max(12, round(SHORTEST * scale)), scale):
        if end - start >= LONG * scale or not _is_stroke(dark, (top, bottom, start, end), scale):
            yield top, bottom, start, end


def _is_stroke(dark: Pixels, run: Run, scale: float) -> bool:
    """Whether ink lies beside a run as it does beside strokes of type that happen to meet."""
    top, bottom, start, end = run
    near, far = (round(edge * scale) for edge in BESIDE)
    sides = dark[max(0, top - far) : max(0, top - near), start:end], dark[bottom + near : bottom + far, start:end]
    shares = [float((side > 0).mean()) if side.size else 0.0 for side in sides]
    return min(shares) > BUSY / 2 or max(shares) > BUSY


def _pale(grey: Pixels, scale: float) -> Iterator[Run]:
    import cv2
    import numpy as np

    stretch = round(STRETCH * scale)
    mean = np.asarray(cv2.blur(grey, (stretch, 1)), dtype=np.uint8)
    side = _darker_side(mean, scale)
    depth = cv2.subtract(side, mean)
    ground = cv2.dilate(mean, _across(2 * round(AROUND * scale) + 1))
    least = max(PALE, OVER_NOISE * _grain(grey) / stretch**0.5)
    shallow = cv2.subtract(ground, side) < cv2.convertScaleAbs(cv2.subtract(ground, mean), alpha=CLEAR)
    found = ((depth > least) & shallow) | (depth > STEEP)
    # A rule that isn't quite level climbs a row of pixels now and then.
    climbing = cv2.dilate(found.astype(np.uint8), _across(2))
    joined = cv2.morphologyEx(climbing, cv2.MORPH_CLOSE, _along(round(DASH_GAP * scale)))
    for top, bottom, start, end in _runs(np.asarray(joined, dtype=np.uint8), round(SHORTEST_PALE * scale), scale):
        deepest = depth[top:bottom, start:end].max(axis=0)
        low, middle, high = np.percentile(deepest, (15, 50, 85))
        if high - low <= UNEVEN * middle:
            # The average reaches beyond both ends; where it has half its depth, the rule ends.
            whole = np.flatnonzero(deepest >= middle / 2)
            yield top, bottom, start + int(whole[0]), start + int(whole[-1]) + 1


def _darker_side(mean: Pixels, scale: float) -> Pixels:
    """For each pixel the darkest within NEAR of it, above or below."""
    import cv2
    import numpy as np

    near, far = max(1, round(NEAR[0] * scale)), max(2, round(NEAR[1] * scale))
    darkest, middle = cv2.erode(mean, _across(far - near + 1)), (near + far) // 2
    padded = np.pad(darkest, ((middle, middle), (0, 0)), mode="edge")
    return np.asarray(cv2.min(padded[: -2 * middle], padded[2 * middle :]), dtype=np.uint8)


def _grain(grey: Pixels) -> float:
    """The standard deviation of a picture's grain: most pixels are paper, where nothing else bends the grey.

    The Laplacian of pure grain has 20 times its variance.
    """
    import cv2
    import numpy as np

    return float(np.median(np.abs(cv2.Laplacian(grey, cv2.CV_16S)))) / 0.6745 / 20**0.5


def _runs(mask: Pixels, length: int, scale: float) -> Iterator[Run]:
    """The boxes of what is at least ``length`` pixels long in a mask, and no thicker than a rule."""
    import cv2

    opened = cv2.morphologyEx(mask, cv2.MORPH_OPEN, _along(length))
    _, _, stats, _ = cv2.connectedComponentsWithStats(opened, connectivity=8)
    for left, top, width, height, _ in stats[1:].tolist():
        if height <= THICKEST * scale:
            yield top, top + height, left, left + width


def _along(length: int) -> Pixels:
    import numpy as np

    return np.ones((1, max(1, length)), dtype=np.uint8)


def _across(height: int) -> Pixels:
    import numpy as np

    return np.ones((max(1, height), 1), dtype=np.uint8)
