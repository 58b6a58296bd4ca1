"""The packets of a network capture, one after the other: pcap and pcapng, of either byte order, plain or packed with gzip.

Why not dpkt: its reader takes every packet of a pcapng file to be of the first network card, by that card's link type and
clock, passes over simple packet blocks and later sections, and asks for as much memory as a block claims to be long (a block
shorter than its own head makes it read the whole file). Its last release is of August 2022.

Source: draft-ietf-opsawg-pcap, draft-ietf-opsawg-pcapng.
"""

from __future__ import annotations

import contextlib
import gzip
import struct
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from camcensus.model.errors import open_file

CHUNK_BYTES = 1 << 20
PACKET_LIMIT_BYTES = 1 << 18
"""tcpdump's and Wireshark's own largest packet."""
BLOCK_LIMIT_BYTES = PACKET_LIMIT_BYTES + (1 << 16)
"""A packet with its options. Longer blocks that hold no packet are passed over without being held in memory."""
CARDS_LIMIT = 4_096
EMPTY_LIMIT = 1_000_000
"""Empty packets in a row, after which the file is read no further: zeros are empty packets without end."""
RATIO_LIMIT, RATIO_FROM_BYTES = 250, 64 << 20
"""A captured hour shrinks to a third; a packed file that holds so many times its own length holds nothing worth the time."""

_ORDER_OF = {
    b"\xd4\xc3\xb2\xa1": ("<", 1_000, 16),
    b"\xa1\xb2\xc3\xd4": (">", 1_000, 16),
    b"\x4d\x3c\xb2\xa1": ("<", 1, 16),
    b"\xa1\xb2\x3c\x4d": (">", 1, 16),
    b"\x34\xcd\xb2\xa1": ("<", 1_000, 24),
    b"\xa1\xb2\xcd\x34": (">", 1_000, 24),
}
"""Byte order, nanoseconds of one unit of the clock, and length of a packet's head. Source: libpcap, savefile.c."""
_SECTION = b"\x0a\x0d\x0d\x0a"
_GZIP = b"\x1f\x8b"
_CARD, _OLD_PACKET, _SIMPLE_PACKET, _PACKET = 1, 2, 3, 6
_RESOLUTION, _OFFSET = 9, 14
_LATEST_S = 253_402_300_799
"""The last second of the year 9999."""

Packet = tuple[int, int, bytes]
"""When it was captured (nanoseconds since 1970, 0 where the file does not say), its link type, and its bytes."""


def is_packets(head: bytes) -> bool:
    """Whether a file that begins so is a network capture, packed or not."""
    if head.startswith(_GZIP):
        with contextlib.suppress(zlib.error):
            head = zlib.decompressobj(16 + zlib.MAX_WBITS).decompress(head, 64)
    return head[:4] in _ORDER_OF or head[:4] == _SECTION


@dataclass(slots=True)
class _Card:
    link: int
    units: int
    """So many units of its clock are a second."""
    offset_s: int = 0

    def ns(self, ticks: int) -> int:
        seconds, rest = divmod(ticks, self.units)
        seconds += self.offset_s
        return seconds * 1_000_000_000 + rest * 1_000_000_000 // self.units if 0 <= seconds <= _LATEST_S else 0


@dataclass(slots=True)
class PacketFile:
    """A capture that `read` reads. `problem` is why the rest was not read; `size_bytes`, `done_bytes` are on the disk; `short`
    counts the packets of which the capture holds only the beginning.
    """

    read: Callable[[int], bytes]
    size_bytes: int = 0
    problem: str = ""
    packets: int = 0
    short: int = 0
    unpacked_bytes: int = 0
    _plain: IO[bytes] | None = None
    _cards: list[_Card] = field(default_factory=list)

    @property
    def done_bytes(self) -> int:
        """How much of the file was read, as it lies on the disk."""
        return min(self.size_bytes, self._plain.tell()) if self._plain is not None else self.unpacked_bytes

    def __iter__(self) -> Iterator[Packet]:
        """The packets in the file's order, as far as the file can be read; never raises but OSError of the disk."""
        start = self._more(b"", 0, 24)
        if start[:4] == _SECTION:
            yield from self._sections(start)
        elif start[:4] in _ORDER_OF and len(start) >= 24:
            yield from self._records(start)
        elif not self.problem:
            self.problem = "The file stops short before its first packet."

    def _more(self, buffer: bytes, at: int, needed: int) -> bytes:
        """What is left of the buffer and at least so many bytes in all, or as many as the file has."""
        parts = [buffer[at:]]
        held = len(parts[0])
        while held < needed:
            try:
                piece = self.read(CHUNK_BYTES)
            except (EOFError, zlib.error, gzip.BadGzipFile):
                self.problem = self.problem or f"The file is damaged after packet {self.packets:,}; the rest was not read."
                break
            if not piece:
                break
            self.unpacked_bytes += len(piece)
            if self._plain is not None and self.unpacked_bytes > max(RATIO_FROM_BYTES, RATIO_LIMIT * self._plain.tell()):
                self.problem = f"The file unpacks to more than {RATIO_LIMIT} times its length; the rest was not read."
                break
            parts.append(piece)
            held += len(piece)
        return b"".join(parts)

    def _stop(self, cut: bool) -> None:
        how = "stops short" if cut else "is damaged"
        self.problem = self.problem or f"The file {how} after packet {self.packets:,}; the rest was not read."

    def _records(self, buffer: bytes) -> Iterator[Packet]:
        order, scale, head = _ORDER_OF[buffer[:4]]
        (link,) = struct.unpack_from(order + "I", buffer, 20)
        link &= 0x0FFFFFFF  # The rest says how long frames' checksums are.
        unpack = struct.Struct(order + "IIII").unpack_from
        at, empty = 24, 0
        while True:
            if at + head > len(buffer):
                buffer, at = self._more(buffer, at, head), 0
                if len(buffer) < head:
                    if buffer:
                        self._stop(cut=True)
                    return
            seconds, fraction, length, full = unpack(buffer, at)
            empty = 0 if length else empty + 1
            if length > PACKET_LIMIT_BYTES or empty > EMPTY_LIMIT:
                self._stop(cut=False)
                return
            end = at + head + length
            if end > len(buffer):
                buffer, at, end = self._more(buffer, at, head + length), 0, head + length
                if end > len(buffer):
                    self._stop(cut=True)
                    return
            self.packets += 1
            self.short += full > length
            yield seconds * 1_000_000_000 + fraction * scale, link, buffer[at + head : end]
            at = end

    def _sections(self, buffer: bytes) -> Iterator[Packet]:
        order, at, last_ns = "<", 0, 0
        head = struct.Struct("<II")
        while True:
            if at + 12 > len(buffer):
                buffer, at = self._more(buffer, at, 12), 0
                if len(buffer) < 12:
                    if buffer:
                        self._stop(cut=True)
                    return
            if buffer[at : at + 4] == _SECTION:
                magic = buffer[at + 8 : at + 12]
                if magic not in (b"\x4d\x3c\x2b\x1a", b"\x1a\x2b\x3c\x4d"):
                    self._stop(cut=False)
                    return
                order = "<" if magic[0] == 0x4D else ">"
                head = struct.Struct(order + "II")
                self._cards.clear()
            kind, length = head.unpack_from(buffer, at)
            if length < 12 or length % 4:
                self._stop(cut=False)
                return
            if length > BLOCK_LIMIT_BYTES:
                if kind in (_CARD, _OLD_PACKET, _SIMPLE_PACKET, _PACKET):
                    self._stop(cut=False)
                    return
                buffer, at = self._after(buffer, at, length), 0
                continue
            if at + length > len(buffer):
                buffer, at = self._more(buffer, at, length), 0
                if length > len(buffer):
                    self._stop(cut=True)
                    return
            if buffer[at + 4 : at + 8] != buffer[at + length - 4 : at + length]:
                self._stop(cut=False)
                return
            if kind == _CARD:
                self._add_card(order, buffer[at + 8 : at + length - 4])
            elif kind in (_PACKET, _OLD_PACKET, _SIMPLE_PACKET):
                found = self._packet(order, kind, buffer, at, length, last_ns)
                if found is None:
                    self._stop(cut=False)
                    return
                last_ns = found[0]
                self.packets += 1
                yield found
            at += length

    def _after(self, buffer: bytes, at: int, length: int) -> bytes:
        """What comes after a long block."""
        left = length
        while left:
            held = len(buffer) - at
            if held >= left:
                return buffer[at + left :]
            left -= held
            buffer, at = self._more(b"", 0, 1), 0
            if not buffer:
                self._stop(cut=True)
                break
        return b""

    def _add_card(self, order: str, body: bytes) -> None:
        card = _Card(struct.unpack_from(order + "H", body)[0] if len(body) >= 2 else -1, 1_000_000)
        at = 8
        while at + 4 <= len(body):
            code, length = struct.unpack_from(order + "HH", body, at)
            value = body[at + 4 : at + 4 + length]
            at += 4 + (length + 3) // 4 * 4
            if code == 0:
                break
            if code == _RESOLUTION and length == 1:
                exponent = value[0] & 0x7F if len(value) == 1 else 6
                card.units = 2**exponent if len(value) == 1 and value[0] & 0x80 else 10**exponent
            elif code == _OFFSET and len(value) == 8:
                (card.offset_s,) = struct.unpack(order + "q", value)
        if len(self._cards) < CARDS_LIMIT:
            self._cards.append(card)

    def _packet(self, order: str, kind: int, buffer: bytes, at: int, length: int, last_ns: int) -> Packet | None:
        """The packet of a block; None where the block breaks off, or is of a network card that was never described."""
        if kind == _SIMPLE_PACKET:
            if length < 16 or not self._cards:
                return None
            (full,) = struct.unpack_from(order + "I", buffer, at + 8)
            self.short += full > length - 16
            return last_ns, self._cards[0].link, buffer[at + 12 : at + 12 + min(full, length - 16)]
        if length < 32:
            return None
        if kind == _PACKET:
            number, high, low, held, full = struct.unpack_from(order + "IIIII", buffer, at + 8)
        else:
            number, _, high, low, held, full = struct.unpack_from(order + "HHIIII", buffer, at + 8)
        if number >= len(self._cards) or held > length - 32:
            return None
        card = self._cards[number]
        self.short += full > held
        return card.ns(high << 32 | low), card.link, buffer[at + 28 : at + 28 + held]


@contextlib.contextmanager
def open_packets(path: Path) -> Iterator[PacketFile]:
    """A network capture, unpacked where it is packed. Raises OSError."""
    with open_file(path) as plain:
        size = path.stat().st_size
        packed = plain.read(2) == _GZIP
        plain.seek(0)
        if packed:
            with gzip.GzipFile(fileobj=plain) as unpacked:
                # What was unpacked before the file is damaged is handed out before the damage is told.
                yield PacketFile(unpacked.read1, size, _plain=plain)
        else:
            yield PacketFile(plain.read, size)
