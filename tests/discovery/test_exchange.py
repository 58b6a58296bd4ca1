"""One bounded exchange: good answers whole, bad ones stopped in time and in size."""

from __future__ import annotations

import asyncio
import gzip
import ssl
import subprocess
import time
from pathlib import Path

import pytest

from camcensus.discovery import exchange as room
from camcensus.discovery.exchange import ExchangeOutcome, connect
from camcensus.discovery.host import Host
from camcensus.discovery.pace import Turnstile
from camcensus.discovery.probe import Tally
from camcensus.model.device import RAW_LIMIT_BYTES
from costs import LONG_S
from discovery.looking import WaitedLoop
from discovery.servers import Talk, http, tcp

GET = b"GET / HTTP/1.1\r\nHost: camera\r\n\r\n"


async def ask(port: int, *, tls: bool = False) -> ExchangeOutcome:
    line = await connect("127.0.0.1", port, tls=tls, within_s=1.0)
    if isinstance(line, ExchangeOutcome):
        return line
    try:
        return await line.ask(GET)
    finally:
        line.close()


def answer_of(server: bytes | Talk) -> tuple[ExchangeOutcome, float]:
    async def run() -> tuple[ExchangeOutcome, float]:
        async with tcp((lambda _: server) if isinstance(server, bytes) else server) as served:
            start = time.monotonic()
            return await ask(served.port), time.monotonic() - start

    return asyncio.run(run())


@pytest.mark.parametrize(
    ("sent", "status", "body"),
    [
        (b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello", 200, b"hello"),
        (b'HTTP/1.0 401 Unauthorized\r\nWWW-Authenticate: Digest realm="IP Camera(12345)"\r\n\r\n', 401, b""),
        (b"HTTP/1.1 200 OK\nServer: thin\n\nuntil the end", 200, b"until the end"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n2;x=y\r\nlo\r\n0\r\n\r\n", 200, b"hello"),
        (b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", 200, b"ok"),
        (b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n" + gzip.compress(b"packed", mtime=0), 200, b"packed"),
        (b"RTSP/1.0 200 OK\r\nCSeq: 1\r\nPublic: OPTIONS\r\n\r\n", 200, b""),
        (b"HTTP/1.1 302 Found\r\nLocation: http://127.77.66.66/\r\nContent-Length: 0\r\n\r\n", 302, b""),
        (b"SSH-2.0-dropbear\r\n", None, b""),
    ],
)
def test_answers_are_kept_as_sent_and_read(sent: bytes, status: int | None, body: bytes) -> None:
    answer, _ = answer_of(sent)
    assert (answer.outcome, answer.status, answer.body, answer.cut) == ("answered", status, body, False)
    assert answer.raw == sent.removeprefix(b"HTTP/1.1 100 Continue\r\n\r\n")


async def endless(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
    while True:
        writer.write(b"x" * 65536)
        await writer.drain()


async def drip(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n")
    while True:
        writer.write(b"x")
        await writer.drain()
        await asyncio.sleep(0.1)


async def dripped_head(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    for byte in b"HTTP/1.1 200 OK\r\nX: " + b"y" * 9999:
        writer.write(bytes([byte]))
        await writer.drain()
        await asyncio.sleep(0.05)


async def giant_head(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nX: ")
    while True:
        writer.write(b"y" * 65536)
        await writer.drain()


async def endless_interim(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while True:
        writer.write(b"HTTP/1.1 100 Continue\r\n\r\n" * 100)
        await writer.drain()


async def says_nothing(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await asyncio.sleep(30)


async def hangs_up(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.readuntil(b"\r\n\r\n")


async def lies_about_length(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 999999999\r\n\r\nshort")
    await writer.drain()


@pytest.mark.parametrize(
    ("server", "outcome", "cut"),
    [
        (endless, "answered", True),
        (drip, "answered", True),
        (dripped_head, "answered", True),
        (giant_head, "answered", True),
        (endless_interim, None, None),
        (says_nothing, "silent", False),
        (hangs_up, "refused", False),
        (lies_about_length, "answered", True),
    ],
)
def test_bad_servers_are_stopped_in_time_and_size(server: Talk, outcome: str | None, cut: bool | None) -> None:
    answer, took_s = answer_of(server)
    assert took_s < LONG_S
    assert len(answer.raw) <= RAW_LIMIT_BYTES
    if outcome is not None:
        assert (answer.outcome, answer.cut) == (outcome, cut)


@pytest.mark.parametrize("limit_bytes", [1000, RAW_LIMIT_BYTES])
def test_no_more_is_read_than_the_limit_and_the_host_is_left(limit_bytes: int) -> None:
    body = 64 << 20

    async def run() -> tuple[ExchangeOutcome, bool]:
        sent_all = left = False

        async def floods(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            nonlocal sent_all, left
            await reader.readuntil(b"\r\n\r\n")
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % body)
            try:
                for _ in range(body >> 16):
                    writer.write(bytes(65536))
                    await writer.drain()
                sent_all = True
            except ConnectionError:
                left = True

        async with tcp(floods) as served:
            line = await connect("127.0.0.1", served.port, within_s=20)
            assert not isinstance(line, ExchangeOutcome)
            answer = await line.ask(GET, limit_bytes=limit_bytes)
            line.close()
            while not (left or sent_all):
                await asyncio.sleep(0.01)
        return answer, sent_all

    answer, sent_all = asyncio.run(run())
    assert (answer.outcome, len(answer.raw), answer.cut) == ("answered", limit_bytes, True)
    assert not sent_all


def test_a_gzip_bomb_unpacks_to_its_cap() -> None:
    bomb = gzip.compress(b" " * 50_000_000, 9, mtime=0)
    answer, _ = answer_of(b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n" + bomb)
    assert len(answer.body) == room.UNPACKED_LIMIT_BYTES


def test_a_closed_port_is_refused_at_once() -> None:
    async def run() -> None:
        async with tcp(lambda _: b"") as served:
            port = served.port
        assert (await ask(port)).outcome == "refused"

    asyncio.run(run())


def test_a_self_signed_certificate_is_kept_and_old_tls_is_spoken(tmp_path: Path) -> None:
    key, certificate = tmp_path / "key.pem", tmp_path / "cert.pem"
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", certificate, "-days", "9"]
    try:
        subprocess.run([*made, "-subj", "/CN=www.hikvision.com"], check=True, capture_output=True)
    except FileNotFoundError:
        pytest.skip("openssl is not here to make a certificate")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.set_ciphers("ALL:@SECLEVEL=0")
    context.load_cert_chain(certificate, key)

    async def run() -> ExchangeOutcome:
        async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await reader.readuntil(b"\r\n\r\n")
            writer.write(http(b"hello"))
            await writer.drain()
            writer.close()

        server = await asyncio.start_server(talk, "127.0.0.1", 0, ssl=context)
        async with server:
            return await ask(server.sockets[0].getsockname()[1], tls=True)

    answer = asyncio.run(run())
    assert answer.body == b"hello"
    assert answer.certificate == ssl.PEM_cert_to_DER_cert(certificate.read_text())


def test_a_conversation_goes_on_over_one_connection_and_survives_its_end() -> None:
    async def run() -> tuple[int, int]:
        count = 0

        async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            nonlocal count
            for _ in range(2):  # closes after two answers, without saying so
                await reader.readuntil(b"\r\n\r\n")
                count += 1
                writer.write(http(b"hello"))
                await writer.drain()

        async with tcp(talk) as served:
            host = Host(address="127.0.0.1", turnstile=Turnstile("fast"), tally=lambda _: Tally())
            async with host.talk("http", served.port, tls=False) as conversation:
                for _ in range(4):
                    assert (await conversation.ask(GET)).body == b"hello"
            return count, len(served.accepted)

    assert asyncio.run(run()) == (4, 2)


def test_a_host_is_asked_no_further_when_its_time_is_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("camcensus.discovery.host.HOST_S", 0.6)

    async def run() -> tuple[float, Tally]:
        tally = Tally()
        async with tcp(says_nothing) as served:
            host = Host(address="127.0.0.1", turnstile=Turnstile("fast"), tally=lambda _: tally)
            start_s = asyncio.get_running_loop().time()
            for _ in range(5):
                async with host.talk("http", served.port, tls=False) as conversation:
                    assert (await conversation.ask(GET)).outcome == "silent"
            assert len(served.accepted) == 1
            return asyncio.get_running_loop().time() - start_s, tally

    took_s, tally = asyncio.run(run(), loop_factory=WaitedLoop)
    assert took_s == pytest.approx(0.6)
    assert tally.state == "partial"
    assert tally.reason is not None
    assert "127.0.0.1" in tally.reason
