"""What is noted of a login that was taken: of that device alone."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest

from camcensus.store.edits import merging
from camcensus.tasks.register import verbs as register
from tasks.finding.networks import Box, Wire, home, log_in
from tasks.finding.test_doors import HERE, OTHER_PAGE, PAGE, ROUTER, THERE, WAYS, known
from tasks.finding.test_known_by import BEGAN, KNOWLEDGE


def test_of_two_that_show_one_key_only_the_one_that_took_the_login_is_noted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By command; the window tries neither of two such rows."""
    wire = Wire({at: home(page, mac="06:11:22:33:44:55") for at, page in ((HERE, PAGE), (THERE, OTHER_PAGE))})
    wire.plug(monkeypatch)
    with known(tmp_path, wire.site) as inventory:
        yes = frozenset[str]()
        asked: dict[tuple[str, int], str] = {}
        for week in (1, 2, 3):
            asked = log_in("command", inventory, wire, tmp_path, week, yes).asked
            yes |= {ask for (at, _), ask in asked.items() if at == HERE}
        assert set(asked) == {(THERE, 1)}
        assert len(json.loads(inventory.setting("login_marks") or "{}")) == 1
        assert log_in("command", inventory, wire, tmp_path, 4).asked == asked


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("mac", [None, ROUTER])
def test_a_login_that_is_told_another_serial_number_goes_no_further(
    mac: str | None, way: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two of one make, which without a login show one page and nothing else; the first answer after it tells them apart."""
    first, other = (Box(number, frozenset({"login"})) for number in (1, 2))
    wire = Wire({HERE: home(first, mac=mac)})
    wire.plug(monkeypatch)
    with known(tmp_path, wire.site) as inventory:
        yes = frozenset(log_in(way, inventory, wire, tmp_path, 1).asked.values())
        for week in (2, 3):
            assert (
                "answered 9 of 9" in log_in(way, inventory, wire, tmp_path, week, yes if week == 2 else frozenset()).said[HERE]
            )
        noted = inventory.setting("login_marks")
        wire.site = {HERE: home(other, mac=mac)}
        outcome = log_in(way, inventory, wire, tmp_path, 4)
        assert f"its serial number is another ({other.its_serial.lower()})" in outcome.said[HERE]
        assert (len(outcome.asked), wire.logins) == (1, 1)
        assert inventory.setting("login_marks") == noted
        (doubt,) = inventory.doubts()
        assert "told the login that it is another" in doubt.reason
        assert len(inventory.device_keys()) == 2


@pytest.mark.parametrize("way", WAYS)
def test_a_yes_to_another_serial_number_is_kept(way: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What an open answer showed and a person said yes to is not asked about again by what the login is told."""
    first, other = (Box(number, frozenset({"serial", "login"})) for number in (1, 2))
    wire = Wire({HERE: home(first, mac=None)})
    wire.plug(monkeypatch)
    with known(tmp_path, wire.site) as inventory:
        assert log_in(way, inventory, wire, tmp_path, 1).asked == {}
        wire.site = {HERE: home(other, mac=None)}
        said, yes = list[str](), frozenset[str]()
        for week in (2, 3, 4, 5):
            outcome = log_in(way, inventory, wire, tmp_path, week, yes if week < 5 else frozenset())
            said.append(outcome.said[HERE])
            yes |= frozenset(outcome.asked.values())
        assert "serial number is another" in said[0]
        assert not any("only to the login" in one for one in said)
        assert all("answered 9 of 9" in one for one in said[2:]), said


def test_two_addresses_of_one_row_are_noted_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By command: a recorder with two cards, an endpoint id at each, of which a person made one row."""
    wire = Wire({at: home(Box(number, frozenset({"uuid"})), mac=None) for number, at in enumerate((HERE, THERE), 1)})
    wire.plug(monkeypatch)
    with known(tmp_path, wire.site) as inventory:
        one, two = (row.asset.id for row in register.rows(inventory, KNOWLEDGE))
        inventory.do(merging.merge(one, two), by="R. Khan", now=BEGAN + timedelta(minutes=20))
        yes = frozenset[str]()
        for week in (1, 2, 3):
            yes |= frozenset(log_in("command", inventory, wire, tmp_path, week, yes).asked.values())
        for week in (4, 5):
            outcome = log_in("command", inventory, wire, tmp_path, week)
            assert (outcome.asked, outcome.told) == ({}, {(HERE, 80), (THERE, 80)}), outcome.said
