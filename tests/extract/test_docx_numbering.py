import pytest

from gxextract.document import TextBlock
from gxextract.extract.docx import read_docx
from gxextract.extract.docx_numerals import numeral
from tests.extract.docx_files import cell, docx, p, row, table


def level(ilvl: int, form: str, text: str, extra: str = "", start: int = 1) -> str:
    return (
        f'<w:lvl w:ilvl="{ilvl}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="{text}"/>{extra}</w:lvl>'
    )


def abstract(number: int, *levels: str) -> str:
    return f'<w:abstractNum w:abstractNumId="{number}">{"".join(levels)}</w:abstractNum>'


def num(number: int, of: int, extra: str = "") -> str:
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{of}"/>{extra}</w:num>'


def item(text: str, number: int, ilvl: int = 0) -> str:
    return p(text, f'<w:numPr><w:ilvl w:val="{ilvl}"/><w:numId w:val="{number}"/></w:numPr>')


REPORT = abstract(
    0,
    level(0, "chineseCountingThousand", "%1、"),
    level(1, "chineseCounting", "（%2）"),
    level(2, "decimal", "%3."),
    level(3, "decimal", "%1.%4", "<w:isLgl/>"),
) + num(1, 0)


def texts(body: str, numbering: str = REPORT, **parts: str) -> list[str]:
    items = read_docx(docx(body, numbering=numbering, **parts)).items
    return [found.text for found in items if isinstance(found, TextBlock)]


def test_sections_get_the_labels_word_prints_and_so_their_levels() -> None:
    body = (
        item("总体情况", 1)
        + item("公开", 1, 1)
        + item("申请", 1, 1)
        + item("制度", 1, 2)
        + item("问题", 1)
        + item("机构", 1, 1)
    )
    read = read_docx(docx(body, numbering=REPORT)).items
    assert [(found.text, found.level) for found in read if isinstance(found, TextBlock)] == [
        ("一、总体情况", 1),
        ("（一）公开", 2),
        ("（二）申请", 2),
        ("1.制度", 3),
        ("二、问题", 1),
        ("（一）机构", 2),
    ]


CASES = [
    (item("甲", 1) + item("乙", 1, 3), REPORT, ["一、甲", "1.1 乙"], "legal numbering turns hanzi into digits"),
    (item("甲", 1, 1), REPORT, ["（一）甲"], "a level that begins before those above it"),
    (item("甲", 1) + p("乙") + item("丙", 1), REPORT, ["一、甲", "乙", "二、丙"], "text between"),
    (item("甲", 9), REPORT, ["甲"], "a list that isn't defined"),
    (item("甲", 0), REPORT, ["甲"], "list 0 is none"),
    (
        item("甲", 1) + item("乙", 2),
        REPORT + num(2, 0),
        ["一、甲", "二、乙"],
        "lists of one definition count on together",
    ),
    (
        item("甲", 1) + item("乙", 2) + item("丙", 2),
        REPORT + num(2, 0, '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'),
        ["一、甲", "五、乙", "六、丙"],
        "a list that starts anew",
    ),
    (
        item("甲", 1) + item("乙", 1),
        abstract(0, level(0, "decimal", "%1.", start=3)) + num(1, 0),
        ["3.甲", "4.乙"],
        "a start of its own",
    ),
    (
        item("甲", 1) + item("a", 1, 1) + item("乙", 1) + item("b", 1, 1),
        abstract(0, level(0, "decimal", "%1."), level(1, "decimal", "(%2)", '<w:lvlRestart w:val="0"/>')) + num(1, 0),
        ["1.甲", "(1) a", "2.乙", "(2) b"],
        "a level that never restarts",
    ),
    (
        item("甲", 1),
        abstract(0, level(0, "bullet", "\uf0b7")) + num(1, 0),
        ["• 甲"],
        "a bullet of a symbol font",
    ),
    (item("5", 1), abstract(0, level(0, "decimal", "%1")) + num(1, 0), ["1 5"], "a label never runs into a number"),
    (item("甲", 1), abstract(0, level(0, "none", "")) + num(1, 0), ["甲"], "an invisible number"),
    (
        item("甲", 1),
        abstract(0, level(0, "decimal", "%1."))
        + num(1, 0, f'<w:lvlOverride w:ilvl="0">{level(0, "upperRoman", "%1.")}</w:lvlOverride>'),
        ["I.甲"],
        "a level redefined by the list",
    ),
]


@pytest.mark.parametrize(("body", "numbering", "expected", "reason"), CASES, ids=[case[3] for case in CASES])
def test_labels(body: str, numbering: str, expected: list[str], reason: str) -> None:
    assert texts(body, numbering) == expected, reason


def test_numbering_is_inherited_from_styles_and_can_be_turned_off() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="A"><w:name w:val="a"/>'
        '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="B"><w:name w:val="b"/><w:basedOn w:val="A"/></w:style>'
    )
    numbering = abstract(0, level(0, "decimal", "%1."), level(1, "upperLetter", "%2.", '<w:pStyle w:val="A"/>')) + num(
        1, 0
    )
    body = p("甲", '<w:pStyle w:val="B"/>') + p("乙", '<w:pStyle w:val="B"/><w:numPr><w:numId w:val="0"/></w:numPr>')
    assert texts(body, numbering, styles=styles) == ["A.甲", "乙"]


def test_a_numbered_cell_shows_its_number_though_it_has_no_text() -> None:
    numbering = abstract(0, level(0, "decimal", "%1")) + num(1, 0)
    body = table(row(cell(content=item("", 1)), cell("甲")), row(cell(content=item("", 1)), cell("乙")))
    (grid,) = read_docx(docx(body, numbering=numbering)).items
    assert not isinstance(grid, TextBlock)
    assert [[found.text for found in line] for line in grid.positions()] == [["1", "甲"], ["2", "乙"]]


def test_an_unknown_numeral_is_shown_as_digits_and_said() -> None:
    reading = read_docx(docx(item("甲", 1), numbering=abstract(0, level(0, "hebrew1", "%1.")) + num(1, 0)))
    assert [found.text for found in reading.items if isinstance(found, TextBlock)] == ["1.甲"]
    assert [(problem.code, problem.severity) for problem in reading.problems] == [("numeral-form", "info")]


def test_the_unread_one_of_two_alternatives_is_not_counted() -> None:
    box = f"<w:txbxContent>{item('盒', 1)}</w:txbxContent>"
    twice = f"<mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>"
    body = f"<w:p><w:r><mc:AlternateContent>{twice}</mc:AlternateContent></w:r></w:p>{item('后', 1)}"
    assert texts(body) == ["一、盒", "二、后"]


NUMERALS = [
    ("chineseCounting", {1: "一", 10: "十", 11: "十一", 20: "二十", 99: "九十九", 100: "一〇〇"}),
    ("chineseCountingThousand", {10: "十", 101: "一百零一", 110: "一百一十", 1001: "一千零一", 10010: "一万零一十"}),
    ("japaneseCounting", {12: "十二"}),
    ("ideographDigital", {1: "一", 10: "一〇", 21: "二一"}),
    ("chineseLegalSimplified", {10: "壹拾", 12: "壹拾贰"}),
    ("ideographTraditional", {1: "甲", 10: "癸", 11: "甲"}),
    ("decimalZero", {5: "05", 12: "12"}),
    ("decimalFullWidth", {12: "１２"}),
    ("decimalEnclosedCircle", {1: "①", 20: "⑳", 21: "㉑", 36: "㊱", 51: "51"}),
    ("decimalEnclosedParen", {3: "⑶"}),
    ("lowerLetter", {1: "a", 26: "z", 27: "aa", 28: "bb"}),
    ("upperRoman", {4: "IV", 1999: "MCMXCIX", 5000: "5000"}),
    ("lowerRoman", {9: "ix"}),
    ("ordinal", {1: "1st", 11: "11th", 22: "22nd"}),
]


@pytest.mark.parametrize(("form", "expected"), NUMERALS)
def test_numerals(form: str, expected: dict[int, str]) -> None:
    assert {value: numeral(value, form) for value in expected} == expected


def test_a_form_nobody_knows_has_no_numeral() -> None:
    assert numeral(1, "hebrew1") is None
