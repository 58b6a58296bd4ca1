from __future__ import annotations

import errno
import sys
from pathlib import PurePosixPath

import pytest

from camcensus.model.disk import disk_error

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
