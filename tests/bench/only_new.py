"""Three days of a simulated network, searched with --only-new: python tests/bench/only_new.py [QUIET_RUNS]

In a network namespace of its own (root on Linux). Between the days a device comes, goes or changes address; on each day
the same network is searched again and again, QUIET_RUNS (20) in all. Counted: changes said wrongly, and lines where nothing changed.
Status 1 where there is one.
"""

from __future__ import annotations

import contextlib
import io
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))

from another_day import moved, without  # noqa: E402
from camcensus.app import data_dir, main  # noqa: E402
from camcensus.demo.estate import Estate, load_estate  # noqa: E402
from conftest import pytest_configure  # noqa: E402
from story_hands import serving  # noqa: E402

COMES, GOES, MOVES = "reception-desk", "year-4-corridor", "library"


def searched(estate: Estate, inventory: Path) -> list[str]:
    """The lines of one search of the estate."""
    said = io.StringIO()
    with serving(estate), contextlib.redirect_stdout(said):
        status = main(
            ["scan", "--inventory", str(inventory), "--only-new", "--quiet", "--interface", "127.0.0.1", "--pace", "fast"]
        )
    assert status == int(bool(said.getvalue())), status
    return said.getvalue().splitlines()


def run(quiet: int) -> int:
    school = load_estate(data_dir() / "resources" / "demo", 26)
    new = moved(school, MOVES, "127.77.1.250")
    days = (
        ("first", without(school, COMES), None),
        ("second", without(new, GOES), ["changed", "gone", "new"]),
        ("third", new, ["back"]),
    )
    wrong = 0
    with tempfile.TemporaryDirectory(prefix="camcensus-only-new-") as folder:
        inventory = Path(folder) / "school.camcensus"
        for at, (day, estate, wanted) in enumerate(days):
            lines = searched(estate, inventory)
            kinds = sorted(line.partition(":")[0] for line in lines)
            wrong += kinds != (wanted if wanted is not None else ["new"] * len(lines)) or not lines
            print(f"{day} day: {', '.join(kinds)}", *(lines if wanted else ()), sep="\n  ", flush=True)
            for number in range(quiet * at // len(days), quiet * (at + 1) // len(days)):
                if lines := searched(estate, inventory):
                    wrong += 1
                    print(f"again {number}", *lines, sep="\n  ", flush=True)
    print(f"{quiet} searches of an unchanged network, {wrong} wrong")
    return int(wrong > 0)


if __name__ == "__main__":
    pytest_configure()
    sys.exit(run(int(sys.argv[1]) if sys.argv[1:] else 20))
