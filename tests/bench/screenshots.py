"""Pictures of every page, offscreen: `python tests/bench/screenshots.py OUT [INVENTORY]`.

Opens an inventory (without one, the simulated school is searched first) at 1280 × 800 and saves each page light, dark, at
200 % text and in a narrow window. To be looked at by a person beside the design's pictures; a test cannot see ugliness.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "desktop"))

from PySide6.QtWidgets import QApplication  # noqa: E402

from camcensus.store.knowledge import load_knowledge  # noqa: E402
from camcensus.tasks import demo  # noqa: E402
from camcensus.ui.main_window import MainWindow, make_window  # noqa: E402
from camcensus.ui.preferences import Preferences  # noqa: E402
from camcensus.ui.theme import THEME, Choice  # noqa: E402

LOOKS: tuple[tuple[str, Choice, int, tuple[int, int]], ...] = (
    ("light", "light", 100, (1280, 800)),
    ("dark", "dark", 100, (1280, 800)),
    ("200", "light", 200, (1280, 800)),
    ("narrow", "light", 100, (1024, 640)),
)


def main() -> int:
    """Saves the pictures and says where."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("inventory", type=Path, nargs="?")
    parser.add_argument("--only", default="", help="names of pictures that contain this")
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        inventory = arguments.inventory or _simulate(Path(folder))
        app = QApplication([])
        window = make_window(app, ROOT, Preferences(Path(folder) / "window.ini"))
        window.show()
        for look, choice, percent, size in LOOKS:
            THEME.choice, THEME.percent = choice, percent
            THEME.apply()
            window.resize(*size)
            for name, prepare in _pictures(inventory).items():
                if arguments.only in f"{name}-{look}":
                    prepare(window)
                    _settle(app, window)
                    path = arguments.out / f"{name}-{look}.png"
                    window.grab().save(str(path))
                    for dialog in window.findChildren(type(window.strip).__mro__[0]):
                        del dialog
                    print(path)
            for dialog in app.topLevelWidgets():
                if dialog is not window:
                    dialog.close()
        window.close()
    return 0


def _simulate(folder: Path) -> Path:
    knowledge = load_knowledge(ROOT / "vendors.db")
    return asyncio.run(demo.run_demo(ROOT, folder, knowledge)).inventory


def _settle(app: QApplication, window: MainWindow, seconds: float = 0.3) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until or (window.plan.job is not None and window.plan.job.running):
        app.processEvents()
        time.sleep(0.01)


def _pictures(inventory: Path) -> dict[str, Callable[[MainWindow], None]]:
    def record(window: MainWindow) -> None:
        if window.session.path != inventory:
            window.open_path(inventory)

    def home(window: MainWindow) -> None:
        record(window)
        window.show_page("home")

    def cameras(window: MainWindow) -> None:
        record(window)
        window.show_page("cameras")

    def plan(window: MainWindow) -> None:
        record(window)
        window.show_page("plan")

    def find(window: MainWindow) -> None:
        record(window)
        window.show_page("find", "form")

    def start(window: MainWindow) -> None:
        window.show_start()

    def frame(window: MainWindow) -> None:
        window._begun("home")

    return {"start": start, "home": lambda w: (frame(w), home(w)), "find-start": find, "cameras": cameras, "plan": plan}  # type: ignore[dict-item,func-returns-value]


if __name__ == "__main__":
    raise SystemExit(main())
