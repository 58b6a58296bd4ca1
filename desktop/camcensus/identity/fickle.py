"""A device that makes up another endpoint id for each reply is one device: ids that change so tell nothing apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from urllib.parse import urlsplit

from camcensus.identity.hosts import HostReply

MOST_IDS = 2
"""More endpoint ids than this from one address in one visit, with all else alike, are one device's inventions."""
VISIT_S = 3600.0
"""Replies nearer in time than this may be of one search: one lasts 15 minutes, or as long as its limit says."""
LINKS_LIMIT = 64
"""Most links of one reply that are read."""

FAR = float("inf")


def seconds(at: str) -> float:
    """A time as a number; one that cannot be read is far from all others."""
    try:
        moment = datetime.fromisoformat(at)
    except ValueError:
        return FAR
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()


def without_fickle_ids(replies: Sequence[HostReply]) -> tuple[HostReply, ...]:
    """The replies of one address, without the endpoint ids that change from reply to reply; in the order given.

    Such ids come with the same services, claimed numbers and serials. Several devices behind one address name services of
    their own: another port, or another address behind a router.
    """
    alike: dict[object, list[tuple[float, str]]] = defaultdict(list)
    for reply in replies:
        for uuid in reply.identity.uuids:
            alike[_but_for_the_id(reply)].append((seconds(reply.observation.at), uuid))
    fickle = {uuid for seen in alike.values() for uuid in _changing(sorted(seen))}
    if not fickle:
        return tuple(replies)
    return tuple(_without(reply, fickle) for reply in replies)


def _but_for_the_id(reply: HostReply) -> object:
    """What else a reply says of which device it is from: where its services are, and what it claims."""
    services = set()
    for link in reply.observation.reading.all("onvif.xaddr")[:LINKS_LIMIT]:
        try:
            parts = urlsplit(link)
            services.add((parts.hostname, parts.port or {"http": 80, "https": 443}.get(parts.scheme)))
        except ValueError:
            continue
    return frozenset(services), reply.identity.macs, reply.identity.serials


def _changing(seen: Sequence[tuple[float, str]]) -> set[str]:
    """The ids of every visit in which there are more than MOST_IDS of them."""
    found: set[str] = set()
    inside: dict[str, int] = defaultdict(int)
    first = 0
    for at, uuid in seen:
        inside[uuid] += 1
        while at - seen[first][0] > VISIT_S:
            gone = seen[first][1]
            inside[gone] -= 1
            if not inside[gone]:
                del inside[gone]
            first += 1
        if len(inside) > MOST_IDS and not inside.keys() <= found:
            found |= inside.keys()
    return found


def _without(reply: HostReply, fickle: set[str]) -> HostReply:
    if reply.identity.uuids.isdisjoint(fickle):
        return reply
    return replace(reply, identity=replace(reply.identity, uuids=reply.identity.uuids - fickle))
