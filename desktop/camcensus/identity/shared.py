"""One address, several devices: port forwarding behind a router, or an address that went to another device.

What ties a reply to a device is a value that both show, or the TCP port that the device announced. Time tells only where one
device alone was there at the time; a reply that two devices of one visit could have given is handed to neither.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from camcensus.identity.fickle import FAR, LINKS_LIMIT, VISIT_S, seconds
from camcensus.identity.hosts import CLUSTERS_LIMIT, DeviceReplies, HostReply, Identity, find, join, make_part
from camcensus.model.observation import Observation

_TCP_PROBES = ("http", "rtsp", "tls", "upnp", "onvif.", "isapi.", "dahua-cgi.", "axis-cgi.")


@dataclass(frozen=True, slots=True)
class Piece:
    """Replies that belong together, what identifies them, when they came (seconds, sorted) and which ports they are about."""

    replies: tuple[HostReply, ...]
    identity: Identity
    times: tuple[float, ...]
    open: frozenset[int]
    announced: frozenset[int]

    @property
    def ports(self) -> frozenset[int]:
        """TCP ports that it answered on or announced."""
        return self.open | self.announced


def is_tcp(observation: Observation) -> bool:
    """True for a reply that came over a TCP connection to `observation.port`."""
    return observation.port is not None and is_tcp_probe(observation.probe)


def is_tcp_probe(probe: str) -> bool:
    """True for a question that is asked over a TCP connection, so that the port says what answers."""
    return probe.startswith(_TCP_PROBES)


def announced_ports(observation: Observation) -> frozenset[int]:
    """TCP ports that a reply says the device answers on, at the address that it came from.

    A link to another address says nothing: behind a router the port inside is not the port outside.
    """
    reading = observation.reading
    ports: set[int] = set()
    for link in (*reading.all("onvif.xaddr")[:LINKS_LIMIT], *reading.all("ssdp.location")[:LINKS_LIMIT]):
        try:
            parts = urlsplit(link)
            host, port = parts.hostname, parts.port or {"http": 80, "https": 443}.get(parts.scheme)
        except ValueError:
            continue
        if port and host == observation.address.partition("%")[0].lower():
            ports.add(port)
    claimed = reading.all("ipv4")
    if not claimed or observation.address in claimed:
        ports |= {int(port) for port in reading.all("http_port") if port.isascii() and port.isdigit() and len(port) <= 5}
    return frozenset(ports)


def split_host(replies: Sequence[HostReply]) -> tuple[DeviceReplies, ...]:
    """The devices that the replies of one address show, the same for any order of the replies.

    One, unless MAC addresses or endpoint ids show two. Replies that no device can be told to have given are then parts of
    their own: one for each TCP port, one for all the rest.
    """
    groups = _tied([reply for reply in replies if reply.identity.tokens])
    if not 1 < len(groups) <= CLUSTERS_LIMIT or not _show_two(groups):
        return (make_part(replies),)
    pieces = [_piece(group.replies) for group in groups]
    pieces += [_piece([reply]) for reply in replies if not reply.identity.tokens]
    pieces.sort(key=lambda piece: piece.replies[0].arrival)
    pieces = _by_port(pieces)
    known = _by_time([piece for piece in pieces if piece.identity.tokens])
    homes = [list(piece.replies) for piece in known]
    doors: dict[int | None, list[HostReply]] = defaultdict(list)
    for piece in pieces:
        if piece.identity.tokens:
            continue
        home = _home(piece, known)
        if home is not None:
            homes[home].extend(piece.replies)
        else:
            doors[min(piece.open, default=None)].extend(piece.replies)
    found = [make_part(home) for home in homes]
    return (*found, *(make_part(doors[port], port) for port in sorted(doors, key=lambda port: (port is None, port or 0))))


def _tied(replies: Sequence[HostReply]) -> list[DeviceReplies]:
    """Replies that share any identifying value, together; in the order of their arrival."""
    holder: dict[tuple[str, str], int] = {}
    parents = list(range(len(replies)))
    for number, reply in enumerate(replies):
        for token in reply.identity.tokens:
            join(parents, holder.setdefault(token, number), number)
    groups: dict[int, list[HostReply]] = {}
    for number, reply in enumerate(replies):
        groups.setdefault(find(parents, number), []).append(reply)
    return sorted((make_part(group) for group in groups.values()), key=lambda part: part.replies[0].arrival)


def _piece(replies: Iterable[HostReply]) -> Piece:
    part = make_part(replies)
    seen = [reply.observation for reply in part.replies]
    return Piece(
        part.replies,
        part.identity,
        tuple(sorted(seconds(observation.at) for observation in seen)),
        frozenset(observation.port for observation in seen if observation.port is not None and is_tcp(observation)),
        frozenset(port for observation in seen for port in announced_ports(observation)),
    )


def gap_s(one: Piece, two: Piece) -> float:
    """Seconds between the two replies of the pieces that are nearest in time."""
    few, many = sorted((one.times, two.times), key=len)
    best = FAR
    for time in few:
        at = bisect_left(many, time)
        for other in many[max(at - 1, 0) : at + 1]:
            best = min(best, abs(other - time))
    return best


def _by_port(pieces: list[Piece]) -> list[Piece]:
    """Joins what answered on, or announced, one TCP port in one visit, unless that shows two devices."""
    for port in sorted({port for piece in pieces for port in piece.open}):
        about = [number for number, piece in enumerate(pieces) if port in piece.ports]
        parents = list(range(len(pieces)))
        for position, one in enumerate(about):
            for two in about[position + 1 :]:
                if gap_s(pieces[one], pieces[two]) <= VISIT_S:
                    join(parents, one, two)
        visits: dict[int, list[int]] = defaultdict(list)
        for number in about:
            visits[find(parents, number)].append(number)
        joined: set[int] = set()
        made: list[Piece] = []
        for numbers in visits.values():
            together = [pieces[number] for number in numbers]
            if len(numbers) > 1 and not _show_two(together):
                made.append(_piece(reply for piece in together for reply in piece.replies))
                joined |= set(numbers)
            elif len(numbers) > 1:
                nobodys = [number for number in numbers if not pieces[number].identity.tokens]
                if nobodys:
                    made.append(_piece(reply for number in nobodys for reply in pieces[number].replies))
                joined |= set(nobodys)
        if joined:
            pieces = [piece for number, piece in enumerate(pieces) if number not in joined] + made
            pieces.sort(key=lambda piece: piece.replies[0].arrival)
    return pieces


def _show_two(pieces: Sequence[Piece] | Sequence[DeviceReplies]) -> bool:
    identities = [piece.identity for piece in pieces]
    return any(one.shows_another(two) for position, one in enumerate(identities) for two in identities[position + 1 :])


def _by_time(pieces: list[Piece]) -> list[Piece]:
    """Joins what does not show two devices, nearest in time first, where no visit of it shows two."""
    crowded = {
        number
        for number, piece in enumerate(pieces)
        if _show_two([other for other in pieces if gap_s(piece, other) <= VISIT_S])
    }
    pairs = sorted(
        (gap_s(pieces[one], pieces[two]), one, two)
        for one in range(len(pieces))
        for two in range(one + 1, len(pieces))
        if not {one, two} & crowded
    )
    parents = list(range(len(pieces)))
    whole = [piece.identity for piece in pieces]
    for _, first, second in pairs:
        one, two = find(parents, first), find(parents, second)
        if one != two and not whole[one].shows_another(whole[two]):
            join(parents, one, two)
            whole[find(parents, one)] = whole[one] | whole[two]
    joined: dict[int, list[HostReply]] = defaultdict(list)
    for number, piece in enumerate(pieces):
        joined[find(parents, number)].extend(piece.replies)
    return [_piece(joined[number]) for number in sorted(joined)]


def _home(piece: Piece, known: Sequence[Piece]) -> int | None:
    """The device that replies without identity are of: the only one of that visit, or the nearest where none was there."""
    gaps = sorted((gap_s(piece, other), number) for number, other in enumerate(known))
    if not gaps or (len(gaps) > 1 and gaps[1][0] <= VISIT_S):
        return None
    return gaps[0][1]
