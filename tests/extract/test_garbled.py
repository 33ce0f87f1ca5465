"""Whole reports garbled by a wrong codec are read as the sound ones are, or say what they can't tell."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from html import escape
from pathlib import Path

import pytest

import gxextract
from fixtures.render_flat import FlatStyle
from gxextract.document import Cell, Document, TextBlock
from gxextract.repair import replay, undo
from tests.extract.docx_files import docx
from tests.forms.reports import flat_lines

SEED = "garbled/7"
WHOLE: dict[str, Callable[[str], str]] = {
    "GBK as latin-1": lambda text: text.encode("gb18030").decode("latin-1"),
    "UTF-8 as latin-1": lambda text: text.encode().decode("latin-1"),
}
LOSSY: dict[str, Callable[[str], str]] = {
    "GBK as cp1252": lambda text: text.encode("gb18030").decode("cp1252", "replace"),
    "UTF-8 as GBK": lambda text: text.encode().decode("gb18030", "replace"),
    "UTF-8 as GBK, odd bytes dropped": lambda text: text.encode().decode("gb18030", "ignore"),
    "UTF-8 as Big5": lambda text: text.encode().decode("big5", "replace"),
    "GBK as Big5": lambda text: text.encode("gb18030").decode("big5", "replace"),
}
STYLES: tuple[FlatStyle, ...] = ("pipes", "bare-lines", "csv", "markdown-repeated")
BROKEN: FlatStyle = "reading-order"
"""Labels broken over lines: a piece of one hanzi is too short to tell that it is garbled."""

Values = dict[tuple[str | None, tuple[str, ...], tuple[str, ...]], str | None]


def read(data: str | bytes, folder: Path, suffix: str = "txt") -> Document:
    file = folder / f"a.{suffix}"
    file.write_bytes(data if isinstance(data, bytes) else data.encode())
    return gxextract.read(file)


def values(document: Document, *, sure: bool = False) -> Values:
    """What stands at each path; ``sure`` leaves out what is flagged."""
    return {
        (table.form, record.row_path, record.column_path): record.text
        for table in document.tables
        for record in table.records
        if not (sure and record.check == "flagged")
    }


def things(document: Document) -> Iterator[TextBlock | Cell]:
    for block in document.blocks:
        yield from [block] if isinstance(block, TextBlock) else block.cells


def garbled(style: FlatStyle, codec: Callable[[str], str]) -> list[str]:
    return [codec(line) for line in flat_lines(SEED, "2021", style)]


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("codec", WHOLE)
def test_what_lost_no_bytes_is_read_as_if_sound(codec: str, style: FlatStyle, tmp_path: Path) -> None:
    sound = read("\n".join(flat_lines(SEED, "2021", style)), tmp_path)
    found = read("\n".join(garbled(style, WHOLE[codec])), tmp_path)
    assert len(values(sound)) == 200
    assert values(found) == values(sound)
    assert [block.text for block in found.blocks if isinstance(block, TextBlock)] == [
        block.text for block in sound.blocks if isinstance(block, TextBlock)
    ]
    assert {problem.severity for problem in found.problems} <= {"info"}


@pytest.mark.parametrize("style", [*STYLES, BROKEN])
@pytest.mark.parametrize("codec", [*WHOLE, *LOSSY])
def test_no_value_is_wrong_and_not_flagged(codec: str, style: FlatStyle, tmp_path: Path) -> None:
    sound = values(read("\n".join(flat_lines(SEED, "2021", style)), tmp_path))
    found = read("\n".join(garbled(style, (WHOLE | LOSSY)[codec])), tmp_path)
    sure = values(found, sure=True)
    assert len(sure) > 100
    assert [path for path, text in sure.items() if path in sound and sound[path] != text] == []


@pytest.mark.parametrize("codec", [*WHOLE, *LOSSY])
def test_the_steps_of_every_text_replay(codec: str, tmp_path: Path) -> None:
    document = read("\n".join(garbled("pipes", (WHOLE | LOSSY)[codec])), tmp_path)
    assert sum(bool(thing.repairs) for thing in things(document)) > 60
    for thing in things(document):
        text = thing.text or ""
        assert replay(undo(text, thing.repairs), thing.repairs) == text


def test_a_cell_undoes_to_what_stood_in_its_place(tmp_path: Path) -> None:
    codec = WHOLE["GBK as latin-1"]
    document = read("\n".join(garbled("markdown-empty", codec)), tmp_path)
    told = {thing.text: undo(thing.text, thing.repairs) for thing in things(document) if thing.text}
    assert {"信息内容", "商业企业", "（三）不予公开"} <= told.keys()
    assert [text for text, before in told.items() if before != codec(text)] == []


def as_html(lines: list[str]) -> str:
    return f"<meta charset=utf-8>{''.join(f'<p>{escape(line)}</p>' for line in lines)}"


def as_docx(lines: list[str]) -> bytes:
    return docx("".join(f'<w:p><w:r><w:t xml:space="preserve">{escape(line)}</w:t></w:r></w:p>' for line in lines))


@pytest.mark.parametrize(("suffix", "render"), [("html", as_html), ("docx", as_docx)])
def test_paragraphs_of_other_formats_too(
    suffix: str, render: Callable[[list[str]], str | bytes], tmp_path: Path
) -> None:
    lines = flat_lines(SEED, "2021", "bare-lines")
    found = read(render([WHOLE["GBK as latin-1"](line) for line in lines if line.strip()]), tmp_path, suffix)
    sound = read(render([line for line in lines if line.strip()]), tmp_path, suffix)
    assert len(values(sound)) == 200
    assert values(found) == values(sound)
    assert sum(bool(thing.repairs) for thing in things(found)) > 60
