"""A text layer whose fonts lie, read by its shapes: where each of them stands is exact, only what it means is not.

Every font of the page is put to the test, since a file that hides what one font's codes mean hides it for others that
show too little to be suspected. A font whose shapes are read as what it says they are keeps what it says. Of any other
font each shape is read once, and that reading put wherever the shape stands; a shape that can't be read is U+FFFD.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ..marks import Marks
from ..ocr import Engine
from ..ocr.drawn import Glyph, Run
from ..ocr.glyphs import Read, read_glyphs, same_letter
from ..tables.celltext import is_wide
from .glyph_pictures import Shapes, Spot, drawn_runs, spots_of
from .pdf_chars import Char
from .pdf_page import PageLayer
from .pdf_view import View
from .pdf_words import words_of

if TYPE_CHECKING:
    from pypdfium2 import PdfPage

SAMPLE = 12
"""So many of a font's shapes show whether it says the truth."""
SOUND = 0.75
"""The share of a sound font's shapes that are read as what the font says."""
UNREAD = 0.02
"""Where more of the characters can't be read by their shapes, the page is better read as a picture."""
_CHINESE = dict(zip(",:;!?()", "，：；！？（）", strict=True))
UNREADABLE = "\N{REPLACEMENT CHARACTER}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ByShapes:
    """A page's marks with the words its fonts should have given. ``fonts`` are the names of those that didn't."""

    marks: Marks
    fonts: tuple[str, ...]
    unread: int


def read_by_shapes(
    page: PdfPage, layer: PageLayer, suspected: Collection[int], engine: Engine, shapes: Shapes
) -> ByShapes | None:
    """What the page says by its shapes, or ``None`` where too many of these can't be read.

    ``suspected`` are pdfium's handles of the fonts that gave the page away. What is learnt of the document's fonts is
    added to ``shapes``.
    """
    from pypdfium2 import PdfiumError

    view = View(visible=page.get_bbox(), rotation=layer.marks.rotation)
    with closing(page.get_textpage()) as text:
        spots = spots_of(text, layer, view)
    try:
        spots, runs = drawn_runs(page, view, spots, shapes)
    except (PdfiumError, MemoryError, ValueError):  # the page can't be drawn
        return None
    doubted = {spot.glyph.font for spot in spots if spot.char.font in suspected}
    lying = _lying(spots, runs, doubted, engine, shapes.read)
    told = {spot.char.at: _told(spot, shapes.read) for spot in spots if spot.glyph.font in lying}
    unread = sum(char.text == UNREADABLE for char in told.values())
    if unread > UNREAD * len(told):
        return None
    words = tuple(words_of(_respelled(layer.chars, told)))
    handles = {spot.char.font for spot in spots if spot.glyph.font in lying}
    names = dict.fromkeys(use.name for use in layer.layer.fonts if use.font in handles)
    return ByShapes(marks=replace(layer.marks, words=words), fonts=tuple(names), unread=unread)


def _lying(
    spots: Sequence[Spot], runs: Sequence[Run], doubted: set[str], engine: Engine, known: dict[Glyph, Read]
) -> set[str]:
    """The fonts that don't say what their shapes are read as; of these all that can be read is ``known`` then.

    Of a font that nothing speaks against a sample is read first. One that only runs another way than the page isn't
    looked at: it is believed if nothing speaks against it.
    """
    drawn = {one.glyph for run in runs for one in run}
    says = _said(spots)
    asked = {glyph for font, glyphs in says.items() for glyph in (glyphs if font in doubted else list(glyphs)[:SAMPLE])}
    known.update(read_glyphs(asked, runs, engine, known))
    lying = {
        font
        for font, glyphs in says.items()
        if not _is_sound(glyphs, known) and (font in doubted or not drawn.isdisjoint(glyphs))
    }
    rest = {glyph for font in lying - doubted for glyph in says[font]}
    known.update(read_glyphs(rest, runs, engine, known))
    return lying


def _said(spots: Sequence[Spot]) -> dict[str, dict[Glyph, str]]:
    """What each font says its glyphs are, those used most first."""
    uses: dict[str, Counter[Glyph]] = defaultdict(Counter)
    texts: dict[Glyph, str] = {}
    for spot in spots:
        if spot.ink is not None:
            uses[spot.glyph.font][spot.glyph] += 1
            texts[spot.glyph] = spot.char.text
    return {font: {glyph: texts[glyph] for glyph, _ in counts.most_common()} for font, counts in uses.items()}


def _is_sound(says: Mapping[Glyph, str], known: Mapping[Glyph, Read]) -> bool:
    """Whether most shapes are read as what the font says, and none of its digits as another."""
    read = [(text, known[glyph].text) for glyph, text in says.items() if glyph in known]
    if any(text.isdigit() and seen.isdigit() and not same_letter(text, seen) for text, seen in read):
        return False
    right = sum(same_letter(text, seen) for text, seen in read)
    return right > 0 and right >= SOUND * len(read)


def _respelled(chars: Sequence[Char], told: Mapping[int, Char]) -> Iterator[Char]:
    """The characters, those ``told`` in place of what the file says.

    A space that isn't in the file is left out between them: it was put there by what the wrong characters are.
    """
    kept = [
        told.get(char.at, char)
        for index, char in enumerate(chars)
        if char.at >= 0 or not all(near.at in told for near in chars[index - 1 : index + 2 : 2])
    ]
    texts = ["", *(char.text for char in kept), ""]
    for char, before, after in zip(kept, texts, texts[2:], strict=False):
        yield char if char.confidence is None else char._replace(text=_in_company(char.text, before, after))


def _in_company(mark: str, before: str, after: str) -> str:
    """A mark as that of Chinese where it belongs to a hanzi: its shape doesn't tell."""
    near = after if mark == "(" else before
    return _CHINESE.get(mark, mark) if near and is_wide(near) else mark


def _told(spot: Spot, known: Mapping[Glyph, Read]) -> Char:
    """The character with what its shape was read as."""
    if spot.ink is None:
        return spot.char._replace(text=" ")
    read = known.get(spot.glyph)
    if read is None:
        return spot.char._replace(text=UNREADABLE, confidence=0.0)
    return spot.char._replace(text=read.text, confidence=read.confidence)
