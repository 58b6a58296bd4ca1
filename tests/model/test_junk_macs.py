"""MAC addresses that are on many devices: whole ones, and blocks of three, four or five bytes."""

from __future__ import annotations

import pytest

from camcensus.model.knowledge import Knowledge


@pytest.mark.parametrize("junk", ["3c:ef:8c", "3c:ef:8c:00", "3c:ef:8c:00:00", "3c:ef:8c:00:00:01"])
def test_a_block_or_a_whole_address_is_junk_and_its_neighbour_is_not(junk: str) -> None:
    knowledge = Knowledge("test", junk_macs=frozenset({junk}))
    assert knowledge.is_junk_mac("3C:EF:8C:00:00:01")
    assert not knowledge.is_junk_mac("3c:ef:8d:00:00:01")
    assert not Knowledge("test").is_junk_mac("3c:ef:8c:00:00:01")
