"""The characters of a PDF page, each with its place on the page as seen, by pdfium.

pdfium adds spaces and line breaks of its own making. The breaks are left out; a space is taken for one only where the
boxes can't tell, as a gap says more, and says it of numbers the same way in every font. pdfium also drops glyphs struck
twice in one spot, and reads /ActualText where a file has it.

Invisible text is kept: it is the layer that recognition put over a scan, and whether to believe it is for others to
say. So is white text, which heads many a dark column.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from ctypes import byref, c_double, c_void_p, cast
from itertools import groupby
from math import hypot
from typing import TYPE_CHECKING, Any, NamedTuple

from ..document import Box
from ..marks import union
from .pdf_view import Affine, View, placed

if TYPE_CHECKING:
    from pypdfium2 import PdfTextPage

ASCENT, DESCENT = 0.86, 0.14
"""How far a character reaches over and under its line, in shares of its size. What fonts declare is often nonsense and
differs from one font to the next on a line; this is the same for all."""
WIDE = 3.0
"""A box this many times wider than the size of its type is wrong: pdfium forgets to scale fonts that write down."""
LOW = 0.85
"""A box lower than this share of the size holds the ink alone, because the font declares no height."""
BEARING = 0.3
"""Between the ink of two characters of a word is at most so much white, as a share of their size."""
SAME_LINE = 0.1
"""Characters of a line stand no further above one another than this share of their size."""
OVERPRINT = 0.3
"""What starts within this share of a character's width is printed over it."""
PREVAILING = 0.5
"""The page is turned if more than this share of its characters are."""

RIGHT, DOWN, LEFT, UP = range(4)
"""Where a text runs, in quarter turns clockwise."""

_UNREADABLE = "\N{REPLACEMENT CHARACTER}"
_SPACE = 0x20
_BLANKS = frozenset(b" \t\r\n")
_LINE_END_HYPHEN = 0x02

Point = tuple[float, float]


class Char(NamedTuple):
    """One character; a tuple, since a page has thousands. Lengths are points.

    ``turn`` is how far the character itself is turned, in quarters clockwise, ``flow`` where the text runs. They differ
    where a font sets upright characters one below the other. ``at`` is its number on the text page, -1 for a space that
    only a gap shows, and ``font`` pdfium's handle of its font as a number: names that hold as long as the page is open.
    ``confidence`` is that of a character read by its shape.
    """

    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float
    flow: int
    turn: int
    at: int = -1
    font: int = 0
    confidence: float | None = None


class _Glyph(NamedTuple):
    """A character as pdfium tells it, in the file's coordinates.

    ``at`` is its number on the page, ``run`` the showing of text that it is of, ``font`` its font, ``across`` the
    direction of its line, ``parted`` where pdfium put a space of its own before it.
    """

    at: int
    run: int
    font: int
    text: str
    loose: Box
    origin: Point
    across: Point
    size: float
    parted: Point | None


def page_chars(text: PdfTextPage, view: View) -> list[Char]:
    """The characters in the order of the file. Those whose middle lies outside the visible page are left out."""
    matrix, width, height = view.matrix, view.width, view.height
    chars: list[Char] = []
    last: _Glyph | None = None
    for glyph in _apart(_glyphs(text)):
        char = _char(glyph, matrix)
        if not (0 <= (char.left + char.right) / 2 <= width and 0 <= (char.top + char.bottom) / 2 <= height):
            continue
        if last is not None:
            before = chars[-1]
            is_low = _is_low(last) or _is_low(glyph)
            if glyph.parted and (is_low or _is_latin(before.text) or _is_latin(char.text)):
                x, y = glyph.parted
                chars[-1] = before = _ending(before, min(before.right, matrix[0] * x + matrix[2] * y + matrix[4]))
                chars.append(before._replace(text=" ", at=-1, font=0))
            elif before.turn == char.turn == RIGHT and abs(char.top - before.top) < SAME_LINE * char.size:
                gap = char.left - before.right
                if gap < 0 or (is_low and gap <= BEARING * char.size):
                    chars[-1] = _ending(before, char.left)
            elif _stands_under(before, char) and _same_run(last, glyph):
                chars[-1] = before._replace(flow=DOWN)
                char = char._replace(flow=DOWN)
        chars.append(char)
        last = glyph
    return chars


def prevailing_turn(chars: Iterable[Char]) -> int:
    """How far most characters are turned, in quarters clockwise; 0 where no direction prevails."""
    turns = Counter(char.turn for char in chars if char.text != " ")
    if not turns:
        return RIGHT
    turn, count = turns.most_common(1)[0]
    return turn if count > PREVAILING * turns.total() else RIGHT


def _glyphs(text: PdfTextPage) -> Iterator[_Glyph]:
    """What pdfium tells of each character that isn't of its own making."""
    import pypdfium2.raw as pdfium

    page = text.raw
    box, matrix, x, y = pdfium.FS_RECTF(), pdfium.FS_MATRIX(), c_double(), c_double()
    box_ref, matrix_ref, x_ref, y_ref = byref(box), byref(matrix), byref(x), byref(y)
    parted: Point | None = None
    fonts = {0: 0}
    for index in range(pdfium.FPDFText_CountChars(page)):
        code = pdfium.FPDFText_GetUnicode(page, index)
        if code in _BLANKS and pdfium.FPDFText_IsGenerated(page, index):
            if code == _SPACE:
                pdfium.FPDFText_GetCharOrigin(page, index, x_ref, y_ref)
                parted = x.value, y.value
            continue
        thing = pdfium.FPDFText_GetTextObject(page, index)
        run = cast(thing, c_void_p).value or 0
        if run not in fonts:
            fonts[run] = cast(pdfium.FPDFTextObj_GetFont(thing), c_void_p).value or 0
        pdfium.FPDFText_GetLooseCharBox(page, index, box_ref)
        pdfium.FPDFText_GetMatrix(page, index, matrix_ref)
        pdfium.FPDFText_GetCharOrigin(page, index, x_ref, y_ref)
        yield _Glyph(
            index,
            run,
            fonts[run],
            _letter(pdfium, page, index, code),
            (box.left, box.bottom, box.right, box.top),
            (x.value, y.value),
            (matrix.a, matrix.b),
            pdfium.FPDFText_GetFontSize(page, index) * hypot(matrix.c, matrix.d),
            parted,
        )
        parted = None


def _apart(glyphs: Iterable[_Glyph]) -> Iterator[_Glyph]:
    """The same glyphs, each letter of a ligature or of a declared reading with its own share of their common box."""
    for _, group in groupby(glyphs, key=lambda glyph: glyph.origin):
        letters = list(group)
        if len(letters) == 1 or not _same_run(letters[0], letters[-1]):
            yield from letters
            continue
        left, bottom, right, top = union([letter.loose for letter in letters])
        for index, letter in enumerate(letters):
            start, end = index / len(letters), (index + 1) / len(letters)
            if abs(letter.across[0]) >= abs(letter.across[1]):
                share = left + start * (right - left), bottom, left + end * (right - left), top
                yield letter._replace(loose=share, origin=(share[0], letter.origin[1]))
            else:
                share = left, bottom + start * (top - bottom), right, bottom + end * (top - bottom)
                yield letter._replace(loose=share, origin=(letter.origin[0], share[1]))


def _letter(pdfium: Any, page: Any, index: int, code: int) -> str:
    """The character, a space for any blank, and U+FFFD for a code without a meaning.

    Where a font doesn't say what its codes mean, pdfium gives the code itself, which often is another character's.
    """
    if pdfium.FPDFText_HasUnicodeMapError(page, index):
        return _UNREADABLE
    if code == _LINE_END_HYPHEN and pdfium.FPDFText_IsHyphen(page, index):
        return "-"
    if code in _BLANKS:
        return " "
    if code < 0x20 or 0xD800 <= code < 0xE000 or code in (0xFFFE, 0xFFFF) or code > 0x10FFFF:
        return _UNREADABLE
    letter = chr(code)
    return " " if letter.isspace() else letter


def _quarters(dx: float, dy: float) -> int:
    """The direction nearest to a vector, y growing downwards."""
    if abs(dx) >= abs(dy):
        return RIGHT if dx >= 0 else LEFT
    return DOWN if dy > 0 else UP


def _char(glyph: _Glyph, matrix: Affine) -> Char:
    """The character as seen: along its line as wide as pdfium says, across it as high as its type."""
    a, b, c, d, e, f = matrix
    left, top, right, bottom = placed(matrix, glyph.loose)
    (x, y), (dx, dy), size = glyph.origin, glyph.across, glyph.size
    x, y = a * x + c * y + e, b * x + d * y + f
    turn = _quarters(a * dx + c * dy, b * dx + d * dy)
    if turn in (RIGHT, LEFT):
        if right - left > WIDE * size:
            left, right = (x, x + size) if turn == RIGHT else (x - size, x)
        elif turn == RIGHT:
            left, right = x, max(x, right)
        over, under = (ASCENT, DESCENT) if turn == RIGHT else (DESCENT, ASCENT)
        top, bottom = y - over * size, y + under * size
    else:
        if bottom - top > WIDE * size:
            top, bottom = (y, y + size) if turn == DOWN else (y - size, y)
        before, after = (DESCENT, ASCENT) if turn == DOWN else (ASCENT, DESCENT)
        left, right = x - before * size, x + after * size
    return Char(glyph.text, left, top, right, bottom, size, turn, turn, glyph.at, glyph.font)


def _is_low(glyph: _Glyph) -> bool:
    """Whether the box is that of the ink alone, as wide as that too."""
    left, bottom, right, top = glyph.loose
    return (top - bottom if abs(glyph.across[0]) >= abs(glyph.across[1]) else right - left) < LOW * glyph.size


def _is_latin(text: str) -> bool:
    """Whether a letter may lean over its neighbour, as an italic f does, so that a gap is narrower than it was set."""
    return text < "\u2e80" and text.isalpha()


def _ending(char: Char, right: float) -> Char:
    """The character with its right edge moved to where the next one starts, unless that is printed over it."""
    is_over = right < char.left + OVERPRINT * (char.right - char.left)
    return char if is_over else char._replace(right=right)


def _stands_under(before: Char, char: Char) -> bool:
    """Whether an upright character stands where the next one of a column would."""
    if before.turn or char.turn or char.left >= before.right:
        return False
    aside = min(abs(before.left + before.right - char.left - char.right) / 2, abs(before.left - char.left))
    return aside <= 0.25 * char.size and -0.3 * char.size <= char.top - before.bottom <= 0.5 * char.size


def _same_run(one: _Glyph, other: _Glyph) -> bool:
    """Whether one showing of text has both characters; a font that writes across can't stack them there."""
    return one.run == other.run
