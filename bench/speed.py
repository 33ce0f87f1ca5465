"""How long a PDF with a text layer takes from file to JSON, beside what pdfplumber needs for its tables alone.

    python -m bench.speed FILE.pdf...
    python -m bench.speed FILE.pdf... --repeats 7 --at-most 1.0

Ours reads words, rules and tables, joins them over pages and writes JSON; the peer calls ``extract_tables`` on every
page. Both run in turns in one process, each once to warm up, so that a busy machine is hard on both. What counts is
the ratio of the medians over all files; with ``--at-most`` a higher one fails.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median

from gxextract import Settings, read
from gxextract.export import to_json


def ours(path: Path) -> int:
    """Reads and writes one file; the number of its tables."""
    document = read(path, settings=Settings(ocr="never"))
    to_json(document)
    return len(document.tables)


def pdfplumber(path: Path) -> int:
    """The tables of every page of one file by pdfplumber; their number."""
    import pdfplumber as peer

    with peer.open(path) as document:
        return sum(len(page.extract_tables()) for page in document.pages)


def seconds(reader: Callable[[Path], int], paths: Sequence[Path]) -> list[float]:
    """How long each file takes. A reader that finds no table at all has not done the work."""
    taken = []
    tables = 0
    for path in paths:
        start = time.perf_counter()
        tables += reader(path)
        taken.append(time.perf_counter() - start)
    if not tables:
        raise SystemExit(f"{reader.__name__} found no table; give files that hold some")
    return taken


def main() -> None:
    """Prints the median seconds a file for both, and the ratio over all files."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", type=Path, nargs="+")
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--at-most", type=float, metavar="RATIO", help="exit with 1 if ours takes longer than this")
    asked = parser.parse_args()
    seconds(ours, asked.files), seconds(pdfplumber, asked.files)
    turns = [(seconds(ours, asked.files), seconds(pdfplumber, asked.files)) for _ in range(asked.repeats)]
    print(f"{'file':44} {'ours':>8} {'pdfplumber':>11} {'ratio':>6}")
    for index, path in enumerate(asked.files):
        mine, theirs = (median(turn[side][index] for turn in turns) for side in (0, 1))
        print(f"{path.name[:44]:44} {mine:8.3f} {theirs:11.3f} {mine / theirs:6.2f}")
    mine, theirs = (median(sum(turn[side]) for turn in turns) for side in (0, 1))
    print(f"{'all':44} {mine:8.3f} {theirs:11.3f} {mine / theirs:6.2f}")
    if asked.at_most is not None and mine > asked.at_most * theirs:
        sys.exit(1)


if __name__ == "__main__":
    main()
