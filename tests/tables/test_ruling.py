from __future__ import annotations

import pytest

from gxextract.marks import Rule
from gxextract.tables.ruling import extent, frames, lattice, slots, snapped


def level(at: float, start: float, end: float) -> Rule:
    return Rule(direction="horizontal", at=at, start=start, end=end)


def upright(at: float, start: float, end: float) -> Rule:
    return Rule(direction="vertical", at=at, start=start, end=end)


BOX = [level(100, 50, 250), level(160, 50, 250), upright(50, 100, 160), upright(250, 100, 160)]


@pytest.mark.parametrize(
    ("rules", "expected", "why"),
    [
        ([level(10, 0, 50), level(11, 0, 50)], [(10.5, 0, 50)], "a double rule is one"),
        ([level(10, 0, 50), level(10, 52, 90)], [(10, 0, 90)], "pieces with a small gap are one"),
        ([level(10, 0, 50), level(10, 60, 90)], [(10, 0, 50), (10, 60, 90)], "a wide gap parts them"),
        ([level(10, 0, 50), level(14, 0, 50)], [(10, 0, 50), (14, 0, 50)], "four points are a row"),
        ([level(10, 0, 2)], [], "a dot is no rule"),
        ([level(10, i * 5, i * 5 + 3) for i in range(20)], [(10, 0, 98)], "dashes are one rule"),
    ],
)
def test_snapped(rules, expected, why):
    found = [(rule.at, rule.start, rule.end) for rule in snapped(rules)]
    assert found == [pytest.approx(each) for each in expected], why


def test_a_stray_dash_does_not_move_a_long_rule():
    (rule,) = snapped([level(10, 0, 500), level(12, 100, 104)])
    assert rule.at == pytest.approx(10, abs=0.05)


def test_frames_apart_are_two_and_topmost_first():
    lower = [
        Rule(
            direction=r.direction,
            at=r.at + (300 if r.direction == "horizontal" else 0),
            start=r.start + (300 if r.direction == "vertical" else 0),
            end=r.end + (300 if r.direction == "vertical" else 0),
        )
        for r in BOX
    ]
    found = frames([*lower, *BOX])
    assert [min(rule.at for rule in frame if rule.direction == "horizontal") for frame in found] == [100, 400]


def test_a_stroke_that_touches_a_frame_is_not_of_it():
    (frame,) = frames([*BOX, upright(120, 82, 97)])
    assert len(frame) == 4


def test_lines_that_never_meet_are_no_frame():
    assert frames([level(100, 50, 250), level(160, 50, 250), upright(300, 100, 160)]) == []


def test_walls_tell_merged_cells():
    inner = [*BOX, level(130, 50, 250), upright(150, 130, 160)]
    (frame,) = frames(snapped(inner))
    found = [(slot.row, slot.col, slot.row_span, slot.col_span) for slot in slots(lattice(frame))]
    assert found == [(0, 0, 1, 2), (1, 0, 1, 1), (1, 1, 1, 1)]


def test_a_wall_that_stops_half_way_still_gives_rectangles():
    inner = [*BOX, level(130, 50, 150), upright(150, 100, 160), upright(100, 130, 160)]
    (frame,) = frames(snapped(inner))
    found = slots(lattice(frame))
    area = sum(slot.row_span * slot.col_span for slot in found)
    assert area == 2 * 3
    assert (0, 2, 2, 1) in {(slot.row, slot.col, slot.row_span, slot.col_span) for slot in found}


def test_the_extent_of_rules_is_the_box_around_them():
    assert extent([level(100, 50, 250), upright(20, 90, 160)]) == (20, 90, 250, 160)
