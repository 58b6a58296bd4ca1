"""Importing a register in the window, from real files: read, columns, preview, done; nothing before that, all of it one change."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

import history_story
import samples
from books import ods, xls, xlsx
from camcensus.model.knowledge import Knowledge
from camcensus.model.registers import RegisterField, RegisterFile, SheetColumn, SheetRow
from camcensus.store.edits import tagging
from camcensus.tasks.imports.staff_register import NEW
from camcensus.tasks.register import verbs as register
from camcensus.ui.cameras import import_model
from camcensus.ui.cameras.import_model import Group, MappingModel, cell_text
from camcensus.ui.cameras.import_register import BUSY, COLUMNS, DONE, REVIEW, RegisterDialog
from camcensus.ui.kit.controls import Radio
from camcensus.ui.kit.dialogs import Dialog
from camcensus.ui.kit.widgets import Text
from camcensus.ui.window import MainWindow
from ui_rows import settle

HEAD = ["Camera no", "Make", "IP", "Building", "Room", "Cost", "Supplier"]
ROWS: list[list[Any]] = [
    HEAD,
    ["CAM-001", "Dahua", "10.0.0.1", "Main block", "Office", 180, "Acme"],
    ["CAM-002", "", "", "Main block", "Gym", "lots", "Acme"],
    ["C-77", "Axis", "", "Sports hall", "Loft", "1,640.00", "Beta"],
]


@pytest.fixture(scope="session")
def first_record(tmp_path_factory: pytest.TempPathFactory, knowledge: Knowledge) -> Path:
    """Seven cameras, six of them in a hall."""
    path = tmp_path_factory.mktemp("record") / "elm-park.camcensus"
    with register.new_inventory(path, samples.body(), samples.NOW) as inventory:
        history_story.tell(inventory, knowledge)
    return path


def csv_of(folder: Path, rows: Sequence[Sequence[Any]], name: str = "register.csv") -> Path:
    path = folder / name
    path.write_text("\r\n".join(",".join(f'"{cell}"' for cell in row) for row in rows) + "\r\n", "utf-8", newline="")
    return path


def start(window: MainWindow, qtbot: QtBot, path: Path) -> RegisterDialog:
    dialog = RegisterDialog(window.session, path, window)
    dialog.show_over()
    rest(dialog, qtbot)
    return dialog


def rest(dialog: RegisterDialog, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not dialog.running)
    settle(QApplication.instance())  # type: ignore[arg-type]


def go_on(dialog: RegisterDialog, qtbot: QtBot) -> None:
    dialog.next_button.click()
    rest(dialog, qtbot)


def group(dialog: RegisterDialog, name: Group) -> list[list[str]]:
    """The texts of a group: row, what it is, what it does."""
    dialog.review.groups[name].setChecked(True)
    model = dialog.review.model
    return [[model.text(row, at) for at in (1, 2, 3)] for row in range(model.rowCount())]


def assets(window: MainWindow) -> dict[str, register.AssetRow]:
    return {row.asset.ref: row for row in window.session.rows()}


def state(window: MainWindow) -> list[tuple[object, ...]]:
    inventory = window.session.inventory
    assert inventory is not None
    return [(line.id, line.undone) for line in inventory.changes(1000)]


@pytest.mark.parametrize("kind", ["csv", "xlsx", "xls", "ods"])
def test_from_the_file_to_one_change_and_back(window: MainWindow, qtbot: QtBot, tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"register.{kind}"
    path.write_bytes(csv_of(tmp_path, ROWS).read_bytes() if kind == "csv" else
                     xlsx(("Cameras", ROWS)) if kind == "xlsx" else xls(ROWS) if kind == "xls" else ods(ROWS))  # fmt: skip
    before = state(window)
    dialog = start(window, qtbot, path)
    assert dialog.step == REVIEW
    assert dialog.title.text() == f"register.{kind}: 3 rows and 7 columns. The headings are in row 1."
    dialog.back_button.click()
    assert dialog.step == COLUMNS
    assert [dialog.columns.model.index(at, 1).data() for at in range(7)] == [
        "Reference", "Brand", "Network address (IP)", "Building", "Room or area", "Purchase cost", "Sold by",
    ]  # fmt: skip
    go_on(dialog, qtbot)
    assert dialog.step == REVIEW
    assert (
        "2 rows matched, 2 with something new; 1 only on the list; 5 only in your record (left alone)"
        in dialog.review.said.text()
    )
    asked = "Cost: “lots”, on 1 row. It must be a number, like 180 or 180.50. · Save it in the notes"
    assert group(dialog, "problems") == [["3", "Cost", asked]]
    matched = group(dialog, "matched")
    assert [line[:2] for line in matched] == [["2", "CAM-001"], ["3", "CAM-002"]]
    assert "Cost: £180" in matched[0][2] or "Purchase cost: £180" in matched[0][2]
    assert "Location: Elm Park > Main block > Hall → Elm Park > Main block > Gym" in matched[1][2]
    assert matched[1][2].endswith("1 cell left out")
    assert group(dialog, "new")[0][1] == "C-77"
    assert len(group(dialog, "seen")) == 5
    assert state(window) == before
    assert dialog.next_button.text() == "Import 3 rows"
    go_on(dialog, qtbot)
    assert dialog.step == DONE
    assert dialog.done_words.text() == f"1 row added and 2 rows changed from register.{kind}."
    now = assets(window)
    assert now["CAM-001"].asset.place_path == ("Elm Park", "Main block", "Office")
    assert now["CAM-001"].asset.cost_pence == 18000
    assert now["CAM-002"].asset.cost_pence is None
    assert now["C-77"].asset.seller_name == "Beta"
    assert len(state(window)) == len(before) + 1
    dialog.undo_button.click()
    again = assets(window)
    assert "C-77" not in again
    assert again["CAM-001"].asset.place_path == ("Elm Park", "Main block", "Hall")


def test_cancel_and_back_write_nothing_and_back_keeps_what_was_chosen(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    before = state(window)
    dialog = start(window, qtbot, csv_of(tmp_path, ROWS))
    dialog.back_button.click()
    choose(dialog, 6, "maintainer")
    go_on(dialog, qtbot)
    assert "Maintained by: Acme" in group(dialog, "matched")[0][2]
    dialog.review.table.selectRow(1)
    qtbot.keyClick(dialog.review.table, Qt.Key.Key_Space)
    assert dialog.next_button.text() == "Import 2 rows"
    dialog.back_button.click()
    assert dialog.step == COLUMNS
    assert dialog.columns.mapping == {6: "maintainer"}
    go_on(dialog, qtbot)
    assert dialog.step == REVIEW
    assert dialog.next_button.text() == "Import 2 rows"
    dialog.cancel_button.click()
    assert not dialog.isVisible()
    assert state(window) == before


def choose(dialog: RegisterDialog, column: int, field: RegisterField | None) -> None:
    """As a person does: a line, then the choice under the table."""
    dialog.columns.table.selectRow(column)
    combo = dialog.columns.field
    combo.setCurrentIndex(combo.findData(field))
    combo.activated.emit(combo.currentIndex())


def test_a_choice_of_columns_is_remembered_and_takes_the_field_from_another(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    dialog = start(window, qtbot, csv_of(tmp_path, ROWS))
    dialog.back_button.click()
    choose(dialog, 3, "room_or_area")
    model = dialog.columns.model
    assert [model.index(at, 1).data() for at in (3, 4)] == ["Room or area", "Not saved"]
    assert model.index(4, 3).data() == "You chose another column for this."
    choose(dialog, 3, "building")
    choose(dialog, 4, None)
    choose(dialog, 6, "maintainer")
    go_on(dialog, qtbot)
    go_on(dialog, qtbot)
    assert dialog.step == DONE
    assert assets(window)["CAM-001"].asset.maintainer_name == "Acme"
    dialog.next_button.click()
    again = start(window, qtbot, csv_of(tmp_path, ROWS, "next year.csv"))
    again.back_button.click()
    assert [again.columns.model.index(at, 1).data() for at in (3, 4, 6)] == ["Building", "Not saved", "Maintained by"]
    again.reject()


def test_a_row_that_may_be_two_is_asked_and_each_change_of_a_row_is_said(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    session = window.session
    ids = [assets(window)[ref].asset.id for ref in ("CAM-005", "CAM-006")]
    session.do(tagging.set_tags(ids, {"purpose": "Yard"}))
    rows = [["Name", "Building", "Room", "Cost"], ["Yard", "Main block", "Hall", "99"]]
    dialog = start(window, qtbot, csv_of(tmp_path, rows))
    assert group(dialog, "asked")[0][2] == "Not chosen: left out"
    assert dialog.next_button.text() == "Nothing to import"
    answers = {answer.text().split(". ")[0]: answer for answer in dialog.review.one.findChildren(Radio)}
    assert list(answers) == ["It is CAM-005", "It is CAM-006", "It is a row of its own", "Leave it out"]
    answers["It is CAM-006"].setChecked(True)
    assert group(dialog, "asked")[0][2] == "It is CAM-006"
    assert dialog.review.choices.answers == {2: ids[1]}
    go_on(dialog, qtbot)
    assert (assets(window)["CAM-006"].asset.cost_pence, assets(window)["CAM-005"].asset.cost_pence) == (9900, None)
    assert NEW not in dialog.review.choices.answers.values()
    dialog.next_button.click()
    second = start(window, qtbot, csv_of(tmp_path, ROWS))
    group(second, "matched")
    second.review.table.selectRow(0)
    assert any("cost" in one.text().casefold() for one in second.review.one.findChildren(Text))
    go_on(second, qtbot)
    assert assets(window)["CAM-001"].asset.seller_name == "Acme"


def test_cells_that_say_the_same_are_answered_once_and_columns_not_saved_are_named(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    rows = [
        ["Ref", "Status", "Make", "Colour"],
        *[[f"T-{n:03}", "Maybe" if n % 2 else "Scrapped", "Axis", "red"] for n in range(200)],
    ]
    dialog = start(window, qtbot, csv_of(tmp_path, rows))
    said = "Status: “Maybe”, on 100 rows. It must be in use, spare or removed."
    assert group(dialog, "problems") == [["3", "Status", f"{said} · Save it in the notes"]]
    dialog.review.table.selectRow(0)
    choices = {one.text(): one for one in dialog.review.one.findChildren(Radio)}
    assert list(choices) == ["In use", "Spare, not in use", "No longer here", "Save it in the notes", "Leave it out"]
    assert choices["Save it in the notes"].isChecked()
    choices["Spare, not in use"].setChecked(True)
    assert dialog.next_button.text() == "Use these answers"
    go_on(dialog, qtbot)
    assert dialog.step == REVIEW
    assert group(dialog, "problems") == [["3", "Status", "Status: “Maybe”, on 100 rows. · Spare, not in use"]]
    assert dialog.next_button.text() == "Import 200 rows"
    go_on(dialog, qtbot)
    assert "1 column not saved: Colour." in dialog.left_words.text()
    now = assets(window)
    assert (now["T-000"].asset.status, now["T-001"].asset.status, now["T-001"].asset.notes) == (
        "removed",
        "spare",
        None,
    )


def test_an_answer_that_its_column_no_longer_has_gives_way_to_the_usual_one(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    dialog = start(window, qtbot, csv_of(tmp_path, [["Ref", "Status"], *[[f"T-{n}", "Maybe"] for n in range(4)]]))
    group(dialog, "problems")
    dialog.review.table.selectRow(0)
    next(one for one in dialog.review.one.findChildren(Radio) if one.text() == "Spare, not in use").setChecked(True)
    dialog.back_button.click()
    dialog.columns.mapping[1] = "kind"
    go_on(dialog, qtbot)
    assert [line[2].partition(" · ")[2] for line in group(dialog, "problems")] == ["Save it in the notes"]
    dialog.reject()


def test_another_sheet_and_a_file_that_is_none(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "two.xlsx"
    path.write_bytes(xlsx(("Notes", [["Ref", "Make"], ["CAM-003", "Axis"]]), ("Cameras", ROWS)))
    dialog = start(window, qtbot, path)
    assert dialog.back_button.text() == "Change columns or sheet"
    dialog.back_button.click()
    assert dialog.columns.sheet.isVisible()
    other = next(at for at in range(2) if at != dialog.columns.sheet.currentIndex())
    rows = dialog.title.text()
    dialog.columns.sheet.setCurrentIndex(other)
    dialog.columns.sheet.activated.emit(other)
    rest(dialog, qtbot)
    assert dialog.title.text() != rows
    dialog.reject()
    wrong = tmp_path / "picture.xlsx"
    wrong.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(200))
    broken = start(window, qtbot, wrong)
    assert broken.problem.isVisible()
    assert broken.problem.text().endswith(".")
    assert not broken.next_button.isEnabled()
    broken.reject()


def test_what_is_stopped_while_it_is_written_wrote_nothing(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    rows = [HEAD, *[[f"T-{number:05}", "Axis", "", "Main block", "Hall", number, "Acme"] for number in range(3000)]]
    before, seen = state(window), set(assets(window))
    dialog = start(window, qtbot, csv_of(tmp_path, rows))
    dialog.next_button.click()
    assert dialog.step == BUSY
    qtbot.waitUntil(lambda: "of 6000" in dialog.bar.accessibleDescription())
    dialog.cancel_button.click()
    rest(dialog, qtbot)
    qtbot.waitUntil(lambda: dialog.step == REVIEW)
    assert dialog.problem.text() == "The import was stopped. Nothing was written."
    assert state(window) == before
    assert set(assets(window)) == seen
    assert dialog.next_button.text() == "Import 3,000 rows"
    dialog.reject()


def test_all_that_the_keyboard_reaches_has_a_name(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    dialog = start(window, qtbot, csv_of(tmp_path, ROWS))
    dialog.back_button.click()
    for _ in range(2):
        for widget in dialog.findChildren(QWidget):
            if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
                spoken = QAccessible.queryAccessibleInterface(widget)
                assert spoken is not None
                assert spoken.text(QAccessible.Text.Name).strip(), widget
        go_on(dialog, qtbot)
    assert dialog.step == DONE


def test_by_keyboard_alone(window: MainWindow, qtbot: QtBot, tmp_path: Path, app: QApplication) -> None:
    dialog = start(window, qtbot, csv_of(tmp_path, ROWS))
    dialog.activateWindow()
    dialog.next_button.setFocus()
    assert dialog.step == REVIEW
    qtbot.keyClick(dialog.next_button, Qt.Key.Key_Return)
    rest(dialog, qtbot)
    assert dialog.step == DONE
    assert "C-77" in assets(window)


def test_a_record_that_is_only_read_takes_no_register(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    assert window.session.inventory is not None
    window.session.inventory.readonly_reason = "The folder can only be read."
    dialog = start(window, qtbot, csv_of(tmp_path, ROWS))
    assert dialog.problem.text() == "The folder can only be read."
    assert not dialog.next_button.isEnabled()
    dialog.reject()


def test_hostile_cells_are_plain_text(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    rows = [["Ref", "Make"], ["<b>x</b>\u202egnp", "<img src=/etc/passwd>"]]
    dialog = start(window, qtbot, csv_of(tmp_path, rows))
    assert "\u202e" not in " ".join(shown_cells(dialog))
    for text in dialog.findChildren(Text):
        assert text.textFormat() == Qt.TextFormat.PlainText
    dialog.reject()


@pytest.mark.parametrize(("cell", "text"), [(None, ""), (180.0, "180"), (180.5, "180.5"), (True, "yes"), (1e300, "1e+300")])
def test_cells_as_people_read_them(cell: Any, text: str) -> None:
    assert cell_text(cell) == text


def test_the_button_of_the_page_asks_for_a_file(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = csv_of(tmp_path, ROWS)
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(path)], ""))
    window.show_page("cameras")
    assert window.cameras.files.import_button.isVisible()
    window.cameras.files.import_button.click()
    qtbot.waitUntil(lambda: any(one.isVisible() for one in window.findChildren(RegisterDialog)))
    dialog = next(one for one in window.findChildren(RegisterDialog) if one.isVisible())
    rest(dialog, qtbot)
    assert dialog.step == REVIEW
    dialog.reject()


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_what_is_exported_comes_back_without_a_change(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    path = tmp_path / f"out.{kind}"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    window.show_page("cameras")
    window.cameras.files.export_button.click()
    qtbot.waitUntil(lambda: path.is_file() and window.cameras.files.export_button.isEnabled())
    assert window.strip.isVisible()
    dialog = start(window, qtbot, path)
    assert "7 rows matched, 0 with something new; 0 only on the list; 0 only" in dialog.review.said.text()
    assert dialog.next_button.text() == "Nothing to import"
    dialog.reject()


def test_a_folder_that_is_not_there_is_one_sentence(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    window.show_page("cameras")
    window.cameras.files.export_to(tmp_path / "none" / "out.csv")
    qtbot.waitUntil(lambda: any(one.isVisible() for one in window.findChildren(Dialog)))
    dialog = next(one for one in window.findChildren(Dialog) if one.isVisible())
    assert dialog.windowTitle() == "The register was not exported"
    dialog.reject()


UNSURE = "Camera no;Make;Room\r\nC-1;Axis;Höhe\r\nC-2;Axis;Café\r\n"


def test_a_file_that_does_not_say_how_its_letters_are_written_is_read_anew_as_a_person_says(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "register.csv"
    path.write_bytes(UNSURE.encode("cp850"))
    dialog = start(window, qtbot, path)
    dialog.back_button.click()
    assert dialog.columns.encoding.isVisible()
    assert dialog.columns.encoding.currentData() == "windows-1252"
    assert "Höhe" not in shown_cells(dialog)
    for _ in range(2):  # also again, where the first choice is wrong
        for encoding in ("iso-8859-15", "cp850"):
            dialog.columns.encoding.setCurrentIndex(dialog.columns.encoding.findData(encoding))
            dialog.columns.encoding.activated.emit(dialog.columns.encoding.currentIndex())
            rest(dialog, qtbot)
            assert dialog.columns.encoding.isVisible()
            assert dialog.columns.encoding.currentData() == encoding
    assert {"Höhe", "Café"} <= shown_cells(dialog)
    assert dialog.next_button.isEnabled()
    go_on(dialog, qtbot)
    assert dialog.step == REVIEW


def test_a_file_whose_letters_no_guess_fits_asks_for_its_encoding(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "register.csv"
    path.write_bytes(UNSURE.replace("Café", "Ås hall").encode("mac-roman"))
    dialog = start(window, qtbot, path)
    assert dialog.plan is None
    assert "Choose its encoding below" in dialog.problem.text()
    assert dialog.columns.encoding.isVisible()
    assert dialog.columns.encoding.currentIndex() == -1
    assert not dialog.next_button.isEnabled()
    dialog.columns.encoding.setCurrentIndex(dialog.columns.encoding.findData("utf-8"))
    dialog.columns.encoding.activated.emit(dialog.columns.encoding.currentIndex())
    rest(dialog, qtbot)
    assert "is not text in utf-8" in dialog.problem.text()
    assert dialog.columns.encoding.isVisible()
    dialog.columns.encoding.setCurrentIndex(dialog.columns.encoding.findData("mac-roman"))
    dialog.columns.encoding.activated.emit(dialog.columns.encoding.currentIndex())
    rest(dialog, qtbot)
    assert "Höhe" in shown_cells(dialog)
    assert dialog.problem.isHidden()
    assert dialog.next_button.isEnabled()


def test_a_file_that_says_how_its_letters_are_written_asks_nothing(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "register.csv"
    path.write_bytes(UNSURE.encode("utf-8"))
    dialog = start(window, qtbot, path)
    dialog.back_button.click()
    assert not dialog.columns.encoding.isVisible()


def shown_cells(dialog: RegisterDialog) -> set[str]:
    """The examples that the columns show of the file."""
    return {cell for said in dialog.columns.model._examples.values() for cell in said.split(", ")}


def test_examples_of_a_column_are_made_for_what_is_shown_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    made = list[object]()
    monkeypatch.setattr(import_model, "cell_text", lambda cell: made.append(cell) or cell_text(cell))
    cells: list[list[Any]] = [
        [None, 1.0, True],
        ["\u200b" * 300, 1.0, True],
        *([f"row {n}", float(n), True] for n in range(400)),
    ]
    heads = tuple(SheetColumn(place, chr(65 + place), f"Head {place}") for place in range(3))
    rows = tuple(SheetRow(number, tuple(row)) for number, row in enumerate(cells, 2))
    owner = QObject()
    model = MappingModel(owner)
    model.show_file(RegisterFile("a.csv", None, (), (1,), heads, rows))
    assert list(model._examples.values()) == [f"{cell_text(chr(0x200B) * 300)}, row 0, row 1", "1, 0, 2", "yes"]
    assert len(made) == 4 + 3 + 1
