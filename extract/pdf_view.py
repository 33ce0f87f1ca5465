"""How a PDF page lies before its reader: from the file's coordinates to points from the top left corner."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..document import Box

if TYPE_CHECKING:
    from pypdfium2 import PdfPage

Affine = tuple[float, float, float, float, float, float]
"""``(a, b, c, d, e, f)``: x' = a·x + c·y + e, y' = b·x + d·y + f, as PDF writes a matrix."""

IDENTITY: Affine = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """The visible part of a page, turned clockwise by ``rotation`` degrees.

    ``visible`` is ``(left, bottom, right, top)`` in the file's own coordinates, whose y grows upwards; ``matrix``
    leads from there to the page as seen.
    """

    visible: Box
    rotation: int

    @property
    def width(self) -> float:
        left, bottom, right, top = self.visible
        return top - bottom if self.rotation % 180 else right - left

    @property
    def height(self) -> float:
        left, bottom, right, top = self.visible
        return right - left if self.rotation % 180 else top - bottom

    @property
    def matrix(self) -> Affine:
        left, bottom, right, top = self.visible
        if self.rotation == 0:
            return 1.0, 0.0, 0.0, -1.0, -left, top
        if self.rotation == 90:
            return 0.0, 1.0, 1.0, 0.0, -bottom, -left
        if self.rotation == 180:
            return -1.0, 0.0, 0.0, 1.0, right, -bottom
        return 0.0, -1.0, -1.0, 0.0, top, right

    def turned(self, quarters: int) -> View:
        """The same page turned clockwise by so many quarters more."""
        return View(visible=self.visible, rotation=(self.rotation + 90 * quarters) % 360)


def view_of(page: PdfPage) -> View:
    """The page as any viewer shows it: what its crop box leaves, turned as the file says."""
    return View(visible=page.get_bbox(), rotation=page.get_rotation())


def chained(first: Affine, then: Affine) -> Affine:
    """The matrix that does what ``first`` does, and what ``then`` does to that."""
    a, b, c, d, e, f = first
    p, q, r, s, t, u = then
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


def placed(matrix: Affine, box: Box) -> Box:
    """``(left, top, right, bottom)`` of a box whose corners ``matrix`` moves; quarter turns keep it a box."""
    a, b, c, d, e, f = matrix
    x0, y0, x1, y1 = box
    left, right = a * x0 + c * y0 + e, a * x1 + c * y1 + e
    top, bottom = b * x0 + d * y0 + f, b * x1 + d * y1 + f
    if left > right:
        left, right = right, left
    if top > bottom:
        top, bottom = bottom, top
    return left, top, right, bottom
