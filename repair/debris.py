"""What converters, editors and portals leave in a text that isn't part of it."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from .context import Context
from .steps import Change

_HINT = re.compile(
    r"&[A-Za-z#]|\[bookmark|<!|</?o:p|<\?xml:n|\{=html|_x00|PAGEREF|HYPERLINK|MERGEFORMAT|Normal 0|(?:Style|Font) Def"
    r"|TRS_Editor"
)


def debris(text: str, context: Context) -> list[Change]:
    """Leftovers are dropped, escaped characters become themselves. Text about markup, and code, stay as they are.

    >>> [(change.start, change.after) for change in debris("甲&amp;nbsp;乙", Context())]
    [(1, ' ')]
    """
    if not _HINT.search(text):
        return []
    changes: list[Change] = []
    found = [*_leftovers(text), *_excel_escapes(text), *_entities(text)]
    for change in sorted(found, key=lambda change: (change.start, -change.stop)):
        if not changes or change.start >= changes[-1].stop:
            changes.append(change)
    return changes


_TARGET = r'(?:"[^"\n]{0,400}"|“[^”\n]{0,400}”)'
_LEFTOVERS: tuple[tuple[str, str], ...] = (
    (r"(?<!`)\[bookmark: [^\W\d]\w{0,39}\](?![`(])", "a bookmark's name, left by a converter"),
    (r"(?<![{\\])\bPAGEREF _(?:Toc|Ref)\d+(?: \\[hp])*", "a field code of a word processor"),
    (
        rf"(?<![{{=\\])\bHYPERLINK (?:\\l )?{_TARGET}(?: \\[lot] ?{_TARGET}?)*(?=\s*\S)(?!\s*[)}}])",
        "a field code of a word processor",
    ),
    (r"(?<![{\\])\b(?:PAGE|NUMPAGES)? ?\\\* MERGEFORMAT(?: ?\\\* MERGEFORMAT)*", "a field code of a word processor"),
    (
        r"Normal 0(?: false)? (?:\d\d?(?:\.\d)? ?(?:磅|pt|point) )?\d \d(?: false){3}"
        r"(?:(?: [A-Z]{2}-[A-Z]{2}){2} X-NONE)?(?: MicrosoftInternetExplorer\d)?",
        "settings of a word processor, pasted along",
    ),
    (
        r"(?<!`)/\* (?:Style|Font) Definitions \*/[^{}]{0,80}\{[^{}]*\}",
        "styles of a word processor, pasted along",
    ),
    (r"(?<!`)(?:\.TRS_Editor\b[^{}\n]{0,40}\{[^{}]*\}\s*)+", "styles of a portal's editor"),
    (r"<\?xml:namespace\b[^<>]*/?>", "a word processor's declaration"),
)
_LEFTOVER = re.compile("|".join(f"(?P<_{number}>{pattern})" for number, (pattern, _) in enumerate(_LEFTOVERS)))
_FIELD_TALK = re.compile("域代码|書籤|书签|bookmark(?!: )|\\bfields?\\b", re.IGNORECASE)
_REMNANTS = re.compile(
    r"```\{=html\}\s*(?:<!-- -->\s*)?```|`(?:<!-- -->|</?[a-z]+ ?/?>)`\{=html\}|(?<![`'\"|])<!-- -->(?![`'\"|])"
    r"|</?o:p ?/?>|<!\[(?:if [^\]\n]{0,80}|endif)\]>|<!--(?:Start|End)Fragment-->"
)
_TAG = re.compile(r"</?[A-Za-z][A-Za-z0-9]*(?:\s[^<>]*)?/?>")


def _leftovers(text: str) -> Iterator[Change]:
    for found in () if _FIELD_TALK.search(text) else _LEFTOVER.finditer(text):
        yield Change(
            start=found.start(),
            stop=found.end(),
            after="",
            evidence=_LEFTOVERS[int((found.lastgroup or "_0")[1:])][1],
        )
    if not _TAG.search(_REMNANTS.sub("", text)):
        for found in _REMNANTS.finditer(text):
            yield Change(start=found.start(), stop=found.end(), after="", evidence="markup left by a converter")


# A spreadsheet's control characters ---------------------------------------------------------------------------------

_EXCEL = re.compile("(?<!_x005F)(?<![`'\"])(?:_x00[01][0-9A-F]_)+")


def _excel_escapes(text: str) -> Iterator[Change]:
    """``_x000D_`` is how a workbook writes a control character. Between words it parted lines; an identifier stays."""
    for found in _EXCEL.finditer(text):
        before, after = text[found.start() - 1 : found.start()], text[found.end() : found.end() + 1]
        if _is_word(before) and _is_word(after) and len(found[0]) == len("_x000D_"):
            continue
        parts = before.strip() and after.strip() and (before.isascii() or after.isascii())
        yield Change(
            start=found.start(), stop=found.end(), after=" " if parts else "", evidence="a workbook's control character"
        )


def _is_word(char: str) -> bool:
    return char.isascii() and (char.isalnum() or char == "_")


# Escaped characters -------------------------------------------------------------------------------------------------

_BLANKS = "nbsp|ensp|emsp|thinsp"
_NAMES = (
    f"{_BLANKS}|amp|lt|gt|quot|apos|ldquo|rdquo|lsquo|rsquo|mdash|ndash|hellip|middot|bull|times|divide|plusmn|copy|reg|trade|deg"
    "|sect|para|yen|pound|euro|cent|laquo|raquo|permil|sup2|sup3|frac12|frac14|frac34|infin|le|ge|ne|larr|rarr|uarr|darr"
    "|zwnj|zwj|lrm|rlm|iexcl|iquest|szlig|[AEIOUaeiou](?:uml|acute|grave|circ)|[Ññ]tilde|[Cc]cedil"
)
_AGAIN = "(?:(?:amp|#38|#[xX]26);)*"
_ENTITY = re.compile(rf"&(?P<again>{_AGAIN})(?P<name>{_NAMES}|#\d{{2,7}}|#[xX][0-9A-Fa-f]{{2,6}});")
_MARKUP_TALK = re.compile(
    "HTML|XML|SGML|字符实体|字元實體|实体(?:字符|引用)|转义|轉義|エスケープ|markup|entit(?:y|ies)|escap"
    "|(?:写作|写成|記作|记作|寫作|寫成|输入|用)[ “‘「'\"]?\0|[“‘「【\"']\0[”’」】\"']|\0[ ”’」]?(?:表示|代表)",
    re.IGNORECASE,
)
_NAMED_ONE_BY_ONE = re.compile(
    r"&(?:amp|lt|gt|quot|apos);[ ,、，]+&(?:amp|lt|gt|quot|apos);[ ,、，]+&(?:amp|lt|gt|quot|apos);"
)
_CODE = re.compile(
    "</?[A-Za-z!?]|[\"'] ?[:=+)]|[=+] ?[\"']|[{}]|=>|==|&&|\\|\\||\\*/|`|[=(,*] ?\0"
    "|\\b(?:function|printf|def)\\b|\\breturn\\b[^;\n]{0,80};"
)
"""This and talk of markup are looked for with a NUL in the place of each entity."""


def _entities(text: str) -> Iterator[Change]:
    """Characters escaped once or twice. Three times over is left visible, and so is all that talks of markup.

    Where a plain ``&`` stands too, nothing escaped the text, and ``&amp;`` is what it says.
    """
    found = list(_ENTITY.finditer(text))
    around = _ENTITY.sub("\0", text)
    if not found or _MARKUP_TALK.search(around) or _NAMED_ONE_BY_ONE.search(text) or _CODE.search(around):
        return
    for entity in found:
        again = entity["again"].count(";")
        shown = _shown(entity["name"])
        if again > 1 or not shown or (shown == "&" and "&" in around):
            continue
        yield Change(
            start=entity.start(),
            stop=entity.end(),
            after=shown,
            evidence="a character escaped twice" if again else "an escaped character",
        )


def _shown(name: str) -> str | None:
    """The character, blanks as a plain one; ``None`` for what isn't a visible character."""
    char = html.unescape(f"&{name};")
    if char.isspace():
        return " "
    return char if len(char) == 1 and char != "\ufffd" and (char.isprintable() or name.isalpha()) else None
