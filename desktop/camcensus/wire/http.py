"""HTTP greetings: the question, and the head, title and realm of an answer. RTSP shares the head."""

from __future__ import annotations

import html
import itertools
import re
import zlib

from camcensus.model import frozen
from camcensus.model.errors import WireError
from camcensus.wire.fields import Collector, Fields, read_mac
from camcensus.wire.fields import decode as decode_text
from camcensus.wire.page import collect_page

VERSION = 4

HEAD_LIMIT_BYTES = 64 * 1024
HEADERS_LIMIT = 128
"""A camera's answer has about ten headers."""
_UNPACKED_LIMIT_BYTES = 256 * 1024
"""The title is at the top of a page; no more of it is unpacked."""
_HEX_SERIAL = re.compile(r"[0-9a-f]{32}", re.I)


@frozen
class HttpHead:
    """Status and headers of an answer; names lower case, values in order. `body` is what follows, as sent."""

    protocol: str
    status: str
    headers: tuple[tuple[str, str], ...]
    body: bytes

    def all(self, name: str) -> tuple[str, ...]:
        """Values of a header, in the order sent."""
        return tuple(value for key, value in self.headers if key == name)


def encode_get(host: str, path: str = "/", *, keep: bool = False) -> bytes:
    """A GET. `host` is an address, with ":port" where it is not 80; `path` begins with "/". Raises ValueError otherwise.

    `keep` asks the host to leave the connection open.
    """
    if not path.startswith("/") or re.search(r"[^\x21-\x7e]", path + host) or not host:
        raise ValueError("a host or path that cannot stand in a request")
    if host.count(":") > 1 and not host.startswith("["):
        host = f"[{host}]"
    return (
        f"GET {path} HTTP/1.1\r\nHost: {host}\r\nUser-Agent: Camcensus\r\nAccept: text/html, */*\r\n"
        f"Accept-Encoding: identity\r\nConnection: {'keep-alive' if keep else 'close'}\r\n\r\n"
    ).encode("ascii")


_STATUS = re.compile(r"(HTTP|RTSP)/[0-9]\.[0-9]\s+([0-9]{3})(?:\s|$)")

_BARE_PAGE = re.compile(rb"\s{0,64}<(?:!doctype\s{1,8}html|html|head)\b", re.I)


def read_head(data: bytes, protocol: str) -> HttpHead:
    """Status line and headers of an HTTP or RTSP answer. Folded lines are joined; lines without a colon are passed over.

    A page without a head is one (HTTP/0.9). Raises WireError where the status line is not the protocol's.
    """
    data = data.lstrip(b"\r\n")
    if protocol == "HTTP" and _BARE_PAGE.match(data):
        return HttpHead(protocol, "", (), data)
    end = re.search(rb"\r?\n\r?\n", data[:HEAD_LIMIT_BYTES])
    head, body = (data[: end.start()], data[end.end() :]) if end else (data[:HEAD_LIMIT_BYTES], b"")
    lines = decode_text(head, "iso-8859-1").replace("\r\n", "\n").split("\n")
    status = _STATUS.match(lines[0])
    if not status or status[1] != protocol:
        raise WireError(f"The reply is not an {protocol} answer.")
    headers: list[tuple[str, str]] = []
    for line in lines[1:]:
        if line[:1] in (" ", "\t") and headers:
            headers[-1] = (headers[-1][0], f"{headers[-1][1]} {line.strip()}")
            continue
        name, colon, value = line.partition(":")
        if colon and len(headers) < HEADERS_LIMIT:
            headers.append((name.strip().lower(), value.strip()))
    return HttpHead(protocol, status[2], tuple(headers), body)


_REALM = re.compile(r"""\brealm\s*=\s*(?:"((?:[^"\\]|\\.){0,1024})"|([^\s",]{1,256}))""", re.I)


def realms_of(challenges: tuple[str, ...]) -> tuple[str, ...]:
    """The realm of each challenge of WWW-Authenticate headers."""
    found = (match for challenge in challenges for match in _REALM.finditer(challenge[:8192]))
    return tuple(re.sub(r"\\(.)", r"\1", match[1]) if match[1] is not None else match[2] for match in found)


def collect_realms(into: Collector, realms: tuple[str, ...]) -> None:
    """What a realm tells besides itself: a Dahua serial ("Login to 4M00000PAA00001"), an Axis MAC address ("AXIS_ACCC8E…").

    Dahua's newer realm is 32 hexadecimal digits instead of the serial. Source: 401 answers published by users.
    """
    for realm in realms:
        found = re.fullmatch(r"Login to ([0-9A-Za-z]{10,20})", realm)
        if found and not _HEX_SERIAL.fullmatch(found[1]):
            into.add("serial", found[1])
        found = re.fullmatch(r"AXIS_(?:WS_)?([0-9A-F]{12})", realm, re.I)
        into.add("mac", read_mac(found[1]) if found else None)


def decode(data: bytes, ask: str | None = None) -> Fields:
    """Fields of an answer to `ask` ("GET /", None for that too). Raises WireError where it is not HTTP."""
    head = read_head(data, "HTTP")
    into = Collector()
    into.add("http.status", head.status or None)
    into.add("http.server", *head.all("server"), keep_empty=True)
    challenges = head.all("www-authenticate")
    into.add("http.auth", *challenges)
    realms = realms_of(challenges)
    into.add("http.realm", *realms)
    collect_realms(into, realms)
    text = _page(head)
    into.add("http.stream", *(kind for kind in head.all("content-type") if "multipart/x-mixed-replace" in kind.lower()))
    into.add("http.location", *head.all("location"), *_sent_on_to(text))
    found = _TITLE.search(text)
    title = " ".join(html.unescape(found[1]).split()) if found else ""
    into.add("http.title", title or None)
    collect_page(into, text, title)
    path = _path(ask)
    if path != "/" and head.status in ("200", "401", "403"):
        into.add("http.path", path)
    return into.fields()


def _path(ask: str | None) -> str:
    words = (ask or "").split()
    return words[1].partition("?")[0] if len(words) > 1 else "/"


_TITLE = re.compile(r"<title\b[^<>]{0,200}>([^<]{0,4096})", re.I)
_CHARSET = re.compile(rb"""charset\s*=\s*["']?([A-Za-z0-9._-]{1,40})""", re.I)


_SENDS_ON = re.compile(
    r"""\blocation(?:\.href)?\s{0,4}=\s{0,4}["']([^"'<>\s]{1,300})["']"""
    r"""|\blocation\.(?:replace|assign)\(\s{0,4}["']([^"'<>\s]{1,300})["']"""
    r"""|http-equiv\s{0,4}=\s{0,4}["']?refresh\b[^<>]{0,60}?\burl\s{0,4}=\s{0,4}["']?([^"'<>\s]{1,300})""",
    re.I,
)
_SENT_ON_LIMIT = 4
"""Pages that send on do so once; a page with many such lines is an application, and its links are no sign."""


def _sent_on_to(text: str) -> tuple[str, ...]:
    """Where the page's own script or meta element sends visitors: old Hikvision firmware answers 200 and sends on so."""
    found = list(itertools.islice(_SENDS_ON.finditer(text), _SENT_ON_LIMIT))
    return tuple(match[match.lastindex or 1] for match in found)


def _page(head: HttpHead) -> str:
    body = unpack(head)
    content_type = " ".join(head.all("content-type"))
    declared = _CHARSET.search(content_type.encode("ascii", "replace")) or _CHARSET.search(body[:4096])
    return decode_text(body, declared[1].decode("ascii") if declared else None)


def unpack(head: HttpHead) -> bytes:
    """The body, at most 256 KiB of it, without chunk sizes and gzip. What cannot be unpacked is given as far as it went."""
    body = head.body
    if "chunked" in " ".join(head.all("transfer-encoding")).lower():
        body = _dechunk(body)
    if "gzip" in " ".join(head.all("content-encoding")).lower():
        try:
            return zlib.decompressobj(16 + zlib.MAX_WBITS).decompress(body, _UNPACKED_LIMIT_BYTES)
        except zlib.error:
            return b""
    return body[:_UNPACKED_LIMIT_BYTES]


def _dechunk(body: bytes) -> bytes:
    parts: list[bytes] = []
    at = total = 0
    while at < len(body) and total < _UNPACKED_LIMIT_BYTES:
        end = body.find(b"\n", at, at + 64)
        size = re.match(rb"\s*([0-9a-fA-F]{1,8})", body[at : end if end >= 0 else at])
        if end < 0 or not size or not int(size[1], 16):
            break
        length = int(size[1], 16)
        parts.append(body[end + 1 : end + 1 + length])
        total += len(parts[-1])
        at = end + 1 + length
        at += 2 if body[at : at + 2] == b"\r\n" else 1
    return b"".join(parts) if parts else body


_COOKIE = re.compile(rb"(?im)^(Set-Cookie2?[ \t]*:[ \t]*)([^=;\r\n]{0,256}=)?((?:[^;\r\n]|\r?\n[ \t])*)")


def redact(raw: bytes) -> bytes:
    """The answer with the values of its Set-Cookie headers blanked by "*", the same length; cookie names stay as signs.

    A session cookie given before login is usually worthless, but some firmware hands out one that is good.
    """
    end = re.search(rb"\r?\n\r?\n", raw[:HEAD_LIMIT_BYTES])
    head, rest = (raw[: end.start()], raw[end.start() :]) if end else (raw[:HEAD_LIMIT_BYTES], raw[HEAD_LIMIT_BYTES:])
    return _COOKIE.sub(lambda found: found[1] + (found[2] or b"") + b"*" * len(found[3]), head) + rest
