"""rapidocr: PP-OCR models on onnxruntime, offline, with the models inside its wheel."""

from __future__ import annotations

import logging
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Any

from ..document import Box
from ..errors import MissingPart, OcrError
from .ctc import likeliest
from .engine import Engine, Seen

if TYPE_CHECKING:
    from .engine import Picture

MIN_CONFIDENCE = 0.3
"""Lines read with less are specks. The arithmetic and the second look judge what is above."""
NARROW = [3, 48, 96]
"""Channels, height and least width that a cell's crop is padded to. At the default width of 320 a digit costs five
times as much; lines of a page keep the default, since less makes an O of every other 0."""


class RapidEngine(Engine):
    """The default engine. Lines are not turned over by a classifier: it turned upright ones."""

    name = "rapidocr"

    def __init__(self, threads: int) -> None:
        try:
            from rapidocr import RapidOCR
        except ImportError as error:
            raise MissingPart(f"rapidocr can't be loaded ({error}); install it with: pip install rapidocr") from error
        logging.getLogger("RapidOCR").setLevel(logging.ERROR)
        self._ocr = RapidOCR(
            params={
                "Global.use_cls": False,
                "Global.log_level": "error",
                "Global.text_score": MIN_CONFIDENCE,
                # A page at 200 dpi is 2339 pixels high; the default of 2000 would shrink every page.
                "Global.max_side_len": 4000,
                "EngineConfig.onnxruntime.intra_op_num_threads": threads,
                "EngineConfig.onnxruntime.inter_op_num_threads": 1,
            }
        )

    def find(self, picture: Picture) -> list[Seen]:
        try:
            result: Any = self._ocr(
                _bgr(picture), use_det=True, use_rec=True, return_word_box=True, return_single_char_box=True
            )
        except Exception as error:
            raise OcrError(f"rapidocr failed on a page ({error}); try --ocr never to keep the text layers") from error
        if result.boxes is None or not result.txts:
            return []
        words = result.word_results or ()
        if len(words) != len(result.txts):  # a line without a single readable character shifts the two lists
            words = ((),) * len(result.txts)
        return [
            Seen(text=text, confidence=float(score), box=_box(quad), char_boxes=_char_boxes(text, chars))
            for quad, text, score, chars in zip(result.boxes, result.txts, result.scores, words, strict=True)
        ]

    def read(self, crops: Sequence[Picture]) -> list[tuple[str, float]]:
        return [(text, float(score)) for text, score in self._recognised(crops)]

    def alternatives(self, crops: Sequence[Picture], among: Collection[str] = ()) -> list[list[tuple[str, float]]]:
        def decoded(batch: Any, *_: Any, **__: Any) -> tuple[list[tuple[Any, float]], list[Any]]:
            return [(likeliest(steps, characters, among), 0.0) for steps in batch], []

        characters = self._recogniser.postprocess_op.character
        return [texts for texts, _ in self._recognised(crops, postprocess_op=decoded)]

    @property
    def _recogniser(self) -> Any:
        ocr: Any = self._ocr
        return ocr._load_rec_model()

    def _recognised(self, crops: Sequence[Picture], **changed: Any) -> list[tuple[Any, float]]:
        """What the recogniser makes of each crop, with some of its parts ``changed`` for this once."""
        if not crops:
            return []
        from rapidocr.ch_ppocr_rec import TextRecInput

        recogniser = self._recogniser
        changed = {"rec_image_shape": NARROW, **changed}
        usual = {name: getattr(recogniser, name) for name in changed}
        vars(recogniser).update(changed)
        try:
            result = recogniser(TextRecInput(img=[_bgr(crop) for crop in crops], return_word_box=False))
        except Exception as error:
            raise OcrError(f"rapidocr failed on {len(crops)} cells ({error}); try --ocr never") from error
        finally:
            vars(recogniser).update(usual)
        return list(zip(result.txts, result.scores, strict=True))


def _bgr(picture: Picture) -> Picture:
    import numpy as np

    return np.ascontiguousarray(picture[:, :, ::-1])


def _box(quad: Any) -> Box:
    xs, ys = [float(point[0]) for point in quad], [float(point[1]) for point in quad]
    return min(xs), min(ys), max(xs), max(ys)


def _char_boxes(text: str, chars: Sequence[Any]) -> tuple[Box, ...]:
    """A box for each character of ``text``, spaces (which the engine leaves out) set between their neighbours.

    Empty if the engine's characters don't spell the text: better no boxes than wrong ones.
    """
    boxes = [(str(char[0]), _box(char[2])) for char in chars if char[2] is not None]
    spelled = "".join(char for char, _ in boxes)
    if spelled.replace(" ", "") != text.replace(" ", "") or any(len(char) != 1 for char, _ in boxes):
        return ()
    solid = iter([box for char, box in boxes if char != " "])
    found: list[Box] = []
    for letter in text:
        if letter != " ":
            found.append(next(solid))
        elif found:
            _, top, right, bottom = found[-1]
            found.append((right, top, right, bottom))
        else:
            return ()
    return tuple(found)
