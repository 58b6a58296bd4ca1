"""Servers on loopback that answer with literal bytes, well or badly. None of them uses our encoders."""

from __future__ import annotations

import asyncio
import contextlib
import re
import socket
import struct
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import dataclass, field

from costs import LONG_S

Talk = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@dataclass
class Served:
    """A TCP server: where it listens, and what came."""

    host: str
    port: int
    accepted: list[float] = field(default_factory=list)
    requests: list[bytes] = field(default_factory=list)
    open: int = 0
    most_open: int = 0


@contextlib.contextmanager
def in_a_thread(begin: Callable[[contextlib.AsyncExitStack], Awaitable[object]]) -> Iterator[None]:
    """What `begin` enters goes on in a thread of its own, while commands or a window work."""
    ready, ends, loops = threading.Event(), asyncio.Event(), list[asyncio.AbstractEventLoop]()

    async def serve() -> None:
        async with contextlib.AsyncExitStack() as stack:
            await begin(stack)
            loops.append(asyncio.get_running_loop())
            ready.set()
            await ends.wait()

    thread = threading.Thread(target=lambda: asyncio.run(serve()), daemon=True)
    thread.start()
    assert ready.wait(LONG_S)
    try:
        yield
    finally:
        loops[0].call_soon_threadsafe(ends.set)
        thread.join(LONG_S)


@contextlib.asynccontextmanager
async def tcp(answer: Callable[[bytes], bytes] | Talk, *, host: str = "127.0.0.1", port: int = 0) -> AsyncIterator[Served]:
    """A server: `answer` gives bytes for a request (head and body), or is a coroutine that talks by itself."""
    tasks: set[asyncio.Task[None]] = set()

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        tasks.add(task)
        served.accepted.append(asyncio.get_running_loop().time())
        served.open += 1
        served.most_open = max(served.most_open, served.open)
        try:
            if asyncio.iscoroutinefunction(answer):
                await answer(reader, writer)
            else:
                while request := await read_request(reader):
                    served.requests.append(request)
                    sent = answer(request)
                    writer.write(sent)
                    await writer.drain()
                    if not re.search(rb"content-length|RTSP/1.0", sent, re.I):
                        break
        except (OSError, asyncio.IncompleteReadError):
            pass
        finally:
            served.open -= 1
            tasks.discard(task)
            writer.transport.abort()

    server = await asyncio.start_server(talk, host, port)
    served = Served(host, server.sockets[0].getsockname()[1])
    try:
        yield served
    finally:
        server.close()
        for task in list(tasks):
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def read_request(reader: asyncio.StreamReader) -> bytes:
    try:
        head = await reader.readuntil(b"\r\n\r\n")
    except asyncio.IncompleteReadError:
        return b""
    length = re.search(rb"(?i)content-length:\s*(\d+)", head)
    return head + (await reader.readexactly(int(length[1])) if length else b"")


def http(body: bytes, *headers: bytes, status: bytes = b"200 OK", length: bool = True) -> bytes:
    lines = [b"HTTP/1.1 " + status, *headers]
    if length:
        lines.append(b"Content-Length: %d" % len(body))
    return b"\r\n".join(lines) + b"\r\n\r\n" + body


class Responder(asyncio.DatagramProtocol):
    """Hears a group on loopback and answers from an address of its own."""

    def __init__(
        self, address: str, port: int, answer: Callable[[bytes], list[bytes]], to_group: str | None, wait_s: float
    ) -> None:
        self.heard: list[tuple[bytes, tuple[str, int]]] = []
        self._answer = answer
        self._to_group = to_group
        self._port = port
        self._wait_s = wait_s
        self._mouth = udp_socket(address, port)
        self.mouth_task: asyncio.DatagramTransport | None = None

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        if addr[0].startswith("127.77."):
            return
        self.heard.append((data, addr))
        to = (self._to_group, self._port) if self._to_group else addr
        for sent in self._answer(data):
            asyncio.get_running_loop().call_later(self._wait_s, self.send, sent, to)

    def send(self, data: bytes, to: tuple[str, int]) -> None:
        with contextlib.suppress(OSError):
            self._mouth.sendto(data, to)

    def close(self) -> None:
        self._mouth.close()


def udp_socket(address: str, port: int) -> socket.socket:
    made = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)
    made.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_IF, socket.inet_aton("127.0.0.1"))
    made.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_LOOP, 1)
    made.setblocking(False)
    made.bind((address, port))
    return made


@contextlib.asynccontextmanager
async def udp(
    address: str,
    port: int,
    group: str,
    answer: Callable[[bytes], list[bytes]],
    *,
    to_group: bool = False,
    wait_s: float = 0.02,
    broadcast: bool = False,
) -> AsyncIterator[Responder]:
    """A device at `address` that hears a group (and the loopback broadcast) and answers each question."""
    loop = asyncio.get_running_loop()
    responder = Responder(address, port, answer, group if to_group else None, wait_s)
    receiver = udp_socket(group, port)
    receiver.setsockopt(
        socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, struct.pack("4s4s", socket.inet_aton(group), socket.inet_aton("127.0.0.1"))
    )
    receivers = [receiver, responder._mouth.dup()]
    if broadcast:
        receivers.append(udp_socket("127.255.255.255", port))
    transports = [(await loop.create_datagram_endpoint(lambda: responder, sock=one))[0] for one in receivers]
    try:
        yield responder
    finally:
        for transport in transports:
            transport.abort()
        responder.close()
        await asyncio.sleep(0)
