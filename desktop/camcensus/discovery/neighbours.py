"""The neighbour table: which network number (MAC) this computer's own system has for an address. Nothing is sent.

Source: Linux proc(5), /proc/net/arp; Windows GetIpNetTable2 (iphlpapi); macOS arp(8).
"""

from __future__ import annotations

import asyncio
import contextlib
import ctypes
import re
import struct
import sys
from dataclasses import dataclass
from ipaddress import IPv4Address
from pathlib import Path

from camcensus.discovery.scope import network_of
from camcensus.model.scan import Interface

ARP_TIMEOUT_S = 3.0
_COMPLETE = 0x2
_WINDOWS_KNOWN = frozenset({2, 3, 4, 5, 6})
"""NL_NEIGHBOR_STATE: probe, delay, stale, reachable, permanent. 0 and 1 mean that nobody answered."""


@dataclass(frozen=True, slots=True)
class Neighbour:
    """An address with its MAC, lower case with colons; None where the system asked for it and nobody answered."""

    address: str
    mac: str | None
    interface: str = ""
    index: int = 0


async def read_neighbours() -> tuple[Neighbour, ...]:
    """The system's table; empty where it cannot be read."""
    if sys.platform == "linux":
        with contextlib.suppress(OSError):
            return parse_linux(Path("/proc/net/arp").read_text(encoding="ascii", errors="replace"))
        return ()
    if sys.platform == "win32":
        with contextlib.suppress(OSError):
            return _read_windows()
        return ()
    return await _read_arp()


def on_card(neighbours: tuple[Neighbour, ...], card: Interface) -> dict[str, str | None]:
    """Address -> MAC (or None) of the neighbours that a card reaches directly."""
    network = network_of(card)
    return {
        one.address: one.mac
        for one in neighbours
        if (not one.interface or one.interface == card.name)
        and (not one.index or not card.index or one.index == card.index)
        and IPv4Address(one.address) in network
    }


def parse_linux(table: str) -> tuple[Neighbour, ...]:
    """Reads /proc/net/arp: IP address, HW type, Flags, HW address, Mask, Device."""
    found = []
    for line in table.splitlines()[1:]:
        words = line.split()
        if len(words) < 6 or not _is_address(words[0]):
            continue
        try:
            complete = int(words[2], 16) & _COMPLETE
        except ValueError:
            continue
        found.append(Neighbour(words[0], _mac(words[3]) if complete else None, words[5]))
    return tuple(found)


def parse_arp(output: str) -> tuple[Neighbour, ...]:
    """Reads `arp -an`: "? (10.0.0.1) at 3c:ef:8c:0:0:1 on en0 ifscope [ethernet]"."""
    found = []
    for line in output.splitlines():
        match = re.match(r"\S+ \(([0-9.]+)\) at (\S+) on (\S+)", line)
        if match and _is_address(match[1]):
            found.append(Neighbour(match[1], _mac(match[2]), match[3]))
    return tuple(found)


async def _read_arp() -> tuple[Neighbour, ...]:
    try:
        async with asyncio.timeout(ARP_TIMEOUT_S):
            program = await asyncio.create_subprocess_exec(
                "/usr/sbin/arp", "-an", stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL, env={"LC_ALL": "C"}
            )
            output, _ = await program.communicate()
    except (OSError, TimeoutError):
        return ()
    return parse_arp(output.decode("ascii", "replace"))


class _Row(ctypes.Structure):
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


def _read_windows() -> tuple[Neighbour, ...]:
    library = ctypes.WinDLL("iphlpapi")  # type: ignore[attr-defined,unused-ignore]
    table = ctypes.c_void_p()
    if library.GetIpNetTable2(2, ctypes.byref(table)) != 0 or not table.value:
        return ()
    try:
        count = ctypes.c_uint32.from_address(table.value).value
        return from_windows(ctypes.string_at(table.value, 8 + count * ctypes.sizeof(_Row)))
    finally:
        library.FreeMibTable(table)


def from_windows(table: bytes) -> tuple[Neighbour, ...]:
    """Reads a MIB_IPNET_TABLE2: the number of rows, and from byte 8 on the rows."""
    count = struct.unpack_from("<I", table)[0]
    rows = (_Row.from_buffer_copy(table, 8 + number * ctypes.sizeof(_Row)) for number in range(count))
    return tuple(one for one in map(_from_windows, rows) if one is not None)


def _from_windows(row: _Row) -> Neighbour | None:
    raw = bytes(row.address)
    if struct.unpack_from("<H", raw)[0] != 2:
        return None
    digits = bytes(row.physical)[: row.physical_length].hex(":") if row.state in _WINDOWS_KNOWN else ""
    return Neighbour(str(IPv4Address(raw[4:8])), _mac(digits), index=row.index)


def _is_address(text: str) -> bool:
    try:
        IPv4Address(text)
    except ValueError:
        return False
    return True


def _mac(text: str) -> str | None:
    parts = re.split(r"[:-]", text)
    if len(parts) != 6 or not all(re.fullmatch(r"[0-9a-fA-F]{1,2}", part) for part in parts):
        return None
    mac = ":".join(part.zfill(2).lower() for part in parts)
    return None if mac in ("00:00:00:00:00:00", "ff:ff:ff:ff:ff:ff") or int(mac[:2], 16) & 1 else mac
