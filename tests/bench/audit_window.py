"""How fast the window is on a roll-up of 1,300 bodies and 650,000 devices, offscreen, in the real window.

    python tests/bench/audit_window.py --keep FOLDER [--devices NUMBER] [--write]

FOLDER is what `python tests/bench/rollup.py --keep FOLDER` left there (national.camcensus-rollup); where there is none, a roll-up of
NUMBER devices (20,000) is made in it. Measured: from opening to the first picture with all bodies; the longest time that the window's
thread took no event meanwhile; down to a body, the median one and the one with most devices; back; the search
box; all problems. Beside it the bare SELECTs of a body's rows on an open connection, in the same run. Exit status 1
where a limit is passed by the clock; the processor time beside it tells whether other work on the computer was why. `--write` keeps
the table in tests/bench/results.
"""

from __future__ import annotations

import argparse
import os
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "desktop"), str(ROOT / "tests")]

from PySide6.QtWidgets import QApplication  # noqa: E402

from camcensus.store.vendors_db.read import load_knowledge  # noqa: E402
from camcensus.ui.audit_frame import AuditFrame  # noqa: E402
from camcensus.ui.main_window import make_window  # noqa: E402
from camcensus.ui.preferences import Preferences  # noqa: E402
from camcensus.ui.window import MainWindow  # noqa: E402

NAME = "national.camcensus-rollup"
RESULTS = Path(__file__).parent / "results" / "audit_window.md"
TAKEN = 30
"""Bodies and devices that are gone to."""


@dataclass(frozen=True, slots=True)
class Taken:
    """Milliseconds on the clock, and of them of this process's processor."""

    wall: float
    busy: float


@dataclass(frozen=True, slots=True)
class Line:
    """One figure with its limit in milliseconds."""

    what: str
    taken: Taken
    limit: float
    bare: float | None = None

    @property
    def held(self) -> str:
        """Whether it is inside."""
        return "yes" if self.taken.wall <= self.limit else "NO"

    def __str__(self) -> str:
        bare = "" if self.bare is None else f"{self.bare:.1f}"
        return f"| {self.what} | {self.taken.wall:.0f} | {self.taken.busy:.0f} | {self.limit:.0f} | {bare} | {self.held} |"


def taken(work: Callable[[], object]) -> Taken:
    """How long a piece of work takes."""
    start, busy = time.perf_counter(), time.process_time()
    work()
    return Taken((time.perf_counter() - start) * 1000, (time.process_time() - busy) * 1000)


def each(values: list[Taken], pick: Callable[[list[float]], float]) -> Taken:
    """One of many, by a function such as the median."""
    return Taken(pick([one.wall for one in values]), pick([one.busy for one in values]))


class Waiting:
    """Goes round the event loop until something is so; the longest round is how long the window stood still."""

    def __init__(self, app: QApplication) -> None:
        self._app = app
        self.longest = Taken(0, 0)

    def until(self, so: Callable[[], bool]) -> None:
        """Waits at most two minutes."""
        end = time.monotonic() + 120
        while not so():
            assert time.monotonic() < end, "it never came"
            start, busy = time.perf_counter(), time.thread_time()
            self._app.processEvents()
            took = Taken((time.perf_counter() - start) * 1000, (time.thread_time() - busy) * 1000)
            if took.wall > self.longest.wall:
                self.longest = took
            time.sleep(0.002)


def measure(app: QApplication, path: Path, folder: Path) -> list[Line]:
    """Opens the roll-up and goes through it."""
    window = make_window(app, ROOT, Preferences(folder / "window.ini"))
    window.resize(1280, 800)
    window.show()
    app.processEvents()
    frames: list[AuditFrame] = []
    waiting = Waiting(app)
    asked: list[Taken] = []

    def opening() -> None:
        asked.append(taken(lambda: window.open_path(path)))
        assert window.audit is not None
        frames.append(window.audit)
        waiting.until(lambda: frames[0].desk.figures is not None)
        frames[0].audit.bodies.viewport().repaint()

    lines = [Line("open a roll-up, to the picture with all bodies", taken(opening), 2000)]
    page = frames[0].audit
    lines.append(Line("the call itself, to the empty page", asked[0], 200))
    lines.append(Line("longest that the window took no event meanwhile", waiting.longest, 200))
    figures = page.desk.figures
    assert figures is not None
    bodies = sorted(figures.bodies, key=lambda one: one.cameras)
    step = max(1, len(bodies) // TAKEN)

    def down(body: object) -> Taken:
        def go() -> None:
            page.show_body(body)  # type: ignore[arg-type]
            app.processEvents()
            page.body.table.viewport().repaint()

        return taken(go)

    gone = [down(body) for body in bodies[::step]]
    bare = [_bare(path, body.body) for body in bodies[::step]]
    lines.append(Line("down to a body, median", each(gone, statistics.median), 200, statistics.median(bare)))
    lines.append(Line("down to a body, slowest", each(gone, max), 200, max(bare)))
    lines.append(
        Line(f"down to the largest ({bodies[-1].cameras:,} cameras)", down(bodies[-1]), 200, _bare(path, bodies[-1].body))
    )
    lines.append(Line("back to all bodies", taken(lambda: (page.to_bodies(), app.processEvents())), 200))
    keys = [taken(lambda end=end: (page.search.setText("body 00700"[:end]), app.processEvents())) for end in range(1, 11)]
    lines.append(Line("a key in the search box, slowest", each(keys, max), 200))
    page.search.clear()
    lines.append(Line("see the problems", taken(lambda: (page.which.choose(2), app.processEvents())), 200))
    _close(window, app)
    return lines


def _bare(path: Path, body: int) -> float:
    """Milliseconds of the same rows, read by nothing but SQLite."""
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as db:
        db.execute("SELECT count(*) FROM export").fetchone()
        start = time.perf_counter()
        db.execute(
            "SELECT item.*, detail.* FROM export JOIN item ON item.export = export.id JOIN detail ON detail.item = item.id"
            " WHERE export.body = ?",
            [body],
        ).fetchall()
        return (time.perf_counter() - start) * 1000


def _close(window: MainWindow, app: QApplication) -> None:
    window.close()
    app.processEvents()


def _made(folder: Path, devices: int) -> Path:
    """The roll-up in a folder, made where there is none."""
    path = folder / NAME
    if not path.exists():
        import rollup_files
        from rollup_estate import make_estate, write_estate

        estate = make_estate(7, max(12, devices // 500), devices)
        write_estate(estate, folder / "files")
        rollup_files.make_rollup(path, [folder / "files"], load_knowledge(ROOT / "vendors.db"), ROOT)
    return path


def main(argv: list[str] | None = None) -> int:
    """Measures and prints the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--keep", type=Path, help="the folder that has the roll-up, or gets it")
    parser.add_argument("--devices", type=int, default=20_000)
    parser.add_argument("--write", action="store_true")
    arguments = parser.parse_args(argv)
    with tempfile.TemporaryDirectory() as name:
        path = _made(arguments.keep or Path(name), arguments.devices).resolve()
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as db:
            bodies, items = (db.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in ("body", "item"))
        lines = measure(QApplication([]), path, Path(name))
    head = "| what | ms | of it processor | limit, ms | bare SELECT, ms | held |\n|---|---|---|---|---|---|"
    table = "\n".join([head, *map(str, lines)])
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0
    about = f"{bodies:,} bodies, {items:,} devices; load of the computer {load:.1f} on {os.cpu_count()} cores."
    print(about, table, sep="\n")
    if arguments.write:
        RESULTS.write_text(
            f"# The window on a roll-up\n\n`python tests/bench/audit_window.py`, offscreen. {about} {_TOLD}\n\n{table}\n",
            "utf-8",
        )
    return 1 if any(line.held == "NO" for line in lines) else 0


_TOLD = "The bare SELECT reads the same rows and makes nothing of them."

if __name__ == "__main__":
    sys.exit(main())
