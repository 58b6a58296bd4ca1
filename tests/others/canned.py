"""Run as a program: a device that says what it is given. python tests/others/canned.py SPEC.json

The file holds {"wait_s": 0, "tcp": {"80": [["GET / ", text], ["", text]]}, "udp": {"3702": text}, "tls": [443], "card": "eth0"}. A
TCP text answers the first question that begins with its words; what has none is closed on. `tls` ports show `cert.pem` of the
folder. A UDP text answers each WS-Discovery Probe, by IPv4 and, where `six` is true, by IPv6 alone.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import re
import socket
import ssl
import struct
import sys
from pathlib import Path
from typing import Any

GROUPS = {3702: ("239.255.255.250", "ff02::c")}


async def answer(told: dict[str, Any], port: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Answers until the other side leaves."""
    with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
        while True:
            head = await reader.readuntil(b"\r\n\r\n")
            length = re.search(rb"(?i)content-length: *(\d+)", head)
            question = head + (await reader.readexactly(int(length[1])) if length else b"")
            await asyncio.sleep(told.get("wait_s", 0.0))
            said = next((text for words, text in told["tcp"][port] if words.encode() in question), None)
            if said is None:
                break
            number = re.search(rb"(?i)cseq: *(\d+)", head)
            writer.write(said.replace("{cseq}", number[1].decode() if number else "1").encode("latin-1"))
            await writer.drain()
            if "ontent-" not in said.partition("\r\n\r\n")[0] and not said.startswith("RTSP"):
                break
    writer.close()


def udp(port: int, six: bool, card: str) -> socket.socket:
    """A socket that hears a group on the card."""
    made = socket.socket(socket.AF_INET6 if six else socket.AF_INET, socket.SOCK_DGRAM)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    four, other = GROUPS[port]
    number = socket.if_nametoindex(card)
    if six:
        made.bind(("::", port))
        made.setsockopt(
            socket.IPPROTO_IPV6, socket.IPV6_JOIN_GROUP, socket.inet_pton(socket.AF_INET6, other) + struct.pack("@I", number)
        )
    else:
        made.bind(("", port))
        made.setsockopt(
            socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, struct.pack("4s4si", socket.inet_aton(four), bytes(4), number)
        )
    made.setblocking(False)
    return made


async def hear(told: dict[str, Any], text: str, made: socket.socket) -> None:
    """Answers each Probe."""
    loop = asyncio.get_running_loop()
    while True:
        question, sender = await loop.sock_recvfrom(made, 65536)
        asked = re.search(rb"MessageID[^>]*>([^<]+)<", question)
        if b"Probe" in question and asked:
            loop.call_later(
                told.get("wait_s", 0.0), made.sendto, text.replace("{relates_to}", asked[1].decode()).encode(), sender
            )


async def main(place: Path) -> None:
    """Serves until it is ended."""
    told = json.loads(place.read_text("utf-8"))
    host = "::" if told.get("six") else "0.0.0.0"
    for port in told.get("tcp", {}):
        shown = None
        if int(port) in told.get("tls", ()):
            shown = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            shown.load_cert_chain(place.with_name("cert.pem"), place.with_name("key.pem"))
        await asyncio.start_server(lambda r, w, port=port: answer(told, port, r, w), host, int(port), ssl=shown)
    hearing = [
        hear(told, text, udp(int(port), bool(told.get("six")), told["card"])) for port, text in told.get("udp", {}).items()
    ]
    await asyncio.gather(*hearing, asyncio.Event().wait())


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1])))
