"""Settings: what is chosen holds and is remembered, an update is taken or refused in a sentence, and a back-up comes back."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication

from camcensus.model.changes import Changes
from camcensus.model.policy import Policy
from camcensus.store.edits import placing
from camcensus.store.policy_file import FURTHER
from camcensus.store.vendors_db.read import load_knowledge
from camcensus.tasks import safekeeping
from camcensus.tasks.register import untouched
from camcensus.tasks.register.people import Person, people
from camcensus.ui.inventory.lists import ListsDialog
from camcensus.ui.inventory.organisation import OrganisationDialog
from camcensus.ui.inventory.untouched import UntouchedDialog
from camcensus.ui.kit.buttons import Button, Fold, LinkButton
from camcensus.ui.kit.controls import Combo, Field, Lines
from camcensus.ui.kit.dialogs import Dialog
from camcensus.ui.kit.menus import Menu
from camcensus.ui.kit.segmented import Segmented
from camcensus.ui.kit.theme import THEME
from camcensus.ui.kit.widgets import Text
from camcensus.ui.settings.knowledge_update import KEYLESS, UpdateDialog
from camcensus.ui.window import MainWindow
from store.vendors_db.signed_sample import note, older_and_newer, publisher_key, sign_file, write_key
from ui_rows import settle


def show(window: MainWindow, app: QApplication) -> None:
    window.show_page("settings")
    settle(app)


def said(window: MainWindow) -> str:
    return "\n".join(text.text() for text in window.settings.findChildren(Text) if text.isVisible())


def unfold(window: MainWindow, title: str) -> None:
    next(fold for fold in window.settings.findChildren(Fold) if fold.text() == title).setChecked(True)


def control[T](window: MainWindow, kind: type[T], name: str) -> T:
    found = [one for one in window.settings.findChildren(kind) if one.accessibleName() == name]  # type: ignore[call-overload]
    assert len(found) == 1, name
    return found[0]  # type: ignore[no-any-return]


def until(app: QApplication, holds: Callable[[], bool]) -> None:
    for _ in range(1000):
        app.processEvents()
        if holds():
            return
        QTest.qWait(10)
    raise AssertionError("it did not come")


def test_ctrl_comma_and_the_end_of_the_navigation_open_it(window: MainWindow, app: QApplication) -> None:
    QTest.keyClick(window, Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    settle(app)
    assert window.page is window.settings
    assert window.navigation.list.currentIndex().data() == "Settings"
    window.show_page("home")
    assert window.navigation.list.currentIndex().row() == 0
    QTest.keyClick(window.navigation.list, Qt.Key.Key_End)
    assert window.page is window.settings


def test_colours_and_text_size_hold_and_are_remembered(window: MainWindow, app: QApplication) -> None:
    show(window, app)
    try:
        control(window, Segmented, "Colours").choose(2)
        settle(app)
        assert (THEME.choice, window.preferences.colours) == ("dark", "dark")
        size = control(window, Combo, "Text size")
        size.activated.emit(size.findData(150))
        settle(app)
        assert (THEME.percent, window.preferences.text_percent) == (150, 150)
    finally:
        THEME.choice, THEME.percent = "light", 100
        THEME.apply()


@pytest.mark.parametrize(
    ("name", "opens"),
    [
        ("Change the organisation", OrganisationDialog),
        ("Change the addresses never asked", UntouchedDialog),
        ("Choose lists", ListsDialog),
        ("Install an update of the knowledge from a file", UpdateDialog),
    ],
)
def test_every_button_opens_what_it_says(window: MainWindow, app: QApplication, name: str, opens: type[Dialog]) -> None:
    show(window, app)
    control(window, Button, name).click()
    settle(app)
    (dialog,) = [one for one in window.findChildren(Dialog) if one.isVisible()]
    assert isinstance(dialog, opens)
    assert "missing" not in "".join(text.text() for text in dialog.findChildren(Text))
    dialog.reject()


def test_people_are_kept_with_the_record_and_one_undo_takes_them_back(window: MainWindow, app: QApplication) -> None:
    show(window, app)
    unfold(window, "People")
    for name, words in (("IT contact: telephone or e-mail", "ext. 12"), ("IT contact: name", "R. Khan")):
        field = control(window, Field, name)
        field.setFocus()
        QTest.keyClicks(field, words)
    QTest.keyClick(field, Qt.Key.Key_Return)
    settle(app)
    inventory = window.session.inventory
    assert people(inventory) == (Person("it", "R. Khan", "ext. 12"),)
    assert control(window, Field, "IT contact: name").text() == "R. Khan"
    window.session.undo()
    settle(app)
    assert people(inventory) == ()
    assert control(window, Field, "IT contact: name").text() == ""


@pytest.fixture
def brought(window: MainWindow, tmp_path: Path, data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Small built-in knowledge, and a signed newer file with its key."""
    built_in, file = older_and_newer(tmp_path)
    (built_in.parent / "resources").mkdir()
    for folder in ("keys", "help", "icons"):
        shutil.copytree(data_dir / "resources" / folder, built_in.parent / "resources" / folder)
    monkeypatch.setenv("CAMCENSUS_DATA", str(tmp_path / "person"))
    monkeypatch.setattr(window.session, "data_dir", built_in.parent)
    key = publisher_key()
    sign_file(file, key, note(file.read_bytes(), load_knowledge(file).version).line())
    write_key(tmp_path / "a.pub", key)
    return file


def take(window: MainWindow, app: QApplication, file: Path, key: Path | None) -> UpdateDialog:
    window.settings.take_update()
    dialog = window.settings.update_dialog
    assert dialog is not None
    dialog.use_file(file)
    dialog.use_key(key)
    dialog.accept()
    until(app, lambda: not dialog.running)
    return dialog


def test_an_update_is_taken_from_a_file_and_is_in_use_at_once(window: MainWindow, app: QApplication, brought: Path) -> None:
    show(window, app)
    before = window.session.knowledge.version
    dialog = take(window, app, brought, brought.parents[1] / "a.pub")
    assert dialog._said.text().startswith("In use from now on: 2026.03.04+")
    assert "1 answer in your register would change. Re-check on Cameras and recorders." in dialog._said.text()
    dialog.accept()
    settle(app)
    assert window.session.knowledge.version.startswith("2026.03.04+")
    assert window.session.knowledge.version != before
    assert "From 4 March 2026." in said(window)


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (lambda file, key: key.unlink(), "There is no “a.pub”"),
        (lambda file, key: file.write_bytes(file.read_bytes() + b"x"), "not"),
        (lambda file, key: file.with_name("vendors.db.minisig").unlink(), "There is no vendors.db.minisig beside"),
    ],
)
def test_an_update_that_is_refused_is_one_sentence_and_what_was_in_use_stays(
    window: MainWindow, app: QApplication, brought: Path, spoil: Callable[[Path, Path], object], says: str
) -> None:
    show(window, app)
    before, key = window.session.knowledge, brought.parents[1] / "a.pub"
    spoil(brought, key)
    dialog = take(window, app, brought, key)
    assert dialog._problem.isVisible()
    assert says in dialog._problem.text()
    assert dialog._problem.text().endswith(".")
    assert window.session.knowledge is before
    dialog.reject()


def test_without_a_key_the_sentence_says_what_to_choose(window: MainWindow, app: QApplication, brought: Path) -> None:
    show(window, app)
    dialog = take(window, app, brought, None)
    assert dialog._problem.text() == KEYLESS
    assert dialog.key_button.isVisible()
    dialog.reject()


def test_knowledge_of_over_a_year_ago_is_said_on_home_and_in_settings_and_leads_to_the_update(
    window: MainWindow, app: QApplication
) -> None:
    sentence = "over 12 months ago. Look for an update."
    for page in (window.home, window.settings):
        window.show_page(page.name)
        settle(app)
        assert not any(sentence in text.text() for text in page.findChildren(Text) if text.isVisible())
    window.session.knowledge = replace(window.session.knowledge, version="2025.11.23+00000000")
    for page in (window.settings, window.home):
        window.show_page(page.name)
        window.session.hub.publish(Changes(settings=True))
        settle(app)
        assert any(sentence in text.text() for text in page.findChildren(Text) if text.isVisible())
    next(one for one in window.home.findChildren(LinkButton) if one.text() == "Install an update from a file").click()
    settle(app)
    assert window.page is window.settings
    assert window.settings.update_dialog is not None
    window.settings.update_dialog.reject()


def test_going_back_to_a_back_up_sets_the_record_aside(window: MainWindow, app: QApplication, record: Path) -> None:
    session = window.session
    assert session.inventory is not None
    until(app, lambda: bool(safekeeping.list_backups(record, session.clock())))
    session.do(placing.set_place_named([session.rows()[0].asset.id], ["Elm Park", "Shed"]))
    show(window, app)
    button = control(window, Button, "Go back to a back-up")
    assert button.isEnabled()
    button.click()
    settle(app)
    dialog = next(one for one in window.findChildren(Dialog) if one.isVisible())
    dialog.accept()
    settle(app)
    assert session.path == record
    assert session.rows()
    assert session.rows()[0].asset.place_path == ()
    aside = [one for one in record.parent.glob("*.camcensus") if one != record]
    assert len(aside) == 1
    with sqlite3.connect(f"file:{aside[0]}?mode=ro", uri=True) as kept:
        assert kept.execute("SELECT count(*) FROM place WHERE name = 'Shed'").fetchone() == (1,)
    kept.close()
    assert "is the back-up" in window.strip._words.text()


def test_the_policy_in_force_is_shown_with_whom_to_ask(
    window: MainWindow, app: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    show(window, app)
    assert "Nothing is limited." in said(window)
    path = tmp_path / "policy.toml"
    path.write_text('contact = "IT desk, ext. 7"\n[search]\nallowed_ranges = ["10.20.0.0/16"]\npaces = ["gentle"]')
    monkeypatch.setenv(FURTHER, str(path))
    show(window, app)
    assert "10.20.0.0/16" in said(window)
    assert "Your IT team set this; ask IT desk, ext. 7." in said(window)
    path.write_text("[serach]")
    show(window, app)
    assert "has “serach”, which Camcensus does not know" in said(window)


def test_every_part_and_its_licence_can_be_read(window: MainWindow, app: QApplication) -> None:
    show(window, app)
    for at, words in ((0, "Apache License"), (-1, "OPEN FONT LICENSE")):
        control(window, Button, "Show the licences").click()
        menu = next(one for one in window.settings.findChildren(Menu) if one.isVisible())
        menu.actions()[at].trigger()
        dialog = next(one for one in window.findChildren(Dialog) if one.isVisible())
        assert words.casefold() in dialog.findChildren(Lines)[0].toPlainText().casefold()
        dialog.close()
        settle(app)


def test_with_no_record_open_nothing_can_be_changed_that_is_of_one(window: MainWindow, app: QApplication) -> None:
    window.session.close()
    show(window, app)
    for name in ("Change the organisation", "Choose lists"):
        assert not control(window, Button, name).isEnabled()
    assert "Go back to a back-up" not in {one.accessibleName() for one in window.settings.findChildren(Button)}
    assert all(one.accessibleName() or one.text() for one in window.settings.findChildren(QAbstractButton) if one.isVisible())


def test_the_keyboard_stays_where_it_was_when_the_page_is_made_anew(window: MainWindow, app: QApplication) -> None:
    show(window, app)
    colours = control(window, Segmented, "Colours")
    dark = next(one for one in colours.findChildren(QAbstractButton) if one.text() == "Dark")
    dark.setFocus()
    try:
        QTest.keyClick(dark, Qt.Key.Key_Space)
        settle(app)
        assert THEME.choice == "dark"
        focus = window.settings._scroll.focusWidget()
        assert isinstance(focus, QAbstractButton)
        assert focus.text() == "Dark"
        assert focus is not dark
    finally:
        THEME.choice = "light"
        THEME.apply()


def test_devices_to_leave_alone_are_counted_in_one_sentence(window: MainWindow) -> None:
    by_it = Policy(never_ask=("192.168.1.200/29",))
    assert window.settings._left_alone(Policy()) == "You have not left out any."
    assert window.settings._left_alone(by_it) == "1 address or range, by your IT team."
    window.session.do(untouched.save_untouched("10.0.0.5 the lift"))
    assert window.settings._left_alone(Policy()) == "1 address or range."
    assert window.settings._left_alone(by_it) == "2 addresses or ranges, 1 of them by your IT team."


def test_how_cameras_are_used_is_asked_in_plain_words_and_can_be_undone(window: MainWindow, app: QApplication) -> None:
    show(window, app)

    def choose(start: str, value: str | None) -> None:
        combo = next(one for one in window.settings.findChildren(Combo) if one.accessibleName().startswith(start))
        combo.choose(value)
        combo.activated.emit(combo.currentIndex())
        settle(app)

    unfold(window, "How you use your cameras")
    choose("Have you made a data protection", "some")
    choose("Have you made a data protection", "all")
    body = window.session.body
    assert body is not None
    assert (body.dpia, body.policy, body.signs, body.footage_access) == ("all", None, None, None)
    choose("Have you made a data protection", None)
    assert window.session.body is not None
    assert window.session.body.dpia is None
    assert window.session.undo()
    assert window.session.undo()
    assert window.session.body.dpia == "some"
