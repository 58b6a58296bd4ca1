"""SSDP, and the device description that a UPnP device offers. The description is fetched only from the host that answered.

Source: UPnP Device Architecture 1.1, sections 1.3 and 2.
"""

from __future__ import annotations

import asyncio
import re

from camcensus.discovery.exchange import header
from camcensus.discovery.host import Host
from camcensus.discovery.http import authority
from camcensus.discovery.pace import MULTICAST_PORTS, may_ask
from camcensus.discovery.probe import Emit, Network, RepeatFilter, Reply, ServedPort, forever
from camcensus.discovery.udp import Crowd, UdpEndpoint
from camcensus.wire.fields import split_url
from camcensus.wire.http import encode_get
from camcensus.wire.ssdp import encode_msearch

GROUP = "239.255.255.250"
PORT = MULTICAST_PORTS["ssdp"]
SEARCHED = ("ssdp:all", "upnp:rootdevice")
MX_S = 2
ROUNDS = 3
BETWEEN_ROUNDS_S = 0.5
DESCRIPTION_LIMIT_BYTES = 64 * 1024

_QUESTION = re.compile(rb"\AM-SEARCH\b|^NTS[ \t]*:[ \t]*ssdp:byebye", re.I | re.M)


class Ssdp:
    """Asks a network, and hears announcements there."""

    name = "ssdp"

    def __init__(self, crowd: Crowd) -> None:
        self._crowd = crowd

    async def run(self, target: Network, emit: Emit) -> None:
        """Asks, then listens until cancelled; when `target` is passive it only listens."""
        seen = RepeatFilter()

        def heard(data: bytes, address: str, port: int, overheard: bool) -> None:
            if _QUESTION.search(data):
                return
            endpoint.tally.received += 1
            kind = header(data, b"st") or header(data, b"nt")
            if seen.is_new(
                address, b"\0".join((kind, header(data, b"usn"), header(data, b"location"), header(data, b"server")))
            ):
                emit(
                    Reply(
                        probe=self.name, address=address, port=port, raw=data, interface=target.interface, overheard=overheard
                    )
                )  # fmt: skip

        async with UdpEndpoint(target, self.name, self._crowd, heard) as endpoint:
            await endpoint.listen(PORT, GROUP, needed=target.passive)
            if await endpoint.speak():
                for _ in range(ROUNDS):
                    for searched in SEARCHED:
                        endpoint.send(encode_msearch(searched, MX_S), GROUP, PORT)
                    await asyncio.sleep(BETWEEN_ROUNDS_S)
            await forever()


def description_door(location: str, address: str) -> ServedPort | None:
    """Where the sender at `address` keeps its description; None where the address it gave is another host's, or not http."""
    parts = split_url(location)
    if parts is None:
        return None
    scheme, host, port, path = parts
    if scheme != "http" or host != address or not may_ask(port or 80):
        return None
    path = path.partition("#")[0]
    return ServedPort("description", port or 80, path if re.fullmatch(r"/[\x21-\x7e]{0,500}", path) else "/")


class Upnp:
    """Fetches the description that a host offered."""

    name = "upnp"

    async def run(self, target: Host, emit: Emit) -> None:
        """Fetches what the host announced, without following it anywhere else."""
        for door in target.offered("description"):
            if not target.first_time(self.name, door.port, door.path):
                continue
            async with target.talk(self.name, door.port, tls=False) as conversation:
                question = encode_get(authority(target.address, door.port, False), door.path)
                answer = await conversation.ask(question, limit_bytes=DESCRIPTION_LIMIT_BYTES)
            if answer.outcome == "answered" and answer.status == 200 and answer.body:
                emit(
                    Reply(
                        probe=self.name,
                        address=target.address,
                        port=door.port,
                        raw=answer.body,
                        interface=target.interface,
                        cut=answer.cut,
                    )
                )
