"""How the prose of reports says a figure of their table in words: patterns, kept with the form's other data."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

_HANZI = "零〇一二两三四五六七八九十百千"
COUNT = rf"(?<![\d.{_HANZI}])(?P<n>\d{{1,9}}|[{_HANZI}]{{1,9}})(?:件|宗|条|份|个|次|起|例|封|项)"
"""A number of cases; ``n`` is the number."""
_WORD = re.compile(r"(?<!\?P)<([a-z-]+)>")


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One figure of a form: the sum of the values that the keys ``equals`` name, in the column ``column`` if it is set.

    A clause says it if it reads like ``counts`` or, for 0, like ``none``, and if its sentence names the ``topic`` or
    stands ``under`` such a heading. Some who say it mean one of the sums ``others``; counts in any clause that speaks
    ``about`` it may be the figure too.
    """

    column: str | None
    equals: tuple[str, ...]
    others: tuple[tuple[str, ...], ...]
    counts: tuple[re.Pattern[str], ...]
    none: tuple[re.Pattern[str], ...]
    about: re.Pattern[str]
    topic: re.Pattern[str]
    under: re.Pattern[str]

    @property
    def keys(self) -> frozenset[str]:
        """All labels it names."""
        column = () if self.column is None else (self.column,)
        return frozenset((*column, *self.equals, *(key for keys in self.others for key in keys)))


def statement_of(data: Mapping[str, Any], words: Mapping[str, str]) -> Statement:
    """The statement a data file describes, each ``<name>`` in its patterns one of ``words``, ``<count>`` a number."""
    words = {**words, "count": COUNT}
    return Statement(
        column=data.get("column"),
        equals=tuple(data["equals"]),
        others=tuple(tuple(keys) for keys in data.get("or", ())),
        counts=tuple(re.compile(_spelt(pattern, words)) for pattern in data["counts"]),
        none=tuple(re.compile(_spelt(pattern, words)) for pattern in data["none"]),
        about=re.compile(data["about"]),
        topic=re.compile(data["topic"]),
        under=re.compile(data["under"]),
    )


def _spelt(pattern: str, words: Mapping[str, str]) -> str:
    def word(name: re.Match[str]) -> str:
        if name[1] not in words:
            raise ValueError(f"the pattern {pattern!r} names <{name[1]}>, which [words] lacks; add it there")
        return f"(?:{_spelt(words[name[1]], words)})"

    return _WORD.sub(word, pattern)
