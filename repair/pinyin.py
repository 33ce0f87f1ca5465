from __future__ import annotations

from .context import Context
from .steps import Change


def pinyin(text: str, context: Context) -> list[Change]:
    return []
