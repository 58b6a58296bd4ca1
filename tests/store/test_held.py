"""Devices without their answers: the same devices and ages as with them."""

from __future__ import annotations

from pathlib import Path

from bench.reassess import NOW, fill
from camcensus.store.inventory import create_inventory
from camcensus.store.vendors_db.read import load_knowledge
from samples import body


def test_held_tells_of_the_same_devices_as_judged(tmp_path: Path, data_dir: Path) -> None:
    knowledge = load_knowledge(data_dir / "vendors.db")
    with create_inventory(tmp_path / "a.camcensus", body(), now=NOW) as inventory:
        fill(inventory, 8, knowledge)
        held, judged = inventory.held(), inventory.judged()
        assert held.keys() == judged.keys()
        assert len(held) == 8
        for device, entry in held.items():
            answer = judged[device]
            assert entry.device == answer.verdict.device
            assert (entry.knowledge_version, entry.stale_replies) == (answer.knowledge_version, answer.stale_replies)
