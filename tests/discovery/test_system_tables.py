"""Windows and macOS give their tables in ways of their own; which way is taken, and Windows' programs in three languages."""

from __future__ import annotations

import asyncio
import ctypes
import struct
import sys
import time
import tomllib
from collections.abc import Callable
from ipaddress import IPv4Network
from pathlib import Path, PureWindowsPath
from typing import Any

import pytest

from camcensus.discovery import neighbours, routes
from camcensus.discovery.neighbours import Neighbour, parse_arp_of_windows, read_neighbours
from camcensus.discovery.routes import Route, output_of, parse_route_print, read_routes
from costs import LONG_S
from discovery import test_neighbours, test_routes

DATA = Path(__file__).resolve().parent.parent / "data" / "system"
LANGUAGES = ("english", "german", "french")


def printed(name: str) -> bytes:
    """What a program prints, as it comes out of its pipe."""
    about = tomllib.loads((DATA / f"{name}.toml").read_text(encoding="utf-8"))
    raw = (DATA / f"{name}.txt").read_bytes()
    assert raw.decode(about["encoding"])
    return raw


NEIGHBOURS = (
    Neighbour("10.4.0.1", "00:18:01:aa:00:01", index=5),
    Neighbour("10.4.0.31", "3c:ef:8c:00:00:01", index=5),
    Neighbour("10.4.3.255", None, index=5),
    Neighbour("224.0.0.22", None, index=5),
    Neighbour("10.5.0.9", "68:6d:bc:00:00:02", index=17),
)
ROUTES = (
    Route(IPv4Network("0.0.0.0/0"), "10.4.0.1"),
    Route(IPv4Network("10.4.0.0/22"), None),
    Route(IPv4Network("10.4.0.20/32"), None),
    Route(IPv4Network("10.30.0.0/16"), "10.4.0.9"),
    Route(IPv4Network("127.0.0.0/8"), None),
    Route(IPv4Network("224.0.0.0/4"), None),
)


@pytest.mark.parametrize("language", LANGUAGES)
def test_windows_neighbours_in_any_language(language: str) -> None:
    assert parse_arp_of_windows(printed(f"arp-windows-{language}").decode("ascii", "replace")) == NEIGHBOURS


@pytest.mark.parametrize("language", LANGUAGES)
def test_windows_routes_in_any_language(language: str) -> None:
    assert parse_route_print(printed(f"route-windows-{language}").decode("ascii", "replace")) == ROUTES


def test_what_a_program_says_instead_of_a_table_is_no_table() -> None:
    for text in (
        "",
        "Keine ARP-Einträge gefunden.\r\n",
        "The requested operation requires elevation.",
        "x --- 0x5",
        "1.2.3 --- 0xz",
    ):
        assert parse_arp_of_windows(text) == ()
        assert parse_route_print(text) == ()
    assert parse_route_print("  10.0.0.0  255.0.255.0  On-link  10.0.0.2  1") == ()


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

    GetIpForwardTable2 = GetIpNetTable2

    def FreeMibTable(self, table: Any) -> None:
        assert table.value == ctypes.addressof(self.memory)
        self.given_back += 1


@pytest.fixture
def on_windows(monkeypatch: pytest.MonkeyPatch) -> Callable[[Iphlpapi | None], list[tuple[str, ...]]]:
    """This computer as if it were Windows; programs print the German tables. Gives the list of programs that were started."""

    def make(library: Iphlpapi | None) -> list[tuple[str, ...]]:
        started: list[tuple[str, ...]] = []

        def load(name: str) -> Iphlpapi:
            assert name == "iphlpapi"
            if library is None:
                raise OSError("no such library")
            return library

        async def start(*command: str, **_: object) -> Program:
            started.append(command)
            name = PureWindowsPath(command[0]).stem
            return Program(printed({"arp": "arp-windows-german", "route": "route-windows-german"}[name]))

        monkeypatch.setattr(routes.sys, "platform", "win32")
        monkeypatch.setenv("SYSTEMROOT", r"D:\Windows")
        monkeypatch.setattr(ctypes, "WinDLL", load, raising=False)
        monkeypatch.setattr(asyncio, "create_subprocess_exec", start)
        return started

    return make


class Program:
    returncode = 0

    def __init__(self, output: bytes) -> None:
        self.output = output

    async def communicate(self) -> tuple[bytes, None]:
        return self.output, None


def test_windows_library_is_asked_and_its_memory_given_back(on_windows: Callable[..., list[tuple[str, ...]]]) -> None:
    rows = test_neighbours.windows_row("10.0.0.31", "3C-EF-8C-00-00-01", 7, 5)
    library = Iphlpapi(struct.pack("<I4x", 1) + rows)
    started = on_windows(library)
    assert asyncio.run(read_neighbours()) == (Neighbour("10.0.0.31", "3c:ef:8c:00:00:01", index=7),)
    assert (started, library.given_back) == ([], 1)
    library = Iphlpapi(struct.pack("<I4x", 1) + test_routes.windows_row("10.0.0.0/24", "0.0.0.0", 7))
    started = on_windows(library)
    assert asyncio.run(read_routes()) == (Route(IPv4Network("10.0.0.0/24"), None, index=7),)
    assert (started, library.given_back) == ([], 1)


@pytest.mark.parametrize("library", [None, Iphlpapi(b"", status=1), object()], ids=["no-library", "refuses", "too-old"])
def test_where_windows_library_refuses_its_programs_are_read(
    on_windows: Callable[..., list[tuple[str, ...]]], library: Iphlpapi | None
) -> None:
    started = on_windows(library)
    assert asyncio.run(read_neighbours()) == NEIGHBOURS
    assert set(asyncio.run(read_routes())) == set(ROUTES)
    # By their full paths: by its name alone a program in the folder of downloads would be started.
    folder = r"D:\Windows\System32"
    assert started == [(rf"{folder}\arp.exe", "-a"), (rf"{folder}\route.exe", "print", "-4")]


def test_macos_programs_are_asked_in_their_own_language(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = {"/usr/sbin/arp": test_neighbours.ARP, "/usr/sbin/netstat": test_routes.MACOS}
    started = []

    async def start(*command: str, env: dict[str, str], **_: object) -> Program:
        started.append(command)
        assert env["LC_ALL"] == "C"
        return Program(answers[command[0]].encode())

    monkeypatch.setattr(routes.sys, "platform", "darwin")
    monkeypatch.setattr(asyncio, "create_subprocess_exec", start)
    assert asyncio.run(read_neighbours()) == neighbours.parse_arp(test_neighbours.ARP)
    assert set(asyncio.run(read_routes())) == set(routes.parse_netstat(test_routes.MACOS))
    assert started == [("/usr/sbin/arp", "-an"), ("/usr/sbin/netstat", "-rn", "-f", "inet")]


def test_a_program_that_is_missing_or_hangs_gives_no_table(monkeypatch: pytest.MonkeyPatch) -> None:
    async def missing(*_: str, **__: object) -> Program:
        raise FileNotFoundError

    async def hangs(*_: str, **__: object) -> Program:
        await asyncio.sleep(60)
        raise AssertionError

    monkeypatch.setattr(routes.sys, "platform", "darwin")
    monkeypatch.setattr(routes, "PROGRAM_TIMEOUT_S", 0.01)
    for start in (missing, hangs):
        monkeypatch.setattr(asyncio, "create_subprocess_exec", start)
        assert asyncio.run(read_neighbours()) == ()


def test_a_program_that_hangs_is_ended() -> None:
    code = "import sys, time; print('here', flush=True); time.sleep(60)"
    start = time.monotonic()
    assert asyncio.run(output_of((sys.executable, "-c", code), 0.5)) is None
    assert time.monotonic() - start < LONG_S
    assert asyncio.run(output_of((sys.executable, "-c", "print('seen')"), 20.0)).split() == [b"seen"]
    assert asyncio.run(output_of(("/no/such/program",), 1.0)) is None
