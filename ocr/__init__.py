"""Engines behind one small protocol, when a page needs them, and pictures made into marks."""

from .cascade import Readable, readable
from .compare import Comparison, compared
from .engine import Engine, NullEngine, Seen, engine, engines
from .need import FontUse, Layer, Need, Remedy, need, untrusted_fonts
from .page import Scan, scan_marks

__all__ = [
    "Comparison",
    "Engine",
    "FontUse",
    "Layer",
    "Need",
    "NullEngine",
    "Readable",
    "Remedy",
    "Scan",
    "Seen",
    "compared",
    "engine",
    "engines",
    "need",
    "readable",
    "scan_marks",
    "untrusted_fonts",
]
