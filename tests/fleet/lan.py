"""A network of many devices on one computer: a namespace, an address and a network number for each, joined by one cable.

The scanner has a namespace of its own at the other end. Devices cannot hear each other, as behind switch ports that are kept
apart. Needs Linux and root. Nothing here touches the computer's own network.
"""

from __future__ import annotations

import fcntl
import os
import socket
import struct
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from ipaddress import IPv4Interface, IPv4Network
from pathlib import Path

from camcensus.demo.estate import SimDevice
from camcensus.demo.ground import Post
from camcensus.demo.questions import UdpProtocol

NETWORK = IPv4Network("10.44.0.0/22")
SCANNER = IPv4Interface("10.44.0.2/22")
CARD = b"eth0"

_SIOCSIFADDR, _SIOCSIFNETMASK, _SIOCSIFBRDADDR, _SIOCSIFFLAGS, _SIOCSARP = 0x8916, 0x891C, 0x891A, 0x8914, 0x8955
_IFF_UP, _IFF_BROADCAST, _IFF_MULTICAST = 0x1, 0x2, 0x1000
_ATF_COM, _ATF_PERM = 0x2, 0x4


@dataclass(frozen=True, slots=True)
class Placed:
    """A device on the network. `behind` is the id of the router that answers for it: it has no network number of its own."""

    device: SimDevice
    behind: str | None = None
    also: str | None = None


class Lan:
    """The ground that a fleet stands on. `scanner` is an open file of the scanner's namespace."""

    own_addresses = True
    broadcast = "255.255.255.255"

    def __init__(self, placed: Sequence[Placed]) -> None:
        self.interfaces = (str(SCANNER.ip),)
        self.placed = {one.device.id: one for one in placed}
        self.home = _here()
        os.unshare(os.CLONE_NEWNET)
        _no_ipv6()
        self.street = _here()
        os.unshare(os.CLONE_NEWNET)
        self.scanner = _here()
        self.rooms: dict[str, int] = {}
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
        lines = [
            "link add street1 type veth peer name eth0 netns " + f"{files}/{self.scanner}",
            "link set street1 up",
            *(
                f"link add link street1 name eth0 address {one.device.mac} netns {files}/{self.rooms[one.device.id]}"
                " type macvlan mode private"
                for one in self.placed.values()
                if one.behind is None
            ),
        ]
        os.setns(self.street, os.CLONE_NEWNET)
        _ip(lines)
        os.setns(self.scanner, os.CLONE_NEWNET)
        _ip(["link set lo up", f"addr add {SCANNER} brd + dev eth0", "link set eth0 up"])
        self.scanner_mac = _mac_of_card()

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
                _order(control, _SIOCSIFNETMASK, name, str(NETWORK.netmask))
                _order(control, _SIOCSIFBRDADDR, name, str(NETWORK.broadcast_address))
            if one.behind is None:
                fcntl.ioctl(control, _SIOCSIFFLAGS, struct.pack("16sH14x", CARD, _IFF_UP | _IFF_BROADCAST | _IFF_MULTICAST))
                # Linux holds 1,024 neighbours over all namespaces; those that are set by hand are not among them.
                hardware = struct.pack("H6s8x", 1, bytes.fromhex(self.scanner_mac.replace(":", "")))
                place = struct.pack("HH4s8x", socket.AF_INET, 0, SCANNER.ip.packed)
                fcntl.ioctl(control, _SIOCSARP, place + hardware + struct.pack("i16s16s", _ATF_COM | _ATF_PERM, b"", CARD))

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

    def mouth_at(self, device: SimDevice) -> socket.socket:
        """A socket at a free port of the device."""
        with self.inside(device.id):
            return _udp(device, "", 0)

    def posts(self, protocol: UdpProtocol, devices: Sequence[SimDevice]) -> list[Post]:
        """A socket for each device; those behind a router hear only what is sent to them alone."""
        return [self._post(protocol, device) for device in devices]

    def _post(self, protocol: UdpProtocol, device: SimDevice) -> Post:
        behind = self.placed[device.id].behind
        with self.inside(device.id):
            made = _udp(device, "" if behind is None else device.address, protocol.port)
            if behind is None and protocol.group:
                membership = struct.pack("4s4s", socket.inet_aton(protocol.group), socket.inet_aton(device.address))
                made.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, membership)
        return Post(made, {device.id: made}, (device,))

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


def _mac_of_card() -> str:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as control:
        answer = fcntl.ioctl(control, 0x8927, struct.pack("16s24x", CARD))
    return bytes(answer[18:24]).hex(":")


def _order(control: socket.socket, what: int, card: bytes, address: str) -> None:
    fcntl.ioctl(control, what, struct.pack("16sHH4s8x", card, socket.AF_INET, 0, socket.inet_aton(address)))
