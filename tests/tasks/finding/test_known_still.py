"""What a device was known by once is known still: what the search with a login did not ask, and what a list told."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

import samples
from camcensus.discovery.session import NO_CERTIFICATE
from camcensus.model.logins import LoginOutcome
from camcensus.model.logins import changed as changed_of
from camcensus.model.observation import Observation
from camcensus.store.inventory import Inventory
from camcensus.tasks.finding.census import Census
from camcensus.tasks.finding.known_by import TOOK_OVER, FoundAgain
from camcensus.tasks.finding.signed_in import DeviceOutcome, SignedIn
from camcensus.tasks.register import verbs as register
from camcensus.wire.read import read
from tasks.finding.test_known_by import BEGAN, HOST, KNOWLEDGE, REAL, SPOOF, inventory, keep, search, seen_of, sign_in

__all__ = ["inventory"]


def read_of(found: Census) -> SignedIn:
    """As a command reads what it found: all of it took the login, and told no more."""
    took = [
        DeviceOutcome(HOST, str(one.device.keys[0]), LoginOutcome("read", "x"), number)
        for number, one in enumerate(found.verdicts)
    ]
    return SignedIn((), tuple(took))


def log_in(inventory: Inventory, week: int, seen: list[Observation], allowed: frozenset[str] = frozenset()) -> tuple[str, ...]:
    """What a command asks about before it logs in; it logs in all the same, and keeps what it saw."""
    found = search(week, seen)
    again = FoundAgain(inventory, found)
    said = again.changed(found.verdicts[0])
    again.note(found.verdicts, read_of(found), allowed)
    register.save_census(inventory, found, KNOWLEDGE, BEGAN + timedelta(weeks=week, minutes=10))
    return said


@pytest.mark.parametrize("then", [{"certificate": b"second"}, {"serial": "9Z99999PAG99999"}])
def test_what_a_search_with_a_login_did_not_see_is_known_still(inventory: Inventory, then: dict[str, Any]) -> None:
    keep(inventory, 0, seen_of(0, certificate=b"first"))
    assert log_in(inventory, 1, seen_of(1, claimed=None)) == ()
    found = search(2, seen_of(2, claimed=None))
    assert FoundAgain(inventory, found).certificates(found.verdicts[0]) == {443: b"first"}
    found = search(2, seen_of(2, **then))
    assert "is another" in "".join(FoundAgain(inventory, found).changed(found.verdicts[0]))


def test_what_was_first_seen_after_a_login_is_known_too(inventory: Inventory) -> None:
    assert log_in(inventory, 0, seen_of(0)) == ()
    assert log_in(inventory, 1, seen_of(1, claimed=None)) == ()
    keep(inventory, 2, seen_of(2, certificate=b"first"))
    found = search(3, seen_of(3, claimed=None))
    assert FoundAgain(inventory, found).certificates(found.verdicts[0]) == {443: b"first"}
    found = search(3, seen_of(3, certificate=b"second"))
    assert "its certificate at port 443 is another" in "".join(FoundAgain(inventory, found).changed(found.verdicts[0]))


def test_a_certificate_that_need_not_be_shown_is_not_asked_for_again_after_the_next_login(inventory: Inventory) -> None:
    keep(inventory, 0, seen_of(0, certificate=b"first"))
    yes = frozenset({changed_of(HOST, [NO_CERTIFICATE]).ask})
    for week, allowed in ((1, yes), (2, frozenset[str]()), (3, frozenset[str]())):
        log_in(inventory, week, seen_of(week), allowed)
        found = search(week + 1, seen_of(week + 1))
        assert FoundAgain(inventory, found).certificates(found.verdicts[0]) == {}
    log_in(inventory, 5, seen_of(5, certificate=b"second"))
    found = search(6, seen_of(6))
    assert FoundAgain(inventory, found).certificates(found.verdicts[0]) == {443: b"second"}


def listed(week: int, mac: str | None) -> Observation:
    """A line of a list: an address, a MAC address, no network."""
    at = (BEGAN + timedelta(weeks=week)).strftime("%Y-%m-%dT%H:%M:%SZ")
    return samples.observation(
        1, probe="list", ask=None, address=HOST, network=None, mac=mac, port=None, raw=b"{}", at=at, reading=read("list", None, b"{}")
    )  # fmt: skip


def test_a_device_at_the_address_that_a_list_has_another_one_at_is_asked_about(inventory: Inventory, tmp_path: Path) -> None:
    keep(inventory, 0, [listed(0, REAL)])
    spoof: dict[str, Any] = {"mac": SPOOF, "claimed": SPOOF, "serial": "9Z99999PAG99999"}
    found = search(1, seen_of(1, **spoof))
    again = FoundAgain(inventory, found)
    assert again.changed(found.verdicts[0]) == (f"its MAC address was {REAL} and is {SPOOF}",)
    itself = search(1, seen_of(1))
    assert FoundAgain(inventory, itself).changed(itself.verdicts[0]) == ()
    keep(inventory, 1, seen_of(1, **spoof))
    result, served = sign_in(inventory, tmp_path)
    assert [(one.state, TOOK_OVER in one.say) for one in result.outcomes if one.state != "read"] == [("changed", True)]
    assert served.accepted == []


def test_a_device_has_to_be_as_each_that_was_at_its_address(inventory: Inventory) -> None:
    keep(inventory, 0, seen_of(0))
    keep(inventory, 1, [listed(1, None)])
    assert len(inventory.device_keys()) == 2
    found = search(2, seen_of(2, mac=SPOOF, claimed=None))
    assert FoundAgain(inventory, found).changed(found.verdicts[0]) != ()


@pytest.mark.parametrize("again", [False, True])
def test_an_impostor_that_claims_the_listed_mac_address_is_asked_about_at_each_search(
    inventory: Inventory, again: bool
) -> None:
    """Also where the list is brought `again` between the searches."""
    keep(inventory, 0, [listed(0, REAL)])
    for week in (1, 3, 5):
        found = search(week, seen_of(week, mac=SPOOF))  # Its own protocol claims REAL, so it is the one device.
        assert FoundAgain(inventory, found).changed(found.verdicts[0]) == (f"its MAC address was {REAL} and is {SPOOF}",)
        keep(inventory, week, seen_of(week, mac=SPOOF))
        if again:
            keep(inventory, week + 1, [listed(week + 1, REAL)])
        assert len(inventory.device_keys()) == 1


def test_a_listed_mac_address_counts_until_a_login_went_to_another(inventory: Inventory) -> None:
    keep(inventory, 0, [listed(0, REAL)])
    assert log_in(inventory, 1, seen_of(1, mac=None)) == ()  # Behind a router the network shows none.
    doubt = (f"its MAC address was {REAL} and is {SPOOF}",)
    assert [log_in(inventory, week, seen_of(week, mac=SPOOF)) for week in (2, 3)] == [doubt, ()]


def test_a_device_with_two_cards_is_asked_about_where_a_list_had_one_of_them(inventory: Inventory) -> None:
    keep(inventory, 0, [listed(0, REAL)])
    keep(inventory, 1, seen_of(1))
    both = [*seen_of(2), *seen_of(2, mac=SPOOF, host="127.77.61.2")]
    found = search(2, both)
    assert len(found.verdicts) == 1
    assert FoundAgain(inventory, found).changed(found.verdicts[0]) != ()
    log_in(inventory, 2, both)
    found = search(3, seen_of(3))
    assert FoundAgain(inventory, found).changed(found.verdicts[0]) == ()
