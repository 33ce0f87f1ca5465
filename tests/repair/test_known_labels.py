"""Labels that were garbled beyond reversal are recognised by what becomes of them."""

import pytest

from bench.repair import ACCIDENTS, labels
from gxextract.repair.context import Context
from gxextract.repair.known_labels import garbled_forms, known_labels
from gxextract.repair.lost_bytes import lost_bytes
from gxextract.repair.misreadings import as_browsers_read_gbk
from gxextract.repair.mojibake import mojibake
from gxextract.repair.steps import apply
from gxextract.repair.unreadable import unreadable

KNOWN = Context(labels=labels())


def mended(text, context=KNOWN):
    return apply(text, known_labels(text, context), "known_labels")


def garbled(label):
    return label.encode().decode("gbk", errors="replace").replace("\ufffd", "?")


def test_a_label_with_bytes_lost_comes_back_and_says_how():
    text = garbled("总计")
    after, (step,) = mended(text)
    assert after == "总计"
    assert step.certainty == "inferred"
    assert step.evidence == "a known label, UTF-8 read as GBK, bytes lost"


BESIDE = [
    ("{} | 3 | 0", "总计", "cells of a row"),
    ("1.{}\t12", "属于国家秘密", "after its number"),
    ("合计：{}", "总计", "after sound text and a mark"),
    ("{}\n{}", "总计", "on two lines"),
]


@pytest.mark.parametrize(("pattern", "label", "reason"), BESIDE)
def test_a_label_is_found_beside_sound_text(pattern, label, reason):
    context = Context(labels=("总计", "1.属于国家秘密"))
    assert mended(pattern.format(*[garbled(label)] * 2), context)[0] == pattern.format(label, label), reason


def test_a_bar_that_the_decoder_swallowed_is_given_back():
    text = as_browsers_read_gbk("总计情况表|3".encode())
    assert "|" not in text
    assert mended(text, Context(labels=("总计情况表",)))[0] in ("总计情况表|3", text)
    assert apply(text, mojibake(text, KNOWN), "mojibake")[0] == "总计情况表|3"


@pytest.mark.parametrize(
    "text", ["总计", "3", "鎬", "骞?", "其他", "鸘鷞螻蟈", "?", "\ufffd\ufffd", garbled("总计") + "骞"]
)
def test_what_is_no_garbled_label_stays(text):
    assert known_labels(text, KNOWN) == []


def test_forms_of_two_labels_are_not_used():
    """第六项 and 第八项 differ in one character, of which nothing is left in some forms."""
    two = ("第二十条第（六）项", "第二十条第（八）项")
    forms = garbled_forms(two)
    alone = [set(garbled_forms((label,))) for label in two]
    assert alone[0] & alone[1]
    assert set(forms) == (alone[0] | alone[1]) - (alone[0] & alone[1])


def test_no_form_is_a_text_that_a_person_writes():
    forms = garbled_forms(labels())
    assert len(forms) > 1_000
    assert set(forms).isdisjoint(labels())
    assert not [form for form in forms if form.isascii()]


@pytest.mark.parametrize("accident", ACCIDENTS, ids=lambda accident: accident.name)
def test_nearly_every_label_comes_back_from_every_accident(accident):
    """Those that don't are visibly broken; none is another label."""
    missed, wrong, tried = [], [], 0
    for label in labels():
        try:
            text = accident(label)
        except UnicodeEncodeError:
            continue
        tried += text != label
        after = text
        for fixer in (known_labels, mojibake, lost_bytes):
            after, _ = apply(after, fixer(after, KNOWN), fixer.__name__)
        if after != label:
            missed.append(label)
            if after in labels() or (after != text and not unreadable(after)):
                wrong.append((label, after))
    assert wrong == []
    assert len(missed) <= 0.1 * tried
