"""Everything gxextract raises on purpose.

::

    GxextractError                    exit code   meaning
    ├── UsageError                            2   the call itself is wrong
    ├── InputError                            3   the file can't be read
    │   ├── UnsupportedFormat                     not a format we read
    │   ├── DamagedFile                           of a format we read, but broken
    │   ├── EncryptedFile                         locked with a password
    │   ├── EmptyFile                             nothing in it
    │   └── TooLarge                              over a limit
    ├── MissingPart                           4   an optional part isn't installed
    ├── OcrError                              5   recognition failed
    ├── LimitExceeded                         6   a document ran over a limit
    │   ├── TimeLimit
    │   └── MemoryLimit
    └── OutputError                           7   the result can't be written

A message says what happened and ends in what to do next. ``code`` is the stable, machine-readable name that stands in
``outcomes.jsonl``.
"""

from __future__ import annotations


class GxextractError(Exception):
    """Base of every error gxextract raises on purpose."""

    code = "failed"
    exit_code = 1


class UsageError(GxextractError):
    code = "usage"
    exit_code = 2


class InputError(GxextractError):
    code = "unreadable"
    exit_code = 3


class UnsupportedFormat(InputError):
    code = "unsupported-format"


class DamagedFile(InputError):
    code = "damaged"


class EncryptedFile(InputError):
    code = "encrypted"


class EmptyFile(InputError):
    code = "empty"


class TooLarge(InputError):
    code = "too-large"


class MissingPart(GxextractError):
    code = "missing-part"
    exit_code = 4


class OcrError(GxextractError):
    code = "ocr-failed"
    exit_code = 5


class LimitExceeded(GxextractError):
    code = "limit-exceeded"
    exit_code = 6


class TimeLimit(LimitExceeded):
    code = "time-limit"


class MemoryLimit(LimitExceeded):
    code = "memory-limit"


class OutputError(GxextractError):
    code = "output"
    exit_code = 7


class TilingError(ValueError):
    """Cells don't cover their table's grid exactly once. A mistake in the caller, never in a document."""
