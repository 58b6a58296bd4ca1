"""What staff say of rows is kept, checked, and taken back as one edit: also after the file was closed and opened again."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from camcensus.model.asset import KnownBy, Pin, Place
from camcensus.model.changes import Changes
from camcensus.model.errors import StoreError
from camcensus.model.knowledge import Knowledge
from camcensus.model.pictures import NewPhoto, Picture, PictureKind
from camcensus.model.words import utc_second
from camcensus.store.edits import by_hand, merging, placing, tagging
from camcensus.store.inventory import Inventory
from camcensus.store.keeping import SavedDevice
from camcensus.store.pen import Edit, Pen
from camcensus.store.pen import edit as registered
from camcensus.store.vendors_db.read import load_knowledge
from camcensus.tasks.register import by_hand as hand
from camcensus.tasks.register import verbs as register
from camcensus.tasks.register.suggestions import suggestions
from camcensus.tasks.register.verbs import HandRow
from samples import LATER, NOW, body, scan, verdict

BY = "A. Clerk"


@pytest.fixture(scope="module")
def knowledge(data_dir: Path) -> Knowledge:
    return load_knowledge(data_dir / "vendors.db")


@pytest.fixture
def inventory(tmp_path: Path) -> Iterator[Inventory]:
    """Three cameras and a recorder, as a search found them."""
    with register.new_inventory(tmp_path / "a.camcensus", body(), NOW) as made:
        made.keep(scan(), [], [kept(1), kept(2), kept(3), kept(4, "recorder")], NOW)
        yield made


def kept(number: int, kind: str = "camera") -> SavedDevice:
    answer = verdict(number, kind)  # type: ignore[arg-type]
    prefix = "REC" if kind == "recorder" else "CAM"
    return SavedDevice(id=f"device-{number}", new=True, device=answer.device, verdict=answer, outcome=kind, prefix=prefix)


def ids(inventory: Inventory) -> list[str]:
    return [asset.id for asset in inventory.assets()]


def picture(text: bytes = b"a plan", kind: PictureKind = "plan") -> Picture:
    return Picture(hashlib.sha256(text).hexdigest(), kind, "image/png", 400, 300, text)


def everything(inventory: Inventory) -> tuple[object, ...]:
    return (
        inventory.assets(), inventory.places(), inventory.vendors(), inventory.photos(), inventory.doubts(open_only=False),
        inventory.device_keys(), inventory.observations(),
    )  # fmt: skip


def test_fields_are_set_over_a_selection_and_cleared_again(inventory: Inventory) -> None:
    first, second, _, recorder = ids(inventory)
    firm = inventory.do(
        tagging.add_vendor(" Elm Alarms ", "seller", contract_number="C-7", contract_end="31/03/2027"), by=BY, now=NOW
    ).made
    (kept,) = inventory.vendors()
    assert (kept.id, kept.name, kept.contract_end) == (firm, "Elm Alarms", "2027-03-31")
    said = {
        "seller": firm, "purpose": "Gate", "inside_outside": "outside", "camera_type": "dome", "ownership": "not-ours",
        "owner": "Landlord", "dpia_ref": "D-12", "retention_days": "31", "connected_to": recorder, "channel": 4,
        "installed_on": "06/2019", "installed_basis": "Invoice", "cost_pence": "£180.50", "notes": "a\nb",
        "last_picture_check": "24/11/2026", "picture_checked_by": "R. Khan", "ask_installer": "yes", "ask_note": "Which maker?",
    }  # fmt: skip
    changes = inventory.do(tagging.set_tags([first, second], said), by=BY, now=NOW)
    assert changes.assets == {first, second}
    assert changes.say == "18 fields set for 2 cameras."
    one, two, other, _ = inventory.assets()
    assert (one.seller_name, one.retention_days, one.installed_on, one.cost_pence) == ("Elm Alarms", 31, "2019-06", 18050)
    assert (one.connected_ref, one.channel, one.ask_installer, one.ask_note) == ("REC-001", 4, True, "Which maker?")
    assert replace(two, id=one.id, ref=one.ref, device=one.device) == one
    assert other.purpose is None
    inventory.do(tagging.set_tags([first], dict.fromkeys(said)), by=BY, now=NOW)
    cleared = inventory.assets([first])[0]
    assert cleared == replace(other, id=first, ref=cleared.ref, device=cleared.device)


@pytest.mark.parametrize(
    ("values", "say"),
    [
        ({"purpose": "x", "retention_days": "long"}, "Days footage is kept"),
        ({"seller": "nobody"}, "That firm is no longer"),
        ({"connected_to": "nothing"}, "That recorder or switch"),
    ],
)
def test_a_value_that_does_not_fit_changes_nothing_at_all(inventory: Inventory, values: dict[str, object], say: str) -> None:
    before = everything(inventory), inventory.changes()
    with pytest.raises(StoreError, match=say):
        inventory.do(tagging.set_tags(ids(inventory), values), by=BY, now=NOW)
    assert (everything(inventory), inventory.changes()) == before


def test_free_tags_are_added_once_and_removed_whatever_their_capitals(inventory: Inventory) -> None:
    first, second, *_ = ids(inventory)
    inventory.do(tagging.add_tags([first], ["Term time"]), by=BY, now=NOW)
    inventory.do(tagging.add_tags([first, second], ["term time", "Scaffold"]), by=BY, now=NOW)
    assert [asset.tags for asset in inventory.assets([first, second])] == [("Term time", "Scaffold"), ("term time", "Scaffold")]
    assert suggestions(inventory, "tags")[0] == "Scaffold"
    changes = inventory.do(tagging.remove_tags([first, second], ["TERM TIME"]), by=BY, now=NOW)
    assert changes.say == "Tag “TERM TIME” removed from 2 cameras."
    assert {asset.tags for asset in inventory.assets([first, second])} == {("Scaffold",)}
    changes = inventory.do(tagging.add_tags([first], ["Roof", "roof", "Roof"]), by=BY, now=NOW)
    assert changes.say.startswith("Tag “Roof” added to ")
    assert [asset.tags for asset in inventory.assets([first])] == [("Scaffold", "Roof")]


def test_pick_lists_offer_what_was_used_most_first(inventory: Inventory) -> None:
    first, second, third, _ = ids(inventory)
    inventory.do(tagging.set_tags([first], {"purpose": "Gate"}), by=BY, now=NOW)
    inventory.do(tagging.set_tags([second, third], {"purpose": "Hall"}), by=BY, now=NOW)
    assert suggestions(inventory, "purpose") == ("Hall", "Gate")
    assert suggestions(inventory, "brand") == ("Honeywell",)
    assert suggestions(inventory, "owner") == ()
    with pytest.raises(KeyError):
        suggestions(inventory, "cost_pence")


def test_the_end_of_a_contract_is_a_date(inventory: Inventory) -> None:
    with pytest.raises(StoreError, match="must be a date"):
        inventory.do(tagging.add_vendor("Oak", "seller", contract_end="soon"), by=BY, now=NOW)


def test_places_make_a_tree_without_doubles_and_only_empty_ones_go(inventory: Inventory) -> None:
    hall = inventory.do(placing.place_named(["Elm Park", "Main block", "Ground", "Hall"]), by=BY, now=NOW).made
    assert inventory.do(placing.place_named(["elm park", "MAIN BLOCK", "ground", "hall"]), by=BY, now=NOW).made == hall
    site, block, floor, _ = inventory.places()
    assert [place.kind for place in inventory.places()] == ["site", "building", "floor", "room"]
    with pytest.raises(StoreError, match="there already"):
        inventory.do(placing.add_place("room", " hall", floor.id), by=BY, now=NOW)
    with pytest.raises(StoreError, match="cannot be in"):
        inventory.do(placing.change_place(replace(block, parent=hall)), by=BY, now=NOW)
    with pytest.raises(StoreError, match="still holds 1 place"):
        inventory.do(placing.remove_place(floor.id), by=BY, now=NOW)
    inventory.do(placing.set_place(ids(inventory)[:1], hall), by=BY, now=NOW)
    with pytest.raises(StoreError, match="still holds 1 row"):
        inventory.do(placing.remove_place(hall), by=BY, now=NOW)
    other = inventory.do(placing.add_place("building", "Annexe", site.id), by=BY, now=NOW).made
    inventory.do(placing.change_place(replace(floor, parent=other)), by=BY, now=NOW)
    assert inventory.assets()[0].place_path == ("Elm Park", "Annexe", "Ground", "Hall")
    annexe = next(place for place in inventory.places() if place.id == other)
    inventory.do(placing.change_place(replace(annexe, sensitive=True)), by=BY, now=NOW)
    assert inventory.assets()[0].sensitive
    inventory.do(placing.remove_place(block.id), by=BY, now=NOW)
    assert [place.name for place in inventory.places()] == ["Elm Park", "Annexe", "Ground", "Hall"]
    with pytest.raises(StoreError, match="needs one to four names"):
        inventory.do(placing.place_named([]), by=BY, now=NOW)


def test_progress_is_said_in_the_governments_words_with_a_day(inventory: Inventory) -> None:
    site = inventory.do(placing.add_place("site", "Elm Park", None), by=BY, now=NOW).made
    (before,) = inventory.places()
    assert before.id == site
    inventory.do(placing.change_place(replace(before, progress="disconnected", progress_on="24/11/2026")), by=BY, now=NOW)
    assert inventory.places()[0].progress_on == "2026-11-24"
    with pytest.raises(StoreError, match="needs the day"):
        inventory.do(placing.change_place(replace(before, progress="has")), by=BY, now=NOW)
    inventory.do(placing.change_place(before), by=BY, now=NOW)
    assert inventory.places()[0] == before


def test_a_pin_stands_on_a_plan_and_goes_when_its_row_leaves_it(inventory: Inventory) -> None:
    first, second, *_ = ids(inventory)
    floor = inventory.do(placing.place_named(["Elm Park", "Main", "Ground"]), by=BY, now=NOW).made
    room = inventory.do(placing.add_place("room", "Hall", floor), by=BY, now=NOW).made
    away = inventory.do(placing.add_place("site", "Annexe", None), by=BY, now=NOW).made
    with pytest.raises(StoreError, match="has no plan yet"):
        inventory.do(placing.put_pin(first, floor, 0.5, 0.5), by=BY, now=NOW)
    inventory.do(placing.set_plan(floor, picture()), by=BY, now=NOW)
    assert inventory.picture(inventory.places()[2 if inventory.places()[0].name != "Annexe" else 3].picture or "") == picture()
    inventory.do(placing.put_pin(first, floor, 0.25, 0.75), by=BY, now=NOW)
    assert inventory.assets([first])[0].place == floor
    inventory.do(placing.walk_pin([first], True), by=BY, now=NOW)
    inventory.do(placing.set_place([first], room), by=BY, now=NOW)
    assert inventory.assets([first])[0].pin == Pin(floor, 0.25, 0.75, True)
    inventory.do(placing.put_pin(first, floor, 0.5, 0.5), by=BY, now=NOW)
    assert inventory.assets([first])[0].pin == Pin(floor, 0.5, 0.5, False)
    assert inventory.assets([first])[0].place == room
    said = [line.say.partition(" ")[2] for line in inventory.changes(100) if "on the plan of" in line.say]
    assert said == ["moved on the plan of Ground.", "placed on the plan of Ground."]
    inventory.do(placing.set_place([first], away), by=BY, now=NOW)
    assert inventory.assets([first])[0].pin is None
    inventory.undo(NOW)
    moved = inventory.assets([first])[0]
    assert (moved.place, moved.pin) == (room, Pin(floor, 0.5, 0.5, False))
    with pytest.raises(StoreError, match="inside the picture"):
        inventory.do(placing.put_pin(first, floor, 1.5, 0), by=BY, now=NOW)
    with pytest.raises(StoreError, match="CAM-002 is not on a plan"):
        inventory.do(placing.walk_pin([first, second], True), by=BY, now=NOW)
    inventory.do(placing.set_plan(floor, None), by=BY, now=NOW)
    assert inventory.assets([first])[0].pin is None


def test_photos_are_kept_and_removed(inventory: Inventory) -> None:
    first, second, *_ = ids(inventory)
    new = [NewPhoto(picture(text, "photo"), "IMG_1.jpg", "2026-11-24T10:42:00") for text in (b"one", b"two")]
    changes = inventory.do(by_hand.add_photos(first, new), by=BY, now=NOW)
    assert (changes.assets, changes.say) == ({first}, "2 photos added to CAM-001.")
    one, two = inventory.photos(first)
    assert [asset.photos for asset in inventory.assets([first, second])] == [2, 0]
    changes = inventory.do(by_hand.remove_photo(one.id), by=BY, now=NOW)
    assert changes.assets == {first}
    assert inventory.photos(first) == (two,)
    inventory.undo(NOW)
    assert inventory.photos(first) == (one, two)
    assert inventory.picture(one.picture).data in (b"one", b"two")
    with pytest.raises(StoreError, match="photo is no longer"):
        inventory.do(by_hand.remove_photo("nothing"), by=BY, now=NOW)


def test_rows_typed_by_hand_are_judged_like_any_other(inventory: Inventory, knowledge: Knowledge) -> None:
    new = [
        HandRow(brand="Axis", model="P3245-V", serial="ACCC8E012345", values={"purpose": "Gate"}, tags=("new",)),
        HandRow(brand="Axis", model="P3245-V"),
        HandRow(brand="Axis", model="P3245-V"),
        HandRow(kind="recorder"),
        HandRow(brand="Dahua", mac="3C-EF-8C-01-02-03"),
    ]
    changes = register.do(inventory, knowledge, hand.add_rows(knowledge, new, "R. Khan"), by=BY, now=NOW)
    assert changes.say == "5 rows added by hand."
    rows = {row.asset.ref: row for row in register.rows(inventory, knowledge, ids=changes.assets)}
    assert list(rows) == ["CAM-004", "CAM-005", "CAM-006", "CAM-007", "REC-002"]
    for ref in ("CAM-004", "CAM-005", "CAM-006"):
        assert (rows[ref].maker, rows[ref].grade, rows[ref].stale) == ("axis", "confirmed", False)
        assert rows[ref].asset.kind == "camera"
    assert (rows["CAM-004"].asset.tags, rows["CAM-004"].asset.purpose) == (("new",), "Gate")
    assert (rows["REC-002"].judged, rows["REC-002"].asset.device) == (False, None)
    assert rows["CAM-007"].mac == "3c:ef:8c:01:02:03"
    assert rows["CAM-007"].maker == "dahua"
    assert {row.known_by for row in rows.values()} == {(KnownBy("person", utc_second(NOW), who),) for who in ("R. Khan", BY)}
    with pytest.raises(StoreError, match="no MAC address"):
        register.do(inventory, knowledge, hand.add_rows(knowledge, [HandRow(mac="here")], "R. Khan"), by=BY, now=NOW)
    before = len(inventory.assets())
    with pytest.raises(StoreError, match="Purchase cost"):
        register.do(
            inventory,
            knowledge,
            hand.add_rows(knowledge, [HandRow(), HandRow(values={"cost_pence": "x"})], "R. Khan"),
            by=BY,
            now=NOW,
        )
    assert len(inventory.assets()) == before


def test_channels_of_a_recorder_are_added_once_and_confirmed(inventory: Inventory) -> None:
    *_, recorder = ids(inventory)
    first = inventory.do(by_hand.add_channels(recorder, {1: "The recorder calls it Gate", 2: ""}), by=BY, now=NOW)
    again = inventory.do(by_hand.add_channels(recorder, range(1, 5)), by=BY, now=NOW)
    assert (first.say, again.say) == ("2 channels of REC-001 added, not confirmed.",) * 2
    channels = [asset for asset in inventory.assets() if asset.connected_to == recorder]
    assert [(asset.channel, asset.notes) for asset in channels][:2] == [(1, "The recorder calls it Gate"), (2, None)]
    assert all(asset.unconfirmed for asset in channels)
    with pytest.raises(StoreError, match="has a row already"):
        inventory.do(by_hand.add_channels(recorder, [3]), by=BY, now=NOW)
    inventory.do(by_hand.confirm_channels([channels[0].id], "R. Khan"), by=BY, now=NOW)
    confirmed = inventory.assets([channels[0].id])[0]
    assert (confirmed.unconfirmed, confirmed.confirmed_by) == (False, "R. Khan")
    with pytest.raises(StoreError, match="CAM-001 is not a channel"):
        inventory.do(by_hand.confirm_channels(ids(inventory)[:1], "R. Khan"), by=BY, now=NOW)
    with pytest.raises(StoreError, match="cannot be connected to itself"):
        inventory.do(by_hand.connect([recorder], channels[0].id), by=BY, now=NOW)
    inventory.do(by_hand.connect([channels[0].id], None), by=BY, now=NOW)
    assert inventory.assets([channels[0].id])[0].connected_ref is None


def edits(inventory: Inventory, knowledge: Knowledge) -> list[Callable[[], object]]:
    """One of every verb, in an order in which each can be done."""
    first, second, third, recorder = ids(inventory)
    made: list[str] = []

    def place_of(name: str) -> str:
        return next(place.id for place in inventory.places() if place.name == name)

    def add_place() -> None:
        made.append(inventory.do(placing.add_place("site", "Annexe", None), by=BY, now=NOW).made)

    def photo_of(asset: str) -> str:
        return inventory.photos(asset)[0].id

    return [
        lambda: inventory.do(placing.place_named(["Elm Park", "Main", "Ground"]), by=BY, now=NOW),
        add_place,
        lambda: inventory.do(placing.set_place_named([first, second], ["Elm Park", "Main", "Ground", "Hall"]), by=BY, now=NOW),
        lambda: inventory.do(placing.change_place(Place(made[0], None, "site", "East annexe", True, None, "has", "1/2/2026")), by=BY, now=NOW),
        lambda: inventory.do(placing.set_plan(place_of("Ground"), picture()), by=BY, now=NOW),
        lambda: inventory.do(placing.put_pin(first, place_of("Ground"), 0.5, 0.5), by=BY, now=NOW),
        lambda: inventory.do(placing.walk_pin([first], True), by=BY, now=NOW),
        lambda: inventory.do(placing.set_place([first], made[0]), by=BY, now=NOW),
        lambda: inventory.do(tagging.add_vendor("Elm Alarms", "seller", phone="01"), by=BY, now=NOW),
        lambda: inventory.do(tagging.set_tags([first, third], {"seller": inventory.vendors()[0].id, "cost_pence": "9"}), by=BY, now=NOW),
        lambda: inventory.do(tagging.change_vendor(replace(inventory.vendors()[0], name="Elm & Sons")), by=BY, now=NOW),
        lambda: inventory.do(tagging.add_tags([first, second], ["t"]), by=BY, now=NOW),
        lambda: inventory.do(tagging.remove_tags([first], ["t"]), by=BY, now=NOW),
        lambda: inventory.do(tagging.set_tags([first], {"last_picture_check": "24/11/2026", "picture_checked_by": "R. Khan"}), by=BY, now=NOW),
        lambda: inventory.do(tagging.ask_installer([second], True), by=BY, now=NOW),
        lambda: inventory.do(tagging.decide([first, second], "replace", year="2026-27"), by="S. Ellis", now=NOW),
        lambda: inventory.do(tagging.decide([third], "keep-review", why="fine", review_on="2027-09-01"), by=BY, now=NOW),
        lambda: inventory.do(tagging.set_tags([third], {"maintainer": inventory.vendors()[0].id, "purpose": "Watches the hall"}), by=BY, now=NOW),
        lambda: inventory.do(tagging.set_kind([second], "intercom"), by=BY, now=NOW),
        lambda: inventory.do(tagging.set_kind([third], "other"), by=BY, now=NOW),
        lambda: inventory.do(tagging.set_status([third], "removed"), by=BY, now=NOW),
        lambda: inventory.do(by_hand.add_channels(recorder, [1, 2]), by=BY, now=NOW),
        lambda: inventory.do(by_hand.confirm_channels([row.id for row in inventory.assets() if row.channel], "R. Khan"), by=BY, now=NOW),
        lambda: inventory.do(by_hand.connect([first], recorder), by=BY, now=NOW),
        lambda: register.do(inventory, knowledge, hand.add_rows(knowledge, [HandRow(brand="Axis", model="P3245-V")], "R. Khan"), by=BY, now=NOW),
        lambda: register.do(inventory, knowledge, hand.read_label(knowledge, first, basis="label", brand="HiLook"), by="R. Khan", now=NOW),
        lambda: inventory.do(by_hand.add_photos(second, [NewPhoto(picture(b"p", "photo"), "a", None)]), by=BY, now=NOW),
        lambda: inventory.do(by_hand.remove_photo(photo_of(second)), by=BY, now=NOW),
        lambda: register.do(inventory, knowledge, merging.merge(first, second), by=BY, now=NOW),
        lambda: inventory.do(placing.set_plan(place_of("Ground"), None), by=BY, now=NOW),
    ]  # fmt: skip


def test_every_edit_is_taken_back_and_done_again_also_after_the_file_was_closed(
    inventory: Inventory, knowledge: Knowledge
) -> None:
    register.reassess(inventory, knowledge, NOW, devices=list(inventory.held()))
    states = [everything(inventory)]
    for number, edit in enumerate(edits(inventory, knowledge)):
        before = len(inventory.changes())
        edit()
        states.append(everything(inventory))
        assert states[-1] != states[-2], number
        assert len(inventory.changes()) == before + 1, number
    path = inventory.path
    inventory.close()
    with register.open_inventory(path, NOW) as again:
        assert everything(again) == states[-1]
        for number in reversed(range(len(states) - 1)):
            assert register.undo(again, knowledge, LATER) is not None
            assert everything(again) == states[number], number
        assert register.undo(again, knowledge, LATER) is None
    with register.open_inventory(path, NOW) as again:
        for number in range(1, len(states)):
            assert register.redo(again, knowledge, LATER) is not None
            assert everything(again) == states[number], number
        assert register.redo(again, knowledge, LATER) is None
        assert not any(row.stale for row in register.rows(again, knowledge))
        assert again._db.execute("PRAGMA foreign_key_check").fetchall() == []


def test_nothing_is_taken_back_past_the_newest_search(inventory: Inventory, knowledge: Knowledge) -> None:
    first, *_ = ids(inventory)
    inventory.do(tagging.set_tags([first], {"purpose": "one"}), by=BY, now=NOW)
    inventory.do(tagging.set_tags([first], {"purpose": "two"}), by=BY, now=NOW)
    inventory.undo(NOW)
    again = [replace(kept(number), new=False) for number in (1, 2, 3)]
    inventory.keep(scan("scan-2"), [], again, LATER)
    assert register.redo(inventory, knowledge, LATER) is None
    assert register.undo(inventory, knowledge, LATER) is None
    assert inventory.assets([first])[0].purpose == "one"
    assert not any(row.can_undo for row in inventory.changes())
    inventory.do(tagging.set_tags([first], {"purpose": "three"}), by=BY, now=LATER)
    assert register.undo(inventory, knowledge, LATER) is not None
    assert inventory.assets([first])[0].purpose == "one"
    assert register.undo(inventory, knowledge, LATER) is None


def test_several_things_in_one_edit_are_one_line_and_fail_as_one(inventory: Inventory) -> None:
    first, second, *_ = ids(inventory)
    before = everything(inventory), inventory.changes()

    @registered("import", failed="Nothing was imported")
    def work(pen: Pen) -> str:
        place = pen.do(placing.place_named(["Elm Park", "Main"]))
        pen.do(placing.set_place([first], place.id))
        pen.do(tagging.set_tags([second], {"purpose": "Gate"}))
        return "Imported."

    @registered("import", failed="Nothing was imported")
    def fail(pen: Pen) -> str:
        pen.do(work())
        pen.do(tagging.set_tags([first], {"retention_days": "x"}))
        return "Never said."

    with pytest.raises(StoreError):
        inventory.do(fail(), by=BY, now=NOW)
    assert (everything(inventory), inventory.changes()) == before
    changes = inventory.do(work(), by=BY, now=NOW)
    assert (changes.assets, len(changes.places), changes.say) == ({first, second}, 2, "Imported.")
    inventory.undo(NOW)
    assert everything(inventory) == before[0]


def test_an_edit_that_changes_nothing_leaves_no_line(inventory: Inventory) -> None:
    before = inventory.changes()
    nothing = Edit("import", "", lambda pen: "Nothing to do.")
    assert inventory.do(nothing, by=BY, now=NOW) == Changes(say="Nothing to do.")
    assert inventory.changes() == before


def test_a_report_is_logged_and_found_again(inventory: Inventory) -> None:
    assert not [change for change in inventory.changes() if change.verb == "report"]
    inventory.note_report("plan", "Replacement plan written", BY, NOW)
    inventory.do(tagging.set_tags(ids(inventory)[:1], {"purpose": "x"}), by=BY, now=LATER)
    (found,) = [change for change in inventory.changes() if change.verb == "report"]
    assert (found.verb, found.by, found.can_undo) == ("report", BY, False)
    assert "plan" in found.say


def test_a_refresh_reads_again_what_an_edit_touched_and_gives_what_reading_all_gives(
    inventory: Inventory, knowledge: Knowledge
) -> None:
    register.reassess(inventory, knowledge, NOW, devices=list(inventory.held()))
    rows = register.rows(inventory, knowledge)
    for edit in edits(inventory, knowledge):
        number = int(inventory.changes(1)[0].id)
        edit()
        done = edit_changes(inventory, number)
        rows = register.refresh(rows, done, inventory, knowledge)
        assert rows == register.rows(inventory, knowledge)
    for _ in range(5):
        done = register.undo(inventory, knowledge, LATER)  # type: ignore[assignment]
        rows = register.refresh(rows, done, inventory, knowledge)
        assert rows == register.rows(inventory, knowledge)


def edit_changes(inventory: Inventory, after: int) -> Changes:
    """What the newest edit touched, as the change log has it: undone and done again."""
    assert int(inventory.changes(1)[0].id) == after + 1
    undone = inventory.undo(NOW)
    done = inventory.redo()
    assert undone is not None
    assert done is not None
    assert undone.assets == done.assets
    return done


def test_rows_that_tell_nothing_are_merged_and_no_fields_are_no_edit(inventory: Inventory, knowledge: Knowledge) -> None:
    recorder = next(asset.id for asset in inventory.assets() if asset.kind == "recorder")
    inventory.do(by_hand.add_channels(recorder, [1, 2]), by=BY, now=NOW)
    one, two = [asset.id for asset in inventory.assets() if asset.connected_to == recorder]
    with pytest.raises(StoreError, match="nothing to record"):
        inventory.do(tagging.set_tags([one], {}), by=BY, now=NOW)
    register.do(inventory, knowledge, merging.merge(one, two), by=BY, now=NOW)
    assert [asset.id for asset in inventory.assets() if asset.connected_to == recorder] == [one]
    register.undo(inventory, knowledge, NOW)
    assert [asset.id for asset in inventory.assets() if asset.connected_to == recorder] == [one, two]


def test_connections_never_go_in_a_ring_by_whatever_way(inventory: Inventory, knowledge: Knowledge) -> None:
    first, second, third, recorder = ids(inventory)
    inventory.do(by_hand.connect([first], recorder), by=BY, now=NOW)
    with pytest.raises(StoreError, match="connected to itself"):
        inventory.do(tagging.set_tags([recorder], {"connected_to": first}), by=BY, now=NOW)
    inventory.do(by_hand.connect([second], first), by=BY, now=NOW)
    inventory.do(by_hand.connect([third], second), by=BY, now=NOW)
    # What is connected to `first` will be connected to `third`, which is connected to it.
    register.do(inventory, knowledge, merging.merge(third, first), by=BY, now=NOW)
    above = {asset.id: asset.connected_to for asset in inventory.assets()}
    for to in above.values():
        seen, at = set[str](), to
        while at is not None:
            assert at not in seen
            seen.add(at)
            at = above[at]
    assert above[second] == third


def test_a_statement_that_sqlite_does_not_understand_is_our_defect_and_not_a_damaged_file(inventory: Inventory) -> None:
    nonsense = Edit("nonsense", "", lambda pen: str(pen.db.execute("UPDATE nonsense SET WHERE")))
    with pytest.raises(sqlite3.OperationalError, match="syntax"):
        inventory.do(nonsense, by=BY, now=NOW)
    assert len(ids(inventory)) == 4
