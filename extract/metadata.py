"""What a document says of itself: whose report it is, of which year, and the fields a portal prints on top."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from ..document import Metadata, TextBlock
from .reading import Item

_TITLE = re.compile(
    r"(?P<agency>[^《》]*?)\s*"
    r"(?P<year>(?:19|20)\d\d|[二一][〇○ＯO零九][〇○ＯO零一二三四五六七八九]{2})\s*年?度?\s*(?P<rest>.*)"
)
_DIGITS = str.maketrans("〇○ＯO零一二三四五六七八九", "00000123456789")
_CAPTION = re.compile(r"^(?:关于)?(?:印发|公布|发布|报送)?")
_FIELDS = {
    "index_number": ("索引号", "索引号码", "信息索引号", "信息索引", "索取号"),
    "document_number": ("文号", "发文字号", "文件编号", "发文号", "文件号"),
    "publisher": ("发布机构", "发文机关", "发布单位", "公开责任部门", "发文单位", "信息公开机构"),
    "source": ("信息来源", "来源", "文章来源", "稿件来源"),
    "generated": ("生成日期", "成文日期", "发文日期", "生效日期"),
    "published": ("发布时间", "发布日期", "公开日期", "公开时间", "日期", "时间"),
}
_FIELD_OF = {label: field for field, labels in _FIELDS.items() for label in labels}
_INLINE = re.compile(
    r"(?P<label>" + "|".join(sorted(map(re.escape, _FIELD_OF), key=len, reverse=True)) + r")\s*[:：]\s*"
    r"(?P<value>[^\s:：|｜\[【]+(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?)"
)
REACH = 12
"""Portals print their fields within this many blocks of the top."""


def metadata(title: str | None, items: Sequence[Item]) -> Metadata:
    """The fields that can be read; what isn't there stays ``None``.

    Agency and year come from the title (``某某县民政局2023年政府信息公开工作年度报告``), failing that the agency
    from the publisher. A label without a value gives nothing.
    """
    fields: dict[str, str] = {}
    for item in items[:REACH]:
        for label, value in _pairs(item):
            field = _FIELD_OF.get("".join(label.split()).rstrip(":："))
            if field is not None and value and field not in fields:
                fields[field] = value
    agency, year = _agency_and_year(title or "")
    return Metadata(agency=agency or fields.get("publisher"), year=year, **fields)


def _pairs(item: Item) -> list[tuple[str, str]]:
    """``(label, value)`` pairs: neighbouring cells of a table's row, ``label：value`` anywhere in a line."""
    if isinstance(item, TextBlock):
        return [(match["label"], match["value"]) for match in _INLINE.finditer(item.text)]
    rows = [[(cell.text or "").strip() for cell in dict.fromkeys(line)] for line in item.positions()]
    return [pair for texts in rows for pair in _neighbours(texts)]


def _neighbours(texts: Sequence[str]) -> list[tuple[str, str]]:
    return [pair for pair in pairwise(texts) if "".join(pair[0].split()).rstrip(":：") in _FIELD_OF]


def _agency_and_year(title: str) -> tuple[str | None, int | None]:
    match = _TITLE.match(" ".join(title.split()))
    if match is None:
        return None, None
    year = match["year"].translate(_DIGITS)
    agency = _CAPTION.sub("", match["agency"]).strip(" 　-—_·:：|")
    if not agency:  # 2023年某某局政府信息公开工作年度报告
        agency = (
            re.split(r"政府信息公开|信息公开|政务公开", match["rest"], maxsplit=1)[0].strip()
            if "公开" in match["rest"]
            else ""
        )
    return agency or None, int(year) if year.isdigit() else None
