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
    room = "camcensus.discovery"
    for name, seconds in {
        "scan.LEAST_S": 0.5,
        "scan.QUIET_S": 0.25,
        "scan.SETTLE_S": 0.1,
        "scan.UNSURE_S": 0.4,
        "scan.SWEEP_AFTER_S": 0.3,
        "asking.ANSWER_S": 0.2,
        "wsdiscovery.PAUSES_S": (0.1, 0.1),
        "vendor_udp.BETWEEN_ROUNDS_S": 0.1,
        "ssdp.BETWEEN_ROUNDS_S": 0.1,
    }.items():
        monkeypatch.setattr(f"{room}.{name}", seconds)
