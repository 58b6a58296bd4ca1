"""Devices that misbehave in every way seen in real servers, and in a few that only an enemy would think of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from camcensus.demo.estate import SimDevice
from hostile.faults import Fault, Faults

CANARY = "127.66.66.66"
"""Named by devices as if it were theirs; nobody may ever contact it."""
HTML = "<table><tr><td>" * 20 + "<img src=file:///etc/passwd>"
FORMULA = '=HYPERLINK("http://evil/","Hall")'
LONG = "N" * 10_000
TCP = ("http", "onvif")


@dataclass(frozen=True)
class Misbehaviour:
    """One way to misbehave. `found` is whether such a device still shows enough to be listed."""

    name: str
    faults: tuple[Fault, ...]
    found: bool = True


def both(kind: str, value: float = 0, text: str = "") -> tuple[Fault, ...]:
    """The same fault in web pages and ONVIF."""
    return tuple(Fault(protocol, kind, value, text) for protocol in TCP)  # type: ignore[arg-type]


def every(kind: str, value: float = 0, text: str = "") -> tuple[Fault, ...]:
    """The fault in everything it says."""
    return (Fault("*", kind, value, text),)  # type: ignore[arg-type]


def misbehaviours(canary: str = CANARY) -> tuple[Misbehaviour, ...]:
    """All of them; `canary` is the host that some name in place of themselves."""
    return (
        Misbehaviour("answers from an ephemeral port", every("other-port")),
        Misbehaviour("bare ProbeMatch", every("bare")),
        Misbehaviour("names no address of its services", every("no-links")),
        Misbehaviour("two matches in one datagram", every("doubled")),
        Misbehaviour("SADP without end tags", every("unclosed")),
        Misbehaviour("unescaped spaces", every("spaces")),
        Misbehaviour("chunked bodies", both("chunked")),
        Misbehaviour("close-delimited bodies", both("no-length")),
        Misbehaviour("HTTP 200 with a fault", both("fault")),
        Misbehaviour("400 for not authorised", both("status", 400)),
        Misbehaviour("500 for not authorised", both("status", 500)),
        Misbehaviour("plain text under a SOAP content type", both("plain")),
        Misbehaviour("10 s silence on TCP", both("slow", 10)),
        Misbehaviour("answers to all after 3.5 s", (Fault("wsdiscovery", "slow", 3.5), Fault("sadp", "slow", 3.5))),
        Misbehaviour("never answers on TCP", (*both("silent"), Fault("rtsp", "silent"))),
        Misbehaviour("a drip of one byte", (*both("drip", 0.5), Fault("rtsp", "drip", 0.5))),
        Misbehaviour("32 MB bodies, length stated", both("huge", 32 << 20)),
        Misbehaviour("32 MB bodies without end", both("endless", 32 << 20)),
        Misbehaviour("redirects in a ring", both("redirect")),
        Misbehaviour("redirects to another host", both("redirect", text=f"http://{canary}:8080/")),
        Misbehaviour("billion laughs", every("bomb")),
        Misbehaviour("links name another host", every("other-host", text=canary)),
        Misbehaviour("links name another host, and it is no address", every("other-host", text="evil.example")),
        Misbehaviour("duplicate endpoint id, first", every("same-id")),
        Misbehaviour("duplicate endpoint id, second", every("same-id")),
        Misbehaviour("another endpoint id in each reply", every("new-id")),
        Misbehaviour("200 copies of a reply", every("repeat", 200)),
        Misbehaviour("200 replies with ids of their own", (*every("repeat", 200), *every("new-id"))),
        Misbehaviour("GBK bytes", every("gbk")),
        Misbehaviour("trailing NULs", every("nuls", 64)),
        Misbehaviour("names that are HTML", every("named", text=HTML)),
        Misbehaviour("names that are formulas", every("named", text=FORMULA)),
        Misbehaviour("names of 10 kB", every("named", text=LONG)),
        Misbehaviour("cut short", every("cut", 120)),
        Misbehaviour("cut to one byte", every("cut", 1)),
        Misbehaviour("lengths that are too long", every("wrong-length", 5000)),
        Misbehaviour("lengths that are too short", every("wrong-length", -20)),
        Misbehaviour("drops connections", (*both("reset"), Fault("rtsp", "reset"))),
        Misbehaviour("random bytes", every("garbage", 1400)),
        Misbehaviour("silent altogether", every("silent"), found=False),
    )


def misbehave(devices: Sequence[SimDevice], canary: str = CANARY) -> list[SimDevice]:
    """Every misbehaviour once, on devices taken in turn; the devices have ids and addresses of their own already."""
    return [replace(device, sending=Faults(how.faults)) for device, how in zip(devices, misbehaviours(canary), strict=False)]
