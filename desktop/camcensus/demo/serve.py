"""Serves an estate over real sockets on loopback, for as long as the `async with` lasts.

Every question that arrives is kept in `Served.requests`, so that a test can say what was asked, and that nothing was written.
"""

from __future__ import annotations

import asyncio
import contextlib
import secrets
import socket
import ssl
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from email.utils import format_datetime
from functools import partial
from ipaddress import IPv4Address

from camcensus.demo import ground
from camcensus.demo.estate import DemoPort, Estate, SimDevice, Speaker
from camcensus.demo.ground import INTERFACE, REQUEST_LIMIT_BYTES, Answerer, DemoEndpoint, Ground, Loopback, TcpQuestion
from camcensus.demo.makers import EVERY
from camcensus.demo.questions import UdpProtocol, UdpQuestion, spoken_by
from camcensus.model import frozen
from camcensus.model.errors import DemoError
from camcensus.model.processes import raise_limit

ANSWER_WITHIN_S = 0.15
"""Devices wait a random time before they answer a multicast question, here up to this (real ones: 0.5 s), seconds."""

_OWN_PORTS_FROM = 18_000
_random = secrets.SystemRandom()


@frozen
class Request:
    """One question a device was asked; `device` is "*" for one that went to all."""

    device: str
    protocol: str
    line: str
    operation: str
    credentials: bool
    writes: bool


@dataclass(slots=True)
class Served:
    """A running simulation. `interfaces` are what a scan names; `addresses` and `ports` say where each device is.

    `notes` are sentences about what this computer does not allow. `opened` counts connections by device, `most_open` those
    open at once.
    """

    interfaces: tuple[str, ...]
    addresses: Mapping[str, str]
    ports: Mapping[str, Mapping[str, int]]
    notes: tuple[str, ...] = ()
    requests: list[Request] = field(default_factory=list)
    most_open: Counter[str] = field(default_factory=Counter)
    opened: Counter[str] = field(default_factory=Counter)

    @property
    def hosts(self) -> tuple[str, ...]:
        """The addresses of the devices, each once, in the estate's order."""
        return tuple(dict.fromkeys(self.addresses.values()))

    def writing(self) -> tuple[Request, ...]:
        """Every request that could change something or tried a login: none, if all is well."""
        return tuple(request for request in self.requests if request.writes or request.credentials)


Tls = Callable[[SimDevice, DemoPort], ssl.SSLContext]
"""What a door that speaks inside TLS shows."""


@contextlib.asynccontextmanager
async def serve(
    estate: Estate, *, own_addresses: bool | None = None, wait_s: float = 3.0, answer_within_s: float = ANSWER_WITHIN_S
) -> AsyncIterator[Served]:
    """Serves the estate on loopback until the block ends; all sockets are closed and all tasks ended then.

    `own_addresses` False gives every device 127.0.0.1 and ports of its own, as on macOS; None asks the system. Waits `wait_s`
    seconds for another simulation to end. Raises DemoError.
    """
    if own_addresses is None:
        own_addresses = ground.has_own_addresses()
    holder = await _lock(wait_s)
    try:
        async with serve_on(Loopback(own_addresses), estate, answer_within_s=answer_within_s) as served:
            yield served
    finally:
        holder.close()


@contextlib.asynccontextmanager
async def serve_on(ground: Ground, estate: Estate, *, answer_within_s: float, tls: Tls | None = None) -> AsyncIterator[Served]:
    """Serves the estate on a ground of the caller's, which has made sure that nobody else is there. Raises DemoError."""
    running = _Running(estate, ground, answer_within_s, tls)
    try:
        running.open()
        await running.listen()
        yield running.served
    finally:
        await running.close()


async def _lock(wait_s: float) -> socket.socket:
    until = time.monotonic() + wait_s
    while (holder := ground.lock()) is None:
        if time.monotonic() >= until:
            raise DemoError(ground.BUSY)
        await asyncio.sleep(0.1)
    return holder


class _Running:
    """All sockets, connections and pending answers of one running simulation."""

    def __init__(self, estate: Estate, ground: Ground, answer_within_s: float, tls: Tls | None) -> None:
        alone = ground.own_addresses
        placed = [device if alone else replace(device, address=INTERFACE) for device in estate.devices]
        self.devices = placed
        self.ground = ground
        self.answer_within_s = answer_within_s
        self.tls = tls
        self.ports: dict[str, dict[str, int]] = {device.id: {} for device in placed}
        self.served = Served(ground.interfaces, {device.id: device.address for device in placed}, self.ports)
        self._waiting: list[tuple[socket.socket, SimDevice, Answerer]] = []
        self._udp: list[tuple[UdpProtocol, DemoEndpoint]] = []
        self._endpoints: list[asyncio.DatagramTransport] = []
        self._servers: list[asyncio.Server] = []
        self._talks: set[asyncio.Task[None]] = set()
        self._later: set[asyncio.TimerHandle] = set()
        self._open: Counter[str] = Counter()

    # Sockets first, all of them, so that a failure leaves nothing half started.

    def open(self) -> None:
        raise_limit(sum(len(device.speakers) + len(device.doors) * 3 for device in self.devices))
        notes = [*self._open_doors(), *self._open_udp()]
        if not self.ground.own_addresses:
            notes.append(
                "This computer has one loopback address only, so all simulated devices share it, on ports of their own."
            )
        if not self._udp:
            raise DemoError("The simulation cannot start: " + " ".join(notes))
        self.served.notes = tuple(notes)

    def _open_doors(self) -> Iterable[str]:
        moved = []
        for index, device in enumerate(self.devices):
            for number, door in enumerate(device.doors):
                wanted = door.port if self.ground.own_addresses else _OWN_PORTS_FROM + index * 4 + number
                try:
                    made = self.ground.tcp_at(device, wanted)
                except OSError:
                    made = self._any_port(device)
                    moved.append(str(wanted))
                self.ports[device.id][door.name] = made.getsockname()[1]
                self._waiting.append((made, device, Answerer(device, door, partial(self._values, device), self._heard)))
        if moved:
            ports = ", ".join(sorted(set(moved)))
            yield f"Another program uses TCP port {ports}; some simulated devices answer on other ports instead."

    def _any_port(self, device: SimDevice) -> socket.socket:
        try:
            return self.ground.tcp_at(device, 0)
        except OSError:
            raise DemoError(
                f"This computer allows no more network connections after {len(self._waiting)}; ask for fewer simulated devices."
            ) from None

    def _open_udp(self) -> Iterable[str]:
        for protocol in EVERY:
            speaking = [d for d in self.devices if any(s.protocol in spoken_by(protocol) for s in d.speakers)]
            if not speaking:
                continue
            try:
                self._udp += [(protocol, endpoint) for endpoint in self.ground.endpoints(protocol, speaking)]
            except OSError:
                yield f"Another program is using {protocol.title}, so the simulation runs without it."

    async def listen(self) -> None:
        loop = asyncio.get_running_loop()
        for protocol, endpoint in self._udp:
            receiver = partial(_DemoReceiver, self, protocol, endpoint)
            self._endpoints.append((await loop.create_datagram_endpoint(receiver, sock=endpoint.receiver))[0])
        for made, device, answerer in self._waiting:
            talk = partial(self._talk, device, answerer)
            inside = self.tls(device, answerer.door) if self.tls and answerer.door.tls else None
            self._servers.append(await asyncio.start_server(talk, sock=made, limit=REQUEST_LIMIT_BYTES, ssl=inside))

    async def _talk(
        self, device: SimDevice, answerer: Answerer, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        task = asyncio.current_task()
        if task is not None:
            self._talks.add(task)
        self._open[device.id] += 1
        self.served.opened[device.id] += 1
        self.served.most_open[device.id] = max(self.served.most_open[device.id], self._open[device.id])
        try:
            with contextlib.suppress(ConnectionError, TimeoutError, asyncio.IncompleteReadError, asyncio.CancelledError):
                await answerer.talk(reader, writer)
        finally:
            self._open[device.id] -= 1
            writer.close()
            if task is not None:
                self._talks.discard(task)

    def _values(self, device: SimDevice) -> dict[str, str]:
        now = datetime.now(UTC)
        moment = {name: str(getattr(now, name)) for name in ("year", "month", "day", "hour", "minute", "second")}
        ports = {f"port_{name}": str(port) for name, port in self.ports[device.id].items()}
        fresh = {"nonce": secrets.token_hex(16), "message_id": f"{secrets.token_hex(4)}-0000-4000-8000-{secrets.token_hex(6)}"}
        return {
            **device.values,
            **moment,
            **ports,
            **fresh,
            "address": device.address,
            "address_le": IPv4Address(device.address).packed[::-1].hex(),
            "http_date": format_datetime(now, usegmt=True),
        }

    def _heard(self, device: SimDevice, asked: TcpQuestion) -> None:
        self.served.requests.append(
            Request(device.id, asked.protocol, asked.line, asked.operation, asked.credentials, asked.writes)
        )

    def heard_udp(self, devices: Sequence[SimDevice], question: UdpQuestion, to_all: bool) -> None:
        """Keeps a question that came by UDP."""
        who = "*" if to_all or len(devices) != 1 else devices[0].id
        self.served.requests.append(Request(who, question.protocol, question.line, question.operation, False, question.writes))

    def answer_later(
        self, sender: socket.socket, device: SimDevice, speaker: Speaker, values: Mapping[str, str], to: tuple[str, int]
    ) -> None:
        """Sends one answer after the time the device takes."""
        loop, sending, protocol = asyncio.get_running_loop(), device.sending, speaker.protocol

        def send() -> None:
            self._later.discard(handle)
            with contextlib.suppress(OSError):
                values_now = {**self._values(device), **values}
                sending.send(protocol, speaker.reply, values_now, sender, to, partial(self.ground.sender_at, device))

        handle = loop.call_later(_random.uniform(0, self.answer_within_s) + sending.delay_s(protocol), send)
        self._later.add(handle)

    async def close(self) -> None:
        for handle in self._later:
            handle.cancel()
        for server in self._servers:
            server.close()
        for task in list(self._talks):
            task.cancel()
        await asyncio.gather(*self._talks, return_exceptions=True)
        for transport in self._endpoints:
            transport.abort()
        await asyncio.sleep(0)
        for _, endpoint in self._udp:
            endpoint.receiver.close()
        for made, *_ in self._waiting:
            made.close()
        await asyncio.sleep(0)


class _DemoReceiver(asyncio.DatagramProtocol):
    """Hears one protocol on one socket and has the devices there answer."""

    def __init__(self, running: _Running, protocol: UdpProtocol, endpoint: DemoEndpoint) -> None:
        self._running, self._protocol, self._endpoint = running, protocol, endpoint

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        ground = self._running.ground
        if not ground.hears(addr[0]):
            return
        question = self._protocol.read(data)
        if question is None:
            return
        devices = self._endpoint.devices
        self._running.heard_udp(devices, question, len(devices) > 1)
        to = self._protocol.reply_to(addr, ground.broadcast)
        for device in devices:
            for speaker in device.speakers:
                if speaker.protocol != question.protocol or (speaker.deaf_to and speaker.deaf_to.encode() in data):
                    continue
                for values in self._protocol.answers(speaker, question):
                    self._running.answer_later(self._endpoint.senders[device.id], device, speaker, values, to)
