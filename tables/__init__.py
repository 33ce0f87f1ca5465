"""The shared reconstructor: three doors (``from_marks``, ``from_spans``, ``from_flat``), one ending (``finish``)."""

from .celltext import join_lines
from .finish import finish
from .from_marks import Placed, from_marks
from .from_spans import DeclaredCell, from_spans
from .grid import Grid
from .headers import kind
from .join import joined
from .second import Edges, SecondReader
from .words import line_text, lines

__all__ = [
    "DeclaredCell",
    "Edges",
    "Grid",
    "Placed",
    "SecondReader",
    "finish",
    "from_marks",
    "from_spans",
    "join_lines",
    "joined",
    "kind",
    "line_text",
    "lines",
]
