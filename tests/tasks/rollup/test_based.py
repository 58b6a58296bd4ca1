"""A roll-up file from before makers based in China had columns of their own goes on: they are looked up when it is opened."""

from __future__ import annotations

from pathlib import Path

from camcensus.store.rollup.tables import TABLES
from camcensus.tasks.rollup import taking as tasks
from camcensus.tasks.rollup.figures import lists_of, read_figures
from camcensus.tasks.rollup.rounds import record_round
from older_rollup import make_older
from rollup_estate import NOW, ROOT, knowledge, make_estate, write_estate

TODAY = "2026-11-24"


def test_an_older_roll_up_is_looked_up_anew_and_its_rounds_say_nothing_of_it(tmp_path: Path) -> None:
    write_estate(make_estate(5, 6, 120, double_share=0), tmp_path / "files", processes=1)
    path = tmp_path / "n.camcensus-rollup"
    with tasks.open_for_taking(path, ROOT, knowledge(), NOW) as rollup:
        tasks.take_in(rollup, [tmp_path / "files"], knowledge(), NOW)
        record_round(rollup, "First", lists_of(rollup), NOW)
        before = read_figures(rollup, lists_of(rollup), TODAY)
    make_older(path, "m0003")
    with tasks.open_for_taking(path, ROOT, knowledge(), NOW) as rollup:
        after = read_figures(rollup, lists_of(rollup), TODAY)
    assert after.totals == before.totals
    assert after.bodies == before.bodies
    asked_since = set(TABLES[TABLES.index("change") : TABLES.index("missing")])
    same = {table.name: table.rows for table in before.tables if table.name not in asked_since}
    assert {table.name: table.rows for table in after.tables if table.name not in asked_since} == same
    change = next(table for table in after.tables if table.name == "change")
    then = change.columns.index("based_in_china_max_then")
    assert {row[then] for row in change.rows} == {None}
