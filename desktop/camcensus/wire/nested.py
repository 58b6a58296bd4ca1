"""Data packed or encoded inside a reply: streams of deflate, runs of Base64 and of hexadecimal digits.

A login that a device sends back may lie in one of them. Within limits: whoever packs a hundred times deep hides what they like.
"""

from __future__ import annotations

import base64
import contextlib
import itertools
import re
import zlib
from collections.abc import Iterator, Sequence
from typing import NamedTuple


class Writing(NamedTuple):
    """A reply as one reader would read it. Byte i of `data` is at `starts[i]` to `ends[i]` of the reply."""

    data: bytes
    starts: Sequence[int]
    ends: Sequence[int]


DEPTH = 4
RUNS_LIMIT = 256
"""Of each sort, how many in one thing, and of all how many of one depth are looked into."""
UNPACKED_LIMIT_BYTES = 1 << 18
"""Of all streams in one reply: what a device sends back of a request is in the first of them."""

_STREAM = re.compile(rb"\x1f\x8b\x08|\x78[\x01\x5e\x9c\xda]")
"""How gzip and zlib begin. Source: RFC 1952, 2.3.1; RFC 1950, 2.2."""
_BASE64 = re.compile(rb"[A-Za-z0-9+/_-]{16,}(?:\r?\n[A-Za-z0-9+/_-]{2,})*={0,2}")
_HEX = re.compile(rb"(?<![0-9a-zA-Z])(?:[0-9a-fA-F]{2}){12,}(?![0-9a-zA-Z])")
_STEP_BYTES = 64


def nested(outer: Writing) -> Iterator[Writing]:
    """Each thing in `outer`, and in those again, DEPTH deep."""
    layer, left = [outer], UNPACKED_LIMIT_BYTES
    for _ in range(DEPTH):
        inner = list[Writing]()
        for one in layer:
            for found in (*_streams(one, left), *_decoded(one)):
                inner.append(found)
                left -= len(found.data)
        layer = inner[:RUNS_LIMIT]
        yield from layer


def _streams(one: Writing, limit_bytes: int) -> Iterator[Writing]:
    """What is packed; all of it is where its stream is. A stream without a head only at the beginning."""
    places = [(found.start(), 32 + zlib.MAX_WBITS) for found in itertools.islice(_STREAM.finditer(one.data), RUNS_LIMIT)]
    if not one.data[:8].isascii():
        places.append((0, -zlib.MAX_WBITS))
    for start, bits in places:
        data, used = _unpack(one.data[start:], bits, limit_bytes)
        limit_bytes -= len(data)
        if data:
            yield Writing(data, [one.starts[start]] * len(data), [one.ends[start + used - 1]] * len(data))


def _unpack(packed: bytes, bits: int, limit_bytes: int) -> tuple[bytes, int]:
    """What a stream holds, as far as it is sound and the limit goes, and how many of its bytes that took."""
    stream, data, used = zlib.decompressobj(bits), bytearray(), 0
    with contextlib.suppress(zlib.error):
        while not stream.eof and used < len(packed) and len(data) < limit_bytes:
            piece = packed[used : used + _STEP_BYTES]
            used += len(piece)
            data += stream.decompress(piece, limit_bytes - len(data))
    return bytes(data), max(1, used - len(stream.unused_data))


def _decoded(one: Writing) -> Iterator[Writing]:
    for found in itertools.islice(_BASE64.finditer(one.data), RUNS_LIMIT):
        places: Sequence[int] = range(found.start(), found.start() + len(found[0].rstrip(b"=")))
        if b"\n" in found[0]:
            places = [at for at in places if one.data[at] not in b"\r\n"]
        places = places[: len(places) - (len(places) % 4 == 1)]
        text = found[0].translate(None, b"\r\n=")[: len(places)]
        data = base64.urlsafe_b64decode(text.translate(_ALPHABET) + b"=" * (-len(text) % 4))
        yield _mapped(one, data, places, 6)
    for found in itertools.islice(_HEX.finditer(one.data), RUNS_LIMIT):
        yield _mapped(one, bytes.fromhex(found[0].decode("ascii")), range(*found.span()), 4)


_ALPHABET = bytes.maketrans(b"+/", b"-_")


def _mapped(one: Writing, data: bytes, places: Sequence[int], bits: int) -> Writing:
    """`data`, of whose bytes each is in several signs of `bits` bits."""
    first = [places[at * 8 // bits] for at in range(len(data))]
    last = [places[(at * 8 + 7) // bits] for at in range(len(data))]
    return Writing(data, [one.starts[at] for at in first], [one.ends[at] for at in last])
