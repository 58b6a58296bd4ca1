"""Reading after login: one attempt, the host that was probed and no other, nothing in clear text."""

from __future__ import annotations

import asyncio
import hashlib
import logging
import re
import subprocess
import sys
from collections.abc import Callable
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta

import pytest

from camcensus.discovery.host import Host
from camcensus.discovery.login import Attempts, Digest, Login
from camcensus.discovery.onvif import LoginOutcome, clock_of, load_onvif, operation_of, path_of, read_after_login, wsdl_folder
from camcensus.discovery.pace import Turnstile
from camcensus.discovery.probe import Door, Reply, Tally
from discovery import packets
from discovery.servers import Served, http, tcp

pytestmark = pytest.mark.filterwarnings("ignore:datetime.datetime.utcnow")  # onvif-zeep signs with it

LOGIN = Login("admin", "s3cret-Pa55")
NOW = datetime(2026, 11, 24, 10, 1, 5, tzinfo=UTC)
CANARY = "127.77.66.66"
CAPABILITIES = packets.soap(
    "<tds:GetCapabilitiesResponse><tds:Capabilities><tt:Media>"
    f"<tt:XAddr>http://{CANARY}:18090/onvif/media_service</tt:XAddr><tt:StreamingCapabilities/></tt:Media></tds:Capabilities>"
    "</tds:GetCapabilitiesResponse>"
)
SOURCES = packets.soap(
    '<trt:GetVideoSourcesResponse xmlns:trt="http://www.onvif.org/ver10/media/wsdl"><trt:VideoSources token="1">'
    "<tt:Framerate>25</tt:Framerate><tt:Resolution><tt:Width>1</tt:Width><tt:Height>1</tt:Height></tt:Resolution>"
    "</trt:VideoSources></trt:GetVideoSourcesResponse>"
)


def good(request: bytes) -> bytes:
    for operation, answer in (
        (b"GetSystemDateAndTime", packets.clock()),
        (b"GetDeviceInformation", packets.INFORMATION),
        (b"GetScopes", packets.SCOPES),
        (b"GetCapabilities", CAPABILITIES),
        (b"GetVideoSources", SOURCES),
    ):
        if operation in request:
            return http(answer)
    return http(packets.soap("<env:Fault/>"), status=b"500 No")


def with_token(request: bytes) -> bytes:
    """A device that asks for a WS-UsernameToken."""
    if b"GetSystemDateAndTime" in request or b"UsernameToken" in request:
        return good(request)
    return http(packets.NOT_AUTHORIZED, status=b"400 Bad Request")


def refuses(request: bytes) -> bytes:
    if b"GetSystemDateAndTime" in request:
        return good(request)
    return http(packets.NOT_AUTHORIZED, status=b"400 Bad Request")


def with_digest(request: bytes) -> bytes:
    """A device that asks for HTTP digest, and checks it as RFC 7616 says."""
    found = re.search(rb"Authorization: Digest (.*)\r\n", request)
    if b"GetSystemDateAndTime" in request:
        return good(request)
    if found:
        values = {
            name: quoted or bare for name, quoted, bare in re.findall(r'(\w+)=(?:"([^"]*)"|([^\s,"]+))', found[1].decode())
        }
        secret, action = (
            hashlib.md5(text.encode()).hexdigest() for text in ("admin:Login to 7:s3cret-Pa55", f"POST:{values['uri']}")
        )
        parts = (secret, values["nonce"], values["nc"], values["cnonce"], values["qop"], action)
        if (
            hashlib.md5(":".join(parts).encode()).hexdigest() == values["response"]
            and request.split()[1].decode() == values["uri"]
        ):
            return good(request)
    challenge = b'WWW-Authenticate: Digest realm="Login to 7", qop="auth", nonce="abc", opaque="xyz"'
    return http(b"", b'WWW-Authenticate: Basic realm="x"', challenge, status=b"401 Unauthorized")


def basic_only(request: bytes) -> bytes:
    if b"GetSystemDateAndTime" in request:
        return good(request)
    return http(b"", b'WWW-Authenticate: Basic realm="x"', status=b"401 Unauthorized")


def read(
    answer: Callable[[bytes], bytes], *, attempts: Attempts | None = None, now: datetime = NOW, times: int = 1
) -> tuple[list[LoginOutcome], list[Reply], Served, Served]:
    async def run() -> tuple[list[LoginOutcome], list[Reply], Served, Served]:
        replies: list[Reply] = []
        async with AsyncExitStack() as stack:
            canary = await stack.enter_async_context(tcp(good, host=CANARY, port=18090))
            served = await stack.enter_async_context(tcp(answer))
            kept = attempts or Attempts()
            outcomes = []
            for _ in range(times):
                host = Host(
                    address="127.0.0.1",
                    turnstile=Turnstile("fast"),
                    tally=lambda _: Tally(),
                    onvif_door=Door("onvif", served.port, "/onvif/device_service"),
                )
                outcomes.append(await read_after_login(host, LOGIN, kept, replies.append, clock=lambda: now))
            await asyncio.sleep(0)
            return outcomes, replies, served, canary

    return asyncio.run(run())


def credentialed(served: Served) -> list[bytes]:
    return [one for one in served.requests if re.search(rb"Authorization:|UsernameToken", one)]


@pytest.mark.parametrize("device", [with_token, with_digest])
def test_the_login_the_device_asks_for_is_used_and_only_the_probed_host_hears_it(device: Callable[[bytes], bytes]) -> None:
    (outcome,), replies, served, canary = read(device)
    assert outcome.state == "read"
    assert canary.accepted == []
    assert {one.probe for one in replies} >= {"onvif.GetDeviceInformation", "onvif.GetScopes", "onvif.GetVideoSources"}
    assert next(one.raw for one in replies if one.probe == "onvif.GetDeviceInformation") == packets.INFORMATION
    assert b"s3cret" not in b"".join(served.requests)
    assert [b"/onvif/media_service" in one for one in served.requests if b"GetVideoSources" in one] == [True]
    operations = {operation_of(one.partition(b"\r\n\r\n")[2]) for one in served.requests}
    assert all(operation.startswith("Get") for operation in operations)
    clock, first = served.requests[:2]
    assert not re.search(rb"Authorization|UsernameToken", clock + first)


def test_a_wrong_password_costs_one_attempt_and_is_never_tried_again() -> None:
    attempts = Attempts()
    outcomes, _, served, _ = read(refuses, attempts=attempts, times=3)
    assert [one.state for one in outcomes] == ["refused", "held", "held"]
    assert len(credentialed(served)) == 1
    assert "s3cret" not in repr(attempts) + repr(LOGIN) + outcomes[0].say


def test_after_three_devices_in_a_row_refuse_no_more_are_asked() -> None:
    attempts = Attempts()
    for n in range(3):
        attempts.note(LOGIN, f"10.0.0.{n}", refused=True)
    (outcome,), _, served, _ = read(with_token, attempts=attempts)
    assert outcome.state == "held"
    assert served.accepted == []


def test_a_device_that_wants_the_password_in_clear_text_does_not_get_it() -> None:
    (outcome,), _, served, _ = read(basic_only)
    assert outcome.state == "held"
    assert credentialed(served) == []


@pytest.mark.parametrize("off", [timedelta(minutes=11), timedelta(hours=25), -timedelta(days=400)])
def test_a_clock_that_is_far_off_gets_no_login(off: timedelta) -> None:
    (outcome,), _, served, _ = read(with_token, now=NOW + off)
    assert outcome.state == "clock"
    assert credentialed(served) == []


def test_a_device_that_needs_no_login_gets_none() -> None:
    (outcome,), replies, served, _ = read(good)
    assert outcome.state == "read"
    assert credentialed(served) == []
    assert replies


def test_a_bomb_in_an_answer_is_not_unpacked() -> None:
    bomb = b'<!DOCTYPE a [<!ENTITY x "' + b"y" * 1000 + b'"><!ENTITY z "' + b"&x;" * 1000 + b'">]>'

    def hostile(request: bytes) -> bytes:
        return (
            good(request)
            if b"GetSystemDateAndTime" in request
            else http(packets.INFORMATION.replace(b"?>", b"?>" + bomb).replace(b">88<", b">&z;<"))
        )

    (outcome,), _, _, _ = read(hostile)
    assert outcome.state == "read"


def test_importing_onvif_leaves_the_log_alone_and_the_scan_does_not_need_it() -> None:
    handlers = list(logging.getLogger().handlers)
    load_onvif()
    assert logging.getLogger().handlers == handlers
    assert not logging.getLogger("zeep.transports").isEnabledFor(logging.DEBUG)
    code = "import sys, camcensus.discovery.scan; sys.exit(any(name in sys.modules for name in ('onvif', 'zeep', 'requests')))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_service_descriptions_are_found() -> None:
    assert (wsdl_folder() / "devicemgmt.wsdl").is_file()


@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("http://10.0.0.9/onvif/media", "/onvif/media"),
        ("http://[::1/x", "/onvif/device_service"),
        ("http://10.0.0.9/a b", "/onvif/device_service"),
        ("file:///etc/passwd", "/onvif/device_service"),
    ],
)
def test_only_the_path_of_an_address_is_used(address: str, path: str) -> None:
    assert path_of(address) == path


def test_clock_and_challenge_are_read() -> None:
    assert clock_of(packets.clock()) == datetime(2026, 11, 24, 10, 1, 2, tzinfo=UTC)
    assert clock_of(packets.clock(month=13)) is None
    assert clock_of(b"<x/>") is None
    assert Digest.from_challenge('Digest realm="a", nonce="b"') is None
    assert Digest.from_challenge('Digest realm="a", nonce="b", qop="auth-int"') is None
    assert Digest.from_challenge('Digest realm="a", nonce="b", qop="auth", algorithm=SHA-256') is not None
    assert Digest.from_challenge("Negotiate") is None
