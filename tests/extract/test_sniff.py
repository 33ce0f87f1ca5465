import io
import zipfile

import pytest

from gxextract.errors import EncryptedFile
from gxextract.extract.sniff import sniff

PAGE = "<!DOCTYPE html><html><body><p>一、总体情况</p></body></html>".encode()
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
LOCKED = OLE + "EncryptedPackage".encode("utf-16-le")


def package(*names: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name in names:
            archive.writestr(name, "x" * 50)
    return file.getvalue()


DOCX = package("[Content_Types].xml", "word/document.xml")

CASES = [
    (b"%PDF-1.7\n", "a.pdf", "pdf", "by magic"),
    (b"%PDF-1.7\n", "a", "pdf", "without a name"),
    (b"%PDF-1.7\n", "a.txt", "pdf", "content outranks the name"),
    (b"\r\njunk%PDF-1.4\n1 0 obj", "a.pdf", "pdf", "junk before the header"),
    ("说明：%PDF- 开头的文件".encode(), "说明.txt", "text", "prose about PDF"),
    (b"\x89PNG\r\n\x1a\n", "a.png", "picture", "PNG"),
    (b"\xff\xd8\xff\xe0", "a.pdf", "picture", "a JPEG that calls itself PDF"),
    (b"II*\x00", "a", "picture", "TIFF"),
    (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "a", "picture", "WEBP"),
    (b"RIFF\x00\x00\x00\x00WAVEfmt ", "a.wav", None, "a sound is no picture"),
    (b"GIF89a", "a", "picture", "GIF"),
    (b"BM" + bytes(8) + bytes(4) + b"\x28" + bytes(20), "a", "picture", "BMP"),
    ("BM公司说明，此处没有图片，只有文字内容而已".encode(), "a.txt", "text", "text that begins with BM"),
    (DOCX, "a.docx", "docx", "by its document part"),
    (DOCX, "a.doc", "docx", "a DOCX that calls itself DOC"),
    (DOCX, "a", "docx", "without a name"),
    (package("word/document2.xml"), "a.docx", "docx", "the part's name varies"),
    (package("xl/workbook.xml"), "a.xlsx", None, "a workbook isn't read"),
    (package("xl/workbook.xml"), "a.docx", "docx", "a workbook named .docx must be told it is broken"),
    (package("a.txt"), "a.zip", None, "an archive isn't read here"),
    (DOCX[:60], "a.docx", "docx", "truncated, by its name"),
    (DOCX[: len(DOCX) - 40], "报告", "docx", "truncated, by the members that are left"),
    (b"", "a.docx", "docx", "empty, by its name"),
    (b"", "a.pdf", "pdf", "empty, by its name"),
    (b"", "a.txt", "text", "empty, by its name"),
    (b"", "a.xml", None, "empty and nothing we read"),
    (b"", "a", None, "empty and nameless"),
    (b"404 not found", "a.pdf", "pdf", "an error message saved as PDF"),
    (PAGE, "a.pdf", "html", "an error page saved as PDF"),
    (PAGE, "a.html", "html", "a page"),
    (PAGE, "a.doc", "html", "portals export pages as .doc"),
    (PAGE, "content.jsp", "html", "pages keep the suffix of the program that made them"),
    (PAGE, "a.xml", None, "XHTML named .xml"),
    (PAGE.decode().encode("utf-16"), "a.html", "html", "a page in UTF-16"),
    (b"<!-- x -->\n<?xml version='1.0'?>\n<html>", "a", "html", "comments before the page"),
    (b"<!-- a -->" * 3000, "a.txt", "text", "comments without end, and no page"),
    (b"<div><p>x</p></div>", "a.txt", "html", "a fragment"),
    (b"<p align=center>x</p>\n# Title", "README.md", "text", "Markdown may begin with a tag"),
    ("一、总体情况".encode(), "a.html", "text", "a page without markup"),
    ("<部门>预算".encode(), "a.txt", "text", "angle brackets are no markup"),
    (b"a,b\n1,2", "a.csv", "text", "CSV"),
    ("一、总体情况".encode("gb18030"), "说明", "text", "text without a suffix"),
    ("一、总体情况".encode(), "2021.12.30", "text", "a date is no suffix"),
    (b"<?xml version='1.0'?><a/>", "a.xml", None, "XML"),
    (b"{}", "a.json", None, "JSON"),
    (b"print(1)", "a.py", None, "source code"),
    (b"{\\rtf1 x}", "a.doc", None, "RTF"),
    (b"{\\rtf1 x}", "a", None, "RTF without a name"),
    (OLE, "a.doc", None, "old Word"),
    (OLE, "a.xls", None, "old Excel"),
    (OLE, "a.pdf", "pdf", "old Excel named .pdf must be told it is broken"),
    (LOCKED, "a.xlsx", None, "a locked workbook isn't read anyway"),
    (OLE, "a.docx", "docx", "old Word named .docx must be told it is broken"),
    (b"\x15user" + bytes(157), "x/~$a.docx", None, "an Office lock file"),
    (bytes(range(256)) * 9, "a.bin", None, "binary"),
    (bytes(range(256)) * 9, "a", None, "binary without a name"),
    (bytes(range(256)) * 9, "a.txt", "text", "binary named .txt must be told it is broken"),
]


@pytest.mark.parametrize(("data", "name", "expected", "reason"), CASES, ids=[f"{case[1]}: {case[3]}" for case in CASES])
def test_sniff(data: bytes, name: str, expected: str | None, reason: str) -> None:
    assert sniff(data, name) == expected, reason


def test_a_locked_docx_is_named_as_such() -> None:
    with pytest.raises(EncryptedFile, match="password"):
        sniff(LOCKED, "a.docx")
