"""The greeting of a video server: OPTIONS, then DESCRIBE of "/", without credentials. Paths are never guessed."""

from __future__ import annotations

from camcensus.discovery.exchange import ExchangeOutcome
from camcensus.discovery.host import Host
from camcensus.discovery.pace import may_ask
from camcensus.discovery.probe import Emit
from camcensus.wire.rtsp import encode_describe, encode_options


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
