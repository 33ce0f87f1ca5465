"""Web pages: their words in document order, data tables as grids, site navigation set apart."""

from __future__ import annotations

from collections.abc import Container

from ..document import Problem, TextKind
from ..tables import join_lines
from .breadcrumbs import is_breadcrumbs
from .encoding import decode
from .headings import heading_level
from .html_furniture import furniture_of
from .html_tables import grids_of, holds_data, shape_of
from .html_tree import (
    Element,
    breaks_line,
    collapsed,
    declared_charset,
    events,
    parse,
    take_out_hidden,
    written,
)
from .reading import Item, Lines, Reading, SourceLine, WrittenBlock
from .text import decoding_problems

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


def read_html(data: bytes) -> Reading:
    """The blocks and tables of a web page.

    Raises :class:`DamagedFile` for a page nested beyond reading. A page that shows no text of its own, such as a
    frameset or one that scripts would fill, has a problem ``no-text`` of severity error.
    """
    decoded = decode(data, declared_charset(data))
    root, flattened = parse(decoded)
    problems = list(decoding_problems(decoded))
    if flattened:
        problems.append(
            Problem(
                code="nesting-flattened",
                severity="warning",
                message="the page nests thousands of elements and was read without its wrappers: "
                "hidden text and site navigation may stand among its text; compare with the page in a browser",
            )
        )
    items: list[Item | Lines] = []
    title: str | None = None
    if root is not None:
        title = _declared_title(root)
        frames = root.find(".//frame") is not None
        take_out_hidden(root)
        items = _items(root)
        if not items:
            problems.append(_no_text(frames))
    else:
        problems.append(_no_text(False))
    return Reading(items=tuple(items), problems=tuple(problems), encoding=decoded.encoding, title=title)


def _declared_title(root: Element) -> str | None:
    element = root.find(".//title")
    return (collapsed("".join(element.itertext())) or None) if element is not None else None


def _no_text(frames: bool) -> Problem:
    why = "it only names other pages as frames" if frames else "scripts or pictures would show it"
    return Problem(
        code="no-text", severity="error", message=f"the page holds no text: {why}; save the page as a browser shows it"
    )


def _items(root: Element) -> list[Item | Lines]:
    tables: dict[Element, None] = {}
    for table in root.iter("table"):
        outer = table.iterancestors("table")
        if not any(ancestor in tables for ancestor in outer) and holds_data(table):
            tables[table] = None
    page = _Page(furniture=furniture_of(root, opaque=tables))
    for kind, what in events(root, opaque=tables):
        if kind == "text":
            page.text(what)
        elif kind == "open":
            page.open(what, is_data=what in tables)
        else:
            page.close(what)
    page.end_line()
    return page.items


class _Page:
    """Gathers what :func:`events` tells into lines, and lines into items."""

    def __init__(self, *, furniture: Container[Element]) -> None:
        self.items: list[Item | Lines] = []
        self._furniture = furniture
        self._furniture_depth = 0
        self._heading: Element | None = None
        self._preformatted: Element | None = None
        self._line: list[str] = []
        self._blanks: list[str] = []
        self._broken = False
        self._indent = ""

    def text(self, text: str) -> None:
        self._line.append(text)

    def open(self, element: Element, *, is_data: bool) -> None:
        if self._preformatted is not None:
            if element.tag == "br":
                self._line.append("\n")
            return
        if element.tag == "br" and self._heading is not None:
            self._line.append("\n")
        elif breaks_line(element):
            self.end_line(by_break=element.tag == "br")
        if element in self._furniture:
            self.end_line()
            self._furniture_depth += 1
        if is_data:
            self._table(element)
        elif element.tag in _HEADINGS and self._heading is None:
            self._heading = element
        elif element.tag == "pre":
            self._preformatted = element

    def close(self, element: Element) -> None:
        if self._preformatted is not None and element is not self._preformatted:
            return
        if element is self._preformatted:
            if not all(map(str.isspace, self._line)):
                self.items.append(Lines.of("".join(self._line), quoted=True))
            self._line, self._preformatted = [], None
        elif breaks_line(element) and element.tag != "br":
            self.end_line()
        if element is self._heading:
            self._heading = None
        if element in self._furniture:
            self.end_line()
            self._furniture_depth -= 1

    def end_line(self, *, by_break: bool = False) -> None:
        source = "".join(self._line)
        line = collapsed(source)
        as_written = written(source, indent=self._indent if self._broken else None)
        if line:
            self.items.append(self._block(line, as_written))
            self._blanks = []
        elif by_break or "\t" in as_written or not set("\xa0\u3000").isdisjoint(source):
            self._blanks.append(as_written)
        if not self._broken:
            self._indent = source[: len(source) - len(source.lstrip())].rpartition("\n")[2]
        self._line, self._broken = [], by_break

    def _block(self, line: str, source: str) -> WrittenBlock:
        kind: TextKind = "furniture" if self._furniture_depth or is_breadcrumbs(line) else "paragraph"
        level = self._level(line) if kind == "paragraph" else None
        return WrittenBlock(
            kind=kind if level is None else "heading",
            text=line,
            level=level,
            lines=(SourceLine(text=source, blanks=tuple(self._blanks)),),
        )

    def _level(self, line: str) -> int | None:
        """The numbering of sections and parts outranks the tag: pages disagree on tags, never on 一、 and （一）."""
        numbered = heading_level(line)
        if self._heading is None or numbered in (1, 2):
            return numbered
        return _HEADINGS.index(self._heading.tag)

    def _table(self, table: Element) -> None:
        self.items += [self._block(join_lines([line]), line) for line in shape_of(table).loose]
        self.items += grids_of(table)
