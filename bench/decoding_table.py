"""The tables of the bench of decoding."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bench.decoding_count import Count

HEADS = {
    "scans": "kind",
    "slips": "slips a page",
    "prints": "wrong figures",
}
COLUMNS = (
    "pages",
    "values",
    "right",
    "wrong",
    "missing",
    "wrong, not flagged",
    "flagged",
    "changed: proved, not proved",
    "right made wrong",
    "wrong made another wrong",
    "CPU s a page",
    "of it looks (pages)",
)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the table of one part; what is counted in it may count in a line of all too."""

    part: str
    name: str
    whole: str | None = None

    @property
    def names(self) -> tuple[str, ...]:
        return (self.name,) if self.whole is None else (self.name, self.whole)


def printed(part: str, lines: Mapping[str, Count]) -> Iterator[str]:
    """A Markdown table, the line of all last."""
    columns = (*COLUMNS, *(("author's errors", "of them flagged") if part == "prints" else ()))
    yield f"| {HEADS[part]} | " + " | ".join(columns) + " |"
    yield "|---" * (len(columns) + 1) + "|"
    for name in sorted(lines, key=lambda name: (name == "all", "beside" in name)):
        one = lines[name]
        cells = [
            one.pages,
            one.values,
            _change(one.right_before, one.right),
            _change(one.wrong_before, one.wrong),
            _change(one.missing_before, one.missing),
            _change(one.unflagged_before, one.unflagged),
            _change(one.flagged_before, one.flagged),
            f"{one.proved}, {one.changed - one.proved}" if one.changed else 0,
            one.spoilt,
            one.swapped,
            f"{one.seconds / max(one.pages, 1):.1f}",
            f"{one.look_seconds / one.looked:.1f} ({one.looked})" if one.looked else "",
            *((one.errors, one.errors_flagged) if part == "prints" else ()),
        ]
        yield f"| {name} | " + " | ".join(map(str, cells)) + " |"


def _change(before: int, after: int) -> str:
    return str(after) if before == after else f"{before} → {after}"
