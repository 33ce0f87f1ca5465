"""Forms that paragraphs of a document hold, whatever its format."""

from __future__ import annotations

from pathlib import Path

import pytest

import gxextract
from gxextract.document import Table, TextBlock
from gxextract.extract.flat import FormGrid, with_flat_tables
from tests.extract.docx_files import docx
from tests.forms.reports import flat_lines, truth


def paragraphs(lines: list[str], page: int | None = None) -> list[TextBlock]:
    return [TextBlock(kind="paragraph", text=line.strip(), page=page) for line in lines if line.strip()]


@pytest.mark.parametrize("style", ["bare-lines", "pipes", "table-a-line", "reading-order"])
def test_a_run_of_paragraphs_becomes_grids(style: str) -> None:
    items = with_flat_tables(paragraphs(flat_lines("flat/1", "2021", style)), {})  # type: ignore[arg-type]
    grids = [item for item in items if isinstance(item, FormGrid)]
    assert [(grid.rows, grid.cols) for grid in grids] == [(14, 4), (28, 10), (4, 15)]
    headings = [item.text for item in items if isinstance(item, TextBlock)]
    assert any(text.startswith("三、收到和处理") for text in headings)
    assert not any("行政强制" in text for text in headings)


def test_what_stands_in_one_paragraph_with_a_table_stays() -> None:
    lines = flat_lines("flat/1", "2021", "table-a-line")
    whole = [TextBlock(kind="paragraph", text=" ".join(lines))]
    items = with_flat_tables(whole, {})
    kinds = ["grid" if isinstance(item, FormGrid) else "text" for item in items]
    assert kinds == ["text", "grid", "text", "grid", "text", "grid", "text"]
    texts = [item.text for item in items if isinstance(item, TextBlock)]
    assert texts[1] == next(line for line in lines if line.startswith("三、"))


def test_values_recognised_from_pixels_are_doubtful_until_proven() -> None:
    lines = flat_lines("flat/2", "2021", "bare-lines")
    items = with_flat_tables(paragraphs(lines, page=3), {3: "ocr"})
    grids = [item for item in items if isinstance(item, FormGrid)]
    assert all(cell.doubtful and cell.origin == "ocr" and cell.page == 3 for grid in grids for cell in grid.cells)


def test_a_document_without_forms_is_as_it_was() -> None:
    blocks = paragraphs(["一、总体情况", "全年公开信息120条，其中行政许可3件。", "二、其他"])
    assert with_flat_tables(blocks, {}) == tuple(blocks)


def test_a_word_file_of_flattened_paragraphs(tmp_path: Path) -> None:
    lines = [line for line in flat_lines("flat/1", "2021", "bare-lines") if line]
    body = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in lines)
    file = tmp_path / "flattened.docx"
    file.write_bytes(docx(body))
    document = gxextract.read(file)
    tables = [block for block in document.blocks if isinstance(block, Table)]
    assert [table.form for table in tables] == [
        f"annual-report-2021/{name}" for name in ("disclosure", "applications", "review")
    ]
    expected = [record[2] for table in truth("flat/1", "2021")["tables"] for record in table["records"]]
    assert [record.text for table in tables for record in table.records] == expected
    assert document.problems == ()
