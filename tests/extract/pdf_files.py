"""PDF files written by hand, down to the operators, and what is read of their one page."""

from __future__ import annotations

from contextlib import closing

from pypdfium2 import PdfDocument

from gxextract.extract.pdf_page import opened_page, page_layer
from gxextract.marks import Marks

HELVETICA = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
VERTICAL = (
    "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-V /DescendantFonts [<< /Type /Font"
    " /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1)"
    " /Supplement 0 >> /FontDescriptor << /Type /FontDescriptor /FontName /STSong-Light /Flags 4 /ItalicAngle 0"
    " /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 /FontBBox [-25 -254 1000 880] >> >>] >>"
)
CODES = "<< /Type /Font /Subtype /Type0 /BaseFont /Made /Encoding /Identity-H /DescendantFonts [<< /Type /Font"
CODES += " /Subtype /CIDFontType2 /BaseFont /Made /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity)"
CODES += " /Supplement 0 >> /FontDescriptor << /Type /FontDescriptor /FontName /Made /Flags 4 /ItalicAngle 0"
CODES += " /Ascent 800 /Descent -200 /CapHeight 800 /StemV 90 /FontBBox [0 0 1000 1000] >> >>] >>"


def drawn(content: str, *, page: str = "/MediaBox [0 0 600 800]", form: str = "") -> bytes:
    """A file of one page that shows ``content`` with the fonts F (Helvetica), V (writes down) and C (bare codes).

    ``page`` are more entries of the page, ``form`` the content of the form X.
    """
    fonts = f"<< /F {HELVETICA} /V {VERTICAL} /C {CODES} >>"
    return written(
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R {page} /Contents 4 0 R"
        f" /Resources << /Font {fonts} /XObject << /X 5 0 R >> >> >>",
        stream(content),
        stream(form, "/Type /XObject /Subtype /Form /BBox [0 0 600 800] /Matrix [1 0 0 1 100 0]"),
    )


def stream(content: str, entries: str = "") -> str:
    """A stream object; ``entries`` are more of its dictionary."""
    return f"<< /Length {len(content)} {entries} >> stream\n{content}\nendstream"


def written(*things: str) -> bytes:
    """A file of numbered objects, the first of them its catalogue."""
    out = b"%PDF-1.7\n"
    offsets = []
    for number, thing in enumerate(things, start=1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n{thing}\nendobj\n".encode("latin-1")
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    trailer = f"trailer << /Size {len(things) + 1} /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF"
    return out + f"xref\n0 {len(things) + 1}\n0000000000 65535 f \n{table}{trailer}".encode()


def seen(data: bytes) -> Marks:
    """What the first page shows."""
    with closing(PdfDocument(data)) as document, closing(opened_page(document, 1)) as page:
        return page_layer(page, 1).marks


def texts(data: bytes) -> list[str]:
    """The words of the first page."""
    return [word.text for word in seen(data).words]
