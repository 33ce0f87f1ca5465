"""Whether the words of a text layer can be used, or what they show must be looked at.

A text layer is believed unless one of the rules below has something to say against it, each in words that end up in
``Page.why``. The rules, in the order in which they are asked:

1. No words, but a picture or outlines: a scan, or text turned into curves.
2. Hardly any words beside a page-sized picture, or many outlines: the same with a stamp or a page number laid over it.
3. Words that nobody sees: mostly the layer that a recogniser left over a scan. Numbers with letters in them (``2O15``)
   condemn it at once; otherwise what everybody sees has to confirm it.
4. Codes without a meaning, private-use characters, ``(cid:12)``, wherever on the page they are.
5. A font, by itself: see :func:`untrusted_fonts`.

A rule that what is written can't be read is final: the remedy is ``"glyphs"`` where fonts are to blame, else
``"picture"``. A rule that it is unlikely (hanzi that form no words may be a list of names) is a suspicion: the remedy
is ``"compare"``, and the layer stays if some of it, read off the page's picture, says the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from typing import Literal

from ..marks import Marks

Remedy = Literal["compare", "glyphs", "picture"]
Together = Callable[[str, str], bool]
"""Whether two hanzi stand side by side in a common word."""

FEW_CHARACTERS = 50
PAGE_SIZED = 0.5
"""Pictures that cover this share of the page are a scan."""
UNMAPPED_SHARE = 0.04
"""Of a page's characters. Half of what a lying layer has at least; a ligature or a bullet here and there has less."""
UNMAPPED_FONT = 0.3
"""Of a font's characters. A good font may lack the meaning of its ligatures."""
A_NUMBER = 5
"""So many characters without a meaning are worth the look: they may be an amount."""
MIXED = 3
"""So many numbers with letters in them are no slips."""
UNSEEN = 0.1
"""The share of a page's characters that nobody sees from which they count; fewer may be a mark of the maker."""
MANY_OUTLINES = 500
"""Text in curves draws each character; a form ruled for as many cells has more than a few words."""
ENOUGH_HANZI = 40
"""Fewer may form no common words by chance: of 25 in a heading of technical terms, none did."""
WORDS_SHARE = 0.06
"""Of neighbouring hanzi, the share that form common words. Prose, tables and technical tables have .15 to .5, the same
hanzi exchanged for one another less than .06."""
ENOUGH_IN_LATIN = 8
"""Hanzi in a font of Latin letters, of which none forms a word with the next."""
ODD_SHARE = 0.25
ODD_KINDS = 6
ENOUGH_ODD = 20
"""A text of so many characters, a quarter of which are ``!"#$&*;<=>@`` of six kinds at least, isn't written."""
SQUARE = 0.9
"""A character this wide, in shares of its size, is as wide as a hanzi; of Latin letters only a few are."""
SQUARE_KINDS = 10
NARROW = 0.75
"""No hanzi is so narrow."""
SHAPES = 3.0
"""Of a wrong map one character stands for so many shapes; of a right one each has one, two with rounding."""
ENOUGH_SHAPES = 8

_LATIN_FAMILY = re.compile(
    r"times|arial(?!.?unicode)|helvetica|courier|calibri|cambria|verdana|georgia|tahoma|garamond|palatino|bookman|century"
    r"|futura|gill|myriad|minion|nimbus|liberation|dejavu(?!.?sansfallback)|^cm[a-z]{1,4}\d+$",
    re.IGNORECASE,
)
_SYMBOL_FAMILY = re.compile(r"symbol|wingding|webding|dingbat|mt.?extra|marlett|bookshelf", re.IGNORECASE)
_CID = re.compile(r"\(cid:\d+\)")
_ODD = frozenset("!\"#$&'*;<=>?@[\\]^_`{|}~")
"""ASCII punctuation that neither prose nor numbers nor leaders of dots are made of."""
_MIXED_NUMBER = re.compile(
    r"(?=[\dA-Za-z,.]*\d)(?:\d+[OoIlZSq]+\d|[OoIlZSq]+\d+[OIl]|\d+[OIl]{1,3}(?![A-Za-z])|Z[O0o][lI\dq])"
)
_REPEATED = re.compile(r"([^\w\s])\1{2,}")


@dataclass(frozen=True, slots=True, kw_only=True)
class FontUse:
    """What one font shows on a page.

    ``font`` is pdfium's handle of it as a number, which names it as long as the page is open. ``text`` are its
    characters in the order of the file, without blanks, U+FFFD where the font doesn't say what a code means. ``widths``
    are how far each moves on, as a share of the size of the type. ``shapes`` is how many different outlines of ink are
    among them, 0 where that isn't known.
    """

    font: int
    name: str
    text: str
    widths: tuple[float, ...] = ()
    shapes: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Layer:
    """What is known of a text layer beyond its words.

    ``unseen`` counts the characters that are drawn invisibly or under a picture, ``drawn`` the paths of the page.
    """

    fonts: tuple[FontUse, ...] = ()
    unseen: int = 0
    drawn: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """Why a page can't be read from its text layer as it is, and what to do instead.

    ``"compare"``: read some of the words off the picture, and believe the layer if they are the same. ``"glyphs"``: all
    of the layer is sound but ``fonts``, whose characters are to be read by their shapes. ``"picture"``: read the page
    from its picture, which is also the way where the others fail. ``fonts`` are the untrusted ones with the reason of
    each; where it isn't empty, only words of these are in doubt. ``hidden`` if the words in
    doubt are those that nobody sees.
    """

    why: str
    remedy: Remedy
    hidden: bool = False
    fonts: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Distrust:
    """What speaks against a font. ``sure`` if its text can't be right, else it is only unlikely."""

    reason: str
    sure: bool


def need(marks: Marks, layer: Layer, together: Together) -> Need | None:
    """What a page needs that its text layer can't give, or ``None`` if the layer can be used as it is."""
    text = "".join(word.text for word in marks.words)
    reason = nothing_written(text, marks, layer.drawn) or hardly_written(text, marks, layer.drawn)
    if reason:
        return Need(why=reason, remedy="picture")
    if not text:
        return None
    if layer.unseen >= UNSEEN * len(text):
        hidden = f"{layer.unseen} of {len(text)} characters are a layer that nobody sees"
        wrong = misread_numbers(marks) or no_words(text, together)
        if wrong:
            return Need(why=f"{hidden}, in which {wrong}", remedy="picture")
        return Need(why=hidden, remedy="compare", hidden=True)
    distrusted = untrusted_fonts(layer.fonts, together)
    if distrusted:
        fonts = {font: distrust.reason for font, distrust in distrusted.items()}
        sure = any(distrust.sure for distrust in distrusted.values())
        return Need(why=_told(layer.fonts, fonts), remedy="glyphs" if sure else "compare", fonts=fonts)
    reason = unmapped(text, layer.fonts)
    if reason:
        return Need(why=reason, remedy="picture")
    reason = odd_punctuation(text)
    return Need(why=reason, remedy="compare") if reason else None


def untrusted_fonts(fonts: Sequence[FontUse], together: Together) -> dict[int, Distrust]:
    """What speaks against each font that can't be trusted, by its ``font``; sound ones are left out.

    Sure: most of its codes have no meaning; one character stands for many shapes. Suspicions: Latin letters as square
    as hanzi; hanzi that form no words, of which few are enough where the font's name is that of Latin letters or none
    of them is as wide as a hanzi; too much odd punctuation.
    """
    found: dict[int, Distrust] = {}
    for use in fonts:
        sure = meaningless(use) or one_for_many(use)
        reason = sure or square_letters(use) or latin_hanzi(use, together) or no_words(use.text, together)
        reason = reason or odd_punctuation(use.text)
        if reason:
            found[use.font] = Distrust(reason=reason, sure=bool(sure))
    return found


def nothing_written(text: str, marks: Marks, drawn: int) -> str | None:
    """A page without words is a scan if there is a picture, text in curves if there are outlines, else blank."""
    if text:
        return None
    if _covered(marks) > 0.02 or len(marks.pictures) > 4:
        return "no words beside a picture"
    return f"no words but {drawn} drawn outlines" if drawn > 100 else None


def hardly_written(text: str, marks: Marks, drawn: int) -> str | None:
    """A scan often carries a page number, or the mark of the program that made it; so does text in curves."""
    if not text or len(text) >= FEW_CHARACTERS:
        return None
    if _covered(marks) >= PAGE_SIZED:
        return f"only {len(text)} characters beside a page-sized picture"
    return f"only {len(text)} characters beside {drawn} drawn outlines" if drawn > MANY_OUTLINES else None


def misread_numbers(marks: Marks) -> str | None:
    """Letters among digits are what a recogniser makes of digits it can't read."""
    mixed = [found[0] for word in marks.words if (found := _MIXED_NUMBER.search(word.text))]
    if len(mixed) < MIXED:
        return None
    return f"{len(mixed)} numbers have letters in them, such as {mixed[0]!r}"


def unmapped(text: str, fonts: Sequence[FontUse]) -> str | None:
    """Codes that no font of the page gives a meaning, and the ``(cid:12)`` that other tools write in their place.

    Private-use characters of a symbol font are bullets and ticks.
    """
    symbols = sum(_count_unmapped(use.text) for use in fonts if _SYMBOL_FAMILY.search(use.name))
    count = max(_count_unmapped(text) - symbols, 0)
    if not count or count < UNMAPPED_SHARE * len(text):
        return None
    return f"{count} of {len(text)} characters have no known meaning (private-use or unmapped codes)"


def meaningless(use: FontUse) -> str | None:
    """A font without a usable ToUnicode, or one that maps to private-use characters."""
    if _SYMBOL_FAMILY.search(use.name):
        return None
    count = _count_unmapped(use.text)
    if count < A_NUMBER or count < UNMAPPED_FONT * len(use.text):
        return None
    return f"{count} of {len(use.text)} of its codes have no known meaning"


def one_for_many(use: FontUse) -> str | None:
    """A wrong ToUnicode: 佛佛佛佛 where the page shows 政府信息."""
    kinds = len(set(use.text))
    if use.shapes < ENOUGH_SHAPES or use.shapes < SHAPES * kinds:
        return None
    return f"{use.shapes} different shapes are all said to be {''.join(sorted(set(use.text)))[:10]}"


def square_letters(use: FontUse) -> str | None:
    """Codes of ASCII under which hanzi are drawn: no alphabet has an i, an l and a 1 as wide as a hanzi."""
    wide = {char for char, width in zip(use.text, use.widths, strict=False) if char.isascii() and width >= SQUARE}
    narrow = {char for char, width in zip(use.text, use.widths, strict=False) if char.isascii() and width < SQUARE}
    if len(wide) < SQUARE_KINDS or len(narrow) * 4 > len(wide):
        return None
    return f"{len(wide)} kinds of letters and marks are as wide as hanzi"


def latin_hanzi(use: FontUse, together: Together) -> str | None:
    """Hanzi that a font of Latin letters gives, or that are as narrow as letters, and make no words."""
    hanzi = [
        (char, width)
        for char, width in zip(use.text, use.widths or (1.0,) * len(use.text), strict=False)
        if _is_hanzi(char)
    ]
    slim = sum(width < 0.75 for _, width in hanzi)
    is_latin = bool(_LATIN_FAMILY.search(use.name)) or slim > 0.8 * len(hanzi)
    if (
        len(hanzi) < ENOUGH_IN_LATIN
        or not is_latin
        or _words_share([char for char, _ in hanzi], together) > WORDS_SHARE
    ):
        return None
    what = (
        "none is wider than a letter" if slim > 0.8 * len(hanzi) else f"its name is that of Latin letters ({use.name})"
    )
    return f"{len(hanzi)} hanzi form no words, and {what}"


def no_words(text: str, together: Together) -> str | None:
    """Hanzi exchanged for one another: each is common, but no two that stand side by side belong together."""
    hanzi = _hanzi(text)
    if len(hanzi) < ENOUGH_HANZI or _words_share(hanzi, together) >= WORDS_SHARE:
        return None
    return f"{len(hanzi)} hanzi form no words"


def odd_punctuation(text: str) -> str | None:
    """Codes of one's own, given as the ASCII they happen to be: ``!"#$%&'()*+`` where the page shows hanzi."""
    plain = _REPEATED.sub("", text)
    odd = [char for char in plain if char in _ODD]
    if len(plain) < ENOUGH_ODD or len(odd) < ODD_SHARE * len(plain) or len(set(odd)) < ODD_KINDS:
        return None
    return f"{len(odd)} of {len(plain)} characters are punctuation such as {''.join(dict.fromkeys(odd))[:8]}"


def _told(uses: Sequence[FontUse], reasons: Mapping[int, str]) -> str:
    """The reasons of the fonts in one sentence, the font that shows most first; of many the first two."""
    worst = sorted((use for use in uses if use.font in reasons), key=lambda use: -len(use.text))
    told = "; ".join(f"font {use.name or 'without a name'}: {reasons[use.font]}" for use in worst[:2])
    return f"{told}; and {len(worst) - 2} fonts more" if len(worst) > 2 else told


def _covered(marks: Marks) -> float:
    """The share of the page that pictures cover; some programs cut a scan into strips."""
    areas = ((right - left) * (bottom - top) for left, top, right, bottom in marks.pictures)
    return min(sum(areas) / max(marks.width * marks.height, 1.0), 1.0)


def _hanzi(text: str) -> list[str]:
    """The hanzi of a text; of one repeated to fill a line, one."""
    return [char for char, _ in groupby(text) if _is_hanzi(char)]


def _words_share(hanzi: Sequence[str], together: Together) -> float:
    """The share of neighbours that form common words."""
    return sum(together(left, right) for left, right in pairwise(hanzi)) / max(len(hanzi) - 1, 1)


def _count_unmapped(text: str) -> int:
    return sum(map(_is_unmapped, text)) + sum(len(found) for found in _CID.findall(text))


def _is_unmapped(char: str) -> bool:
    code = ord(char)
    return 0xE000 <= code <= 0xF8FF or code == 0xFFFD or code < 0x20 or code >= 0xF0000


def _is_hanzi(char: str) -> bool:
    return "\u3400" <= char <= "\u9fff" or char >= "\U00020000"
