"""Makers' own discovery protocols, one row each in PROTOCOLS. Only the read-only search is ever sent.

Each of these protocols also carries messages that change or reset a device; none of them is in this program. Their answers
are many times the question, so each question goes out once to each place (SADP, which is multicast only and gets lost, three
times). Where answers come to a fixed port the question is sent from it, so that a firewall lets them in. Beyond a router, where
no question to all arrives, a device of a named range that answered is sent each that it would answer to the asker.
"""

from __future__ import annotations

import asyncio
import re
import secrets
import uuid
from collections.abc import Callable

from camcensus.discovery.pace import MULTICAST_PORTS
from camcensus.discovery.probe import Emit, Network, RepeatFilter, Reply, forever
from camcensus.discovery.udp import Crowd, UdpEndpoint
from camcensus.model import frozen
from camcensus.wire import (
    bosch,
    dahua_v1,
    dhip,
    foscam,
    gige_vision,
    hanwha,
    hid,
    panasonic,
    sadp,
    sony,
    tp_link,
    tvt,
    ubiquiti,
    vision360,
    vivotek,
    vstarcam,
    xiongmai,
)

BETWEEN_ROUNDS_S = 0.3


@frozen(kw_only=True)
class Protocol:
    """How a maker's protocol is asked: by which groups and whether by broadcast, how often, and from which port (None: any).

    `question` gets the address it is sent from. `is_question` tells another computer's question from an answer. `hears` are
    the groups joined; None: what is sent to all by broadcast. `answers_asker` where the answer goes to who asked, and
    not to all: then it is worth asking one device beyond a router.
    """

    name: str
    question: Callable[[str], bytes]
    is_question: Callable[[bytes], bool]
    asks: tuple[str, ...] = ()
    broadcast: bool = True
    rounds: int = 1
    reply_port: int | None = None
    hears: tuple[str | None, ...] = ()
    answers_asker: bool = True

    @property
    def port(self) -> int:
        """Where the question goes."""
        return MULTICAST_PORTS[self.name]


SADP = Protocol(
    name="sadp",
    question=lambda _: sadp.encode_inquiry(str(uuid.uuid4())),
    is_question=lambda data: re.search(rb"<Probe[\s>]", data) is not None,
    asks=("239.255.255.250",),
    broadcast=False,
    rounds=3,
    reply_port=37020,
    hears=("239.255.255.250",),
)
DHIP = Protocol(
    name="dhip",
    question=lambda _: dhip.encode_search(),
    is_question=lambda data: b"DHDiscover." in data and b"deviceInfo" not in data,
    asks=("239.255.255.251",),
    hears=("239.255.255.251",),
)
DAHUA_V1 = Protocol(
    name="dahua-v1",
    question=lambda _: dahua_v1.encode_search(),
    is_question=lambda data: data[:1] != b"\xb3",
    reply_port=5050,
    hears=(None,),
)
HANWHA = Protocol(
    name="hanwha",
    question=lambda _: hanwha.encode_search(),
    is_question=lambda data: data[:1] == b"\x01",
    reply_port=7711,
    hears=(None,),
    answers_asker=False,
)
BOSCH = Protocol(
    name="bosch",
    question=lambda _: bosch.encode_search(secrets.randbits(32)),
    is_question=lambda data: len(data) <= 12,
    reply_port=1758,
    hears=(None,),
)
VIVOTEK = Protocol(
    name="vivotek",
    question=lambda _: vivotek.encode_search(secrets.randbits(8)),
    is_question=lambda data: len(data) <= 5 or data[1:5] != b"\x4a\x5d\x8f\x1c",
)
PANASONIC = Protocol(
    name="panasonic",
    question=panasonic.encode_search,
    is_question=lambda data: len(data) <= 52,
    reply_port=10669,
    hears=(None,),
)
SONY = Protocol(
    name="sony",
    question=lambda _: sony.encode_search(),
    is_question=lambda data: b"ENQ:" in data[:16],
    reply_port=2380,
    hears=(None,),
    answers_asker=False,
)
XIONGMAI = Protocol(
    name="xiongmai",
    question=lambda _: xiongmai.encode_search(),
    is_question=lambda data: len(data) <= 20,
    reply_port=34569,
    hears=(None,),
    answers_asker=False,
)
TVT = Protocol(
    name="tvt",
    question=lambda _: tvt.encode_search(),
    is_question=lambda data: data[8:10] in (b"\x01\x00", b"\x00\x01"),
    asks=("234.55.55.55",),
    broadcast=False,
    rounds=2,
    reply_port=23456,
    hears=("234.55.55.55", "234.55.55.56"),
    answers_asker=False,
)
TP_LINK = Protocol(
    name="tp-link",
    question=lambda _: tp_link.encode_search(),
    is_question=lambda data: len(data) <= 16,
)
UBIQUITI = Protocol(
    name="ubiquiti",
    question=lambda _: ubiquiti.encode_search(),
    is_question=lambda data: len(data) <= 4,
    asks=("233.89.188.1",),
)
FOSCAM = Protocol(
    name="foscam",
    question=lambda _: foscam.encode_search(),
    is_question=lambda data: data[:4] != b"MO_I" or len(data) <= 27,
    reply_port=10000,
    hears=(None,),
)
VSTARCAM = Protocol(
    name="vstarcam",
    question=lambda _: vstarcam.encode_search(),
    is_question=lambda data: len(data) <= 4,
)
VISION_360 = Protocol(
    name="360-vision",
    question=lambda _: vision360.encode_search(),
    is_question=lambda data: len(data) <= 9,
)
GIGE_VISION = Protocol(
    name="gige-vision",
    question=lambda _: gige_vision.encode_search(secrets.randbits(16)),
    is_question=lambda data: data[:1] == b"\x42",
    answers_asker=False,
)
HID = Protocol(
    name="hid",
    question=lambda _: hid.encode_search(),
    is_question=lambda data: not data.startswith(b"discovered;"),
)
PROTOCOLS = (
    SADP, DHIP, DAHUA_V1, HANWHA, BOSCH, VIVOTEK, PANASONIC, SONY, XIONGMAI, TVT, TP_LINK, UBIQUITI,
    FOSCAM, VSTARCAM, VISION_360, GIGE_VISION, HID,
)  # fmt: skip


class VendorUdp:
    """Asks a network in one maker's protocol, and hears answers that come to the group or to a fixed port."""

    def __init__(self, protocol: Protocol, crowd: Crowd, *, after_s: float = 0.0) -> None:
        self.name = protocol.name
        self._after_s = after_s
        self._protocol = protocol
        self._crowd = crowd
        self._endpoints: dict[str, UdpEndpoint] = {}

    async def run(self, target: Network, emit: Emit) -> None:
        """Asks, then listens until cancelled; when `target` is passive it only listens."""
        protocol, seen = self._protocol, RepeatFilter()
        own = target.interface.address.split("/")[0]
        answers_to_all = protocol.reply_port is not None

        def heard(data: bytes, address: str, port: int, overheard: bool) -> None:
            if protocol.is_question(data):
                return
            endpoint.tally.received += 1
            if seen.is_new(address, _without_passing(data)):
                emit(
                    Reply(
                        probe=self.name, address=address, port=port, raw=data, interface=target.interface,
                        overheard=overheard and (target.passive or not answers_to_all),
                    )
                )  # fmt: skip

        async with UdpEndpoint(target, self.name, self._crowd, heard) as endpoint:
            hears = protocol.hears or ((None,) if target.passive else ())
            for group in hears:
                await endpoint.listen(protocol.reply_port or protocol.port, group, needed=target.passive or answers_to_all)
            if await endpoint.speak(protocol.reply_port or 0):
                self._endpoints[target.interface.network] = endpoint
                await asyncio.sleep(self._after_s)
                for _ in range(protocol.rounds):
                    question = protocol.question(own)
                    for place in (*protocol.asks, *(endpoint.broadcast() if protocol.broadcast else ())):
                        endpoint.send(question, place, protocol.port)
                    await asyncio.sleep(BETWEEN_ROUNDS_S)
            await forever()

    @property
    def answers_asker(self) -> bool:
        """Whether one host may be asked alone: its answer would come back."""
        return self._protocol.answers_asker

    def ask_host(self, network: Network, address: str) -> bool:
        """Sends the question to one host alone, by a card; False where it was not sent."""
        endpoint = self._endpoints.get(network.interface.network)
        if endpoint is None:
            return False
        own = network.interface.address.split("/")[0]
        return endpoint.send(self._protocol.question(own), address, self._protocol.port)


def _without_passing(data: bytes) -> bytes:
    """The answer without what only repeats the question: the same device answers each round."""
    return re.sub(rb"<Uuid>[^<]*</Uuid>", b"", data)
