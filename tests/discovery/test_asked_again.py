"""Right before a login goes, a device shows again what it was known by: nothing else, and not nothing."""

from __future__ import annotations

import asyncio
import itertools
import sys
from collections.abc import Iterator, Mapping
from contextlib import AsyncExitStack
from dataclasses import replace

import pytest

from camcensus.discovery import asked_again
from camcensus.discovery.login import Attempts
from camcensus.discovery.pace import Turnstile
from camcensus.discovery.probe import ServedPort
from camcensus.discovery.signed_in import read_signed_in
from camcensus.discovery.target import Target
from camcensus.identity.known_by import NOTHING
from camcensus.model.logins import LoginAllowances, LoginOutcome
from camcensus.model.observation import Observation
from camcensus.wire.read import read
from costs import PATIENCE_S
from discovery import packets
from discovery.cameras import CAMERAS, NOW, camera, credentialed
from discovery.servers import Served, http, tcp, udp
from discovery.test_signed_in import LOGIN

pytestmark = pytest.mark.skipif(sys.platform == "darwin", reason="this system has only one loopback address")

HOST, MAC = "127.77.62.1", "3c:ef:8c:00:62:01"
UUID, STRANGER = "7a5d1a6e-0f3c-4b3a-9a39-000000000013", "11112222-3333-4444-5555-666677778888"
SERIAL, ANOTHER = "6C00000PAG00001", "9Z99999PAG99999"
NAMELESS: Mapping[str, bytes] = {"wsdiscovery": b"no answer", "dhip": b"no answer", "serial": b"<html>"}


def face(port: int, uuid: str = UUID, mac: str = MAC, serial: str = SERIAL) -> dict[str, bytes]:
    """What a device tells when it is asked, by UDP and at its port; what goes by UDP names that port."""
    return {
        "wsdiscovery": packets.match_of(HOST, port, uuid),
        "dhip": packets.dhip_of(HOST, port, mac, serial),
        "serial": packets.information_of(serial),
    }


PORT = 8080
OF_IT: Mapping[str, bytes] = face(PORT)
OF_ANOTHER: Mapping[str, bytes] = face(PORT, STRANGER, "3c:ef:8c:99:99:99", ANOTHER)
PORTS = {"wsdiscovery": (3702, "239.255.255.250"), "dhip": (37810, "239.255.255.251")}


def known_by(names: tuple[str, ...], port: int) -> tuple[Observation, ...]:
    found = []
    for name in names:
        probe = "onvif.GetDeviceInformation" if name == "serial" else name
        at = port if name == "serial" else PORTS[name][0]
        raw = OF_IT[name]
        found.append(
            Observation(probe=probe, address=HOST, at="2026-11-01T10:00:00Z", raw=raw, port=at, reading=read(probe, None, raw))
        )
    return tuple(found)


def log_in(
    known: tuple[str, ...],
    shows: Mapping[str, bytes],
    mac: str | None,
    allowed: LoginAllowances | None = None,
    own: str | None = None,
) -> tuple[LoginOutcome, Served]:
    """A device known by some replies, behind a router or with a MAC address, that answers some with what it `shows` now."""

    def answer(request: bytes) -> bytes:
        if b"GetDeviceInformation" in request:
            return http(shows["serial"]) if "serial" in shows else http(b"no", status=b"404 No")
        return plain(request)

    plain = camera(CAMERAS["dahua"])

    async def go() -> tuple[LoginOutcome, Served]:
        async with AsyncExitStack() as stack:
            for name, (port, group) in PORTS.items():
                if name in shows:
                    await stack.enter_async_context(udp(HOST, port, group, lambda _, name=name: [shows[name]], wait_s=0))
            served = await stack.enter_async_context(tcp(answer, host=HOST, port=PORT))
            target = Target(
                address=HOST, keys=(f"mac:{own or MAC}",), maker="dahua", mac=mac, web=(ServedPort("http", served.port),),
                known=known_by(known, served.port),
            )  # fmt: skip
            outcome = await read_signed_in(
                target, LOGIN, Attempts(), lambda _: None, turnstile=Turnstile("fast"), allowed=allowed, clock=lambda: NOW
            )
            return outcome, served

    return asyncio.run(go())


def cases() -> Iterator[tuple[tuple[str, ...], dict[str, str], str | None]]:
    """Every set of marks, each the same, another or none now, with and without a MAC address that the network shows."""
    for number in range(3):
        for known in itertools.combinations(OF_IT, number):
            for now in itertools.product(("same", "another", "none"), repeat=number):
                for mac in (None, MAC):
                    yield known, dict(zip(known, now, strict=True)), mac


@pytest.mark.parametrize("mac", [None, MAC])
def test_a_login_goes_where_what_was_known_is_shown_and_nothing_else(mac: str | None) -> None:
    told = {}
    for known, now, with_mac in cases():
        if with_mac != mac:
            continue
        shows = {name: {"same": OF_IT, "another": OF_ANOTHER, "none": NAMELESS}[how][name] for name, how in now.items()}
        outcome, served = log_in(known, shows, mac)
        is_another = "another" in now.values()
        is_claimed = mac is not None and "dhip" in known
        given_again = all(now[name] == "same" for name in known if is_claimed <= (name == "serial"))  # at its port in any case
        is_shown = given_again and (is_claimed or bool(known))
        told[known, *now.values()] = (outcome.state, bool(credentialed(served)))
        wanted = ("read", True) if is_shown and not is_another else ("changed", False)
        assert told[known, *now.values()] == wanted, (known, now, mac, outcome.say)
    assert len(told) == 1 + 3 * 3 + 3 * 9


def test_a_device_that_answers_nothing_any_more_gets_nothing_where_no_network_shows_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(asked_again, "ANSWER_S", 0.01)
    for mac, state in ((None, "changed"), (MAC, "read")):
        outcome, served = log_in(("dhip",), {}, mac)
        assert (outcome.state, bool(credentialed(served))) == (state, state == "read")


def test_a_yes_is_for_what_it_showed_when_it_was_asked_again() -> None:
    asked, _ = log_in(("dhip",), OF_ANOTHER, None)
    assert "9z99999pag99999" in asked.say
    allowed = LoginAllowances(changed=frozenset({asked.ask}))
    assert log_in(("dhip",), OF_ANOTHER, None, allowed)[0].state == "read"
    third = {**OF_ANOTHER, "dhip": OF_ANOTHER["dhip"].replace(ANOTHER.encode(), b"8Y88888PAG88888")}
    outcome, served = log_in(("dhip",), third, None, allowed)
    assert (outcome.state, credentialed(served)) == ("changed", [])


def test_what_is_never_to_be_touched_is_not_asked_again() -> None:
    async def go() -> tuple[list[Observation], list[object]]:
        async with udp(HOST, 3702, "239.255.255.250", lambda _: [OF_IT["wsdiscovery"]], wait_s=0) as heard:
            target = Target(address=HOST, keys=(), known=known_by(("wsdiscovery",), 80))
            found = await asked_again.ask_again(target, lambda _: pytest.fail("no connection"), Turnstile("fast", (HOST,)))
            return found, list(heard.heard)

    assert asyncio.run(go()) == ([], [])


def test_each_question_is_asked_once_however_many_replies_are_known() -> None:
    known = tuple(replace(one, at=f"2026-11-{day:02}T10:00:00Z") for day in range(1, 9) for one in known_by(("dhip",), 80))

    async def go() -> int:
        async with udp(HOST, 37810, "239.255.255.251", lambda _: [OF_IT["dhip"]], wait_s=0) as heard:
            target = Target(address=HOST, keys=(), known=known)
            await asked_again.ask_again(target, lambda _: pytest.fail("no connection"), Turnstile("fast"))
            return len(heard.heard)

    assert asyncio.run(go()) == 1


def test_what_this_test_says_is_another_is_another() -> None:
    for name in OF_IT:
        probe = "onvif.GetDeviceInformation" if name == "serial" else name
        ours, others = (read(probe, None, some[name]) for some in (OF_IT, OF_ANOTHER))
        field = "uuid" if name == "wsdiscovery" else "serial"
        assert ours.all(field) != others.all(field)
        assert others.all(field)
        assert not read(probe, None, NAMELESS[name]).all(field)


def test_the_address_of_a_router_or_extender_vouches_for_nothing_behind_it() -> None:
    outcome, served = log_in(("dhip",), {}, MAC, own="3c:ef:8c:00:62:99")
    assert outcome.state == "changed"
    assert NOTHING in outcome.say
    assert credentialed(served) == []


def test_asking_again_ends_where_a_device_is_silent(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    async def never(*_: object) -> list[Observation]:
        asked.append(1)
        await asyncio.sleep(PATIENCE_S)
        return []

    monkeypatch.setattr("camcensus.discovery.way.ask_again", never)
    monkeypatch.setattr("camcensus.discovery.way.ASK_AGAIN_S", 0.05)
    outcome, served = log_in(("wsdiscovery",), {}, None)
    assert (asked, outcome.state, credentialed(served)) == ([1], "changed", [])
