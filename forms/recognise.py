"""Which form a finished table is, told by its labels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from ..document import Table
from .align import align, events_of
from .fill import filled
from .filled import Filled
from .labels import fold
from .model import Form, catalogue, known_labels
from .tokens import Token, tokens_of_lines, tokens_of_table
from .units import Unit, units_of

LEAST_LABELS = 2
"""A table with fewer of a form's labels spelt out needs no closer look."""


def recognise(table: Table, above: Sequence[str] = ()) -> Filled | None:
    """The form that ``table`` is, filled from its cells, or None.

    ``above`` are the lines right above it, where the title of a block stands that isn't in the table.
    """
    titles = _titles(above)
    printed = {fold(cell.text.strip()) for cell in table.cells if cell.text}
    printed.update(token.folded for token in titles)
    likely = [(form, units) for form, units in forms_with_units() if len(printed & form.folded_labels) >= LEAST_LABELS]
    events = events_of([*titles, *tokens_of_table(table, known_labels())]) if likely else []
    best: Filled | None = None
    for form, units in likely:
        found = align(units, events)
        result = filled(form, units, found, in_grid=table.evidence != "flattened") if found else None
        if result is not None and (best is None or result.score > best.score):
            best = result
    return best


@cache
def forms_with_units() -> tuple[tuple[Form, tuple[Unit, ...]], ...]:
    """The forms whose labels are known, with their units."""
    return tuple((form, units_of(form)) for form in catalogue() if not form.is_outline)


def _titles(above: Sequence[str]) -> list[Token]:
    """Lines above a table as tokens that no cell of it prints."""
    titles = tokens_of_lines(above, known_labels())
    return [replace(token, row=token.row - len(above)) for token in titles if token.kind == "label"]
