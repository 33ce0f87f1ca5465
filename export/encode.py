"""What every writer does the same way: a box's numbers, a text that was lost, a text that isn't quite Unicode."""

from __future__ import annotations

from ..document import Box

LOST = "\N{REPLACEMENT CHARACTER}"
"""Stands in clean text for a cell whose text was lost, so that it can't be taken for a blank one."""


def rounded(length: float) -> float:
    """Points, to the hundredth; never ``-0.0``, which is another text for the same place."""
    return round(float(length), 2) + 0.0


def rounded_box(box: Box) -> list[float]:
    """``[left, top, right, bottom]`` in points, to the hundredth."""
    return [rounded(length) for length in box]


def encodable(text: str) -> str:
    r"""The text with each lone surrogate written out as ``\udcxx``; anything else stays.

    A file name need not be Unicode: what isn't arrives as lone surrogates, which no UTF-8 file can hold. In JSON the
    escape reads back as the very same name.
    """
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def shown(text: str | None) -> str:
    """A cell's text for a reader: ``LOST`` where it was lost."""
    return LOST if text is None else text
