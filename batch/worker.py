"""One worker process: takes a document, reads it, writes its outputs, says what became of it. Started by the pool.

Standard output and error are the worker's log before Python starts, so nothing that a library prints, not even from C
or while it crashes, reaches the terminal.
"""

from __future__ import annotations

import ctypes
import errno
import faulthandler
import hashlib
import os
import pkgutil
import signal
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from multiprocessing.connection import Connection
from pathlib import Path

from ..document import Cell, Document, Table, TextBlock
from ..errors import GxextractError, InputError, MemoryLimit, OutputError
from ..export import WRITERS, csv_lines
from .folder import Folder
from .messages import CannotWrite, Hashed, Job, Message, Ready, Task
from .outcome import Failure, Outcome, shown

Reader = Callable[..., Document]

TASK_MARK = "=== "
"""Begins the line of the log below which everything belongs to one document."""
LOG_BYTES = 8 * 1024 * 1024
"""A log longer than this is begun anew, between two documents."""
MESSAGE_CHARS = 500

NAME_ERRORS = frozenset({errno.ENAMETOOLONG, errno.EISDIR, errno.ENOTDIR, errno.EEXIST, errno.EINVAL, errno.EILSEQ})
"""Errors of writing that are about one output's name; any other would meet the next document too."""

PR_SET_PDEATHSIG = 1


def main(descriptor: int, parent: int) -> None:
    """Serves tasks from the pipe until its other end is closed. ``parent`` is the supervisor's process id."""
    _die_with(parent)
    faulthandler.enable()
    pipe: Connection[Message, Job | Task] = Connection(descriptor)
    try:
        job = pipe.recv()
        assert isinstance(job, Job)
        reader: Reader = pkgutil.resolve_name(job.reader)
        pipe.send(Ready())
        while True:
            task = pipe.recv()
            assert isinstance(task, Task)
            _mark_log(task.input.name)
            try:
                pipe.send(_outcome(task, job, reader, pipe.send))
            except OSError as error:
                pipe.send(CannotWrite(f"{error.filename or job.out} can't be written ({error.strerror})"))
    except (EOFError, ConnectionError):
        return


def _outcome(task: Task, job: Job, reader: Reader, tell: Callable[[Message], None]) -> Outcome:
    """The whole way of one document. Whatever a reader raises becomes an outcome.

    Raises ``OSError`` where outputs can't be written at all.
    """
    started = time.perf_counter()
    sha256 = None
    try:
        sha256 = _sha256(task.input.file)
        tell(Hashed(sha256))
        if task.known is not None and task.known.sha256 == sha256:
            return replace(task.known, size=task.input.size, mtime_ns=task.input.mtime_ns)
        document = reader(task.input.file, name=task.input.name, settings=job.settings)
        outputs = _rendered(document, job)
    except (Exception, SystemExit) as error:
        return job.unread(task, _failure(error), sha256=sha256, seconds=time.perf_counter() - started)
    try:
        for path, content in outputs.items():
            Folder(job.out).write(path, content)
    except OSError as error:
        if error.errno not in NAME_ERRORS:
            raise
        failure = Failure(OutputError.code, f"its outputs can't be named ({error.strerror}); rename the file")
        return job.unread(task, failure, sha256=sha256, seconds=time.perf_counter() - started)
    proof = document.proof
    return Outcome(
        path=task.input.name,
        status=document.status,
        error=None,
        sha256=document.source.sha256,
        size=task.input.size,
        mtime_ns=task.input.mtime_ns,
        fingerprint=job.fingerprint,
        pages=len(document.pages) or None,
        seconds=round(time.perf_counter() - started, 3),
        problems=dict(Counter(problem.code for problem in document.problems if problem.severity != "info")),
        repairs=dict(Counter(step.fixer for text in _texts(document) for step in text.repairs)),
        checks=dict(proof.checks),
        unproved=dict(proof.unproved),
        formats=job.formats,
    )


def _texts(document: Document) -> Iterator[TextBlock | Cell]:
    for block in document.blocks:
        yield from block.cells if isinstance(block, Table) else (block,)


def _sha256(file: str) -> str:
    """Raises :class:`InputError`."""
    try:
        with open(file, "rb") as content:
            return hashlib.file_digest(content, "sha256").hexdigest()
    except OSError as error:
        raise InputError(f"can't be read ({error.strerror}); check that it is there and its permissions") from error


def _rendered(document: Document, job: Job) -> dict[Path, bytes]:
    """Every output of one document, by where it goes. All are made before any is written."""
    folder = Folder(job.out)
    name = document.source.path
    outputs = {folder.output(name, each): WRITERS[each](document).encode() for each in job.formats}
    return {**outputs, folder.fragment(name): "".join(csv_lines(document)).encode()}


def _failure(error: BaseException) -> Failure:
    if isinstance(error, GxextractError):
        return Failure(error.code, str(error)[:MESSAGE_CHARS])
    if isinstance(error, MemoryError):
        return Failure(MemoryLimit.code, "the memory ran out; read it on a machine with more, or with --jobs 1")
    traceback.print_exc()
    last = traceback.extract_tb(error.__traceback__)[-1]
    place = "/".join(Path(last.filename).parts[-2:])
    said = " ".join(f"{type(error).__name__}: {error}".split())[:MESSAGE_CHARS]
    advice = "a bug in gxextract: please report it with the file; the log beside the ledger has the traceback"
    return Failure("internal-error", f"{said} (at {place}:{last.lineno}), {advice}")


def _mark_log(name: str) -> None:
    sys.stdout.flush()
    if os.fstat(sys.stderr.fileno()).st_size > LOG_BYTES:
        os.ftruncate(sys.stderr.fileno(), 0)
    print(f"{TASK_MARK}{shown(name)}", file=sys.stderr, flush=True)


def _die_with(parent: int) -> None:
    """Has this process killed when the supervisor is, even in the middle of a document.

    Only Linux can do that; elsewhere a worker ends by itself once its document is done and the pipe is found closed.
    """
    if sys.platform != "linux":
        return
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        sys.exit("the supervisor is gone already")


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
