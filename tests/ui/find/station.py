"""Run as a program in a network namespace of its own: the window, searching a real network from its own form.

It says {"ready": true}, waits for a line of instructions, works the form as a person does, and answers with one line.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT / "tests"))

from PySide6.QtWidgets import QApplication, QWidget  # noqa: E402

import samples  # noqa: E402
from camcensus.ui.kit.controls import Check  # noqa: E402
from camcensus.ui.kit.dialogs import Dialog  # noqa: E402
from camcensus.ui.kit.widgets import Text  # noqa: E402
from camcensus.ui.main_window import make_window  # noqa: E402
from camcensus.ui.preferences import Preferences  # noqa: E402
from camcensus.ui.window import MainWindow  # noqa: E402
from conftest import _raise_loopback  # noqa: E402

LONGEST_S = 40


def wait(app: QApplication, until: Callable[[], bool]) -> float:
    """Seconds until it holds."""
    started = time.monotonic()
    while not until() and time.monotonic() - started < LONGEST_S:
        app.processEvents()
        time.sleep(0.01)
    return time.monotonic() - started


def words(widget: QWidget) -> str:
    return "\n".join(text.text() for text in widget.findChildren(Text) if text.isVisible())


def search(app: QApplication, window: MainWindow, order: dict[str, Any]) -> dict[str, Any]:
    window.show_page("find", "form")
    app.processEvents()
    form = window.finder.start_form
    told: dict[str, Any] = {"networks": [check.text() for check in form._where.parentWidget().findChildren(Check)]}
    form.start_button.click()
    app.processEvents()
    told["asked"] = "Type who allows this search" in words(form)
    told["ran_unallowed"] = window.finder.running
    form._who.setText("R. Khan, IT")
    form.start_button.click()
    told["started"] = window.finder.running
    told["stop_button"] = window.finder.stop_button.isVisible()
    if order.get("stop"):
        told["found_s"] = wait(app, lambda: window.finder.live.model.rowCount() > 0)
        window.finder.stop_button.click()
        told["stopping"] = "Stopping." in words(window.finder)
    told["ended_s"] = wait(app, lambda: not window.finder.running)
    app.processEvents()
    told["dialogs"] = [words(one) for one in window.findChildren(Dialog) if one.isVisible()]
    told["note"] = window.finder.heading.note.text()
    scan = window.session.last_scan()
    assert scan is not None
    told["scan"] = [scan.stopped_early, scan.allowed_by, list(scan.ranges), [card.name for card in scan.interfaces]]
    told["rows"] = sorted(address for row in window.session.rows() for address in row.addresses)
    told["others"] = sorted(address for one in window.session.others() for address in one.device.addresses)
    window.show_page("find", "form")
    app.processEvents()
    told["remembered"] = "R. Khan, IT allowed a search of this network before." in words(form)
    return told


def main() -> None:
    os.unshare(os.CLONE_NEWNET)
    Path("/proc/sys/net/ipv6/conf/default/disable_ipv6").write_text("1")
    _raise_loopback()
    app = QApplication([])
    with tempfile.TemporaryDirectory() as folder:
        window = make_window(app, ROOT, Preferences(Path(folder) / "window.ini"))
        window.session.create(Path(folder) / "elm.camcensus", samples.body())
        window._begun()
        window.show()
        app.processEvents()
        print(json.dumps({"ready": True}), flush=True)
        for line in sys.stdin:
            print(json.dumps(search(app, window, json.loads(line))), flush=True)
        window.close()


if __name__ == "__main__":
    main()
