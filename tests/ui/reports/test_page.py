"""The Reports page: choose, say who will see it, look, save or print; what was chosen is kept, and Cancel stops a drawing."""

from __future__ import annotations

import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QPoint, QRect, Qt, QTimer
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QApplication, QComboBox, QFileDialog, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from camcensus.model.asset import Body
from camcensus.store.edits import settings
from camcensus.tasks.files import Written
from camcensus.tasks.reports import catalogue as reports
from camcensus.tasks.reports import foi
from camcensus.tasks.reports.catalogue import Making
from camcensus.ui.kit import file_dialogs
from camcensus.ui.kit.dialogs import Dialog
from camcensus.ui.reports.page import ReportsPage
from camcensus.ui.window import MainWindow
from ui.reports.opened import at_rest, logged, opened, text_of
from ui_rows import let_go, settle


def dialogs(window: MainWindow) -> list[Dialog]:
    return [one for one in window.findChildren(Dialog) if one.isVisible()]


def test_the_page_offers_every_report_that_tasks_has(window: MainWindow, qtbot: QtBot) -> None:
    page = opened(window, qtbot)
    assert [button.text() for button in page.choices.kinds.buttons()] == [kind.title for kind in reports.KINDS]
    for kind in reports.KINDS:
        page.choices.show_kind(kind)
        qtbot.waitUntil(lambda: at_rest(page))
        offered = [one.text() for one in page.choices.audiences.buttons() if one.isVisibleTo(page.choices)]
        several = [reports.AUDIENCE_WORDS[one] for one in kind.audiences] if len(kind.audiences) > 1 else []
        assert (offered if several else []) == several
        assert page.csv_button.isVisible() == (kind.csv is not None)
        assert page.choices._left_out.text() == kind.left_out[page.choices.choices.audience]
        missing = kind.missing(window.session.inventory)  # type: ignore[arg-type]
        assert (page.desk.written is None) == bool(missing)
        assert page.print_button.isEnabled() == (not missing)
    assert dialogs(window) == []


def test_a_report_that_needs_something_first_says_so_and_can_not_be_saved(window: MainWindow, qtbot: QtBot) -> None:
    page = opened(window, qtbot, "floor")
    assert page._paper.state.text() == "No place has a plan yet. Add a picture of a floor in Places."
    assert not page.save_button.isEnabled()
    page.save()
    assert dialogs(window) == []


def test_what_was_chosen_is_kept_with_the_record_and_is_no_edit(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    page = opened(window, qtbot, "foi")
    inventory = window.session.inventory
    assert inventory is not None
    newest = inventory.changes(1)[0].id
    page.choices.audiences.button(2).setChecked(True)
    page.choices.form.ref.setText("FOI-7")
    page.choices.form.received.setText("17/11/2026")
    page.choices.form._take()
    asking = page.choices.form.ask_questions()
    asking.checks["where"].setChecked(False)
    asking.accept()
    qtbot.waitUntil(lambda: at_rest(page))
    assert inventory.changes(1)[0].id == newest
    again = ReportsPage(window.session)
    again.enter()
    assert again.choices.kind.name == "foi"
    assert again.choices.choices.audience == "public"
    request = again.choices.choices.request
    assert (request.ref, request.received, len(request.questions)) == ("FOI-7", "2026-11-17", 19)
    assert again.choices.form.asked.text() == "19 of 20 questions"
    again.end()
    again.draw()
    assert not again.desk.drawing, "what is closed draws no more"
    let_go(again)


def test_a_day_that_is_none_is_said_beside_its_field_and_the_last_good_one_holds(window: MainWindow, qtbot: QtBot) -> None:
    form = opened(window, qtbot, "foi").choices.form
    form.received.setText("17/11/2026")
    form._take()
    form.received.setText("soon")
    form._take(left=False)
    assert not form._wrong.isVisible(), "nothing moves while somebody types"
    form._take()
    assert form._wrong.isVisible()
    assert form._wrong.text().startswith("“soon” is not a date")
    assert form.received.wrong
    assert form.request.received == "2026-11-17"
    form.received.setText("")
    form._take()
    assert form.request.received is None
    assert not form._wrong.isVisible()


def test_a_request_was_not_received_on_a_day_that_is_still_to_come(window: MainWindow, qtbot: QtBot) -> None:
    form = opened(window, qtbot, "foi").choices.form
    today = window.session.clock().date()
    form.received.setText(today.isoformat())
    form._take()
    assert form.request.received == today.isoformat()
    form.received.setText(f"17/11/{today.year + 1}")
    form._take()
    assert form._wrong.text() == f"17 November {today.year + 1} is still to come; give the day that the request was received."
    assert form.request.received == today.isoformat()


def test_what_is_wrong_with_the_request_is_said_where_a_key_saves(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = opened(window, qtbot, "foi")
    form = page.choices.form
    monkeypatch.setattr(file_dialogs, "save_file", lambda *_: None)
    form.received.setFocus()
    qtbot.keyClicks(form.received, "soon")
    qtbot.waitUntil(lambda: not form._typing.isActive())
    assert not form._wrong.isVisible()
    page.save()
    qtbot.waitUntil(form._wrong.isVisible)
    assert form._wrong.text().startswith("“soon” is not a date")


def test_few_questions_are_ticked_after_none_and_none_of_them_is_no_request(window: MainWindow, qtbot: QtBot) -> None:
    form = opened(window, qtbot, "foi").choices.form
    before = form.request
    asking = form.ask_questions()
    asking.none_button.click()
    asking.accept()
    assert asking.isVisible()
    assert asking._wrong.text() == "Tick at least one question."
    assert form.request == before
    for name in ("where", *[key for key in asking.checks if key != "where"][:2]):
        asking.checks[name].setChecked(True)
    assert not asking._wrong.isVisible()
    asking.accept()
    assert len(form.request.questions) == 3
    assert "where" in form.request.questions
    given_up = form.ask_questions()
    assert given_up.ticked == form.request.questions
    given_up.all_button.click()
    assert len(given_up.ticked) == len(given_up.checks)
    given_up.reject()
    assert len(form.request.questions) == 3


def test_questions_hold_beside_a_day_that_is_none(window: MainWindow, qtbot: QtBot) -> None:
    form = opened(window, qtbot, "foi").choices.form
    form.received.setText("soon")
    asking = form.ask_questions()
    asking.checks["where"].setChecked(False)
    asking.accept()
    assert "where" not in form.request.questions
    assert form.received.text() == "soon"


def test_what_is_saved_is_what_was_looked_at_and_it_is_logged(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = opened(window, qtbot, "plan")
    shown = page.desk.written
    assert shown is not None
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: (str(tmp_path / "plan"), ""))
    page.save()
    qtbot.waitUntil(lambda: bool(logged(window)))
    assert (tmp_path / "plan.pdf").read_bytes() == shown.path.read_bytes()
    assert logged(window) == [f"Saved plan.pdf, {shown.pages} pages (replacement plan)"]
    assert page._paper.state.text() == f"Saved plan.pdf, {shown.pages} pages."
    settle(QApplication.instance())  # type: ignore[arg-type]
    assert at_rest(page), "the line in the log does not draw it again"
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    page.print_to(printer)
    assert logged(window)[0] == f"Saved printed.pdf, {shown.pages} pages (replacement plan)"
    assert (tmp_path / "printed.pdf").read_bytes() == shown.path.read_bytes(), "our own file, with its tags"


@pytest.mark.skipif(sys.platform != "linux", reason="other systems show a dialog of their own, which a test cannot answer")
def test_a_report_printed_to_a_file_through_the_dialog_has_its_text_and_its_tags(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, path = opened(window, qtbot, "register"), tmp_path / "printed.pdf"

    def answer() -> None:
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, QPrintDialog):
            QTimer.singleShot(50, answer)
            return
        seen.append(dialog.windowTitle())
        for printers in dialog.findChildren(QComboBox):
            printers.setCurrentIndex(max(printers.findText("Print to File (PDF)"), printers.currentIndex()))
        for field in dialog.findChildren(QLineEdit):
            if field.isVisible():
                suggested.append(field.text())
                field.setText(str(path))
        (ok,) = [one for one in dialog.findChildren(QPushButton) if one.text().replace("&", "") == "Print"]
        ok.click()
        if dialog.isVisible():
            dialog.reject()

    seen, suggested = list[str](), list[str]()
    monkeypatch.setattr(file_dialogs, "last_folder", lambda: tmp_path)
    QTimer.singleShot(50, answer)
    page.print_button.click()
    assert seen == ["Print: Asset register"]
    assert suggested == [str(tmp_path / "Asset register.pdf")], "where the dialogs that save begin too"
    assert logged(window)[0].startswith("Saved printed.pdf, ")
    made = PdfReader(path)
    root = made.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/StructTreeRoot"]["/K"]
    assert root["/Lang"] == "en-GB"
    refs = [row.asset.ref for row in window.session.rows()]
    assert refs
    assert not [ref for ref in refs if ref not in text_of(path)], "it can be selected"


@pytest.mark.parametrize("wide", [1024, 1280, 1366])
@pytest.mark.parametrize("kind", ["register", "foi"])
def test_cancel_comes_and_goes_below_the_pages_and_moves_no_button(
    window: MainWindow, qtbot: QtBot, kind: str, wide: int
) -> None:
    page = opened(window, qtbot, kind)
    window.resize(wide, 680)
    settle(QApplication.instance())  # type: ignore[arg-type]
    buttons = (page._paper.zoom, page.csv_button, page.formats_button, page.save_button, page.print_button)

    def places() -> list[tuple[bool, QRect]]:
        settle(QApplication.instance())  # type: ignore[arg-type]
        return [(one.isVisible(), QRect(one.mapTo(window, QPoint()), one.size())) for one in buttons]

    before = places()
    page._paper.state.setText("Drawing…")
    page._show_cancel(True)
    assert places() == before
    assert page.cancel_button.visibleRegion().boundingRect() == page.cancel_button.rect()
    assert page.cancel_button.mapTo(window, QPoint()).y() > page.view.mapTo(window, QPoint(0, page.view.height())).y()
    page._show_cancel(False)
    assert places() == before


@pytest.mark.parametrize("wide", [1024, 1280, 1366])
def test_what_became_of_a_report_is_read_whole_and_moves_no_button(window: MainWindow, qtbot: QtBot, wide: int) -> None:
    page = opened(window, qtbot, "register")
    window.resize(wide, 680)
    settle(QApplication.instance())  # type: ignore[arg-type]
    buttons = (page._paper.zoom, page.formats_button, page.save_button, page.print_button)
    before = [one.mapTo(window, one.rect().topLeft()) for one in buttons], [one.size() for one in buttons]
    page._show_state("Saved westbrook-council-replacement-plan-for-the-public-2026-11-28.pdf, 124 pages.")
    settle(QApplication.instance())  # type: ignore[arg-type]
    assert ([one.mapTo(window, one.rect().topLeft()) for one in buttons], [one.size() for one in buttons]) == before
    said = page._paper.state._words
    assert said.height() >= said.heightForWidth(said.width())
    assert not said.visibleRegion().isEmpty()


def test_a_save_right_after_a_choice_saves_that_choice(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    page = opened(window, qtbot, "foi")
    page.choices.form.ref.setText("FOI-LATE")
    page.choices.form._take()
    page.save_as(tmp_path / "f.pdf")
    page.choices.audiences.button(2).setChecked(True)
    page.save_as(tmp_path / "p.pdf")
    qtbot.waitUntil(lambda: (tmp_path / "p.pdf").exists() and at_rest(page))
    assert "FOI-LATE" not in text_of(tmp_path / "p.pdf")


def test_the_table_is_written_beside_the_window_and_a_refusal_is_one_sentence(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = opened(window, qtbot, "foi")
    suggested: list[str] = []

    def choose(_parent: object, _title: str, name: str, _filter: str) -> tuple[str, str]:
        suggested.append(Path(name).name)
        return str(tmp_path / Path(name).name), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    page.save_table()
    qtbot.waitUntil(lambda: bool(logged(window)))
    assert suggested == ["elm-park-primary-school-foi_public-2026-11-24.csv"]
    assert (tmp_path / suggested[0]).read_bytes().startswith(b"\xef\xbb\xbf")
    assert " rows (FOI answers)" in logged(window)[0]
    page.save_table_as(tmp_path / "no folder" / "t.csv")
    qtbot.waitUntil(lambda: len(dialogs(window)) == 1)
    assert dialogs(window)[0].windowTitle() == "The file was not saved"
    dialogs(window)[0].reject()
    assert len(logged(window)) == 1


def test_an_edit_draws_the_report_again(window: MainWindow, qtbot: QtBot) -> None:
    page = opened(window, qtbot, "foi")
    before = page.desk.written
    body = window.session.body
    assert isinstance(body, Body)
    window.session.do(settings.set_body(replace(body, name="Oak Park School")))
    qtbot.waitUntil(lambda: at_rest(page) and page.desk.written is not before)
    assert page.desk.written is not None
    assert "Oak Park School" in text_of(page.desk.written.path)


def slow(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The plan takes until it is stopped; gives what happened to each drawing."""
    happened: list[str] = []

    def write(this: Making) -> Written:
        assert this.progress is not None
        happened.append("began")
        try:
            for done in range(6_000):
                this.progress(done, 6_000)
                time.sleep(0.005)
        except BaseException:
            happened.append("stopped")
            raise
        raise AssertionError("nobody stopped it")

    kinds = tuple(replace(kind, says=write) if kind.name == "plan" else kind for kind in reports.KINDS)
    monkeypatch.setattr(reports, "KINDS", kinds)
    return happened


def test_a_long_drawing_says_how_far_it_is_and_stops_when_asked(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = opened(window, qtbot, "walkround")
    before = page.desk.written
    happened = slow(monkeypatch)
    page._slow.setInterval(10)
    page.choices.show_kind(reports.kind_called("plan"))
    qtbot.waitUntil(lambda: page.cancel_button.isVisible() and "%" in page._paper.state.text())
    assert not page.print_button.isEnabled()
    qtbot.mouseClick(page.cancel_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not page.desk.drawing)
    assert happened == ["began", "stopped"]
    assert page._paper.state.text() == "Stopped."
    assert not page.cancel_button.isVisible()
    assert page.desk.written is before
    assert dialogs(window) == []


def test_esc_stops_a_drawing_and_another_choice_replaces_it(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = opened(window, qtbot, "walkround")
    happened = slow(monkeypatch)
    page.choices.show_kind(reports.kind_called("plan"))
    qtbot.waitUntil(lambda: page.desk.drawing)
    page.choices.show_kind(reports.kind_called("questions"))
    qtbot.waitUntil(lambda: at_rest(page))
    assert happened[-1] == "stopped"
    assert page.desk.written is not None
    assert "Questions for the installer" in text_of(page.desk.written.path)
    page.choices.show_kind(reports.kind_called("plan"))
    qtbot.waitUntil(lambda: page.desk.drawing)
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not page.desk.drawing)
    assert not page.escape()


def test_an_empty_record_says_what_to_do_and_has_the_walk_round_sheet(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    window.session.create(tmp_path / "empty.camcensus", Body("b", "Empty School"))
    window.show_page("reports")
    page = window.reports
    assert page.start_focus().text() == "Find cameras"  # type: ignore[attr-defined]
    assert not page.desk.drawing
    page._walk.click()
    qtbot.waitUntil(lambda: at_rest(page) and page.desk.written is not None)
    assert page.choices.kind.name == "walkround"


def test_the_pages_where_nothing_can_be_changed_still_draw(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    path = window.session.path
    assert path is not None
    window.session.close()
    window.session.open(path, readonly=True)
    page = opened(window, qtbot, "foi")
    assert page.desk.written is not None
    page.save_as(tmp_path / "f.pdf")
    qtbot.waitUntil((tmp_path / "f.pdf").exists)
    assert dialogs(window) == []


# -- the story: from a finished inventory to a pack in under a minute of a person's time

KEY_S, THINK_S, POINT_S = 0.28, 1.35, 1.1
"""Seconds for a key of an average non-secretary typist, for making up one's mind, and for pointing.
Source: Card, Moran and Newell, The keystroke-level model for user performance time, CACM 23 (7), 1980."""


class Person:
    """Hands that count: keys pressed, and decisions made before them."""

    def __init__(self, window: MainWindow, qtbot: QtBot) -> None:
        self.window, self.qtbot = window, qtbot
        self.keys = self.thoughts = 0

    def press(self, *keys: Qt.Key, control: bool = False) -> None:
        """One thought, then keys (a held Ctrl is a key too)."""
        self.thoughts += 1
        for key in keys:
            self.keys += 1 + control
            modifier = Qt.KeyboardModifier.ControlModifier if control else Qt.KeyboardModifier.NoModifier
            self.qtbot.keyClick(QApplication.focusWidget() or self.window, key, modifier)

    def type(self, words: str) -> None:
        """One thought, then letters."""
        self.thoughts += 1
        self.keys += len(words)
        self.qtbot.keyClicks(QApplication.focusWidget(), words)

    def accept_file(self) -> None:
        """The file window comes with a name in it: one look, one Enter."""
        self.thoughts += 1
        self.keys += 1

    @property
    def seconds(self) -> float:
        """What this takes a person who knows what to do."""
        return self.keys * KEY_S + self.thoughts * THINK_S


def test_the_foi_pack_takes_less_than_a_minute_of_a_persons_time(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    page, person = window.reports, Person(window, qtbot)
    window.activateWindow()

    def choose(_parent: object, _title: str, name: str, _filter: str) -> tuple[str, str]:
        person.accept_file()
        return str(tmp_path / Path(name).name), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)

    def focus_is(widget: object) -> bool:
        return QApplication.focusWidget() is widget

    person.press(Qt.Key.Key_8, control=True)  # Reports
    person.press(Qt.Key.Key_F6)  # from the navigation to the page
    qtbot.waitUntil(lambda: at_rest(page))
    assert focus_is(page.choices.kinds.button(0))
    at = [kind.name for kind in reports.KINDS].index("foi")
    person.press(*[Qt.Key.Key_Down] * at)  # FOI answers
    assert page.choices.kind.name == "foi"
    person.press(Qt.Key.Key_Tab, Qt.Key.Key_Tab)
    assert focus_is(page.choices.form.ref)
    person.type("FOI-2026-031")
    person.press(Qt.Key.Key_Tab)
    person.type("17/11/2026")
    person.press(Qt.Key.Key_S, control=True)  # the pack for the FOI lead
    qtbot.waitUntil(lambda: len(logged(window)) == 1)
    person.press(Qt.Key.Key_Tab)  # the questions
    person.press(Qt.Key.Key_Tab)  # joining small rows
    person.press(Qt.Key.Key_Tab)  # who will see it
    assert focus_is(page.choices.audiences.button(0))
    person.press(Qt.Key.Key_Down)  # the public
    person.press(Qt.Key.Key_S, control=True)
    qtbot.waitUntil(lambda: len(logged(window)) == 2)
    person.thoughts, person.keys = person.thoughts + 1, person.keys + 1  # one click on Save CSV
    pointing = POINT_S
    qtbot.mouseClick(page.csv_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(logged(window)) == 3)

    day = "2026-11-24"
    pack, public, table = (
        tmp_path / f"elm-park-primary-school-{name}"
        for name in (f"foi-{day}.pdf", f"foi-public-{day}.pdf", f"foi_public-{day}.csv")
    )
    assert "16 December 2026 (20 working days)" in text_of(pack)
    assert "FOI-2026-031" in text_of(pack)
    assert "FOI-2026-031" not in text_of(public)
    assert table.read_bytes().count(b"\r\n") > 1
    assert foi.foi_request(window.session.inventory).ref == "FOI-2026-031"  # type: ignore[arg-type]
    seconds = person.seconds + pointing
    with capsys.disabled():
        print(f" [{person.keys} keys, {person.thoughts} decisions: {seconds:.0f} s by the keystroke-level model]", end="")
    assert person.keys <= 45
    assert seconds < 60


def test_the_sheet_for_the_it_team_is_offered_before_a_search(window: MainWindow, qtbot: QtBot) -> None:
    window.show_page("find")
    form = window.finder.start_form
    assert form.it_button.isVisibleTo(form)
    form.it_button.click()
    qtbot.waitUntil(lambda: at_rest(window.reports))
    page = window.reports
    assert page.isVisible()
    assert page.choices.kind.name == "it-notice"
    assert page.desk.written is not None
    assert "A search for cameras on our network" in text_of(page.desk.written.path)


def formats_of(page: ReportsPage) -> list[str]:
    return [action.text() for action in page.formats_button.menu().actions()]


def test_each_report_offers_the_formats_it_has_besides_pdf(window: MainWindow, qtbot: QtBot) -> None:
    page = opened(window, qtbot, "foi")
    assert formats_of(page) == ["Web page (.html)", "Word document (.docx)"]
    assert page.formats_button.isVisible()
    page = opened(window, qtbot, "register")
    assert formats_of(page) == ["Web page (.html)"]
    page = opened(window, qtbot, "labels")
    assert not page.formats_button.isVisible()


@pytest.mark.parametrize(("form", "begins", "said"), [("html", b"<!DO", "1 page"), ("docx", b"PK\x03\x04", "Word document")])
def test_another_format_is_saved_where_it_was_asked_for_and_logged(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: str, begins: bytes, said: str
) -> None:
    page = opened(window, qtbot, "foi")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: (str(tmp_path / "answers"), ""))
    action = next(one for one in page.formats_button.menu().actions() if form in one.text())
    with qtbot.waitSignal(page.desk.saved):
        action.trigger()
    assert (tmp_path / f"answers.{form}").read_bytes()[:4] == begins
    assert any(f"answers.{form}, {said}" in line for line in logged(window))


def test_four_reports_stand_in_front_and_another_page_opens_the_rest(window: MainWindow) -> None:
    window.show_page("reports")
    page = window.reports
    shown = [one.text() for one in page.choices.kinds.buttons() if one.isVisible()]
    assert shown == ["Replacement plan", "Asset register", "FOI answers", "One-page summary"]
    page.enter("walkround")
    assert page.choices.kind.name == "walkround"
    assert page.choices.chosen_radio().isVisible()
