"""What a file is: by its content first, by its name where the content leaves it open."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import PurePosixPath
from typing import Literal

from ..errors import EncryptedFile
from .encoding import decode

Format = Literal["text", "html", "docx", "pdf", "picture"]

_HEAD = 65_536
_NAMES: dict[str, Format] = {
    **dict.fromkeys((".txt", ".text", ".md", ".markdown", ".csv", ".tsv"), "text"),
    **dict.fromkeys((".html", ".htm", ".shtml", ".xhtml", ".shtm"), "html"),
    **dict.fromkeys((".docx", ".docm", ".dotx", ".dotm"), "docx"),
    **dict.fromkeys((".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp", ".webp", ".gif"), "picture"),
    ".pdf": "pdf",
}
_NEVER_READ = (".xml", ".json")
"""Truth and data files, whatever their content could be read as."""
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PICTURES = (
    b"\x89PNG\r\n\x1a\n",
    b"\xff\xd8\xff",
    b"II*\x00",
    b"MM\x00*",
    b"II+\x00",
    b"MM\x00+",
    b"GIF87a",
    b"GIF89a",
)
_SUFFIX = re.compile(r"\.[a-z][a-z0-9]{0,9}")
_TAG = (
    "a|b|body|br|center|div|font|form|frameset|h[1-6]|head|html|img|li|link|meta|ol|p|pre|script|span|strong|style|table"
    "|tbody|td|title|tr|ul"
)
_BEFORE_PAGE = r"(?:\s|(?><!--.*?-->)|(?><\?xml.*?\?>))*+"
_PAGE_START = re.compile(rf"{_BEFORE_PAGE}<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL)
_FRAGMENT_START = re.compile(rf"{_BEFORE_PAGE}<(?:{_TAG})(?:\s[^<>]*)?/?>", re.IGNORECASE | re.DOTALL)
_ANY_TAG = re.compile(rf"</?(?:{_TAG})(?:\s[^<>]*)?/?>|<!--|<!doctype", re.IGNORECASE)


def sniff(data: bytes, name: str) -> Format | None:
    """The format that ``data`` is read as, or ``None`` for what isn't read at all.

    ``name`` is the file's name, with or without folders. Where the content is of no known kind but the name promises
    one, the promise is returned, so that the reader says what is wrong with the file. Office lock files, XML, JSON and
    source code are ``None``. Raises :class:`EncryptedFile` for a DOCX that is locked with a password.
    """
    path = PurePosixPath(name)
    suffix = path.suffix.lower() if _SUFFIX.fullmatch(path.suffix.lower()) else ""
    promised = _NAMES.get(suffix)
    if path.name.startswith("~$"):
        return None
    if data.startswith(_OLE):
        return _in_ole(data, promised)
    binary = _by_magic(data)
    if binary:
        return binary
    if suffix in _NEVER_READ:
        return None
    return _by_text(data, suffix, promised) or promised


def _in_ole(data: bytes, promised: Format | None) -> Format | None:
    """A locked DOCX is an OLE file with its package inside as one stream; the other OLE files are old Office ones."""
    if promised == "docx" and "EncryptedPackage".encode("utf-16-le") in data:
        raise EncryptedFile("the document is locked with a password; save it without one and run again")
    return promised


def _by_magic(data: bytes) -> Format | None:
    if data.startswith(_PICTURES) or (data.startswith(b"RIFF") and data[8:12] == b"WEBP") or _is_bmp(data):
        return "picture"
    at = data[:1024].find(b"%PDF-")
    if at == 0 or (at > 0 and b" obj" in data):
        return "pdf"
    return "docx" if data.startswith(b"PK\x03\x04") and _holds_document(data) else None


def _is_bmp(data: bytes) -> bool:
    return (
        data.startswith(b"BM")
        and len(data) > 26
        and data[6:10] == bytes(4)
        and data[14] in (12, 40, 52, 56, 64, 108, 124)
    )


def _holds_document(data: bytes) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            names = package.namelist()
    except (zipfile.BadZipFile, ValueError, EOFError, OSError):
        # The directory at the end is gone; the members' own headers still name them.
        return b"word/document" in data
    return any(re.fullmatch(r"word/document\d*\.xml", name.lower().replace("\\", "/")) for name in names)


def _by_text(data: bytes, suffix: str, promised: Format | None) -> Format | None:
    """HTML or text, or ``None`` where the bytes are neither or promise something else."""
    decoded = decode(data[:_HEAD])
    if not decoded.text.strip() or decoded.is_binary or decoded.text.startswith("{\\rtf"):
        return None
    if _PAGE_START.match(decoded.text):
        return "html"
    if promised == "html":
        return "html" if _ANY_TAG.search(decoded.text) else "text"
    if promised == "text" or not suffix:
        fragment = suffix not in (".md", ".markdown") and _FRAGMENT_START.match(decoded.text)
        return "html" if fragment else "text"
    return None
