"""The book of a scan: turns replies into observations, and knows which hosts were heard and may be asked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from ipaddress import IPv4Address, IPv4Network

from camcensus.discovery.doctor import Findings
from camcensus.discovery.homes import Homes, Key, network_in
from camcensus.discovery.host import Host
from camcensus.discovery.neighbours import Neighbour, on_card
from camcensus.discovery.pace import CONNECTIONS, MULTICAST_PORTS, Turnstile
from camcensus.discovery.probe import Network, Reply, ServedPort, Tally
from camcensus.discovery.scope import is_link_local_6, may_contact, network_of, networks_of
from camcensus.discovery.ssdp import description_door
from camcensus.model.device import RAW_LIMIT_BYTES, Observation, Reading
from camcensus.model.numbers import mac_of_ipv6
from camcensus.model.scan import Interface, Scope
from camcensus.wire.fields import split_url
from camcensus.wire.read import read, redact

ONE_FOR_MANY, ONE_FOR_ALL = 32, 0.9
"""So many addresses with one page, and beyond a router such a share of a range, are one machine that answers for them."""
_PAGE = ("http.status", "http.title", "http.server", "http.realm", "tls.subject")
UNSURE_S = 1.5
"""How long a reply waits for the neighbour table where two cards have networks with the same addresses."""
NUDGES = 8
"""Questions to single hosts that make the system look for their MAC addresses; one that is the same on two cards is enough."""


@dataclass(slots=True)
class Book:
    """What a scan knows so far. `tell` gets each observation as it is made."""

    scope: Scope
    turnstile: Turnstile
    tell: Callable[[Observation], None]
    is_camera_mac: Callable[[str], bool]
    clock: Callable[[], datetime]
    nudge: Callable[[str, Interface], bool] | None = None
    """Sends one question to an address by a card; False where it was not sent."""
    hosts: dict[Key, Host] = field(default_factory=dict)
    answered: set[Key] = field(default_factory=set)
    outside: set[Key] = field(default_factory=set)
    tallies: dict[tuple[str, str], Tally] = field(default_factory=dict)
    neighbours: dict[str, int] = field(default_factory=dict)
    last_new_s: float = 0.0
    homes: Homes = field(init=False)
    _told_macs: set[tuple[Key, str]] = field(default_factory=set)
    _quiet: dict[Key, Interface] = field(default_factory=dict)
    _waiting: list[tuple[float, Reply]] = field(default_factory=list)
    _nudged: set[Key] = field(default_factory=set)
    _pages: dict[Key, set[tuple[str, ...]]] = field(default_factory=dict)
    _cameras: set[Key] = field(default_factory=set)
    _same: dict[str, set[Key]] = field(default_factory=dict)

    _names: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        self.homes = Homes(self.scope)
        self._names = {card.network: str(network_of(card)) for card in self.scope.interfaces}

    def take(self, reply: Reply) -> None:
        """Makes and tells the observation, and learns from it where else the host may be asked.

        What was only overheard and breaks its protocol is no device: another computer's question, or another program's noise.
        Where it is not sure on which card's network the host lives, the reply waits for the neighbour table.
        """
        if self.homes.is_sure(reply.address, reply.interface):
            self._enter(reply)
            return
        self._waiting.append((self.turnstile.now(), reply))
        for card in self.homes.cards_of(reply.address):
            key = (card.network, reply.address)
            if self.nudge and len(self._nudged) < NUDGES and key not in self._nudged and self.nudge(reply.address, card):
                self._nudged.add(key)

    @property
    def is_unsure(self) -> bool:
        """Whether replies wait for the neighbour table."""
        return bool(self._waiting)

    def _enter(self, reply: Reply) -> None:
        raw = redact(reply.probe, reply.raw[:RAW_LIMIT_BYTES])
        reading = read(reply.probe, reply.ask, raw)
        if reply.overheard and reading.state == "broken":
            return
        home = self.homes.of(reply.address, reply.interface)
        key = (home.network if home else "", reply.address)
        self.tell(
            Observation(
                probe=reply.probe,
                address=reply.address,
                at=utc_millisecond(self.clock()),
                raw=raw,
                ask=reply.ask,
                network=home.network if home else None,
                port=reply.port,
                mac=reply.mac or self._mac_of(key, reply.interface),
                cut=reply.cut or len(reply.raw) > RAW_LIMIT_BYTES,
                reading=reading,
            )
        )
        if reply.probe != "neighbour" and key not in self.answered:
            self.answered.add(key)
            if reply.probe in ANNOUNCING:
                self.last_new_s = self.turnstile.now()
        if not reply.contact:
            return
        if not self._may_contact(reply.address, home):
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
        if _speaks_as_camera(reply.probe, reading):
            self._cameras.add(key)
        if reply.probe != "neighbour":
            self._pages.setdefault(key, set()).add((reply.probe, *(reading.first(name) or "" for name in _PAGE)))
        host.is_other = key not in self._cameras and (host.is_other or "other" in reading.all("kind"))

    def _mac_of(self, key: Key, heard_on: Interface | None) -> str | None:
        """What the neighbour table says, also where it is the table of the other card on one network."""
        return self.homes.own_mac(*key) or (self.homes.own_mac(heard_on.network, key[1]) if heard_on and key[0] else None)

    def host(self, address: str, heard_on: Interface | None) -> Host:
        """The host at an address; a new one where it was not heard of yet, which is reached by the card it was heard on."""
        home = self.homes.of(address, heard_on)
        known = self.hosts.get((home.network if home else "", address))
        return known or self.meet(self.unheard(address, heard_on if home else None))

    def unheard(self, address: str, card: Interface | None) -> Host:
        """A host to look for by a card, of which nothing is known yet, and which may not exist."""
        network = str(network_of(card)) if card else network_in(self.scope.ranges, address)
        return Host(
            address=address,
            network=card.network if card else "",
            turnstile=self.turnstile,
            tally=lambda probe: self.tallies.setdefault((probe, network), Tally()),
            interface=card,
            most=CONNECTIONS,
        )

    def meet(self, host: Host) -> Host:
        """Takes a host that was looked for among those that exist; where it was heard meanwhile, that one."""
        home = self.homes.of(host.address, host.interface)
        host.network = home.network if home else ""
        known = self.hosts.setdefault(host.key, host)
        known.mac = known.mac or self._mac_of(host.key, host.interface)
        if known is not host:
            known.knocked_at_s = max(known.knocked_at_s, host.knocked_at_s)
            known.sent += host.sent
            known.begun += host.begun
            known.opened += host.opened
            known.closed |= host.closed
            if host.late is not None:
                known.answers(late=host.late)
        return known

    def is_alive(self, key: Key) -> bool:
        """Whether anything was heard from a host."""
        return key in self.answered

    def is_camera(self, host: Host) -> bool:
        """Whether something that only a camera or recorder says was heard from it."""
        return host.key in self._cameras

    def is_heard_otherwise(self, host: Host) -> bool:
        """Whether a host heard by link-local IPv6 is one that is reached by IPv4: same endpoint id or MAC address."""
        mac = mac_of_ipv6(host.address)
        if mac and self.homes.has_mac(mac):
            return True
        return any(
            host.key in keys and any("." in address for _, address in keys) for keys in self._same.values() if len(keys) > 1
        )

    def learn(self, table: tuple[Neighbour, ...]) -> None:
        """Takes the system's neighbour table: MAC addresses of hosts heard, and neighbours with a camera maker's.

        Of those that never answer the MAC address is told in the end, by `end`: only then is it known to be no router's.
        """
        for card in self.scope.interfaces:
            known = on_card(table, card)
            self.homes.learn(card, known)
        self._enter_waiting(self.turnstile.now() - UNSURE_S)
        for card in self.scope.interfaces:
            for address, mac in on_card(table, card).items():
                if mac is None or not self.homes.is_sure(address, card) or self.homes.is_routers(card.network, address):
                    continue
                home = self.homes.of(address, card)
                key = (home.network if home else "", address)
                if (key, mac) in self._told_macs:
                    continue
                if key in self.answered:
                    self._tell_mac(key, card, mac)
                elif self.is_camera_mac(mac) and key not in self._quiet:
                    self._quiet[key] = card
                    if self._may_contact(address, home):
                        host = self.host(address, card)
                        host.mac = mac
                        host.heard_by.add("neighbour")
            self.neighbours[str(network_of(card))] = self.homes.known_on(card)

    def end(self) -> None:
        """Tells what waits: replies of which it is not sure on which network they are, and neighbours that never answered."""
        self._enter_waiting(float("inf"))
        for key, card in self._quiet.items():
            mac = self.homes.own_mac(card.network, key[1])
            if mac and self.is_camera_mac(mac) and (key, mac) not in self._told_macs and not self.homes.is_empty(*key):
                self._tell_mac(key, card, mac)

    def _tell_mac(self, key: Key, card: Interface, mac: str) -> None:
        self._told_macs.add((key, mac))
        if key in self.hosts:
            self.hosts[key].mac = mac
        self._enter(Reply(probe="neighbour", address=key[1], port=None, raw=b"", interface=card, mac=mac))

    def _enter_waiting(self, since_s: float) -> None:
        """Takes replies that waited: those of which it is sure now where they are from, and those from `since_s` or before."""
        waiting, self._waiting = self._waiting, []
        for at_s, reply in waiting:
            if at_s <= since_s or self.homes.is_sure(reply.address, reply.interface):
                self._enter(reply)
            else:
                self._waiting.append((at_s, reply))

    def findings(self, networks: Sequence[Network]) -> Findings:
        """What the doctor is told."""
        return Findings(
            neighbours=dict(self.neighbours),
            outside=tuple(sorted({address for _, address in self.outside})),
            lost=tuple(one.interface.name for one in networks if one.lost),
            heard=frozenset(self._names.get(network, "") for network, _ in self.answered),
            one_for_many={where: len(keys) for where, keys in self.one_for_many().items()},
        )

    def one_for_many(self) -> dict[str, list[Key]]:
        """By network or range, the addresses at which one machine answers for all, such as a guest network's login page.

        They show one web page and nothing else. On a network of this computer they all have a router's MAC address; beyond a
        router they are nearly all of a range.
        """
        found: dict[str, list[Key]] = {}
        alike: dict[tuple[str, frozenset[tuple[str, ...]]], list[Key]] = {}
        for key, pages in self._pages.items():
            is_behind = self.homes.is_routers(*key) if key[0] else ":" not in key[1]
            if is_behind and all(probe in ("http", "tls") for probe, *_ in pages):
                where = self._names.get(key[0]) or network_in(self.scope.ranges, key[1])
                alike.setdefault((where, frozenset(pages)), []).append(key)
        for (where, _), keys in alike.items():
            least = 0 if keys[0][0] else IPv4Network(where).num_addresses * ONE_FOR_ALL
            if len(keys) >= max(ONE_FOR_MANY, least):
                found[where] = sorted(keys, key=lambda key: IPv4Address(key[1]))
        return found

    def _may_contact(self, address: str, home: Interface | None) -> bool:
        if ":" in address:
            return home is not None and is_link_local_6(address) and self.turnstile.may_touch(address)
        networks = networks_of(self.scope.ranges)
        return may_contact(address, [*networks, network_of(home)] if home else networks, self.turnstile.exclude)


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


def doors_of(reply: Reply, reading: Reading) -> tuple[ServedPort, ...]:
    """The ports that a reply announces. Hosts in it are not looked at, but to put ports of the sender itself first."""
    doors: list[tuple[bool, ServedPort]] = []
    for url in reading.all("onvif.xaddr") if reply.probe == "wsdiscovery" else ():
        parts = split_url(url)
        if parts is None or parts[0] not in ("http", "https"):
            continue
        scheme, host, port, path = parts
        kind = "onvif" if "/lapi/" not in path.lower() else "http"
        number = port or (443 if scheme == "https" else 80)
        doors.append((host != reply.address, ServedPort(kind + ("s" if scheme == "https" else ""), number, path)))
    if reply.probe in ANNOUNCING:
        doors += [(False, ServedPort("http", int(port))) for port in reading.all("http_port") if port.isdecimal()]
    for location in reading.all("ssdp.location"):
        door = description_door(location, reply.address)
        if door is not None:
            doors.append((False, door))
    return tuple(door for _, door in sorted(doors, key=lambda one: one[0]))


def utc_millisecond(moment: datetime) -> str:
    """UTC, ISO 8601 to the millisecond, ending in Z."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
