"""A question mark becomes a blank only where a blank is all that can have been there."""

from __future__ import annotations

from time import process_time

import pytest

from gxextract.repair import repair_text
from gxextract.repair.context import Context
from gxextract.repair.padding import padding

PADDED = [
    ("索??引??号: | 123", "索 引 号: | 123", "a label spread over three characters"),
    ("文???????号：", "文 号：", "a well-known label of two"),
    ("名 称: | x | 来??源: | y", "名 称: | x | 来 源: | y", "in the middle of a row"),
    ("主??题??词", "主 题 词", "a label that fills its cell"),
    ("生??成??日??期:2016-01-02", "生 成 日 期:2016-01-02", "a value right behind the colon"),
    ("文???號(hào): | | 關(guān)鍵字:", "文 号: | | 关键字:", "a reading behind it, in traditional characters"),
    ("公开财政预算、决算等信息?5条。", "公开财政预算、决算等信息 5条。", "a blank before a count"),
    ("信息?5條", "信息 5條", "nothing else there"),
    ("公開(kāi)信息?12條(tiáo)，", "公开信息 12条，", "readings on either side"),
    ("受理申请?12件,均已办结", "受理申请 12件,均已办结", "before a comma"),
]

ASKING = [
    ("怎么办?5条建议", "an interrogative"),
    ("怎么办?5条。", "an interrogative before what looks like a count"),
    ("你们有没有信息?5条。", "asked by offering both"),
    ("公开不公开?3件。", "the same"),
    ("公开了?5条。", "a particle ends the question"),
    ("共有几份文件?5份。", "asked for the number"),
    ("是否属实?3人。", "a whether"),
    ("为什么?2016年以来，信息公开不断加强", "a date begins a sentence"),
    ("已经公开?2016年的也要公开", "a date isn't a count"),
    ("Why? 5 items.", "English"),
    ("怎么办?", "the end"),
    ("真的??假的??", "doubled for effect"),
    ("谁???我:", "no label at all"),
    ("王??明: | 主任", "a name with a lost character"),
    ("陈???: | 主任", "the same at the end"),
    ("靖??县人民政府", "a lost character inside a text"),
    ("文??号的公布办法", "a label's characters that don't fill a cell"),
    ("???", "nothing but question marks"),
    ("x=1?2:3", "code"),
    ("a ??= b; c?.d ?? e", "code"),
    ("https://example.org/search?5条=1&q=信息?5", "an address"),
    ("预算支出?5万元。", "a lost currency sign"),
    ("共计?5元。", "the same"),
    ("索？？引？？号：", "full-width: no encoder writes these"),
    ("年??月??日", "a date that someone hid, or left blank"),
    ("第?条", "a lost number"),
]


@pytest.mark.parametrize(("text", "clean", "why"), PADDED, ids=[why for *_, why in PADDED])
def test_lost_padding_is_a_blank(text: str, clean: str, why: str) -> None:
    repaired, steps = repair_text(text)
    assert repaired == clean
    assert {step.certainty for step in steps if step.fixer == "padding"} == {"inferred"}


@pytest.mark.parametrize(("text", "why"), ASKING, ids=[why for _, why in ASKING])
def test_any_other_question_mark_stays(text: str, why: str) -> None:
    assert repair_text(text) == (text, ())


@pytest.mark.parametrize("text", ["?" * 10**6, "号" + "??号" * 10**5, "信息?5" * 10**5])
def test_a_megabyte_of_question_marks_takes_no_time(text: str) -> None:
    began = process_time()
    assert padding(text, Context()) == []
    assert process_time() - began < 2
