"""A sum that fails, as the problem that tells of it has it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from ..document import Problem, value_of
from .terminal import cut, on_a_line

FAILS = "✗"
DIFFERENCE_COLUMNS = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum:
    """``words`` are the form's; ``difference`` is ``10 ≠ 11``, and the figures themselves where they don't add up to
    numbers; ``mark`` says the same in the width of a column, or only that the sum fails.
    """

    words: str
    difference: str
    mark: str
    cells: frozenset[tuple[int, int]]


def sum_of(problem: Problem) -> Sum:
    """The sum of an ``identity-violated``."""
    failed = problem.failed
    words, left, right = (failed.words, failed.left, failed.right) if failed else (problem.message, "", "")
    totals = _total(left), _total(right)
    known = None not in totals and totals[0] != totals[1]
    sides = [f"{total:f}" for total in totals if total is not None] if known else [left, right]
    return Sum(
        words=on_a_line(words),
        difference=cut(on_a_line(" ≠ ".join(sides) if failed else ""), DIFFERENCE_COLUMNS),
        mark=FAILS + ("≠".join(sides) if known else ""),
        cells=frozenset(problem.cells),
    )


def _total(figures: str) -> Decimal | None:
    """What ``10 + (blank) + 1`` adds up to; None where a figure is more than a number, and for no figures."""
    total = Decimal(0)
    for text in figures.split(" + "):
        value = value_of(text)
        if value is None and any(char.isnumeric() for char in text):
            return None
        total += Decimal(str(value or 0))
    return total if figures else None
