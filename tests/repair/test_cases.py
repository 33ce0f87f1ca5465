"""What each fixer mends, and what all of them must leave alone: cases as data, each group with its reason."""

import json
from pathlib import Path

import pytest

from gxextract.repair import repair_fragments, repair_text, replay, undo

CASES = Path(__file__).parent / "cases"


def load(name):
    return json.loads((CASES / f"{name}.json").read_text("utf-8"))


MADE = [
    pytest.param(case["text"], case["repaired"], group["fixers"], id=f"{group['reason']}: {case['text']!a}")
    for group in load("made")
    for case in group["cases"]
]
SOUND = [(group["reason"], text) for group in load("sound") for text in group["texts"]]
KNOWN_FAILURES = [pytest.param(case["text"], case["repaired"], id=case["reason"]) for case in load("known_failures")]


@pytest.mark.parametrize(("text", "repaired", "fixers"), MADE)
def test_damage_is_mended_by_the_fixers_that_know_it(text, repaired, fixers):
    result, steps = repair_text(text)
    assert result == repaired
    assert {step.fixer for step in steps} == set(fixers)
    assert all(step.evidence for step in steps)
    assert replay(text, steps) == result
    assert undo(result, steps) == text


@pytest.mark.parametrize(("text", "repaired", "fixers"), MADE)
def test_what_was_mended_is_sound(text, repaired, fixers):
    assert repair_text(repaired) == (repaired, ())


@pytest.mark.parametrize(("reason", "text"), SOUND)
def test_sound_text_stays_byte_for_byte(reason, text):
    assert repair_text(text) == (text, ()), reason


@pytest.mark.parametrize("group", load("sound"), ids=lambda group: group["reason"])
def test_sound_texts_of_one_document_stay_too(group):
    """One document shares its evidence: fragments that are sound alone must not condemn one another."""
    assert repair_fragments(group["texts"]) == [(text, ()) for text in group["texts"]]


def test_all_sound_texts_together_stay():
    texts = [text for _, text in SOUND]
    assert len(texts) >= 250
    assert [text for text, (_, steps) in zip(texts, repair_fragments(texts), strict=True) if steps] == []


@pytest.mark.xfail(strict=True)
@pytest.mark.parametrize(("text", "repaired"), KNOWN_FAILURES)
def test_known_failures(text, repaired):
    assert repair_text(text)[0] == repaired
