"""What goes to and fro on an ordinary network is asked about once each way, and then no more, while all else is as it was."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from camcensus.discovery.login import Attempts, Login
from camcensus.discovery.pace import Turnstile
from camcensus.discovery.probe import ServedPort
from camcensus.discovery.session import NO_CERTIFICATE
from camcensus.discovery.signed_in import read_signed_in
from camcensus.discovery.target import Target
from camcensus.model.logins import LoginAllowances, changed
from camcensus.store.inventory import Inventory
from discovery.servers import http
from tasks.finding.networks import Box, Line, Outcome, Site, Spot, Wire, home, log_in, seen_of
from tasks.finding.test_doors import HERE, ONLY, PAGE, ROUTER, THERE, WAYS, A, B, known
from tasks.finding.test_known_by import keep

EXTENDER, CARD = "3c:ef:8c:ff:00:02", "3c:ef:8c:00:00:99"
ONE, TWO = replace(A, certificate=True), replace(B, certificate=True, id_of=1, claims=A.mac, serial=A.its_serial)
STATES: dict[str, tuple[Site, ...]] = {
    "a camera between two range extenders": ({HERE: home(A, mac=ROUTER)}, {HERE: home(A, mac=EXTENDER)}),
    "one with an endpoint id alone": ({HERE: home(ONLY["uuid"], mac=ROUTER)}, {HERE: home(ONLY["uuid"], mac=EXTENDER)}),
    "one with a page alone": ({HERE: home(PAGE, mac=ROUTER)}, {HERE: home(PAGE, mac=EXTENDER)}),
    "by cable and by Wi-Fi": ({HERE: home(A)}, {HERE: home(A, mac=CARD)}),
    "a recorder with two cards, one sometimes off": ({HERE: home(A)}, {HERE: home(A), THERE: Spot({80: A}, (A,), CARD)}),
    "a pair with one address and a certificate each": ({HERE: home(ONE, 443)}, {HERE: home(TWO, 443, mac=A.mac)}),
    "two addresses behind a router": ({HERE: home(A, mac=None)}, {THERE: home(A, mac=None)}),
    "this computer on its network and elsewhere": ({HERE: home(A)}, {HERE: home(A, mac=None)}),
    "a camera that was replaced and comes back": ({HERE: home(A, mac=None)}, {HERE: home(B, mac=None)}),
}  # fmt: skip


def week_of(way: str, inventory: Inventory, wire: Wire, folder: Path, site: Site, week: int, yes: frozenset[str]) -> Outcome:
    """A search of what is there now, then a login."""
    wire.site = site
    if way == "window":
        keep(inventory, week, seen_of(site, week))
    return log_in(way, inventory, wire, folder, week, yes)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", STATES)
def test_nobody_is_asked_again_and_again(name: str, way: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    states = STATES[name]
    wire = Wire(states[0])
    wire.plug(monkeypatch)
    with known(tmp_path, wire.site) as inventory:
        yes, week = frozenset[str](), 1
        for _ in range(2):
            for site in states:
                for _ in range(3):  # What a search saw may be asked about, and then what is there now.
                    yes |= frozenset(week_of(way, inventory, wire, tmp_path, site, week, yes).asked.values())
                    week += 1
        for site in (*states, *states):
            outcome = week_of(way, inventory, wire, tmp_path, site, week, frozenset())
            week += 1
            assert (outcome.asked, {address for address, _ in outcome.told} <= set(site)) == ({}, True), outcome.said
            assert outcome.told


@pytest.mark.parametrize("way", WAYS)
def test_a_yes_to_an_extender_is_none_to_another_device_behind_it(
    way: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wire = Wire({HERE: home(A, mac=ROUTER)})
    wire.plug(monkeypatch)
    with known(tmp_path, wire.site) as inventory:
        yes, week = frozenset[str](), 1
        for mac in (ROUTER, EXTENDER) * 2:
            for _ in range(2):
                yes |= frozenset(week_of(way, inventory, wire, tmp_path, {HERE: home(A, mac=mac)}, week, yes).asked.values())
                week += 1
        for other in (
            Box(4, frozenset(), "B"),
            Box(4, frozenset(), "A"),
            replace(B, model="A"),
            replace(A, tells=frozenset({"uuid"}), number=5, id_of=1),
        ):
            for mac in (ROUTER, EXTENDER):
                outcome = week_of(way, inventory, wire, tmp_path, {HERE: home(other, mac=mac)}, week, frozenset())
                assert (outcome.told, len(outcome.asked)) == (set(), 1), outcome.said
                week += 1


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("mac", ["own", None])
def test_an_answer_that_one_search_lost_is_asked_for_again(
    mac: str | None, way: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    box = ONLY["uuid"]
    there = {HERE: home(box, mac=mac)}
    lost = {HERE: replace(there[HERE], udp=())}
    wire = Wire(there)
    wire.plug(monkeypatch)
    with known(tmp_path, there) as inventory:
        for week, seen in enumerate((there, lost, there, lost, lost), 1):
            if way == "window":
                keep(inventory, week, seen_of(seen, week))
            outcome = log_in(way, inventory, wire, tmp_path, week, seen=seen)
            assert (outcome.asked, outcome.told) == ({}, {(HERE, 80)}), outcome.said


@pytest.mark.parametrize("way", WAYS)
def test_a_yes_to_one_that_shows_nothing_any_more_is_kept(way: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wire = Wire({HERE: home(A, mac=None)})
    wire.plug(monkeypatch)
    with known(tmp_path, wire.site) as inventory:
        assert log_in(way, inventory, wire, tmp_path, 1).asked == {}
        site, yes = {HERE: home(PAGE, mac=None)}, frozenset[str]()
        for week in (2, 3):
            yes |= frozenset(week_of(way, inventory, wire, tmp_path, site, week, yes).asked.values())
        assert yes
        for week in (4, 5):
            outcome = week_of(way, inventory, wire, tmp_path, site, week, frozenset())
            assert (outcome.asked, outcome.told) == ({}, {(HERE, 80)}), outcome.said


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    ("before", "after"),
    [("Login to 6C01", "Login to 9Z99"), ("Login to 1760000000", "Login to 1799999999"), ("A", "B" * 1100), ("A", "A" * 300)],
)
def test_a_login_goes_for_no_other_realm_than_the_last(
    before: str, after: str, way: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What shares requests out by their path shows the mark and the page of one device, and takes the login to another."""
    box = replace(ONLY["serial"], front="<title>Gate</title>", model=before)
    wire = Wire({HERE: home(box, mac=None)})
    wire.plug(monkeypatch)
    with known(tmp_path, wire.site) as inventory:
        for week in (1, 2):
            assert log_in(way, inventory, wire, tmp_path, week).told == {(HERE, 80)}
        wire.site = {HERE: home(replace(box, model=after), mac=None)}
        first = log_in(way, inventory, wire, tmp_path, 3)
        assert (first.told, len(first.asked)) == (set(), 1)
        assert f"its login realm at port 80 was “{before}” and is “{after[:40]}" in first.said[HERE]
        assert log_in(way, inventory, wire, tmp_path, 4, frozenset(first.asked.values())).told == {(HERE, 80)}
        assert log_in(way, inventory, wire, tmp_path, 5).told == {(HERE, 80)}


@pytest.mark.parametrize("way", WAYS)
def test_a_yes_to_no_certificate_is_over_once_one_is_shown_again(
    way: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    safe = replace(ONLY["uuid"], certificate=True)
    doors = {80: replace(safe, certificate=False), 443: safe}
    near = {THERE: home(replace(PAGE, number=9), mac=None)}  # Which is read while a person is asked about the other.
    both, plain = ({HERE: Spot(some, (safe,), None), **near} for some in (doors, {80: doors[80]}))
    wire = Wire(both)
    wire.plug(monkeypatch)
    with known(tmp_path, both) as inventory:
        week = 1
        for site in (both, plain, both, both):
            outcome = week_of(way, inventory, wire, tmp_path, site, week, frozenset())
            yes = set[str]()
            while outcome.asked and len(yes) < 2:  # No search comes between. That port 443 is silent may be asked about first.
                yes.update(outcome.asked.values())
                outcome = log_in(way, inventory, wire, tmp_path, week + 1, frozenset(yes))
            week += 2
            assert HERE in {at for at, _ in outcome.told}, outcome.said
        outcome = week_of(way, inventory, wire, tmp_path, plain, week, frozenset())
        assert HERE not in {at for at, _ in outcome.told}
        assert NO_CERTIFICATE in outcome.said[HERE]


@pytest.mark.parametrize("way", WAYS)
def test_another_certificate_at_another_port_is_said(way: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one = replace(ONLY["serial"], certificate=True)
    wire = Wire({HERE: Spot({443: one, 8443: one}, (), None)})
    wire.plug(monkeypatch)
    with known(tmp_path, wire.site) as inventory:
        assert log_in(way, inventory, wire, tmp_path, 1).told == {(HERE, 443)}
        before = wire.site
        wire.site = {HERE: Spot({443: one, 8443: replace(one, number=7, serial=one.its_serial)}, (), None)}
        outcome = log_in(way, inventory, wire, tmp_path, 2, seen=before)
        assert (outcome.told, "its certificate at port 8443 is another" in outcome.said[HERE]) == (set(), True), outcome.said


@dataclass(frozen=True)
class Plain(Box):
    """A camera that asks for the password itself."""

    def answer(self, request: bytes) -> bytes:
        if b"\r\nAuthorization:" in request:
            return http(b"table.T2UServer.Enable=false\r\n")
        return http(b"", b'WWW-Authenticate: Basic realm="A"', status=b"401 Unauthorized")


@pytest.mark.parametrize("version", ["TLSv1.2", "TLSv1"])
def test_a_password_goes_over_no_old_tls_also_where_the_connection_was_open(
    version: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    wire = Wire({HERE: home(Plain(3, frozenset(), certificate=True), 443, mac=None)})
    wire.plug(monkeypatch)
    monkeypatch.setattr(Line, "tls_version", property(lambda _: version, lambda *_: None))
    target = Target(address=HERE, keys=("serial:a",), maker="dahua", web=(ServedPort("https", 443),))

    def sign_in(*yes: str) -> str:
        allowed = LoginAllowances(clear_in_tls=True, changed=frozenset(yes))
        turnstile = Turnstile("fast")
        asks = read_signed_in(target, Login("admin", "x"), Attempts(), lambda _: None, turnstile=turnstile, allowed=allowed)
        outcome = asyncio.run(asks)
        return outcome.ask or outcome.state

    last = sign_in(sign_in())
    assert (last, bool(wire.told)) == (("read", True) if version == "TLSv1.2" else ("held", False))


def test_a_yes_is_to_what_is_there_whatever_was_before() -> None:
    first, again, other = (
        changed(HERE, [f"its MAC address was {was} and is {now}"]).ask
        for was, now in ((ROUTER, CARD), (EXTENDER, CARD), (CARD, EXTENDER))
    )
    assert first == again != other
