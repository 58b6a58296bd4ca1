"""What faulty devices put into an answer: whole answers in, spoiled ones out."""

from __future__ import annotations

import html
import re
import secrets
import uuid
from collections.abc import Mapping

from camcensus.demo.faults import Faults

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
