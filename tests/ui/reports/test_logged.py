"""Paper that leaves the window is logged, so that what has changed since can be asked; a preview is not."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from camcensus.store.edits import placing, tagging
from camcensus.tasks.register import history
from camcensus.ui.kit.dialogs import Dialog
from camcensus.ui.window import MainWindow
from ui_rows import settle


def logged(window: MainWindow) -> list[tuple[str, str | None]]:
    inventory = window.session.inventory
    assert inventory is not None
    return [(line.say, line.by) for line in inventory.changes(100) if line.verb == "report"]


def told(window: MainWindow) -> list[str]:
    return [one.windowTitle() for one in window.findChildren(Dialog) if one.isVisible()]


def since_last_report(window: MainWindow) -> list[str]:
    inventory = window.session.inventory
    assert inventory is not None
    past = history.read(inventory)
    return [change.say for change in history.changes_between(past, history.moment_of(past, "last-report")).changes]


def test_a_saved_plan_is_logged_and_what_changed_since_can_be_asked(
    window: MainWindow, app: QApplication, tmp_path: Path, qtbot: QtBot
) -> None:
    session = window.session
    window.show_page("plan")
    window.plan.print_out()
    paper = window.reports
    qtbot.waitUntil(paper.print_button.isEnabled)
    assert logged(window) == []
    rows = session.rows()
    paper.save_as(tmp_path / "plan")
    qtbot.waitUntil(lambda: bool(logged(window)))
    settle(app)
    assert paper.desk.written is not None
    assert logged(window) == [(f"Saved plan.pdf, {paper.desk.written.pages} pages (replacement plan)", session.by)]
    assert not window.plan.behind, "nothing in the plan is other than it was"
    assert session.rows() is rows, "nothing is read again"
    assert since_last_report(window) == []
    session.do(placing.set_place_named([rows[0].asset.id], ["Elm Park"]))
    assert since_last_report(window) == [f"{rows[0].asset.ref} moved to Elm Park."]
    paper.save_as(tmp_path / "no folder" / "plan.pdf")
    qtbot.waitUntil(lambda: told(window) != [])
    assert len(logged(window)) == 1, "what was not written is not logged"


def test_a_sheet_is_logged_where_it_is_saved_and_where_it_is_printed(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    window.session.do(tagging.ask_installer([window.session.rows()[0].asset.id], True))
    window.checking.print_questions()
    dialog = window.reports
    qtbot.waitUntil(dialog.print_button.isEnabled)
    assert logged(window) == []
    dialog.save_as(tmp_path / "questions")
    qtbot.waitUntil(lambda: bool(logged(window)))
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    dialog.print_to(printer)
    assert [say for say, _ in logged(window)] == [
        "Saved printed.pdf, 1 page (questions for the installer)",
        "Saved questions.pdf, 1 page (questions for the installer)",
    ]


def test_a_plan_that_is_saved_at_once_is_for_whom_was_just_chosen(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    window.show_page("plan")
    window.plan.print_out()
    paper = window.reports
    qtbot.waitUntil(paper.print_button.isEnabled)
    assert paper.desk.written is not None
    for_us = paper.desk.written.path.read_bytes()
    next(one for one in paper.choices._radios if one.objectName() == "public").click()
    paper.save_as(tmp_path / "plan.pdf")
    qtbot.waitUntil(lambda: bool(logged(window)))
    assert (tmp_path / "plan.pdf").read_bytes() != for_us, "the edition that was shown before"
    window.show_page("plan")
    window.plan.print_out()
    assert paper.choices.choices.audience == "public", "what was chosen is kept with the record"
