"""A row with several ports: a login that cannot go to one goes to no other device at another."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from camcensus.discovery.web_login import QUESTIONS
from tasks.finding.networks import Box, Spot, Wire, home, log_in, seen_of
from tasks.finding.test_doors import HERE, OTHER_PAGE, PAGE, WAYS, known
from tasks.finding.test_known_by import keep

RECORDER, CAMERA = Box(30, frozenset({"uuid", "dhip"})), Box(31, frozenset({"serial"}), "B")
SAFE = replace(OTHER_PAGE, certificate=True)
NVR = Spot({80: RECORDER, 8080: CAMERA}, (RECORDER,), RECORDER.mac, says=80)
OTHERS: dict[str, tuple[Spot, int]] = {
    "a recorder's camera, on this network": (NVR, 8080),
    "behind a router": (replace(NVR, mac=None), 8080),
    "beside a recorder that shows its page alone": (replace(NVR, doors={80: PAGE, 8080: CAMERA}, udp=()), 8080),
    "with a certificate": (replace(NVR, doors={80: RECORDER, 8443: replace(CAMERA, certificate=True)}), 8443),
    "two with a certificate and nothing else": (replace(NVR, doors={443: replace(PAGE, certificate=True), 8443: SAFE}, udp=(), mac=None), 8443),
    "at the usual port, beside a recorder at another": (replace(NVR, doors={8000: RECORDER, 80: CAMERA}, says=8000), 80),
}  # fmt: skip


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("when", ["first", "later", "searched"])
@pytest.mark.parametrize("name", OTHERS)
def test_where_a_device_does_not_answer_another_at_its_address_gets_no_login(
    name: str, when: str, way: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, port = OTHERS[name]
    closed = replace(before, doors={port: before.doors[port]})
    wire = Wire({HERE: before})
    wire.plug(monkeypatch)
    with known(tmp_path, wire.site) as inventory:
        week = 1
        if when != "first":
            yes = frozenset[str]()
            for week in (1, 2, 3):
                outcome = log_in(way, inventory, wire, tmp_path, week, yes)
                yes |= {ask for (_, _), ask in outcome.asked.items()}
                assert (HERE, port) not in outcome.told
        wire.site, seen = {HERE: closed}, before
        if when == "searched":
            seen = closed
            if way == "window":
                keep(inventory, 4, seen_of(wire.site, 4))
        outcome = log_in(way, inventory, wire, tmp_path, week + 4, seen={HERE: seen})
    assert outcome.told == set(), outcome.said


LINKED: dict[str, tuple[Spot, Spot, bool]] = {
    "a page that moved, of one whose MAC address the network shows": (home(RECORDER), home(RECORDER, 8080), True),
    "one with its serial number at both": (home(CAMERA, 80, 8080, mac=None), home(CAMERA, 8080, mac=None), False),
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", LINKED)
def test_a_port_that_shows_the_same_is_the_device_s_own(
    name: str, way: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, after, is_searched = LINKED[name]
    wire = Wire({HERE: after})
    wire.plug(monkeypatch)
    with known(tmp_path, {HERE: before}) as inventory:
        if way == "window" and is_searched:
            keep(inventory, 1, seen_of(wire.site, 1))
        outcome = log_in(way, inventory, wire, tmp_path, 2, seen=wire.site if is_searched else {HERE: before})
    assert (outcome.asked, outcome.told) == ({}, {(HERE, 8080)}), outcome.said


@pytest.mark.parametrize("way", WAYS)
def test_a_port_that_tells_another_serial_number_is_asked_about_once(
    way: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the recorder answers, and does not speak its maker's language."""
    deaf = Spot({80: PAGE, 8080: CAMERA}, (RECORDER,), RECORDER.mac, says=80)
    wire = Wire({HERE: deaf})
    wire.plug(monkeypatch)
    monkeypatch.setattr(Box, "answer", deafly)
    with known(tmp_path, wire.site) as inventory:
        first = log_in(way, inventory, wire, tmp_path, 1)
        assert (first.told, len(first.asked)) == (set(), 1), first.said
        assert f"port 8080 tells that it is another device’s than port 80 ({CAMERA.its_serial.lower()})" in first.said[HERE]
        assert log_in(way, inventory, wire, tmp_path, 2, frozenset(first.asked.values())).told == {(HERE, 8080)}
        again = log_in(way, inventory, wire, tmp_path, 3)
        assert (again.told, again.asked) == ({(HERE, 8080)}, {})


answer = Box.answer


def deafly(box: Box, request: bytes) -> bytes:
    """A page without the maker's own interface."""
    known_paths = [question.path.encode() for question in QUESTIONS["dahua"]]
    is_its_own = any(path in request for path in known_paths)
    return b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n" if box == PAGE and is_its_own else answer(box, request)
