"""Identity as it is in the field: each case is what searches saw, and what must have become of each device.

The pipeline is the real one: packets are read, grouped, matched with what an inventory file knows, and kept there.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from camcensus.model.device import Observation
from camcensus.model.knowledge import Knowledge
from camcensus.model.scan import Coverage, Interface
from camcensus.store.edits import tagging
from camcensus.store.inventory import Inventory
from camcensus.store.vendors_db.read import load_knowledge
from camcensus.tasks.finding.census import Census, judge
from camcensus.tasks.register import verbs as register
from identity.cases import CASES, Case
from identity.hosts_seen import Host, observations
from samples import NOW, body, scan

_INTERFACE = re.compile(r"(\S+) (\S+)")


@pytest.fixture(scope="module")
def knowledge(data_dir: Path) -> Knowledge:
    return load_knowledge(data_dir / "vendors.db")


@pytest.fixture
def inventory(tmp_path: Path) -> Iterator[Inventory]:
    with register.new_inventory(tmp_path / "a.camcensus", body(), NOW) as made:
        yield made


def day_of(number: int) -> str:
    """Searches are a week apart."""
    return f"2026-11-{1 + 7 * number:02d}T10:00"


def census(hosts: Sequence[Host], number: int, knowledge: Knowledge, *, whole: bool) -> Census:
    at = day_of(number)
    seen: list[Observation] = [one for found in hosts for one in observations(found, at)]
    networks = sorted({found.network for found in hosts if found.network})
    cards = [Interface(*match.groups()) for match in map(_INTERFACE.fullmatch, networks) if match]
    record = scan(
        f"s{number}", started_at=f"{at}:00Z", ended_at=f"{at}:59Z", stopped_early=not whole, interfaces=tuple(cards),
        coverage=tuple(Coverage("wsdiscovery", one, 3, 2, "done") for one in networks),
    )  # fmt: skip
    return Census(scan=record, observations=tuple(seen), verdicts=judge(seen, knowledge))


def where(addresses: Sequence[str]) -> str:
    return "+".join(addresses) or "nowhere"


@pytest.mark.parametrize("case", CASES, ids=[case.name.replace(" ", "-") for case in CASES])
def test_each_device_keeps_its_own_row(case: Case, inventory: Inventory, knowledge: Knowledge) -> None:
    last_at: dict[str, str] = {}
    notes: dict[str, str] = {}
    for number, (hosts, expected) in enumerate(zip(case.scans, case.expected, strict=True)):
        found = census(hosts, number, knowledge, whole=case.whole)
        say = register.save_census(inventory, found, knowledge, datetime.fromisoformat(f"{day_of(number)}:59Z")).say
        asked = re.split(r"[ ,]+", say.rpartition(" may be a device")[0])
        told: dict[str, list[str]] = {}
        for device, (ref, addresses) in sighted(inventory, f"s{number}").items():
            place = where(addresses)
            was = last_at.get(device)
            word = "new" if was is None else "same" if was == place else f"moved from {was}"
            if was is None and any(one in asked for one in addresses):
                word = "ask"
            told.setdefault(place, []).append(word if ref else f"no row, {word}")
            last_at[device] = place
            if ref and device not in notes:
                notes[device] = f"first seen at {place} in search {number}"
                inventory.do(
                    tagging.set_tags([asset_of(inventory, device)], {"purpose": notes[device]}),
                    by="A. Bell",
                    now=NOW.replace(tzinfo=UTC),
                )
        assert {place: sorted(words) for place, words in told.items()} == {
            place: sorted([words] if isinstance(words, str) else words) for place, words in expected.items()
        }
    assets = inventory.assets()
    assert len(assets) == case.rows
    assert {asset.device: asset.purpose for asset in assets} == notes
    assert sorted(asset.purpose or "" for asset in assets if asset.status == "not-seen") == sorted(
        f"first seen at {one} in search 0" for one in case.not_seen
    )


def sighted(inventory: Inventory, scan_id: str) -> dict[str, tuple[str | None, tuple[str, ...]]]:
    """Device id -> (its ref, the addresses that this search saw it at)."""
    rows = inventory._db.query(
        "SELECT sighting.device, asset.ref, sighting.addresses FROM sighting LEFT JOIN asset ON asset.device = sighting.device"
        " WHERE sighting.scan = ?",
        [scan_id],
    )
    return {row["device"]: (row["ref"], tuple(json.loads(row["addresses"]))) for row in rows}


def asset_of(inventory: Inventory, device: str) -> str:
    return next(asset.id for asset in inventory.assets() if asset.device == device)


def test_the_table_is_long_enough_and_names_each_case_once() -> None:
    assert len(CASES) >= 40
    assert len({case.name for case in CASES}) == len(CASES)
    assert all(replace(case).scans for case in CASES)
