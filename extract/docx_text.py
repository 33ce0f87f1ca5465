"""The text of a DOCX's paragraphs: what a reader sees of runs, fields, tracked changes and drawings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ..tables import join_lines
from .docx_numbering import Numbering
from .docx_package import Element, W, attribute
from .docx_styles import Styles

MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"

_NOT_SHOWN = frozenset(
    W + name
    for name in (
        *("pPr", "rPr", "sdtPr", "sdtEndPr", "del", "moveFrom", "delText", "instrText", "delInstrText", "fldData"),
        *("rt", "rubyPr", "tblPr", "tblGrid", "trPr", "tcPr", "sectPr"),
    )
)
_LEAVES = {W + "tab": "\t", W + "ptab": "\t", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "-"}
_FORMULA = {  # Formulas are written on one line, so that a fraction's parts never run into one number.
    M + "num": ("(", ")"),
    M + "den": ("/(", ")"),
    M + "sup": ("^(", ")"),
    M + "sub": ("_(", ")"),
    M + "deg": ("[", "]"),
    M + "rad": ("√(", ")"),
    M + "nary": ("∫", ""),
    M + "d": ("(", ")"),
}
_FORMULA_SIGNS = {M + "nary": ("chr", ""), M + "d": ("begChr", "endChr")}
"""Where an element of a formula says which signs it is written with."""
BLANKS = " \t\xa0\u3000"
_JOINED_LABEL = re.compile(r"[、.．)）：:①-⑳]$")
_SYMBOLS = {  # What Chinese forms draw with symbol fonts: boxes, ticks and crosses.
    ("wingdings", 0x6F): "□",
    ("wingdings", 0xA8): "□",
    ("wingdings", 0xFB): "✗",
    ("wingdings", 0xFC): "✓",
    ("wingdings", 0xFD): "☒",
    ("wingdings", 0xFE): "☑",
    ("wingdings 2", 0x4F): "✗",
    ("wingdings 2", 0x50): "✓",
    ("wingdings 2", 0x51): "☒",
    ("wingdings 2", 0x52): "☑",
    ("wingdings 2", 0xA3): "□",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A paragraph as shown. ``written`` are its lines with blank ones, all blanks and tabs; ``boxes`` the text boxes
    anchored in it, each a container of blocks of its own.
    """

    written: tuple[str, ...]
    level: int | None
    """What its style says of it as a heading, as in :meth:`Styles.heading_level`."""
    boxes: tuple[Element, ...]

    @property
    def lines(self) -> tuple[str, ...]:
        """The lines that aren't blank, without the blanks around them."""
        return tuple(filter(None, (line.strip(BLANKS) for line in self.written)))


def read_story(root: Element, styles: Styles, numbering: Numbering) -> dict[Element, Paragraph]:
    """Every paragraph below ``root`` that is shown, read once and in order: lists count and fields span paragraphs."""
    fields = _Fields(root)
    return {
        paragraph: _paragraph(paragraph, styles, numbering, fields)
        for paragraph in root.iter(f"{W}p")
        if not _in_unused_alternative(paragraph)
    }


def _paragraph(paragraph: Element, styles: Styles, numbering: Numbering, fields: _Fields) -> Paragraph:
    label = numbering.label(paragraph)
    boxes: list[Element] = []
    lines = "".join(_texts(paragraph, styles, fields, boxes)).split("\n")
    if label:
        first = lines[0].strip(BLANKS)
        lines[0] = join_lines([label, first] if _JOINED_LABEL.search(label) else [f"{label} {first}"])
    return Paragraph(written=tuple(lines), level=styles.heading_level(paragraph), boxes=tuple(boxes))


class _Fields:
    """Which part of a field the text is in: its code isn't shown, its result is.

    A story whose fields don't balance keeps all its text, so that a lost end can't hide the rest of a document.
    """

    def __init__(self, root: Element) -> None:
        kinds = [attribute(mark, "fldCharType") for mark in root.iter(f"{W}fldChar")]
        self._balanced = kinds.count("begin") == kinds.count("end")
        self._open: list[bool] = []

    def mark(self, element: Element) -> None:
        """Takes note of a ``w:fldChar``."""
        kind = attribute(element, "fldCharType")
        if kind == "begin":
            self._open.append(True)
        elif kind == "separate" and self._open:
            self._open[-1] = False
        elif kind == "end" and self._open:
            self._open.pop()

    @property
    def in_code(self) -> bool:
        return self._balanced and any(self._open)


def _texts(paragraph: Element, styles: Styles, fields: _Fields, boxes: list[Element]) -> Iterator[str]:
    """What ``paragraph`` shows, piece by piece; text boxes met on the way are added to ``boxes``."""
    path = [(paragraph, iter(paragraph))]
    while path:
        element, children = path[-1]
        child = next(children, None)
        if child is None:
            path.pop()
            yield _formula_signs(element)[1]
        elif child.tag == f"{W}txbxContent":
            boxes.append(child)
        elif child.tag == f"{W}fldChar":
            fields.mark(child)
        elif child.tag in (f"{W}t", f"{M}t", *_LEAVES, f"{W}sym"):
            yield "" if fields.in_code else _leaf(child)
        elif child.tag == f"{MC}AlternateContent":
            chosen = chosen_alternative(child)
            path.append((chosen, iter(chosen)))
        elif isinstance(child.tag, str) and child.tag not in _NOT_SHOWN and not _hidden(child, styles):
            yield _formula_signs(child)[0]
            path.append((child, iter(child)))


def _hidden(element: Element, styles: Styles) -> bool:
    return element.tag == f"{W}r" and styles.hides(element)


def _formula_signs(element: Element) -> tuple[str, str]:
    """What stands before and after a part of a formula that holds something; ``("", "")`` for anything else."""
    if element.tag not in _FORMULA or next(element.iter(f"{M}t"), None) is None:
        return "", ""
    before, after = _FORMULA[element.tag]
    if element.tag in _FORMULA_SIGNS:
        first, last = _FORMULA_SIGNS[element.tag]
        before = _sign(element, first, before)
        after = _sign(element, last, after) if last else after
    return before, after


def _sign(element: Element, name: str, default: str) -> str:
    stated = element.find(f"{element.tag}Pr/{M}{name}")
    return default if stated is None else (stated.get(f"{M}val") or "")


def _leaf(element: Element) -> str:
    if element.tag == f"{W}sym":
        return _symbol(element)
    return _LEAVES.get(element.tag) or element.text or ""


def _symbol(element: Element) -> str:
    """A character of a symbol font: its Unicode twin where known, else the font's own code."""
    try:
        code = int(attribute(element, "char") or "", 16)
    except ValueError:
        return ""
    twin = _SYMBOLS.get(((attribute(element, "font") or "").lower(), code & 0xFF if code >= 0xF000 else code))
    return twin or (chr(code) if code < 0xD800 or 0xE000 <= code < 0x110000 else "")


def chosen_alternative(element: Element) -> Element:
    """The one branch of ``mc:AlternateContent`` to read: the first choice that holds text, else the fallback."""
    choices = element.findall(f"{MC}Choice")
    fallback = element.find(f"{MC}Fallback")
    with_text = [branch for branch in choices if next(branch.iter(f"{W}t"), None) is not None]
    return next(iter(with_text + ([fallback] if fallback is not None else []) + choices), element)


def _in_unused_alternative(element: Element) -> bool:
    """Whether ``element`` stands in a branch that isn't read, and so must not be counted."""
    for branch in element.iterancestors(f"{MC}Choice", f"{MC}Fallback"):
        if chosen_alternative(branch.getparent()) is not branch:
            return True
    return False
