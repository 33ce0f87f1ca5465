"""Every text of a document is repaired before anything is looked for in it, and its steps go where the text goes."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import gxextract
from gxextract.document import Document, Repair, TextBlock
from gxextract.extract.mend import form_labels
from gxextract.extract.reading import Lines, SourceLine, WrittenBlock
from gxextract.extract.text import laid_out
from gxextract.extract.trace import traced_block
from gxextract.extract.written import written_lines
from gxextract.repair import plan, undo
from gxextract.repair.context import Context
from gxextract.repair.steps import Change, apply
from gxextract.settings import Settings
from gxextract.tables import Grid
from tests.extract.docx_files import docx

Read = Callable[..., Document]

CODEC = str.maketrans("ABCDEFGHIJKLM", "甲乙丙丁一、总体情况|首页")
RUN = re.compile(r"[A-M]+(?:[|\t0-9 ]+[A-M]+)*")


def mojibake(text: str, context: Context) -> list[Change]:
    """A made-up codec made capitals of hanzi, and of a pipe; what it garbled in one run is put right in one step."""
    return [
        Change(start=run.start(), stop=run.end(), after=run.group().translate(CODEC), certainty=sure, evidence="A-M")
        for run in RUN.finditer(text)
        for sure in ["inferred" if "C" in run.group() else "certain"]
    ]


def pinyin(text: str, context: Context) -> list[Change]:
    """The letter q was injected."""
    return [Change(start=at, stop=at + 1, after="") for at, char in enumerate(text) if char == "q"]


@pytest.fixture
def read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Read:
    monkeypatch.setattr(plan, "FIXERS", (mojibake, pinyin))
    monkeypatch.setattr(plan, "pinyin", pinyin)

    def read_file(data: bytes | str, name: str = "a.txt", settings: Settings | None = None) -> Document:
        file = tmp_path / name
        file.write_bytes(data if isinstance(data, bytes) else data.encode())
        return gxextract.read(file, settings=settings)

    return read_file


def blocks(document: Document) -> list[tuple[str, int | None, str]]:
    """Text and level of each block, and the text before repair."""
    found = [block for block in document.blocks if isinstance(block, TextBlock)]
    return [(block.text, block.level, undo(block.text, block.repairs)) for block in found]


def cells(document: Document) -> list[list[tuple[str, str]]]:
    """Text of each cell, and the text before repair."""
    (table,) = document.tables
    return [[(cell.text or "", undo(cell.text or "", cell.repairs)) for cell in row] for row in table.grid]


def test_what_a_line_is_shows_when_it_is_repaired(read: Read) -> None:
    source = "EFGHIJ\n　　正文Aq。\n"
    assert blocks(read(source)) == [("一、总体情况", 1, "EFGHIJ"), ("正文甲。", None, "正文Aq。")]
    assert blocks(read(f"<p>EFGHIJ</p><p>{source[7:]}</p>", "a.html")) == blocks(read(source))
    body = "".join(f"<w:p><w:r><w:t>{line.strip()}</w:t></w:r></w:p>" for line in source.splitlines())
    assert blocks(read(docx(body), "a.docx")) == blocks(read(source))


def test_the_rank_of_a_block_is_that_of_its_repaired_text(read: Read) -> None:
    document = read("<p>LM > 公告</p><h3>EFGHIJ</h3><h2>A3</h2><p>公qq告</p>", "a.html")
    assert [(block.kind, block.level) for block in document.blocks if isinstance(block, TextBlock)] == [
        ("furniture", None),
        ("heading", 1),
        ("heading", 1),
        ("paragraph", None),
    ]


GRID = [
    [("项目", "项目"), ("甲乙", "AB"), ("丙丁", "CD")],
    [("甲", "甲q"), ("1", "1"), ("2", "2")],
    [("乙", "乙"), ("3", "3"), ("4", "q4")],
]
HTML = "<table border=1><tr><th>项目<th>AB<th>CD<tr><td>甲q<td>1<td>2<tr><td>乙<td>3<td>q4</table>"
STYLES = {
    "pipes": "项目 | AB | CD\n甲q | 1 | 2\n乙 | 3 | q4\n",
    "a first pipe and a last": "| 项目 | AB | CD |\n| --- | --- | --- |\n| 甲q | 1 | 2 |\n| 乙 | 3 | q4 |\n",
    "tabs": "项目\tAB\tCD\n甲q\t1\t2\n乙\t3\tq4\n",
    "CSV": "项目,AB,CD\n甲q,1,2\n乙,3,q4\n",
}


@pytest.mark.parametrize("style", STYLES)
def test_cells_of_flattened_tables_have_their_own_steps(read: Read, style: str) -> None:
    assert cells(read(STYLES[style])) == GRID


@pytest.mark.parametrize("style", STYLES)
def test_preformatted_lines_of_a_page_are_read_as_lines(read: Read, style: str) -> None:
    page = f"<p>正文</p><pre>\n{STYLES[style]}</pre>"
    assert cells(read(page, "a.html")) == GRID


def test_cells_of_a_declared_table(read: Read) -> None:
    assert cells(read(HTML, "a.html")) == GRID


def test_a_swallowed_pipe_parts_cells_again(read: Read) -> None:
    grid = cells(read("项目 | 甲乙 | 丙丁\nAK1 | 2\nBK3 | 4\n"))
    assert [[text for text, _ in row] for row in grid] == [["项目", "甲乙", "丙丁"], ["甲", "1", "2"], ["乙", "3", "4"]]
    assert [row[0][1] for row in grid[1:]] == ["AK", "BK"]


def test_a_wrapped_paragraph_keeps_the_steps_of_its_lines(read: Read) -> None:
    line = "本年度主动公开政府信息若干条并对社会关注的热点问题作出回应推进政务公开工作"
    source = f"{line[:-1]}A\n{line[:-1]}q{line[-1]}\n" + f"{line}\n" * 4
    ((text, _, before),) = blocks(read(source))
    assert (len(text), text.count("甲")) == (6 * len(line), 1)
    assert before == source.replace("\n", "")


def test_a_title_of_two_lines_keeps_both_steps(read: Read) -> None:
    document = read("qA县人民政府\n2023年政府信息公开工作年度报告q\n")
    assert document.title == "甲县人民政府2023年政府信息公开工作年度报告"
    assert blocks(document)[0][2] == "qA县人民政府2023年政府信息公开工作年度报告q"
    assert document.metadata.agency == "甲县人民政府"


def problems(document: Document) -> list[tuple[str, str, tuple[tuple[int, int], ...]]]:
    return [(problem.code, problem.severity, problem.cells) for problem in document.problems]


def test_a_repaired_caption_and_a_declared_title_say_what_stood_there(read: Read) -> None:
    document = read(f"<title>Aq</title><p>正文</p>{HTML.replace('<tr>', '<caption>Bq</caption><tr>', 1)}", "a.html")
    assert (document.title, document.tables[0].caption) == ("甲", "乙")
    said = {problem.code: problem for problem in document.problems}
    assert "'Aq'" in said["title-repaired"].message
    assert "'Bq'" in said["caption-repaired"].message
    assert (said["caption-repaired"].severity, said["caption-repaired"].table) == ("info", "t1")


def test_what_was_inferred_is_told(read: Read) -> None:
    assert problems(read("正文C。\n\n正文A。")) == [("text-recovered", "info", ())]
    assert problems(read(HTML, "a.html")) == [("text-recovered", "info", ((0, 2),))]
    assert problems(read("正文A。")) == []


def test_what_stays_garbled_is_told_and_left_visible(read: Read) -> None:
    document = read("<p>某局锟斤拷锟斤拷公告</p>" + HTML.replace("<td>2", "<td>2\ufffd"), "a.html")
    assert blocks(document)[0][0] == "某局锟斤拷锟斤拷公告"
    assert ("text-garbled", "warning", ()) in problems(document)
    assert ("text-garbled", "warning", ((1, 2),)) in problems(document)
    checks = {record.cell: record.check for record in document.tables[0].records}
    assert checks == {(1, 1): "unchecked", (1, 2): "flagged", (2, 1): "unchecked", (2, 2): "unchecked"}


def test_a_sound_document_has_no_steps_and_says_nothing(read: Read) -> None:
    document = read("一、总体情况\n\n正文。\n\n项目 | 甲\n乙 | 1\n丙 | 2\n")
    assert problems(document) == []
    assert all(text == before for text, _, before in blocks(document))
    assert all(text == before for row in cells(document) for text, before in row)


def test_labels_are_those_of_the_forms() -> None:
    labels = form_labels()
    assert {"信息内容", "（三）不予公开", "商业企业", "结果维持", "指标名称"} <= set(labels)
    assert len(set(labels)) == len(labels) > 80


REPAIR = Repair(fixer="any", start=0, before="", after="", certainty="certain", reversible=False)


@st.composite
def lines_of(draw: st.DrawFn) -> list[TextBlock]:
    """Repaired lines."""
    lines: list[TextBlock] = []
    for _ in range(draw(st.integers(1, 4))):
        text = draw(st.text("甲乙3,| \t", max_size=10))
        steps: tuple[Repair, ...] = ()
        for number in range(draw(st.integers(0, 2))):
            cuts = sorted(draw(st.lists(st.integers(0, len(text)), max_size=4)))
            pairs = zip(cuts[::2], cuts[1::2], strict=False)
            text, made = apply(
                text,
                [Change(start=start, stop=stop, after=draw(st.text("丙3| ", max_size=3))) for start, stop in pairs],
                f"fixer{number}",
            )
            steps += made
        lines.append(TextBlock(kind="paragraph", text=text, repairs=steps))
    return lines


@given(lines_of())
def test_the_steps_of_whatever_is_made_of_lines_can_be_undone(lines: list[TextBlock]) -> None:
    for item in laid_out([Lines(lines=tuple(lines))]):
        for thing in item.cells if isinstance(item, Grid) else [item]:
            undo(thing.text or "", thing.repairs)


@given(lines_of())
def test_lines_joined_undo_to_their_sources_joined(lines: list[TextBlock]) -> None:
    whole = TextBlock(kind="paragraph", text=" ".join(line.text for line in lines))
    assume(whole.text.strip())
    made = traced_block(whole, lines)
    sources = "".join(undo(line.text, line.repairs) for line in lines)
    assert "".join(undo(made.text, made.repairs).split()) == "".join(sources.split())


@given(lines_of(), st.data())
def test_written_lines_follow_the_repairs_of_their_block(lines: list[TextBlock], data: st.DataObject) -> None:
    line = lines[0]
    source = undo(line.text, line.repairs)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(source)), max_size=2)))
    parts = [source[start:stop] for start, stop in zip([0, *cuts], [*cuts, len(source)], strict=True)]
    written = tuple(SourceLine(text=f"  {part.replace(' ', '   ')}") for part in parts)
    block = WrittenBlock(kind="paragraph", text=line.text, repairs=line.repairs, lines=written)
    assert "".join("".join(each.text for each in written_lines(block)).split()) == "".join(line.text.split())


def test_another_script_is_another_document() -> None:
    assert len({Settings(script=script).fingerprint() for script in (None, "simplified", "traditional", "keep")}) == 4
