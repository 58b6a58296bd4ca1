"""Replies of a search as the frames that a capture of it would hold."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import pcaps
from camcensus.model.observation import Observation
from camcensus.wire.mdns_services import Services
from camcensus.wire.ports import QUESTION_PORTS
from pcaps import CLIENT, ROUTER_MAC, Talk

BEYOND_HOPS = 63
"""Left of the 64 of a device behind a router."""
_ASKS = {"upnp": b"GET /desc.xml", "axis-cgi.basicdeviceinfo": b"POST /axis-cgi/basicdeviceinfo.cgi"}


def can_be_captured(one: Observation) -> bool:
    """Whether a reply comes by in clear, and is one that a search without a login gets."""
    if one.probe in ("person", "list", "tls") or one.reading.state == "broken":
        return False
    if one.probe == "mdns" and not Services().take(one.raw):
        return False  # Of a service that no search browses.
    if one.probe == "http" and one.ask not in (None, "GET /") and "/onvif/" not in (one.ask or ""):
        return False  # A search asks for no maker's page, and what strangers ask for is no sign.
    return one.port is not None or one.probe in ("neighbour", *QUESTION_PORTS)


def frames_of(observations: Iterable[Observation]) -> list[bytes]:
    """The frames of replies, in order; each TCP reply with its question."""
    frames: list[bytes] = []
    for number, one in enumerate(observations):
        frames += _frames(one, 20_000 + number % 40_000)
    return frames


def _frames(one: Observation, client_port: int) -> Sequence[bytes]:
    mac, hops = (one.mac, 64) if one.mac else (ROUTER_MAC, BEYOND_HOPS)
    client = "fe80::2" if ":" in one.address else CLIENT
    if one.probe == "neighbour":
        return [pcaps.arp(mac, one.address)] if one.mac and ":" not in one.address else []
    if one.probe in QUESTION_PORTS:
        port = one.port if one.port is not None else QUESTION_PORTS[one.probe]
        target = "224.0.0.251" if one.probe == "mdns" else client
        datagram = pcaps.udp(one.raw, port, QUESTION_PORTS[one.probe] if one.probe != "dhip" else 50_000)
        packets = (
            pcaps.fragments(datagram, one.address, target)
            if ":" not in one.address
            else [pcaps.ip(datagram, 17, one.address, client)]
        )
        kind = 0x86DD if ":" in one.address else 0x0800
        return [pcaps.ethernet(_with_hops(packet, hops), kind, mac) for packet in packets]
    assert one.port is not None
    talk = Talk(one.port, address=one.address, client=client, mac=mac, client_port=client_port, hops=hops)
    question, answer = _exchange(one)
    return [*talk.open(), *talk.ask(question), *talk.answer(answer), *talk.close()]


def _with_hops(packet: bytes, hops: int) -> bytes:
    at = 8 if packet[0] >> 4 == 4 else 7
    return packet[:at] + bytes((hops,)) + packet[at + 1 :]


def _exchange(one: Observation) -> tuple[bytes, bytes]:
    """The question, and the answer as it is on the wire."""
    if one.probe == "http":
        return (one.ask or "GET /").encode() + b" HTTP/1.1\r\nHost: x\r\n\r\n", one.raw
    if one.probe == "rtsp":
        number = re.search(rb"(?im)^cseq[ \t]*:[ \t]*([0-9]+)", one.raw)
        told = b"CSeq: " + (number[1] if number else b"1") + b"\r\n"
        return (one.ask or "OPTIONS").encode() + b" rtsp://10.0.0.31/ RTSP/1.0\r\n" + told + b"\r\n", one.raw
    family, _, name = one.probe.partition(".")
    body = b""
    if family == "onvif":
        ask, body = b"POST /onvif/device_service", b"<s:Envelope><s:Body><tds:" + name.encode() + b"/></s:Body></s:Envelope>"
    elif family == "isapi":
        ask = b"GET /ISAPI/" + name.encode()
    elif family == "dahua-cgi" and name == "getConfig":
        ask = b"GET /cgi-bin/configManager.cgi?action=getConfig&name=" + (one.ask or "").encode()
    elif family == "dahua-cgi":
        ask = b"GET /cgi-bin/magicBox.cgi?action=" + name.encode() + (b"&name=" + one.ask.encode() if one.ask else b"")
    else:
        ask = _ASKS.get(one.probe, b"GET /")
    head = b" HTTP/1.1\r\nContent-Length: %d\r\n\r\n" % len(body)
    return ask + head + body, b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(one.raw) + one.raw
