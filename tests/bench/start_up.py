"""What the first usable window costs, beside a bare PySide6 window in the same run: python tests/bench/start_up.py [--modules N]

Each is a process of its own, offscreen, from its start until its window is painted and takes keys; the least processor time of
seven. Ours is `camcensus` as people start it: without a record (the form of the first run), and with the record that was open
last, of 200 devices. `--modules N` says which N modules take longest to import (`python -X importtime`). Status 1 where ours
takes more than its limit. Numpy is not there, as with those who install Camcensus: only tests bring it.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROUNDS = 7
LIMITS = {"no record": 4.0, "a record of 200 devices": 8.0}
"""Times the bare window: a record brings the database, its rows and what is counted of them."""

ENDS = """
import os, sys, time
sys.modules["numpy"] = None
from PySide6.QtWidgets import QApplication
def end(*_):
    for _ in range(5):
        QApplication.processEvents()
    print(time.process_time(), len(sys.modules), flush=True)
    os._exit(0)
"""
BARE = f"""{ENDS}
from PySide6.QtWidgets import QMainWindow
app = QApplication([])
window = QMainWindow()
window.resize(1280, 800)
window.show()
end()
"""
OURS = f"""{ENDS}
QApplication.exec = end
from camcensus.app import main
sys.exit(main(sys.argv[1:]))
"""


def run(code: str, words: list[str], environment: dict[str, str], *options: str) -> tuple[float, int, str]:
    """Seconds of the processor, modules, and what it said besides."""
    done = subprocess.run(
        [sys.executable, *options, "-c", code, *words], env=environment, capture_output=True, text=True, check=True, cwd=ROOT
    )
    seconds, modules = done.stdout.split()[-2:]
    return float(seconds), int(modules), done.stderr


def least(code: str, words: list[str], environment: dict[str, str]) -> tuple[float, int]:
    """The least of several: what others did meanwhile is in none of them."""
    return min(run(code, words, environment)[:2] for _ in range(ROUNDS))


def main(argv: list[str]) -> int:
    """Measures and prints."""
    number = int(argv[argv.index("--modules") + 1]) if "--modules" in argv else 0
    sys.path[:0] = [str(ROOT / "desktop"), str(ROOT / "tests" / "bench")]
    import big_inventory

    held = True
    with tempfile.TemporaryDirectory() as name:
        home = {key: name for key in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "CAMCENSUS_DATA")}
        environment = os.environ | home | {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT / "desktop")}
        record = Path(name) / "school.camcensus"
        big_inventory.make(record, 200).close()
        bare, modules = least(BARE, [], environment)
        print(
            f"| first window | processor, s | modules | times bare |\n|---|--:|--:|--:|\n| bare PySide6 | {bare:.3f} | {modules} | 1 |"
        )
        for what, words in (("no record", []), ("a record of 200 devices", ["open", str(record)])):
            ours, modules = least(OURS, words, environment)
            held = held and ours <= bare * LIMITS[what]
            print(f"| {what} | {ours:.3f} | {modules} | {ours / bare:.1f} |", flush=True)
        if number:
            said = run(OURS, [], environment, "-X", "importtime")[2].splitlines()
            lines = [line.removeprefix("import time:") for line in said if line.startswith("import time:")][1:]
            print(*sorted(lines, key=lambda line: -int(line.split("|")[1]))[:number], sep="\n")
    return 0 if held else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
