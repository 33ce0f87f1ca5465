from __future__ import annotations

from gxextract.marks import Word
from gxextract.tables.typed import typed_lines

UNIT = 6.0


def word(text: str, left: float, right: float) -> Word:
    return Word(text=text, left=left, top=100, right=right, bottom=112, size=12, origin="text-layer")


def placed(text: str, column: float, columns: int) -> Word:
    return word(text, 72 + column * UNIT, 72 + (column + columns) * UNIT)


HEAD = [placed("科目", 0, 4), placed("2022", 12, 4)]


def test_blanks_fill_the_room_between_words() -> None:
    body = [placed("办公费", 0, 6), placed("1,350", 11, 5)]
    inner = [placed("640", 13, 3)]
    assert typed_lines([HEAD, body, inner]) == ["科目        2022", "办公费     1,350", "             640"]


def test_a_line_in_another_type_has_no_columns() -> None:
    wide = [word("一、收支情况", 72, 72 + 12 * UNIT * 1.3)]
    beside = [placed("640", 13.5, 3)]
    assert typed_lines([HEAD, HEAD, wide, beside]) == ["科目        2022", "科目        2022", None, None]


def test_words_over_each_other_are_no_line_of_type() -> None:
    assert typed_lines([[*HEAD, placed("3", 14, 1)]]) == [None]


def test_no_lines() -> None:
    assert typed_lines([]) == []
