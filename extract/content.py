"""The bytes of one file, or why there are none."""

from __future__ import annotations

from pathlib import Path

from ..errors import InputError, TooLarge
from ..settings import Settings


def content(file: Path, settings: Settings) -> bytes:
    """All of ``file``. Raises :class:`TooLarge`, or :class:`InputError` where it can't be read."""
    try:
        size = file.stat().st_size
        if size > settings.max_file_bytes:
            raise TooLarge(f"{file.name} has {size:,} bytes, the limit is {settings.max_file_bytes:,}; split it")
        return file.read_bytes()
    except OSError as error:
        raise InputError(f"{file.name} can't be read ({error.strerror}); check its path and permissions") from error
