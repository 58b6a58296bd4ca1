"""Small networks of devices, routers and extenders, in memory: what a search sees of one, and which device a login reaches.

A site is a set of addresses. Behind each stands a box at each TCP port, and the boxes that answer by UDP; the neighbour table
has a MAC address for it or none. All else is Camcensus itself: keeping searches, judging, and reading with a login.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import itertools
import re
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

import samples
from camcensus.cli.logins import reading as read_by_command
from camcensus.discovery.exchange import ExchangeOutcome
from camcensus.discovery.login import Login
from camcensus.discovery.neighbours import Neighbour
from camcensus.discovery.pace import Turnstile
from camcensus.discovery.target import Target
from camcensus.model.logins import LoginAllowances
from camcensus.model.observation import Observation
from camcensus.model.verdict import Verdict
from camcensus.store.inventory import Inventory
from camcensus.tasks.finding.census import Census
from camcensus.tasks.finding.signed_in import SignedIn, with_signed_in
from camcensus.tasks.register import reading
from camcensus.tasks.register import verbs as register
from camcensus.wire.read import read
from discovery import packets
from discovery.servers import http
from tasks.finding.test_known_by import BEGAN, KNOWLEDGE, search

COUNTED = itertools.count(1)
INSIDE = "192.168.77.9"
"""What a device behind a router that forwards ports says its address is."""


@dataclass(frozen=True)
class Box:
    """A device and what it shows: its endpoint id, Dahua's own answer, its serial number by ONVIF, a certificate."""

    number: int
    tells: frozenset[str] = frozenset({"uuid", "dhip", "serial"})
    model: str = "A"
    serial: str = ""
    certificate: bool = False
    claims: str = ""
    """The MAC address that it says is its own, where that is another's."""
    id_of: int = 0
    """The device whose endpoint id it shows."""
    front: str = ""
    """Its front page, with a count in place of each #."""

    @property
    def mac(self) -> str:
        return f"3c:ef:8c:{self.number >> 16:02x}:{self.number >> 8 & 255:02x}:{self.number & 255:02x}"

    @property
    def its_serial(self) -> str:
        return self.serial or f"6C{self.number:05}PAG00001"

    @property
    def page(self) -> bytes:
        if self.front:
            return http(re.sub("#", lambda _: str(next(COUNTED)), self.front).encode())
        asks = f'WWW-Authenticate: Digest qop="auth", realm="IP Camera({self.model})", nonce="4e54"'
        return http(b"", asks.encode(), status=b"401 Unauthorized")

    def by_udp(self, probe: str, address: str, port: int) -> bytes | None:
        """What it answers to a question by UDP; the address and port are those that it has."""
        if probe == "wsdiscovery" and "uuid" in self.tells:
            return packets.match_of(address, port, f"cea94000-fb96-11b3-8260-a{self.id_of or self.number:011d}")
        if probe == "dhip" and "dhip" in self.tells:
            return packets.dhip_of(address, port, self.claims or self.mac, self.its_serial)
        return None

    def answer(self, request: bytes) -> bytes:
        """What its web server answers."""
        if request.startswith(b"GET / "):
            return self.page
        if b"GetDeviceInformation" in request and "serial" in self.tells:
            return http(packets.information_of(self.its_serial))
        if b"/cgi-bin/" not in request:
            return http(b"no", status=b"404 Not Found")
        if b"\r\nAuthorization:" in request and b"getSystemInfo" in request and "login" in self.tells:
            return http(f"serialNumber={self.its_serial}\r\n".encode())
        if b"\r\nAuthorization:" in request:
            return http(b"table.T2UServer.Enable=false\r\n")
        asks = f'WWW-Authenticate: Digest realm="{self.model}", qop="auth", nonce="n{id(request)}"'
        return http(b"", asks.encode(), status=b"401 Unauthorized")


@dataclass(frozen=True)
class Spot:
    """One address: the box behind each port, those that answer by UDP, the MAC address in the neighbour table.

    `inside` where a router forwards to them, so that they say another address is theirs. By UDP the port they name is what
    it `says`, else the first.
    """

    doors: Mapping[int, Box]
    udp: tuple[Box, ...] = ()
    mac: str | None = None
    inside: bool = False
    says: int = 0

    def heard(self, probe: str, address: str) -> list[bytes]:
        port = self.says or min(self.doors, default=80)
        at = (INSIDE, 80) if self.inside else (address, port)
        return [raw for box in self.udp if (raw := box.by_udp(probe, *at)) is not None]

    def face(self, port: int) -> tuple[tuple[object, ...] | None, str | None, list[list[bytes]]]:
        """All that it shows: at a port, in the neighbour table, by UDP."""
        box = self.doors.get(port)
        door = (box.model, box.front, box.certificate and box.number, "serial" in box.tells and box.its_serial) if box else None
        return door, self.mac, [self.heard(probe, "") for probe in ("wsdiscovery", "dhip")]


Site = dict[str, Spot]


def home(box: Box, *ports: int, mac: str | None = "own") -> Spot:
    """A device at an address of its own: on this network, or without `mac` behind a router that forwards nothing."""
    return Spot(dict.fromkeys(ports or (80,), box), (box,), box.mac if mac == "own" else mac)


def seen_of(site: Site, week: int) -> list[Observation]:
    """What a search of a week saw."""
    found = []
    for address, spot in site.items():
        at = (BEGAN + timedelta(weeks=week, minutes=5)).strftime("%Y-%m-%dT%H:%M:%SZ")
        common: dict[str, Any] = {"address": address, "mac": spot.mac, "at": at}

        def told(probe: str, port: int, raw: bytes, ask: str | None = None, common: dict[str, Any] = common) -> Observation:
            return samples.observation(1, **common, probe=probe, ask=ask, port=port, raw=raw, reading=read(probe, ask, raw))

        for port, box in spot.doors.items():
            found.append(told("http", port, box.page, "GET /"))
            if "serial" in box.tells:
                found.append(told("onvif.GetDeviceInformation", port, packets.information_of(box.its_serial)))
            if box.certificate:
                found.append(told("tls", port, certificate_of(box)))
        for probe, port in (("wsdiscovery", 3702), ("dhip", 37810)):
            found += [told(probe, port, raw) for raw in spot.heard(probe, address)]
    return found


def certificate_of(box: Box) -> bytes:
    return f"certificate {box.number}".encode()


@dataclass
class Line:
    """A connection to a port, as `exchange.connect` gives one; it notes who was told a login."""

    wire: Wire
    address: str
    port: int
    tls: bool
    open: bool = True
    late: bool = False
    tls_version: str = "TLSv1.3"

    @property
    def box(self) -> Box:
        return self.wire.site[self.address].doors[self.port]

    @property
    def certificate(self) -> bytes | None:
        return certificate_of(self.box) if self.tls and self.box.certificate else None

    async def ask(self, question: bytes, **_: object) -> ExchangeOutcome:
        if b"\r\nAuthorization:" in question or b"UsernameToken" in question:
            self.wire.told.add((self.address, self.port))
            self.wire.logins += 1
        return ExchangeOutcome(outcome="answered", raw=self.box.answer(question), certificate=self.certificate)

    def hold(self) -> None:
        pass

    async def stays_open(self) -> bool:
        return self.open

    def close(self) -> None:
        self.open = False


@dataclass
class Wire:
    """The network as it is now, and the doors that were told a login."""

    site: Site
    told: set[tuple[str, int]] = field(default_factory=set)
    logins: int = 0
    """The questions that went with one."""

    def plug(self, patch: pytest.MonkeyPatch) -> None:
        """Lets everything that Camcensus asks go to this network."""

        async def connect(address: str, port: int, *, tls: bool = False, **_: object) -> Line | ExchangeOutcome:
            box = self.site[address].doors.get(port) if address in self.site else None
            if box is None or tls != box.certificate:
                return ExchangeOutcome(outcome="refused")
            return Line(self, address, port, tls)

        async def table() -> tuple[Neighbour, ...]:
            return tuple(Neighbour(address, spot.mac) for address, spot in self.site.items() if spot.mac)

        async def by_udp(target: Target, known: Observation, _: Turnstile) -> list[bytes]:
            return self.site[target.address].heard(known.probe, target.address) if target.address in self.site else []

        @contextlib.asynccontextmanager
        async def turn(*_: object) -> AsyncIterator[None]:
            yield

        patch.setattr("camcensus.discovery.host.connect", connect)
        patch.setattr("camcensus.discovery.session.read_neighbours", table)
        patch.setattr("camcensus.discovery.signed_in.read_neighbours", table)
        patch.setattr("camcensus.discovery.asked_again._by_udp", by_udp)
        patch.setattr("camcensus.tasks.finding.signed_in.every_interface", tuple)
        patch.setattr(Turnstile, "turn", turn)
        patch.setattr(reading, "verdicts_of", lambda inventory, rows: [as_camera(one) for one in verdicts_of(inventory, rows)])


verdicts_of = reading.verdicts_of


def as_camera(one: Verdict) -> Verdict:
    """Taken for a camera of Dahua's, which a page alone does not say."""
    kind, made_by = replace(one.description, kind="camera"), replace(one.attribution, manufacturer="dahua")
    return replace(one, description=kind, attribution=made_by)


@dataclass(frozen=True)
class Outcome:
    """Of each address what was asked about it, and the doors that were told a login. `read` is what a command read."""

    asked: dict[tuple[str, int], str]
    said: dict[str, str]
    told: set[tuple[str, int]]
    read: SignedIn | None = None


def by_window(inventory: Inventory, wire: Wire, folder: Path, week: int, yes: frozenset[str] = frozenset()) -> Outcome:
    """A login typed into the window for all that is known, half an hour into a week: after a search of that week."""
    rows = tuple(row for row in register.rows(inventory, KNOWLEDGE) if row.verdict)
    wish = reading.ReadingRequest(rows, Login("admin", "x"), "R. Khan", LoginAllowances(changed=yes))
    wire.told.clear()
    wire.logins = 0
    result = asyncio.run(
        reading.read_rows(
            inventory, wish, lambda _: None, knowledge=KNOWLEDGE, clock=lambda: BEGAN + timedelta(weeks=week, minutes=30),
            by="R. Khan", folder=folder,
        )
    )  # fmt: skip
    at = {row.asset.id: row.addresses[0] for row in rows}
    asked = {(at[one.asset], number): one.ask for number, one in enumerate(result.outcomes) if one.ask}
    return Outcome(asked, {at[one.asset]: one.say for one in result.outcomes}, set(wire.told))


def by_command(inventory: Inventory, wire: Wire, folder: Path, found: Census, yes: frozenset[str] = frozenset()) -> Outcome:
    """`scan --login`: what a search `found` is read, and kept with what it told."""
    found = replace(found, verdicts=tuple(map(as_camera, found.verdicts)))
    arguments = argparse.Namespace(
        only=[], pace="fast", allow_clock=False, allow_clear_in_tls=False, allow_changed=sorted(yes), login_again=False
    )
    wire.told.clear()
    wire.logins = 0
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CAMCENSUS_DATA", str(folder))
        result = asyncio.run(
            read_by_command(
                found, Login("admin", "x"), arguments, lambda _: None, inventory=inventory, exclude=(),
                clock=lambda: BEGAN + timedelta(weeks=30), knowledge=KNOWLEDGE,
            )
        )  # fmt: skip
    asked = {(one.address, number): one.outcome.ask for number, one in enumerate(result.outcomes) if one.outcome.ask}
    return Outcome(asked, {one.address: one.outcome.say for one in result.outcomes}, set(wire.told), result)


def log_in(
    way: str, inventory: Inventory, wire: Wire, folder: Path, week: int, yes: frozenset[str] = frozenset(), *, seen: Site | None = None
) -> Outcome:  # fmt: skip
    """A login in one of the two ways. By command a search of the week comes first, which saw `seen` (or what is there now)."""
    if way == "window":
        return by_window(inventory, wire, folder, week, yes)
    found = search(week, seen_of(seen or wire.site, week))
    outcome = by_command(inventory, wire, folder, found, yes)
    assert outcome.read is not None
    found = with_signed_in(found, outcome.read, KNOWLEDGE)
    register.save_census(inventory, found, KNOWLEDGE, BEGAN + timedelta(weeks=week, minutes=10), outcome.read.others)
    return outcome
