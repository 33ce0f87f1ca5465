"""Clean text: one block a line, one tab less than columns in each row."""

from __future__ import annotations

from hypothesis import given

from gxextract.document import Document, Table
from gxextract.export import to_text
from tests.samples import DOCUMENT
from tests.strategies import documents


def test_the_whole_of_it() -> None:
    assert to_text(DOCUMENT) == (
        "青柳县2023年政府信息公开工作年度报告\n"
        "一、总体情况\n"
        "全年公开信息120条。 其中张**、李**各1条。\n"
        "申请办理情况\n"
        "（勾稽关系）\t申请人情况\t\n"
        "\t自然人\t总计\n"
        "一、本年新收\t12\t\ufffd\n"
        "项目|类别\t数量\n"
        "规章 （含修订）\t-0.5\n"
    )


@given(documents())
def test_one_line_a_block_or_row(document: Document) -> None:
    lines = to_text(document).encode("utf-8").decode("utf-8").split("\n")
    expected = 1
    for block in document.blocks:
        if isinstance(block, Table):
            expected += block.rows + bool((block.caption or "").strip())
        elif block.kind != "furniture":
            expected += bool(block.text.strip())
    assert len(lines) == expected


@given(documents())
def test_each_cell_stands_once_at_its_first_position(document: Document) -> None:
    for table in document.tables:
        alone = Document(
            source=document.source, title=None, metadata=document.metadata, pages=(), blocks=(table,), problems=()
        )
        rows = [line.split("\t") for line in to_text(alone).split("\n")[-table.rows - 1 : -1]]
        assert [len(row) for row in rows] == [table.cols] * table.rows
        for cell in table.cells:
            text = "\ufffd" if cell.text is None else cell.text
            assert rows[cell.row][cell.col].split() == text.split()
            assert not any(rows[row][col] for row, col in list(cell.positions)[1:])
