"""What the sums of a form and a further look at the pixels put right, and what they must leave alone.

    python -m bench.decoding                                 all of it on one seed
    python -m bench.decoding --only scans --kinds fax-100 grain --pages 4 --verbose
    python -m bench.decoding --engine tesseract --second rapidocr

Five tables, which ``docs/forms.md`` shows. *Scans*: pages with one kind of trouble each, errors as they come. *Slips*:
values of pages that were read right are misread on purpose, the true pixels behind them. *Prints*: the author's figures
don't add up, and must stay as printed. *Time* and *simulated*: ``decoding_simulated.py``.

*Before* is the same reading without what was decoded. With ``--remember FILE`` engines aren't asked twice about the
same pixels, in this run or the next; the seconds told, of the processor, are still theirs.
"""

from __future__ import annotations

import argparse
import random
import tempfile
from collections.abc import Sequence, Set
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from bench.decoding_count import Count, PathPair, counted, failures, true_texts
from bench.decoding_pages import KINDS, Json, Memory, Watch, author_errs, document_of, misreading, remembering, watching
from bench.decoding_simulated import simulated, spent
from bench.decoding_slips import grids_of, misread_values
from bench.decoding_table import Line, printed
from fixtures.scans import HARD_KINDS, ScannedPage, scanned_pages
from gxextract import Settings

PARTS = ("scans", "slips", "prints", "time", "simulated")
SLIPS = (1, 2, 3, 5, 8)
MISPRINTS = (1, 2, 3)
SLIPPED_KINDS = ("clean-200", "clean-150", "clean-100", "jpeg-40", "noise", "photographed")
"""Kinds read almost without a fault, so that what goes wrong was put in."""
PRINTED_KINDS = (*SLIPPED_KINDS, *(kind.name for kind in HARD_KINDS))
FAULTS = ("spoilt", "swapped", "unflagged", "idle", "flagged", "unread")
"""What a line about a value begins with, the worst first."""


@dataclass(kw_only=True)
class Bench:
    """One run. ``lines`` are the counts by part and line of its table."""

    settings: Settings
    memory: Memory
    folder: Path
    seed: int
    verbose: bool
    lines: dict[str, dict[str, Count]] = field(default_factory=dict)
    failed: list[str] = field(default_factory=list)

    def read(self, page: ScannedPage, watch: Watch) -> Json | None:
        with watching(watch, self.memory):
            return document_of(page, self.folder, self.settings)

    def add(
        self,
        line: Line,
        page: ScannedPage,
        document: Json | None,
        watch: Watch,
        note: str = "",
        errors: Set[PathPair] = frozenset(),
    ) -> None:
        """Counts one reading of a page, and keeps what went wrong with it."""
        count = counted(document, page.truth, watch.seconds, errors)
        count = replace(count, look_seconds=watch.look_seconds, looked=bool(watch.look_seconds))
        part = self.lines.setdefault(line.part, {})
        for name in line.names:
            part[name] = part.get(name, Count()) + count
        wrong = list(failures(document, page.truth, watch.sights)) if document else ["unread: the page"]
        self.failed += [f"{each}  <{line.part} {page.name}{note}>" for each in wrong]
        if self.verbose:
            print(
                f"{line.part} {page.name}{note}: {count.right_before} → {count.right} of {count.values} right, "
                f"{count.changed} changed, {count.spoilt + count.swapped} of them wrongly, {count.proved} proved, "
                f"{count.unflagged_before} → {count.unflagged} wrong and not flagged",
                flush=True,
            )
            print(*(f"    {each}" for each in wrong), sep="\n", end="\n" if wrong else "")

    def scans(self, kinds: Sequence[str], pages: int) -> None:
        for kind in kinds:
            for page in scanned_pages(KINDS[kind], self.seed, pages):
                watch = Watch()
                self.add(Line("scans", kind, "all"), page, self.read(page, watch), watch)
                self.memory.keep()

    def slips(self, kinds: Sequence[str], pages: int, rounds: int) -> None:
        """Each page is read once as it is, and ``rounds`` times with each number of slips."""
        for kind in kinds:
            for page in scanned_pages(KINDS[kind], self.seed, pages):
                self._slipped(page, SLIPS, rounds)

    def _slipped(
        self, page: ScannedPage, numbers: Sequence[int], rounds: int, errors: Set[PathPair] = frozenset()
    ) -> None:
        clean = self.read(page, Watch())
        self.memory.keep()
        grids = grids_of(clean or {"blocks": []})
        if not grids:
            return
        for count in numbers:
            for turn in range(rounds):
                note = f" {count} slips #{turn}"
                slips = misread_values(random.Random(f"{self.seed} {page.name}{note}"), grids, count)
                watch = Watch()
                with misreading(slips):
                    document = self.read(page, watch)
                name = f"{count} slip{'s' * (count > 1)}"
                line = Line("prints", f"{name} beside them") if errors else Line("slips", name, "all")
                self.add(line, page, document, watch, note, errors)

    def prints(self, kinds: Sequence[str], pages: int, rounds: int) -> None:
        """Pages whose author erred, once, twice and three times in turn; then slips beside the errors."""
        for number, kind in enumerate(kinds):
            wrong = MISPRINTS[number % len(MISPRINTS)]
            hardness = "hard" if KINDS[kind] in HARD_KINDS else "usual"
            sound = scanned_pages(KINDS[kind], self.seed, pages)
            erring = scanned_pages(KINDS[kind], self.seed, pages, author_errs(self.seed, wrong))
            for meant, page in zip(sound, erring, strict=True):
                right = true_texts(meant.truth)
                errors = {path for path, text in true_texts(page.truth).items() if right[path] != text}
                watch = Watch()
                line = Line("prints", f"{wrong} in print, {hardness} kinds")
                self.add(line, page, self.read(page, watch), watch, errors=errors)
                if kind in SLIPPED_KINDS:
                    self._slipped(page, SLIPS[:3], rounds, errors)


def main(arguments: Sequence[str] | None = None) -> None:
    """Prints the tables."""
    asked = _arguments(arguments)
    settings = Settings(engine=asked.engine, second_engine=asked.second, ocr_threads=asked.threads)
    with tempfile.TemporaryDirectory() as folder, remembering(asked.remember) as memory:
        bench = Bench(settings=settings, memory=memory, folder=Path(folder), seed=asked.seed, verbose=asked.verbose)
        parts = {
            "scans": partial(bench.scans, asked.kinds or list(KINDS), asked.pages),
            "slips": partial(bench.slips, asked.kinds or SLIPPED_KINDS, asked.pages, asked.rounds),
            "prints": partial(bench.prints, asked.kinds or PRINTED_KINDS, asked.pages, asked.rounds),
        }
        for part in asked.only:
            if part in parts:
                parts[part]()
                print(*printed(part, bench.lines[part]), "", sep="\n", flush=True)
                if asked.failures:
                    asked.failures.write_text(
                        "".join(f"{each}\n" for each in sorted(bench.failed, key=_gravity)), "utf-8"
                    )
    if "time" in asked.only:
        print(*spent(asked.reports, asked.seed), "", sep="\n", flush=True)
    if "simulated" in asked.only:
        print(*simulated(asked.reports, asked.seed), sep="\n")


def _gravity(line: str) -> int:
    return FAULTS.index(line.split(":")[0])


def _arguments(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", nargs="+", choices=PARTS, default=PARTS)
    parser.add_argument("--kinds", nargs="+", choices=list(KINDS), metavar="KIND", help=", ".join(KINDS))
    parser.add_argument("--pages", type=int, default=2, help="pages a kind (default: 2)")
    parser.add_argument("--rounds", type=int, default=2, help="how often each number of slips is put into a page")
    parser.add_argument("--reports", type=int, default=500, help="so many for each line of the last two (default: 500)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--engine", default="rapidocr", help="pages are read with this engine (default: rapidocr)")
    parser.add_argument("--second", metavar="ENGINE", help="and doubtful cells with this one too (default: none)")
    parser.add_argument("--remember", type=Path, metavar="FILE", help="what engines answer is kept there")
    parser.add_argument("--failures", type=Path, metavar="FILE", help="what went wrong is written there, line by line")
    parser.add_argument("--verbose", action="store_true", help="a line a page, and each value that went wrong")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    main()
