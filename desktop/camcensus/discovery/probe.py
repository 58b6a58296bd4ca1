"""The one interface of all that asks or listens, and the values it speaks in."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from ipaddress import IPv4Address, IPv4Interface, IPv4Network
from typing import Protocol

from camcensus.model import frozen
from camcensus.model.scan import CoverageState, Interface


@frozen
class ServedPort:
    """A TCP port that a device says it serves: "http", "https", "rtsp" or "onvif"/"onvifs" with the path of its service.

    There is no host in it: the only host ever contacted about a device is the address it answered from.
    """

    kind: str
    port: int
    path: str = "/"


@frozen(kw_only=True)
class Reply:
    """What one host sent, unchanged, and on which network it was heard (None: beyond a router)."""

    probe: str
    address: str
    port: int | None
    raw: bytes
    interface: Interface | None = None
    ask: str | None = None
    cut: bool = False
    mac: str | None = None
    doors: tuple[ServedPort, ...] = ()
    contact: bool = True
    """False where `address` is only claimed by the reply, not the address it came from."""
    overheard: bool = False
    """True where it answers nothing that we asked: what breaks its protocol is then no device."""


@dataclass(slots=True)
class Tally:
    """What one probe did on one network so far: datagrams or connections sent, answers received, and how it ended."""

    sent: int = 0
    received: int = 0
    state: CoverageState = "done"
    reason: str | None = None

    def blocked(self, reason: str) -> None:
        """Notes a failure: "blocked" where nothing could be sent or heard at all, else "partial". The first reason stays."""
        self.state = "partial" if self.sent or self.received else "blocked"
        self.reason = self.reason or reason

    def partial(self, reason: str) -> None:
        """Notes that something was left out."""
        if self.state == "done":
            self.state = "partial"
        self.reason = self.reason or reason


Emit = Callable[[Reply], None]


class Probe[Target](Protocol):
    """Asks or hears one target (a network, or a host) in one protocol and emits each reply.

    Raises nothing but what cancels it: a failure is a note in the target's tally.
    """

    name: str

    async def run(self, target: Target, emit: Emit) -> None: ...


@dataclass(slots=True)
class Network:
    """A network card to ask or to listen on. `passive` forbids sending. A probe listens until it is cancelled.

    `others` are this computer's other networks: what comes from there was not heard here. `exclude` gets nothing directly.
    `is_swept` where each address is asked.
    """

    interface: Interface
    passive: bool = False
    others: tuple[IPv4Network, ...] = ()
    exclude: tuple[IPv4Network, ...] = ()
    is_swept: bool = False
    lost: bool = False
    tallies: dict[str, Tally] = field(default_factory=dict)

    def tally(self, probe: str) -> Tally:
        """The counts of a probe here."""
        return self.tallies.setdefault(probe, Tally())

    def may_be_here(self, address: str) -> bool:
        """False for a sender that is on another network of this computer; a device with a wrong address may be anywhere."""
        try:
            sender = IPv4Address(address)
        except ValueError:
            return True
        if sender in IPv4Interface(self.interface.address).network:
            return True
        return not any(sender in network for network in self.others)

    def lose(self) -> None:
        """Notes that the card went away in the middle of the scan: nothing more is sent there."""
        self.lost = True
        for tally in self.tallies.values():
            if tally.reason == UNPLUGGED:
                tally.reason = None  # Something was sent before we saw that the card is gone: the same thing, told less well.
            tally.partial(LOST.format(self.interface.name))

    def come_back(self) -> None:
        """Notes that the card is there again, and that all who are on its network are asked again."""
        self.lost = False
        for tally in self.tallies.values():
            if tally.reason in (LOST.format(self.interface.name), UNPLUGGED):
                tally.state, tally.reason = "done", None


UNPLUGGED = "The network card is not connected: check the cable or Wi-Fi, then search again."
LOST = "The network card {} went away during the search; what was found before is kept: connect it and search again."


class RepeatFilter:
    """Tells a reply from a repeat of it: devices answer each round of questions again."""

    def __init__(self) -> None:
        self._digests: set[bytes] = set()

    def is_new(self, address: str, content: bytes) -> bool:
        """Whether this address has not sent this content before."""
        digest = hashlib.sha256(address.encode() + b"\0" + content).digest()
        if digest in self._digests:
            return False
        self._digests.add(digest)
        return True


async def forever() -> None:
    """Waits until cancelled: a probe that has asked keeps listening, because some replies come late."""
    await asyncio.get_running_loop().create_future()
