import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gxextract.document import TextBlock
from gxextract.errors import DamagedFile, EmptyFile
from gxextract.extract.reading import Item
from gxextract.extract.text import laid_out, read_text
from gxextract.tables import Grid


def items(text: str) -> tuple[Item, ...]:
    return laid_out(read_text(text.encode()).items)


def texts(text: str) -> list[tuple[str, int | None]]:
    return [(item.text, item.level) for item in items(text) if isinstance(item, TextBlock)]


def test_each_line_is_a_block_and_numbered_ones_are_headings() -> None:
    assert texts("青柳县财政局年报\r\n\r\n  一、总体情况\r\u3000\u3000正文。\n（一）公开\n无") == [
        ("青柳县财政局年报", None),
        ("一、总体情况", 1),
        ("正文。", None),
        ("（一）公开", 2),
        ("无", None),
    ]


def test_a_section_that_says_only_none_keeps_its_heading() -> None:
    assert texts("六、其他需要报告的事项\n无") == [("六、其他需要报告的事项", 1), ("无", None)]


def test_labels_of_a_table_written_a_cell_a_line_are_no_headings() -> None:
    table = "自然人 |\n一、本年新收 |\n18 |\n三、办理结果\n（一）予以公开\n0\n四、结转\n-"
    source = f"三、收到申请情况\n{table}\n四、行政复议情况\n正文。"
    assert [text for text, level in texts(source) if level is not None] == ["三、收到申请情况", "四、行政复议情况"]
    assert [text for text, level in texts("\t三、办理结果\n\t正文") if level is not None] == []


def test_tables_stand_where_they_stood() -> None:
    read = items("二、公开情况\n甲 | 乙\n1 | 2\n三、申请情况")
    assert [type(item) for item in read] == [TextBlock, Grid, TextBlock]
    assert [item.level for item in read if isinstance(item, TextBlock)] == [1, 1]


def test_a_csv_file_is_one_table() -> None:
    (grid,) = items('名称,数量\r\n规章,"1,200"\r\n文件,3\r\n')
    assert isinstance(grid, Grid)
    assert [[cell.text for cell in row] for row in grid.positions()] == [
        ["名称", "数量"],
        ["规章", "1,200"],
        ["文件", "3"],
    ]
    assert grid.problems == ()


SENTENCE = "为进一步规范政府信息公开工作提高政务公开水平保障公民法人和其他组织依法获取政府信息"


def wrapped(paragraph: str, width: int) -> str:
    return "\n".join(paragraph[at : at + width] for at in range(0, len(paragraph), width))


def test_hard_wrapped_paragraphs_are_joined_again() -> None:
    first, second = f"{SENTENCE * 4}。", f"{SENTENCE * 3}2023年结束。"
    source = f"{wrapped(first, 34)}\n　　{wrapped(second, 34)}\n一、总体情况\n尾。"
    assert texts(source) == [(first, None), (second, None), ("一、总体情况", 1), ("尾。", None)]


def test_full_last_lines_do_not_swallow_what_follows() -> None:
    full = (SENTENCE * 4)[: 34 * 4]
    source = f"{wrapped(full, 34)}\n　　{wrapped(full, 34)}\n一、总体情况\n{wrapped(full, 34)}"
    assert [text for text, _ in texts(source)] == [full, full, "一、总体情况", full]


def test_paragraphs_of_a_line_each_stay_apart() -> None:
    paragraphs = [f"{SENTENCE}第{number}次。" for number in range(8)]
    assert [text for text, _ in texts("\n".join(paragraphs))] == paragraphs


@given(st.lists(st.text("一二三、（）1.。 |\t,甲0-", max_size=20), max_size=12))
def test_no_character_is_lost(lines: list[str]) -> None:
    source = "\n".join(lines)
    if not source.strip():
        return
    kept = ""
    for item in items(source):
        kept += item.text if isinstance(item, TextBlock) else "".join(cell.text or "" for cell in item.cells)
    drawn = str.maketrans("", "", '|, \t\n-。"')
    assert kept.translate(drawn) == source.translate(drawn)


def test_a_byte_that_fits_nothing_is_reported() -> None:
    reading = read_text("一、总体情况\n正文很长很长。".encode() + b"\xff")
    assert [(problem.code, problem.severity) for problem in reading.problems] == [("undecodable-bytes", "warning")]
    assert reading.encoding == "utf-8"


def test_gb18030_is_read_and_named() -> None:
    reading = read_text("一、总体情况\n正文。".encode("gb18030"))
    assert reading.encoding == "gb18030"
    assert laid_out(reading.items)[0] == TextBlock(kind="heading", level=1, text="一、总体情况")


@pytest.mark.parametrize("data", [b" \n\t", "\u3000\n".encode()])
def test_blanks_alone_are_an_empty_file(data: bytes) -> None:
    with pytest.raises(EmptyFile, match="no text"):
        read_text(data)


def test_binary_data_named_as_text_is_damaged() -> None:
    with pytest.raises(DamagedFile, match="something else"):
        read_text(bytes(range(256)) * 20)


@given(st.binary(max_size=300))
def test_any_bytes_give_an_answer_or_our_own_error(data: bytes) -> None:
    with contextlib.suppress(DamagedFile, EmptyFile):
        read_text(data)
