"""The labels that Word prints before numbered paragraphs and keeps out of their text: without them 一、 is lost."""

from __future__ import annotations

import re

from .docx_numerals import numeral
from .docx_package import Element, W, attribute, is_on, number
from .docx_styles import Styles

LEVELS = 9
_PLACEHOLDER = re.compile(r"%([1-9])")
_NOT_NUMBERED = "0"


class Numbering:
    """Counts numbered paragraphs in the order they are asked for, so each must be asked for once, in document order.

    ``root`` is that of ``numbering.xml``, or ``None`` where there is none. ``unknown`` gathers the numeral forms met
    that aren't known here and were shown as digits.
    """

    def __init__(self, root: Element | None, styles: Styles) -> None:
        self._styles = styles
        self._abstracts: dict[str, Element] = {}
        self._numbers: dict[str, Element] = {}
        if root is not None:
            self._abstracts = {attribute(e, "abstractNumId") or "": e for e in root.findall(f"{W}abstractNum")}
            self._numbers = {attribute(e, "numId") or "": e for e in root.findall(f"{W}num")}
        self._levels: dict[tuple[str, int], Element | None] = {}
        self._counts: dict[str, list[int | None]] = {}
        self._overridden: set[tuple[str, int]] = set()
        self.unknown: set[str] = set()

    def label(self, paragraph: Element) -> str:
        """The label of ``paragraph``, ``""`` where it has none. Counts it."""
        place = self._place(paragraph)
        if place is None:
            return ""
        number_id, level = place
        self._count(number_id, level)
        definition = self._level(number_id, level)
        if definition is None:
            return ""
        text = attribute(definition.find(f"{W}lvlText")) or ""
        if attribute(definition.find(f"{W}numFmt")) == "bullet":
            # Bullets are mostly private-use characters of a symbol font.
            return "•" if any("\ue000" <= char <= "\uf8ff" for char in text) else text.strip()
        legal = is_on(definition.find(f"{W}isLgl"))
        return _PLACEHOLDER.sub(lambda found: self._shown(number_id, int(found.group(1)) - 1, legal), text).strip()

    def _place(self, paragraph: Element) -> tuple[str, int] | None:
        """The list and level of a paragraph, its own or its style's."""
        direct = paragraph.find(f"{W}pPr/{W}numPr")
        number_id = level = None
        if direct is not None:
            number_id, level = attribute(direct.find(f"{W}numId")), number(direct.find(f"{W}ilvl"))
        if number_id is None:
            inherited = self._styles.numbering(self._styles.style_of(paragraph))
            if inherited is None:
                return None
            number_id, style_level, style = inherited
            level = level if level is not None else self._linked_level(number_id, style, style_level)
        if number_id == _NOT_NUMBERED or number_id not in self._numbers:
            return None
        return number_id, min(max(level or 0, 0), LEVELS - 1)

    def _linked_level(self, number_id: str, style: str, style_level: int | None) -> int | None:
        """The level that names the style as its own, else the one the style states."""
        for level in range(LEVELS):
            definition = self._level(number_id, level)
            if definition is not None and attribute(definition.find(f"{W}pStyle")) == style:
                return level
        return style_level

    def _abstract_id(self, number_id: str) -> str:
        """The list definition of a list; one that only names a numbering style leads on to that style's."""
        for _ in range(LEVELS):
            abstract_id = attribute(self._numbers[number_id].find(f"{W}abstractNumId")) or ""
            abstract = self._abstracts.get(abstract_id)
            style = attribute(abstract.find(f"{W}numStyleLink")) if abstract is not None else None
            linked = self._styles.numbering(style)
            if linked is None or linked[0] not in self._numbers or linked[0] == number_id:
                break
            number_id = linked[0]
        return abstract_id

    def _override(self, number_id: str, level: int) -> Element | None:
        for override in self._numbers[number_id].findall(f"{W}lvlOverride"):
            if number(override, "ilvl") == level:
                return override
        return None

    def _level(self, number_id: str, level: int) -> Element | None:
        """The definition of a level, the list's own before that of the definition it shares."""
        if (number_id, level) not in self._levels:
            self._levels[number_id, level] = self._find_level(number_id, level)
        return self._levels[number_id, level]

    def _find_level(self, number_id: str, level: int) -> Element | None:
        override = self._override(number_id, level)
        own = override.find(f"{W}lvl") if override is not None else None
        if own is not None:
            return own
        abstract = self._abstracts.get(self._abstract_id(number_id))
        found = abstract.findall(f"{W}lvl") if abstract is not None else []
        return next((definition for definition in found if number(definition, "ilvl") == level), None)

    def _start(self, number_id: str, level: int) -> int:
        override = self._override(number_id, level)
        overridden = number(override.find(f"{W}startOverride")) if override is not None else None
        definition = self._level(number_id, level)
        declared = number(definition.find(f"{W}start")) if definition is not None else None
        return overridden if overridden is not None else (declared or 0)

    def _count(self, number_id: str, level: int) -> None:
        """Lists of one definition count on together; a list with a start of its own begins anew where first used."""
        counts = self._counts.setdefault(self._abstract_id(number_id), [None] * LEVELS)
        override = self._override(number_id, level)
        restarts = override is not None and override.find(f"{W}startOverride") is not None
        if restarts and (number_id, level) not in self._overridden:
            self._overridden.add((number_id, level))
            counts[level] = None
        count = counts[level]
        counts[level] = self._start(number_id, level) if count is None else count + 1
        for deeper in range(level + 1, LEVELS):
            definition = self._level(number_id, deeper)
            restart = number(definition.find(f"{W}lvlRestart")) if definition is not None else None
            if level < (deeper if restart is None else restart):
                counts[deeper] = None

    def _shown(self, number_id: str, level: int, legal: bool) -> str:
        """The current number of a level, as its own form or, in legal numbering, the plain digits write it."""
        count = self._counts[self._abstract_id(number_id)][level]
        value = self._start(number_id, level) if count is None else count
        definition = self._level(number_id, level)
        form = (attribute(definition.find(f"{W}numFmt")) if definition is not None else None) or "decimal"
        written = numeral(value, "decimal" if legal and form != "none" else form)
        if written is None:
            self.unknown.add(form)
        return str(value) if written is None else written
