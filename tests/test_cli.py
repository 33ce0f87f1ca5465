"""The commands as a shell sees them: what goes where, and the exit code."""

from __future__ import annotations

import csv
import io
import json
import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

COMMANDS = ("run", "show", "explain", "repair", "status", "doctor")
OPTIONS = {
    "run": (
        *("--out", "--format", "--ocr", "--engine", "--jobs", "--timeout", "--max-memory", "--retry-failed"),
        *("--restart", "--limit", "--fail-fast", "--script", "-q", "-v", "--second-engine", "--models"),
    ),
    "show": ("--format", "--pages", "--ocr", "--engine", "--second-engine", "--models", "--script"),
    "explain": ("--ocr", "--engine", "--second-engine", "--models", "--script"),
    "repair": ("--explain", "--script"),
    "status": ("--json",),
    "doctor": ("--json",),
}
TABLE = "<table><tr><th>项目</th><th>数量</th></tr><tr><th>规章</th><td>3</td></tr></table>"
HTML = f"<html><head><meta charset=utf-8></head><body><h1>2023年工作报告</h1><p>全年公开信息。</p>{TABLE}</body></html>"


def gxextract(
    *arguments: str | Path, cwd: Path | None = None, stdin: str = "", **env: str
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "gxextract.cli", *map(str, arguments)],
        input=stdin,
        capture_output=True,
        encoding="utf-8",
        cwd=cwd,
        env=os.environ | env,
        timeout=60,
    )


@pytest.fixture
def dump(tmp_path: Path) -> Path:
    folder = tmp_path / "dump"
    (folder / "县").mkdir(parents=True)
    (folder / "县/报告.html").write_text(HTML, "utf-8")
    (folder / "a.txt").write_text("一、总体情况\n\n全年公开信息120条。\n", "utf-8")
    return folder


def test_help_of_all() -> None:
    told = gxextract("--help")
    assert (told.returncode, told.stderr) == (0, "")
    assert [command for command in COMMANDS if f"\n  {command} " not in told.stdout] == []
    assert "Exit codes: 0 all done; 1 finished, some documents failed; 2 usage" in told.stdout
    assert "..." not in told.stdout.split("Commands:")[1], "a description is cut short"


@pytest.mark.parametrize("command", COMMANDS)
def test_help_of_each(command: str) -> None:
    told = gxextract(command, "--help")
    assert (told.returncode, told.stderr) == (0, "")
    assert f"    gxextract {command}" in told.stdout, "an example"
    assert "Exit codes:" in told.stdout
    for option in OPTIONS[command]:
        assert f" {option}" in told.stdout


def test_help_comes_at_once() -> None:
    before = _processor_seconds()
    gxextract("--help")
    assert _processor_seconds() - before < 1.0  # 0.25 on an idle machine


def test_version() -> None:
    assert gxextract("--version").stdout.startswith("gxextract 0.")


def test_run_and_run_again(dump: Path, tmp_path: Path) -> None:
    first = gxextract("run", dump, cwd=tmp_path)
    assert (first.returncode, first.stdout) == (0, "")
    assert first.stderr == "2 files: 2 ok; 2 done now; proved: 0 of 1 values (0 %). See gxextract-out/report.html\n"
    assert (tmp_path / "gxextract-out/documents/县/报告.html.md").read_text("utf-8").startswith("# 2023年工作报告")
    before = _processor_seconds()
    again = gxextract("run", dump, cwd=tmp_path)
    assert _processor_seconds() - before < 1.5  # 0.3 on an idle machine: nothing is loaded that reads documents
    assert again.returncode == 0
    done = "nothing to do, all were done before; proved: 0 of 1 values (0 %)"
    assert again.stderr == f"2 files: 2 ok; {done}. See gxextract-out/report.html\n"


def test_run_quietly_and_in_detail(dump: Path, tmp_path: Path) -> None:
    (dump / "empty.pdf").write_bytes(b"")
    quiet = gxextract("run", dump, "-q", "--out", tmp_path / "quiet")
    assert (quiet.returncode, quiet.stdout, quiet.stderr) == (1, "", "")
    detailed = gxextract("run", dump, "-v", "--jobs", "1", "--out", tmp_path / "detailed")
    lines = detailed.stderr.splitlines()
    assert [line.split()[0] for line in lines] == ["ok", "failed", "ok", "3"]
    assert "empty.pdf  empty: " in lines[1]


def test_formats(dump: Path, tmp_path: Path) -> None:
    assert gxextract("run", dump, "--format", "txt,json", "--out", tmp_path / "out").returncode == 0
    written = {path.suffix for path in (tmp_path / "out/documents").rglob("*") if path.is_file()}
    assert written == {".json", ".txt"}
    assert gxextract("run", dump, "--format", "parquet,json", "--out", tmp_path / "out").returncode == 0
    assert (tmp_path / "out/records.parquet").read_bytes().startswith(b"PAR1")
    assert gxextract("run", dump, "--format", "parquet", "--out", tmp_path / "out").returncode == 0
    assert not [path for path in (tmp_path / "out/documents").rglob("*") if path.is_file()]


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["run", "missing"], 2, "gxextract: missing does not exist; check the path"),
        (["run", "dump", "--out", "dump/a.txt"], 7, "gxextract: dump/a.txt can't be written"),
        (
            ["run", "dump", "--format", "json,xml"],
            2,
            "gxextract: --format json,xml is no list of json, md, txt, parquet;",
        ),
        (["run", "dump", "--jobs", "0"], 2, "Invalid value for '--jobs'"),
        (["run", "dump", "--engine", "magic"], 2, "'magic' is not"),
        (["run", "dump", "--second-engine", "rapidocr"], 2, "rapidocr can't be its own second engine; name another"),
        (
            ["show", "dump/a.txt", "--models", "."],
            2,
            "only paddleocr takes models; use --models with --engine paddleocr",
        ),
        (["show", "dump/a.txt", "--engine", "paddleocr", "--models", "missing"], 2, "'missing' does not exist"),
        (["show", "missing"], 3, "gxextract: missing can't be read"),
        (["show", "dump"], 3, "gxextract: dump can't be read"),
        (["show", "dump/a.txt", "--pages", "3-1"], 2, "gxextract: --pages 3-1 is no range of pages"),
        (["show", "dump/a.txt", "--pages", "0"], 2, "gxextract: --pages 0 is no range of pages"),
        (["show", "odd.bin"], 3, "gxextract: odd.bin is no PDF"),
        (["explain", "empty.pdf"], 3, "gxextract: empty.pdf is empty; "),
        (["repair", "missing"], 3, "gxextract: missing can't be read"),
        (["repair", "odd.bin"], 3, "gxextract: this is no text; "),
        (["repair", "--script", "runic"], 2, "'runic' is not"),
        (["status", "dump"], 2, "gxextract: dump is not an out folder"),
        (["fly"], 2, "No such command 'fly'"),
    ],
)
def test_errors_are_one_line_with_their_exit_code(
    dump: Path, tmp_path: Path, arguments: list[str], code: int, said: str
) -> None:
    (tmp_path / "empty.pdf").write_bytes(b"")
    (tmp_path / "odd.bin").write_bytes(bytes(range(256)) * 4)
    told = gxextract(*arguments, cwd=tmp_path)
    assert (told.returncode, told.stdout) == (code, "")
    assert said in told.stderr
    assert "Traceback" not in told.stderr
    if said.startswith("gxextract:"):
        assert told.stderr.count("\n") == 1


def test_an_empty_folder(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    told = gxextract("run", "empty", cwd=tmp_path)
    assert (told.returncode, told.stderr) == (0, "no files found, nothing to do\n")


def test_show_in_each_format(dump: Path) -> None:
    page = dump / "县/报告.html"
    shown = {each: gxextract("show", page, "--format", each) for each in ("json", "md", "txt", "html", "csv")}
    assert {each: (told.returncode, told.stderr) for each, told in shown.items()} == dict.fromkeys(shown, (0, ""))
    assert json.loads(shown["json"].stdout)["source"]["path"] == "报告.html"
    assert shown["md"].stdout == gxextract("show", page).stdout
    assert "规章\t3" in shown["txt"].stdout
    assert shown["html"].stdout.startswith("<!doctype html>")
    rows = list(csv.DictReader(io.StringIO(shown["csv"].stdout)))
    assert [(row["row_path"], row["column_path"], row["value"]) for row in rows] == [("规章", "数量", "3")]


def test_data_is_utf8_whatever_the_terminal_is(dump: Path) -> None:
    told = gxextract("show", dump / "a.txt", PYTHONIOENCODING="ascii", LC_ALL="C")
    assert "全年公开信息120条" in told.stdout


def test_explain(dump: Path) -> None:
    told = gxextract("explain", dump / "县/报告.html")
    assert told.returncode == 0
    assert "t1: 2 × 2, spans" in told.stdout


GARBLED = "政府信息公开\r\nÖÐ¹úÕþ¸®ÐÅÏ¢¹«¿ª\n\n2023年，全年公开信息120条。"
REPAIRED = "政府信息公开\r\n中国政府信息公开\n\n2023年，全年公开信息120条。"


def test_repair_changes_what_is_garbled_and_nothing_else(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(GARBLED.encode())
    command = [sys.executable, "-m", "gxextract.cli", "repair"]
    for told in (
        subprocess.run([*command, str(file)], capture_output=True, timeout=60),
        subprocess.run(command, input=GARBLED.encode(), capture_output=True, timeout=60),
    ):
        assert (told.returncode, told.stdout.decode(), told.stderr) == (0, REPAIRED, b"")


def test_a_run_counts_what_it_repaired(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(GARBLED.encode())
    assert gxextract("run", "a.txt", cwd=tmp_path).returncode == 0
    report = (tmp_path / "gxextract-out/report.html").read_text("utf-8")
    assert '<td>mojibake</td><td>1</td><td class="number">1</td>' in report
    assert (tmp_path / "gxextract-out/documents/a.txt.txt").read_text("utf-8").splitlines()[1] == "中国政府信息公开"


def test_repair_explains_instead_of_printing() -> None:
    told = gxextract("repair", "--explain", stdin=GARBLED)
    assert (told.returncode, told.stderr) == (0, "")
    (line,) = told.stdout.splitlines()
    assert line.startswith(
        "line 2: mojibake made 'ÖÐ¹úÕþ¸®ÐÅÏ¢¹«¿ª' into '中国政府信息公开' (certain, because GBK read as"
    )


def test_repair_says_what_it_could_not_do(tmp_path: Path) -> None:
    told = gxextract("repair", stdin="某县锟斤拷锟斤拷公告\n")
    assert (told.returncode, told.stdout) == (0, "某县锟斤拷锟斤拷公告\n")
    assert told.stderr.startswith("gxextract: warning: 1 text, such as '某县锟斤拷锟斤拷公告', can't be read")
    (tmp_path / "a.txt").write_bytes("信息公开，".encode() * 20 + b"\xff")
    assert "bytes that are no characters in utf-8" in gxextract("repair", tmp_path / "a.txt").stderr


def test_script(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("臺北市政府資訊公開報告\n", "utf-8")
    shown = {each: gxextract("show", tmp_path / "a.txt", "--script", each).stdout for each in ("keep", "simplified")}
    assert shown["keep"] == gxextract("show", tmp_path / "a.txt").stdout
    assert "臺北市政府資訊公開報告" in shown["keep"]
    assert "政府资讯公开报告" in shown["simplified"]
    assert "政府资讯公开报告" in gxextract("repair", "--script", "simplified", tmp_path / "a.txt").stdout


def test_status(dump: Path, tmp_path: Path) -> None:
    gxextract("run", dump, "--limit", "1", cwd=tmp_path)
    told = gxextract("status", "gxextract-out", cwd=tmp_path)
    assert (told.returncode, told.stdout.splitlines()[0]) == (0, "2 files: 1 ok, 1 left")
    assert json.loads(gxextract("status", "gxextract-out", "--json", cwd=tmp_path).stdout)["left"] == 1


def test_doctor() -> None:
    told = gxextract("doctor")
    assert (told.returncode, told.stdout.splitlines()[-1]) == (0, "everything needed is there")
    assert json.loads(gxextract("doctor", "--json").stdout)["missing"] == []


def without(part: str, folder: Path) -> dict[str, str]:
    """The environment of a Python that doesn't find a part."""
    (folder / "sitecustomize.py").write_text(
        "import importlib.util\n"
        "find = importlib.util.find_spec\n"
        f"importlib.util.find_spec = lambda name, package=None: None if name == '{part}' else find(name, package)\n",
        "utf-8",
    )
    return {"PYTHONPATH": str(folder)}


def test_parquet_that_cannot_be_had_is_said_at_once(dump: Path, tmp_path: Path) -> None:
    told = gxextract("run", dump, "--format", "json,parquet", cwd=tmp_path, **without("pyarrow", tmp_path))
    assert told.returncode == 4
    assert told.stderr == "gxextract: pyarrow isn't installed; install it with: pip install 'gxextract[parquet]'\n"
    assert not (tmp_path / "gxextract-out").exists()


def test_a_missing_part_is_exit_code_4(tmp_path: Path) -> None:
    told = gxextract("doctor", **without("pdfplumber", tmp_path))
    assert told.returncode == 4
    assert "pip install --force-reinstall pdfplumber" in told.stdout


@pytest.mark.parametrize("option", ["--engine", "--second-engine"])
def test_an_engine_that_is_not_there_is_said_at_once(dump: Path, tmp_path: Path, option: str) -> None:
    """Not of each page: nothing here needs an engine at all."""
    told = gxextract("run", dump, option, "tesseract", cwd=tmp_path, PATH=str(tmp_path))
    assert told.returncode == 4
    assert told.stderr.endswith("install it with: apt-get install tesseract-ocr tesseract-ocr-chi-sim\n")
    assert not (tmp_path / "gxextract-out").exists()


def test_a_reader_that_goes_away_is_no_error(dump: Path) -> None:
    (dump / "long.txt").write_text("长长的一段文字。\n\n" * 20_000, "utf-8")
    command = f"{sys.executable} -m gxextract.cli show '{dump / 'long.txt'}' | head -c 10"
    told = subprocess.run(["bash", "-c", command], capture_output=True, timeout=60)
    assert told.stderr == b""


def _processor_seconds() -> float:
    """What the commands run so far have taken. Unlike the clock's time it hardly depends on what else is running."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
