"""Files in OUT are whole or not there."""

from __future__ import annotations

from pathlib import Path

import pytest

from gxextract.batch.folder import Folder


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    (tmp_path / ".gxextract/tmp").mkdir(parents=True)
    return Folder(tmp_path)


def test_a_file_is_replaced_at_once(folder: Folder) -> None:
    target = folder.output("a/b", "md")
    folder.write(target, b"old")
    with target.open("rb") as reader:
        folder.write(target, b"new and longer")
        assert reader.read() == b"old", "who reads it meanwhile reads one or the other, never a mixture"
    assert target.read_bytes() == b"new and longer"
    assert not list((folder.inner / "tmp").iterdir())


def test_what_goes_wrong_leaves_the_old_file(folder: Folder) -> None:
    folder.write(folder.records, b"old")

    def fail_half_way() -> None:
        with folder.replacing(folder.records) as file:
            file.write(b"half of the new")
            file.flush()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_half_way()
    assert folder.records.read_bytes() == b"old"
    assert not list((folder.inner / "tmp").iterdir())


def test_what_a_killed_run_left_unfinished_is_cleared(folder: Folder) -> None:
    (folder.inner / "tmp/123-half").write_bytes(b"half")
    with folder.opened():
        assert not list((folder.inner / "tmp").iterdir())


def test_outputs_of_different_inputs_are_different_files(folder: Folder) -> None:
    names = ["a", "a.json", "a.md", "b/a", "A", "a.json.json"]
    outputs = {folder.output(name, each) for name in names for each in ("json", "md", "txt")}
    assert len(outputs) == 3 * len(names)
    assert len({folder.fragment(name) for name in names}) == len(names)
