"""What fixers must know beyond the fragment in hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Script = Literal["simplified", "traditional", "keep"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What was asked for, and what the whole document shows of how it was damaged.

    ``script`` is what was asked for; ``None`` leaves it to the evidence. ``annotated`` says that readings were injected
    somewhere in the document, as the sites do that convert what they mirror to traditional characters. ``labels`` are
    texts that may stand here and are worth recovering from their garbled forms even where bytes were lost.
    """

    script: Script | None = None
    annotated: bool = False
    labels: Sequence[str] = ()
