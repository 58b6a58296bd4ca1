"""Reports of a part of the register: every one names its part, and counts nothing else."""

from __future__ import annotations

import csv
import io
import random
import re
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest

from camcensus.model.asset import Asset, Place
from camcensus.model.errors import StoreError
from camcensus.model.knowledge import Knowledge
from camcensus.model.plan import NOT_DATED
from camcensus.store.edits import batches
from camcensus.store.inventory import Inventory
from camcensus.tasks.register import verbs as register
from camcensus.tasks.register.plan import plan, plan_rows, planned
from camcensus.tasks.reports.catalogue import KINDS, Choices, Making, kind_called
from camcensus.tasks.reports.editions import Edition
from camcensus.tasks.reports.plan import in_plan
from camcensus.tasks.reports.scope import ReportScope, entries_called, file_words, looked_up, within, year_called, years_offered
from report.reading import Paper, read
from report_estate import NOW, ROOT, estate, knowledge
from report_writing import write

SCOPED = [kind for kind in KINDS if "scope" in kind.options]
EDITIONS = [(kind.name, audience) for kind in SCOPED for audience in kind.audiences]
LATER = NOW + timedelta(hours=1)


@pytest.fixture(scope="module")
def known() -> Knowledge:
    return knowledge()


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("estate") / "estate.camcensus"
    estate(path)
    return path


def paper_of(path: Path, known: Knowledge, kind: str, to: Path, scope: ReportScope, audience: str = "internal") -> Paper:
    with register.open_inventory(path, NOW, readonly=True) as inventory:
        return read(write(kind, inventory, known, to, now=LATER, scope=scope, audience=audience).path.read_bytes())


def floor_one(inventory: Inventory) -> tuple[Place, list[Asset]]:
    place = next(one for one in inventory.places() if one.name == "Floor 1")
    inside = within(inventory.places(), place.id)
    return place, [asset for asset in inventory.assets() if asset.place in inside]


def test_every_report_made_from_the_register_takes_a_scope() -> None:
    assert {kind.name for kind in KINDS} - {kind.name for kind in SCOPED} == {"floor", "it-notice"}


@pytest.mark.parametrize("edition", EDITIONS, ids="-".join)
def test_a_report_of_a_place_names_no_camera_of_another_and_says_so_first(
    whole: Path, known: Knowledge, tmp_path: Path, edition: tuple[str, str]
) -> None:
    kind, audience = edition
    with register.open_inventory(whole, NOW, readonly=True) as inventory:
        place, inside = floor_one(inventory)
        said = {asset.ref for asset in inside} | {asset.connected_ref for asset in inside}
        others = {asset.ref for asset in inventory.assets()} - said
    paper = paper_of(whole, known, kind, tmp_path / "a.pdf", ReportScope(place=place.id), audience)
    assert not {ref for ref in others if ref in paper.words}
    first = " ".join(" ".join(paper.pages[0].texts.values()).split())
    named = "Site 1 › Block 1 › Floor 1" if Edition(audience).gives("place") else "one place"  # type: ignore[arg-type]
    assert f"Part of the register: {named}, with all in it ({len(inside)} entries)." in first
    title = paper.reader.metadata.title or "" if paper.reader.metadata else ""
    assert ("Floor 1" if named != "one place" else "one place") in title
    assert not re.search(r"expected (?:about )?[0-9]|had been expected", paper.words), "how many were expected is of the whole"
    if named == "one place":
        assert "Floor 1" not in paper.words
        assert "Floor 1" not in title


def test_a_plan_of_one_camera_says_nothing_of_the_makers_of_others(whole: Path, known: Knowledge, tmp_path: Path) -> None:
    with register.open_inventory(whole, NOW, readonly=True) as inventory:
        rows = register.rows(inventory, known)
    free = next(row.asset for row in rows if row.asset.kind == "camera" and not row.findings)
    paper = paper_of(whole, known, "plan", tmp_path / "a.pdf", ReportScope(assets=(free.id,)))
    assert f"Part of the register: 1 entry that was chosen, {free.ref}." in paper.words
    assert "No maker of these devices is on a list" in paper.words
    assert not re.search(r"maker (?:in|of) this record", paper.words)


def test_what_a_part_does_not_have_is_not_said_of_the_whole_record(whole: Path, known: Knowledge, tmp_path: Path) -> None:
    with register.open_inventory(whole, NOW, readonly=True) as inventory:
        place, _ = floor_one(inventory)
    paper = paper_of(whole, known, "foi", tmp_path / "a.pdf", ReportScope(place=place.id))
    answers = [cells[1] for cells in paper.table("Question").cells if cells[1].startswith("For Site 1 › Block 1 › Floor 1: ")]
    assert len(answers) > 10
    assert not [one for one in answers if re.search(r"\b(?:is|newest) in (?:the|this) record", one)]
    assert "left to look at in this record" not in paper.words


def test_answers_about_a_few_cameras_are_for_us_alone(whole: Path, known: Knowledge, tmp_path: Path) -> None:
    with register.open_inventory(whole, NOW, readonly=True) as inventory:
        cameras = [one.id for one in inventory.assets() if one.kind == "camera" and one.status != "removed"]
    few, enough = ReportScope(assets=tuple(cameras[:4])), ReportScope(assets=tuple(cameras[:5]))
    assert paper_of(whole, known, "foi", tmp_path / "a.pdf", few).pages
    assert paper_of(whole, known, "foi", tmp_path / "b.pdf", enough, "public").pages
    with pytest.raises(StoreError, match="This part has 4 cameras"):
        paper_of(whole, known, "foi", tmp_path / "c.pdf", few, "public")
    assert not (tmp_path / "c.pdf").exists()


def test_parts_add_up_to_the_whole_register(whole: Path, known: Knowledge, tmp_path: Path) -> None:
    with register.open_inventory(whole, NOW, readonly=True) as inventory:
        ids = [asset.id for asset in inventory.assets()]
    chance = random.Random(19)
    chance.shuffle(ids)
    wanted = ("Cameras", "Recorders", "Made by listed makers", "Maker not known", "Not decided")

    def totals(scope: ReportScope) -> Counter[str]:
        cells = paper_of(whole, known, "register", tmp_path / "a.pdf", scope).table("Place").cells
        found = Counter[str]()
        for row in cells[1:]:
            for head, number in zip(cells[0], row, strict=True):
                if head in wanted and row[0] != "Total":
                    found[head] += int(number)
        return found

    everything = totals(ReportScope())
    assert set(+everything) == set(wanted)
    assert sum((totals(ReportScope(assets=tuple(ids[at::3]))) for at in range(3)), Counter()) == everything


@pytest.mark.parametrize("seed", range(12))
def test_the_money_of_parts_is_the_money_of_the_whole_but_for_what_belongs_to_no_entry(
    whole: Path, known: Knowledge, tmp_path: Path, seed: int
) -> None:
    chance = random.Random(seed)
    path = tmp_path / "a.camcensus"
    path.write_bytes(whole.read_bytes())
    with register.open_inventory(path, NOW) as inventory:
        for batch in [one for one in plan(inventory, known, LATER).batches if one.acting]:
            if chance.random() < 0.6:
                typed = {"unit": chance.randint(1, 90_000), "fitting": chance.randint(0, 9_000)}
                typed |= {"quantity": chance.randint(0, len(batch.assets))} if chance.random() < 0.4 else {}
                inventory.do(batches.set_fields([batch], typed), by="Sam", now=NOW)
        rows = register.rows(inventory, known)
        given = plan_rows(rows, known)
        everything = planned(inventory, given, LATER)
        ids = [row.asset.id for row in rows]
        chance.shuffle(ids)
        cut = chance.randint(1, len(ids) - 1)
        parts = []
        for some in (ids[:cut], ids[cut:]):
            part = looked_up(ReportScope(assets=tuple(some)), inventory, known, rows, now=LATER, edition=Edition("internal"))
            parts.append(planned(inventory, given, LATER, scope=in_plan(part)))
    asked = 0
    for batch in everything.batches:
        whole_in_one = any(batch.id in {one.id for one in part.batches if one.assets == batch.assets} for part in parts)
        number = batch.quantity if whole_in_one else min(batch.quantity, len(batch.assets))
        asked += number * ((batch.unit or 0) + (batch.fitting or 0)) if batch.acting and batch.total is not None else 0
    assert sum(part.total.equipment + part.total.fitting for part in parts) == asked
    assert sum(len(part.items) for part in parts) == len(everything.items)
    for part in parts:
        assert not part.lines
        held = {item.asset for item in (*part.items, *part.kept, *part.undecided, *part.taken_out)}
        assert all(set(batch.assets) <= held for batch in part.batches)
        assert sum(year.total for year in part.years) == part.total.total


def test_years_part_the_plan_with_its_own_lines_and_its_table_is_the_same(
    whole: Path, known: Knowledge, tmp_path: Path
) -> None:
    with register.open_inventory(whole, NOW, readonly=True) as inventory:
        everything = plan(inventory, known, LATER)
        refs: list[str] = []
        for year in {item.year or NOT_DATED for item in everything.items}:
            making = Making(
                inventory=inventory, knowledge=known, path=tmp_path / "a.csv", data_dir=ROOT, now=LATER,
                choices=Choices(scope=ReportScope(year=year)),
            )  # fmt: skip
            make = kind_called("plan").csv
            assert make is not None
            rows = list(csv.DictReader(io.StringIO(make(making).path.read_bytes().decode("utf-8-sig"))))
            assert {row["financial_year"] or NOT_DATED for row in rows} == {year}
            refs += [row["ref"] for row in rows if row["ref"]]
    assert sorted(refs) == sorted(item.ref for item in everything.items)


def test_a_part_that_is_not_there_is_one_sentence(whole: Path, known: Knowledge, tmp_path: Path) -> None:
    with register.open_inventory(whole, NOW, readonly=True) as inventory:
        empty = next(one for one in inventory.places() if one.name == "Room 11")
        for scope, said in (
            (ReportScope(place="gone"), "no longer in the record"),
            (ReportScope(year="2091-92"), "The plan has no camera or recorder in 2091-92. It has work in "),
            (ReportScope(place=empty.id), "The register has nothing in Site 1 › Block 2 › Floor 0 › Room 11"),
        ):
            with pytest.raises(StoreError, match=said):
                write("register", inventory, known, tmp_path / "a.pdf", now=LATER, scope=scope)
        with pytest.raises(StoreError, match="printed as a whole"):
            write("plan", inventory, known, tmp_path / "a.pdf", now=LATER, scope=ReportScope(year="2026-27"), version=1)
        written = write("walkround", inventory, known, tmp_path / "b.pdf", now=LATER, scope=ReportScope(place=empty.id))
        assert "Room 11" in read(written.path.read_bytes()).words


def test_what_is_typed_for_a_part_is_found(whole: Path) -> None:
    with register.open_inventory(whole, NOW, readonly=True) as inventory:
        assert (
            year_called(inventory, "2027")
            == year_called(inventory, "2027/28")
            == year_called(inventory, " 2027-28")
            == "2027-28"
        )
        assert year_called(inventory, "no year yet") == NOT_DATED
        assert years_offered(inventory.assets(), inventory.body.year_starts, NOW.date())[0] == "2026-27"
        assets = inventory.assets()
        assert entries_called(assets, [" cam-002", assets[0].id, "", "CAM-002"]) == (assets[1].id, assets[0].id)
        for wrong in (["CAM-999"], [""], ["CAM-001", "CAM-999"]):
            with pytest.raises(StoreError, match="give refs like CAM-003"):
                entries_called(assets, wrong)
        with pytest.raises(StoreError, match="is not a year"):
            year_called(inventory, "soon")
        place, _ = floor_one(inventory)
        assert file_words(ReportScope(place=place.id), inventory.places(), Edition("internal")) == "floor-1"
        assert file_words(ReportScope(place=place.id), inventory.places(), Edition("public")) == "one-place"
        assert file_words(ReportScope(assets=("a", "b")), (), Edition("supplier")) == "2-chosen-entries"
        assert file_words(ReportScope(year="2026-27"), (), Edition("public")) == "2026-27"
        assert file_words(ReportScope(), (), Edition("public")) == ""
