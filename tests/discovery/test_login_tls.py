"""The password itself goes into TLS only, after a yes, and a login goes to the certificate that was seen before and no other."""

from __future__ import annotations

import asyncio
import re
import ssl
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from camcensus.discovery.login import Attempts, Login
from camcensus.discovery.pace import Turnstile
from camcensus.discovery.probe import Door
from camcensus.discovery.signed_in import read_signed_in
from camcensus.discovery.target import Target
from camcensus.model.logins import LoginAllowances, LoginOutcome
from discovery.cameras import CAMERAS, NOW, camera
from discovery.servers import http, read_request

LOGIN = Login("admin", "s3cret-Pa55")
BASIC = b"Authorization: Basic YWRtaW46czNjcmV0LVBhNTU=\r\n"
ANSWERS = CAMERAS["hikvision"]


@pytest.fixture(scope="module")
def identities(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[ssl.SSLContext, bytes]]:
    """Two devices: what each serves with, and its certificate."""
    made = []
    for name in "ab":
        folder = tmp_path_factory.mktemp(name)
        key, certificate = folder / "key.pem", folder / "cert.pem"
        command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", certificate, "-days", "9"]
        try:
            subprocess.run([*command, "-subj", f"/CN={name}"], check=True, capture_output=True, timeout=30)
        except (OSError, subprocess.SubprocessError):
            pytest.skip("openssl is not here to make a certificate")
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, key)
        made.append((context, ssl.PEM_cert_to_DER_cert(Path(certificate).read_text())))
    return made


def wants_basic(request: bytes) -> bytes:
    if BASIC in request:
        return http(ANSWERS["/ISAPI/System/deviceInfo"] if b"deviceInfo" in request else b"x", status=b"200 OK")
    return http(b"", b'WWW-Authenticate: Basic realm="r"', status=b"401 Unauthorized")


def sign_in(
    answer: Callable[[bytes], bytes],
    contexts: list[ssl.SSLContext],
    *,
    known: bytes | None = None,
    allowed: LoginAllowances | None = None,
) -> tuple[LoginOutcome, list[bytes]]:
    """Reads a device that serves each new connection with the next of the contexts, and hangs up after each answer."""
    heard: list[bytes] = []

    async def run() -> LoginOutcome:
        async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            request = await read_request(reader)
            if request:
                heard.append(request)
                writer.write(answer(request))
                await writer.drain()
            servers[0].sockets[0].close if False else None
            writer.close()

        servers: list[asyncio.Server] = []
        first = contexts[0]
        turn = iter(contexts)

        def pick(connection: ssl.SSLObject, _name: str | None, _context: ssl.SSLContext) -> None:
            connection.context = next(turn, contexts[-1])

        first.sni_callback = pick
        server = await asyncio.start_server(talk, "127.0.0.1", 0, ssl=first)
        servers.append(server)
        port = server.sockets[0].getsockname()[1]
        certificates = {port: known} if known else {}
        target = Target(
            address="127.0.0.1", keys=("mac:a",), maker="hikvision", web=(Door("https", port),), certificates=certificates
        )
        async with server:
            outcome = await read_signed_in(
                target, LOGIN, Attempts(), lambda _: None, turnstile=Turnstile("fast"), allowed=allowed, clock=lambda: NOW
            )
        first.sni_callback = None
        return outcome

    return asyncio.run(run()), heard
