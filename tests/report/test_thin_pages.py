"""No page of a report holds next to nothing; `bench/thin_pages.py` looks at 60 records, these few hold what it found once."""

from __future__ import annotations

from pathlib import Path

import pytest

import drawn
from bench.thin_pages import THIN, thin_pages
from camcensus.store.inventory import create_inventory
from report_estate import NOW, knowledge
from samples import body

FOUND = (2, 7, 12, 21)
"""Answers of the FOI pack, a recorder alone, two labels, a maker’s reply."""


@pytest.mark.parametrize("seed", [*FOUND, drawn.seed()])
def test_no_page_of_any_report_holds_next_to_nothing(tmp_path: Path, seed: int) -> None:
    with create_inventory(tmp_path / "a.camcensus", body(), now=NOW) as inventory:
        found = {name: (thin, len(pages)) for name, pages, thin in thin_pages(inventory, knowledge(), seed, THIN)}
    assert len(found) > 15
    assert {name: thin for name, (thin, _) in found.items() if thin} == {}
