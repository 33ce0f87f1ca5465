"""Engines behind one small protocol, when a page needs them, and pictures made into marks."""

from .engine import Engine, NullEngine, Seen, engine
from .need import reason_to_recognise
from .page import Scan, scan_marks

__all__ = ["Engine", "NullEngine", "Scan", "Seen", "engine", "reason_to_recognise", "scan_marks"]
