import pytest

from gxextract.tables import join_lines

CASES = [
    (["商业", "企业"], "商业企业", "hanzi join with nothing"),
    (["1.", "属于国家秘密"], "1.属于国家秘密", "a hanzi on one side is enough"),
    (["危及“三安全", "一稳定”"], "危及“三安全一稳定”", "quotation marks beside hanzi are Chinese"),
    (["他说“好”", "“是”"], "他说“好”“是”", "two quotation marks at a break are Chinese"),
    (["said “yes”", "then left"], "said “yes” then left", "and between Latin words they are not"),
    (["World", "Bank"], "World Bank", "Latin words keep apart"),
    (["12", "34"], "12 34", "two numbers never become one"),
    (["1,2", "34"], "1,2 34", "nor does a number broken in two"),
    (["-", "5"], "- 5", "nor does a dash become a sign"),
    (["", "  ", "a", "\u3000"], "a", "blank lines vanish"),
    (["\u3000\u3000正文\xa0\xa0"], "正文", "ideographic and no-break spaces at the ends are layout"),
    (["张\u3000三"], "张\u3000三", "an ideographic space inside is the author's"),
    (["结果 \t 维持"], "结果 维持", "a run of blanks is one space"),
    ([], "", "nothing gives nothing"),
]


@pytest.mark.parametrize(("lines", "expected", "reason"), CASES, ids=[case[2] for case in CASES])
def test_join_lines(lines: list[str], expected: str, reason: str) -> None:
    assert join_lines(lines) == expected, reason
