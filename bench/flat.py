"""How many merged tables come back whole from flattened text: random tables, nine flatteners, one score.

    python -m bench.flat                        # the table of docs/flattened.md
    python -m bench.flat --seed 7 --tables 100  # other tables, fewer of them

A table is *exact* if every cell of it is back with its text, its place and both its spans. A value is *wrong* if it
stands in the output with paths or a text that the truth doesn't have, and *unwarned* if nothing there marks it.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bench.flat_readings import has_one_reading
from bench.flat_styles import STYLES
from bench.flat_tables import Sample, random_table
from gxextract.document import Table
from gxextract.tables import Grid, finish
from gxextract.tables.from_flat import find_flat, from_flat


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """What came of one table in one style. ``seconds`` is the time to find and rebuild it."""

    merges: int
    one_reading: bool
    exact: bool
    warned: bool
    values: int
    wrong: int
    unwarned: int
    seconds: float


def score(sample: Sample, style: str, lines: Sequence[str] | None = None) -> Score:
    """Flattens, rebuilds and compares one table; or rebuilds it from ``lines``, damaged since it was flattened."""
    grid = sample.grid
    lines = STYLES[style][0](grid) if lines is None else lines
    truth = finish(grid, "t1")
    started = time.perf_counter()
    found = [from_flat(lines[run.start : run.stop]) for run in find_flat(lines)]
    seconds = time.perf_counter() - started
    wrong, unwarned = _wrong(truth, [finish(each, f"t{number}") for number, each in enumerate(found)])
    return Score(
        merges=sample.merges,
        one_reading=has_one_reading(sample, style),
        exact=len(found) == 1 and _shape(found[0]) == _shape(grid),
        warned=not found or any(each.problems for each in found),
        values=len(truth.records),
        wrong=wrong,
        unwarned=unwarned,
        seconds=seconds,
    )


def _shape(grid: Grid) -> set[tuple[int, int, int, int, str | None]]:
    return {(cell.row, cell.col, cell.row_span, cell.col_span, cell.text) for cell in grid.cells}


def _wrong(truth: Table, tables: Sequence[Table]) -> tuple[int, int]:
    """How many values of the output aren't in the truth, and how many of these nothing marks. Blanks don't count."""
    left = Counter((record.row_path, record.column_path, record.text) for record in truth.records)
    wrong = unwarned = 0
    for table in tables:
        for record in table.records:
            key = record.row_path, record.column_path, record.text
            if left[key]:
                left[key] -= 1
            elif record.text:
                wrong += 1
                unwarned += record.check != "flagged"
    return wrong, unwarned


BUCKETS = [(0, 9), (10, 14), (15, 999)]
HEADS = [
    "style",
    *(f"{low}–{high} merges" if high < 999 else f"{low} and more" for low, high in BUCKETS),
    "all",
    "those of one reading",
    "those unwarned",
    "wrong values",
    "wrong and unwarned",
    "ms a table",
]


def main() -> int:
    """Prints the table of docs/flattened.md."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--seed", type=int, default=2)
    options.add_argument("--tables", type=int, default=300)
    chosen = options.parse_args()
    rng = random.Random(chosen.seed)
    samples = [random_table(rng) for _ in range(chosen.tables)]
    print(f"| {' | '.join(HEADS)} |")
    print("|---" * len(HEADS) + "|")
    for style, (_, words) in STYLES.items():
        scores = [score(sample, style) for sample in samples]
        print(f"| {words} | {' | '.join(_row(scores))} |")
    return 0


def _row(scores: Sequence[Score]) -> Iterator[str]:
    for low, high in BUCKETS:
        yield _share(each.exact for each in scores if low <= each.merges <= high)
    yield _share(each.exact for each in scores)
    yield _share(each.exact for each in scores if each.one_reading)
    yield _share(each.exact for each in scores if not each.warned)
    yield f"{sum(each.wrong for each in scores)} of {sum(each.values for each in scores)}"
    yield str(sum(each.unwarned for each in scores))
    yield f"{1000 * sum(each.seconds for each in scores) / len(scores):.1f}"


def _share(flags: Iterable[bool]) -> str:
    known = list(flags)
    return f"{100 * sum(known) / len(known):.1f} % of {len(known)}" if known else "–"


if __name__ == "__main__":
    sys.exit(main())
