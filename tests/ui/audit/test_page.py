"""A roll-up in the window: open, drill down, take files in and out, problems, re-checking; with the keyboard alone."""

from __future__ import annotations

import csv
import shutil
import sqlite3
import time
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtPdf import QPdfDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

import rollup_files
from camcensus.model.knowledge import Knowledge
from camcensus.model.words import long_date
from camcensus.store.vendors_db.schema import digest_rows
from camcensus.store.vendors_db.updates import load_brought
from camcensus.tasks.rollup import judging as rollup_judging
from camcensus.tasks.rollup import taking as tasks
from camcensus.tasks.rollup.marks import is_rollup
from camcensus.ui import opening_rollup
from camcensus.ui.audit.files import AuditPaper, FilesDialog
from camcensus.ui.audit.model import BODY_COLUMNS, listed_words
from camcensus.ui.audit.page import MISSING, PROBLEMS, TABLES, AuditPage
from camcensus.ui.audit_frame import AuditFrame
from camcensus.ui.kit.dialogs import Dialog
from camcensus.ui.kit.theme import THEME
from camcensus.ui.window import MainWindow
from rollup_estate import NOW, Estate, truth
from ui_rows import let_go, settle


@pytest.fixture(scope="session")
def country(tmp_path_factory: pytest.TempPathFactory, knowledge: Knowledge, data_dir: Path) -> tuple[Path, Estate]:
    """A folder with twelve bodies' files, a list of fourteen that were asked, and a roll-up of them."""
    folder = tmp_path_factory.mktemp("country")
    estate = rollup_files.make_files(folder / "files")
    rollup_files.spoil(folder / "spoilt")
    asked = rollup_files.write_list(folder / "asked.csv", estate)
    rollup_files.make_rollup(folder / "north.camcensus-rollup", [folder / "files"], knowledge, data_dir, asked)
    return folder, estate


@pytest.fixture
def rollup(tmp_path: Path, country: tuple[Path, Estate]) -> Path:
    return Path(shutil.copy(country[0] / "north.camcensus-rollup", tmp_path))


@pytest.fixture
def frame(window: MainWindow, rollup: Path, qtbot: QtBot) -> AuditFrame:
    assert window.open_path(rollup)
    assert window.audit is not None
    ready(window.audit.audit, qtbot)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window.audit


@pytest.fixture
def page(frame: AuditFrame) -> AuditPage:
    return frame.audit


def ready(page: AuditPage, qtbot: QtBot) -> None:
    """Until nothing is written or read any more."""
    qtbot.waitUntil(lambda: not page.desk.busy and page.desk._reader is None)


def press(widget: QWidget, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(widget, key, modifiers)


def visible(within: QWidget) -> str:
    return " ".join(one.text() for one in within.findChildren(QLabel) if one.isVisible())


def dialog(window: MainWindow, kind: type[Dialog] = Dialog) -> Dialog:
    (found,) = [one for one in window.findChildren(kind) if one.isVisible()]
    return found


def dismiss(window: MainWindow, app: QApplication) -> None:
    for one in window.findChildren(Dialog):
        one.close()
        let_go(one)
    settle(app)


def test_a_roll_up_turns_the_window_and_its_totals_are_those_of_the_estate(
    window: MainWindow, page: AuditPage, country: tuple[Path, Estate]
) -> None:
    estate = country[1]
    assert window.session.inventory is None
    assert window.windowTitle() == "north – Camcensus"
    shown = visible(page)
    assert "12 of 14" in shown
    assert "cameras made by a listed maker" in shown
    assert [page.which._group.button(at).text() for at in range(2)] == ["Organisations", "Missing 2"]
    names = [page.bodies.lines.text(at, 0) for at in range(page.bodies.lines.rowCount())]
    assert names == sorted(names)
    for row, body in enumerate(sorted(estate.bodies, key=lambda one: one.name)):
        true = truth(estate, body)
        assert page.bodies.lines.rows[row].cameras == true["cameras"]
        assert page.bodies.lines.text(row, 4) == f"{true['listed']}"
        assert page.bodies.lines.text(row, 5) == f"{true['based_in_china']}"
    assert page.bodies.lines.text(names.index("Dene Valley College"), 2) == "Measured by a search"
    assert page.bodies.lines.text(names.index("Beech Lane Infants"), 7).startswith("Old: ")


def test_one_number_is_said_and_beside_it_how_many_of_it_are_proven(page: AuditPage) -> None:
    figures = page.desk.figures
    assert figures is not None
    totals = figures.totals
    assert totals.listed > totals.listed_proven
    assert page.numbers.listed.number.text() == f"{totals.listed:,}"
    assert f"of which {totals.listed_proven:,} proven" in page.numbers.listed.words.text()
    assert f"of {totals.cameras:,} cameras made by a listed maker" in page.numbers.listed.words.text()
    one = next(one for one in page.bodies.lines.rows if 0 < one.listed_proven < one.listed)
    assert listed_words(one).startswith(f"Of which {one.listed_proven:,} proven")


@pytest.mark.parametrize("wide", [1024, 1272, 1366, 1920])
def test_the_columns_that_are_shown_fit_side_by_side(window: MainWindow, page: AuditPage, app: QApplication, wide: int) -> None:
    window.resize(wide, 680)
    settle(app)
    assert page.bodies.horizontalScrollBar().maximum() == 0
    assert {1, 4, 5, 6, len(BODY_COLUMNS) - 1} <= set(page.bodies.shown), "what is counted, and the day of each record"


def test_the_missing_and_the_old_are_named(page: AuditPage) -> None:
    page.numbers.away.link.click()  # type: ignore[union-attr]
    assert page.which.at == MISSING
    assert [page.missing_model.text(at, 0) for at in range(2)] == ["Westbrook School 0", "Westbrook School 1"]
    assert page.missing_model.text(0, 2) == "URN 155000"
    assert page.numbers.aged.number.text() == "1"


def test_one_is_said_as_one(page: AuditPage) -> None:
    figures = page.desk.figures
    assert figures is not None
    one = replace(
        figures, totals=replace(figures.totals, asked=None, answered=1, counted=1, listed_proven=1, listed=1, listed_most=1)
    )
    page.numbers.show_figures(one)
    assert page.numbers.sent.words.text() == "organisation sent a record"
    assert page.numbers.listed.words.text().endswith("made by a listed maker")
    page.numbers.show_figures(replace(one, totals=replace(one.totals, counted=0)))
    assert page.numbers.sent.words.text() == "organisation sent a record, 0 counted"
    page.numbers.show_figures(figures)
    assert page.numbers.sent.words.text() == "organisations sent a record"


def test_down_to_the_devices_and_back_by_keyboard(window: MainWindow, page: AuditPage, app: QApplication) -> None:
    press(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert page.search.hasFocus()
    QTest.keyClicks(page.search, "castle")
    assert [page.bodies.lines.text(at, 0) for at in range(page.bodies.lines.rowCount())] == ["Castle Hill Academy"]
    page.bodies.setFocus(Qt.FocusReason.TabFocusReason)
    press(page.bodies, Qt.Key.Key_Down)
    press(page.bodies, Qt.Key.Key_Return)
    settle(app)
    assert page.body.isVisible()
    assert page.body.table.hasFocus()
    assert "Castle Hill Academy" in visible(page.body)
    press(window, Qt.Key.Key_Escape)
    assert not page.body.isVisible()
    assert page.bodies.hasFocus()


def test_the_devices_of_a_body_add_up_to_what_is_counted(page: AuditPage) -> None:
    for body in page.bodies.lines.rows[:4]:
        page.show_body(body)
        assert page.body.model.rowCount() > 0
        assert sum(one.counts for one in page.body.model.rows) == body.cameras
        listed = [page.body.model.text(at, 4) == "Listed" for at in range(page.body.model.rowCount())]
        cameras = [on for on, one in zip(listed, page.body.model.rows, strict=True) if one.counts]
        assert sum(cameras) == body.listed


def test_the_makers_of_a_roll_up_are_nobody_s_in_particular(frame: AuditFrame) -> None:
    frame.show_page("manufacturers")
    seen = visible(frame.manufacturers)
    assert "2N" in seen
    for words in ("In my building", "yours", "Add a brand", "Lists you use"):
        assert words not in seen


def test_a_folder_with_refused_files_says_what_was_done_with_each(
    window: MainWindow, rollup: Path, page: AuditPage, country: tuple[Path, Estate], qtbot: QtBot, app: QApplication
) -> None:
    page.take_in([country[0] / "files", country[0] / "spoilt"])
    assert page.desk.busy
    assert not page.import_button.isEnabled()
    qtbot.waitUntil(lambda: any(one.isVisible() for one in window.findChildren(FilesDialog)))
    shown = dialog(window, FilesDialog)
    assert isinstance(shown, FilesDialog)
    texts = {shown.model.text(at, 2): shown.model.text(at, 0) for at in range(shown.model.rowCount())}
    assert texts["page.camcensus"] == texts["empty.camcensus"] == "Refused"
    reasons = {shown.model.text(at, 2): shown.model.text(at, 3) for at in range(shown.model.rowCount())}
    assert "web page" in reasons["page.camcensus"]
    assert "2 refused" in visible(shown)
    assert "had been given before" in visible(shown)
    dismiss(window, app)
    ready(page, qtbot)
    page.which.choose(PROBLEMS)
    kinds = [page.problems.lines.text(at, 0) for at in range(page.problems.lines.rowCount())]
    assert kinds.count("File refused") == 2
    at = kinds.index("File refused")
    page.problems.selectRow(at)
    assert page.problems.file_button.isVisible()
    page.problems.file_button.click()
    only = dialog(window, FilesDialog)
    assert isinstance(only, FilesDialog)
    assert only.model.rowCount() == 1
    qtbot.keyClick(only.table, Qt.Key.Key_Return)
    assert not only.isVisible(), "the table opens nothing, so Enter is the dialog's"
    dismiss(window, app)
    assert "12 of 14" in visible(page)


def test_a_problem_leads_to_its_body(page: AuditPage) -> None:
    page.which.choose(PROBLEMS)
    at = next(at for at, one in enumerate(page.problems.lines.rows) if one.kind == "device-in-two-bodies")
    page.problems.selectRow(at)
    assert page.problems.lines.rows[at].say in visible(page)
    press(page.problems, Qt.Key.Key_Return)
    assert page.body.body is not None
    assert page.body.body.code in page.problems.lines.rows[at].bodies


def test_a_file_is_taken_out_and_put_back(
    window: MainWindow, page: AuditPage, rollup: Path, qtbot: QtBot, app: QApplication
) -> None:
    figures = page.desk.figures
    assert figures is not None
    before = figures.totals
    files = page.show_files()
    at = next(at for at, one in enumerate(files.model.rows) if one.body_name == "Alderbrook High")
    files.table.selectRow(at)
    assert files.out_button.isVisible()
    files.out_button.click()
    asked = next(one for one in window.findChildren(Dialog) if one.isVisible() and one is not files)
    asked.accept()
    ready(page, qtbot)
    dismiss(window, app)
    assert page.desk.figures is not None
    assert page.desk.figures.totals.answered == before.answered - 1
    assert "Alderbrook High was taken out" in page.strip.words.text()
    files = page.show_files()
    at = next(at for at, one in enumerate(files.model.rows) if one.taken_out)
    files.table.selectRow(at)
    files.back_button.click()
    qtbot.waitUntil(lambda: any(one.isVisible() for one in window.findChildren(FilesDialog)))
    dismiss(window, app)
    ready(page, qtbot)
    assert page.desk.figures.totals == before


def older(data_dir: Path, path: Path) -> Path:
    """The knowledge that ships, under an older date."""
    shutil.copy(data_dir / "vendors.db", path)
    with sqlite3.connect(path) as db:
        db.execute("UPDATE meta SET value = '2026.01.05+0000aaaa' WHERE key = 'version'")
        db.execute("UPDATE meta SET value = ? WHERE key = 'digest'", [digest_rows(db)])
    db.close()
    return path


def test_judging_again_is_stopped_and_then_done(
    window: MainWindow, page: AuditPage, data_dir: Path, tmp_path: Path, qtbot: QtBot, app: QApplication,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(rollup_judging, "TOGETHER", 4)
    judge_items = rollup_judging.judge_items
    brought = older(data_dir, tmp_path / "older.db")
    before = page.desk.figures
    assert before is not None
    at_hand = page.desk.session.knowledge
    monkeypatch.setattr(page.desk.session, "knowledge", load_brought(brought))
    with monkeypatch.context() as slowly:
        slowly.setattr(rollup_judging, "judge_items", lambda *some: time.sleep(0.05) or judge_items(*some))
        page.desk.judge()
        qtbot.waitUntil(page.strip.bar.isVisible)
        page.strip.button.click()
        ready(page, qtbot)
    dismiss(window, app)
    assert page.desk.figures is not None
    assert page.desk.figures.knowledge_version == before.knowledge_version
    assert page.desk.figures.totals == before.totals
    assert "Stopped. Nothing was changed." in page.strip.words.text()
    page.desk.judge()
    qtbot.waitUntil(lambda: page.desk.figures.knowledge_version == "2026.01.05+0000aaaa")  # type: ignore[union-attr]
    ready(page, qtbot)
    assert "re-checked" in page.strip.words.text()
    monkeypatch.setattr(page.desk.session, "knowledge", at_hand)
    page.desk.judge()
    qtbot.waitUntil(lambda: page.desk.figures.knowledge_version == before.knowledge_version)  # type: ignore[union-attr]
    ready(page, qtbot)
    assert page.desk.figures.totals == before.totals


def test_tables_and_report_are_saved(
    window: MainWindow, page: AuditPage, tmp_path: Path, qtbot: QtBot, app: QApplication
) -> None:
    page.export_to(tmp_path / "tables")
    ready(page, qtbot)
    with (tmp_path / "tables" / "rollup.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    figures = page.desk.figures
    assert figures is not None
    assert len(rows) == 12
    total = sum(int(row["listed"]) - int(row["listed_elsewhere"]) for row in rows)
    assert total == figures.totals.listed
    report = page.make_report()
    assert isinstance(report, AuditPaper)
    qtbot.waitUntil(report.save_button.isEnabled)
    report.save_as(tmp_path / "audit.pdf")
    qtbot.waitUntil((tmp_path / "audit.pdf").exists)
    document = QPdfDocument()
    document.load(str(tmp_path / "audit.pdf"))
    assert document.pageCount() > 1
    document.close()
    report.close()


def test_lists_are_chosen_and_the_totals_the_tables_and_the_report_go_by_them(
    page: AuditPage, tmp_path: Path, qtbot: QtBot
) -> None:
    figures = page.desk.figures
    assert figures is not None
    assert page.lists_link.text() == "3 lists counted…"
    dialog = page.choose_lists()
    assert set(dialog.ticked) == set(figures.lists)
    for name, check in dialog.checks.items():
        check.setChecked(name == "us-entity-list")
    dialog.checks["us-entity-list"].setChecked(False)
    assert not dialog.go.isEnabled(), "totals by no list would say that nobody is listed"
    dialog.checks["us-entity-list"].setChecked(True)
    dialog.accept()
    ready(page, qtbot)
    assert page.desk.figures is not None
    assert page.desk.figures.lists == ("us-entity-list",)
    assert page.lists_link.text() == "1 list counted…"
    page.export_to(tmp_path / "tables")
    qtbot.waitUntil(lambda: not page.desk.busy)
    with (tmp_path / "tables" / "by_list.csv").open(encoding="utf-8-sig", newline="") as stream:
        counted = {line["list"] for line in csv.DictReader(stream) if line["is_counted"] == "1"}
    assert counted == {"us-entity-list"}
    paper = page.make_report()
    qtbot.waitUntil(lambda: paper.desk.written is not None)
    assert paper._lists == ("us-entity-list",)


def test_figures_are_saved_under_the_day(page: AuditPage, rollup: Path, qtbot: QtBot) -> None:
    names = []
    for _ in range(2):
        page.record_round()
        ready(page, qtbot)
        assert "was saved, with 12 organisations that sent a file." in visible(page.strip)
        with sqlite3.connect(rollup) as db:
            names = [name for (name,) in db.execute("SELECT name FROM round ORDER BY length(name)")]
        db.close()
    day = long_date(page.session.clock())
    assert names[0] == day
    assert names[1].startswith(f"{day}, "), "a second time on a day has its time"


def test_a_new_roll_up_is_empty_and_says_what_to_do(
    window: MainWindow, tmp_path: Path, country: tuple[Path, Estate], qtbot: QtBot, app: QApplication
) -> None:
    opening_rollup.make_at(window.session, window, tmp_path / "west", window.open_rollup)
    path = tmp_path / "west.camcensus-rollup"
    assert is_rollup(path)
    assert window.audit is not None
    page = window.audit.audit
    ready(page, qtbot)
    assert page.empty.isVisible()
    page.take_in([country[0] / "asked.csv"])
    asked = dialog(window)
    assert "The list of the organisations you asked, or what they answered?" in visible(asked)
    assert page.empty.isVisible(), "nothing was refused"
    asked.reject()
    let_go(asked)
    page.take_in([country[0] / "spoilt"])
    qtbot.waitUntil(lambda: any(one.isVisible() for one in window.findChildren(FilesDialog)))
    dismiss(window, app)
    ready(page, qtbot)
    assert "No organisation is counted yet." in visible(page)
    assert page.problems.isVisible()
    page.take_in([country[0] / "asked.csv"])
    asked = dialog(window)
    next(one for one in asked.findChildren(QAbstractButton) if one.text() == "Organisations I asked").click()
    let_go(asked)
    ready(page, qtbot)
    assert "0 of 14" in visible(page)
    assert window.preferences.last_inventory == path
    opening_rollup.make_at(window.session, window, path, window.open_rollup)
    assert "is there already" in visible(dialog(window))
    dismiss(window, app)


def test_a_roll_up_a_record_and_the_roll_up_again(
    window: MainWindow, frame: AuditFrame, rollup: Path, record: Path, qtbot: QtBot
) -> None:
    assert window.open_path(record)
    qtbot.waitUntil(lambda: window.session.path == record)
    QApplication.sendPostedEvents(frame, QEvent.Type.DeferredDelete)
    assert window.open_path(rollup)
    assert window.audit is not None
    ready(window.audit.audit, qtbot)


def test_back_to_a_record_and_keys_of_a_record_rest_meanwhile(
    window: MainWindow, frame: AuditFrame, record: Path, app: QApplication, qtbot: QtBot
) -> None:
    frame.show_page("audit")
    press(window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert frame.page is frame.manufacturers
    press(window, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    assert frame.page is frame.audit
    press(window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    press(window, Qt.Key.Key_F5)
    assert not window.shows_record
    assert frame.isVisible()
    assert not window.finder.running
    assert window.open_path(record)
    settle(app)
    assert window.audit is None
    assert window.shows_record
    assert window.session.path == record
    press(window, Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    assert window.page is window.cameras


def test_what_is_no_roll_up_is_told_in_a_sentence(window: MainWindow, tmp_path: Path, app: QApplication) -> None:
    bad = tmp_path / "bad.camcensus-rollup"
    bad.write_text("<html>")
    assert not window.open_path(bad)
    assert "is not a roll-up file" in visible(dialog(window))
    assert window.audit is None
    assert window.session.inventory is not None
    dismiss(window, app)


def test_names_from_strangers_are_shown_as_plain_text(window: MainWindow, rollup: Path, qtbot: QtBot) -> None:
    with sqlite3.connect(rollup) as db:
        db.execute("UPDATE body SET name = '<b>x</b>' || char(10) || char(0x202E) || 'evil' WHERE name = 'Elm Park Primary'")
    db.close()
    assert window.open_path(rollup)
    assert window.audit is not None
    page = window.audit.audit
    ready(page, qtbot)
    row = next(at for at, one in enumerate(page.bodies.lines.rows) if "evil" in one.name)
    text = page.bodies.lines.text(row, 0)
    assert "<b>x</b>" in text
    assert "\n" not in text
    assert "\u202e" not in text
    page.show_body(page.bodies.lines.rows[row])
    assert "\u202e" not in visible(page.body)


@pytest.mark.parametrize("percent", [100, 200])
def test_every_control_has_a_name_and_is_not_clipped(
    page: AuditPage, frame: AuditFrame, app: QApplication, percent: int
) -> None:
    THEME.percent = percent
    THEME.apply()
    try:
        for body in (None, page.bodies.lines.rows[0]):
            if body is not None:
                page.show_body(body)
                page.body.table.selectRow(0)
            settle(app)
            for one in frame.findChildren(QWidget):
                if one.isVisible() and one.focusPolicy() & Qt.FocusPolicy.TabFocus:
                    name = one.accessibleName() or (one.text() if isinstance(one, QAbstractButton) else "")
                    assert name, one
                if isinstance(one, QAbstractButton) and one.isVisible() and one.text():
                    assert one.width() >= one.minimumSizeHint().width(), one.text()
    finally:
        THEME.percent = 100
        THEME.apply()


def test_rows_are_told_to_a_screen_reader_as_sentences(page: AuditPage) -> None:
    index = page.bodies.lines.index(0, 0)
    said = index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert said.startswith("Organisation: Alderbrook High. Cameras: ")
    assert "Made by a listed maker: " in said


def test_reading_beside_one_who_writes(page: AuditPage, rollup: Path, knowledge: Knowledge, data_dir: Path) -> None:
    with tasks.open_for_taking(rollup, data_dir, knowledge, NOW) as other:
        page.show_body(page.bodies.lines.rows[0])
        assert page.body.model.rowCount() > 0
        assert other.file.setting("judged_by") == knowledge.version


def test_a_pack_is_asked_for_its_title_and_written_into_a_folder_of_its_own(
    page: AuditPage, tmp_path: Path, qtbot: QtBot
) -> None:
    dialog = page.publish()
    assert dialog is not None
    assert dialog.title.text().startswith("Cameras of ")
    dialog.title.clear()
    dialog.accept()
    assert dialog.isVisible()
    assert dialog.problem.text() == "Type a title."
    dialog.title.setText("Cameras of Northmoor")
    dialog.authors.setText("Office of Northmoor; A. Auditor")
    dialog.licence.setCurrentIndex(1)
    (tmp_path / "packs").mkdir()
    dialog.publish_in(tmp_path / "packs")
    ready(page, qtbot)
    (made,) = (tmp_path / "packs").iterdir()
    said = (made / "README.txt").read_text("utf-8")
    assert "Title: Cameras of Northmoor\nAuthors: Office of Northmoor and A. Auditor\nLicence: Open Government" in said
    assert "Saved 34 files" in page.strip.words.text()
    assert made.name.endswith("-published-2026-11-24")
    again = page.publish()
    assert again is not None
    again.readers.setCurrentIndex(1)
    again.publish_in(tmp_path / "packs")
    ready(page, qtbot)
    (whole,) = (one for one in (tmp_path / "packs").iterdir() if one != made)
    assert "-for-those-who-asked-" in whole.name
    assert (whole / "tables" / "cost_by_year.csv").is_file()


def test_every_table_is_on_the_page(page: AuditPage, qtbot: QtBot) -> None:
    page.which.choose(TABLES)
    qtbot.waitUntil(lambda: page.desk.tables is not None and page.tables.table is not None)
    titles = [page.tables.which.itemText(at) for at in range(page.tables.which.count())]
    assert "Who made the cameras" in titles
    assert {"How long footage is kept", "What replacing costs, by year", "By region"} <= set(titles)
    assert not page.search.isEnabled()
    page.tables.which.setCurrentIndex(titles.index("How long footage is kept"))
    table = page.tables.table
    assert table is not None
    assert table.model().rowCount() > 0
    page.which.choose(MISSING)
    assert page.search.isEnabled() is False
    assert page.tables.which.currentText() == "How long footage is kept"


def test_tables_are_read_again_after_a_change(page: AuditPage, qtbot: QtBot) -> None:
    page.which.choose(TABLES)
    qtbot.waitUntil(lambda: page.desk.tables is not None)
    before = page.desk.tables
    page.record_round()
    qtbot.waitUntil(lambda: page.desk.tables not in (None, before))
    assert page.tables.which.findText("Change since the last round") >= 0
