"""A network of many devices on one computer: a namespace, an address and a MAC address for each, joined by one cable.

The scanner has a namespace of its own at the other end. Devices cannot hear each other, as behind switch ports that are kept
apart. Needs Linux and root. Nothing here touches the computer's own network.

Grounds: "local", one cable; "router", the scanner is in a network of its own behind a router that passes on what is sent to one
address; "two-cards", the scanner has two cards in the devices' network; "proxy-arp", a router answers for all addresses that
nobody has.
"""

from __future__ import annotations

import errno
import fcntl
import os
import socket
import struct
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Interface, IPv4Network, summarize_address_range
from pathlib import Path
from typing import Literal

from camcensus.demo.estate import SimDevice
from camcensus.demo.ground import DemoEndpoint
from camcensus.demo.questions import UdpProtocol
from fleet.catalogue import PROXY_MAC

NETWORK = IPv4Network("10.44.0.0/22")
SCANNER = IPv4Interface("10.44.0.2/22")
SECOND = IPv4Interface("10.44.0.3/22")
"""The scanner's second card, where it has one."""
BEYOND = IPv4Interface("10.45.0.2/24")
"""The scanner where it is behind a router. The devices take both networks for one: the router's hardware stands for it there."""
BOTH_MASK = "255.254.0.0"
PROXY = IPv4Address("10.44.3.254")
CARD = b"eth0"
TABLE_FULL_S = 20.0
Layout = Literal["local", "router", "two-cards", "proxy-arp"]

_SIOCSIFADDR, _SIOCSIFNETMASK, _SIOCSIFBRDADDR, _SIOCSIFFLAGS, _SIOCSARP = 0x8916, 0x891C, 0x891A, 0x8914, 0x8955
_IFF_UP, _IFF_BROADCAST, _IFF_MULTICAST = 0x1, 0x2, 0x1000
_ATF_COM, _ATF_PERM = 0x2, 0x4


@dataclass(frozen=True, slots=True)
class Placed:
    """A device on the network. `behind` is the id of the router that answers for it: it has no MAC address of its own."""

    device: SimDevice
    behind: str | None = None
    also: str | None = None


class Lan:
    """The ground that a fleet stands on. `scanner` is an open file of the scanner's namespace."""

    own_addresses = True
    broadcast = "255.255.255.255"

    def __init__(self, placed: Sequence[Placed], layout: Layout = "local") -> None:
        self.layout = layout
        self.scanners = {"router": (BEYOND,), "two-cards": (SCANNER, SECOND)}.get(layout, (SCANNER,))
        self.interfaces = tuple(str(card.ip) for card in self.scanners)
        self.cable = "bridge" if layout == "two-cards" else "street1"
        self.placed = {one.device.id: one for one in placed}
        self.home = _here()
        os.unshare(os.CLONE_NEWNET)
        _no_ipv6()
        self.street = _here()
        os.unshare(os.CLONE_NEWNET)
        self.scanner = _here()
        self.rooms: dict[str, int] = {}
        if layout in ("router", "proxy-arp"):
            os.unshare(os.CLONE_NEWNET)
            _no_ipv6()
            self.router = _here()
        for one in placed:
            if one.behind is None:
                os.unshare(os.CLONE_NEWNET)
                _no_ipv6()
                self.rooms[one.device.id] = _here()
        for one in placed:
            if one.behind is not None:
                self.rooms[one.device.id] = self.rooms[one.behind]
        self._lay_cables()
        for one in sorted(placed, key=lambda one: one.behind is not None):  # A router's own address is its first.
            with self.inside(one.device.id):
                self._set_address(one)
        os.setns(self.street, os.CLONE_NEWNET)

    def _lay_cables(self) -> None:
        files = f"/proc/{os.getpid()}/fd"
        peers = [f"eth{number} netns {files}/{self.scanner}" for number in range(len(self.scanners))]
        if self.layout == "router":
            peers = [f"inner netns {files}/{self.router}"]
        lines = [f"link add street{number} type veth peer name {peer}" for number, peer in enumerate(peers, 1)]
        if self.cable == "bridge":
            lines += ["link add bridge type bridge", *(f"link set street{number} master bridge" for number in (1, 2))]
            lines.append("link set bridge up")
        lines += [f"link set street{number} up" for number in range(1, len(peers) + 1)]
        numbers = [(one.device.mac, self.rooms[one.device.id]) for one in self.placed.values() if one.behind is None]
        if self.layout == "proxy-arp":
            numbers.append((PROXY_MAC, self.router))
        lines += [
            f"link add link {self.cable} name eth0 address {mac} netns {files}/{room} type macvlan mode private"
            for mac, room in numbers
        ]
        os.setns(self.street, os.CLONE_NEWNET)
        _ip(lines)
        if self.layout == "router":
            os.setns(self.router, os.CLONE_NEWNET)
            _ip([f"link add outer type veth peer name eth0 netns {files}/{self.scanner}", "link set outer up", "link set inner up",
                 "addr add 10.45.0.1/24 dev outer", "addr add 10.44.0.1/22 dev inner"])  # fmt: skip
            Path("/proc/sys/net/ipv4/ip_forward").write_text("1", encoding="ascii")
            _ip([f"neigh add {address} lladdr {self.placed[one.behind or one.device.id].device.mac} dev inner nud permanent"
                 for one in self.placed.values() for address in (one.device.address, one.also) if address])  # fmt: skip
            self.macs = [_mac_of_card(b"inner")]
        elif self.layout == "proxy-arp":
            self._answer_for_all()
        os.setns(self.scanner, os.CLONE_NEWNET)
        _ip(["link set lo up", *(
            line for number, card in enumerate(self.scanners)
            for line in (f"addr add {card} brd + dev eth{number}", f"link set eth{number} up")
        )])  # fmt: skip
        if self.layout == "router":
            _ip([f"route add {NETWORK} via 10.45.0.1"])
        else:
            self.macs = [_mac_of_card(f"eth{number}".encode()) for number in range(len(self.scanners))]

    def _answer_for_all(self) -> None:
        """The router takes every address after the last device's for one of its other side, where nothing is."""
        os.setns(self.router, os.CLONE_NEWNET)
        last = max(
            IPv4Address(address) for one in self.placed.values() for address in (one.device.address, one.also) if address
        )
        _ip(["link add other type veth peer name nowhere", "link set other arp off", "link set other up",
             "link set nowhere up", "link set eth0 up", f"addr add {PROXY}/22 dev eth0",
             *(f"route add {part} dev other" for part in summarize_address_range(last + 1, PROXY - 1))])  # fmt: skip
        for name in ("ip_forward", "conf/eth0/proxy_arp"):
            Path(f"/proc/sys/net/ipv4/{name}").write_text("1", encoding="ascii")
        Path("/proc/sys/net/ipv4/neigh/eth0/proxy_delay").write_text("0", encoding="ascii")

    def _set_address(self, one: Placed) -> None:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as control:
            # Addresses behind a router are further ones of its card.
            names = [CARD if one.behind is None else CARD + b":" + str(len(self._labels(one))).encode()]
            addresses = [one.device.address]
            if one.also:
                names.append(CARD + b":99")
                addresses.append(one.also)
            for name, address in zip(names, addresses, strict=True):
                _order(control, _SIOCSIFADDR, name, address)
                _order(control, _SIOCSIFNETMASK, name, BOTH_MASK if self.layout == "router" else str(NETWORK.netmask))
                _order(control, _SIOCSIFBRDADDR, name, str(NETWORK.broadcast_address))
            if one.behind is None:
                fcntl.ioctl(control, _SIOCSIFFLAGS, struct.pack("16sH14x", CARD, _IFF_UP | _IFF_BROADCAST | _IFF_MULTICAST))
                # Linux holds 1,024 neighbours over all namespaces; those that are set by hand are not among them.
                for card, mac in zip(self.scanners, self.macs, strict=True):
                    hardware = struct.pack("H6s8x", 1, bytes.fromhex(mac.replace(":", "")))
                    place = struct.pack("HH4s8x", socket.AF_INET, 0, card.ip.packed)
                    _remember(control, place + hardware + struct.pack("i16s16s", _ATF_COM | _ATF_PERM, b"", CARD))

    def _labels(self, one: Placed) -> list[str]:
        there = [other.device.id for other in self.placed.values() if other.behind == one.behind]
        return there[: there.index(one.device.id) + 1]

    @contextmanager
    def inside(self, device: str) -> Iterator[None]:
        """This thread is in the device's namespace as long as the block lasts."""
        os.setns(self.rooms[device], os.CLONE_NEWNET)
        try:
            yield
        finally:
            os.setns(self.street, os.CLONE_NEWNET)

    def hears(self, sender: str) -> bool:
        """Everybody on the network."""
        return True

    def tcp_at(self, device: SimDevice, port: int) -> socket.socket:
        """A listening socket in the device's namespace, at its address; where it has two, at both."""
        with self.inside(device.id):
            made = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
            made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            made.setblocking(False)
            made.bind(("" if self.placed[device.id].also else device.address, port))
            made.listen(64)
        return made

    def sender_at(self, device: SimDevice) -> socket.socket:
        """A socket at a free port of the device."""
        with self.inside(device.id):
            return _udp(device, "", 0)

    def endpoints(self, protocol: UdpProtocol, devices: Sequence[SimDevice]) -> list[DemoEndpoint]:
        """A socket for each device; those behind a router hear only what is sent to them alone."""
        return [self._endpoint(protocol, device) for device in devices]

    def _endpoint(self, protocol: UdpProtocol, device: SimDevice) -> DemoEndpoint:
        behind = self.placed[device.id].behind
        with self.inside(device.id):
            made = _udp(device, "" if behind is None else device.address, protocol.port)
            if behind is None and protocol.group:
                membership = struct.pack("4s4s", socket.inet_aton(protocol.group), socket.inet_aton(device.address))
                made.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, membership)
        return DemoEndpoint(made, {device.id: made}, (device,))

    def traffic(self) -> dict[str, tuple[int, int, int, int, int]]:
        """By device: packets to it alone and packets to all that came to its card, their bytes; packets it sent, their bytes."""
        counted = {}
        for name, one in self.placed.items():
            if one.behind is not None:
                continue
            with self.inside(name):
                lines = Path("/proc/thread-self/net/dev").read_text(encoding="ascii").splitlines()
            words = next(line for line in lines if line.strip().startswith("eth0:")).partition(":")[2].split()
            to_all = int(words[7])
            counted[name] = (int(words[1]) - to_all, to_all, int(words[0]), int(words[9]), int(words[8]))
        return counted


def _udp(device: SimDevice, bound: str, port: int) -> socket.socket:
    """A socket on this namespace's card, which speaks from the device's address to groups and to all."""
    made = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_BINDTODEVICE, CARD)
    made.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_IF, socket.inet_aton(device.address))
    made.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_TTL, 1)
    made.setblocking(False)
    made.bind((bound, port))
    return made


def _here() -> int:
    return os.open("/proc/thread-self/ns/net", os.O_RDONLY | os.O_CLOEXEC)


def _no_ipv6() -> None:
    for which in ("all", "default"):
        path = Path(f"/proc/sys/net/ipv6/conf/{which}/disable_ipv6")
        if path.exists():
            path.write_text("1", encoding="ascii")


def _ip(lines: Sequence[str]) -> None:
    subprocess.run(["ip", "-batch", "-"], input="\n".join(lines) + "\n", text=True, check=True)


def _mac_of_card(card: bytes) -> str:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as control:
        answer = fcntl.ioctl(control, 0x8927, struct.pack("16s24x", card))
    return bytes(answer[18:24]).hex(":")


def _remember(control: socket.socket, order: bytes) -> None:
    """Sets a neighbour by hand; waits where the computer's one table is full of what another search asked for."""
    until = time.monotonic() + TABLE_FULL_S
    while True:
        try:
            fcntl.ioctl(control, _SIOCSARP, order)
            return
        except OSError as error:
            if error.errno != errno.ENOBUFS or time.monotonic() > until:
                raise
            time.sleep(0.2)


def _order(control: socket.socket, what: int, card: bytes, address: str) -> None:
    fcntl.ioctl(control, what, struct.pack("16sHH4s8x", card, socket.AF_INET, 0, socket.inet_aton(address)))
