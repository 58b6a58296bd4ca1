"""No report has ink outside its page or a heading alone at its foot; `bench/frame.py` looks at estates of 400 sites."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.big_inventory import make
from bench.frame import findings, papers
from report_estate import knowledge


@pytest.mark.parametrize(("sites", "rows"), [(1, 1), (8, 9), (40, 120)])
def test_nothing_is_outside_its_page(tmp_path: Path, sites: int, rows: int) -> None:
    with make(tmp_path / "a.camcensus", rows, places=sites * 2, decisions=rows > 1) as inventory:
        inventory.closing = None
        found = {name: findings(document, tmp_path) for name, document in papers(inventory, knowledge())}
    assert len(found) > 10
    assert {name: wrong for name, (_, wrong) in found.items() if wrong} == {}
