"""The tree that a screen reader is given, over the real accessibility bus: `python tests/bench/access_tree.py [--save FILE] [--only WORD]`.

Starts the window under Xvfb with a session bus of its own, goes through the pages and dialogs of `screenshots.py`, reads each
through AT-SPI, and says what nobody could use who only hears it: a control without a name, a role that is none, a field
without a label, markup, columns that nobody sees. The exit status is 1 where there is anything, 77 where Xvfb,
dbus-run-session, at-spi2-core or the system's pyatspi is missing. `--save` writes every tree.
"""

from __future__ import annotations

import argparse
import ctypes
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path
from typing import IO, Any

import PySide6

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "desktop"), str(ROOT / "tests"), str(ROOT / "tests" / "bench")]

from hostile.screens import own_display  # noqa: E402

READER = ROOT / "tests" / "atspi_reader.py"
PYTHON = "/usr/bin/python3"
MISSING = 77
ROLES = {
    "entry": "EditableText", "text": "EditableText", "password text": "EditableText", "combo box": "ComboBox",
    "spin button": "SpinBox", "filler": "Client", "unknown": "NoRole", "invalid": "NoRole", "check box": "CheckBox",
    "table": "Table", "list": "List", "list box": "List", "tree": "Tree", "table cell": "Cell", "list item": "ListItem",
    "tree item": "TreeItem", "column header": "ColumnHeader", "table column header": "ColumnHeader",
}  # fmt: skip
"""Names of AT-SPI as Qt calls the same."""


def lacking() -> str:
    """What of the programs of others is not there, "" where all is."""
    for program in ("Xvfb", "dbus-run-session", PYTHON):
        if shutil.which(program) is None:
            return program
    try:
        ctypes.CDLL(str(Path(PySide6.__file__).parent / "Qt" / "plugins" / "platforms" / "libqxcb.so"))
    except OSError as error:  # one of the libraries that Qt needs to draw on a display of X
        return str(error).partition(":")[0]
    done = subprocess.run([PYTHON, "-c", "import pyatspi"], capture_output=True, check=False)
    return "" if done.returncode == 0 else "pyatspi"


def main() -> int:
    """Starts display and bus, then itself within them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--save", type=Path, help="a file for all the trees, as JSON")
    parser.add_argument("--only", default="", help="pages and dialogs whose name contains this")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.inside:
        return read_all(arguments.save, arguments.only)
    if gone := lacking():
        print(f"not read: {gone} is missing")
        return MISSING
    with tempfile.TemporaryDirectory() as folder:
        reading, writing = os.pipe()
        display = subprocess.Popen(
            ["Xvfb", own_display(), "-displayfd", str(writing), "-screen", "0", "1366x768x24", "-nolisten", "tcp"],
            pass_fds=[writing], stderr=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            os.close(writing)
            with os.fdopen(reading) as said:
                number = said.readline().strip()
            own = {"DISPLAY": f":{number}", "HOME": folder, "XDG_RUNTIME_DIR": folder, "XDG_CACHE_HOME": folder}
            own |= {"QT_QPA_PLATFORM": "xcb", "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1", "CAMCENSUS_DATA": folder}
            command = ["dbus-run-session", "--", sys.executable, __file__, "--inside", *sys.argv[1:]]
            return subprocess.run(command, env=os.environ | own, check=False).returncode
        finally:
            display.terminate()
            display.wait()


class Reader:
    """The other end of the bus. While it reads, this program has to answer: its events go on."""

    def __init__(self) -> None:
        self._reader = subprocess.Popen([PYTHON, str(READER)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def tree(self, name: str, events: Any) -> dict[str, Any]:
        """The tree of the window of that name."""
        into, out = self._reader.stdin, self._reader.stdout
        assert into is not None
        assert out is not None
        print(name, file=into, flush=True)
        lines: list[str] = []
        waiting = threading.Thread(target=_read, args=(out, lines))
        waiting.start()
        while waiting.is_alive():
            events()
            time.sleep(0.001)
        found: dict[str, Any] = json.loads(lines[0])
        return found

    def end(self) -> None:
        """Lets it go."""
        self._reader.terminate()
        self._reader.wait()


def _read(out: IO[str], lines: list[str]) -> None:
    lines.append(out.readline())


def read_all(save: Path | None, only: str) -> int:
    """Every page and dialog, read and judged."""
    bus = ("gdbus", "call", "--session", "--dest", "org.a11y.Bus", "--object-path", "/org/a11y/bus")
    subprocess.run([*bus, "--method", "org.a11y.Bus.GetAddress"], check=True, stdout=subprocess.DEVNULL)
    import screenshots
    from PySide6.QtWidgets import QApplication, QDialog

    from camcensus.ui.main_window import make_window
    from camcensus.ui.preferences import Preferences
    from heard import faults

    trees: dict[str, Any] = {}
    roles: Counter[str] = Counter()
    wrong = 0
    with tempfile.TemporaryDirectory() as folder:
        inventory = screenshots.make_estate("demo", Path(folder))
        app = QApplication([])
        window = make_window(app, ROOT, Preferences(Path(folder) / "window.ini"))
        window.resize(1300, 720)
        window.show()
        reader = Reader()
        for name, prepare in (screenshots.pages(inventory) | screenshots.states(inventory)).items():
            if only not in name:
                continue
            prepare(window)
            screenshots.settle(app, window, 0.3)
            dialogs = [one for one in window.findChildren(QDialog) if one.isVisible()]
            on_top = dialogs[-1] if dialogs else window
            trees[name] = tree = reader.tree(on_top.windowTitle(), app.processEvents)
            if "missing" in tree:
                found, things = [f"it is not on the bus: {tree['missing']}"], 0
            else:
                root = _heard(tree, _columns(on_top), _ticks(on_top))
                found, things = faults(root), len(list(root.every()))
                roles.update(one.what for one in root.every())
            print(f"{name}: {things:,} things, {len(found)} faults", *(f"    {one}" for one in found), sep="\n", flush=True)
            wrong += len(found)
            for dialog in dialogs:
                dialog.close()
            screenshots.settle(app, window, 0.1)
        reader.end()
        window.close()
    if save is not None:
        save.write_text(json.dumps(trees, ensure_ascii=False, indent=1), "utf-8")
    print("Roles:", ", ".join(f"{role} {number:,}" for role, number in roles.most_common()))
    print(f"{len(trees)} pages and dialogs, {wrong} faults")
    return 1 if wrong else 0


def _columns(root: Any) -> dict[str, int]:
    """How many columns each table shows, by its name."""
    from PySide6.QtWidgets import QTableView

    return {
        table.accessibleName(): sum(not table.isColumnHidden(at) for at in range(table.model().columnCount()))
        for table in root.findChildren(QTableView)
        if table.isVisible() and table.model() is not None
    }


def _ticks(root: Any) -> frozenset[str]:
    """What the boxes with a tick are called: nothing else is a check box."""
    from PySide6.QtWidgets import QCheckBox

    return frozenset(
        one.accessibleName() or one.text().replace("&", "") for one in root.findChildren(QCheckBox) if one.isVisible()
    )


def _heard(tree: dict[str, Any], columns: dict[str, int], ticks: frozenset[str]) -> Any:
    from heard import TICK, Heard

    inside = tuple(_heard(one, columns, ticks) for one in tree["inside"])
    name = tree["name"]
    more = tree["columns"] - columns[name] if name in columns and tree["role"] == "table" else 0
    role = ROLES.get(tree["role"], tree["role"])
    states = frozenset([*tree["states"], *([TICK] if name in ticks else [])])
    return Heard(role, name, tree["description"], tuple(tree["labels"]), states, more, tree["role"], inside)


if __name__ == "__main__":
    raise SystemExit(main())
