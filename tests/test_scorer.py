"""The scorer sees each way of being wrong."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest

from tests.scorer import Score, differences, score

TRUTH: dict[str, Any] = {
    "kind": "pdf",
    "title": "青柳县2023年年度报告",
    "agency": "青柳县",
    "year": 2023,
    "headings": ["一、总体情况"],
    "tables": [
        {
            "form": "a-form",
            "rows": 2,
            "cols": 3,
            "cells": [
                [0, 0, 1, 1, "corner", ""],
                [0, 1, 1, 1, "column-header", "商业企业"],
                [0, 2, 1, 1, "column-header", "（七）总计"],
                [1, 0, 1, 1, "row-header", "规章"],
                [1, 1, 1, 1, "body", "4"],
                [1, 2, 1, 1, "body", ""],
            ],
            "row_paths": [["规章"]],
            "column_paths": [["商业企业"], ["（七）总计"]],
            "records": [[0, 0, "4", 1, 1], [0, 1, "", 1, 2]],
        }
    ],
}
PERFECT = Score(values=2, right=2, cells=6, cells_right=6, facts=4, facts_right=4)


def perfect_reading() -> dict[str, Any]:
    def cell(row: int, col: int, text: str) -> dict[str, Any]:
        return {"row": row, "col": col, "row_span": 1, "col_span": 1, "text": text}

    def record(column: str, text: str, value: int | None) -> dict[str, Any]:
        return {"row_path": ["规章"], "column_path": [column], "text": text, "value": value, "check": "unchecked"}

    texts = [["", "商 业 企\n业", "(七)总计"], ["规章", "４", ""]]
    return {
        "title": "青柳县 2023年年度报告",
        "metadata": {"agency": "青柳县", "year": 2023},
        "blocks": [
            {"kind": "heading", "text": "一、总体情况"},
            {
                "kind": "table",
                "cells": [cell(row, col, text) for row, line in enumerate(texts) for col, text in enumerate(line)],
                "records": [record("商 业 企\n业", "４", 4), record("(七)总计", " ", None)],
            },
        ],
    }


def test_whitespace_and_width_of_characters_do_not_count() -> None:
    assert score(perfect_reading(), TRUTH) == PERFECT


def records(document: dict[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = document["blocks"][1]["records"]
    return found


def wrong_text(document: dict[str, Any]) -> None:
    records(document)[0].update(text="5", value=5)


def wrong_text_flagged(document: dict[str, Any]) -> None:
    records(document)[0].update(text="5", value=5, check="flagged")


def blank_filled_in(document: dict[str, Any]) -> None:
    records(document)[1].update(text="0", value=0)


def lost(document: dict[str, Any]) -> None:
    records(document)[0].update(text=None, value=None, check="flagged")


def left_out(document: dict[str, Any]) -> None:
    del records(document)[0]


def other_path(document: dict[str, Any]) -> None:
    records(document)[0].update(row_path=["规", "章"])


def twice(document: dict[str, Any]) -> None:
    records(document).append(copy.deepcopy(records(document)[0]))


def cell_moved(document: dict[str, Any]) -> None:
    document["blocks"][1]["cells"][4]["col"] = 0


def span_lost(document: dict[str, Any]) -> None:
    document["blocks"][1]["cells"][4]["col_span"] = 2


def other_year(document: dict[str, Any]) -> None:
    document["metadata"]["year"] = 2022


def heading_as_paragraph(document: dict[str, Any]) -> None:
    document["blocks"][0]["kind"] = "paragraph"


@pytest.mark.parametrize(
    ("harm", "differs"),
    [
        (wrong_text, {"right": 1, "wrong": 1, "wrong_and_unflagged": 1}),
        (wrong_text_flagged, {"right": 1, "wrong": 1}),
        (blank_filled_in, {"right": 1, "wrong": 1, "wrong_and_unflagged": 1}),
        (lost, {"right": 1, "missing": 1}),
        (left_out, {"right": 1, "missing": 1}),
        (other_path, {"right": 1, "missing": 1, "extra": 1, "wrong_and_unflagged": 1}),
        (twice, {"extra": 1, "wrong_and_unflagged": 1}),
        (cell_moved, {"cells_right": 5}),
        (span_lost, {"cells_right": 5}),
        (other_year, {"facts_right": 3}),
        (heading_as_paragraph, {"facts_right": 3}),
    ],
)
def test_each_harm_shows(harm: Callable[[dict[str, Any]], None], differs: dict[str, int]) -> None:
    document = perfect_reading()
    harm(document)
    found = score(document, TRUTH)
    changed = {name: getattr(found, name) for name in Score.__slots__ if getattr(found, name) != getattr(PERFECT, name)}
    assert changed == differs


def test_a_document_that_was_not_read_has_nothing_right() -> None:
    assert score(None, TRUTH) == Score(values=2, missing=2, cells=6, facts=4)


def test_differences_name_what_is_wrong_and_what_is_missing() -> None:
    assert differences(perfect_reading(), TRUTH) == []
    reading = perfect_reading()
    records = reading["blocks"][1]["records"]
    records[0]["text"] = "9"
    del records[1]
    wrong, missing = differences(reading, TRUTH)
    assert "'9'" in wrong
    assert "'4'" in wrong
    assert missing.startswith("missing")
    assert "(七)总计" in missing
