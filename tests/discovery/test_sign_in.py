"""Reading by the makers' own web interfaces after login: one try, digest only, the device of the list only."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import replace

import pytest

from camcensus.discovery.login import Login
from camcensus.discovery.neighbours import Neighbour
from camcensus.discovery.pace import Turnstile
from camcensus.discovery.probe import ServedPort
from camcensus.discovery.sign_in import LoginOutcome, Target, may_log_in, read_signed_in, target_of
from camcensus.identity.same_device import MAC, SERIAL, DeviceFacts, Fact, certificate_digest
from camcensus.model.device import Device, Key, Observation
from camcensus.model.scan import Interface
from camcensus.wire.read import read
from discovery import packets
from discovery.cameras import CAMERAS, CHALLENGE, NOW, camera, credentialed
from discovery.servers import Served, http, tcp
from samples import packet

LOGIN = Login("admin", "s3cret-Pa55")
HERE = "127.0.0.1"
MAC_BEFORE, MAC_NOW = "3c:ef:8c:00:00:01", "3c:ef:8c:00:00:66"


def sign_in(
    answer: Callable[[bytes], bytes],
    maker: str = "hikvision",
    *,
    login: Login = LOGIN,
    onvif: Callable[[bytes], bytes] | None = None,
    facts: DeviceFacts | None = None,
    allowed: frozenset[Fact] = frozenset(),
) -> tuple[LoginOutcome, list[Observation], Served, Served]:
    async def run() -> tuple[LoginOutcome, list[Observation], Served, Served]:
        seen: list[Observation] = []
        async with AsyncExitStack() as stack:
            served = await stack.enter_async_context(tcp(answer))
            other = await stack.enter_async_context(tcp(onvif or (lambda _: http(b"", status=b"404 No"))))
            target = Target(
                address=HERE, facts=facts or DeviceFacts(HERE), maker=maker, web=(ServedPort("http", served.port),),
                allowed=allowed,
            )  # fmt: skip
            if onvif:
                target = replace(target, onvif=ServedPort("onvif", other.port, "/onvif/device_service"))
            outcome = await read_signed_in(target, login, seen.append, turnstile=Turnstile("fast"), clock=lambda: NOW)
            return outcome, seen, served, other

    return asyncio.run(run())


@pytest.mark.parametrize("maker", CAMERAS)
def test_a_makers_own_interface_is_read_and_nothing_but_what_reads_is_sent(maker: str) -> None:
    outcome, seen, served, _ = sign_in(camera(CAMERAS[maker]), maker)
    assert outcome.state == "read"
    assert [one.reading.state for one in seen] == ["read"] * len(CAMERAS[maker])
    assert not re.search(rb"Authorization", served.requests[0])
    assert all(one.startswith((b"GET ", b"POST /axis-cgi/basicdeviceinfo.cgi ")) for one in served.requests)
    assert b"s3cret" not in b"".join(served.requests)
    assert b"Basic" not in b"".join(served.requests)
    assert not re.search(rb"ABCDEF|hunter2|<|table\.", b"".join(one.raw for one in seen))
    counts = [int(found, 16) for one in served.requests for found in re.findall(rb"nc=([0-9a-f]{8})", one)]
    assert counts == list(range(1, len(counts) + 1))


def test_a_wrong_password_costs_one_try_in_one_protocol() -> None:
    outcome, seen, served, other = sign_in(camera({}, password="other"), onvif=lambda _: http(packets.clock()))
    assert outcome.state == "refused"
    assert "refused (wrong password, lock, or too many connections)" in outcome.say
    assert len(credentialed(served)) == 1
    assert (credentialed(other), seen) == ([], [])


def test_a_device_that_does_not_speak_its_makers_protocol_is_asked_by_onvif_and_had_no_login_before() -> None:
    def onvif(request: bytes) -> bytes:
        return http(packets.clock() if b"GetSystemDateAndTime" in request else packets.INFORMATION)

    outcome, seen, served, _ = sign_in(lambda _: http(b"<html>", status=b"404 Not Found"), onvif=onvif)
    assert outcome.state == "read"
    assert credentialed(served) == []
    assert any(one.probe == "onvif.GetDeviceInformation" for one in seen)


@pytest.mark.parametrize(
    ("challenge", "says"),
    [
        (b'WWW-Authenticate: Basic realm="r"', "asks for the password itself, which Camcensus never sends"),
        (b'WWW-Authenticate: Digest realm="r", nonce="abc"', "not safe"),
        (b"WWW-Authenticate: NTLM", "not safe"),
        (b"X: y", "not safe"),
    ],
)
def test_a_device_that_wants_an_unsafe_login_gets_none(challenge: bytes, says: str) -> None:
    outcome, _, served, _ = sign_in(camera(CAMERAS["hikvision"], challenge=challenge))
    assert outcome.state == "held"
    assert says in outcome.say
    assert credentialed(served) == []


def test_an_open_device_gets_no_login() -> None:
    outcome, seen, served, _ = sign_in(lambda _: http(packet("isapi/camera")))
    assert outcome.state == "read"
    assert seen
    assert credentialed(served) == []


def test_a_login_is_sent_nowhere_else_when_the_device_redirects() -> None:
    other = b"Location: http://127.0.0.2:1/x"

    def elsewhere(request: bytes) -> bytes:
        return http(b"", other, status=b"307 Temporary Redirect") if b"Authorization" in request else camera({})(request)

    outcome, _, served, _ = sign_in(elsewhere)
    assert outcome.state == "refused"
    assert len(credentialed(served)) == 1


def test_a_device_that_refuses_later_is_asked_no_further() -> None:
    good = camera(CAMERAS["dahua"])

    def tires(request: bytes) -> bytes:
        return good(request) if b"getSystemInfo" in request else http(b"", CHALLENGE, status=b"401 No")

    outcome, seen, served, _ = sign_in(tires, "dahua")
    assert outcome.state == "read"
    assert len(seen) == 1
    assert len(credentialed(served)) == 2


def neighbours(monkeypatch: pytest.MonkeyPatch, *macs: str) -> None:
    """The neighbour table, one MAC address at each look, then the last."""
    left = list(macs)

    async def table() -> tuple[Neighbour, ...]:
        return (Neighbour(HERE, left.pop(0) if len(left) > 1 else left[0]),)

    monkeypatch.setattr("camcensus.discovery.sign_in.read_neighbours", table)


def test_another_mac_address_than_the_list_showed_gets_nothing_before_a_person_allows_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    neighbours(monkeypatch, MAC_NOW)
    listed = DeviceFacts(HERE, mac=MAC_BEFORE)
    outcome, seen, served, _ = sign_in(camera(CAMERAS["hikvision"]), facts=listed)
    assert (outcome.state, outcome.changed, served.requests, seen) == ("changed", (MAC,), [], [])
    assert outcome.say == f"{HERE} is not as the list showed it: its MAC address changed. Check what is there, then tick it."
    outcome, _, _, _ = sign_in(camera(CAMERAS["hikvision"]), facts=listed, allowed=frozenset({MAC}))
    assert outcome.state == "read"
    outcome, _, _, _ = sign_in(camera(CAMERAS["hikvision"]), facts=DeviceFacts(HERE, mac=MAC_NOW))
    assert outcome.state == "read"


@pytest.mark.parametrize("onvif", [False, True])
def test_a_device_that_gives_its_address_away_before_the_login_gets_none(monkeypatch: pytest.MonkeyPatch, onvif: bool) -> None:
    """It is there when it is looked at, and asks for the login; then it hangs up, and another one is at its address."""
    neighbours(monkeypatch, *[MAC_BEFORE] * (3 if onvif else 1), MAC_NOW)
    good = camera({} if onvif else CAMERAS["hikvision"])

    def hangs_up(request: bytes) -> bytes:
        return good(request).replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n", 1)

    outcome, seen, served, other = sign_in(
        (lambda _: http(b"", status=b"404 No")) if onvif else hangs_up, onvif=hangs_up if onvif else None,
        facts=DeviceFacts(HERE, mac=MAC_BEFORE),
    )  # fmt: skip
    assert (outcome.state, outcome.changed) == ("changed", (MAC,))
    assert credentialed(served) + credentialed(other) == []
    assert seen == []


def test_a_device_that_tells_the_login_another_serial_number_is_asked_no_further() -> None:
    listed = DeviceFacts(HERE, serials={"isapi.System/deviceInfo": ("DS-2CD99990101AAWR999999999",)})
    outcome, seen, served, _ = sign_in(camera(CAMERAS["hikvision"]), facts=listed)
    assert (outcome.state, outcome.changed, seen) == ("changed", (SERIAL,), [])
    assert len(credentialed(served)) == 1
    outcome, seen, _, _ = sign_in(camera(CAMERAS["hikvision"]), facts=listed, allowed=frozenset({SERIAL}))
    assert outcome.state == "read"
    assert seen


def test_a_name_that_would_break_the_request_is_not_sent() -> None:
    outcome, _, served, _ = sign_in(camera(CAMERAS["hikvision"]), login=Login("a\r\nX: y", "b"))
    assert outcome.state == "held"
    assert served.accepted == []


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "203.0.113.9", "169.254.169.254", "224.0.0.1", "100.64.0.1", "::1", "a", "127.0.0.1"]
)
def test_a_login_goes_to_private_addresses_only_whatever_a_file_says(address: str) -> None:
    assert not may_log_in(address)
    assert may_log_in("10.0.0.31")
    device = Device((Key("addr", address, "weak"),), (address,), None, None, ())
    assert target_of(device, "dahua", ()) is None


def test_a_target_is_where_the_device_answered() -> None:
    def seen(probe: str, port: int | None, raw: bytes = b"") -> Observation:
        return Observation(
            probe=probe, address="10.0.0.31", at="2026-11-24T10:00:00Z", port=port, raw=raw, network="eth0 10.0.0.2/24",
            mac="3c:ef:8c:00:00:01", reading=read(probe, None, raw),
        )  # fmt: skip

    match = packets.probe_match("http://10.0.0.31:8899/onvif/special http://192.168.1.9/onvif/device_service")
    replies = (
        seen("wsdiscovery", 3702, match),
        seen("http", 8080, b"HTTP/1.1 200 OK\r\n\r\n"),
        seen("http", 443, b"HTTP/1.1 200 OK\r\n\r\n"),
        seen("tls", 443, b"certificate"),
        seen("onvif.GetScopes", 8899, packets.SCOPES),
    )
    device = Device((Key("mac", "3c:ef:8c:00:00:01"),), ("10.0.0.31",), "eth0 10.0.0.2/24", None, replies)
    card = Interface("eth0", "10.0.0.2/24", 2)
    target = target_of(device, "dahua", (Interface("wlan0", "10.0.1.2/24"), card))
    assert target == Target(
        address="10.0.0.31", maker="dahua", network="eth0 10.0.0.2/24", card=card, own_mac="3c:ef:8c:00:00:01",
        facts=DeviceFacts("10.0.0.31", "3c:ef:8c:00:00:01", {"443": certificate_digest(b"certificate")}),
        web=(ServedPort("https", 443), ServedPort("http", 8080)), onvif=ServedPort("onvif", 8899, "/onvif/special"),
    )  # fmt: skip


@pytest.mark.parametrize("last", ["eth1 10.0.0.3/24", "eth1 10.0.0.99/24", None])
def test_a_login_goes_out_by_the_card_that_saw_the_device(last: str | None) -> None:
    """Two shops with one plan of addresses, each at a card of its own; the laptop's own address there may be another today."""
    seen = Observation(
        probe="http", address="10.0.0.31", at="2026-11-24T10:00:00Z", ask="GET /", port=80, raw=b"", network=last
    )
    device = Device((Key("addr", "10.0.0.31", "weak"),), ("10.0.0.31",), last, None, (seen,))
    cards = (
        Interface("eth0", "10.0.0.2/8"),
        Interface("eth0", "10.0.0.2/24"),
        Interface("eth1", "10.0.0.3/24"),
        Interface("eth2", "10.0.1.2/24"),
    )
    target = target_of(device, "dahua", cards)
    assert target is not None
    assert target.card == (cards[2] if last else cards[1])
