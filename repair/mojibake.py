from __future__ import annotations

from .context import Context
from .steps import Change


def mojibake(text: str, context: Context) -> list[Change]:
    return []
