"""A reader that does what the first word of the file tells it to. Tests put this folder on the workers' path."""

import ctypes
import errno
import hashlib
import os
import signal
import sys
import time
from itertools import count
from pathlib import Path

from gxextract.batch.folder import Folder
from gxextract.document import Cell, Document, Metadata, Problem, Record, Source, Table, TextBlock
from gxextract.errors import DamagedFile, UnsupportedFormat

A_LONG_TIME = 10_000
KEPT = []


def read(path, *, name=None, settings=None):
    """Obeys, and reads the rest of the file as the one value of one table."""
    data = Path(path).read_bytes()
    order, _, argument = data.decode("utf-8", "replace").partition(" ")
    text = ORDERS[order](argument) or data.decode("utf-8", "replace")
    problems = (Problem(code="spans-lost", severity="warning", message="told to be"),) if order == "partial" else ()
    table = Table(
        id="t1",
        rows=1,
        cols=2,
        cells=(Cell(row=0, col=0, text="件数", role="row-header"), Cell(row=0, col=1, text=argument)),
        records=(
            Record(
                row_path=("件数",), column_path=(), text=argument, check="unchecked", cell=(0, 1), unproved="no-form"
            ),
        ),
        evidence="spans",
    )
    return Document(
        source=Source(path=name, sha256=hashlib.sha256(data).hexdigest(), size=len(data), format="text"),
        title=None,
        metadata=Metadata(),
        pages=(),
        blocks=(TextBlock(kind="paragraph", text=text), table),
        problems=problems,
    )


def noted_read(path, *, name=None, settings=None):
    print("READ", name, flush=True)
    return read(path, name=name, settings=settings)


def hang(argument):
    while True:
        pass


def exit_now(argument):
    print("leaving without a word", flush=True)
    os._exit(3)


def eat(argument):
    for _ in count():
        KEPT.append(bytearray(8 * 1024 * 1024))
        time.sleep(0.01)


def keep(argument):
    KEPT.append(bytearray(int(argument) * 1024 * 1024))


def no_memory(argument):
    raise MemoryError


def make_noise(argument):
    print("noise on stdout: 噪声")
    print("noise on stderr", file=sys.stderr)
    os.write(1, b"noise from below\n")


def flood(argument):
    print("x" * int(argument))


def fail(argument):
    raise ZeroDivisionError("told to")


def recurse(argument):
    recurse(argument)


def damaged(argument):
    raise DamagedFile("broken on purpose; fetch it again")


def unsupported(argument):
    raise UnsupportedFormat("no format of ours; convert it")


def fill_disk(argument):
    def full(folder, target, content):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(target))

    Folder.write = full


def leave_trap(argument):
    os.environ["TRAP"] = "set"


def spring_trap(argument):
    if "TRAP" in os.environ:
        os.abort()


def have_child(argument):
    child = os.fork()
    if child:
        print(child, flush=True)
    time.sleep(A_LONG_TIME)


ORDERS = {
    "ok": lambda argument: None,
    "partial": lambda argument: None,
    "slow": lambda argument: time.sleep(float(argument)),
    "tell-pid": lambda argument: str(os.getpid()),
    "damaged": damaged,
    "unsupported": unsupported,
    "raise": fail,
    "recurse": recurse,
    "exit": lambda argument: sys.exit(3),
    "exit-now": exit_now,
    "abort": lambda argument: os.abort(),
    "segfault": lambda argument: ctypes.string_at(0),
    "kill-itself": lambda argument: os.kill(os.getpid(), signal.SIGKILL),
    "hang": hang,
    "sleep-forever": lambda argument: time.sleep(A_LONG_TIME),
    "have-child": have_child,
    "eat": eat,
    "keep": keep,
    "no-memory": no_memory,
    "print": make_noise,
    "flood": flood,
    "fill-disk": fill_disk,
    "leave-trap": leave_trap,
    "spring-trap": spring_trap,
}
