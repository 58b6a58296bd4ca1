"""A device that a person chose for reading with a login: where it is, how it is asked, and how it is known again."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from ipaddress import IPv4Address

from camcensus.discovery.book import doors_of
from camcensus.discovery.onvif_open import DEVICE_PATH
from camcensus.discovery.pace import TLS_PORTS, may_ask
from camcensus.discovery.probe import Reply, ServedPort
from camcensus.discovery.scope import LINK_LOCAL, LOOPBACK, METADATA, PRIVATE, network_of
from camcensus.identity.known_by import Marks
from camcensus.model.device import Device
from camcensus.model.observation import Observation
from camcensus.model.scan import Interface


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Where a device answered, and what it showed there.

    `keys` are those it is known by. `mac` is its newest MAC address in the neighbour table, None beyond a router. `web` and
    `onvif` are its doors, best first. `certificates` maps a port to the certificate (DER) that it showed last. `known` are the
    replies that it is known by, and asked for again before a login goes; of them only its `marks` vouch for
    it (None: all). `yes` is what a person said yes to when a login last went to it, `told` the marks that it had then, those
    too that only a login is told.
    """

    address: str
    keys: tuple[str, ...]
    maker: str | None = None
    network: str | None = None
    card: Interface | None = None
    mac: str | None = None
    web: tuple[ServedPort, ...] = ()
    onvif: ServedPort | None = None
    certificates: Mapping[int, bytes] = field(default_factory=dict)
    known: tuple[Observation, ...] = ()
    marks: Marks | None = None
    yes: frozenset[str] = frozenset()
    told: Marks = field(default_factory=dict)


def target_of(
    device: Device,
    maker: str | None,
    cards: Sequence[Interface],
    *,
    loopback: bool = False,
    only: Collection[str] = frozenset(),
    usual: Collection[str] = frozenset(),
) -> Target | None:
    """The target at the device's first address that may be contacted: private, no group's. None where there is none.

    `maker` is the manufacturer id that it was judged to be of. `loopback` allows this computer itself (the demonstration).
    `only` are the addresses that a person named, empty for any: another one that shows the same keys may be another device.
    For that reason too it is one of the `usual`, at which it was known before, where it still answers there.
    """
    may = (one for one in device.addresses if may_log_in(one, loopback) and (not only or one in only))
    address = min(may, key=lambda one: one not in usual, default=None)
    if address is None:
        return None
    seen = sorted((one for one in device.observations if one.address == address), key=lambda one: (one.at, one.id))
    macs = [one.mac for one in seen if one.mac]
    certificates = certificates_in(seen)
    network = next((one.network for one in reversed(seen) if one.network), None)
    return Target(
        address=address,
        keys=tuple(str(key) for key in device.keys),
        maker=maker,
        network=network,
        card=_card(address, network, cards),
        mac=macs[-1] if macs else None,
        web=_web_doors(seen, certificates),
        onvif=_onvif_door(seen, certificates),
        certificates=certificates,
    )


def _card(address: str, network: str | None, cards: Sequence[Interface]) -> Interface | None:
    """The card that an address is reached by: of those on its network the one that it was seen by last, else the narrowest."""
    host, name = IPv4Address(address), (network or "").rpartition(" ")[0]
    there = [card for card in cards if host in network_of(card)]
    return max(there, key=lambda card: (card.network == network, card.name == name, network_of(card).prefixlen), default=None)


def certificates_in(observations: Iterable[Observation]) -> dict[int, bytes]:
    """Port -> the certificate (DER) that was shown there last."""
    seen = sorted((one for one in observations if one.probe == "tls"), key=lambda one: (one.at, one.id))
    return {one.port: one.raw for one in seen if one.port is not None}


def may_log_in(address: str, loopback: bool = False) -> bool:
    """Whether a login may be sent to an address at all: private ones only, whatever a file or a device says."""
    try:
        host = IPv4Address(address)
    except ValueError:
        return False
    allowed = (*PRIVATE, LINK_LOCAL, *((LOOPBACK,) if loopback else ()))
    return host != METADATA and any(host in network for network in allowed)


def _web_doors(seen: Sequence[Observation], certificates: Mapping[int, bytes]) -> tuple[ServedPort, ...]:
    """Ports that answered as a web server, those with TLS first; else what the device announced."""
    ports = {one.port for one in seen if one.probe == "http" and one.port is not None and may_ask(one.port)}
    if not ports:
        announced = {int(port) for one in seen for port in one.reading.all("http_port") if port.isdecimal() and len(port) <= 5}
        ports = {port for port in announced if may_ask(port)} or {80}
    doors = [ServedPort("https" if port in certificates or port in TLS_PORTS else "http", port) for port in ports]
    return tuple(sorted(doors, key=lambda door: (door.kind != "https", door.port not in (443, 80), door.port)))


def _onvif_door(seen: Sequence[Observation], certificates: Mapping[int, bytes]) -> ServedPort | None:
    """Where it answered ONVIF, else where it said that it does."""
    announced: dict[int, ServedPort] = {}
    for one in seen:
        if one.probe == "wsdiscovery":
            reply = Reply(probe=one.probe, address=one.address, port=one.port, raw=b"")
            for door in doors_of(reply, one.reading):
                if door.kind in ("onvif", "onvifs") and may_ask(door.port):
                    announced.setdefault(door.port, door)
    answered = [one.port for one in seen if one.probe.startswith("onvif.") and one.port is not None and may_ask(one.port)]
    for port in answered:
        kind = "onvifs" if port in certificates else "onvif"
        return announced.get(port) or ServedPort(kind, port, DEVICE_PATH)
    return next(iter(announced.values()), None)
