"""Made-up reports as text in every style, read as far as tables go."""

from __future__ import annotations

from functools import cache
from typing import Any

from fixtures.forms import Edition
from fixtures.render_flat import FlatStyle, render_flat
from fixtures.report import Report, make_report
from fixtures.truth import Truth, truth_of
from gxextract.document import Block, Problem, Table
from gxextract.extract.flat import FormGrid
from gxextract.extract.reading import Lines
from gxextract.extract.text import laid_out
from gxextract.forms import FlatForm, with_forms
from gxextract.tables import Grid, finish


@cache
def report(seed: str, edition: Edition, zero: str = "0", one_row_other: bool = False) -> Report:
    return make_report(seed, edition, zero=zero, one_row_other=one_row_other)


@cache
def flat_lines(
    seed: str, edition: Edition, style: FlatStyle, zero: str = "0", one_row_other: bool = False
) -> list[str]:
    return render_flat(report(seed, edition, zero, one_row_other), style).decode().splitlines()


def truth(seed: str, edition: Edition, zero: str = "0", one_row_other: bool = False) -> Truth:
    return truth_of(report(seed, edition, zero, one_row_other), "flat", None)


def read_lines(lines: list[str]) -> tuple[list[Block], list[Problem]]:
    """Blocks and problems of a text, as a whole read gives them."""
    blocks: list[Block] = []
    flat: dict[str, FlatForm] = {}
    problems: list[Problem] = []
    for item in laid_out([Lines.of("\n".join(lines))]):
        if isinstance(item, Grid):
            table = finish(item, f"t{len(blocks)}")
            problems += item.problems
            if isinstance(item, FormGrid):
                flat[table.id] = item.found
            blocks.append(table)
        else:
            blocks.append(item)
    known, said = with_forms(blocks, flat)
    return list(known), [*problems, *said]


def as_json(blocks: list[Block]) -> dict[str, Any]:
    """What the scorer looks at."""
    tables = [block for block in blocks if isinstance(block, Table)]
    return {
        "title": None,
        "metadata": {},
        "blocks": [
            {
                "kind": "table",
                "cells": [
                    {
                        "row": cell.row,
                        "col": cell.col,
                        "row_span": cell.row_span,
                        "col_span": cell.col_span,
                        "text": cell.text,
                    }
                    for cell in table.cells
                ],
                "records": [
                    {
                        "row_path": record.row_path,
                        "column_path": record.column_path,
                        "text": record.text,
                        "value": record.value,
                        "check": record.check,
                    }
                    for record in table.records
                ],
            }
            for table in tables
        ],
    }
