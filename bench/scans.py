"""How exactly the tables of scanned pages are read, kind of trouble by kind, beside the bare engine and img2table.

    python -m bench.scans                                   every kind, two pages of each
    python -m bench.scans --kinds skew-5 seal --pages 3 --verbose
    python -m bench.scans --peer-python /path/to/python     and img2table + rapidocr on the same pages
    python -m bench.scans --out FOLDER                      only writes the pictures and truth.json

prints the table of ``docs/scans.md``. Each page is read by the bare engine and by gxextract in turns, with the same
threads, so that a busy machine is hard on both. A peer's tables go through our own reader of HTML and our knowledge of
the form, so that it answers for what it saw and where, not for the names it gives it; it warns of nothing.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median
from typing import Any

from bench.scan_engines import BareEngine, peer_documents
from fixtures.scans import SCAN_KINDS, ScannedPage, scanned_pages
from fixtures.truth import dumps
from gxextract import Settings, read
from gxextract.errors import GxextractError
from gxextract.export import to_json
from tests.scorer import Score, differences, score

Json = dict[str, Any]
MOST_LINES = 40
"""How many wrong values of a page are printed: a page gone wrong as a whole needs no more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """One page: ours and the peer's score, how many of our values are flagged, and seconds of ours and the engine."""

    kind: str
    ours: Score
    flagged: int
    seconds: float
    bare_seconds: float
    peer: Score | None = None


def measured(page: ScannedPage, file: Path, settings: Settings, bare: BareEngine, *, verbose: bool) -> Measured:
    """The page read once by the bare engine and once by us."""
    bare_seconds = bare.seconds(file)
    start = time.perf_counter()
    document = _document(file, settings)
    seconds = time.perf_counter() - start
    ours = score(document, page.truth)
    flagged = sum(
        record["check"] == "flagged" for block in (document or {"blocks": []})["blocks"] for record in _records(block)
    )
    print(
        f"{page.name}: {ours.right} of {ours.values}, {ours.wrong_and_unflagged} wrong and not flagged, "
        f"{flagged} flagged, {ours.missing} missing; {seconds:.1f} s, the engine {bare_seconds:.1f} s",
        flush=True,
    )
    if verbose and document:
        lines = differences(document, page.truth)
        for line in lines[:MOST_LINES]:
            print(f"    {line}")
        if len(lines) > MOST_LINES:
            print(f"    and {len(lines) - MOST_LINES} more")
    return Measured(kind=page.kind, ours=ours, flagged=flagged, seconds=seconds, bare_seconds=bare_seconds)


def _document(file: Path, settings: Settings) -> Json | None:
    try:
        return dict(json.loads(to_json(read(file, settings=settings))))
    except GxextractError as error:
        print(f"{file.name}: {error}")
        return None


def _records(block: Json) -> list[Json]:
    return list(block.get("records", ()))


def written(out: Path, kinds: Sequence[str], seed: int, pages: int) -> list[tuple[ScannedPage, Path]]:
    """The pictures in ``out``, with truth.json beside them."""
    out.mkdir(parents=True, exist_ok=True)
    found = []
    for page in (page for kind in SCAN_KINDS if kind.name in kinds for page in scanned_pages(kind, seed, pages)):
        (out / page.name).write_bytes(page.data)
        found.append((page, out / page.name))
    (out / "truth.json").write_text(dumps({page.name: page.truth for page, _ in found}, {}), encoding="utf-8")
    return found


def report(results: Sequence[Measured]) -> Iterator[str]:
    """A Markdown table: a line a kind, and one of all."""
    with_peer = any(each.peer is not None for each in results)
    yield "| kind | values | right | wrong, not flagged | flagged | missing | time, of the engine's |" + (
        " img2table: right | wrong | missing |" if with_peer else ""
    )
    yield "|---|---|---|---|---|---|---|" + ("---|---|---|" if with_peer else "")
    for kind in [*dict.fromkeys(each.kind for each in results), "all"]:
        some = [each for each in results if kind in (each.kind, "all")]
        ours = sum((each.ours for each in some), Score())
        peers = [each.peer for each in some if each.peer is not None]
        line = [
            kind,
            ours.values,
            f"{_share(ours)} ({ours.right})",
            ours.wrong_and_unflagged,
            sum(each.flagged for each in some),
            ours.missing,
            f"{median(each.seconds / each.bare_seconds for each in some):.2f} ×",
        ]
        if with_peer:
            peer = sum(peers, Score())
            line += [_share(peer) if peers else "", peer.wrong + peer.extra, peer.missing]
        yield "| " + " | ".join(map(str, line)) + " |"


def _share(counted: Score) -> str:
    """Cut, not rounded: only all of them are 100 %."""
    return f"{int(1000 * counted.shares()['values']) / 10:.1f} %"


def with_peer(
    results: Sequence[Measured], pages: Sequence[tuple[ScannedPage, Path]], python: Path, threads: int
) -> list[Measured]:
    """The results with what img2table, run by ``python``, read from the same pictures."""
    documents = peer_documents(python, [file for _, file in pages], threads)
    return [
        replace(mine, peer=score(document, page.truth))
        for mine, (page, _), document in zip(results, pages, documents, strict=True)
    ]


def memory(files: Sequence[Path], settings: Settings, count: int) -> Iterator[str]:
    """What this process holds, in MiB, while it reads ``count`` pages, the same few over and over."""
    import psutil

    process = psutil.Process()
    for number in range(1, count + 1):
        _document(files[number % len(files)], settings)
        if number in (1, 10) or number % 30 == 10 or number == count:
            yield f"after {number} pages: {process.memory_info().rss / 2**20:.0f} MiB"


def main() -> None:
    """Prints a line a page and the table of all kinds."""
    names = [kind.name for kind in SCAN_KINDS]
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kinds", nargs="+", choices=names, default=names, metavar="KIND", help=", ".join(names))
    parser.add_argument("--pages", type=int, default=2, help="pages a kind (default: 2)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--engine", default="rapidocr", help="ours reads with this engine (default: rapidocr)")
    parser.add_argument("--peer-python", type=Path, metavar="PYTHON", help="a Python that has img2table and rapidocr")
    parser.add_argument("--out", type=Path, metavar="FOLDER", help="only write pictures and truth.json there")
    parser.add_argument("--memory", type=int, metavar="COUNT", help="only read COUNT pages and tell the memory held")
    parser.add_argument("--verbose", action="store_true", help="print each value that isn't right")
    asked = parser.parse_args()
    if asked.out:
        print(f"{len(written(asked.out, asked.kinds, asked.seed, asked.pages))} pictures")
        return
    settings = Settings(engine=asked.engine, ocr_threads=asked.threads)
    with tempfile.TemporaryDirectory() as folder:
        pages = written(Path(folder), asked.kinds, asked.seed, asked.pages)
        if asked.memory:
            for line in memory([file for _, file in pages], settings, asked.memory):
                print(line, flush=True)
            return
        bare = BareEngine(asked.threads)
        bare.seconds(pages[0][1])
        _document(pages[0][1], settings)
        results = [measured(page, file, settings, bare, verbose=asked.verbose) for page, file in pages]
        if asked.peer_python:
            results = with_peer(results, pages, asked.peer_python, asked.threads)
    print(*report(results), sep="\n")


if __name__ == "__main__":
    main()
