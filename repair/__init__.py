"""Garbled text made right, every change a recorded step."""

from .context import Script
from .plan import repair_fragments, repair_text
from .steps import replay, undo

__all__ = ["Script", "repair_fragments", "repair_text", "replay", "undo"]
