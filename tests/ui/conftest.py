"""A window on a small real record. Everything below the window is real: the file, the knowledge, the judging."""

from __future__ import annotations

import gc
import shutil
from collections.abc import Iterator
from dataclasses import replace
from functools import partialmethod
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QHideEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

import samples
from camcensus.model.knowledge import Knowledge
from camcensus.store.vendors_db.read import load_knowledge
from camcensus.tasks.finding.census import Census, judge
from camcensus.tasks.register import verbs as register
from camcensus.ui import job
from camcensus.ui.kit import icons
from camcensus.ui.kit.focus import stops_as_read
from camcensus.ui.kit.theme import THEME
from camcensus.ui.preferences import Preferences
from camcensus.ui.session import Session
from camcensus.ui.window import MainWindow
from camcensus.wire.read import read
from heard import faults, heard
from inks import pairs_in, unreadable
from tab_order import out_of_order
from ui_rows import HOSTILE, let_go, settle

PATIENCE_MS = 180_000
"""How long something that must come is waited for, where a test does not say: none fails because a computer is busy."""


FULL_AFTER = 40
"""Tests after which what is old is searched for garbage too."""

QtBot.waitUntil = partialmethod(QtBot.waitUntil, timeout=PATIENCE_MS)  # type: ignore[assignment, method-assign]
QtBot.waitSignal = partialmethod(QtBot.waitSignal, timeout=PATIENCE_MS)  # type: ignore[assignment, method-assign]


@pytest.fixture(scope="session")
def knowledge(data_dir: Path) -> Knowledge:
    return load_knowledge(data_dir / "vendors.db")


@pytest.fixture(autouse=True)
def no_button_stays_pressed() -> Iterator[None]:
    """A button or finger that stays down would hold back, in later tests, what moves once the mouse is let go."""
    yield
    assert QGuiApplication.mouseButtons() == Qt.MouseButton.NoButton


class Listening:
    """Listens to each dialog when it closes: what any test opens is heard, and a new one needs nothing of its own."""

    def __init__(self) -> None:
        self.faults: list[str] = []

    def listen(self, widget: QWidget) -> None:
        """Notes what somebody who only hears this would stumble over, what cannot be read, and where Tab goes astray."""
        found = [*faults(heard(widget)), *unreadable(pairs_in(widget)), *out_of_order(widget, stops_as_read(widget))]
        self.faults += [f"{type(widget).__name__}: {one}" for one in found]


@pytest.fixture
def listening(monkeypatch: pytest.MonkeyPatch) -> Iterator[Listening]:
    made = Listening()

    def close(dialog: QDialog, event: QHideEvent) -> None:
        made.listen(dialog)
        QDialog.hideEvent(dialog, event)

    for kind in (one for one in QDialog.__subclasses__() if one.__module__.startswith("camcensus.")):
        monkeypatch.setattr(kind, "hideEvent", close, raising=False)
    yield made
    assert sorted(set(made.faults)) == []


@pytest.fixture(scope="session")
def dressed(qapp: QApplication, data_dir: Path) -> QApplication:
    """The program with its style, its fonts and its icons, as at a start."""
    icons.use_icons(data_dir / "resources" / "icons")
    THEME.start(qapp, data_dir / "resources" / "fonts")
    return qapp


@pytest.fixture
def app(dressed: QApplication, data_dir: Path) -> Iterator[QApplication]:
    icons.use_icons(data_dir / "resources" / "icons")
    THEME.choice, THEME.percent = "light", 100
    THEME.apply()
    gc.disable()  # as the program does: a worker's thread would take apart what is Qt's
    yield dressed
    job.stop_all()
    for left in dressed.topLevelWidgets():
        if shiboken6.isValid(left):  # a window takes its menus and popups with it
            let_go(left)
    gc.collect(2 if gc.get_count()[2] > FULL_AFTER else 1)
    gc.enable()


def census(knowledge: Knowledge) -> Census:
    """Seven hosts: a rebrand that answers Dahua's protocol, plain ones, one that nobody can name, one with a hostile name."""
    raw = samples.packet("dhip/camera")
    dhip = samples.observation(
        31, probe="dhip", ask=None, port=37810, raw=raw, mac="3c:ef:8c:00:00:31", reading=read("dhip", None, raw)
    )
    made = list(judge([dhip], knowledge))
    for number, kind, maker in (
        (32, "camera", "hikvision"),
        (33, "camera", "axis"),
        (34, "camera", None),
        (35, "recorder", "hikvision"),
    ):
        one = samples.verdict(number, kind, maker, knowledge.version)  # type: ignore[arg-type]
        findings = tuple(replace(finding, manufacturer=maker) for finding in one.findings) if maker == "hikvision" else ()
        made.append(replace(one, findings=findings))
    nasty = samples.verdict(36, "camera", "axis", knowledge.version)
    made.append(
        replace(
            nasty, findings=(), description=replace(nasty.description, model=HOSTILE, name=HOSTILE, serial="=cmd|'/c calc'!A1")
        )
    )
    made.append(samples.verdict(37, "other", None, knowledge.version))
    observations = tuple(one for verdict in made for one in verdict.device.observations)
    return Census(scan=samples.scan(knowledge_version=knowledge.version), observations=observations, verdicts=tuple(made))


@pytest.fixture(scope="session")
def first_record(tmp_path_factory: pytest.TempPathFactory, knowledge: Knowledge) -> Path:
    """A record with six register rows and one other device, closed."""
    path = tmp_path_factory.mktemp("record") / "elm-park.camcensus"
    with register.new_inventory(path, replace(samples.body(), expected_cameras=8), samples.NOW) as inventory:
        register.save_census(inventory, census(knowledge), knowledge, samples.NOW)
    return path


@pytest.fixture
def record(tmp_path: Path, first_record: Path) -> Path:
    """A copy of that record for one test."""
    return Path(shutil.copy(first_record, tmp_path))


@pytest.fixture
def session(app: QApplication, knowledge: Knowledge, data_dir: Path, record: Path) -> Iterator[Session]:
    made = Session(knowledge, data_dir, clock=lambda: samples.NOW)
    made.person = "R. Khan"
    made.open(record)
    yield made
    made.close()


@pytest.fixture
def window(app: QApplication, session: Session, tmp_path: Path, qtbot: object, listening: Listening) -> Iterator[MainWindow]:
    made = MainWindow(session, Preferences(tmp_path / "window.ini"))
    made.resize(1280, 800)
    made.show()
    settle(app)
    # Qt remembers the Ctrl of a key that an earlier test pressed, and a row that is chosen then would be taken away again.
    QTest.keyClick(made, Qt.Key.Key_Shift)
    yield made
    listening.listen(made)
    made.close()
    let_go(made)
