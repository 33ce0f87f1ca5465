"""img2table with rapidocr over pictures of pages, for a Python of its own: it needs nothing of this project.

    python bench/scan_peer.py THREADS PICTURE...

prints a line of JSON a picture: ``{"tables": [HTML, …], "seconds": 1.2}``, and ``"error"`` where it failed. It gets the
same models, threads and picture size as ours, and its own correction of rotation.
"""

from __future__ import annotations

import json
import sys
import time
from typing import Any


def main(threads: int, pictures: list[str]) -> None:
    """Prints what each picture holds."""
    from img2table.document import Image
    from img2table.ocr import RapidOCR
    from rapidocr import LangRec

    ocr = RapidOCR(
        params={
            "Rec.lang_type": LangRec.CH,
            "Global.use_cls": False,
            "Global.log_level": "error",
            "Global.max_side_len": 4000,
            "EngineConfig.onnxruntime.intra_op_num_threads": threads,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        }
    )
    for picture in pictures:
        start = time.perf_counter()
        answer: dict[str, Any] = {"tables": []}
        try:
            tables = Image(picture, detect_rotation=True).extract_tables(ocr=ocr)
            answer["tables"] = [table.html for table in tables]
        except Exception as error:  # a peer raises what it likes; the others are still to be measured
            answer["error"] = f"{type(error).__name__}: {error}"
        answer["seconds"] = time.perf_counter() - start
        print(json.dumps(answer, ensure_ascii=False), flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2:])
