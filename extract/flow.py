"""From a file to a Document: the whole way, on one screen."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from ..document import Block, Document, Page, Problem, Source, Table, TextBlock
from ..errors import EmptyFile, UnsupportedFormat
from ..forms import FlatForm, with_forms
from ..marks import Looks, unseen
from ..settings import Settings
from ..tables import Grid, finish
from .content import content
from .field_table import with_field_roles
from .flat import FormGrid, with_flat_tables
from .headings import with_title
from .legibility import doubted, legibility
from .mend import mended
from .metadata import metadata
from .reading import Item, Reading
from .sections import with_sections
from .sniff import Format, sniff


def read(path: str | os.PathLike[str], *, name: str | None = None, settings: Settings | None = None) -> Document:
    """Reads one file. ``name`` is the path to record for it, by default the file's own name.

    Raises :class:`InputError` (unsupported, damaged, locked, empty, too large) and :class:`OcrError`. What goes wrong
    with a part of a document is one of its ``problems``, never an exception.
    """
    settings = settings or Settings()
    file = Path(path)
    name = name or file.name
    data = content(file, settings)
    kind = sniff(data, name)
    if kind is None:
        raise UnsupportedFormat(f"{name} is no PDF, DOCX, HTML, text or picture; convert it to one of these")
    if not data.strip(b"\0 \t\r\n\xef\xbb\xbf"):
        raise EmptyFile(f"{name} is empty; fetch it again from its source")
    reading = _reader(kind, data, settings)
    text = mended(reading, settings.script)
    items = with_title(with_sections(_with_flat_tables(kind, text.items, reading.pages)))
    shown = _title(items)
    title = shown or text.title
    blocks, flat, problems = _finished(items)
    blocks, disagreements = with_forms(blocks, flat, _looks(reading, settings))
    return Document(
        source=Source(
            path=name,
            sha256=hashlib.sha256(data).hexdigest(),
            size=len(data),
            format=kind,
            encoding=reading.encoding,
        ),
        title=title,
        metadata=metadata(title, items),
        pages=reading.pages,
        blocks=blocks,
        problems=(
            *reading.problems,
            *(() if shown else text.title_problems),
            *problems,
            *legibility(blocks),
            *_unreliable(blocks),
            *disagreements,
        ),
    )


def _reader(kind: Format, data: bytes, settings: Settings) -> Reading:
    """The reading of ``data`` by the reader of its format. Readers are imported here, each with what it needs."""
    if kind == "text":
        from .text import read_text

        return read_text(data)
    if kind == "html":
        from .html import read_html

        return read_html(data)
    if kind == "docx":
        from .docx import read_docx

        return read_docx(data)
    if kind == "pdf":
        from .pdf import read_pdf

        return read_pdf(data, settings)
    from .picture import read_picture

    return read_picture(data, settings)


def _looks(reading: Reading, settings: Settings) -> Looks:
    """More looks at the document's cells, where any page has a picture; engines are loaded then, since they read it."""
    if not reading.pictures:
        return unseen
    from ..ocr import engines
    from .further_looks import further_looks

    return further_looks(reading.pictures, *engines(settings))


def _with_flat_tables(kind: Format, items: Sequence[Item], pages: Sequence[Page]) -> Sequence[Item]:
    """``items``, flattened tables in their paragraphs made grids; in the lines of plain text they were looked for."""
    if kind == "text":
        return items
    return with_flat_tables(items, {page.number: page.words_from for page in pages})


def _title(items: Sequence[Item]) -> str | None:
    return next((item.text for item in items if isinstance(item, TextBlock) and item.level == 0), None)


def _finished(items: Sequence[Item]) -> tuple[tuple[Block, ...], dict[str, FlatForm], tuple[Problem, ...]]:
    """Grids made tables with ids ``t1``, ``t2``, … in reading order, the forms found in text, and their problems."""
    blocks: list[Block] = []
    flat: dict[str, FlatForm] = {}
    problems: list[Problem] = []
    tables = 0
    for item in items:
        if isinstance(item, Grid):
            tables += 1
            table = with_field_roles(finish(doubted(item), f"t{tables}"))
            blocks.append(table)
            problems += [replace(problem, table=table.id) for problem in item.problems]
            if isinstance(item, FormGrid):
                flat[table.id] = item.found
        else:
            blocks.append(item)
    return tuple(blocks), flat, tuple(problems)


def _unreliable(blocks: Sequence[Block]) -> Iterator[Problem]:
    """One problem for all lost cells of a table, one for all its doubtful readings that nothing proves."""
    for table in (block for block in blocks if isinstance(block, Table)):
        proven = {record.cell for record in table.records if record.check == "verified"}
        lost = tuple((cell.row, cell.col) for cell in table.cells if cell.text is None)
        read = [cell for cell in table.cells if cell.doubtful and cell.origin == "ocr" and cell.text is not None]
        doubtful = tuple((cell.row, cell.col) for cell in read if (cell.row, cell.col) not in proven)
        page = table.parts[0].page if table.parts else None
        for code, cells, what in (
            ("value-missing", lost, "hold something that can't be read; look at the source"),
            (
                "reading-doubtful",
                doubtful,
                "were hardly read, or differently the second time; compare them with the source",
            ),
        ):
            if cells:
                message = f"{len(cells)} cells of table {table.id} {what}"
                yield Problem(code=code, severity="warning", message=message, page=page, table=table.id, cells=cells)
