"""One address, several devices: port forwarding behind a router, or an address that went to another device.

What ties a reply to a device is a value that both show, or the TCP port that the device announced. Time tells only where one
device alone was there at the time; a reply that two devices of one visit could have given is handed to neither.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from urllib.parse import urlsplit

from camcensus.identity.fickle import FAR, LINKS_LIMIT, VISIT_S, seconds
from camcensus.identity.hosts import (
    CLUSTERS_LIMIT,
    TCP_SERIAL_PROBES,
    DeviceReplies,
    HostReply,
    Identity,
    find,
    join,
    make_part,
    show_two_models,
)
from camcensus.model import frozen
from camcensus.model.device import Observation

MakerAt = Callable[[Sequence[Observation]], str | None]
"""Names the maker that some web pages are of, None where they do not say."""
_TCP_PROBES = ("http", "rtsp", "tls", "upnp", "onvif.", "isapi.", "dahua-cgi.", "axis-cgi.")


@frozen
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


def split_host(replies: Sequence[HostReply], maker_at: MakerAt = lambda _: None) -> tuple[DeviceReplies, ...]:
    """The devices that the replies of one address show, the same for any order of the replies.

    One, unless MAC addresses, endpoint ids or what its ports answer show two. Replies that no device can be
    told to have given are then parts of their own: one for each TCP port, one for all the rest.
    """
    groups = _tied([reply for reply in replies if reply.identity.tokens])
    if not 1 < len(groups) <= CLUSTERS_LIMIT or not _show_two(groups):
        return _by_door(replies, maker_at)
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


def _by_door(replies: Sequence[HostReply], maker_at: MakerAt) -> tuple[DeviceReplies, ...]:
    """One device, or one for each maker, model or serial number that TCP ports show in one visit.

    A port that shows none of these is the first device's; what came over no port is of the device that it announces, else of
    the router in front.
    """
    doors: dict[int, list[HostReply]] = defaultdict(list)
    rest: list[HostReply] = []
    for reply in replies:
        (doors[reply.observation.port or 0] if is_tcp(reply.observation) else rest).append(reply)
    if len(doors) < 2 or any(reply.observation.probe == "person" for reply in rest):
        return (make_part(replies),)
    found: list[_Door] = []
    for door in sorted((_door(port, doors[port], maker_at) for port in doors), key=lambda door: (not door.shows, door.port)):
        home = next((number for number, other in enumerate(found) if not door.is_another(other)), None)
        if home is None:
            found.append(door)
        else:
            found[home] = _door(found[home].port, (*found[home].piece.replies, *door.piece.replies), maker_at)
    if len(found) < 2:
        return (make_part(replies),)
    homes: dict[int | None, list[HostReply]] = {
        door.port: [replace(one, identity=_without_neighbour(one.identity)) for one in door.piece.replies] for door in found
    }
    for reply in rest:
        own, announced = _without_neighbour(reply.identity).tokens, announced_ports(reply.observation)
        home = next((one.port for one in found if own & one.identity.tokens or announced & one.piece.open), None)
        homes.setdefault(home, []).append(reply)
    return tuple(make_part(homes[port], port) for port in sorted(homes, key=lambda port: (port is None, port or 0)))


@frozen
class _Door:
    """What answered at TCP ports, `port` the lowest, and what it shows; a router's MAC address shows nothing."""

    port: int
    piece: Piece
    identity: Identity
    maker: str | None

    def is_another(self, other: _Door) -> bool:
        """True where the two are two devices."""
        if self.identity.tokens & other.identity.tokens or gap_s(self.piece, other.piece) > VISIT_S:
            return False
        makers = {self.maker, other.maker} - {None}
        return len(makers) > 1 or self.identity.shows_another(other.identity) or show_two_models(self._asked, other._asked)

    @property
    def shows(self) -> bool:
        """Whether it shows anything of what it is."""
        return bool(self.maker or self.identity.tokens or self.identity.models)

    @property
    def _asked(self) -> list[Observation]:
        seen = [reply.observation for reply in self.piece.replies]
        return [one for one in seen if one.probe.startswith(TCP_SERIAL_PROBES)]


def _door(port: int, replies: Sequence[HostReply], maker_at: MakerAt) -> _Door:
    piece = _piece(replies)
    pages = [reply.observation for reply in piece.replies if reply.observation.probe == "http"]
    return _Door(port, piece, _without_neighbour(piece.identity), maker_at(pages) if pages else None)


def _without_neighbour(identity: Identity) -> Identity:
    return replace(identity, neighbour=frozenset())


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
