"""An exchange file of version 2, which does not say how an organisation uses its cameras, is read as one of today's."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from camcensus.store.exchange_file import write as exchange
from camcensus.store.exchange_file.schema import without_comments
from camcensus.store.exchange_file.schema_2 import SCHEMA_2
from camcensus.tasks.rollup import taking
from camcensus.tasks.rollup.figures import lists_of, read_figures
from camcensus.tasks.share.view import read_exchange_file
from conftest import ROOT
from rollup_estate import knowledge
from samples import NOW
from store.exchange_file.test_write import fill


def as_in_version_2(table: str, rows: Iterable[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """Without the columns that version 3 brought."""
    if table == "body":
        return [row[:11] for row in rows]
    return [(*row[:27], *row[33:]) for row in rows] if table == "asset" else list(rows)


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(exchange, "SCHEMA", without_comments(SCHEMA_2))
    monkeypatch.setattr(exchange, "SCHEMA_VERSION", 2)
    made = tmp_path / "old.camcensus"
    exchange.write_exchange(
        made,
        lambda put: fill(lambda table, rows: put(table, as_in_version_2(table, rows))),  # type: ignore[arg-type]
    )
    return made


def test_it_is_shown(path: Path) -> None:
    view = read_exchange_file(path)
    assert view.export["schema_version"] == 2
    assert len(view.rows) == 1


def test_a_roll_up_counts_it_and_its_organisation_has_not_answered(path: Path, tmp_path: Path) -> None:
    with taking.open_for_taking(tmp_path / "n", ROOT, knowledge(), NOW) as rollup:
        (taken,) = taking.take_in(rollup, [path], knowledge(), NOW).files
        assert taken.state == "accepted", taken.reason
        figures = read_figures(rollup, lists_of(rollup), "2026-11-24")
    table = next(one for one in figures.tables if one.name == "by_use")
    assert {row[table.columns.index("said")] for row in table.rows} == {"not answered"}
