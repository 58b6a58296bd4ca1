"""Serves an estate over real sockets on loopback, for as long as the `async with` lasts.

Every question that arrives is kept in `Served.requests`, so that a test can say what was asked, and that nothing was written.
"""

from __future__ import annotations

import asyncio
import contextlib
import secrets
import socket
import time
from collections import Counter
from collections.abc import AsyncIterator, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from email.utils import format_datetime
from functools import partial

from camcensus.demo import loopback
from camcensus.demo.estate import Estate, SimDevice, Speaker
from camcensus.demo.questions import PROTOCOLS, Question, UdpProtocol, spoken_by
from camcensus.demo.tcp import REQUEST_LIMIT_BYTES, Answerer, Asked
from camcensus.model.errors import DemoError

ANSWER_WITHIN_S = 0.15
"""Devices wait a random time before they answer a multicast question, here up to this (real ones: 0.5 s), seconds."""

_OWN_PORTS_FROM = 18_000
_random = secrets.SystemRandom()


@dataclass(frozen=True, slots=True)
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

    `notes` are sentences about what this computer does not allow. `most_open` counts connections open at once, by device.
    """

    interfaces: tuple[str, ...]
    addresses: Mapping[str, str]
    ports: Mapping[str, Mapping[str, int]]
    notes: tuple[str, ...] = ()
    requests: list[Request] = field(default_factory=list)
    most_open: Counter[str] = field(default_factory=Counter)

    @property
    def hosts(self) -> tuple[str, ...]:
        """The addresses of the devices, each once, in the estate's order."""
        return tuple(dict.fromkeys(self.addresses.values()))

    def writing(self) -> tuple[Request, ...]:
        """Every request that could change something or tried a login: none, if all is well."""
        return tuple(request for request in self.requests if request.writes or request.credentials)


@contextlib.asynccontextmanager
async def serve(
    estate: Estate, *, own_addresses: bool | None = None, wait_s: float = 3.0, answer_within_s: float = ANSWER_WITHIN_S
) -> AsyncIterator[Served]:
    """Serves the estate on loopback until the block ends; all sockets are closed and all tasks ended then.

    `own_addresses` False gives every device 127.0.0.1 and ports of its own, as on macOS; None asks the system. Waits `wait_s`
    seconds for another simulation to end. Raises DemoError.
    """
    if own_addresses is None:
        own_addresses = loopback.has_own_addresses()
    holder = await _lock(wait_s)
    running = _Running(estate, own_addresses, answer_within_s)
    try:
        running.open()
        await running.listen()
        yield running.served
    finally:
        await running.close()
        holder.close()


async def _lock(wait_s: float) -> socket.socket:
    until = time.monotonic() + wait_s
    while (holder := loopback.lock()) is None:
        if time.monotonic() >= until:
            raise DemoError(loopback.BUSY)
        await asyncio.sleep(0.1)
    return holder


class _Running:
    """All sockets, connections and pending answers of one running simulation."""

    def __init__(self, estate: Estate, own_addresses: bool, answer_within_s: float) -> None:
        placed = [device if own_addresses else replace(device, address=loopback.INTERFACE) for device in estate.devices]
        self.devices = placed
        self.own_addresses = own_addresses
        self.answer_within_s = answer_within_s
        self.ports: dict[str, dict[str, int]] = {device.id: {} for device in placed}
        self.served = Served((loopback.INTERFACE,), {device.id: device.address for device in placed}, self.ports)
        self._waiting: list[tuple[socket.socket, SimDevice, Answerer]] = []
        self._udp: list[tuple[socket.socket, UdpProtocol, Mapping[str, socket.socket], list[SimDevice]]] = []
        self._endpoints: list[asyncio.DatagramTransport] = []
        self._servers: list[asyncio.Server] = []
        self._talks: set[asyncio.Task[None]] = set()
        self._later: set[asyncio.TimerHandle] = set()
        self._open: Counter[str] = Counter()

    # Sockets first, all of them, so that a failure leaves nothing half started.

    def open(self) -> None:
        loopback.allow_sockets(sum(len(device.speakers) + len(device.doors) * 3 for device in self.devices))
        notes = [*self._open_doors(), *self._open_udp()]
        if not self.own_addresses:
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
                wanted = door.port if self.own_addresses else _OWN_PORTS_FROM + index * 4 + number
                try:
                    made = loopback.tcp_at(device.address, wanted)
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
            return loopback.tcp_at(device.address, 0)
        except OSError:
            raise DemoError(
                f"This computer allows no more network connections after {len(self._waiting)}; ask for fewer simulated devices."
            ) from None

    def _open_udp(self) -> Iterable[str]:
        for protocol in PROTOCOLS:
            speaking = [d for d in self.devices if any(s.protocol in spoken_by(protocol) for s in d.speakers)]
            if not speaking:
                continue
            made: list[socket.socket] = []
            try:
                mouths = {}
                for address in dict.fromkeys(device.address for device in speaking):
                    mouths[address] = loopback.udp_at(address, protocol.port)
                    made.append(mouths[address])
                made += loopback.udp_ears(protocol.group, protocol.port, protocol.broadcast)
            except OSError:
                for one in made:
                    one.close()
                yield f"Another program keeps {protocol.title} to itself; the simulation goes on without it."
                continue
            for address, mouth in mouths.items():
                self._udp.append((mouth, protocol, mouths, [d for d in speaking if d.address == address]))
            self._udp += [(ear, protocol, mouths, speaking) for ear in made[len(mouths) :]]

    async def listen(self) -> None:
        loop = asyncio.get_running_loop()
        for one, protocol, mouths, devices in self._udp:
            ear = partial(_Ear, self, protocol, mouths, devices)
            self._endpoints.append((await loop.create_datagram_endpoint(ear, sock=one))[0])
        for made, device, answerer in self._waiting:
            talk = partial(self._talk, device, answerer)
            self._servers.append(await asyncio.start_server(talk, sock=made, limit=REQUEST_LIMIT_BYTES))

    async def _talk(
        self, device: SimDevice, answerer: Answerer, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        task = asyncio.current_task()
        if task is not None:
            self._talks.add(task)
        self._open[device.id] += 1
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
            "http_date": format_datetime(now, usegmt=True),
        }

    def _heard(self, device: SimDevice, asked: Asked) -> None:
        self.served.requests.append(
            Request(device.id, asked.protocol, asked.line, asked.operation, asked.credentials, asked.writes)
        )

    def heard_udp(self, devices: list[SimDevice], question: Question, to_all: bool) -> None:
        """Keeps a question that came by UDP."""
        who = "*" if to_all or len(devices) != 1 else devices[0].id
        self.served.requests.append(Request(who, question.protocol, question.line, question.operation, False, question.writes))

    def answer_later(
        self, mouth: socket.socket, device: SimDevice, speaker: Speaker, values: Mapping[str, str], to: tuple[str, int]
    ) -> None:
        """Sends one answer after the time the device takes."""
        faults, protocol = device.faults, speaker.protocol
        if faults.has(protocol, "silent"):
            return
        loop = asyncio.get_running_loop()

        def send() -> None:
            self._later.discard(handle)
            whole = speaker.reply.render({**self._values(device), **values}, faults.lie_bytes(protocol))
            for _ in range(int(faults.value(protocol, "repeat") or 1)):
                with contextlib.suppress(OSError):
                    mouth.sendto(faults.cut(protocol, whole), to)

        handle = loop.call_later(_random.uniform(0, self.answer_within_s) + faults.delay_s(protocol), send)
        self._later.add(handle)

    async def close(self) -> None:
        for handle in self._later:
            handle.cancel()
        for server in self._servers:
            server.close()
        for task in list(self._talks):
            task.cancel()
        await asyncio.gather(*self._talks, return_exceptions=True)
        for endpoint in self._endpoints:
            endpoint.abort()
        await asyncio.sleep(0)
        for one, *_ in self._udp:
            one.close()
        for made, *_ in self._waiting:
            made.close()
        await asyncio.sleep(0)


class _Ear(asyncio.DatagramProtocol):
    """Hears one protocol on one socket and has the devices there answer."""

    def __init__(
        self, running: _Running, protocol: UdpProtocol, mouths: Mapping[str, socket.socket], devices: list[SimDevice]
    ) -> None:
        self._running, self._protocol, self._mouths, self._devices = running, protocol, mouths, devices

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        if not addr[0].startswith("127."):
            return  # The simulation speaks to this computer only.
        question = self._protocol.read(data)
        if question is None:
            return
        self._running.heard_udp(self._devices, question, len(self._devices) > 1)
        to = (self._protocol.group, self._protocol.port) if self._protocol.to == "group" else addr
        if self._protocol.name == "mdns" and addr[1] != self._protocol.port:
            to = addr  # A plain resolver gets its answer directly. Source: RFC 6762, 6.7.
        for device in self._devices:
            for speaker in device.speakers:
                if speaker.protocol != question.protocol or (speaker.deaf_to and speaker.deaf_to.encode() in data):
                    continue
                for values in self._protocol.answers(speaker, question):
                    self._running.answer_later(self._mouths[device.address], device, speaker, values, to)
