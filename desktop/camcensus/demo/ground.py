"""The ground that a simulation is on: where its sockets are made. Loopback here; network namespaces in the tests."""

from __future__ import annotations

import socket
from collections.abc import Mapping, Sequence
from typing import Protocol

from camcensus.demo import loopback
from camcensus.demo.estate import SimDevice
from camcensus.demo.questions import UdpProtocol
from camcensus.model.frozen import frozen


@frozen
class DemoEndpoint:
    """A socket that hears one protocol's questions to `devices`, and the sockets their answers come from, by device."""

    receiver: socket.socket
    senders: Mapping[str, socket.socket]
    devices: Sequence[SimDevice]


class Ground(Protocol):
    """What a simulation asks of its ground. `interfaces` are what a scan names, `broadcast` is the address of all."""

    interfaces: tuple[str, ...]
    broadcast: str
    own_addresses: bool

    def hears(self, sender: str) -> bool:
        """Whether a question from this address is answered."""

    def tcp_at(self, device: SimDevice, port: int) -> socket.socket:
        """A listening socket of the device; port 0 for any. Raises OSError."""

    def sender_at(self, device: SimDevice) -> socket.socket:
        """A UDP socket of the device at a port that nobody asks. Raises OSError."""

    def endpoints(self, protocol: UdpProtocol, devices: Sequence[SimDevice]) -> list[DemoEndpoint]:
        """The sockets that hear and speak a protocol for these devices. Raises OSError, and leaves none open then."""


class Loopback:
    """This computer's loopback network: an address for every device where the system has them, one for all elsewhere."""

    def __init__(self, own_addresses: bool) -> None:
        self.interfaces: tuple[str, ...] = (loopback.INTERFACE,)
        self.broadcast = loopback.BROADCAST
        self.own_addresses = own_addresses

    def hears(self, sender: str) -> bool:
        """The simulation speaks to this computer only."""
        return sender.startswith("127.")

    def tcp_at(self, device: SimDevice, port: int) -> socket.socket:
        """A listening socket at the device's address."""
        return loopback.tcp_at(device.address, port)

    def sender_at(self, device: SimDevice) -> socket.socket:
        """A socket at a free port of the device's address."""
        return loopback.udp_at(device.address, 0)

    def endpoints(self, protocol: UdpProtocol, devices: Sequence[SimDevice]) -> list[DemoEndpoint]:
        """A socket at each address, and those that hear the group and the broadcast for all."""
        made: list[socket.socket] = []
        try:
            senders = {}
            for address in dict.fromkeys(device.address for device in devices):
                senders[address] = loopback.udp_at(address, protocol.port)
                made.append(senders[address])
            made += loopback.udp_receivers(protocol.group, protocol.port, protocol.broadcast)
        except OSError:
            for one in made:
                one.close()
            raise
        spoken = {device.id: senders[device.address] for device in devices}
        alone = [
            DemoEndpoint(sender, spoken, [d for d in devices if d.address == address]) for address, sender in senders.items()
        ]
        return [*alone, *(DemoEndpoint(receiver, spoken, devices) for receiver in made[len(senders) :])]
