"""Finds and reads the tables of whole PDF files, and compares them with the truths of the ICDAR 2013 competition.

    python -m bench.icdar FOLDER            ours, and every peer that is installed
    python -m bench.icdar FOLDER --only ours --documents eu-003 eu-012

FOLDER holds ``NAME.pdf``, ``NAME-reg.xml`` (where the tables are) and ``NAME-str.xml`` (their cells). ``NAMEb-*.xml``
beside ``NAMEa.pdf`` is a second accepted truth: the better score counts.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from xml.etree import ElementTree

from gxextract import Settings, Table, read

from .adjacency import Score, Sheet, Span, score
from .peers import Reader, page_heights, peers


def ours(path: Path) -> list[Sheet]:
    """All tables of a file by gxextract, from its text layer."""
    document = read(path, settings=Settings(ocr="never"))
    return [sheet for table in document.tables for sheet in sheets(table)]


def sheets(table: Table) -> list[Sheet]:
    """What each page shows of a table: a header printed again counts on each page that shows it."""
    found = []
    for part in table.parts:
        if part.page is None or part.box is None:
            continue
        cells = [
            Span(
                top=cell.row,
                left=cell.col,
                bottom=cell.row + cell.row_span - 1,
                right=cell.col + cell.col_span - 1,
                text=cell.text or "",
            )
            for cell in table.cells
            if any(of_cell.page == part.page for of_cell in cell.parts)
        ]
        found.append(Sheet(page=part.page, box=part.box, cells=tuple(cells)))
    return found


def truths(pdf: Path) -> list[list[Sheet]]:
    """The accepted truths of a document, of which there is at least one."""
    stem = pdf.stem
    stems = [stem, stem[:-1] + "b"] if stem.endswith("a") else [stem]
    heights = page_heights(pdf)
    return [_truth(pdf.with_name(each), heights) for each in stems if _beside(pdf.with_name(each), "str").exists()]


def _beside(base: Path, kind: str) -> Path:
    return base.with_name(f"{base.name}-{kind}.xml")


def _truth(base: Path, heights: Sequence[float]) -> list[Sheet]:
    """One sheet a region; the two files name tables by the same ids."""
    boxes: dict[tuple[str, int], list[tuple[float, float, float, float]]] = {}
    for table, region in _regions(_beside(base, "reg")):
        page = int(region.attrib["page"])
        for box in region.iter("bounding-box"):
            left, right, low, high = (float(box.attrib[name]) for name in ("x1", "x2", "y1", "y2"))
            height = heights[page - 1]
            boxes.setdefault((table, page), []).append((left, height - high, right, height - low))
    found = []
    for table, region in _regions(_beside(base, "str")):
        page = int(region.attrib["page"])
        lefts, tops, rights, bottoms = zip(*boxes[table, page], strict=True)
        box = (min(lefts), min(tops), max(rights), max(bottoms))
        found.append(Sheet(page=page, box=box, cells=tuple(_true_span(cell) for cell in region.iter("cell"))))
    return found


def _regions(file: Path) -> Iterable[tuple[str, ElementTree.Element]]:
    for table in ElementTree.parse(file).getroot().iter("table"):
        for region in table.iter("region"):
            yield table.attrib["id"], region


def _true_span(cell: ElementTree.Element) -> Span:
    top, left = int(cell.attrib["start-row"]), int(cell.attrib["start-col"])
    return Span(
        top=top,
        left=left,
        bottom=int(cell.attrib.get("end-row", top)),
        right=int(cell.attrib.get("end-col", left)),
        text=cell.findtext("content") or "",
    )


def best_score(found: Sequence[Sheet], accepted: Sequence[Sequence[Sheet]]) -> Score:
    """The score against the truth that suits best."""
    return max((score(found, truth) for truth in accepted), key=lambda each: each.f1)


def measured(folder: Path, reader: Reader, names: Sequence[str]) -> tuple[dict[str, Score], float]:
    """The score of each document, and the seconds all of them took to read. A reader that fails has found nothing.

    One column is no table: readers that return set text as one aren't charged for it.
    """
    scores: dict[str, Score] = {}
    seconds = 0.0
    for pdf in sorted(folder.glob("*.pdf")):
        if names and pdf.stem not in names:
            continue
        start = time.perf_counter()
        try:
            found = [sheet for sheet in reader(pdf) if any(cell.right > 0 for cell in sheet.cells)]
        except Exception as error:  # a peer raises what it likes; the others are still to be measured
            print(f"{pdf.name}: {type(error).__name__}: {error}")
            found = []
        seconds += time.perf_counter() - start
        scores[pdf.stem] = best_score(found, truths(pdf))
    return scores, seconds


def summary(scores: Iterable[Score]) -> tuple[Score, float]:
    """All relations in one score (micro), and the mean of the documents' F1."""
    each = list(scores)
    return sum(each, Score()), sum(score.f1 for score in each) / len(each)


def main() -> None:
    """Prints a line a document for each reader, and how the readers compare."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", nargs="*", metavar="READER", help="ours, or a peer's name")
    parser.add_argument("--documents", nargs="*", default=[], metavar="NAME")
    asked = parser.parse_args()
    if not any(asked.folder.glob("*-str.xml")):
        parser.error(f"{asked.folder} holds no NAME-str.xml; give the folder of the competition's files")
    readers: dict[str, Reader] = {"ours": ours, **peers()}
    if unknown := set(asked.only or []) - set(readers):
        parser.error(f"no reader {', '.join(sorted(unknown))} here; there are {', '.join(readers)}")
    lines = []
    for name in asked.only or readers:
        scores, seconds = measured(asked.folder, readers[name], asked.documents)
        print(f"\n{name}\n{'document':12} {'precision':>9} {'recall':>9} {'F1':>9} {'true':>6} {'found':>6}")
        for document, each in scores.items():
            print(f"{document:12} {each.precision:9.3f} {each.recall:9.3f} {each.f1:9.3f} {each.true:6} {each.found:6}")
        total, mean = summary(scores.values())
        lines.append(f"{name:16} {total.precision:9.3f} {total.recall:9.3f} {total.f1:9.3f} {mean:9.3f} {seconds:8.1f}")
    print(f"\n{'reader':16} {'precision':>9} {'recall':>9} {'micro F1':>9} {'mean F1':>9} {'seconds':>8}")
    print("\n".join(lines))


if __name__ == "__main__":
    main()
