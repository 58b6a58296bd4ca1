"""What a search sends, read from the lists that it sends by: for the reports and pages of IT teams."""

from __future__ import annotations

from camcensus.discovery import mdns, ssdp, wsdiscovery
from camcensus.discovery.pace import FORBIDDEN_PORTS, HTTP_PORTS, MULTICAST_PORTS, PROGRAM_PORTS, RTSP_PORTS
from camcensus.discovery.vendor_udp import PROTOCOLS
from camcensus.model import frozen

_OPEN_GROUPS = {
    "wsdiscovery": (wsdiscovery.GROUP, wsdiscovery.GROUP_6),
    "ssdp": (ssdp.GROUP,),
    "mdns": (mdns.GROUP,),
}


@frozen
class ToAll:
    """A question to a whole network: its UDP port, the groups it goes to, whether also by broadcast, and the port that answers
    come to where it is a fixed one (None: whichever the question was sent from).
    """

    name: str
    port: int
    groups: tuple[str, ...]
    broadcast: bool
    reply_port: int | None


def questions_to_all() -> tuple[ToAll, ...]:
    """Every question that goes to a whole network, those of open standards first, then by name."""
    makers = {one.name: one for one in PROTOCOLS}
    found = [ToAll(name, MULTICAST_PORTS[name], groups, False, None) for name, groups in _OPEN_GROUPS.items()]
    for name in sorted(makers):
        one = makers[name]
        found.append(ToAll(name, one.port, one.asks, one.broadcast, one.reply_port))
    return tuple(found)


def questions_beyond() -> tuple[int, ...]:
    """The UDP ports of the makers' questions that go to one device beyond a router, sorted."""
    return tuple(sorted({one.port for one in PROTOCOLS if one.answers_asker}))


def ports_of_hosts() -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The TCP ports that one device may be asked: those of web pages and ONVIF, and those of RTSP; each sorted."""
    return tuple(sorted((*HTTP_PORTS, *PROGRAM_PORTS))), tuple(sorted(RTSP_PORTS))


def never_asked() -> tuple[int, ...]:
    """The TCP ports that are never asked, sorted."""
    return tuple(sorted(FORBIDDEN_PORTS))
