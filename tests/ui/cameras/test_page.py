from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

import samples
from camcensus.model.words import BASED
from camcensus.store.edits import by_hand, placing, tagging
from camcensus.ui import floor_pictures
from camcensus.ui.asset.decide import DecisionDialog, financial_years
from camcensus.ui.asset.detail import facts
from camcensus.ui.asset.evidence import NAMES_NOBODY, NO_SIGNS_YET
from camcensus.ui.asset.label import LabelDialog
from camcensus.ui.asset.location import LocationDialog
from camcensus.ui.asset.on_record import NO_MAKER_YET
from camcensus.ui.kit.buttons import Button, Fold, LinkButton
from camcensus.ui.kit.dialogs import Dialog
from camcensus.ui.kit.theme import THEME
from camcensus.ui.kit.widgets import Text
from camcensus.ui.window import MainWindow
from ui_rows import settle


def dialog(window: MainWindow) -> Dialog:
    found = [one for one in window.findChildren(Dialog) if one.isVisible()]
    assert len(found) == 1
    return found[0]


def words(widget: QWidget) -> list[str]:
    return [text.text() for text in widget.findChildren(Text) if not text.isHidden()]


def press(asked: Dialog, words: str) -> None:
    next(one for one in asked.findChildren(Button) if one.text() == words).click()
    settle(QApplication.instance())


def row_of(window: MainWindow, address: str) -> str:
    return next(row.asset.id for row in window.session.rows() if address in row.addresses)


def choose(window: MainWindow, *addresses: str) -> None:
    window.show_page("cameras")
    window.cameras.chosen.choose([row_of(window, address) for address in addresses])
    settle(QApplication.instance())


def test_a_rebrand_is_shown_with_its_maker_and_the_name_on_it(window: MainWindow) -> None:
    choose(window, "10.0.0.31")
    pane = window.cameras.pane
    assert pane.isVisible()
    row = pane.row
    assert row is not None
    assert row.verdict is not None
    said = words(pane)
    assert any(text.startswith("Made by Dahua – ") for text in said), said
    assert "Why we say this" in said
    assert any("addressed to" in text.lower() for text in said)
    assert BASED in said
    assert any(text.startswith("The legal seat of Dahua is in China.") and "is our reading" in text for text in said)
    assert not any(bad in " ".join(said).lower() for bad in ("banned", "unsafe", "backdoor", "red flag"))


def test_the_other_lists_and_the_makers_reply_are_one_click_away(window: MainWindow) -> None:
    choose(window, "10.0.0.31")
    folds = [fold for fold in window.cameras.pane.findChildren(Fold) if fold.isVisible()]
    reply = next(fold for fold in folds if "the maker’s replies" in fold.text())
    reply.click()
    settle(QApplication.instance())
    assert "The replies of Dahua" in [text.text() for text in window.cameras.pane.findChildren(Text) if text.isVisible()]


def test_a_hostile_name_is_literal_text_and_cut(window: MainWindow, app: QApplication) -> None:
    choose(window, "10.0.0.36")
    app.processEvents()
    window.grab()
    row = window.cameras.pane.row
    assert row is not None
    model = dict(facts(row))["Model"]
    assert model.startswith("<table><tr><td>")
    assert len(model) <= 200


def test_a_decision_is_recorded_shown_and_taken_back(window: MainWindow, qtbot: QtBot) -> None:
    choose(window, "10.0.0.31", "10.0.0.32")
    window.cameras.record_decision()
    asked = dialog(window)
    assert isinstance(asked, DecisionDialog)
    asked.accept()
    assert "Choose one of the five answers." in words(asked)
    asked._answers.button(3).click()
    asked._why.setText("Governors, 12 October")
    asked._by.setText("S. Ellis")
    asked.accept()
    decided = [row.asset.decision for row in window.session.rows() if row.asset.decision]
    assert [(one.what, one.by, one.why, one.year) for one in decided] == 2 * [
        ("replace", "S. Ellis", "Governors, 12 October", "2026-27")
    ]
    assert window.strip.isVisible()
    qtbot.mouseClick(window.strip.button, Qt.MouseButton.LeftButton)
    assert not any(row.asset.decision for row in window.session.rows())
    assert window.session.redo()
    assert sum(row.asset.decision is not None for row in window.session.rows()) == 2


def test_a_decision_needs_a_person(window: MainWindow) -> None:
    choose(window, "10.0.0.32")
    window.cameras.record_decision()
    asked = dialog(window)
    assert isinstance(asked, DecisionDialog)
    asked._answers.button(0).click()
    asked._by.clear()
    asked.accept()
    assert "Enter who decided." in words(asked)
    assert not any(row.asset.decision for row in window.session.rows())
    asked.reject()


def test_a_review_is_after_today_and_what_was_decided_names_its_day(window: MainWindow) -> None:
    choose(window, "10.0.0.32")
    window.cameras.record_decision()
    asked = dialog(window)
    assert isinstance(asked, DecisionDialog)
    asked._by.setText("S. Ellis")
    asked._answers.button(1).click()
    for typed, said in (
        ("31/02/2027", "Type the day of the review, like 24/11/2027."),
        (samples.NOW.strftime("%d/%m/%Y"), "The day of the review must be after today."),
        ("1 May 2020", "The day of the review must be after today."),
    ):
        asked._review.setText(typed)
        asked.accept()
        assert said in words(asked)
        assert asked._review.wrong
    asked._review.setText("1/5/2028")
    asked.accept()
    assert not asked.isVisible()
    (made,) = [row.asset.decision for row in window.session.rows() if row.asset.decision]
    assert made is not None
    assert made.review_on == "2028-05-01"
    assert "Keep for now, review on 1 May 2028." in " ".join(words(window.strip))
    window.cameras.record_decision()
    again = dialog(window)
    assert isinstance(again, DecisionDialog)
    assert again._review.text() == "1 May 2028"
    again.reject()


def test_what_is_done_in_the_details_is_done_to_what_they_show_however_many_are_chosen(window: MainWindow) -> None:
    choose(window, "10.0.0.31", "10.0.0.32")
    pane = window.cameras.pane
    assert pane.row is not None
    ref = pane.row.asset.ref
    assert pane.record_button.text() == "Decide on this one"
    pane.record_button.click()
    assert dialog(window).windowTitle() == f"Record your decision: {ref}"
    dialog(window).reject()
    pane.wrong_button.click()
    assert isinstance(dialog(window), LabelDialog)
    dialog(window).reject()
    pane.edit.emit()
    assert ref in dialog(window).windowTitle()
    dialog(window).reject()
    window.cameras.foot.decision_button.click()
    assert dialog(window).windowTitle() == "Record your decision: 2 items"
    dialog(window).reject()
    choose(window, "10.0.0.31")
    assert pane.record_button.text() == "Record decision"


def test_a_dialog_that_grows_leaves_the_button_under_the_pointer(window: MainWindow, qtbot: QtBot) -> None:
    choose(window, "10.0.0.31")
    window.cameras.record_decision()
    asked = dialog(window)
    assert isinstance(asked, DecisionDialog)
    settle(QApplication.instance())
    asked.move(100, 200)

    def at(widget: QWidget) -> int:
        settle(QApplication.instance())
        return widget.mapToGlobal(widget.rect().topLeft()).y()

    asked._foot.setAttribute(Qt.WidgetAttribute.WA_UnderMouse)
    button = at(asked._go)
    asked.accept()
    assert at(asked._go) == button
    assert asked.isVisible()
    asked._foot.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, False)
    radio = at(asked._answers.button(3))
    asked._answers.button(3).click()
    assert at(asked._answers.button(3)) == radio
    assert at(asked._go) > button
    asked.reject()


def test_a_sentence_in_a_dialog_makes_it_higher_and_squeezes_nothing(window: MainWindow) -> None:
    choose(window, "10.0.0.31")
    window.cameras.record_decision()
    asked = dialog(window)
    assert isinstance(asked, DecisionDialog)
    settle(QApplication.instance())
    before = asked._why.height()
    asked.accept()
    settle(QApplication.instance())
    assert asked._why.height() == before
    asked.reject()


@pytest.mark.parametrize("key", [Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Home, Qt.Key.Key_Return])
def test_the_only_row_is_chosen_by_the_keyboard(window: MainWindow, qtbot: QtBot, key: Qt.Key) -> None:
    window.show_page("cameras")
    row = next(row for row in window.session.rows() if "10.0.0.31" in row.addresses)
    window.cameras.search.setText(row.asset.ref)
    settle(QApplication.instance())
    assert window.cameras.table.model().rowCount() == 1
    window.cameras.table.clearSelection()
    assert window.cameras.selected() == []
    window.cameras.table.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(window.cameras.table, key)
    assert [one.asset.ref for one in window.cameras.selected()] == [row.asset.ref]


def test_a_new_place_is_typed_once_and_chosen_after_that(window: MainWindow) -> None:
    choose(window, "10.0.0.31")
    window.cameras.set_location()
    asked = dialog(window)
    assert isinstance(asked, LocationDialog)
    asked._typed.setText("Elm Park > Main block > Ground > Hall")
    asked.accept()
    choose(window, "10.0.0.32")
    window.cameras.set_location()
    again = next(one for one in window.findChildren(LocationDialog) if one.isVisible())
    again._typed.setText("hall")
    again.accept()
    paths = {row.asset.place_path for row in window.session.rows() if row.asset.place_path}
    assert paths == {("Elm Park", "Main block", "Ground", "Hall")}
    assert sum(bool(row.asset.place_path) for row in window.session.rows()) == 2
    assert window.cameras.place.findText("Hall") > 0


@pytest.mark.parametrize(
    ("typed", "name"), [("hall", "Hall"), ("sports", "Sports hall"), ("field", "Playing field"), ("elm park", "Elm Park")]
)
def test_of_the_places_that_fit_the_one_of_that_name_is_chosen(window: MainWindow, typed: str, name: str) -> None:
    session = window.session
    site = session.do(placing.add_place("site", "Elm Park", None)).made
    grounds, block = (session.do(placing.add_place("building", one, site)).made for one in ("Grounds and gates", "Main block"))
    for one, above in (
        ("Dining hall", block),
        ("Front gate", grounds),
        ("Hall", block),
        ("Playing field", grounds),
        ("Sports hall", block),
    ):
        session.do(placing.add_place("room", one, above))
    item = row_of(window, "10.0.0.31")
    session.do(placing.set_place([item], next(one.id for one in session.places() if one.name == "Dining hall")))
    choose(window, "10.0.0.31")
    window.cameras.set_location()
    asked = dialog(window)
    assert isinstance(asked, LocationDialog)
    asked._typed.setText(typed)
    asked.accept()
    row = session.row(item)
    assert row is not None
    assert row.asset.place_path[-1] == name


def test_what_is_said_of_a_row_goes_on_in_the_next_line(window: MainWindow) -> None:
    choose(window, "10.0.0.31")
    item = row_of(window, "10.0.0.31")
    window.session.do(tagging.decide([item], "replace", year="2027-28"), by="R. Khan")
    window.session.do(tagging.set_status([item], "removed"))
    settle(QApplication.instance())
    shown = [pill for pill in window.cameras.pane._pills if pill.isVisible()]
    assert len(shown) == 3
    assert all(pill.width() >= pill.sizeHint().width() for pill in shown)


def test_a_label_that_says_another_brand_leaves_the_maker_in_place(window: MainWindow) -> None:
    choose(window, "10.0.0.31")
    window.cameras.actions_.this_is_wrong()
    asked = dialog(window)
    assert isinstance(asked, LabelDialog)
    asked.accept()
    assert "Type the brand or the model." in words(asked)
    asked._brand.setText("Honeywell")
    asked._who.setText("R. Khan")
    asked.accept()
    row = window.session.row(row_of(window, "10.0.0.31"))
    assert row is not None
    assert row.verdict is not None
    assert row.verdict.attribution.manufacturer == "dahua"
    assert row.state == "listed"
    assert row.verdict.attribution.brand == "Honeywell"
    assert any("R. Khan" in change.say for change in window.session.inventory.changes())  # type: ignore[union-attr]


def test_search_filters_and_escape(window: MainWindow, qtbot: QtBot) -> None:
    window.show_page("cameras")
    qtbot.keyClick(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.focusWidget() is window.cameras.search
    qtbot.keyClicks(window.cameras.search, "zebra")
    assert window.cameras.model.rowCount() == 0
    assert any("No matches for ‘zebra’" in text for text in words(window.cameras._no_match))
    qtbot.keyClick(window.cameras.search, Qt.Key.Key_Escape)
    assert window.cameras.search.text() == ""
    assert window.cameras.model.rowCount() == window.cameras.model.total == 6


def test_home_leads_to_exactly_the_rows_it_counts(window: MainWindow) -> None:
    def counted(button: QAbstractButton) -> int:
        last = button.text().split()[-1]
        return 1 if last == "it" else int(last)

    checking = next(button for button in window.home.findChildren(LinkButton) if button.property("only") == "checking")
    number = counted(checking)
    checking.click()
    assert window.page is window.checking
    assert len(window.checking.queue.model.rows) == number
    listed = next(button for button in window.home.findChildren(LinkButton) if button.property("only") == "listed")
    number = counted(listed)
    listed.click()
    assert window.page is window.cameras
    assert window.cameras.model.rowCount() == number


def test_several_rows_keep_their_choice_when_something_changes(window: MainWindow) -> None:
    choose(window, "10.0.0.31", "10.0.0.32")
    before = {row.asset.id for row in window.cameras.selected()}
    window.cameras.actions_.mark_removed()
    press(dialog(window), "Mark 2 items")
    assert {row.asset.id for row in window.cameras.selected()} == before
    assert sum(row.asset.status == "removed" for row in window.session.rows()) == 2
    said = [window.cameras.model.index(at, 1).data() for at in range(window.cameras.model.rowCount())]
    assert sum(text.startswith("No longer here: ") for text in said) == 2
    window.cameras.actions_.mark_removed()
    press(dialog(window), "Mark 2 items")
    assert not any(row.asset.status == "removed" for row in window.session.rows())


def menu_of(window: MainWindow) -> set[str]:
    return {action.text() for action in window.cameras.actions_.menu().actions()}


def press_menu(window: MainWindow, words: str) -> None:
    next(action for action in window.cameras.actions_.menu().actions() if action.text() == words).trigger()


def test_a_list_is_imported_where_the_head_has_no_room_for_its_button(window: MainWindow) -> None:
    window.show_page("cameras")
    window.cameras.files.import_button.hide()
    wanted: list[bool] = []
    window.session.hub.lists_wanted.disconnect()
    window.session.hub.lists_wanted.connect(lambda: wanted.append(True))
    press_menu(window, "Import a list…")
    assert wanted == [True]


def test_a_spare_is_kept_and_in_no_count(window: MainWindow) -> None:
    here = window.session.counts.cameras.total
    choose(window, "10.0.0.31")
    press_menu(window, "Spare, not in use")
    (row,) = (row for row in window.session.rows() if row.asset.status == "spare")
    assert not row.asset.in_use
    said = [window.cameras.model.index(at, 1).data() for at in range(window.cameras.model.rowCount())]
    assert sum(text.startswith("Spare, not in use: ") for text in said) == 1
    assert window.session.counts.cameras.total == here - 1
    assert {"Here again", "No longer here"} <= menu_of(window)
    assert "Spare, not in use" not in menu_of(window)
    press_menu(window, "No longer here")
    assert {"Here again", "Spare, not in use"} <= menu_of(window)
    assert "No longer here" not in menu_of(window)
    press_menu(window, "Spare, not in use")
    window.cameras.actions_.mark_removed()  # here again
    assert all(row.asset.in_use for row in window.session.rows())


def test_what_is_done_with_all_that_a_search_found_says_first_how_many_they_are(window: MainWindow, qtbot: QtBot) -> None:
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.show_page("cameras")
    search = window.cameras.search
    search.setFocus()
    qtbot.keyClicks(search, "10.0.0.3")
    found = window.cameras.model.rowCount()
    assert 1 < found == len(window.session.rows())
    for act in (window.cameras.set_location, window.cameras.record_decision):  # Ctrl+L, Ctrl+D
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        search.setFocus()
        act()
        asked = dialog(window)
        assert f"{found} items" in " ".join(words(asked))
        asked.reject()
        settle(QApplication.instance())
    qtbot.keyClick(search, Qt.Key.Key_Return)
    window.cameras.actions_.mark_removed()  # Delete
    assert not any(row.asset.status == "removed" for row in window.session.rows())
    assert f"{found} items are selected. Mark all of them as no longer here?" in words(dialog(window))
    press(dialog(window), f"Mark {found} items")
    assert all(row.asset.status == "removed" for row in window.session.rows())
    choose(window, "10.0.0.31")
    window.cameras.actions_.mark_removed()
    assert sum(row.asset.status == "present" for row in window.session.rows()) == 1, "one is not asked about: Undo is there"


def test_where_list_and_details_take_turns_the_details_have_the_whole_page(window: MainWindow) -> None:
    THEME.percent = 200
    THEME.apply()
    window.resize(1366, 768)
    choose(window, "10.0.0.31")
    window.cameras.foot.details_button.click()
    settle(QApplication.instance())
    pane = window.cameras.pane
    assert window.cameras.tight
    assert pane.isVisible()
    assert pane.height() == window.cameras.height()


@pytest.mark.parametrize(
    ("month", "years"),
    [(4, ["2026-27", "2027-28"]), (9, ["2026-27", "2027-28"]), (12, ["2025-26", "2026-27"]), (1, ["2026", "2027"])],
)
def test_financial_years_begin_with_the_running_one(month: int, years: list[str]) -> None:
    assert financial_years(samples.NOW.date(), month, 2) == years


def test_a_record_that_may_only_be_read_offers_no_edits(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    path = window.session.path
    assert path is not None
    from camcensus.tasks.register import verbs as register

    window.session.close()
    window.session.take(register.open_inventory(path, samples.NOW, readonly=True))
    choose(window, "10.0.0.31")
    assert not window.cameras.foot.decision_button.isEnabled()
    assert not window.cameras.pane.record_button.isEnabled()
    assert window._notice.isVisible()


def test_a_row_that_nobody_can_name_says_so_once(window: MainWindow, app: QApplication) -> None:
    recorder = next(row for row in window.session.rows() if row.asset.kind == "recorder")
    window.session.do(by_hand.add_channels(recorder.asset.id, [1]))
    channel = next(row for row in window.session.rows() if row.asset.channel == 1)
    unnamed = next(row for row in window.session.rows() if row.judged and row.grade == "unknown")
    window.show_page("cameras")
    for item, also in ((channel, NO_SIGNS_YET), (unnamed, NAMES_NOBODY)):
        window.cameras.chosen.choose([item.asset.id])
        settle(app)
        said = [text.text() for text in window.cameras.pane.findChildren(Text) if text.isVisible()]
        assert sum("tell who made this" in words for words in said) == 1
        assert also in said
        assert NO_MAKER_YET in said


def test_a_rows_menu_shows_its_pin_on_the_plan_and_offers_nothing_without_one(window: MainWindow, tmp_path: Path) -> None:
    session, picture = window.session, tmp_path / "ground.png"
    Image.new("RGB", (700, 400), "white").save(picture)
    site = session.do(placing.add_place("site", "Elm Park", None)).made
    floor = session.do(placing.add_place("floor", "Ground floor", site)).made
    session.do(placing.set_plan(floor, floor_pictures.read_plan(picture)))
    asset = row_of(window, "10.0.0.32")

    def offered() -> QAction:
        return next(one for one in window.cameras.actions_.menu().actions() if one.text() == "Show on plan")

    choose(window, "10.0.0.32")
    assert not offered().isEnabled()
    session.do(placing.put_pin(asset, floor, 0.5, 0.5))
    choose(window, "10.0.0.31", "10.0.0.32")
    assert "Show on plan" not in [one.text() for one in window.cameras.actions_.menu().actions()]
    choose(window, "10.0.0.32")
    offered().trigger()
    assert window.page is window.places
    assert window.places.plan.isVisible()
    assert window.places.plan.current == asset
