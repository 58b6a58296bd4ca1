"""What a Job changed is read in its own thread; where something came between, the window reads it itself."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest

from camcensus.model.changes import Changes
from camcensus.store.edits.tagging import set_status
from camcensus.store.inventory import Inventory
from camcensus.tasks.register import verbs as register
from camcensus.ui.session import Session


def in_a_job(work: Callable[[], None]) -> None:
    thread = threading.Thread(target=work)
    thread.start()
    thread.join()


def mark_gone(session: Session, asset: str) -> Changes:
    """Marks a row as removed in another thread, and reads it there."""
    made: list[Changes] = []

    def work() -> None:
        assert session.inventory is not None
        with session.inventory.batch() as pen:
            edit = set_status([asset], "removed")
            made.append(register.do(pen, session.knowledge, edit, by="A. Person", now=session.clock()))
            session.read_ahead(pen, made[0])

    in_a_job(work)
    return made[0]


def test_the_window_reads_nothing_that_a_job_has_read(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    first, *others = session.rows()
    changes = mark_gone(session, first.asset.id)
    with monkeypatch.context() as patched:
        patched.setattr(Inventory, "assets", None)
        session.hub.publish(changes)
        assert session.rows()[1:] == tuple(others)
        row = session.row(first.asset.id)
    assert row is not None
    assert row.asset.status == "removed"
    assert row.verdict == first.verdict, "the whole answer is there after the Job has closed its file"


def test_an_edit_that_came_between_is_not_lost(session: Session) -> None:
    first, second = session.rows()[:2]
    changes = mark_gone(session, first.asset.id)
    assert session.do(set_status([second.asset.id], "removed")) is not None
    session.hub.publish(changes)
    assert [row.asset.status for row in session.rows()[:2]] == ["removed", "removed"]
