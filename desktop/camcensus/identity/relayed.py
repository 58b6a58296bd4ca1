"""Replies that speak for another host: a discovery proxy repeats what cameras said, and a host that misleads does too."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import urlsplit

from camcensus.identity.fickle import LINKS_LIMIT
from camcensus.identity.hosts import HostReply, Identity, Place
from camcensus.identity.shared import is_tcp_probe

NO_ANSWERS = frozenset({"neighbour", "list", "person"})
"""Observations that no device sent."""


def named_addresses(reply: HostReply) -> tuple[str, ...]:
    """The addresses at which a reply says that its device is: hosts of its links, and addresses that it claims."""
    reading = reply.observation.reading
    found: dict[str, None] = {}
    for link in (*reading.all("onvif.xaddr")[:LINKS_LIMIT], *reading.all("ssdp.location")[:LINKS_LIMIT]):
        try:
            host = urlsplit(link).hostname
        except ValueError:
            continue
        if host:
            found[host] = None
    return (*found, *(one for one in reading.all("ipv4")[:LINKS_LIMIT] if one not in found))


def spoken_for(hosts: Mapping[Place, list[HostReply]]) -> dict[Place, list[HostReply]]:
    """The replies of each host, with those that another host sent in its name, and without those that it sent for others.

    A host speaks for another that answers itself where it does so for several, or says something else of itself. Where it
    speaks for one alone it may be that host's second network card, so its replies stay with it. What it repeats of a device
    that names an address where nothing is, is that of the host that shows the same endpoint id.
    """
    networks: dict[str, list[Place]] = {}
    for place in hosts:
        networks.setdefault(place[1], []).append(place)
    others: dict[Place, dict[str, Place]] = {}
    own: dict[Place, Identity] = {}
    for place, replies in hosts.items():
        own[place] = Identity()
        for reply in replies:
            target = _target(reply, place, networks)
            if target is not None:
                others.setdefault(place, {})[reply.id] = target
            else:
                own[place] |= replace(reply.identity, neighbour=frozenset())
    found = {place: list(replies) for place, replies in hosts.items()}
    answering = {
        place
        for place, replies in hosts.items()
        if any(one.observation.probe not in NO_ANSWERS and one.id not in others.get(place, {}) for one in replies)
    }
    for place, targets in others.items():
        several = len(set(targets.values())) > 1
        shown = {token: other for other, its in own.items() if several and other != place for token in its.tokens}
        for reply in hosts[place]:
            target = targets.get(reply.id)
            if target is None and shown and _names_others(reply, place):
                target = next((shown[token] for token in sorted(reply.identity.tokens) if token in shown), None)
            if target is None or target not in answering:
                continue
            said = replace(reply.identity, neighbour=frozenset())
            is_another = bool(own[place].tokens) and own[place].tokens.isdisjoint(own[target].tokens | said.tokens)
            if (several or is_another) and not said.shows_another(own[target]):
                found[place].remove(reply)
                found[target].append(replace(reply, identity=said, speaks_for=target[1]))
    return {place: replies for place, replies in found.items() if replies}


def _target(reply: HostReply, place: Place, networks: Mapping[str, list[Place]]) -> Place | None:
    """The host that a reply names in place of its sender, on the sender's network or on the only one that has it."""
    for address in named_addresses(reply) if _names_others(reply, place) else ():
        places = networks.get(address, [])
        if (place[0], address) in places:
            return (place[0], address)
        if len(places) == 1:
            return places[0]
    return None


def _names_others(reply: HostReply, place: Place) -> bool:
    """Whether a reply to a question to all names addresses, and not its sender's."""
    if reply.observation.probe in NO_ANSWERS or is_tcp_probe(reply.observation.probe):
        return False
    named = named_addresses(reply)
    return bool(named) and place[1].partition("%")[0] not in named
