"""Full-width digits of a value become plain ones. In prose, titles and outlines they are the writer's choice."""

from __future__ import annotations

import re
import unicodedata

from .context import Context
from .steps import Change

_HINT = re.compile("[０-９]")
_FIELD = re.compile(r"[^|｜│\t\r\n]+")
"""A fragment may be a whole line of a table."""

_D = "[0-9０-９]"
_SIGN = "[-+±−－＋]?"
_NUMBER = f"(?:{_D}{{1,3}}(?:[,，]{_D}{{3}})+|{_D}+)(?:[.．]{_D}+)?"
_UNIT = (
    "(?:[%％‰]|个?百分点|[十百千万亿]{0,2}(?:元|余?[件条次个人份篇项批期场户家名位起宗例台辆套部本页张幅部所处种类级天日年月周季时分秒吨度]"
    "|人次|件次|小时|分钟|公里|千米|米|公斤|千克|克|平方米|平方公里|公顷|亩|立方米))"
)
_DATE = (
    f"{_D}{{4}}[ ]?年(?:[ ]?{_D}{{1,2}}[ ]?月(?:[ ]?{_D}{{1,2}}[ ]?[日号])?)?|{_D}{{1,2}}月{_D}{{1,2}}[日号]"
    f"|{_D}{{4}}(?P<between>[-/.－／．]){_D}{{1,2}}(?P=between){_D}{{1,2}}"
)
_TIME = f"{_D}{{1,2}}[:：]{_D}{{2}}(?:[:：]{_D}{{2}})?"
_VALUE = re.compile(rf"\s*(?P<value>(?:{_DATE})(?:\s+{_TIME})?|{_TIME}|{_SIGN}{_NUMBER}(?:[ ]?{_UNIT})?)\s*")


def width(text: str, context: Context) -> list[Change]:
    """A text or a field that is a number, with or without its unit, a date or a time is written with plain digits.

    The full-width letters and brackets of any text stay, and so do the digits of prose.

    >>> [change.after for change in width("－１，２３４．５万元", Context())]
    ['-1,234.5万元']
    """
    if not _HINT.search(text):
        return []
    values = (_VALUE.fullmatch(text, field.start(), field.end()) for field in _FIELD.finditer(text))
    return [
        Change(
            start=value.start("value"),
            stop=value.end("value"),
            after=unicodedata.normalize("NFKC", value["value"].replace("−", "-")),
            evidence="full-width digits in a value",
        )
        for value in values
        if value and _HINT.search(value["value"])
    ]
