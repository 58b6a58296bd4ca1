"""Observations to devices: which replies come from one box, also over several addresses and protocols."""

from __future__ import annotations

import ipaddress
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

from camcensus.identity.fickle import without_fickle_ids
from camcensus.identity.hosts import (
    DeviceReplies,
    HostReply,
    Place,
    find,
    join,
    make_part,
    read_reply,
)
from camcensus.identity.pairs import MAKER_OF_PROBE, are_two
from camcensus.identity.relayed import spoken_for
from camcensus.identity.shared import MakerAt, split_host
from camcensus.identity.values import is_made_up_mac, is_usable_mac, plain_serial, uuid_tail
from camcensus.model.device import Device, Key, KeyKind, Observation
from camcensus.model.knowledge import Knowledge

SHARED_LIMIT = 16
"""A value behind more hosts than this in one day is a router's or a firmware's default; no device has so many addresses."""
COMPARED_LIMIT = 256
"""Over the years a device may have many addresses; beyond this many they are not compared with each other."""
OWN_CARDS_LIMIT = 2
"""More network cards than this that say one number in a day are devices whose firmware was copied with it."""
OWN_IPV4_LIMIT = 3
"""One network card with more IPv4 addresses than this in a day, and nothing else in common, is a router in front of them."""

_KIND_ORDER: tuple[KeyKind, ...] = ("mac", "uuid", "serial", "addr")


def group(observations: Iterable[Observation], knowledge: Knowledge, maker_at: MakerAt = lambda _: None) -> tuple[Device, ...]:
    """The devices that observations show, sorted by their first key; the same for any order of arrival.

    Replies of one (network, address) are one device unless MAC addresses or endpoint ids show two, or TCP ports different
    serial numbers, models or makers, of which `maker_at` tells. Devices on several
    addresses are one where they share a MAC address, endpoint id or serial number that is no other's; what two addresses show
    at once has to be borne out. A reply that names another host is of that one. An observation given twice counts once.
    """
    replies = {reply.id: reply for reply in (read_reply(observation, knowledge) for observation in observations)}
    hosts: dict[Place, list[HostReply]] = defaultdict(list)
    seen_in: dict[str, set[str]] = defaultdict(set)
    for reply in replies.values():
        if reply.observation.probe != "person":
            seen_in[reply.observation.address].add(reply.observation.network or "")
    for reply in replies.values():
        hosts[(_network_of(reply.observation, seen_in), _place_of(reply.observation))].append(reply)
    told = (without_fickle_ids(_in_order(host)) for _, host in sorted(spoken_for(hosts).items()))
    parts = [part for host in told for part in split_host(host, maker_at)]
    holders: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, part in enumerate(parts):
        for token in part.identity.tokens:
            holders[token].append(number)
    shared = {
        token
        for token, numbers in holders.items()
        if len(numbers) > 1 and _is_shared(token, [parts[number] for number in numbers], knowledge)
    }
    parents = list(range(len(parts)))
    for token, numbers in holders.items():
        if token not in shared:
            for number in numbers[1:]:
                join(parents, numbers[0], number)
    members: dict[int, list[DeviceReplies]] = defaultdict(list)
    for number, part in enumerate(parts):
        members[find(parents, number)].append(part)
    names = _claimed_makers(knowledge)
    return tuple(
        sorted((_device(found, shared, names, knowledge) for found in members.values()), key=lambda device: device.keys)
    )


def _network_of(observation: Observation, seen_in: Mapping[str, set[str]]) -> str:
    """The network of an observation; a person who names only an address means the one network that has it."""
    networks = seen_in.get(observation.address, set())
    if observation.probe == "person" and observation.network is None and len(networks) == 1:
        return next(iter(networks))
    return observation.network or ""


def _place_of(observation: Observation) -> str:
    """What takes the address's part: a row of a list may know the MAC address alone, and two such are two hosts."""
    return observation.address or f"mac {observation.mac}"


def _in_order(replies: Iterable[HostReply]) -> list[HostReply]:
    return sorted(replies, key=lambda reply: reply.arrival)


def _is_shared(token: tuple[str, str], parts: Sequence[DeviceReplies], knowledge: Knowledge) -> bool:
    """True for a value that is on several devices: the router's number in front of hosts, a firmware's default."""
    if len(parts) > COMPARED_LIMIT or _most_in_a_day(parts, _ipv4) > SHARED_LIMIT:
        return True
    kind, value = token
    if kind != "mac" and _most_in_a_day(parts, lambda seen: seen.mac) > OWN_CARDS_LIMIT:
        return True
    numbers = [part for part in parts if kind == "mac" and value in part.identity.neighbour]
    if _most_in_a_day(numbers, _ipv4) > OWN_IPV4_LIMIT and not _have_common(numbers, kind):
        return True
    return any(are_two(one, two, token, knowledge) for position, one in enumerate(parts) for two in parts[position + 1 :])


def _most_in_a_day(parts: Sequence[DeviceReplies], of: Callable[[Observation], str | None]) -> int:
    """The most values that the parts have in one day (UTC)."""
    days: dict[str, set[str]] = defaultdict(set)
    for seen in (reply.observation for part in parts for reply in part.replies):
        if value := of(seen):
            days[seen.at[:10]].add(value)
    return max(map(len, days.values()), default=0)


def _ipv4(seen: Observation) -> str | None:
    return seen.address if "." in seen.address else None


def _have_common(parts: Sequence[DeviceReplies], but: str) -> bool:
    """True where all parts share a value of another kind."""
    common = parts[0].identity.tokens
    for part in parts[1:]:
        common &= part.identity.tokens
    return any(kind != but for kind, _ in common)


def _device(
    parts: Sequence[DeviceReplies], shared: set[tuple[str, str]], names: Mapping[str, str], knowledge: Knowledge
) -> Device:
    port = parts[0].port if len(parts) == 1 else None
    part = make_part((reply for part in parts for reply in part.replies), port)
    keys = _keys(part, shared, names, knowledge)
    addresses = sorted({reply.address for reply in part.replies} - {""}, key=_address_key)
    networks = sorted(
        {reply.observation.network for reply in part.replies if reply.observation.address in addresses[:1]},
        key=lambda network: network or "",
    )
    seen = sorted(part.identity.neighbour)
    macs = [mac for mac in (*seen, *sorted(part.identity.macs)) if ("mac", mac) not in shared]
    return Device(
        keys=keys,
        addresses=tuple(addresses),
        network=next((network for network in networks if network), None),
        mac=macs[0] if macs else next((key.value for key in keys if key.kind == "mac"), None),
        observations=tuple(reply.observation for reply in part.replies),
    )


def _keys(part: DeviceReplies, shared: set[tuple[str, str]], names: Mapping[str, str], knowledge: Knowledge) -> tuple[Key, ...]:
    """Keys, the best first: those that no other device shows, then hints."""
    identity = part.identity
    keys: set[Key] = set()
    for kind, value in identity.tokens - shared:
        if kind == "mac":
            keys.add(Key("mac", value))
        elif kind in ("uuid", "udn"):
            keys.add(Key("uuid", value))
    keys |= _serial_keys(part, shared, names)
    for reply in part.replies:
        observation = reply.observation
        if reply.speaks_for:
            continue
        at = observation.address if part.port is None else f"{observation.address}:{part.port}"
        if observation.address:
            keys.add(Key("addr", f"{observation.network or ''}/{at}", "weak"))
        for mac in (*reply.observation.reading.all("mac"), *((observation.mac,) if observation.mac else ())):
            if is_usable_mac(mac, knowledge) and is_made_up_mac(mac):
                keys.add(Key("mac", mac.lower(), "weak"))
    if not any(key.kind == "mac" for key in keys):
        tails = {tail for uuid in identity.uuids if (tail := uuid_tail(uuid, knowledge))}
        keys |= {Key("mac", tail, "weak") for tail in tails}
    return tuple(sorted(keys, key=key_order))


def key_order(key: Key) -> tuple[bool, int, str]:
    """The best keys first: strong ones, and of those the MAC address."""
    return (key.trust == "weak", _KIND_ORDER.index(key.kind), key.value)


def _serial_keys(part: DeviceReplies, shared: set[tuple[str, str]], names: Mapping[str, str]) -> set[Key]:
    """One key for each serial number, under the maker whose protocol carried it, else under who is claimed."""
    makers: dict[str, set[str]] = defaultdict(set)
    for reply in part.replies:
        for serial in reply.identity.serials:
            if ("serial", plain_serial(serial)) not in shared:
                makers[serial].add(_maker_of_serial(reply.observation, names))
    known = set(MAKER_OF_PROBE.values())
    return {
        Key("serial", f"{min(found, key=lambda maker: (maker == 'unknown', maker not in known, maker))}:{serial}")
        for serial, found in makers.items()
    }


def _maker_of_serial(observation: Observation, names: Mapping[str, str]) -> str:
    maker = MAKER_OF_PROBE.get(observation.probe)
    return maker or names.get((observation.reading.first("manufacturer") or "").casefold(), "unknown")


def _claimed_makers(knowledge: Knowledge) -> Mapping[str, str]:
    """Name, lower case -> manufacturer id."""
    names: dict[str, str] = {}
    for maker in sorted(knowledge.manufacturers.values(), key=lambda entry: entry.id):
        for name in (maker.id, maker.name, maker.legal_name):
            if name:
                names.setdefault(name.casefold(), maker.id)
    return names


def _address_key(address: str) -> tuple[int, int, str]:
    try:
        parsed = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return (9, 0, address)
    return (parsed.version, int(parsed), address)
