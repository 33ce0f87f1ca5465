"""What a document says of itself: whose report it is, of which year, and the fields a portal prints on top."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ..document import Metadata, TextBlock
from .headings import names_agency, reads_as_title
from .portal import NUMBER, REACH, bare_label, fields_of, prints_fields
from .reading import Item

_YEAR = r"(?:19|20)\d\d|[二一][〇○ＯO零九][〇○ＯO零一二三四五六七八九]{2}"
_TITLE = re.compile(rf"(?P<agency>[^《》]*?)\s*(?P<year>{_YEAR})\s*年?度?\s*(?P<rest>.*)")
_DIGITS = str.maketrans("〇○ＯO零一二三四五六七八九", "00000123456789")
_CAPTION = re.compile(r"^(?:关于)?(?:印发|公布|发布|报送|公开)?|(?:关于)?(?:印发|公布|发布|报送|公开|编制)?$")
_QUOTED = re.compile(r"《([^《》]*(?:报告|年报)[^《》]*)》")
_REPORT = re.compile(r"年报|报告")
_NAME = re.compile(r"[\u4e00-\u9fff（）()·]{2,40}")
_EDGES = " \u3000-—_·:：|"

_SPEAKS = re.compile(
    r"(?:^|[。！？；，,\s])\s*(?P<year>20\d\d)\s*年度?\s*(?:以来)?\s*[,，]?\s*(?P<we>[我本全][局办委厅部院校县市区镇乡街])"
)
_WE = re.compile(r"[我本]([局办委厅院校县市区镇乡])")
_ENDS_AS = {
    "局": ("局", "公安", "分局"),
    "办": ("办", "办公室", "办事处"),
    "委": ("委", "委员会", "委员会办公室"),
    "厅": ("厅", "办公厅"),
    "院": ("院",),
    "校": ("校", "学", "院", "中心"),
}
_SUBJECT = re.compile(r"信息公开|政务公开")


def metadata(title: str | None, items: Sequence[Item]) -> Metadata:
    """The fields that can be read; what isn't there, or is a placeholder, stays ``None``.

    Agency and year come from the first that has them: the title (``某县民政局2023年政府信息公开工作年度报告``), the
    title among the portal's fields, a heading or early line that reads as such a title. Failing these the agency is a
    name that stands alone at the head, or the publisher, unless the prose calls itself something else (我局), and the
    year the one that the prose says ``2016年,我局…`` of, if it is one alone.
    """
    found = fields_of(items)
    fields: dict[str, str] = {}
    for field, value in found:
        fields.setdefault(field, value)
    agency, year = None, None
    for candidate in (title, *_titles(fields.pop("title", ""), items)):
        named, dated = _agency_and_year(candidate or "")
        agency, year = agency or named, year or dated
    prose = [item.text for item in items if isinstance(item, TextBlock) and item.kind != "furniture"]
    if agency is None:
        agency = _named_alone(items, prose) or _unless_denied(fields.get("publisher"), prose)
    number = fields.pop("document_number", None) or _number_alone(items)
    if year is None:
        year = _year_spoken_of(prose, [fields[name] for name in ("generated", "published") if name in fields])
    return Metadata(agency=agency, year=year, document_number=number, **fields)


def _titles(field: str, items: Sequence[Item]) -> Iterator[str]:
    """What reads as a title: the portal's field; lines at the head, and headings, that speak of an annual report."""
    if reads_as_title(field):
        yield field
    for at, item in enumerate(items):
        if isinstance(item, TextBlock) and (at < REACH or item.kind == "heading") and item.kind != "furniture":
            line = item.text.strip()
            if "年度" in line and _REPORT.search(line) and reads_as_title(line):
                yield line


def _agency_and_year(title: str) -> tuple[str | None, int | None]:
    line = " ".join(title.split())
    quoted = _QUOTED.search(line)
    match = _TITLE.match(quoted[1] if quoted else line)
    if match is None:
        return None, None
    year = match["year"].translate(_DIGITS)
    agency = _CAPTION.sub("", match["agency"].strip(_EDGES)).strip(_EDGES)
    if not agency and "公开" in match["rest"]:  # 2023年某某局政府信息公开工作年度报告
        agency = re.split(r"政府信息公开|信息公开|政务公开", match["rest"], maxsplit=1)[0].strip(_EDGES)
    return _whole_name(agency, line), int(year) if year.isdigit() else None


def _whole_name(agency: str, title: str) -> str | None:
    """``agency`` if it can be the name of one: it ends like one, or stands in the title of a report on its openness."""
    name = "".join(agency.split()) if re.search(r"[\u4e00-\u9fff]\s+[\u4e00-\u9fff]", agency) else agency
    if not _NAME.fullmatch(name) or name.count("（") != name.count("）") or name.count("(") != name.count(")"):
        return None
    is_report = _SUBJECT.search(title) is not None and _REPORT.search(title) is not None
    return agency if names_agency(name) or (is_report and "关于" not in name) else None


def _named_alone(items: Sequence[Item], prose: Sequence[str]) -> str | None:
    """The only name of an agency that stands alone at the head, if the prose calls itself what such an agency would."""
    texts = [text for item in items[:REACH] for text in _texts(item)]
    names = {text for text in texts if len(text) <= 30 and names_agency(text) and not prints_fields(text)}
    pairs = {value for _, value in fields_of(items)}
    alone = [name for name in names if name not in pairs and _says_we(name, prose)]
    return alone[0] if len(alone) == 1 else None


def _texts(item: Item) -> list[str]:
    """A block's text, or the text of each row of a table that holds nothing else."""
    if isinstance(item, TextBlock):
        return [item.text.strip(" \t\u3000|")]
    rows = [[cell.text or "" for cell in dict.fromkeys(line)] for line in item.positions()]
    return [texts[0] for texts in ([text for text in row if text.strip()] for row in rows) if len(texts) == 1]


def _unless_denied(publisher: str | None, prose: Sequence[str]) -> str | None:
    if publisher is None or not names_agency(publisher):
        return None
    return publisher if _says_we(publisher, prose) or not _selves(prose) else None


def _says_we(name: str, prose: Sequence[str]) -> bool:
    """Whether the prose, if it speaks of itself as 我局 or 本办, speaks of a ``name`` that ends so."""
    selves = _selves(prose)
    return bool(selves) and any(name.endswith(_ENDS_AS.get(self, self)) or self in name for self in selves)


def _selves(prose: Sequence[str]) -> set[str]:
    return {found for text in prose for found in _WE.findall(text)}


def _number_alone(items: Sequence[Item]) -> str | None:
    """The document's number on a line of its own near the title: ``青政办发〔2019〕26号``."""
    for item in items[:REACH]:
        if isinstance(item, TextBlock):
            line = item.text.strip(" \t\u3000（()）")
            if re.search(r"[〔\[（(【［]", line) and NUMBER.fullmatch(line) and not bare_label(line).startswith("第"):
                return line
    return None


def _year_spoken_of(prose: Sequence[str], dates: Sequence[str]) -> int | None:
    """The one year in which the prose says what it did itself, where it is a report on openness.

    It ended in the year of each of ``dates`` or the one before.
    """
    if not any(_SUBJECT.search(text) for text in prose):
        return None
    years = {int(found["year"]) for text in prose for found in _SPEAKS.finditer(text)}
    if len(years) != 1:
        return None
    (year,) = years
    dated = [int(date[:4]) for date in dates if date[:4].isascii() and date[:4].isdigit()]
    return year if all(year in (one - 1, one) for one in dated) else None
