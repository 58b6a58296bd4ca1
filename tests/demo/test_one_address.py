"""The school where all devices share one address, as on macOS or behind a router that forwards ports: no wrong name."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from camcensus.demo.estate import load_estate
from camcensus.demo.serve import serve
from camcensus.store.vendors_db.read import load_knowledge
from camcensus.tasks.demo import find_in_demo

pytestmark = pytest.mark.xdist_group("demo")  # only one simulation can run on a network


def test_no_device_gets_a_neighbours_maker(data_dir: Path) -> None:
    estate = load_estate(data_dir / "resources" / "demo")
    knowledge = load_knowledge(data_dir / "vendors.db")
    truth = {device.mac: device.truth for device in estate.devices}

    async def search() -> None:
        async with serve(estate, own_addresses=False, wait_s=60) as served:
            census = await find_in_demo(served, lambda _: None, knowledge)
        told = 0
        for verdict in census.verdicts:
            keys = [key.value for key in verdict.device.keys if key.kind == "mac"]
            tails = {mac for key in verdict.device.keys if key.kind == "uuid" for mac in truth if _holds(key.value, mac)}
            owners = {*keys, *tails} & truth.keys()
            assert len(owners) <= 1, [str(key) for key in verdict.device.keys]
            named = verdict.attribution.manufacturer
            if owners and named is not None:
                told += 1
                assert named == truth[next(iter(owners))].manufacturer, verdict.attribution.reason
            if not owners:
                assert verdict.attribution.grade != "almost-certain", verdict.attribution.reason
        assert told >= 16

    asyncio.run(search())


def _holds(uuid: str, mac: str) -> bool:
    """Whether an endpoint id ends in a device's MAC address, or begins with it, as Bosch's does."""
    plain, digits = uuid.replace("-", ""), mac.replace(":", "")
    return plain.endswith(digits) or plain.startswith(digits)
