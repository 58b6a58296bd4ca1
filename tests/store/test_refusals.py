"""What is remembered of refused logins survives a restart, damage and a full disk, on the safe side."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest

from camcensus.model.errors import DiskError
from camcensus.model.logins import LoginRecord
from camcensus.store.refusals import NAME, read_refusals, write_refusals
from samples import NOW

RECORD = LoginRecord("ab" * 16, {"0" * 64: "2026-11-24"}, 2, "2026-11-24T10:57:00Z")


def test_what_is_kept_is_read_back_and_no_file_is_a_new_record(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "folder"
    assert read_refusals(folder, NOW).tried == {}
    assert read_refusals(folder, NOW).salt != read_refusals(folder, NOW).salt
    write_refusals(folder, RECORD)
    assert read_refusals(folder, NOW) == RECORD


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"\xff\xfe",
        b"[" * 100_000,
        json.dumps({"salt": "x"}).encode(),
        json.dumps({"salt": "ab" * 16, "tried": {"x": "y"}}).encode(),
        json.dumps({"salt": "ab" * 16, "tried": 3}).encode(),
        json.dumps({"salt": "ab" * 16, "in_a_row": -1}).encode(),
        json.dumps({"salt": "ab" * 16, "paused_until": "soon"}).encode(),
        json.dumps({"salt": "ab" * 16, "paused_until": "2026-11-24T10:57:00"}).encode(),
    ],
)
def test_a_damaged_file_is_set_aside_and_pauses_logins(tmp_path: Path, content: bytes) -> None:
    (tmp_path / NAME).write_bytes(content)
    record = read_refusals(tmp_path, NOW)
    assert record.paused_until == "2026-11-24T10:57:00Z"
    assert (tmp_path / f"{NAME}.damaged").read_bytes() == content
    assert read_refusals(tmp_path, NOW + timedelta(minutes=1)) == record


def test_a_record_that_cannot_be_kept_or_read_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(DiskError):
        write_refusals(tmp_path / "file", RECORD)
    (tmp_path / "folder" / NAME).mkdir(parents=True)
    with pytest.raises(DiskError, match="No login was tried"):
        write_refusals(tmp_path / "folder", RECORD)
    with pytest.raises(DiskError):
        read_refusals(tmp_path / "folder", NOW)
