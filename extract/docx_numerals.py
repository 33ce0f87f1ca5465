"""The numerals that Word numbers lists with, as it shows them."""

from __future__ import annotations

from collections.abc import Callable

_DIGITS = "〇一二三四五六七八九"
_LEGAL_SIMPLIFIED = ("零壹贰叁肆伍陆柒捌玖", "拾佰仟", "万")
_LEGAL_TRADITIONAL = ("零壹貳參肆伍陸柒捌玖", "拾佰仟", "萬")
_PLAIN = ("零一二三四五六七八九", "十百千", "万")
_PLAIN_TRADITIONAL = ("零一二三四五六七八九", "十百千", "萬")
_ROMAN = (
    *((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL")),
    *((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")),
)
_LONGEST_REPEAT = 30
"""Letters are doubled and tripled past z (aa, bbb); a value beyond this many is shown as digits."""


def numeral(value: int, form: str) -> str | None:
    """``value`` in the ``w:numFmt`` ``form``, or ``None`` where this program doesn't know the form.

    A value that a form has no sign for (㉑ ends at 50) is shown in digits, as Word does.

    >>> numeral(12, "chineseCounting"), numeral(10, "ideographDigital"), numeral(3, "decimalEnclosedCircle")
    ('十二', '一〇', '③')
    """
    writer = _FORMS.get(form)
    return None if writer is None else (writer(value) or str(value))


def _digits(value: int) -> str:
    return "".join(_DIGITS[int(digit)] for digit in str(value))


def _counted(value: int, signs: tuple[str, str, str], *, bare_ten: bool = True) -> str:
    """Chinese counting up to 99,999,999, with 零 for gaps."""
    digits, units, myriad = signs
    if not 0 <= value < 100_000_000:
        return ""
    if value >= 10_000:
        high, low = divmod(value, 10_000)
        rest = (digits[0] if low < 1000 else "") + _counted(low, signs, bare_ten=False) if low else ""
        return _counted(high, signs, bare_ten=bare_ten) + myriad + rest
    text = ""
    gap = False
    for place in (3, 2, 1, 0):
        digit = value // 10**place % 10
        if digit:
            text += (digits[0] if gap and text else "") + digits[digit] + (units[place - 1] if place else "")
        gap = digit == 0
    if bare_ten and text.startswith(digits[1] + units[0]):
        text = text[1:]
    return text or digits[0]


def _letters(value: int) -> str:
    repeats, letter = divmod(value - 1, 26)
    return chr(ord("a") + letter) * (repeats + 1) if value > 0 and repeats < _LONGEST_REPEAT else ""


def _roman(value: int) -> str:
    if not 0 < value < 4000:
        return ""
    text = ""
    for size, sign in _ROMAN:
        text += sign * (value // size)
        value %= size
    return text


def _circled(value: int) -> str:
    for first, last, start in ((1, 20, 0x2460), (21, 35, 0x3251), (36, 50, 0x32B1)):
        if first <= value <= last:
            return chr(start + value - first)
    return ""


def _from_range(start: int, last: int) -> Callable[[int], str]:
    return lambda value: chr(start + value - 1) if 1 <= value <= last else ""


def _from_cycle(signs: str) -> Callable[[int], str]:
    return lambda value: signs[(value - 1) % len(signs)] if value > 0 else ""


def _counting(signs: tuple[str, str, str], *, bare_ten: bool = True) -> Callable[[int], str]:
    return lambda value: _counted(value, signs, bare_ten=bare_ten)


def _ordinal(value: int) -> str:
    suffix = "th" if value % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(value % 10, "th")
    return f"{value}{suffix}"


def _below_hundred(value: int) -> str:
    """``chineseCounting`` counts up to 99 and writes digits beyond: 一〇〇."""
    return _counted(value, _PLAIN) if value < 100 else _digits(value)


_FORMS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "none": lambda value: "",
    "decimalZero": lambda value: f"{value:02d}",
    "decimalHalfWidth": str,
    "numberInDash": lambda value: f"- {value} -",
    "ordinal": _ordinal,
    **dict.fromkeys(
        ("decimalFullWidth", "decimalFullWidth2"),
        lambda value: str(value).translate(str.maketrans("0123456789", "０１２３４５６７８９")),
    ),
    **dict.fromkeys(("decimalEnclosedCircle", "decimalEnclosedCircleChinese"), _circled),
    "decimalEnclosedParen": _from_range(0x2474, 20),
    "decimalEnclosedFullstop": _from_range(0x2488, 20),
    "ideographEnclosedCircle": _from_range(0x3280, 10),
    **dict.fromkeys(("chineseCounting", "taiwaneseCounting"), _below_hundred),
    **dict.fromkeys(("chineseCountingThousand", "japaneseCounting", "koreanCounting"), _counting(_PLAIN)),
    "taiwaneseCountingThousand": _counting(_PLAIN_TRADITIONAL),
    **dict.fromkeys(("ideographDigital", "japaneseDigitalTenThousand", "taiwaneseDigital", "koreanDigital2"), _digits),
    "chineseLegalSimplified": _counting(_LEGAL_SIMPLIFIED, bare_ten=False),
    "ideographLegalTraditional": _counting(_LEGAL_TRADITIONAL, bare_ten=False),
    "ideographTraditional": _from_cycle("甲乙丙丁戊己庚辛壬癸"),
    "ideographZodiac": _from_cycle("子丑寅卯辰巳午未申酉戌亥"),
    "lowerLetter": _letters,
    "upperLetter": lambda value: _letters(value).upper(),
    "lowerRoman": lambda value: _roman(value).lower(),
    "upperRoman": _roman,
}
