"""Windows and macOS give their tables in ways of their own."""

from __future__ import annotations

import asyncio
import ctypes
import struct
import subprocess
from collections.abc import Callable
from typing import Any

import pytest

from camcensus.discovery import neighbours
from camcensus.discovery.neighbours import Neighbour, read_neighbours
from discovery import test_neighbours


class Iphlpapi:
    """Windows' library: it gives a table in memory that is its own until it is given back."""

    def __init__(self, table: bytes, status: int = 0) -> None:
        self.status = status
        self.memory = ctypes.create_string_buffer(table)
        self.given_back = 0

    def GetIpNetTable2(self, family: int, to: Any) -> int:
        assert family == 2
        to._obj.value = ctypes.addressof(self.memory)
        return self.status

    def FreeMibTable(self, table: Any) -> None:
        assert table.value == ctypes.addressof(self.memory)
        self.given_back += 1


@pytest.fixture
def on_windows(monkeypatch: pytest.MonkeyPatch) -> Callable[[Iphlpapi | None], None]:
    """This computer as if it were Windows."""

    def make(library: Iphlpapi | None) -> None:
        def load(name: str) -> Iphlpapi:
            assert name == "iphlpapi"
            if library is None:
                raise OSError("no such library")
            return library

        monkeypatch.setattr(neighbours.sys, "platform", "win32")
        monkeypatch.setattr(ctypes, "WinDLL", load, raising=False)

    return make


def test_windows_library_is_asked_and_its_memory_given_back(on_windows: Callable[..., None]) -> None:
    rows = test_neighbours.windows_row("10.0.0.31", "3C-EF-8C-00-00-01", 7, 5)
    library = Iphlpapi(struct.pack("<I4x", 1) + rows)
    on_windows(library)
    assert asyncio.run(read_neighbours()) == (Neighbour("10.0.0.31", "3c:ef:8c:00:00:01", index=7),)
    assert library.given_back == 1


@pytest.mark.parametrize("library", [None, Iphlpapi(b"", status=1), object()], ids=["no-library", "refuses", "too-old"])
def test_where_windows_library_refuses_there_is_no_table(on_windows: Callable[..., None], library: Iphlpapi | None) -> None:
    on_windows(library)
    assert asyncio.run(read_neighbours()) == ()


def test_the_program_of_macos_is_asked_in_its_own_language(monkeypatch: pytest.MonkeyPatch) -> None:
    started = []

    def run(command: tuple[str, ...], *, env: dict[str, str], **_: object) -> subprocess.CompletedProcess[bytes]:
        started.append(command)
        assert env["LC_ALL"] == "C"
        return subprocess.CompletedProcess(command, 0, test_neighbours.ARP.encode())

    monkeypatch.setattr(neighbours.sys, "platform", "darwin")
    monkeypatch.setattr(subprocess, "run", run)
    assert asyncio.run(read_neighbours()) == neighbours.parse_arp(test_neighbours.ARP)
    assert started == [("/usr/sbin/arp", "-an")]


@pytest.mark.parametrize(
    "problem", [FileNotFoundError(), subprocess.TimeoutExpired("arp", 3), subprocess.CalledProcessError(1, "arp")]
)
def test_a_program_that_is_missing_hangs_or_fails_gives_no_table(monkeypatch: pytest.MonkeyPatch, problem: Exception) -> None:
    def run(*_: object, timeout: float, **__: object) -> None:
        assert timeout == neighbours.PROGRAM_TIMEOUT_S
        raise problem

    monkeypatch.setattr(neighbours.sys, "platform", "darwin")
    monkeypatch.setattr(subprocess, "run", run)
    assert asyncio.run(read_neighbours()) == ()
