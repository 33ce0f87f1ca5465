"""What the prose of a report states outright: clauses like 2023年，我局共收到…申请12件, of this year and this office.

A clause is taken for a statement only if nothing beside it can be what it speaks of: another year, a span of years,
a part, another office. Whoever reads more into it would hold right figures against each other.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from ..document import Block, TextBlock
from .statements import COUNT

_NUMBER = re.compile(COUNT)
_SENTENCE = re.compile(r"(?:[^。!?.]|\.(?=\d))+[。!?.]?")
_CUT = re.compile(r"[,:;]|(?<=[件宗条份个次起例封项\0])(?:、|以及|和|及|与)")
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_YEAR = re.compile(r"(?<!\d)(20\d\d)年")
_HANZI_YEAR = re.compile(r"二[〇○零][〇○零一二三四五六七八九]{2}(?=年)")
_FIRST_YEAR = re.compile(r"(?:^|。)(20\d\d)年度?,")
_NUMBERED = re.compile(r"(?:\(?[一二三四五六七八九十\d]{1,3}[)、.]|[一二三四五六七八九十]是)(?P<rest>[^。:,;]{0,30})")
_LONG = 60
"""A longer line is no title."""
_EARLY = 20
"""In so many blocks of text stand the title and the dates a report is of."""
_ENDLESS = 600
"""No sentence is as long; what reads like one was run together."""
_WHOLE_YEAR = re.compile(r"[自从]?(?:20\d\d年)?1月1日起?[至到-](?:20\d\d年)?12月31日止?(?:期间)?")
_COMPARED = re.compile(r"[较比与](?:上一?年度?|去年)(?:同期)?(?:相比)?|同比")
_ASIDE = re.compile(
    r"其中|截[至止]|以来|累计|同期|半年|季度|\d月|(?<!\d)\d\d年|\d{4}年?[-至到]\d{4}|自.{0,9}[至起]|近.年|往年|历年"
    r"|上一?年度?(?!度|结转)|去年(?!结转)|[全我本各][省市县区州旗盟]|全系统|各级|各[部单科处委镇乡街]|下[属辖设]|所属|基层"
    r"|计划|预计|目标|如果|假如|例如"
)
"""What says, before a clause, that it isn't about all that came to this office in this year."""
_PARTLY = re.compile("不含|不包[括含]|未计|除外|扣除|剔除")
_BY_WAY = re.compile(
    r"(?:通过|经由?|在|从|以|利用|依托|对|针对|按|除|向).*(?:网|信函|当面|邮|现场|传真|平台|窗口|渠道|途径|方式)"
)
_WHEN = "20\\d\\d年度?(?:全年)?|本年度?|今年度?|全年度?|年内|当年|一年来|本?报告期内?|统计期内"
_WE = (
    "[我本](?:单位|机关|部门|局|办公室|办事处|办|委|厅|部|街道|街办|镇人民政府|乡人民政府|镇政府|乡政府|镇|乡|中心|院|所"
    "|站|处|支队|大队|队|公司|校|行|会)|全[局办委厅院镇乡]|全街道?"
)
_HOW = "共计|共|总共|一共|合计|总计|均|都|也|已|实际|依法|依规|按时|及时|规范|妥善|高效|严格"
_LIST_MARK = r"[一二三四五六七八九十]{1,3}[是、]|\d{1,2}[.、]"
_REGION = re.compile("(?P<name>.+(?P<kind>[省市县区州旗盟]))(?:人民政府|政府)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """A clause of a sentence. ``text`` is without brackets and without who and when; ``said`` is all of it.

    ``heading`` is the one it stands under, ``before`` its sentence up to its end. ``numbers`` are all its counts, those
    in brackets too. ``firm``: it can be a statement of this office's own whole year.
    """

    text: str
    said: str
    heading: str
    before: str
    sentence: tuple[int, int]
    numbers: tuple[int, ...]
    firm: bool
    page: int | None


@dataclass(frozen=True, kw_only=True)
class Report:
    """Whose report of which year the blocks are, as far as they say so."""

    body: str
    year: str | None

    @classmethod
    def of(cls, blocks: Sequence[Block]) -> Report:
        said = [block for block in blocks if isinstance(block, TextBlock) and block.kind != "furniture"]
        early = said[:_EARLY]
        texts = [folded(block.text) for block in early]
        titles = [text for block, text in zip(early, texts, strict=True) if block.level == 0] or texts
        found = [title for title in titles if len(title) <= _LONG and re.search("信息公开.*(?:报告|年报)", title)]
        years = {year for title in found for year in re.findall(r"(?<!\d)20\d\d(?!\d)", title)}
        years |= {year for text in texts for year in re.findall(r"(?:期限|时限|数据).{0,9}?(20\d\d)年1月1日", text)}
        if not years:
            years = {year for block in said for year in _FIRST_YEAR.findall(folded(block.text))}
        body = re.split("20\\d\\d|政府信息公开|信息公开", found[0])[0] if found else ""
        return cls(body=body.removeprefix("关于"), year=years.pop() if len(years) == 1 else None)

    @cached_property
    def ours(self) -> str:
        """A pattern of the names that the prose has for this office."""
        region = _REGION.fullmatch(self.body)
        if region:
            return f"[我全本]{region['kind']}(?:各级(?:行政机关|政府))?|{re.escape(region['name'])}"
        body = self.body.replace("人民政府", "政府")
        names = (re.escape(body[at:]).replace("政府", "(?:人民)?政府") for at in range(max(len(body) - 2, 0)))
        return "|".join((_WE, *names))

    @cached_property
    def lead(self) -> re.Pattern[str]:
        """What may stand before a statement and changes nothing of it."""
        return re.compile(f"^(?:{_LIST_MARK}|依申请公开(?:工作)?(?:方面|情况))?(?:{_WHEN}|{self.ours}|{_HOW})*")

    def is_aside(self, heading: str, before: str, year: str | None) -> bool:
        """Whether what stands over a clause or before it in its sentence, or the year last named, is something else."""
        if {year, *_YEAR.findall(heading)} - {None, self.year}:
            return True
        plain = _COMPARED.sub("", _WHOLE_YEAR.sub("", before))
        if _REGION.fullmatch(self.body):
            plain = re.sub(self.ours, "", plain)
        clauses = [clause for clause in _CUT.split(plain) if clause]
        return bool(_ASIDE.search(heading) or _ASIDE.search(plain) or (clauses and _BY_WAY.match(clauses[-1])))


def clauses_of(blocks: Sequence[Block]) -> list[Clause]:
    """The clauses of the prose, in order. What is cut off from the line before it is no statement."""
    report = Report.of(blocks)
    found: list[Clause] = []
    heading, whole = "", True
    for at, block in enumerate(blocks):
        if not isinstance(block, TextBlock):
            whole = True
        elif block.kind == "heading":
            heading, whole = folded(block.text), True
        elif block.kind == "paragraph":
            text = folded(block.text)
            numbered = _NUMBERED.match(text)
            if numbered:
                heading = numbered["rest"]
            clauses = list(_clauses(text, heading, report, at, block.page))
            if not whole and clauses:
                first = clauses[0].sentence
                clauses = [replace(one, firm=one.firm and one.sentence != first) for one in clauses]
            found += clauses
            whole = text.endswith(tuple("。!?:;.)")) or bool(numbered and numbered.end() == len(text))
    return found


def folded(text: str) -> str:
    """``text`` without blanks, in one width, its years in digits."""
    plain = "".join(unicodedata.normalize("NFKC", text).split())
    return _HANZI_YEAR.sub(lambda year: str(number_of(year[0])), plain)


def _clauses(text: str, heading: str, report: Report, at: int, page: int | None) -> Iterator[Clause]:
    text = _THOUSANDS.sub("", text)
    year: str | None = None
    for found in _SENTENCE.finditer(text):
        plain = _BRACKETS.sub(lambda bracket: "\0" * len(bracket[0]), found[0])
        sure = not plain.endswith("?") and not _PARTLY.search(found[0]) and len(plain) < _ENDLESS
        start = 0
        for end in [*(cut.start() for cut in _CUT.finditer(plain)), len(plain)]:
            said = plain[start:end].replace("\0", "").strip("。!?.,:;、以及和与")
            before = plain[:start].replace("\0", "") if sure else ""
            year = (_YEAR.findall(found[0], start, end) or [year])[-1]
            numbers = _NUMBER.finditer(found[0], start, end)
            yield Clause(
                text=report.lead.sub("", said, count=1),
                said=said,
                heading=heading,
                before=before + said,
                sentence=(at, found.start()),
                numbers=tuple(number_of(number["n"]) for number in numbers),
                firm=sure and not report.is_aside(heading, before, year),
                page=page,
            )
            start = end


_DIGITS = {char: value for value, chars in enumerate(("零〇○", "一", "二两", *"三四五六七八九")) for char in chars}
_TENS = {"十": 10, "百": 100, "千": 1000}


def number_of(text: str) -> int:
    """The number, in digits or in hanzi.

    >>> number_of("12"), number_of("一百零三"), number_of("二十"), number_of("二〇")
    (12, 103, 20, 20)
    """
    if text.isdecimal():
        return int(text)
    if not set(text) & set(_TENS):
        return int("".join(str(_DIGITS[char]) for char in text))
    total, digit = 0, 0
    for char in text:
        if char in _TENS:
            total, digit = total + (digit or 1) * _TENS[char], 0
        else:
            digit = _DIGITS[char]
    return total + digit
