"""A file for people is whole or not there, and an older one survives every failure."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import Any

import pytest

from camcensus.model.errors import DiskError
from camcensus.store.files import write_whole


def test_what_was_written_is_read_back_and_nothing_else_is_left(tmp_path: Path) -> None:
    write_whole(tmp_path / "a.pdf", b"one")
    write_whole(tmp_path / "a.pdf", b"two" * 100_000)
    assert (tmp_path / "a.pdf").read_bytes() == b"two" * 100_000
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.pdf"]


def test_short_writes_are_carried_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write = os.write
    monkeypatch.setattr(os, "write", lambda handle, data: write(handle, bytes(data[:1000])))
    write_whole(tmp_path / "a.pdf", bytes(range(256)) * 100)
    assert (tmp_path / "a.pdf").read_bytes() == bytes(range(256)) * 100


@pytest.mark.parametrize(
    ("code", "say"),
    [
        (errno.ENOSPC, "disk is full"),
        (errno.EROFS, "read-only"),
        (errno.EACCES, "no permission|may not write there"),
        (errno.EIO, "check the disk"),
    ],
)
def test_a_disk_that_refuses_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, say: str) -> None:
    write_whole(tmp_path / "a.pdf", b"old")

    def refuse(*_: Any) -> int:
        raise OSError(code, os.strerror(code))

    for name in ("write", "fsync"):
        with monkeypatch.context() as patch:
            patch.setattr(os, name, refuse)
            with pytest.raises(DiskError, match=say):
                write_whole(tmp_path / "a.pdf", b"new")
        assert {entry.name: entry.read_bytes() for entry in tmp_path.iterdir()} == {"a.pdf": b"old"}


def test_a_folder_in_the_way_and_a_missing_folder_are_said(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").mkdir()
    with pytest.raises(DiskError):
        write_whole(tmp_path / "a.pdf", b"x")
    with pytest.raises(DiskError, match="does not exist"):
        write_whole(tmp_path / "none" / "a.pdf", b"x")


@pytest.mark.parametrize("name", ["/", ".", "..", "folder"])
def test_a_folder_is_no_name_for_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    (tmp_path / "folder").mkdir()
    monkeypatch.chdir(tmp_path)
    with pytest.raises(DiskError, match="is a folder; give the name of a file"):
        write_whole(Path(name), b"x")
