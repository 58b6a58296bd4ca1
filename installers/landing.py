#!/usr/bin/env python3
"""What a landing holds of the packages: `python installers/landing.py` builds the wheel and the .deb, and starts both.

Sizes are held to size-budget.toml. The .deb is made with this Debian's own Python and the packages of .venv, so that nothing is
compiled or fetched: what it weighs differs little from a release's. Where this is no Debian with that Python, that is said, and
only the wheel is looked at. The .rpm and the Windows setup take tools and minutes that a landing has not: `run.py release`
builds them. Exit status 0, or 3 where something failed.
"""

from __future__ import annotations

import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from installers.linux.tree import PREFIX  # noqa: E402
from installers.shared.facts import DONE, NOT_HERE, WORK, BuildError, empty, run, run_build, say  # noqa: E402

_WINDOW = "from PySide6.QtWidgets import QApplication; app = QApplication([]); import camcensus.ui.main_window"


def land(_words: list[str]) -> list[Path]:
    """Build and start both; gives what was written."""
    out = empty(WORK / "landing")
    _built("python", "wheel", out)
    with tempfile.TemporaryDirectory() as folder:
        clean = Path(folder) / "clean"
        run([sys.executable, "-m", "venv", "--without-pip", clean])
        # What Camcensus needs is there as .venv has it, and Camcensus itself, which .venv finds in the checkout, is not.
        packages = next(clean.glob("lib/python3.*/site-packages"))
        (packages / "needed.pth").write_text(sysconfig.get_path("purelib") + "\n")
        how = ["--python", clean / "bin" / "python", "install", "-q", "--no-deps", "--no-index"]
        run([sys.executable, "-m", "pip", *how, *out.glob("*.whl")])
        _start(clean / "bin" / "python", Path(folder))
    if _built("linux", "deb", out, "--here"):
        with tempfile.TemporaryDirectory() as folder:
            _start(WORK / "linux" / "root" / PREFIX / "bin" / "python3", Path(folder))
    return sorted(out.iterdir())


def _built(folder: str, kind: str, out: Path, *more: str) -> bool:
    """Whether a package could be built here. Raises BuildError where it failed."""
    script = ROOT / "installers" / folder / "build.py"
    status = subprocess.call([sys.executable, str(script), "--out", str(out), "--only", kind, *more], cwd=ROOT)
    if status not in (DONE, NOT_HERE):
        raise BuildError(f"The {kind} was not built.")
    return status == DONE


def _start(python: Path, folder: Path) -> None:
    """Have what was installed for a Python begin an inventory, print a plan, and load its window."""
    (folder / "list.csv").write_text("IP address,MAC address\n192.168.1.10,44:19:b6:00:00:01\n", encoding="utf-8")
    camcensus = [python, "-P", "-m", "camcensus"]
    run([*camcensus, "identify", "list.csv", "--inventory", "school.camcensus"], cwd=folder)
    run([*camcensus, "report", "school.camcensus", "--kind", "plan", "-o", "plan.pdf"], cwd=folder)
    run([python, "-P", "-c", _WINDOW], cwd=folder, environment={"QT_QPA_PLATFORM": "offscreen"})
    say(f"started with {python}")


if __name__ == "__main__":
    run_build(land)
