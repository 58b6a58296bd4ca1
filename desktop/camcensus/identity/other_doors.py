"""Whether a port of an address is the device's own, where several answer there.

A recorder shows its cameras at ports of its own address, and a router forwards ports to several devices. What answers at each
stands in one row until something tells them apart, and a login is for one of them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from camcensus.identity.known_by import PORTS, TELLS, Marks, claimed_in, marks_of
from camcensus.identity.shared import announced_ports, is_tcp
from camcensus.identity.values import is_made_up_mac, same_serial
from camcensus.identity.vouched import speaks_for
from camcensus.model.observation import Observation

USUAL = (443, 80)
"""Where a device's own page is, if anything says nothing else."""
_OF_SERVICES = frozenset({"ssdp", "mdns", "upnp"})
"""What tells of several services, each with an id of its own."""


def another_door(address: str, port: int, known: Iterable[Observation], mac: str | None) -> str:
    """What to say of a port that tells another serial number, endpoint id or MAC address than one that is rather the device's.

    That is one whose device claims the `mac` that the network shows, else a usual port, else one before it. "" where nothing is
    told, or anything alike: an endpoint id, a serial number or a MAC address.
    """
    doors = _doors(address, known)
    here = doors.pop(port, {})
    mine = _rank(port, here, mac)
    for other, there in sorted(doors.items()):
        if mine[0] and _rank(other, there, mac) <= mine and _differ(here, there) and not _are_alike(here, there):
            return f"port {port} tells that it is another device’s than port {other} ({', '.join(_values(here))})"
    return ""


def unlinked_door(
    address: str, port: int, known: Iterable[Observation], mac: str | None, silent: Collection[int], certified: Collection[int]
) -> str:
    """What to say of a port that nothing links with another, where some were `silent`; "" where something does.

    One that shows nothing, and is not `certified` (known by a certificate), is asked about as a door that nothing vouches for.
    """
    doors = _doors(address, known)
    here = doors.get(port, {})
    closed = sorted(set(silent) - {port})
    others = {other: there for other, there in doors.items() if other != port}
    is_shown = bool(here) or port in certified
    if not closed or not is_shown or not _rank(port, here, mac)[0] or any(_are_alike(here, one) for one in others.values()):
        return ""
    shut, shown = ", ".join(map(str, closed)), ", ".join(_values(here)) or "its certificate"
    return f"it does not answer at port {shut}, and nothing tells that port {port} is its own ({shown})"


def _doors(address: str, known: Iterable[Observation]) -> dict[int, Marks]:
    """Port -> the marks that speak for it, of the ports at which a login may go to a device."""
    seen = [one for one in known if one.address == address and one.probe not in _OF_SERVICES]
    ports = {int(port) for one in seen if is_tcp(one) for port in marks_of([one]).get(PORTS, ())}
    ports |= {port for one in seen if not is_tcp(one) for port in announced_ports(one)}
    told = {port: marks_of((one for one in seen if speaks_for(one, port)), usable=True) for port in ports}
    return {port: {name: some for name, some in marks.items() if name.startswith(TELLS)} for port, marks in told.items()}


def comes_before(port: int, other: int) -> bool:
    """Whether a port is rather a device's own than another, where neither tells anything."""
    return _place(port) < _place(other)


def _place(port: int) -> int:
    return 0 if port in USUAL else port


def _rank(port: int, marks: Marks, mac: str | None) -> tuple[bool, int]:
    """How much a port is the device's own; the least comes first."""
    own = mac is not None and not is_made_up_mac(mac) and bool(claimed_in(marks, {mac.lower()}))
    return (not own, _place(port))


def _by_kind(marks: Marks, kind: str) -> set[str]:
    return {value for name, values in marks.items() if name.startswith(kind) for value in values}


def _differ(one: Marks, two: Marks) -> bool:
    return any(_by_kind(one, kind) and _by_kind(two, kind) for kind in TELLS)


def _are_alike(one: Marks, two: Marks) -> bool:
    """Whether two ports tell anything that is of one device."""
    serials = ((mine, other) for mine in _by_kind(one, "serial ") for other in _by_kind(two, "serial "))
    return (
        any(_by_kind(one, kind) & _by_kind(two, kind) for kind in TELLS)
        or any(same_serial(mine, other) for mine, other in serials)
        or bool(claimed_in(one, _by_kind(two, "claimed ")))
        or bool(claimed_in(two, _by_kind(one, "claimed ")))
    )


def _values(marks: Marks) -> list[str]:
    return sorted({value for values in marks.values() for value in values})
