"""One host that answers WS-Discovery with what others would say, as a discovery proxy does: the links lead to them."""

from __future__ import annotations

import re
import secrets
import socket
import struct
import threading
from collections.abc import Sequence

from fleet.catalogue import REPEATER, Unit
from fleet.lan import Lan

GROUP, PORT = "239.255.255.250", 3702


class Repeater(threading.Thread):
    """Answers each Probe for `number` of the units, until the program ends. Made in the namespace of the cable."""

    def __init__(self, lan: Lan, units: Sequence[Unit], number: int) -> None:
        super().__init__(daemon=True)
        own = next(one.device for one in units if one.model == REPEATER)
        self._said = [
            (one.device, speaker.reply)
            for one in units
            if one.counts and one.behind is None
            for speaker in one.device.speakers
            if speaker.protocol == "wsdiscovery"
        ][:number]
        with lan.inside(own.id):
            self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self._socket.bind(("", PORT))
        membership = struct.pack("4s4s", socket.inet_aton(GROUP), socket.inet_aton(own.address))
        self._socket.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, membership)

    def run(self) -> None:
        """Hears and answers."""
        while True:
            question, sender = self._socket.recvfrom(65536)
            asked = re.search(rb"MessageID[^>]*>([^<]+)<", question)
            if b"Probe" not in question or not asked:
                continue
            for device, reply in self._said:
                ports = {f"port_{door.name}": str(door.port) for door in device.doors}
                values = {**device.values, **ports, "address": device.address, "relates_to": asked[1].decode(errors="replace"),
                          "message_id": f"{secrets.token_hex(4)}-0000-4000-8000-{secrets.token_hex(6)}"}  # fmt: skip
                self._socket.sendto(reply.render({"port_web": "80", **values}), sender)
