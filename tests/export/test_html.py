"""The HTML page: self-contained, escaped, spans as they are, nothing left out."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape

from hypothesis import given

from gxextract.document import Document, Table, TextBlock
from gxextract.export import WRITERS, to_html
from gxextract.export.html import table_markup
from tests.samples import DOCUMENT, MERGED
from tests.strategies import documents, tables


def test_furniture_and_problems_stand_below_the_prose() -> None:
    prose, _, footer = to_html(DOCUMENT).partition("<footer>")
    assert "<h1>青柳县2023年政府信息公开工作年度报告</h1>" in prose
    assert "<p>- 1 -</p>" in footer
    assert "<p>- 1 -</p>" not in prose
    assert "<li>warning: one value could not be read; look at the page (page 2, table t1)</li>" in footer


def test_it_loads_nothing() -> None:
    page = to_html(DOCUMENT)
    assert not re.search(r"src=|href=|url\(|@import|<script", page)


def test_text_is_text() -> None:
    block = TextBlock(kind="paragraph", text='<script>alert("1")</script>')
    page = to_html(replace(DOCUMENT, title="</title><b>", blocks=(block,)))
    assert "<script" not in page
    assert "<title>&lt;/title&gt;&lt;b&gt;</title>" in page


@given(tables())
def test_rows_and_spans_rebuild_the_grid(table: Table) -> None:
    rows = re.findall(r"<tr>(.*)</tr>", table_markup(table))
    assert len(rows) == table.rows
    claimed: set[tuple[int, int]] = set()
    for row, markup in enumerate(rows):
        for attributes, content in re.findall(r"<t[hd]([^>]*)>(.*?)</t[hd]>", markup):
            col = next(col for col in range(table.cols) if (row, col) not in claimed)
            cell = table.grid[row][col]
            spans = dict(re.findall(r'(rowspan|colspan)="(\d+)"', attributes))
            assert (cell.row_span, cell.col_span) == (int(spans.get("rowspan", 1)), int(spans.get("colspan", 1)))
            assert (
                unescape(content).replace("<br>", "\n").split()
                == ("\ufffd" if cell.text is None else cell.text).split()
            )
            claimed.update(cell.positions)
    assert len(claimed) == table.rows * table.cols


def test_no_blank_line_ends_the_table_early() -> None:
    cells = tuple(replace(cell, text="一\n\n\n二") for cell in MERGED.cells)
    assert "\n\n" not in table_markup(replace(MERGED, cells=cells))


@given(documents())
def test_every_writer_gives_text_that_can_be_written(document: Document) -> None:
    assert set(WRITERS) == {"json", "md", "txt", "html", "csv"}
    for write in WRITERS.values():
        write(document).encode("utf-8")
