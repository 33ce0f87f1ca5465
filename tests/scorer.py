"""How much of a dump was read right: each value by its row and column path, each cell by its place.

    python -m tests.scorer OUT fixtures/truth.json

compares what `gxextract run` wrote to OUT with the truth and prints a line a file and a line a kind.

Paths match exactly once whitespace is dropped and full-width forms are folded; there is no partial credit for a path
that is nearly right, since a value under a wrong label is a wrong value.
"""

from __future__ import annotations

import json
import sys
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

PathPair = tuple[tuple[str, ...], tuple[str, ...]]
Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """Counts of one document, or of several added up.

    ``values`` stand in the truth; each is ``right``, ``wrong`` (its path was found with another text) or ``missing``
    (no such path, or declared lost). ``extra`` are numbers given under a path the truth doesn't have, or given twice.
    ``wrong_and_unflagged`` are the wrong and extra ones that nobody is warned of. ``cells`` are right in
    ``cells_right`` when place, spans and text all are. ``facts`` are title, agency, year and section headings.
    """

    values: int = 0
    right: int = 0
    wrong: int = 0
    missing: int = 0
    extra: int = 0
    wrong_and_unflagged: int = 0
    cells: int = 0
    cells_right: int = 0
    facts: int = 0
    facts_right: int = 0

    def __add__(self, other: Score) -> Score:
        return Score(**{item.name: getattr(self, item.name) + getattr(other, item.name) for item in fields(Score)})

    def shares(self) -> dict[str, float]:
        """What floors are set for, from 0 to 1; without anything to find, 1."""
        return {
            "values": self.right / self.values if self.values else 1.0,
            "cells": self.cells_right / self.cells if self.cells else 1.0,
            "facts": self.facts_right / self.facts if self.facts else 1.0,
        }


def score(document: Json | None, truth: Json) -> Score:
    """One document in its JSON form against its truth; ``None`` is a document that wasn't read at all."""
    document = document or {"title": None, "metadata": {}, "blocks": []}
    tables = [block for block in document["blocks"] if block["kind"] == "table"]
    facts = _facts(truth)
    cells = [_cell_set(table["cells"], row_of=_truth_cell) for table in truth["tables"]]
    return _values(tables, truth) + Score(
        cells=sum(map(len, cells)),
        cells_right=_cells_right(cells, [_cell_set(table["cells"], row_of=_read_cell) for table in tables]),
        facts=len(facts),
        facts_right=len(facts & _read_facts(document)),
    )


def _values(tables: list[Json], truth: Json) -> Score:
    expected = _expected(truth)
    met: set[PathPair] = set()
    right = wrong = extra = unflagged = lost = 0
    for record in (record for table in tables for record in table["records"]):
        path = (_folded(record["row_path"]), _folded(record["column_path"]))
        if path not in expected or path in met:
            bad = record["value"] is not None
            extra += bad
        else:
            met.add(path)
            lost += record["text"] is None
            right += record["text"] is not None and _same(record["text"], expected[path])
            bad = record["text"] is not None and not _same(record["text"], expected[path])
            wrong += bad
        unflagged += bad and record["check"] != "flagged"
    return Score(
        values=len(expected),
        right=right,
        wrong=wrong,
        missing=len(expected) - len(met) + lost,
        extra=extra,
        wrong_and_unflagged=unflagged,
    )


def differences(document: Json, truth: Json) -> list[str]:
    """A line for each value that isn't right: what was read under its path, with which check, and what stands there."""
    expected = _expected(truth)
    lines = []
    for record in (record for block in document["blocks"] for record in block.get("records", ())):
        path = (_folded(record["row_path"]), _folded(record["column_path"]))
        true = expected.pop(path, None)
        if true is None or record["text"] is None or not _same(record["text"], true):
            lines.append(f"read {record['text']!r} ({record['check']}), true {true!r}: {_written(path)}")
    return [*lines, *(f"missing, true {true!r}: {_written(path)}" for path, true in expected.items())]


def _written(path: PathPair) -> str:
    return " | ".join(" / ".join(labels) for labels in path)


def _expected(truth: Json) -> dict[PathPair, str]:
    expected: dict[PathPair, str] = {}
    for table in truth["tables"]:
        for row_path, column_path, text, *_ in table["records"]:
            path = (_folded(table["row_paths"][row_path]), _folded(table["column_paths"][column_path]))
            if path in expected:
                raise ValueError(f"the truth has {path} twice")
            expected[path] = text
    return expected


def _folded(labels: Iterable[str]) -> tuple[str, ...]:
    return tuple(_fold(label) for label in labels)


def _fold(label: str) -> str:
    return "".join(unicodedata.normalize("NFKC", label).split())


def _same(read: str, true: str) -> bool:
    return unicodedata.normalize("NFKC", read).strip() == unicodedata.normalize("NFKC", true).strip()


Placed = tuple[int, int, int, int, str]


def _cell_set(cells: Iterable[Any], *, row_of: Any) -> set[Placed]:
    return {row_of(cell) for cell in cells}


def _truth_cell(cell: list[Any]) -> Placed:
    row, col, row_span, col_span, _, text = cell
    return row, col, row_span, col_span, _fold(text)


def _read_cell(cell: Json) -> Placed:
    return cell["row"], cell["col"], cell["row_span"], cell["col_span"], _fold(cell["text"] or "")


def _cells_right(true: list[set[Placed]], read: list[set[Placed]]) -> int:
    """Each true table is held against the one most like it, and no table is used twice."""
    left = list(read)
    right = 0
    for cells in true:
        if not left:
            break
        best = max(left, key=lambda candidate: len(cells & candidate))
        right += len(cells & best)
        left.remove(best)
    return right


def _facts(truth: Json) -> set[tuple[str, str]]:
    facts = {(name, _fold(str(truth[name]))) for name in ("title", "agency", "year") if truth[name] is not None}
    return facts | {("heading", _fold(heading)) for heading in truth["headings"]}


def _read_facts(document: Json) -> set[tuple[str, str]]:
    metadata = document["metadata"]
    named = {"title": document["title"], "agency": metadata.get("agency"), "year": metadata.get("year")}
    facts = {(name, _fold(str(fact))) for name, fact in named.items()}
    return facts | {("heading", _fold(block["text"])) for block in document["blocks"] if block["kind"] == "heading"}


def main(out: Path, truth_file: Path) -> None:
    truths = json.loads(truth_file.read_text(encoding="utf-8"))["documents"]
    kinds: dict[str, Score] = {}
    print(_line("", [item.name for item in fields(Score)]))
    for path, truth in truths.items():
        written = out / "documents" / f"{path}.json"
        result = score(json.loads(written.read_text(encoding="utf-8")) if written.exists() else None, truth)
        kinds[truth["kind"]] = kinds.get(truth["kind"], Score()) + result
        print(_line(f"{truth['kind']} {path}", _counts(result)))
    for kind, result in sorted(kinds.items()):
        shares = ", ".join(f"{name} {share:.2%}" for name, share in result.shares().items())
        print(_line(f"{kind}: {shares}", _counts(result)))


def _counts(result: Score) -> list[int]:
    return [getattr(result, item.name) for item in fields(Score)]


def _line(name: str, columns: Iterable[object]) -> str:
    return "\t".join([*map(str, columns), name])


if __name__ == "__main__":
    if len(sys.argv) != 3:
        raise SystemExit("usage: python -m tests.scorer OUT TRUTH.json")
    main(Path(sys.argv[1]), Path(sys.argv[2]))
