"""Where two pages lie on one glass: the fold between them, which is darker than paper from top to bottom."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

WIDE = 1.15
"""Two pages are wider, for their height, than this; one page lying down is too, and has no fold."""
MIDDLE = (0.4, 0.6)
"""Where a fold lies, as shares of the width."""
DARK = 0.85
"""The brightest that a fold is anywhere along its way, as a share of the paper."""
BROADEST = 0.06
"""As a share of the width: a shadow that fell on the page is broader."""


def fold(grey: NDArray[np.uint8]) -> float | None:
    """Where the fold lies, as a share of the width, or ``None``.

    ``grey`` is the upright picture, about 1200 pixels wide. A rule of a table is dark too, but ends before the page
    does.
    """
    import numpy as np

    height, width = grey.shape
    if width < WIDE * height:
        return None
    brightest = np.percentile(grey, 98, axis=0)
    first, last = (round(share * width) for share in MIDDLE)
    dark = np.flatnonzero(brightest[first:last] < DARK * np.median(brightest)) + first
    if not len(dark) or dark[-1] - dark[0] >= BROADEST * width or dark[0] == first or dark[-1] == last - 1:
        return None
    return float((dark[0] + dark[-1] + 1) / (2 * width))
