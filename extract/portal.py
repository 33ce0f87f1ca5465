"""The fields that a portal prints around a document: ``索引号：…　发布机构：…``, in lines or in a table."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from ..document import TextBlock
from ..tables import Grid
from .reading import Item

REACH = 16
"""Portals print their fields within this many blocks of the top."""
MAX_VALUE = 60

Field = tuple[str, str]
"""The name of a field of :class:`Metadata`, or ``title``, and its value as printed."""

_LABELS = {
    "index_number": "索引号 索引号码 信息索引号 信息索引 索取号 信息索取号",
    "document_number": "文号 发文字号 文件编号 发文号 文件号 文件文号 发文文号 公文文号",
    "publisher": (
        "发布机构 发文机关 发布单位 发文单位 信息公开机构 发布机关 发文机构 公开责任部门 责任部门 "
        "公开机构 公开单位 制发机关 制作单位 发布部门 公开主体 发文部门"
    ),
    "source": "信息来源 来源 文章来源 稿件来源 稿源 来源单位",
    "generated": "生成日期 成文日期 发文日期 生成时间 成文时间 制发日期 制作日期 产生日期",
    "published": "发布时间 发布日期 公开日期 公开时间 发表时间 发表日期 公布日期 上传时间 信息发布日期 日期 时间",
    "title": "公文标题 标题 信息名称 文件名称 名称 公文名称",
    "": (
        "关键字 关键词 主题词 主题分类 信息分类 公文种类 文种 体裁 体裁分类 服务对象 组配分类 "
        "公开形式 公开方式 公开范围 公开程序 公开类别 公开属性 公开时限 信息类别 信息格式 所属机构 "
        "所属主题 所属类别 内容概述 内容分类 主题类别 作者 编辑 责任编辑 审核 签发人 字体 字号 "
        "浏览次数 浏览量 浏览 点击数 点击量 点击次数 阅读次数 阅读量 阅读 访问量 打印 分享 有效性 "
        "效力状态 时效性 时效 是否有效 生效日期 废止日期 失效日期 施行日期 实施日期 生效时间 "
        "废止时间 失效时间 有效期 语种 载体类型 记录形式 备注 附件 摄影 供稿 二维码"
    ),
}
"""The labels of each field; those under no name end the value before them and are told from values."""
_FIELD_OF = {label: field for field, labels in _LABELS.items() for label in labels.split()}
_ALONE = (
    *("索引号", "文号", "发布", "发文", "生成日期", "成文日期", "公开日期"),
    *("主题分类", "信息来源", "公开形式", "公开方式", "组配分类"),
)
"""Labels that begin like this are told from prose even where no colon follows."""
_VAGUE = ("日期", "时间", "名称", "标题")

_GAP = r"[ \t\u3000\xa0]*"


def _any_of(labels: Iterable[str]) -> str:
    return "|".join(_GAP.join(map(re.escape, label)) for label in sorted(labels, key=len, reverse=True))


_SPREAD, _LONG = _any_of(_FIELD_OF), _any_of(label for label in _FIELD_OF if len(label) > 3)
_APART = r"(?:(?<=[\s|｜\[【(（,，;；>])|^)"
_WITH_COLON = re.compile(rf"{_APART}(?P<label>{_SPREAD}){_GAP}[:：]")
_GLUED = re.compile(rf"(?P<label>{_LONG}|(?:(?<=\d)|{_APART})(?:{_SPREAD})){_GAP}[:：]")
"""In a line that begins with a label another may follow without a blank: a long one anything, a short one a digit."""
_WITH_BLANK = re.compile(rf"(?:(?<=[\s|｜])|^)(?P<label>{_SPREAD})(?:[\s|｜]+|$)")
_EDGES = " \t\r\n\u3000\xa0|｜[]【】;；,，"

_PLACEHOLDER = re.compile(
    r"(?:请选择|请输入|暂无|没有|未知|无文号|不详|null|none|n/a|undefined|[-—–/\\_.*·]+)?", re.IGNORECASE
)
_NONE = ("无", "空")
_DATE = re.compile(
    r"(?:19|20)\d\d\s*(?:年\s*\d{1,2}\s*月(?:\s*\d{1,2}\s*日)?|[-/.]\s?\d{1,2}\s?[-/.]\s?\d{1,2}|[01]\d[0-3]\d(?!\d))"
    r"(?:\s*T?\d{1,2}[:：]\d{2}(?:[:：]\d{2})?)?"
)
_HANZI_DATE = re.compile(
    r"[二一][〇○ＯO零九][〇○零一二三四五六七八九]{2}年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日"
)
_INDEX = re.compile(r"[\w\-/.()（）〔〕\[\]—－:：]*\d[\w\-/.()（）〔〕\[\]—－:：]*")
NUMBER = re.compile(
    r"[^\s\d，。；：、,;:|《》“”]{1,24}\s?[〔\[（(【［]\s*(?:19|20)\d\d\s*年?\s*[〕\]）)】］]\s*第?\s*\d{1,5}\s*号"
    r"|[^\s\d，。；：、,;:|《》“”]{0,16}(?:(?:19|20)\d\d\s*年)?第\s*\d{1,5}\s*号"
)
_NAME = re.compile(r"[^\s:：。，；;！？|]{2,}(?=[\s。，；;！？|]|$)")
_SENTENCE = re.compile(r"[。！？]")


def fields_of(items: Sequence[Item]) -> list[Field]:
    """The fields in the first items, in order; a label with no value, or ``请选择`` or ``--`` for one, gives none.

    A value stands behind its label in the same line or cell, in the next cell of its row, or in the block below.
    """
    found: list[Field] = []
    top = items[:REACH]
    for at, item in enumerate(top):
        if isinstance(item, Grid):
            found += _in_grid(item)
            continue
        beside = (top[near] for near in (at - 1, at + 1) if 0 <= near < len(top))
        found += _in_line(item.text, in_head=any(isinstance(one, Grid) or prints_fields(one.text) for one in beside))
        below = items[at + 1] if at + 1 < len(items) else None
        field = _FIELD_OF.get(bare_label(item.text))
        if field and isinstance(below, TextBlock) and not prints_fields(below.text):
            found += _checked(field, below.text)
    return found


def bare_label(text: str) -> str:
    """``text`` as a label is listed: without blanks, pipes and its colon."""
    return "".join(text.split()).strip("|｜:：[]【】")


def is_label(text: str) -> bool:
    """Whether ``text`` is the name of a field that portals print, however spread, with its colon or without."""
    return bare_label(text) in _FIELD_OF


def is_telling_label(text: str) -> bool:
    """Whether ``text`` is a label that stands nowhere but in a portal's fields."""
    return is_label(text) and bare_label(text).startswith(_ALONE)


def prints_fields(text: str) -> bool:
    """Whether ``text`` is one of a portal's lines: it begins with a label that a colon, a pipe or a value follows."""
    line = text.strip(_EDGES)
    if bare_label(line) in _FIELD_OF or _WITH_COLON.match(line):
        return True
    alone = _WITH_BLANK.match(line)
    return alone is not None and is_telling_label(alone["label"]) and not _SENTENCE.search(line)


def _in_grid(grid: Grid) -> Iterator[Field]:
    """Neighbours in a row, the first a label; and lines of fields within a cell."""
    rows = [[cell.text or "" for cell in dict.fromkeys(line)] for line in grid.positions()]
    in_head = any(is_telling_label(text) for row in rows for text in row)
    for row in rows:
        for text in row:
            yield from _in_line(text, in_head=in_head)
        for text, value in pairwise(row):
            label = bare_label(text)
            field = _FIELD_OF.get(label)
            if field and (label not in _VAGUE or in_head) and not prints_fields(value):
                yield from _checked(field, value)


def _in_line(text: str, *, in_head: bool) -> Iterator[Field]:
    """``label：value`` anywhere in a line, ``label value`` where labels alone are enough to tell; none in prose.

    ``时间：`` alone in its line may be that of a meeting: it counts only beside other fields (``in_head``).
    """
    line = text.strip(_EDGES)
    if _SENTENCE.search(line) and not _WITH_COLON.match(line):
        return
    labels = list((_GLUED if _WITH_COLON.match(line) else _WITH_COLON).finditer(line))
    if not labels:
        labels = [found for found in _WITH_BLANK.finditer(line) if found.start() or is_telling_label(found["label"])]
        labels = labels if labels and labels[0].start() == 0 else []
    for found, after in pairwise([*labels, None]):
        if found is None:
            continue
        label = bare_label(found["label"])
        field = _FIELD_OF[label]
        if field and (label not in _VAGUE or in_head or len(labels) > 1):
            yield from _checked(field, line[found.end() : after.start() if after else len(line)])


def _checked(field: str, text: str) -> Iterator[Field]:
    """``text`` as the value of ``field``, if it can be one."""
    value = text.strip(_EDGES)
    if _PLACEHOLDER.fullmatch(value) or value in _NONE or bare_label(value) in _FIELD_OF:
        return
    found: re.Match[str] | None
    if field in ("generated", "published"):
        found = _DATE.match(value) or _HANZI_DATE.match(value)
        if found and value[found.end() : found.end() + 1].strip(_EDGES + "(（"):
            return
    elif field == "document_number":
        found = NUMBER.match(value) or re.fullmatch(r"\S*\d\S*", value)
    elif field == "index_number":
        found = _INDEX.match(value)
    elif field == "title":
        found = re.fullmatch(r"[^。！？|]{4,}", value)
    else:
        found = _NAME.match(value)
    if found and len(found.group()) <= MAX_VALUE:
        yield field, found.group()
