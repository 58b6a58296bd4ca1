"""A login goes to the device it was typed for: not to one that stands in its place, whatever face asks, before a person says so."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

import samples
from attribution.small_knowledge import small_knowledge
from camcensus.discovery.login import Login
from camcensus.discovery.session import NO_CERTIFICATE
from camcensus.model.logins import LoginAllowances
from camcensus.model.logins import changed as changed_of
from camcensus.model.observation import Observation
from camcensus.store.inventory import Inventory
from camcensus.tasks.finding.census import Census, judge
from camcensus.tasks.finding.known_by import CLAIMS, HAS_NOW, TOOK_OVER, FoundAgain
from camcensus.tasks.register import reading
from camcensus.tasks.register import verbs as register
from camcensus.tasks.register.reading import ReadingRequest, RowsRead
from camcensus.wire.read import read
from discovery import packets
from discovery.cameras import credentialed
from discovery.servers import Served, tcp
from tasks.finding.test_signed_in import good

KNOWLEDGE = small_knowledge()
HOST, PORT, NETWORK = "127.77.61.1", 8080, "lo 127.0.0.1/8"
REAL, SPOOF, MADE_UP = "3c:ef:8c:00:61:01", "3c:ef:8c:99:61:01", "02:00:5e:00:61:01"
PASSWORD = "CANARY-7d1f5a"
BEGAN = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)


def seen_of(
    week: int, *, mac: str | None = REAL, claimed: str | None = REAL, serial: str = "6C00000PAG00001", certificate: bytes = b"",
    host: str = HOST,
) -> list[Observation]:  # fmt: skip
    """What a search of a week saw: a web page, Dahua's own answer, and a certificate where it has one."""
    page, at = good()(b"GET / HTTP/1.1\r\n\r\n"), (BEGAN + timedelta(weeks=week, minutes=5)).strftime("%Y-%m-%dT%H:%M:%SZ")
    common: dict[str, Any] = {"address": host, "network": NETWORK, "mac": mac, "at": at}
    found = [samples.observation(1, **common, port=PORT, raw=page, reading=read("http", "GET /", page))]
    if claimed is not None:
        told = packets.dhip_of(host, PORT, claimed, serial)
        found.append(
            samples.observation(1, **common, probe="dhip", ask=None, port=37810, raw=told, reading=read("dhip", None, told))
        )
    if certificate:
        found.append(
            samples.observation(
                1, **common, probe="tls", ask=None, port=443, raw=certificate, reading=read("tls", None, certificate)
            )
        )
    return found


def search(week: int, seen: list[Observation]) -> Census:
    began = BEGAN + timedelta(weeks=week)
    record = samples.scan(
        f"week-{week}", started_at=began.strftime("%Y-%m-%dT%H:%M:%SZ"),
        ended_at=(began + timedelta(minutes=9)).strftime("%Y-%m-%dT%H:%M:%SZ"),
    )  # fmt: skip
    return Census(scan=record, observations=tuple(seen), verdicts=judge(seen, KNOWLEDGE))


@pytest.fixture
def inventory(tmp_path: Path) -> Iterator[Inventory]:
    with register.new_inventory(tmp_path / "a.camcensus", samples.body(), BEGAN) as made:
        yield made


def keep(inventory: Inventory, week: int, seen: list[Observation]) -> None:
    register.save_census(inventory, search(week, seen), KNOWLEDGE, BEGAN + timedelta(weeks=week, minutes=10))


def inherit(inventory: Inventory, week: int, seen: list[Observation]) -> None:
    """As an older program kept it: what stood at the address is the row's."""
    (device,) = inventory.device_keys()
    census = search(week, seen)
    (verdict,) = census.verdicts
    from camcensus.store.keeping import SavedDevice

    verdict = replace(verdict, description=replace(verdict.description, kind="camera"))
    verdict = replace(verdict, attribution=replace(verdict.attribution, manufacturer="dahua"))
    kept = SavedDevice(id=device, new=False, device=verdict.device, verdict=verdict, outcome="x", prefix="CAM")
    inventory.keep(census.scan, [], [kept], BEGAN + timedelta(weeks=week, minutes=10))


def sign_in(inventory: Inventory, folder: Path, *, changed: frozenset[str] = frozenset()) -> tuple[RowsRead, Served]:
    async def go() -> tuple[RowsRead, Served]:
        async with AsyncExitStack() as stack:
            served = await stack.enter_async_context(tcp(good(PASSWORD), host=HOST, port=PORT))
            wish = ReadingRequest(
                tuple(register.rows(inventory, KNOWLEDGE)),
                Login("admin", PASSWORD),
                "R. Khan",
                LoginAllowances(changed=changed),
            )
            now = BEGAN + timedelta(weeks=20)
            return await reading.read_rows(
                inventory, wish, lambda _: None, knowledge=KNOWLEDGE, clock=lambda: now, by="R. Khan", folder=folder / "user",
                loopback=True,
            ), served  # fmt: skip

    return asyncio.run(go())


def test_a_camera_that_is_as_it_was_is_read(inventory: Inventory, tmp_path: Path) -> None:
    for week in (0, 1):
        keep(inventory, week, seen_of(week))
    result, served = sign_in(inventory, tmp_path)
    assert [one.state for one in result.outcomes] == ["read"]
    assert served.requests


def test_a_camera_that_does_not_show_the_certificate_that_it_is_known_by_is_asked_about(
    inventory: Inventory, tmp_path: Path
) -> None:
    for week in (0, 1):
        keep(inventory, week, seen_of(week, certificate=b"first"))
    result, served = sign_in(inventory, tmp_path)
    (outcome,) = result.outcomes
    assert (outcome.state, [one for one in served.requests if b"Authorization" in one]) == ("changed", [])
    assert NO_CERTIFICATE in outcome.say
    result, _ = sign_in(inventory, tmp_path, changed=frozenset({outcome.ask}))
    assert result.outcomes[0].state == "read"
    result, _ = sign_in(inventory, tmp_path)
    assert result.outcomes[0].state == "read"  # It need not show one any more.


@pytest.mark.parametrize(
    ("then", "says"),
    [
        ({"mac": MADE_UP, "claimed": None}, f"its MAC address was {REAL} and is {MADE_UP}"),
        ({"mac": SPOOF, "claimed": None}, f"its MAC address was {REAL} and is {SPOOF}"),
        ({"mac": MADE_UP}, f"its MAC address was {REAL} and is {MADE_UP}"),
        ({"serial": "9Z99999PAG99999"}, "its serial number is another"),
        ({"certificate": b"second"}, "its certificate at port 443 is another"),
    ],
)
def test_another_device_in_the_row_of_one_gets_no_login_before_a_person_says_so(
    inventory: Inventory, tmp_path: Path, then: dict[str, Any], says: str
) -> None:
    keep(inventory, 0, seen_of(0, certificate=b"first"))
    inherit(inventory, 1, seen_of(1, **then))
    result, served = sign_in(inventory, tmp_path)
    (outcome,) = result.outcomes
    assert (outcome.state, served.accepted) == ("changed", [])
    assert says in outcome.say
    assert "No login was sent" in outcome.say
    result, served = sign_in(inventory, tmp_path, changed=frozenset({"0123456789"}))
    assert (result.outcomes[0].state, served.accepted) == ("changed", [])
    none = changed_of(HOST, [NO_CERTIFICATE]).ask  # Which it does not show here.
    result, served = sign_in(inventory, tmp_path, changed=frozenset({outcome.ask, none}))
    yes = {outcome.ask, none}
    for _ in range(
        2
    ):  # What the search saw was allowed; nothing says that it is what answers now, nor that the port is its own.
        if result.outcomes[0].state != "read":
            assert served.accepted
            assert not credentialed(served)
            yes.add(result.outcomes[0].ask)
            result, served = sign_in(inventory, tmp_path, changed=frozenset(yes))
    assert result.outcomes[0].state == "read"
    result, _ = sign_in(inventory, tmp_path)
    assert result.outcomes[0].state == "read"  # It is known as it is now.


def test_one_that_showed_a_search_nothing_gets_no_login_where_it_shows_nothing_when_asked_again(
    inventory: Inventory, tmp_path: Path
) -> None:
    keep(inventory, 0, seen_of(0, mac=None))
    inherit(inventory, 1, seen_of(1, mac=None, claimed=None))
    yes = frozenset[str]()
    for _ in range(2):
        result, served = sign_in(inventory, tmp_path, changed=frozenset({"0123456789"}))
        (outcome,) = result.outcomes
        assert (outcome.state, credentialed(served)) == ("changed", [])
        assert "it shows nothing that it was known by" in outcome.say
        assert "No login was sent" in outcome.say
        yes |= {outcome.ask}
    assert len(yes) == 1
    for allowed in (yes, frozenset[str]()):  # It is known as it is now.
        result, _ = sign_in(inventory, tmp_path, changed=allowed)
        assert result.outcomes[0].state == "read"


def test_a_spoof_with_a_made_up_number_is_a_doubt_and_no_part_of_the_row(inventory: Inventory, tmp_path: Path) -> None:
    keep(inventory, 0, seen_of(0))
    keep(inventory, 1, seen_of(1, mac=MADE_UP, claimed=None))
    assert len(inventory.device_keys()) == 2
    (doubt,) = inventory.doubts()
    assert doubt.reason
    result, served = sign_in(inventory, tmp_path)
    assert served.accepted == []
    assert [(one.state, HAS_NOW in one.say) for one in result.outcomes] == [("changed", True)]


def test_a_device_at_the_address_of_another_one_is_asked_about(inventory: Inventory, tmp_path: Path) -> None:
    keep(inventory, 0, seen_of(0))
    keep(inventory, 1, seen_of(1, mac=SPOOF, claimed=SPOOF, serial="9Z99999PAG99999"))
    result, served = sign_in(inventory, tmp_path)
    assert [one.state for one in result.outcomes] == ["changed"] * 2
    assert HAS_NOW in result.outcomes[0].say
    assert TOOK_OVER in result.outcomes[1].say
    assert served.accepted == []


@pytest.mark.parametrize(
    ("then", "changes"),
    [
        ({}, 0), ({"mac": None, "claimed": REAL}, 0), ({"mac": MADE_UP}, 1), ({"mac": SPOOF, "claimed": SPOOF, "serial": "9Z99999PAG99999"}, 2),
        ({"mac": MADE_UP, "claimed": None}, 1), ({"serial": "9Z99999PAG99999"}, 1), ({"host": "127.77.61.9"}, 0),
        ({"host": "127.77.61.9", "mac": SPOOF, "claimed": SPOOF, "serial": "9Z99999PAG99999"}, 0),
        ({"host": "127.77.61.9", "claimed": None}, 1), ({"host": "127.77.61.9", "mac": SPOOF, "claimed": None}, 0),
        ({"host": "127.77.61.9", "mac": SPOOF, "serial": "9Z99999PAG99999"}, 1), ({"host": "127.77.61.9", "mac": SPOOF}, 1),
    ],
)  # fmt: skip
def test_what_a_search_found_is_held_against_the_inventory(inventory: Inventory, then: dict[str, Any], changes: int) -> None:
    keep(inventory, 0, seen_of(0))
    found = search(1, seen_of(1, **then))
    (verdict,) = found.verdicts
    said = FoundAgain(inventory, found).changed(verdict)
    assert bool(said) == bool(changes), said


def test_a_device_that_shows_what_another_one_is_known_by_is_asked_about(inventory: Inventory) -> None:
    two = {"mac": SPOOF, "claimed": None, "host": "127.77.61.2"}
    keep(inventory, 0, seen_of(0) + seen_of(0, **two))
    found = search(1, seen_of(1) + seen_of(1, **{**two, "claimed": REAL, "serial": "9Z99999PAG99999"}))
    again = FoundAgain(inventory, found)
    told = {verdict.device.addresses[0]: again.changed(verdict) for verdict in found.verdicts}
    assert told == {HOST: (), "127.77.61.2": (f"{CLAIMS} ({REAL}, 9z99999pag99999)",)}


def test_a_certificate_that_a_search_did_not_ask_for_is_known_still(inventory: Inventory) -> None:
    keep(inventory, 0, seen_of(0, certificate=b"first"))
    found = search(1, seen_of(1, host="127.77.61.9"))
    assert FoundAgain(inventory, found).certificates(found.verdicts[0]) == {443: b"first"}
    stranger = search(1, seen_of(1, mac=SPOOF, claimed=SPOOF, serial="9Z99999PAG99999", host="127.77.61.9"))
    assert FoundAgain(inventory, stranger).certificates(stranger.verdicts[0]) == {}


def test_a_yes_is_for_the_change_that_was_shown_and_for_no_later_one(inventory: Inventory) -> None:
    keep(inventory, 0, seen_of(0))
    found = [search(1, seen_of(1, serial=serial)) for serial in ("9Z99999PAG99999", "8Y88888PAG88888")]
    first, later = (changed_of(HOST, FoundAgain(inventory, one).changed(one.verdicts[0])) for one in found)
    assert "9z99999pag99999" in first.say
    assert first.ask != later.ask


def test_a_yes_to_a_device_at_the_address_of_another_is_for_no_third_one(inventory: Inventory, tmp_path: Path) -> None:
    yes = set[str]()
    keep(inventory, 0, seen_of(0))
    for week, mac in ((1, SPOOF), (2, "3c:ef:8c:55:61:01")):
        keep(inventory, week, seen_of(week, mac=mac, claimed=mac, serial=f"9Z9999{week}PAG99999"))
        result, served = sign_in(inventory, tmp_path, changed=frozenset(yes))
        asks = {one.ask for one in result.outcomes if TOOK_OVER in one.say}
        assert (bool(asks), served.accepted, asks & yes) == (True, [], set())
        yes |= asks


def test_two_known_devices_that_swap_addresses_are_still_themselves(inventory: Inventory) -> None:
    two = {"mac": SPOOF, "claimed": SPOOF, "serial": "9Z99999PAG99999"}
    keep(inventory, 0, seen_of(0) + seen_of(0, host="127.77.61.2", **two))
    found = search(1, seen_of(1, host="127.77.61.2") + seen_of(1, **two))
    again = FoundAgain(inventory, found)
    assert [again.changed(one) for one in found.verdicts] == [(), ()]


def test_a_note_that_cannot_be_read_is_as_none(inventory: Inventory, tmp_path: Path) -> None:
    keep(inventory, 0, seen_of(0))
    inherit(inventory, 1, seen_of(1, serial="9Z99999PAG99999"))
    for text in ("[]", "{", '{"a": 1}', '{"a": {"mac": 5}}'):
        inventory.save_draft("login_marks", text)
        result, _ = sign_in(inventory, tmp_path)
        assert result.outcomes[0].state == "changed"


def test_replies_of_this_test_are_what_they_say() -> None:
    (verdict,) = search(0, seen_of(0)).verdicts
    assert {str(key) for key in verdict.device.keys} >= {f"mac:{REAL}", "serial:dahua:6C00000PAG00001"}
    assert replace(verdict.device, observations=()).addresses == (HOST,)
