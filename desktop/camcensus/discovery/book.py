"""The book of a scan: turns replies into observations, and knows which hosts were heard and may be asked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from ipaddress import IPv4Network

from camcensus.discovery.host import Host
from camcensus.discovery.neighbours import Neighbour, on_card
from camcensus.discovery.pace import Turnstile
from camcensus.discovery.probe import Door, Reply, Tally
from camcensus.discovery.scope import may_contact, network_of
from camcensus.discovery.ssdp import description_door
from camcensus.model.observation import RAW_LIMIT_BYTES, Observation, Reading
from camcensus.model.scan import Interface, Scope
from camcensus.wire.read import read, redact
from camcensus.wire.text import split_url


@dataclass(slots=True)
class Book:
    """What a scan knows so far. `tell` gets each observation as it is made."""

    scope: Scope
    turnstile: Turnstile
    tell: Callable[[Observation], None]
    is_camera_mac: Callable[[str], bool]
    clock: Callable[[], datetime]
    hosts: dict[str, Host] = field(default_factory=dict)
    answered: set[str] = field(default_factory=set)
    outside: set[str] = field(default_factory=set)
    tallies: dict[tuple[str, str], Tally] = field(default_factory=dict)
    macs: dict[str, str | None] = field(default_factory=dict)
    neighbours: dict[str, int] = field(default_factory=dict)
    last_new_s: float = 0.0
    _told_macs: set[tuple[str, str]] = field(default_factory=set)
    _cameras: set[str] = field(default_factory=set)

    def take(self, reply: Reply) -> None:
        """Makes and tells the observation, and learns from it where else the host may be asked."""
        raw = redact(reply.probe, reply.raw[:RAW_LIMIT_BYTES])
        reading = read(reply.probe, reply.ask, raw)
        mac = reply.mac or self.macs.get(reply.address)
        self.tell(
            Observation(
                probe=reply.probe,
                address=reply.address,
                at=stamp(self.clock()),
                raw=raw,
                ask=reply.ask,
                network=reply.interface.network if reply.interface else None,
                port=reply.port,
                mac=mac,
                cut=reply.cut or len(reply.raw) > RAW_LIMIT_BYTES,
                reading=reading,
            )
        )
        if reply.probe != "neighbour" and reply.address not in self.answered:
            self.answered.add(reply.address)
            self.last_new_s = self.turnstile.now()
        if not reply.contact:
            return
        if not may_contact(reply.address, self._networks(reply.interface)):
            self.outside.add(reply.address)
            return
        host = self.host(reply.address, reply.interface)
        host.heard_by.add(reply.probe)
        host.alive = host.alive or reply.probe != "neighbour"
        if reply.probe in _ANNOUNCING:
            host.announced = True
        for door in (*reply.doors, *doors_of(reply, reading)):
            host.doors.setdefault(door)
        if _speaks_as_camera(reply.probe, reading):
            self._cameras.add(reply.address)
        host.is_other = reply.address not in self._cameras and (host.is_other or "other" in reading.all("kind"))

    def host(self, address: str, interface: Interface | None) -> Host:
        """The host at an address; a new one where it was not heard of yet."""
        known = self.hosts.get(address)
        if known is None:
            network = self.network_name(address, interface)
            known = self.hosts[address] = Host(
                address=address,
                turnstile=self.turnstile,
                tally=lambda probe: self.tallies.setdefault((probe, network), Tally()),
                interface=interface,
                mac=self.macs.get(address),
            )
        return known

    def network_name(self, address: str, interface: Interface | None) -> str:
        """How coverage names the network of an address: the card's, else the range that was named."""
        if interface is not None:
            return str(network_of(interface))
        return next((text for text in self.scope.ranges if may_contact(address, [IPv4Network(text)])), address)

    def card_of(self, address: str) -> Interface | None:
        """The card whose network an address is in, None beyond a router."""
        return next((card for card in self.scope.interfaces if may_contact(address, [network_of(card)])), None)

    def learn(self, table: tuple[Neighbour, ...]) -> None:
        """Takes the system's neighbour table: MACs of hosts heard, and neighbours with a camera maker's MAC."""
        for card in self.scope.interfaces:
            known = on_card(table, card)
            self.macs.update(known)
            self.neighbours[str(network_of(card))] = sum(mac is not None for mac in known.values())
            for address, mac in known.items():
                if mac is None or (address, mac) in self._told_macs:
                    continue
                if address not in self.answered and not self.is_camera_mac(mac):
                    continue
                self._told_macs.add((address, mac))
                if address in self.hosts:
                    self.hosts[address].mac = mac
                self.take(Reply(probe="neighbour", address=address, port=None, raw=b"", interface=card, mac=mac))

    def _networks(self, interface: Interface | None) -> list[IPv4Network]:
        ranges = [IPv4Network(text) for text in self.scope.ranges]
        return [*ranges, network_of(interface)] if interface else ranges


_ANNOUNCING = frozenset({"wsdiscovery", "sadp", "dhip", "dahua-v1", "ssdp", "mdns"})
_CAMERA_PROBES = frozenset({"sadp", "dhip", "dahua-v1"})


def _speaks_as_camera(probe: str, reading: Reading) -> bool:
    if probe in _CAMERA_PROBES and reading.state == "read":
        return True
    return any(kind != "other" for kind in reading.all("kind")) or any(
        kind.startswith("NetworkVideo") for kind in reading.all("onvif.type")
    )


def doors_of(reply: Reply, reading: Reading) -> tuple[Door, ...]:
    """The ports that a reply announces. Hosts in it are not looked at, but to put ports of the sender itself first."""
    doors: list[tuple[bool, Door]] = []
    for url in reading.all("onvif.xaddr") if reply.probe == "wsdiscovery" else ():
        parts = split_url(url)
        if parts is None or parts[0] not in ("http", "https"):
            continue
        scheme, host, port, path = parts
        kind = "onvif" if "/lapi/" not in path.lower() else "http"
        number = port or (443 if scheme == "https" else 80)
        doors.append((host != reply.address, Door(kind + ("s" if scheme == "https" else ""), number, path)))
    if reply.probe in _ANNOUNCING:
        doors += [(False, Door("http", int(port))) for port in reading.all("http_port") if port.isdecimal()]
    for location in reading.all("ssdp.location"):
        door = description_door(location, reply.address)
        if door is not None:
            doors.append((False, door))
    return tuple(door for _, door in sorted(doors, key=lambda one: one[0]))


def stamp(moment: datetime) -> str:
    """UTC, ISO 8601 to the millisecond, ending in Z."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
