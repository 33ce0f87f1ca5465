"""What a reader hands to the flow: text and grids in document order, before roles, ids and metadata."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from ..document import Box, Page, Problem, TextBlock
from ..ocr import Scan
from ..tables import Grid


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceLine:
    """A line with its tabs and all its blanks, which may be what parts the cells of a flattened table.

    ``blanks`` are the blank lines above it; one that holds a tab may be a blank cell.
    """

    text: str
    page: int | None = None
    box: Box | None = None
    blanks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenBlock(TextBlock):
    """A block that still has the lines it was made of. Only readers make them; none is in a :class:`Document`."""

    lines: tuple[SourceLine, ...]


Item = TextBlock | Grid

LINE_END = re.compile(r"(\r\n|[\n\r\v\f\u2028\u2029]|(?<![\x80-\xff])\x85(?![\x80-\xff]))")
"""U+0085 is a line end of its own, but a byte of a character among other characters of latin-1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines:
    """Plain text, in whose ``lines`` flattened tables and wrapped paragraphs are still to be found.

    They are looked for when every line has been repaired: a wrong codec swallows what stands between cells. Lines
    ``quoted`` in a document may as well be code or verse, and hold only what is surely a table.
    """

    lines: tuple[TextBlock, ...]
    quoted: bool = False

    @classmethod
    def of(cls, text: str, *, quoted: bool = False) -> Lines:
        lines = tuple(TextBlock(kind="paragraph", text=line) for line in LINE_END.split(text)[::2])
        return cls(lines=lines, quoted=quoted)


Pictures = Mapping[int, Callable[[], Scan]]
"""How to get the pictures of pages again, by the number of the page: nothing is kept, each is drawn when asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One file as its reader understood it.

    ``encoding`` is that of a text file, ``title`` what the file declares as its title outside its text (a DOCX
    property, an HTML ``<title>``), to be used only where the text shows none. ``pictures`` are those of the pages whose
    words, or the meaning of whose fonts, came from pixels: each as it was read, so that boxes of cells fit it.
    """

    items: tuple[Item | Lines, ...]
    pages: tuple[Page, ...] = ()
    problems: tuple[Problem, ...] = ()
    encoding: str | None = None
    title: str | None = None
    pictures: Pictures = field(default_factory=dict)
