"""What there is to doubt about the rows of a filled form, once each value has its place.

A value is doubted with all of its row. What a single lost, doubled or moved line could have done to a row decides, not
how likely it is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from .columns import field_of, named_nodes, out_of_order, shifted, telling
from .filled import Filled, FilledBlock, Row, folded
from .labels import fold, likeness, names
from .tokens import Token

ODD_BLANKS = 2
"""Where so few values of a flattened table are blank, they may as well be lost ones."""
MANY_ROWS = 4
"""A block of fewer rows shows no width that its rows have in common."""


def doubt(result: Filled, *, in_grid: bool) -> None:
    """Gives a doubt to each row that needs one; a doubt that a row has stays. ``in_grid``: the source has columns."""
    for block in result.blocks:
        _doubt_repeats(block, result.rows)
        _doubt_moved(block)
        _doubt_disorder(block)
        _doubt_other_row(block, in_grid=in_grid)
    _doubt_strays(result)
    if in_grid:
        _doubt_undeclared(result.rows)
        return
    for block in result.blocks:
        _doubt_other_width(block)
        _doubt_nameless(block)
        _doubt_cut_off(block)
    _doubt_other_lines(result.rows)
    _doubt_odd_blanks(result)


def _doubt_undeclared(rows: Sequence[Row]) -> None:
    """A row whose source has a cell too few: which of them is missing isn't said, so that all may stand elsewhere."""
    for row in rows:
        cells = [token.cell for token in row.placed.places if token is not None and token.cell is not None]
        if any(cell.doubtful and cell.text == "" and cell.origin == "markup" for cell in cells):
            row.doubt = row.doubt or "its source has a cell too few"


def _doubt_repeats(block: FilledBlock, rows: Sequence[Row]) -> None:
    """A row too many that has the label of another of ``rows``, or a piece of one, isn't the agency's own.

    Unless both say the same, it isn't certain either which of the two has that label by right.
    """
    for row in [row for row in block.rows if row.extra]:
        said = {*(token.folded for token in row.labels), folded(row.labels)} - {""}
        homes = [home for home in rows if not home.extra and home.way and any(_is_like(text, home) for text in said)]
        outer = said and all(_is_outer(text, row) for text in said)
        if said and not homes and not outer:
            continue
        row.doubt = row.doubt or "its label is another row's"
        for home in homes:
            if any(map(home.is_named, said)) and _texts(home) != _texts(row):
                home.doubt = home.doubt or "its label stands there twice"


def _doubt_moved(block: FilledBlock) -> None:
    """Between a row that lost values and one that has some too many, each may have the values of its neighbour."""
    short = [at for at, row in enumerate(block.rows) if row.placed.doubt and None in row.placed.places]
    over = [
        at
        for at, row in enumerate(block.rows)
        if row.extra or row.placed.rest or row.beside or (row.entries and row.way and not row.seen)
    ]
    for at in short if over else ():
        nearest = min(over, key=lambda other: abs(other - at))
        for row in block.rows[min(at, nearest) : max(at, nearest) + 1]:
            row.doubt = row.doubt or "values may have moved into it from a row beside it"


def _doubt_other_width(block: FilledBlock) -> None:
    """Where most rows have a value too few or too many, the same number in each, a column is lost or one too many.

    A row that has as many as the form is no surer then than they are.
    """
    counts = Counter(len([*row.placed.rest, *filter(None, row.placed.places)]) for row in block.rows if row.entries)
    if counts.total() < MANY_ROWS:
        return
    (usual, times) = counts.most_common(1)[0]
    if 2 * times > counts.total() and abs(usual - block.rows[0].unit.slots) == 1:
        for row in block.rows:
            row.doubt = row.doubt or f"most rows beside it have {usual} values"


def _is_like(text: str, row: Row) -> bool:
    return any(likeness(text, fold(name)) > 0 for name in row.way[-1].names)


def _is_outer(text: str, row: Row) -> bool:
    return any(names(text, fold(name)) for node in row.way[:-1] for name in node.names)


def _texts(row: Row) -> list[str | None]:
    return [token.text if token is not None else None for token in row.placed.places]


def _doubt_nameless(block: FilledBlock) -> None:
    """Values whose columns have no label, not one of them: another form's rows may have the same labels."""
    if not any(block.seen(way[-1]) for way in block.block.column_ways):
        for row in block.rows:
            row.doubt = row.doubt or "the labels of its columns were not found"


def _doubt_disorder(block: FilledBlock) -> None:
    """Columns that are in another order than the form's, where no grid says whose each value is."""
    if block.other_columns:
        return
    all_named = named_nodes(block).issuperset(node for way in block.block.column_ways for node in way)
    if out_of_order(block) or (not all_named and (shifted(block) or _stand_elsewhere(block))):
        for row in block.rows:
            row.doubt = row.doubt or "the columns stand in another order than in the form"


def _stand_elsewhere(block: FilledBlock) -> bool:
    """Whether values of a grid stand in another column than the label they were given to."""
    fields = [field_of(block, telling(way, block.block)) for way in block.block.column_ways]
    return any(
        token is not None and token.cell is not None and field is not None and token.field != field
        for row in block.rows
        for token, field in zip(row.placed.places, fields, strict=False)
    )


def _doubt_other_row(block: FilledBlock, *, in_grid: bool) -> None:
    """A row whose label stands whole beside other values, or behind its own: these may be of a row without a label.

    Text in which most labels stand behind their values is written that way.
    """
    behind = [row for row in block.rows if row.entries and not row.extra and _label_is_behind(row, in_grid=in_grid)]
    if in_grid or 2 * len(behind) <= len(block.rows):
        for row in behind:
            row.doubt = row.doubt or "its values stand in another row than its label"


def _label_is_behind(row: Row, *, in_grid: bool) -> bool:
    labels = _own_labels(row)
    cells = [token.cell for token in labels if token.cell is not None]
    values = [token for token in row.entries if token.kind == "value"] or row.entries
    if in_grid:
        at = values[0].row
        return bool(cells) and not any(cell.row <= at < cell.row + cell.row_span for cell in cells)
    return bool(labels) and all((token.row, token.start) > (values[-1].row, values[-1].start) for token in labels)


def _own_labels(row: Row) -> list[Token]:
    """What prints the row's innermost label in one piece."""
    return [token for token in row.labels if row.way and row.is_named(token.folded)]


def _is_labelled_twice(row: Row) -> bool:
    """Whether its label stands in two places; copies side by side are those of one cell."""
    places = {(token.row, token.field) for token in _own_labels(row)}
    return len([(line, field) for line, field in places if (line, field - 1) not in places]) > 1


def _doubt_strays(result: Filled) -> None:
    """A row whose label stands there once more, or one without a label beside values that belong to nothing.

    Several such rows are a second table of the form: any row may then have its values from either.
    """
    values = sum(token.kind == "value" for token in result.strays)
    said = {token.folded for token in result.strays} - {""}
    for block in result.blocks:
        own = [row for row in block.rows if row.way and not row.extra]
        again = [row for row in own if any(map(row.is_named, said))]
        again += [row for row in own if _is_labelled_twice(row)]
        for row in block.rows if len(again) > 1 else again:
            row.doubt = row.doubt or "its label stands there twice, or those of rows beside it do"
        for row in block.rows:
            if not row.way and values >= row.unit.slots:
                row.doubt = row.doubt or f"{values} more values stand in the table than it has places for"


def _doubt_cut_off(block: FilledBlock) -> None:
    """A row before one that is gone without a trace: the cut may have begun in its values and ended in the other's.

    It can't where the row is a line of its own.
    """
    for row, lost in pairwise(block.rows):
        if row.entries and row.entries[-1].alone and not lost.entries and not lost.labels:
            row.doubt = row.doubt or f"{lost.way[-1].label} is lost behind it, and maybe a part of it too"


def _doubt_other_lines(rows: Sequence[Row]) -> None:
    """A row too many whose values stand in another line than its label, as no row's do: a page's number and heading.

    Where all do, a single value under a text is no more to be trusted.
    """
    apart = {
        id(row): row.labels[-1].row != row.entries[0].row for row in rows if row.labels and row.entries and row.way
    }
    own = [apart[id(row)] for row in rows if not row.extra and id(row) in apart]
    unlike = 2 * sum(own) <= len(own)
    for row in rows:
        if row.extra and apart.get(id(row)) and (unlike or row.unit.slots == 1):
            row.doubt = row.doubt or "its values stand in another line than its label"


def _doubt_odd_blanks(result: Filled) -> None:
    places = [token for row in result.rows for token in row.placed.places]
    blank = sum(token is not None and token.kind == "blank" for token in places)
    if blank > ODD_BLANKS:
        return
    for row in result.rows:
        if row.doubt is None and any(token is not None and token.kind == "blank" for token in row.placed.places):
            row.doubt = "a value is blank or lost, as hardly any other is"
