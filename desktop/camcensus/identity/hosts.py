"""What replies show of who answered."""

from __future__ import annotations

from collections.abc import Iterable

from camcensus.identity.values import (
    are_of_one_box,
    are_of_two_boxes,
    is_made_up_mac,
    is_usable_mac,
    is_usable_serial,
    is_usable_uuid,
    plain_serial,
    same_serial,
)
from camcensus.model import frozen
from camcensus.model.device import Observation
from camcensus.model.knowledge import Knowledge
from camcensus.model.numbers import mac_of_ipv6

CLUSTERS_LIMIT = 32
"""More identities than this behind one address are one host that talks nonsense, not so many devices. A search keeps 64 replies
of one address in one protocol, so a host that invents itself anew in each is over this."""

SERIALS_LIMIT = 4
"""No answer of a real device gives more serial numbers of its own."""
Place = tuple[str, str]
"""A network as observations name it, "" for none, and what takes the address's part there: a host."""

TCP_SERIAL_PROBES = ("onvif.", "isapi.", "dahua-cgi.", "axis-cgi.")
"""Probes that ask one TCP port for the serial number of what answers there."""
_ENDPOINT_PROBES = ("wsdiscovery", "onvif.")
"""Probes whose `uuid` is the device's endpoint id. SADP's is an echo of the question; UPnP's is an id of another kind."""


@frozen
class Identity:
    """What some replies show of who answered, without junk.

    `neighbour` holds MAC addresses from the neighbour table, `macs` those the device claims, `uuids` its endpoint ids,
    `udns` its UPnP ids, `serials` its serial numbers, `models` (probe, model), `at_ports` (probe, TCP port, serial number).
    """

    neighbour: frozenset[str] = frozenset()
    macs: frozenset[str] = frozenset()
    uuids: frozenset[str] = frozenset()
    udns: frozenset[str] = frozenset()
    serials: frozenset[str] = frozenset()
    models: frozenset[tuple[str, str]] = frozenset()
    at_ports: frozenset[tuple[str, int, str]] = frozenset()

    def __or__(self, other: Identity) -> Identity:
        return Identity(
            self.neighbour | other.neighbour,
            self.macs | other.macs,
            self.uuids | other.uuids,
            self.udns | other.udns,
            self.serials | other.serials,
            self.models | other.models,
            self.at_ports | other.at_ports,
        )

    @property
    def tokens(self) -> frozenset[tuple[str, str]]:
        """(kind, value) of everything that ties replies together: MAC addresses are one kind, seen or claimed."""
        named = (("mac", self.neighbour), ("mac", self.macs), ("uuid", self.uuids), ("udn", self.udns))
        found = {(kind, value) for kind, values in named for value in values}
        return frozenset(found | {("serial", plain_serial(value)) for value in self.serials})

    def shows_another(self, other: Identity) -> bool:
        """True where MAC addresses, endpoint ids, or serial numbers at two ports, show that these are two devices."""
        if differ(self.neighbour, other.neighbour) or differ(self.macs, other.macs) or differ(self.uuids, other.uuids):
            return True
        return self._answers_otherwise(other) and not self.tokens & other.tokens

    def _answers_otherwise(self, other: Identity) -> bool:
        """True where one question, asked at two TCP ports, got two serial numbers."""
        return any(
            probe == its_probe and port != its_port and not same_serial(serial, its_serial)
            for probe, port, serial in self.at_ports
            for its_probe, its_port, its_serial in other.at_ports
        )


def differ[T](one: frozenset[T], two: frozenset[T]) -> bool:
    """True where both are known and have nothing in common."""
    return bool(one) and bool(two) and one.isdisjoint(two)


def serials_differ(one: frozenset[str], two: frozenset[str]) -> bool:
    """True where both have serial numbers and none is one of the other's, in whatever form."""
    return bool(one) and bool(two) and not any(same_serial(first, second) for first in one for second in two)


def numbers_differ(one: frozenset[str], two: frozenset[str]) -> bool:
    """True where both have MAC addresses, none in common, and none that could be two cards of one box."""
    return differ(one, two) and not any(are_of_one_box(first, second) for first in one for second in two)


def numbers_show_two(one: frozenset[str], two: frozenset[str]) -> bool:
    """The same, and some of one block, so that they are not the cable and the wireless card of one camera either."""
    return numbers_differ(one, two) and any(are_of_two_boxes(first, second) for first in one for second in two)


@frozen
class HostReply:
    """An observation with its id and what it shows of who answered, both worked out once."""

    observation: Observation
    id: str
    identity: Identity
    speaks_for: str | None = None
    """The address of the host that it is about, where another host sent it."""

    @property
    def address(self) -> str:
        """Where the host is that it is about."""
        return self.speaks_for or self.observation.address

    @property
    def arrival(self) -> tuple[str, str]:
        """A total order: by time, then by what was seen."""
        return (self.observation.at, self.id)


@frozen
class DeviceReplies:
    """Replies that belong to one device, in the order of their arrival, with what identifies it.

    `port` is the TCP port where nothing else tells the device from others at its address.
    """

    replies: tuple[HostReply, ...]
    identity: Identity
    port: int | None = None


def make_part(replies: Iterable[HostReply], port: int | None = None) -> DeviceReplies:
    """The replies as one part."""
    ordered = tuple(sorted(replies, key=lambda reply: reply.arrival))
    whole = Identity()
    for identity in {reply.identity for reply in ordered}:
        whole |= identity
    return DeviceReplies(ordered, whole, port)


def read_reply(observation: Observation, knowledge: Knowledge) -> HostReply:
    """What one reply shows of who answered. Locally administered numbers are left out: they tie nothing together."""
    reading = observation.reading
    uuids = frozenset(uuid.lower() for uuid in reading.all("uuid") if is_usable_uuid(uuid))
    serials = frozenset(value for value in reading.all("serial") if is_usable_serial(value, observation, knowledge))
    port = observation.port if observation.probe.startswith(TCP_SERIAL_PROBES) else None
    identity = Identity(
        neighbour=_numbers((observation.mac,) if observation.mac else (), knowledge),
        macs=_numbers((*reading.all("mac"), *((mac,) if (mac := mac_of_ipv6(observation.address)) else ())), knowledge),
        uuids=uuids if observation.probe.startswith(_ENDPOINT_PROBES) else frozenset(),
        udns=uuids if observation.probe in ("upnp", "ssdp") else frozenset(),
        serials=serials,
        models=frozenset((observation.probe, value) for value in reading.all("model")),
        at_ports=frozenset((observation.probe, port, serial) for serial in sorted(serials)[:SERIALS_LIMIT])
        if port is not None
        else frozenset(),
    )
    return HostReply(observation, observation.id, identity)


def _numbers(macs: Iterable[str], knowledge: Knowledge) -> frozenset[str]:
    return frozenset(mac.lower() for mac in macs if is_usable_mac(mac, knowledge) and not is_made_up_mac(mac))


def show_two_models(one: Iterable[Observation], two: Iterable[Observation]) -> bool:
    """True where one question got one model then and another now: the device at an address is another one."""
    first, second = _models(one), _models(two)
    return any(differ(first[probe], second[probe]) for probe in first.keys() & second.keys())


def _models(observations: Iterable[Observation]) -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for one in observations:
        models = frozenset(value.casefold() for value in one.reading.all("model"))
        if models and one.probe != "person":
            found[one.probe] = found.get(one.probe, frozenset()) | models
    return found


def find(parents: list[int], number: int) -> int:
    """The representative of a number's set."""
    while parents[number] != number:
        parents[number] = parents[parents[number]]
        number = parents[number]
    return number


def join(parents: list[int], one: int, two: int) -> None:
    """Joins two sets; the smaller representative stays."""
    first, second = sorted((find(parents, one), find(parents, two)))
    parents[second] = first
