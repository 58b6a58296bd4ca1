"""The system's own routes: which private networks it reaches through a router. Nothing is sent.

Source: Linux proc(5), /proc/net/route; Windows GetIpForwardTable2 (iphlpapi); macOS netstat(1).
"""

from __future__ import annotations

import ctypes
import re
import struct
from ipaddress import IPv4Address, IPv4Network

from camcensus.discovery.system_tables import Printed, SystemTable, WindowsTable, read_table
from camcensus.model import frozen

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
