"""camelot as a second reader of tables that no rules part: asked where alignment isn't sure of its own reading."""

from __future__ import annotations

import logging
import warnings
from itertools import pairwise

from ..document import Box
from ..marks import Marks
from ..tables import Edges, SecondReader

ROOM = 2.0
"""Points added around a table, so that no letter at its edge is left out."""


def second_reader(data: bytes, marks: Marks) -> SecondReader | None:
    """A reader of tables on the page of ``marks``, of the PDF file ``data``.

    ``None`` for a page that was turned, where the two would speak of different places, and for one without a text
    layer. camelot is loaded only when the reader is asked.
    """
    if marks.rotation or marks.words_from != "text-layer":
        return None

    def read(box: Box) -> Edges | None:
        left, top, right, bottom = box
        area = (left - ROOM, marks.height - top + ROOM, right + ROOM, marks.height - bottom - ROOM)
        try:
            from camelot.io import read_pdf

            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                logging.getLogger("camelot").setLevel(logging.ERROR)
                tables = read_pdf(
                    data,
                    pages=str(marks.page),
                    flavor="stream",
                    suppress_stdout=True,
                    table_areas=[",".join(f"{each:.2f}" for each in area)],
                )
        except Exception:  # a second opinion that can't be had is none; what it raises is its own affair
            return None
        return _edges(tables[0], marks.height) if len(tables) else None

    return read


def _edges(table: object, height: float) -> Edges | None:
    """The table's borders from the top left, or ``None`` if it has none."""
    cols: list[tuple[float, float]] = getattr(table, "cols", None) or []
    rows: list[tuple[float, float]] = getattr(table, "rows", None) or []
    if not cols or not rows:
        return None
    xs = (cols[0][0], *(right for _, right in cols))
    ys = (height - rows[0][0], *(height - low for _, low in rows))
    rising = all(before < after for edges in (xs, ys) for before, after in pairwise(edges))
    return (xs, ys) if rising else None
