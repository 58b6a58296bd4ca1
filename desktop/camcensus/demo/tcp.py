"""How simulated devices answer on TCP: web pages, ONVIF and RTSP, from literal replies."""

from __future__ import annotations

import asyncio
import contextlib
import re
from collections.abc import Callable

from camcensus.demo.estate import DemoPort, SimDevice
from camcensus.demo.template import LiteralReply
from camcensus.model.frozen import frozen

REQUEST_LIMIT_BYTES = 64 * 1024
"""A question larger than this is nobody's: the connection ends."""
PATIENCE_S = 20.0
"""How long a device waits for a question before it hangs up."""

_OPERATION = re.compile(rb"<(?:[\w.-]+:)?Body(?:\s[^>]*)?>\s*<(?:[\w.-]+:)?([\w.-]+)")
_READS = re.compile(r"(?:Get|Find|Is|Query)[A-Z]")


@frozen
class TcpQuestion:
    """A question on TCP. `credentials` is whether it carried any; `writes` whether it could change something."""

    protocol: str
    line: str
    operation: str
    credentials: bool
    writes: bool
    fields: dict[str, str]


@frozen
class Answerer:
    """One device at one door. `values()` gives the placeholders of this moment; `heard` is told every question."""

    device: SimDevice
    door: DemoPort
    values: Callable[[], dict[str, str]]
    heard: Callable[[SimDevice, TcpQuestion], None]

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answers until the other side leaves, or after one answer over HTTP."""
        if self.door.speaks == "raw":
            await self._take(reader)
            return
        while True:
            async with asyncio.timeout(PATIENCE_S):
                asked = await self._next(reader)
            if asked is None:
                return
            self.heard(self.device, asked)
            if not await self._answer(asked, writer) or self.door.speaks == "http":
                return

    async def _take(self, reader: asyncio.StreamReader) -> None:
        """Takes what comes, as printers and controllers do, and tells how much it was."""
        taken = 0
        with contextlib.suppress(TimeoutError, ConnectionError):
            async with asyncio.timeout(PATIENCE_S):
                while (part := await reader.read(4096)) and taken < REQUEST_LIMIT_BYTES:
                    taken += len(part)
        self.heard(self.device, TcpQuestion("raw", f"{taken} bytes", "bytes", False, taken > 0, {}))

    async def _next(self, reader: asyncio.StreamReader) -> TcpQuestion | None:
        try:
            head = await reader.readuntil(b"\r\n\r\n")
        except (asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            return None
        lines = head.decode("latin-1").split("\r\n")
        fields = {name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in lines[1:])}
        size = fields.get("content-length", "0")
        body = b""
        if size.isdigit() and 0 < int(size) <= REQUEST_LIMIT_BYTES:
            body = await reader.readexactly(int(size))
        method, target = [*lines[0].split(" "), "", ""][:2]
        credentials = "authorization" in fields or b"UsernameToken" in body
        if self.door.speaks == "rtsp":
            return TcpQuestion("rtsp", lines[0], method, credentials, method not in ("OPTIONS", "DESCRIBE"), fields)
        found = _OPERATION.search(body) if method == "POST" else None
        operation = found[1].decode("ascii", "replace") if found else ""
        reads = bool(_READS.match(operation))
        if method == "POST" and target == self.door.onvif_path:
            return TcpQuestion("onvif", lines[0], operation, credentials, not reads, fields)
        writes = method not in ("GET", "HEAD") and not reads
        return TcpQuestion("http", lines[0], f"{method} {target}", credentials, writes, fields)

    def _reply_to(self, asked: TcpQuestion) -> LiteralReply:
        door = self.door
        if asked.protocol == "onvif":
            return door.answers.get(f"onvif.{asked.operation}") or door.refused or door.otherwise
        return door.answers.get(asked.operation) or door.otherwise

    async def _answer(self, asked: TcpQuestion, writer: asyncio.StreamWriter) -> bool:
        """Sends the answer; False when the connection is to end."""
        values = self.values() | {"cseq": asked.fields.get("cseq", "1")}
        port, target = int(values[f"port_{self.door.name}"]), [*asked.line.split(" "), ""][1]
        with contextlib.suppress(ConnectionError):
            return await self.device.sending.answer(asked.protocol, self._reply_to(asked), values, port, target, writer)
        return False
