"""What scanned pages are compared with: the recognition engine alone, and img2table in a Python of its own."""

from __future__ import annotations

import json
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from gxextract import Settings, read
from gxextract.export import to_json

PEER = Path(__file__).with_name("scan_peer.py")
PAGE = '<!DOCTYPE html><html><head><meta charset="utf-8"></head><body>{}</body></html>'


class BareEngine:
    """rapidocr by itself: the same models, threads and picture size as ours, lines found and read and no more."""

    def __init__(self, threads: int) -> None:
        from rapidocr import RapidOCR

        self._ocr = RapidOCR(
            params={
                "Global.use_cls": False,
                "Global.log_level": "error",
                "Global.max_side_len": 4000,
                "EngineConfig.onnxruntime.intra_op_num_threads": threads,
                "EngineConfig.onnxruntime.inter_op_num_threads": 1,
            }
        )

    def seconds(self, file: Path) -> float:
        """How long it takes over one picture, from the file's bytes to lines of text."""
        start = time.perf_counter()
        self._ocr(str(file))
        return time.perf_counter() - start


def peer_documents(python: Path, files: Sequence[Path], threads: int) -> Iterator[dict[str, Any] | None]:
    """What img2table reads in each picture, as documents in our own JSON form; ``None`` where it fails."""
    command = [str(python), str(PEER), str(threads), *map(str, files)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as peer:
        for file, line in zip(files, peer.stdout or (), strict=True):
            answer = json.loads(line)
            print(f"{file.name}: img2table {answer.get('error', '')} {answer['seconds']:.1f} s", flush=True)
            yield None if "error" in answer else as_document(answer["tables"])


def as_document(tables: Sequence[str]) -> dict[str, Any]:
    """Tables in HTML as a document in our own JSON form, forms and paths and all."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "peer.html"
        file.write_text(PAGE.format("\n".join(tables)), encoding="utf-8")
        return dict(json.loads(to_json(read(file, settings=Settings(script="keep")))))
