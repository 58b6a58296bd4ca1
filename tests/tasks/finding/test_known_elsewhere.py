"""A login goes to the address that it was typed for, and is held against what was known there, however a search reached it."""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections.abc import Iterator, Sequence
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

import samples
from camcensus.cli.logins import reading
from camcensus.discovery.login import Login
from camcensus.identity.known_by import NOTHING, last_replies, what_changed
from camcensus.model.logins import LoginAllowances
from camcensus.model.observation import Observation, Reading
from camcensus.model.scan import Interface
from camcensus.store.inventory import Inventory
from camcensus.tasks.finding.census import Census, judge
from camcensus.tasks.finding.known_by import FoundAgain, KnownDevices
from camcensus.tasks.register import verbs as register
from camcensus.tasks.register.reading import ReadingRequest, read_rows
from camcensus.wire.read import read
from discovery import packets
from discovery.cameras import credentialed
from discovery.servers import tcp, udp
from tasks.finding.test_known_by import BEGAN, KNOWLEDGE, MADE_UP, PASSWORD, PORT, REAL, SPOOF, keep, search, seen_of
from tasks.finding.test_known_by import HOST as AT
from tasks.finding.test_signed_in import good

CLONE, HOST = "127.77.61.4", "127.77.61.5"
STRANGER: dict[str, Any] = {"host": HOST, "mac": SPOOF, "claimed": SPOOF, "serial": "9Z99999PAG99999"}


@pytest.fixture
def inventory(tmp_path: Path) -> Iterator[Inventory]:
    with register.new_inventory(tmp_path / "a.camcensus", samples.body(), BEGAN) as made:
        yield made


def told(
    monkeypatch: pytest.MonkeyPatch, folder: Path, inventory: Inventory | None, seen: Sequence[Observation], *only: str
) -> dict[str, int]:
    """Which address was told how many logins, where two devices of one face answer at both."""
    monkeypatch.setenv("CAMCENSUS_DATA", str(folder / "user"))
    found = search(1, list(seen))
    found = replace(
        found,
        scan=replace(found.scan, interfaces=(Interface("lo", "127.0.0.1/8"),)),
        verdicts=tuple(
            replace(
                one,
                description=replace(one.description, kind="camera"),
                attribution=replace(one.attribution, manufacturer="dahua"),
            )
            for one in found.verdicts
        ),
    )
    arguments = argparse.Namespace(
        only=list(only), pace="fast", allow_clock=False, allow_clear_in_tls=False, allow_changed=[], login_again=False
    )

    async def go() -> dict[str, int]:
        async with AsyncExitStack() as stack:
            served = [await stack.enter_async_context(tcp(good(PASSWORD), host=host, port=PORT)) for host in (CLONE, HOST)]
            for host in (CLONE, HOST):  # Both show the same when they are asked again.
                (face,) = (one.raw for one in seen_of(1) if one.probe == "dhip")
                await stack.enter_async_context(udp(host, 37810, "239.255.255.251", lambda _, face=face: [face], wait_s=0))
            await reading(
                found, Login("admin", PASSWORD), arguments, lambda _: None, inventory=inventory, exclude=(), knowledge=KNOWLEDGE,
                clock=lambda: BEGAN,
            )  # fmt: skip
            return {one.host: len(credentialed(one)) for one in served}

    return asyncio.run(go())


@pytest.mark.skipif(sys.platform == "darwin", reason="this system has only one loopback address")
@pytest.mark.parametrize("macs", [(None, None), (REAL, MADE_UP), (REAL, REAL)])
def test_a_login_for_one_address_goes_to_no_other_that_shows_the_same_keys(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, macs: tuple[str | None, str | None]
) -> None:
    seen = [*seen_of(1, host=HOST, mac=macs[0]), *seen_of(1, host=CLONE, mac=macs[1])]
    assert len(search(1, seen).verdicts) == 1
    asked = told(monkeypatch, tmp_path, None, seen, HOST)
    assert (asked[CLONE], asked[HOST] > 0) == (0, True)


@pytest.mark.skipif(sys.platform == "darwin", reason="this system has only one loopback address")
def test_a_device_that_answers_where_it_was_known_gets_its_login_there(
    inventory: Inventory, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(inventory, 0, seen_of(0, host=HOST))
    asked = told(monkeypatch, tmp_path, inventory, [*seen_of(1, host=HOST), *seen_of(1, host=CLONE)])
    assert (asked[CLONE], asked[HOST] > 0) == (0, True)


@pytest.mark.parametrize("week", [1, -3])
def test_another_device_is_asked_about_also_where_the_clock_was_set_back(inventory: Inventory, week: int) -> None:
    first = seen_of(0, host=HOST)
    keep(inventory, 0, first)
    KnownDevices(inventory).note(dict.fromkeys(inventory.device_keys(), first))
    for then, is_asked in ((STRANGER, True), ({"host": HOST}, False)):
        found = search(week, seen_of(week, **then))
        assert bool(FoundAgain(inventory, found).changed(found.verdicts[0])) is is_asked


@pytest.mark.parametrize("network", [None, "lo 127.0.0.1/16", "eth0 127.77.0.9/16"])
def test_another_device_is_asked_about_also_where_the_network_has_another_name(
    inventory: Inventory, network: str | None
) -> None:
    keep(inventory, 0, seen_of(0, host=HOST))
    for then in (STRANGER, {**STRANGER, "mac": None}, {**STRANGER, "mac": None, "claimed": None}):
        found = search(1, [replace(one, network=network) for one in seen_of(1, **then)])
        assert FoundAgain(inventory, found).changed(found.verdicts[0])


def test_what_is_behind_a_range_extender_is_not_known_by_the_number_of_that(inventory: Inventory) -> None:
    hosts = {f"127.77.61.{last}": f"6C00000PAG0000{last}" for last in (5, 6, 7)}

    def site(week: int, silent: str = "") -> list[Observation]:
        return [
            one
            for host, serial in hosts.items()
            for one in seen_of(week, host=host, mac=SPOOF, claimed=None if host == silent else f"3c:ef:8c:00:61:0{host[-1]}", serial=serial)
        ]  # fmt: skip

    keep(inventory, 0, site(0))
    for silent in ("", HOST):
        found = search(1, site(1, silent))
        again = FoundAgain(inventory, found)
        asked = {one.device.addresses[0]: again.changed(one) for one in found.verdicts}
        assert asked == dict.fromkeys(hosts, ()) | ({silent: (NOTHING,)} if silent else {})


def test_a_relayed_number_shows_no_device() -> None:
    at = {"mac": SPOOF, "address": HOST, "probe": "http"}
    both = [
        samples.observation(1, **at, at=f"2026-11-{day:02}T10:05:00Z", reading=Reading("read", {}, "x/1")) for day in (1, 8)
    ]
    searches = ("2026-11-01T10:00:00Z", "2026-11-08T10:00:00Z")
    assert what_changed(both, searches) == ()
    assert (
        what_changed(both, searches, relayed={SPOOF}) == ()
    )  # Nothing is another; that nothing tells it is asked at its door.
    told = replace(both[0], reading=Reading("read", {"serial": ("6C00000PAG00001",)}, "x/1"))
    assert what_changed([told, both[1]], searches, relayed={SPOOF}) == (NOTHING,)


def behind(week: int, *ports: int, certificate: bytes = b"", mac: str | None = None) -> list[Observation]:
    """What a search of a week saw of one address: the device, and what else a router forwards from there."""
    seen = seen_of(week, host=HOST, mac=mac, certificate=certificate)
    return [*seen, *(replace(seen[0], port=port) for port in ports)]


@pytest.mark.parametrize("noted", [False, True])
@pytest.mark.parametrize("then", [{"certificate": b"strange"}, {"ports": (8443,)}])
def test_a_port_that_a_router_forwards_since_is_asked_about(inventory: Inventory, noted: bool, then: dict[str, Any]) -> None:
    keep(inventory, 0, behind(0))
    if noted:
        KnownDevices(inventory).note(dict.fromkeys(inventory.device_keys(), behind(0)))
    more = {"ports": then.get("ports", ()), "certificate": then.get("certificate", b"")}
    for week in (1, 2):  # Also once a search without a login has kept it.
        seen = behind(week, *more["ports"], certificate=more["certificate"])
        found = search(week, seen)
        said = "; ".join(FoundAgain(inventory, found).changed(found.verdicts[0]))
        assert "it was not known at port" in said
        keep(inventory, week, seen)
    KnownDevices(inventory).note(dict.fromkeys(inventory.device_keys(), seen))
    found = search(3, behind(3, *more["ports"], certificate=more["certificate"]))
    assert FoundAgain(inventory, found).changed(found.verdicts[0]) == ()
    again = search(4, behind(4))
    assert FoundAgain(inventory, again).changed(again.verdicts[0]) == ()


def test_a_new_port_of_a_device_that_the_network_shows_is_its_own(inventory: Inventory) -> None:
    keep(inventory, 0, behind(0, mac=REAL))
    found = search(1, behind(1, 8443, certificate=b"new", mac=REAL))
    assert FoundAgain(inventory, found).changed(found.verdicts[0]) == ()


@pytest.mark.parametrize("week", [1, -3])
@pytest.mark.parametrize("shows", [REAL, SPOOF, None])
def test_in_the_window_a_device_behind_a_router_shows_itself_again(
    inventory: Inventory, tmp_path: Path, shows: str | None, week: int
) -> None:
    """Whatever the searches before saw, and whenever their clocks say that it was."""
    first = seen_of(0, mac=None)
    keep(inventory, 0, first)
    KnownDevices(inventory).note(dict.fromkeys(inventory.device_keys(), first))
    keep(inventory, week, seen_of(week, mac=None, claimed=None))
    (face,) = (one.raw for one in seen_of(0, claimed=shows, serial="9Z99999PAG99999" if shows == SPOOF else "6C00000PAG00001") if one.probe == "dhip") if shows else (b"?",)  # fmt: skip

    async def go() -> tuple[list[str], int]:
        async with AsyncExitStack() as stack:
            served = await stack.enter_async_context(tcp(good(PASSWORD), host=AT, port=PORT))
            await stack.enter_async_context(udp(AT, 37810, "239.255.255.251", lambda _: [face], wait_s=0))
            wish = ReadingRequest(
                tuple(register.rows(inventory, KNOWLEDGE)), Login("admin", PASSWORD), "R. Khan", LoginAllowances()
            )
            result = await read_rows(
                inventory, wish, lambda _: None, knowledge=KNOWLEDGE, clock=lambda: BEGAN, by="R. Khan",
                folder=tmp_path / "user", loopback=True,
            )  # fmt: skip
            return [one.state for one in result.outcomes], len(credentialed(served))

    states, logins = asyncio.run(go())
    may = shows == REAL  # Also where a search between saw nothing of it: an answer by UDP may get lost.
    assert ("read" in states, logins > 0) == (may, may)


def test_what_a_device_told_only_a_login_is_not_asked_for_without_one(inventory: Inventory) -> None:
    keep(inventory, 1, seen_of(1))
    told = packets.INFORMATION
    probe, at = "onvif.GetDeviceInformation", "2026-12-31T10:00:00Z"
    to_login = samples.observation(
        1,
        address=AT,
        network=None,
        mac=None,
        at=at,
        probe=probe,
        ask=None,
        port=PORT,
        raw=told,
        reading=read(probe, None, told),
    )
    reading_with_login = samples.scan("login", started_at="2026-12-31T09:59:00Z", ended_at=at, interfaces=(), ranges=())
    census = Census(scan=reading_with_login, observations=(to_login,), verdicts=judge([to_login], KNOWLEDGE))
    register.save_census(inventory, census, KNOWLEDGE, BEGAN)
    known = KnownDevices(inventory)
    assert {one.probe for one in known.replies([*seen_of(1), to_login])} == {"dhip"}
    week_1 = (BEGAN + timedelta(weeks=1)).strftime("%Y-%m-%dT10:%M")
    for after, is_open in ((":08:59.9Z", True), (":09:01.2Z", False)):  # The search ended at 10:09:00; a login comes after it.
        seen = [*seen_of(1), replace(to_login, at=week_1[:-3] + after)]
        assert {one.probe for one in known.replies(seen)} == ({"dhip", probe} if is_open else {"dhip"})


def test_after_a_yes_a_device_is_known_by_what_it_showed_last() -> None:
    face = seen_of(1)[1]
    nameless = replace(face, at="2027-01-01T10:00:00Z", raw=b"", reading=Reading())
    assert last_replies([face]) == (face,)
    assert last_replies([nameless, face]) == ()
