"""Tables with something wrong, read from real files and drawn: every line as a terminal shows it."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given

import gxextract
from fixtures import forms
from fixtures.render_flat import FlatStyle, render_flat
from fixtures.render_html import HtmlStyle, render_html
from fixtures.report import Report, filled, make_report
from gxextract import read
from gxextract.document import Document, FailedSum, Problem, Repair, Table
from gxextract.export.explain import explain
from gxextract.export.explain_table import grid_of, is_told
from gxextract.export.terminal import width
from tests.strategies import documents

Read = Callable[..., Document]

APPLICATIONS = {0: "10 1 0 0 0 0 11", 1: "2 0 0 0 0 0 2", 2: "7 1 0 0 0 0 8", 8: "3 0 0 0 0 0 3"} | {
    23: "10 1 0 0 0 0 11",
    24: "2 0 0 0 0 0 2",
}
"""Rows of table 3 that aren't of zeros; all sums hold."""
DISCLOSURE = "1 0 3 4 3 21 7 8 9 1.5"
REVIEW = "0 0 0 0 0 1 0 0 0 1 2 0 1 0 3"


def made(rows: dict[int, str], review: str) -> Report:
    """A report with a table 2 and these tables 3 and 4."""
    drawn = APPLICATIONS | rows
    applications = [text for row in range(25) for text in drawn.get(row, "0 0 0 0 0 0 0").split()]
    mine = {
        "annual-report-2021/disclosure": filled(forms.disclosure("2021"), DISCLOSURE.split()),
        "annual-report-2021/applications": filled(forms.applications("2021", one_row_other=False), applications),
        "annual-report-2021/review": filled(forms.review("2021"), review.split()),
    }
    report = make_report("grid", "2021")
    sections = tuple(
        replace(section, tables=tuple(mine.get(table.form, table) for table in section.tables))
        for section in report.sections
    )
    return replace(report, sections=sections)


@pytest.fixture
def report(tmp_path: Path) -> Read:
    """Reads a web page of such a report, or what flattened it; ``edit`` changes its markup or text."""

    def reading(
        rows: dict[int, str] | None = None,
        review: str = REVIEW,
        *,
        flat: FlatStyle | None = None,
        edit: tuple[str, str] | None = None,
    ) -> Document:
        whole = made(rows or {}, review)
        text = (render_flat(whole, flat) if flat else render_html(whole, HtmlStyle())).decode()
        assert edit is None or edit[0] in text
        file = tmp_path / ("report.txt" if flat else "report.html")
        file.write_text(text.replace(*edit, 1) if edit else text, "utf-8")
        return read(file)

    return reading


def table(document: Document, form: str) -> Table:
    return next(table for table in document.tables if table.form == f"annual-report-2021/{form}")


def grid(document: Document, form: str) -> list[str]:
    return list(grid_of(table(document, form), document.problems))


def test_where_all_is_well_there_is_no_grid(report: Read) -> None:
    document = report()
    assert not any(is_told(table, document.problems) for table in document.tables)
    told = explain(document).splitlines()
    at = told.index("  t4: 4 × 15, spans, form annual-report-2021/review")
    assert told[at + 1 : at + 3] == [
        "    proved: 10 of 15 values (66 %); 5: its sums are of zeros, which prove nothing",
        "",
    ]


def test_a_wrong_value_and_a_wrong_total_of_table_3(report: Read) -> None:
    document = report({2: "9 1 0 0 0 0 8", 23: "10 1 0 0 0 0 1112"})
    lines = grid(document, "applications")
    assert lines == [
        "                                 自然人  商业企业  科研机构  社会公益  法律服务  其他      总计",
        "                                                                 组织      机构",
        "一、本年新收政府信息公开申请数量     10         1         0         0         0     0        11",
        "二、上年结转政府信息公开申请数量      2         0         0         0         0     0         2",
        "三、本年度办理结果",
        "  （一）予以公开                      9!        1         0         0         0     0         8  ✗ 10 ≠ 8",
        "  （二）部分公开（区分处理的，…       0         0         0         0         0     0         0",
        "  （三）不予公开",
        "    1.属于国家秘密                    0         0         0         0         0     0         0",
        "    2.其他法律行政法规禁止公开        0         0         0         0         0     0         0",
        "    3.危及“三安全一稳定”              0         0         0         0         0     0         0",
        "    4.保护第三方合法权益              0         0         0         0         0     0         0",
        "    5.属于三类内部事务信息            3         0         0         0         0     0         3",
        "    6.属于四类过程性信息              0         0         0         0         0     0         0",
        "    7.属于行政执法案卷                0         0         0         0         0     0         0",
        "    8.属于行政查询事项                0         0         0         0         0     0         0",
        "  （四）无法提供",
        "    1.本机关不掌握相关政府信息        0         0         0         0         0     0         0",
        "    2.没有现成信息需要另行制作        0         0         0         0         0     0         0",
        "    3.补正后申请内容仍不明确          0         0         0         0         0     0         0",
        "  （五）不予处理",
        "    1.信访举报投诉类申请              0         0         0         0         0     0         0",
        "    2.重复申请                        0         0         0         0         0     0         0",
        "    3.要求提供公开出版物              0         0         0         0         0     0         0",
        "    4.无正当理由大量反复申请          0         0         0         0         0     0         0",
        "    5.要求行政机关确认或重新出…       0         0         0         0         0     0         0",
        "  （六）其他处理",
        "    1.申请人无正当理由逾期不补…       0         0         0         0         0     0         0",
        "    2.申请人逾期未按收费通知要…       0         0         0         0         0     0         0",
        "    3.其他                            0         0         0         0         0     0         0",
        "  （七）总计                         10         1         0         0         0     0      1112! ✗ 11 ≠ 1112",
        "四、结转下年度继续办理                2         0         0         0         0     0         2",
        "一 + 二 = （七） + 四                                                                  ✗13≠1114",
        "（一） + （二） + … = （七）总计 ✗12≠10                                                ✗11≠1112",
        "! a sum fails, and this may be what is wrong; ✗ a sum that fails",
    ]
    assert max(map(width, lines)) <= 110


def test_a_block_of_table_4(report: Read) -> None:
    document = report(review="0 0 0 0 0 1 0 0 0 1 2 0 1 0 4")
    assert grid(document, "review") == [
        "                   结果维持  结果纠正  其他结果  尚未审结  总计",
        "行政复议                  0         0         0         0     0",
        "行政诉讼",
        "  未经复议直接起诉        1         0         0         0     1",
        "  复议后起诉              2!        0!        1!        0!    4! ✗ 3 ≠ 4",
        "! a sum fails, and this may be what is wrong; ✗ a sum that fails",
    ]


def test_the_example_of_the_documentation_is_what_is_drawn(report: Read) -> None:
    lines = grid(report(review="4 1 0 0 5 2 0 1 0 4 0 0 0 0 0"), "review")
    page = Path(gxextract.__file__).parent / "docs/output.md"
    assert "\n".join(["```", *lines, "```"]) in page.read_text("utf-8")


def test_what_is_more_than_a_number_is_not_added_up(report: Read) -> None:
    document = report(review="0 - 0 0 5 0 0 0 0 0 22（其中修订16件） 0 1 0 3")
    (first, *_, last) = [line for line in grid(document, "review") if "≠" in line]
    assert first.endswith("5! ✗ 0 ≠ 5")
    assert last.endswith("3! ✗ 22（其中修订16件） + 0 + 1 + 0 ≠ 3")


def test_a_row_that_lost_a_value(report: Read) -> None:
    document = report(flat="collapsed-tabs", edit=("（一）予以公开\t7\t1\t", "（一）予以公开\t7\t"))
    assert [line for line in grid(document, "applications") if "予以公开" in line or "lost" in line] == [
        "  （一）予以公开                      7~        0~        0~        0~        0~    8~    �?",
        "~ its reading or its place is in doubt; ? lost",
    ]


def test_each_block_has_its_own_header(report: Read) -> None:
    found = table(report(), "disclosure")
    records = (found.records[0].flagged("doubtful"), *found.records[1:])
    assert list(grid_of(replace(found, records=records), ())) == [
        "第二十条第（一）项",
        "                   本年制发  本年废止  现行有效",
        "                       件数      件数      件数",
        "  规章                    1~        0         3",
        "  行政规范性文件          4         3        21",
        "第二十条第（五）项",
        "                   本年处理",
        "                   决定数量",
        "  行政许可                7",
        "第二十条第（六）项",
        "  行政处罚                8",
        "  行政强制                9",
        "第二十条第（八）项",
        "                   本年收费",
        "                   金额（单",
        "                   位：万元",
        "                         ）",
        "  行政事业性收费        1.5",
        "~ its reading or its place is in doubt",
    ]


def test_a_repaired_value(report: Read) -> None:
    document = report()
    (found,) = [each for each in document.tables if each is table(document, "review")]
    step = Repair(fixer="sums", start=0, before="8", after="3", certainty="inferred", reversible=True, evidence="sums")
    records = tuple(replace(one, check="repaired") if one.cell == (3, 14) else one for one in found.records)
    cells = tuple(replace(one, repairs=(step,)) if (one.row, one.col) == (3, 14) else one for one in found.cells)
    repaired = replace(found, records=records, cells=cells)
    document = replace(document, blocks=tuple(repaired if block is found else block for block in document.blocks))
    assert grid(document, "review")[-2:] == [
        "  复议后起诉              2         0         1         0     3*",
        "* corrected with proof",
    ]
    assert "    proved: 10 of 15 values (66 %), 1 of them corrected with proof; 5: its sums" in explain(document)
    assert "'8' into '3' (inferred, because sums), in t4 (3, 14)" in explain(document)


def told_of(problem: Problem, form: str, document: Document) -> list[str]:
    return list(grid_of(table(document, form), [replace(problem, table=table(document, form).id)]))


def problem(words: str, cells: tuple[tuple[int, int], ...], left: str = "1 + 2", right: str = "4") -> Problem:
    failed = FailedSum(words=words, left=left, right=right)
    return Problem(code="identity-violated", severity="info", message="it fails; look", cells=cells, failed=failed)


def test_sums_over_parts_of_a_row_say_which(report: Read) -> None:
    first, second = (
        problem(words, cells) for words, cells in (("甲 + 乙 = 丙", ((3, 3), (3, 4))), ("丁 = 戊", ((3, 8),)))
    )
    document = report()
    found = table(document, "applications")
    lines = list(grid_of(found, [replace(one, table=found.id) for one in (first, second)]))
    (row,) = [line for line in lines if "≠" in line]
    assert row.endswith("11  ✗ 3 ≠ 4 (甲 + 乙 = 丙); ✗ 3 ≠ 4 (丁 = 戊)")


def test_a_sum_of_neither_a_row_nor_a_column_is_told_all_the_same(report: Read) -> None:
    lines = told_of(problem("甲 + 乙 = 丙", ((3, 3), (4, 4))), "applications", report())
    assert lines[-2:] == ["✗ 3 ≠ 4 (甲 + 乙 = 丙)", "✗ a sum that fails"]


def test_a_problem_in_other_words_is_told_all_the_same(report: Read) -> None:
    other = Problem(code="identity-violated", severity="info", message="look\x1b[2J here", cells=((3, 0), (3, 4)))
    lines = told_of(other, "review", report())
    assert lines[1] == "行政复议                  0         0         0         0     0  ✗ (look\\x1b[2J here)"


def test_nothing_of_a_file_steers_the_terminal(report: Read) -> None:
    document = report()
    records = tuple(replace(one, text="1\x1b[2J\n\u202e7") for one in table(document, "review").records)
    sick = replace(table(document, "review"), records=tuple(one.flagged("doubtful") for one in records))
    lines = list(grid_of(sick, ()))
    assert all(line.isprintable() for line in lines)
    assert "1\\x1b[2J \\u202e7~" in lines[1]


@given(documents())
def test_any_document_can_be_explained(document: Document) -> None:
    told = explain(document)
    assert told.encode("utf-8").decode("utf-8") == told
    assert not {unicodedata.category(char) for char in told.replace("\n", "")} & {"Cc", "Cf", "Cs", "Zl", "Zp"}
