"""Forms found in lines of text, in every style they are flattened in, and nothing found where there is none."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from fixtures.forms import Edition
from fixtures.render_flat import FLATTENERS, FlatStyle
from gxextract.document import Block, Table, TextBlock
from gxextract.extract.cutting import Place, between
from gxextract.forms import find_forms
from tests.forms.reports import as_json, flat_lines, read_lines, truth
from tests.scorer import score

SEEDS = Path(__file__).resolve().parents[3] / "shared" / "seeds"
NO_BLANKS_KEPT = {"bare-lines", "table-a-line", "columns", "reading-order"}
"""Styles in which a blank cell leaves no trace: what stands where can't be told then, and must not be."""


def tables(blocks: list[Block]) -> list[Table]:
    return [block for block in blocks if isinstance(block, Table)]


@pytest.mark.parametrize("style", list(FLATTENERS))
@pytest.mark.parametrize("edition", ["2021", "2019"])
@pytest.mark.parametrize(("zero", "one_row_other"), [("0", False), ("-", True), ("/", False), ("", False)])
def test_a_sound_report_is_read_whole(style: FlatStyle, edition: Edition, zero: str, one_row_other: bool) -> None:
    for seed in ("flat/1", "flat/2"):
        blocks, problems = read_lines(flat_lines(seed, edition, style, zero, one_row_other))
        found = score(as_json(blocks), truth(seed, edition, zero, one_row_other))
        assert found.wrong_and_unflagged == 0
        if zero or style not in NO_BLANKS_KEPT:
            assert found.right == found.values, problems
            assert found.cells_right == found.cells
            assert found.extra == 0
            assert not problems, "a sound report raises no alarm"
            assert "flagged" not in {record.check for table in tables(blocks) for record in table.records}


@pytest.mark.parametrize("style", list(FLATTENERS))
def test_headings_and_prose_stay_outside(style: FlatStyle) -> None:
    lines = flat_lines("flat/3", "2021", style)
    blocks, _ = read_lines(lines)
    kinds = [block.form if isinstance(block, Table) else block.text for block in blocks]
    places = [kinds.index(f"annual-report-2021/{name}") for name in ("disclosure", "applications", "review")]
    headings = [block.text for block in blocks if isinstance(block, TextBlock) and block.kind == "heading"]
    assert [kinds[place - 1] for place in places] == [
        next(line for line in headings if line.startswith(number)) for number in ("二、", "三、", "四、")
    ]
    assert isinstance(blocks[places[-1] + 1], TextBlock)


def test_a_row_the_form_does_not_know_is_kept_with_its_label() -> None:
    lines = list(flat_lines("flat/1", "2021", "tabs"))
    at = next(at for at, line in enumerate(lines) if "3.要求提供公开出版物" in line)
    lines.insert(at, "\t\t本地增设的一行说明\t1\t2\t3\t4\t5\t6\t7")
    blocks, problems = read_lines(lines)
    table = tables(blocks)[1]
    assert (table.rows, table.cols) == (29, 10)
    own = [record for record in table.records if "本地增设的一行说明" in record.row_path]
    assert [record.text for record in own] == list("1234567")
    assert own[0].row_path == ("三、本年度办理结果", "（五）不予处理", "本地增设的一行说明")
    after = [record.text for record in table.records if record.row_path[-1] == "3.要求提供公开出版物"]
    assert len(after) == 7
    assert not [problem for problem in problems if problem.code == "row-damaged"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("2.其他法律行政法规禁止公开", "2.其他法律行政止公开"),
        ("2.其他法律行政法规禁止公开", "2、其他法律行政法规禁止公开"),
        ("3.危及“三安全一稳定”", '3.危及"三安全一稳定"'),
        ("3.危及“三安全一稳定”", "3.危及「三安全一稳定」"),
        ("（四）无法提供", "(四) 无法提供"),
        ("商业企业", "商 业企 业"),
        ("七、", "七、"),
    ],
)
def test_labels_are_known_misprinted_and_kept_as_printed(before: str, after: str) -> None:
    lines = [line.replace(before, after) for line in flat_lines("flat/1", "2021", "tabs")]
    blocks, problems = read_lines(lines)
    table = tables(blocks)[1]
    assert not problems
    assert before == after or after in {cell.text for cell in table.cells}
    assert score(as_json(blocks), truth("flat/1", "2021")).right == 200


def test_traditional_characters_are_known() -> None:
    import opencc

    convert = opencc.OpenCC("s2t").convert
    blocks, problems = read_lines([convert(line) for line in flat_lines("flat/1", "2021", "pipes")])
    assert [table.form for table in tables(blocks)] == [
        f"annual-report-2021/{name}" for name in ("disclosure", "applications", "review")
    ]
    assert score(as_json(blocks), truth("flat/1", "2021")).right == 200
    assert not problems


def test_a_lost_value_says_so_and_moves_no_other() -> None:
    lines = list(flat_lines("flat/1", "2021", "bare-lines"))
    at = lines.index("行政许可")
    del lines[at + 1]
    blocks, problems = read_lines(lines)
    found = {record.row_path[-1]: record for record in tables(blocks)[0].records}
    assert (found["行政许可"].text, found["行政许可"].check) == (None, "flagged")
    assert found["行政处罚"].text == lines[lines.index("行政处罚") + 1]
    assert [problem.code for problem in problems] == ["row-damaged"]


def test_a_lost_heading_of_columns_loses_no_value() -> None:
    lines = [line for line in flat_lines("flat/2", "2021", "pipes") if not line.startswith("商业企业")]
    blocks, _ = read_lines(lines)
    assert score(as_json(blocks), truth("flat/2", "2021")).right == 200
    checks = {
        record.column_path[-1]: record.check for record in tables(blocks)[1].records if record.check == "verified"
    }
    assert "商业企业" not in checks, "a value whose column no label anchors is not verified"


def test_columns_in_another_order_are_not_trusted() -> None:
    lines = [
        line.replace("商业企业\t科研机构", "科研机构\t商业企业")
        for line in flat_lines("flat/2", "2021", "collapsed-tabs")
    ]
    blocks, problems = read_lines(lines)
    assert {record.check for record in tables(blocks)[1].records} == {"flagged"}
    assert problems


NOT_FORMS = {
    "an agency's list of powers": [
        "类别 | 名称 | 数量 |",
        "行政许可 | 建设用地批准 | 12 |",
        "行政处罚 | 违法占地 | 7 |",
        "行政强制 | 查封 | 0 |",
        "行政事业性收费 | 登记费 | 3 |",
    ],
    "a table of another year's totals": [
        "指标\t2022年\t2023年",
        "规章\t1\t2",
        "行政规范性文件\t3\t4",
        "总计\t4\t6",
    ],
    "a budget": [
        "科目编码\t科目名称\t合计\t基本支出\t项目支出",
        "201\t一般公共服务支出\t100\t60\t40",
        "20103\t政府办公厅（室）及相关机构事务\t100\t60\t40",
        "总计\t\t100\t60\t40",
    ],
    "prose that names labels": [
        "全年收到行政复议0件，行政诉讼0件。",
        "行政许可",
        "行政处罚",
        "2023年，本机关办理行政许可12件、行政处罚3件，总计15件。",
    ],
}


@pytest.mark.parametrize("lines", NOT_FORMS.values(), ids=NOT_FORMS)
def test_another_table_is_no_form(lines: list[str]) -> None:
    assert find_forms(lines) == []
    blocks, _ = read_lines(lines)
    assert {table.form for table in tables(blocks)} <= {None}


@pytest.mark.parametrize(
    ("start", "stop", "expected"),
    [
        ((0, 0), (0, 2), ["ab"]),
        ((0, 1), (2, 1), ["bc", "def", "g"]),
        ((1, 0), (3, 0), ["def", "ghi"]),
        ((3, 0), (3, 0), []),
    ],
)
def test_text_between_two_places(start: tuple[int, int], stop: tuple[int, int], expected: list[str]) -> None:
    lines = [TextBlock(kind="paragraph", text=text) for text in ("abc", "def", "ghi")]
    assert [block.text for block in between(lines, Place(*start), Place(*stop))] == expected


def test_time_grows_with_the_text_and_no_faster() -> None:
    lines = flat_lines("flat/1", "2021", "pipes")
    find_forms(lines)
    seconds = []
    for times in (5, 40):
        start = time.process_time()
        assert len(find_forms(lines * times)) == 3 * times
        seconds.append((time.process_time() - start) / times)
    assert seconds[1] < 3 * seconds[0]


NUMBERS = {
    "000_01564996d88ef138.txt": {"行政规范性文件/现行有效件数": "4", "一、本年新收政府信息公开申请数量/总计": "1"},
    "001_eac62a8354852db8.txt": {"行政强制/本年处理决定数量": "1"},
    "002_9b0f64044e721509.txt": {
        "行政许可/本年处理决定数量": "18582",
        "行政事业性收费/本年收费金额（单位：万元）": "1691",
        "4.保护第三方合法权益/法律服务机构": "0",
        "4.保护第三方合法权益/社会公益组织": "1",
        "1.本机关不掌握相关政府信息/其他": "1",
        "（七）总计/总计": "24",
    },
    "004_46ab795125617ce0.txt": {
        "行政许可/本年处理决定数量": "1045",
        "行政事业性收费/本年收费金额（单位：万元）": "13.6145",
        "复议后起诉/结果维持": "1",
        "未经复议直接起诉/总计": "5",
    },
}


@pytest.mark.skipif(not SEEDS.exists(), reason="the samples are not part of the project")
@pytest.mark.parametrize("name", NUMBERS)
def test_the_samples_are_read_whole(name: str) -> None:
    import gxextract

    document = gxextract.read(SEEDS / name)
    forms = [table for table in document.tables if table.form]
    assert [(table.rows, table.cols) for table in forms] == [(14, 4), (28, 10), (4, 15)]
    records = [record for table in forms for record in table.records]
    assert len(records) == 200
    assert {record.check for record in records} <= {"verified", "unchecked"}
    assert document.problems == ()
    ends = {"/".join([*record.row_path[-1:], *record.column_path[-2:]][-2:]): record.text for record in records}
    ends |= {"/".join([*record.row_path[-1:], *record.column_path[-1:]]): record.text for record in records}
    assert ends.items() >= NUMBERS[name].items()
