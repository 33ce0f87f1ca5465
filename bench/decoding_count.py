"""What decoding did to a page, value by value: the document as read, beside the same without what it changed."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence, Set
from copy import deepcopy
from dataclasses import dataclass, fields

from bench.decoding_pages import Json, place
from gxextract.document import Box
from gxextract.marks import Sight
from tests.scorer import score

FIXER = "sums"
PathPair = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """Values of one page, or of several added up; ``before`` is what was read, without decoding.

    ``unflagged`` values are wrong and nobody is warned. Of the ``changed`` ones ``proved`` count as repaired, and the
    others stay flagged; ``mended`` were wrong or lost and are right, ``spoilt`` were right and are wrong, ``swapped``
    were wrong and are wrong in another way. ``errors`` are the author's, which must stay as printed.
    """

    pages: int = 0
    values: int = 0
    right_before: int = 0
    right: int = 0
    wrong_before: int = 0
    wrong: int = 0
    unflagged_before: int = 0
    unflagged: int = 0
    missing_before: int = 0
    missing: int = 0
    flagged_before: int = 0
    flagged: int = 0
    changed: int = 0
    proved: int = 0
    mended: int = 0
    spoilt: int = 0
    swapped: int = 0
    errors: int = 0
    errors_flagged: int = 0
    seconds: float = 0.0
    look_seconds: float = 0.0
    looked: int = 0

    def __add__(self, other: Count) -> Count:
        return Count(**{each.name: getattr(self, each.name) + getattr(other, each.name) for each in fields(Count)})


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """One value that decoding changed. ``true`` is ``None`` where the truth has no such value."""

    path: PathPair
    before: str | None
    after: str | None
    true: str | None
    check: str
    evidence: str | None

    @property
    def what(self) -> str:
        was, now = (
            text is not None and _folded(text) == _folded(self.true or "?") for text in (self.before, self.after)
        )
        return {(True, False): "spoilt", (False, False): "swapped", (False, True): "mended", (True, True): "idle"}[
            was, now
        ]


def undone(document: Json) -> Json:
    """The document without what decoding changed: its repairs taken back, their values flagged."""
    before = deepcopy(document)
    for table in _tables(before):
        readings = {
            (cell["row"], cell["col"]): repair["before"] or None
            for cell in table["cells"]
            for repair in cell["repairs"]
            if repair["fixer"] == FIXER
        }
        for cell in table["cells"]:
            if (cell["row"], cell["col"]) in readings:
                cell["text"] = readings[cell["row"], cell["col"]]
        for record in table["records"]:
            if tuple(record["cell"]) in readings:
                record |= {"text": readings[tuple(record["cell"])], "check": "flagged"}
    return before


def changed(document: Json, truth: Json) -> list[Changed]:
    expected = true_texts(truth)
    found = []
    for table in _tables(document):
        repairs = {
            (cell["row"], cell["col"]): repair
            for cell in table["cells"]
            for repair in cell["repairs"]
            if repair["fixer"] == FIXER
        }
        for record in table["records"]:
            repair = repairs.get(tuple(record["cell"]))
            if repair is not None:
                found.append(
                    Changed(
                        path=path_of(record),
                        before=repair["before"] or None,
                        after=record["text"],
                        true=expected.get(path_of(record)),
                        check=record["check"],
                        evidence=repair["evidence"],
                    )
                )
    return found


def counted(document: Json | None, truth: Json, seconds: float = 0.0, errors: Set[PathPair] = frozenset()) -> Count:
    """One page; ``None`` is one that couldn't be read. ``errors`` are where the author erred."""
    if document is None:
        return Count(pages=1, values=score(None, truth).values, missing=score(None, truth).values, seconds=seconds)
    now, then = score(document, truth), score(undone(document), truth)
    changes = changed(document, truth)
    kinds = [change.what for change in changes]
    return Count(
        pages=1,
        values=now.values,
        right_before=then.right,
        right=now.right,
        wrong_before=then.wrong + then.extra,
        wrong=now.wrong + now.extra,
        unflagged_before=then.wrong_and_unflagged,
        unflagged=now.wrong_and_unflagged,
        missing_before=then.missing,
        missing=now.missing,
        flagged_before=flagged(undone(document)),
        flagged=flagged(document),
        changed=len(changes),
        proved=sum(change.check == "repaired" for change in changes),
        mended=kinds.count("mended"),
        spoilt=kinds.count("spoilt"),
        swapped=kinds.count("swapped"),
        errors=len(errors),
        errors_flagged=sum(
            record["check"] == "flagged" and path_of(record) in errors
            for table in _tables(document)
            for record in table["records"]
        ),
        seconds=seconds,
    )


def flagged(document: Json) -> int:
    return sum(record["check"] == "flagged" for table in _tables(document) for record in table["records"])


def failures(document: Json, truth: Json, sights: Mapping[Box, Sequence[Sight]]) -> Iterator[str]:
    """A line for each value that isn't right or was changed without need, with what further looks saw of it.

    It begins with what is worst of it: spoilt, swapped or idle by decoding, unflagged, else flagged.
    """
    expected = true_texts(truth)
    changes = {change.path: change for change in changed(document, truth)}
    for table in _tables(document):
        places = {(cell["row"], cell["col"]): place(cell["box"] or (0, 0, 0, 0)) for cell in table["cells"]}
        for record in table["records"]:
            path, text = path_of(record), record["text"]
            change, true = changes.get(path), expected.get(path)
            what = change.what if change and change.what != "mended" else _fault(record, true)
            if what is None:
                continue
            was = f"; read {change.before!r}, {change.evidence}" if change else ""
            seen = sights.get(places[tuple(record["cell"])], ())
            views = "; ".join(f"{each.view} {each.text!r} {each.confidence:.2f}" for each in seen) or "not looked at"
            yield f"{what}: {text!r} ({record['check']}), true {true!r}, {' | '.join(path)}{was} [{views}]"


def _fault(record: Json, true: str | None) -> str | None:
    text = record["text"]
    is_right = record["value"] is None if true is None else text is not None and _folded(text) == _folded(true)
    return None if is_right else "flagged" if record["check"] == "flagged" else "unflagged"


def true_texts(truth: Json) -> Mapping[PathPair, str]:
    return {
        (_joined(table["row_paths"][row]), _joined(table["column_paths"][col])): text
        for table in truth["tables"]
        for row, col, text, *_ in table["records"]
    }


def path_of(record: Json) -> PathPair:
    return _joined(record["row_path"]), _joined(record["column_path"])


def _joined(labels: Sequence[str]) -> str:
    return " / ".join(map(_folded, labels))


def _folded(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def _tables(document: Json) -> list[Json]:
    return [block for block in document["blocks"] if block["kind"] == "table"]
