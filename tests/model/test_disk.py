from __future__ import annotations

import errno
import os
import sys
from pathlib import Path, PurePosixPath

import pytest

from camcensus.model import errors
from camcensus.model.errors import disk_error, open_file, patiently

PATH = PurePosixPath("/school/register.csv")


def test_on_windows_a_refusal_first_thinks_of_the_program_that_has_the_file_open(monkeypatch: pytest.MonkeyPatch) -> None:
    refused = PermissionError(errno.EACCES, "Permission denied")
    monkeypatch.setattr(sys, "platform", "win32")
    assert "“register.csv” in “/school” cannot be read or written: another program has it open" in str(
        disk_error(PATH, refused)
    )
    monkeypatch.setattr(sys, "platform", "linux")
    assert "read-only or no permission" in str(disk_error(PATH, refused))


def test_a_name_that_windows_does_not_take_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    refused = OSError(errno.EINVAL, "Die Syntax ist falsch")
    assert "does not take “a?b.csv” in “/school”" in str(disk_error(PurePosixPath("/school/a?b.csv"), refused))


def test_a_file_that_security_software_looks_at_for_a_moment_is_waited_for_on_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    tries: list[int] = []

    def act() -> str:
        tries.append(1)
        if len(tries) < 3:
            raise PermissionError(errno.EACCES, "in use")
        return "done"

    monkeypatch.setattr(sys, "platform", "win32")
    assert patiently(act) == "done"
    monkeypatch.setattr(sys, "platform", "linux")
    tries.clear()
    with pytest.raises(PermissionError):
        patiently(act)
    assert len(tries) == 1


def test_a_file_that_stays_open_is_a_refusal_in_the_end_and_other_faults_come_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(errors, "PATIENT_S", 0.1)
    tries: list[int] = []

    def act(error: OSError) -> None:
        tries.append(1)
        raise error

    with pytest.raises(PermissionError):
        patiently(lambda: act(PermissionError(errno.EACCES, "in use")))
    assert len(tries) > 1
    tries.clear()
    with pytest.raises(FileNotFoundError):
        patiently(lambda: act(FileNotFoundError(errno.ENOENT, "gone")))
    assert len(tries) == 1


@pytest.mark.skipif(os.name == "nt", reason="pipes and devices are no files on Windows")
def test_a_pipe_a_device_and_a_folder_that_are_given_are_refused_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "zero").symlink_to("/dev/zero")
    (tmp_path / "folder").mkdir()
    for name, words in (("pipe", "a device or a pipe"), ("zero", "a device or a pipe"), ("folder", "is a folder")):
        with pytest.raises(OSError) as refused:
            open_file(tmp_path / name)
        assert words in str(disk_error(tmp_path / name, refused.value))
    (tmp_path / "file").write_bytes(b"x")
    with open_file(tmp_path / "file") as stream:
        assert stream.read() == b"x"
