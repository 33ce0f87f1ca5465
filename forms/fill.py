"""A form filled from an alignment of its units with what was read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from .align import Alignment, Step
from .filled import Filled, FilledBlock, Row, folded
from .labels import fold, likeness, names
from .model import Form, Node
from .seats import seat_values
from .tokens import Token
from .units import Unit

BLOCK_LABELS = 0.5
"""A block is the form's if so many of its row labels, and of its column labels, are seen."""
MANY_ROWS, NEARLY_ALL = 10, 0.8
"""A block of many rows is told by its rows alone where nearly all of their labels are seen."""
MIN_SEEN = 9
"""A table whose seen labels have fewer characters in all is too little to be told."""


def filled(form: Form, units: Sequence[Unit], found: Alignment, *, in_grid: bool) -> Filled | None:
    """The form that ``found`` fills, or None if too little of it was seen to say that it is the form."""
    filling = _Filling(form, units)
    run: list[Step] = []
    for step in found.steps:
        run.append(step)
        if not step.event.is_label:
            filling.take(run)
            run = []
    filling.take(run)
    result = Filled(form=form, blocks=_touched(filling.finished()), strays=filling.strays, score=found.score)
    if not any(map(_is_there, result.blocks)) or _characters_seen(result) < MIN_SEEN:
        return None
    for block in result.blocks:
        _find_moved(block)
        _print_rows(block)
    seat_values(result, in_grid=in_grid)
    return result


class _Filling:
    """Gathers the steps of an alignment into rows by the index of their unit, the first of each the form's own."""

    def __init__(self, form: Form, units: Sequence[Unit]) -> None:
        self.strays: list[Token] = []
        self._units = units
        self._blocks = {id(block): FilledBlock(block=block) for block in form.blocks}
        self._rows: dict[int, list[Row]] = {}

    def take(self, run: Sequence[Step]) -> None:
        """Labels, and the values that end them if there are any."""
        labels = [step for step in run if step.event.is_label]
        last = run[-1] if len(labels) < len(run) else None
        if last is None:
            self._take_labels(labels)
        elif last.extra:
            self._take_labels([step for step in labels if step.unit != last.unit])
            own = [step.event.tokens[0] for step in labels if step.unit == last.unit]
            row = Row(unit=self._units[last.unit], extra=True, labels=own, entries=list(last.event.tokens))
            self._of(last.unit).append(row)
        elif last.rows:
            self._take_labels([step for step in labels if step.fits])
            self._take_unknown([step.event.tokens[0] for step in labels if not step.fits], last)
            self._share(last)
        else:
            self._take_labels(labels)
            values = [token for token in last.event.tokens if token.kind == "value"]
            self.strays += values
            if last.unit in self._rows:
                self._rows[last.unit][0].beside += values

    def finished(self) -> list[FilledBlock]:
        """The blocks with all their rows, those that were not found without values."""
        _settle_forks(self._units, self._rows)
        for index, unit in enumerate(self._units):
            if unit.kind == "row" and (index in self._rows or not _left_out(index, self._units, self._rows)):
                self._blocks[id(unit.block)].rows += self._of(index)
        return [*self._blocks.values()]

    def _of(self, index: int) -> list[Row]:
        return self._rows.setdefault(index, [Row(unit=self._units[index])])

    def _take_labels(self, steps: Sequence[Step]) -> None:
        for step in steps:
            unit, token = self._units[step.unit], step.event.tokens[0]
            if not step.fits:
                self.strays += [token] if token.folded else []
            elif unit.kind == "row":
                self._of(step.unit)[0].labels.append(token)
            else:
                block = self._blocks[id(unit.block)]
                block.header.append(token)
                _print(block, [node for node, _, _ in unit.folded], token)

    def _take_unknown(self, tokens: Sequence[Token], step: Step) -> None:
        """Texts that are no label right before the values of a row without one: its label past recognition."""
        row = self._of(step.rows[0])[0]
        near = [token for token in tokens if step.event.tokens[0].row - token.row <= 1 and not row.labels]
        row.labels += near
        self.strays += [token for token in tokens if token not in near and token.folded]

    def _share(self, step: Step) -> None:
        """A run of values that fills several rows, each row its part."""
        tokens = list(step.event.tokens)
        for index in step.rows:
            part: list[Token] = []
            slots = self._units[index].slots
            while tokens and (index == step.rows[-1] or sum(token.kind == "value" for token in part) < slots):
                part.append(tokens.pop(0))
            self._of(index)[0].entries += part


def _settle_forks(units: Sequence[Unit], rows: dict[int, list[Row]]) -> None:
    """A label that may stand alone is either one row or stands over several: what was given to both goes to one.

    If the label of a row under it was printed, the row given to the label is the first of them that was lost; if none
    was, theirs repeat the one row.
    """
    for index, unit in enumerate(units):
        if index not in rows or not unit.way or not unit.way[-1].may_stand_alone:
            continue
        under = [other for other, at in enumerate(units) if unit.way[-1] in at.way[:-1]]
        free = [other for other in under if other not in rows]
        if not any(row.seen for other in under for row in rows.get(other, ())):
            for other in under:
                rows[index] += [replace(row, unit=unit, extra=True) for row in rows.pop(other, ())]
        elif free and len(free) < len(under):
            rows[free[0]] = [replace(row, unit=units[free[0]]) for row in rows.pop(index)]


def _left_out(index: int, units: Sequence[Unit], rows: Mapping[int, Sequence[Row]]) -> bool:
    """Whether the form lets a row be left out, seeing which of the rows it may be exchanged for are there.

    A label that may stand alone is one row or stands over several; where none of them is found, the one row is lost.
    """
    unit = units[index]
    if not unit.optional:
        return False
    fork = next(node for node in unit.way if node.may_stand_alone)
    over = [other for other, at in enumerate(units) if fork in at.way[:-1]]
    split = any(other in rows for other in over)
    return split if unit.way[-1] is fork else not split


def _find_moved(block: FilledBlock) -> None:
    """Rows that the form has elsewhere: what seemed a row too many fills the place where one is missing."""
    for row in [row for row in block.rows if row.extra]:
        said = folded(row.labels)
        home = next((lost for lost in block.rows if lost.way and not lost.entries and lost.is_named(said)), None)
        if home is not None:
            home.labels, home.entries, home.moved = row.labels, row.entries, True
            block.rows.remove(row)


def _print_rows(block: FilledBlock) -> None:
    """Gives the label tokens of each row to the labels on its way: an outer one is printed once for many rows."""
    for row in block.rows:
        if not row.extra:
            for token in row.labels:
                _print(block, row.way, token)


def _print(block: FilledBlock, nodes: Sequence[Node], token: Token) -> None:
    """Gives a token to the label it fits best and that isn't printed yet; repeated labels are printed once."""
    claims = [_claim(block, node, token) for node in nodes]
    most = max(claims, default=0.0)
    if most > 0:
        block.printed.setdefault(nodes[claims.index(most)], []).append(token)


def _claim(block: FilledBlock, node: Node, token: Token) -> float:
    """How well a token goes on with what is printed of a label; 0 if it doesn't."""
    already = folded(block.printed.get(node, []))
    spellings = [fold(name) for name in node.names]
    goes_on = any(name.startswith(already + token.folded) for name in spellings)
    if already and not goes_on and any(names(already, name) for name in spellings):
        return 0.0
    return max(likeness(token.folded, name) for name in spellings) + goes_on


def _touched(blocks: Sequence[FilledBlock]) -> list[FilledBlock]:
    """The blocks from the first to the last of which anything was found."""
    met = [
        at for at, block in enumerate(blocks) if block.header or any(row.entries or row.labels for row in block.rows)
    ]
    return list(blocks[met[0] : met[-1] + 1]) if met else []


def _is_there(block: FilledBlock) -> bool:
    """Whether the block's own columns and rows were seen, so that it can't be another table with a label in common."""
    leaves = [way[-1] for way in block.block.column_ways]
    columns = sum(block.seen(leaf) for leaf in leaves) / len(leaves)
    if not any(row.entries for row in block.rows):
        return not block.block.rows and columns >= NEARLY_ALL
    named = [row for row in block.rows if row.way and not row.unit.optional]
    rows = sum(row.seen for row in named) / len(named) if named else 1.0
    if len(named) >= MANY_ROWS and rows >= NEARLY_ALL:
        return True
    return columns >= BLOCK_LABELS and rows >= BLOCK_LABELS


def _characters_seen(result: Filled) -> int:
    """How much of the form's labels was printed, as a guard against tables of two short labels."""
    columns = {node for block in result.blocks for way in block.block.column_ways for node in way if block.seen(node)}
    rows = {row.way[-1] for row in result.rows if row.way and row.seen}
    return sum(len(fold(node.label)) for node in columns | rows)
