from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from camcensus.store.edits import placing, tagging
from camcensus.ui.asset.add_row import AddRowDialog
from camcensus.ui.asset.channels import ChannelsDialog, numbers_of
from camcensus.ui.asset.columns import AT, DEFAULT_COLUMNS
from camcensus.ui.asset.firm import FirmDialog, FirmEditor
from camcensus.ui.asset.merge import MergeDialog
from camcensus.ui.asset.model import Wanted
from camcensus.ui.asset.photos import PhotoDialog, PhotosSection
from camcensus.ui.asset.tag_editors import DIFFERENT, EMPTIED, TextEditor, as_typed
from camcensus.ui.asset.tags import TagsDialog
from camcensus.ui.cameras.page import CamerasPage
from camcensus.ui.kit.buttons import LinkButton
from camcensus.ui.kit.dialogs import Dialog
from camcensus.ui.kit.menus import Menu
from camcensus.ui.kit.table import Table
from camcensus.ui.kit.widgets import Text
from camcensus.ui.preferences import Preferences
from camcensus.ui.window import MainWindow
from ui_rows import settle


def shown(page: CamerasPage, row: int, column: str) -> str:
    """What the register says of a row, in a column that may not be shown."""
    item = page.model.at(row)
    assert item is not None
    return item.text(AT[column])


def row_of(window: MainWindow, address: str) -> str:
    return next(row.asset.id for row in window.session.rows() if address in row.addresses)


def choose(window: MainWindow, *addresses: str) -> list[str]:
    window.show_page("cameras")
    ids = [row_of(window, address) for address in addresses]
    window.cameras.chosen.choose(ids)
    settle(QApplication.instance())
    return ids


def asked[T: Dialog](window: MainWindow, kind: type[T]) -> T:
    return next(one for one in window.findChildren(kind) if one.isVisible())


def text(dialog: TagsDialog, name: str) -> TextEditor:
    editor = dialog.editors[name]
    assert isinstance(editor, TextEditor)
    return editor


def asset(window: MainWindow, address: str):  # type: ignore[no-untyped-def]
    row = window.session.row(row_of(window, address))
    assert row is not None
    return row.asset


def changes(window: MainWindow) -> int:
    inventory = window.session.inventory
    assert inventory is not None
    return len(inventory.changes(1000))


def test_f2_opens_the_fields_and_enter_keeps_them_as_one_change(window: MainWindow, qtbot: QtBot) -> None:
    choose(window, "10.0.0.31")
    before = changes(window)
    qtbot.keyClick(window.cameras.table, Qt.Key.Key_F2)
    dialog = asked(window, TagsDialog)
    qtbot.keyClicks(text(dialog, "purpose").field, "Watches the gate")
    qtbot.keyClicks(text(dialog, "retention_days").field, "31 days")
    qtbot.keyClicks(text(dialog, "installed_on").field, "11/2021")
    qtbot.keyClicks(text(dialog, "cost_pence").field, "£180.50")
    qtbot.keyClicks(dialog.tags.field, "gate, Lift works")
    qtbot.keyClick(dialog.tags.field, Qt.Key.Key_Return)
    assert not dialog.isVisible()
    kept = asset(window, "10.0.0.31")
    assert (kept.purpose, kept.retention_days, kept.installed_on, kept.cost_pence, kept.tags) == (
        "Watches the gate", 31, "2021-11", 18050, ("gate", "Lift works"),
    )  # fmt: skip
    assert changes(window) == before + 1
    assert window.session.undo()
    assert asset(window, "10.0.0.31").purpose is None
    assert asset(window, "10.0.0.31").tags == ()


def test_what_does_not_fit_is_said_beside_the_field_and_nothing_is_lost_or_written(window: MainWindow) -> None:
    choose(window, "10.0.0.31")
    before = changes(window)
    window.cameras.actions_.edit()
    dialog = asked(window, TagsDialog)
    text(dialog, "purpose").set_text("Gate")
    text(dialog, "retention_days").set_text("a month")
    text(dialog, "last_picture_check").set_text("yesterday")
    dialog.accept()
    assert dialog.isVisible()
    assert "whole number of days" in text(dialog, "retention_days").problem.text()
    assert "must be a date" in text(dialog, "last_picture_check").problem.text()
    assert not text(dialog, "purpose").problem.isVisible()
    assert text(dialog, "retention_days").field.text() == "a month"
    assert dialog.focusWidget() is text(dialog, "retention_days").field
    assert changes(window) == before
    text(dialog, "retention_days").set_text("31")
    text(dialog, "last_picture_check").set_text("24/11/2026")
    dialog.accept()
    assert asset(window, "10.0.0.31").last_picture_check == "2026-11-24"


def test_a_selection_writes_only_what_was_changed(window: MainWindow) -> None:
    one, two = choose(window, "10.0.0.31", "10.0.0.32")
    assert window.session.do(tagging.set_tags([one], {"purpose": "Gate", "owner": "Trust", "inside_outside": "outside"}))
    assert window.session.do(tagging.set_tags([two], {"purpose": "Hall", "owner": "Trust"}))
    assert window.session.do(tagging.add_tags([one], ["old"]))
    window.cameras.actions_.edit()
    dialog = asked(window, TagsDialog)
    assert text(dialog, "purpose").field.placeholderText() == DIFFERENT
    assert text(dialog, "owner").field.text() == "Trust"
    assert dialog.editors["inside_outside"].now is None
    assert dialog.tags.field.text() == "", "not all have it"
    text(dialog, "dpia_ref").set_text("DPIA-14")
    dialog.tags.field.setText("checked")
    dialog.accept()
    first, second = asset(window, "10.0.0.31"), asset(window, "10.0.0.32")
    assert (first.purpose, second.purpose) == ("Gate", "Hall")
    assert (first.inside_outside, second.inside_outside) == ("outside", None)
    assert {first.dpia_ref, second.dpia_ref} == {"DPIA-14"}
    assert (first.tags, second.tags) == (("old", "checked"), ("checked",))


def test_a_field_that_differs_can_be_emptied_for_all_and_typing_can_be_taken_back(window: MainWindow, qtbot: QtBot) -> None:
    one, two = choose(window, "10.0.0.31", "10.0.0.32")
    assert window.session.do(tagging.set_tags([one], {"purpose": "Gate"}))
    assert window.session.do(tagging.set_tags([two], {"purpose": "Hall"}))
    window.cameras.actions_.edit()
    dialog = asked(window, TagsDialog)
    field = text(dialog, "purpose").field
    qtbot.keyClicks(field, "x")
    field.undo()
    assert field.placeholderText() == DIFFERENT
    assert not dialog.editors["purpose"].changed
    qtbot.keyClicks(field, "x")
    qtbot.keyClick(field, Qt.Key.Key_Backspace)
    assert field.placeholderText() == EMPTIED
    dialog.accept()
    assert asset(window, "10.0.0.31").purpose is None
    assert asset(window, "10.0.0.32").purpose is None


def test_a_firm_is_added_once_with_its_contract_and_stands_in_the_details(window: MainWindow) -> None:
    choose(window, "10.0.0.31")
    window.cameras.actions_.edit()
    dialog = asked(window, TagsDialog)
    editor = dialog.editors["maintainer"]
    assert isinstance(editor, FirmEditor)
    editor.add_link.click()
    firm = asked(window, FirmDialog)
    firm.accept()
    assert "Type the name of the firm." in firm.problem.text()
    firm.name.setText("Fenland Security Ltd")
    firm.number.setText("C-1042")
    firm.end.setText("next summer")
    firm.accept()
    assert "must be a date" in firm.problem.text()
    firm.end.setText("31/08/2027")
    firm.accept()
    assert "Contract C-1042 · ends 31 August 2027" in editor.contract.text()
    dialog.accept()
    assert asset(window, "10.0.0.31").maintainer_name == "Fenland Security Ltd"
    settle(QApplication.instance())
    said = [one.text() for one in window.cameras.pane.findChildren(Text)]
    assert "Fenland Security Ltd, contract C-1042, ends 31 August 2027" in said
    choose(window, "10.0.0.32")
    window.cameras.actions_.edit()
    again = next(one for one in window.findChildren(TagsDialog) if one.isVisible())
    combo = again.editors["seller"].entry
    assert combo.findText("Fenland Security Ltd") > 0  # type: ignore[attr-defined]


def test_what_was_typed_before_is_offered_again(window: MainWindow) -> None:
    (one,) = choose(window, "10.0.0.31")
    assert window.session.do(tagging.set_tags([one], {"purpose": "Watches the gate"}))
    choose(window, "10.0.0.32")
    window.cameras.actions_.edit()
    dialog = asked(window, TagsDialog)
    completer = text(dialog, "purpose").field.completer()
    completer.setCompletionPrefix("GATE")
    assert completer.currentCompletion() == "Watches the gate"


def test_photos_are_added_opened_and_removed(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    from PIL import Image

    path = tmp_path / "label.jpg"
    picture = Image.new("RGB", (320, 240), "teal")
    exif = Image.Exif()
    exif[0x010F] = "PhoneMaker"
    picture.save(path, exif=exif)
    choose(window, "10.0.0.31")
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(path)], ""))
    section = window.cameras.pane.findChild(PhotosSection)
    assert isinstance(section, PhotosSection)
    section.add_button.click()
    inventory = window.session.inventory
    assert inventory is not None
    qtbot.waitUntil(lambda: bool(inventory.photos(row_of(window, "10.0.0.31"))))
    settle(QApplication.instance())
    (photo,) = inventory.photos(row_of(window, "10.0.0.31"))
    assert b"PhoneMaker" not in inventory.picture(photo.picture).data
    section = next(one for one in window.cameras.pane.findChildren(PhotosSection) if one.isVisible())
    section.thumbs[0].click()
    dialog = asked(window, PhotoDialog)
    dialog._remove()
    assert inventory.photos(row_of(window, "10.0.0.31")) == ()


def test_channels_of_a_recorder_are_added_and_confirmed_and_lead_to_each_other(window: MainWindow) -> None:
    choose(window, "10.0.0.35")
    window.cameras.actions_.add_channels()
    dialog = asked(window, ChannelsDialog)
    dialog.others.setChecked(True)
    dialog.numbers.setText("one to three")
    dialog.accept()
    assert "Channels are numbers" in dialog.problem.text()
    dialog.numbers.setText("1 to 2, 5")
    dialog.accept()
    recorder = asset(window, "10.0.0.35")
    channels = [row.asset for row in window.session.rows() if row.asset.connected_to == recorder.id]
    assert sorted(one.channel for one in channels if one.channel is not None) == [1, 2, 5]
    assert all(one.unconfirmed for one in channels)
    settle(QApplication.instance())
    links = [link for link in window.cameras.pane.findChildren(LinkButton) if link.accessibleName().startswith("Channel 2: ")]
    links[0].click()
    settle(QApplication.instance())
    assert [row.asset.channel for row in window.cameras.selected()] == [2]
    window.cameras.chosen.choose([one.id for one in channels])
    assert "Confirm channels" in [action.text() for action in window.cameras.actions_.menu().actions()]
    window.session.by, window.session.person = "r.khan", "S. Ellis, who typed it into another form"
    window.cameras.actions_.confirm_channels()
    assert not any(row.asset.unconfirmed for row in window.session.rows())
    ways = [way.what for row in window.session.rows() if row.asset.channel is not None for way in row.asset.known_by]
    assert ways == ["r.khan"] * 3


@pytest.mark.parametrize(
    ("typed", "numbers"),
    [
        ("1 to 4", [1, 2, 3, 4]),
        ("1-2, 7", [1, 2, 7]),
        ("12", [12]),
        ("", None),
        ("4 to 1", None),
        ("1 to 9999", None),
        ("x", None),
    ],
)
def test_channel_numbers_as_people_write_them(typed: str, numbers: list[int] | None) -> None:
    assert numbers_of(typed) == numbers


def test_two_rows_are_merged_after_a_preview_and_come_back(window: MainWindow) -> None:
    one, two = choose(window, "10.0.0.31", "10.0.0.32")
    assert window.session.do(tagging.set_tags([one], {"purpose": "Gate"}))
    assert window.session.do(tagging.set_tags([two], {"purpose": "Hall"}))
    number = len(window.session.rows())
    window.cameras.actions_.merge()
    dialog = asked(window, MergeDialog)
    names = [word.accessibleName() for word in dialog.findChildren(Text)]
    assert "Purpose: Gate, kept" in names
    assert "Purpose: Hall, not kept" in names
    dialog._which.button(1).click()
    settle(QApplication.instance())
    names = [word.accessibleName() for word in dialog.findChildren(Text) if word.isVisible()]
    assert "Purpose: Hall, kept" in names
    dialog.accept()
    assert len(window.session.rows()) == number - 1
    assert asset(window, "10.0.0.32").purpose == "Hall"
    assert window.session.undo()
    assert len(window.session.rows()) == number
    assert asset(window, "10.0.0.31").purpose == "Gate"


def test_ctrl_n_adds_a_row_by_hand_that_is_judged(window: MainWindow, qtbot: QtBot) -> None:
    window.show_page("home")
    qtbot.keyClick(window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    dialog = asked(window, AddRowDialog)
    dialog.brand.setText("Honeywell")
    dialog.who.clear()
    dialog.accept()
    assert "Type who read it" in dialog.problem.text()
    dialog.who.setText("R. Khan")
    dialog.accept()
    settle(QApplication.instance())
    (row,) = window.cameras.selected()
    assert row.brand == "Honeywell"
    assert row.judged


def test_chosen_columns_are_shown_and_remembered(window: MainWindow, tmp_path: Path) -> None:
    page = window.cameras
    assert page.columns.names == DEFAULT_COLUMNS
    for title in ("Serial number", "List or our reading"):
        menu = Menu()
        page.columns.fill(menu)
        every = [line for group in menu.actions() if (inner := group.menu()) is not None for line in inner.actions()]
        next(line for line in every if line.text() == title).trigger()
    assert page.columns.names == ("ref", "place", "maker", "grade", "decision", "serial")
    assert Preferences(tmp_path / "window.ini").columns == page.columns.names
    page.columns.show(DEFAULT_COLUMNS)
    page.columns.use(window.preferences)
    assert "serial" in page.columns.names
    menu = Menu()
    page.columns.fill(menu)
    menu.actions()[-1].trigger()
    assert Preferences(tmp_path / "window.ini").columns == DEFAULT_COLUMNS


def test_a_place_is_filtered_with_all_that_lies_in_it(window: MainWindow) -> None:
    one, two = choose(window, "10.0.0.31", "10.0.0.32")
    assert window.session.do(placing.set_place_named([one], ["Elm Park", "Main block", "Ground", "Hall"]))
    assert window.session.do(placing.set_place_named([two], ["Elm Park", "Main block"]))
    page = window.cameras
    page.place.setCurrentIndex(page.place.findText("Main block"))
    assert {row.asset.id for row in page.model.rows} > {one, two}
    assert page.model.rowCount() == 2
    page.place.setCurrentIndex(page.place.findText("Hall"))
    assert page.model.rowCount() == 1
    page.filters.clear()
    assert page.model.wanted == Wanted()


def test_few_need_the_filters_under_more(window: MainWindow) -> None:
    one, two = choose(window, "10.0.0.31", "10.0.0.32")
    assert window.session.do(tagging.set_tags([one], {"ownership": "not-ours"}))
    assert window.session.do(tagging.add_tags([two], ["gate"]))
    page = window.cameras
    page.filters._switch("not-ours", on=True)
    assert page.model.rowCount() == 1
    assert page.filters.more_button.text() == "More (1)"
    assert page.escape()
    assert page.model.rowCount() == page.model.total
    page.filters._want_tag("gate")
    assert shown(page, 0, "tags") == "gate"


def test_home_end_space_and_ctrl_a_choose_rows(window: MainWindow, qtbot: QtBot) -> None:
    window.show_page("cameras")
    table: Table = window.cameras.table
    table.setFocus(Qt.FocusReason.TabFocusReason)
    last = table.model().rowCount() - 1
    qtbot.keyClick(table, Qt.Key.Key_End)
    assert table.currentIndex().row() == last
    qtbot.keyClick(table, Qt.Key.Key_Home, Qt.KeyboardModifier.ShiftModifier)
    assert len(window.cameras.selected()) == last + 1
    qtbot.keyClick(table, Qt.Key.Key_Space)
    assert len(window.cameras.selected()) == last
    qtbot.keyClick(table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert len(window.cameras.selected()) == last + 1
    qtbot.keyClicks(table, "rec")
    assert window.cameras.selected()[0].asset.ref.startswith("REC")


def test_an_edit_leaves_rows_where_they_are_until_they_are_ordered_again(window: MainWindow) -> None:
    one, _ = choose(window, "10.0.0.31", "10.0.0.32")
    table, model = window.cameras.table, window.cameras.model
    table.sort_by(AT["purpose"], Qt.SortOrder.AscendingOrder)
    refs = [model.index(at, 0).data() for at in range(model.rowCount())]
    resets: list[int] = []
    model.modelReset.connect(lambda: resets.append(1))
    assert window.session.do(tagging.set_tags([one], {"purpose": "Zebra crossing"}))
    assert [model.index(at, 0).data() for at in range(model.rowCount())] == refs
    assert not resets
    assert shown(window.cameras, model.row_of(one), "purpose") == "Zebra crossing"
    table.sort_by(AT["purpose"], Qt.SortOrder.DescendingOrder)
    assert shown(window.cameras, 0, "purpose") == "Zebra crossing"


@pytest.mark.parametrize(
    ("field", "value", "typed"),
    [
        ("installed_on", "2021-11", "11/2021"),
        ("last_picture_check", "2026-11-24", "24/11/2026"),
        ("cost_pence", 18050, "180.50"),
        ("cost_pence", 18000, "180"),
        ("retention_days", 0, "0"),
        ("purpose", None, ""),
    ],
)
def test_values_are_shown_as_people_type_them(field: str, value: object, typed: str) -> None:
    from camcensus.model.tags import checked

    assert as_typed(field, value) == typed
    assert checked(field, typed) == value


def test_the_sum_of_a_large_plan_is_made_beside_the_window(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    from camcensus.ui.plan import planning

    monkeypatch.setattr(planning, "SUMMED_AT_ONCE", 0)
    assert window.session.do(tagging.set_tags([row_of(window, "10.0.0.31")], {"purpose": "Gate"}))
    window.show_page("plan")
    assert window.plan.ask.text() == ""
    assert window.plan.desk.busy
    qtbot.waitUntil(lambda: window.plan.ask.text() != "")
    assert window.plan.ask.text().startswith("You have not decided to replace anything yet.")


def test_pages_that_are_not_in_view_are_counted_when_they_are(window: MainWindow) -> None:
    window.show_page("home")
    (one,) = [row_of(window, "10.0.0.32")]
    counted: list[int] = []
    window.cameras.model.dataChanged.connect(lambda *_: counted.append(1))
    assert window.session.do(tagging.set_tags([one], {"purpose": "Hall"}))
    assert not counted
    window.show_page("cameras")
    assert counted
    assert shown(window.cameras, window.cameras.model.row_of(one), "purpose") == "Hall"


def test_esc_asks_where_more_than_one_text_was_typed_and_cancel_does_not(window: MainWindow, qtbot: QtBot) -> None:
    choose(window, "10.0.0.31")
    for typed, asks in ((["purpose"], False), (["purpose", "owner"], True)):
        window.cameras.actions_.edit()
        dialog = asked(window, TagsDialog)
        for name in typed:
            qtbot.keyClicks(text(dialog, name).field, "a gate")
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)
        assert dialog.isVisible() is asks
    (question,) = (one for one in dialog.findChildren(Dialog) if one.isVisible())
    qtbot.keyClick(question, Qt.Key.Key_Escape)
    assert dialog.isVisible(), "Esc twice loses nothing"
    assert text(dialog, "owner").field.text() == "a gate"
    dialog.cancel_button.click()
    assert not dialog.isVisible()
