"""The ground that a simulation is on: where its sockets are made. Loopback here; network namespaces in the tests."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import re
import socket
import struct
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from camcensus.demo.estate import DemoPort, SimDevice
from camcensus.demo.questions import UdpProtocol
from camcensus.demo.template import LiteralReply
from camcensus.model import frozen
from camcensus.model.errors import DemoError

# Sockets on loopback only: an address for every device where the system has 127.0.0.0/8, one address for all elsewhere.
#
# Linux and Windows answer on all of 127.0.0.0/8; macOS has only 127.0.0.1, so there each device gets ports of its own.

INTERFACE = "127.0.0.1"
BROADCAST = "127.255.255.255"
LOCK_PORT = 17770
"""Held while a simulation runs: two would answer the same multicast questions."""

_IP_MULTICAST_ALL = 49
"""Linux: whether a socket also hears groups that other programs joined on other interfaces. Source: ip(7)."""

BUSY = "Another simulation is already running on this computer; close it, then start this one again."


def has_own_addresses() -> bool:
    """Whether this system lets a device have a loopback address of its own."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as trial:
        try:
            trial.bind(("127.77.1.1", 0))
        except OSError:
            return False
    return True


def lock() -> socket.socket | None:
    """A socket that only one simulation can have; None when another has it. Raises DemoError without loopback."""
    holder = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    if sys.platform == "win32":
        holder.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
    try:
        holder.bind((INTERFACE, LOCK_PORT))
        holder.listen(1)
    except OSError as problem:
        holder.close()
        if problem.errno in (errno.EADDRINUSE, errno.EACCES):
            return None
        raise DemoError("This computer's loopback network (127.0.0.1) does not work, so the simulation cannot start.") from None
    return holder


def udp_at(address: str, port: int) -> socket.socket:
    """A shareable UDP socket at an address, which sends multicast out of loopback only. Raises OSError."""
    made = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    try:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if sys.platform != "win32" and (sys.platform == "darwin" or port == 5353):
            # mDNS programs set both; a socket without SO_REUSEPORT could not share the port with them.
            made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        made.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)
        made.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_IF, socket.inet_aton(INTERFACE))
        made.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_TTL, 1)
        made.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_LOOP, 1)
        made.setblocking(False)
        made.bind((address, port))
    except BaseException:
        made.close()
        raise
    return made


def udp_receivers(group: str, port: int, broadcast: bool) -> list[socket.socket]:
    """Sockets that hear a multicast group on loopback ("": none), and the broadcast if asked. Raises OSError."""
    receivers: list[socket.socket] = []
    try:
        # Linux delivers to the address bound; Windows and macOS want the wildcard for multicast and broadcast alike.
        if group or sys.platform != "linux":
            receivers.append(udp_at(group if sys.platform == "linux" else "", port))
        if group:
            if sys.platform == "linux":
                receivers[0].setsockopt(socket.IPPROTO_IP, _IP_MULTICAST_ALL, 0)
            membership = struct.pack("4s4s", socket.inet_aton(group), socket.inet_aton(INTERFACE))
            receivers[0].setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, membership)
        if broadcast and sys.platform == "linux":
            receivers.append(udp_at(BROADCAST, port))
    except BaseException:
        for receiver in receivers:
            receiver.close()
        raise
    return receivers


def tcp_at(address: str, port: int) -> socket.socket:
    """A listening socket at an address; another program's port is refused. Raises OSError."""
    made = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        if sys.platform == "win32":
            made.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:
            made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.setblocking(False)
        made.bind((address, port))
        made.listen(64)
    except BaseException:
        made.close()
        raise
    return made


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
        self.interfaces: tuple[str, ...] = (INTERFACE,)
        self.broadcast = BROADCAST
        self.own_addresses = own_addresses

    def hears(self, sender: str) -> bool:
        """The simulation speaks to this computer only."""
        return sender.startswith("127.")

    def tcp_at(self, device: SimDevice, port: int) -> socket.socket:
        """A listening socket at the device's address."""
        return tcp_at(device.address, port)

    def sender_at(self, device: SimDevice) -> socket.socket:
        """A socket at a free port of the device's address."""
        return udp_at(device.address, 0)

    def endpoints(self, protocol: UdpProtocol, devices: Sequence[SimDevice]) -> list[DemoEndpoint]:
        """A socket at each address, and those that hear the group and the broadcast for all."""
        made: list[socket.socket] = []
        try:
            senders = {}
            for address in dict.fromkeys(device.address for device in devices):
                senders[address] = udp_at(address, protocol.port)
                made.append(senders[address])
            made += udp_receivers(protocol.group, protocol.port, protocol.broadcast)
        except OSError:
            for one in made:
                one.close()
            raise
        spoken = {device.id: senders[device.address] for device in devices}
        alone = [
            DemoEndpoint(sender, spoken, [d for d in devices if d.address == address]) for address, sender in senders.items()
        ]
        return [*alone, *(DemoEndpoint(receiver, spoken, devices) for receiver in made[len(senders) :])]


# How simulated devices answer on TCP: web pages, ONVIF and RTSP, from literal replies.

REQUEST_LIMIT_BYTES = 64 * 1024
"""A question larger than this is nobody's: the connection ends."""
PATIENCE_S = 20.0
"""How long a device waits for a question before it hangs up."""

_OPERATION = re.compile(rb"<(?:[\w.-]+:)?Body(?:\s[^>]*)?>\s*<(?:[\w.-]+:)?([\w.-]+)")
_READS = re.compile(r"(?:Get|Find|Is|Query)[A-Z]")


@frozen
class TcpQuestion:
    """A question on TCP. `credentials` is whether it carried any; `writes` whether it could change something."""

    protocol: str
    line: str
    operation: str
    credentials: bool
    writes: bool
    fields: dict[str, str]


@frozen
class Answerer:
    """One device at one door. `values()` gives the placeholders of this moment; `heard` is told every question."""

    device: SimDevice
    door: DemoPort
    values: Callable[[], dict[str, str]]
    heard: Callable[[SimDevice, TcpQuestion], None]

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answers until the other side leaves, or after one answer over HTTP."""
        if self.door.speaks == "raw":
            await self._take(reader)
            return
        while True:
            async with asyncio.timeout(PATIENCE_S):
                asked = await self._next(reader)
            if asked is None:
                return
            self.heard(self.device, asked)
            if not await self._answer(asked, writer) or self.door.speaks == "http":
                return

    async def _take(self, reader: asyncio.StreamReader) -> None:
        """Takes what comes, as printers and controllers do, and tells how much it was."""
        taken = 0
        with contextlib.suppress(TimeoutError, ConnectionError):
            async with asyncio.timeout(PATIENCE_S):
                while (part := await reader.read(4096)) and taken < REQUEST_LIMIT_BYTES:
                    taken += len(part)
        self.heard(self.device, TcpQuestion("raw", f"{taken} bytes", "bytes", False, taken > 0, {}))

    async def _next(self, reader: asyncio.StreamReader) -> TcpQuestion | None:
        try:
            head = await reader.readuntil(b"\r\n\r\n")
        except (asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            return None
        lines = head.decode("latin-1").split("\r\n")
        fields = {name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in lines[1:])}
        size = fields.get("content-length", "0")
        body = b""
        if size.isdigit() and 0 < int(size) <= REQUEST_LIMIT_BYTES:
            body = await reader.readexactly(int(size))
        method, target = [*lines[0].split(" "), "", ""][:2]
        credentials = "authorization" in fields or b"UsernameToken" in body
        if self.door.speaks == "rtsp":
            return TcpQuestion("rtsp", lines[0], method, credentials, method not in ("OPTIONS", "DESCRIBE"), fields)
        found = _OPERATION.search(body) if method == "POST" else None
        operation = found[1].decode("ascii", "replace") if found else ""
        reads = bool(_READS.match(operation))
        if method == "POST" and target == self.door.onvif_path:
            return TcpQuestion("onvif", lines[0], operation, credentials, not reads, fields)
        writes = method not in ("GET", "HEAD") and not reads
        return TcpQuestion("http", lines[0], f"{method} {target}", credentials, writes, fields)

    def _reply_to(self, asked: TcpQuestion) -> LiteralReply:
        door = self.door
        if asked.protocol == "onvif":
            return door.answers.get(f"onvif.{asked.operation}") or door.refused or door.otherwise
        return door.answers.get(asked.operation) or door.otherwise

    async def _answer(self, asked: TcpQuestion, writer: asyncio.StreamWriter) -> bool:
        """Sends the answer; False when the connection is to end."""
        values = self.values() | {"cseq": asked.fields.get("cseq", "1")}
        port, target = int(values[f"port_{self.door.name}"]), [*asked.line.split(" "), ""][1]
        with contextlib.suppress(ConnectionError):
            return await self.device.sending.answer(asked.protocol, self._reply_to(asked), values, port, target, writer)
        return False
