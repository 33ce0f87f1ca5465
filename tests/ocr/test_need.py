from __future__ import annotations

import pytest

from gxextract.marks import Marks, Word
from gxextract.ocr import reason_to_recognise

PAGE = (0.0, 0.0, 595.0, 842.0)
LOGO = (50.0, 50.0, 90.0, 90.0)


def page(text: str, *pictures) -> Marks:
    words = [Word(text=text, left=72, top=72, right=500, bottom=90, size=12, origin="text-layer")] if text else []
    return Marks(page=1, width=595, height=842, words=tuple(words), rules=(), pictures=pictures)


@pytest.mark.parametrize(
    ("marks", "drawn", "needed", "why"),
    [
        (page("政府信息公开" * 20), 0, False, "plain text"),
        (page("政府信息公开" * 20, PAGE), 0, False, "text over a background picture"),
        (page("无。"), 0, False, "a short last page without a picture"),
        (page("无。", LOGO), 0, False, "a short page with a small picture"),
        (page("", PAGE), 0, True, "a scan"),
        (page("扫描件", PAGE), 0, True, "a scan with a stamp of words"),
        (page(""), 0, False, "an empty page"),
        (page(""), 500, True, "text drawn as outlines"),
        (page("政府" * 30 + "\ue123" * 3), 0, True, "private-use characters"),
        (page("政府信息公开" * 30 + "\ue123"), 0, False, "one private-use bullet"),
        (page("(cid:12)(cid:40)政府信息"), 0, True, "unmapped glyphs"),
    ],
)
def test_reason(marks, drawn, needed, why):
    assert (reason_to_recognise(marks, drawn) is not None) is needed, why
