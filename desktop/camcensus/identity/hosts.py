"""What replies show of who answered."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from camcensus.identity.values import is_made_up_mac, is_usable_mac, is_usable_serial, is_usable_uuid
from camcensus.model.knowledge import Knowledge
from camcensus.model.observation import Observation

CLUSTERS_LIMIT = 32
"""More identities than this behind one address are one host that talks nonsense, not so many devices. A search keeps 64 replies
of one address in one protocol, so a host that invents itself anew in each is over this."""

_ENDPOINT_PROBES = ("wsdiscovery", "onvif.")
"""Probes whose `uuid` is the device's endpoint id. SADP's is an echo of the question; UPnP's is an id of another kind."""


@dataclass(frozen=True, slots=True)
class Identity:
    """What some replies show of who answered, without junk.

    `neighbour` holds network numbers from the neighbour table, `macs` those the device claims, `uuids` its endpoint ids,
    `udns` its UPnP ids, `serials` its serial numbers, `models` (probe, model).
    """

    neighbour: frozenset[str] = frozenset()
    macs: frozenset[str] = frozenset()
    uuids: frozenset[str] = frozenset()
    udns: frozenset[str] = frozenset()
    serials: frozenset[str] = frozenset()
    models: frozenset[tuple[str, str]] = frozenset()

    def __or__(self, other: Identity) -> Identity:
        return Identity(
            self.neighbour | other.neighbour,
            self.macs | other.macs,
            self.uuids | other.uuids,
            self.udns | other.udns,
            self.serials | other.serials,
            self.models | other.models,
        )

    @property
    def tokens(self) -> frozenset[tuple[str, str]]:
        """(kind, value) of everything that ties replies together: network numbers are one kind, seen or claimed."""
        named = (("mac", self.neighbour), ("mac", self.macs), ("uuid", self.uuids), ("udn", self.udns))
        found = {(kind, value) for kind, values in named for value in values}
        return frozenset(found | {("serial", value) for value in self.serials})

    def shows_another(self, other: Identity) -> bool:
        """True where network numbers or endpoint ids show that this and the other are two devices."""
        return differ(self.neighbour, other.neighbour) or differ(self.macs, other.macs) or differ(self.uuids, other.uuids)


def differ[T](one: frozenset[T], two: frozenset[T]) -> bool:
    """True where both are known and have nothing in common."""
    return bool(one) and bool(two) and one.isdisjoint(two)


@dataclass(frozen=True, slots=True)
class Reply:
    """An observation with its id and what it shows of who answered, both worked out once."""

    observation: Observation
    id: str
    identity: Identity

    @property
    def arrival(self) -> tuple[str, str]:
        """A total order: by time, then by what was seen."""
        return (self.observation.at, self.id)


@dataclass(frozen=True, slots=True)
class Part:
    """Replies that belong to one device, in the order of their arrival, with what identifies it.

    `port` is the TCP port where nothing else tells the device from others at its address.
    """

    replies: tuple[Reply, ...]
    identity: Identity
    port: int | None = None


def make_part(replies: Iterable[Reply], port: int | None = None) -> Part:
    """The replies as one part."""
    ordered = tuple(sorted(replies, key=lambda reply: reply.arrival))
    whole = Identity()
    for identity in {reply.identity for reply in ordered}:
        whole |= identity
    return Part(ordered, whole, port)


def read_reply(observation: Observation, knowledge: Knowledge) -> Reply:
    """What one reply shows of who answered. Locally administered numbers are left out: they tie nothing together."""
    reading = observation.reading
    uuids = frozenset(uuid.lower() for uuid in reading.all("uuid") if is_usable_uuid(uuid))
    identity = Identity(
        neighbour=_numbers((observation.mac,) if observation.mac else (), knowledge),
        macs=_numbers(reading.all("mac"), knowledge),
        uuids=uuids if observation.probe.startswith(_ENDPOINT_PROBES) else frozenset(),
        udns=uuids if observation.probe in ("upnp", "ssdp") else frozenset(),
        serials=frozenset(value for value in reading.all("serial") if is_usable_serial(value, observation, knowledge)),
        models=frozenset((observation.probe, value) for value in reading.all("model")),
    )
    return Reply(observation, observation.id, identity)


def _numbers(macs: Iterable[str], knowledge: Knowledge) -> frozenset[str]:
    return frozenset(mac.lower() for mac in macs if is_usable_mac(mac, knowledge) and not is_made_up_mac(mac))


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
