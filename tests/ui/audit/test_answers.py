"""Answers in the window: taken in, asked about where a column is not told, beside what was measured, counted by a rule."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

import rollup_files
from camcensus.model.knowledge import Knowledge
from camcensus.tasks.rollup.figures import WayCount
from camcensus.tasks.rollup.view import read_files
from camcensus.ui.audit.files import AnswerColumns, FilesDialog
from camcensus.ui.audit.page import ANSWERS, PROBLEMS, AuditPage
from camcensus.ui.kit.dialogs import Dialog
from camcensus.ui.window import MainWindow
from rollup_estate import Estate
from rollup_files import write_answers

SHOTS = os.environ.get("CAMCENSUS_SHOTS")


@pytest.fixture(scope="session")
def country(tmp_path_factory: pytest.TempPathFactory, knowledge: Knowledge, data_dir: Path) -> tuple[Path, Estate]:
    folder = tmp_path_factory.mktemp("answered")
    estate = rollup_files.make_files(folder / "files", bodies=8, devices=120)
    rollup_files.make_rollup(folder / "north.camcensus-rollup", [folder / "files"], knowledge, data_dir)
    return folder, estate


@pytest.fixture
def page(window: MainWindow, country: tuple[Path, Estate], tmp_path: Path, qtbot: QtBot) -> AuditPage:
    assert window.open_path(Path(shutil.copy(country[0] / "north.camcensus-rollup", tmp_path)))
    assert window.audit is not None
    ready(window.audit.audit, qtbot)
    return window.audit.audit


def ready(page: AuditPage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not page.desk.busy and page.desk._reader is None)


def said(within: QWidget) -> str:
    return " ".join(one.text() for one in within.findChildren(QLabel) if one.isVisible())


def shown[T: Dialog](window: MainWindow, kind: type[T]) -> T:
    (found,) = [one for one in window.findChildren(kind) if one.isVisible()]
    return found


def choose(dialog: AnswerColumns, asks: str, maker: str | None = None) -> None:
    dialog.field.choose(asks)
    dialog.field.activated.emit(dialog.field.currentIndex())
    if maker is not None:
        dialog.maker.choose(maker)
        dialog.maker.activated.emit(dialog.maker.currentIndex())


def picture(window: QWidget, name: str) -> None:
    if SHOTS:
        window.grab().save(str(Path(SHOTS) / f"{name}.png"))


def test_answers_stand_beside_what_was_measured(
    window: MainWindow, page: AuditPage, country: tuple[Path, Estate], tmp_path: Path, qtbot: QtBot
) -> None:
    page.take_answers(write_answers(tmp_path / "answers.csv", country[1]))
    ready(page, qtbot)
    assert "1 accepted" in said(shown(window, FilesDialog))
    picture(shown(window, FilesDialog), "taken")
    shown(window, FilesDialog).accept()
    page.which.choose(ANSWERS)
    rows = {(row.name, row.question): row for row in page.answer_model.rows}
    first = country[1].bodies[0]
    assert rows[first.name, "How many cameras?"].compared == "file-more"
    assert "The file has more" in {page.answer_model.data(page.answer_model.index(at, 5)) for at in range(len(rows))}
    assert "With the 1 that only answered" in said(page)
    assert "2 more answered without one" in page.numbers.sent.words.text()
    assert page.desk.figures is not None
    assert page.desk.figures.ways is not None
    assert page.desk.figures.ways.counted == WayCount(8, 0, 1)
    picture(window, "answers")
    page.which.choose(0)
    picture(window, "organisations")


def test_an_answer_opens_with_its_words_and_where_it_was_typed(
    window: MainWindow, page: AuditPage, country: tuple[Path, Estate], tmp_path: Path, qtbot: QtBot
) -> None:
    page.take_answers(write_answers(tmp_path / "answers.csv", country[1]))
    ready(page, qtbot)
    shown(window, FilesDialog).accept()
    page.which.choose(ANSWERS)
    at = next(at for at, one in enumerate(page.answer_model.rows) if one.question == "Is there a policy?" and one.words)
    page.answers.selectRow(at)
    page.answers.opened.emit()
    dialog = shown(window, Dialog)
    text = " ".join(one.toPlainText() for one in dialog.findChildren(QPlainTextEdit))
    assert "Yes, on our site" in text
    assert "Row 2 of answers.csv" in text
    picture(dialog, "answer")
    dialog.accept()


def test_columns_that_are_not_understood_are_asked_about_and_the_choice_is_remembered_by_the_heading(
    window: MainWindow, page: AuditPage, country: tuple[Path, Estate], tmp_path: Path, qtbot: QtBot
) -> None:
    heads = ("Who", "URN", "Date of reply", "Outcome", "Kit in use", "Hikvision?", "Is there a policy?", "File")
    page.take_answers(write_answers(tmp_path / "answers.csv", country[1], heads))
    ready(page, qtbot)
    dialog = shown(window, AnswerColumns)
    assert len(dialog.model.rows) == len(heads)
    first = [dialog.model.data(dialog.model.index(0, at)) for at in range(3)]
    assert first[:2] == ["E  Kit in use", "Not understood: choose"], "those that are not understood come first"
    assert first[2].startswith("2  ·  "), "with samples"
    choose(dialog, "count:", "dahua")
    assert dialog.model.data(dialog.model.index(0, 1)) == "How many of Dahua"
    picture(dialog, "columns")
    choose(dialog, "cameras")
    assert not dialog._of.isVisible()
    dialog.accept()
    ready(page, qtbot)
    shown(window, FilesDialog).accept()
    assert any((row.question, row.low) == ("Kit in use", 40) for row in page.answer_model.rows)
    page.take_answers(write_answers(tmp_path / "second.csv", country[1], (*heads[:-1], "Attachment")))
    ready(page, qtbot)
    assert [one for one in window.findChildren(AnswerColumns) if one.isVisible()] == []
    shown(window, FilesDialog).accept()


def test_a_sheet_of_hundreds_of_columns_is_asked_about_a_line_each_with_one_field(
    window: MainWindow, page: AuditPage, country: tuple[Path, Estate], tmp_path: Path, qtbot: QtBot
) -> None:
    body, columns = country[1].bodies[0], 200
    sheet = tmp_path / "wide.csv"
    heads = ";".join(f"head{at}" for at in range(columns))
    cells = ";".join([body.name, *(f"cell{at}" for at in range(1, columns))])
    sheet.write_text(f"{heads}\n{cells}\n", "utf-8")
    page.take_answers(sheet)
    ready(page, qtbot)
    dialog = shown(window, AnswerColumns)
    assert dialog.model.rowCount() == columns
    assert len(dialog.findChildren(QWidget)) < 70, "no widget for each column"
    dialog.accept()
    assert "Camcensus cannot tell which column names the organisation." in said(dialog)
    choose(dialog, "organisation")
    dialog.table.selectRow(7)
    choose(dialog, "other")
    dialog.table.selectRow(0)
    assert dialog.field.currentData() == "organisation"
    picture(dialog, "wide")
    dialog.accept()
    ready(page, qtbot)
    shown(window, FilesDialog).accept()
    assert any((row.question, row.words) == ("head7", "cell7") for row in page.answer_model.rows)
    assert page.desk.figures is not None
    assert len(page.desk.figures.to_read) == 1, "what is in the other columns is kept for a person to read"


def test_replies_in_words_are_read_one_after_the_other_with_one_key(
    window: MainWindow, page: AuditPage, country: tuple[Path, Estate], tmp_path: Path, qtbot: QtBot
) -> None:
    first = country[1].bodies[0]
    (tmp_path / "letters.csv").write_text(
        "Organisation,How many cameras?,Hikvision?,Response\nFar School,40,Hikvision 14,\n"
        f"Ash School,,,Yes - we have 6 Hikvision and 3 Dahua\nYew School,,,We cannot say.\n{first.name},see attached,,\n",
        "utf-8",
    )
    page.take_answers(tmp_path / "letters.csv")
    ready(page, qtbot)
    shown(window, FilesDialog).accept()
    assert page.read_link.isVisible()
    assert page.read_link.text() == "Read 4 replies…"
    dialog = page.read_replies()
    assert dialog is not None
    assert [box for box, field in dialog.fields.items() if field.isVisible()] == ["cameras", "state"], first.name
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert "2 of 4: Ash School" in said(dialog)
    assert {box for box, field in dialog.fields.items() if field.isVisible()} == {
        "cameras", "count:hikvision", "count:dahua", "state",
    }  # fmt: skip
    assert "Yes - we have 6 Hikvision and 3 Dahua" in said(dialog)
    dialog.fields["count:hikvision"].setText("six")
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "Type a number" in said(dialog))
    dialog.fields["count:hikvision"].setText("6")
    dialog.fields["count:dahua"].setText("3")
    picture(dialog, "replies")
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert "3 of 4: Far School" in said(dialog)
    dialog.fields["count:hikvision"].setText("14")
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    dialog.fields["state"].setText("refused s.31")
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    ready(page, qtbot)
    rows = {(row.name, row.question): (row.state, row.low) for row in page.answer_model.rows}
    assert rows["Ash School", "How many Hikvision?"] == ("answered", 6)
    assert rows["Yew School", "The whole request"][0] == "refused"
    assert ("Far School", "Hikvision?") not in rows
    assert page.desk.figures is not None
    assert [one.name for one in page.desk.figures.to_read] == [first.name], "what nobody read is still there"


def test_a_row_of_nobody_is_named_among_the_problems_and_a_sheet_is_taken_out_whole(
    window: MainWindow, page: AuditPage, country: tuple[Path, Estate], tmp_path: Path, qtbot: QtBot
) -> None:
    asked = rollup_files.write_list(tmp_path / "asked.csv", country[1])
    page.load_list(asked)
    ready(page, qtbot)
    page.take_answers(write_answers(tmp_path / "answers.csv", country[1]))
    ready(page, qtbot)
    dialog = shown(window, FilesDialog)
    assert "3 rows could not be given to an organisation" in dialog.model.rows[0].say
    dialog.accept()
    page.which.choose(PROBLEMS)
    assert [one.say for one in page.problems.lines.rows if "Row 4 of “answers.csv”, Far School" in one.say]
    (row,) = [one for one in page.desk.look(read_files) if one.is_sheet]
    page.desk.take_out(row.export_id or "")
    ready(page, qtbot)
    assert page.answer_model.rows == ()
    page.desk.put_back(next(one for one in page.desk.look(read_files) if one.is_sheet))
    ready(page, qtbot)
    assert page.answer_model.rows
    shown(window, FilesDialog).accept()


def test_a_folder_of_files_and_sheets_is_taken_whole(
    page: AuditPage, window: MainWindow, country: tuple[Path, Estate], tmp_path: Path, qtbot: QtBot
) -> None:
    folder = tmp_path / "given"
    shutil.copytree(country[0] / "files", folder)
    for at in range(3):
        (folder / f"{at}.csv").write_text(f"organisation,type,Hikvision?\nFar School {at},school,{at}\n", "utf-8")
    page.take_in([folder])
    ready(page, qtbot)
    qtbot.waitUntil(lambda: page.desk.figures is not None and len(page.desk.figures.answers) == 3)
    files = shown(window, FilesDialog)
    assert [one.body_name for one in files.model.rows if one.is_sheet] == [f"Far School {at}" for at in range(3)]
    assert page.desk.figures is not None
    assert page.desk.figures.totals.answered == len(country[1].bodies)
