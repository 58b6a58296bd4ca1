"""The greeting of a web server: GET / on a port, and its certificate where it speaks TLS. No other host is followed."""

from __future__ import annotations

from camcensus.discovery.exchange import ExchangeOutcome
from camcensus.discovery.host import Conversation, Host
from camcensus.discovery.pace import TLS_PORTS, may_ask
from camcensus.discovery.probe import Emit, Reply, ServedPort
from camcensus.wire.fields import split_url
from camcensus.wire.http import encode_get
from camcensus.wire.rtsp import encode_describe, encode_options


class Http:
    """Asks a host for its first page."""

    name = "http"

    async def greet(self, conversation: Conversation, emit: Emit) -> ExchangeOutcome:
        """Asks one port and emits what came: the answer, and the certificate. A web port that answered is noted at the host."""
        host, port, tls = conversation.host, conversation.port, conversation.tls
        host.first_time(self.name, port)
        answer = await conversation.count_for(self.name).ask(encode_get(authority(host.address, port, tls)))
        if tls:
            host.tally("tls").sent += 1
        if answer.certificate:
            host.tally("tls").received += 1
            emit(Reply(probe="tls", address=host.address, port=port, raw=answer.certificate, interface=host.interface))
        if answer.outcome == "answered":
            if answer.status is not None:
                host.web_doors.append(ServedPort("https" if tls else "http", port))
            emit(host.reply(self.name, port, answer, "GET /"))
        return answer


def is_tls(door: ServedPort) -> bool:
    """Whether a port is asked over TLS: as announced, else by its number."""
    return door.kind in ("https", "onvifs") or (door.kind == "" and door.port in TLS_PORTS)


def authority(address: str, port: int, tls: bool) -> str:
    """What is in the Host header. Source: RFC 9112, 3.2."""
    name = f"[{address}]" if ":" in address else address
    return name if port == (443 if tls else 80) else f"{name}:{port}"


def secure_port(answer: ExchangeOutcome) -> int | None:
    """The port of the same host that an answer redirects to over TLS; None where it redirects to none that may be asked."""
    if answer.status is None or not 300 <= answer.status < 400:
        return None
    for location in answer.headers(b"location"):
        parts = split_url(location.decode("latin-1"))
        if parts is not None and parts[0] == "https" and may_ask(parts[2] or 443):
            return parts[2] or 443
    return None


def web_doors(announced: list[ServedPort], others: tuple[int, ...]) -> list[ServedPort]:
    """The doors announced, then `others` by number, each port once, none that is never asked."""
    doors = {door.port: door for door in announced if may_ask(door.port)}
    for port in others:
        doors.setdefault(port, ServedPort("https" if port in TLS_PORTS else "http", port))
    return list(doors.values())


# The greeting of a video server: OPTIONS, then DESCRIBE of "/", without credentials. Paths are never guessed.


class Rtsp:
    """Asks a host's video port what it is."""

    name = "rtsp"

    async def run(self, target: Host, emit: Emit) -> None:
        """Asks each video port that the host announced."""
        for door in target.offered("rtsp"):
            await self.greet(target, door.port, emit)

    async def greet(self, host: Host, port: int, emit: Emit) -> ExchangeOutcome:
        """Asks one port and emits both answers; the answer given back is the first."""
        if not may_ask(port) or not host.first_time(self.name, port):
            return ExchangeOutcome(outcome="blocked")
        async with host.talk(self.name, port, tls=False) as conversation:
            first = await conversation.ask(encode_options(host.address, port))
            self._tell(host, port, "OPTIONS", first, emit)
            if first.outcome == "answered" and first.status is not None:
                self._tell(host, port, "DESCRIBE", await conversation.ask(encode_describe(host.address, port)), emit)
        return first

    def _tell(self, host: Host, port: int, ask: str, answer: ExchangeOutcome, emit: Emit) -> None:
        if answer.outcome == "answered":
            emit(host.reply(self.name, port, answer, ask))
