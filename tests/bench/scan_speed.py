"""How long a search takes, by pace and devices, with what it found, sent and needed. Needs Linux; as root also real networks.

Run: python tests/bench/scan_speed.py [loopback N... | network N...]

"loopback" searches the simulated estate; "network" joins two network namespaces by a cable, puts N cameras on a /22 of one
(one in nine silent to questions to all), and sweeps it from the other. Each search runs in a process of its own.
"""

# ruff: noqa: E402 (tests are no package: their folder is put on the path first)
from __future__ import annotations

import asyncio
import contextlib
import json
import os
import resource
import socket
import struct
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))

from camcensus.demo.estate import load_estate
from camcensus.demo.serve import serve
from camcensus.discovery.scan import scan
from camcensus.discovery.scope import make_scope
from camcensus.model.device import Observation
from camcensus.model.scan import AskedAddress, Pace
from camcensus.store.vendors_db.read import load_knowledge
from camcensus.tasks.finding.census import camera_macs, find
from conftest import _raise_loopback
from discovery import packets
from discovery.servers import http

SILENT_EVERY = 9
PACES: tuple[Pace, ...] = ("fast", "normal", "gentle")


def search(order: dict[str, Any]) -> dict[str, Any]:
    """One search in this process; `judged` also groups and judges what was seen, as the program does."""
    knowledge = load_knowledge(ROOT / "vendors.db")
    scope = make_scope(order["interfaces"], order["ranges"], pace=order["pace"], limit_s=order.get("limit_s"))
    seen: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    sent: dict[str, int] = {}
    hosts: dict[str, float] = {}
    began = time.monotonic()

    def take(event: object) -> None:
        if isinstance(event, Observation):
            seen[event.probe] += 1
            hosts.setdefault(event.address, time.monotonic() - began)
        elif isinstance(event, AskedAddress):
            asked[event.outcome] += 1
            if event.outcome == "answered":
                sent[event.address] = event.sent

    devices = None
    if order["judged"]:
        census = asyncio.run(find(scope, take, knowledge=knowledge))
        devices, hosts = len(census.verdicts), {one.address: 0.0 for one in census.observations}
    else:
        asyncio.run(scan(scope, take, is_camera_mac=camera_macs(knowledge)))
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return {
        "seconds": round(time.monotonic() - began, 2),
        "hosts": len(hosts),
        "devices": devices,
        "last_found_s": round(max(hosts.values(), default=0.0), 2),
        "cpu_s": round(usage.ru_utime + usage.ru_stime, 1),
        "memory_mb": usage.ru_maxrss // 1024,
        "most_sent": max(sent.values(), default=0),
        "mean_sent": round(sum(sent.values()) / len(sent), 1) if sent else 0,
        "asked": dict(asked),
    }


def in_process(order: dict[str, Any], *prefix: str) -> dict[str, Any]:
    """`search` in a process of its own, so that memory and processor time are its own."""
    done = subprocess.run(
        [*prefix, sys.executable, __file__, "search", json.dumps(order)], capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise SystemExit(done.stderr)
    return json.loads(done.stdout)  # type: ignore[no-any-return]


async def loopback(count: int, pace: Pace, judged: bool) -> dict[str, Any]:
    """The simulated estate on loopback."""
    estate = load_estate(ROOT / "resources" / "demo", count)
    order = {"interfaces": ["127.0.0.1"], "ranges": [], "pace": pace, "judged": judged}
    async with serve(estate, wait_s=30):
        return await asyncio.to_thread(in_process, order)


def network(count: int, pace: Pace, judged: bool) -> dict[str, Any]:
    """A /22 with cameras at the end of a cable."""
    devices = subprocess.Popen([sys.executable, __file__, "devices", str(count)], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    scanner = subprocess.Popen([sys.executable, __file__, "namespace"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    try:
        for one in (devices, scanner):
            assert one.stdout
            one.stdout.readline()
        subprocess.run(["ip", "link", "add", "bench0", "type", "veth", "peer", "name", "bench1"], check=True)
        for station, name in ((scanner, "bench0"), (devices, "bench1")):
            subprocess.run(["ip", "link", "set", name, "netns", str(station.pid)], check=True)
        enter = ["nsenter", "-t", str(scanner.pid), "-n"]
        subprocess.run([*enter, "ip", "addr", "add", "10.44.0.2/22", "brd", "+", "dev", "bench0"], check=True)
        subprocess.run([*enter, "ip", "link", "set", "bench0", "up"], check=True)
        assert devices.stdin
        assert devices.stdout
        devices.stdin.write(b"\n")
        devices.stdin.flush()
        devices.stdout.readline()
        order = {"interfaces": ["10.44.0.2"], "ranges": ["10.44.0.0/22"], "pace": pace, "judged": judged}
        return in_process(order, *enter)
    finally:
        for one in (devices, scanner):
            one.terminate()
            one.wait(10)


def namespace(work: Any = None) -> None:
    """Holds a network namespace until it is ended."""
    os.unshare(os.CLONE_NEWNET)
    _raise_loopback()
    print("ready", flush=True)
    sys.stdin.readline()
    if work:
        asyncio.run(work())


async def cameras(count: int) -> None:
    """Cameras at the first addresses from 10.44.0.3 on: WS-Discovery, a web page, ONVIF before login, a video greeting."""
    addresses = [f"10.44.{n // 256}.{n % 256}" for n in range(3, count + 4) if n % 256 != 255 or n // 256 != 3][:count]
    batch = "link set bench1 up\n" + "".join(f"addr add {one}/22 brd + dev bench1\n" for one in addresses)
    subprocess.run(["ip", "-batch", "-"], input=batch, text=True, check=True)
    senders = {}
    for address in addresses:
        made = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.setblocking(False)
        made.bind((address, 3702))
        senders[address] = made
    receiver = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    receiver.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    receiver.setblocking(False)
    receiver.bind(("239.255.255.250", 3702))
    group = struct.pack("4s4s", socket.inet_aton("239.255.255.250"), socket.inet_aton(addresses[0]))
    receiver.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, group)
    loop = asyncio.get_running_loop()
    loud = [address for n, address in enumerate(addresses) if n % SILENT_EVERY]

    def heard() -> None:
        with contextlib.suppress(BlockingIOError):
            data, sender = receiver.recvfrom(65535)
            if b"NetworkVideoTransmitter</" in data:
                for n, address in enumerate(loud):
                    loop.call_later(0.5 * n / len(loud), answer, address, sender)

    def answer(address: str, sender: tuple[str, int]) -> None:
        with contextlib.suppress(OSError):
            senders[address].sendto(packets.probe_match(f"http://{address}/onvif/device_service", name=address), sender)

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError, asyncio.IncompleteReadError):
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                length = [line for line in head.split(b"\r\n") if line.lower().startswith(b"content-length")]
                body = await reader.readexactly(int(length[0].split(b":")[1])) if length else b""
                writer.write(reply(head + body))
        writer.close()

    loop.add_reader(receiver, heard)
    servers = [await asyncio.start_server(talk, "0.0.0.0", port, backlog=2000) for port in (80, 554)]
    print("ready", flush=True)
    await asyncio.gather(*(server.serve_forever() for server in servers))


def reply(request: bytes) -> bytes:
    """What a camera answers before login."""
    if request.startswith(b"OPTIONS"):
        return b"RTSP/1.0 200 OK\r\nCSeq: 1\r\nPublic: OPTIONS, DESCRIBE\r\n\r\n"
    if request.startswith(b"DESCRIBE"):
        return b'RTSP/1.0 401 Unauthorized\r\nCSeq: 2\r\nWWW-Authenticate: Digest realm="IP Camera(F0001)", nonce="1"\r\n\r\n'
    if request.startswith(b"POST"):
        if b"GetSystemDateAndTime/>" in request:
            return http(packets.clock())
        if b"GetScopes/>" in request:
            return http(packets.SCOPES)
        return http(packets.NOT_AUTHORIZED, status=b"400 Bad Request")
    return http(b"<html><title>web</title></html>", b"Server: App-webs/")


def main(arguments: list[str]) -> None:
    """Prints one line for each search."""
    if arguments[:1] == ["search"]:
        print(json.dumps(search(json.loads(arguments[1]))))
        return
    if arguments[:1] == ["devices"]:
        resource.setrlimit(resource.RLIMIT_NOFILE, (8192, 8192))
        namespace(lambda: cameras(int(arguments[1])))
        return
    if arguments[:1] == ["namespace"]:
        namespace()
        return
    kind = arguments[0] if arguments else "loopback"
    counts = [int(one) for one in arguments[1:] if one.isdecimal()] or [24, 100, 300]
    paces = [one for one in PACES if one in arguments] or ["fast"]
    for count in counts:
        for pace in paces:
            for judged in (False, True):
                got = asyncio.run(loopback(count, pace, judged)) if kind == "loopback" else network(count, pace, judged)
                what = "found and judged" if judged else "found"
                print(f"{kind} {count} devices, {pace}, {what}: {got.pop('seconds')} s; {got}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
