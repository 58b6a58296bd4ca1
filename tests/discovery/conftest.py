"""Scans in these tests wait less long for late answers than real ones."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def short_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("camcensus.discovery.scan.LEAST_S", 0.8)
    monkeypatch.setattr("camcensus.discovery.scan.QUIET_S", 0.3)
