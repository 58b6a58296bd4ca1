"""What the scanner sends, seen on the cable: each new connection and each question to one device, with its moment."""

from __future__ import annotations

import ctypes
import socket
import struct
import threading
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from ipaddress import IPv4Address
from typing import Any

_ETH_P_ALL, _SO_ATTACH_FILTER, _SO_TIMESTAMPNS = 3, 26, 35
_LD_W, _LD_H, _LD_B, _LDX, _LD_X, _AND, _JEQ, _RET = 0x20, 0x28, 0x30, 0xB1, 0x50, 0x54, 0x15, 0x06
_FIN, _SYN, _RST, _ACK = 1, 2, 4, 16
_PACKET_KIND = 0xFFFFF004
"""Linux: where a filter finds whether a frame came in or goes out. Source: socket filtering, SKF_AD_PKTTYPE."""

# IPv4: UDP that came in, and TCP that begins, ends or refuses a connection, either way.
_FILTER = (
    (_LD_H, 0, 0, 12), (_JEQ, 0, 10, 0x0800), (_LD_B, 0, 0, 23), (_JEQ, 0, 2, 17), (_LD_W, 0, 0, _PACKET_KIND),
    (_JEQ, 6, 5, 4), (_JEQ, 0, 5, 6), (_LDX, 0, 0, 14), (_LD_X, 0, 0, 14 + 13), (_AND, 0, 0, 0x07), (_JEQ, 1, 0, 0),
    (_RET, 0, 0, 128), (_RET, 0, 0, 0),
)  # fmt: skip


@dataclass(slots=True)
class Watched:
    """Connections begun (moment, address, port), each once although the system repeats its first packet; and UDP by port.

    `open_at_once` is the most that were open to an address at one moment: begun, and neither ended from the scanner's side nor
    refused.
    """

    begun: list[tuple[float, str, int]] = field(default_factory=list)
    alone: Counter[tuple[str, int]] = field(default_factory=Counter)
    to_all: Counter[int] = field(default_factory=Counter)
    open_at_once: Counter[str] = field(default_factory=Counter)
    _seen: set[tuple[str, int, int]] = field(default_factory=set)
    _open: dict[str, set[tuple[int, int]]] = field(default_factory=lambda: defaultdict(set))

    def begin(self, now: float, to: str, port: int, own: int) -> None:
        """A connection from the scanner's port `own` to a port of an address."""
        if (to, port, own) in self._seen:
            return
        self._seen.add((to, port, own))
        self.begun.append((now, to, port))
        self._open[to].add((port, own))
        self.open_at_once[to] = max(self.open_at_once[to], len(self._open[to]))

    def end(self, to: str, port: int, own: int) -> None:
        """It is over."""
        self._open[to].discard((port, own))

    def most_in_a_second(self, address: str | None = None) -> int:
        """The most connections begun within one second; to one address, if given."""
        moments = sorted(moment for moment, to, _ in self.begun if address in (None, to))
        most = first = 0
        for last, moment in enumerate(moments):
            while moment - moments[first] >= 1.0:
                first += 1
            most = max(most, last - first + 1)
        return most

    def report(self) -> dict[str, Any]:
        """The counts, for JSON."""
        hosts = {to for _, to, _ in self.begun}
        return {
            "connections": len(self.begun),
            "most_in_a_second": self.most_in_a_second(),
            "most_in_a_second_to_one": max((self.most_in_a_second(host) for host in hosts), default=0),
            "tcp_ports": dict(Counter(port for _, _, port in self.begun)),
            "udp_ports": dict(self.to_all),
            "udp_to_one": dict(_by_port(self.alone)),
            "by_second": _by_second(self.begun),
            "open_at_once": dict(self.open_at_once),
            "begun_to": dict(Counter(to for _, to, _ in self.begun)),
            "asked_alone": dict(_by_address(self.alone)),
        }


def _by_second(begun: list[tuple[float, str, int]]) -> list[int]:
    """Connections begun in each second since the first."""
    first = min((moment for moment, _, _ in begun), default=0.0)
    counted = Counter(int(moment - first) for moment, _, _ in begun)
    return [counted[second] for second in range(max(counted, default=-1) + 1)]


def _by_port(counted: Counter[tuple[str, int]]) -> Counter[int]:
    found: Counter[int] = Counter()
    for (_, port), number in counted.items():
        found[port] += number
    return found


def _by_address(counted: Counter[tuple[str, int]]) -> Counter[str]:
    found: Counter[str] = Counter()
    for (address, _), number in counted.items():
        found[address] += number
    return found


def _seconds(data: bytes) -> float:
    whole, nanoseconds = struct.unpack("qq", data)
    return float(whole + nanoseconds / 1e9)


class Watch(threading.Thread):
    """Counts until the program ends. Made in the namespace of the cable."""

    def __init__(self, card: str, scanner: str) -> None:
        super().__init__(daemon=True)
        self._scanner = scanner
        self._socket = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(_ETH_P_ALL))
        program = b"".join(struct.pack("HBBI", *step) for step in _FILTER)
        held = bytearray(program)
        at = ctypes.addressof((ctypes.c_char * len(held)).from_buffer(held))
        self._socket.setsockopt(socket.SOL_SOCKET, _SO_ATTACH_FILTER, struct.pack("HL", len(_FILTER), at))
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 22)
        self._socket.setsockopt(socket.SOL_SOCKET, _SO_TIMESTAMPNS, 1)  # This thread may read it much later.
        self._socket.bind((card, _ETH_P_ALL))
        self._lock = threading.Lock()
        self._watched = Watched()

    def run(self) -> None:
        """Reads frames."""
        while True:
            frame, told, _, _ = self._socket.recvmsg(128, 64)
            self._take(frame, next((_seconds(data) for _, kind, data in told if kind == _SO_TIMESTAMPNS), 0.0))

    def _take(self, frame: bytes, now: float) -> None:
        at = 14 + (frame[14] & 15) * 4
        if len(frame) < at + 4 or struct.unpack(">H", frame[20:22])[0] & 0x1FFF:
            return
        source, port = struct.unpack(">HH", frame[at : at + 4])
        sender, to = str(IPv4Address(frame[26:30])), str(IPv4Address(frame[30:34]))
        with self._lock:
            watched = self._watched
            if frame[23] == 17:
                if frame[0] & 1:
                    watched.to_all[port] += 1
                else:
                    watched.alone[to, port] += 1
                return
            flags = frame[at + 13]
            if sender != self._scanner:
                if flags & _RST:
                    watched.end(sender, source, port)
            elif flags & (_SYN | _ACK) == _SYN:
                watched.begin(now, to, port, source)
            elif flags & (_FIN | _RST):
                watched.end(to, port, source)

    def taken(self, *, anew: bool) -> Watched:
        """What was counted so far; `anew` begins from nought."""
        with self._lock:
            watched = self._watched
            if anew:
                self._watched = Watched()
        return watched
