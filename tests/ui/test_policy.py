"""What IT does not allow is grey in the window, with a sentence that names whom to ask, and cannot be started."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from camcensus.model.scan import Interface
from camcensus.store.edits import placing
from camcensus.store.policy_file import FURTHER
from camcensus.ui.asset.sign_in import SignInDialog
from camcensus.ui.find import searching
from camcensus.ui.find.searching import Wish
from camcensus.ui.window import MainWindow
from ui_rows import settle

DESK = "Your IT team set this; ask IT service desk, 020 7946 0000."
SCHOOL, OFFICE = Interface("lo", "127.0.0.1/8", 1), Interface("Office", "10.4.0.7/23")
"""The first is there on every computer, so that a search of it would start."""


@pytest.fixture(autouse=True)
def two_networks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(searching, "interfaces", lambda: (SCHOOL, OFFICE))


@pytest.fixture
def put(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    def put(text: str) -> None:
        path = tmp_path / "policy.toml"
        path.write_text(f'contact = "IT service desk, 020 7946 0000"\n{text}', "utf-8")
        monkeypatch.setenv(FURTHER, str(path))

    return put


def form_of(window: MainWindow, app: QApplication):  # type: ignore[no-untyped-def]
    window.show_page("find", "form")
    settle(app)
    return window.finder.start_form


def test_without_a_policy_nothing_is_grey_and_nothing_is_said(window: MainWindow, app: QApplication) -> None:
    form = form_of(window, app)
    assert not form.policy_strip.isVisible()
    assert all(check.isEnabled() for _, check in form._cards)
    assert form._pace.currentData() == "gentle"
    form._pace.setCurrentIndex(1)
    form.refresh()
    assert form._pace.currentData() == "normal"


def test_a_network_outside_is_grey_and_a_range_outside_does_not_start(
    window: MainWindow, app: QApplication, put: Callable[[str], None]
) -> None:
    put('[search]\nallowed_ranges = ["127.0.0.0/8"]\nnever_ask = ["127.0.1.9/32"]\npaces = ["gentle"]')
    form = form_of(window, app)
    (_, school), (_, office) = form._cards
    assert (school.isEnabled(), school.isChecked()) == (True, True)
    assert (office.isEnabled(), office.isChecked()) == (False, False)
    said = form.policy_strip.words.text()
    assert said.startswith("Only some networks may be searched from here; the others are grey. The pace may be gentle.")
    assert said.endswith(DESK)
    assert "never asked, by your IT team." in form._untouched_note.text()
    model = form._pace.model()
    enabled = [bool(model.flags(model.index(at, 0)) & Qt.ItemFlag.ItemIsEnabled) for at in range(form._pace.count())]
    assert enabled == [True, False]
    form._ranges.setText("10.4.0.0/24")
    form._who.setText("R. Khan, IT")
    form.start_button.click()
    settle(app)
    assert not window.finder.running
    assert form._problem.text() == f"10.4.0.0/24 is outside the ranges that may be searched here (127.0.0.0/8). {DESK}"
    for wish in (
        Wish((SCHOOL,), False, False, "gentle", "R. Khan", ("10.4.0.0/24",)),
        Wish((SCHOOL,), False, False, "normal", "R. Khan"),
    ):
        form._problem.setText("")
        window.finder.search(wish)
        assert not window.finder.running
        assert form._problem.text().endswith(DESK)


def test_a_search_that_may_only_listen_says_so(window: MainWindow, app: QApplication, put: Callable[[str], None]) -> None:
    put("[search]\npassive_only = true")
    form = form_of(window, app)
    assert form._listen.isChecked()
    assert [one.isEnabled() for one in (form._all, form._some, form._ranges, form._pace)] == [False] * 4
    assert form.policy_strip.words.text() == f"A search only listens, and sends nothing. {DESK}"
    dialog = SignInDialog(window.session, window.session.rows()[:1], window)
    assert not dialog.go.isEnabled()
    assert dialog._problem.text() == f"Logins are not used on this computer. {DESK}"
    dialog.reject()


def test_a_policy_that_cannot_be_read_stops_searching_and_nothing_else(
    window: MainWindow, app: QApplication, put: Callable[[str], None]
) -> None:
    put("[search]\npassiv_only = true")
    form = form_of(window, app)
    assert not form.start_button.isEnabled()
    assert "has “passiv_only”, which Camcensus does not know), so nothing is searched" in form.policy_strip.words.text()
    window.finder.search(Wish((SCHOOL,), False, True, "gentle", "R. Khan"))
    assert not window.finder.running
    assert window.session.do(placing.set_place_named([window.session.rows()[0].asset.id], ["Elm Park"]))
    put("")
    form = form_of(window, app)
    assert form.start_button.isEnabled()
    assert not form.policy_strip.isVisible()


def test_a_record_that_lies_where_none_may_is_open_for_reading_only(
    window: MainWindow, app: QApplication, put: Callable[[str], None], tmp_path: Path, record: Path
) -> None:
    allowed = tmp_path / "cctv"
    allowed.mkdir()
    put(f"[files]\nfolders = ['{allowed}']")
    window.session.open(record)
    settle(app)
    said = str(window.session.readonly_reason)
    assert said.startswith("The inventory is open for reading only: ")
    assert f"is not kept in that folder, only in: {allowed}. {DESK}" in said


def test_editions_for_readers_that_it_does_not_allow_are_grey(
    window: MainWindow, app: QApplication, put: Callable[[str], None]
) -> None:
    window.show_page("reports", "register")
    settle(app)
    choices = window.reports.choices
    radios = {one.objectName(): one for one in choices._radios}
    radios["public"].setChecked(True)
    put('[files]\nfor_others = ["supplier"]')
    choices._choose()
    assert {name: one.isEnabled() for name, one in radios.items()} == {"internal": True, "supplier": True, "public": False}
    assert choices.choices.audience == "internal"
    assert choices._barred.text() == f"On this computer an edition for the public is not made. {DESK}"


def test_a_new_record_begins_in_the_first_folder_that_is_allowed(
    window: MainWindow, app: QApplication, put: Callable[[str], None], tmp_path: Path
) -> None:
    usual = window.start.folder()
    put(f"[files]\nfolders = ['{tmp_path / 'cctv'}', '{tmp_path / 'other'}']")
    assert window.start.folder() == tmp_path / "cctv"
    window.start.organisation.setText("Elm Park")
    assert window.start.finish()
    assert window.session.path == tmp_path / "cctv" / "elm-park.camcensus"
    put(f"[files]\nfolders = ['{usual.parent}']")
    assert window.start.folder() == usual
