"""What a reader hands to the flow: text and grids in document order, before roles, ids and metadata."""

from __future__ import annotations

from dataclasses import dataclass

from ..document import Page, Problem, TextBlock
from ..tables import Grid

Item = TextBlock | Grid


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One file as its reader understood it.

    ``encoding`` is that of a text file, ``title`` what the file declares as its title outside its text (a DOCX
    property, an HTML ``<title>``), to be used only where the text shows none.
    """

    items: tuple[Item, ...]
    pages: tuple[Page, ...] = ()
    problems: tuple[Problem, ...] = ()
    encoding: str | None = None
    title: str | None = None
