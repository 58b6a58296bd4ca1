"""From the first start to a register to sign, with nothing but keys."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QRadioButton, QWidget
from pytestqt.qtbot import QtBot

import samples
from camcensus.model.knowledge import Knowledge
from camcensus.model.scan import Interface
from camcensus.tasks.finding.census import Census
from camcensus.ui.find import searching
from camcensus.ui.preferences import Preferences
from camcensus.ui.session import Session
from camcensus.ui.window import MainWindow
from ui_rows import let_go, settle

MOST_TABS = 60


@pytest.fixture
def first(app: QApplication, knowledge: Knowledge, data_dir: Path, tmp_path: Path) -> Iterator[MainWindow]:
    """The window as it is started for the first time."""
    made = MainWindow(Session(knowledge, data_dir, clock=lambda: samples.NOW), Preferences(tmp_path / "window.ini"))
    made.resize(1280, 720)
    made.show()
    made.activateWindow()
    made.show_start()
    settle(app)
    QTest.keyClick(made, Qt.Key.Key_Shift)
    yield made
    made.close()
    let_go(made)


class Keys:
    """A person with a keyboard: knows only what has it, by its name."""

    def __init__(self, app: QApplication) -> None:
        self._app, self.pressed = app, 0

    @property
    def at(self) -> QWidget:
        """What has the keyboard."""
        here = QApplication.focusWidget()
        assert here is not None
        return here

    @property
    def name(self) -> str:
        """What it is called."""
        text = getattr(self.at, "text", None)
        return self.at.accessibleName() or (text() if callable(text) else "")

    def press(self, key: Qt.Key, with_: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self.pressed += 1
        window = self.at.window().windowHandle()
        assert window is not None
        QTest.keyClick(window, key, with_)
        settle(self._app)

    def type(self, words: str) -> None:
        self.pressed += 1
        QTest.keyClicks(self.at, words)
        settle(self._app)

    def to(self, name: str) -> None:
        """Tab until something of that name has the keyboard."""
        for _ in range(MOST_TABS):
            if self.name == name:
                return
            self.press(Qt.Key.Key_Tab)
        raise AssertionError(f"Tab does not lead to {name}")


def test_from_the_first_start_to_a_register_to_sign(
    first: MainWindow,
    app: QApplication,
    qtbot: QtBot,
    knowledge: Knowledge,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    paper = tmp_path / "register.pdf"
    verdicts = tuple(samples.verdict(number, "camera", "hikvision", knowledge.version) for number in (31, 32, 33))
    seen = tuple(one for verdict in verdicts for one in verdict.device.observations)
    found = Census(scan=samples.scan(knowledge_version=knowledge.version), observations=seen, verdicts=verdicts)

    async def find(*_: object, **__: object) -> Census:
        return found

    monkeypatch.setattr(searching.census, "find", find)
    monkeypatch.setattr(searching, "interfaces", lambda: (Interface("School network", "127.0.0.1/8", 1),))
    monkeypatch.setattr(first.start, "_folder", tmp_path / "Documents")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: (str(paper), ""))
    keys = Keys(app)

    assert keys.name == "What is your organisation called?"
    keys.type("Elm Park Primary School")
    keys.to("About how many cameras do you think you have?")
    keys.type("3")
    keys.to("Continue to Find cameras")
    keys.press(Qt.Key.Key_Space)

    assert first.page.name == "find"
    assert keys.name == "Who allows this search?"
    keys.type("R. Khan, IT")
    keys.to("Start search")
    keys.press(Qt.Key.Key_Space)
    assert first.finder.start_form._problem.text() == ""
    qtbot.waitUntil(lambda: not first.finder.running and bool(first.session.rows()))
    settle(app)
    keys.to("See the list")
    keys.press(Qt.Key.Key_Space)

    assert first.page.name == "cameras"
    keys.press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    keys.press(Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert [one.isVisible() for one in first.findChildren(QDialog)] == [True]
    assert isinstance(keys.at, QRadioButton)
    keys.press(Qt.Key.Key_Space)
    keys.to("Why")
    keys.type("Governors, 12 October")
    keys.to("Decided by")
    keys.type("S. Ellis")
    keys.press(Qt.Key.Key_Return)
    assert not first.findChildren(QDialog)
    settle(app)
    first.activateWindow()  # as a window manager does when a dialog closes
    settle(app)
    assert keys.name == "Cameras and recorders", first.focusWidget()
    assert {row.asset.decision.by for row in first.session.rows() if row.asset.decision is not None} == {"S. Ellis"}

    keys.to("Make report")
    keys.press(Qt.Key.Key_Space)
    assert first.page.name == "reports"
    assert first.reports.choices.kind.title == "Asset register"
    qtbot.waitUntil(lambda: first.reports.desk.written is not None)
    keys.to("Save PDF")
    keys.press(Qt.Key.Key_Space)
    qtbot.waitUntil(paper.exists)
    said = re.sub(r"\s+", " ", " ".join(page.extract_text() for page in PdfReader(paper).pages))
    assert "Prepared by" in said
    assert "Checked by" in said
    assert "Signature" in said
    assert [row.addresses[0] for row in first.session.rows() if row.addresses[0] not in said] == []  # none has a place yet
    print(f"{keys.pressed} keys and typed texts")
    assert keys.pressed < 120
