"""The record of a search says who ran it, on which computer and with which program, as far as the policy lets it."""

from __future__ import annotations

import getpass
import json
import platform
from pathlib import Path

import pytest

import camcensus
from camcensus.app import main
from camcensus.model.policy import Policy
from camcensus.model.scan import Ran
from camcensus.store.inventory import create_inventory
from camcensus.tasks import tables
from camcensus.tasks.finding.census import ran_here
from samples import NOW, body, scan

PROGRAM = f"Camcensus {camcensus.__version__}"


@pytest.fixture(autouse=True)
def somebody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(getpass, "getuser", lambda: "jdoe")
    monkeypatch.setattr(platform, "node", lambda: "LT07")


def test_the_policy_may_leave_the_user_out() -> None:
    assert ran_here(Policy()) == Ran("jdoe", "LT07", PROGRAM)
    assert ran_here(Policy(name_user=False)) == Ran(None, "LT07", PROGRAM)


def test_a_system_that_knows_no_user_is_no_reason_to_fail(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown() -> str:
        raise OSError("no such user")

    monkeypatch.setattr(getpass, "getuser", unknown)
    assert ran_here(Policy()).by is None


def test_it_is_kept_and_read_again(tmp_path: Path) -> None:
    ran = Ran("jdoe", "LT07", PROGRAM)
    with create_inventory(tmp_path / "a.camcensus", body(), now=NOW) as inventory:
        inventory.keep(scan("one", ran=ran), (), (), NOW)
        inventory.keep(scan("two"), (), (), NOW)
        assert [one.ran for one in inventory.scans()] == [ran, Ran()]


def test_a_search_says_it_in_json_and_in_words(tmp_path: Path, data_dir: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = [
        "scan",
        "--interface",
        "127.0.0.1",
        "--passive",
        "--limit-s",
        "0.2",
        "--knowledge",
        str(data_dir / "vendors.db"),
    ]
    assert main([*arguments, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)["scan"]
    assert (told["run_by"], told["computer"], told["program"]) == ("jdoe", "LT07", PROGRAM)
    assert main(arguments) == 0
    assert f"Run by jdoe on LT07 with {PROGRAM}." in capsys.readouterr().out
    assert tables._looked(scan())[-1].startswith("List version")
