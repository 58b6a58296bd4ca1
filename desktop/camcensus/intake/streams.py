"""TCP in a network capture: the first bytes of each server's replies and of the questions before them, in order, bounded.

A direction is followed from the segment that begins as HTTP, RTSP or TLS does, so a connection that was open before the
capture began is read too; a direction of anything else (video, above all) is passed over at the cost of one look.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field

ANSWER_LIMIT_BYTES = 128 * 1024
"""Followed of one direction of a connection; the longest reply that is kept has 96 KiB."""
QUESTION_LIMIT_BYTES = 16 * 1024
AHEAD_LIMIT_BYTES, AHEAD_LIMIT = 64 * 1024, 128
"""Segments that came before their turn, of one direction: their bytes, and how many."""
BEGUN_LIMIT = 16_384
"""Directions whose opening was seen and nothing else yet."""
STREAMS_LIMIT = 4_096
HELD_LIMIT_BYTES = 64 << 20
"""Of all directions together; what was silent for longest is handed in as far as it came."""
DONE_LIMIT = 65_536
"""Directions that are known to be of no further interest."""

_ANSWERS = (b"HTTP/", b"RTSP/")
_QUESTIONS = (
    b"GET ", b"POST", b"HEAD", b"PUT ", b"OPTI", b"DESC", b"SETU", b"PLAY", b"TEAR", b"ANNO", b"SET_", b"GET_", b"PAUS",
    b"RECO",
)  # fmt: skip
"""First four letters of the methods of HTTP and RTSP."""
_TOLD_BYTES = 6
"""So many tell what a direction is."""
_SYN, _FIN, _RST = 0x02, 0x01, 0x04
_HALF = 1 << 31


def _is_answer(start: bytes) -> bool | None:
    """Whether a direction that begins so is a server's; None where it is of nothing that is read."""
    if start[:5] in _ANSWERS or (start[:2] == b"\x16\x03" and start[5:6] == b"\x02"):
        return True
    return False if start[:4] in _QUESTIONS else None


@dataclass(slots=True)
class Stream:
    """One direction of a connection. `at_ns` is when it was first seen, `mac` who sent that frame.

    `is_answer` is None as long as its first bytes have not come.
    """

    key: bytes
    next_number: int
    limit: int
    at_ns: int
    mac: bytes
    is_answer: bool | None
    data: bytearray = field(default_factory=bytearray)
    ahead: dict[int, bytes] = field(default_factory=dict)
    ahead_bytes: int = 0

    @property
    def held(self) -> int:
        """Bytes in memory."""
        return len(self.data) + self.ahead_bytes

    def take(self, number: int, part: bytes) -> None:
        """One segment, in order, again, or ahead of its turn."""
        late = (self.next_number - number) & 0xFFFFFFFF
        if late < _HALF:
            self._append(part[late:])
        elif len(part) + self.ahead_bytes <= AHEAD_LIMIT_BYTES and len(self.ahead) < AHEAD_LIMIT and number not in self.ahead:
            self.ahead[number] = part
            self.ahead_bytes += len(part)
        while self.ahead and len(self.data) < self.limit:
            due = next((start for start in self.ahead if ((self.next_number - start) & 0xFFFFFFFF) < _HALF), None)
            if due is None:
                return
            waiting = self.ahead.pop(due)
            self.ahead_bytes -= len(waiting)
            self._append(waiting[(self.next_number - due) & 0xFFFFFFFF :])

    def _append(self, part: bytes) -> None:
        self.data += part[: max(0, self.limit - len(self.data))]
        self.next_number = (self.next_number + len(part)) & 0xFFFFFFFF


Hand = Callable[[Stream, bytes], None]
"""Gets an answering direction when it is complete or given up, and the first bytes of the questions to it (b"": not seen)."""


class Streams:
    """Follows directions and hands each answering one to `hand` once."""

    def __init__(self, hand: Hand) -> None:
        self._hand = hand
        self._open: OrderedDict[bytes, Stream] = OrderedDict()
        self._begun: OrderedDict[bytes, int] = OrderedDict()
        self._done: OrderedDict[bytes, None] = OrderedDict()
        self._held = 0

    def take(self, key: bytes, number: int, flags: int, part: bytes, at_ns: int, mac: bytes) -> None:
        """One segment. `key` is the source address with its port, then the target with its own."""
        stream = self._open.get(key)
        if flags & _SYN:
            # The ports of an earlier connection are used again.
            self._done.pop(key, None)
            if stream is not None:
                self._finish(stream)
            self._begun[key] = (number + 1) & 0xFFFFFFFF
            if len(self._begun) > BEGUN_LIMIT:
                self._begun.popitem(last=False)
            return
        if stream is None:
            stream = self._begin(key, number, part, at_ns, mac) if part else None
        elif part:
            self._open.move_to_end(key)
        if stream is None:
            return
        before = stream.held
        if part:
            stream.take(number, part)
            self._held += stream.held - before
        if stream.is_answer is None and len(stream.data) >= _TOLD_BYTES:
            stream.is_answer = _is_answer(bytes(stream.data[:_TOLD_BYTES]))
            if stream.is_answer is None:
                self._forget(stream)
                return
            stream.limit = ANSWER_LIMIT_BYTES if stream.is_answer else QUESTION_LIMIT_BYTES
        ended = flags & (_FIN | _RST) and not stream.ahead
        if stream.is_answer is not False and (ended or len(stream.data) >= stream.limit):
            self._finish(stream)
        while self._held > HELD_LIMIT_BYTES or len(self._open) > STREAMS_LIMIT:
            self._finish(next(iter(self._open.values())))

    def finish(self) -> None:
        """Hands in all that is still open."""
        while self._open:
            self._finish(next(iter(self._open.values())))

    def _begin(self, key: bytes, number: int, part: bytes, at_ns: int, mac: bytes) -> Stream | None:
        """A direction to follow: from its first byte where its opening was seen, else from a segment that is a beginning."""
        if key in self._done:
            return None
        first = self._begun.pop(key, None)
        is_answer = None if first is not None else _is_answer(part)
        if first is None and is_answer is None:
            return None
        start = number if first is None else first
        stream = Stream(key, start, QUESTION_LIMIT_BYTES if is_answer is False else ANSWER_LIMIT_BYTES, at_ns, mac, is_answer)
        self._open[key] = stream
        return stream

    def _finish(self, stream: Stream) -> None:
        """Hands in an answering direction with the questions to it, and forgets both; for questions, what answers them."""
        half = len(stream.key) // 2
        other = self._open.get(stream.key[half:] + stream.key[:half])
        if not stream.is_answer:
            if other is not None and other.is_answer:
                self._finish(other)
            else:
                self._forget(stream)
            return
        self._forget(stream)
        questions = b""
        if other is not None and other.is_answer is False:
            questions = bytes(other.data)
            self._forget(other)
        self._hand(stream, questions)

    def _forget(self, stream: Stream) -> None:
        del self._open[stream.key]
        self._held -= stream.held
        self._done[stream.key] = None
        if len(self._done) > DONE_LIMIT:
            self._done.popitem(last=False)
