"""RTSP greetings: OPTIONS and DESCRIBE of the root, without credentials, and what an answer says. Paths are never guessed."""

from __future__ import annotations

import re

from camcensus.wire.fields import Collector, Fields
from camcensus.wire.http import collect_realms, read_head, realms_of
from camcensus.wire.sdp import collect_sdp

VERSION = 2


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
