"""An edit of very many rows, and taking it back, leave the window free; a second one waits."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from camcensus.store.edits import tagging
from camcensus.ui import session as session_module
from camcensus.ui.window import MainWindow


def test_many_rows_are_decided_and_taken_back_beside_the_window(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session_module, "AT_ONCE", 0)
    session = window.session
    ids, begun, told = [row.asset.id for row in session.rows()], list[str](), list[str]()
    session.hub.troubled.connect(lambda _, sentence: told.append(sentence))
    monkeypatch.setattr("camcensus.ui.record_frame.tell", lambda *_: None)
    edit = tagging.decide(ids, "keep", why="", year=None)
    session.do_all(edit, len(ids), by="Sam", then=lambda: begun.append("begun"))
    assert begun == ["begun"]
    assert session.waiting
    session.do_all(edit, len(ids), by="Sam", then=lambda: begun.append("again"))
    assert (begun, told) == (["begun"], [session_module.SAVING])
    qtbot.waitUntil(lambda: not session.waiting)
    assert {row.asset.decision.by for row in session.rows() if row.asset.decision} == {"Sam"}
    session.take_back()
    qtbot.waitUntil(lambda: not session.waiting)
    assert not any(row.asset.decision for row in session.rows())
