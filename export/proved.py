"""How much of the values is proved and why the rest is not, in words: the same ones wherever a person is told."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

from ..document import Proof, Unproved

REASONS: dict[Unproved, str] = {
    "lost": "the text was lost",
    "doubtful": "the reading is in doubt",
    "misplaced": "the place in the form is in doubt",
    "suspect": "a sum fails, and this may be what is wrong",
    "sum-fails": "a sum fails, but another value is the likelier cause",
    "no-form": "the table is no known form",
    "no-sum": "the form has no sum for it",
    "no-number": "it is blank or names no number",
    "zeros": "its sums are of zeros, which prove nothing",
    "not-judged": "a sum of it lacks a value",
    "label-not-seen": "its sums hold, but a label that says whose it is was not seen",
}


def proved(proof: Proof) -> str:
    """``171 of 200 values (85 %), 2 of them corrected with proof``. All that isn't 100 % is less in print too."""
    done = proof.checks["verified"] + proof.checks["repaired"]
    corrected = f", {proof.checks['repaired']:,} of them corrected with proof" if proof.checks["repaired"] else ""
    return f"{done:,} of {proof.values:,} values ({100 * done // max(proof.values, 1)} %){corrected}"


def unproved(proof: Proof) -> Iterator[tuple[int, str]]:
    """Each reason and how many values it holds for, the gravest first."""
    for reason in get_args(Unproved):
        if proof.unproved.get(reason):
            yield proof.unproved[reason], REASONS[reason]
