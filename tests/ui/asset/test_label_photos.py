"""Beside what was read on a label there is the photo that it was read from, and beside nothing else."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from PIL import Image
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from camcensus.model.labels import LabelReading
from camcensus.tasks.register import by_hand, photo_round
from camcensus.tasks.register import verbs as register
from camcensus.tasks.register.label_photos import label_photos
from camcensus.tasks.register.photo_round import Gift
from camcensus.tasks.register.verbs import AssetRow, HandRow
from camcensus.ui.asset.evidence import evidence_of
from camcensus.ui.asset.photos import PhotoDialog
from camcensus.ui.kit.buttons import Fold
from camcensus.ui.session import Session
from ui_rows import settle


def given(session: Session, folder: Path, *readings: LabelReading | None) -> AssetRow:
    """A row that was given one photo after the other, an hour apart, each with what its label says; then somebody typed a model."""
    inventory, knowledge, at = session.inventory, session.knowledge, session.clock()
    assert inventory is not None
    register.do(inventory, knowledge, by_hand.add_rows(knowledge, [HandRow(brand="Axis")], "R. Khan"), by="R. Khan", now=at)
    before = {row.asset.id for row in register.rows(inventory, knowledge) if row.asset.photos}
    row = max((one for one in register.rows(inventory, knowledge) if one.asset.id not in before), key=lambda one: one.asset.ref)
    for number, reading in enumerate(readings, 1):
        Image.new("RGB", (80, 60), (number * 40, 90, 90)).save(folder / f"IMG_{number}.png")
        gifts = [Gift(folder / f"IMG_{number}.png", row.asset.id, reading)]
        kept, _ = photo_round.put_away(gifts, folder, lambda _: None, {})
        edit = photo_round.save_round(knowledge, kept, {})
        register.do(inventory, knowledge, edit, by="R. Khan", now=at + timedelta(hours=number))
    typed = by_hand.read_label(knowledge, row.asset.id, basis="label", model="TYPED-9")
    register.do(inventory, knowledge, typed, by="R. Khan", now=at + timedelta(hours=9))
    return next(one for one in register.rows(inventory, knowledge) if one.asset.id == row.asset.id)


def test_each_label_that_was_read_from_a_photo_has_that_photo(session: Session, tmp_path: Path) -> None:
    row = given(session, tmp_path, LabelReading(model="FIRST-1"), None, LabelReading(model="SECOND-2"))
    assert row.verdict is not None
    assert session.inventory is not None
    photos = label_photos(session.inventory, row)
    signs = {sign.seen: sign.reply for sign in (*row.verdict.attribution.supports, *row.verdict.attribution.other)}
    named = {seen: photos[reply].name for seen, reply in signs.items() if reply in photos}
    assert named == {"SECOND-2": "IMG_3.png"}, "the typed one has none, nor has a photo given without a reading"
    assert len(photos) == 2
    assert sorted(photo.name for photo in photos.values()) == ["IMG_1.png", "IMG_3.png"]


def test_the_picture_is_beside_the_line_of_the_label_and_opens(
    session: Session, app: QApplication, qtbot: QtBot, tmp_path: Path
) -> None:
    row = given(session, tmp_path, LabelReading(brand="Axis", model="FIRST-1"))
    made = evidence_of(session, row)
    qtbot.addWidget(made)
    made.resize(280, 500)
    made.show()
    for fold in made.findChildren(Fold):
        fold.click()
    settle(app)
    assert made.thumbs
    assert {thumb.photo.name for thumb in made.thumbs} == {"IMG_1.png"}
    qtbot.waitUntil(lambda: all(not thumb._image.isNull() for thumb in made.thumbs))
    for thumb in made.thumbs:
        middle = thumb.geometry().center().y()
        beside = [one for one in thumb.parentWidget().findChildren(QLabel) if one.geometry().top() <= middle]
        assert max(beside, key=lambda one: one.geometry().top()).text(), "a line of text is beside it"
    made.thumbs[0].click()
    (dialog,) = made.findChildren(PhotoDialog)
    dialog.close()
