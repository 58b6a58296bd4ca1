"""How fast a long network capture is read, and with how much memory.

    python tests/bench/pcap.py [--gb 10]
    python tests/bench/pcap.py --fleet 250 [--tcpdump [--snaplen 0,256]] [--servers DIR] [--save FILE]

The capture is made as it is read (packets of video, mostly, and what a school's cameras say now and then) and goes through a
pipe of this program's own, so it needs no disk. With --fleet a search of a fleet is captured on its cable instead, with --servers
one of servers that others wrote (by tcpdump), and what is read out of the capture is held against what the search said. What it
printed last is in tests/bench/results: pcap.md, and pcap_tcpdump.md by --save.
"""

from __future__ import annotations

import argparse
import itertools
import resource
import shutil
import struct
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import pcaps
from bench.servers import search
from camcensus.intake.cards import Cards
from camcensus.intake.heard import Heard
from camcensus.intake.pcap import Listener
from camcensus.intake.pcap_file import CHUNK_BYTES, PacketFile
from fleet.captured import Compared, NoTcpdumpError, compare, identified, recorded, recorded_by_tcpdump, searched
from fleet.judge import judge
from fleet.running import Fleet
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


@dataclass(frozen=True, slots=True)
class Recording:
    """How a search is captured: by tcpdump or by the bench's own recorder, and how much of each packet (0: all of it)."""

    tcpdump: bool = False
    snaplen_bytes: int = 0

    @property
    def name(self) -> str:
        if not self.tcpdump:
            return "recorded by the bench"
        return f"tcpdump -s {self.snaplen_bytes}"


def fleet(size: int, how: Recording) -> list[str]:
    """A search of a fleet, and its capture: the lines of the report."""
    with tempfile.TemporaryDirectory() as folder, Fleet(size) as devices:
        path = Path(folder) / "search.pcap"
        recorder = (
            recorded_by_tcpdump(devices.enter, path, snaplen_bytes=how.snaplen_bytes)
            if how.tcpdump
            else recorded(devices.enter, path)
        )
        with recorder:
            rows = searched(devices, Path(folder))
        told = identified(path)
        lines = [f"## Fleet of {size}, {how.name}", "", told["captures"][0]["say"], ""]
        for name, heard in (("the search", rows), ("its capture", told["devices"])):
            score = judge(devices.units, heard, swept=True)
            lines.append(
                f"- {name}: {score.found} of {score.expected} found, maker right {score.right} of {score.told}, doubled "
                f"{len(score.doubled)}, decoys counted {len(score.decoys)}, wrong {len(score.wrong)}, wrong kind "
                f"{len(score.wrong_kind)}"
            )
        lines += said_of(compare(rows, told["devices"]))
        if not how.snaplen_bytes and (editcap := shutil.which("editcap")):
            other = path.with_suffix(".pcapng")
            subprocess.run([editcap, "-F", "pcapng", str(path), str(other)], check=True)
            again = compare(rows, identified(other)["devices"])
            lines.append(f"- as pcapng, by editcap: the same verdict for {len(again.same)}")
        return [*lines, ""]


def servers(folder: Path, how: Recording) -> list[str]:
    """A search of the servers of others, and its capture."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as place:
        path, places = Path(place) / "servers.pcap", Path(place) / "places"
        places.mkdir()
        seen, absent, rows = search(folder, places, capture=path)
        told = identified(path)
    found = compare(rows, told["devices"])
    lines = [f"## {len(seen)} servers of others, {how.name}", "", told["captures"][0]["say"], ""]
    lines += [*said_of(found), *(f"- Not started: {line}" for line in absent), ""]
    return lines


def said_of(found: Compared) -> list[str]:
    """Whether search and capture agree, as lines."""
    lines = [f"- of {sum(map(len, found))} devices of the search the capture gives {len(found.same)} the same verdict"]
    for name, which in (
        ("another verdict after the same answers", found.differ),
        ("another verdict after other answers (some came when the search had ended, or were cut)", found.other_answers),
        ("not heard in the capture", found.only_searched),
    ):
        if which:
            lines.append(f"- {name}: {len(which)}: {'; '.join(which[:SHOWN])}{' …' if len(which) > SHOWN else ''}")
    return lines


def long_capture(length_bytes: int) -> str:
    """How fast a made-up capture of that length is read."""
    parts = capture(length_bytes)
    listener = Listener(heard := Heard(cards := Cards(), datetime.now(UTC)), cards)
    file = PacketFile(lambda _: next(parts, b""))
    before, began, computed = memory_mb(), time.perf_counter(), time.process_time()
    for at_ns, link, frame in file:
        listener.take(at_ns, link, frame)
    listener.finish()
    took, computed = time.perf_counter() - began, time.process_time() - computed
    found = len(list(heard.observations(lambda _: True)))
    return (
        f"{file.unpacked_bytes / 1e9:.1f} GB, {file.packets:,} packets in {took:.0f} s, {computed:.0f} s of it computing: "
        f"{file.unpacked_bytes / computed / 1e6:.0f} MB and {file.packets / computed:,.0f} packets a second; {found:,} replies "
        f"kept, {cards.spoke} devices spoke; memory {before} MB before, {memory_mb()} MB at most."
    )


def main(arguments: Sequence[str]) -> int:
    """Prints what was asked for; 1 where a whole capture gives another verdict after the same answers."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--gb", type=float, default=10.0)
    asked.add_argument("--fleet", type=int, metavar="N")
    asked.add_argument("--servers", type=Path, metavar="DIR", help="servers of others, as tests/bench/servers.py fetched them")
    asked.add_argument("--tcpdump", action="store_true", help="captured by tcpdump")
    asked.add_argument("--snaplen", default="0", metavar="BYTES,…", help="so much of each packet, by tcpdump (0: all of it)")
    asked.add_argument("--save", type=Path, metavar="FILE", help="written there too")
    wanted = asked.parse_args(arguments)
    lines: list[str] = []
    try:
        if wanted.fleet:
            for snaplen in map(int, wanted.snaplen.split(",")):
                lines += fleet(wanted.fleet, Recording(wanted.tcpdump, snaplen))
        if wanted.servers:
            lines += servers(wanted.servers, Recording(tcpdump=True))
    except NoTcpdumpError:
        print("tcpdump is not installed.")
        return 1
    if not lines:
        lines = [long_capture(int(wanted.gb * 1e9))]
    print("\n".join(lines))
    if wanted.save:
        head = ["# Searches captured on the cable", "", f"`python tests/bench/pcap.py {' '.join(arguments)}`", ""]
        wanted.save.write_text("\n".join([*head, *lines]).rstrip("\n") + "\n", encoding="utf-8")
    return 1 if any("after the same answers" in line for line in lines) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
