"""A folder of phone photos given to rows with the keyboard, as one change."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import shiboken6
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from camcensus.store.edits import placing, tagging
from camcensus.tasks.register.photo_files import find_pictures
from camcensus.tasks.register.walking import PHOTO_TAKEN
from camcensus.ui.cameras.photo_round import PhotoRound
from camcensus.ui.kit.dialogs import Dialog
from camcensus.ui.photo_loading import HELD, LargePictures
from camcensus.ui.session import Session
from ui_rows import let_go, settle


@pytest.fixture
def folder(tmp_path: Path, read_here: None) -> Path:
    """Four photos, taken in another order than their names, and one file that is none."""
    made = tmp_path / "round"
    made.mkdir()
    for at, name in enumerate(("d.jpg", "c.jpg", "b.jpg", "a.jpg")):
        notes = Image.Exif()
        notes[0x010F], notes[0x0132] = "Sample phone", f"2026:11:24 10:4{at}:00"
        Image.new("RGB", (200 + at, 150), "grey").save(made / name, exif=notes)
    (made / "e.heic").write_bytes(b"ftypheic")
    return made


@pytest.fixture
def photos(session: Session, folder: Path, app: QApplication, qtbot: QtBot) -> Iterator[PhotoRound]:
    session.do(placing.set_place_named([session.rows()[2].asset.id], ["Elm Park", "Hall"]))
    session.do(tagging.add_tags([session.rows()[1].asset.id], [PHOTO_TAKEN]))
    made = PhotoRound(session, find_pictures([folder]))
    made.resize(1180, 760)
    made.show()
    qtbot.waitUntil(lambda: len(made.photos.photos) == 5 and len(made.photos.broken) == 1)
    qtbot.waitUntil(lambda: made._pictures.image(0) is not None)
    settle(app)
    yield made
    made.done(0)
    let_go(made)


def order(photos: PhotoRound) -> list[str]:
    return [one.name for one in photos.photos.photos]


def given(photos: PhotoRound) -> list[str]:
    return [str(photos.photos.index(at).data() or "") for at in range(photos.photos.rowCount())]


def test_photos_stand_by_time_and_rows_without_one_come_first(photos: PhotoRound, session: Session) -> None:
    assert [name for name in order(photos) if name != "e.heic"] == ["d.jpg", "c.jpg", "b.jpg", "a.jpg"]
    assert photos.rows.rows[0].key == session.rows()[1].asset.id  # said to have a photo on somebody's phone
    broken = order(photos).index("e.heic")
    assert "no PNG or JPEG" in photos.photos.says(broken)


def test_the_keyboard_alone_gives_photos_to_rows_as_one_change(
    photos: PhotoRound, session: Session, qtbot: QtBot, folder: Path
) -> None:
    inventory = session.inventory
    assert inventory is not None
    number, rows = len(inventory.changes()), len(session.rows())
    photos._to(order(photos).index("d.jpg"))
    first = photos.rows.rows[0]
    qtbot.keyClick(photos.table, Qt.Key.Key_Return)
    assert order(photos)[photos._at] == "c.jpg"
    qtbot.keyClick(photos.table, Qt.Key.Key_Down)
    qtbot.keyClick(photos.table, Qt.Key.Key_Return)
    qtbot.keyClick(photos.table, Qt.Key.Key_Delete)  # b.jpg is skipped
    assert order(photos)[photos._at] == "a.jpg"
    photos.add_row()
    assert [given(photos)[order(photos).index(name)] for name in ("d.jpg", "c.jpg", "b.jpg", "a.jpg")] == [
        first.ref, photos.rows.rows[2].ref, "–", "New 1",
    ]  # fmt: skip
    assert photos.finish_button.text() == "Finish: save 3 photos"
    said: list[str] = []
    session.hub.troubled.connect(lambda _, sentence: said.append(sentence))
    with qtbot.waitSignal(photos.finished):
        photos.accept()
    assert said == ["1 file could not be read: e.heic. Save as JPEG and give again."]
    assert len(inventory.changes()) == number + 1
    assert inventory.changes(1)[0].say == "3 photos given to 3 rows, 1 of them is new."
    assert len(session.rows()) == rows + 1
    (kept,) = inventory.photos(first.key)
    picture = inventory.picture(kept.picture)
    assert picture is not None
    assert b"Sample phone" not in picture.data
    assert (folder / "d.jpg").exists()
    row = session.row(first.key)
    assert row is not None
    assert (row.asset.photos, row.asset.tags) == (1, ())
    session.undo()
    assert len(session.rows()) == rows
    assert inventory.photos() == ()


def test_keys_go_to_another_photo_and_a_search_that_is_entered_gives_it(photos: PhotoRound, qtbot: QtBot) -> None:
    photos._to(0)
    qtbot.keyClick(photos.search, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert photos._at == 1
    qtbot.keyClick(photos.table, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert photos._at == 0
    qtbot.keyClicks(photos.search, "hall")
    assert [one.place for one in photos.rows.rows] == [("Elm Park", "Hall")]
    qtbot.keyClick(photos.search, Qt.Key.Key_Return)
    assert photos.photos.given[0] == photos.rows.rows[0].key


def test_rows_are_filtered_by_place_and_a_new_row_goes_there(photos: PhotoRound, session: Session, qtbot: QtBot) -> None:
    photos.place.setCurrentIndex(photos.place.findText("Elm Park › Hall"))
    assert len(photos.rows.rows) == 1
    photos._to(order(photos).index("d.jpg"))
    qtbot.keyClick(photos, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    with qtbot.waitSignal(photos.finished):
        photos.accept()
    newest = max(session.rows(), key=lambda row: row.asset.ref if row.asset.ref.startswith("CAM") else "")
    assert newest.asset.place_path == ("Elm Park", "Hall")
    assert newest.asset.photos == 1


def test_leaving_asks_only_where_something_would_be_lost(photos: PhotoRound, app: QApplication) -> None:
    photos._to(order(photos).index("d.jpg"))
    photos.give()
    photos.reject()
    settle(app)
    (question,) = [one for one in photos.findChildren(Dialog) if one.isVisible()]
    assert question.windowTitle() == "Leave without saving the photos?"
    question.reject()
    assert photos.isVisible()
    photos._to(order(photos).index("d.jpg"))
    photos.take_back()
    photos.reject()
    assert not photos.isVisible()


def test_who_leaves_is_asked_once(photos: PhotoRound, app: QApplication) -> None:
    photos._to(order(photos).index("d.jpg"))
    photos.give()
    photos.reject()
    (question,) = [one for one in photos.findChildren(Dialog) if one.isVisible()]
    question.accept()
    settle(app)
    assert not photos.isVisible()


def test_nothing_given_is_said_and_closes_nothing(photos: PhotoRound) -> None:
    photos.accept()
    assert "No photo was given to a row yet" in photos._said.text()
    assert photos.isVisible()


def test_large_pictures_in_memory_are_few(folder: Path, app: QApplication, qtbot: QtBot) -> None:
    large = LargePictures()
    large.set_paths([folder / "d.jpg"] * 40)
    for at in range(40):
        qtbot.waitUntil(lambda at=at: large.image(at) is not None)
    assert len(large._held) <= HELD
    large.stop()
    qtbot.waitUntil(lambda: not large._jobs)


def test_a_window_that_is_closed_while_pictures_are_made_is_no_defect(folder: Path, app: QApplication, qtbot: QtBot) -> None:
    large = LargePictures()
    large.set_paths([folder / "d.jpg", folder / "c.jpg"])
    assert large.image(0) is None
    jobs = list(large._jobs.values())
    shiboken6.delete(large)
    with qtbot.captureExceptions() as wrong:
        qtbot.waitUntil(lambda: all(job.ended for job in jobs))
    assert not wrong
