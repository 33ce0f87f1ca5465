"""The data files say of the forms what the forms are, and a form needs nothing but a data file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from fixtures import forms as printed
from gxextract.document import Table
from gxextract.forms import model, recognise
from gxextract.forms.model import Form, catalogue, forms_of
from gxextract.forms.units import units_of
from tests.forms.reports import read_lines


def form(name: str, edition: str) -> Form:
    return next(form for form in catalogue() if form.name == name and edition in form.editions)


@pytest.mark.parametrize(
    ("name", "edition", "as_printed"),
    [
        ("disclosure", "2021", printed.disclosure("2021")),
        ("disclosure", "2019", printed.disclosure("2019")),
        ("review", "2021", printed.review("2021")),
        ("applications", "2021", printed.applications("2021", one_row_other=False)),
        ("applications", "2019", printed.applications("2019", one_row_other=True)),
    ],
    ids=str,
)
def test_paths_are_those_of_the_printed_form(name: str, edition: str, as_printed: printed.Form) -> None:
    known = form(name, edition)
    paths = set()
    for block in known.blocks:
        title = (block.title.label,) if block.title else ()
        for row in block.row_ways:
            for column in block.column_ways:
                paths.add(((*title, *(node.label for node in row)), tuple(node.label for node in column)))
    expected = {(blank.row_path, blank.column_path) for blank in as_printed.blanks}
    assert expected <= paths
    extra = {row for row, _ in paths - expected}
    forks = {row for row in extra if "（六）其他处理" in row}
    assert extra == forks, "only the row that may stand alone or be split differs"
    assert known.label_columns + known.value_columns == as_printed.cols


def test_a_form_may_stand_alone_or_be_split() -> None:
    ways = form("applications", "2021").blocks[0].row_ways
    alone = [way for way in ways if way[-1].may_stand_alone]
    assert [way[-1].label for way in alone] == ["（六）其他处理"]
    assert len(ways) == 25 + 1


def test_ids_name_family_edition_and_table() -> None:
    ids = {known.id(edition) for known in catalogue() for edition in known.editions}
    assert ids == {
        *(
            f"annual-report-{edition}/{name}"
            for edition in (2021, 2019)
            for name in ("disclosure", "applications", "review")
        ),
        "indicators-2014",
    }


HEAD = 'family = "f"\n[[tables]]\neditions = ["1"]\nlabel_columns = 1\n[[tables.blocks]]\n'
SUM_OF_NOBODY = '[[tables.identities]]\nin_each = "row"\nwords = "w"\nterms = ["nobody"]\nresults = ["nobody"]'


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            HEAD + 'columns = "a"\nrows = "b"\n' + SUM_OF_NOBODY,
            "nobody",
        ),
        (
            HEAD + 'columns = """\na\n    too far\n"""\nrows = "b"',
            "indented too far",
        ),
    ],
    ids=["an identity of unknown labels", "a level left out"],
)
def test_a_file_that_contradicts_itself_is_refused(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        forms_of(text)


MADE_UP = """
family = "harvest"
editions = ["1987"]

[[tables]]
name = "fruit"
editions = ["1987"]
label_columns = 2

[[tables.blocks]]
corner = "果树种类（按季节）"
columns = \"\"\"
产量
  spring: 春季采收量
  autumn: 秋季采收量
year: 全年合计数
\"\"\"
rows = \"\"\"
仁果类果树
  苹果园面积
  梨树园面积
核果类果树
  樱桃园面积
\"\"\"

[[tables.identities]]
in_each = "row"
words = "春季 + 秋季 = 全年"
terms = ["spring", "autumn"]
results = ["year"]
"""


@pytest.fixture
def made_up(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """A catalogue of one form that no line of code knows."""
    (tmp_path / "harvest.toml").write_text(MADE_UP, "utf-8")
    monkeypatch.setattr(model, "files", lambda _: tmp_path)
    caches = (model.catalogue, model.known_labels, recognise.forms_with_units)
    for cached in caches:
        cached.cache_clear()
    yield
    monkeypatch.undo()
    for cached in caches:
        cached.cache_clear()


def test_adding_a_form_takes_a_data_file_and_no_code(made_up: None) -> None:
    lines = [
        "收成情况如下。",
        "果树种类（按季节） | 产量 | ||||",
        "春季采收量 | 秋季采收量 | 全年合计数 | |",
        "仁果类果树 | 苹果园面积 | 3 | 4 | 7 |",
        "梨树园面积 | 1 | 1 | 5 | |",
        "核果类果树 | 樱桃园面积 | 2 | 0 | 2 |",
        "以上。",
    ]
    blocks, problems = read_lines(lines)
    (table,) = [block for block in blocks if isinstance(block, Table)]
    assert table.form == "harvest-1987/fruit"
    assert (table.rows, table.cols) == (5, 5)
    checks = {(record.row_path[-1], record.column_path[-1]): record.check for record in table.records}
    assert checks["苹果园面积", "春季采收量"] == "verified"
    assert {checks["梨树园面积", column] for column in ("春季采收量", "秋季采收量", "全年合计数")} == {"flagged"}
    assert table.records[0].row_path == ("仁果类果树", "苹果园面积")
    assert table.records[0].column_path == ("产量", "春季采收量")
    assert [problem.code for problem in problems] == ["identity-violated"]
    assert "春季 + 秋季 = 全年" in problems[0].message
    assert "1 + 1 against 5" in problems[0].message


def test_the_made_up_form_is_gone_again() -> None:
    assert {known.family for known in catalogue()} == {"annual-report", "indicators"}


def test_a_units_label_counts_less_below_its_first_row() -> None:
    units = [unit for unit in units_of(form("applications", "2021")) if unit.kind == "row"]
    first, second = units[2], units[3]
    assert first.score("三本年度办理结果") > second.score("三本年度办理结果") > 0
