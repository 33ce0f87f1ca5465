"""Word documents: paragraphs, tables, text boxes, notes and running heads, in the order a reader meets them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import takewhile

from ..document import Problem, TextBlock, TextKind
from ..errors import DamagedFile
from ..tables import Grid, from_spans, join_lines
from .docx_numbering import Numbering
from .docx_package import Element, Package, W, attribute
from .docx_styles import Styles
from .docx_tables import declared_rows, rows_of
from .docx_text import BLANKS, MC, Paragraph, chosen_alternative, read_story
from .headings import heading_level
from .reading import Item, Reading, SourceLine, WrittenBlock
from .table_kind import CellFacts, nested_problem, places_content

MAX_STYLED_HEADING = 60
"""A longer paragraph in a heading style is prose whose author liked the looks of the style."""
FEW_CHARACTERS = 50
"""A document with pictures and less text than this is probably a scan."""

_WRAPPERS = frozenset(W + name for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag"))
_DRAWN_ELSEWHERE = (
    "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart",
    "{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds",
)
_PICTURES = ("{http://schemas.openxmlformats.org/drawingml/2006/main}blip", "{urn:schemas-microsoft-com:vml}imagedata")
_DC_TITLE = "{http://purl.org/dc/elements/1.1/}title"


def read_docx(data: bytes) -> Reading:
    """The blocks and tables of a DOCX.

    Running heads come first and running feet last, as furniture, each text once; foot- and endnotes come after the
    text. Deleted and hidden text is left out. Raises :class:`DamagedFile`, :class:`EncryptedFile` or
    :class:`TooLarge`.
    """
    package = Package(data)
    problems: list[Problem] = []
    styles = Styles(_first_part(package, "styles", problems))
    numbering = Numbering(_first_part(package, "numbering", problems), styles)
    body = package.main.find(f"{W}body")
    if body is None:
        raise DamagedFile("the document part has no body; open the file in a word processor and save it anew")
    story = _Story(body, styles, numbering, problems)
    items = [*_furniture(package, "header", styles, problems), *story.items()]
    for kind in ("footnotes", "endnotes"):
        root = _first_part(package, kind, problems)
        if root is not None:
            items += _notes(root, styles, problems)
    items += _furniture(package, "footer", styles, problems)
    problems += _unread(body, items, numbering)
    return Reading(items=tuple(items), problems=tuple(problems), title=_declared_title(package, problems))


def _first_part(package: Package, kind: str, problems: list[Problem]) -> Element | None:
    names = package.related(kind)
    return _part(package, names[0], problems) if names else None


def _part(package: Package, name: str, problems: list[Problem]) -> Element | None:
    """A part beside the document itself; a broken one costs what it holds, not the document."""
    try:
        return package.part(name)
    except DamagedFile as error:
        problems.append(Problem(code="damaged-part", severity="warning", message=str(error)))
        return None


class _Story:
    """One run of blocks: the body, a note, a running head."""

    def __init__(self, root: Element, styles: Styles, numbering: Numbering, problems: list[Problem]) -> None:
        self._root = root
        self._problems = problems
        self._paragraphs: dict[Element, Paragraph] = read_story(root, styles, numbering)

    def items(self) -> Iterator[Item]:
        """Headings, paragraphs and grids in order; the content of a text box follows the paragraph it hangs on."""
        pending = [_blocks(self._root)]
        blanks: tuple[str, ...] = ()
        while pending:
            block = next(pending[-1], None)
            if block is None:
                pending.pop()
            elif block.tag == f"{W}tbl":
                if self._places_content(block):
                    pending += [_blocks(cell) for row in reversed(rows_of(block)) for cell in reversed(row)]
                else:
                    yield from self._grids(block)
            elif block in self._paragraphs:
                paragraph = self._paragraphs[block]
                yield from _text_blocks(paragraph, blanks)
                blanks = blanks if not paragraph.lines else ()
                blanks += _trailing_blanks(paragraph)
                pending += [_blocks(box) for box in reversed(paragraph.boxes)]

    def lines(self, container: Element) -> tuple[str, ...]:
        """All lines of a cell or of a whole story, those of tables and text boxes inside it among them."""
        lines: list[str] = []
        pending = [_blocks(container)]
        while pending:
            block = next(pending[-1], None)
            if block is None:
                pending.pop()
            elif block.tag == f"{W}tbl":
                pending += [_blocks(cell) for row in reversed(rows_of(block)) for cell in reversed(row)]
            elif block in self._paragraphs:
                lines += self._paragraphs[block].lines
                pending += [_blocks(box) for box in reversed(self._paragraphs[block].boxes)]
        return tuple(lines)

    def _places_content(self, table: Element) -> bool:
        return places_content([[self._facts(cell) for cell in row] for row in rows_of(table)])

    def _facts(self, cell: Element) -> CellFacts:
        inner = [table for table in cell.iter(f"{W}tbl") if next(table.iterancestors(f"{W}tc"), None) is cell]
        nested = [line for table in inner for row in rows_of(table) for found in row for line in self.lines(found)]
        return CellFacts(lines=self.lines(cell), nested=sum(map(len, nested)))

    def _grids(self, table: Element) -> Iterator[Grid]:
        """The table's grid, then those of data tables in its cells, whose text stays in the cell as well."""
        yield self._grid(table)
        for inner in list(table.iter(f"{W}tbl"))[1:]:
            if not self._places_content(inner):
                grid = self._grid(inner)
                yield replace(grid, problems=(*grid.problems, nested_problem()))

    def _grid(self, table: Element) -> Grid:
        rows, hidden = declared_rows(table, lambda cell: join_lines(self.lines(cell)))
        if hidden:
            message = (
                f"{hidden} merged cells hold text that Word doesn't show, and it was left out; "
                "split the cells in Word to see it"
            )
            self._problems.append(Problem(code="hidden-cell-text", severity="info", message=message))
        return from_spans(rows)


def _blocks(container: Element) -> Iterator[Element]:
    """The paragraphs and tables that stand directly in ``container`` or in what only wraps them."""
    pending = list(reversed(container))
    while pending:
        element = pending.pop()
        if element.tag in (f"{W}p", f"{W}tbl"):
            yield element
        elif element.tag == f"{MC}AlternateContent":
            pending += reversed(chosen_alternative(element))
        elif element.tag in _WRAPPERS:
            pending += reversed(element)


def _text_blocks(paragraph: Paragraph, blanks: Sequence[str]) -> Iterator[WrittenBlock]:
    """One block a line; a heading in a heading style is one block however many lines it takes.

    ``blanks`` are the blank lines above the paragraph.
    """
    lines = _source_lines(paragraph, blanks)
    whole = join_lines(paragraph.lines)
    styled = paragraph.level if 0 < len(whole) <= MAX_STYLED_HEADING and "。" not in whole else None
    if styled is not None:
        # 一、 and （一） mean the same in every document; styles are whatever the author's template had.
        numbered = heading_level(whole)
        outranked = numbered if numbered in (1, 2) else styled
        yield WrittenBlock(kind="heading", text=whole, level=outranked, lines=tuple(lines))
        return
    for text, line in zip(paragraph.lines, lines, strict=True):
        level = heading_level(text)
        kind: TextKind = "paragraph" if level is None else "heading"
        yield WrittenBlock(kind=kind, text=text, level=level, lines=(line,))


def _source_lines(paragraph: Paragraph, blanks: Sequence[str]) -> list[SourceLine]:
    lines: list[SourceLine] = []
    above = list(blanks)
    for line in (text.replace("\xa0", " ") for text in paragraph.written):
        if line.strip(BLANKS):
            lines.append(SourceLine(text=line, blanks=tuple(above)))
            above = []
        else:
            above.append(line)
    return lines


def _trailing_blanks(paragraph: Paragraph) -> tuple[str, ...]:
    """The blank lines that end a paragraph."""
    return tuple(takewhile(lambda line: not line.strip(BLANKS), reversed(paragraph.written)))[::-1]


def _furniture(package: Package, kind: str, styles: Styles, problems: list[Problem]) -> list[Item]:
    """The running heads or feet: each line once, however many sections repeat it."""
    lines: dict[str, None] = {}
    for name in package.related(kind):
        root = _part(package, name, problems)
        if root is not None:
            lines.update(dict.fromkeys(_Story(root, styles, Numbering(None, styles), problems).lines(root)))
    return [TextBlock(kind="furniture", text=line) for line in lines]


def _notes(root: Element, styles: Styles, problems: list[Problem]) -> Iterator[Item]:
    """Foot- or endnotes as paragraphs, without the lines that separate them from the text."""
    story = _Story(root, styles, Numbering(None, styles), problems)
    for note in root:
        if attribute(note, "type") in (None, "normal"):
            yield from (TextBlock(kind="paragraph", text=line) for line in story.lines(note))


def _unread(body: Element, items: list[Item], numbering: Numbering) -> Iterator[Problem]:
    """What the document shows that is not in ``items``."""
    characters = sum(len(item.text) if isinstance(item, TextBlock) else FEW_CHARACTERS for item in items)
    pictures = sum(1 for _ in body.iter(*_PICTURES))
    drawings = sum(1 for _ in body.iter(*_DRAWN_ELSEWHERE))
    if pictures and characters < FEW_CHARACTERS:
        message = f"the document is {pictures} pictures with next to no text; save it as PDF to have them recognised"
        yield Problem(code="picture-not-read", severity="warning" if characters else "error", message=message)
    elif not characters:
        yield Problem(
            code="no-text", severity="error", message="the document holds no text; check it in a word processor"
        )
    if drawings:
        message = f"{drawings} charts or diagrams are drawn from data of their own, which was not read"
        yield Problem(code="drawing-not-read", severity="info", message=f"{message}; look at them in a word processor")
    for _ in body.iter(f"{W}altChunk"):
        message = (
            "another file is embedded in the document and was not read; save the document anew in a word processor"
        )
        yield Problem(code="embedded-file", severity="warning", message=message)
    if numbering.unknown:
        forms = ", ".join(sorted(numbering.unknown))
        message = f"list numbers of the form {forms} are shown as digits; compare with the document"
        yield Problem(code="numeral-form", severity="info", message=message)


def _declared_title(package: Package, problems: list[Problem]) -> str | None:
    for name in package.related_to_package("core-properties"):
        root = _part(package, name, problems)
        title = root.findtext(_DC_TITLE) if root is not None else None
        return (title or "").strip() or None
    return None
