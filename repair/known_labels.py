"""Labels that may stand in a text, recovered from their garbled forms even where bytes are gone for good."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from .context import Context
from .judge import at_a_glance, is_common, is_hanzi
from .misreadings import GBK, as_browsers_read_gbk
from .steps import Change

_LINE = re.compile(r"[^\r\n]+")
_ASCII_BEFORE = re.compile(r"^[\x00-\x7f]+")
_PRIVATE = re.compile("[\ue000-\uf8ff]")
_LOST = "\ufffd"
_ACCIDENTS = (
    ("utf-8", "gbk", "UTF-8 read as GBK"),
    ("utf-8", "gb18030", "UTF-8 read as GBK"),
    ("utf-8", "cp1252", "UTF-8 read as cp1252"),
    ("utf-8", "big5", "UTF-8 read as Big5"),
    ("utf-8", "cp950", "UTF-8 read as Big5"),
    ("gbk", "big5", "GBK read as Big5"),
    ("gbk", "cp950", "GBK read as Big5"),
    ("gbk", "big5hkscs", "GBK read as Big5"),
)
_FOLLOWERS = ("", "|", "：")
"""What often stands right after a label. A decoder takes a ``|`` for the second byte of a pair."""


def known_labels(text: str, context: Context) -> list[Change]:
    """Runs that are a known label garbled with losses become that label. Runs that fit two labels stay as they are."""
    if not context.labels or at_a_glance(text):
        return []
    forms = garbled_forms(tuple(context.labels))
    by_first: Mapping[str, Sequence[str]] = _by_first(tuple(context.labels))
    changes = []
    for line in _LINE.finditer(text):
        for start, form in _found(line.group(), by_first):
            label, how = forms[form]
            at = line.start() + start
            evidence = f"a known label, {how}, bytes lost"
            changes.append(Change(start=at, stop=at + len(form), after=label, certainty="inferred", evidence=evidence))
    return changes


def _found(line: str, by_first: Mapping[str, Sequence[str]]) -> Iterator[tuple[int, str]]:
    if at_a_glance(line):
        return
    at = 0
    while at < len(line):
        form = next((form for form in by_first.get(line[at], ()) if _stands(form, line, at)), "")
        if form:
            yield at, form
        at += max(len(form), 1)


def _stands(form: str, line: str, at: int) -> bool:
    """Whether ``form`` stands at ``at``, and is all that is garbled there."""
    beside = line[max(at - 1, 0) : at] + line[at + len(form) : at + len(form) + 1]
    return line.startswith(form, at) and all(map(_is_border, beside))


def _is_border(char: str) -> bool:
    """Whether a garbled label may end beside ``char``: it is neither part of garbled text nor a mark of lost bytes."""
    return char != "?" and not is_hanzi(char) and is_common(char)


@lru_cache(maxsize=8)
def garbled_forms(labels: tuple[str, ...]) -> dict[str, tuple[str, str]]:
    """The label and the accident of each form with losses that one label alone takes on.

    ASCII before a label is left out of it: it survives.
    """
    meanings: dict[str, set[str]] = defaultdict(set)
    accidents: dict[str, str] = {}
    for label in sorted({_ASCII_BEFORE.sub("", label) for label in labels}):
        for follower in _FOLLOWERS if label else ():
            for form, how in _forms(label + follower):
                meanings[form].add(label + follower)
                accidents.setdefault(form, how)
    return {form: (min(meant), accidents[form]) for form, meant in meanings.items() if len(meant) == 1}


@lru_cache(maxsize=8)
def _by_first(labels: tuple[str, ...]) -> dict[str, list[str]]:
    """The forms by their first character, long ones first."""
    by_first: dict[str, list[str]] = defaultdict(list)
    for form in sorted(garbled_forms(labels), key=len, reverse=True):
        by_first[form[0]].append(form)
    return dict(by_first)


def _forms(label: str) -> Iterator[tuple[str, str]]:
    """What becomes of ``label`` by each accident with losses, once and twice."""
    for right, wrong, how in _ACCIDENTS:
        for form in _misread(label, right, wrong):
            if _is_of_use(form, label):
                yield form, how
            for again in _misread(form, right, wrong) if how == "UTF-8 read as GBK" else ():
                if _is_of_use(again, label):
                    yield again, f"{how}, twice"


def _misread(text: str, right: str, wrong: str) -> list[str]:
    """``text`` as shown by software that replaces or drops what it can't read, or drops private-use characters."""
    data = text.encode(right, errors="replace")
    shown = {data.decode(wrong, errors=errors) for errors in ("replace", "ignore")}
    if wrong == "gbk":
        shown.add(as_browsers_read_gbk(data))
    return sorted(shown | {form.replace(_LOST, "?") for form in shown} | {_PRIVATE.sub("", form) for form in shown})


def _is_of_use(form: str, label: str) -> bool:
    """Whether no person writes ``form`` and only knowing ``label`` helps: exact forms are reversed, not looked up."""
    beyond = [char for char in form if not char.isascii() and char != _LOST]
    if len(beyond) < 2 or all(map(is_common, beyond)):
        return False
    data = GBK.encode(form)
    return form not in label and (data is None or _LOST in data.decode("utf-8", errors="replace"))
