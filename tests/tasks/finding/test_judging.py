"""Re-checking under other knowledge: what changed, from what, to what, and why – kept, or only told."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pypdf
import pytest

from camcensus.model.device import may_be_camera
from camcensus.model.knowledge import Knowledge
from camcensus.model.statements import Named, Statement
from camcensus.store.edits import tagging
from camcensus.store.inventory import Inventory
from camcensus.store.vendors_db.read import load_knowledge
from camcensus.tasks.finding.census import Census, judge
from camcensus.tasks.finding.judging import changed_by, ref_prefix
from camcensus.tasks.register import plan
from camcensus.tasks.register import verbs as register
from camcensus.tasks.tables import inventory_text
from camcensus.wire.read import read
from report_writing import write
from samples import LATER, NOW, body, observation, packet, scan


@pytest.fixture(scope="module")
def knowledge(data_dir: Path) -> Knowledge:
    return load_knowledge(data_dir / "vendors.db")


@pytest.fixture
def inventory(tmp_path: Path, knowledge: Knowledge) -> Iterator[Inventory]:
    """A Dahua camera, a Hikvision recorder and a printer."""
    packets = {31: ("dhip", "dhip/camera"), 4: ("sadp", "sadp/recorder"), 60: ("mdns", "mdns/printer")}
    seen = []
    for number, (probe, name) in packets.items():
        raw = packet(name)
        seen.append(observation(number, probe=probe, ask=None, port=None, raw=raw, reading=read(probe, None, raw)))
    with register.new_inventory(tmp_path / "a.camcensus", body(), NOW) as made:
        census = Census(scan=scan(), observations=tuple(seen), verdicts=judge(seen, knowledge))
        register.save_census(made, census, knowledge, NOW)
        yield made


def newer(knowledge: Knowledge, **changes: object) -> Knowledge:
    return replace(knowledge, version="2030.01.01+00000000", **changes)  # type: ignore[arg-type]


def named(knowledge: Knowledge, **makers: tuple[str, ...]) -> dict[str, Statement]:
    """The statements, where those given by id name other makers."""
    return dict(knowledge.statements) | {
        identity: replace(knowledge.lists[identity], names=tuple(Named(one, "", "all", None, "s") for one in each))
        for identity, each in makers.items()
    }


def without(knowledge: Knowledge, sign: str) -> Knowledge:
    kept = tuple(one for one in knowledge.fingerprints if not one.id.startswith(sign))
    assert kept != knowledge.fingerprints
    return newer(knowledge, fingerprints=kept)


def test_a_maker_newly_on_a_list_is_told_with_was_is_and_why(inventory: Inventory, knowledge: Knowledge) -> None:
    there = sum(bool(one.naming(("dahua",))) for one in knowledge.lists.values())
    (change,) = register.would_change(inventory, knowledge, newer(knowledge, statements=named(knowledge, own=("dahua",))))
    assert (change.ref, change.address, change.at) == ("CAM-001", "10.0.0.31", None)
    assert change.was.startswith("Camera, Dahua – Almost certain")
    assert f"; on {there} lists" in change.was
    assert f"; on {there + 1} lists" in change.is_now
    assert change.why == f"Dahua is on “{knowledge.lists['own'].title}” now."


def test_a_sign_that_is_taken_away_is_told(inventory: Inventory, knowledge: Knowledge) -> None:
    changes = register.would_change(inventory, knowledge, without(knowledge, "dhip."))
    (change,) = [one for one in changes if one.ref == "CAM-001"]
    assert change.was != change.is_now
    assert change.why.startswith("A sign that no longer counts: It answers")
    (back,) = [one for one in register.would_change(inventory, without(knowledge, "dhip."), knowledge) if one.ref == "CAM-001"]
    assert (back.was, back.is_now) == (change.is_now, change.was)
    assert back.why.startswith("A sign that is new: It answers")


def test_a_sign_that_is_weighed_otherwise_is_told(inventory: Inventory, knowledge: Knowledge) -> None:
    weaker = tuple(
        replace(one, strength="weak", verified=False) if one.kind.startswith("dhip.") else one for one in knowledge.fingerprints
    )
    (change,) = [
        one
        for one in register.would_change(inventory, knowledge, newer(knowledge, fingerprints=weaker))
        if one.ref == "CAM-001"
    ]
    assert "A sign that is weighed otherwise: It answers" in change.why


def test_equal_knowledge_would_change_nothing(inventory: Inventory, knowledge: Knowledge) -> None:
    assert register.would_change(inventory, knowledge, newer(knowledge)) == ()


def test_telling_writes_nothing(inventory: Inventory, knowledge: Knowledge) -> None:
    before = inventory.path.read_bytes(), inventory.judged(), inventory.changes()
    register.would_change(inventory, knowledge, without(knowledge, "dhip."))
    register.judged_now(inventory, newer(knowledge))
    assert (inventory.path.read_bytes(), inventory.judged(), inventory.changes()) == before


def test_what_would_change_is_what_does_and_is_kept_with_why(inventory: Inventory, knowledge: Knowledge) -> None:
    other = without(knowledge, "dhip.")
    told = register.would_change(inventory, knowledge, other)
    register.reassess(inventory, other, LATER)
    kept = register.answer_changes(inventory)
    assert {(one.device, one.was, one.is_now) for one in kept} == {(one.device, one.was, one.is_now) for one in told}
    (mine,) = [one for one in kept if one.ref == "CAM-001"]
    assert mine.at == "2026-12-01T09:00:00Z"
    assert mine.why.startswith(
        f"Re-checked with knowledge {other.version} (before: {knowledge.version}). A sign that no longer"
    )


def test_a_maker_taken_off_a_list_is_kept_as_a_change(inventory: Inventory, knowledge: Knowledge) -> None:
    fewer = newer(knowledge, statements=named(knowledge, **{"uk-fac-2021": ()}))
    register.reassess(inventory, fewer, LATER)
    whys = {one.ref: one.why for one in register.answer_changes(inventory)}
    assert whys["CAM-001"].endswith(f"Dahua is no longer on “{knowledge.lists['uk-fac-2021'].title}”.")
    assert whys["REC-001"].endswith(f"Hikvision is no longer on “{knowledge.lists['uk-fac-2021'].title}”.")


def test_one_list_in_place_of_another_is_kept_as_a_change(inventory: Inventory, knowledge: Knowledge) -> None:
    makers = tuple(one.manufacturer for one in knowledge.lists["uk-fac-2021"].names)
    swapped = named(knowledge, **{"uk-fac-2021": (), "own": makers})
    told = register.would_change(inventory, knowledge, newer(knowledge, statements=swapped))
    titles = [knowledge.lists[name].title for name in ("own", "uk-fac-2021")]
    why = "Dahua is on “{}” now. Dahua is no longer on “{}”.".format(*titles)
    assert {one.why for one in told if one.ref == "CAM-001"} == {why}
    register.reassess(inventory, newer(knowledge, statements=swapped), LATER)
    (kept,) = [one for one in register.answer_changes(inventory) if one.ref == "CAM-001"]
    assert kept.was == kept.is_now
    assert kept.why.endswith(why)


def test_nothing_changed_is_no_row(inventory: Inventory, knowledge: Knowledge) -> None:
    assert register.answer_changes(inventory) == ()
    register.reassess(inventory, newer(knowledge), LATER)
    assert register.answer_changes(inventory) == ()


def test_rows_can_be_shown_as_newer_knowledge_judges_them(inventory: Inventory, knowledge: Knowledge) -> None:
    other = without(knowledge, "dhip.")
    assert all(row.stale for row in register.rows(inventory, other))
    answers = register.judged_now(inventory, other)
    assert len(answers) == 3
    rows = register.rows(inventory, other, answers)
    assert not any(row.stale for row in rows)
    by_ref = {row.asset.ref: row.verdict for row in rows}
    dahua = by_ref["CAM-001"]
    assert dahua is not None
    assert dahua.attribution.knowledge_version == other.version
    assert dahua.attribution.grade != "almost-certain"
    (printer,) = register.others(inventory, answers)
    assert printer.attribution.knowledge_version == other.version


def test_a_device_that_lost_its_answer_in_a_damaged_file_is_shown(inventory: Inventory, knowledge: Knowledge) -> None:
    lost = next(iter(inventory.verdicts()))
    inventory.close()
    with contextlib.closing(sqlite3.connect(inventory.path, isolation_level=None)) as db:
        db.execute("DELETE FROM judgement WHERE device = ?", [lost])
    other = without(knowledge, "dhip.")
    with register.open_inventory(inventory.path, LATER) as damaged:
        answers = register.judged_now(damaged, other)
        assert lost in answers
        told = {one.device for one in changed_by(damaged, answers, other)}
        assert lost not in told
        assert told
        assert register.would_change(damaged, knowledge, other)
        register.reassess(damaged, other, LATER)
        assert len(damaged.verdicts()) == 3


def test_the_plan_is_judged_by_the_knowledge_it_names(inventory: Inventory, knowledge: Knowledge) -> None:
    asset = next(row.asset for row in register.rows(inventory, knowledge) if row.asset.ref == "CAM-001")
    inventory.do(tagging.decide([asset.id], "replace", year="2026-27"), by="S. Okafor", now=LATER)
    unlisted = newer(knowledge, statements={})
    for known, lists in ((knowledge, True), (unlisted, False)):
        (item,) = plan.plan(inventory, known, LATER).items
        assert bool(item.listed_on) is lists


@pytest.mark.parametrize(("mac", "counts"), [("00:0a:eb:00:00:01", False), ("44:19:b6:00:00:01", True)])
def test_a_block_of_numbers_that_is_in_switches_too_makes_nothing_a_camera(
    knowledge: Knowledge, mac: str, counts: bool
) -> None:
    page = b"HTTP/1.1 200 OK\r\nServer: GoAhead-Webs\r\n\r\n<title>Switch</title>"
    (verdict,) = judge([observation(50, raw=page, mac=mac, reading=read("http", "GET /", page))], knowledge)
    assert verdict.attribution.candidates
    assert may_be_camera(verdict.description.kind) is counts
    assert ref_prefix(verdict) == ("CAM" if counts else None)


def test_what_a_list_update_changed_is_one_sentence_in_history_show_and_the_next_report(
    inventory: Inventory, knowledge: Knowledge, tmp_path: Path
) -> None:
    fewer = newer(knowledge, statements=named(knowledge, **dict.fromkeys(knowledge.lists, ())))
    sentence = "Since the lists of 1 January 2030, 2 devices are no longer listed: "

    def shown() -> str:
        answers = register.judged_now(inventory, fewer)
        rows = register.rows(inventory, fewer, answers)
        return inventory_text(inventory, rows, fewer, register.enabled_lists(inventory, fewer), answers)

    def paper(kind: str, edition: str = "internal") -> str:
        path = tmp_path / f"{kind}.pdf"
        write(kind, inventory, fewer, path, audience=edition, now=LATER)
        return " ".join(pypdf.PdfReader(path).pages[0].extract_text().split())

    assert sentence in shown()
    assert sentence in paper("register")
    assert sentence not in paper("register", "supplier")
    register.reassess(inventory, fewer, LATER)
    assert sentence in inventory.changes()[0].say
    assert "Dahua is no longer on" in inventory.changes()[0].say
    assert sentence in shown()
    assert sentence in paper("plan")
    inventory.note_report("plan", "Report written", None, LATER)
    assert sentence not in shown()
    assert sentence not in paper("plan")


def test_a_list_that_is_switched_off_is_no_news(inventory: Inventory, knowledge: Knowledge) -> None:
    on = {entry.id for entry in knowledge.lists.values() if entry.default_on}
    off = {identity: () for identity in knowledge.lists.keys() - on}
    register.reassess(inventory, newer(knowledge, statements=named(knowledge, **off)), LATER)
    assert "listed" not in inventory.changes()[0].say
