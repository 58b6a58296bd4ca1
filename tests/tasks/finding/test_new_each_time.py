"""A camera that makes up its endpoint id at each start, or for each answer, can be logged in to; another in its place cannot."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from camcensus.store.inventory import Inventory
from tasks.finding.networks import COUNTED, Box, Outcome, Site, Wire, home, log_in, seen_of
from tasks.finding.test_doors import HERE, ROUTER, WAYS, known
from tasks.finding.test_known_by import keep

TELLS = (frozenset({"uuid"}), frozenset({"uuid", "dhip"}), frozenset({"uuid", "serial"}))
FRONT = "<title>Front gate</title>"


@dataclass(frozen=True)
class Inventor(Box):
    """A camera whose endpoint id is another in each answer."""

    def by_udp(self, probe: str, address: str, port: int) -> bytes | None:
        box = replace(self, id_of=10**6 + next(COUNTED)) if probe == "wsdiscovery" else self
        return Box.by_udp(box, probe, address, port)


def started(box: Box, number: int) -> Box:
    """The same after a start: with another endpoint id."""
    return replace(box, id_of=10**5 + number)


def week_of(
    way: str, inventory: Inventory, wire: Wire, folder: Path, week: int, yes: frozenset[str] = frozenset()
) -> Outcome:  # fmt: skip
    """A search of what is there now, then a login."""
    if way == "window":
        keep(inventory, week, seen_of(wire.site, week))
    return log_in(way, inventory, wire, folder, week, yes)


def get_to_know(way: str, inventory: Inventory, wire: Wire, folder: Path, sites: list[Site]) -> int:
    """Searches and logins in the weeks of some sites, with a yes to what is asked; how many were asked."""
    yes, asked = frozenset[str](), 0
    for week, site in enumerate(sites, 1):
        wire.site = site
        outcome = week_of(way, inventory, wire, folder, week, yes)
        yes |= frozenset(outcome.asked.values())
        asked += len(outcome.asked)
    return asked


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("mac", ["own", None, ROUTER])
@pytest.mark.parametrize("tells", TELLS)
def test_an_endpoint_id_that_is_new_in_each_answer_is_no_mark(
    tells: frozenset[str], mac: str | None, way: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wire = Wire({HERE: home(Inventor(1, tells, front=FRONT), mac=mac)})
    wire.plug(monkeypatch)
    with known(tmp_path, wire.site) as inventory:
        get_to_know(way, inventory, wire, tmp_path, [wire.site] * 5)
        for week in (6, 7, 8):
            outcome = week_of(way, inventory, wire, tmp_path, week)
            assert (outcome.asked, outcome.told) == ({}, {(HERE, 80)}), outcome.said


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("mac", ["own", None, ROUTER])
@pytest.mark.parametrize("tells", TELLS)
def test_an_endpoint_id_that_is_new_at_each_start_asks_no_more_where_another_mark_holds(
    tells: frozenset[str], mac: str | None, way: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where it is all that there is, each start is asked about: another camera of its make looks the same."""
    box = Box(1, tells, front=FRONT)
    sites = [{HERE: home(started(box, number), mac=mac)} for number in range(9)]
    wire = Wire(sites[0])
    wire.plug(monkeypatch)
    with known(tmp_path, wire.site) as inventory:
        get_to_know(way, inventory, wire, tmp_path, sites[1:6])
        for number in (6, 7, 8):
            wire.site = sites[number]
            outcome = week_of(way, inventory, wire, tmp_path, number)
            if len(tells) > 1:
                assert (outcome.asked, outcome.told) == ({}, {(HERE, 80)}), outcome.said
            else:
                assert (len(outcome.asked), outcome.told) == (1, set()), outcome.said


@pytest.mark.parametrize("mac", ["own", None, ROUTER])
def test_where_the_id_is_all_each_start_since_the_search_is_asked_about(
    mac: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the window: by command a search comes before each login."""
    box = Box(1, TELLS[0], front=FRONT)
    wire = Wire({HERE: home(box, mac=mac)})
    wire.plug(monkeypatch)
    with known(tmp_path, wire.site) as inventory:
        for week in (1, 2, 3):
            keep(inventory, week, seen_of({HERE: home(started(box, week), mac=mac)}, week))
        for number in (4, 5, 6):
            wire.site = {HERE: home(started(box, number), mac=mac)}
            outcome = log_in("window", inventory, wire, tmp_path, 2 * number)
            assert (len(outcome.asked), outcome.told) == (1, set()), outcome.said
            yes = frozenset(outcome.asked.values())
            assert log_in("window", inventory, wire, tmp_path, 2 * number + 1, yes).told == {(HERE, 80)}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("mac", ["own", None, ROUTER])
@pytest.mark.parametrize("kind", [Box, Inventor])
@pytest.mark.parametrize("second", ["dhip", "serial"])
def test_after_some_searches_the_first_login_needs_no_yes(
    second: str, kind: type[Box], mac: str | None, way: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    box = kind(1, frozenset({"uuid", second}), front=FRONT)
    wire = Wire({HERE: home(box, mac=mac)})
    wire.plug(monkeypatch)
    with known(tmp_path, wire.site) as inventory:
        for week in (1, 2):
            keep(inventory, week, seen_of({HERE: home(started(box, week), mac=mac)}, week))
        wire.site = {HERE: home(started(box, 3), mac=mac)}
        outcome = log_in(way, inventory, wire, tmp_path, 3)
        assert (outcome.asked, outcome.told) == ({}, {(HERE, 80)}), outcome.said


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("is_searched", [False, True])
@pytest.mark.parametrize("mac", ["own", None])
@pytest.mark.parametrize("is_new_at_start", [False, True])
@pytest.mark.parametrize("second", ["dhip", "serial"])
def test_another_in_place_of_one_whose_id_is_no_mark_gets_no_login(
    second: str, is_new_at_start: bool, mac: str | None, is_searched: bool, way: str,
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    tells = frozenset({"uuid", second})
    box = (Box if is_new_at_start else Inventor)(1, tells, front=FRONT)
    sites = [{HERE: home(started(box, number), mac=mac)} for number in range(7)]
    others = {
        "another page": replace(box, front="<title>Back door</title>"),
        "another serial number and MAC address": replace(box, number=2),
        "no second mark": replace(box, number=2, tells=frozenset({"uuid"})),
        "no mark at all": replace(box, number=2, tells=frozenset()),
        "another login realm": replace(box, model="B"),
    }
    wire = Wire(sites[0])
    wire.plug(monkeypatch)
    with known(tmp_path, wire.site) as inventory:
        get_to_know(way, inventory, wire, tmp_path, sites[1:6])
        assert log_in(way, inventory, wire, tmp_path, 6).told == {(HERE, 80)}
        for week, (name, other) in enumerate(others.items(), 7):
            its_mac = other.mac if mac == "own" and other.number == 2 else sites[0][HERE].mac
            wire.site = {HERE: home(started(other, week), mac=its_mac)}
            if is_searched and way == "window":
                keep(inventory, week, seen_of(wire.site, week))
            outcome = log_in(way, inventory, wire, tmp_path, week, seen=wire.site if is_searched else sites[5])
            assert outcome.told == set(), f"{name}: {outcome.said}"


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("mac", ["own", None, ROUTER])
@pytest.mark.parametrize("number", [1, 2])
def test_who_shows_a_new_id_each_time_gets_no_login_for_one_whose_id_is_a_mark(
    number: int, mac: str | None, way: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All else is copied: its serial number, its page, its MAC address. An id that two searches saw is a mark for good."""
    box = Box(1, frozenset({"uuid", "serial"}), front=FRONT)
    site = {HERE: home(box, mac=mac)}
    wire = Wire(site)
    wire.plug(monkeypatch)
    with known(tmp_path, site) as inventory:
        for week in range(1, number):
            assert week_of(way, inventory, wire, tmp_path, week).told == {(HERE, 80)}
        spoof = Inventor(1, box.tells, front=FRONT)
        wire.site = {HERE: home(spoof, mac=mac)}
        outcome = log_in(way, inventory, wire, tmp_path, number, seen=site)
        assert (len(outcome.asked), outcome.told) == (1, set()), outcome.said
        assert "another each time it is asked" in outcome.said[HERE]
        for week in range(number + 1, number + 6) if number == 2 else ():
            outcome = week_of(way, inventory, wire, tmp_path, week)
            assert (len(outcome.asked), outcome.told) == (1, set()), outcome.said
