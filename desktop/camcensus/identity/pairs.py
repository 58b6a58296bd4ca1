"""Whether two hosts that share a value are one device."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable

from camcensus.identity.fickle import VISIT_S, seconds
from camcensus.identity.hosts import DeviceReplies, Identity, differ, numbers_differ, numbers_show_two, serials_differ
from camcensus.identity.relayed import NO_ANSWERS, named_addresses
from camcensus.identity.values import are_of_one_box
from camcensus.model.knowledge import Knowledge

Token = tuple[str, str]

MAKER_OF_PROBE = {"sadp": "hikvision", "dhip": "dahua", "dahua-v1": "dahua"}
"""Whose serial numbers a maker's own protocol carries, whatever the brand."""
_IDS = frozenset({"uuid", "udn"})
"""An endpoint id and an UPnP id may both come from one constant of the firmware."""


def are_two(one: DeviceReplies, two: DeviceReplies, token: Token, knowledge: Knowledge) -> bool:
    """True where two hosts that share a value are two devices all the same, by what else they say.

    Behind one MAC address of the neighbour table, different endpoint ids, serials or models are enough, and so is that one of
    them is a router by its own description (it answers for the MAC address of what is behind it), or that one question got
    two web pages, of other titles by other servers. For a claimed value it takes different serials or claimed MAC addresses,
    MAC addresses of the neighbour table that one box cannot have, two makers, or two kinds of difference: an endpoint id alone
    may change at each start. An id or serial that two hosts show at once has to be borne out by something else.
    """
    kind, value = token
    first, second = one.identity, two.identity
    by_uuid = kind != "uuid" and differ(first.uuids, second.uuids)
    by_serial = kind != "serial" and serials_differ(first.serials, second.serials)
    if kind == "mac" and value in first.neighbour and value in second.neighbour:
        by_role = _is_gateway(one) != _is_gateway(two)
        by_what = by_role or _other_model(first, second) or _other_page(one, two)
        return by_uuid or by_serial or by_what or differ(first.macs, second.macs)
    if by_serial or are_of_two_makers(one, two, knowledge):
        return True
    if kind == "mac":
        return False
    if numbers_differ(first.macs, second.macs) or numbers_show_two(first.neighbour, second.neighbour):
        return True
    if by_uuid and numbers_differ(first.neighbour, second.neighbour):
        return True
    return _are_live(one, two) and (_other_model(first, second) or not _is_borne_out(one, two, knowledge))


def are_of_two_makers(one: DeviceReplies, two: DeviceReplies, knowledge: Knowledge) -> bool:
    """True where MAC addresses, or makers' own protocols, show that no maker has made both."""
    own = [
        frozenset(
            maker for mac in part.identity.neighbour if _is_exclusive(mac, knowledge) for maker in _makers_of(mac, knowledge)
        )
        for part in (one, two)
    ]
    return differ(*own) or differ(_makers(one, knowledge), _makers(two, knowledge))


def _is_exclusive(mac: str, knowledge: Knowledge) -> bool:
    """Whether a block is used by one camera maker alone, and so in no range extender either."""
    block = knowledge.block_of(mac)
    return block is not None and block.exclusive


def makers_of(macs: Iterable[str], knowledge: Knowledge) -> frozenset[str]:
    """Who may have made a device, by the blocks of its MAC addresses; nobody where they do not tell."""
    return frozenset(maker for mac in macs for maker in _makers_of(mac, knowledge))


def _makers(part: DeviceReplies, knowledge: Knowledge) -> frozenset[str]:
    """The same, and by its maker's own protocol."""
    probes = {one.observation.probe for one in part.replies} & MAKER_OF_PROBE.keys()
    spoken = {knowledge.root_of(MAKER_OF_PROBE[probe]) for probe in probes}
    return makers_of(part.identity.neighbour | part.identity.macs, knowledge) | spoken


def _makers_of(mac: str, knowledge: Knowledge) -> set[str]:
    block = knowledge.block_of(mac)
    if block is None or block.subject is None:
        return set()
    if block.role == "manufacturer":
        return {knowledge.root_of(block.subject)}
    makers = {knowledge.root_of(record.made_by) for record in knowledge.brands if record.brand == block.subject}
    return makers | {f"brand {block.subject}"}


def _are_live(one: DeviceReplies, two: DeviceReplies) -> bool:
    """True where both answer in one visit, so that a device cannot have moved from one address to the other.

    Link-local IPv6 beside IPv4 is how any device answers, and no second one.
    """
    return any(_meet(_answered_at(one, six), _answered_at(two, six)) for six in (False, True))


def _answered_at(part: DeviceReplies, six: bool) -> list[float]:
    return sorted(
        seconds(reply.observation.at)
        for reply in part.replies
        if reply.observation.probe not in NO_ANSWERS and (":" in reply.address) is six
    )


def _meet(one: list[float], two: list[float]) -> bool:
    """Whether two times, one of each list, are of one visit; both are sorted."""
    for time in one:
        after = bisect_left(two, time - VISIT_S)
        if after < len(two) and two[after] <= time + VISIT_S:
            return True
    return False


def _is_borne_out(one: DeviceReplies, two: DeviceReplies, knowledge: Knowledge) -> bool:
    """True where more than one id or serial says that two addresses are one box's.

    That is another value in common, MAC addresses that follow each other, one host naming the other's address as its own
    too, or the same model in the same answer where one MAC address is of no camera maker: a wireless card's.
    """
    first, second = one.identity, two.identity
    kinds = {"id" if kind in _IDS else kind for kind, _ in first.tokens & second.tokens}
    if len(kinds) > 1:
        return True
    numbers = [(a, b) for a in first.neighbour | first.macs for b in second.neighbour | second.macs]
    if any(are_of_one_box(a, b) for a, b in numbers) or _names(one, two) or _names(two, one):
        return True
    cards = [_is_makers(part.identity.neighbour, knowledge) for part in (one, two)]
    return None not in cards and cards[0] != cards[1] and bool(first.models & second.models)


def _names(one: DeviceReplies, two: DeviceReplies) -> bool:
    there = {reply.address for reply in two.replies}
    return any(address in there for reply in one.replies for address in named_addresses(reply))


def _is_makers(macs: Iterable[str], knowledge: Knowledge) -> bool | None:
    """Whether the MAC addresses are from camera makers' blocks; None where there are none, or some are and some not."""
    told = {(block := knowledge.block_of(mac)) is not None and block.subject is not None for mac in macs}
    return told.pop() if len(told) == 1 else None


def _is_gateway(part: DeviceReplies) -> bool:
    """True where the host says of itself, in its UPnP description or its SSDP answers, that it leads to other networks."""
    names = ("upnp.device_type", "ssdp.st", "ssdp.usn")
    said = (value for reply in part.replies for name in names for value in reply.observation.reading.all(name))
    return any("InternetGatewayDevice" in value for value in said)


def _other_page(one: DeviceReplies, two: DeviceReplies) -> bool:
    """True where one question to one port got pages of two titles, by servers that call themselves differently."""
    first, second = _pages(one), _pages(two)
    return any(
        differ(first[asked][0], second[asked][0]) and first[asked][1] != second[asked][1]
        for asked in first.keys() & second.keys()
    )


def _pages(part: DeviceReplies) -> dict[tuple[str | None, int | None], tuple[frozenset[str], frozenset[str]]]:
    """Question and port -> the titles and the servers of what came back."""
    found: dict[tuple[str | None, int | None], tuple[frozenset[str], frozenset[str]]] = {}
    for reply in part.replies:
        seen = reply.observation
        if seen.probe == "http":
            titles, servers = found.get((seen.ask, seen.port), (frozenset(), frozenset()))
            more = frozenset(seen.reading.all("http.title")), frozenset(seen.reading.all("http.server"))
            found[seen.ask, seen.port] = (titles | more[0], servers | more[1])
    return found


def _other_model(one: Identity, two: Identity) -> bool:
    """True where one question got two models."""
    asked = {probe for probe, _ in one.models} & {probe for probe, _ in two.models}
    return any(
        differ(
            frozenset(model for name, model in one.models if name == probe),
            frozenset(model for name, model in two.models if name == probe),
        )
        for probe in asked
    )
