"""Whether a search would have seen what it did not see: one whose network card went away would not."""

from __future__ import annotations

import pytest

from camcensus.identity.networks import looked_for
from camcensus.model.scan import Coverage, Interface, ScanRecord

CARD, NETWORK, AT = "eth0 10.0.0.2/24", "10.0.0.0/24", ("10.0.0.5",)


def searched(*rows: Coverage, passive: bool = False, stopped_early: bool = False) -> ScanRecord:
    return ScanRecord(
        id="1", started_at="2026-11-24T10:00:00Z", ended_at="2026-11-24T10:01:00Z", stopped_early=stopped_early,
        knowledge_version="1", interfaces=(Interface("eth0", "10.0.0.2/24"),), ranges=(), passive=passive, pace="gentle",
        coverage=rows, not_covered=(),
    )  # fmt: skip


def row(probe: str, state: str, sent: int = 3, network: str = NETWORK) -> Coverage:
    return Coverage(probe, network, sent, 0, state)  # type: ignore[arg-type]


def test_a_search_to_its_end_on_that_network_looked_for_it() -> None:
    assert looked_for(searched(row("wsdiscovery", "done"), row("sadp", "blocked", 0)), CARD, AT)
    assert looked_for(searched(row("wsdiscovery", "partial"), row("sadp", "done")), CARD, AT)
    assert looked_for(searched(), CARD, AT)


@pytest.mark.parametrize("state", ["partial", "blocked"])
def test_one_that_could_ask_nothing_of_all_to_the_end_did_not(state: str) -> None:
    rows = [row("wsdiscovery", state), row("sadp", state), row("mdns", "skipped", 0), row("foscam", "done", 0)]
    alone = [row("http", "done", 9), row("neighbour", "done", 0)]
    assert not looked_for(searched(*rows, *alone), CARD, AT)
    assert not looked_for(searched(*rows, row("wsdiscovery", "done", network="10.0.9.0/24")), CARD, AT)


def test_one_that_listened_was_stopped_or_was_elsewhere_did_not() -> None:
    done = row("wsdiscovery", "done")
    assert not looked_for(searched(done, passive=True), CARD, AT)
    assert not looked_for(searched(done, stopped_early=True), CARD, AT)
    assert not looked_for(searched(done), "eth1 10.0.7.2/24", ("10.0.7.5",))
