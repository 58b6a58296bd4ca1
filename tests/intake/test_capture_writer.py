"""A capture is added to what is there only where that is a capture that can be carried on."""

from __future__ import annotations

import gzip
import os
import stat
from pathlib import Path

import pytest

from camcensus.intake.capture import read_capture
from camcensus.intake.capture_writer import CaptureWriter, line_of
from camcensus.model.errors import DiskError
from camcensus.wire.read import read
from samples import observation, packet

RAW = packet("dhip/camera")
SEEN = observation(1, probe="dhip", ask=None, port=37810, raw=RAW, reading=read("dhip", None, RAW))
OTHERS = [b"SQLite format 3\x00" + bytes(4080), b"%PDF-1.7\n", b'{\n "contract_version": 1\n}\n', b"ref,place\n"]


@pytest.mark.parametrize("content", OTHERS)
def test_a_file_that_is_no_capture_is_left_as_it_is(tmp_path: Path, content: bytes) -> None:
    for name, stored in (("a.jsonl", content), ("a.jsonl.gz", content), ("b.jsonl.gz", gzip.compress(content))):
        path = tmp_path / name
        path.write_bytes(stored)
        with pytest.raises(DiskError, match="is no capture, so it was left alone"):
            CaptureWriter(path)
        assert path.read_bytes() == stored


def test_nothing_is_added_behind_a_gzip_that_stops_short(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl.gz"
    whole = gzip.compress(line_of(SEEN) * 5)
    path.write_bytes(whole[:-20])
    with pytest.raises(DiskError, match="stops short"):
        CaptureWriter(path)
    assert path.read_bytes() == whole[:-20]


@pytest.mark.parametrize("content", [b"", b"\n", b'{"at": "2026-1', b"\xef\xbb\xbf" + line_of(SEEN), line_of(SEEN)[:-1]])
def test_an_empty_or_torn_capture_is_carried_on(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(content)
    with CaptureWriter(path) as writer:
        writer.write(SEEN)
    assert path.read_bytes().startswith(content)
    assert read_capture(path).observations[-1] == SEEN


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
@pytest.mark.parametrize("name", ["a.jsonl", "a.jsonl.gz"])
def test_a_capture_is_for_its_owner_alone(tmp_path: Path, name: str) -> None:
    before = os.umask(0)
    try:
        with CaptureWriter(tmp_path / name) as writer:
            writer.write(SEEN)
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / name).stat().st_mode) == 0o600
