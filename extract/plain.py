"""Repair alone: text in, text out, line by line, nothing looked for in it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ..document import Problem, Repair, TextBlock
from ..errors import DamagedFile
from ..settings import Settings
from .content import content
from .encoding import decode
from .legibility import legibility
from .mend import repair_lines
from .reading import LINE_END
from .text import decoding_problems


@dataclass(frozen=True, slots=True, kw_only=True)
class RepairedText:
    """``steps`` are each with the number of its line, from 1; their starts count within the line."""

    text: str
    steps: tuple[tuple[int, Repair], ...]
    problems: tuple[Problem, ...]


def repaired(source: Path | bytes, settings: Settings) -> RepairedText:
    """The text of a file, or of bytes, with every line repaired and every line end kept.

    Raises :class:`InputError` where there is no file to read, :class:`DamagedFile` where the bytes are no text.
    """
    decoded = decode(content(source, settings) if isinstance(source, Path) else source)
    if decoded.is_binary:
        raise DamagedFile("this is no text; repair takes text files, show reads other formats")
    parts = LINE_END.split(decoded.text)
    results = repair_lines(parts[::2], script=settings.script)
    blocks = [TextBlock(kind="paragraph", text=text, repairs=steps) for text, steps in results]
    parts[::2] = [block.text for block in blocks]
    return RepairedText(
        text="".join(parts),
        steps=tuple((number, step) for number, block in enumerate(blocks, start=1) for step in block.repairs),
        problems=(*decoding_problems(decoded), *legibility(blocks)),
    )
