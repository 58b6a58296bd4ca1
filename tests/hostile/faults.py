"""What a simulated device does wrong. One mechanism for large fleets and hostile devices.

Kinds, and what `value` means. How an answer is sent:

- `silent`: takes the question and never answers.
- `slow`: answers after `value` seconds.
- `drip`: sends a byte at a time, `value` seconds apart (TCP).
- `cut`: sends the first `value` bytes only, then ends.
- `wrong-length`: every length it states is off by `value` bytes.
- `repeat`: sends the answer `value` times (UDP).
- `other-port`: answers from a port that nobody asked (UDP).
- `reset`: drops the connection without an answer (TCP).
- `endless`: continues sending the answer's last byte until the other side leaves, at most `value` bytes (TCP).
- `huge`: the same, with that length stated (HTTP).
- `chunked`, `no-length`: in chunks, or ended by closing (HTTP).

What is in it, with `text` where the table says so:

- `bare`: the SOAP envelope is left out. `spaces`: blanks in scopes are not escaped. `nuls`: `value` NULs at the end.
- `no-links`: it names no address of its services. `doubled`: two matches in one datagram. `unclosed`: no end tags in SADP.
- `new-id`: another endpoint id in each answer. `same-id`: the one endpoint id of all devices with this fault.
- `other-host`: links name the host `text`. `redirect`: to a page of its own that leads on to another, in a ring; to `text`.
- `named`: the device's names are `text`. `gbk`: they are Chinese, in GBK, whatever the answer says of its encoding.
- `bomb`: entities that unfold to a billion laughs. `plain`: no SOAP, under a SOAP type. `garbage`: `value` random bytes.
- `fault`: a SOAP fault under status 200. `status`: status `value` with an ordinary fault (HTTP).
"""

from __future__ import annotations

import asyncio
import contextlib
import html
import re
import secrets
import socket
import struct
import uuid
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from camcensus.demo.ground import PATIENCE_S
from camcensus.demo.template import LiteralReply, Sending
from camcensus.model.errors import DemoError

FaultKind = Literal[
    "silent", "slow", "drip", "cut", "wrong-length", "repeat", "other-port", "reset", "endless", "huge", "chunked", "no-length",
    "bare", "spaces", "nuls", "no-links", "doubled", "unclosed",
    "new-id", "same-id", "other-host", "redirect", "named", "gbk", "bomb", "plain", "garbage",
    "fault", "status",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault, in what a device says over `protocol` ("wsdiscovery", "sadp", …, "http", "onvif", "rtsp", or "*")."""

    protocol: str
    kind: FaultKind
    value: float = 0.0
    text: str = ""


@dataclass(frozen=True)
class Faults(Sending):
    """The faults of one device, which sends its answers accordingly."""

    faults: tuple[Fault, ...] = ()

    def find(self, protocol: str, kind: FaultKind) -> Fault | None:
        """The first fault of this kind in this protocol, None when the device does not have it."""
        return next((one for one in self.faults if one.kind == kind and one.protocol in (protocol, "*")), None)

    def value(self, protocol: str, kind: FaultKind) -> float | None:
        """The value of a fault of this kind in this protocol, None when the device does not have it."""
        fault = self.find(protocol, kind)
        return None if fault is None else fault.value

    def has(self, protocol: str, kind: FaultKind) -> bool:
        """Whether the device has a fault of this kind in this protocol."""
        return self.value(protocol, kind) is not None

    def lie_bytes(self, protocol: str) -> int:
        """By how much the lengths it states are wrong."""
        return int(self.value(protocol, "wrong-length") or 0)

    def delay_s(self, protocol: str) -> float:
        """How long it waits before it answers, in seconds, beside what the protocol asks."""
        return self.value(protocol, "slow") or 0.0

    def send(
        self,
        protocol: str,
        reply: LiteralReply,
        values: Mapping[str, str],
        sender: socket.socket,
        to: tuple[str, int],
        other: Callable[[], socket.socket],
    ) -> None:
        if self.has(protocol, "silent"):
            return
        with contextlib.ExitStack() as stack:
            speaks = stack.enter_context(other()) if self.has(protocol, "other-port") else sender
            for _ in range(int(self.value(protocol, "repeat") or 1)):
                rendered = reply.render(named(self, protocol, values), self.lie_bytes(protocol))
                whole = spoil(self, protocol, rendered, values["address"])
                speaks.sendto(self.cut(protocol, whole), to)

    async def answer(
        self, protocol: str, reply: LiteralReply, values: Mapping[str, str], port: int, target: str, to: asyncio.StreamWriter
    ) -> bool:
        if self.has(protocol, "reset"):
            to.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            to.transport.abort()
            return False
        if self.has(protocol, "silent"):
            await asyncio.sleep(PATIENCE_S)
            return False
        await asyncio.sleep(self.delay_s(protocol))
        rendered = reply.render(named(self, protocol, values), self.lie_bytes(protocol))
        whole = spoil_answer(self, protocol, rendered, (values["address"], port), target)
        sent = self.cut(protocol, whole)
        drip_s = self.value(protocol, "drip")
        for part in [sent] if drip_s is None else [bytes([value]) for value in sent]:
            to.write(part)
            await to.drain()
            await asyncio.sleep(drip_s or 0)
        filler, left = sent[-1:] * 16384, int(self.value(protocol, "endless") or self.value(protocol, "huge") or 0)
        while left > 0 and filler:
            to.write(filler)
            await to.drain()
            left -= len(filler)
        return sent == whole and not self.lie_bytes(protocol)

    def cut(self, protocol: str, data: bytes) -> bytes:
        """What it really sends of `data`."""
        limit = self.value(protocol, "cut")
        return data if limit is None else data[: int(limit)]


def read_faults(rows: Iterable[Mapping[str, object]], where: str) -> Faults:
    """Faults as a device file lists them. Raises DemoError for a kind that does not exist."""
    faults = []
    for row in rows:
        kind = str(row.get("kind"))
        if kind not in get_args(FaultKind):
            raise DemoError(f"The simulated device {where} has a fault of an unknown kind: {kind}.")
        value, text = float(str(row.get("value", 0))), str(row.get("text", ""))
        faults.append(Fault(str(row.get("protocol", "*")), kind, value, text))  # type: ignore[arg-type]
    return Faults(tuple(faults))


SAME_ID = "5f5a69c2-e0ae-504f-829b-00000000ffff"
"""The endpoint id of all devices whose firmware was copied with it."""
CHINESE = "\u6444\u50cf\u673a\u4e00\u53f7"
"""A usual name of a camera ("camera number one")."""

_NAMES = ("name", "scope_name", "scope_location", "hostname", "page_title", "friendly_name", "description", "title")
_TEXTS = frozenset({"wsdiscovery", "uniview", "sadp", "http", "onvif", "ssdp"})
"""Protocols whose answers are text of no stated length, or whose length is stated anew here."""
_BOMB = (
    b'<!DOCTYPE lolz [<!ENTITY a "ha ha ha ha ha ha ha ha ha ha">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + number, b"&%c;" % (97 + number) * 10) for number in range(9))
    + b"]>"
)
_FAULT = (
    b'<?xml version="1.0" encoding="UTF-8"?><s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope" '
    b'xmlns:ter="http://www.onvif.org/ver10/error"><s:Body><s:Fault><s:Code><s:Value>s:Sender</s:Value><s:Subcode><s:Value>'
    b"ter:NotAuthorized</s:Value></s:Subcode></s:Code><s:Reason><s:Text xml:lang='en'>Sender not authorized</s:Text></s:Reason>"
    b"</s:Fault></s:Body></s:Envelope>"
)


def named(faults: Faults, protocol: str, values: Mapping[str, str]) -> dict[str, str]:
    """The values that answers are filled with, as a device with these faults has them."""
    changed = dict(values)
    if faults.has(protocol, "new-id") and "uuid" in changed:
        changed["uuid"] = str(uuid.uuid4())
    if faults.has(protocol, "same-id") and "uuid" in changed:
        changed["uuid"] = SAME_ID
    called = faults.find(protocol, "named")
    text = CHINESE if faults.has(protocol, "gbk") else called.text if called else None
    if text is not None:
        shown = html.escape(text, quote=False) if protocol in _TEXTS else text
        changed |= {name: shown for name in _NAMES if name in changed}
    return changed


def spoil(faults: Faults, protocol: str, data: bytes, address: str) -> bytes:
    """A datagram as the device at `address` sends it."""
    size = faults.value(protocol, "garbage")
    if size is not None:
        return secrets.token_bytes(int(size))
    if protocol in _TEXTS:
        data = _inside(faults, protocol, data, address)
    return data + bytes(int(faults.value(protocol, "nuls") or 0))


def spoil_answer(faults: Faults, protocol: str, data: bytes, at: tuple[str, int], target: str) -> bytes:
    """An answer as the device at `at` sends it to a question for the page `target`; over HTTP lengths are stated anew."""
    address, port = at
    if protocol not in ("http", "onvif"):
        return spoil(faults, protocol, data, address)
    if not any(one.protocol in (protocol, "*") and one.kind in _REMADE for one in faults.faults):
        return data
    head, _, body = data.partition(b"\r\n\r\n")
    lines = [line for line in head.split(b"\r\n") if not line.lower().startswith((b"content-length:", b"transfer-encoding:"))]
    redirect = faults.find(protocol, "redirect")
    status = faults.value(protocol, "status")
    if redirect is not None:
        where = redirect.text or f"http://{address}:{port}{'/b' if target.startswith('/a') else '/a'}"
        lines, body = [b"HTTP/1.1 302 Found", b"Location: " + where.encode(), b"Connection: close"], b""
    elif faults.has(protocol, "fault"):
        lines, body = [b"HTTP/1.1 200 OK", b"Content-Type: application/soap+xml; charset=utf-8"], _FAULT
    elif status is not None:
        lines = [b"HTTP/1.1 %d Error" % int(status), b"Content-Type: application/soap+xml; charset=utf-8"]
        body = _FAULT
    elif faults.has(protocol, "plain"):
        lines = [b"HTTP/1.1 200 OK", b"Content-Type: application/soap+xml; charset=utf-8"]
        body = b"Error: the service is busy & <not> ready."
    body = spoil(faults, protocol, body, address)
    huge = int(faults.value(protocol, "huge") or 0)
    if faults.has(protocol, "chunked"):
        pieces = [body[at : at + 7] for at in range(0, len(body), 7)]
        lines.append(b"Transfer-Encoding: chunked")
        body = b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in pieces) + b"0\r\n\r\n"
    elif faults.has(protocol, "no-length"):
        lines.append(b"Connection: close")
    else:
        lines.append(b"Content-Length: %d" % (len(body) + huge))
    return b"\r\n".join([*lines, b"", b""]) + body


_REMADE = frozenset(
    {"huge", "chunked", "no-length", "redirect", "fault", "status", "plain"}
    | {"bare", "no-links", "doubled", "spaces", "nuls", "other-host", "gbk", "bomb", "garbage"}
)


def _inside(faults: Faults, protocol: str, data: bytes, address: str) -> bytes:
    """The changes inside a text."""
    if faults.has(protocol, "bare"):
        found = re.search(rb"<(?:\w+:)?ProbeMatch[\s>].*</(?:\w+:)?ProbeMatch>", data, re.DOTALL)
        data = found[0] if found else data
    if faults.has(protocol, "no-links"):
        data = re.sub(rb"<(\w+:)?XAddrs>[^<]*</(\w+:)?XAddrs>", b"", data)
    if faults.has(protocol, "doubled"):
        data = re.sub(rb"(<(?:\w+:)?ProbeMatch[\s>].*</(?:\w+:)?ProbeMatch>)", rb"\1\1", data, flags=re.DOTALL)
    if faults.has(protocol, "unclosed") and protocol == "sadp":
        data = re.sub(rb"</(?!ProbeMatch)\w+>", b"", data)
    if faults.has(protocol, "spaces"):
        data = data.replace(b"%20", b" ")
    other = faults.find(protocol, "other-host")
    if other is not None:
        data = data.replace(b"//" + address.encode(), b"//" + other.text.encode())
    if faults.has(protocol, "gbk"):
        data = data.decode("utf-8", "replace").encode("gbk", "replace")
    if faults.has(protocol, "bomb"):
        opened = re.sub(rb"\A\s*<\?xml[^>]*\?>", b"", data)
        data = b'<?xml version="1.0"?>' + _BOMB + re.sub(rb"(<(?:\w+:)?Body[^>]*>)", rb"\1&j;", opened, count=1)
    return data
