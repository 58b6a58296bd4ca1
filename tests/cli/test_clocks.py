"""A clock that is ten years off, either way, or in the night when it is put back: the whole program from list to back-up."""

from __future__ import annotations

import importlib
import pkgutil
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

import camcensus.cli
from camcensus.cli import run as run_cli
from camcensus.cli.common import now as real_now
from camcensus.store import backups
from camcensus.tasks.register import verbs as register

TODAY = datetime(2026, 10, 24, 12, tzinfo=UTC)
ALL = [
    ("today", TODAY),
    ("the first half past one of the night when clocks are put back", datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
    ("the second one", datetime(2026, 10, 25, 1, 30, tzinfo=UTC)),
    ("ten years ahead", TODAY + timedelta(days=3653)),
    ("back again", TODAY + timedelta(days=2)),
    ("ten years behind", TODAY - timedelta(days=3653)),
    ("the hour of spring that is not there", datetime(2027, 3, 28, 1, 30, tzinfo=UTC)),
    ("1 January 1970", datetime(1970, 1, 1, 0, 0, 1, tzinfo=UTC)),
    ("back for good", TODAY + timedelta(days=200)),
]

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def london(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The time zone of the people who use it."""
    monkeypatch.setenv("TZ", "Europe/London")
    if hasattr(time, "tzset"):
        time.tzset()
    yield
    monkeypatch.undo()
    if hasattr(time, "tzset"):
        time.tzset()


@pytest.fixture
def run_at(london: None, capsys: pytest.CaptureFixture[str], data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """The command line at a moment; its status, what it printed, what it complained of."""
    for one in pkgutil.iter_modules(camcensus.cli.__path__, "camcensus.cli."):
        if not one.name.endswith("__main__"):
            importlib.import_module(one.name)
    shown = [
        module
        for name, module in sys.modules.items()
        if name.startswith("camcensus.cli") and vars(module).get("now") is real_now
    ]
    assert len(shown) > 3
    folder = Path(real_now.__code__.co_filename).parent
    assert [path.name for path in folder.glob("*.py") if "datetime.now(" in path.read_text("utf-8")] == ["common.py"]

    def call(moment: datetime, *words: object) -> tuple[int, str, str]:
        for module in shown:
            monkeypatch.setattr(module, "now", lambda: moment)
        status = run_cli([str(one) for one in words], data_dir=lambda: data_dir, window=lambda *_: 0)
        printed = capsys.readouterr()
        return status, printed.out, printed.err

    return call


def test_no_clock_loses_a_row_the_order_of_events_or_the_last_back_up(run_at: Run, tmp_path: Path) -> None:
    inventory, lists = tmp_path / "school.camcensus", tmp_path / "lists"
    lists.mkdir()
    first = lists / "first.csv"
    first.write_text("Name,MAC address,IP address,Make,Model\nHall,00:40:8c:01:02:03,10.0.0.9,Axis,P3245\n")
    assert run_at(TODAY, "identify", first, "--inventory", inventory)[0] == 0
    for number, (what, moment) in enumerate(ALL, 1):
        path = lists / f"{number}.csv"
        path.write_text(f"Ref,Purpose,Serial number,Make\nX-{number},Gate {number},SN{number:05d},Axis\n")
        status, _, said = run_at(moment, "import", inventory, path)
        assert status == 0, (what, said)
        status, _, said = run_at(moment, "show", inventory)
        assert status == 0, (what, said)
        assert purposes(inventory) == {f"Gate {one}" for one in range(1, number + 1)}, what
        status, _, said = run_at(moment, "report", inventory, "--kind", "plan", "-o", tmp_path / f"{number}.pdf")
        assert status == 0, (what, said)
        status, _, said = run_at(moment, "export", inventory, "--audience", "auditor", "-o", tmp_path / f"{number}.camcensus")
        assert status == 0, (what, said)
        status, _, said = run_at(moment, "backups", inventory)
        assert status == 0, (what, said)
    with register.open_inventory(inventory, TODAY, readonly=True) as opened:
        imports = [one for one in reversed(opened.changes(1000)) if one.verb == "import"]
        assert len(imports) == len(ALL)
        assert [int(one.id) for one in imports] == sorted(int(one.id) for one in imports)
    assert all(backups.is_sound(one.path) for one in backups.list_backups(inventory))
    status, _, said = run_at(ALL[-1][1] + timedelta(days=1), "backups", inventory, "--newest")
    assert status == 0, said
    assert purposes(inventory) >= {f"Gate {one}" for one in range(1, len(ALL))}


def purposes(inventory: Path) -> set[str]:
    """What lists said of the rows."""
    with register.open_inventory(inventory, TODAY, readonly=True) as opened:
        return {asset.purpose for asset in opened.assets() if asset.purpose}
