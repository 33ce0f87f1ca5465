"""Whatever a reader does to its process costs its own document, and is told."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import psutil
import pytest

from gxextract.batch.pool import last_words
from gxextract.batch.run import Summary
from gxextract.batch.worker import LOG_BYTES
from gxextract.errors import GxextractError

Dump = Callable[[dict[str, str]], Path]
Go = Callable[..., Summary]
Outcomes = Callable[[Path], dict[str, dict[str, object]]]

FAULTS = [
    ("abort", "crashed", "was ended by SIGABRT (Fatal Python error: Aborted at faulty/faulty.py:"),
    ("segfault", "crashed", "was ended by SIGSEGV (Fatal Python error: Segmentation fault at "),
    ("exit-now", "crashed", "ended with status 3 (its last words: leaving without a word)"),
    ("kill-itself", "crashed", "was killed by SIGKILL, most likely by the system for want of memory"),
    ("exit", "internal-error", "SystemExit: 3 (at faulty/faulty.py:"),
    ("raise", "internal-error", "ZeroDivisionError: told to (at faulty/faulty.py:"),
    ("recurse", "internal-error", "RecursionError: "),
    ("no-memory", "memory-limit", "the memory ran out; "),
    ("eat", "memory-limit", "took over 200 MiB; raise --max-memory"),
    ("hang", "time-limit", "not done after 2 s; raise --timeout"),
    ("sleep-forever", "time-limit", "not done after 2 s; raise --timeout"),
    ("damaged", "damaged", "broken on purpose; fetch it again"),
]
T = TypeVar("T")
LIMITS = {"seconds": 2.0, "memory_mib": 200}


def test_faults_cost_one_document_each(dump: Dump, go: Go, outcomes: Outcomes, tmp_path: Path) -> None:
    faulty = dump({f"{order}.txt": order for order, _, _ in FAULTS} | {f"z{n}.txt": f"ok {n}" for n in range(4)})
    summary = go(faulty, limits=LIMITS)
    told = outcomes(tmp_path / "out")
    for order, code, said in FAULTS:
        line = told[f"{order}.txt"]
        error = line["error"]
        assert isinstance(error, dict)
        assert (line["status"], error["code"]) == ("failed", code), order
        assert said in error["message"], order
        assert "\n" not in error["message"]
        assert ";" in error["message"] or "please report" in error["message"], "a message ends in what to do"
        assert isinstance(line["sha256"], str), "the bytes are known even where their reader died"
    assert [told[f"z{n}.txt"]["status"] for n in range(4)] == ["ok"] * 4
    assert (summary.exit_code, summary.read) == (1, len(FAULTS) + 4)
    assert not list((tmp_path / "out/.gxextract/tmp").iterdir())


def test_the_log_has_what_was_printed_and_the_traceback(
    dump: Dump, go: Go, tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONIOENCODING", "ascii")  # a library that prints must not fail for that
    go(dump({"a.txt": "print", "b.txt": "raise", "c.txt": "abort"}), jobs=1)
    assert capfd.readouterr() == ("", "")
    log = (tmp_path / "out/.gxextract/worker-0.log").read_text("utf-8")
    for said in (
        "=== a.txt",
        "noise on stdout: 噪声",
        "noise on stderr",
        "noise from below",
        "Traceback",
        "Fatal Python error",
    ):
        assert said in log


def test_a_log_does_not_grow_for_ever(dump: Dump, go: Go, tmp_path: Path) -> None:
    go(dump({"a.txt": f"flood {LOG_BYTES}", "b.txt": "print"}), jobs=1)
    log = (tmp_path / "out/.gxextract/worker-0.log").read_text("utf-8")
    assert log.startswith("=== b.txt\n")
    assert "noise from below" in log


def test_a_worker_is_replaced_after_so_many_documents(dump: Dump, go: Go, outcomes: Outcomes, tmp_path: Path) -> None:
    files = {f"{n}.txt": "tell-pid" for n in range(6)}
    go(dump(files), jobs=1, limits={"documents_a_worker": 2})
    texts = [(tmp_path / f"out/documents/{name}.txt").read_text("utf-8") for name in files]
    assert [texts.count(text) for text in texts] == [2] * 6


def test_a_document_is_condemned_by_a_fresh_worker_only(dump: Dump, go: Go, outcomes: Outcomes, tmp_path: Path) -> None:
    go(dump({"a.txt": "leave-trap", "b.txt": "spring-trap"}), jobs=1)
    assert [line["status"] for line in outcomes(tmp_path / "out").values()] == ["ok", "ok"]


def test_a_worker_that_has_grown_is_not_given_another(dump: Dump, go: Go, outcomes: Outcomes, tmp_path: Path) -> None:
    files = {"a.txt": "tell-pid", "b.txt": "keep 150", "c.txt": "tell-pid", "d.txt": "tell-pid"}
    go(dump(files), jobs=1, limits={"memory_mib": 200})
    assert [line["status"] for line in outcomes(tmp_path / "out").values()] == ["ok"] * 4
    told = [(tmp_path / f"out/documents/{each}.txt.txt").read_text("utf-8") for each in ("a", "c", "d")]
    assert told[0] != told[1] == told[2]


def test_what_a_worker_has_started_ends_with_it(dump: Dump, go: Go, tmp_path: Path) -> None:
    go(dump({"a.txt": "have-child"}), jobs=1, limits={"seconds": 1.0})
    child = int(last_words(tmp_path / "out/.gxextract/worker-0.log").removesuffix(")").split()[-1])
    assert wait_for(lambda: not psutil.pid_exists(child) or psutil.Process(child).status() == "zombie")


def test_workers_that_cannot_start_end_the_run(dump: Dump, go: Go) -> None:
    with pytest.raises(GxextractError, match=r"no worker starts: .*No module named 'missing'.*run gxextract doctor"):
        go(dump({"a.txt": "ok", "b.txt": "ok"}), reader="missing:read")


@pytest.mark.parametrize(
    ("log", "words"),
    [
        ("", ""),
        ("=== a.txt\nhello\n=== b.txt\n", ""),
        ("=== a.txt\nhello\n=== b.txt\n\nbye\n  \n", " (its last words: bye)"),
        ("started badly\n", " (its last words: started badly)"),
        (
            "=== b.txt\nFatal Python error: Aborted\n\nCurrent thread 0x00007 (most recent call first):\n"
            '  File "/x/y/z.py", line 7 in f\n  File "/x/y/main.py", line 1 in g\n\nExtension modules: a, b\n',
            " (Fatal Python error: Aborted at y/z.py:7)",
        ),
        ("=== b.txt\nFatal Python error: none_dealloc\n", " (Fatal Python error: none_dealloc)"),
    ],
)
def test_last_words(tmp_path: Path, log: str, words: str) -> None:
    (tmp_path / "log").write_text(log, "utf-8")
    assert last_words(tmp_path / "log") == words


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux kills a worker in the middle of a document")
def test_workers_die_with_a_supervisor_that_is_killed(dump: Dump, tmp_path: Path) -> None:
    source = dump({"a.txt": "sleep-forever", "b.txt": "hang"})
    supervisor = start(source, tmp_path / "out")
    try:
        logs = [tmp_path / f"out/.gxextract/worker-{number}.log" for number in range(2)]
        wait_for(lambda: all(log.exists() and "=== " in log.read_text("utf-8") for log in logs))
        workers = busy_workers(supervisor.pid, 2)
        assert workers
    finally:
        supervisor.kill()
        supervisor.wait()
    assert wait_for(lambda: not any(worker.is_running() and worker.status() != "zombie" for worker in workers))


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=["ctrl-c", "term"])
def test_an_interrupted_run_says_so_and_goes_on(
    dump: Dump, go: Go, outcomes: Outcomes, tmp_path: Path, number: signal.Signals
) -> None:
    source = dump({"a.txt": "ok", "b.txt": "sleep-forever", "c.txt": "ok"})
    supervisor = start(source, tmp_path / "out", jobs=1)
    wait_for(lambda: (tmp_path / "out/documents/a.txt.json").exists() and busy_workers(supervisor.pid, 1))
    wait_for(lambda: "=== b.txt" in (tmp_path / "out/.gxextract/worker-0.log").read_text("utf-8"))
    workers = psutil.Process(supervisor.pid).children()
    supervisor.send_signal(number)
    _, said = supervisor.communicate(timeout=10)
    assert supervisor.returncode == 130
    assert said == "interrupted, 2 left; run the same command to go on. 3 files: 1 ok, 2 left\n"
    assert not any(worker.is_running() for worker in workers)
    assert list(outcomes(tmp_path / "out")) == ["a.txt"]
    (source / "b.txt").write_text("ok", "utf-8")
    assert go(source).read == 2


def start(source: Path, out: Path, jobs: int = 2) -> subprocess.Popen[str]:
    """A run in a process of its own."""
    code = (
        "import sys; from pathlib import Path; from gxextract.batch.run import Options, run\n"
        f"summary = run([Path({str(source)!r})], Path({str(out)!r}), None,"
        f" Options(reader='faulty:read', jobs={jobs}))\n"
        "print(summary.in_words(), file=sys.stderr); sys.exit(summary.exit_code)"
    )
    return subprocess.Popen([sys.executable, "-c", code], stderr=subprocess.PIPE, text=True)


def busy_workers(supervisor: int, number: int) -> list[psutil.Process]:
    children = psutil.Process(supervisor).children()
    return children if len(children) == number and all(map(_is_worker, children)) else []


def _is_worker(process: psutil.Process) -> bool:
    try:
        return "gxextract.batch.worker" in process.cmdline()
    except psutil.Error:
        return False


def wait_for(condition: Callable[[], T]) -> T:
    for _ in range(200):
        if result := condition():
            return result
        time.sleep(0.05)
    raise AssertionError("it never came true")
