"""Route tables of three systems: Linux and macOS as they print them, Windows as its structures lie in memory."""

from __future__ import annotations

import asyncio
import struct
from ipaddress import IPv4Address, IPv4Network

from camcensus.discovery.routes import Route, from_windows, parse_linux, parse_netstat, read_routes

LINUX = """Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT
eth0\t00000000\t0100000A\t0003\t0\t0\t100\t00000000\t0\t0\t0
eth0\t0000000A\t00000000\t0001\t0\t0\t100\t00FFFFFF\t0\t0\t0
eth0\t0000140A\t0100000A\t0003\t0\t0\t0\t0000FFFF\t0\t0\t0
eth1\t0000A8C0\t00000000\t0000\t0\t0\t0\t00FFFFFF\t0\t0\t0
broken
eth0\tzz\t0100000A\t0003\t0\t0\t100\t00000000\t0\t0\t0
"""
MACOS = """Routing tables

Internet:
Destination        Gateway            Flags               Netif Expire
default            10.4.0.1           UGScg                 en0
default            link#22            UCSIg           bridge100      !
10.4/22            link#14            UCS                   en0      !
10.4.0.1           0:1b:21:aa:0:1     UHLWIir               en0   1175
10.30/16           10.4.0.9           UGSc                  en0
127                127.0.0.1          UCS                   lo0
127.0.0.1          127.0.0.1          UH                    lo0
169.254            link#14            UCS                   en0      !
224.0.0/4          link#14            UmCS                  en0      !
255.255.255.255/32 link#14            UCS                   en0      !
"""
MACOS_BEFORE_11 = """Routing tables

Internet:
Destination        Gateway            Flags        Refs      Use   Netif Expire
default            10.4.0.1           UGSc           20       16     en0
10.4/22            link#4             UCS             1        0     en0
172.16.9/24        link#11            UC              1        0  vmnet1

Internet6:
Destination        Gateway            Flags         Netif Expire
fe80::%lo0/64      fe80::1%lo0        Uc              lo0
"""


def test_linux_table() -> None:
    assert parse_linux(LINUX) == (
        Route(IPv4Network("0.0.0.0/0"), "10.0.0.1", "eth0"),
        Route(IPv4Network("10.0.0.0/24"), None, "eth0"),
        Route(IPv4Network("10.20.0.0/16"), "10.0.0.1", "eth0"),
    )
    assert parse_linux("") == ()


def test_macos_table() -> None:
    found = parse_netstat(MACOS)
    assert found[0] == Route(IPv4Network("0.0.0.0/0"), "10.4.0.1", "en0")
    assert found[0].is_default
    assert found[1] == Route(IPv4Network("0.0.0.0/0"), None, "bridge100")
    assert Route(IPv4Network("10.4.0.0/22"), None, "en0") in found
    assert Route(IPv4Network("10.30.0.0/16"), "10.4.0.9", "en0") in found
    assert Route(IPv4Network("10.4.0.1/32"), None, "en0") in found
    assert Route(IPv4Network("127.0.0.0/8"), None, "lo0") in found
    assert len(found) == 10


def test_macos_table_of_older_releases() -> None:
    assert parse_netstat(MACOS_BEFORE_11) == (
        Route(IPv4Network("0.0.0.0/0"), "10.4.0.1", "en0"),
        Route(IPv4Network("10.4.0.0/22"), None, "en0"),
        Route(IPv4Network("172.16.9.0/24"), None, "vmnet1"),
    )
    assert parse_netstat("netstat: sysctl: Operation not permitted\n") == ()


def windows_row(network: str, gateway: str, index: int, family: int = 2) -> bytes:
    """MIB_IPFORWARD_ROW2 as the SDK's netioapi.h lays it out: 104 bytes."""
    at = IPv4Network(network)

    def address(one: IPv4Address) -> bytes:
        return struct.pack("<HH4s20x", family, 0, one.packed)

    return (
        struct.pack("<QI", 6 << 48, index)
        + address(at.network_address)
        + struct.pack("<B3x", at.prefixlen)
        + address(IPv4Address(gateway))
        + struct.pack("<B3xIIIIBBBBII", 0, 0xFFFFFFFF, 0xFFFFFFFF, 25, 3, 0, 1, 0, 0, 9, 0)
    )


def test_windows_table() -> None:
    rows = [
        windows_row("0.0.0.0/0", "10.0.0.1", 7),
        windows_row("10.0.0.0/24", "0.0.0.0", 7),
        windows_row("10.0.0.0/24", "0.0.0.0", 7, family=23),
    ]
    assert {len(row) for row in rows} == {104}
    assert from_windows(struct.pack("<I4x", 3) + b"".join(rows)) == (
        Route(IPv4Network("0.0.0.0/0"), "10.0.0.1", index=7),
        Route(IPv4Network("10.0.0.0/24"), None, index=7),
    )
    assert from_windows(struct.pack("<I4x", 0)) == ()


def test_this_systems_table_is_read() -> None:
    assert isinstance(asyncio.run(read_routes()), tuple)
