"""The password itself goes into TLS only, after a yes, and a login goes to the certificate that was seen before and no other."""

from __future__ import annotations

import asyncio
import contextlib
import ssl
import subprocess
from collections.abc import Callable
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from camcensus.discovery.login import Attempts, Login
from camcensus.discovery.pace import Turnstile
from camcensus.discovery.probe import ServedPort
from camcensus.discovery.signed_in import read_signed_in
from camcensus.discovery.target import Target
from camcensus.model.logins import LoginAllowances, LoginOutcome
from costs import PATIENCE_S
from discovery.cameras import CAMERAS, NOW, at_home, camera
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
    attempts: Attempts | None = None,
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
                address="127.0.0.1", keys=("mac:a",), maker="hikvision", web=(ServedPort("https", port),),
                certificates={port: known} if known else {},
            )  # fmt: skip
            return await read_signed_in(
                target if known else at_home(target),
                LOGIN,
                attempts or Attempts(),
                lambda _: None,
                turnstile=Turnstile("fast"),
                allowed=allowed,
                clock=lambda: NOW,
            )

    return asyncio.run(run()), heard


def with_login(heard: list[bytes]) -> list[bytes]:
    return [one for one in heard if b"Authorization:" in one]


def test_inside_tls_the_password_itself_goes_only_after_a_yes(identities: list[tuple[ssl.SSLContext, bytes]]) -> None:
    (context, _), _ = identities
    outcome, heard = sign_in(wants_basic, [context])
    assert (outcome.state, with_login(heard)) == ("clear", [])
    outcome, heard = sign_in(wants_basic, [context], allowed=LoginAllowances(clear_in_tls=True))
    assert outcome.state == "read"
    assert all(BASIC in one for one in with_login(heard))


@pytest.mark.filterwarnings("ignore:ssl.TLSVersion")
def test_old_tls_does_not_get_the_password_itself(identities: list[tuple[ssl.SSLContext, bytes]], tmp_path: Path) -> None:
    (context, _), _ = identities
    yes = LoginAllowances(clear_in_tls=True)
    context.set_ciphers("ALL:@SECLEVEL=0")
    context.minimum_version = ssl.TLSVersion.TLSv1
    context.maximum_version = ssl.TLSVersion.TLSv1_1
    try:
        outcome, heard = sign_in(wants_basic, [context], allowed=yes)
    finally:
        context.maximum_version = ssl.TLSVersion.MAXIMUM_SUPPORTED
    assert heard
    assert outcome.state != "read"
    assert with_login(heard) == []


def test_a_device_with_another_certificate_than_was_seen_gets_nothing(
    identities: list[tuple[ssl.SSLContext, bytes]],
) -> None:
    (mine, certificate), (other, _) = identities
    device = camera(ANSWERS)
    outcome, heard = sign_in(device, [mine], known=certificate)
    assert outcome.state == "read"
    assert with_login(heard)
    outcome, heard = sign_in(device, [other], known=certificate)
    assert (outcome.state, heard) == ("changed", [])


def test_a_device_that_changes_its_certificate_after_it_asked_for_the_login_gets_none(
    identities: list[tuple[ssl.SSLContext, bytes]],
) -> None:
    (mine, _), (other, _) = identities
    attempts = Attempts()
    outcome, heard = sign_in(camera(ANSWERS), [mine, other], attempts=attempts)
    assert outcome.state == "changed"
    assert attempts.claim(LOGIN, ["mac:a"]) is None
    assert len(heard) == 1
    assert with_login(heard) == []


@pytest.mark.parametrize(
    ("shown", "said"), [("mine", ""), ("other", "its certificate at port"), (None, "it shows no certificate any more")]
)
def test_a_device_known_by_its_certificate_shows_it_before_a_login_goes_to_another_port(
    identities: list[tuple[ssl.SSLContext, bytes]], shown: str | None, said: str
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

    async def read(allowed: LoginAllowances) -> LoginOutcome:
        async with AsyncExitStack() as stack:
            web = await stack.enter_async_context(await asyncio.start_server(talk, "127.0.0.1", 0))
            safe = await asyncio.start_server(talk, "127.0.0.1", 0, ssl=context)
            ports = [one.sockets[0].getsockname()[1] for one in (web, safe)]
            if context is not None:
                await stack.enter_async_context(safe)
            else:
                safe.close()
            target = Target(
                address="127.0.0.1", keys=("mac:a",), maker="hikvision", web=(ServedPort("http", ports[0]),),
                certificates={ports[1]: certificate},
            )  # fmt: skip
            return await read_signed_in(
                at_home(target),
                LOGIN,
                Attempts(),
                lambda _: None,
                turnstile=Turnstile("fast"),
                allowed=allowed,
                clock=lambda: NOW,
            )

    outcome = asyncio.run(read(LoginAllowances()))
    assert (outcome.state, bool(with_login(heard))) == (("changed", False) if said else ("read", True))
    assert said in outcome.say
    if shown is None:
        assert asyncio.run(read(LoginAllowances(changed=frozenset({outcome.ask})))).state == "read"
