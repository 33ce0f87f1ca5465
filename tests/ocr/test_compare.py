"""A layer under suspicion is believed where its picture says the same, and only there."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from gxextract.marks import Word
from gxextract.ocr import NullEngine, Scan, compared


class Prompter(NullEngine):
    """Reads what it is told a page says: the word whose number is the shade of the crop. ``slips`` are misread once."""

    def __init__(self, says: Sequence[str], slips: Sequence[int] = ()) -> None:
        self.says, self.slips, self.looks = says, set(slips), 0

    def read(self, crops):
        self.looks += len(crops)
        return [(self._text(int(crop[crop.shape[0] // 2, crop.shape[1] // 2, 0])), 0.9) for crop in crops]

    def _text(self, at: int) -> str:
        if at in self.slips:
            self.slips.remove(at)
            return ""
        return self.says[at]


def laid_out(texts: Sequence[str]) -> tuple[list[Word], Scan]:
    """Words one below the other, and a picture in which each is a bar of its own shade."""
    words, picture = [], np.full((20 * len(texts), 400, 3), 255, dtype=np.uint8)
    for at, text in enumerate(texts):
        top = 20.0 * at + 4
        words.append(Word(text=text, left=20, top=top, right=380, bottom=top + 12, size=12, origin="text-layer"))
        picture[20 * at : 20 * at + 20] = at
    return words, Scan(picture=picture, scale=1.0)


LAYER = [f"第{at}条" if at % 2 else "政府信息公开" for at in range(60)]


@pytest.mark.parametrize(
    ("changed", "slips", "as_read", "agree", "why"),
    [
        ({}, (), False, True, "the same"),
        ({}, (), True, True, "the same, every number too"),
        (dict.fromkeys(range(60), "其他文字"), (), False, False, "another text"),
        (dict.fromkeys(range(60), ""), (), False, False, "nothing to be seen"),
        ({4: "政府信息公升"}, (), False, True, "one hanzi misread"),
        ({59: "第58条"}, (), True, False, "the last number is another"),
        ({59: "第58条"}, (), False, True, "which a printed layer need not prove"),
        ({}, range(1, 60, 2), True, True, "numbers misread at first"),
        ({3: "第 3 条。"}, (), True, True, "spaces and stops are nothing to differ in"),
        ({3: "第-3条"}, (), True, False, "a sign is"),
    ],
)
def test_what_is_believed(changed, slips, as_read, agree, why):
    words, scan = laid_out(LAYER)
    says = [changed.get(at, text) for at, text in enumerate(LAYER)]
    found = compared(words, scan, Prompter(says, slips), as_read=as_read)
    assert found.agree is agree, (why, found)


def test_the_number_that_differs_is_named():
    words, scan = laid_out(LAYER)
    found = compared(words, scan, Prompter([*LAYER[:-1], "第6条"]), as_read=True)
    assert str(found) == "the picture doesn't say '第59条'"


def test_a_printed_layer_costs_a_sample_only():
    words, scan = laid_out(LAYER)
    prompter = Prompter(LAYER)
    assert compared(words, scan, prompter, as_read=False).agree
    assert prompter.looks == 24


@pytest.mark.parametrize("text", ["", "……", "——"])
def test_nothing_to_compare_proves_nothing(text):
    words, scan = laid_out([text])
    found = compared(words, scan, Prompter([text]), as_read=False)
    assert not found.agree
    assert str(found) == "the picture shows nothing to compare it with"


def test_text_that_runs_sideways_is_no_evidence():
    words, scan = laid_out(["政府信息公开", "2023"])
    upright = Word(text="依申请公开", left=5, top=0, right=15, bottom=40, size=10, origin="text-layer")
    found = compared([*words, upright], scan, Prompter(["政府信息公开", "2023"]), as_read=True)
    assert (found.words, found.agree) == (2, True)
