"""Opening the window: on a record, on the simulation, or on the first run."""

from __future__ import annotations

import signal
import sys
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication

from camcensus.model.defects import print_report
from camcensus.model.errors import CamcensusError
from camcensus.store.vendors_db.read import load_knowledge
from camcensus.tasks.knowledge.updates import knowledge_path
from camcensus.ui import job
from camcensus.ui.collector import GarbageSearch
from camcensus.ui.kit import file_dialogs, icons
from camcensus.ui.kit.dialogs import Dialog, tell
from camcensus.ui.kit.theme import THEME
from camcensus.ui.preferences import Preferences
from camcensus.ui.second_start import answer_second_starts, brought_forward
from camcensus.ui.session import Session
from camcensus.ui.window import STOP_WITHIN_S, MainWindow

SWITCH_S = 0.0002
"""How long a busy thread may keep Python from the window's.

Python's own 5 ms are waited for anew at each of the hundred calls of a repaint, so that a plan of 20,000 rows being added up
held a repaint of 30 ms for 400 (`tests/bench/window_speed.py`).
"""


def open_window(inventory: Path | None, data_dir: Path, demo: bool = False) -> int:
    """Opens the window and runs until it is closed; the exit status is 0, or 3 where the program's own data cannot be read.

    With `demo` the simulated school is served on loopback and searched before your eyes. `inventory` None is the last one,
    or the first run.
    """
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    app.setApplicationName("Camcensus")
    app.setDesktopFileName("camcensus")
    preferences = Preferences()
    path = None if demo else inventory or preferences.last_inventory
    if path is not None and brought_forward(path):
        return 0
    try:
        try:
            window = make_window(app, data_dir, preferences)
        except CamcensusError as error:
            tell(None, "Camcensus cannot start", str(error)).exec()
            return 3
        answer_second_starts(window, lambda: window.session.path)
        if demo or path is not None:
            window.show_page("home")
        else:
            window.show_start()
        window.show()
        GarbageSearch(app)
        app.installEventFilter(OpensFiles(window))
        _begin(window, path, demo=demo)
        window.build_ahead()
        signal.signal(signal.SIGINT, lambda *_: window.close())
        awake = QTimer()
        awake.timeout.connect(lambda: None)
        awake.start(200)
        app.exec()
        sys.excepthook = print_report
    finally:
        job.stop_all(STOP_WITHIN_S)
    return 0


def make_window(app: QApplication, data_dir: Path, preferences: Preferences) -> MainWindow:
    """The window, not yet shown, with no record open."""
    sys.setswitchinterval(SWITCH_S)
    icons.use_icons(data_dir / "resources" / "icons")
    app.setWindowIcon(icons.app_icon())
    file_dialogs.keep_in(preferences)
    THEME.choice = preferences.colours
    THEME.percent = preferences.text_percent
    THEME.start(app, data_dir / "resources" / "fonts")
    session = Session(load_knowledge(knowledge_path(data_dir)), data_dir)
    window = MainWindow(session, preferences)
    geometry = preferences.geometry
    if geometry is not None:
        window.restoreGeometry(geometry)

    def defect(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if isinstance(error, CamcensusError):  # damage is found where a page is drawn: by several pages at once
            if not any(dialog.isVisible() for dialog in window.findChildren(Dialog)):
                tell(window, "This could not be done", str(error))
            return
        print_report(kind, error, trace)
        if isinstance(error, Exception):
            window.show_defect(error)

    sys.excepthook = defect
    return window


class OpensFiles(QObject):
    """Opens the inventory that macOS' Finder hands to the running program; other systems name it on the command line."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Takes a file to open, and leaves all else to Qt."""
        if not isinstance(event, QFileOpenEvent) or not event.file():
            return False
        self._window.open_path(Path(event.file()))
        return True


def _begin(window: MainWindow, path: Path | None, *, demo: bool) -> None:
    """Opens what was asked for, the last record, or the form of the first run, which is there whatever becomes of opening."""
    if demo:
        window.practise()
        return
    try:
        is_open = path is not None and window.open_path(path)
    except Exception as error:
        window.show_start()
        sys.excepthook(type(error), error, error.__traceback__)
        return
    if not is_open:
        window.show_start()
