"""The replies of one address, and whether they show one device or several."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from camcensus.identity.values import is_made_up_mac, is_usable_mac, is_usable_serial, is_usable_uuid
from camcensus.model.knowledge import Knowledge
from camcensus.model.observation import Observation

CLUSTERS_LIMIT = 64
"""More identities than this behind one address are one host that talks nonsense, not so many devices."""

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
    """Replies that belong to one device, in the order of their arrival, with what identifies it."""

    replies: tuple[Reply, ...]
    identity: Identity


def make_part(replies: Iterable[Reply]) -> Part:
    """The replies as one part."""
    ordered = tuple(sorted(replies, key=lambda reply: reply.arrival))
    whole = Identity()
    for identity in {reply.identity for reply in ordered}:
        whole |= identity
    return Part(ordered, whole)


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


def split_host(replies: Sequence[Reply]) -> tuple[Part, ...]:
    """The devices that the replies of one address show, the same for any order of the replies.

    One, unless network numbers or endpoint ids show two (as when an address goes to another device between two searches);
    then each reply without identity goes to the device that answered nearest in time.
    """
    groups = _tied([reply for reply in replies if reply.identity.tokens])
    if not 1 < len(groups) <= CLUSTERS_LIMIT or not _any_two_differ(groups):
        return (make_part(replies),)
    groups = _joined(groups)
    homes = [list(group.replies) for group in groups]
    for reply in replies:
        if not reply.identity.tokens:
            nearest = min(range(len(groups)), key=lambda number: (_gap_s((reply,), groups[number].replies), number))
            homes[nearest].append(reply)
    return tuple(make_part(home) for home in homes)


def _tied(replies: Sequence[Reply]) -> list[Part]:
    """Replies that share any identifying value, together; in the order of their arrival."""
    holder: dict[tuple[str, str], int] = {}
    parents = list(range(len(replies)))
    for number, reply in enumerate(replies):
        for token in reply.identity.tokens:
            join(parents, holder.setdefault(token, number), number)
    groups: dict[int, list[Reply]] = {}
    for number, reply in enumerate(replies):
        groups.setdefault(find(parents, number), []).append(reply)
    return sorted((make_part(group) for group in groups.values()), key=lambda part: part.replies[0].arrival)


def _any_two_differ(groups: Sequence[Part]) -> bool:
    return any(one.identity.shows_another(two.identity) for number, one in enumerate(groups) for two in groups[number + 1 :])


def _joined(groups: list[Part]) -> list[Part]:
    """Groups that do not show two devices, joined nearest in time first."""
    pairs = sorted(
        (_gap_s(one.replies, two.replies), first, second)
        for first, one in enumerate(groups)
        for second, two in enumerate(groups)
        if first < second
    )
    parents = list(range(len(groups)))
    whole = [group.identity for group in groups]
    for _, first, second in pairs:
        one, two = find(parents, first), find(parents, second)
        if one != two and not whole[one].shows_another(whole[two]):
            join(parents, one, two)
            whole[find(parents, one)] = whole[one] | whole[two]
    joined: dict[int, list[Reply]] = {}
    for number, group in enumerate(groups):
        joined.setdefault(find(parents, number), []).extend(group.replies)
    return [make_part(joined[number]) for number in sorted(joined)]


def _gap_s(one: Sequence[Reply], two: Sequence[Reply]) -> float:
    """Seconds between two runs of replies, each in order; 0 where they overlap. A time that cannot be read is far away."""
    first, second = (one, two) if one[-1].observation.at <= two[-1].observation.at else (two, one)
    earlier, later = first[-1].observation.at, second[0].observation.at
    if later <= earlier:
        return 0.0
    try:
        return (datetime.fromisoformat(later) - datetime.fromisoformat(earlier)).total_seconds()
    except (ValueError, TypeError):
        return float("inf")


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
