"""Blanks that came out as question marks: ``索??引??号`` is 索 引 号.

Pages pad with no-break and ideographic spaces, which many an old encoding lacks. So does it lack rare characters:
``王??明`` may be a name, ``?5元`` a lost digit. A question mark is therefore changed only where nothing but a blank
makes sense; all others stay, whether they ask or hide something.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .context import Context
from .script import simplified
from .steps import Change

_HANZI = "[\u3400-\u9fff]"
_READING = r"(?:[(（][^()（）\s]{1,8}[)）])?"
"""What a mirror injected is still there."""
_SPREAD = re.compile(rf"(?:^|(?<=[|\t\n])) *({_HANZI}(?:\?{{2,}}{_HANZI}){{1,4}})(?={_READING} *(?:[:：|\t\n]|$))")
_PADDING = re.compile(r"\?+")
_PAIRS = frozenset(
    re.findall(
        "..",
        "文号名称标题题名来源类别分类编号日期时间主题作者单位姓名性别地址电话传真邮编备注附件内容摘要体裁序号",
    )
)
"""Labels of two characters, which are set wide so often that losing a character between them is out of the question."""

_UNITS = frozenset("年月日时時分秒省市县縣区區镇鎮乡鄉村")
"""What is left when a date or a place was blanked out."""

_COUNTED = "条條件个個项項次份篇期人名户戶家起宗"
_COUNT = re.compile(rf"(?<={_HANZI})\?(?=\d+[{_COUNTED}]{_READING}(?:[。；;，,、)）|\n]|$))")
"""Money is no such count: where ?5元 stands, a currency sign may have stood."""
_SENTENCE_END = re.compile(r"[。！!；;？?|\n]")
_ASKING = re.compile(
    "[什甚怎谁誰哪何吗嗎呢孰岂豈几幾]|多少|是否|能否|可否|难道|難道|没有$|沒有$|[了吧啊呀么麼的是为為有]$"
    f"|({_HANZI}{{1,2}})[不没沒]\\1"
)


def padding(text: str, context: Context) -> list[Change]:
    """A blank for each run of question marks that stands for one.

    That is between the characters of a label that fills its cell, if it is a well-known one or spread over three
    characters or more; and between a word and the count of it that ends a clause, where nothing in the sentence asks.
    """
    if "?" not in text:
        return []
    return [
        Change(start=start, stop=stop, after=" ", certainty="inferred", evidence=why)
        for start, stop, why in _lost(text)
    ]


def _lost(text: str) -> Iterator[tuple[int, int, str]]:
    for label in _SPREAD.finditer(text):
        hanzi = _PADDING.sub("", label[1])
        if (len(hanzi) > 2 and not _UNITS.issuperset(hanzi)) or "".join(map(simplified, hanzi)) in _PAIRS:
            for gap in _PADDING.finditer(text, *label.span(1)):
                yield *gap.span(), "the padding of a label that was set wide"
    for mark in _COUNT.finditer(text):
        if not _ASKING.search(_sentence_before(text, mark.start())):
            yield *mark.span(), "a blank before a count; nothing here asks"


def _sentence_before(text: str, stop: int) -> str:
    """The sentence up to ``stop``, or its last 200 characters."""
    return _SENTENCE_END.split(text[max(stop - 200, 0) : stop])[-1]
