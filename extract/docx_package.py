"""The zip file that a DOCX is: its parts as XML, found by their relationships, within limits."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from typing import Any

from lxml import etree

from ..errors import DamagedFile, EncryptedFile, TooLarge

Element = Any
"""An ``lxml`` element; lxml ships no types."""

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MAX_BYTES = 1 << 30
SUSPECT_BYTES = 100 << 20
MAX_RATIO = 200
"""More than ``SUSPECT_BYTES`` unpacked from a file this many times smaller is a zip bomb."""

_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_STRICT = b"http://purl.oclc.org/ooxml/"
_TRANSITIONAL = {
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    b"http://purl.oclc.org/ooxml/officeDocument/math": b"http://schemas.openxmlformats.org/officeDocument/2006/math",
    b"http://purl.oclc.org/ooxml/drawingml/main": b"http://schemas.openxmlformats.org/drawingml/2006/main",
}
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError)
_AGAIN = "get the file again from where it came from, or open it in a word processor and save it anew"


class Package:
    """An open DOCX. ``main`` is the root of its document part.

    Raises :class:`DamagedFile`, :class:`EncryptedFile` or :class:`TooLarge`.
    """

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except _BROKEN as error:
            raise DamagedFile(f"the document is no readable zip package ({error}); {_AGAIN}") from error
        self._members = {_folded(info.filename): info for info in self._zip.infolist()}
        self._refuse_bombs(len(data))
        self._main_name = self._find_main()
        self.main = self.part(self._main_name)

    def part(self, name: str) -> Element:
        """The root element of the part ``name``. Raises :class:`DamagedFile` where it is missing or no XML."""
        markup = self._read(name)
        if _STRICT in markup:
            for strict, transitional in _TRANSITIONAL.items():
                markup = markup.replace(strict, transitional)
        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True, remove_comments=True)
        try:
            return etree.fromstring(markup, parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            raise DamagedFile(f"{name} inside the document is broken ({error}); {_AGAIN}") from error

    def related(self, kind: str) -> list[str]:
        """The names of the parts that the document part refers to as ``kind`` (``styles``, ``header``, …)."""
        return [target for found, target in self._relationships(self._main_name) if found == kind]

    def related_to_package(self, kind: str) -> list[str]:
        """The names of the parts that the package as a whole refers to as ``kind``."""
        return [target for found, target in self._relationships("") if found == kind]

    def _refuse_bombs(self, packed: int) -> None:
        unpacked = sum(info.file_size for info in self._members.values())
        if unpacked > MAX_BYTES or (unpacked > SUSPECT_BYTES and unpacked > MAX_RATIO * packed):
            raise TooLarge(
                f"the document would unpack to {unpacked >> 20} MiB from {packed >> 10} KiB; "
                "if it is genuine, open it in a word processor and split it"
            )

    def _find_main(self) -> str:
        named = [target for kind, target in self._relationships("") if kind == "officeDocument"]
        for name in [*named, "word/document.xml"]:
            if _folded(name) in self._members:
                return name
        raise DamagedFile(f"the package holds no document part; {_AGAIN}")

    def _relationships(self, source: str) -> list[tuple[str, str]]:
        """``(kind, part name)`` of what ``source`` (``""``: the package) refers to inside the package."""
        folder, base = posixpath.split(source)
        name = posixpath.join(folder, "_rels", f"{base}.rels")
        if _folded(name) not in self._members:
            return []
        found = []
        for relationship in self.part(name).iter(_RELATIONSHIP):
            if relationship.get("TargetMode") != "External":
                kind = (relationship.get("Type") or "").rsplit("/", 1)[-1]
                found.append(
                    (kind, posixpath.normpath(posixpath.join("/", folder, relationship.get("Target") or ""))[1:])
                )
        return found

    def _read(self, name: str) -> bytes:
        info = self._members.get(_folded(name))
        if info is None:
            raise DamagedFile(f"{name} is missing from the document; {_AGAIN}")
        if info.flag_bits & 1:
            raise EncryptedFile("the document is locked with a password; save it without one and run again")
        try:
            return self._zip.read(info)
        except _BROKEN as error:
            raise DamagedFile(f"{name} inside the document can't be unpacked ({error}); {_AGAIN}") from error


def _folded(name: str) -> str:
    """Part names are equal whatever their case; some writers put backslashes between folders."""
    return name.replace("\\", "/").lstrip("/").lower()


def attribute(element: Element | None, name: str = "val") -> str | None:
    """The attribute ``w:name`` of ``element``, if there are both."""
    return element.get(W + name) if element is not None else None


def number(element: Element | None, name: str = "val") -> int | None:
    """The attribute ``w:name`` as a whole number, or ``None`` for anything else."""
    try:
        return int(attribute(element, name) or "")
    except ValueError:
        return None


def is_on(element: Element | None) -> bool:
    """Whether a switch such as ``w:vanish`` is there and not turned off."""
    return element is not None and (attribute(element) or "true").lower() not in ("false", "0", "off", "none")
