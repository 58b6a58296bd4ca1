"""The system's own routes: which private networks it reaches through a router. Nothing is sent.

Source: Linux proc(5), /proc/net/route; Windows GetIpForwardTable2 (iphlpapi); macOS netstat(1).
"""

from __future__ import annotations

import asyncio
import contextlib
import ctypes
import os
import re
import struct
import subprocess
import sys
from collections.abc import Callable, Sequence
from ipaddress import IPv4Address, IPv4Network
from pathlib import Path, PureWindowsPath

from camcensus.model import frozen

# Asking a program of the system: by its full path, without a window, and no longer than it may take.


def of_windows(name: str) -> str:
    """The full path of a program in Windows' own folder, such as "arp.exe".

    By its name alone Windows would first look beside us and in the current folder, which for a file that was opened with a
    double click is the folder of downloads. Source: CreateProcessW, lpCommandLine.
    """
    return str(PureWindowsPath(os.environ.get("SYSTEMROOT", r"C:\Windows")) / "System32" / name)


async def output_of(command: Sequence[str], within_s: float) -> bytes | None:
    """What a program prints; None where it cannot be started or takes too long, and then it is ended.

    Programs of Windows that are named without a folder are taken from Windows' own.
    """
    words = list(command)
    if sys.platform == "win32" and not PureWindowsPath(words[0]).anchor:
        words[0] = of_windows(words[0])
    program: asyncio.subprocess.Process | None = None
    try:
        async with asyncio.timeout(within_s):
            program = await asyncio.create_subprocess_exec(
                *words,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.DEVNULL,
                env={**os.environ, "LC_ALL": "C"},
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),  # a black window would flash up behind ours
            )
            output, _ = await program.communicate()
    except (OSError, TimeoutError):
        return None
    finally:
        if program is not None and program.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                program.kill()
    return output


# The system's own tables, as each system gives them: its neighbours and its routes. Nothing is sent.
#
# Windows and macOS are asked in ways that do not depend on their language; where Windows' library refuses, its program is
# read by the shape of its lines, because its words are translated.
# Source: Linux proc(5); Windows iphlpapi, netioapi.h; macOS arp(8), netstat(1).

PROGRAM_TIMEOUT_S = 3.0
_IPV4 = 2
"""AF_INET, in Windows' numbering."""


@frozen
class Printed[Row]:
    """A program that prints a table, and how what it prints is read."""

    command: tuple[str, ...]
    parse: Callable[[str], tuple[Row, ...]]


@frozen
class WindowsTable[Row]:
    """A function of Windows' iphlpapi that gives a table, the size of its rows, and how they are read as they lie in memory."""

    function: str
    row_bytes: int
    read: Callable[[bytes], tuple[Row, ...]]


@frozen
class SystemTable[Row]:
    """Where one table is on each system."""

    linux: str
    parse_linux: Callable[[str], tuple[Row, ...]]
    windows: WindowsTable[Row]
    windows_printed: Printed[Row]
    macos: Printed[Row]


async def read_table[Row](table: SystemTable[Row]) -> tuple[Row, ...]:
    """What this system has now; empty where it cannot be read."""
    if sys.platform == "linux":
        with contextlib.suppress(OSError):
            return table.parse_linux(Path(table.linux).read_text(encoding="ascii", errors="replace"))
        return ()
    if sys.platform == "win32":
        with contextlib.suppress(OSError, AttributeError):
            held = _held(table.windows)
            if held is not None:
                return table.windows.read(held)
        return await _printed(table.windows_printed)
    return await _printed(table.macos)


def _held(table: WindowsTable[object]) -> bytes | None:
    """The table as it lies in memory: the number of rows, and from byte 8 on the rows. None where the system refuses."""
    library = ctypes.WinDLL("iphlpapi")  # type: ignore[attr-defined,unused-ignore]
    found = ctypes.c_void_p()
    if getattr(library, table.function)(_IPV4, ctypes.byref(found)) != 0 or not found.value:
        return None
    try:
        count = ctypes.c_uint32.from_address(found.value).value
        return ctypes.string_at(found.value, 8 + count * table.row_bytes)
    finally:
        library.FreeMibTable(found)


async def _printed[Row](table: Printed[Row]) -> tuple[Row, ...]:
    output = await output_of(table.command, PROGRAM_TIMEOUT_S)
    return () if output is None else table.parse(output.decode("ascii", "replace"))


_UP = 0x1


@frozen(order=True)
class Route:
    """Where packets to a network go: through `gateway` (None: straight out of a card, which `interface` or `index` names)."""

    network: IPv4Network
    gateway: str | None = None
    interface: str = ""
    index: int = 0

    @property
    def is_default(self) -> bool:
        """Whether this is the way to everywhere else."""
        return self.network.prefixlen <= 1


async def read_routes() -> tuple[Route, ...]:
    """The system's routes, sorted; empty where they cannot be read."""
    return tuple(sorted(await read_table(TABLE), key=lambda one: (one.network, one.interface, one.index, one.gateway or "")))


def parse_linux(table: str) -> tuple[Route, ...]:
    """Reads /proc/net/route: Iface, Destination, Gateway, Flags, …, Mask; numbers hexadecimal, lowest byte first."""
    found = []
    for line in table.splitlines()[1:]:
        words = line.split()
        try:
            destination, gateway, mask = (_from_hex(words[n]) for n in (1, 2, 7))
            if int(words[3], 16) & _UP:
                network = IPv4Network(f"{destination}/{mask}", strict=False)
                found.append(Route(network, str(gateway) if int(gateway) else None, words[0]))
        except (IndexError, ValueError):
            continue
    return tuple(found)


def parse_netstat(output: str) -> tuple[Route, ...]:
    """Reads `netstat -rn -f inet` of macOS, of the releases with and without the columns Refs and Use."""
    found: list[Route] = []
    column = None
    for line in output.splitlines():
        words = line.split()
        if "Netif" in words and words[0] == "Destination":
            column = words.index("Netif")
            continue
        if column is None or len(words) <= column or ":" in words[0]:
            continue
        network = _from_short(words[0])
        if network is None:
            continue
        gateway = words[1] if re.fullmatch(r"[0-9.]+", words[1]) and "G" in words[2] else None
        found.append(Route(network, gateway, words[column]))
    return tuple(found)


def _from_hex(text: str) -> IPv4Address:
    return IPv4Address(struct.pack("<I", int(text, 16)))


def _from_short(text: str) -> IPv4Network | None:
    """ "default", "10.4/16", "127", "10.4.0.1": a network without its last zeros. Source: macOS netstat(1)."""
    if text == "default":
        return IPv4Network("0.0.0.0/0")
    address, _, prefix = text.partition("/")
    parts = address.split(".")
    if not all(part.isdecimal() for part in parts) or len(parts) > 4:
        return None
    size = prefix or str(8 * len(parts))
    try:
        return IPv4Network(f"{'.'.join([*parts, '0', '0', '0'][:4])}/{size}", strict=False)
    except ValueError:
        return None


def parse_route_print(output: str) -> tuple[Route, ...]:
    """Reads `route print -4` of Windows in any language: destination, mask, gateway (or words that say there is none), the
    card's address, metric. Lasting routes, which have no card, are in force only where they are among these too.
    """
    found = []
    for line in output.splitlines():
        row = re.fullmatch(r"\s*([0-9.]+)\s+([0-9.]+)\s+(\S.*?)\s+([0-9.]+\.[0-9.]+)\s+[0-9]+\s*", line)
        if row is None:
            continue
        try:
            network = IPv4Network(f"{row[1]}/{row[2]}", strict=False)
        except ValueError:
            continue
        found.append(Route(network, row[3] if re.fullmatch(r"[0-9]+(?:\.[0-9]+){3}", row[3]) else None))
    return tuple(found)


class _RouteRow(ctypes.Structure):
    """MIB_IPFORWARD_ROW2, 104 bytes."""

    _fields_ = (
        ("luid", ctypes.c_ulonglong),
        ("index", ctypes.c_uint32),
        ("prefix", ctypes.c_ubyte * 28),
        ("prefix_length", ctypes.c_ubyte),
        ("padding", ctypes.c_ubyte * 3),
        ("next_hop", ctypes.c_ubyte * 28),
        ("rest", ctypes.c_ubyte * 32),
    )


def from_windows(table: bytes) -> tuple[Route, ...]:
    """Reads a MIB_IPFORWARD_TABLE2: the number of rows, and from byte 8 on the rows."""
    found = []
    for number in range(struct.unpack_from("<I", table)[0]):
        row = _RouteRow.from_buffer_copy(table, 8 + number * ctypes.sizeof(_RouteRow))
        prefix, next_hop = bytes(row.prefix), bytes(row.next_hop)
        if struct.unpack_from("<H", prefix)[0] != 2 or row.prefix_length > 32:
            continue
        gateway = IPv4Address(next_hop[4:8])
        network = IPv4Network((prefix[4:8], row.prefix_length), strict=False)
        found.append(Route(network, str(gateway) if int(gateway) else None, index=row.index))
    return tuple(found)


TABLE = SystemTable(
    linux="/proc/net/route",
    parse_linux=parse_linux,
    windows=WindowsTable("GetIpForwardTable2", ctypes.sizeof(_RouteRow), from_windows),
    windows_printed=Printed(("route.exe", "print", "-4"), parse_route_print),
    macos=Printed(("/usr/sbin/netstat", "-rn", "-f", "inet"), parse_netstat),
)
