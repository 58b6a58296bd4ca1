"""Reading by the makers' own web interfaces after login: one attempt, digest only, the probed host and certificate only."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from camcensus.discovery.login import Attempts, Login
from camcensus.discovery.neighbours import Neighbour
from camcensus.discovery.pace import Turnstile
from camcensus.discovery.probe import ServedPort
from camcensus.discovery.session import moved
from camcensus.discovery.signed_in import read_signed_in
from camcensus.discovery.target import Target, may_log_in, target_of
from camcensus.model.device import Device, Key
from camcensus.model.logins import LoginAllowances, LoginOutcome
from camcensus.model.observation import Observation
from camcensus.model.scan import Interface
from camcensus.wire.read import read
from discovery import packets
from discovery.cameras import CAMERAS, CHALLENGE, NOW, at_home, camera, credentialed
from discovery.servers import Served, http, tcp
from samples import packet

LOGIN = Login("admin", "s3cret-Pa55")


def sign_in(
    answer: Callable[[bytes], bytes],
    maker: str = "hikvision",
    *,
    attempts: Attempts | None = None,
    times: int = 1,
    now: datetime = NOW,
    login: Login = LOGIN,
    onvif: Callable[[bytes], bytes] | None = None,
    more: Callable[[Target], Target] = lambda target: target,
) -> tuple[list[LoginOutcome], list[Observation], Served, Served]:
    async def run() -> tuple[list[LoginOutcome], list[Observation], Served, Served]:
        seen: list[Observation] = []
        async with AsyncExitStack() as stack:
            served = await stack.enter_async_context(tcp(answer))
            other = await stack.enter_async_context(tcp(onvif or (lambda _: http(b"", status=b"404 No"))))
            target = Target(address="127.0.0.1", keys=("mac:a",), maker=maker, web=(ServedPort("http", served.port),))
            if onvif:
                target = replace(target, onvif=ServedPort("onvif", other.port, "/onvif/device_service"))
            kept = attempts or Attempts()
            outcomes = [
                await read_signed_in(
                    at_home(more(target)), login, kept, seen.append, turnstile=Turnstile("fast"), clock=lambda: now
                )
                for _ in range(times)
            ]
            return outcomes, seen, served, other

    return asyncio.run(run())


@pytest.mark.parametrize("maker", CAMERAS)
def test_a_makers_own_interface_is_read_and_nothing_but_what_reads_is_sent(maker: str) -> None:
    (outcome,), seen, served, _ = sign_in(camera(CAMERAS[maker]), maker)
    assert outcome.state == "read"
    assert [one.reading.state for one in seen] == ["read"] * len(CAMERAS[maker])
    assert not re.search(rb"Authorization", served.requests[0])
    assert all(one.startswith((b"GET ", b"POST /axis-cgi/basicdeviceinfo.cgi ")) for one in served.requests)
    assert b"s3cret" not in b"".join(served.requests)
    assert not re.search(rb"ABCDEF|hunter2", b"".join(one.raw for one in seen))
    counts = [int(found, 16) for one in served.requests for found in re.findall(rb"nc=([0-9a-f]{8})", one)]
    assert counts == list(range(1, len(counts) + 1))


def test_a_wrong_password_costs_one_attempt_in_one_protocol_and_is_not_tried_again() -> None:
    outcomes, seen, served, other = sign_in(camera({}, password="other"), times=3, onvif=lambda _: http(packets.clock()))
    assert [one.state for one in outcomes] == ["refused", "held", "held"]
    assert len(credentialed(served)) == 1
    assert credentialed(other) == []
    assert seen == []


def test_a_device_that_does_not_speak_its_makers_protocol_is_asked_by_onvif_and_had_no_login_before() -> None:
    def no_isapi(request: bytes) -> bytes:
        return http(b"<html>", status=b"404 Not Found")

    def onvif(request: bytes) -> bytes:
        return http(packets.clock() if b"GetSystemDateAndTime" in request else packets.INFORMATION)

    (outcome,), seen, served, _ = sign_in(no_isapi, onvif=onvif)
    assert outcome.state == "read"
    assert credentialed(served) == []
    assert any(one.probe == "onvif.GetDeviceInformation" for one in seen)


@pytest.mark.parametrize(
    "challenge",
    [
        b'WWW-Authenticate: Basic realm="r"',
        b'WWW-Authenticate: Digest realm="r", nonce="abc"',
        b"WWW-Authenticate: NTLM",
        b"X: y",
    ],
)
def test_a_device_that_wants_an_unsafe_login_gets_none(challenge: bytes) -> None:
    (outcome,), _, served, _ = sign_in(camera(CAMERAS["hikvision"], challenge=challenge))
    assert outcome.state == "held"
    assert credentialed(served) == []


@pytest.mark.parametrize(("off", "state"), [(timedelta(minutes=11), "clock"), (timedelta(days=2), "held")])
def test_the_clock_in_a_web_answer_counts_too(off: timedelta, state: str) -> None:
    (outcome,), _, served, _ = sign_in(camera(CAMERAS["hikvision"]), now=NOW + off)
    assert outcome.state == state
    assert credentialed(served) == []


def test_the_clock_that_onvif_tells_goes_before_the_one_of_the_web_server() -> None:
    (outcome,), _, served, _ = sign_in(camera(CAMERAS["hikvision"]), onvif=lambda _: http(packets.clock(hour=12)))
    assert outcome.state == "clock"
    assert credentialed(served) == []


def test_an_open_device_gets_no_login() -> None:
    (outcome,), seen, served, _ = sign_in(lambda _: http(packet("isapi/camera")))
    assert outcome.state == "read"
    assert seen
    assert credentialed(served) == []


def test_a_login_is_sent_nowhere_else_when_the_device_redirects() -> None:
    other = b"Location: http://127.0.0.2:1/x"

    def elsewhere(request: bytes) -> bytes:
        return http(b"", other, status=b"307 Temporary Redirect") if b"Authorization" in request else camera({})(request)

    (outcome,), _, served, _ = sign_in(elsewhere)
    assert outcome.state == "refused"
    assert len(credentialed(served)) == 1


def test_a_device_that_refuses_later_is_asked_no_further_and_the_login_stays_good() -> None:
    good = camera(CAMERAS["dahua"])

    def tires(request: bytes) -> bytes:
        return good(request) if b"getSystemInfo" in request else http(b"", CHALLENGE, status=b"401 No")

    attempts = Attempts()
    (outcome,), seen, served, _ = sign_in(tires, "dahua", attempts=attempts)
    assert outcome.state == "read"
    assert len(seen) == 1
    assert len(credentialed(served)) == 2
    assert attempts.claim(LOGIN, ["mac:a"]) is None


def test_a_spoof_at_the_address_gets_no_login(monkeypatch: pytest.MonkeyPatch) -> None:
    """A camera was seen; another device took its address."""

    async def table() -> tuple[Neighbour, ...]:
        return (Neighbour("127.0.0.1", "3c:ef:8c:00:00:66"),)

    monkeypatch.setattr("camcensus.discovery.signed_in.read_neighbours", table)
    was = "3c:ef:8c:00:00:01"
    (outcome,), _, served, _ = sign_in(camera(CAMERAS["hikvision"]), more=lambda target: replace(target, mac=was))
    assert outcome.state == "changed"
    assert served.accepted == []
    (outcome,), _, _, _ = sign_in(camera(CAMERAS["hikvision"]), more=lambda target: replace(target, mac="3c:ef:8c:00:00:66"))
    assert outcome.state == "read"


def test_a_device_that_the_system_does_not_know_before_it_is_asked_is_held_against_the_table_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A day after the search the table is empty; the first question, which needs no login, fills it."""
    tables = [(), (Neighbour("127.0.0.1", "02:00:00:00:00:66"),)]

    async def table() -> tuple[Neighbour, ...]:
        return tables.pop(0)

    monkeypatch.setattr("camcensus.discovery.signed_in.read_neighbours", table)
    monkeypatch.setattr("camcensus.discovery.session.read_neighbours", table)
    attempts = Attempts()
    (outcome,), _, served, _ = sign_in(
        camera(CAMERAS["hikvision"]), attempts=attempts, more=lambda target: replace(target, mac="3c:ef:8c:00:00:01")
    )
    assert outcome.state == "changed"
    assert credentialed(served) == []
    assert attempts.claim(LOGIN, ["mac:a"]) is None  # Nothing was sent, so nothing was tried.


@pytest.mark.parametrize("onvif", [False, True])
@pytest.mark.parametrize("right", [2, 4])
def test_a_device_that_gives_its_address_away_while_the_login_is_under_way_gets_no_more_of_it(
    monkeypatch: pytest.MonkeyPatch, right: int, onvif: bool
) -> None:
    """It is there when it is looked at, and asks for the login; then it hangs up, and another one is at its address."""
    mac, left = "3c:ef:8c:00:00:01", [right]

    async def table() -> tuple[Neighbour, ...]:
        left[0] -= 1
        return (Neighbour("127.0.0.1", mac if left[0] >= 0 else "3c:ef:8c:00:00:66"),)

    monkeypatch.setattr("camcensus.discovery.signed_in.read_neighbours", table)
    monkeypatch.setattr("camcensus.discovery.session.read_neighbours", table)
    good, attempts = camera({} if onvif else CAMERAS["hikvision"]), Attempts()

    def hangs_up(request: bytes) -> bytes:
        return good(request).replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n", 1)

    (outcome,), seen, served, other = sign_in(
        (lambda _: http(b"", status=b"404 No")) if onvif else hangs_up,
        attempts=attempts, onvif=hangs_up if onvif else None, more=lambda target: replace(target, mac=mac),
    )  # fmt: skip
    asked = len(credentialed(served)) + len(credentialed(other))
    assert asked == max(0, right - 2) if not onvif else asked <= max(0, right - 2)
    assert outcome.state == ("changed" if right == 2 else "refused" if onvif else "read")
    assert len(seen) == (0 if onvif else right - 2)
    if right == 2:
        assert "3c:ef:8c:00:00:66" in outcome.say
        assert attempts.claim(LOGIN, ["mac:a"]) is None  # Nothing was sent, so nothing was tried.


def test_a_name_that_would_break_the_request_is_not_sent() -> None:
    (outcome,), _, served, _ = sign_in(camera(CAMERAS["hikvision"]), login=Login("a\r\nX: y", "b"))
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
    def seen(probe: str, port: int | None, raw: bytes = b"", **more: str) -> Observation:
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
        address="10.0.0.31", keys=("mac:3c:ef:8c:00:00:01",), maker="dahua", network="eth0 10.0.0.2/24", card=card,
        mac="3c:ef:8c:00:00:01", web=(ServedPort("https", 443), ServedPort("http", 8080)), onvif=ServedPort("onvif", 8899, "/onvif/special"),
        certificates={443: b"certificate"},
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


def test_a_refusal_is_never_called_a_wrong_password_since_dahua_refuses_too_many_connections_alike() -> None:
    (outcome,), _, _, _ = sign_in(camera({}, password="other"))
    assert "refused (password, lock, or too many connections)" in outcome.say
    assert "wrong" not in outcome.say


def test_a_device_that_a_router_hides_now_or_hid_before_is_asked_about() -> None:
    table = (Neighbour("10.0.0.5", "3c:ef:8c:00:61:01"),)
    near = Target(address="10.0.0.5", keys=(), mac="3c:ef:8c:00:61:01", network="eth0 10.0.0.2/24")
    far, none = replace(near, mac=None, network=None), LoginAllowances()
    assert moved(near, table, none, asked=True) is None
    assert moved(far, (), none, asked=True) is None
    for target, seen in ((near, ()), (far, table)):
        outcome = moved(target, seen, none, asked=True)
        assert outcome is not None
        assert outcome.state == "changed"
        assert moved(target, seen, LoginAllowances(changed=frozenset({outcome.ask})), asked=True) is None
    assert moved(near, (), none) is None  # The table may have forgotten it, and nothing was asked yet.
