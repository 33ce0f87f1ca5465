"""The supervisor: worker processes, one document at a time each, replaced when they crash, hang or grow too large.

Whatever happens to a worker costs the one document it was reading. Workers are plain subprocesses in sessions of their
own: a Ctrl-C at the terminal reaches only the supervisor, and a worker is killed with all that it has started.
"""

from __future__ import annotations

import contextlib
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Generator, Iterable
from dataclasses import dataclass
from multiprocessing.connection import Connection, Pipe, wait
from pathlib import Path

import psutil

from ..errors import GxextractError, MemoryLimit, OutputError, TimeLimit
from .folder import Folder
from .messages import CannotWrite, Hashed, Job, Message, Ready, Task
from .outcome import Failure, Outcome
from .worker import MESSAGE_CHARS, TASK_MARK

POLL_SECONDS = 0.2
START_SECONDS = 120.0
"""A worker that isn't ready by then never will be."""
START_ATTEMPTS = 3
GRACE_SECONDS = 5.0
"""A worker whose pipe is closed is dying; this long it may take to tell of what."""
LOG_TAIL_BYTES = 16 * 1024
MIB = 1024 * 1024
PLACE = re.compile(r'File "[^"]*?([^"/]+/[^"/]+)", line (\d+)')
"""A place in Python code as ``faulthandler`` reports it: the file's name with its folder's, and the line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one document may cost. ``documents_a_worker`` bounds what a leak in some library can gather."""

    seconds: float = 600.0
    memory_mib: int = 4096
    documents_a_worker: int = 200


class Worker:
    """The supervisor's hand on one worker process, which always has a ``task`` unless it is about to get one."""

    def __init__(self, number: int, job: Job, task: Task) -> None:
        self.number = number
        self.task: Task | None = task
        self.sha256: str | None = None
        self.is_ready = False
        self.documents = 0
        self.log = Folder(job.out).log(number)
        self.pipe: Connection[Job | Task, Message]
        self.pipe, theirs = Pipe()
        with theirs, self.log.open("ab") as log:
            command = ["-P", "-m", f"{__package__}.worker", str(theirs.fileno()), str(os.getpid())]
            self.process = subprocess.Popen(
                [sys.executable, *command],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                pass_fds=(theirs.fileno(),),
                start_new_session=True,
                env=os.environ | {"PYTHONIOENCODING": "utf-8:backslashreplace"},
            )
        self.since = time.monotonic()
        # One that dies at once is noticed when its pipe is read.
        with contextlib.suppress(ConnectionError):
            self.pipe.send(job)
            self.pipe.send(task)

    def give(self, task: Task) -> None:
        self.task, self.sha256, self.since = task, None, time.monotonic()
        with contextlib.suppress(ConnectionError):
            self.pipe.send(task)

    @property
    def seconds(self) -> float:
        """How long it has been at its task, or at starting."""
        return time.monotonic() - self.since

    @property
    def memory_mib(self) -> float:
        with contextlib.suppress(psutil.Error):
            return float(psutil.Process(self.process.pid).memory_info().rss) / MIB
        return 0.0

    def end(self, grace_seconds: float = 0.0) -> int:
        """Kills the process, and all it started, unless it ends by itself. Its exit status, negative for a signal.

        A worker without a task has nothing to lose, and one with a task has written nothing that isn't whole.
        """
        if not self.pipe.closed:
            self.pipe.close()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(grace_seconds)
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, signal.SIGKILL)
        return self.process.wait()


class Pool:
    """Reads ``tasks`` with ``jobs`` workers at most. No worker is started before there is a task for it."""

    def __init__(self, tasks: Iterable[Task], *, job: Job, jobs: int, limits: Limits) -> None:
        self._tasks = iter(tasks)
        self._job = job
        self._jobs = jobs
        self._limits = limits
        self._crew: dict[int, Worker] = {}
        """The workers at work, by their number."""
        self._failed_starts = 0

    def outcomes(self, is_stopped: Callable[[], bool]) -> Generator[Outcome, None, None]:
        """One outcome a task, as they come, until ``is_stopped`` says so; then what is unfinished is dropped.

        Raises :class:`OutputError` where outputs can't be written and :class:`GxextractError` where no worker starts.
        """
        try:
            while not is_stopped():
                self._hire()
                if not self._crew:
                    return
                heard = wait([worker.pipe for worker in self._crew.values()], POLL_SECONDS)
                for worker in list(self._crew.values()):
                    outcome = self._hear(worker) if worker.pipe in heard else self._check(worker)
                    if outcome is not None:
                        yield outcome
        finally:
            for worker in self._crew.values():
                worker.end()

    def _hire(self) -> None:
        """Gives every worker without a task the next one, and starts workers while there are tasks for them."""
        for worker in list(self._crew.values()):
            if worker.task is None:
                task = None if self._is_worn(worker) else next(self._tasks, None)
                if task is None:
                    self._dismiss(worker)
                else:
                    worker.give(task)
        for number in range(self._jobs):
            if number not in self._crew and (task := next(self._tasks, None)) is not None:
                self._start(number, task)

    def _start(self, number: int, task: Task) -> None:
        try:
            self._crew[number] = Worker(number, self._job, task)
        except OSError as error:
            raise GxextractError(f"a worker can't be started ({error}); try again with --jobs 1") from error

    def _is_worn(self, worker: Worker) -> bool:
        """Whether what a worker has gathered could cost the next document its life."""
        limits = self._limits
        return worker.documents >= limits.documents_a_worker or worker.memory_mib > limits.memory_mib / 2

    def _dismiss(self, worker: Worker) -> None:
        del self._crew[worker.number]
        worker.end()

    def _hear(self, worker: Worker) -> Outcome | None:
        """Takes what a worker says. One that says nothing more has died."""
        try:
            message = worker.pipe.recv()
        except (EOFError, OSError):
            return self._bury(worker)
        match message:
            case Ready():
                worker.is_ready, worker.since = True, time.monotonic()
                self._failed_starts = 0
            case Hashed(sha256):
                worker.sha256 = sha256
            case CannotWrite(said):
                raise OutputError(f"{said}; make room or choose another --out, then run the same command to go on")
            case Outcome():
                worker.task = None
                worker.documents += 1
                return message
        return None

    def _check(self, worker: Worker) -> Outcome | None:
        """Ends a worker that is over a limit."""
        if not worker.is_ready:
            if worker.seconds > START_SECONDS:
                self._start_again(worker, f"isn't ready after {START_SECONDS:g} s")
            return None
        if worker.seconds > self._limits.seconds:
            said = f"not done after {self._limits.seconds:g} s; raise --timeout and run again with --retry-failed"
            return self._drop(worker, Failure(TimeLimit.code, said))
        if worker.memory_mib > self._limits.memory_mib:
            if worker.documents:
                self._again(worker)
                return None
            said = f"took over {self._limits.memory_mib} MiB; raise --max-memory and run again with --retry-failed"
            return self._drop(worker, Failure(MemoryLimit.code, said))
        return None

    def _drop(self, worker: Worker, failure: Failure) -> Outcome:
        assert worker.task is not None
        seconds = worker.seconds
        self._dismiss(worker)
        return self._job.unread(worker.task, failure, sha256=worker.sha256, seconds=seconds)

    def _again(self, worker: Worker) -> None:
        """Gives the task to a new worker: only one that has read nothing before shows what is the document's fault."""
        assert worker.task is not None
        self._dismiss(worker)
        self._start(worker.number, worker.task)

    def _bury(self, worker: Worker) -> Outcome | None:
        """The outcome of the task that a worker died of."""
        how = _ending(worker.end(GRACE_SECONDS)) + last_words(worker.log)
        if not worker.is_ready:
            self._start_again(worker, how)
        elif worker.documents:
            self._again(worker)
        else:
            said = f"the process that read it {how}; look at the file, or report it with the file"
            return self._drop(worker, Failure("crashed", said))
        return None

    def _start_again(self, worker: Worker, how: str) -> None:
        """Raises :class:`GxextractError` when one worker after the other doesn't start."""
        self._failed_starts += 1
        if self._failed_starts >= START_ATTEMPTS:
            raise GxextractError(f"no worker starts: it {how}; run gxextract doctor")
        self._again(worker)


def _ending(status: int) -> str:
    if status >= 0:
        return f"ended with status {status}"
    name = signal.Signals(-status).name
    if name == "SIGKILL":
        return "was killed by SIGKILL, most likely by the system for want of memory (--jobs 1 takes less)"
    return f"was ended by {name}"


def last_words(log: Path) -> str:
    """What a worker printed last about its document, as the end of a sentence; ``""`` if it printed nothing.

    Of a fatal error that Python itself reports, that is the error and the innermost place, without the addresses, so
    that the same crash always has the same message.
    """
    with log.open("rb") as file:
        file.seek(max(0, file.seek(0, os.SEEK_END) - LOG_TAIL_BYTES))
        lines = [line.strip() for line in file.read().decode("utf-8", "replace").splitlines() if line.strip()]
    starts = [index for index, line in enumerate(lines) if line.startswith(TASK_MARK)]
    lines = lines[starts[-1] + 1 :] if starts else lines
    fatal = next((index for index, line in enumerate(lines) if line.startswith("Fatal Python error:")), None)
    if fatal is not None:
        place = next((found for line in lines[fatal:] if (found := PLACE.match(line))), None)
        return f" ({lines[fatal]}{f' at {place[1]}:{place[2]}' if place else ''})"
    return f" (its last words: {lines[-1][:MESSAGE_CHARS]})" if lines else ""
