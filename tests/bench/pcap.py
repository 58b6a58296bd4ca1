"""How fast a long network capture is read, and with how much memory.

    python tests/bench/pcap.py [--gb 10]

The capture is made as it is read (packets of video, mostly, and what a school's cameras say now and then) and goes through a
pipe of this program's own, so it needs no disk. What it printed last is in tests/bench/results/pcap.md.
"""

from __future__ import annotations

import argparse
import itertools
import resource
import struct
import sys
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import pcaps
from camcensus.intake.cards import Cards
from camcensus.intake.heard import Heard
from camcensus.intake.pcap import Listener
from camcensus.intake.pcap_file import CHUNK_BYTES, PacketFile
from pcaps import conversation, said
from wire.recorded import packet

CAMERAS, LAP, SHOWN = 214, 12, 6
PAGE = b"HTTP/1.1 200 OK\r\nServer: Boa\r\nContent-Length: 300\r\n\r\n" + b"<title>IPCamera</title>".ljust(300)


def second(number: int) -> bytes:
    """A second of the network: each camera's video over TCP, and what some of them say."""
    frames = []
    for camera in range(CAMERAS):
        for part in range(20):
            segment = pcaps.tcp(bytes(1400), 554, 40_000 + camera, number=(number * 20 + part) * 1400)
            frames.append(
                pcaps.ethernet(pcaps.ip(segment, 6, f"10.0.1.{camera}", "10.0.0.2"), 0x0800, f"3c:ef:8c:00:01:{camera:02x}")
            )
    for camera in range(number % LAP, CAMERAS, LAP):
        address, mac = f"10.0.1.{camera}", f"3c:ef:8c:00:01:{camera:02x}"
        frames.append(pcaps.arp(mac, address))
        frames.append(said(packet("dhip", "camera").raw, 37810, 37810, address=address, mac=mac, target="239.255.255.251"))
        frames += conversation(
            80, b"GET / HTTP/1.1\r\n\r\n", PAGE, address=address, mac=mac, client_port=20_000 + number % 40_000
        )
    head = struct.pack("<II", pcaps.BEGAN_S + number, 0)
    return b"".join(head + struct.pack("<II", len(frame), len(frame)) + frame for frame in frames)


def capture(length_bytes: int) -> Iterator[bytes]:
    """A capture of about that length, in pieces as a file is read; LAP seconds over and over."""
    yield pcaps.pcap([])
    made, lap = 0, [second(number) for number in range(LAP)]
    for whole in itertools.cycle(lap):
        for at in range(0, len(whole), CHUNK_BYTES):
            yield whole[at : at + CHUNK_BYTES]
        made += len(whole)
        if made >= length_bytes:
            return


def memory_mb() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def long_capture(length_bytes: int) -> str:
    """How fast a made-up capture of that length is read."""
    parts = capture(length_bytes)
    listener = Listener(heard := Heard(cards := Cards(), datetime.now(UTC)), cards)
    file = PacketFile(lambda _: next(parts, b""))
    before, began, computed = memory_mb(), time.perf_counter(), time.process_time()
    for at_ns, link, frame in file:
        listener.take(at_ns, link, frame)
    took, computed = time.perf_counter() - began, time.process_time() - computed
    found = len(list(heard.observations(lambda _: True)))
    return (
        f"{file.unpacked_bytes / 1e9:.1f} GB, {file.packets:,} packets in {took:.0f} s, {computed:.0f} s of it computing: "
        f"{file.unpacked_bytes / computed / 1e6:.0f} MB and {file.packets / computed:,.0f} packets a second; {found:,} replies "
        f"kept, {cards.spoke} devices spoke; memory {before} MB before, {memory_mb()} MB at most."
    )


def main(arguments: Sequence[str]) -> None:
    """Prints what was measured."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--gb", type=float, default=10.0)
    print(long_capture(int(asked.parse_args(arguments).gb * 1e9)))


if __name__ == "__main__":
    main(sys.argv[1:])
