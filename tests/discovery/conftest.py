"""Scans in these tests wait less long for late answers than real ones."""

from __future__ import annotations

import socket

import pytest


@pytest.fixture(autouse=True, scope="session")
def own_addresses() -> None:
    """Devices in these tests have loopback addresses of their own, which macOS does not give."""
    with socket.socket() as trial:
        try:
            trial.bind(("127.77.1.1", 0))
        except OSError:
            pytest.skip("this system has only one loopback address")


@pytest.fixture(autouse=True)
def short_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("camcensus.discovery.scan.LEAST_S", 0.8)
    monkeypatch.setattr("camcensus.discovery.scan.QUIET_S", 0.3)
    monkeypatch.setattr("camcensus.discovery.scan.SETTLE_S", 0.1)
    monkeypatch.setattr("camcensus.discovery.scan.UNSURE_S", 0.6)
    monkeypatch.setattr("camcensus.discovery.scan.SWEEP_AFTER_S", 0.4)
    monkeypatch.setattr("camcensus.discovery.asking.ANSWER_S", 0.2)
