"""Characters that stand for another one: radicals, compatibility forms, private codes of known fonts.

What looks alike and is meant (① ㎡ ½ （ ） ： Ⅱ) stays: only named blocks are folded, never a whole text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from .context import Context
from .steps import Change

_HINT = re.compile("[\u2e80-\u2fd5\ue000-\uf8ff\uf900-\ufaff\U0002f800-\U0002fa1f]")


def characters(text: str, context: Context) -> list[Change]:
    """Radicals, compatibility ideographs and private codes inside words become the characters they stand for.

    >>> characters("⼈⺠政府", Context())[0].after
    '人民'
    """
    if not _HINT.search(text):
        return []
    return [*_radicals(text), *_compatibility(text), *_private(text)]


# Radicals ---------------------------------------------------------------------------------------------------------

_RADICALS = re.compile("[\u2e80-\u2fd5]+")
_SUPPLEMENT = dict(
    zip(
        "⺁⺄⺊⺎⺒⺓⺛⺜⺝⺞⺟⺠⺩⺬⻁⻄⻅⻆⻉⻋⻑⻓⻔⻗⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳",
        "厂乙卜兀巳幺旡日月歺母民王示虎西见角贝车長长门雨青韦页风飞食马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟",
        strict=True,
    )
)
"""Radicals of U+2E80-2EFF that are whole characters, by Unicode's equivalent unified ideographs. NFKC leaves them all.
Those that are parts only (⺡ ⺘ ⻌) can't stand in a word, so nothing is known of what was meant: they stay."""

_SIMPLIFIED_SHAPE = {"⼾": "户", "⾭": "青", "⿈": "黄"}
"""NFKC gives 戶, 靑 and 黃, which simplified text doesn't write; its fonts draw 户, 青 and 黄 for these radicals."""

_PARTS = frozenset("⼁⼂⼃⼅⼇⼌⼍⼎⼐⼓⼔⼕⼖⼙⼛⼡⼢⼧⼪⼬⼮⼵⼶⼷⼹⼺⼻⽁⽎⽧⽨⽱⽷⾋⾌⾑⾡⾤⾪⾽⿀")
"""Kangxi radicals that no word is made of. Alone between separators they are what they say."""

_SPEAKS_OF_RADICALS = re.compile("部首|偏旁|笔画|筆畫|康熙|radical|Kangxi|U\\+2[EF]", re.IGNORECASE)
_LETTER = re.compile("[\u3400-\u9fff\U00020000-\U0003fffd]")
_KANA_OR_HANGUL = re.compile("[\u3041-\u30fa\uac00-\ud7a3]")


def _radicals(text: str) -> Iterator[Change]:
    runs = list(_RADICALS.finditer(text))
    if not runs or _SPEAKS_OF_RADICALS.search(_folded(text)) or _is_list(text):
        return
    simplified = _is_simplified(text) and not _KANA_OR_HANGUL.search(text)
    for run in runs:
        alone = len(run[0]) == 1 and _is_alone(text, run)
        if alone and run[0] in _PARTS:
            continue
        folded = "".join(_whole(radical, simplified) for radical in run[0])
        block = "Kangxi radicals" if run[0] >= "\u2f00" else "radicals supplement"
        yield Change(
            start=run.start(),
            stop=run.end(),
            after=folded,
            certainty="inferred" if alone else "certain",
            evidence=f"{block} in the place of characters",
        )


def _is_list(text: str) -> bool:
    """Whether radicals are named here one by one, as a dictionary does, and not words written with them.

    A list has at least three, no two alike. Each stands alone (numerals do so before the parts of any text), or no
    other character is there and they come in order, or some are such as no word has.
    """
    found = list(_RADICALS.finditer(text))
    single = "".join(run[0] for run in found)
    if len(single) < 3 or len(set(single)) < len(single):
        return False
    if not _LETTER.search(text):
        ordered = len(single) > 3 and list(single) == sorted(single)
        return len(found) == len(single) or ordered or not _PARTS.isdisjoint(single)
    return all(len(run[0]) == 1 and _is_alone(text, run) for run in found) and not set(single) <= set("⼀⼆⼋⼗")


def _is_alone(text: str, run: re.Match[str]) -> bool:
    return not (_LETTER.match(text[run.start() - 1 : run.start()]) or _LETTER.match(text[run.end() : run.end() + 1]))


def _whole(radical: str, simplified: bool) -> str:
    if simplified and radical in _SIMPLIFIED_SHAPE:
        return _SIMPLIFIED_SHAPE[radical]
    return _SUPPLEMENT.get(radical) or unicodedata.normalize("NFKC", radical)


def _folded(text: str) -> str:
    return "".join(_SUPPLEMENT.get(char, char) for char in unicodedata.normalize("NFKC", text))


def _is_simplified(text: str) -> bool:
    """Whether all characters are those of GB 2312, the simplified set."""
    try:
        "".join(_LETTER.findall(text)).encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


# Compatibility ideographs -----------------------------------------------------------------------------------------

_COMPATIBILITY = re.compile("[\uf900-\ufaff\U0002f800-\U0002fa1f]+")


def _compatibility(text: str) -> Iterator[Change]:
    """Duplicates kept for round trips with Korean, Japanese and Taiwanese sets.

    In Japanese and Korean text they are the writer's choice (a name's own form) and stay. So do, everywhere, the twelve
    of the block that are characters of their own.
    """
    if _KANA_OR_HANGUL.search(text):
        return
    for run in _COMPATIBILITY.finditer(text):
        yield Change(
            start=run.start(),
            stop=run.end(),
            after=unicodedata.normalize("NFC", run[0]),
            evidence="compatibility ideographs",
        )


# Private codes ----------------------------------------------------------------------------------------------------

_BULLETS = dict(
    zip("\uf06c\uf06e\uf075\uf076\uf0a7\uf0b7\uf0d8\uf0fc\uf0fe\uf0a8", "●■◆❖▪•➢✓☑◻", strict=True),
)
"""Wingdings' (F0B7: Symbol's) codes that word processors put before the items of a list."""
_BULLET = re.compile(
    f"(?:(?<=[\\s：:（(|、])|^)[{''.join(_BULLETS)}](?=[\\s\u3400-\u9fffA-Za-z《“（(]|$)", re.MULTILINE
)
"""Only where a bullet or a box stands: in a formula the same codes are Symbol's Greek letters and braces."""

# fmt: off
_GB18030 = {
    0xE78D: 0xFE10, 0xE78E: 0xFE12, 0xE78F: 0xFE11, 0xE790: 0xFE13, 0xE791: 0xFE14, 0xE792: 0xFE15,
    0xE793: 0xFE16, 0xE794: 0xFE17, 0xE795: 0xFE18, 0xE796: 0xFE19, 0xE816: 0x20087, 0xE817: 0x20089,
    0xE818: 0x200CC, 0xE81E: 0x9FB4, 0xE826: 0x9FB5, 0xE82B: 0x9FB6, 0xE82C: 0x9FB7, 0xE831: 0x215D7,
    0xE832: 0x9FB8, 0xE83B: 0x2298F, 0xE843: 0x9FB9, 0xE854: 0x9FBA, 0xE855: 0x241FE, 0xE864: 0x9FBB,
}
# fmt: on
"""The 24 private codes of GB 18030-2000 that later editions (2005, 2022) moved to characters of Unicode."""
_PRIVATE = re.compile("[\ue000-\uf8ff]")
_IN_A_WORD = re.compile("(?<=[\u3400-\u9fff])[\ue000-\uf8ff](?=[\u3400-\u9fff\u3001\u3002\uff0c\uff1b\uff1a]|$)")
"""Icon fonts use the same codes, before a word or alone."""


def _private(text: str) -> Iterator[Change]:
    for bullet in _BULLET.finditer(text):
        yield Change(
            start=bullet.start(),
            stop=bullet.end(),
            after=_BULLETS[bullet[0]],
            certainty="inferred",
            evidence="a symbol font's code where a bullet stands",
        )
    codes = {ord(private) for private in _PRIVATE.findall(text) if private not in _BULLETS}
    if codes and codes <= _GB18030.keys():
        for private in _IN_A_WORD.finditer(text):
            if private[0] in _BULLETS:
                continue
            yield Change(
                start=private.start(),
                stop=private.end(),
                after=chr(_GB18030[ord(private[0])]),
                certainty="inferred",
                evidence="a private code of GB 18030-2000",
            )
