"""What is found below SRC, under which name, in which order."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from gxextract.batch.inputs import Input, Refused, check_sources, find_inputs
from gxextract.errors import UsageError


def names(*sources: Path, out: Path = Path("nowhere")) -> list[str]:
    check_sources(sources, out)
    return [found.name for found in find_inputs(sources, out)]


def make(root: Path, *files: str) -> Path:
    for name in files:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")
    return root


def test_order_is_that_of_the_whole_name(tmp_path: Path) -> None:
    files = ["a.txt", "a/b.txt", "a-c/d.txt", "a0.txt", "a/Z.txt", "B.txt", "b.txt", "乙/甲.pdf", "a/b/c.txt"]
    assert names(make(tmp_path, *files)) == sorted(files)


def test_an_input_tells_size_and_time(tmp_path: Path) -> None:
    path = make(tmp_path, "a/b.txt") / "a/b.txt"
    os.utime(path, ns=(5, 1_234_567_890_123_456_789))
    assert list(find_inputs([tmp_path], tmp_path / "out")) == [
        Input(file=str(path), name="a/b.txt", size=1, mtime_ns=1_234_567_890_123_456_789)
    ]


def test_a_file_as_source_has_its_own_name(tmp_path: Path) -> None:
    assert names(make(tmp_path, "a/b.txt") / "a/b.txt") == ["b.txt"]


def test_several_sources_put_their_name_first_and_keep_the_order(tmp_path: Path) -> None:
    make(tmp_path, "one/x.txt", "two/x.txt", "one.txt")
    assert names(tmp_path / "two", tmp_path / "one", tmp_path / "one.txt") == ["one.txt", "one/x.txt", "two/x.txt"]


def test_a_source_without_a_name_is_named_by_where_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(tmp_path, "one/x.txt", "two/x.txt")
    monkeypatch.chdir(tmp_path / "one")
    assert names(Path("."), Path("../two")) == ["one/x.txt", "two/x.txt"]


@pytest.mark.parametrize(
    ("sources", "said"),
    [
        ([], "nothing to read"),
        (["missing"], "does not exist"),
        (["a/same", "b/same"], "two sources are named same"),
        (["a", "a"], "two sources are named a"),
        (["old-out"], "out folder of an earlier run"),
        (["out"], "read and written at once"),
        (["out/documents/x"], "read and written at once"),
    ],
)
def test_sources_that_cannot_be(tmp_path: Path, sources: list[str], said: str) -> None:
    make(tmp_path, "a/same/x", "b/same/x", "old-out/.gxextract/ledger.jsonl", "out/documents/x/y")
    with pytest.raises(UsageError, match=said):
        check_sources([tmp_path / source for source in sources], tmp_path / "out")


def test_out_folders_and_version_control_are_not_entered(tmp_path: Path) -> None:
    make(tmp_path, "x.txt", ".git/config", "a/.svn/entries", "out/y.txt", "old/.gxextract/lock", "old/report.html")
    assert names(tmp_path, out=tmp_path / "out") == ["x.txt"]


def test_other_hidden_files_are_files(tmp_path: Path) -> None:
    files = [".DS_Store", ".hidden/x.txt", "~$lock.docx"]
    assert names(make(tmp_path, *files)) == files


def test_links_to_files_are_followed_and_links_to_folders_are_named(tmp_path: Path) -> None:
    make(tmp_path, "a/x.txt")
    (tmp_path / "a/loop").symlink_to(tmp_path)
    (tmp_path / "file").symlink_to(tmp_path / "a/x.txt")
    found = {each.name: each for each in find_inputs([tmp_path], tmp_path / "out")}
    assert list(found) == ["a/loop", "a/x.txt", "file"]
    assert isinstance(found["file"], Input)
    assert isinstance(loop := found["a/loop"], Refused)
    assert (loop.status, loop.error.code) == ("skipped", "folder-link")


def test_what_is_no_file_or_leads_nowhere_is_named(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "broken").symlink_to(tmp_path / "nothing")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(os.path.relpath(tmp_path / "socket"))
        found = list(find_inputs([tmp_path], tmp_path / "out"))
    told = {each.name: (each.status, each.error.code) for each in found if isinstance(each, Refused)}
    assert told == {
        "broken": ("failed", "unreadable"),
        "pipe": ("skipped", "no-file"),
        "socket": ("skipped", "no-file"),
    }


def test_a_folder_that_cannot_be_opened_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(tmp_path, "shut/x.txt", "y.txt")
    scandir = os.scandir

    def refuse(path: str) -> object:
        if Path(path).name == "shut":
            raise PermissionError(13, "Permission denied", path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)  # root may open anything, so a mode of 000 proves nothing
    shut, other = find_inputs([tmp_path], tmp_path / "out")
    assert isinstance(shut, Refused)
    assert (shut.name, shut.status, shut.error.code) == ("shut/", "failed", "unreadable")
    assert other.name == "y.txt"


def test_names_that_are_not_unicode_survive(tmp_path: Path) -> None:
    (tmp_path / os.fsdecode(b"\xce\xc4\xbc\xfe.txt")).write_bytes(b"x")
    assert [os.fsencode(name) for name in names(tmp_path)] == [b"\xce\xc4\xbc\xfe.txt"]


def test_names_that_differ_in_case_only_are_two(tmp_path: Path) -> None:
    assert names(make(tmp_path, "A.txt", "a.txt")) == ["A.txt", "a.txt"]


def test_depth(tmp_path: Path) -> None:
    deep = tmp_path.joinpath(*["d"] * 300)
    deep.mkdir(parents=True)
    (deep / "x").write_bytes(b"")
    assert names(tmp_path) == ["d/" * 300 + "x"]
