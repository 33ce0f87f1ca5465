"""paddleocr: PP-OCR models of the user's, or those in rapidocr's wheel, on onnxruntime or on paddlepaddle.

Nothing is ever downloaded: a model is a folder on this machine with an ``inference.yml``.
"""

from __future__ import annotations

import logging
import math
import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..document import Box
from ..errors import MissingPart, OcrError
from ..settings import HOW_TO_GET
from .engine import Engine, Seen
from .paddle_models import Model, bundled_models, models_in

if TYPE_CHECKING:
    from .engine import Picture

Quad = tuple[tuple[float, float], ...]
"""The four corners of a line in pixels, from its top left, clockwise."""

MIN_CONFIDENCE = 0.3
"""Lines read with less are specks."""
SHORT_SIDE = 736
"""A page's shorter side is made at least so many pixels; the models' own default shrinks every page to 960."""
BATCH = 6
"""Lines a run of the recogniser: all are padded to the widest."""
TALL = 2.5
"""A line this many times higher than wide runs down the page. Less is a narrow digit."""


class PaddleEngine(Engine):
    """``models`` is a folder with one folder for the detection model and one for the recognition model."""

    name = "paddleocr"

    def __init__(self, threads: int, models: str | None = None) -> None:
        os.environ.setdefault("PADDLE_PDX_DISABLE_MODEL_SOURCE_CHECK", "True")  # it asks hosts of models otherwise
        try:
            from paddleocr import TextDetection, TextRecognition
        except ImportError as error:
            cure = HOW_TO_GET["paddleocr"]
            raise MissingPart(f"paddleocr can't be loaded ({error}); install it with: {cure}") from error
        logging.getLogger("paddlex").setLevel(logging.ERROR)
        with _models(models) as (detection, recognition):
            self._detector: Any = _loaded(
                TextDetection, detection, threads, limit_side_len=SHORT_SIDE, limit_type="min"
            )
            self._recogniser: Any = _loaded(TextRecognition, recognition, threads)

    def find(self, picture: Picture) -> list[Seen]:
        page = _bgr(picture)
        try:
            polys = self._detector.predict([page])[0]["dt_polys"]
        except Exception as error:
            raise OcrError(f"paddleocr failed on a page ({error}); try --ocr never to keep the text layers") from error
        quads = sorted(map(_quad, polys), key=lambda quad: quad[0][::-1])
        lines = [(quad, crop) for quad in quads if (crop := _cut(page, quad)) is not None]
        readings = self._recognised([crop for _, crop in lines])
        return [
            Seen(text=text, confidence=confidence, box=_around(quad), char_boxes=_char_boxes(text, places, quad))
            for (quad, _), (text, confidence, places) in zip(lines, readings, strict=True)
            if text.strip() and confidence >= MIN_CONFIDENCE
        ]

    def read(self, crops: Sequence[Picture]) -> list[tuple[str, float]]:
        readings = self._recognised([_bgr(crop) for crop in crops])
        return [(text, confidence if text else 0.0) for text, confidence, _ in readings]

    def _recognised(self, crops: Sequence[Picture]) -> list[tuple[str, float, list[float]]]:
        """Text, confidence and where along the crop each character stands (0 to 1), of every crop.

        Narrow crops go first: a batch is padded to its widest, and tells places rightly only in that order.
        """
        order = sorted(range(len(crops)), key=lambda index: crops[index].shape[1] / crops[index].shape[0])
        ordered = [crops[index] for index in order]
        try:
            results = list(self._recogniser.predict_iter(ordered, batch_size=BATCH, return_word_box=True))
        except Exception as error:
            raise OcrError(f"paddleocr failed on {len(crops)} lines ({error}); try --ocr never") from error
        readings: dict[int, tuple[str, float, list[float]]] = {}
        for index, result in zip(order, results, strict=True):
            text, (columns, _, words, _) = result["rec_text"]
            places = [(column + 0.5) / columns for word in words for column in word]
            readings[index] = text, float(result["rec_score"]), places
        return [readings[index] for index in range(len(crops))]


@contextmanager
def _models(folder: str | None) -> Iterator[tuple[Model, Model]]:
    """The detection and the recognition model, on disk for as long as loading them takes."""
    if folder is not None:
        yield models_in(Path(folder))
        return
    with tempfile.TemporaryDirectory(prefix="gxextract-") as made:
        yield bundled_models(Path(made))


def _loaded(module: Any, model: Model, threads: int, **options: Any) -> Any:
    if model.runs_on == "onnxruntime":
        options["engine_config"] = {
            "intra_op_num_threads": threads,
            "inter_op_num_threads": 1,
            "enable_cpu_mem_arena": False,  # an arena keeps what the largest page took
        }
    else:
        options |= {"cpu_threads": threads, "enable_mkldnn": False}  # with it paddlepaddle 3.3 can't run these models
    try:
        return module(model_name=model.name, model_dir=str(model.folder), engine=model.runs_on, device="cpu", **options)
    except Exception as error:
        raise OcrError(f"paddleocr can't load {model.folder} ({error}); try it without --models") from error


def _bgr(picture: Picture) -> Picture:
    import numpy as np

    return np.ascontiguousarray(picture[:, :, ::-1])


def _quad(poly: Any) -> Quad:
    return tuple((float(x), float(y)) for x, y in poly)


def _size(quad: Quad) -> tuple[int, int]:
    """Width and height in pixels."""
    top_left, top_right, bottom_right, bottom_left = quad
    width = max(math.dist(top_left, top_right), math.dist(bottom_left, bottom_right))
    return round(width), round(max(math.dist(top_left, bottom_left), math.dist(top_right, bottom_right)))


def _runs_down(quad: Quad) -> bool:
    width, height = _size(quad)
    return height > TALL * width


def _around(quad: Quad) -> Box:
    xs, ys = zip(*quad, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def _cut(page: Picture, quad: Quad) -> Picture | None:
    """The line, made level; one that runs down the page turned to be read; ``None`` where it has no area."""
    import cv2
    import numpy as np

    width, height = _size(quad)
    if width < 2 or height < 2:
        return None
    level = np.array([(0, 0), (width, 0), (width, height), (0, height)], dtype=np.float32)
    turn = cv2.getPerspectiveTransform(np.array(quad, dtype=np.float32), level)
    line = cv2.warpPerspective(page, turn, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    return np.ascontiguousarray(np.rot90(line) if _runs_down(quad) else line, dtype=np.uint8)


def _char_boxes(text: str, places: Sequence[float], quad: Quad) -> tuple[Box, ...]:
    """A box a character, from where each stands along the line: neighbours meet half-way.

    Empty where places and characters don't match, and for a line that runs down the page.
    """
    if len(places) != len(text) or _runs_down(quad):
        return ()
    left, top, right, bottom = _around(quad)
    middles = [left + place * (right - left) for place in places]
    halves = [(one + other) / 2 for one, other in pairwise(middles)]
    reach = min([(bottom - top) / 2, *(half - middle for half, middle in zip(halves, middles, strict=False))])
    edges = [max(left, middles[0] - reach), *halves, min(right, middles[-1] + reach)]
    return tuple((start, top, end, bottom) for start, end in pairwise(edges))
