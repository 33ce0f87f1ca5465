"""The account of a document says all that a reader may doubt."""

from __future__ import annotations

from dataclasses import replace

from gxextract.document import Metadata, Repair, Source, TextBlock
from gxextract.export.explain import explain
from tests.samples import DOCUMENT


def test_everything_is_told() -> None:
    assert explain(DOCUMENT).splitlines() == [
        "青柳县/2023.pdf: pdf, 1,234 bytes, partial",
        "title: 青柳县2023年政府信息公开工作年度报告",
        "proved: 0 of 3 values (0 %)",
        "  1: the text was lost",
        "  1: the table is no known form",
        "  1: a sum of it lacks a value",
        "",
        "Pages",
        "  1: words from text-layer, its words read well",
        "",
        "Tables",
        "  t1: 3 × 3, ruled, page 1, 2, form annual-report-2021/applications",
        "    caption: 申请办理情况",
        "    proved: 0 of 2 values (0 %); 1: the text was lost; 1: a sum of it lacks a value",
        "                 自然人  总计",
        "    一、本年新收     12     \N{REPLACEMENT CHARACTER}?",
        "    ? lost",
        "  t2: 2 × 2, spans, form not recognised",
        "    proved: 0 of 1 values (0 %); 1: the table is no known form",
        "",
        "Repairs",
        "  width: 1 change",
        "    '１２' into '12' (certain), in t1 (2, 1)",
        "",
        "Problems",
        "  warning value-missing (page 2, table t1): one value could not be read; look at the page",
    ]


def test_a_bare_document() -> None:
    repair = Repair(
        fixer="script",
        start=0,
        before="發" * 99,
        after="发\n布",
        certainty="inferred",
        reversible=False,
        evidence="seen",
    )
    bare = replace(
        DOCUMENT,
        source=Source(path="\udcce.txt", sha256="0" * 64, size=9, format="text", encoding="gb18030"),
        title=None,
        metadata=Metadata(),
        pages=(),
        blocks=(TextBlock(kind="paragraph", text="发布", repairs=(repair, repair)),),
        problems=(),
    )
    told = explain(bare)
    assert told.encode("utf-8").decode("utf-8") == told
    lines = told.splitlines()
    assert lines[:2] == ["\\udcce.txt: text, gb18030, 9 bytes, ok", "title: none found"]
    at = lines.index("  script: 2 changes")
    assert lines[at + 1] == f"    '{'發' * 59}…' into '发 布' (inferred, because seen), 2 times, first in paragraph"
    assert lines.count("  none") == 2
