"""A stretch of cable that loses frames and is slow, between two cards of the network that it is made in."""

from __future__ import annotations

import array
import fcntl
import random
import socket
import struct
import threading
import time

LOST, BITS_A_SECOND = 0.3, 1_000_000
WAITING_BYTES = 64 << 10
"""What waits for its turn at most, half a second; the rest is lost, as in a router."""
_ETH_P_ALL, _PACKET_OUTGOING = 3, 4
_SOL_PACKET, _PACKET_ADD_MEMBERSHIP, _PACKET_MR_PROMISC = 263, 1, 1
_SIOCETHTOOL, _STXCSUM = 0x8946, 0x17


def whole_frames(card: str) -> None:
    """A card of this thread's network sends frames as they are on a cable: no longer than it carries, with their checksums."""
    order = array.array("B", struct.pack("II", _STXCSUM, 0))
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as control:
        fcntl.ioctl(control, _SIOCETHTOOL, struct.pack("16sP", card.encode(), order.buffer_info()[0]))


class Lossy:
    """Passes frames on both ways between two cards: three in ten are lost, and 1 Mbit/s go through. Until the program ends.

    Made in the network that the cards are in.
    """

    def __init__(self, one: str, other: str, seed: int = 0) -> None:
        ends = [_end(one), _end(other)]
        for number, (inner, outer) in enumerate(((ends[0], ends[1]), (ends[1], ends[0]))):
            chance = random.Random(f"{seed} {number}")
            threading.Thread(target=_pass_on, args=(inner, outer, chance), daemon=True).start()


def _end(card: str) -> socket.socket:
    end = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(_ETH_P_ALL))
    end.bind((card, _ETH_P_ALL))
    member = struct.pack("iHH8s", socket.if_nametoindex(card), _PACKET_MR_PROMISC, 0, b"")
    end.setsockopt(_SOL_PACKET, _PACKET_ADD_MEMBERSHIP, member)
    end.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, WAITING_BYTES)
    return end


def _pass_on(inner: socket.socket, outer: socket.socket, chance: random.Random) -> None:
    free_at_s = time.monotonic()
    while True:
        frame, sender = inner.recvfrom(65536)
        if sender[2] == _PACKET_OUTGOING or chance.random() < LOST:
            continue
        free_at_s = max(free_at_s, time.monotonic()) + len(frame) * 8 / BITS_A_SECOND
        time.sleep(max(0.0, free_at_s - time.monotonic()))
        outer.send(frame)
