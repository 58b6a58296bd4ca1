"""RTSP greetings: OPTIONS and DESCRIBE of the root, without credentials, and what an answer says. Paths are never guessed."""

from __future__ import annotations

import re

from camcensus.wire.fields import Collector, Fields
from camcensus.wire.fields import decode as decode_text
from camcensus.wire.http import collect_realms, read_head, realms_of
from camcensus.wire.http import redact as redact_head

# The description of a video stream (SDP) that DESCRIBE gets: the names that the firmware gives itself. Source: RFC 8866.

SIZE_LIMIT_BYTES = 16 * 1024
"""A description of a stream has about one thousand bytes."""
LINES_LIMIT = 256
ATTRIBUTES_LIMIT = 16

_STANDARD_NAMES = """
    charset control cliprect cat crypto etag extmap fingerprint fmtp framerate framesize ice-pwd ice-ufrag inactive key-mgmt
    keywds lang maxptime mid ptime quality range recvonly rtcp rtcp-fb rtcp-mux rtpmap sdplang sendonly sendrecv setup tool type
"""
_STANDARD = frozenset(_STANDARD_NAMES.split())
"""Attributes that say nothing of the maker, or hold a key. What is left is a maker's own: "Media_header", "x-dimensions"."""


def collect_sdp(into: Collector, body: bytes) -> None:
    """Adds session name, description, tool and makers' own attributes of a stream's description; nothing of other bodies."""
    if not body.lstrip()[:4].startswith(b"v="):
        return
    attributes = 0
    for line in decode_text(body[:SIZE_LIMIT_BYTES]).splitlines()[:LINES_LIMIT]:
        kind, _, value = line.strip().partition("=")
        if kind == "s":
            into.add("sdp.session", value)
        elif kind == "i":
            into.add("sdp.info", value)
        elif kind == "a":
            name, _, rest = value.partition(":")
            if name == "tool":
                into.add("sdp.tool", rest)
            elif name.lower() not in _STANDARD and attributes < ATTRIBUTES_LIMIT:
                attributes += 1
                into.add("sdp.attribute", value)


VERSION = 2
redact = redact_head


def encode_options(host: str, port: int = 554) -> bytes:
    """OPTIONS. `host` is an address. Raises ValueError where host or port cannot are in a request."""
    return f"OPTIONS {_url(host, port)} RTSP/1.0\r\nCSeq: 1\r\nUser-Agent: Camcensus\r\n\r\n".encode("ascii")


def encode_describe(host: str, port: int) -> bytes:
    """DESCRIBE of "/". Raises ValueError where host or port cannot are in a request."""
    return (
        f"DESCRIBE {_url(host, port)} RTSP/1.0\r\nCSeq: 2\r\nUser-Agent: Camcensus\r\nAccept: application/sdp\r\n\r\n"
    ).encode("ascii")


def _url(host: str, port: int) -> str:
    if not re.fullmatch(r"[0-9A-Za-z.:-]{1,64}", host) or not 1 <= port <= 65535:
        raise ValueError("a host or port that cannot stand in a request")
    name = f"[{host}]" if ":" in host else host
    return f"rtsp://{name}/" if port == 554 else f"rtsp://{name}:{port}/"


def decode(data: bytes, _: str | None = None) -> Fields:
    """Fields of an answer. Raises WireError where it is not RTSP."""
    head = read_head(data, "RTSP")
    into = Collector()
    into.add("rtsp.status", head.status)
    into.add("rtsp.server", *head.all("server"), keep_empty=True)
    realms = realms_of(head.all("www-authenticate"))
    into.add("rtsp.realm", *realms)
    collect_realms(into, realms)
    into.add("rtsp.public", *head.all("public"))
    collect_sdp(into, head.body)
    return into.fields()
