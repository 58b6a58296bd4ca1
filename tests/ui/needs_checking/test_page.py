from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

import samples
from camcensus.intake.pictures import read_picture
from camcensus.model.device import CareFinding
from camcensus.model.errors import StoreError
from camcensus.model.knowledge import Knowledge
from camcensus.model.words import GRADE_SHORT, typeset, upper_first
from camcensus.store.edits import by_hand, placing, tagging
from camcensus.tasks.finding.census import Census
from camcensus.tasks.register import by_hand as hand
from camcensus.tasks.register import verbs as register
from camcensus.tasks.register.checking import ToCheck
from camcensus.ui.kit.buttons import Button
from camcensus.ui.kit.column_list import RowRole
from camcensus.ui.kit.dialogs import Dialog
from camcensus.ui.kit.widgets import Text
from camcensus.ui.navigation import NumberRole
from camcensus.ui.needs_checking.queue import state_of
from camcensus.ui.window import MainWindow
from label_pictures import label, printed
from ui_rows import settle


def open_page(window: MainWindow) -> None:
    window.show_page("checking")
    settle(QApplication.instance())


def badge(window: MainWindow) -> int:
    view = window.navigation.list
    at = next(at for at, entry in enumerate(window.navigation.entries) if entry.name == "checking")
    return int(view.model().index(at, 0).data(NumberRole) or 0)


def words(window: MainWindow) -> list[str]:
    return [text.text() for text in window.checking.findChildren(Text) if text.isVisible()]


def test_what_is_not_known_well_enough_is_asked_one_at_a_time(window: MainWindow) -> None:
    open_page(window)
    number = badge(window)
    assert number == len(window.checking.queue.model.rows) > 0
    assert window.checking.queue.note.text() == f"0 of {number} done"
    assert "Who made the camera at 10.0.0.34?" in words(window)


def test_a_label_is_kept_as_evidence_with_a_name_and_ctrl_z_takes_it_back(window: MainWindow, qtbot: QtBot) -> None:
    open_page(window)
    page, before = window.checking, badge(window)
    item = page.queue.current
    assert item is not None
    qtbot.keyClicks(page.form.brand, "Honeywell")
    qtbot.keyClicks(page.form.model, "H4W2PER3")
    page.form.who.setText("R. Khan")
    qtbot.keyClick(page.form.model, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(QApplication.instance())
    assert badge(window) == before - 1
    inventory = window.session.inventory
    assert inventory is not None
    row = window.session.row(item.asset.id)
    assert row is not None
    readings = [one for one in inventory.observations(row.asset.device or "") if one.probe == "person"]
    assert len(readings) == 1
    assert b"Honeywell" in readings[0].raw
    assert row.maker != "honeywell"  # a label confirms brand and model, never the manufacturer
    assert row.brand == "Honeywell"
    newest = inventory.changes(1)[0]
    assert (newest.verb, newest.by) == ("check", "R. Khan")
    page.queue.choose(item.id)
    settle(QApplication.instance())
    assert any("the label says Honeywell" in text for text in words(window))
    window.session.undo()
    assert badge(window) == before
    assert not [one for one in inventory.observations(row.asset.device or "") if one.probe == "person"]


def test_why_can_be_asked_of_one_with_signs_after_another(window: MainWindow, app: QApplication, qtbot: QtBot) -> None:
    recorder = next(row for row in window.session.rows() if row.asset.kind == "recorder")
    window.session.do(by_hand.add_channels(recorder.asset.id, [1]))
    open_page(window)
    page = window.checking
    first, second = (item.id for item, _ in page.queue.model.rows)
    page.form.who.setText("R. Khan")
    qtbot.keyClicks(page.form.brand, "Dahua")
    page.save_button.click()
    for item in (first, second, first):
        page.queue.choose(item)
        app.processEvents()
        QCoreApplication.sendPostedEvents(None, int(QEvent.Type.DeferredDelete.value))
        assert page.form.why_link.isVisible() == (item == first)


def test_nothing_typed_and_no_name_are_said_beside_the_fields(window: MainWindow, qtbot: QtBot) -> None:
    open_page(window)
    page = window.checking
    page.form.who.clear()
    qtbot.keyClicks(page.form.brand, "SecureView")
    page.save_button.click()
    assert page.problem.text() == "Type who looked."
    assert page.form.brand.text() == "SecureView"
    page.form.who.setText("R. Khan")
    page.form.brand.clear()
    page.save_button.click()
    assert page.problem.isVisible()
    assert page.problem.text() == "Type the brand or model, or choose what it is; or choose “I can’t tell”."
    assert window.session.inventory is not None
    assert "check" not in {line.verb for line in window.session.inventory.changes()}


def test_not_a_camera_leaves_the_queue_and_the_count(window: MainWindow) -> None:
    open_page(window)
    page, before = window.checking, badge(window)
    item = page.queue.current
    assert item is not None
    page.not_camera.click()
    row = window.session.row(item.asset.id)
    assert row is not None
    assert row.asset.kind == "other"
    assert badge(window) == before - 1


def test_what_nobody_can_tell_goes_on_one_list_for_the_installer(window: MainWindow, qtbot: QtBot) -> None:
    open_page(window)
    page = window.checking
    item = page.queue.current
    assert item is not None
    page.cannot_tell.click()
    settle(QApplication.instance())
    row = window.session.row(item.asset.id)
    assert row is not None
    assert row.asset.ask_installer
    assert any(one.state == "installer" for one, _ in page.queue.model.rows)
    page.print_questions()
    assert window.page is window.reports
    assert window.reports.choices.kind.name == "questions"
    qtbot.waitUntil(lambda: window.reports._paper.document.pageCount() > 0)


def test_a_photo_of_the_label_is_kept_without_where_it_was_taken(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    open_page(window)
    page = window.checking
    item = page.queue.current
    assert item is not None
    notes = Image.Exif()
    notes[0x010F] = "Sample phone"
    path = tmp_path / "label.jpg"
    Image.new("RGB", (60, 40), "grey").save(path, exif=notes)
    page.form.add_photos([path], page.form.photo_button)
    qtbot.waitUntil(lambda: not page.form.is_reading)
    page.form.kind.setCurrentIndex(0)
    page.form.who.setText("R. Khan")
    page.save_button.click()
    inventory = window.session.inventory
    assert inventory is not None
    (photo,) = inventory.photos(item.asset.id)
    kept = inventory.picture(photo.picture)
    assert kept is not None
    assert b"Sample phone" not in kept.data


@pytest.mark.parametrize(("answer", "kept"), [("Leave it out", 0), ("Save this photo", 1)])
def test_a_photo_that_shows_a_code_is_asked_about(
    window: MainWindow, tmp_path: Path, qtbot: QtBot, read_here: None, answer: str, kept: int
) -> None:
    pytest.importorskip("zxingcpp", reason="zxing-cpp reads the codes")
    open_page(window)
    form = window.checking.form
    path = tmp_path / "label.png"
    label(printed("named", random.Random(answer))).image.save(path)
    form.add_photos([path], form.photo_button)
    qtbot.waitUntil(lambda: any(one.isVisible() for one in window.findChildren(Dialog)))
    assert form.is_reading
    (dialog,) = (one for one in window.findChildren(Dialog) if one.isVisible())
    next(one for one in dialog.findChildren(Button) if one.text() == answer).click()
    qtbot.waitUntil(lambda: not form.is_reading)
    assert len(form.photos) == kept
    if kept:
        assert form.photos[0].picture == read_picture(path.read_bytes(), "photo"), "its codes are covered"


def test_a_broken_photo_is_one_sentence_and_loses_nothing_typed(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    open_page(window)
    page = window.checking
    page.form.brand.setText("SecureView")
    path = tmp_path / "label.jpg"
    path.write_bytes(b"nothing of the kind")
    said: list[str] = []
    window.session.hub.troubled.connect(lambda _, sentence: said.append(sentence))
    page.form.add_photos([path], page.form.photo_button)
    qtbot.waitUntil(lambda: not page.form.is_reading)
    assert len(said) == 1
    assert page.form.brand.text() == "SecureView"
    assert not page.form.photos


@pytest.fixture
def doubled(window: MainWindow, knowledge: Knowledge) -> str:
    """A second search in which something at a known address shows another device: staff are asked."""
    inventory = window.session.inventory
    assert inventory is not None
    known = next(row for row in window.session.rows() if "10.0.0.33" in row.addresses)
    other = samples.verdict(33, "camera", "bosch", knowledge.version)
    keys = tuple(key for key in other.device.keys if key.kind == "addr")
    other = replace(other, device=replace(other.device, keys=keys, mac=None), findings=())
    scan = replace(samples.scan(knowledge_version=knowledge.version), id="second")
    census = Census(scan=scan, observations=(), verdicts=(other,))
    window.session.hub.publish(register.save_census(inventory, census, knowledge, samples.NOW))
    return known.asset.id


def test_a_possible_duplicate_is_asked_and_not_decided(window: MainWindow, doubled: str) -> None:
    open_page(window)
    page = window.checking
    item = next(one for one, _ in page.queue.model.rows if one.why == "duplicate")
    page.queue.choose(item.id)
    settle(QApplication.instance())
    assert item.other is not None
    assert item.other.id == doubled
    assert any(text.startswith(f"Is {item.asset.ref} the same device as ") for text in words(window))
    rows = len(window.session.rows())
    page.same.click()
    assert len(window.session.rows()) == rows - 1
    window.session.undo()
    assert len(window.session.rows()) == rows
    page.queue.choose(item.id)
    page.two.click()
    assert len(window.session.rows()) == rows
    assert not [one for one, _ in page.queue.model.rows if one.why == "duplicate"]


def test_a_recorders_channel_is_confirmed_here(window: MainWindow) -> None:
    recorder = next(row for row in window.session.rows() if row.asset.kind == "recorder")
    window.session.do(by_hand.add_channels(recorder.asset.id, [1, 2]))
    open_page(window)
    page = window.checking
    item = next(one for one, _ in page.queue.model.rows if one.why == "channel")
    page.queue.choose(item.id)
    settle(QApplication.instance())
    assert f"{recorder.asset.ref} reports a camera on channel 1. Is there one?" in words(window)
    page.form.who.setText("R. Khan")
    page.save_button.click()
    assert page.problem.text().startswith("Type the brand or model, or choose what it is")
    page.form.kind.choose("camera")
    page.save_button.click()
    row = window.session.row(item.asset.id)
    assert row is not None
    assert row.asset.confirmed_by == "R. Khan"


def test_what_has_the_same_name_is_told_apart_in_the_queue(window: MainWindow) -> None:
    session = window.session
    recorder = next(row for row in session.rows() if row.asset.kind == "recorder")
    session.do(by_hand.add_channels(recorder.asset.id, [1, 2]))
    open_page(window)
    model = window.checking.queue.model
    site = session.do(placing.add_place("site", "Elm Park", None)).made
    session.do(hand.add_rows(session.knowledge, [register.HandRow(place=site), register.HandRow(place=site)], "R. Khan"))
    settle(QApplication.instance())
    said = [(str(model.index(at, 0).data()), str(model.index(at, 0).data(RowRole).under)) for at in range(model.rowCount())]
    assert [name for name, _ in said].count("Elm Park") == 2
    assert len(set(said)) == len(said)
    assert {f"Channel {number} of {recorder.asset.ref}" for number in (1, 2)} < {state for _, state in said}


def test_in_an_empty_record_nobody_says_that_every_maker_is_known(window: MainWindow, tmp_path: Path) -> None:
    window.session.create(tmp_path / "new.camcensus", samples.body())
    open_page(window)
    assert window.checking._done.isVisible()
    assert window.checking._done.sentence.text().startswith("There are no cameras yet.")
    (button,) = (one for one in window.checking._done.findChildren(Button) if one.isVisible())
    button.click()
    assert window.page is window.finder, "not a list that is as empty"


def test_with_nothing_to_check_the_page_says_so(window: MainWindow) -> None:
    ids = [one.asset.id for one, _ in (open_page(window), window.checking.queue.model.rows)[1]]
    window.session.do(tagging.set_kind(ids, "other"))
    settle(QApplication.instance())
    assert window.checking._done.isVisible()
    assert badge(window) == 0


def test_a_reason_that_several_replies_give_is_said_once(window: MainWindow) -> None:
    open_page(window)
    row = next(one for one in window.session.rows() if one.verdict is not None and one.verdict.attribution.supports)
    assert row.verdict is not None
    sign = row.verdict.attribution.supports[0]
    window.checking.form._show_signs([(sign, True), (sign, True), (sign, False)])
    settle(QApplication.instance())
    why = typeset(upper_first(sign.why.rstrip(".")))
    assert [one for one in words(window) if typeset(one) == why] == [why, why], "for it, and against it"


def test_where_the_kind_is_asked_the_reason_and_the_signs_are_of_the_kind(window: MainWindow) -> None:
    open_page(window)
    form = window.checking.form
    row = next(row for row in window.session.rows() if row.verdict is not None and row.verdict.description.kind_evidence)
    assert row.verdict is not None
    said = replace(row.verdict.description, kind="unknown", kind_reason="It says nothing of what it is.")
    doubtful = replace(row, asset=replace(row.asset, kind="unknown"), _whole=[replace(row.verdict, description=said)])
    form.show_item(ToCheck(row.asset.id, "kind", "open", doubtful.asset), doubtful)
    settle(QApplication.instance())
    shown = words(window)
    assert "It says nothing of what it is." in shown
    first = typeset(upper_first(said.kind_evidence[0].why.rstrip(".")))
    assert first in shown
    assert not [text for text in shown if text.startswith("We can’t tell who made this")]


def test_where_its_answers_differ_from_the_list_that_is_what_is_asked(window: MainWindow) -> None:
    open_page(window)
    row = next(row for row in window.session.rows() if row.maker is not None)
    why = "Your register says Axis, and its own answers are those of a device made by Dahua."
    doubtful = replace(row, care=(CareFinding("maker-to-check", why, "Read its label, and correct what is wrong."),))
    item = ToCheck(row.asset.id, "maker", "open", row.asset)
    window.checking.form.show_item(item, doubtful)
    settle(QApplication.instance())
    assert why in words(window)
    assert state_of(item, doubtful)[1] == GRADE_SHORT[row.grade]


@pytest.fixture
def many(window: MainWindow, knowledge: Knowledge) -> list[str]:
    """Six more cameras of one brand and model, one of them with other signs, and two of another model; their ids."""
    inventory = window.session.inventory
    assert inventory is not None
    before = {row.asset.id for row in window.session.rows()}
    made = []
    for number in range(60, 68):
        one = samples.verdict(number, "camera", None, knowledge.version)
        differ = number == 65
        said = replace(
            one.attribution, brand="Acme", grade="conflicting" if differ else "unknown", candidates=("dahua",) if differ else ()
        )
        made.append(
            replace(one, attribution=said, description=replace(one.description, model="A-10" if number < 66 else "A-9"))
        )
    scan = replace(samples.scan(knowledge_version=knowledge.version), id="third")
    seen = tuple(each for one in made for each in one.device.observations)
    census = Census(scan=scan, observations=seen, verdicts=tuple(made))
    window.session.hub.publish(register.save_census(inventory, census, knowledge, samples.NOW))
    open_page(window)
    new = [row for row in window.session.rows() if row.asset.id not in before]
    return [row.asset.id for row in sorted(new, key=lambda row: row.addresses)]


def shown_ids(window: MainWindow) -> list[str]:
    return [item.id for item, _ in window.checking.queue.model.rows]


def test_the_queue_is_searched_by_all_that_is_known(window: MainWindow, many: list[str], qtbot: QtBot) -> None:
    queue = window.checking.queue
    every = shown_ids(window)
    for typed, wanted in (("a-9", many[6:]), ("ACME 10.0.0.61", many[1:2]), ("disagree", many[5:6]), ("nothing such", [])):
        queue.search.clear()
        qtbot.keyClicks(queue.search, typed)
        assert shown_ids(window) == wanted, typed
        assert queue.note.text() == f"0 of {len(every)} done, {len(wanted)} shown"
        assert (queue.current is not None and queue.current.id in wanted) == bool(wanted), typed
    assert window.checking.escape()
    assert shown_ids(window) == every


def test_one_answer_for_all_that_are_alike_with_the_exceptions_named(window: MainWindow, many: list[str], qtbot: QtBot) -> None:
    page, before = window.checking, badge(window)
    page.queue.choose(many[0])
    part = page.form.alike
    settle(QApplication.instance())
    assert part.isVisible()
    assert part.same.text() == "Same answer for 4 others like it: Acme A-10"
    refs = {row.asset.id: row.asset.ref for row in window.session.rows()}
    assert any(f"Exception: {refs[many[5]]} (its signs point to Dahua)." in text for text in words(window))
    assert page.save_button.text() == "Save and next"
    part.same.setChecked(True)
    assert page.save_button.text() == "Save 5 and next"
    page.form.who.setText("R. Khan")
    page.form.serial.setText("1234567890")
    page.save_button.click()
    assert page.problem.isVisible(), "a serial number is of one"
    page.form.basis.choose("maker-letter")
    page.form.maker.choose("hikvision")
    page.save_button.click()
    assert page.problem.text() == ""
    assert page.note.text() == "Saving the answer: 0 of 4."
    page.save_and_next()
    page.is_no_camera()
    for part in (page.save_button, page.not_camera, page.cannot_tell, page.queue, page.form):
        assert not part.isEnabled()
    assert page.queue.current is not None
    assert page.queue.current.id == many[0], "the next one comes when it has ended"
    qtbot.waitUntil(lambda: not page.busy)
    assert badge(window) == before - 5
    left = {item.id for item, _ in page.queue.model.rows if item.state == "open"}
    assert left & set(many) == {many[5], many[6], many[7]}
    assert page.queue.current.id in left
    assert page.form.isEnabled()
    assert window.focusWidget() is page.form.kind
    window.session.undo()
    assert badge(window) == before


def test_a_double_click_answers_one(window: MainWindow, many: list[str], qtbot: QtBot) -> None:
    page = window.checking
    page.queue.choose(many[0])
    for press in (qtbot.mousePress, qtbot.mouseDClick):
        press(page.not_camera, Qt.MouseButton.LeftButton)
        qtbot.mouseRelease(page.not_camera, Qt.MouseButton.LeftButton)
    assert [row.asset.id for row in window.session.rows() if row.asset.kind == "other" and row.asset.id in many] == many[:1]


def test_an_answer_that_cannot_be_saved_is_said_and_stays(
    window: MainWindow, many: list[str], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise StoreError("The disk is full.")

    page, said = window.checking, list[str]()
    monkeypatch.setattr("camcensus.ui.needs_checking.page.answer_alike", fail)
    window.session.hub.troubled.connect(lambda *told: said.extend(told))
    page.queue.choose(many[0])
    page.form.alike.same.setChecked(True)
    page.form.brand.setText("Acme")
    page.form.who.setText("R. Khan")
    page.save_button.click()
    qtbot.waitUntil(lambda: not page.busy)
    assert said == ["Your answer was not saved", "The disk is full."]
    assert page.queue.current is not None
    assert page.queue.current.id == many[0]
    assert page.form.brand.text() == "Acme"
    assert page.save_button.isEnabled()
    assert window.session.waiting == ""


def test_the_next_entry_starts_with_an_answer_for_itself_only(window: MainWindow, many: list[str]) -> None:
    page = window.checking
    page.queue.choose(many[0])
    page.form.alike.same.setChecked(True)
    page.queue.choose(many[6])
    assert not page.form.alike.same.isChecked()
    assert page.save_button.text() == "Save and next"
    page.queue.choose(many[0])
    assert page.form.alike.others == ()


def test_no_camera_and_the_installers_list_take_all_that_are_ticked(window: MainWindow, many: list[str], qtbot: QtBot) -> None:
    page = window.checking
    page.queue.choose(many[6])
    page.form.alike.same.setChecked(True)
    page.cannot_tell.click()
    qtbot.waitUntil(lambda: not page.busy)
    rows = {row.asset.id: row for row in window.session.rows()}
    assert [rows[one].asset.ask_installer for one in many[6:]] == [True, True]
    page.queue.choose(many[0])
    page.form.alike.same.setChecked(True)
    page.not_camera.click()
    qtbot.waitUntil(lambda: not page.busy)
    rows = {row.asset.id: row for row in window.session.rows()}
    assert [rows[one].asset.kind == "other" for one in many] == [True] * 5 + [False] * 3
