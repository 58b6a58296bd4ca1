"""What the simulated devices understand of a UDP question, read as plainly as camera firmware does.

Nothing here uses our own codecs: that would only prove that we agree with ourselves.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import field
from typing import Literal

from camcensus.demo.estate import Speaker
from camcensus.model import frozen

_URIS = {
    "dn": "http://www.onvif.org/ver10/network/wsdl",
    "tds": "http://www.onvif.org/ver10/device/wsdl",
    "wsdp": "http://schemas.xmlsoap.org/ws/2006/02/devprof",
    "wprt": "http://schemas.microsoft.com/windows/2006/08/wdp/print",
    "pub": "http://schemas.microsoft.com/windows/pub/2005/07",
}
"""Prefixes that device files use in `offers` of WS-Discovery."""


@frozen
class UdpQuestion:
    """A question as devices see it. `wanted` is what it asks for; `values` are what an answer may repeat."""

    protocol: str
    line: str
    operation: str
    wanted: tuple[str, ...] = ()
    values: Mapping[str, str] = field(default_factory=dict)
    writes: bool = False


@frozen
class UdpProtocol:
    """Where a protocol is asked, how a question is read, what a device answers, and to whom.

    `group` is "" where only broadcasts are asked. `read` gives None for what is no question, so that a device never answers
    answers. They go `to` the sender, the group (`reply_group` where that is another), or everybody; to `reply_port`, if any.
    """

    name: str
    group: str
    port: int
    read: Callable[[bytes], UdpQuestion | None]
    answers: Callable[[Speaker, UdpQuestion], Iterator[Mapping[str, str]]]
    to: Literal["sender", "group", "broadcast"] = "sender"
    broadcast: bool = False
    title: str = ""
    reply_port: int = 0
    reply_group: str = ""

    def reply_to(self, sender: tuple[str, int], broadcast: str) -> tuple[str, int]:
        """Where the answer to a question from `sender` goes; `broadcast` is the address of all."""
        if self.to == "sender":
            return (sender[0], self.reply_port or sender[1])
        if self.name == "mdns" and sender[1] != self.port:
            return sender  # A plain resolver gets its answer directly. Source: RFC 6762, 6.7.
        place = broadcast if self.to == "broadcast" else self.reply_group or self.group
        return (place, self.reply_port or self.port)


def _between(data: str, tag: str) -> str | None:
    found = re.search(rf"<(?:\w+:)?{tag}(?:\s[^>]*)?>([^<]*)<", data)
    return found[1].strip() if found else None


def _read_wsdiscovery(data: bytes) -> UdpQuestion | None:
    text = data.decode("utf-8", "replace")
    if not re.search(r"<(?:\w+:)?(?:Uniview)?Probe[\s/>]", text):
        return None
    spelt = dict(re.findall(r"xmlns:(\w+)\s*=\s*[\"']([^\"']+)[\"']", text))
    types = tuple(_resolve(name, spelt) for name in (_between(text, "Types") or "").split())
    message = _between(text, "MessageID") or ""
    values = {"relates_to": message}
    if "UniviewProbe" in text:
        return UdpQuestion("uniview", "UniviewProbe", "UniviewProbe", (), values)
    return UdpQuestion("wsdiscovery", f"Probe {' '.join(types)}".strip(), "Probe", types, values)


def _resolve(name: str, spelt: Mapping[str, str]) -> str:
    prefix, _, local = name.rpartition(":")
    return f"{{{spelt.get(prefix, '')}}}{local}"


def _answer_wsdiscovery(speaker: Speaker, question: UdpQuestion) -> Iterator[Mapping[str, str]]:
    offers = {_resolve(name, _URIS) for name in speaker.offers}
    if all(wanted in offers for wanted in question.wanted):
        yield question.values


def _read_sadp(data: bytes) -> UdpQuestion | None:
    text = data.decode("utf-8", "replace")
    if not re.search(r"<Probe[\s>]", text):
        return None
    kind = _between(text, "Types") or ""
    values = {"relates_to": _between(text, "Uuid") or ""}
    return UdpQuestion("sadp", f"Probe {kind}", kind, (), values, writes=not kind.startswith("inquiry"))


def answer_always(_speaker: Speaker, question: UdpQuestion) -> Iterator[Mapping[str, str]]:
    if not question.writes:
        yield question.values


def _read_dhip(data: bytes) -> UdpQuestion | None:
    # Bare JSON gets no answer. Source: protocol notes, Dahua DHIP (header of 32 bytes, "DHIP" at offset 4).
    if len(data) < 32 or data[4:8] != b"DHIP":
        return None
    found = re.search(rb'"method"\s*:\s*"([^"]+)"', data[32:])
    method = found[1].decode("ascii", "replace") if found else ""
    return UdpQuestion("dhip", method, method, writes=method != "DHDiscover.search")


def _read_ssdp(data: bytes) -> UdpQuestion | None:
    head = data.decode("utf-8", "replace").split("\r\n")
    if not head[0].startswith("M-SEARCH"):
        return None
    fields = dict(line.split(":", 1) for line in head[1:] if ":" in line)
    wanted = next((value.strip() for name, value in fields.items() if name.strip().upper() == "ST"), "")
    return UdpQuestion("ssdp", f"M-SEARCH {wanted}", "M-SEARCH", (wanted,))


def _answer_ssdp(speaker: Speaker, question: UdpQuestion) -> Iterator[Mapping[str, str]]:
    for offer in speaker.offers:
        if question.wanted[0] in ("ssdp:all", offer):
            yield {"st": offer}


def _read_mdns(data: bytes) -> UdpQuestion | None:
    """The names a query asks for, lower case. Source: RFC 1035, 4.1; names in queries are never compressed but the 2nd on."""
    if len(data) < 12 or data[2] & 0x80:
        return None
    names, at = [], 12
    for _ in range(min(int.from_bytes(data[4:6]), 64)):
        name, at = _name_at(data, at)
        names.append(name)
        at += 4
    line = "query " + " ".join(names)
    return UdpQuestion("mdns", line, "query", tuple(names))


def _name_at(data: bytes, at: int) -> tuple[str, int]:
    labels: list[str] = []
    after = None
    for _ in range(64):
        if at >= len(data) or data[at] == 0:
            break
        if data[at] >= 0xC0:
            after = after or at + 2
            at = int.from_bytes(data[at : at + 2]) & 0x3FFF
            continue
        labels.append(data[at + 1 : at + 1 + data[at]].decode("utf-8", "replace"))
        at += 1 + data[at]
    return ".".join(labels).lower(), after or at + 1


def _answer_mdns(speaker: Speaker, question: UdpQuestion) -> Iterator[Mapping[str, str]]:
    if {offer.lower() for offer in speaker.offers} & set(question.wanted):
        yield {}


PROTOCOLS = (
    UdpProtocol(
        "wsdiscovery", "239.255.255.250", 3702, _read_wsdiscovery, _answer_wsdiscovery, title="WS-Discovery (UDP port 3702)"
    ),
    UdpProtocol("sadp", "239.255.255.250", 37020, _read_sadp, answer_always, "group", title="SADP (UDP port 37020)"),
    UdpProtocol("dhip", "239.255.255.251", 37810, _read_dhip, answer_always, broadcast=True, title="DHIP (UDP port 37810)"),
    UdpProtocol("ssdp", "239.255.255.250", 1900, _read_ssdp, _answer_ssdp, title="SSDP (UDP port 1900)"),
    UdpProtocol("mdns", "224.0.0.251", 5353, _read_mdns, _answer_mdns, "group", title="mDNS (UDP port 5353)"),
)
"""The group's ports and addresses. Source: protocol notes, sections 1 to 4."""


def spoken_by(protocol: UdpProtocol) -> tuple[str, ...]:
    """The device tables that answer on this protocol's port: Uniview's own probe comes over WS-Discovery's."""
    return ("wsdiscovery", "uniview") if protocol.name == "wsdiscovery" else (protocol.name,)
