"""The corpus is in its halves, every reply is read, and its bench counts each row once."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.ordinary import WORDS, report
from camcensus.store.vendors_db.read import load_knowledge
from labelled.corpus.read import HALVES, Half, cameras, half_of, ordinary


@pytest.mark.parametrize("half", HALVES)
def test_each_row_is_in_the_half_of_its_id_and_is_read(half: Half) -> None:
    rows = (*ordinary(half), *cameras(half))
    assert [row.id for row in rows if half_of(row.id) != half] == []
    broken = [(row.id, item.reading.problem) for row in rows for item in row.observations() if item.reading.state == "broken"]
    assert broken == []


def test_no_id_stands_twice_and_each_camera_has_a_source() -> None:
    rows = [row for half in HALVES for row in (*ordinary(half), *cameras(half))]
    assert len({row.id for row in rows}) == len(rows)
    assert [row.id for half in HALVES for row in cameras(half) if not row.case.source.startswith("https://")] == []


def test_the_bench_counts_each_ordinary_row_once(data_dir: Path) -> None:
    lines, _ = report(load_knowledge(data_dir / "vendors.db"))
    counted = sum(int(line.split(": ")[1]) for line in lines if line.strip().split(": ")[0] in WORDS)
    assert counted == sum(len(ordinary(half)) for half in HALVES)
