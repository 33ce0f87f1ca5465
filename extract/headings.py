"""Which lines of a Chinese official document are headings, and which of them is its title."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ..document import TextBlock
from ..marks import union
from ..tables import join_lines
from .portal import prints_fields
from .reading import Item
from .trace import traced_block

MAX_HEADING = 40
"""A numbered line of more characters is a paragraph that begins with its number."""
MAX_TITLE = 60
TITLE_REACH = 12
"""The title stands among the first so many blocks, or there is none."""

_HANZI_NUMBER = "[一二三四五六七八九十百零〇○]{1,4}"
_MARKERS: tuple[tuple[int, re.Pattern[str]], ...] = (
    (1, re.compile(rf"第\s*(?:{_HANZI_NUMBER}|\d{{1,2}})\s*(?:部分|[编篇章])")),
    (2, re.compile(rf"第\s*(?:{_HANZI_NUMBER}|\d{{1,2}})\s*节")),
    (3, re.compile(rf"第\s*{_HANZI_NUMBER}\s*条(?=[\s\u3000])")),
    (
        1,
        re.compile(
            rf"附\s*[件表录](?=$|[\s\d：:]|{_HANZI_NUMBER})\s*(?:\d{{1,2}}|{_HANZI_NUMBER})?(?:[—-]\d{{1,2}})?[：:]?"
        ),
    ),
    (1, re.compile(rf"{_HANZI_NUMBER}\s*[、．.]")),
    (2, re.compile(rf"[（(]\s*{_HANZI_NUMBER}\s*[）)][、.．]?")),
    (2, re.compile(r"[㈠-㈩][、.．]?")),
    (3, re.compile(r"\d{1,2}\s*(?:、|[.．](?!\s*\d))")),
    (4, re.compile(r"[（(]\s*\d{1,2}\s*[）)][、.．]?")),
)
_SENTENCE_END = re.compile(r"[。；！？;!?]")
_CLAUSE_END = ("，", ",", "、", "：", ":")
_RUN_IN = re.compile(r"[：:](?=.{9,})")
_CONTENTS_LINE = re.compile(r"(?:\t|…|\.{3,}|·{3,}|—{3,}|_{3,})\s*[\divxlcIVXLC]+$")
_COUNTED = re.compile(r"\d\s*[件次条份个项起人篇家%％]")

_TITLE_WORD = re.compile(
    r"(?:报告|年报|通知|公告|公示|通告|决定|决议|意见|办法|规定|规则|方案|批复|复函|的函|通报|纪要|条例|细则|说明|目录|指南"
    r"|总结|计划|规划|要点|命令|议案|请示|模板|标准|统计表|情况表|決定|報告|年報|意見|辦法|規定|說明)$"
)
_ANNUAL_REPORT = re.compile(r"年度\s*(?:工作\s*)?(?:报告|報告)|(?:报告|報告).{0,4}年度")
_REMARK = re.compile(r"\s*(?:[（(【\[][^（）()【】\[\]]{1,12}[）)】\]])\s*$")
_NO_TITLE = re.compile(r"[>＞|｜»→。；！？]|^[《]|[：:]|(?:上|下)一[篇条页]")
_AGENCY = re.compile(
    r"[\w（）()·]{1,36}(?:人民政府|政府|委员会|办公室|办公厅|办事处|管理处|管委会|街道|开发区|新区|中心|公司|银行|学校|大学|学院|中学|小学"
    r"|医院|法院|检察院|监察院|研究院|[局厅部委办院署处站所队会社乡镇省市县区州旗盟])(?:[（(][\u4e00-\u9fff]{2,16}[）)])?"
)
_UNFINISHED = re.compile(r"(?:年度?|公开|工作)$")
_TITLE_REST = re.compile(r"(?:年度)?(?:工作)?(?:报告|年报)(?:\s*[（(][^（()）]{1,12}[）)])?")
_NAMES_ITSELF = re.compile(r"^\s*(?:\d{4}|[二〇○零一]{4}|关于|政府信息公开|信息公开)")


def heading_level(text: str) -> int | None:
    """The level that the numbering of a heading tells, or ``None`` for anything but a numbered heading.

    ``一、`` and chapters are 1, ``（一）`` 2, ``1.`` 3, ``（1）`` 4. A run-in heading, whose sentence goes on in its
    line, is a paragraph, and so is a line of a table of contents. One line alone can't tell a heading from a label in
    a table: only who sees the lines around it can.

    >>> heading_level("一、总体情况"), heading_level("（一）主动公开情况。2023年，我局"), heading_level("1.5亿元")
    (1, None, None)
    """
    line = text.strip()
    if not line or "\n" in line or _CONTENTS_LINE.search(line):
        return None
    for level, marker in _MARKERS:
        found = marker.match(line)
        if found:
            return level if _names_a_section(line[found.end() :].strip(), level, line) else None
    return None


def _names_a_section(rest: str, level: int, line: str) -> bool:
    if not rest:
        return line[0] in "附第"
    if len(line) > MAX_HEADING or _SENTENCE_END.search(rest) or rest.endswith(_CLAUSE_END[:3]) or _RUN_IN.search(rest):
        return False
    if rest.startswith("（") and line.startswith("第"):
        return False
    # Below the second level numbered lines are as often statements (1.受理申请3件，办结3件) as headings.
    return level < 3 or not _COUNTED.search(rest)


def find_title(blocks: Sequence[TextBlock]) -> int | None:
    """The index of the block that is the document's title, or carries its last line.

    In this order: a block its source calls the title (level 0) and that reads like one; the first line before any
    section that ends as titles of official documents do (报告, 通知, …) or speaks of an annual report; a block of level
    0 whatever it says, which on web pages may be the site's name. Furniture is never the title.
    """
    early: list[int] = []
    for index, block in enumerate(blocks):
        if block.kind == "furniture":
            continue
        if len(early) == TITLE_REACH or (block.level is not None and block.level > 0 and heading_level(block.text)):
            break
        early.append(index)
    declared = [index for index in early if blocks[index].level == 0]
    phrased = [index for index in early if reads_as_title(blocks[index].text)]
    both = [index for index in declared if index in phrased]
    return next(iter(both + phrased + declared), None)


def reads_as_title(text: str) -> bool:
    """Whether a line ends as the titles of official documents do (报告, 通知, …) or speaks of an annual report."""
    line = _REMARK.sub("", " ".join(text.split()))
    if not 4 <= len(line) <= MAX_TITLE or _NO_TITLE.search(line) or heading_level(line) is not None:
        return False
    if prints_fields(line):
        return False
    return bool(_TITLE_WORD.search(line) or _ANNUAL_REPORT.search(line))


def with_title(items: Sequence[Item]) -> tuple[Item, ...]:
    """``items`` with the title made one heading of level 0, and any other heading of level 0 a section.

    Titles are often set in two lines: the agency's name, then ``2023年政府信息公开工作年度报告``. The line above joins
    the title where it is the name of an agency or a place and the title itself begins with a year or its subject. A
    year alone above joins as well, and so does a line that wants the 年度报告 below it.
    """
    places = [place for place, item in enumerate(items) if isinstance(item, TextBlock)]
    blocks = [item for item in items if isinstance(item, TextBlock)]
    found = find_title(blocks)
    result: list[Item] = [
        replace(item, level=1) if isinstance(item, TextBlock) and item.level == 0 else item for item in items
    ]
    if found is None:
        return tuple(result)
    place, title = places[found], blocks[found]
    first = found
    while first > 0 and places[first - 1] == places[first] - 1 and _opens(blocks[first - 1], blocks[first]):
        first -= 1
    result[places[first] : place + 1] = [_joined(blocks[first : found + 1], title)]
    return tuple(result)


def _opens(above: TextBlock, below: TextBlock) -> bool:
    """Whether ``above`` is the line of a title that ``below`` goes on with."""
    line = " ".join(above.text.split())
    if above.kind == "furniture" or len(line) > 30 or _NO_TITLE.search(line) or heading_level(line) is not None:
        return False
    agency = names_agency(line) and bool(_NAMES_ITSELF.match(below.text))
    year = re.fullmatch(r"(?:\d{4}|[二〇○零一]{4})\s*年度?", line) is not None
    broken = bool(_UNFINISHED.search(line)) and bool(_TITLE_REST.fullmatch(below.text.strip()))
    return agency or year or broken


def names_agency(text: str) -> bool:
    """Whether ``text`` ends as the names of agencies and places do, and is nothing but a name."""
    return _AGENCY.fullmatch(text.strip()) is not None


def _joined(lines: Sequence[TextBlock], title: TextBlock) -> TextBlock:
    boxes = [line.box for line in lines if line.box is not None and line.page == lines[0].page]
    whole = replace(
        title,
        kind="heading",
        level=0,
        text=join_lines(line.text for line in lines),
        page=lines[0].page,
        box=union(boxes) if boxes else None,
    )
    return traced_block(whole, lines)
