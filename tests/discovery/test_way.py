"""Where a mark or a yes is all that vouches, a login goes only on a connection that has shown it: another may answer the next."""

from __future__ import annotations

import asyncio
import re
import sys
from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field

import pytest

from camcensus.discovery.login import Attempts
from camcensus.discovery.pace import Turnstile
from camcensus.discovery.probe import ServedPort
from camcensus.discovery.signed_in import read_signed_in
from camcensus.discovery.target import Target
from camcensus.discovery.way import CLOSES
from camcensus.model.logins import LoginAllowances, LoginOutcome
from camcensus.model.observation import Observation
from camcensus.wire.read import read
from discovery import packets
from discovery.cameras import NOW
from discovery.servers import http, read_request, tcp, udp
from discovery.test_signed_in import LOGIN

pytestmark = pytest.mark.skipif(sys.platform == "darwin", reason="this system has only one loopback address")

HOST, PORT = "127.77.63.1", 8080
A, B = "6C00000PAG00001", "9Z99999PAG99999"
UUID = "7a5d1a6e-0f3c-4b3a-9a39-000000000063"


@dataclass
class Door:
    """A port behind which one of two devices takes each connection, and closes it after some answers (`per`) or refusals."""

    device_at: Callable[[int], str] = lambda _: A
    per: int = 1000
    closes_refused: bool = False
    onvif: str = "open"
    """How ONVIF refuses: it does not, by a "digest", or in SOAP, where the login goes in a "token"."""
    connections: int = 0
    heard: list[tuple[int, str, bytes]] = field(default_factory=list)

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        number, serial = self.connections, self.device_at(self.connections)
        for answers in range(1, self.per + 1):
            if not (request := await read_request(reader)):
                break
            self.heard.append((number, serial, request))
            answer = self.answer(request, serial, number)
            ends = answers == self.per or (self.closes_refused and answer.startswith(b"HTTP/1.1 401"))
            writer.write(answer.replace(b"\r\n", b"\r\nConnection: close\r\n", 1) if ends else answer)
            await writer.drain()
            if ends:
                break

    def answer(self, request: bytes, serial: str, number: int) -> bytes:
        if request.startswith(b"GET / "):
            asks = f'WWW-Authenticate: Digest realm="Login to {serial}", nonce="1"'
            page = f"<title>Camera {serial}</title><p>{len(self.heard)}. visitor</p>".encode()
            return http(page, asks.encode(), status=b"401 Unauthorized")
        if b"GetSystemDateAndTime" in request:
            return http(packets.clock(NOW.year, NOW.month, NOW.day, NOW.hour, NOW.minute))
        is_soap = request.startswith(b"POST /onvif")
        if is_soap and self.onvif == "open" and b"GetDeviceInformation" in request:
            return http(packets.information_of(serial))
        if b"\r\nAuthorization:" in request or b"UsernameToken" in request:
            return http(packets.information_of(serial) if is_soap else b"table.T2UServer.Enable=false\r\n")
        if is_soap and self.onvif == "token":
            return http(packets.NOT_AUTHORIZED, status=b"400 Bad Request")
        asks = f'WWW-Authenticate: Digest realm="IPC", qop="auth", nonce="{serial}-{number}"'
        return http(b"", asks.encode(), status=b"401 Unauthorized")

    def told(self) -> list[tuple[int, str, bytes]]:
        return [one for one in self.heard if re.search(rb"\r\nAuthorization:|UsernameToken", one[2])]


def known_of(probe: str, port: int, raw: bytes, ask: str | None = None) -> Observation:
    reading = read(probe, ask, raw)
    return Observation(probe=probe, address=HOST, at="2026-11-01T10:00:00Z", raw=raw, port=port, ask=ask, reading=reading)


SERIAL = known_of("onvif.GetDeviceInformation", PORT, packets.information_of(A))
REALM = known_of("http", PORT, Door().answer(b"GET / ", A, 1), "GET /")
BY_UDP = known_of("wsdiscovery", 3702, packets.match_of(HOST, PORT, UUID))
KNOWN = {"a serial number at the port": (SERIAL,), "an endpoint id by UDP": (BY_UDP,), "nothing": ()}


def log_in(door: Door, known: tuple[Observation, ...], yes: frozenset[str] = frozenset(), **target: object) -> LoginOutcome:
    def by_udp(_: bytes) -> list[bytes]:
        door.heard.append((-door.connections, "", b""))
        return [BY_UDP.raw]

    async def go() -> LoginOutcome:
        async with AsyncExitStack() as stack:
            await stack.enter_async_context(udp(HOST, 3702, "239.255.255.250", by_udp, wait_s=0))
            await stack.enter_async_context(tcp(door.talk, host=HOST, port=PORT))
            at: dict[str, object] = {"maker": "dahua", "web": (ServedPort("http", PORT),)}
            return await read_signed_in(
                Target(address=HOST, keys=("serial:a",), known=known, **(target or at)),  # type: ignore[arg-type]
                LOGIN, Attempts(), lambda _: None, turnstile=Turnstile("fast"), allowed=LoginAllowances(changed=yes),
                clock=lambda: NOW,
            )  # fmt: skip

    return asyncio.run(go())


def yes_to(name: str, **door: object) -> frozenset[str]:
    """What a person says yes to, who is asked about what nothing tells apart."""
    return frozenset() if KNOWN[name] else frozenset({log_in(Door(**door), ()).ask})  # type: ignore[arg-type]


def challenge_is_of_the_connection(number: int, serial: str, request: bytes) -> bool:
    return f'nonce="{serial}-{number}"'.encode() in request


@pytest.mark.parametrize("per", [5, 6, 1000])
@pytest.mark.parametrize("name", KNOWN)
def test_a_device_that_keeps_a_connection_for_some_answers_is_read_with_challenges_of_each(name: str, per: int) -> None:
    door = Door(per=per)
    assert log_in(door, KNOWN[name], yes_to(name)).state == "read"
    assert len(door.told()) >= 9
    assert all(challenge_is_of_the_connection(*one) for one in door.told())
    assert (len({number for number, _, _ in door.told()}) == 1) == (per == 1000)


@pytest.mark.parametrize("per", [4, 5, 1000])
@pytest.mark.parametrize("name", ["a serial number at the port", "nothing"])
def test_another_device_behind_any_connection_from_some_on_gets_no_login(name: str, per: int) -> None:
    yes = yes_to(name)
    for last in range(8):
        door = Door(lambda number, last=last: A if number <= last else B, per)
        log_in(door, KNOWN[name], yes)
        assert [one for one in door.told() if one[1] == B] == [], last


@pytest.mark.parametrize("per", [1, 3, 5, 1000])
@pytest.mark.parametrize("first", [0, 1])
def test_a_router_that_shares_connections_out_between_two_devices_brings_no_login_to_the_other(first: int, per: int) -> None:
    for name in ("a serial number at the port", "nothing"):
        door = Door(lambda number: (A, B)[(number + first) % 2], per)
        log_in(door, KNOWN[name], yes_to(name))
        assert [one for one in door.told() if one[1] == B] == []


def test_a_device_that_closes_after_a_refusal_shows_its_mark_where_the_login_goes() -> None:
    door = Door(closes_refused=True)
    assert log_in(door, (SERIAL,)).state == "read"
    for number in {number for number, _, _ in door.told()}:
        before = [request for at, _, request in door.heard if at == number]
        shown = next(at for at, one in enumerate(before) if b"GetDeviceInformation" in one)
        assert shown < next(at for at, one in enumerate(before) if b"\r\nAuthorization:" in one)


@pytest.mark.parametrize("name", ["a serial number at the port", "nothing"])
@pytest.mark.parametrize("per", [1, 2])
def test_one_that_closes_after_each_answer_is_asked_about_once(per: int, name: str) -> None:
    door = Door(per=per)
    outcome = log_in(door, KNOWN[name])
    assert (outcome.state, door.told()) == ("changed", [])
    assert CLOSES in outcome.say
    after = Door(per=per)
    assert log_in(after, KNOWN[name], frozenset({outcome.ask})).state == "read"
    assert len(after.told()) == 9


@pytest.mark.parametrize("per", [1, 2, 3, 1000])
def test_what_tells_by_udp_is_asked_while_the_connection_of_the_login_is_open(per: int) -> None:
    door = Door(per=per)
    assert log_in(door, (BY_UDP,)).state == "read"
    assert len(door.told()) == 9
    for number in {number for number, _, _ in door.told()}:
        shown = next(at for at, one in enumerate(door.heard) if one[0] == -number)
        assert shown < door.heard.index(next(one for one in door.told() if one[0] == number))


@pytest.mark.parametrize("onvif", ["digest", "token"])
@pytest.mark.parametrize("per", [5, 6, 1000])
@pytest.mark.parametrize("known", [(REALM,), ()])
def test_an_onvif_login_goes_only_where_the_mark_or_the_page_was_shown(
    known: tuple[Observation, ...], per: int, onvif: str
) -> None:
    at = {"onvif": ServedPort("onvif", PORT, "/onvif/device_service")}
    yes = frozenset() if known else frozenset({log_in(Door(onvif=onvif), (), **at).ask})
    states = {}
    for last in (0, 1, 2, 3, 99):
        door = Door(lambda number, last=last: A if number <= last else B, per, onvif=onvif)
        states[last] = log_in(door, known, yes, **at).state
        assert [one for one in door.told() if one[1] == B] == [], last
        assert onvif == "token" or all(challenge_is_of_the_connection(*one) for one in door.told())
    assert (states[0], states[99]) == ("changed", "read")
    assert door.told()
