"""In the round of photos a label chooses its row; only a person gives the photo to it."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from camcensus.tasks.register import by_hand
from camcensus.tasks.register.photo_files import find_pictures
from camcensus.tasks.register.verbs import HandRow
from camcensus.ui.cameras.photo_round import PhotoRound
from camcensus.ui.session import Session
from label_pictures import SECRET, label, photographed, printed
from ui_rows import let_go, settle

pytest.importorskip("zxingcpp", reason="zxing-cpp reads the codes")


def test_labels_choose_rows_and_one_button_gives_all_that_fit(
    session: Session, app: QApplication, qtbot: QtBot, tmp_path: Path
) -> None:
    chance = random.Random(8)
    labels = [printed("lines", chance) for _ in range(3)]
    rows = [HandRow(serial=one.serial, brand="Example") for one in labels]
    session.do(by_hand.add_rows(session.knowledge, rows, "R. Khan"))
    for at, one in enumerate(labels):
        (tmp_path / f"{at}.jpg").write_bytes(photographed(label(one), chance, 0.3, (1000, 750)))
    assert session.inventory is not None
    number = len(session.inventory.changes())
    by_serial = {row.serial: row for row in session.rows() if row.serial}
    round_ = PhotoRound(session, find_pictures([tmp_path]))
    round_.resize(1180, 760)
    round_.show()
    qtbot.waitUntil(lambda: round_.labels_button.text() == "Give 3 photos whose label fits", timeout=30_000)
    settle(app)
    first = by_serial[labels[0].serial]
    assert "by its serial number" in round_.says.text()
    assert SECRET not in round_.says.text()
    chosen = round_.rows.at(round_.table.currentIndex().row())
    assert chosen is not None
    assert chosen.key == first.asset.id
    assert not round_.photos.given
    assert len(session.inventory.changes()) == number
    round_.labels_button.click()
    assert len(round_.photos.gifts()) == 3
    with qtbot.waitSignal(round_.finished, timeout=20_000):
        round_.accept()
    assert session.inventory.changes(1)[0].say == "3 photos given to 3 rows."
    row = session.row(first.asset.id)
    assert row is not None
    assert (row.model, row.asset.photos) == (labels[0].model, 1)
    let_go(round_)
