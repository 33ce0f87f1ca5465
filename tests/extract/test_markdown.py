from __future__ import annotations

import pytest

from gxextract.document import Repair, TextBlock
from gxextract.extract.markdown import with_marked_headings
from gxextract.extract.reading import Item
from gxextract.extract.text import laid_out, read_text
from gxextract.repair.steps import replay, undo


def paragraph(text: str) -> TextBlock:
    return TextBlock(kind="paragraph", text=text)


def heading(text: str, level: int) -> TextBlock:
    return TextBlock(kind="heading", level=level, text=text)


MARKED: list[tuple[str, TextBlock, str]] = [
    ("# 青柳县财政局年报", heading("青柳县财政局年报", 0), "one mark is the title's"),
    ("## 概述", heading("概述", 1), "two marks"),
    ("### 概述 ###", heading("概述", 2), "marks behind as well"),
    ("#   概述", heading("概述", 0), "blanks"),
    ("# 一、总体情况", heading("一、总体情况", 1), "the number outranks the mark"),
    ("###### （二）主动公开", heading("（二）主动公开", 2), "however deep it is marked"),
    ("## **一、总体情况**", heading("一、总体情况", 1), "bold inside"),
    ("# Summary", heading("Summary", 0), "a name in English"),
    ("**一、总体情况**", heading("一、总体情况", 1), "a bold line with a number"),
    ("__一、总体情况__", heading("一、总体情况", 1), "the other kind of bold"),
    ("***一、总体情况***", heading("一、总体情况", 1), "bold and slanted"),
    ("**青柳县财政局**", paragraph("青柳县财政局"), "a bold line without one is a paragraph"),
]


@pytest.mark.parametrize(("text", "expected", "reason"), MARKED, ids=[case[2] for case in MARKED])
def test_marks_make_headings_and_go(text: str, expected: TextBlock, reason: str) -> None:
    assert with_marked_headings([paragraph(text)]) == [expected], reason


UNMARKED = [
    ("#1", "a number"),
    ("# 1", "a number behind a blank"),
    ("# of items", "a header of a column"),
    ("# apt-get install", "a prompt"),
    ("#概述", "a tag, no blank"),
    ("####### 概述", "seven marks"),
    ("# ", "nothing marked"),
    ("# 先检查输入是否为空，再读取文件。", "a sentence"),
    ("# 姓名 | 数量", "a row of a table"),
    ("**注意**事项", "bold within a line"),
    ("**一是**加强领导，**二是**健全制度", "bold twice"),
    ("张**、李**", "names that are masked"),
    ("**县**", "a masked name"),
    ("** 概述 **", "stars apart"),
    ("__init__", "a name of a program"),
    ("一、总体情况", "a heading that is none of theirs"),
]


@pytest.mark.parametrize(("text", "reason"), UNMARKED, ids=[case[1] for case in UNMARKED])
def test_other_marks_stay(text: str, reason: str) -> None:
    assert with_marked_headings([paragraph(text)]) == [paragraph(text)], reason


UNDERLINED: list[tuple[list[str], list[TextBlock], str]] = [
    (["青柳县年报", "=========="], [heading("青柳县年报", 0)], "double"),
    (["概述", "----"], [heading("概述", 1)], "single, as wide as the text"),
    (["一、总体情况", "============"], [heading("一、总体情况", 1)], "the number outranks the line"),
    (["我局公开信息120条。", "=========="], [paragraph("我局公开信息120条。"), paragraph("==========")], "a sentence"),
    (
        ["总体情况和工作安排", "---"],
        [paragraph("总体情况和工作安排"), paragraph("---")],
        "a line that parts paragraphs",
    ),
    (["==========", "=========="], [paragraph("=========="), paragraph("==========")], "two lines drawn"),
    (["12", "==="], [paragraph("12"), paragraph("===")], "a sum"),
]


@pytest.mark.parametrize(("texts", "expected", "reason"), UNDERLINED, ids=[case[2] for case in UNDERLINED])
def test_underlined_lines(texts: list[str], expected: list[TextBlock], reason: str) -> None:
    assert with_marked_headings([paragraph(text) for text in texts]) == expected, reason


CODE = [
    (["```python", "# 读取文件", "x = 1", "```"], "between fences"),
    (["# 读取文件", "data = open(path)"], "above an assignment"),
    (["# 安装", "pip install x"], "above a command"),
]


@pytest.mark.parametrize(("texts", "reason"), CODE, ids=[case[1] for case in CODE])
def test_code_stays(texts: list[str], reason: str) -> None:
    blocks: list[Item] = [paragraph(text) for text in texts]
    assert with_marked_headings(blocks) == blocks, reason


def test_behind_a_fence_that_is_never_closed_headings_are_found() -> None:
    assert with_marked_headings([paragraph("```"), paragraph("# 概述")])[1] == heading("概述", 0)


def test_repairs_follow_the_text() -> None:
    step = Repair(fixer="script", start=2, before="概況", after="概况", certainty="certain", reversible=False)
    (found,) = with_marked_headings([TextBlock(kind="paragraph", text="# 概况", repairs=(step,))])
    assert isinstance(found, TextBlock)
    assert (found.text, undo(found.text, found.repairs)) == ("概况", "概況")
    assert replay("概況", found.repairs) == "概况"


def test_a_file_of_marked_text() -> None:
    text = "# 青柳县财政局2023年政府信息公开工作年度报告\n\n**一、总体情况**\n\n正文。\n\n## 二、其他\n\n无\n"
    items = laid_out(read_text(text.encode()).items)
    assert [(item.level, item.text) for item in items if isinstance(item, TextBlock)] == [
        (0, "青柳县财政局2023年政府信息公开工作年度报告"),
        (1, "一、总体情况"),
        (None, "正文。"),
        (1, "二、其他"),
        (None, "无"),
    ]
