"""The greeting of a web server: GET / on a port, and its certificate where it speaks TLS. Nothing is followed."""

from __future__ import annotations

from camcensus.discovery.exchange import Answer
from camcensus.discovery.host import Host
from camcensus.discovery.pace import TLS_PORTS, may_ask
from camcensus.discovery.probe import Door, Emit, Reply
from camcensus.wire.http import encode_get


class Http:
    """Asks a host for its first page."""

    name = "http"

    async def run(self, target: Host, emit: Emit) -> None:
        """Asks each web port that the host announced."""
        for door in target.offered("http", "https"):
            await self.greet(target, door, emit)

    async def greet(self, host: Host, door: Door, emit: Emit) -> Answer:
        """Asks one port and emits what came: the answer, and the certificate. A web port that answered is noted at the host."""
        tls = is_tls(door)
        async with host.talk(self.name, door.port, tls=tls) as conversation:
            answer = await conversation.ask(encode_get(authority(host.address, door.port, tls)))
        if answer.certificate:
            emit(Reply(probe="tls", address=host.address, port=door.port, raw=answer.certificate, interface=host.interface))
        if answer.outcome == "answered":
            if answer.status is not None:
                host.web_doors.append(Door("https" if tls else "http", door.port))
            emit(
                Reply(
                    probe=self.name,
                    address=host.address,
                    port=door.port,
                    raw=answer.raw,
                    interface=host.interface,
                    ask="GET /",
                    cut=answer.cut,
                )
            )
        return answer


def is_tls(door: Door) -> bool:
    """Whether a port is asked over TLS: as announced, else by its number."""
    return door.kind in ("https", "onvifs") or (door.kind == "" and door.port in TLS_PORTS)


def authority(address: str, port: int, tls: bool) -> str:
    """What stands in the Host header. Source: RFC 9112, 3.2."""
    return address if port == (443 if tls else 80) else f"{address}:{port}"


def web_doors(announced: list[Door], others: tuple[int, ...]) -> list[Door]:
    """The doors announced, then `others` by number, each port once, none that is never asked."""
    doors = {door.port: door for door in announced if may_ask(door.port)}
    for port in others:
        doors.setdefault(port, Door("https" if port in TLS_PORTS else "http", port))
    return list(doors.values())
