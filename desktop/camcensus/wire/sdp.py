"""The description of a video stream (SDP) that DESCRIBE gets: the names that the firmware gives itself. Source: RFC 8866."""

from __future__ import annotations

from camcensus.wire.fields import Collector
from camcensus.wire.text import decode as decode_text

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
