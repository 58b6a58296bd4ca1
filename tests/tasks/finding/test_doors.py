"""Evidence is per door: a login reaches the device that it was typed for, in arrangements of networks listed here, and drawn."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

import drawn
import samples
from camcensus.store.inventory import Inventory
from camcensus.tasks.register import verbs as register
from camcensus.wire.read import read
from tasks.finding.networks import Box, Site, Spot, Wire, home, log_in, seen_of
from tasks.finding.test_known_by import BEGAN, keep

WAYS = ("window", "command")
HERE, THERE, ELSE = "10.0.0.1", "10.0.0.9", "10.0.0.5"
ROUTER = "3c:ef:8c:ff:00:01"
A, B = Box(1), Box(2)
ONLY = {name: Box(1, frozenset({name})) for name in ("uuid", "dhip", "serial")}
PAGE, OTHER_PAGE = Box(3, frozenset(), "A"), Box(4, frozenset(), "B")
FRONT = (
    "<title>Front gate</title><form><input name=csrf value='#a'></form><p>#. visitor</p><script>var nonce='#'; draw()</script>"
)
SAFE = Box(1, frozenset(), certificate=True)
JUNK = {number: Box(number, frozenset({"serial"}), f"model {number}", "0123456789") for number in (1, 2)}


def behind(box: Box, mac: str | None = ROUTER, **more: Box) -> Spot:
    """Forwarded ports: a box at 80, what answers by UDP, and further ports ("p8081")."""
    by_udp = more.pop("udp", None)
    doors = {80: box, **{int(name[1:]): one for name, one in more.items()}}
    return Spot(doors, (by_udp,) if by_udp else (), mac, inside=True)


NORMAL: dict[str, Site] = {
    "a camera on this network": {HERE: home(A)},
    "one that answers Dahua's question alone": {HERE: home(ONLY["dhip"])},
    "one with an endpoint id alone, which claims no MAC address": {HERE: home(ONLY["uuid"])},
    "one that tells its serial number at its port": {HERE: home(ONLY["serial"])},
    "behind a router": {HERE: home(A, mac=None)},
    "behind a router, with an endpoint id alone": {HERE: home(ONLY["uuid"], mac=None)},
    "behind a router, with a certificate alone": {HERE: home(SAFE, 443, mac=None)},
    "behind a router, with a certificate and all that it tells": {HERE: home(replace(A, certificate=True), 443, mac=None)},
    "two behind a range extender": {HERE: home(A, mac=ROUTER), THERE: home(B, mac=ROUTER)},
    "one behind a range extender, which claims no MAC address": {HERE: home(ONLY["uuid"], mac=ROUTER)},
    "a forwarded port at which it tells its serial number": {HERE: behind(ONLY["serial"])},
    "a front page that counts its visitors": {
        HERE: home(replace(ONLY["uuid"], front="<title>Gate, #. visitor</title>"), mac=None)
    },
    "the same, with its own MAC address": {HERE: home(replace(ONLY["dhip"], front="<title>Gate, #. visitor</title>"))},
}
TOLD_APART_BY_NOTHING: dict[str, Site] = {
    "a page alone, on this network": {HERE: home(PAGE)},
    "a page alone, behind a router": {HERE: home(PAGE, mac=None)},
    "a page alone, behind an extender": {HERE: home(PAGE, mac=ROUTER), THERE: home(A, mac=ROUTER)},
    "a forwarded port, and marks by UDP alone": {HERE: behind(ONLY["dhip"], udp=ONLY["dhip"])},
    "a serial number that many devices have": {HERE: home(JUNK[1], mac=None)},
    "a serial number that only a login is told": {HERE: home(replace(PAGE, tells=frozenset({"login"})), mac=None)},
}
EXCHANGED: dict[str, tuple[Site, Site]] = {
    "another camera at its address": ({HERE: home(A)}, {HERE: home(B)}),
    "one that says nothing, on this network": ({HERE: home(A)}, {HERE: home(OTHER_PAGE)}),
    "behind an extender, one that says nothing": ({HERE: home(ONLY["uuid"], mac=ROUTER)}, {HERE: home(PAGE, mac=ROUTER)}),
    "behind an extender, another": ({HERE: home(ONLY["uuid"], mac=ROUTER)}, {HERE: home(replace(B, tells=ONLY["uuid"].tells), mac=ROUTER)}),
    "behind a router, one that says nothing": ({HERE: home(A, mac=None)}, {HERE: home(PAGE, mac=None)}),
    "the port forwarded to another, UDP as it was": ({HERE: behind(A, udp=A)}, {HERE: behind(PAGE, udp=A)}),
    "the same, on a router that shows no MAC address": ({HERE: behind(A, None, udp=A)}, {HERE: behind(PAGE, None, udp=A)}),
    "a serial number at the port beside it": ({HERE: behind(PAGE, p8081=A)}, {HERE: behind(OTHER_PAGE, p8081=A)}),
    "a certificate at the port beside it": ({HERE: behind(PAGE, None, p443=SAFE)}, {HERE: behind(OTHER_PAGE, None, p443=SAFE)}),
    "a port that no search saw": ({HERE: Spot({}, (A,), None, inside=True)}, {HERE: behind(PAGE, None, udp=A)}),
    "a port that is forwarded since, to one that shows itself": ({HERE: Spot({}, (A,), None, inside=True)}, {HERE: behind(B, None, udp=A)}),
    "at the port, one that shows itself for the first time": ({HERE: behind(PAGE, None, udp=A)}, {HERE: behind(replace(B, model="A"), None, udp=A)}),
    "a serial number that many devices have": ({HERE: home(JUNK[1], mac=None)}, {HERE: home(JUNK[2], mac=None)}),
    "a page alone": ({HERE: home(PAGE, mac=None)}, {HERE: home(OTHER_PAGE, mac=None)}),
    "at the router's own address, one that claims the router's MAC address": (
        {HERE: behind(ONLY["serial"])}, {HERE: behind(PAGE, udp=replace(B, claims=ROUTER))},
    ),
    "behind an extender, one that claims the extender's MAC address": (
        {HERE: home(ONLY["uuid"], mac=ROUTER)}, {HERE: home(replace(B, tells=ONLY["dhip"].tells, claims=ROUTER), mac=ROUTER)},
    ),
    "an endpoint id that is copied, and a serial number of its own": (
        {HERE: home(Box(1, frozenset({"uuid", "dhip"})), mac=None)},
        {HERE: home(Box(2, frozenset({"uuid", "serial"}), id_of=1), mac=None)},
    ),
    "an endpoint id that is copied, and nothing else that it told": (
        {HERE: home(A, mac=None)}, {HERE: home(Box(2, ONLY["uuid"].tells, id_of=1), mac=None)},
    ),
    "the same, where the network shows a MAC address now": (
        {HERE: home(Box(1, frozenset({"uuid", "dhip"})), mac=None)}, {HERE: home(Box(2, ONLY["uuid"].tells, id_of=1))},
    ),
    "its own MAC address, and silent at the port where it told its serial number": (
        {HERE: home(A)}, {HERE: Spot({80: OTHER_PAGE}, (A,), A.mac)},
    ),
    "an endpoint id that three cameras here have": (
        {at: home(Box(number, ONLY["uuid"].tells, id_of=1), mac=None) for number, at in enumerate((HERE, THERE, ELSE), 1)},
        {HERE: home(Box(4, ONLY["uuid"].tells, "B", id_of=1), mac=None)},
    ),
    "a certificate that two cameras here have": (
        {HERE: home(SAFE, 443, mac=None), THERE: home(SAFE, 443, mac=None)},
        {HERE: home(replace(SAFE, model="B"), 443, mac=None)},
    ),
    "an endpoint id that its maker gives to many": (
        {HERE: home(ONLY["uuid"], mac=None)}, {HERE: home(Box(2, ONLY["uuid"].tells, "B", id_of=1), mac=None)},
    ),
    "a web filter before a camera behind a router": (
        {HERE: home(ONLY["dhip"], mac=None)}, {HERE: Spot({80: OTHER_PAGE}, (ONLY["dhip"],), None)},
    ),
    "another page at the port of a device with its own MAC address": (
        {HERE: home(ONLY["dhip"])}, {HERE: Spot({80: OTHER_PAGE}, (ONLY["dhip"],), ONLY["dhip"].mac)},
    ),
    "a certificate that its maker gives to all, and nothing else that it told": (
        {HERE: home(replace(A, certificate=True), 443, mac=None)},
        {HERE: home(replace(A, certificate=True, tells=frozenset()), 443, mac=None)},
    ),
    "a certificate that its maker gives to all, and another page": (
        {HERE: home(SAFE, 443, mac=None)}, {HERE: home(replace(SAFE, model="B"), 443, mac=None)},
    ),
    "two answer one question": ({HERE: home(ONLY["uuid"], mac=None)}, {HERE: replace(home(B, mac=None), udp=(ONLY["uuid"], B))}),
}  # fmt: skip


@contextmanager
def known(folder: Path, site: Site) -> Iterator[Inventory]:
    """An inventory that has kept one search of a site."""
    with register.new_inventory(folder / "a.camcensus", samples.body(), BEGAN) as made:
        keep(made, 0, seen_of(site, 0))
        yield made


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", NORMAL)
def test_where_nothing_changed_nobody_is_asked(name: str, way: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wire = Wire(NORMAL[name])
    wire.plug(monkeypatch)
    with known(tmp_path, wire.site) as inventory:
        for week in (1, 2):
            outcome = log_in(way, inventory, wire, tmp_path, week)
            assert (outcome.asked, {address for address, _ in outcome.told}) == ({}, set(wire.site)), outcome.said


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", TOLD_APART_BY_NOTHING)
def test_what_nothing_tells_apart_is_asked_about_once(
    name: str, way: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wire = Wire(TOLD_APART_BY_NOTHING[name])
    wire.plug(monkeypatch)
    with known(tmp_path, wire.site) as inventory:
        first = log_in(way, inventory, wire, tmp_path, 1)
        assert (len(first.asked), (HERE, 80) in first.told) == (1, False)
        assert "cannot tell whether" in first.said[HERE]
        assert (HERE, 80) in log_in(way, inventory, wire, tmp_path, 2, frozenset(first.asked.values())).told
        again = log_in(way, inventory, wire, tmp_path, 3)
        assert (again.asked, (HERE, 80) in again.told) == ({}, True)
        wire.site = {**wire.site, HERE: replace(wire.site[HERE], doors={80: replace(OTHER_PAGE, number=9)})}
        other = log_in(way, inventory, wire, tmp_path, 4, seen=TOLD_APART_BY_NOTHING[name])
        assert (len(other.asked), (HERE, 80) in other.told) == (1, False)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("searched", [False, True])
@pytest.mark.parametrize("name", EXCHANGED)
def test_another_device_gets_no_login_unasked(
    name: str, searched: bool, way: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Exchanged before a search that saw it, or since."""
    before, after = EXCHANGED[name]
    wire = Wire(after)
    wire.plug(monkeypatch)
    with known(tmp_path, before) as inventory:
        if searched and way == "window":
            keep(inventory, 1, seen_of(after, 1))
        outcome = log_in(way, inventory, wire, tmp_path, 2, seen=after if searched else before)
        others = {(HERE, port) for port, box in after[HERE].doors.items() if before[HERE].doors.get(port) != box}
        assert others
        assert not others & outcome.told, outcome.said


@pytest.mark.parametrize("way", WAYS)
def test_a_yes_is_kept_also_where_the_first_login_needed_none(
    way: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A camera of this network, read without a question; then it is reached by a router, to which a person says yes once."""
    wire = Wire({HERE: home(A)})
    wire.plug(monkeypatch)
    with known(tmp_path, wire.site) as inventory:
        assert log_in(way, inventory, wire, tmp_path, 1).asked == {}
        wire.site = {HERE: home(A, mac=None)}
        yes = frozenset[str]()
        for week in (2, 3):
            yes |= frozenset(log_in(way, inventory, wire, tmp_path, week, yes).asked.values())
        assert log_in(way, inventory, wire, tmp_path, 4).asked == {}


@pytest.mark.parametrize("way", WAYS)
def test_a_yes_to_another_certificate_is_none_to_what_shows_nothing_else(
    way: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wire = Wire({HERE: home(replace(A, certificate=True), 443, mac=None)})
    wire.plug(monkeypatch)
    with known(tmp_path, wire.site) as inventory:
        assert (HERE, 443) in log_in(way, inventory, wire, tmp_path, 1).told
        before = wire.site
        wire.site = {HERE: home(replace(PAGE, certificate=True), 443, mac=None)}
        first = log_in(way, inventory, wire, tmp_path, 2, seen=before)
        assert "certificate" in first.said[HERE]
        second = log_in(way, inventory, wire, tmp_path, 3, frozenset(first.asked.values()), seen=before)
    assert (first.told, second.told, len(second.asked)) == (set(), set(), 1), second.said


def test_two_that_show_the_same_get_no_login_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is known of one, and the login kept for it, would be taken for the other's."""
    wire = Wire({at: home(page, mac="06:11:22:33:44:55") for at, page in ((HERE, PAGE), (THERE, OTHER_PAGE))})
    wire.plug(monkeypatch)
    with known(tmp_path, wire.site) as inventory:
        outcome = log_in("window", inventory, wire, tmp_path, 1)
    assert outcome.told == set()
    assert all("Sign in to one of them at a time." in said for said in outcome.said.values()), outcome.said


@pytest.mark.parametrize("serial", [A.its_serial, B.its_serial])
def test_a_serial_number_that_a_list_has_is_held_against_what_is_there(
    serial: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By command; in the window the list's is a row of its own."""
    wire = Wire({HERE: home(A)})
    wire.plug(monkeypatch)
    raw, at = json.dumps({"serial": serial, "manufacturer": "Dahua"}).encode(), BEGAN.strftime("%Y-%m-%dT%H:%M:%SZ")
    listed = samples.observation(1, probe="list", address=HERE, mac=None, at=at, raw=raw, reading=read("list", None, raw))
    with register.new_inventory(tmp_path / "a.camcensus", samples.body(), BEGAN) as inventory:
        keep(inventory, 0, [listed])
        outcome = log_in("command", inventory, wire, tmp_path, 2)
    assert ((HERE, 80) in outcome.told) is (serial == A.its_serial), outcome.said


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("mac", [None, "own", ROUTER])
def test_a_yes_holds_while_the_front_page_is_the_same(
    mac: str | None, way: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    box = Box(3, frozenset(), front=FRONT)
    wire = Wire({HERE: home(box, mac=mac)})
    wire.plug(monkeypatch)
    with known(tmp_path, {HERE: home(replace(box, front=""), mac=mac)}) as inventory:
        first = log_in(way, inventory, wire, tmp_path, 1)
        assert (len(first.asked), first.told) == (1, set()), first.said
        assert log_in(way, inventory, wire, tmp_path, 2, frozenset(first.asked.values())).told == {(HERE, 80)}
        assert log_in(way, inventory, wire, tmp_path, 3).told == {(HERE, 80)}
        for week, front in enumerate((FRONT.replace("gate", "door"), "", FRONT.replace("draw", "show")), 4):
            wire.site = {HERE: home(replace(box, front=front), mac=mac)}
            other = log_in(way, inventory, wire, tmp_path, week, seen={HERE: home(replace(box, front=""), mac=mac)})
            assert (len(other.asked), other.told) == (1, set()), other.said


TELLS = ("uuid", "dhip", "serial")
ROUNDS, STATES = 3, 20
"""Addresses of a drawn site, each an arrangement of its own."""


def draw_box(random_: random.Random, number: int) -> Box:
    """A device that tells some of all that devices tell, of one of three models, at times with a serial number of many."""
    tells = frozenset(name for name in TELLS if random_.random() < 0.5)
    junk = random_.choice(("", "", "", "0123456789", "000000000000", "DEFAULTSERIAL"))
    return Box(number, tells, random_.choice("ABC"), junk, random_.random() < 0.15)


def draw_spot(random_: random.Random, boxes: Iterator[Box], near: str) -> Spot:
    """Its own address on this network, behind a router or an extender; or ports that a router forwards. `near` is a router."""
    box = next(boxes)
    port = 443 if box.certificate else 80
    kind = random_.choice(("home", "home", "routed", "extender", "forward", "gateway"))
    if kind in ("forward", "gateway"):
        doors = {
            443 if one.certificate else at: one
            for at, one in ((80, box), (8081, next(boxes)))
            if at == 80 or random_.random() < 0.5
        }
        by_udp = (
            (random_.choice(list(doors.values())),) if random_.random() < 0.7 else ()
        )  # A router forwards each port to one.
        return Spot(doors, by_udp, near if kind == "gateway" else None, inside=True)
    return home(box, port, mac={"home": "own", "routed": None, "extender": near}[kind])


def draw_change(random_: random.Random, spot: Spot, boxes: Iterator[Box]) -> Spot:
    """Another device at one door, by UDP, at both or in its whole place; or a port that was not there; or nothing at all."""
    what = random_.choice(("nothing", "door", "door", "udp", "both", "place", "port", "two", "silent"))
    if what == "nothing":
        return spot
    stranger = next(boxes)
    doors = dict(spot.doors)
    at = random_.choice(sorted(doors))
    stranger = replace(stranger, certificate=doors[at].certificate)
    if not spot.inside and what != "two":  # What has an address of its own is not exchanged door by door.
        quiet = replace(stranger, tells=frozenset()) if what == "silent" else stranger
        is_own = spot.mac in {box.mac for box in doors.values()}
        return home(quiet, *doors, mac="own" if is_own else spot.mac)
    if what in ("door", "both", "place", "silent"):
        doors[at] = replace(stranger, tells=frozenset()) if what == "silent" else stranger
    if what == "port":
        doors[random_.choice((80, 8081, 8082))] = replace(stranger, certificate=False)
    by_udp = {"udp": (stranger,), "both": (stranger,), "place": (stranger,), "two": (*spot.udp, stranger), "silent": ()}
    return replace(spot, doors=doors, udp=by_udp.get(what, spot.udp))


def is_same(before: Spot, after: Spot, port: int) -> bool:
    """Whether what is behind a door is what a login for this address was typed for."""
    were = {
        box.number for box in (before.doors.get(port, *before.udp[:1]) if port in before.doors else None, *before.udp) if box
    }
    now = after.doors[port].number
    return now == before.doors[port].number if port in before.doors else now in were


def looks_same(before: Spot, after: Spot, port: int, *, searched: bool) -> bool:
    """Whether all that it showed is shown as it was: since a search it is asked only what it answered then."""
    (door, mac, heard), (door_now, mac_now, heard_now) = before.face(port), after.face(port)
    if searched or door is None or door_now is None:
        return (door, mac, heard) == (door_now, mac_now, heard_now)
    asked = [(one, now) for one, now in (*zip(door, door_now, strict=True), *zip(heard, heard_now, strict=True)) if one]
    return mac == mac_now and all(one == now for one, now in asked)


def drawn_site(random_: random.Random) -> tuple[Site, Site]:
    """What a site was, and is now."""
    boxes = (draw_box(random_, number) for number in range(1, 10 * STATES))
    before, after = Site(), Site()
    for number in range(1, STATES + 1):
        address = f"10.0.0.{number}"
        before[address] = draw_spot(random_, boxes, f"3c:ef:8c:ff:{number // 4:02x}:01")
        after[address] = draw_change(random_, before[address], boxes)
    return before, after


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("searched", [False, True])
def test_drawn_networks(searched: bool, way: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No device but the one it was typed for gets a login unasked, and nobody is asked again where nothing changed."""
    number = drawn.seed() + 2 * searched
    before, after = drawn_site(random.Random(number))
    wire = Wire(before)
    wire.plug(monkeypatch)
    with known(tmp_path, before) as inventory:
        yes = frozenset[str]()
        for week in range(1, ROUNDS + 1):  # What a search saw may be asked about, and then what is there now.
            yes |= frozenset(log_in(way, inventory, wire, tmp_path, week, yes).asked.values())
        again = log_in(way, inventory, wire, tmp_path, ROUNDS + 1)
        assert again.asked == {}, f"seed {number}: {[(before[at], again.said[at]) for at, _ in again.asked]}"
        wire.site = after
        if searched and way == "window":
            keep(inventory, 8, seen_of(after, 8))
        last = log_in(way, inventory, wire, tmp_path, 9, seen=after if searched else before)
        wrong = {(at, port) for at, port in last.told if not is_same(before[at], after[at], port)}
        wrong = {(at, port) for at, port in wrong if not looks_same(before[at], after[at], port, searched=searched)}
        assert wrong == set(), f"seed {number}: " + "; ".join(
            f"{before[at]} -> {after[at]}: {last.said[at]}" for at, _ in wrong
        )
