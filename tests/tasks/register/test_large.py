"""Ten times the devices cost about ten times as much, not a hundred times: how large inventories open in seconds."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from bench.big_inventory import NOW, make
from camcensus.store.backups import back_up
from camcensus.store.vendors_db.read import load_knowledge
from camcensus.tasks.register import verbs as register
from conftest import ROOT
from costs import cpu_s

FEW, MANY, MOST_TIMES = 100, 1000, 30
"""Where each row looked at all others it would be a hundred times."""


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """An inventory of few devices, and one of ten times as many."""
    made = tmp_path_factory.mktemp("large")
    for devices in (FEW, MANY):
        with make(made / f"{devices}.camcensus", devices, places=20) as inventory:
            inventory.closing = None
    return made / f"{FEW}.camcensus", made / f"{MANY}.camcensus"


def opened(path: Path, work: Callable[[register.Inventory], object] = lambda _: None) -> None:
    with register.open_inventory(path, NOW) as inventory:
        inventory.closing = None
        work(inventory)


@pytest.mark.parametrize("what", ["opening with its checks", "a back-up", "the register"])
def test_ten_times_the_devices_cost_about_ten_times_as_much(both: tuple[Path, Path], what: str) -> None:
    knowledge = load_knowledge(ROOT / "vendors.db")
    work: dict[str, Callable[[register.Inventory], object]] = {
        "opening with its checks": lambda _: None,
        "a back-up": lambda inventory: back_up(inventory, NOW, closing=True),
        "the register": lambda inventory: register.rows(inventory, knowledge),
    }
    few, many = (cpu_s(lambda path=path: opened(path, work[what])) for path in both)  # type: ignore[misc]
    assert many < few * MOST_TIMES
