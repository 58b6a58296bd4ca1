"""WS-Discovery, which ONVIF cameras answer: three forms of one question, three times, and Uniview's own.

Source: WS-Discovery 2005/04; ONVIF Core, chapter 7.
"""

from __future__ import annotations

import asyncio
import re
import uuid

from camcensus.discovery.pace import MULTICAST_PORTS
from camcensus.discovery.probe import Emit, Network, RepeatFilter, Reply, forever
from camcensus.discovery.udp import Crowd, Heard, UdpEndpoint, UdpEndpoint6
from camcensus.wire.wsdiscovery import encode_probe, encode_uniview_probe

GROUP = "239.255.255.250"
GROUP_6 = "ff02::c"
"""Source: WS-Discovery 2005/04, 2.4: the IPv6 group is link-local."""
PORT = MULTICAST_PORTS["wsdiscovery"]
PAUSES_S = (0.3, 1.9)
"""Before the second and the third round: multicast gets lost, and where hundreds answer at once, so do answers. The third round
comes when those to the first two are over. Source: WS-Discovery, APP_MAX_DELAY: a device waits up to 0.5 s before it answers.
"""
SWEEP_SOCKETS = 8
"""Linux keeps what it cannot deliver yet in the socket that sent it: some 90 to 180 questions in each. Source: socket(7). Of
answers it keeps some hundred, so each form of the question to all goes out by a socket of its own."""

_PASSING = re.compile(
    rb"<(?:[\w.-]+:)?(?:MessageID|RelatesTo|AppSequence|InstanceId)\b[^>]*?(?:/>|>[^<]*</(?:[\w.-]+:)?(?:MessageID|RelatesTo)>)"
)
_QUESTION = re.compile(rb"<(?:[\w.-]+:)?(?:Probe|Resolve|UniviewProbe|Bye)[\s/>]")


class WsDiscovery:
    """Asks a network by IPv4 and by link-local IPv6, hears announcements there, and asks single hosts that are known otherwise.

    Those are asked with `ask_host`; the reply comes out of `run`.
    """

    name = "wsdiscovery"

    def __init__(self, crowd: Crowd) -> None:
        self._crowd = crowd
        self._endpoints: dict[str, UdpEndpoint] = {}
        self._told_compactly: set[str] = set()

    async def run(self, target: Network, emit: Emit) -> None:
        """Asks, then listens until cancelled; when `target` is passive it only listens."""
        seen = RepeatFilter()

        def hears(endpoint: UdpEndpoint) -> Heard:
            def heard(data: bytes, address: str, port: int, overheard: bool) -> None:
                if is_question(data):
                    return
                endpoint.tally.received += 1
                if b"MatchingRuleNotSupported" in data and address not in self._told_compactly:
                    # Some firmware calls the usual layout a format error; it is asked once more, on one line.
                    self._told_compactly.add(address)
                    endpoint.send(encode_probe(str(uuid.uuid4()), "none", compact=True), address, port)
                if seen.is_new(address, _PASSING.sub(b"", data)):
                    emit(
                        Reply(
                            probe=self.name, address=address, port=port, raw=data, interface=target.interface,
                            overheard=overheard,
                        )
                    )  # fmt: skip

            return heard

        four, six = UdpEndpoint(target, self.name, self._crowd), UdpEndpoint6(target, self.name, self._crowd)
        async with four, six:
            for endpoint, group in ((four, GROUP), (six, GROUP_6)):
                endpoint.heard = hears(endpoint)
                await endpoint.listen(PORT, group, needed=target.passive)
            speaking = [
                (endpoint, group)
                for endpoint, group in ((four, GROUP), (six, GROUP_6))
                if await endpoint.speak(sockets=SWEEP_SOCKETS if target.is_swept else len(_questions()))
            ]
            if four in (endpoint for endpoint, _ in speaking):
                self._endpoints[target.interface.network] = four
            for pause_s in (0.0, *PAUSES_S) if speaking else ():
                await asyncio.sleep(pause_s)
                for endpoint, group in speaking:
                    for number, question in enumerate(_questions()):
                        endpoint.send(question, group, PORT, first=number)
            await forever()

    def ask_host(self, network: Network, address: str, *, as_uniview: bool = False) -> bool:
        """Sends one question to one host, which answers also where multicast is filtered. False: not sent.

        `as_uniview` asks Uniview's own question: its recorders answer no other.
        """
        endpoint = self._endpoints.get(network.interface.network)
        if endpoint is None:
            return False
        question = encode_uniview_probe(str(uuid.uuid4())) if as_uniview else encode_probe(str(uuid.uuid4()), "nvt")
        return endpoint.send(question, address, PORT)


def is_question(data: bytes) -> bool:
    """Whether this is another computer's question, or a farewell, and no answer."""
    return _QUESTION.search(data) is not None


def _questions() -> tuple[bytes, ...]:
    return (
        encode_probe(str(uuid.uuid4()), "nvt"),
        encode_probe(str(uuid.uuid4()), "device"),
        encode_probe(str(uuid.uuid4()), "none"),
        encode_uniview_probe(str(uuid.uuid4())),
    )
