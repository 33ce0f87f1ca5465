"""Runs resume, redo what has changed and nothing else, and end in the same OUT whichever way they got there."""

from __future__ import annotations

import csv
import fcntl
import importlib.util
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from pyarrow import parquet as pq

from gxextract.batch.run import Summary
from gxextract.errors import MissingPart, OutputError, UsageError

Dump = Callable[[dict[str, str]], Path]
Go = Callable[..., Summary]
Outcomes = Callable[[Path], dict[str, dict[str, object]]]
Seen = Callable[[Path], dict[str, object]]

RESULTS = ["findings.jsonl", "outcomes.jsonl", "records.csv", "report.html"]

MIXED = {
    "子/甲.txt": "ok 1",
    "子/乙.txt": "partial 2",
    "a.txt": "damaged",
    "b.txt": "unsupported",
    "c.txt": "abort",
    "d/e/f.txt": "ok 3",
}


def test_what_a_run_leaves(dump: Dump, go: Go, seen: Seen, tmp_path: Path) -> None:
    summary = go(dump(MIXED))
    out = seen(tmp_path / "out")
    read = ["d/e/f.txt", "子/乙.txt", "子/甲.txt"]
    documents = [f"documents/{name}.{each}" for name in read for each in ("json", "md", "txt")]
    assert sorted(out) == sorted([*documents, *RESULTS])
    lines = out["outcomes.jsonl"]
    assert isinstance(lines, list)
    assert [list(line) for line in lines] == [["path", "sha256", "status", "error", "pages", "seconds"]] * 6
    statuses = [(line["path"], line["status"], line["error"] and line["error"]["code"]) for line in lines]
    assert statuses == [
        ("a.txt", "failed", "damaged"),
        ("b.txt", "skipped", "unsupported-format"),
        ("c.txt", "failed", "crashed"),
        ("d/e/f.txt", "ok", None),
        ("子/乙.txt", "partial", None),
        ("子/甲.txt", "ok", None),
    ]
    records = (tmp_path / "out/records.csv").read_text("utf-8").splitlines()
    assert records[0].startswith("path,sha256,agency")
    assert [line.split('"')[1] for line in records[1:]] == read
    assert summary.exit_code == 1
    told = "6 files: 2 ok, 1 partial, 2 failed, 1 skipped; 6 done now; proved: 0 of 3 values (0 %). See "
    assert summary.in_words().startswith(told)


def test_one_worker_and_several_give_the_same(dump: Dump, go: Go, seen: Seen, tmp_path: Path) -> None:
    files = MIXED | {f"m{n}.txt": f"slow 0.0{n % 4}" for n in range(12)}
    go(dump(files), "one", jobs=1)
    go(dump(files), "three", jobs=3)
    assert seen(tmp_path / "one") == seen(tmp_path / "three")


def test_a_second_run_does_nothing(dump: Dump, go: Go, seen: Seen, tmp_path: Path) -> None:
    source = dump(MIXED)
    go(source)
    before = seen(tmp_path / "out")
    ledger = (tmp_path / "out/.gxextract/ledger.jsonl").read_bytes()
    summary = go(source, reader="nothing:at_all")
    assert (summary.read, summary.exit_code) == (0, 1)
    assert "nothing to do" in summary.in_words()
    assert seen(tmp_path / "out") == before
    assert (tmp_path / "out/.gxextract/ledger.jsonl").read_bytes() == ledger


def rewritten(source: Path, out: Path) -> None:
    (source / "a.txt").write_text("ok 22", "utf-8")


def touched(source: Path, out: Path) -> None:
    os.utime(source / "a.txt", ns=(1, 1))


def robbed(source: Path, out: Path) -> None:
    (out / "documents/a.txt.md").unlink()


def robbed_of_records(source: Path, out: Path) -> None:
    next(out.glob(".gxextract/records/*/*.csv")).unlink()


def no_change(source: Path, out: Path) -> None:
    pass


@pytest.mark.parametrize(
    ("change", "choices", "again"),
    [
        (no_change, {}, []),
        (rewritten, {}, ["a.txt"]),
        (touched, {}, []),
        (robbed, {}, ["a.txt"]),
        (robbed_of_records, {}, ["a.txt"]),
        (no_change, {"parquet": True}, []),
        (no_change, {"formats": ("json",)}, []),
        (no_change, {"formats": ()}, []),
        (robbed, {"formats": ("json",)}, []),
        (robbed_of_records, {"formats": ()}, ["a.txt"]),
    ],
)
def test_what_is_read_again(
    dump: Dump, go: Go, seen: Seen, tmp_path: Path, change: object, choices: dict[str, object], again: list[str]
) -> None:
    source, out = dump({"a.txt": "ok 1"}), tmp_path / "out"
    go(source, jobs=1)
    log = out / ".gxextract/worker-0.log"
    log.unlink()
    change(source, out)  # type: ignore[operator]
    go(source, jobs=1, reader="faulty:noted_read", **choices)
    read = [line.split()[1] for line in log.read_text("utf-8").splitlines() if "READ" in line] if log.exists() else []
    assert read == again
    go(source, "fresh", **choices)
    assert seen(out) == seen(tmp_path / "fresh")


def test_formats_that_are_not_there_yet_are_read_for(dump: Dump, go: Go, seen: Seen, tmp_path: Path) -> None:
    source = dump({"a.txt": "ok 1", "b.txt": "damaged"})
    go(source, formats=("json", "md"))
    assert go(source, formats=("json",)).read == 0
    assert "documents/a.txt.md" not in seen(tmp_path / "out")
    assert go(source, formats=("json", "md")).read == 1, "the one that failed fails for every format"
    go(source, "fresh", formats=("json", "md"))
    assert seen(tmp_path / "out") == seen(tmp_path / "fresh")


def test_parquet_is_the_csv_typed(dump: Dump, go: Go, tmp_path: Path) -> None:
    go(dump(MIXED), parquet=True)
    with (tmp_path / "out/records.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    typed = pq.read_table(tmp_path / "out/records.parquet").to_pylist()
    assert len(typed) == 3
    assert [(row["path"], row["text"], row["value"]) for row in typed] == [
        (row["path"], row["text"], float(row["value"])) for row in rows
    ]


def test_parquet_alone_leaves_no_documents(dump: Dump, go: Go, seen: Seen, tmp_path: Path) -> None:
    source = dump(MIXED)
    for _ in range(2):
        go(source, formats=(), parquet=True)
        assert sorted(seen(tmp_path / "out")) == [*RESULTS[:-1], "records.parquet", RESULTS[-1]]
    assert go(source, formats=(), parquet=True).read == 0


def test_parquet_goes_when_it_is_not_asked_for_any_more(dump: Dump, go: Go, seen: Seen, tmp_path: Path) -> None:
    source = dump(MIXED)
    go(source, parquet=True)
    go(source)
    go(source, "fresh")
    assert seen(tmp_path / "out") == seen(tmp_path / "fresh")
    go(source, parquet=True)
    go(source, "typed", parquet=True, jobs=1)
    assert seen(tmp_path / "out") == seen(tmp_path / "typed")


def test_parquet_that_cannot_be_had_is_said_before_anything_is_done(
    dump: Dump, go: Go, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    find = importlib.util.find_spec
    monkeypatch.setattr(
        importlib.util, "find_spec", lambda name, *rest: None if name == "pyarrow" else find(name, *rest)
    )
    with pytest.raises(
        MissingPart, match=r"pyarrow isn't installed; install it with: pip install 'gxextract\[parquet\]'"
    ):
        go(dump({"a.txt": "ok"}), parquet=True)
    assert not (tmp_path / "out").exists()
    assert go(dump({"a.txt": "ok"})).read == 1


def test_failures_are_tried_again_only_when_asked(dump: Dump, go: Go, tmp_path: Path) -> None:
    source = dump({"a.txt": "damaged", "b.txt": "abort", "c.txt": "ok", "d.txt": "unsupported"})
    assert go(source).read == 4
    assert go(source).read == 0
    assert go(source, retry_failed=True).read == 2


def test_a_document_that_fails_now_loses_its_old_outputs(dump: Dump, go: Go, seen: Seen, tmp_path: Path) -> None:
    source = dump({"a.txt": "ok 1", "b.txt": "ok 2", "c.txt": "ok 3"})
    go(source)
    dump({"a.txt": "abort", "b.txt": "damaged", "c.txt": "unsupported"})
    go(source)
    assert sorted(seen(tmp_path / "out")) == RESULTS
    assert (tmp_path / "out/records.csv").read_text("utf-8").count("\n") == 1


def test_a_file_that_is_gone_has_no_outcome_any_more(dump: Dump, go: Go, outcomes: Outcomes, tmp_path: Path) -> None:
    source = dump({"a.txt": "ok 1", "b.txt": "ok 2"})
    go(source)
    (source / "a.txt").unlink()
    go(source)
    assert list(outcomes(tmp_path / "out")) == ["b.txt"]
    assert "a.txt" not in (tmp_path / "out/records.csv").read_text("utf-8")


def test_restart_forgets_and_removes_its_own_files_only(dump: Dump, go: Go, seen: Seen, tmp_path: Path) -> None:
    source = dump({"x/a.txt": "ok 1", "b.txt": "ok 2"})
    go(source)
    mine = tmp_path / "out/documents/notes.md"
    mine.write_text("mine", "utf-8")
    (source / "x/a.txt").unlink()
    assert go(source, restart=True).read == 1
    assert "documents/b.txt.json" in seen(tmp_path / "out")
    assert mine.read_text("utf-8") == "mine"
    assert not (tmp_path / "out/documents/x").exists()


def test_a_ledger_that_was_tampered_with_reaches_nothing_outside(dump: Dump, go: Go, tmp_path: Path) -> None:
    source = dump({"a.txt": "ok 1"})
    go(source)
    victims = [tmp_path / "victim.json", tmp_path / "out/victim.json"]
    for victim in victims:
        victim.write_text("precious", "utf-8")
    ledger = tmp_path / "out/.gxextract/ledger.jsonl"
    line = json.loads(ledger.read_text("utf-8"))
    for path in ("../../victim", "../victim", str(tmp_path / "victim")):
        with ledger.open("a") as lines:
            lines.write(json.dumps(line | {"path": path}) + "\n")
    go(source, restart=True)
    assert [victim.read_text("utf-8") for victim in victims] == ["precious"] * 2


def test_limit_reads_the_first_and_the_next_run_goes_on(dump: Dump, go: Go, outcomes: Outcomes, tmp_path: Path) -> None:
    source = dump({f"{n}.txt": f"ok {n}" for n in range(5)})
    first = go(source, limit=2)
    assert (first.read, first.tally.left, first.exit_code) == (2, 3, 0)
    assert list(outcomes(tmp_path / "out")) == ["0.txt", "1.txt"]
    assert go(source, limit=2).read == 2
    assert list(outcomes(tmp_path / "out")) == ["0.txt", "1.txt", "2.txt", "3.txt"]
    assert go(source).tally.left == 0


def test_fail_fast_ends_at_the_first_failure(dump: Dump, go: Go, outcomes: Outcomes, tmp_path: Path) -> None:
    source = dump({"a.txt": "ok", "b.txt": "damaged", "c.txt": "ok", "d.txt": "ok"})
    summary = go(source, jobs=1, fail_fast=True)
    assert (summary.exit_code, summary.tally.left) == (1, 2)
    assert list(outcomes(tmp_path / "out")) == ["a.txt", "b.txt"]


def test_names_of_any_kind(dump: Dump, go: Go, outcomes: Outcomes, tmp_path: Path) -> None:
    source = dump({'a,"b"\n<b>&.txt': "ok 1", "長" * 85: "ok 2", "长.txt": "damaged"})
    raw = os.fsdecode(b"\xce\xc4\xbc\xfe.txt")
    (source / raw).write_text("ok 3", "utf-8")
    go(source)
    told = outcomes(tmp_path / "out")
    assert {name: line["status"] for name, line in told.items()} == {
        'a,"b"\n<b>&.txt': "ok",
        "長" * 85: "failed",
        "长.txt": "failed",
        raw: "ok",
    }
    assert told["長" * 85]["error"] == {
        "code": "output",
        "message": "its outputs can't be named (File name too long); rename the file",
    }
    assert (tmp_path / "out/documents" / f"{raw}.json").exists()
    assert "<b>&" not in (tmp_path / "out/report.html").read_text("utf-8")
    assert go(source).read == 0


def test_an_empty_folder_is_done(dump: Dump, go: Go, tmp_path: Path) -> None:
    (tmp_path / "dump").mkdir()
    summary = go(tmp_path / "dump")
    assert (summary.exit_code, summary.in_words()) == (0, "no files found, nothing to do")


def test_a_folder_that_cannot_be_opened_fails_the_run(dump: Dump, go: Go, outcomes: Outcomes, tmp_path: Path) -> None:
    source = dump({"a.txt": "ok"})
    (source / "broken").symlink_to("nowhere")
    assert go(source).exit_code == 1
    assert outcomes(tmp_path / "out")["broken"]["status"] == "failed"


def test_out_below_src_is_never_read(dump: Dump, go: Go, tmp_path: Path) -> None:
    source = dump({"a.txt": "ok"})
    for _ in range(2):
        assert go(source, "dump/out").tally.total == 1


def test_a_missing_source_leaves_no_out(go: Go, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="does not exist; check the path"):
        go(tmp_path / "missing")
    assert not (tmp_path / "out").exists()


def test_an_out_that_is_a_file(dump: Dump, go: Go, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("mine", "utf-8")
    with pytest.raises(OutputError, match="can't be written"):
        go(dump({"a.txt": "ok"}))
    assert (tmp_path / "out").read_text("utf-8") == "mine"


@pytest.mark.parametrize("name", [*RESULTS, "records.parquet", "documents"])
def test_what_others_have_written_is_not_overwritten(dump: Dump, go: Go, tmp_path: Path, name: str) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / name).write_text("mine", "utf-8")
    with pytest.raises(OutputError, match="there already and not from gxextract; choose another"):
        go(dump({"a.txt": "ok"}))
    assert (tmp_path / "out" / name).read_text("utf-8") == "mine"


def test_two_runs_cannot_write_one_folder(dump: Dump, go: Go, tmp_path: Path) -> None:
    source = dump({"a.txt": "ok"})
    go(source)
    with (tmp_path / "out/.gxextract/lock").open("ab") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(OutputError, match="another run is writing"):
            go(source)
    assert go(source).read == 0


def test_an_out_that_fills_up_ends_the_run_and_the_next_goes_on(dump: Dump, go: Go, tmp_path: Path) -> None:
    source = dump({"a.txt": "ok", "b.txt": "fill-disk", "c.txt": "ok"})
    with pytest.raises(OutputError, match=r"No space left on device\); make room or choose another --out, then run"):
        go(source, jobs=1)
    (source / "b.txt").write_text("ok", "utf-8")
    assert go(source).read == 2


def test_killed_at_any_moment_the_next_runs_end_in_the_same(dump: Dump, go: Go, seen: Seen, tmp_path: Path) -> None:
    source, out = dump(MIXED | {f"s{n:02}.txt": f"slow 0.0{n % 5}" for n in range(40)}), tmp_path / "out"
    ledger = out / ".gxextract/ledger.jsonl"
    code = (
        "from pathlib import Path; from gxextract.batch.run import Options, run\n"
        f"run([Path({str(source)!r})], Path({str(out)!r}), None, Options(reader='faulty:read', jobs=2))"
    )
    chance = random.Random(1)
    for recorded in (0, 1, 3, 6, 12, 20, 30):
        supervisor = subprocess.Popen([sys.executable, "-c", code])
        while not (out / ".gxextract/lock").exists() or _lines(ledger) < recorded:
            assert supervisor.poll() is None
            time.sleep(0.001)
        time.sleep(0.02 * chance.random())
        supervisor.kill()
        assert supervisor.wait() == -signal.SIGKILL, "it was done before it could be killed"
    assert 30 <= _lines(ledger) < 46
    assert go(source).tally.left == 0
    go(source, "undisturbed")
    assert seen(out) == seen(tmp_path / "undisturbed")


def _lines(file: Path) -> int:
    return file.read_bytes().count(b"\n") if file.exists() else 0
