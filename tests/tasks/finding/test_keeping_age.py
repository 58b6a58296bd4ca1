"""A device known for long: what it told counts on a bad day, what it tells no more goes, and its answer is one by any way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from camcensus.identity.latest_replies import SEARCHES
from camcensus.model.device import Observation
from camcensus.model.knowledge import Knowledge
from camcensus.model.words import utc_second
from camcensus.store.inventory import Inventory
from camcensus.store.vendors_db.read import load_knowledge
from camcensus.tasks.finding.census import Census, judge
from camcensus.tasks.register import by_hand as hand
from camcensus.tasks.register import verbs as register
from camcensus.wire.read import read
from samples import NOW, body, observation, packet, scan

MAC = "3c:ef:8c:00:00:01"


@pytest.fixture(scope="module")
def knowledge(data_dir: Path) -> Knowledge:
    return load_knowledge(data_dir / "vendors.db")


@pytest.fixture
def inventory(tmp_path: Path) -> Iterator[Inventory]:
    with register.new_inventory(tmp_path / "a.camcensus", body(), NOW) as made:
        yield made


def said(day: int, probe: str, raw: bytes, ask: str | None = None, port: int | None = None) -> Observation:
    at = utc_second(NOW + timedelta(days=day))
    return observation(31, probe=probe, ask=ask, port=port, raw=raw, at=at, mac=MAC, reading=read(probe, ask, raw))


def page(day: int, server: str) -> Observation:
    raw = f"HTTP/1.1 200 OK\r\nServer: {server}\r\nX-Clock: {day}\r\n\r\n".encode()
    return said(day, "http", raw, "GET /", 80)


def found(inventory: Inventory, knowledge: Knowledge, day: int, *seen: Observation) -> None:
    census = Census(scan=scan(f"scan-{day}"), observations=seen, verdicts=judge(seen, knowledge))
    register.save_census(inventory, census, knowledge, NOW + timedelta(days=day))


def test_what_it_told_once_counts_however_often_it_answers_less(inventory: Inventory, knowledge: Knowledge) -> None:
    found(inventory, knowledge, 0, said(0, "dhip", packet("dhip/camera")), page(0, "Webs"))
    (first,) = inventory.verdicts().values()
    for day in range(1, 3 * SEARCHES):
        found(inventory, knowledge, day, page(day, "Webs"))
    (last,) = inventory.verdicts().values()
    assert (last.attribution.manufacturer, last.attribution.grade) == ("dahua", first.attribution.grade)
    assert last.description.model == first.description.model
    assert "dhip" in last.description.probes_answered
    assert last.description.first_seen == utc_second(NOW)
    assert last.description.last_seen == utc_second(NOW + timedelta(days=3 * SEARCHES - 1))


def test_the_signs_shown_point_to_replies_that_are_kept(inventory: Inventory, knowledge: Knowledge) -> None:
    for day in range(2 * SEARCHES):
        found(inventory, knowledge, day, said(day, "dhip", packet("dhip/camera")), page(day, "Webs"))
    ((device, answer),) = inventory.verdicts().items()
    latest_replies = {one.id for _, seen in inventory.latest_replies([device]) for one in seen}
    assert {one.reply for one in answer.attribution.evidence} <= latest_replies
    assert latest_replies < {one.id for one in inventory.observations(device)}


def test_what_a_question_gets_no_more_is_forgotten_after_so_many_searches(inventory: Inventory, knowledge: Knowledge) -> None:
    def old(day: int) -> Observation:
        return said(day, "ssdp", f"HTTP/1.1 200 OK\r\nSERVER: Old/1.{day}\r\nST: x\r\n\r\n".encode(), None, 1900)

    def new(day: int) -> Observation:
        return said(day, "ssdp", f"HTTP/1.1 200 OK\r\nSERVER: New/2.{day}\r\nST: x\r\n\r\n".encode(), None, 1900)

    found(inventory, knowledge, 0, said(0, "dhip", packet("dhip/camera")), old(0))
    (device,) = inventory.verdicts()

    def servers() -> set[bytes]:
        return {
            one.raw.split(b"SERVER: ")[1][:3]
            for _, seen in inventory.latest_replies([device])
            for one in seen
            if one.probe == "ssdp"
        }

    for day in range(1, SEARCHES):
        found(inventory, knowledge, day, said(day, "dhip", packet("dhip/camera")), new(day))
    assert servers() == {b"Old", b"New"}
    found(inventory, knowledge, SEARCHES, said(SEARCHES, "dhip", packet("dhip/camera")), new(SEARCHES))
    assert servers() == {b"New"}


def test_judging_again_gives_what_keeping_gave(inventory: Inventory, knowledge: Knowledge) -> None:
    for day in range(2 * SEARCHES + 3):
        seen = [page(day, "Webs" if day % 3 else "nginx")]
        if day % 2:
            seen.append(said(day, "dhip", packet("dhip/camera")))
        found(inventory, knowledge, day, *seen)
        ((device, kept),) = inventory.verdicts().items()
        (again,) = register.judged_now(inventory, knowledge, [device]).values()
        assert replace(again, device=kept.device) == kept
    assert register.would_change(inventory, knowledge, replace(knowledge, version="2030.01.01+00000000")) == ()


def test_what_a_person_read_counts_for_ever(inventory: Inventory, knowledge: Knowledge) -> None:
    found(inventory, knowledge, 0, said(0, "dhip", packet("dhip/camera")))
    (row,) = inventory.assets()
    register.do(
        inventory, knowledge, hand.read_label(knowledge, row.id, basis="label", model="DH-LABEL-1"), by="S. Okafor", now=NOW
    )
    for day in range(1, 2 * SEARCHES):
        found(inventory, knowledge, day, said(day, "dhip", packet("dhip/camera")), page(day, "Webs"))
    (last,) = inventory.verdicts().values()
    assert last.description.model == "DH-LABEL-1"
