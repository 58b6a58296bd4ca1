"""Rows for tests that need no file."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QWidget

import samples
from camcensus.model.asset import Asset, Decision
from camcensus.model.device import Verdict
from camcensus.tasks.register.rows import AssetRow, row_of

HOSTILE = "<table><tr><td>" * 20 + "\u202egnp.exe"


def settle(app: QApplication) -> None:
    """Lets layouts come to rest: one request may lead to another."""
    for _ in range(4):
        app.processEvents()


def let_go(widget: QWidget) -> None:
    """Deletes a window now: without an event loop nobody else does, and every later test would lay it out again."""
    widget.deleteLater()
    QCoreApplication.sendPostedEvents(None, int(QEvent.Type.DeferredDelete.value))


def row(number: int, ref: str, verdict: Verdict | None = None, **changes: object) -> AssetRow:
    asset = Asset(id=f"a-{number}", ref=ref, kind="camera", device=f"d-{number}")
    return row_of(replace(asset, **changes), verdict, verdict.findings if verdict else ())  # type: ignore[arg-type]


def make_rows() -> list[AssetRow]:
    nasty = samples.verdict(10)
    nasty = replace(nasty, description=replace(nasty.description, model=HOSTILE))
    decision = Decision("replace", "S. Ellis", "2026-11-24T10:00:00Z", "governors", year="2026-27")
    return [
        row(10, "CAM-10", nasty),
        row(1, "CAM-1", samples.verdict(1), purpose="Watches the gate"),
        row(2, "CAM-2", samples.verdict(2), place="p", place_path=("Elm Park", "Main block", "Hall"), decision=decision),
        row(9, "CAM-9", samples.verdict(9, maker=None)),
        row(3, "REC-1", samples.verdict(3, "recorder"), kind="recorder"),
    ]
