"""The book of a scan: turns replies into observations, and knows which hosts were heard and may be asked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from ipaddress import IPv4Network, IPv6Address

from camcensus.discovery.doctor import Findings
from camcensus.discovery.host import Host
from camcensus.discovery.neighbours import Neighbour, on_card
from camcensus.discovery.pace import MULTICAST_PORTS, Turnstile
from camcensus.discovery.probe import Door, Network, Reply, Tally
from camcensus.discovery.scope import is_link_local_6, may_contact, network_of, networks_of
from camcensus.discovery.ssdp import description_door
from camcensus.model.observation import RAW_LIMIT_BYTES, Observation, Reading
from camcensus.model.scan import Interface, Scope
from camcensus.wire.read import read, redact
from camcensus.wire.text import split_url

Key = tuple[str, str]
"""The card's network as observations name it ("" beyond a router), and the address: on two cards one address is two hosts."""


@dataclass(slots=True)
class Book:
    """What a scan knows so far. `tell` gets each observation as it is made."""

    scope: Scope
    turnstile: Turnstile
    tell: Callable[[Observation], None]
    is_camera_mac: Callable[[str], bool]
    clock: Callable[[], datetime]
    hosts: dict[Key, Host] = field(default_factory=dict)
    answered: set[Key] = field(default_factory=set)
    outside: set[Key] = field(default_factory=set)
    overheard: int = 0
    tallies: dict[tuple[str, str], Tally] = field(default_factory=dict)
    macs: dict[Key, str | None] = field(default_factory=dict)
    neighbours: dict[str, int] = field(default_factory=dict)
    last_new_s: float = 0.0
    _told_macs: set[tuple[Key, str]] = field(default_factory=set)
    recorders: set[Key] = field(default_factory=set)
    _cameras: set[Key] = field(default_factory=set)
    _same: dict[str, set[Key]] = field(default_factory=dict)

    def take(self, reply: Reply) -> None:
        """Makes and tells the observation, and learns from it where else the host may be asked.

        What was only overheard and breaks its protocol is no device: another computer's question, or another program's noise.
        """
        raw = redact(reply.probe, reply.raw[:RAW_LIMIT_BYTES])
        reading = read(reply.probe, reply.ask, raw)
        if reply.overheard and reading.state == "broken":
            self.overheard += 1
            return
        key = (reply.interface.network if reply.interface else "", reply.address)
        self.tell(
            Observation(
                probe=reply.probe,
                address=reply.address,
                at=stamp(self.clock()),
                raw=raw,
                ask=reply.ask,
                network=reply.interface.network if reply.interface else None,
                port=reply.port,
                mac=reply.mac or self.macs.get(key),
                cut=reply.cut or len(reply.raw) > RAW_LIMIT_BYTES,
                reading=reading,
            )
        )
        if reply.probe != "neighbour" and key not in self.answered:
            self.answered.add(key)
            self.last_new_s = self.turnstile.now()
        if not reply.contact:
            return
        if not self._may_contact(reply.address, reply.interface):
            if self.turnstile.may_touch(reply.address):
                self.outside.add(key)
            return
        host = self.host(reply.address, reply.interface)
        host.heard_by.add(reply.probe)
        if reply.probe != "neighbour":
            host.alive = True
            host.heard_at_s = host.heard_at_s or self.turnstile.now()
        if reply.probe in ANNOUNCING:
            host.announced = True
        for door in (*reply.doors, *doors_of(reply, reading)):
            host.doors.setdefault(door)
        host.has_scopes = host.has_scopes or bool(reading.all("onvif.scope"))
        for same in (*reading.all("uuid"), *reading.all("mac")):
            self._same.setdefault(same, set()).add(key)
        if "recorder" in reading.all("kind"):
            self.recorders.add(key)
        if _speaks_as_camera(reply.probe, reading):
            self._cameras.add(key)
        host.is_other = key not in self._cameras and (host.is_other or "other" in reading.all("kind"))

    def host(self, address: str, interface: Interface | None) -> Host:
        """The host at an address; a new one where it was not heard of yet."""
        known = self.hosts.get((interface.network if interface else "", address))
        return known or self.meet(self.unheard(address, interface))

    def unheard(self, address: str, interface: Interface | None) -> Host:
        """A host to look for, of which nothing is known yet, and which may not exist."""
        network = self.network_name(address, interface)
        return Host(
            address=address,
            turnstile=self.turnstile,
            tally=lambda probe: self.tallies.setdefault((probe, network), Tally()),
            interface=interface,
        )

    def meet(self, host: Host) -> Host:
        """Takes a host that was looked for among those that exist; where it was heard meanwhile, that one."""
        known = self.hosts.setdefault(host.key, host)
        known.mac = known.mac or self.macs.get(host.key)
        if known is not host:
            known.knocked_at_s = max(known.knocked_at_s, host.knocked_at_s)
            known.sent += host.sent
        return known

    def is_alive(self, key: Key) -> bool:
        """Whether anything was heard from a host."""
        return key in self.answered

    def is_camera(self, host: Host) -> bool:
        """Whether something that only a camera or recorder says was heard from it."""
        return host.key in self._cameras

    def is_heard_otherwise(self, host: Host) -> bool:
        """Whether a host heard by link-local IPv6 is one that is reached by IPv4: same endpoint id or network number."""
        mac = mac_in(host.address)
        if mac and any(known == mac for (_, address), known in self.macs.items() if "." in address):
            return True
        return any(
            host.key in keys and any("." in address for _, address in keys) for keys in self._same.values() if len(keys) > 1
        )

    def network_name(self, address: str, interface: Interface | None) -> str:
        """How coverage names the network of an address: the card's, else the range that was named."""
        if interface is not None:
            return str(network_of(interface))
        return next((text for text in self.scope.ranges if may_contact(address, [IPv4Network(text)])), address)

    def cards_of(self, address: str) -> tuple[Interface | None, ...]:
        """The cards whose network an address is in; (None,) beyond a router."""
        return tuple(card for card in self.scope.interfaces if may_contact(address, [network_of(card)])) or (None,)

    def learn(self, table: tuple[Neighbour, ...]) -> None:
        """Takes the system's neighbour table: MACs of hosts heard, and neighbours with a camera maker's MAC."""
        for card in self.scope.interfaces:
            known = on_card(table, card)
            for address, mac in known.items():
                key = (card.network, address)
                self.macs[key] = mac
                if mac is None or (key, mac) in self._told_macs:
                    continue
                if key not in self.answered and not self.is_camera_mac(mac):
                    continue
                self._told_macs.add((key, mac))
                if key in self.hosts:
                    self.hosts[key].mac = mac
                self.take(Reply(probe="neighbour", address=address, port=None, raw=b"", interface=card, mac=mac))
            there = sum(mac is not None for (network, _), mac in self.macs.items() if network == card.network)
            self.neighbours[str(network_of(card))] = there

    def findings(self, networks: Sequence[Network]) -> Findings:
        """What the doctor is told."""
        return Findings(
            answered=len(self.answered),
            neighbours=dict(self.neighbours),
            outside=tuple(sorted({address for _, address in self.outside})),
            lost=tuple(one.interface.name for one in networks if one.lost),
            recorders=len(self.recorders),
        )

    def _may_contact(self, address: str, interface: Interface | None) -> bool:
        if ":" in address:
            return interface is not None and is_link_local_6(address) and self.turnstile.may_touch(address)
        networks = networks_of(self.scope.ranges)
        return may_contact(address, [*networks, network_of(interface)] if interface else networks, self.turnstile.exclude)


ANNOUNCING = frozenset(MULTICAST_PORTS)
"""Probes that a host answers, or announces itself by, without having been asked alone."""
_CAMERA_PROBES = frozenset(MULTICAST_PORTS) - {"wsdiscovery", "ssdp", "mdns", "tp-link", "ubiquiti", "hid"}
"""Protocols that only cameras and recorders speak; TP-Link's plugs, Ubiquiti's switches and HID's controllers speak theirs."""


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
    if reply.probe in ANNOUNCING:
        doors += [(False, Door("http", int(port))) for port in reading.all("http_port") if port.isdecimal()]
    for location in reading.all("ssdp.location"):
        door = description_door(location, reply.address)
        if door is not None:
            doors.append((False, door))
    return tuple(door for _, door in sorted(doors, key=lambda one: one[0]))


def mac_in(address: str) -> str | None:
    """The network number that an IPv6 address is made from, None where it is not. Source: RFC 4291, appendix A."""
    try:
        packed = IPv6Address(address).packed[8:]
    except ValueError:
        return None
    if packed[3:5] != b"\xff\xfe":
        return None
    return bytes((packed[0] ^ 2, *packed[1:3], *packed[5:])).hex(":")


def stamp(moment: datetime) -> str:
    """UTC, ISO 8601 to the millisecond, ending in Z."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
