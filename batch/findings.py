"""What the documents of a run say of each other. One line of ``findings.jsonl`` is one :class:`Finding`."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from fractions import Fraction
from typing import Literal

from ..forms.counting import counted
from .outcome import json_line

FindingSeverity = Literal["info", "warning"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One value of one document; all but ``path`` and ``year`` as ``records.csv`` has it."""

    path: str
    year: int
    table: str
    row_path: str
    column_path: str
    text: str
    check: str
    page: int | None

    @property
    def number(self) -> int | Fraction | None:
        """What the text counts as; a blank is 0."""
        return counted(self.text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """Figures that contradict each other; ``where`` is the path they have in common."""

    where: str
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """``info`` is for the reader to know, and no fault. ``message`` ends in what to do next.

    ``agency`` is as one of the ``documents`` spells it, ``None`` where none says whose it is. ``documents`` are paths.
    """

    code: str
    severity: FindingSeverity
    agency: str | None
    years: tuple[int, ...]
    documents: tuple[str, ...]
    message: str
    values: tuple[Difference, ...] = ()

    @property
    def order(self) -> tuple[tuple[int, ...], str, tuple[str, ...]]:
        """The place among the findings of its agency."""
        return self.years, self.code, self.documents

    def to_line(self) -> bytes:
        return json_line(asdict(self))
