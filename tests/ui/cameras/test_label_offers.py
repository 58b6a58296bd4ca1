"""In the round of photos a label chooses its row; only a person gives the photo to it."""

from __future__ import annotations

import io
import random
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QBuffer, QPoint, QSize, Qt
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from camcensus.intake.code_search import FoundCode, find_codes
from camcensus.model.labels import LabelReading
from camcensus.model.pictures import NewPhoto
from camcensus.tasks.register import by_hand
from camcensus.tasks.register.photo_files import LabelFit, find_pictures
from camcensus.tasks.register.verbs import HandRow
from camcensus.ui.cameras.label_offers import LabelOffers
from camcensus.ui.cameras.photo_round import UNSAVED, PhotoRound
from camcensus.ui.cover_photo import CoverDialog, CoverPicture
from camcensus.ui.floor_pictures import read_photos_soon
from camcensus.ui.kit.buttons import Button
from camcensus.ui.kit.theme import THEME
from camcensus.ui.session import Session
from camcensus.ui.window import MainWindow
from label_pictures import SECRET, Printed, label, photographed, printed
from ui.test_dropping import drop
from ui_rows import let_go, settle

pytest.importorskip("zxingcpp", reason="zxing-cpp reads the codes")
pytestmark = pytest.mark.usefixtures("read_here")


def photo_at(path: Path, data: bytes, minute: int) -> None:
    """A photo with the time at which it was taken."""
    notes = Image.Exif()
    notes[0x0132] = f"2026:11:24 10:{minute:02}:00"
    with Image.open(io.BytesIO(data)) as image:
        image.save(path, quality=90, exif=notes)


def labels_of_rows(session: Session, chance: random.Random) -> list[Printed]:
    """Three labels, each of a row of the register."""
    labels = [printed("lines", chance) for _ in range(3)]
    rows = [HandRow(serial=one.serial, brand="Example") for one in labels]
    session.do(by_hand.add_rows(session.knowledge, rows, "R. Khan"))
    return labels


def test_40_photos_of_40_cameras_take_three_actions(
    window: MainWindow, app: QApplication, qtbot: QtBot, tmp_path: Path
) -> None:
    codes, session, many = pytest.importorskip("zxingcpp"), window.session, 40
    serials = [f"WALK{at:06}X" for at in range(many)]
    session.do(by_hand.add_rows(session.knowledge, [HandRow(serial=one) for one in serials], "R. Khan"))
    refs = {row.serial: row.asset.id for row in session.rows() if row.serial}
    (tmp_path / "walk").mkdir()
    for at, serial in enumerate(serials):
        picture = Image.new("L", (300, 300), 255)
        code = codes.create_barcode(f"S/N:{serial}", codes.BarcodeFormat.QRCode)
        picture.paste(Image.fromarray(code.to_image(scale=6)), (40, 40))
        held = io.BytesIO()
        picture.save(held, "PNG")
        photo_at(tmp_path / "walk" / f"IMG_{at:03}.jpg", held.getvalue(), at)
    actions = ["drop the folder"]
    drop(window, tmp_path / "walk")
    (round_,) = window.findChildren(PhotoRound)
    qtbot.waitUntil(lambda: round_._labels.job is not None and not round_._labels.job.running)
    assert session.inventory is not None
    before = len(session.inventory.photos())
    while not round_.labels_button.isHidden():
        actions.append(round_.labels_button.text())
        round_.labels_button.click()
        settle(app)
    given = {round_.photos.photos[at].path.name: to for at, to in round_.photos.gifts()}
    assert given == {f"IMG_{at:03}.jpg": refs[serial] for at, serial in enumerate(serials)}
    assert len(session.inventory.photos()) == before, "nothing is written yet"
    with qtbot.waitSignal(round_.finished):
        actions.append("Finish")
        round_.accept()
    assert len(session.inventory.photos()) == before, "photos of labels are not saved unasked"
    assert len(actions) == 3, actions


@pytest.mark.parametrize(
    ("fit", "goes"),
    [
        (LabelFit(reading=LabelReading(model="X1")), True),
        (LabelFit(asset="1", by="serial number", reading=LabelReading(serial="B1234567")), True),
        (LabelFit(asset="2", by="model", reading=LabelReading(model="X1")), False),
    ],
)
def test_a_row_chosen_against_the_label_gets_nothing_of_it(app: QApplication, fit: LabelFit, goes: bool) -> None:
    offers, path = LabelOffers([], lambda _: None), Path("IMG_1.jpg")
    offers._fits[path] = fit
    assert offers.gift(path, "1").label == (fit.reading if goes else None)


def codes_in(picture: QPixmap) -> list[FoundCode]:
    """What a reader finds in a picture of the screen."""
    held = QBuffer()
    picture.save(held, "PNG")
    with Image.open(io.BytesIO(held.data().data())) as image:
        return find_codes(image.convert("L"))


def test_at_large_text_in_a_small_window_what_one_presses_is_in_view(
    window: MainWindow, app: QApplication, qtbot: QtBot, tmp_path: Path
) -> None:
    chance = random.Random(8)
    (one, *_) = labels_of_rows(window.session, chance)
    (tmp_path / "0.jpg").write_bytes(photographed(label(one), chance, 0.3, (1000, 750)))
    THEME.percent = 200
    THEME.apply()
    window.resize(1024, 640)
    round_ = PhotoRound(window.session, find_pictures([tmp_path]), window)
    round_.show_over()
    qtbot.waitUntil(lambda: round_.says.text().startswith("The label says"))
    settle(app)
    pressed = (round_.give_button, round_.skip_button, round_.new_button, round_.strip)
    qtbot.waitUntil(lambda: all(one.visibleRegion().boundingRect().height() == one.height() for one in pressed))
    assert round_.large.height() >= 150
    assert round_.focusWidget() is round_.table, "Enter is for the photo"
    let_go(round_)


def test_labels_choose_rows_and_what_they_say_is_saved_without_the_photo(
    session: Session, app: QApplication, qtbot: QtBot, tmp_path: Path
) -> None:
    chance = random.Random(8)
    labels = labels_of_rows(session, chance)
    for at, one in enumerate(labels):
        (tmp_path / f"{at}.jpg").write_bytes(photographed(label(one), chance, 0.3, (1000, 750)))
    assert session.inventory is not None
    number = len(session.inventory.changes())
    by_serial = {row.serial: row for row in session.rows() if row.serial}
    round_ = PhotoRound(session, find_pictures([tmp_path]))
    round_.resize(1180, 760)
    round_.show()
    qtbot.waitUntil(lambda: round_.labels_button.text() == "Give 3 photos whose label fits")
    settle(app)
    first = by_serial[labels[0].serial]
    assert "by its serial number" in round_.says.text()
    assert SECRET not in round_.says.text()
    qtbot.waitUntil(lambda: round_.large._image.width() > 0)
    for at in range(3):
        round_.strip.setCurrentIndex(round_.photos.index(at))
        qtbot.waitUntil(lambda at=at: round_._pictures.image(at) is not None)  # type: ignore[misc]
        settle(app)
        assert not [code.text for code in codes_in(round_.grab()) if SECRET in code.text], "a picture of the screen holds none"
    round_.strip.setCurrentIndex(round_.photos.index(0))
    settle(app)
    assert UNSAVED in round_.says.text()
    chosen = round_.rows.at(round_.table.currentIndex().row())
    assert chosen is not None
    assert chosen.key == first.asset.id
    assert not round_.photos.given
    assert len(session.inventory.changes()) == number
    round_.labels_button.click()
    with qtbot.waitSignal(round_.finished):
        round_.accept()
    assert session.inventory.changes(1)[0].say == "3 photos given to 3 rows. 3 photos show codes and were not saved."
    row = session.row(first.asset.id)
    assert row is not None
    assert (row.model, row.asset.photos) == (labels[0].model, 0)
    let_go(round_)


def drag(over: CoverPicture, start: QPoint, end: QPoint) -> None:
    QTest.mousePress(over, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(over, end)
    QTest.mouseRelease(over, Qt.MouseButton.LeftButton, pos=end)


def test_boxes_are_drawn_moved_and_removed_by_mouse_and_by_keys(app: QApplication, qtbot: QtBot) -> None:
    image = QImage(400, 200, QImage.Format.Format_RGB888)
    image.fill(0xFFFFFF)
    picture = CoverPicture(image, "A photo", QSize(400, 200))
    qtbot.addWidget(picture)
    picture.show()
    drag(picture, QPoint(40, 20), QPoint(200, 900))
    assert [tuple(round(side, 2) for side in one) for one in picture.covers()] == [(0.1, 0.1, 0.5, 1.0)], (
        "it ends with the picture"
    )
    drag(picture, QPoint(5, 5), QPoint(5, 5))
    assert len(picture.covers()) == 1, "a click is no box"
    QTest.keyClick(picture, Qt.Key.Key_Space)
    QTest.keyClick(picture, Qt.Key.Key_Right)
    QTest.keyClick(picture, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert tuple(round(side, 2) for side in picture.covers()[1]) == (0.42, 0.45, 0.62, 0.57)
    for _ in range(100):
        QTest.keyClick(picture, Qt.Key.Key_Left)
    assert picture.covers()[1][0] >= 0
    QTest.keyClick(picture, Qt.Key.Key_Delete)
    assert len(picture.covers()) == 1


def test_of_photos_added_to_a_camera_those_with_a_code_are_asked_about(
    session: Session, app: QApplication, qtbot: QtBot, tmp_path: Path
) -> None:
    chance = random.Random(3)
    (one, *_) = labels_of_rows(session, chance)
    for name in ("label a", "label b"):
        (tmp_path / f"{name}.jpg").write_bytes(photographed(label(one), chance, 0.2, (1000, 750)))
    Image.new("RGB", (80, 60), "grey").save(tmp_path / "wall.png")
    took: list[list[NewPhoto]] = []
    button = Button("Add photo")
    qtbot.addWidget(button)
    paths = [tmp_path / name for name in ("label a.jpg", "wall.png", "label b.jpg")]
    read_photos_soon(paths, button, took.append, pytest.fail)
    qtbot.waitUntil(lambda: bool(button.findChildren(CoverDialog)))
    button.findChildren(CoverDialog)[-1].reject()
    dialog = button.findChildren(CoverDialog)[-1]
    QTest.keyClick(dialog.picture, Qt.Key.Key_Space)
    dialog.accept()
    qtbot.waitUntil(lambda: bool(took))
    assert [photo.name for photo in took[0]] == ["wall.png", "label b.jpg"]
