"""What a scan covered, and in words what it did not."""

from __future__ import annotations

from ipaddress import IPv4Network

from camcensus.discovery.book import Book
from camcensus.discovery.inquiry import HOST_PROBES
from camcensus.discovery.pace import MULTICAST_PORTS
from camcensus.discovery.probe import Network, Tally
from camcensus.discovery.scope import every_interface, network_of
from camcensus.model.scan import Coverage

STOPPED = "Stopped before it was finished."
LISTENED_ONLY = "Nothing was sent: only listening was asked for."
NOBODY = "No device on this network was to be asked."


def failed(problem: Exception) -> str:
    """What coverage says of a defect of ours: one probe's failure does not lose what the others saw."""
    return f"This part of the search failed ({type(problem).__name__}): the rest continued; please report it."


_WORST = ("blocked", "partial", "done", "skipped")


def coverage_of(book: Book, networks: list[Network], *, settled: bool, stopped_early: bool) -> tuple[Coverage, ...]:
    """One row per probe and network, sorted. Two cards on one network are added up."""
    rows: dict[tuple[str, str], Tally] = {}
    passive = book.scope.passive
    names = dict.fromkeys([*(str(network_of(one.interface)) for one in networks), *book.scope.ranges])
    for one in networks:
        for probe in dict.fromkeys((*MULTICAST_PORTS, *one.tallies)):
            tally = _copy(one.tally(probe))
            if not settled and tally.state != "skipped":
                tally.partial(STOPPED)
            _add(rows, (probe, str(network_of(one.interface))), tally)
    for name in names:
        for probe in HOST_PROBES:
            made = book.tallies.get((probe, name))
            tally = _copy(made) if made else Tally(state="skipped", reason=LISTENED_ONLY if passive else NOBODY)
            if stopped_early and not passive and (made or not settled):
                tally = tally if made else Tally()
                tally.partial(STOPPED)
            _add(rows, (probe, name), tally)
    for name, number in book.neighbours.items():
        _add(rows, ("neighbour", name), Tally(received=number))
    return tuple(sorted(Coverage(*key, one.sent, one.received, one.state, one.reason) for key, one in rows.items()))


def _copy(tally: Tally) -> Tally:
    return Tally(tally.sent, tally.received, tally.state, tally.reason)


def _add(rows: dict[tuple[str, str], Tally], key: tuple[str, str], tally: Tally) -> None:
    known = rows.setdefault(key, tally)
    if known is not tally:
        known.sent += tally.sent
        known.received += tally.received
        worse = min(known, tally, key=lambda one: _WORST.index(one.state))
        known.state, known.reason = worse.state, worse.reason


def not_covered(book: Book, networks: list[Network]) -> tuple[str, ...]:
    """What this scan could not see, each a phrase for staff."""
    scope = book.scope
    said = ["other networks in your building that were not searched"]
    if not networks:
        said.append(
            "devices that only answer questions to a whole network, because none of this computer's networks was searched"
        )
    if scope.passive:
        said.append("devices that did not announce themselves while we listened")
        if scope.ranges:
            said.append(f"the addresses of {', '.join(scope.ranges)}, because only listening was asked for")
    else:
        swept = [IPv4Network(text) for text in scope.ranges]
        searched = [network_of(one.interface) for one in networks]
        quiet = [str(one) for one in searched if not any(one.subnet_of(other) for other in swept)]
        if quiet:
            said.append(
                f"devices on {', '.join(dict.fromkeys(quiet))} that stay silent (type the network's range to ask each one)"
            )
    if scope.exclude:
        said.append(f"{', '.join(scope.exclude)}, which you asked this search to leave alone")
    if scope.allowed is not None:
        said.append(f"anything outside {', '.join(scope.allowed) or 'the ranges allowed'}, which the IT team's policy allows")
    if (scope.exclude or scope.allowed is not None) and any(":" in address for _, address in book.answered):
        said.append("more about devices that answered by IPv6, because they may be among those to be left alone")
    lost = [one.interface.name for one in networks if one.lost]
    if lost:
        said.append(f"what had not answered when the network card {', '.join(lost)} went away")
    named = {card.name for card in scope.interfaces}
    others = [
        f"{card.words}, {card.address}"
        for card in every_interface()
        if card.name not in named and not card.address.startswith("127.")
    ]
    if others:
        said.append(f"this computer's other networks ({'; '.join(others)})")
    if any(one.tally("wsdiscovery-ipv6").state != "done" or not one.tally("wsdiscovery-ipv6").sent for one in networks):
        said.append("devices that use only IPv6")
    else:
        said.append("devices that use only IPv6 and do not answer a question to all")
    said.append("cameras on a recorder's own ports, which only the recorder sees")
    return tuple(said)
