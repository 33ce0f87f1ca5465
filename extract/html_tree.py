"""A web page as a tree of what a reader sees, and its text as events. Nothing here recurses: pages nest without end."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from typing import Any

from lxml import etree

from ..errors import DamagedFile
from ..tables import join_lines
from .encoding import Decoded

Element = Any
"""An ``lxml`` element; lxml ships no types."""
Event = tuple[str, Any]
"""``("open", element)``, ``("close", element)`` or ``("text", str)``."""

_BLOCK = re.compile(
    "address|article|aside|blockquote|body|caption|center|dd|details|dialog|dir|div|dl|dt|fieldset|figcaption|figure"
    "|footer|form|frameset|h[1-6]|header|hr|html|legend|li|main|menu|nav|noscript|ol|optgroup|option|p|pre|section|select"
    "|summary|table|tbody|td|tfoot|th|thead|tr|ul"
)
_NEVER_SHOWN = ("script", "style", "template", "title", "meta", "link", "base", "object", "iframe")
_HIDDEN_STYLE = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_BLOCK_STYLE = re.compile(r"display\s*:\s*(?:block|flex|grid|list-item)", re.IGNORECASE)
_CHARSET = re.compile(rb"<(?:meta\b[^>]*?\bcharset|\?xml\b[^>]*?\bencoding)\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_WRAPPERS = re.compile(
    r"</?(div|span|font|b|i|u|em|strong|big|small|center|section|article|main|blockquote|o:p)\b[^<>]*>", re.IGNORECASE
)


_LINE_END = re.compile(r"[ \t]*\n\s*")


def declared_charset(data: bytes) -> str | None:
    """The charset that a page's ``<meta>`` or XML declaration claims."""
    found = _CHARSET.search(data[:65_536])
    return found.group(1).decode("ascii", errors="replace") if found else None


def parse(decoded: Decoded) -> tuple[Element | None, bool]:
    """The page's tree with everything that isn't shown taken out, and whether its nesting had to be flattened.

    libxml2 stops at a depth of about 2,000 elements and drops the rest of the page. Such depth is only ever reached by
    wrappers that someone forgot to close, so a page that has it is read again without its wrappers. Raises
    :class:`DamagedFile` for one that is too deep even so.
    """
    markup = decoded.text.replace("\0", "")
    root, complete = _parsed(markup)
    if complete:
        return root, False
    root, complete = _parsed(_WRAPPERS.sub(_line_break_for_block, markup))
    if not complete:
        raise DamagedFile("the page nests its elements too deeply to be read; open it in a browser and save it again")
    return root, True


def _parsed(markup: str) -> tuple[Element | None, bool]:
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    root = etree.fromstring(markup.encode("utf-8", errors="replace") or b" ", parser)
    complete = not any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log)
    return root, complete


def _line_break_for_block(tag: re.Match[str]) -> str:
    return "<br>" if _BLOCK.fullmatch(tag.group(1).lower()) else ""


def take_out_hidden(root: Element) -> None:
    """Removes what a browser doesn't show, in place; the text behind a removed element stays."""
    for element in list(root.iter()):
        if element is not root and (element.tag in _NEVER_SHOWN or _is_hidden(element)):
            _remove(element)


def _is_hidden(element: Element) -> bool:
    return element.get("hidden") is not None or bool(_HIDDEN_STYLE.search(element.get("style") or ""))


def _remove(element: Element) -> None:
    parent, before = element.getparent(), element.getprevious()
    if parent is None:
        return
    if element.tail:
        if before is None:
            parent.text = (parent.text or "") + element.tail
        else:
            before.tail = (before.tail or "") + element.tail
    parent.remove(element)


def events(root: Element, opaque: Container[Element] = ()) -> Iterator[Event]:
    """What stands in ``root``, in order. An element in ``opaque`` opens and closes without its content."""
    yield "open", root
    if root.text:
        yield "text", root.text
    path = [(root, iter(root))]
    while path:
        element, children = path[-1]
        child = next(children, None)
        if child is None:
            path.pop()
            yield "close", element
            if path and element.tail:
                yield "text", element.tail
            continue
        yield "open", child
        if child in opaque:
            path.append((child, iter(())))
            continue
        if child.text:
            yield "text", child.text
        if child.tag == "input":
            yield "text", _typed_in(child)
        path.append((child, iter(child)))


def _typed_in(element: Element) -> str:
    """What a form field shows."""
    return (element.get("value") or "") if (element.get("type") or "text").lower() in ("text", "number", "date") else ""


def breaks_line(element: Element) -> bool:
    """Whether a line ends before and after ``element``."""
    if element.tag == "br" or _BLOCK.fullmatch(element.tag):
        return True
    return bool(_BLOCK_STYLE.search(element.get("style") or ""))


def shown_lines(element: Element, opaque: Container[Element] = ()) -> tuple[str, ...]:
    """The lines that ``element`` shows, blanks collapsed, without blank ones."""
    lines: list[list[str]] = [[]]
    for kind, what in events(element, opaque):
        if kind == "text":
            lines[-1].append(what)
        elif breaks_line(what):
            lines.append([])
    return tuple(filter(None, (collapsed("".join(line)) for line in lines)))


def written(source: str, *, indent: str | None = None) -> str:
    """A line with its tabs and runs of blanks, which browsers show as one: they may be what parts cells.

    A line end in the source and the blanks beside it lay out the source. A line that a ``<br>`` begins keeps those it
    has over ``indent``, what the first line of its element is indented by; ``None`` for any other line.
    """
    text = source.replace("\xa0", " ").replace("\r", "\n")
    body = text.strip()
    lead, _, tail = text.partition(body) if body else (text, "", "")
    _, laid_out, own = lead.rpartition("\n")
    if laid_out:
        own = "" if indent is None else own.removeprefix(indent)
    inner = _LINE_END.sub(lambda end: join_lines([body[end.start() - 1], body[end.end()]])[1:-1], body)
    return own + inner + tail.split("\n")[0]


def collapsed(source: str) -> str:
    """A line as it shows: a line end in the source is nothing between two hanzi, any other run of blanks one space."""
    return join_lines(source.splitlines())
