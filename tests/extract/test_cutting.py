from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gxextract.document import Repair, TextBlock
from gxextract.extract.cutting import cut
from gxextract.repair.steps import Change, apply, replay, undo


def step(start: int, before: str, after: str) -> Repair:
    return Repair(fixer="pinyin", start=start, before=before, after=after, certainty="certain", reversible=True)


def block(text: str, *steps: Repair) -> TextBlock:
    return TextBlock(kind="paragraph", text=text, repairs=steps)


SPLITS = [
    ([step(1, "(yī)", "")], [(0, 2), (2, 4)], [[(1, "(yī)", "")], []], "a deletion inside a piece"),
    ([step(2, "(èr)", "")], [(0, 2), (2, 4)], [[(2, "(èr)", "")], []], "one at the cut stays with what is before it"),
    ([step(3, "丁x", "丁")], [(0, 2), (2, 4)], [[], [(1, "丁x", "丁")]], "offsets count from the piece"),
    (
        [step(0, "ÒÒ", "甲"), step(3, "x", "丁")],
        [(0, 2), (2, 4)],
        [[(0, "ÒÒ", "甲")], [(1, "x", "丁")]],
        "a step of each",
    ),
    (
        [step(0, "ÒÒÒÒ", "甲乙 丁")],
        [(0, 2), (2, 4)],
        [[(0, "ÒÒÒÒ", "甲乙")], [(0, "", " 丁")]],
        "a step over the cut is divided: what stood there goes with the first",
    ),
    ([step(2, "??", " ")], [(0, 2), (3, 4)], [[], []], "a step that made a dropped blank goes with it"),
]


@pytest.mark.parametrize(("steps", "spans", "expected", "reason"), SPLITS, ids=[case[3] for case in SPLITS])
def test_steps_go_with_their_piece(
    steps: list[Repair], spans: list[tuple[int, int]], expected: list[list[tuple[int, str, str]]], reason: str
) -> None:
    pieces = cut(block("甲乙 丁", *steps), spans)
    assert [piece.text for piece in pieces] == ["甲乙 丁"[start:stop] for start, stop in spans]
    assert [[(s.start, s.before, s.after) for s in piece.repairs] for piece in pieces] == expected, reason


@st.composite
def repaired(draw: st.DrawFn) -> tuple[str, TextBlock, list[tuple[int, int]]]:
    """A text, the block that some rounds of changes made of it, and the pieces to cut that into."""
    original = text = draw(st.text("甲乙丙丁ab ", max_size=12))
    steps: list[Repair] = []
    for _ in range(draw(st.integers(0, 4))):
        edges = sorted(draw(st.lists(st.integers(0, len(text)), max_size=6)))
        changes = [
            Change(start=start, stop=stop, after=draw(st.text("一二xy", max_size=3)))
            for start, stop in zip(edges[::2], edges[1::2], strict=False)
        ]
        text, made = apply(text, changes, "any")
        steps += made
    places = [0, *sorted(draw(st.sets(st.integers(0, len(text)), max_size=4))), len(text)]
    return original, block(text, *steps), list(pairwise(places))


@given(repaired())
def test_the_sources_of_all_pieces_are_the_source(case: tuple[str, TextBlock, list[tuple[int, int]]]) -> None:
    original, whole, spans = case
    assert "".join(undo(piece.text, piece.repairs) for piece in cut(whole, spans)) == original


@given(repaired(), st.data())
def test_pieces_replay_alone(case: tuple[str, TextBlock, list[tuple[int, int]]], data: st.DataObject) -> None:
    _, whole, spans = case
    kept = [span for span in spans if data.draw(st.booleans())]
    for piece, (start, stop) in zip(cut(whole, kept), kept, strict=True):
        assert piece.text == whole.text[start:stop]
        assert replay(undo(piece.text, piece.repairs), piece.repairs) == piece.text
