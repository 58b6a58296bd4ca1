"""A record in which nobody has looked yet: no paper may be read as "there are no cameras"."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from camcensus.model.knowledge import Knowledge
from camcensus.store.vendors_db.read import load_knowledge
from camcensus.tasks.finding.census import Census
from camcensus.tasks.finding.keep import save_census
from camcensus.tasks.imports.device_lists import look_at_lists
from camcensus.tasks.register import verbs as register
from camcensus.tasks.reports.foi import checked_request
from camcensus.tasks.tables import inventory_text
from report.reading import read
from report_writing import write
from samples import NOW, body, scan

ROOT = Path(__file__).resolve().parents[3]
NONE = re.compile(r"no cameras|\b0 cameras|Dahua\)?: 0|\(0 confirmed|^0\.", re.IGNORECASE | re.MULTILINE)


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load_knowledge(ROOT / "vendors.db")


def read_list(inventory: register.Inventory, knowledge: Knowledge, folder: Path) -> None:
    """Reads a list in which no camera is: no search either."""
    (folder / "list.csv").write_text("Name,IP,MAC,Maker\nOffice printer,10.0.0.5,00:80:77:00:00:01,Brother\n", "utf-8")
    save_census(inventory, look_at_lists([folder / "list.csv"], inventory, knowledge, NOW).census, knowledge, NOW)
    assert inventory.scans()
    assert not register.rows(inventory, knowledge)


@pytest.mark.parametrize("kind", ["summary", "register", "evidence", "foi", "plan"])
@pytest.mark.parametrize("audience", ["internal", "supplier", "public"])
@pytest.mark.parametrize("listed", [False, True])
def test_it_says_that_nobody_has_looked(kind: str, audience: str, listed: bool, tmp_path: Path, knowledge: Knowledge) -> None:
    with register.new_inventory(tmp_path / "a.camcensus", body(), NOW) as inventory:
        if listed:
            read_list(inventory, knowledge, tmp_path)
        write(kind, inventory, knowledge, tmp_path / "a.pdf", audience=audience, request=checked_request("", None), now=NOW)
    words = read((tmp_path / "a.pdf").read_bytes()).words
    assert re.search(r"obody has\s+searched", words)
    assert NONE.search(words) is None
    assert "Counted from" not in words
    assert "Nothing is left" not in words
    assert "nothing to count" not in words
    assert "No camera is" not in words


@pytest.mark.parametrize("listed", [False, True])
def test_show_says_so_too_and_names_what_a_list_held(listed: bool, tmp_path: Path, knowledge: Knowledge) -> None:
    with register.new_inventory(tmp_path / "a.camcensus", body(), NOW) as inventory:
        if listed:
            read_list(inventory, knowledge, tmp_path)
        said = inventory_text(inventory, register.rows(inventory, knowledge), knowledge, frozenset())
    assert "Nobody has searched" in said
    assert ("10.0.0.5" in said) == listed
    assert NONE.search(said) is None
    assert "was found" not in said


@pytest.mark.parametrize("early", [False, True])
def test_the_summary_says_that_a_search_was_stopped_half_way(early: bool, tmp_path: Path, knowledge: Knowledge) -> None:
    with register.new_inventory(tmp_path / "a.camcensus", body(), NOW) as inventory:
        census = Census(scan=scan("half", stopped_early=early), observations=(), verdicts=())
        save_census(inventory, census, knowledge, NOW)
        write("summary", inventory, knowledge, tmp_path / "a.pdf", now=NOW)
    words = " ".join(read((tmp_path / "a.pdf").read_bytes()).words.split())
    assert ("the last search was stopped before it was finished" in words) == early
