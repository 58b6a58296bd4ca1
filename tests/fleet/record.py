"""Run as a program: writes every frame of a network card into a pcap file, until its standard input ends. Needs Linux and root.

    python tests/fleet/record.py CARD FILE

It says "ready" when it hears. What tcpdump would do, for tests, which have no tcpdump.
"""

from __future__ import annotations

import os
import select
import socket
import struct
import sys
import time
from pathlib import Path

EVERY_PROTOCOL = 3
"""ETH_P_ALL."""
BUFFER_BYTES = 64 << 20
_SO_RCVBUFFORCE = 33


def main(card: str, path: str) -> None:
    """Records until nobody listens any more."""
    heard = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(EVERY_PROTOCOL))
    heard.bind((card, 0))
    heard.setsockopt(socket.SOL_SOCKET, _SO_RCVBUFFORCE, BUFFER_BYTES)
    with Path(path).open("wb") as file:
        file.write(struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 262_144, 1))
        print("ready", flush=True)
        while True:
            ready, _, _ = select.select([heard, 0], [], [])
            if heard in ready:
                frame, now = heard.recv(70_000), time.time()
                file.write(struct.pack("<IIII", int(now), int(now % 1 * 1e6), len(frame), len(frame)) + frame)
            elif not os.read(0, 100):
                return


if __name__ == "__main__":
    main(*sys.argv[1:])
