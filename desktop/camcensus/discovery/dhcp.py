"""DHCP requests, which devices send to all when they start or renew their address: they are only heard, nothing is asked.

A request is kept where its MAC address is of a camera maker's block: the rest are staff's computers and telephones.
"""

from __future__ import annotations

import errno
from collections.abc import Callable
from ipaddress import IPv4Address

from camcensus.discovery.probe import Emit, Network, RepeatFilter, Reply, forever
from camcensus.discovery.scope import network_of
from camcensus.discovery.udp import Crowd, UdpEndpoint, say
from camcensus.wire.read import read

PORT = 67
"""Of servers. Systems let only an administrator, or a program with a right of its own, listen below port 1024."""
CARDS_LIMIT = 1_000
"""Requests that are kept in one search: a /22 has as many addresses."""
NOT_ALLOWED = (
    "This computer lets only an administrator hear DHCP requests (UDP 67), so devices that ask for an address were not heard."
)
SERVED_HERE = "Another program on this computer holds UDP 67, so devices that ask for an address by DHCP were not heard."


class Dhcp:
    """Hears who asks for an address."""

    name = "dhcp"

    def __init__(self, crowd: Crowd, is_camera_mac: Callable[[str], bool]) -> None:
        self._crowd = crowd
        self._is_camera_mac = is_camera_mac

    async def run(self, target: Network, emit: Emit) -> None:
        """Listens until cancelled; where the system does not let it, that is noted as skipped."""
        seen = RepeatFilter()
        kept = 0

        def heard(data: bytes, _address: str, port: int, _overheard: bool) -> None:
            nonlocal kept
            reading = read(self.name, None, data)
            mac = reading.first("mac")
            if mac is None or not self._is_camera_mac(mac) or kept >= CARDS_LIMIT:
                return
            address = own_address(reading.first("ipv4"), target)
            if seen.is_new(mac, repr((address, sorted(reading.fields.items()))).encode()):
                kept += 1
                tally.received += 1
                emit(
                    Reply(
                        probe=self.name, address=address, port=port, raw=data, interface=target.interface, mac=mac,
                        contact=False, overheard=True,
                    )
                )  # fmt: skip

        tally = target.tally(self.name)
        async with _Requests(target, self.name, self._crowd, heard) as endpoint:
            problem = await endpoint.try_to_listen(PORT)
            if problem is not None:
                tally.state = "skipped"
                known = {errno.EACCES: NOT_ALLOWED, errno.EPERM: NOT_ALLOWED, errno.EADDRINUSE: SERVED_HERE}
                tally.reason = known.get(problem.errno or 0) or say(problem)
            await forever()


class _Requests(UdpEndpoint):
    """A receiver of requests: all come from 0.0.0.0, so senders are not counted by address."""

    def take(self, data: bytes, address: str, port: int, *, overheard: bool) -> None:
        """One datagram, handed on."""
        self.heard(data, address, port, overheard)


def own_address(asked: str | None, target: Network) -> str:
    """The address that was asked for where it is of this network, else "": the device is known by its MAC address alone."""
    return asked if asked is not None and IPv4Address(asked) in network_of(target.interface) else ""
