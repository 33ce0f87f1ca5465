"""The words, rules and pictures of a PDF page, by pdfplumber."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from ..document import Box
from ..marks import Marks, Rule, Word, union

if TYPE_CHECKING:
    from pdfplumber.page import Page as PlumberPage

THIN = 3.0
"""A rectangle no thicker than this, in points, is a drawn rule; so is a side of a thicker one that has an outline."""
WORD_GAP = 0.18
"""Characters further apart than this share of the font size belong to different words."""
DOUBLE_STRIKE = 0.25
"""The same character printed again within this share of the font size makes it bold, not two."""


def page_marks(page: PlumberPage) -> Marks:
    """What a text-layer page shows. Characters outside the page's own box were never visible and are left out."""
    left, top, right, bottom = page.bbox
    shift = (-left, -top)
    chars = [char for char in page.chars if _visible(char, page.bbox)]
    return Marks(
        page=page.page_number,
        width=float(right - left),
        height=float(bottom - top),
        words=tuple(words(_struck_once(chars), shift)),
        rules=tuple(rules(page, shift)),
        pictures=tuple(_moved(_box(image), shift) for image in page.images),
        rotation=int(page.rotation or 0) % 360,
    )


def _visible(char: dict[str, Any], bbox: Sequence[float]) -> bool:
    x, y = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
    return bool(bbox[0] <= x <= bbox[2] and bbox[1] <= y <= bbox[3])


def _struck_once(chars: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Characters without the copies drawn on top of them."""
    kept: list[dict[str, Any]] = []
    near: dict[tuple[str, int, int], list[dict[str, Any]]] = {}
    for char in chars:
        reach = DOUBLE_STRIKE * max(char["size"], 1.0)
        column, line = round(char["x0"] / 10), round(char["top"] / 10)
        copies = (
            other
            for dx in (-1, 0, 1)
            for dy in (-1, 0, 1)
            for other in near.get((char["text"], column + dx, line + dy), ())
        )
        if any(abs(char["x0"] - o["x0"]) < reach and abs(char["top"] - o["top"]) < reach for o in copies):
            continue
        near.setdefault((char["text"], column, line), []).append(char)
        kept.append(char)
    return kept


def words(chars: Iterable[dict[str, Any]], shift: tuple[float, float]) -> Iterable[Word]:
    """Characters gathered into words where each follows the one before on the same line without a gap or a space."""
    run: list[dict[str, Any]] = []
    for char in chars:
        if not char["text"].strip():
            if run:
                yield _word(run, shift)
            run = []
            continue
        if run and not _follows(run[-1], char):
            yield _word(run, shift)
            run = []
        run.append(char)
    if run:
        yield _word(run, shift)


def _follows(before: dict[str, Any], char: dict[str, Any]) -> bool:
    size = max(before["size"], char["size"])
    same_line = min(before["bottom"], char["bottom"]) - max(before["top"], char["top"]) > 0.5 * min(
        before["bottom"] - before["top"], char["bottom"] - char["top"]
    )
    gap = char["x0"] - before["x1"]
    return bool(same_line and -0.5 * size <= gap <= WORD_GAP * size)


def _word(run: Sequence[dict[str, Any]], shift: tuple[float, float]) -> Word:
    boxes: list[Box] = []
    text = ""
    for char in run:
        # A ligature is one glyph of several characters; each needs a box of its own.
        letters = char["text"]
        text += letters
        boxes += [_moved(_box(char), shift)] * len(letters)
    left, top, right, bottom = union(boxes)
    return Word(
        text=text,
        left=left,
        top=top,
        right=right,
        bottom=bottom,
        size=max(float(char["size"]) for char in run),
        origin="text-layer",
        char_boxes=tuple(boxes),
    )


def rules(page: PlumberPage, shift: tuple[float, float]) -> Iterable[Rule]:
    """Lines and thin rectangles, and the sides of outlined rectangles. What is drawn in white shows nothing."""
    for line in page.lines:
        if not _white(line.get("stroking_color")):
            yield from _straight(_moved(_box(line), shift))
    for rect in page.rects:
        box = _moved(_box(rect), shift)
        thin = min(box[2] - box[0], box[3] - box[1]) <= THIN
        if thin and not _white(rect["non_stroking_color" if rect.get("fill") else "stroking_color"]):
            yield from _straight(box)
        elif not thin and rect.get("stroke") and not _white(rect.get("stroking_color")):
            yield from sides(box)
    for curve in page.curves:
        yield from _polyline([(x + shift[0], y + shift[1]) for x, y in curve["pts"]])


def _white(color: Any) -> bool:
    """Whether a PDF colour of one (grey), three (RGB) or four (CMYK) parts is white."""
    if not isinstance(color, (tuple, list)) or not all(isinstance(part, (int, float)) for part in color):
        return False
    return all(part == 0 for part in color) if len(color) == 4 else bool(color) and all(part >= 0.99 for part in color)


def _straight(box: Box) -> Iterable[Rule]:
    left, top, right, bottom = box
    if right - left >= bottom - top and bottom - top <= THIN:
        yield Rule(direction="horizontal", at=(top + bottom) / 2, start=left, end=right)
    elif right - left <= THIN:
        yield Rule(direction="vertical", at=(left + right) / 2, start=top, end=bottom)


def sides(box: Box) -> Iterable[Rule]:
    """The four sides of a box."""
    left, top, right, bottom = box
    yield Rule(direction="horizontal", at=top, start=left, end=right)
    yield Rule(direction="horizontal", at=bottom, start=left, end=right)
    yield Rule(direction="vertical", at=left, start=top, end=bottom)
    yield Rule(direction="vertical", at=right, start=top, end=bottom)


def _polyline(points: Sequence[tuple[float, float]]) -> Iterable[Rule]:
    """The upright and level stretches of a path, which some producers draw a whole table with."""
    for (x0, y0), (x1, y1) in pairwise(points):
        if abs(x1 - x0) <= 0.5 or abs(y1 - y0) <= 0.5:
            yield from _straight((min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)))


def _box(thing: dict[str, Any]) -> Box:
    return float(thing["x0"]), float(thing["top"]), float(thing["x1"]), float(thing["bottom"])


def _moved(box: Box, shift: tuple[float, float]) -> Box:
    return box[0] + shift[0], box[1] + shift[1], box[2] + shift[0], box[3] + shift[1]
