"""A block of a form with what its sums say of each value, wrong readings put right."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from ..document import Cell, Repair, Unproved
from ..marks import Looks
from .anchors import is_anchored
from .checks import Spot
from .counting import is_parted
from .decode import Correction, Decoded, decoded
from .filled import Filled, FilledBlock, Row

BADLY_READ = 0.05
"""The share of a block's values in doubt that makes it badly read."""
NO_PROOF: frozenset[Unproved] = frozenset({"not-judged", "sum-fails", "no-sum", "no-number"})
"""Why nothing but a second look speaks for a value that was read off a picture, or for a blank."""


@dataclass(frozen=True, kw_only=True)
class JudgedBlock:
    """``rows`` are those of the form, in its order; ``spots`` where each value stands.

    The cells of values whose reading was put right say so.
    """

    found: FilledBlock
    rows: tuple[Row, ...]
    spots: Mapping[Spot, Cell]
    result: Decoded

    @cached_property
    def is_badly_read(self) -> bool:
        """Whether so many of its numbers are in doubt that two looks which agreed are no reason to trust the others.

        Strokes for none don't count: a slash is always a doubtful 1.
        """
        numbers = {spot: cell for spot, cell in self.spots.items() if spot not in self.result.verdict.empty}
        bad = sum(
            cell.text is None or cell.doubtful or spot in self.result.doubted or self.rows[spot[0]].doubt is not None
            for spot, cell in numbers.items()
        )
        return bad > 0 and bad >= BADLY_READ * len(numbers)

    def unproved(self, spot: Spot) -> Unproved | None:
        """Why a value isn't proved, or None if it is."""
        row, verdict = self.rows[spot[0]], self.result.verdict
        if row.doubt is not None:
            return "misplaced"
        if spot in verdict.suspect or (spot in self.result.made and any(spot in one.spots for one in verdict.failing)):
            return "suspect"
        cell = self.spots[spot]
        is_odd = cell.origin == "ocr" and (spot not in verdict.numbers or is_parted(cell.text))
        if spot in self.result.doubted or is_odd:
            return "doubtful"
        proven = verdict.certain if cell.doubtful else verdict.proven
        if spot not in proven and spot not in self.result.made:
            why = verdict.why_unproved(spot)
            return "doubtful" if cell.origin == "ocr" and why in NO_PROOF and self.is_badly_read else why
        return None if is_anchored(self.found, row, spot[1]) else "label-not-seen"


def judged_block(found: Filled, block: FilledBlock, looks: Looks) -> JudgedBlock:
    """One block of a form. ``looks`` is asked about values off a picture, if labels say whose they are."""
    rows = tuple(row for row in block.rows if not row.extra)
    spots = {
        (at, place): token.cell
        for at, row in enumerate(rows)
        for place, token in enumerate(row.placed.places)
        if token is not None and token.cell is not None
    }
    texts = {spot: _sure_text(rows[spot[0]], cell) for spot, cell in spots.items()}
    pictured = {
        (at, place): cell
        for (at, place), cell in spots.items()
        if cell.origin == "ocr" and rows[at].doubt is None and is_anchored(block, rows[at], place)
    }
    result = decoded(found.form, block.block, [row.way for row in rows], texts, pictured, looks)
    spots |= {spot: _proved(spots[spot], change) for spot, change in result.made.items()}
    spots |= {spot: replace(_proved(spots[spot], change), doubtful=True) for spot, change in result.reread.items()}
    return JudgedBlock(found=block, rows=rows, spots=spots, result=result)


def _sure_text(row: Row, cell: Cell) -> str | None:
    """The text of a value if it is certain whose it is; no sum is held against a value that may be another's."""
    return None if row.doubt is not None or (cell.doubtful and cell.origin != "ocr") else cell.text


def _proved(cell: Cell, change: Correction) -> Cell:
    step = Repair(
        fixer="sums",
        start=0,
        before=cell.text or "",
        after=change.text,
        certainty="inferred",
        reversible=True,
        evidence=change.evidence,
    )
    return replace(cell, text=change.text, confidence=change.confidence, doubtful=False, repairs=(*cell.repairs, step))
