"""What a PDF page draws: straight rules and pictures, by pdfium."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from ctypes import byref, c_float, c_int, c_uint
from dataclasses import dataclass
from itertools import pairwise
from math import hypot
from typing import TYPE_CHECKING, Any

from ..document import Box
from ..marks import Rule, union
from .pdf_view import Affine, View, chained, placed

if TYPE_CHECKING:
    from pypdfium2 import PdfPage

THIN = 3.0
"""A filled rectangle no thicker than this, in points, is a drawn rule; a thicker one is a background."""
BROAD = 6.0
"""A line thicker than this is a background too."""
LEVEL = 0.5
"""A line that rises by no more than this, in points, is level."""
WHITE = 252
"""Of 255, in each colour: lighter ink shows nothing on paper."""

Point = tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """``pictures`` are boxes of images, ``fills`` of painted areas, ``outlines`` how many paths the page paints."""

    rules: tuple[Rule, ...]
    pictures: tuple[Box, ...]
    fills: tuple[Box, ...]
    outlines: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Path:
    """A path as seen: its subpaths, each a list of corners, and how it is painted.

    Between two corners runs a straight line, unless ``None`` parts them: a curve runs there, whose steering points are
    given as corners too.
    """

    subpaths: tuple[tuple[Point | None, ...], ...]
    stroked: bool
    filled: bool
    thickness: float


def page_drawing(page: PdfPage, view: View) -> Drawing:
    """The rules and pictures of the visible page, cut at its edges."""
    import pypdfium2.raw as pdfium

    sheet = (0.0, 0.0, view.width, view.height)
    strokes: list[Box] = []
    pictures: list[Box] = []
    fills: list[Box] = []
    outlines = 0
    for thing, outer in _things(pdfium, page.raw, view.matrix):
        kind = pdfium.FPDFPageObj_GetType(thing)
        if kind not in (pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_IMAGE):
            continue
        window = _seen_through(pdfium, thing, outer, sheet)
        if kind == pdfium.FPDF_PAGEOBJ_PATH:
            outlines += 1
            if window is not None:
                path = _path(pdfium, thing, outer)
                strokes += _strokes(path, window)
                fills += _fills(path, window)
        elif window is not None:
            box = _shared(placed(chained(_matrix(pdfium, thing), outer), (0.0, 0.0, 1.0, 1.0)), window)
            pictures += [] if box is None else [box]
    return Drawing(rules=tuple(map(_rule, strokes)), pictures=tuple(pictures), fills=tuple(fills), outlines=outlines)


def _things(pdfium: Any, page: Any, matrix: Affine) -> Iterator[tuple[Any, Affine]]:
    """Every object of the page, also inside forms, with the matrix that leads from its surroundings to the page."""
    waiting = [(pdfium.FPDFPage_CountObjects(page), pdfium.FPDFPage_GetObject, page, matrix)]
    while waiting:
        count, member, parent, outer = waiting.pop()
        for index in range(count):
            thing = member(parent, index)
            if pdfium.FPDFPageObj_GetType(thing) == pdfium.FPDF_PAGEOBJ_FORM:
                inner = chained(_matrix(pdfium, thing), outer)
                waiting.append((pdfium.FPDFFormObj_CountObjects(thing), pdfium.FPDFFormObj_GetObject, thing, inner))
            else:
                yield thing, outer


def _matrix(pdfium: Any, thing: Any) -> Affine:
    found = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(thing, byref(found))
    return found.a, found.b, found.c, found.d, found.e, found.f


def _path(pdfium: Any, thing: Any, outer: Affine) -> _Path:
    fill_mode, stroke, width = c_int(), c_int(), c_float()
    pdfium.FPDFPath_GetDrawMode(thing, byref(fill_mode), byref(stroke))
    pdfium.FPDFPageObj_GetStrokeWidth(thing, byref(width))
    matrix = chained(_matrix(pdfium, thing), outer)
    count = pdfium.FPDFPath_CountSegments(thing)
    return _Path(
        subpaths=_subpaths(pdfium, (pdfium.FPDFPath_GetPathSegment(thing, index) for index in range(count)), matrix),
        stroked=bool(stroke.value) and _shows(pdfium.FPDFPageObj_GetStrokeColor, thing),
        filled=bool(fill_mode.value) and _shows(pdfium.FPDFPageObj_GetFillColor, thing),
        thickness=width.value * hypot(matrix[0], matrix[1]),
    )


def _subpaths(pdfium: Any, segments: Iterable[Any], matrix: Affine) -> tuple[tuple[Point | None, ...], ...]:
    a, b, c, d, e, f = matrix
    x, y = c_float(), c_float()
    x_ref, y_ref = byref(x), byref(y)
    found: list[list[Point | None]] = []
    for segment in segments:
        kind = pdfium.FPDFPathSegment_GetType(segment)
        pdfium.FPDFPathSegment_GetPoint(segment, x_ref, y_ref)
        corner = a * x.value + c * y.value + e, b * x.value + d * y.value + f
        if kind == pdfium.FPDF_SEGMENT_MOVETO or not found:
            found.append([corner])
        elif kind == pdfium.FPDF_SEGMENT_BEZIERTO:
            # A curve takes three points, two that steer it and the one it leads to.
            found[-1] += [None, corner]
        else:
            found[-1].append(corner)
        if pdfium.FPDFPathSegment_GetClose(segment) and found[-1][-1] != found[-1][0]:
            found[-1].append(found[-1][0])
    return tuple(map(tuple, found))


def _shows(color_of: Any, thing: Any) -> bool:
    """Whether a colour leaves a trace on white paper. One that can't be told, a pattern, is taken to."""
    red, green, blue, alpha = c_uint(), c_uint(), c_uint(), c_uint()
    if not color_of(thing, byref(red), byref(green), byref(blue), byref(alpha)):
        return True
    return alpha.value > 0 and min(red.value, green.value, blue.value) < WHITE


def _seen_through(pdfium: Any, thing: Any, outer: Affine, sheet: Box) -> Box | None:
    """The part of the page that clipping leaves for an object: the box of what its clip paths share."""
    clip = pdfium.FPDFPageObj_GetClipPath(thing)
    window: Box | None = sheet
    for path in range(max(pdfium.FPDFClipPath_CountPaths(clip), 0)):
        count = max(pdfium.FPDFClipPath_CountPathSegments(clip, path), 0)
        segments = (pdfium.FPDFClipPath_GetPathSegment(clip, path, index) for index in range(count))
        corners = [corner for line in _subpaths(pdfium, segments, outer) for corner in line if corner is not None]
        window = _shared(_around(corners), window) if corners and window is not None else window
    return window


def _strokes(path: _Path, window: Box) -> Iterator[Box]:
    """Lines and thin shapes, and the straight sides of outlined ones, as thin boxes. White paint shows nothing."""
    lined = path.stroked and path.thickness <= BROAD
    if not lined and not path.filled:
        return
    for corners in path.subpaths:
        box = _shared(_around([corner for corner in corners if corner is not None]), window)
        if box is None:
            continue
        if _is_thin(box):
            yield box
        elif lined or not _is_box(corners):
            for start, end in pairwise(corners):
                if start is not None and end is not None and _is_level(start, end):
                    side = _shared(_around([start, end]), window)
                    yield from () if side is None else (side,)


def _fills(path: _Path, window: Box) -> Iterator[Box]:
    """The painted boxes that are no rules: backgrounds of cells, of text, of the page."""
    for corners in path.subpaths if path.filled else ():
        if _is_box(corners):
            box = _shared(_around([corner for corner in corners if corner is not None]), window)
            if box is not None and not _is_thin(box):
                yield box


def _is_thin(box: Box) -> bool:
    return min(box[2] - box[0], box[3] - box[1]) <= THIN


def _is_level(start: Point, end: Point) -> bool:
    """Whether a line runs along the page or down it."""
    return abs(start[0] - end[0]) <= LEVEL or abs(start[1] - end[1]) <= LEVEL


def _is_box(corners: Sequence[Point | None]) -> bool:
    return all(
        start is not None and end is not None and _is_level(start, end) for start, end in pairwise(corners)
    ) and len(corners) in (4, 5)


def _rule(box: Box) -> Rule:
    """The rule that a thin box is."""
    left, top, right, bottom = box
    if right - left >= bottom - top:
        return Rule(direction="horizontal", at=(top + bottom) / 2, start=left, end=right)
    return Rule(direction="vertical", at=(left + right) / 2, start=top, end=bottom)


def _around(corners: Sequence[Point]) -> Box:
    return union([(x, y, x, y) for x, y in corners])


def _shared(box: Box, window: Box) -> Box | None:
    """The part of ``box`` that lies in ``window``; a line without thickness has one."""
    left, top = max(box[0], window[0]), max(box[1], window[1])
    right, bottom = min(box[2], window[2]), min(box[3], window[3])
    return (left, top, right, bottom) if left <= right and top <= bottom else None
