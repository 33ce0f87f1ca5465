"""Markdown: what a Markdown reader shows is what the document says, character for character."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from gxextract.document import Cell, Document, Metadata, Source, Table, TextBlock
from gxextract.export import to_markdown
from tests.samples import DOCUMENT
from tests.strategies import TEXTS, documents, tables

READER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])


class Shown(HTMLParser):
    """What a page shows, a line for each ``p``, ``h1``..., ``th`` and ``td``; ``br`` is a space."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []
        self.tags: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag in {"p", "h1", "h2", "h3", "h4", "h5", "h6", "th", "td", "caption"}:
            self.lines.append("")
        elif tag == "br" and self.lines:
            self.lines[-1] += " "

    def handle_data(self, data: str) -> None:
        if self.lines:
            self.lines[-1] += data


def shown(markdown: str) -> Shown:
    page = Shown()
    page.feed(READER.render(markdown))
    page.close()
    return page


def words(text: str) -> list[str]:
    return text.replace("\0", "\ufffd").split()


def document_of(*blocks: TextBlock | Table) -> Document:
    return Document(
        source=Source(path="a", sha256="0" * 64, size=0, format="text"),
        title=None,
        metadata=Metadata(),
        pages=(),
        blocks=blocks,
        problems=(),
    )


def test_the_whole_of_it() -> None:
    assert to_markdown(DOCUMENT) == (
        "# 青柳县2023年政府信息公开工作年度报告\n\n"
        "## 一、总体情况\n\n"
        "全年公开信息120条。  \n其中张\\*\\*、李\\*\\*各1条。\n\n"
        "<table>\n<caption>申请办理情况</caption>\n"
        '<tr><th rowspan="2">（勾稽关系）</th><th colspan="2">申请人情况</th></tr>\n'
        "<tr><th>自然人</th><th>总计</th></tr>\n"
        '<tr><th>一、本年新收</th><td>12</td><td class="flagged">\ufffd</td></tr>\n'
        "</table>\n\n"
        "| 项目\\|类别 | 数量 |\n| --- | --- |\n| 规章<br>（含修订） | -0.5 |\n"
    )


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("1. 一\n3. 三", "an ordered list would count 1, 2"),
        ("- 三", "a list item loses its dash"),
        ("+", "an empty list"),
        ("# 号", "a heading"),
        ("> 注", "a quotation"),
        ("一\n---", "an underlined heading"),
        ("一\n===", "an underlined heading"),
        ("a | b\n--- | ---\n1 | 2", "a table"),
        ("张**、李**", "bold"),
        ("_注_", "emphasis"),
        ("3~5月，7~8月", "struck out"),
        ("<br>", "a tag"),
        ("<!-- 注 -->", "a comment"),
        ("&amp;", "a character reference"),
        ("[一](二)", "a link"),
        ("[1]: 注", "the name of a link, shown nowhere"),
        ("```\n一", "a code block"),
        ("    一", "a code block"),
        ("C:\\_a", "an escape"),
        ("一\\", "a line break"),
    ],
)
def test_markup_by_accident_is_shown_as_text(text: str, reason: str) -> None:
    page = shown(to_markdown(document_of(TextBlock(kind="paragraph", text=text))))
    assert page.tags == ["p"] + ["br"] * text.count("\n"), reason
    assert words(page.lines[0]) == words(text), reason


@pytest.mark.parametrize(
    "text", ["1.公开", "（一）主动公开", "+3", "-0.5", "〔2021〕30号", "[2019]60号", "a_b", "R&D", "3<5", "第1项"]
)
def test_harmless_text_stays_as_it_is(text: str) -> None:
    assert to_markdown(document_of(TextBlock(kind="paragraph", text=text))) == f"{text}\n"


@given(st.sampled_from(["heading", "paragraph"]), TEXTS)
def test_any_text_is_shown_as_it_is(kind: str, text: str) -> None:
    block = TextBlock(kind=kind, text=text, level=1 if kind == "heading" else None)  # type: ignore[arg-type]
    page = shown(to_markdown(document_of(block)))
    assert words(" ".join(page.lines)) == words(text)
    assert set(page.tags) <= ({"h2"} if kind == "heading" else {"p", "br"})


@given(st.booleans().flatmap(lambda merged: tables(merged=merged)))
def test_any_table_is_shown_as_it_is(table: Table) -> None:
    page = shown(to_markdown(document_of(table)))
    cells = [line for line in page.lines if line.strip()]
    expected = [table.caption or "", *("\ufffd" if cell.text is None else cell.text for cell in table.cells)]
    assert [words(cell) for cell in cells] == [words(text) for text in expected if text.split()]
    assert page.tags.count("table") == 1


def test_a_table_without_headers_gets_a_blank_header_line() -> None:
    cells = (Cell(row=0, col=0, text="5"), Cell(row=0, col=1, text=""))
    table = Table(id="t1", rows=1, cols=2, cells=cells, records=(), evidence="spans")
    assert to_markdown(document_of(table)) == "|  |  |\n| --- | --- |\n| 5 |  |\n"


@given(documents())
def test_it_can_always_be_written(document: Document) -> None:
    to_markdown(document).encode("utf-8")
