"""What a person at the real window does, in few words: keys, buttons, files; and the simulated school beside it."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QMenu, QWidget
from pytestqt.qtbot import QtBot

from camcensus.demo.estate import Estate
from camcensus.demo.serve import Served, serve
from camcensus.model.knowledge import Knowledge
from camcensus.tasks.register.verbs import AssetRow
from camcensus.ui.kit.buttons import Button
from camcensus.ui.kit.controls import Radio
from camcensus.ui.kit.widgets import Text
from camcensus.ui.navigation import NumberRole, keys_of
from camcensus.ui.preferences import Preferences
from camcensus.ui.record_frame import ENTRIES
from camcensus.ui.session import Session
from camcensus.ui.window import MainWindow
from ui_rows import let_go, settle

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
PLAIN = Qt.KeyboardModifier.NoModifier


class Clock:
    """The time of the story: it runs, and days can be let go by."""

    def __init__(self) -> None:
        self._began, self._ahead = datetime.now(UTC), timedelta()
        self._at = datetime(2026, 11, 24, 15, 40, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self._at + self._ahead + (datetime.now(UTC) - self._began)

    def let_days_go_by(self, days: int) -> None:
        self._ahead += timedelta(days=days)


@contextmanager
def serving(estate: Estate) -> Iterator[Served]:
    """The simulated estate answers on loopback, in a thread of its own, while the block lasts."""
    loop = asyncio.new_event_loop()
    up, told = threading.Event(), list[Served | BaseException]()
    end = asyncio.Event()

    async def stand() -> None:
        try:
            async with serve(estate, wait_s=60) as served:
                told.append(served)
                up.set()
                await end.wait()
        except BaseException as error:
            told.append(error)
            up.set()

    thread = threading.Thread(target=lambda: loop.run_until_complete(stand()), name="school")
    thread.start()
    up.wait()
    try:
        if isinstance(told[0], BaseException):
            raise told[0]
        yield told[0]
    finally:
        loop.call_soon_threadsafe(end.set)
        thread.join()
        loop.close()


class Hands:
    """A person at one window after another. What cannot be done by keys is done with the button that is on the screen."""

    def __init__(
        self,
        clock: Clock,
        knowledge: Knowledge,
        data_dir: Path,
        folder: Path,
        qtbot: QtBot,
        app: QApplication,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        self.clock, self.folder, self.qtbot, self.app = clock, folder, qtbot, app
        self._knowledge, self._data_dir, self._monkeypatch = knowledge, data_dir, monkeypatch
        self.window = self._open_window()

    def _open_window(self) -> MainWindow:
        window = MainWindow(Session(self._knowledge, self._data_dir, clock=self.clock), Preferences(self.folder / "window.ini"))
        window.start._folder = self.folder
        window.resize(1280, 800)
        window.show()
        settle(self.app)
        return window

    def close(self) -> None:
        """Closes the window, and the record with it."""
        self.window.close()
        let_go(self.window)

    def restart(self) -> None:
        """Closes the window, and opens another on the same file."""
        path = self.path
        self.close()
        self.window = self._open_window()
        assert self.window.open_path(path)
        self.settle()

    @property
    def path(self) -> Path:
        """The open record."""
        assert self.window.session.path is not None
        return self.window.session.path

    # Keys and buttons

    def settle(self) -> None:
        """Lets the window come to rest. Like a window manager it gives the keyboard back where a dialog was closed."""
        settle(self.app)
        if QApplication.activeWindow() is None:
            self.window.activateWindow()
            settle(self.app)

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = PLAIN, times: int = 1) -> None:
        """Presses a key where the keyboard is."""
        for _ in range(times):
            self.qtbot.keyClick(QApplication.focusWidget() or self.window, key, modifiers)
            self.settle()

    def type(self, words: str, into: QWidget | None = None) -> None:
        """Types where the keyboard is, or into a field, in place of what stands there."""
        if into is not None:
            into.setFocus(Qt.FocusReason.TabFocusReason)
        field = QApplication.focusWidget()
        assert field is not None
        assert into in (None, field), "the field did not take the keyboard"
        self.qtbot.keyClick(field, Qt.Key.Key_A, CONTROL)
        self.qtbot.keyClicks(field, words)
        self.settle()

    def press(self, words: str, within: QWidget | None = None) -> None:
        """Presses the button with these words."""
        place = within or self.dialog() or self.window
        shown = [one for one in place.findChildren(Button) if one.isVisible()]
        found = [one for one in shown if one.text().replace("&", "") == words]
        assert len(found) == 1, (words, [one.text() for one in shown])
        assert found[0].isEnabled(), f"{words} cannot be pressed"
        self.qtbot.mouseClick(found[0], Qt.MouseButton.LeftButton)
        self.settle()

    def from_menu(self, words: str) -> None:
        """Opens the menu of what is chosen in the register, and takes a line of it."""
        page = self.window.cameras
        page.table.customContextMenuRequested.emit(page.table.visualRect(page.table.currentIndex()).center())
        self.settle()
        menu = next(one for one in self.window.findChildren(QMenu) if one.isVisible())
        action = next((one for one in menu.actions() if one.text() == words), None)
        assert action is not None, (words, [one.text() for one in menu.actions()])
        assert action.isEnabled(), f"{words} cannot be chosen"
        menu.close()
        action.trigger()
        self.settle()

    def choose(self, words: str) -> None:
        """Chooses one of the answers of the dialog in front, by its words or by the first of them."""
        dialog = self.dialog()
        assert dialog is not None
        shown = [one for one in dialog.findChildren(Radio) if one.isVisible() and one.text().startswith(words)]
        (answer,) = [one for one in shown if one.text() == words] or shown
        answer.click()
        self.settle()

    def go_to_place(self, name: str) -> None:
        """Goes to a place of the column by typing its name."""
        view = self.window.places.list.view
        view.setFocus(Qt.FocusReason.ShortcutFocusReason)
        view.keyboardSearch("")  # what was typed before is no part of this name
        usual = QApplication.keyboardInputInterval()
        QApplication.setKeyboardInputInterval(60_000)  # a pause between two keys on a crowded machine begins no other name
        self.qtbot.keyClicks(view, name)
        QApplication.setKeyboardInputInterval(usual)
        self.settle()
        assert self.window.places.title.text() == name

    def page(self, name: str) -> None:
        """Goes to a page with its Ctrl key."""
        keys = keys_of(ENTRIES, next(entry for entry in ENTRIES if entry.name == name))
        self.settle()
        self.qtbot.keyClick(self.window, keys.removeprefix("Ctrl+"), CONTROL)
        self.settle()
        assert self.window.page is self.window.pages[name]

    def choosing(self, path: Path) -> None:
        """The next windows that ask for a file, to open or to save, are given this one."""
        for name in ("getOpenFileName", "getSaveFileName"):
            self._monkeypatch.setattr(QFileDialog, name, lambda *_, **__: (str(path), ""))
        self._monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_, **__: ([str(path)], ""))

    def until(self, holds: Callable[[], bool]) -> None:
        """Waits for what the program does beside."""
        self.qtbot.waitUntil(holds)
        self.settle()

    # What is on the screen

    def dialog(self) -> QDialog | None:
        """The dialog in front."""
        return next((one for one in self.window.findChildren(QDialog) if one.isVisible()), None)

    def words(self, within: QWidget | None = None) -> str:
        """Every text in view."""
        return "\n".join(text.text() for text in (within or self.window).findChildren(Text) if text.isVisible())

    def strip(self) -> str:
        """What the strip at the foot says was done."""
        return self.words(self.window.strip) if self.window.strip.isVisible() else ""

    def badge(self) -> int:
        """The number beside Needs checking."""
        view = self.window.navigation.list
        at = next(at for at, entry in enumerate(self.window.navigation.entries) if entry.name == "checking")
        return int(view.model().index(at, 0).data(NumberRole) or 0)

    # The register

    def log(self) -> list[str]:
        """What the change log says, newest first, without what was taken back."""
        inventory = self.window.session.inventory
        assert inventory is not None
        return [line.say for line in inventory.changes(10_000) if not line.undone]

    def rows(self) -> dict[str, AssetRow]:
        """The rows by ref."""
        return {row.asset.ref: row for row in self.window.session.rows()}

    def at(self, address: str) -> AssetRow:
        """The row of what answers there."""
        return next(row for row in self.window.session.rows() if address in row.addresses)

    def choose_rows(self, refs: Iterable[str]) -> None:
        """Chooses rows of the list by the keyboard alone: Ctrl with an arrow goes on, Ctrl+Space takes."""
        page, wanted = self.window.cameras, set(refs)
        page.table.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.key(Qt.Key.Key_Home)
        for at in range(page.model.rowCount()):
            line = page.model.at(at)
            chosen = page.table.selectionModel().isRowSelected(at)
            if line is not None and (line.row.asset.ref in wanted) != chosen:
                self.qtbot.keyClick(page.table, Qt.Key.Key_Space, CONTROL)
            self.qtbot.keyClick(page.table, Qt.Key.Key_Down, CONTROL)
        self.settle()
        assert {row.asset.ref for row in page.selected()} == wanted
