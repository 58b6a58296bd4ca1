"""The neighbour table: which MAC address this computer's own system has for an address. Nothing is sent.

Source: Linux proc(5), /proc/net/arp; Windows GetIpNetTable2 (iphlpapi); macOS arp(8).
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
from functools import lru_cache
from ipaddress import IPv4Address
from pathlib import Path

from camcensus.discovery.scope import network_of
from camcensus.model import frozen
from camcensus.model.scan import Interface

PROGRAM_TIMEOUT_S = 3.0
_IPV4 = 2
"""AF_INET, in Windows' numbering."""
_COMPLETE = 0x2
LINES_KEPT = 8192
"""A sweep reads the table five times a second, and few of its lines change: eight tables as large as Linux allows."""
_WINDOWS_KNOWN = frozenset({2, 3, 4, 5, 6})
"""NL_NEIGHBOR_STATE: probe, delay, stale, reachable, permanent. 0 and 1 mean that nobody answered."""


@frozen
class Neighbour:
    """An address with its MAC, lower case with colons; None where the system asked for it and nobody answered."""

    address: str
    mac: str | None
    interface: str = ""
    index: int = 0


async def read_neighbours() -> tuple[Neighbour, ...]:
    """The system's table; empty where it cannot be read."""
    with contextlib.suppress(OSError, AttributeError, subprocess.SubprocessError):
        if sys.platform == "darwin":
            return parse_arp((await asyncio.to_thread(_printed)).decode("ascii", "replace"))
        if sys.platform == "win32":
            return from_windows(_held())
        return parse_linux(Path("/proc/net/arp").read_text(encoding="ascii", errors="replace"))
    return ()


def _printed() -> bytes:
    """What macOS' program prints. Raises OSError, SubprocessError where it is missing or takes too long."""
    return subprocess.run(
        ("/usr/sbin/arp", "-an"), capture_output=True, timeout=PROGRAM_TIMEOUT_S, check=True, env={**os.environ, "LC_ALL": "C"}
    ).stdout


def _held() -> bytes:
    """The table as it lies in memory: the number of rows, and from byte 8 on the rows. Raises OSError."""
    library = ctypes.WinDLL("iphlpapi")  # type: ignore[attr-defined,unused-ignore]
    found = ctypes.c_void_p()
    if library.GetIpNetTable2(_IPV4, ctypes.byref(found)) != 0 or not found.value:
        raise OSError("no table of neighbours")
    try:
        count = ctypes.c_uint32.from_address(found.value).value
        return ctypes.string_at(found.value, 8 + count * ctypes.sizeof(_NeighbourRow))
    finally:
        library.FreeMibTable(found)


def on_card(neighbours: tuple[Neighbour, ...], card: Interface) -> dict[str, str | None]:
    """Address -> MAC (or None) of the neighbours that a card reaches directly."""
    network = network_of(card)
    return {
        one.address: one.mac
        for one in neighbours
        if (not one.interface or one.interface == card.name)
        and (not one.index or not card.index or one.index == card.index)
        and _host(one.address) in network
    }


def parse_linux(table: str) -> tuple[Neighbour, ...]:
    """Reads /proc/net/arp: IP address, HW type, Flags, HW address, Mask, Device."""
    return tuple(one for one in map(_parse_line, table.splitlines()[1:]) if one is not None)


@lru_cache(LINES_KEPT)
def _parse_line(line: str) -> Neighbour | None:
    words = line.split()
    if len(words) < 6 or not _is_address(words[0]):
        return None
    try:
        complete = int(words[2], 16) & _COMPLETE
    except ValueError:
        return None
    return Neighbour(words[0], _mac(words[3]) if complete else None, words[5])


def parse_arp(output: str) -> tuple[Neighbour, ...]:
    """Reads `arp -an`: "? (10.0.0.1) at 3c:ef:8c:0:0:1 on en0 ifscope [ethernet]"."""
    found = []
    for line in output.splitlines():
        match = re.match(r"\S+ \(([0-9.]+)\) at (\S+) on (\S+)", line)
        if match and _is_address(match[1]):
            found.append(Neighbour(match[1], _mac(match[2]), match[3]))
    return tuple(found)


class _NeighbourRow(ctypes.Structure):
    """MIB_IPNET_ROW2, 88 bytes on 64-bit Windows."""

    _fields_ = (
        ("address", ctypes.c_ubyte * 28),
        ("index", ctypes.c_uint32),
        ("luid", ctypes.c_ulonglong),
        ("physical", ctypes.c_ubyte * 32),
        ("physical_length", ctypes.c_uint32),
        ("state", ctypes.c_int),
        ("flags", ctypes.c_ubyte * 4),
        ("reachable", ctypes.c_uint32),
    )


def from_windows(table: bytes) -> tuple[Neighbour, ...]:
    """Reads a MIB_IPNET_TABLE2: the number of rows, and from byte 8 on the rows."""
    count = struct.unpack_from("<I", table)[0]
    rows = (_NeighbourRow.from_buffer_copy(table, 8 + number * ctypes.sizeof(_NeighbourRow)) for number in range(count))
    return tuple(one for one in map(_from_windows, rows) if one is not None)


def _from_windows(row: _NeighbourRow) -> Neighbour | None:
    raw = bytes(row.address)
    if struct.unpack_from("<H", raw)[0] != 2:
        return None
    digits = bytes(row.physical)[: row.physical_length].hex(":") if row.state in _WINDOWS_KNOWN else ""
    return Neighbour(str(IPv4Address(raw[4:8])), _mac(digits), index=row.index)


@lru_cache(LINES_KEPT)
def _host(address: str) -> IPv4Address:
    return IPv4Address(address)


def _is_address(text: str) -> bool:
    try:
        _host(text)
    except ValueError:
        return False
    return True


def _mac(text: str) -> str | None:
    parts = re.split(r"[:-]", text)
    if len(parts) != 6 or not all(re.fullmatch(r"[0-9a-fA-F]{1,2}", part) for part in parts):
        return None
    mac = ":".join(part.zfill(2).lower() for part in parts)
    return None if mac in ("00:00:00:00:00:00", "ff:ff:ff:ff:ff:ff") or int(mac[:2], 16) & 1 else mac
