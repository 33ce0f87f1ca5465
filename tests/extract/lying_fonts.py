"""A page of Chinese text and a ruled table of numbers, and the ways in which its fonts can lie about them."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Sequence

from reportlab.pdfgen.canvas import Canvas

from fixtures.pdf_text import FontName, register_fonts

TITLE = "全县乡镇基本情况统计"
PROSE = ("本年度全县共有乡镇四个，均已按时上报。", "没有漏报、重报的情况，数字以统计部门公布的为准。")
ROWS = (
    ("乡镇", "户数", "人口", "面积（公顷）"),
    ("东河镇", "3692", "10548", "96.8"),
    ("西山乡", "510", "1736", "204.75"),
    ("大桥镇", "0", "8", "1905"),
    ("北安乡", "48", "236", "7"),
)
LEFT, TOP, WIDTH, HEIGHT = 72, 560, 110, 24
_MEANING = re.compile(rb"(?<=> <)([0-9A-F]{4})(?=>\n)")


def honest(font: FontName = "uming", rows: Sequence[Sequence[str]] = ROWS, pages: int = 1) -> bytes:
    """The page, so many times over, with fonts that say what their codes mean."""
    register_fonts()
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, 842), pageCompression=0)
    for _ in range(pages):
        canvas.setFont(font, 16)
        canvas.drawString(LEFT, 740, TITLE)
        canvas.setFont(font, 11)
        for at, line in enumerate(PROSE):
            canvas.drawString(LEFT, 680 - 20 * at, line)
        for row, texts in enumerate(rows):
            for col, text in enumerate(texts):
                canvas.rect(LEFT + WIDTH * col, TOP - HEIGHT * row, WIDTH, HEIGHT)
                canvas.drawString(LEFT + WIDTH * col + 6, TOP - HEIGHT * row + 8, text)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def unseen(data: bytes) -> bytes:
    """The same drawn in white."""
    return data.replace(b"BT ", b"BT 1 1 1 rg ")


def without_maps(data: bytes) -> bytes:
    return data.replace(b"/ToUnicode", b"/NoUnicode")


def all_one(data: bytes) -> bytes:
    """佛佛佛佛: every code is said to be one character."""
    return _said(data, lambda _: "佛")


def private(data: bytes) -> bytes:
    return _said(data, lambda char: chr(0xE000 + ord(char) % 0x1800) if char != "\0" else char)


def shuffled(data: bytes) -> bytes:
    """Every hanzi is said to be another, and every digit: 0 is 7, 1 is 8, …."""
    hanzi = sorted({char for line in (TITLE, *PROSE, *sum(map(tuple, ROWS), ())) for char in line if char > "\u4dff"})
    others = dict(zip(hanzi, hanzi[17:] + hanzi[:17], strict=True))
    digits = {str(digit): str((digit + 7) % 10) for digit in range(10)}
    return _said(data, lambda char: (others | digits).get(char, char))


def _said(data: bytes, meaning: Callable[[str], str]) -> bytes:
    """The file with other meanings in its maps, byte for byte as long as before."""

    def other(found: re.Match[bytes]) -> bytes:
        return f"{ord(meaning(chr(int(found[1], 16)))):04X}".encode()

    return _MEANING.sub(other, data)
