"""One agency's years held against each other; and nothing that isn't surely one agency's."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from fixtures.forms import CARRIED, LEFT
from fixtures.report import Report
from fixtures.years import make_years, with_figure, with_tables
from gxextract.batch.filings import linked_forms
from gxextract.batch.years import instances
from gxextract.forms.model import forms_of
from tests.batch.filed import LOST, found_in, told

LINKED = make_years("linked")
BROKEN = make_years("linked", wrong_carry=2022)
STRANGERS = make_years("stranger", wrong_carry=2020)
STOCK, APPLICATIONS, REVIEW = 0, 1, 2
LEFT_BY_PERSONS, LEFT_IN_ALL = -7, -1
PERSONS, IN_ALL = "申请人情况 / 自然人", "申请人情况 / 总计"


def by_year(*reports: Report) -> dict[str, Report]:
    return {f"{report.year}.html": report for report in reports}


def changed(reports: tuple[Report, ...], year: int, *figures: tuple[int, int, str]) -> tuple[Report, ...]:
    for table, value, text in figures:
        reports = tuple(
            with_figure(report, table, value, text) if report.year == year else report for report in reports
        )
    return reports


def of_year(reports: tuple[Report, ...], year: int) -> Report:
    return next(report for report in reports if report.year == year)


def test_the_forms_that_link_years_are_those_of_the_annual_report() -> None:
    assert {form.family for form in linked_forms().values()} == {"annual-report"}
    assert len(linked_forms()) == 6


MADE_UP = """
family = "harvest"
since = 1987
[[tables]]
name = "fruit"
editions = ["1987"]
label_columns = 1
[[tables.blocks]]
title = "第一类"
columns = \"\"\"
产量
  spring: 春季
  autumn: 秋季
year: 全年
\"\"\"
rows = \"\"\"
苹果
梨
\"\"\"
[[tables.identities]]
in_each = "row"
words = "春季 + 秋季 = 全年"
terms = ["spring", "autumn"]
results = ["year"]
[[tables.years]]
name = "store"
in_each = "row"
words = "last year's 全年 - 秋季 = 春季"
last = ["year"]
removed = ["autumn"]
results = ["spring"]
"""


def test_a_form_of_its_own_has_links_of_its_own() -> None:
    (harvest,) = forms_of(MADE_UP)
    (link,) = harvest.years
    assert (harvest.since, link.name, link.soft) == (1987, "store", False)
    apples, pears = instances(harvest, link)
    assert (apples.where, pears.where) == ("第一类 / 苹果", "第一类 / 梨")
    year, spring, autumn = (("fruit", "第一类 / 苹果", column) for column in ("全年", "产量 / 春季", "产量 / 秋季"))
    assert apples.terms == ((True, year, 1, True), (False, autumn, -1, False), (False, spring, -1, False))


def test_a_link_of_unknown_labels_is_refused() -> None:
    with pytest.raises(ValueError, match=r"sums name \['nobody'\], which no label carries"):
        forms_of(MADE_UP.replace('removed = ["autumn"]', 'removed = ["nobody"]'))


def test_years_that_are_linked_say_nothing(tmp_path: Path) -> None:
    assert found_in(tmp_path, by_year(*LINKED)) == []


def test_one_wrong_figure_and_one_missing_year_are_found_and_nothing_else(tmp_path: Path) -> None:
    found = found_in(tmp_path, by_year(*make_years("linked", missing={2020}, wrong_carry=2023)))
    assert told(found) == [("year-missing", (2020,)), ("carry-over-differs", (2022, 2023))]
    missing, differs = found
    assert missing.documents == ("2019.html", "2021.html")
    assert (missing.severity, differs.severity) == ("warning", "warning")
    assert differs.agency == LINKED[0].agency
    assert differs.documents == ("2022.html", "2023.html")
    assert [each.where for each in differs.values] == [PERSONS, IN_ALL]
    left, carried = differs.values[0].figures
    assert (left.path, left.year, left.table, left.row_path) == ("2022.html", 2022, "t2", LEFT)
    assert (carried.path, carried.year, carried.row_path, carried.check) == ("2023.html", 2023, CARRIED, "verified")
    assert (left.column_path, left.page) == (PERSONS, 3)
    assert int(carried.text) == int(left.text) + 1
    assert "does not hold in 2 of 7 columns" in differs.message


def test_figures_that_are_doubtful_are_to_be_looked_at_first(tmp_path: Path) -> None:
    (sure,) = found_in(tmp_path / "sure", by_year(*BROKEN))
    (doubted,) = found_in(tmp_path / "doubted", by_year(*BROKEN), checks={"2021.html": "flagged"})
    assert sure.message.endswith("; compare both with their sources")
    assert doubted.message.endswith("; compare the flagged figures with their sources first")


def test_a_stock_that_does_not_add_up_is_only_to_be_known(tmp_path: Path) -> None:
    (soft,) = found_in(tmp_path, by_year(*make_years("linked", wrong_stock=2023)))
    assert (soft.code, soft.severity, soft.years) == ("stock-differs", "info", (2022, 2023))
    (difference,) = soft.values
    assert difference.where == "第二十条第（一）项 / 行政规范性文件"
    last, issued, repealed, now = (int(figure.text) for figure in difference.figures)
    assert last + issued - repealed == now - 1


def test_several_missing_years_are_one_finding(tmp_path: Path) -> None:
    found = found_in(tmp_path, by_year(*make_years("linked", missing={2020, 2021, 2022})))
    assert told(found) == [("year-missing", (2020, 2021, 2022))]


def test_a_document_without_the_form_does_not_stand_in_for_a_year_but_is_named(tmp_path: Path) -> None:
    tables = [replace(table, form="") for table in of_year(LINKED, 2021).tables]
    budget = with_tables(of_year(LINKED, 2021), dict(enumerate(tables)))
    (missing,) = found_in(tmp_path, by_year(*make_years("linked", missing={2021}), budget))
    assert (missing.code, missing.years) == ("year-missing", (2021,))
    assert missing.documents == ("2020.html", "2021.html", "2022.html")
    assert "what there is of then lacks the tables of the form" in missing.message
    earlier, later = found_in(
        tmp_path, by_year(*make_years("linked", missing={2020, 2022}), replace(budget, year=2020))
    )
    assert (earlier.documents, later.documents) == (
        ("2019.html", "2020.html", "2021.html"),
        ("2021.html", "2023.html"),
    )


SILENT: list[tuple[str, tuple[Report, ...]]] = [
    (
        "a lost value is compared with nothing",
        changed(BROKEN, 2021, (APPLICATIONS, LEFT_BY_PERSONS, LOST), (APPLICATIONS, LEFT_IN_ALL, LOST)),
    ),
    (
        "a total that is blank was left out",
        changed(BROKEN, 2021, (APPLICATIONS, LEFT_BY_PERSONS, LOST), (APPLICATIONS, LEFT_IN_ALL, "")),
    ),
    (
        "words are no figure",
        changed(BROKEN, 2021, (APPLICATIONS, LEFT_BY_PERSONS, "见附件"), (APPLICATIONS, LEFT_IN_ALL, "见附件")),
    ),
    (
        "a table of blanks alone says nothing, though a blank is a 0",
        changed(BROKEN, 2021, *((APPLICATIONS, at, "") for at in range(175))),
    ),
    (
        "a document without the table has nothing to compare, but its year isn't missing",
        (*make_years("linked", missing={2021}), with_tables(of_year(LINKED, 2021), {APPLICATIONS: None})),
    ),
    (
        "an attachment that holds table 4 alone is a year's report too",
        (
            *make_years("linked", missing={2021}),
            with_tables(of_year(LINKED, 2021), {STOCK: None, APPLICATIONS: None}),
        ),
    ),
    (
        "names that resemble each other are two agencies",
        (LINKED[0], replace(STRANGERS[1], agency=LINKED[0].agency + "分局")),
    ),
    (
        "a report of nobody's is linked with none",
        tuple(replace(report, agency="") for report in BROKEN),
    ),
    (
        "a report of no year neither",
        (*LINKED[:2], replace(STRANGERS[3], agency=LINKED[0].agency, year=0)),
    ),
    (
        "a year from before there was the form was read wrongly",
        (replace(STRANGERS[0], agency=LINKED[0].agency, year=2002), *LINKED),
    ),
]


@pytest.mark.parametrize(("reason", "reports"), SILENT, ids=[reason for reason, _ in SILENT])
def test_nothing_is_said_where_nothing_is_known(tmp_path: Path, reason: str, reports: tuple[Report, ...]) -> None:
    assert found_in(tmp_path, by_year(*reports)) == [], reason


def test_those_reports_would_be_told_of_if_they_were_one_agencys(tmp_path: Path) -> None:
    found = found_in(tmp_path, by_year(LINKED[0], replace(STRANGERS[1], agency=LINKED[0].agency)))
    assert told(found) == [("carry-over-differs", (2019, 2020))]


def test_blanks_and_strokes_count_as_none(tmp_path: Path) -> None:
    nobody = [
        at
        for at, value in enumerate(of_year(LINKED, 2021).tables[APPLICATIONS].values)
        if value.row_path == (LEFT,) and value.text == "0" and value.column_path[-1] != "总计"
    ]
    assert nobody
    for text in ("", "-", "/", "无"):
        reports = changed(LINKED, 2021, *((APPLICATIONS, at, text) for at in nobody))
        assert found_in(tmp_path, by_year(*reports)) == []
    some = next(report for report in LINKED[:-1] if report.tables[APPLICATIONS].values[LEFT_BY_PERSONS].text != "0")
    (blank,) = found_in(tmp_path, by_year(*changed(LINKED, some.year, (APPLICATIONS, LEFT_BY_PERSONS, ""))))
    assert (blank.code, [each.where for each in blank.values]) == ("carry-over-differs", [PERSONS])


def test_blanks_and_widths_make_no_other_agency(tmp_path: Path) -> None:
    names = ("青柳县（城东）水务局", "青柳县(城东)水务局", "青柳县 （城东） 水务局")
    reports = [replace(report, agency=name) for report, name in zip(BROKEN[1:], (*names, names[0]), strict=True)]
    (found,) = found_in(tmp_path, by_year(*reports))
    assert (found.code, found.agency) == ("carry-over-differs", names[0])


def test_two_offices_tables_in_one_document_are_compared_with_none(tmp_path: Path) -> None:
    pair = (of_year(LINKED, 2021), of_year(STRANGERS, 2021))
    for number, (first, second) in enumerate((pair, pair[::-1])):
        sections = tuple(
            replace(section, tables=(*section.tables, *theirs.tables))
            for section, theirs in zip(first.sections, second.sections, strict=True)
        )
        both = replace(pair[0], sections=sections)
        assert found_in(tmp_path / str(number), by_year(*make_years("linked", missing={2021}), both)) == []


def test_of_several_documents_that_of_the_most_proved_values_counts(tmp_path: Path) -> None:
    misread = with_figure(of_year(LINKED, 2021), APPLICATIONS, LEFT_BY_PERSONS, "77")
    files = {**by_year(*LINKED), "2021.a-scan.png": misread}
    found = found_in(tmp_path / "scan", files, checks={"2021.a-scan.png": "unchecked"})
    assert told(found) == [("formats-differ", (2021,))]
    found = found_in(tmp_path / "even", files)
    assert told(found) == [("formats-differ", (2021,)), ("carry-over-differs", (2021, 2022))]
    assert found[1].documents[0] == "2021.a-scan.png", "the first path, where both have as many"


def test_one_report_under_two_years_is_told_and_not_compared(tmp_path: Path) -> None:
    again = replace(of_year(LINKED, 2021), year=2022)
    found = found_in(tmp_path, by_year(*make_years("linked", missing={2022, 2023}), again))
    assert told(found) == [("years-alike", (2021, 2022))]


def test_a_year_with_two_reports_is_compared_with_none(tmp_path: Path) -> None:
    stranger = replace(of_year(STRANGERS, 2021), agency=LINKED[0].agency)
    alone = found_in(tmp_path / "alone", by_year(*make_years("linked", missing={2021}), stranger))
    assert [finding.code for finding in alone if finding.severity == "warning"] == ["carry-over-differs"] * 2
    for path in ("0.html", "z.html"):
        found = found_in(tmp_path / path, {**by_year(*LINKED), path: stranger})
        assert told(found) == [("reports-conflict", (2021,))]
        assert found[0].documents == tuple(sorted(("2021.html", path)))
