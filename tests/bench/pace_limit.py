"""The limit of a search's pace: a bare program that asks what ours asks, as fast as the computer and the devices let it.

Run at the scanner's end of a test network: python tests/bench/pace_limit.py ADDRESS RANGE

It asks all by WS-Discovery twice, sends one datagram to each address of the range and reads the neighbour table, and asks each
host that answered or has a MAC address five questions, one after the other: no pace, no manners, nothing kept.
It prints seconds and counts as JSON. `tests/bench/fleet.py` and `pace_peers.py` run it beside the search.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import re
import resource
import socket
import sys
import time
import uuid
from ipaddress import IPv4Network
from pathlib import Path

GROUP = ("239.255.255.250", 3702)
WAIT_S, TABLE_S, EXCHANGE_S = 0.6, 1.3, 2.0
WORKERS = 400
PROBE = (
    '<?xml version="1.0" encoding="utf-8"?><s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"'
    ' xmlns:a="http://schemas.xmlsoap.org/ws/2004/08/addressing" xmlns:d="http://schemas.xmlsoap.org/ws/2005/04/discovery"'
    ' xmlns:dn="http://www.onvif.org/ver10/network/wsdl"><s:Header><a:MessageID>urn:uuid:{}</a:MessageID><a:To>'
    "urn:schemas-xmlsoap-org:ws:2005:04:discovery</a:To><a:Action>http://schemas.xmlsoap.org/ws/2005/04/discovery/Probe"
    "</a:Action></s:Header><s:Body><d:Probe><d:Types>dn:NetworkVideoTransmitter</d:Types></d:Probe></s:Body></s:Envelope>"
)
OPERATIONS = ("GetSystemDateAndTime", "GetServices", "GetDeviceInformation")


def onvif(address: str, operation: str) -> bytes:
    """One ONVIF question."""
    body = (
        '<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"><s:Body>'
        f'<tds:{operation} xmlns:tds="http://www.onvif.org/ver10/device/wsdl"/></s:Body></s:Envelope>'
    )
    return f"POST /onvif/device_service HTTP/1.1\r\nHost: {address}\r\nContent-Length: {len(body)}\r\n\r\n{body}".encode()


async def exchange(address: str, port: int, *questions: bytes) -> bool:
    """Asks on one connection; whether anything came back. Raises TimeoutError where nothing did in time."""
    got = b""
    async with asyncio.timeout(EXCHANGE_S):
        try:
            reader, writer = await asyncio.open_connection(address, port)
        except OSError:
            return False
        try:
            for question in questions:
                writer.write(question)
                got = await reader.read(65536)
        except ConnectionError:
            return False
        finally:
            writer.transport.abort()
    return bool(got)


async def ask(address: str) -> int:
    """All that one host is asked; how many answers came."""
    questions = [(80, (onvif(address, operation),)) for operation in OPERATIONS]
    questions += [(80, (f"GET / HTTP/1.1\r\nHost: {address}\r\n\r\n".encode(),))]
    rtsp = [
        f"{method} rtsp://{address}/ RTSP/1.0\r\nCSeq: {n}\r\n\r\n".encode() for n, method in ((1, "OPTIONS"), (2, "DESCRIBE"))
    ]
    questions += [(554, tuple(rtsp))]
    answers = 0
    with contextlib.suppress(TimeoutError):  # A host that says nothing is left.
        for port, asked in questions:
            answers += await exchange(address, port, *asked)
    return answers


async def search(own: str, wide: IPv4Network) -> dict[str, float]:
    """Finds and asks all."""
    began = time.monotonic()
    sender = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    sender.setblocking(False)
    sender.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 22)
    sender.bind((own, 0))
    sender.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_IF, socket.inet_aton(own))
    found: set[str] = set()
    tasks: list[asyncio.Task[int]] = []
    places = asyncio.Semaphore(WORKERS)

    async def begin(address: str) -> int:
        async with places:
            return await ask(address)

    def meet(address: str) -> None:
        if address not in found and address != own:
            found.add(address)
            tasks.append(asyncio.create_task(begin(address)))

    def heard() -> None:
        with contextlib.suppress(BlockingIOError):
            while True:
                meet(sender.recvfrom(65536)[1][0])

    asyncio.get_running_loop().add_reader(sender, heard)
    for _ in range(2):
        sender.sendto(PROBE.format(uuid.uuid4()).encode(), GROUP)
        await asyncio.sleep(WAIT_S / 2)
    announced = time.monotonic() - began
    for address in map(str, wide.hosts()):
        if address not in found and address != own:
            with contextlib.suppress(OSError):
                sender.sendto(b"\0", (address, 9))
            await asyncio.sleep(0)
    await asyncio.sleep(TABLE_S)
    for line in Path("/proc/net/arp").read_text(encoding="ascii").splitlines()[1:]:
        if re.search(r" 0x2 ", line):
            meet(line.split()[0])
    swept = time.monotonic() - began
    answers = sum(await asyncio.gather(*tasks))
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return {
        "seconds": round(time.monotonic() - began, 2), "announced_s": round(announced, 2), "swept_s": round(swept, 2),
        "hosts": len(found), "answers": answers, "cpu_s": round(usage.ru_utime + usage.ru_stime, 2),
    }  # fmt: skip


if __name__ == "__main__":
    print(json.dumps(asyncio.run(search(sys.argv[1], IPv4Network(sys.argv[2])))))
