"""Finding what there is to read, in the order of its path, without holding it all in memory.

Every file found becomes an :class:`Input`; what can't be read at all (a folder without permission, a pipe, a link that
leads nowhere) becomes a :class:`Refused`, so that nothing below SRC is passed over unsaid. Left out on purpose are OUT,
the out folders of earlier runs, and the folders of version control. Other hidden files are files like any other.
"""

from __future__ import annotations

import os
import stat
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from ..errors import UsageError
from .folder import DOCUMENTS, INNER
from .outcome import Failure

VERSION_CONTROL = frozenset({".git", ".hg", ".svn"})

_Identity = tuple[int, int]
"""Device and inode: what a folder is, whatever path leads to it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """A file to read. ``name`` is its POSIX path as the outputs tell it; ``size`` is in bytes."""

    file: str
    name: str
    size: int
    mtime_ns: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """Something that was found and can't be read: its outcome is known before any work."""

    name: str
    status: Literal["failed", "skipped"]
    error: Failure


Found = Input | Refused


def check_sources(sources: Sequence[Path], out: Path) -> None:
    """Raises :class:`UsageError` for sources that don't exist, can't be told apart, or are an out folder."""
    if not sources:
        raise UsageError("nothing to read; name a file or a folder")
    for source in sources:
        if not os.path.lexists(source):
            raise UsageError(f"{source} does not exist; check the path")
        if _is_out_folder(source):
            raise UsageError(f"{source} is the out folder of an earlier run; name the folder of the documents")
        if _within(source, out):
            raise UsageError(f"{source} would be read and written at once; choose an --out outside of it")
    names = Counter(_own_name(source) for source in sources)
    twice = [name for name, count in names.items() if count > 1]
    if len(sources) > 1 and twice:
        raise UsageError(f"two sources are named {twice[0]}, their outputs would mix; run them one by one")


def find_inputs(sources: Sequence[Path], out: Path) -> Iterator[Found]:
    """Everything below ``sources``, sorted by name (by code point, as ``sorted`` would).

    A source that is a file has its own name; names below one folder are relative to it; with several sources names
    start with the source's own. Links to files are followed, links to folders are not: they can loop. The sources are
    those that :func:`check_sources` has let pass.
    """
    skip = _identity(out)
    several = len(sources) > 1
    tops = [(_own_name(source), source) for source in sources]
    for own_name, source in sorted(tops, key=lambda top: top[0] + "/" * top[1].is_dir()):
        if source.is_dir():
            yield from _walk(str(source), f"{own_name}/" if several else "", skip)
        else:
            yield _file(str(source), own_name)


def _walk(folder: str, prefix: str, skip: _Identity | None) -> Iterator[Found]:
    """What lies below ``folder``, however deep: each level is an iterator on a stack, not a frame on Python's."""
    stack = [_entries(folder, prefix, skip)]
    while stack:
        entry = next(stack[-1], None)
        if entry is None:
            stack.pop()
        elif isinstance(entry, tuple):
            stack.append(_entries(*entry, skip))
        else:
            yield entry


def _entries(folder: str, prefix: str, skip: _Identity | None) -> Iterator[Found | tuple[str, str]]:
    """The files of one folder, and its folders as ``(path, prefix)``, in order of the names below it."""
    if skip is not None and _identity(folder) == skip:
        return
    try:
        with os.scandir(folder) as scan:
            entries = list(scan)
    except OSError as error:
        message = f"the folder can't be opened ({error.strerror}); check its permissions"
        yield Refused(name=prefix or "./", status="failed", error=Failure("unreadable", message))
        return
    if any(entry.name == INNER for entry in entries):
        return
    # With its slash a folder sorts where the names below it do: "a.txt" comes before "a/b", "a0" after it.
    for name, entry in sorted((entry.name + "/" * _is_folder(entry), entry) for entry in entries):
        if not name.endswith("/"):
            yield _file(entry.path, prefix + name)
        elif entry.name not in VERSION_CONTROL:
            yield entry.path, prefix + name


def _file(path: str, name: str) -> Found:
    try:
        found = os.stat(path)
    except OSError as error:
        message = f"can't be opened ({error.strerror}); check what it is, or where it leads if it is a link"
        return Refused(name=name, status="failed", error=Failure("unreadable", message))
    if stat.S_ISREG(found.st_mode):
        return Input(file=path, name=name, size=found.st_size, mtime_ns=found.st_mtime_ns)
    if stat.S_ISDIR(found.st_mode):
        failure = Failure("folder-link", "links to folders are not followed; name the folder itself as SRC")
    else:
        failure = Failure("no-file", "neither file nor folder (a pipe, socket or device); nothing to do")
    return Refused(name=name, status="skipped", error=failure)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir(follow_symlinks=False)
    except OSError:
        return False


def _own_name(source: Path) -> str:
    return source.name if source.name not in ("", "..") else source.resolve().name


def _is_out_folder(folder: Path) -> bool:
    return (folder / INNER).is_dir()


def _within(source: Path, out: Path) -> bool:
    """Whether what ``source`` holds is what a run into ``out`` would write."""
    source, out = source.resolve(), out.resolve()
    return source == out or bool({out / DOCUMENTS, out / INNER} & {source, *source.parents})


def _identity(path: str | Path) -> _Identity | None:
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_dev, found.st_ino
