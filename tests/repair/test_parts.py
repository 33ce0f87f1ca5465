"""The steps of a part lead to the part, wherever a text is cut."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gxextract.document import Repair
from gxextract.repair import replay, undo
from gxextract.repair.parts import cut_at_anchors, edits, steps_of_part
from gxextract.repair.steps import Change, apply


def step(start: int, before: str, after: str, *, fixer: str = "any", sure: bool = True) -> Repair:
    return Repair(
        fixer=fixer,
        start=start,
        before=before,
        after=after,
        certainty="certain" if sure else "inferred",
        reversible=True,
    )


def cut(start: int, before: str, after: str, *, sure: bool = True) -> Repair:
    return replace(step(start, before, after, sure=sure), reversible=False)


@st.composite
def repaired(draw: st.DrawFn) -> tuple[str, str, tuple[Repair, ...]]:
    """A text, what several fixers made of it, and their steps."""
    text = original = draw(st.text("甲乙丙3|\t ", max_size=12))
    steps: tuple[Repair, ...] = ()
    for number in range(draw(st.integers(0, 3))):
        cuts = sorted(draw(st.lists(st.integers(0, len(text)), max_size=6)))
        pairs = zip(cuts[::2], cuts[1::2], strict=False)
        changes = [Change(start=start, stop=stop, after=draw(st.text("丁3|\t", max_size=3))) for start, stop in pairs]
        text, made = apply(text, changes, f"fixer{number}")
        steps += made
    return original, text, steps


@given(repaired(), st.data())
def test_the_steps_of_a_part_make_the_part(case: tuple[str, str, tuple[Repair, ...]], data: st.DataObject) -> None:
    _, text, steps = case
    start = data.draw(st.integers(0, len(text)))
    stop = data.draw(st.integers(start, len(text)))
    part = text[start:stop]
    told = steps_of_part(text, edits(steps), start, stop)
    assert replay(undo(part, told), told) == part


@given(repaired())
def test_the_steps_of_the_whole_undo_the_whole(case: tuple[str, str, tuple[Repair, ...]]) -> None:
    original, text, steps = case
    told = steps_of_part(text, edits(steps), 0, len(text))
    assert undo(text, told) == original
    assert len(told) == len(steps)


@given(repaired())
def test_cut_steps_replay_to_the_same(case: tuple[str, str, tuple[Repair, ...]]) -> None:
    original, text, steps = case
    assert replay(original, cut_at_anchors(steps)) == text


@given(repaired())
def test_edits_neither_overlap_nor_touch(case: tuple[str, str, tuple[Repair, ...]]) -> None:
    made = edits(case[2])
    assert all(left.stop < right.start for left, right in pairwise(made))


@pytest.mark.parametrize(
    ("text", "steps", "span", "expected", "why"),
    [
        ("发布|3", [step(0, "發", "发")], (0, 2), [step(0, "發", "发")], "inside"),
        ("发布|3", [step(0, "發", "发")], (3, 4), [], "outside"),
        (
            "甲|发",
            [step(2, "發(fā)", "發"), step(2, "發", "发")],
            (2, 3),
            [step(0, "發(fā)", "發"), step(0, "發", "发")],
            "moved",
        ),
        ("甲乙", [step(0, "XYZ", "甲乙", sure=False)], (0, 1), [cut(0, "XYZ", "甲", sure=False)], "begins in it"),
        ("甲乙", [step(0, "XYZ", "甲乙", sure=False)], (1, 2), [cut(0, "", "乙", sure=False)], "goes on in it"),
        ("開|", [step(1, "(kāi)", "")], (0, 1), [step(1, "(kāi)", "")], "dropped behind it"),
        ("|開", [step(1, "\u200b", "")], (1, 2), [step(0, "\u200b", "")], "dropped before it"),
    ],
)
def test_steps_of_a_part(
    text: str, steps: list[Repair], span: tuple[int, int], expected: list[Repair], why: str
) -> None:
    assert list(steps_of_part(text, edits(steps), *span)) == expected, why


@pytest.mark.parametrize(
    ("before", "after", "expected", "why"),
    [
        ("XX\t3\tYY", "甲\t3\t乙", [("XX", "甲"), ("YY", "乙")], "tabs and digits"),
        ("XX|YY", "甲|乙", [("XX", "甲"), ("YY", "乙")], "pipes"),
        ("XX3|YY", "甲|3|乙", [("XX", "甲|"), ("|YY", "|乙")], "a pipe was swallowed, the digit tells"),
        ("XXYY", "甲|乙", [("XXYY", "甲|乙")], "nothing tells"),
    ],
)
def test_cuts(before: str, after: str, expected: list[tuple[str, str]], why: str) -> None:
    cut = cut_at_anchors([step(0, before, after)])
    assert [(each.before, each.after) for each in cut] == expected, why
