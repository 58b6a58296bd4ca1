"""The password itself goes into no TLS either, and a login goes to the certificate that the list showed and no other."""

from __future__ import annotations

import asyncio
import contextlib
import ssl
import subprocess
from collections.abc import Callable
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from camcensus.discovery.login import Login
from camcensus.discovery.pace import Turnstile
from camcensus.discovery.probe import ServedPort
from camcensus.discovery.sign_in import LoginOutcome, Target, read_signed_in
from camcensus.identity.same_device import CERTIFICATE, DeviceFacts, Fact, certificate_digest
from costs import PATIENCE_S
from discovery.cameras import CAMERAS, NOW, camera
from discovery.servers import http, read_request

LOGIN = Login("admin", "s3cret-Pa55")
ANSWERS = CAMERAS["hikvision"]


@pytest.fixture(scope="module")
def identities(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[ssl.SSLContext, bytes]]:
    """Two devices: what each serves with, and its certificate."""
    made = []
    for name in "ab":
        folder = tmp_path_factory.mktemp(name)
        key, certificate = folder / "key.pem", folder / "cert.pem"
        command = [
            "openssl",
            "req",
            "-x509",
            "-newkey",
            "rsa:2048",
            "-nodes",
            "-keyout",
            key,
            "-out",
            certificate,
            "-days",
            "9",
        ]
        try:
            subprocess.run([*command, "-subj", f"/CN={name}"], check=True, capture_output=True, timeout=PATIENCE_S)
        except (OSError, subprocess.SubprocessError):
            pytest.skip("openssl is not here to make a certificate")
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, key)
        made.append((context, ssl.PEM_cert_to_DER_cert(Path(certificate).read_text())))
    return made


def wants_basic(_: bytes) -> bytes:
    return http(b"", b'WWW-Authenticate: Basic realm="r"', status=b"401 Unauthorized")


def facts(certificates: dict[int, bytes]) -> DeviceFacts:
    return DeviceFacts("127.0.0.1", certificates={str(port): certificate_digest(one) for port, one in certificates.items()})


def sign_in(
    answer: Callable[[bytes], bytes],
    contexts: list[ssl.SSLContext],
    *,
    known: bytes | None = None,
    allowed: frozenset[Fact] = frozenset(),
) -> tuple[LoginOutcome, list[bytes]]:
    """Reads a device that serves each new connection with the next of the contexts, and hangs up after each answer."""
    heard: list[bytes] = []
    turn = iter(contexts)

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError, asyncio.IncompleteReadError):
            await writer.start_tls(next(turn, contexts[-1]))
            request = await read_request(reader)
            if request:
                heard.append(request)
                writer.write(answer(request))
                await writer.drain()
        writer.close()

    async def run() -> LoginOutcome:
        async with await asyncio.start_server(talk, "127.0.0.1", 0) as server:
            port = server.sockets[0].getsockname()[1]
            target = Target(
                address="127.0.0.1", facts=facts({port: known} if known else {}), maker="hikvision", allowed=allowed,
                web=(ServedPort("https", port),),
            )  # fmt: skip
            return await read_signed_in(target, LOGIN, lambda _: None, turnstile=Turnstile("fast"), clock=lambda: NOW)

    return asyncio.run(run()), heard


def with_login(heard: list[bytes]) -> list[bytes]:
    return [one for one in heard if b"Authorization:" in one]


def test_inside_tls_the_password_itself_is_not_sent_either(identities: list[tuple[ssl.SSLContext, bytes]]) -> None:
    outcome, heard = sign_in(wants_basic, [identities[0][0]])
    assert (outcome.state, with_login(heard)) == ("held", [])


def test_a_device_with_another_certificate_than_was_seen_gets_nothing(
    identities: list[tuple[ssl.SSLContext, bytes]],
) -> None:
    (mine, certificate), (other, _) = identities
    device = camera(ANSWERS)
    outcome, heard = sign_in(device, [mine], known=certificate)
    assert outcome.state == "read"
    assert with_login(heard)
    outcome, heard = sign_in(device, [other], known=certificate)
    assert (outcome.state, outcome.changed, heard) == ("changed", (CERTIFICATE,), [])
    outcome, heard = sign_in(device, [other], known=certificate, allowed=frozenset({CERTIFICATE}))
    assert outcome.state == "read"


def test_a_device_that_changes_its_certificate_after_it_asked_for_the_login_gets_none(
    identities: list[tuple[ssl.SSLContext, bytes]],
) -> None:
    (mine, _), (other, _) = identities
    outcome, heard = sign_in(camera(ANSWERS), [mine, other])
    assert outcome.state == "changed"
    assert len(heard) == 1
    assert with_login(heard) == []


@pytest.mark.parametrize(("shown", "state"), [("mine", "read"), ("other", "changed"), (None, "changed")])
def test_a_device_known_by_its_certificate_shows_it_before_a_login_goes_to_another_port(
    identities: list[tuple[ssl.SSLContext, bytes]], shown: str | None, state: str
) -> None:
    (mine, certificate), (other, _) = identities
    context = {"mine": mine, "other": other}.get(shown or "")
    heard: list[bytes] = []
    device = camera(ANSWERS)

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError, asyncio.IncompleteReadError):
            while request := await read_request(reader):
                heard.append(request)
                writer.write(device(request))
                await writer.drain()
        writer.close()

    async def read(allowed: frozenset[Fact]) -> LoginOutcome:
        async with AsyncExitStack() as stack:
            web = await stack.enter_async_context(await asyncio.start_server(talk, "127.0.0.1", 0))
            safe = await asyncio.start_server(talk, "127.0.0.1", 0, ssl=context)
            ports = [one.sockets[0].getsockname()[1] for one in (web, safe)]
            if context is not None:
                await stack.enter_async_context(safe)
            else:
                safe.close()
            target = Target(
                address="127.0.0.1", facts=facts({ports[1]: certificate}), maker="hikvision", allowed=allowed,
                web=(ServedPort("http", ports[0]),),
            )  # fmt: skip
            return await read_signed_in(target, LOGIN, lambda _: None, turnstile=Turnstile("fast"), clock=lambda: NOW)

    outcome = asyncio.run(read(frozenset()))
    assert (outcome.state, bool(with_login(heard))) == (state, state == "read")
    assert outcome.changed == (() if state == "read" else (CERTIFICATE,))
    assert asyncio.run(read(frozenset({CERTIFICATE}))).state == "read"
