"""Brands that an organisation recorded: they make an answer likely, never certain, and never against what a device shows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from camcensus.model.device import Observation
from camcensus.model.errors import DamagedFileError, StoreError
from camcensus.model.knowledge import BrandRecord, Knowledge
from camcensus.store.edits import settings
from camcensus.store.inventory import Inventory
from camcensus.store.own_list import OwnBrand
from camcensus.store.vendors_db.read import load_knowledge
from camcensus.tasks.finding.census import Census, judge
from camcensus.tasks.knowledge.makers import brand_page
from camcensus.tasks.knowledge.own_knowledge import with_own_brands
from camcensus.tasks.register import by_hand as hand
from camcensus.tasks.register import verbs as register
from camcensus.tasks.register.alike import do
from camcensus.tasks.register.lists import add_brands, remove_brand
from camcensus.wire.read import read
from samples import LATER, NOW, body, observation, packet, scan

FENVIEW = OwnBrand("Fenview", "dahua", "supplier-letter", "Fenland Security Ltd", "3/5/2026", "R. Khan")
RECORDED = "your organisation recorded that Fenview is made by Dahua (letter from the supplier, 3 May 2026)"


@pytest.fixture(scope="module")
def knowledge(data_dir: Path) -> Knowledge:
    return load_knowledge(data_dir / "vendors.db")


def calls_itself(number: int, name: str) -> Observation:
    """A camera that gives this name as its manufacturer in its ONVIF answer."""
    own = {b"Pelco": name.encode(), b"D6230L": b"FV-2", b"2.9.0.4.9340-A0.0": b"1.0", b"J000001": b"F%06d" % number}
    raw = packet("onvif/device-information-pelco").replace(b"00:04:7D:00:00:01", b"02:00:00:00:00:%02x" % number)
    for was, is_now in own.items():
        raw = raw.replace(was, is_now)
    probe = "onvif.GetDeviceInformation"
    return observation(number, probe=probe, ask=None, raw=raw, reading=read(probe, None, raw))


def census(seen: Sequence[Observation], knowledge: Knowledge, name: str = "scan-1") -> Census:
    return Census(scan=scan(name), observations=tuple(seen), verdicts=judge(seen, knowledge))


@pytest.fixture
def inventory(tmp_path: Path, knowledge: Knowledge) -> Iterator[Inventory]:
    """A camera that calls itself Fenview, and a Hikvision recorder."""
    recorder = observation(4, probe="sadp", ask=None, port=None, raw=packet("sadp/recorder"))
    seen = [calls_itself(31, "Fenview"), replace(recorder, reading=read(recorder.probe, None, recorder.raw))]
    with register.new_inventory(tmp_path / "a.camcensus", body(), NOW) as made:
        register.save_census(made, census(seen, knowledge), knowledge, NOW)
        yield made


def answer(inventory: Inventory, ref: str = "CAM-001") -> tuple[str | None, str, str]:
    device = next(asset.device for asset in inventory.assets() if asset.ref == ref)
    attribution = inventory.verdicts()[device or ""].attribution
    return attribution.manufacturer, attribution.grade, attribution.reason


def test_a_brand_that_was_recorded_makes_its_maker_likely_and_says_whose_word_it_is(
    inventory: Inventory, knowledge: Knowledge
) -> None:
    before = answer(inventory)
    assert before[:2] == (None, "unknown")
    changes = do(inventory, knowledge, add_brands(knowledge, [FENVIEW]), by=FENVIEW.by, now=LATER)
    assert changes.say == "Fenview saved as a brand."
    assert len(changes.assets) == 1
    maker, grade, reason = answer(inventory)
    assert (maker, grade) == ("dahua", "likely")
    assert RECORDED in reason
    assert "Khan" not in reason
    assert "Fenland" not in reason
    (row,) = [row for row in register.rows(inventory, knowledge) if row.asset.ref == "CAM-001"]
    assert row.state == "listed"


def test_it_is_taken_back_and_done_again_with_its_answers(inventory: Inventory, knowledge: Knowledge) -> None:
    before = answer(inventory)
    do(inventory, knowledge, add_brands(knowledge, [FENVIEW]), by=FENVIEW.by, now=LATER)
    after = answer(inventory)
    register.undo(inventory, knowledge, LATER)
    assert (answer(inventory), inventory.own_brands()) == (before, ())
    register.redo(inventory, knowledge, LATER)
    assert answer(inventory) == after
    do(inventory, knowledge, remove_brand("FENVIEW"), by="R. Khan", now=LATER)
    assert (answer(inventory), inventory.own_brands()) == (before, ())


def test_a_brand_that_a_person_read_on_the_label_counts_too(inventory: Inventory, knowledge: Knowledge) -> None:
    changes = register.do(
        inventory, knowledge, hand.add_rows(knowledge, [register.HandRow(brand="Marshvue")], "R. Khan"), by="R. Khan", now=LATER
    )
    ref = next(asset.ref for asset in inventory.assets(changes.assets))
    assert answer(inventory, ref)[0] is None
    do(inventory, knowledge, add_brands(knowledge, [replace(FENVIEW, name="Marshvue")]), by=FENVIEW.by, now=LATER)
    maker, grade, reason = answer(inventory, ref)
    assert (maker, grade) == ("dahua", "likely")
    assert "the label says Marshvue, and your organisation recorded that Marshvue is made by Dahua" in reason


def test_it_never_says_more_than_what_a_device_shows_of_its_maker(inventory: Inventory, knowledge: Knowledge) -> None:
    before = answer(inventory, "REC-001")
    assert before[:2] == ("hikvision", "almost-certain")
    device = next(asset.id for asset in inventory.assets() if asset.ref == "REC-001")
    register.do(
        inventory, knowledge, hand.read_label(knowledge, device, basis="label", brand="Fenview"), by="R. Khan", now=LATER
    )
    do(inventory, knowledge, add_brands(knowledge, [FENVIEW]), by=FENVIEW.by, now=LATER)
    assert answer(inventory, "REC-001")[:2] == before[:2]


def test_a_letter_that_names_another_maker_of_one_camera_weighs_more(inventory: Inventory, knowledge: Knowledge) -> None:
    do(inventory, knowledge, add_brands(knowledge, [FENVIEW]), by=FENVIEW.by, now=LATER)
    asset = next(asset.id for asset in inventory.assets() if asset.ref == "CAM-001")
    register.do(
        inventory,
        knowledge,
        hand.read_label(knowledge, asset, basis="maker-letter", manufacturer="Uniview"),
        by="R. Khan",
        now=LATER,
    )
    assert answer(inventory)[:2] == ("uniview", "confirmed")


def test_against_what_the_knowledge_base_holds_of_a_brand_the_signs_disagree(
    inventory: Inventory, knowledge: Knowledge
) -> None:
    shown = BrandRecord(
        "hillview", "Hillview", "dahua", "oem_rebrand", None, None, None, False, "maker", "All of it.", "ieee-registry", True
    )
    names = {"brand_names": {**knowledge.brand_names, "hillview": "Hillview"}}
    knowledge = replace(
        knowledge,
        brands=(*knowledge.brands, shown),
        brand_spellings={**knowledge.brand_spellings, "hillview": "hillview"},
        **names,
    )
    seen = [calls_itself(40, "Hillview")]
    register.save_census(inventory, census(seen, knowledge, "scan-2"), knowledge, LATER)
    assert answer(inventory, "CAM-002")[:2] == ("dahua", "likely")
    do(
        inventory,
        knowledge,
        add_brands(knowledge, [replace(FENVIEW, name="Hillview", maker="hikvision")]),
        by=FENVIEW.by,
        now=LATER,
    )
    assert answer(inventory, "CAM-002")[1] == "conflicting"


def test_cameras_found_later_are_judged_by_it_too(inventory: Inventory, knowledge: Knowledge) -> None:
    do(inventory, knowledge, add_brands(knowledge, [FENVIEW]), by=FENVIEW.by, now=LATER)
    seen = [calls_itself(50, "FENVIEW")]
    register.save_census(inventory, census(seen, knowledge, "scan-2"), knowledge, LATER)
    assert answer(inventory, "CAM-002")[:2] == ("dahua", "likely")


def test_a_maker_that_is_not_known_leaves_the_answer_open_and_names_the_brand(
    inventory: Inventory, knowledge: Knowledge
) -> None:
    do(inventory, knowledge, add_brands(knowledge, [replace(FENVIEW, maker=None)]), by=FENVIEW.by, now=LATER)
    assert answer(inventory)[:2] == (None, "unknown")
    page = brand_page(with_own_brands(inventory, knowledge), "own-brands.fenview")
    assert (page.name, page.made_by) == ("Fenview", ())
    assert page.note == "Fenland Security Ltd, letter from the supplier, 3 May 2026. Recorded by R. Khan."


def test_the_page_of_the_brand_says_whose_word_it_is(inventory: Inventory, knowledge: Knowledge) -> None:
    do(inventory, knowledge, add_brands(knowledge, [FENVIEW]), by=FENVIEW.by, now=LATER)
    (made,) = brand_page(register.with_own_list(inventory, knowledge), "own-brands.fenview").made_by
    assert made.words == "your organisation recorded that it makes it (letter from the supplier, 3 May 2026)"
    assert (made.proven, "Brands that your organisation recorded" in made.source.line) == (False, True)
    assert with_own_brands(inventory, knowledge) is with_own_brands(inventory, knowledge)


@pytest.mark.parametrize(
    ("change", "say"),
    [
        ({"name": " "}, "type the name on the box"),
        ({"name": "-x-"}, "is too short for a name"),
        ({"name": "x" * 81}, "at most 80 characters"),
        ({"name": "Axis"}, "is a maker’s own name"),
        ({"maker": "nobody"}, "No maker “nobody” is known"),
        ({"basis": "rumour"}, "is no way to know"),
        ({"said_by": ""}, "type who said it"),
        ({"said_on": "one day"}, "Type the day on which it was said"),
        ({"said_on": "2031-01-01"}, "cannot be in the future"),
        ({"by": ""}, "type your name"),
    ],
)
def test_what_does_not_fit_is_said_and_nothing_is_saved(
    inventory: Inventory, knowledge: Knowledge, change: dict[str, str], say: str
) -> None:
    with pytest.raises(StoreError, match=say):
        do(
            inventory,
            knowledge,
            add_brands(knowledge, [replace(FENVIEW, name="Another"), replace(FENVIEW, **change)]),
            by=FENVIEW.by,
            now=LATER,
        )  # type: ignore[arg-type]
    assert inventory.own_brands() == ()
    with pytest.raises(StoreError, match="is not among your own brands"):
        do(inventory, knowledge, remove_brand("Fenview"), by="R. Khan", now=LATER)


def test_a_brand_recorded_again_takes_the_place_of_what_was_said_before(inventory: Inventory, knowledge: Knowledge) -> None:
    do(inventory, knowledge, add_brands(knowledge, [FENVIEW]), by=FENVIEW.by, now=LATER)
    do(
        inventory,
        knowledge,
        add_brands(knowledge, [replace(FENVIEW, name="FenView", maker="uniview")]),
        by=FENVIEW.by,
        now=LATER,
    )
    assert [(one.name, one.maker) for one in inventory.own_brands()] == [("FenView", "uniview")]
    assert answer(inventory)[:2] == ("uniview", "likely")


def test_a_brand_holds_no_character_that_steers_a_screen(inventory: Inventory, knowledge: Knowledge) -> None:
    do(
        inventory,
        knowledge,
        add_brands(knowledge, [replace(FENVIEW, name="Fen\x1b[31m\u202eview", said_by="A\u200b B")]),
        by=FENVIEW.by,
        now=LATER,
    )
    assert [(one.name, one.said_by) for one in inventory.own_brands()] == [("Fen[31mview", "A B")]


def test_a_damaged_setting_is_damage_of_the_file(inventory: Inventory) -> None:
    inventory.do(settings.set_setting("own_brands", '[{"name": 1}]'), by=None, now=NOW)
    with pytest.raises(DamagedFileError):
        inventory.own_brands()
