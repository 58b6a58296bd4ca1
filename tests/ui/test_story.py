"""The first year of a register, at the real window: real files, and real sockets to a simulated school on loopback.

1. A person says who they are, names who allows it, and searches: 24 devices are in the register.
2. The 24 are placed in 3 buildings, a building at a time, by the keyboard.
3. The ground floor gets its plan, and five cameras their pins.
4. Three cameras that no search sees are typed; five things need checking, and are checked.
5. The recorder reports 8 channels: each is added, and confirmed by somebody who looked.
6. The estates office has a register of 40 rows in XLSX: it is held against ours, and taken over.
7. Whatever is listed gets a decision, in one go.
8. A week later the school is searched again: one camera is gone, one is new, one has another address, one other firmware.
9. The history says exactly that.
10. Ten edits follow, each is taken back, and everything is as before; no further than the search. Then they are done again.
11. The same after the window was closed and opened again.
12. The plan and a sheet are printed; what changed since is asked.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from another_day import moved, with_values, without
from camcensus.app import main
from camcensus.demo import ground
from camcensus.demo.estate import Estate, load_estate
from camcensus.model.knowledge import Knowledge
from camcensus.model.scan import Interface
from camcensus.tasks import documents
from camcensus.tasks.register import history
from camcensus.tasks.register import verbs as register
from camcensus.ui.cameras.import_register import DONE, RegisterDialog
from camcensus.ui.find import searching
from camcensus.ui.session import NOTHING_TO_REDO, NOTHING_TO_UNDO
from story_hands import CONTROL, SHIFT, Clock, Hands, serving
from story_list import write_list

pytestmark = [
    pytest.mark.skipif(not ground.has_own_addresses(), reason="this system has only 127.0.0.1"),
    pytest.mark.xdist_group("demo"),  # only one simulation can run on a network
]

GROUND_FLOOR = ("Elm Park", "Main block", "Ground floor")
SPORTS_HALL = ("Elm Park", "Sports hall")
GROUNDS = ("Elm Park", "Grounds and gates")
NEW, GONE, MOVED, NEWER = "main-entrance-2", "bike-shelter", "library", "sports-hall"
NEW_CAMERA, BIKE_SHELTER, LIBRARY, SPORTS = "127.77.2.21", "127.77.1.29", "127.77.1.26", "127.77.1.25"
NEW_ADDRESS, NEW_FIRMWARE = "127.77.1.200", "2.840.0000000.9.R"
CAR_PARK = "127.77.1.24"
ONLY_SEEN = ("127.77.1.39", "127.77.1.40")
PROBLEMS = [
    "Row 4: Cost must be a number, like 180 or 180.50; “about £200” is saved in the notes.",
    "Row 7: Installed must be a date, like 24/11/2026 or 2026-11-24, or a year; “31/02/2021” is saved in the notes.",
    "Row 22 was not matched: its MAC address and its serial number are those of CAM-004 and CAM-021; say which it is.",
    "Row 41: Retention must be a number of days, like 30, or “1 month”; “ask Ms Bell” is saved in the notes.",
]

EDITED = ("asset", "place", "contact", "photo", "doubt", "device_key", "observation", "sighting")
"""What an edit may write beside its line in the log."""

Show = Callable[[], dict[str, Any]]


@pytest.fixture
def school(data_dir: Path) -> Estate:
    """The school with a camera more than it has on the first day."""
    return load_estate(data_dir / "resources" / "demo", 27)


@pytest.fixture
def hands(
    app: QApplication,
    knowledge: Knowledge,
    data_dir: Path,
    tmp_path: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> Hands:
    """A window on nothing yet, at the form of the first run; loopback stands for the school's network."""
    monkeypatch.setattr(searching, "interfaces", lambda: (Interface("School network", "127.0.0.1/8", 1),))
    monkeypatch.setattr("camcensus.ui.session._user", lambda: "rkhan")
    return Hands(Clock(), knowledge, data_dir, tmp_path, qtbot, app, monkeypatch)


@pytest.fixture
def show(hands: Hands, capsys: pytest.CaptureFixture[str]) -> Show:
    """What is in the file, as `show --json` prints it."""

    def document() -> dict[str, Any]:
        capsys.readouterr()
        assert main(["show", str(hands.path), "--json"]) == 0
        made: dict[str, Any] = json.loads(capsys.readouterr().out)
        return made

    return document


def test_the_first_year_of_a_register(hands: Hands, school: Estate, show: Show) -> None:
    first_day = without(school, NEW)
    search_for_the_first_time(hands, first_day, show)
    place_24_devices(hands, first_day, show)
    pin_five_cameras(hands, show)
    check_five_by_hand(hands, show)
    confirm_eight_channels(hands, show)
    reconcile_a_register(hands, first_day, show)
    decide_in_bulk(hands, show)
    later = with_values(moved(without(school, GONE), MOVED, NEW_ADDRESS), NEWER, firmware=NEW_FIRMWARE)
    search_again(hands, later, show)
    see_exactly_that_in_the_history(hands)
    story = edit_ten_times(hands, show)
    take_ten_back_and_do_them_again(hands, story)
    do_the_same_after_a_restart(hands, story)
    print_and_ask_what_changed_since(hands)


# 1 to 3: found, placed, pinned


def search_for_the_first_time(hands: Hands, school: Estate, show: Show) -> None:
    hands.window.show_start()
    hands.type("Elm Park Primary School")
    hands.type("24", into=hands.window.start._expected)
    hands.press("Continue to Find cameras")
    assert hands.window.page is hands.window.finder
    look(hands, school, "R. Khan, IT")
    assert hands.window.finder.heading.note.text() == (
        "You expected about 24. We found 21 cameras, 2 recorders, 1 intercom and 2 other devices."
    )
    assert len(hands.rows()) == 24
    assert hands.badge() == 2
    kept = show()
    assert [kept["scan"][name] for name in ("allowed_by", "stopped_early")] == ["R. Khan, IT", False]
    addresses = {address for one in kept["devices"] for address in one["addresses"]}
    assert addresses == {device.address for device in school.devices}
    hands.press("See the list")
    assert "24 of 24 shown" in hands.words()


def look(hands: Hands, school: Estate, who: str) -> None:
    """Fills in the search form by the keyboard, and waits for the end."""
    finder = hands.window.finder
    finder.start_form._pace.setCurrentIndex(1)
    with serving(school) as served:
        hands.key(Qt.Key.Key_F5)
        hands.type(who)
        hands.key(Qt.Key.Key_Return)
        assert finder.running
        hands.until(lambda: not finder.running)
    assert served.writing() == (), "a search only reads"
    assert hands.dialog() is None


def place_24_devices(hands: Hands, school: Estate, show: Show) -> None:
    by_building = dict[tuple[str, ...], list[str]]()
    for device in school.devices:
        if device.truth.kind != "other":
            ref = hands.at(device.address).asset.ref
            whole = GROUND_FLOOR if device.place[1] == "Main block" else device.place[:2]
            by_building.setdefault(whole, []).append(ref)
    assert {path: len(refs) for path, refs in by_building.items()} == {GROUND_FLOOR: 15, GROUNDS: 7, SPORTS_HALL: 2}
    hands.page("cameras")
    for path, refs in by_building.items():
        hands.choose_rows(refs)
        assert f"{len(refs)} selected" in hands.words()
        hands.key(Qt.Key.Key_L, CONTROL)
        hands.type(" > ".join(path))
        hands.key(Qt.Key.Key_Return)
        hands.press(f"Add and set {len(refs)} items")
        assert hands.dialog() is None
        assert hands.strip() == f"{len(refs)} items moved to {path[-1]}."
    assert {row.asset.place_path for row in hands.rows().values()} == {GROUND_FLOOR, GROUNDS, SPORTS_HALL}
    kept = [one["asset"]["place"] for one in show()["devices"] if one["asset"]]
    assert [kept.count(list(path)) for path in (GROUND_FLOOR, GROUNDS, SPORTS_HALL)] == [15, 7, 2]


def pin_five_cameras(hands: Hands, show: Show) -> None:
    page = hands.window.places
    hands.page("places")
    hands.go_to_place("Ground floor")
    assert page.title.text() == "Ground floor"
    hands.choosing(hands.window.session.data_dir / "resources" / "demo" / "ground-floor.png")
    hands.press("Add a picture")
    hands.qtbot.waitUntil(lambda: bool(page.unplaced.links))
    hands.qtbot.waitUntil(lambda: bool(page._images) and all(one.depth() > 1 for one in page._images.values()))
    hands.settle()
    refs = []
    for number in range(5):
        link = page.unplaced.links[0]
        refs.append(link.accessibleName().split()[1])
        hands.qtbot.mouseClick(link, Qt.MouseButton.LeftButton)
        hands.settle()
        hands.key(Qt.Key.Key_Right, SHIFT, times=number + 1)
        hands.key(Qt.Key.Key_Down, times=number)
        hands.key(Qt.Key.Key_Return)
        hands.qtbot.waitUntil(lambda ref=refs[-1]: not any(ref in one.accessibleName() for one in page.unplaced.links))
    pins = {ref: hands.rows()[ref].asset.pin for ref in refs}
    assert len({(pin.x, pin.y) for pin in pins.values() if pin}) == 5
    page.plan.choose(page.plan.pins[0].asset)
    page.card.walked.click()
    hands.settle()
    assert "5 pins, 1 checked on site." in page.key.counts.text()
    kept = [one["asset"] for one in show()["devices"] if one["asset"]]
    assert sum(one["pin"] is not None for one in kept) == 5


# 4 to 7: checked, confirmed, reconciled, decided


def check_five_by_hand(hands: Hands, show: Show) -> None:
    for _ in range(3):
        hands.page("cameras")
        hands.key(Qt.Key.Key_N, CONTROL)
        hands.press("Add row")
        assert hands.strip() == "1 row added by hand."
    assert (len(hands.rows()), hands.badge()) == (27, 5)
    page = hands.window.checking
    hands.page("checking")
    assert page.queue.note.text() == "0 of 5 done"
    checked = []
    for left in (4, 3, 2, 1, 0):
        item = page.queue.current
        assert item is not None
        checked.append(item.asset.ref)
        hands.type("SecureView", into=page.form.brand)
        hands.type(f"SV-{left}00", into=page.form.model)
        hands.type("A. Bell", into=page.form.who)
        hands.key(Qt.Key.Key_Return, CONTROL)
        assert hands.log()[0] == f"A. Bell read the label of {item.asset.ref}."
        assert hands.badge() == left
    assert page.queue.note.text() == "5 of 5 done"
    assert len(set(checked)) == 5
    kept = {one["asset"]["ref"]: one for one in show()["devices"] if one["asset"]}
    assert sorted(kept[ref]["model"] for ref in checked) == [f"SV-{left}00" for left in range(5)]
    assert {kept[ref]["manufacturer"] for ref in checked} == {None}, "a label never names the maker"


def confirm_eight_channels(hands: Hands, show: Show) -> None:
    hands.page("cameras")
    recorder = hands.at("127.77.1.10").asset
    hands.choose_rows([recorder.ref])
    hands.from_menu("Add its channels…")
    hands.press("Add channels")
    assert hands.strip() == f"8 channels of {recorder.ref} added, not confirmed."
    new = [row for row in hands.rows().values() if row.asset.connected_to == recorder.id]
    assert [row.asset.channel for row in new] == list(range(1, 9))
    assert all(row.asset.unconfirmed for row in new)
    assert hands.badge() == 8
    hands.choose_rows([row.asset.ref for row in new])
    hands.from_menu("Confirm channels")
    assert hands.strip() == "8 cameras confirmed by rkhan."
    kept = [one["asset"] for one in show()["devices"] if one["asset"] and one["asset"]["channel"]]
    assert [(one["recorder"], one["confirmed"]) for one in kept] == [(recorder.ref, True)] * 8


def reconcile_a_register(hands: Hands, school: Estate, show: Show) -> None:
    path = hands.folder / "CCTV register.xlsx"
    write_list(path, school)
    before, lines = hands.rows(), hands.log()
    hands.page("cameras")
    hands.choosing(path)
    hands.press("Import a list…")
    hands.until(lambda: bool(hands.window.findChildren(RegisterDialog)))
    wizard = hands.dialog()
    assert isinstance(wizard, RegisterDialog)
    hands.until(lambda: not wizard.running)
    assert wizard.review.said.text().startswith(
        "24 rows matched, 24 with something new; 15 only on the list; 9 only in your record (left alone)."
    )
    plan = wizard.plan
    assert plan is not None
    assert [problem.say for problem in plan.problems] == PROBLEMS
    assert {known.ref for known in plan.only_seen if known.seen} == {hands.at(address).asset.ref for address in ONLY_SEEN}
    assert hands.words(wizard.review.one) == PROBLEMS[2]
    hands.choose(f"It is {hands.at(CAR_PARK).asset.ref}. ")
    assert (hands.rows(), hands.log()) == (before, lines), "nothing is written before it is confirmed"
    hands.press("Import 40 rows")
    hands.until(lambda: wizard.step == DONE)
    assert wizard.done_words.text() == "15 rows added and 25 rows changed from CCTV register.xlsx."
    hands.press("Close")
    assert hands.log() == ["15 rows added and 25 rows changed from CCTV register.xlsx.", *lines], "it is one change"
    rows = hands.rows()
    assert len(rows) == len(before) + 15 == 50
    main_entrance = hands.at("127.77.1.21").asset
    assert (main_entrance.seller_name, main_entrance.retention_days, main_entrance.cost_pence) == ("Acme CCTV Ltd", 31, 18050)
    assert main_entrance.place_path == (*GROUND_FLOOR, "Main entrance")
    assert hands.at("127.77.1.10").asset.cost_pence is None, "a cell that cannot be read is left, its row is not"
    assert hands.at("127.77.1.10").asset.seller_name == "Acme CCTV Ltd"
    kept = [one["asset"] for one in show()["devices"] if one["asset"]]
    assert sum(one["place"][:2] == ["Elm Park", "Annexe"] for one in kept) == 15
    assert sum(one["notes"] == "analogue" for one in kept) == 4


def decide_in_bulk(hands: Hands, show: Show) -> None:
    listed = {ref for ref, row in hands.rows().items() if row.state == "listed"}
    page = hands.window.cameras
    hands.page("cameras")
    page.maker.setCurrentIndex(page.maker.findData("only:listed"))
    page.table.setFocus(Qt.FocusReason.ShortcutFocusReason)
    hands.key(Qt.Key.Key_A, CONTROL)
    assert f"{len(listed)} selected" in hands.words()
    hands.key(Qt.Key.Key_D, CONTROL)
    hands.choose("Replace")
    hands.press("Record decision")
    assert hands.strip() == f"Decision for {len(listed)} items: Replace."
    hands.key(Qt.Key.Key_Escape)
    assert page.model.rowCount() == page.model.total == 50, "the filter is cleared, and what is selected stays"
    assert f"{len(listed)} selected" in hands.words()
    decided = {one["asset"]["ref"]: one["asset"]["decision"] for one in show()["devices"] if one["asset"]}
    assert {ref for ref, decision in decided.items() if decision == "replace"} == listed
    assert len(listed) == 21


# 8 and 9: searched again, and what the history says of it


def search_again(hands: Hands, later: Estate, show: Show) -> None:
    before = hands.rows()
    hands.clock.let_days_go_by(7)
    look(hands, later, "R. Khan, IT")
    assert hands.window.finder.heading.note.text() == (
        "You expected about 24. We found 21 cameras, 2 recorders, 1 intercom and 2 other devices."
    )
    after = hands.rows()
    assert len(after.keys() - before.keys()) == 1
    assert not before.keys() - after.keys(), "nothing is deleted because it was not seen"
    for ref, row in before.items():
        now = after[ref].asset
        assert (now.place, now.decision, now.pin, now.notes) == (
            row.asset.place, row.asset.decision, row.asset.pin, row.asset.notes,
        ), f"what is known of {ref} follows it"  # fmt: skip
    seen = {one["asset"]["ref"]: (one.get("last_seen") or "")[:10] for one in show()["devices"] if one["asset"]}
    gone = next(ref for ref, row in before.items() if BIKE_SHELTER in row.addresses)
    assert seen[gone] == "2026-11-24"
    assert sorted(seen.values()).count("2026-12-01") == 24


def see_exactly_that_in_the_history(hands: Hands) -> None:
    page, rows = hands.window.history, hands.rows()
    new, gone, elsewhere, newer = (hands.at(address).asset.ref for address in (NEW_CAMERA, BIKE_SHELTER, NEW_ADDRESS, SPORTS))
    said = {
        "new": f"{new}: first seen at {NEW_CAMERA}.",
        "gone": f"{gone}: not seen by search 2 or since; last seen on 24 November 2026.",
        "moved": f"{elsewhere}: moved from {LIBRARY} to {NEW_ADDRESS}.",
        "firmware": f"{newer}: other firmware: {NEW_FIRMWARE} (before: {rows_firmware(hands, newer)}).",
    }
    inventory = hands.window.session.inventory
    assert inventory is not None
    past = history.read(inventory)
    whole = history.changes_between(past, history.moment_of(past, "1"))
    assert {change.kind: change.say for change in whole.changes if change.search == 2} == said
    assert len([change for change in whole.changes if change.search == 2]) == 4
    assert whole.say.startswith(
        "Between search 1 of 24 November 2026 and now: 1 new, 1 not seen any more, 1 moved, 1 with other firmware, "
    )
    assert rows[new].asset.first_seen is not None
    hands.page("history")
    hands.until(lambda: bool(page.model.rowCount()))
    event = page.timeline.current
    assert event is not None
    assert (event.kind, event.search) == ("search", 2)
    assert [line.ref for line in page.model.rows] == [new, gone, elsewhere, newer]
    assert page.title.text() == "Search 2: 26 devices seen, 1 new."


def rows_firmware(hands: Hands, ref: str) -> str:
    """What the camera told of its firmware on the first day."""
    inventory, device = hands.window.session.inventory, hands.rows()[ref].asset.device
    assert inventory is not None
    return next(one.firmware for one in history.read(inventory).history.sightings if one.device == device and one.firmware)


# 10 to 12: taken back, kept over a restart, reported


def edits(hands: Hands) -> list[tuple[str, Callable[[], None]]]:
    """Ten edits, each by another way of the window, with what the log says of it."""
    window, new, gone = hands.window, hands.at(NEW_CAMERA).asset.ref, hands.at(BIKE_SHELTER).asset.ref

    def on(ref: str) -> None:
        hands.page("cameras")
        hands.choose_rows([ref])

    def locate() -> None:
        on(new)
        hands.key(Qt.Key.Key_L, CONTROL)
        hands.type("Main entrance")
        hands.press("Set location")

    def decide() -> None:
        on(new)
        hands.key(Qt.Key.Key_D, CONTROL)
        hands.choose("Keep")
        hands.press("Record decision")

    def remove() -> None:
        on(gone)
        hands.key(Qt.Key.Key_Delete)

    def tell() -> None:
        on(new)
        hands.from_menu("Edit details…")
        hands.type("Watches the bell")
        hands.press("Save")

    def build() -> None:
        hands.page("places")
        window.places.list.choose(next(place.id for place in window.session.places() if place.kind == "site"))
        hands.press("Add building")
        hands.type("Nursery")
        hands.press("Add building")

    def pin() -> None:
        hands.page("places")
        hands.go_to_place("Main entrance")
        link = next(link for link in window.places.unplaced.links if new in link.accessibleName())
        hands.qtbot.mouseClick(link, Qt.MouseButton.LeftButton)
        hands.settle()
        hands.key(Qt.Key.Key_Return)

    def move() -> None:
        hands.key(Qt.Key.Key_Return)
        hands.key(Qt.Key.Key_Left, SHIFT, times=3)
        hands.key(Qt.Key.Key_Return)

    def walk() -> None:
        window.places.card.walked.click()
        hands.settle()

    def add() -> None:
        hands.page("cameras")
        hands.key(Qt.Key.Key_N, CONTROL)
        hands.press("Add row")

    def read() -> None:
        hands.page("checking")
        page = window.checking
        page.queue.choose(next(item.id for item, _ in page.queue.model.rows if item.state == "open"))
        hands.type("Axis", into=page.form.brand)
        hands.type("A. Bell", into=page.form.who)
        hands.key(Qt.Key.Key_Return, CONTROL)

    first = next(ref for ref, row in hands.rows().items() if row.asset.channel == 1)
    return [
        (f"{new} moved to Main entrance.", locate),
        (f"Decision for {new}: Keep.", decide),
        (f"{gone} marked as no longer here.", remove),
        (f"Purpose set for {new}.", tell),
        ("Nursery added.", build),
        (f"{new} placed on the plan of Ground floor.", pin),
        (f"{new} moved on the plan of Ground floor.", move),
        (f"{new} checked on site.", walk),
        ("1 row added by hand.", add),
        (f"A. Bell read the label of {first}.", read),
    ]


def edit_ten_times(hands: Hands, show: Show) -> list[tuple[str, dict[str, Any]]]:
    """What each edit said, with everything after it; first everything before them."""
    story = [("", everything(hands))]
    assert story[0][1]["show"] == show()
    for say, edit in edits(hands):
        lines = hands.log()
        edit()
        assert hands.dialog() is None
        assert hands.log() == [say, *lines], "one edit is one line"
        assert hands.strip() == say
        story.append((say, everything(hands)))
        assert story[-1][1] != story[-2][1], say
    return story


def everything(hands: Hands) -> dict[str, Any]:
    """The document of `show --json`, of the file as another program reads it; the rows under it; and what the window counts."""
    with register.open_inventory(hands.path, hands.clock(), readonly=True) as inventory:
        knowledge = hands.window.session.knowledge
        document = documents.inventory_document(inventory, register.rows(inventory, knowledge), knowledge)
    with closing(sqlite3.connect(f"{hands.path.as_uri()}?mode=ro", uri=True)) as file:
        rows = {table: sorted(map(repr, file.execute(f"SELECT * FROM {table}"))) for table in EDITED}
    return {"show": document, "rows": rows, "badge": hands.badge()}


def take_ten_back_and_do_them_again(hands: Hands, story: list[tuple[str, dict[str, Any]]]) -> None:
    hands.page("cameras")
    for (say, _), (_, before) in zip(story[:0:-1], story[-2::-1], strict=True):
        hands.key(Qt.Key.Key_Z, CONTROL)
        assert hands.strip() == f"Undone: {say}"
        assert everything(hands) == before, f"{say} is taken back whole"
    for _ in range(2):
        hands.key(Qt.Key.Key_Z, CONTROL)
        assert hands.strip() == NOTHING_TO_UNDO
        assert everything(hands) == story[0][1], "not past the search"
    for say, after in story[1:]:
        hands.key(Qt.Key.Key_Y, CONTROL)
        assert hands.strip() == say
        assert everything(hands) == after, f"{say} is done again whole"
    hands.key(Qt.Key.Key_Y, CONTROL)
    assert hands.strip() == NOTHING_TO_REDO


def do_the_same_after_a_restart(hands: Hands, story: list[tuple[str, dict[str, Any]]]) -> None:
    hands.page("cameras")
    hands.key(Qt.Key.Key_Z, CONTROL, times=4)
    hands.restart()
    assert everything(hands) == story[-5][1]
    hands.page("cameras")
    for say, after in story[-4:]:
        hands.key(Qt.Key.Key_Y, CONTROL)
        assert hands.strip() == say
        assert everything(hands) == after
    hands.restart()
    take_ten_back_and_do_them_again(hands, story)


def print_and_ask_what_changed_since(hands: Hands) -> None:
    window = hands.window
    hands.page("plan")
    hands.press("Print preview")
    assert window.page is window.reports
    hands.until(lambda: "Page 1 of " in hands.words())
    hands.choosing(hands.folder / "plan.pdf")
    hands.press("Save PDF")
    hands.until(lambda: "Saved plan.pdf, " in hands.words())
    print_a_sheet(hands)
    for name in ("plan.pdf", "sheet.pdf"):
        assert (hands.folder / name).read_bytes().startswith(b"%PDF-"), name
    hands.clock.let_days_go_by(3)
    hands.page("cameras")
    hands.choose_rows(["CAM-002", "CAM-003"])
    hands.key(Qt.Key.Key_L, CONTROL)
    hands.type("Library")
    hands.press("Set location")
    page = window.history
    hands.page("history")
    hands.until(lambda: not page.book.reading)
    written = next(event for event in page.timeline.model.rows if event.kind == "report")
    page.timeline.choose(written.change)
    hands.until(lambda: "Between your last report of 1 December 2026 and now: 1 edit." in page.note.text())
    assert [(line.ref, line.say) for line in page.model.rows] == [("2 rows", "2 cameras moved to Library.")]
    assert [event.say for event in page.timeline.model.rows if event.kind == "report"] == hands.log()[1:3]


def print_a_sheet(hands: Hands) -> None:
    hands.page("cameras")
    hands.from_menu("Print walk-round sheet…")
    reports = hands.window.reports
    hands.until(lambda: reports.title == "Walk-round sheet" and reports.desk.written is not None and not reports.desk.drawing)
    hands.choosing(hands.folder / "sheet.pdf")
    hands.press("Save PDF")
    hands.until(lambda: "Saved sheet.pdf, " in hands.words())
    assert hands.log()[0].startswith("Saved sheet.pdf, ")
    assert hands.log()[0].endswith(" pages (walk-round sheet)")
