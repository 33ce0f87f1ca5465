"""The parts of a web page that belong to the site and not to the document: navigation, heads, feet, lists of links."""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import dataclass

from .html_tree import Element

_ALWAYS = ("nav", "footer", "aside", "noscript", "select", "button")
_ROLES = ("navigation", "banner", "contentinfo", "search", "complementary", "menu")
_NAMES = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|navigation|menu|breadcrumbs?|crumbs?|footer|foot|sidebar|copyright|topbar)(?=$|[\s_-])",
    re.IGNORECASE,
)
_BOXES = ("div", "ul", "ol", "dl", "td", "table", "p", "section", "center")
_DOCUMENT_LINK = re.compile(r"\.(?:pdf|docx?|xlsx?|wps|et|ofd|zip|rar)\b", re.IGNORECASE)
MIN_LINKS = 3
LINKED_SHARE = 0.8
MAX_NAMED_SHARE = 0.3
"""What only its class or id calls navigation holds at most this share of the page's text; else the name is wrong."""
MAX_SHARE = 0.5


@dataclass(slots=True)
class _Weight:
    """How much text an element shows, in characters without blanks, and how much of it is links to other pages."""

    size: int = 0
    linked: int = 0
    links: int = 0


def furniture_of(root: Element, *, opaque: Container[Element]) -> set[Element]:
    """The elements whose text is the site's. Links to files are attachments and belong to the document.

    Nothing that holds half of the page's text is furniture, whatever it is called, and no data table (``opaque``) is.
    """
    weights = _weights(root)
    whole = max(weights[root].size, 1)
    return {
        element
        for element, weight in weights.items()
        if weight.size and element not in opaque and _is_furniture(element, weight, weight.size / whole)
    }


def _weights(root: Element) -> dict[Element, _Weight]:
    """Each element's weight, children before their parents."""
    elements = list(root.iter())
    weights = {element: _Weight() for element in elements}
    for element in reversed(elements):
        weight = weights[element]
        weight.size += _size(element.text)
        if element.tag == "a" and not _DOCUMENT_LINK.search(element.get("href") or ""):
            weight.linked, weight.links = weight.size, int(weight.size > 0)
        parent = element.getparent()
        if element is root or parent is None:
            continue
        above = weights[parent]
        above.size += weight.size + _size(element.tail)
        above.linked += weight.linked
        above.links += weight.links
    return weights


def _size(text: str | None) -> int:
    return len("".join(text.split())) if text else 0


def _is_furniture(element: Element, weight: _Weight, share: float) -> bool:
    of_links = element.tag in _BOXES and weight.links >= MIN_LINKS and weight.linked >= LINKED_SHARE * weight.size
    if of_links:
        return True
    if element.tag in _ALWAYS or (element.get("role") or "").lower() in _ROLES or _is_site_header(element):
        return share <= MAX_SHARE
    return share <= MAX_NAMED_SHARE and bool(_NAMES.search(_names(element)))


def _is_site_header(element: Element) -> bool:
    return element.tag == "header" and next(element.iterancestors("article", "main"), None) is None


def _names(element: Element) -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''}"
