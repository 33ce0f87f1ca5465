"""Whole pages as mirrors show them come back, and whole reports that no mirror touched stay."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

import gxextract
from fixtures.render_mirror import PADDED, mirrored
from fixtures.report import make_report
from gxextract.repair import repair_fragments, repair_text, replay, undo
from gxextract.repair.context import Context
from gxextract.repair.padding import padding
from gxextract.repair.pinyin import injected
from gxextract.repair.script import is_traditional, script

SHARED = Path(gxextract.__file__).parent.parent / "shared"
SEED = SHARED / "seeds" / "003_26d78d44b29d2cd6.txt"
SAMPLES = SHARED / "real" / "garbled" / "web-samples.json"
TONED = re.compile("[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ]")


def fragments(number: int) -> list[str]:
    """The texts of one made-up report: its title, headings, paragraphs and cells."""
    report = make_report(f"mirror/{number}", "2019" if number % 2 else "2021")
    return [
        report.title,
        *(section.heading for section in report.sections),
        *(paragraph.text for section in report.sections for paragraph in section.texts),
        *(cell.text for table in report.tables for cell in table.cells),
    ]


def test_a_mirrored_report_comes_back_fragment_by_fragment() -> None:
    for number in range(20):
        clean = fragments(number)
        copied = [mirrored(text) for text in clean]
        assert len(TONED.findall("".join(copied))) > 200
        for before, (after, steps), wanted in zip(copied, repair_fragments(copied), clean, strict=True):
            assert after == wanted
            assert replay(before, steps) == after
            assert undo(after, steps) == before


def test_a_mirrored_report_in_one_piece_comes_back() -> None:
    for number in range(20):
        clean = "\n".join(fragments(number))
        assert repair_text(mirrored(clean))[0] == clean


@pytest.mark.parametrize("label", PADDED)
def test_a_label_set_wide_is_one_that_readers_find(label: str) -> None:
    report = "\n".join(fragments(0))
    repaired, _ = repair_text(mirrored(f"{PADDED[label]}: | 123 |\n{report}"))
    first = repaired.split(":")[0]
    assert first != label
    assert "".join(first.split()) == label


def test_sound_prose_is_left_alone() -> None:
    """By what this page's fixers go by, over more than 100,000 characters."""
    seen = 0
    for number in range(200):
        texts = fragments(number)
        assert not injected(texts)
        for text in texts:
            seen += len(text)
            assert not is_traditional(text)
            assert script(text, Context(annotated=True)) == []
            assert padding(text, Context()) == []
    assert seen > 100_000


@pytest.mark.skipif(not SEED.exists(), reason="the samples aren't there")
def test_a_real_mirrored_page_has_no_trace_left_of_it() -> None:
    page = SEED.read_text(encoding="utf-8")
    repaired, steps = repair_text(page)
    assert not TONED.search(repaired)
    assert not is_traditional(repaired)
    assert [char for char in repaired if char in "?著"] == []
    assert re.sub(r"\D", "", repaired) == re.sub(r"\D", "", page)
    readings = len(re.findall(r"\([^()]*[a-z][^()]*\)", page))
    assert 0 < repaired.count("(") == repaired.count(")") == page.count("(") - readings
    assert undo(repaired, steps) == page


@pytest.mark.skipif(not SAMPLES.exists(), reason="the samples aren't there")
@pytest.mark.parametrize("kind", ["pinyin-annotated traditional", "random toneless pinyin"])
def test_real_annotated_samples_are_restored(kind: str) -> None:
    samples = [sample for sample in json.loads(SAMPLES.read_text(encoding="utf-8")) if sample["kind"].startswith(kind)]
    restorable = [sample for sample in samples if sample["clean"]]
    assert restorable
    for sample in restorable:
        assert repair_text(sample["text"])[0] == sample["clean"]
