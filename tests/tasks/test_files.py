"""A file for people takes the place of one of its own kind, or of none."""

from __future__ import annotations

import errno
import hashlib
from pathlib import Path

import pytest

from camcensus.model.errors import DiskError
from camcensus.tasks.files import write_through

NEW = b"%PDF-1.7 new"


def draw() -> tuple[bytes, int]:
    return NEW, 3


@pytest.mark.parametrize("older", [None, b"", b"%PDF-1.4 old"])
def test_a_new_file_is_put_in_place(tmp_path: Path, older: bytes | None) -> None:
    path = tmp_path / "plan.pdf"
    if older is not None:
        path.write_bytes(older)
    written = write_through(path, draw)
    assert (written.path, written.pages, written.sha256) == (path, 3, hashlib.sha256(NEW).hexdigest())
    assert path.read_bytes() == NEW


@pytest.mark.parametrize("older", [b"SQLite format 3\x00", b"%PD", b"ref,place\n"])
def test_a_file_of_another_kind_is_left_as_it_is(tmp_path: Path, older: bytes) -> None:
    path = tmp_path / "inventory.camcensus"
    path.write_bytes(older)
    with pytest.raises(DiskError, match="is of another kind, so it was left alone"):
        write_through(path, draw)
    assert path.read_bytes() == older
    assert list(tmp_path.iterdir()) == [path]


def test_a_disk_that_is_full_while_it_is_drawn_is_a_sentence_and_leaves_what_was_there(tmp_path: Path) -> None:
    def full() -> tuple[bytes, int]:
        raise OSError(errno.ENOSPC, "No space left on device")

    path = tmp_path / "plan.pdf"
    path.write_bytes(b"%PDF-1.4 old")
    with pytest.raises(DiskError, match="disk is full"):
        write_through(path, full)
    assert path.read_bytes() == b"%PDF-1.4 old"
