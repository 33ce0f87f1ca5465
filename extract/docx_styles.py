"""What a DOCX's styles say of its paragraphs: headings, inherited numbering, hidden text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .docx_package import Element, W, attribute, is_on, number

_HEADING_NAME = re.compile(r"(?:heading|标题)\s*([1-9])", re.IGNORECASE)
_TITLE_NAMES = ("title", "标题", "文档标题")
BODY_TEXT = 9
"""The outline level that Word calls body text."""


class Styles:
    """The style sheet, asked by style id. ``root`` is that of ``styles.xml``, or ``None`` where there is none."""

    def __init__(self, root: Element | None) -> None:
        found = [] if root is None else root.findall(f"{W}style")
        self._styles = {attribute(style, "styleId") or "": style for style in found}
        self._default = next(
            (
                attribute(style, "styleId")
                for style in found
                if attribute(style, "type") == "paragraph" and attribute(style, "default") in ("1", "true", "on")
            ),
            None,
        )

    def style_of(self, paragraph: Element) -> str | None:
        """The id of a paragraph's style."""
        return attribute(paragraph.find(f"{W}pPr/{W}pStyle")) or self._default

    def heading_level(self, paragraph: Element) -> int | None:
        """0 for a title, 1 for ``heading 1`` or the first outline level, and so on; ``None`` for body text."""
        direct = number(paragraph.find(f"{W}pPr/{W}outlineLvl"))
        if direct is not None:
            return direct + 1 if 0 <= direct < BODY_TEXT else None
        for style in self._lineage(self.style_of(paragraph)):
            name = (attribute(style.find(f"{W}name")) or "").strip().lower()
            if name in _TITLE_NAMES:
                return 0
            heading = _HEADING_NAME.fullmatch(name)
            if heading:
                return int(heading.group(1))
            outline = number(style.find(f"{W}pPr/{W}outlineLvl"))
            if outline is not None:
                return outline + 1 if 0 <= outline < BODY_TEXT else None
        return None

    def numbering(self, style_id: str | None) -> tuple[str, int | None, str] | None:
        """``(numId, ilvl, style)`` of the nearest ancestor of a style that is numbered, and that ancestor's id."""
        for style in self._lineage(style_id):
            properties = style.find(f"{W}pPr/{W}numPr")
            number_id = attribute(properties.find(f"{W}numId")) if properties is not None else None
            if number_id is not None:
                return number_id, number(properties.find(f"{W}ilvl")), attribute(style, "styleId") or ""
        return None

    def hides(self, run: Element) -> bool:
        """Whether a run of text is hidden, by itself or by its character style."""
        properties = run.find(f"{W}rPr")
        if properties is None:
            return False
        direct = properties.find(f"{W}vanish")
        if direct is not None:
            return is_on(direct)
        for style in self._lineage(attribute(properties.find(f"{W}rStyle"))):
            inherited = style.find(f"{W}rPr/{W}vanish")
            if inherited is not None:
                return is_on(inherited)
        return False

    def _lineage(self, style_id: str | None) -> Iterator[Element]:
        """A style and those it is based on; a circle ends where it closes."""
        seen: set[str] = set()
        while style_id and style_id in self._styles and style_id not in seen:
            seen.add(style_id)
            yield self._styles[style_id]
            style_id = attribute(self._styles[style_id].find(f"{W}basedOn"))
