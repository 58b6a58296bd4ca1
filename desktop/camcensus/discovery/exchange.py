"""One bounded exchange for all TCP: a connection to one address, one question, one answer.

A total deadline, a cap on bytes, no redirects, no proxies, no names looked up, nothing unpacked beyond a cap, and nobody
contacted but the address given. Timeouts of common HTTP libraries bound none of these.
"""

from __future__ import annotations

import asyncio
import errno
import re
import socket
import ssl
import zlib
from functools import cache
from typing import Literal

from camcensus.discovery.card import tie
from camcensus.discovery.loss import Waiting
from camcensus.discovery.pace import CONNECT_S, EXCHANGE_S, may_ask
from camcensus.model import frozen
from camcensus.model.device import RAW_LIMIT_BYTES
from camcensus.model.scan import Interface

HEAD_LIMIT_BYTES = 64 * 1024
UNPACKED_LIMIT_BYTES = 2 * 1024 * 1024
CLOSING_S = 0.02
"""A host that closes after its answer does so at once, and often without saying that it will."""
INTERIM_LIMIT = 5
"""Interim answers (100 Continue) that are passed over before the answer."""

Outcome = Literal["answered", "silent", "refused", "blocked"]


@frozen(kw_only=True)
class ExchangeOutcome:
    """What came of an exchange. `raw` is status line, headers and body as sent, at most RAW_LIMIT_BYTES.

    "answered": something was sent. "silent": nothing came before the deadline. "refused": the port is closed, or the
    connection was cut before an answer. "blocked": this computer could not ask. `certificate` is the leaf, DER. `late` where
    the port answered only when the connection was begun for the second time.
    """

    outcome: Outcome
    raw: bytes = b""
    cut: bool = False
    certificate: bytes | None = None
    late: bool = False

    @property
    def status(self) -> int | None:
        """The three-digit status of an HTTP or RTSP answer; None where it is neither."""
        found = re.match(rb"\s*(?:HTTP|RTSP)/[0-9.]+\s+([0-9]{3})", self.raw[:200])
        return int(found[1]) if found else None

    @property
    def body(self) -> bytes:
        """The body without chunk sizes and gzip, at most UNPACKED_LIMIT_BYTES; as far as it goes where it is cut or broken."""
        head, body = split_head(self.raw)
        if head is None:
            return b""
        if b"chunked" in header(head, b"transfer-encoding").lower():
            body = _dechunk(body)[0]
        if header(head, b"content-encoding").strip().lower() == b"gzip":
            try:
                return zlib.decompressobj(16 + zlib.MAX_WBITS).decompress(body, UNPACKED_LIMIT_BYTES)
            except zlib.error:
                return b""
        return body

    def headers(self, name: bytes) -> list[bytes]:
        """The values of all headers of that name (lower case), in the order sent."""
        head, _ = split_head(self.raw)
        return headers(head, name) if head else []


class HttpConnection:
    """A connection to one port of one host, for several questions one after the other. Opened through `connect`.

    `late` where the port took it only when it was begun for the second time.
    """

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, ends_at_s: float, *, late: bool) -> None:
        self.late = late
        self._reader = reader
        self._writer = writer
        self._ends_at_s = ends_at_s
        self._is_new = True
        self.open = True

    async def ask(
        self, question: bytes, *, limit_bytes: int = RAW_LIMIT_BYTES, within_s: float = EXCHANGE_S
    ) -> ExchangeOutcome:
        """Sends a question and reads one answer. Never raises but to be cancelled.

        The first question shares the deadline of opening the connection; later ones have `within_s` seconds each.
        """
        loop = asyncio.get_running_loop()
        ends_at_s = self._ends_at_s if self._is_new else loop.time() + within_s
        self._is_new = False
        got = bytearray()
        complete = False
        try:
            async with asyncio.timeout_at(ends_at_s):
                self._writer.write(question)
                await self._writer.drain()
                complete = await _read_answer(self._reader, got, limit_bytes)
        except TimeoutError:
            self.open = False
        except OSError:
            self.open = False
        except asyncio.CancelledError:
            self.open = False  # Its answer may still come, and would be taken for one to the next question.
            raise
        if not complete or b"close" in header(bytes(got[:HEAD_LIMIT_BYTES]), b"connection").lower():
            self.open = False
        if not got:
            return ExchangeOutcome(outcome="silent" if loop.time() >= ends_at_s else "refused", certificate=self.certificate)
        cut = not complete or len(got) > RAW_LIMIT_BYTES
        return ExchangeOutcome(outcome="answered", raw=bytes(got[:RAW_LIMIT_BYTES]), cut=cut, certificate=self.certificate)

    def hold(self) -> None:
        """It was opened for later: the first question has as much time as others."""
        self._is_new = False

    async def stays_open(self) -> bool:
        """Whether the host has left the connection open a moment after its answer."""
        ends_at_s = asyncio.get_running_loop().time() + CLOSING_S
        while self.open and asyncio.get_running_loop().time() < ends_at_s:
            self.open = not self._reader.at_eof()
            await asyncio.sleep(CLOSING_S / 4)
        return self.open

    @property
    def certificate(self) -> bytes | None:
        """The host's certificate as DER where this is TLS."""
        wrapped = self._writer.get_extra_info("ssl_object")
        return wrapped.getpeercert(binary_form=True) if wrapped else None

    def close(self) -> None:
        """Closes at once, without waiting for the host."""
        self.open = False
        self._writer.transport.abort()


async def connect(
    address: str,
    port: int,
    *,
    tls: bool = False,
    card: Interface | None = None,
    within_s: float = EXCHANGE_S,
    connect_s: float = CONNECT_S,
) -> HttpConnection | ExchangeOutcome:
    """An HttpConnection to `address`, or the outcome that says why there is none.

    `card` is the one to go out by; None: as the system does.

    Call it inside `Turnstile.turn`. Connecting and the first answer take `within_s` seconds at most,
    together. `tls` verifies nothing and names nobody: cameras sign their own certificates.
    """
    if not may_ask(port):
        return ExchangeOutcome(outcome="blocked")
    loop = asyncio.get_running_loop()
    ends_at_s = loop.time() + within_s
    made: socket.socket | None = None
    waiting = Waiting()
    try:
        async with asyncio.timeout_at(min(ends_at_s, loop.time() + connect_s)):
            made = _tcp(address, card)
            way = (address, port, 0, card.index if card else 0) if ":" in address else (address, port)
            with waiting:
                await loop.sock_connect(made, way)
        connected, made = made, None  # From here on asyncio closes it.
        async with asyncio.timeout_at(ends_at_s):
            reader, writer = await asyncio.open_connection(
                sock=connected,
                ssl=_unverified() if tls else None,
                server_hostname="" if tls else None,
                ssl_handshake_timeout=CONNECT_S if tls else None,
            )
    except TimeoutError:
        return ExchangeOutcome(outcome="silent")
    except (ConnectionError, ssl.SSLError):
        return ExchangeOutcome(outcome="refused", late=waiting.late)
    except OSError as problem:
        unreachable = problem.errno == errno.EHOSTUNREACH
        return ExchangeOutcome(outcome="silent" if unreachable else "blocked")
    finally:
        if made is not None:
            made.close()
    return HttpConnection(reader, writer, ends_at_s, late=waiting.late)


def _tcp(address: str, card: Interface | None) -> socket.socket:
    made = socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET, socket.SOCK_STREAM)
    try:
        made.setblocking(False)
        if card is not None:
            tie(made, card)
            if ":" not in address:
                made.bind((card.address.split("/")[0], 0))
    except BaseException:
        made.close()
        raise
    return made


@cache
def _unverified() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    # Old cameras speak nothing newer; only their greeting is read, and nothing of ours is sent.
    context.minimum_version = ssl.TLSVersion.MINIMUM_SUPPORTED
    context.set_ciphers("ALL:@SECLEVEL=0")
    return context


async def _read_answer(reader: asyncio.StreamReader, got: bytearray, limit_bytes: int) -> bool:
    """Reads one answer into `got`; False where it stopped at a limit or came broken off."""
    start = interim = 0
    need: int | None = None
    chunked = False
    while True:
        if need is None and not chunked:
            end = _head_end(got, start)
            if end is not None:
                head = bytes(got[start:end])
                if re.match(rb"\s*HTTP/[0-9.]+\s+1[0-9][0-9]\s", head):
                    interim += 1
                    if interim > INTERIM_LIMIT:
                        return False
                    del got[start:end]
                    continue
                need, chunked = _body_size(head, end)
            elif len(got) - start > HEAD_LIMIT_BYTES:
                return False
        if need is not None and len(got) >= need >= 0:
            del got[need:]
            return True
        if chunked and _dechunk(split_head(bytes(got))[1])[1]:
            return True
        if len(got) >= limit_bytes:
            return False
        piece = await reader.read(min(65536, limit_bytes - len(got)) or 1)
        if not piece:
            return bool(got) and not chunked and (need is None or need < 0)
        got += piece


def _body_size(head: bytes, end: int) -> tuple[int, bool]:
    """Where the answer ends: an offset, or -1 for "until the host closes"; and whether it comes in chunks."""
    if b"chunked" in header(head, b"transfer-encoding").lower():
        return -1, True
    declared = header(head, b"content-length").strip()
    if re.fullmatch(rb"[0-9]{1,9}", declared):
        return end + int(declared), False
    is_rtsp = head.lstrip().startswith(b"RTSP/")
    bodiless = re.match(rb"\s*HTTP/[0-9.]+\s+(?:204|304)\s", head) is not None
    return (end if is_rtsp or bodiless else -1), False


def _head_end(got: bytes | bytearray, start: int = 0) -> int | None:
    found = re.search(rb"\r?\n\r?\n", bytes(got[start : start + HEAD_LIMIT_BYTES]).lstrip(b"\r\n"))
    if not found:
        return None
    lead = len(got[start : start + HEAD_LIMIT_BYTES]) - len(bytes(got[start : start + HEAD_LIMIT_BYTES]).lstrip(b"\r\n"))
    return start + lead + found.end()


def split_head(raw: bytes) -> tuple[bytes | None, bytes]:
    """Head (with its empty line) and body; None and b"" where the head does not end."""
    end = _head_end(raw)
    return (None, b"") if end is None else (raw[:end], raw[end:])


def header(head: bytes, name: bytes) -> bytes:
    """The first header of that name (lower case) in a head, b"" where there is none."""
    return next(iter(headers(head, name)), b"")


def headers(head: bytes, name: bytes) -> list[bytes]:
    """The values of all headers of that name (lower case) in a head."""
    return re.findall(rb"(?im)^" + re.escape(name) + rb"[ \t]*:[ \t]*([^\r\n]*)", head)


def _dechunk(body: bytes) -> tuple[bytes, bool]:
    """The body without chunk sizes, as far as it came, and whether its last chunk came."""
    parts: list[bytes] = []
    at = 0
    while True:
        end = body.find(b"\n", at, at + 128)
        size = re.match(rb"\s*([0-9a-fA-F]{1,8})", body[at:end]) if end >= 0 else None
        if size is None:
            return b"".join(parts), False
        length = int(size[1], 16)
        if length == 0:
            return b"".join(parts), True
        parts.append(body[end + 1 : end + 1 + length])
        at = end + 1 + length
        at += 2 if body[at : at + 2] == b"\r\n" else 1
