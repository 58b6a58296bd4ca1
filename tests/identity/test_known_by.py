"""What is said of a device before a login goes to it: each mark that differs, and nothing where it is as it was."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace

import pytest

from camcensus.identity.known_by import NOTHING, marks_of, newest_marks, newly_shown, what_changed
from camcensus.model.observation import Observation, Reading
from samples import observation

MAC, OTHER, MADE_UP = "3c:ef:8c:00:00:01", "3c:ef:8c:77:00:01", "02:11:22:33:44:55"
UUID, UUID_2 = "cea94000-fb96-11b3-8260-686dbc5cb15d", "11112222-fb96-11b3-8260-686dbc5cb15e"
SEARCHES = ("2026-11-01T10:00:00Z", "2026-11-08T10:00:00Z", "2026-11-15T10:00:00Z")


def seen(
    day: int, probe: str = "wsdiscovery", mac: str | None = MAC, port: int | None = None, raw: bytes = b"x", **fields: str
) -> Observation:
    values: Mapping[str, tuple[str, ...]] = {name: (value,) for name, value in fields.items()}
    return observation(
        1, probe=probe, mac=mac, port=port, raw=raw, at=f"2026-11-{day:02}T10:05:00Z", reading=Reading("read", values, "x/1")
    )


FIRST = [
    seen(1, uuid=UUID),
    seen(1, "onvif.GetDeviceInformation", port=80, serial="6J0E022PAG00001"),
    seen(1, "tls", port=443, raw=b"c1"),
]


@pytest.mark.parametrize(
    ("then", "says"),
    [
        ([seen(8, uuid=UUID)], ""),
        ([seen(8, uuid=UUID), seen(8, uuid=UUID_2)], f"its endpoint id is another ({UUID_2}, {UUID})"),
        ([seen(8, "http")], ""),
        ([seen(8, "onvif.GetDeviceInformation", port=80, serial="6j0e-022pag00001")], ""),
        ([seen(8, "onvif.GetDeviceInformation", port=80, serial="6j0e022pag00001éß")], "its serial number is another (6j0e022pag00001éß)"),
        ([seen(8, "onvif.GetDeviceInformation", port=80, serial="XX-11112222333344445555-6J0E022PAG00001")], "its serial number is another (xx111122223333444455556j0e022pag00001)"),
        ([seen(8, "onvif.GetDeviceInformation", port=80, serial="999999999999")], "its serial number is another (999999999999)"),
        ([seen(8, "upnp", serial="another protocol's")], ""),
        ([seen(8, mac=OTHER, uuid=UUID)], f"its MAC address was {MAC} and is {OTHER}"),
        ([seen(8, mac=MADE_UP, uuid=UUID)], f"its MAC address was {MAC} and is {MADE_UP}"),
        ([seen(8, uuid=UUID_2)], f"its endpoint id is another ({UUID_2})"),
        ([seen(8, "tls", port=443, raw=b"c2")], f"its certificate at port 443 is another (SHA-256 {hashlib.sha256(b'c2').hexdigest()[:16]}…)"),
        ([seen(8, "http", mac=None)], NOTHING),
        ([seen(8, mac=None, uuid=UUID)], ""),
        ([seen(8, "list", mac=OTHER)], ""),
        ([seen(8, "http"), seen(8, "http", mac=MADE_UP)], f"its MAC address was {MAC} and is {MADE_UP}, {MAC}, 2 devices answer at 10.0.0.1"),
        ([seen(8, uuid=UUID_2), seen(15, uuid=UUID)], f"its endpoint id is another ({UUID})"),
    ],
)  # fmt: skip
def test_any_mark_that_differs_is_named(then: list[Observation], says: str) -> None:
    assert ", ".join(what_changed([*FIRST, *then], SEARCHES)) == says


@pytest.mark.parametrize(
    ("short", "is_it"), [("578930154", True), ("AAWR578930154", True), ("78930154", False), ("678930154", False)]
)
def test_a_hikvision_tells_its_number_with_model_and_day_before_it_or_without(short: str, is_it: bool) -> None:
    for first, then in (("DS-2CD2042WD-I20160101AAWR578930154", short), (short, "DS-2CD2042WD-I20160101AAWR578930154")):
        told = [seen(day, "onvif.GetDeviceInformation", port=80, serial=one) for day, one in ((1, first), (8, then))]
        assert (what_changed(told, SEARCHES) == ()) is is_it


def test_what_is_asked_stays_the_same_while_the_other_device_is_seen_again() -> None:
    once = what_changed([*FIRST, seen(8, mac=OTHER)], SEARCHES)
    assert once == (f"its MAC address was {MAC} and is {OTHER}",)
    assert what_changed([*FIRST, seen(8, mac=OTHER), seen(15, mac=OTHER)], SEARCHES) == once


def test_a_device_seen_once_is_as_it_is_unless_software_made_up_its_number() -> None:
    assert what_changed(FIRST, SEARCHES) == ()
    assert what_changed([], SEARCHES) == ()
    (said,) = what_changed([seen(1, mac=MADE_UP)], SEARCHES)
    assert MADE_UP in said
    assert what_changed([seen(1, mac=MADE_UP)], SEARCHES, made_up=False) == ()
    assert what_changed([seen(1, "http"), seen(1, "http", mac=OTHER)], SEARCHES) == ("2 devices answer at 10.0.0.1",)


def test_what_a_login_went_to_counts_and_not_what_was_seen_before() -> None:
    known = newest_marks([*FIRST, seen(8, uuid=UUID_2, mac=MADE_UP)], SEARCHES)
    assert known["mac"] == (MADE_UP,)
    assert known["uuid wsdiscovery"] == (UUID_2,)
    assert what_changed([*FIRST, seen(8, uuid=UUID_2, mac=MADE_UP)], SEARCHES, known) == ()
    assert what_changed([*FIRST, seen(8, uuid=UUID_2, mac=MADE_UP), seen(15, uuid=UUID)], SEARCHES, known) == (
        f"its MAC address was {MADE_UP} and is {MAC}",
        f"its endpoint id is another ({UUID})",
    )


def test_marks_are_those_of_the_device_and_certificates_are_known_by_their_digest() -> None:
    told = observation(1, probe="sadp", mac=None, port=None, reading=Reading("read", {"mac": (MAC.upper(),)}, "sadp/1"))
    marks = dict(marks_of([*FIRST, told]))
    assert marks.pop("certificate 443") == (hashlib.sha256(b"c1").hexdigest(),)
    assert marks == {
        "address": ("10.0.0.1",), "claimed sadp": (MAC,), "mac": (MAC,), "serial onvif.GetDeviceInformation 80": ("6j0e022pag00001",),
        "uuid wsdiscovery": (UUID,), "ports": ("443", "80"),
    }  # fmt: skip


def test_where_the_network_shows_no_mac_address_another_place_is_asked_about() -> None:
    there = seen(1, mac=None, uuid=UUID)
    assert what_changed([there, seen(8, mac=None, uuid=UUID)], SEARCHES) == ()
    claims = replace(seen(8, mac=None, uuid=UUID), address="10.0.0.9")
    said = ("its address was 10.0.0.1 and is 10.0.0.9, and the network shows no MAC address of it",)
    assert what_changed([there, claims], SEARCHES) == said
    assert what_changed([there, claims], SEARCHES, newest_marks([there], SEARCHES)) == said
    assert what_changed([*FIRST, replace(seen(8, uuid=UUID), address="10.0.0.9")], SEARCHES) == ()
    assert what_changed([there, seen(8, "http", mac=None)], SEARCHES) == (NOTHING,)


HERE, THERE = "its address was 10.0.0.1 and is 10.0.0.9", "10.0.0.9"


@pytest.mark.parametrize(
    ("before", "then", "says"),
    [
        ([seen(1, "http")], seen(8, "http"), (f"{HERE}, and only its MAC address is the same as before",)),
        ([seen(1, "http")], seen(8, uuid=UUID), (f"{HERE}, and only its MAC address is the same as before",)),
        (FIRST, seen(8, "http"), (f"{HERE}, and only its MAC address is the same as before",)),
        (FIRST, seen(8, "tls", port=443, raw=b"c1"), ()),
        (FIRST, seen(8, uuid=UUID), ()),
        (FIRST, seen(8, uuid=UUID, mac=OTHER), (HERE, f"its MAC address was {MAC} and is {OTHER}")),
        (FIRST, seen(8, uuid=UUID, mac=None), (f"{HERE}, and the network shows no MAC address of it",)),
        ([seen(1, mac=None, uuid=UUID)], seen(8, uuid=UUID), (f"{HERE}, and its MAC address was not known",)),
    ],
)
def test_another_place_is_asked_about_unless_two_marks_say_that_it_is_the_same(
    before: list[Observation], then: Observation, says: tuple[str, ...]
) -> None:
    found = [*before, replace(then, address=THERE)]
    assert what_changed(found, SEARCHES) == says
    assert what_changed([*found, replace(then, address=THERE, at="2026-11-15T10:05:00Z")], SEARCHES) == says
    assert what_changed(found, SEARCHES, newest_marks(before, SEARCHES)) == says
    without = {name: values for name, values in newest_marks(before, SEARCHES).items() if name != "address"}
    assert what_changed(found, SEARCHES, without) == says  # As an older program noted it.
    assert what_changed(found, SEARCHES, newest_marks(found, SEARCHES)) == ()


def test_a_device_behind_a_router_that_claims_one_of_this_network_is_asked_about() -> None:
    both = [*FIRST, seen(8, uuid=UUID), replace(seen(8, uuid=UUID, mac=None), address="10.0.0.0")]
    said = "its address was 10.0.0.1 and is 10.0.0.0, 10.0.0.1, and the network shows no MAC address of it"
    assert what_changed(both, SEARCHES) == (said,)
    own = [*both[:-1], replace(seen(8, "neighbour"), address="10.0.0.0"), both[-1]]
    assert what_changed(own, SEARCHES) == ()


def test_what_answers_in_the_second_in_which_a_search_begins_is_of_that_search() -> None:
    first = seen(1, uuid=UUID)
    spoof = replace(seen(8, mac=OTHER, uuid=UUID), at="2026-11-08T10:00:00.213Z")
    later = replace(spoof, at="2026-11-08T10:00:07.000Z")
    assert what_changed([first, spoof, later], SEARCHES) == (f"its MAC address was {MAC} and is {OTHER}",)
    again = replace(seen(8, uuid=UUID_2), at="2026-11-08T10:00:00.9Z")
    assert what_changed([first, again], SEARCHES) == (f"its endpoint id is another ({UUID_2})",)


def test_what_a_device_shows_that_no_login_went_to_is_told() -> None:
    assert newly_shown(FIRST, SEARCHES) == {MAC, UUID, "6j0e022pag00001"}
    then = [*FIRST, seen(8, uuid=UUID_2), seen(8, "tls", port=443, raw=b"c2")]
    assert newly_shown(then, SEARCHES, newest_marks(FIRST, SEARCHES)) == {UUID_2}
    assert newly_shown(then, SEARCHES, newest_marks(then, SEARCHES)) == frozenset()
