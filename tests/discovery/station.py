"""Run as a program in a network namespace of its own: "scanner" or "devices". Speaks JSON lines with the test.

It says {"ready": true}, waits for a line of instructions, works, and answers with one line.
"""

from __future__ import annotations

import asyncio
import json
import os
import socket
import struct
import sys
import threading
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from conftest import _raise_loopback
from discovery import packets
from discovery.servers import http

ETH_P_ALL = 3
USUAL_ID = b"cea94000-fb96-11b3-8260-686dbc5cb15d"


def scanner(order: dict[str, Any]) -> dict[str, Any]:
    # Imported here only: the stations of devices start sooner without.
    from camcensus.discovery import asking as asking_room
    from camcensus.discovery import scan as room
    from camcensus.discovery import ssdp, sweep, vendor_udp, wsdiscovery
    from camcensus.discovery.scope import make_scope
    from camcensus.model.device import Observation
    from camcensus.model.errors import CamcensusError
    from camcensus.model.scan import AskedAddress

    room.LEAST_S, room.QUIET_S, room.SETTLE_S, room.UNSURE_S, room.SWEEP_AFTER_S = 0.5, 0.25, 0.1, 0.4, 0.3
    sweep.ARP_WAIT_S, asking_room.ANSWER_S = 0.8, 0.2
    ssdp.BETWEEN_ROUNDS_S = vendor_udp.BETWEEN_ROUNDS_S = 0.1
    wsdiscovery.PAUSES_S = (0.1, 0.1)
    seen: list[Observation] = []
    asked: list[AskedAddress] = []

    def take(event: object) -> None:
        if isinstance(event, Observation):
            seen.append(event)
        elif isinstance(event, AskedAddress):
            asked.append(event)

    room.LEAST_S = order.get("least_s", room.LEAST_S)
    try:
        scope = make_scope(
            [],
            order.get("ranges", []),
            passive=order.get("passive", False),
            pace="fast",
            limit_s=order.get("limit_s"),
            exclude=order.get("exclude", []),
        )
        if order.get("policy"):
            from camcensus.store.policy_file import read_policy
            from camcensus.tasks.policy import bounded

            scope = bounded(scope, read_policy(Path(order["policy"])))
    except CamcensusError as error:
        return {"error": str(error)}
    outcome = asyncio.run(
        room.scan(scope, take, is_camera_mac=lambda mac: mac.startswith("3c:ef:8c"), clock=lambda: datetime.now(UTC))
    )
    return {
        "seen": [[one.probe, one.address, one.network, one.mac, one.port] for one in seen],
        "asked": {one.address: one.outcome for one in asked},
        "each_asked": [[one.address, one.outcome, one.network] for one in asked],
        "coverage": [[one.probe, one.network, one.sent, one.received, one.state, one.reason] for one in outcome.coverage],
        "not_covered": list(outcome.not_covered),
        "repeats": sorted(address for _, address in outcome.repeats),
        "advice": {one.topic: [one.say, one.next] for one in outcome.advice},
    }


def devices(order: dict[str, Any]) -> None:
    """Answers WS-Discovery at the "wsd" addresses and HTTP on port 80 everywhere; "hello" addresses announce themselves.

    "ids" are endpoint ids by address, in place of the usual one. "far" addresses answer WS-Discovery only when asked alone, "dhip"
    addresses Dahua's search.
    """
    for address in order.get("dhip", []):
        threading.Thread(target=_answer_dhip, args=(address,), daemon=True).start()
    for address in order.get("far", []):
        threading.Thread(target=_answer_alone, args=(address,), daemon=True).start()
    for address in order.get("wsd", []):
        threading.Thread(target=_answer_wsd, args=(address, order.get("ids", {}).get(address, "")), daemon=True).start()
    for address in [*order.get("wsd", []), *order.get("web", []), *order.get("far", [])]:
        threading.Thread(target=_answer_http, args=(address,), daemon=True).start()
    for card in order.get("wsd6", []):
        threading.Thread(target=_answer_wsd6, args=(card, order.get("uuid", "")), daemon=True).start()
    for address in order.get("hello", []):
        threading.Thread(target=_say_hello, args=(address,), daemon=True).start()


def _udp(address: str, bound: str) -> socket.socket:
    made = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    made.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_IF, socket.inet_aton(address))
    made.bind((bound, 3702))
    return made


def _answer_wsd(address: str, uuid: str = "") -> None:
    receiver, sender = _udp(address, "239.255.255.250"), _udp(address, address)
    group = struct.pack("4s4s", socket.inet_aton("239.255.255.250"), socket.inet_aton(address))
    receiver.setsockopt(socket.IPPROTO_IP, 49, 0)
    receiver.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, group)
    while True:
        data, asker = receiver.recvfrom(65535)
        if b"<d:Probe>" in data:
            answer = packets.probe_match(f"http://{address}/onvif/device_service", name=address)
            sender.sendto(answer.replace(USUAL_ID, uuid.encode()) if uuid else answer, asker)


def _answer_alone(address: str) -> None:
    made = _udp(address, address)
    while True:
        _, sender = made.recvfrom(65535)
        made.sendto(packets.probe_match(f"http://{address}/onvif/device_service", name=address), sender)


def _answer_dhip(address: str) -> None:
    made = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    made.bind((address, 37810))
    while True:
        _, sender = made.recvfrom(65535)
        made.sendto(packets.dhip(80), sender)


def _answer_wsd6(card: str, uuid: str) -> None:
    """WS-Discovery and a web page at the card's own IPv6 address; `uuid` in place of the usual endpoint id."""
    index = socket.if_nametoindex(card)
    receiver, sender = (socket.socket(socket.AF_INET6, socket.SOCK_DGRAM) for _ in range(2))
    receiver.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    receiver.bind(("ff02::c", 3702, 0, index))
    receiver.setsockopt(
        socket.IPPROTO_IPV6, socket.IPV6_JOIN_GROUP, socket.inet_pton(socket.AF_INET6, "ff02::c") + struct.pack("@I", index)
    )
    threading.Thread(target=_answer_http, args=("::",), daemon=True).start()
    while True:
        data, asker = receiver.recvfrom(65535)
        if b"<d:Probe>" in data:
            answer = packets.probe_match("http://[fe80::1]/onvif/device_service", name=card)
            sender.sendto(answer.replace(USUAL_ID, uuid.encode()) if uuid else answer, asker)


def _say_hello(address: str) -> None:
    sender = _udp(address, address)
    while True:
        sender.sendto(packets.probe_match(f"http://{address}/").replace(b"ProbeMatch", b"Hello"), ("239.255.255.250", 3702))
        threading.Event().wait(0.2)


def _answer_http(address: str) -> None:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.create_server((address, 80), family=family) as server:
        while True:
            connection, _ = server.accept()
            with connection:
                connection.settimeout(2)
                connection.recv(65535)
                connection.sendall(http(b"<title>camera</title>"))


class Sniffer(threading.Thread):
    """Every frame that another station sent here: ethertype, IP protocol, destination port."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.frames: set[tuple[int, int, int]] = set()
        self._socket = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(ETH_P_ALL))

    def run(self) -> None:
        while True:
            frame, (name, _, kind, *_) = self._socket.recvfrom(65535)
            if name == "lo" or kind == socket.PACKET_OUTGOING:
                continue
            (ether,) = struct.unpack(">H", frame[12:14])
            protocol = frame[23] if ether == 0x0800 else 0
            at = 14 + (frame[14] & 15) * 4
            fragment = struct.unpack(">H", frame[20:22])[0] & 0x1FFF if ether == 0x0800 else 0
            port = struct.unpack(">H", frame[at + 2 : at + 4])[0] if protocol in (6, 17) and not fragment else 0
            self.frames.add((ether, protocol, port))


def main(role: str, more: str = "") -> None:
    os.unshare(os.CLONE_NEWNET)
    for which in ("all", "default"):
        Path(f"/proc/sys/net/ipv6/conf/{which}/disable_ipv6").write_text("0" if more == "ipv6" else "1")
    Path("/proc/sys/net/ipv6/conf/default/accept_dad").write_text("0")
    _raise_loopback()
    sniffer = Sniffer()
    print(json.dumps({"ready": True}), flush=True)
    for line in sys.stdin:
        order = json.loads(line)
        if role == "scanner":
            print(json.dumps(scanner(order)), flush=True)
        elif order.get("report"):
            print(json.dumps(sorted(sniffer.frames)), flush=True)
            sniffer.frames.clear()
        else:
            if not sniffer.is_alive():
                sniffer.start()
            devices(order)
            print(json.dumps({"started": True}), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
