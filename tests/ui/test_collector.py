"""A large register is not looked through for cyclic garbage while somebody works with it; a small one is as ever."""

from __future__ import annotations

import gc
from pathlib import Path

import pytest

from camcensus.tasks.finding.judging import collector_paused
from camcensus.ui import collector
from camcensus.ui.session import Session


def test_a_large_register_is_left_out_until_it_is_closed(
    session: Session, record: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session.rows()
    assert gc.get_freeze_count() == 0, "a few rows are looked through"
    monkeypatch.setattr(collector, "MANY", len(session.rows()))
    session.close()
    session.open(record)
    rows = session.rows()
    assert gc.get_freeze_count() > 0
    assert not _searched() & {id(row) for row in rows}
    with collector_paused():
        answers = [row.verdict for row in rows if row.verdict is not None]
    assert answers
    assert not _searched() & {id(one) for one in (*rows, *answers)}, "nor after work that paused the search"
    assert gc.isenabled()
    session.close()
    assert gc.get_freeze_count() == 0


def _searched() -> set[int]:
    return {id(one) for one in gc.get_objects()}
