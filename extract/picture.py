"""Pictures of pages: PNG, JPEG, TIFF (every frame a page), BMP, WEBP, GIF."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING

from ..document import Page, Problem
from ..errors import DamagedFile, TooLarge
from ..ocr import Scan
from ..settings import Settings
from .pages import PageContent, items
from .reading import Reading
from .scan import as_recognised, recognised

if TYPE_CHECKING:
    from PIL.Image import Image

A4_LONG = 842.0
"""The long side of an A4 page in points."""
PLAUSIBLE_DPI = (72, 1200)
MAX_PIXELS = 120_000_000


def read_picture(data: bytes, settings: Settings) -> Reading:
    """Reads every frame as a page. Raises DamagedFile or TooLarge."""
    pages: list[Page] = []
    contents: list[PageContent] = []
    problems: list[Problem] = []
    pictures: dict[int, Callable[[], Scan]] = {}
    first, last = settings.pages or (1, settings.max_pages)
    for number, frame in enumerate(_frames(data), start=1):
        if not first <= number <= last:
            continue
        scan = _scan(frame)
        if settings.ocr == "never":
            marks, content = None, PageContent(page=number, things=())
        else:
            marks, content = recognised(scan, number, settings, "a picture has no words of its own")
            pictures[number] = as_recognised(partial(_scan_again, data, number), settings)
        if marks is None or marks.words_from == "none":
            problems.append(_unread(number, switched_off=marks is None))
        height, width = scan.picture.shape[:2]
        pages.append(
            Page(
                number=number,
                width=round(width / scan.scale if marks is None else marks.width, 2),
                height=round(height / scan.scale if marks is None else marks.height, 2),
                words_from="none" if marks is None else marks.words_from,
                why="recognition is switched off" if marks is None else marks.why,
                rotation=0 if marks is None else marks.rotation,
            )
        )
        contents.append(content)
    return Reading(items=items(contents), pages=tuple(pages), problems=tuple(problems), pictures=pictures)


def _frames(data: bytes) -> Iterator[Image]:
    from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(data)) as picture:
            if picture.width * picture.height > MAX_PIXELS:
                raise TooLarge(f"{picture.width} x {picture.height} pixels; scale it down to at most 600 dpi")
            # An animation is one picture; only TIFF means its frames as pages.
            frames = ImageSequence.Iterator(picture) if picture.format == "TIFF" else [picture]
            for frame in frames:
                yield ImageOps.exif_transpose(frame)
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError, ValueError) as error:
        raise DamagedFile(f"the picture can't be decoded ({error}); fetch the file again from its source") from error


def _scan_again(data: bytes, number: int) -> Scan:
    return _scan(next(islice(_frames(data), number - 1, None)))


def _scan(frame: Image) -> Scan:
    import numpy as np

    declared = frame.info.get("dpi", (0, 0))
    flat = frame.convert("RGBA") if frame.mode in ("P", "LA", "PA") or "transparency" in frame.info else frame
    if flat.mode == "RGBA":  # what shows through is paper
        from PIL import Image

        paper = Image.new("RGBA", flat.size, "white")
        flat = Image.alpha_composite(paper, flat)
    picture = np.array(flat.convert("RGB"), dtype=np.uint8)
    return Scan(picture=picture, scale=_scale(picture.shape[1], picture.shape[0], float(declared[0] or 0)))


def _scale(width: int, height: int, dpi: float) -> float:
    """Pixels a point: as declared where that makes a page no larger than A2, else as if the picture were an A4 page."""
    if PLAUSIBLE_DPI[0] < dpi <= PLAUSIBLE_DPI[1] and max(width, height) / dpi * 72 <= 2 * A4_LONG:
        return dpi / 72
    return max(width, height) / A4_LONG


def _unread(number: int, *, switched_off: bool) -> Problem:
    if switched_off:
        message = f"page {number} is a picture and recognition is switched off; use --ocr auto to read it"
    else:
        message = f"recognition found no text on page {number}; look at the picture"
    return Problem(code="page-unreadable", severity="warning", message=message, page=number)
