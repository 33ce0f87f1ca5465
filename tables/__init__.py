"""The shared reconstructor: three doors (``from_marks``, ``from_spans``, ``from_flat``), one ending (``finish``)."""

from .celltext import join_lines
from .finish import finish
from .from_marks import Placed, from_marks, line_text, lines
from .from_spans import DeclaredCell, from_spans
from .grid import Grid
from .headers import kind
from .join import joined

__all__ = [
    "DeclaredCell",
    "Grid",
    "Placed",
    "finish",
    "from_marks",
    "from_spans",
    "join_lines",
    "joined",
    "kind",
    "line_text",
    "lines",
]
