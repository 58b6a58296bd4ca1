"""Neighbour tables of three systems, as they print them."""

from __future__ import annotations

import asyncio
import ctypes
import struct
from ipaddress import IPv4Address

import pytest

from camcensus.discovery import neighbours as room
from camcensus.discovery.neighbours import Neighbour, on_card, parse_arp, parse_linux, read_neighbours
from camcensus.model.scan import Interface

LINUX = """IP address       HW type     Flags       HW address            Mask     Device
10.0.0.31        0x1         0x2         3c:ef:8c:00:00:01     *        eth0
10.0.0.32        0x1         0x0         00:00:00:00:00:00     *        eth0
10.0.0.33        0x1         0x6         68:6D:BC:00:00:02     *        eth1
10.0.0.34        0x1         0x2         01:00:5e:7f:ff:fa     *        eth0
broken line
10.0.0.x         0x1         0x2         3c:ef:8c:00:00:01     *        eth0
"""
ARP = """? (10.0.0.31) at 3c:ef:8c:0:0:1 on en0 ifscope [ethernet]
? (10.0.0.32) at (incomplete) on en0 ifscope [ethernet]
? (224.0.0.251) at 1:0:5e:0:0:fb on en0 ifscope permanent [ethernet]
nonsense
"""


ARP_OF_OTHER_RELEASES = """? (169.254.77.120) at (incomplete) on en1 [ethernet]
gate.example (10.4.0.1) at 0:18:1:aa:0:1 on en1 ifscope [ethernet]
? (10.4.0.7) at 18:20:32:aa:0:2 on en1 ifscope [ethernet] dynamically assigned
? (10.4.0.9) at 3c:ef:8c:0:0:9 on bridge100 ifscope permanent [bridge]
? (10.4.3.255) at ff:ff:ff:ff:ff:ff on en1 ifscope [ethernet]
"""


def test_macos_table_of_other_releases() -> None:
    assert parse_arp(ARP_OF_OTHER_RELEASES) == (
        Neighbour("169.254.77.120", None, "en1"),
        Neighbour("10.4.0.1", "00:18:01:aa:00:01", "en1"),
        Neighbour("10.4.0.7", "18:20:32:aa:00:02", "en1"),
        Neighbour("10.4.0.9", "3c:ef:8c:00:00:09", "bridge100"),
        Neighbour("10.4.3.255", None, "en1"),
    )


def windows_row(address: str, mac: str, index: int, state: int, family: int = 2) -> bytes:
    """MIB_IPNET_ROW2 as the SDK's netioapi.h lays it out: 88 bytes."""
    physical = bytes.fromhex(mac.replace("-", ""))
    at = struct.pack("<HH4s20x", family, 0, IPv4Address(address).packed)
    return at + struct.pack("<IQ32sIiB3xI", index, 6 << 48, physical, len(physical), state, 0, 1000)


def test_windows_table_as_it_lies_in_memory() -> None:
    rows = [
        windows_row("10.0.0.31", "3C-EF-8C-00-00-01", 7, 5),
        windows_row("10.0.0.32", "00-00-00-00-00-00", 7, 1),
        windows_row("10.0.0.33", "", 7, 0),
        windows_row("10.0.0.34", "68-6D-BC-00-00-02", 9, 4),
        windows_row("239.255.255.250", "01-00-5E-7F-FF-FA", 7, 6),
        windows_row("10.0.0.35", "3C-EF-8C-00-00-05", 7, 5, family=23),
    ]
    assert {len(row) for row in rows} == {88} == {ctypes.sizeof(room._NeighbourRow)}
    assert room.from_windows(struct.pack("<I4x", len(rows)) + b"".join(rows)) == (
        Neighbour("10.0.0.31", "3c:ef:8c:00:00:01", index=7),
        Neighbour("10.0.0.32", None, index=7),
        Neighbour("10.0.0.33", None, index=7),
        Neighbour("10.0.0.34", "68:6d:bc:00:00:02", index=9),
        Neighbour("239.255.255.250", None, index=7),
    )


def test_linux_table() -> None:
    assert parse_linux(LINUX) == (
        Neighbour("10.0.0.31", "3c:ef:8c:00:00:01", "eth0"),
        Neighbour("10.0.0.32", None, "eth0"),
        Neighbour("10.0.0.33", "68:6d:bc:00:00:02", "eth1"),
        Neighbour("10.0.0.34", None, "eth0"),
    )
    assert parse_linux("") == ()


def test_macos_table() -> None:
    assert parse_arp(ARP) == (
        Neighbour("10.0.0.31", "3c:ef:8c:00:00:01", "en0"),
        Neighbour("10.0.0.32", None, "en0"),
        Neighbour("224.0.0.251", None, "en0"),
    )


@pytest.mark.parametrize(("state", "mac"), [(5, "3c:ef:8c:00:00:01"), (0, None), (1, None)])
def test_windows_row(state: int, mac: str | None) -> None:
    row = room._NeighbourRow()
    ctypes.memmove(row.address, bytes([2, 0, 0, 0, 10, 0, 0, 31]), 8)
    ctypes.memmove(row.physical, bytes.fromhex("3cef8c000001"), 6)
    row.physical_length, row.state, row.index = 6, state, 7
    assert room._from_windows(row) == Neighbour("10.0.0.31", mac, index=7)
    row.address[0] = 23  # IPv6
    assert room._from_windows(row) is None


def test_a_card_gets_only_its_own_neighbours() -> None:
    card = Interface("eth0", "10.0.0.2/24", 2)
    table = (
        *parse_linux(LINUX),
        Neighbour("10.0.1.9", "3c:ef:8c:00:00:09", "eth0"),
        Neighbour("10.0.0.50", "3c:ef:8c:00:00:05", index=9),
    )
    assert on_card(table, card) == {"10.0.0.31": "3c:ef:8c:00:00:01", "10.0.0.32": None, "10.0.0.34": None}


def test_this_systems_table_is_read() -> None:
    assert isinstance(asyncio.run(read_neighbours()), tuple)
