"""The window's doors without a screen: an inventory opened or found as the last one, a plan and a photo read."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

SETTLED_S, LONGEST_S = 0.3, 20.0


def in_window(path: Path, root: Path, *, is_last: bool = False) -> int:
    """The program's window on a file, given or remembered; ended once nothing more happens. The words of its dialogs go to stderr.

    A fault that it shows of itself is printed as one. Status 0 where the window stood, whatever it said of the file.
    """
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication, QDialog

    from camcensus.app import data_dir
    from camcensus.ui import job, main_window
    from camcensus.ui.kit.widgets import Text
    from camcensus.ui.preferences import Preferences
    from camcensus.ui.window import MainWindow

    app = QApplication(["camcensus"])
    began = time.monotonic()
    stood: list[MainWindow] = []
    quiet_since = [began]
    stalls = [0.0, time.thread_time()]

    def defect(_window: MainWindow, error: BaseException) -> None:
        print(
            f"the window says: Traceback of something that went wrong in Camcensus: {type(error).__name__} {error}",
            file=sys.stderr,
        )

    MainWindow.show_defect = defect  # type: ignore[method-assign]

    def look() -> None:
        now, used = time.monotonic(), time.thread_time()
        stalls[0], stalls[1] = max(stalls[0], used - stalls[1]), used
        windows = [one for one in app.topLevelWidgets() if isinstance(one, MainWindow) and one.isVisible()]
        stood[:] = windows or stood
        if any(one.running for one in job.Job._alive) or not windows:
            quiet_since[0] = now
        if now - quiet_since[0] < SETTLED_S and now - began < LONGEST_S:
            return
        for dialog in [one for one in app.topLevelWidgets() if isinstance(one, QDialog) and one.isVisible()]:
            words = " ".join(text.text() for text in dialog.findChildren(Text))
            print(f"the window says: {dialog.windowTitle()}: {words[:500]}", file=sys.stderr)
            dialog.reject()
        for window in windows:
            window.close()
        app.quit()

    timer = QTimer()
    timer.timeout.connect(look)
    timer.start(20)
    if is_last:
        Preferences().last_inventory = path
        Preferences()._settings.sync()
    status = main_window.open_window(None if is_last else path, data_dir())
    print(f"longest stall {stalls[0] * 1000:.0f} ms", file=sys.stderr)
    return status if stood else 98


def read_pictures(path: Path) -> int:
    """A file chosen as a floor plan, as a photo to look at, and as one to be kept: a sentence for each that is refused."""
    from camcensus.model.errors import CamcensusError
    from camcensus.tasks.register import photo_files
    from camcensus.ui import floor_pictures

    refused = 0
    for read in (
        floor_pictures.read_plan,
        floor_pictures.read_photo,
        photo_files.when_taken,
        lambda one: photo_files.look_at(one, 400),
    ):
        try:
            read(path)
        except CamcensusError as error:
            refused += 1
            print(error, file=sys.stderr)
    return 3 if refused == 4 else 1 if refused else 0


def read_label(path: Path) -> int:
    """A photo of a label that the codes are read of."""
    from camcensus.tasks.register.photo_files import LabelMatcher

    seen = LabelMatcher(()).look(path)
    print(seen.problem or seen.fit.said, file=sys.stderr)
    return 3 if seen.problem else 0
