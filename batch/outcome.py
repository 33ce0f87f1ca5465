"""What became of one input. One line of the ledger is one :class:`Outcome`; ``outcomes.jsonl`` shows a part of it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from ..document import Check, Unproved

Status = Literal["ok", "partial", "failed", "skipped"]


@dataclass(frozen=True, slots=True)
class Failure:
    """Why nothing could be read. ``code`` is stable, ``message`` ends in what to do next."""

    code: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One input and what became of it.

    ``error`` is set exactly for ``failed`` and ``skipped``. ``sha256`` is that of the bytes read, ``None`` where none
    could be. ``size`` (bytes) and ``mtime_ns`` are the file's when it was found. ``pages`` is ``None`` for a format
    without pages. ``problems`` counts the problems graver than ``info`` by their code, ``repairs`` the changes made to
    texts by what made them, ``checks`` the values by how sure they stand, ``unproved`` those that aren't proved by why.
    ``formats`` are the outputs that were written.
    """

    path: str
    status: Status
    error: Failure | None
    sha256: str | None = None
    size: int | None = None
    mtime_ns: int | None = None
    fingerprint: str | None = None
    pages: int | None = None
    seconds: float = 0.0
    problems: Mapping[str, int] = field(default_factory=dict)
    repairs: Mapping[str, int] = field(default_factory=dict)
    checks: Mapping[Check, int] = field(default_factory=dict)
    unproved: Mapping[Unproved, int] = field(default_factory=dict)
    formats: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if (self.error is not None) != (self.status in ("failed", "skipped")):
            raise ValueError(f"an outcome that is {self.status} with error {self.error}")

    def to_line(self) -> bytes:
        """The whole outcome as a line of the ledger."""
        return json_line(asdict(self))

    def to_public_line(self) -> bytes:
        """The outcome as a line of ``outcomes.jsonl``."""
        fields = asdict(self)
        return json_line({name: fields[name] for name in ("path", "sha256", "status", "error", "pages", "seconds")})

    @classmethod
    def from_line(cls, line: bytes) -> Outcome:
        """Reads what :meth:`to_line` wrote. Raises ``ValueError`` for anything else.

        A line from before values were counted is read, but holds for no choices: its document is to be read again.
        """
        try:
            fields = json.loads(line)
            if "checks" not in fields:
                fields["fingerprint"] = None
            error = fields.pop("error")
            formats = tuple(fields.pop("formats"))
            return cls(error=Failure(**error) if error else None, formats=formats, **fields)
        except (TypeError, KeyError, AttributeError) as error:
            raise ValueError(f"no outcome: {line[:80]!r}") from error


def json_line(value: Mapping[str, Any]) -> bytes:
    r"""One line of UTF-8 JSON.

    A file name that isn't valid Unicode reaches Python as lone surrogates, which UTF-8 can't hold; as ``\udcxx``, which
    is what ``backslashreplace`` makes of them, they are valid JSON and come back as they were.
    """
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "backslashreplace") + b"\n"


def shown(name: str) -> str:
    r"""A file's name for a terminal: what isn't printable, control characters above all, as an escape.

    >>> shown("报告\x1b[2J.pdf")
    '报告\\x1b[2J.pdf'
    """
    return "".join(char if char.isprintable() else ascii(char)[1:-1] for char in name)
