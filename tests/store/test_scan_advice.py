"""The doctor's advice is kept with the search it is about, and comes back in the window and in `show --json`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from camcensus.app import main
from camcensus.model.scan import Advice
from camcensus.store.inventory import create_inventory, open_inventory
from samples import NOW, body, scan

ADVICE = (
    Advice("vpn", "A VPN is connected (tun0).", "Disconnect it and search again."),
    Advice("card-lost", "The card “w1\u202e” went away.", "Connect it."),
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """An inventory with one search, closed."""
    made = tmp_path / "elm.camcensus"
    with create_inventory(made, body(), now=NOW) as inventory:
        inventory.keep(scan(advice=ADVICE), [], [], NOW)
    return made


def test_advice_is_read_back_as_it_was(path: Path) -> None:
    with open_inventory(path) as inventory:
        assert inventory.scans()[-1].advice == ADVICE


def test_show_carries_it(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", str(path), "--json"]) == 0
    said = json.loads(capsys.readouterr().out)["scan"]["advice"]
    assert said[0] == {"topic": "vpn", "say": "A VPN is connected (tun0).", "next": "Disconnect it and search again."}
    assert "\\u202e" in said[1]["say"]
