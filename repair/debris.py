from __future__ import annotations

from .context import Context
from .steps import Change


def debris(text: str, context: Context) -> list[Change]:
    return []
