"""Makers' own discovery protocols: Hikvision's SADP, Dahua's DHIP and its older form. Only the read-only search is ever sent.

Each of these protocols also carries messages that change or reset a device; none of them is in this program. Their answers
are many times the question, so each question goes out once (SADP, which is multicast only and gets lost, three times).
"""

from __future__ import annotations

import asyncio
import re
import uuid
from collections.abc import Callable
from dataclasses import dataclass

from camcensus.discovery.pace import MULTICAST_PORTS
from camcensus.discovery.probe import Emit, Network, Reply, Seen, forever
from camcensus.discovery.udp import Crowd, Post
from camcensus.wire.dahua_v1 import encode_search as encode_dahua_v1
from camcensus.wire.dhip import encode_search as encode_dhip
from camcensus.wire.sadp import encode_inquiry

BETWEEN_ROUNDS_S = 0.3


@dataclass(frozen=True, slots=True)
class Protocol:
    """How a maker's protocol is asked: where, how often, and from which port (None: any) because replies come to a fixed one.

    `is_question` tells another computer's question from an answer.
    """

    name: str
    port: int
    group: str | None
    broadcast: bool
    rounds: int
    reply_port: int | None
    question: Callable[[], bytes]
    is_question: Callable[[bytes], bool]


SADP = Protocol(
    name="sadp",
    port=MULTICAST_PORTS["sadp"],
    group="239.255.255.250",
    broadcast=False,
    rounds=3,
    reply_port=MULTICAST_PORTS["sadp"],
    question=lambda: encode_inquiry(str(uuid.uuid4())),
    is_question=lambda data: re.search(rb"<Probe[\s>]", data) is not None,
)
DHIP = Protocol(
    name="dhip",
    port=MULTICAST_PORTS["dhip"],
    group="239.255.255.251",
    broadcast=True,
    rounds=1,
    reply_port=None,
    question=encode_dhip,
    is_question=lambda data: b"DHDiscover." in data and b"deviceInfo" not in data,
)
DAHUA_V1 = Protocol(
    name="dahua-v1",
    port=MULTICAST_PORTS["dahua-v1"],
    group=None,
    broadcast=True,
    rounds=1,
    reply_port=MULTICAST_PORTS["dahua-v1"],
    question=encode_dahua_v1,
    is_question=lambda data: data[:1] != b"\xb3",
)
PROTOCOLS = (SADP, DHIP, DAHUA_V1)


class VendorUdp:
    """Asks a network in one maker's protocol, and hears answers that come to the group or to a fixed port."""

    def __init__(self, protocol: Protocol, crowd: Crowd) -> None:
        self.name = protocol.name
        self._protocol = protocol
        self._crowd = crowd

    async def run(self, target: Network, emit: Emit) -> None:
        """Asks, then listens until cancelled; when `target` is passive it only listens."""
        protocol, seen = self._protocol, Seen()

        def heard(data: bytes, address: str, port: int) -> None:
            if protocol.is_question(data):
                return
            post.tally.received += 1
            if seen.is_new(address, _without_passing(data)):
                emit(Reply(probe=self.name, address=address, port=port, raw=data, interface=target.interface))

        async with Post(target, self.name, self._crowd, heard) as post:
            if protocol.group or protocol.reply_port:
                needed = target.passive or protocol.reply_port is not None
                await post.listen(protocol.port, protocol.group, needed=needed)
            if await post.speak(protocol.reply_port or 0):
                for _ in range(protocol.rounds):
                    question = protocol.question()
                    if protocol.group:
                        post.send(question, protocol.group, protocol.port)
                    everyone = post.broadcast() if protocol.broadcast else None
                    if everyone:
                        post.send(question, everyone, protocol.port)
                    await asyncio.sleep(BETWEEN_ROUNDS_S)
            await forever()


def _without_passing(data: bytes) -> bytes:
    """The answer without what only repeats the question: the same device answers each round."""
    return re.sub(rb"<Uuid>[^<]*</Uuid>", b"", data)
