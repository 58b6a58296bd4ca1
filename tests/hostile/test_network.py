"""A network where every device misbehaves, but for a few: the search ends in time and in little memory, and finds those few."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from camcensus.demo.estate import Estate, load_estate, unit
from camcensus.demo.ground import has_own_addresses
from camcensus.demo.serve import Served, serve
from costs import LONG_S, PATIENCE_S
from hostile.misbehaving import CANARY, misbehave, misbehaviours

MOST_MB = 300
MEASURED = """
import re, sys
from pathlib import Path
from camcensus.app import main
status = main(sys.argv[2:])
known = Path("/proc/self/status")
told = re.search(r"VmHWM:\\s+(\\d+) kB", known.read_text()) if known.exists() else None
Path(sys.argv[1]).write_text(told[1] if told else "0")
sys.exit(status)
"""
"""What the search itself needed at most, in KiB: what a parent is told of its child counts the parent's own memory too."""
GOOD = ("hall-stage", "library", "car-park", "reception-desk", "sports-hall-recorder")

pytestmark = [
    pytest.mark.skipif(not has_own_addresses(), reason="this system has only 127.0.0.1"),
    pytest.mark.xdist_group("demo"),  # only one simulation can run on a network
]


@dataclass(frozen=True)
class Searched:
    """The command line's search of it, in a process of its own. `hostile` maps addresses to how they misbehave."""

    document: dict[str, Any]
    stderr: str
    status: int
    memory_mb: int
    served: Served
    good: Estate
    hostile: dict[str, str]


def hostile_school(folder: Path) -> tuple[Estate, list[str], Estate]:
    """The school's devices again and again, each misbehaving in a way of its own, then those that behave, then the canary."""
    school = load_estate(folder)
    bare = [device for device in school.devices if device.id not in ("office-printer", "files")]
    ways = misbehaviours()
    units = [unit(bare[number % len(bare)], number // len(bare) + 2) for number in range(len(ways))]
    good = [device for device in bare if device.id in GOOD]
    canary = replace(bare[0], id="canary", address=CANARY, speakers=())
    names = [way.name for way in ways]
    whole = replace(school, devices=(*misbehave(units), *good, canary))
    return whole, names, replace(school, devices=tuple(good))


@pytest.fixture(scope="module")
def searched(data_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Searched:
    estate, names, good = hostile_school(data_dir / "resources" / "demo")
    most = tmp_path_factory.mktemp("searched") / "memory"
    command = [sys.executable, "-c", MEASURED, str(most), "scan", "--interface", "127.0.0.1", "--pace", "fast", "--json"]

    async def search() -> tuple[Served, bytes, bytes, int]:
        async with serve(estate, wait_s=60) as served:
            program = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
            assert program.stdout
            assert program.stderr
            out = asyncio.to_thread(program.stdout.read)
            err = asyncio.to_thread(program.stderr.read)
            said, complained = await asyncio.wait_for(asyncio.gather(out, err), PATIENCE_S)
            program.wait(LONG_S)
        return served, said, complained, program.returncode

    served, out, err, status = asyncio.run(search())
    memory_mb = int(most.read_text()) >> 10
    hostile = {device.address: name for device, name in zip(estate.devices, names, strict=False)}
    return Searched(json.loads(out or "null"), err.decode(), status, memory_mb, served, good, hostile)


def test_the_search_ends_by_itself_without_a_complaint_and_in_little_memory(searched: Searched) -> None:
    assert (searched.status, searched.stderr) == (0, "")
    assert searched.document["scan"]["stopped_early"] is False
    assert searched.memory_mb < MOST_MB
    failed = [row for row in searched.document["scan"]["coverage"] if "failed" in (row["reason"] or "")]
    assert failed == []


def test_every_device_that_behaves_is_found_once_with_its_maker(searched: Searched) -> None:
    by_address = {}
    for entry in searched.document["devices"]:
        for address in entry["addresses"]:
            by_address.setdefault(address, []).append(entry)
    for device in searched.good.devices:
        (entry,) = by_address[device.address]
        assert (entry["kind"], entry["manufacturer"]) == (device.truth.kind, device.truth.manufacturer), device.id


def test_every_device_that_can_be_heard_is_one_row(searched: Searched) -> None:
    found = {way.name: way.found for way in misbehaviours()}
    rows: dict[str, int] = dict.fromkeys(searched.hostile, 0)
    for entry in searched.document["devices"]:
        for address in entry["addresses"]:
            rows[address] = rows.get(address, 0) + 1
    assert {searched.hostile[address]: rows[address] for address in searched.hostile} == {
        name: int(found[name]) for name in searched.hostile.values()
    }


def test_nobody_is_contacted_for_another_and_nothing_is_written_or_logged_in_to(searched: Searched) -> None:
    assert searched.served.opened["canary"] == 0
    assert searched.served.writing() == ()
    assert {searched.served.most_open[device.id] for device in searched.good.devices} <= {1, 2}


def test_what_they_call_themselves_is_shown_short_and_as_text(searched: Searched) -> None:
    shown = json.dumps(searched.document, ensure_ascii=False)
    assert "N" * 500 not in shown
    assert "\x1b" not in shown
